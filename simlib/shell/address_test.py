"""``sendmail -bt``: what becomes of an address."""

import re

from simlib.message.envelope import domain_of
from simlib.mta.installation import Installation
from simlib.mta.policy.routing import Destination, resolve
from simlib.shell.login import Login

BANNER = "ADDRESS TEST MODE (ruleset 3 NOT automatically invoked)\nEnter <ruleset> <address>\n"
OPERATORS = re.compile(r"([.:%@!^/\[\]+<>])")  # OperatorChars, and the focus that rule set 3 puts in


def address_test(shell: Login, mta: Installation, stdin: str) -> str:
    """Answer each line: ``3,0 address``, ``/parse address``, ``/mx domain``, ``$=w``, ``$j``.

    Simplified: the rule sets are not run, so only their result is shown and not how they came to it.
    """
    answers = [_answer(shell, mta, line.strip()) for line in stdin.splitlines() if line.strip()]
    return BANNER + "".join(f"> {answer}\n" for answer in answers) + "> "


def _answer(shell: Login, mta: Installation, line: str) -> str:
    word, _, rest = line.partition(" ")
    address = rest.strip()
    if word.startswith("$="):
        names = list(mta.own_names) if word == "$=w" else list(mta.cf.classes.get(word[2:], ()))
        return "\n".join(names)
    if word.startswith("$"):
        return _macro(mta, word[1:])
    if word == "/mx" and address:
        answer = shell.site.names.answer(address, "MX")
        hosts = [f"{name}." for _, name in sorted(answer.mx)] if answer.status == "NOERROR" else []
        return "\n".join([f"getmxrr({address}) returns {len(hosts)} value(s):", *(f"\t{host}" for host in hosts)])
    if word == "/parse" and address:
        to = resolve(address, mta.cf, mta.own_names)
        host = f", host {to.host}." if to.host else ""
        return f"mailer {to.mailer}{host}, user {to.user}"
    if word.startswith("/"):
        return f'Unknown "/" command {word}'
    if not address:
        return "No address!"
    return _rule_sets(word.split(","), address, resolve(address, mta.cf, mta.own_names))


def _macro(mta: Installation, name: str) -> str:
    known = {"j": mta.name, "w": mta.name.partition(".")[0], "m": mta.name.partition(".")[2], "v": mta.version}
    value = known.get(name, mta.cf.macros.get(name))
    return "Undefined" if value is None else value


def _rule_sets(sets: list[str], address: str, to: Destination) -> str:
    """The results of rule sets 3 (canonify) and 0 (parse)."""
    domain = domain_of(address)
    user = address.rpartition("@")[0] if domain else address
    focused = f"{_tokens(user)} < @ {_tokens(domain)} . >" if domain else _tokens(user)
    triple = (
        f"$# {to.mailer} $@ {_tokens(to.host)} . $: {focused}" if to.host else f"$# {to.mailer} $: {_tokens(to.user)}"
    )
    lines = []
    for one in sets:
        if one in ("3", "canonify"):
            lines.append(f"canonify         returns: {focused}")
        elif one in ("0", "parse"):
            lines.append(f"parse            returns: {triple}")
        else:
            lines.append(f"Undefined ruleset {one}")
    return "\n".join(lines)


def _tokens(text: str) -> str:
    return " ".join(part for part in OPERATORS.split(text) if part)

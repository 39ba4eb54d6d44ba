"""``sendmail -bv address…``: where mail for them would go; nothing is sent."""

from simlib.message.status import Exit
from simlib.mta.addresses.expansion import LOOP, Expansion, Target
from simlib.mta.installation import Installation
from simlib.mta.policy.routing import PROGRAM, Destination, is_file, is_literal, is_program
from simlib.mta.policy.written import SYNTAX, read
from simlib.rewrite.address import parse
from simlib.shell.address_test import answered
from simlib.shell.answer import Failed
from simlib.shell.sendmail.line import Line
from simlib.shell.sendmail.recipients import named
from simlib.smtp.terminal import Terminal

INCLUDE = ":include:"
DIRECTLY = "Cannot mail directly to {}"


def verify(mta: Installation, line: Line, terminal: Terminal) -> None:
    """Say of each address who is meant in the end, and by which mailer that goes; first what is wrong."""
    if not line.operands:
        raise Failed("Recipient names must be specified", Exit.USAGE)
    targets: list[Target] = []
    for operand in named(line.operands):
        for text in operand:
            targets += _meant(mta, text, terminal)
    targets.sort(key=lambda target: _leads(mta, target).host.lower())  # as they stand in a queue file
    terminal.say(*dict.fromkeys(_deliverable(mta, target) for target in targets))


def _meant(mta: Installation, text: str, terminal: Terminal) -> list[Target]:
    """Whom an address stands for; who cannot be meant is told of."""
    refused = directly(text)
    if refused:
        terminal.say(refused)
        terminal.fail(Exit.USAGE)
        return []
    written = read(text)
    if written.refused or not written.address:
        words = written.words or "User unknown"
        terminal.say(words if written.code == SYNTAX else f"{text}... {words}")
        terminal.fail(Exit.USAGE if written.refused else Exit.NOUSER)
        return []
    expansion = Expansion(mta, takes_time=False)
    if next(expansion.expand(written.address, text), None) is not None:
        terminal.say(f"{text}... cannot be expanded just now")
        return []
    good = []
    for target in reversed(expansion.targets):  # the last name of a list comes first
        if target.outcome is None:
            good.append(target)
        else:
            words = target.outcome.stat
            says_where = "... " in words or target.outcome.dsn == LOOP
            terminal.say(words if says_where else f"{target.shown}... {words}")
            terminal.fail(Exit.USAGE if says_where else target.outcome.exit)
    return good


def directly(text: str) -> str:
    """Why a program, a file or a list cannot be named here: only aliases may; empty for an address."""
    bare = text.strip().removeprefix('"')
    if is_program(bare):
        return f"{text}... {DIRECTLY.format('programs')}"
    if bare.lower().startswith(INCLUDE):
        return f"{text}... {DIRECTLY.format(':include:s')}"
    return f"{text}... {DIRECTLY.format('files')}" if is_file(bare) else ""


def _leads(mta: Installation, target: Target) -> Destination:
    return target.destination or mta.ways.destination(target.address)


def _deliverable(mta: Installation, target: Target) -> str:
    to = _leads(mta, target)
    host, user = to.host, to.user
    if to.mailer == PROGRAM:
        user = f"|{user.removeprefix('|')}"
        user = f'"{user}"' if " " in user else user
    elif to.mailer in mta.cf.mailers and mta.cf.mailers[to.mailer].is_local:
        user, _, detail = user.partition("+")
        host = host or detail
    elif to.host and not is_literal(to.host):
        host, user = _as_rules_write_it(mta, target) or (f"{to.host}.", user)
    shown = target.shown.replace("\\\\", "\\")  # which the log writes twice
    return f"{shown}... deliverable: mailer {to.mailer}{f', host {host}' if host else ''}, user {user}"


def _as_rules_write_it(mta: Installation, target: Target) -> tuple[str, str] | None:
    """Host and user, letter for letter, of an address as it was written; None where no rules are asked."""
    rewriting = mta.ways.rewriting
    if rewriting is None or target.destination is not None:
        return None
    context, address = rewriting.context(rewriting.macros.copy()), read(target.shown).address or target.address
    if target.shown.lower() == address.lower():
        address = target.shown  # with its capitals
    found = answered(parse(context, address, rewriting.mailers), mta.site.names)
    return (found.host, found.user) if found is not None and found.host else None

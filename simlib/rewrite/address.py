"""An address on its way through the rules: which mailer, host and user it comes to, and how a mailer writes it."""

from collections.abc import Mapping
from typing import NamedTuple

from simlib.cf import Mailer, marks
from simlib.cf.expand import expanded
from simlib.cf.prescan import strip_quotes
from simlib.message.status import Exit
from simlib.rewrite.context import Context, shortened
from simlib.rewrite.crack import SENDER
from simlib.rewrite.questions import Asking
from simlib.rewrite.run import rewrite

LONGEST_NAME = 255
CANONIFY, SENDERS, RECIPIENTS, FINAL, PARSE, LOCAL_USERS = "3", "1", "2", "4", "0", "5"
QUEUE_GROUP = "queuegroup"
ABOUT_AN_ADDRESS = ("450 ", "550 ", "553 ")  # replies of which sendmail says whom they are about [err.c, fmtmsg]
ERROR, PROG, FILE, INCLUDE = "*error*", "prog", "*file*", "*include*"


class Resolved(NamedTuple):
    """What ruleset 0 and those after it make of an address. ``status`` is 75 where a look-up has to wait."""

    mailer: str
    host: str | None
    user: str
    status: int = 0
    said: str = ""  # of mailer error: the reply
    stays: bool = False  # an @ before the user: he is of this host, whatever ruleset 5 would say of him


def parse(
    context: Context, text: str, mailers: Mapping[str, Mailer], recipient: bool = True
) -> Asking[Resolved | None]:
    """Which mailer, host and user an address comes to; None for what is no address at all [parseaddr.c, parseaddr].

    ``recipient``: of the envelope; then the ruleset that chooses its queue group is asked, too.
    """
    scan = context.rulesets.text.alphabets.outside.scan(marks.foreign(text))
    for complaint in scan.said:
        context.say(f"{shortened(text)}... {complaint}")
    if scan.tokens is None or is_too_long(context, text):
        return None
    workspace = context.rulesets.tokens.workspace(scan.tokens)
    waits = 0
    for name in (CANONIFY, PARSE):
        workspace, status = yield from call(context, name, workspace)
        waits = Exit.TEMPFAIL if status == Exit.TEMPFAIL else waits
    resolved = yield from built(context, workspace, mailers, text)
    if recipient and resolved.mailer != ERROR:
        yield from _queue_group(context, resolved.user)
    if waits and resolved.mailer != ERROR:
        context.say("Transient parse error -- message queued for future delivery")
    return resolved._replace(status=waits or resolved.status)


def rewritten_user(context: Context, user: str, mailers: Mapping[str, Mailer]) -> Asking[Resolved | None]:
    """What ruleset 5 makes of a user of this host; None where it leaves him [alias.c, maplocaluser]."""
    scan = context.rulesets.text.alphabets.inside.scan(marks.foreign(user))
    if scan.tokens is None:
        return None
    workspace, _ = yield from call(context, LOCAL_USERS, context.rulesets.tokens.workspace(scan.tokens))
    if workspace[:1] != marks.CANON_NET:
        return None
    return (yield from built(context, workspace, mailers, user))


def _queue_group(context: Context, user: str) -> Asking[None]:
    """Ask ruleset queuegroup. Simplified: all wait in one queue."""
    if context.rulesets.ruleset(QUEUE_GROUP).rules:
        scan = context.rulesets.text.alphabets.inside.scan(user)
        if scan.tokens is not None:
            yield from rewrite(context, QUEUE_GROUP, context.rulesets.tokens.workspace(scan.tokens))


def is_too_long(context: Context, text: str) -> bool:
    """Whether an address is longer than sendmail takes; it is complained of."""
    if len(text) <= LONGEST_NAME:
        return False
    context.say(f'Address "{text[:LONGEST_NAME]}" too long ({LONGEST_NAME} bytes max)')
    return True


def call(context: Context, name: str, workspace: str) -> Asking[tuple[str, int]]:
    """Run a ruleset by name or number, as sendmail itself calls it: one without rules leaves all as it is."""
    known = context.rulesets.names[name]
    return rewrite(context, name if known is None else known, workspace)


def built(context: Context, workspace: str, mailers: Mapping[str, Mailer], of: str) -> Asking[Resolved]:
    """Mailer, host and user of what ruleset 0 returned; the user as the mailer's ruleset writes it [buildaddr]."""
    rulesets = context.rulesets
    if workspace[:1] != marks.CANON_NET:
        return _fault(context, "no mailer in parsed address")
    name = "".join(rulesets.tokens.texts(workspace[1:2]))
    before, colon, user = workspace[2:].partition(marks.CANON_USER)
    host = before[1:] if before[:1] == marks.CANON_HOST and len(before) > 1 else None
    if not colon:
        return _fault(context, "no user")
    host_text = None if host is None else rulesets.joined(host)
    user_text = rulesets.joined(user, " ")
    if name.lower() == "error":
        said = strip_quotes(user_text)
        named = said[:4] in ABOUT_AN_ADDRESS or reply_text(said) == said  # one without a code is a 553
        context.say(f"{shortened(of)}... {reply_text(said)}" if named else reply_text(said))
        return Resolved(ERROR, host_text, user_text, said=said)
    mailer = next((one for one in mailers.values() if one.name.lower() == name.lower()), None)
    if mailer is None:
        return _fault(context, f"unknown mailer {name}")
    if host is None and not mailer.is_local:
        return _fault(context, "no host")
    mailer_name, written, whole = mailer.name, user, strip_quotes(user_text)
    stays = "@" in mailer.flags and user_text.startswith("@")
    if stays:
        written, user_text = user[1:], user_text[1:]
    plain = user_text.removeprefix('"')
    if plain.startswith("|") and "|" in mailer.flags:
        mailer_name = PROG
    elif plain.startswith("/") and "/" in mailer.flags:
        mailer_name = FILE
    elif plain.startswith(":") and ":" in mailer.flags and whole[:9].lower() == ":include:":
        return Resolved(INCLUDE, host_text, whole[9:])
    used = mailers.get(mailer_name, mailer)
    context.write_host(host_text)
    written, _ = yield from call(context, RECIPIENTS, written)
    if used.recipient_rulesets[0] and mailer_name not in (FILE, INCLUDE):
        written, _ = yield from call(context, used.recipient_rulesets[0], written)
    written, _ = yield from call(context, FINAL, written)
    final = rulesets.joined(written)
    host_text = host_text if host_text is None or "h" in used.flags else host_text.lower()
    return Resolved(mailer_name, host_text, final if "u" in used.flags else final.lower(), stays=stays)


def _fault(context: Context, words: str) -> Resolved:
    """The rules lead nowhere."""
    said = f"buildaddr: {words}"
    context.say(said)
    return Resolved(ERROR, None, "", said=said)


def reply_text(said: str) -> str:
    """The text of a reply that a rule gives, as a person at a terminal sees it: without its codes."""
    code, _, rest = said.partition(" ")
    if len(code) == 3 and code.isdecimal() and code[0] in "2345":
        enhanced, _, text = rest.partition(" ")
        parts = enhanced.split(".")
        is_enhanced = len(parts) == 3 and parts[0] in "245" and all(part.isdecimal() for part in parts)
        return text if is_enhanced and text else rest
    return said


def remote_name(
    context: Context, text: str, mailer: Mailer, sender: bool, header: bool, fancy: str = SENDER
) -> Asking[tuple[str, int]]:
    """An address as a mailer writes it, and a status: ``sender`` or recipient, of a ``header`` or the envelope.

    ``fancy`` is what stands around it (:func:`~simlib.rewrite.crack.cracked`); a mailer with F=c leaves it away.
    [parseaddr.c, remotename]
    """
    rulesets = context.rulesets
    fancy = SENDER if mailer.strips_comments else fancy
    context.macros["addr_type"] = f"{'h' if header else 'e'} {'s' if sender else 'r'}"
    scan = rulesets.text.alphabets.outside.scan(marks.foreign(text))
    for complaint in scan.said:
        context.say(f"{shortened(text)}... {complaint}")
    if scan.tokens is None:
        return text, 0
    workspace, waits = rulesets.tokens.workspace(scan.tokens), 0
    own = (mailer.sender_rulesets if sender else mailer.recipient_rulesets)[header]
    for name in (CANONIFY, SENDERS if sender else RECIPIENTS, *((own,) if own else ()), FINAL):
        workspace, status = yield from call(context, name, workspace)
        waits = Exit.TEMPFAIL if status == Exit.TEMPFAIL else waits
    address = rulesets.joined(workspace)
    return expanded(fancy, lambda name: address if name == "g" else context.value_of(name)), waits

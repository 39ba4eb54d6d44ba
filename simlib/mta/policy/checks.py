"""What a check_* ruleset says of a client, an address or a header [srvrsmtp.c, parseaddr.c, rscheck]."""

import re
from collections.abc import Mapping, MutableMapping
from typing import NamedTuple

from simlib.cf import Cf, marks
from simlib.cf.prescan import strip_quotes
from simlib.mta.policy.rule_replies import Refusal, fault, refusal
from simlib.mta.policy.ways import Ways, answered_at_once
from simlib.rewrite.address import built, call
from simlib.rewrite.context import Context
from simlib.rewrite.questions import Asking

DISCARD, QUARANTINE = "discard", "quarantine"


class Verdict(NamedTuple):
    """What was said: a ``refusal``, that the message is taken and thrown away (``discards``), that it is held back.

    ``quarantine`` is the reason for that. ``seconds``: how long the name service took to answer.
    """

    refusal: Refusal | None = None
    discards: bool = False
    quarantine: str = ""
    seconds: float = 0.0
    address: str = ""  # the last that name service gave: sendmail writes it where it has the client's

    @property
    def mark(self) -> str:
        """What the log says of it, where it is no refusal."""
        return f"quarantine={self.quarantine}" if self.quarantine else "discard" if self.discards else ""


FINE = Verdict()
_CHECK = re.compile(r"\$>\+?\s*(\w+)")


def has_check(ways: Ways, ruleset: str) -> bool:
    """Whether the cf has such a ruleset."""
    rewriting = ways.rewriting
    return rewriting is not None and bool(rewriting.rulesets.ruleset(ruleset).rules)


def header_check(cf: Cf, name: str) -> str:
    """The ruleset that an H line gives a header, empty if none: that of its own line, or of ``H*``.

    >>> header_check(Cf.parse("V10\\nHSubject: $>CheckSubject"), "subject")
    'CheckSubject'
    """
    found = ""
    for header in cf.headers:
        match = _CHECK.match(header.template)
        if match is not None and header.name.lower() == name.lower():
            return match[1]
        if match is not None and header.name == "*":
            found = match[1]
    return found


def check(ways: Ways, ruleset: str, words: tuple[str, ...], macros: Mapping[str, str]) -> Verdict:
    """Ask a ruleset; several ``words`` stand apart by ``$|``. What it has to look up is answered as things stand.

    ``macros`` are those of the session and the envelope.
    """
    if not has_check(ways, ruleset):
        return FINE
    assert ways.rewriting is not None  # it has the ruleset
    rewriting = ways.rewriting
    values: MutableMapping[str, str] = {**rewriting.macros, **{name: marks.foreign(macros[name]) for name in macros}}
    context = rewriting.context(values)
    verdict, seconds = answered_at_once(_asked(context, ways, ruleset, words), context, ways.host, ways.patience)
    return verdict._replace(seconds=seconds, address=context.address)


def _asked(context: Context, ways: Ways, ruleset: str, words: tuple[str, ...]) -> Asking[Verdict]:
    assert ways.rewriting is not None  # or nobody would ask
    rulesets = context.rulesets
    text = f" {marks.ELSE} ".join(map(marks.foreign, words))
    workspace, said = rulesets.scanned(text, inside=True)
    if workspace is None:
        return Verdict(fault(said[-1] if said else "cannot prescan input"))
    workspace, _ = yield from call(context, ruleset, workspace)
    if workspace[:1] != marks.CANON_NET:
        return FINE
    mailer = "".join(rulesets.tokens.texts(workspace[1:2])).lower()
    if mailer == DISCARD:
        return Verdict(discards=True)
    if mailer == QUARANTINE:
        reason = rulesets.joined(workspace[2:].partition(marks.CANON_USER)[2], " ")
        return Verdict(quarantine=strip_quotes(reason))
    if mailer != "error":
        return FINE
    resolved = yield from built(context, workspace, ways.rewriting.mailers, words[0])
    if resolved.host == QUARANTINE:
        return Verdict(quarantine=resolved.said)
    return Verdict(refusal(resolved.host, resolved.said) if resolved.said else fault(context.complaints[-1]))

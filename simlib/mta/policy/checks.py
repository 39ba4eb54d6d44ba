"""What a check_* ruleset says of a client, an address or a header [srvrsmtp.c, parseaddr.c, rscheck]."""

import re
from collections.abc import Iterator, Mapping, MutableMapping
from typing import NamedTuple

from simlib.cf import Cf, marks
from simlib.cf.prescan import strip_quotes
from simlib.message.header import Headers
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
CHECK_EOH = "check_eoh"
KEEP_COMMENTS = "+"  # before the name of a ruleset: it sees the comments, too
ELSE_SHOWN = "\x1b"  # the mark of $| with its highest bit off, as a reply shows it
_CHECK = re.compile(r"\$>(\+?\w+)")


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


def header_questions(cf: Cf, headers: Headers) -> Iterator[tuple[str, tuple[str, ...], dict[str, str]]]:
    """What is asked of a header: each line as its H line says, then all of them.

    Gives the ruleset, what it is asked, and macros that it may look at.
    """
    for name, value in headers:
        ruleset = header_check(cf, name)
        if ruleset and value.strip():
            yield ruleset, (value,), {"hdr_name": name, "hdrlen": str(len(value)), "currHeader": value}
    size = sum(len(name) + len(value) + 2 for name, value in headers) + 1  # the empty line counts
    yield CHECK_EOH, (str(len(headers)), str(size)), {}


class OpenCheck(NamedTuple):
    """A ruleset that is to be asked. ``values`` are macros, those that it sets among them."""

    context: Context
    run: Asking[Verdict]
    values: MutableMapping[str, str]


def check(ways: Ways, ruleset: str, words: tuple[str, ...], macros: MutableMapping[str, str]) -> Verdict:
    """Ask a ruleset; several ``words`` stand apart by ``$|``. What it has to look up is answered as things stand.

    ``macros`` are those of the session and the envelope; what the rules store in macros is put into them.
    """
    asked = question(ways, ruleset, words, macros)
    if asked is None:
        return FINE
    verdict, seconds = answered_at_once(asked.run, asked.context, ways.host, ways.settings.patience)
    ways.note_faults(asked.context)
    macros.update({name: asked.values[name] for name in asked.context.stored if name in asked.values})
    return verdict._replace(seconds=seconds, address=asked.context.address)


def question(ways: Ways, ruleset: str, words: tuple[str, ...], macros: Mapping[str, str]) -> OpenCheck | None:
    """What a ruleset has to be asked; None where there is no such ruleset."""
    ruleset, keeps_comments = ruleset.removeprefix(KEEP_COMMENTS), ruleset.startswith(KEEP_COMMENTS)
    if not has_check(ways, ruleset):
        return None
    assert ways.rewriting is not None  # it has the ruleset
    rewriting = ways.rewriting
    values = {**rewriting.macros, **{name: marks.foreign(macros[name]) for name in macros}}
    context = rewriting.context(values)
    return OpenCheck(context, _asked(context, ways, ruleset, words, keeps_comments), values)


def _asked(context: Context, ways: Ways, ruleset: str, words: tuple[str, ...], keeps_comments: bool) -> Asking[Verdict]:
    assert ways.rewriting is not None  # or nobody would ask
    rulesets, alphabets = context.rulesets, context.rulesets.text.alphabets
    text = f" {marks.ELSE} ".join(map(marks.foreign, words))
    scan = (alphabets.whole if keeps_comments else alphabets.inside).scan(text)
    if scan.tokens is None and scan.said:
        return Verdict(fault(scan.said[-1]))
    workspace, _ = yield from call(context, ruleset, rulesets.tokens.workspace(scan.tokens or ()))
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
    said = resolved.said.replace(marks.ELSE, ELSE_SHOWN)
    return Verdict(quarantine=said) if resolved.host == QUARANTINE else Verdict(refusal(resolved.host, said))

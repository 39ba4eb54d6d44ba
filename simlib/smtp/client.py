"""The client's side of an SMTP session, as sendmail plays it (usersmtp.c): generators of steps, without time or I/O.

A generator yields a ``Step`` (what to send now) and is sent the replies to it, one for each command; where a reply did
not come, ``lost(host)`` or ``timed_out(host)`` stands for it. Who drives it gives it its time: SimPy in the simulator,
a socket in the tests.
"""

from collections.abc import Generator, Mapping, Sequence
from functools import lru_cache
from types import MappingProxyType

from simlib.message.status import Exit, refusal_line, stat
from simlib.smtp.commands import DATA, QUIT, RSET, Command, Mail, Plain, Rcpt
from simlib.smtp.phases import Phase
from simlib.smtp.replies import NoReply, Reply, lost, timed_out
from simlib.smtp.session import Failure, Result, Session, Step

__all__ = [
    "Failure",
    "Result",
    "Session",
    "Step",
    "etrn",
    "hello",
    "lost",
    "probe",
    "quit",
    "timed_out",
    "transaction",
]

CLOSING = 421  # "service shutting down", in whatever phase

GREETING, LEAVE = Step((), Phase.INITIAL), Step((QUIT,), Phase.QUIT)
CONTENT = Step((), Phase.DATAFINAL, content=True)
NO_CONTENT = Step((), Phase.DATAFINAL, content=True, empty=True)


def hello(session: Session) -> Generator[Step, tuple[Reply, ...], Failure | None]:
    """Await the greeting and introduce ourselves; gives None when the session is open, else why it is not."""
    session.begin()
    greeting = yield from _ask(session, GREETING)
    if not greeting.positive:
        return (yield from _not_opened(session, greeting))
    esmtp = "2" not in session.flags and ("a" in session.flags or "ESMTP" in greeting.text)
    reply = yield from _ask(session, _introduction("EHLO" if esmtp else "HELO", session.name))
    if reply.permanent and esmtp:
        esmtp = False
        reply = yield from _ask(session, _introduction("HELO", session.name))
    if not reply.positive:
        return (yield from _not_opened(session, reply))
    if "k" not in session.flags and reply.lines[0].partition(" ")[0].lower() == session.name.lower():
        yield from quit(session)
        loop = Reply(553, f"{session.host} config error: mail loops back to me (MX problem?)", enhanced="5.3.5")
        return _result(session, Phase.HELO, loop, Exit.CONFIG, "5.3.5", sticky=True, next_mx=True)
    if esmtp:
        session.extensions = _extensions(reply.lines[1:])
    return None


@lru_cache  # a host introduces itself to all in the same words
def _introduction(verb: str, name: str) -> Step:
    return Step((Plain(verb, name),), Phase.HELO)


def transaction(
    session: Session, mail: Mail, recipients: Sequence[Rcpt]
) -> Generator[Step, tuple[Reply, ...], tuple[Result, ...]]:
    """Send one message to some recipients; gives a result for each, in their order.

    Parameters the peer does not offer are left out. With PIPELINING all RCPTs and DATA go in one step (MAIL does not:
    sendmail awaits its reply).
    """
    session.unfinished = True
    session.begin()
    reply = yield from _ask(session, Step((_offered_mail(session, mail),), Phase.MAIL))
    if not reply.positive:
        if reply.code < 400:
            yield from quit(session)  # it does not speak SMTP
        return (_mail_refused(session, reply),) * len(recipients)
    ask = _pipelined if "PIPELINING" in session.extensions else _one_by_one
    refusals, decisive = yield from ask(session, recipients)
    if decisive is None:
        others = None
    elif _ends(decisive):
        others = _not_now(session, decisive, Phase.DATAINIT)
    else:
        others = yield from _message(session, decisive, anyone=None in refusals)
    return tuple(result for refusal in refusals if (result := refusal or others))


def probe(session: Session) -> Generator[Step, tuple[Reply, ...], bool]:
    """Make sure of a cached connection, with one RSET, before it is used again; gives whether it can be."""
    unfinished, session.unfinished = session.unfinished, False
    reply = yield from _ask(session, Step((RSET,), Phase.RSET if unfinished else Phase.MISC))
    if reply.positive or (unfinished and not _ends(reply)):  # after a failed transaction any answer will do
        return session.open
    yield from quit(session)
    return False


def etrn(session: Session, node: str) -> Generator[Step, tuple[Reply, ...], Reply]:
    """Ask the peer to run its queue for ``node`` (RFC 1985); gives its answer."""
    return (yield from _ask(session, Step((Plain("ETRN", node),), Phase.MISC)))


def quit(session: Session) -> Generator[Step, tuple[Reply, ...], None]:
    """Take leave, if the connection still stands."""
    if session.open:
        session.open = False
        for reply in (yield LEAVE):
            session.shows(reply)


def _ask(session: Session, step: Step) -> Generator[Step, tuple[Reply, ...], Reply]:
    """A step with one reply."""
    if step.commands:
        session.said(step.commands[0])
    (reply,) = _all_replies(session, (yield step), 1)
    session.heard(reply)
    if _ends(reply):
        yield from _heed_closing(session, reply)
    return reply


def _all_replies(session: Session, replies: tuple[Reply, ...], count: int) -> tuple[Reply, ...]:
    """As many replies as were awaited: those that are missing are lost."""
    missing = count - len(replies)
    return replies[:count] + (lost(session.host),) * missing if missing > 0 else replies[:count]


def _ends(reply: Reply) -> bool:
    """The session is over with this reply, or with the lack of one (see ``NoReply``)."""
    return reply.code == CLOSING


def _heed_closing(session: Session, reply: Reply) -> Generator[Step, tuple[Reply, ...], None]:
    """The session is over; a 421 is still answered with QUIT."""
    if isinstance(reply, NoReply):
        session.open = False
    elif session.open:
        yield from quit(session)
    else:
        session.sends(LEAVE)  # into the void


def _not_opened(session: Session, reply: Reply) -> Generator[Step, tuple[Reply, ...], Failure]:
    yield from quit(session)
    if isinstance(reply, NoReply):
        exit, dsn = Exit.TEMPFAIL, "4.4.2"
    else:
        exit, dsn = (Exit.TEMPFAIL, "4.5.0") if reply.transient else (Exit.UNAVAILABLE, "5.5.0")
    return _result(session, Phase.HELO, reply, exit, dsn, sticky=True, next_mx=True)


# the results of the recipients that were refused, None for the others; and the reply to DATA, which decides for those
# others (None when there are none)
Answers = tuple[list[Result | None], Reply | None]


def _pipelined(session: Session, recipients: Sequence[Rcpt]) -> Generator[Step, tuple[Reply, ...], Answers]:
    """All RCPTs and DATA at once (RFC 2920). After a 421 nothing more is read."""
    commands: tuple[Command, ...] = (*(_offered_rcpt(session, rcpt) for rcpt in recipients), DATA)
    *replies, data = _all_replies(session, (yield Step(commands, Phase.RCPT)), len(commands))
    session.said(DATA)
    refusals: list[Result | None] = []
    for rcpt, reply in zip(recipients, replies, strict=True):
        session.heard(reply)
        if _ends(reply):
            yield from _heed_closing(session, reply)
            return _cut_short(session, refusals, recipients, reply), None
        refusals.append(_rcpt_answered(session, rcpt, reply))
    session.heard(data)
    if _ends(data):
        yield from _heed_closing(session, data)
    return refusals, data


def _one_by_one(session: Session, recipients: Sequence[Rcpt]) -> Generator[Step, tuple[Reply, ...], Answers]:
    """A RCPT at a time; DATA only if somebody was accepted."""
    refusals: list[Result | None] = []
    for rcpt in recipients:
        reply = yield from _ask(session, Step((_offered_rcpt(session, rcpt),), Phase.RCPT))
        if _ends(reply):
            return _cut_short(session, refusals, recipients, reply), None
        refusals.append(_rcpt_answered(session, rcpt, reply))
    if None in refusals:
        return refusals, (yield from _ask(session, Step((DATA,), Phase.DATAINIT)))
    if session.cached:
        yield from _reset(session)
    return refusals, None


def _cut_short(
    session: Session, refusals: list[Result | None], recipients: Sequence[Rcpt], last: Reply
) -> list[Result | None]:
    """The session ended with the reply to a RCPT: nobody gets the message now, whatever was said to him before."""
    accepted = _not_now(session, last, Phase.DATAINIT)
    refused, count = _rcpt_answered(session, recipients[len(refusals)], last), len(recipients)
    unanswered = refused
    if not isinstance(last, NoReply):
        unanswered = _result(session, Phase.RCPT, last, Exit.TEMPFAIL, Exit.TEMPFAIL.enhanced, next_mx=True)
    return [*(refusal or accepted for refusal in refusals), refused, *[unanswered] * (count - len(refusals) - 1)]


def _message(session: Session, data: Reply, anyone: bool) -> Generator[Step, tuple[Reply, ...], Result]:
    """What follows the reply to DATA: the message, or its refusal; the result of all who were accepted."""
    if data.intermediate:
        reply = yield from _ask(session, CONTENT if anyone else NO_CONTENT)
        session.unfinished = False
        return _message_result(session, reply)
    if data.transient:
        yield from quit(session)
        return _not_now(session, data, Phase.DATAINIT)
    yield from _reset(session)
    if data.permanent:
        return _result(session, Phase.DATAINIT, data, Exit.UNAVAILABLE, "5.0.0")
    return _result(session, Phase.DATAINIT, data, Exit.PROTOCOL, session.dsn(data, "5.5.1"))


def _message_result(session: Session, reply: Reply) -> Result:
    if isinstance(reply, NoReply):
        return _not_now(session, reply, Phase.DATAFINAL)
    if reply.transient:
        # 452 concerns this message only; any other 4xx is held against the host
        sticky = reply.code != 452
        return _result(session, Phase.DATAFINAL, reply, Exit.TEMPFAIL, session.dsn(reply), sticky=sticky, next_mx=True)
    if reply.positive:
        return _result(session, Phase.DATAFINAL, reply, Exit.OK, session.dsn(reply))
    expected = reply.permanent and reply.code // 10 % 10 == 5  # "mail system" in the theory of reply codes
    return _result(session, Phase.DATAFINAL, reply, Exit.UNAVAILABLE if expected else Exit.PROTOCOL, session.dsn(reply))


def _mail_refused(session: Session, reply: Reply) -> Result:
    if isinstance(reply, NoReply) or reply.transient:
        return _not_now(session, reply, Phase.MAIL)
    if not reply.permanent:
        return _result(session, Phase.MAIL, reply, Exit.PROTOCOL, session.dsn(reply, "5.5.1"))
    exit, default = {
        501: (Exit.DATAERR, "5.5.2"),
        552: (Exit.UNAVAILABLE, "5.3.4"),
        553: (Exit.DATAERR, "5.1.3"),
    }.get(reply.code, (Exit.UNAVAILABLE, "5.0.0"))
    return _result(session, Phase.MAIL, reply, exit, session.dsn(reply, default))


def _rcpt_answered(session: Session, rcpt: Rcpt, reply: Reply) -> Result | None:
    """The result of a recipient that was refused; None for one that was accepted, who awaits the message."""
    refused = _rcpt_refused(session, reply)
    if refused is not None:
        name = session.shown.get(rcpt.recipient, f"<{rcpt.recipient}>")
        told = stat(refused.exit, refused.words)
        session.transcript.append(refusal_line(refused.exit, told, (name,)))
        if session.terminal is not None:
            session.terminal.tell_of((name,), refused.exit, told)
    elif "SUCCESS" in rcpt.notify and "DSN" not in session.extensions:
        session.accepted[rcpt.recipient] = (session.dsn(reply), str(reply).partition("\n")[0])
    return refused


def _rcpt_refused(session: Session, reply: Reply) -> Result | None:
    if reply.positive:
        return None
    if isinstance(reply, NoReply) or reply.transient:
        return _not_now(session, reply, Phase.RCPT)
    if not reply.permanent:
        return _result(session, Phase.RCPT, reply, Exit.PROTOCOL, session.dsn(reply, "5.5.1"))
    no_such_user = {550: "5.1.1", 551: "5.1.6", 553: "5.1.3"}.get(reply.code)
    if no_such_user is not None:
        return _result(session, Phase.RCPT, reply, Exit.NOUSER, session.dsn(reply, no_such_user))
    return _result(session, Phase.RCPT, reply, Exit.UNAVAILABLE, session.dsn(reply))


def _not_now(session: Session, reply: Reply, phase: Phase) -> Result:
    """Not now: tried again, at the next MX if there is one. A reply that never came is held against the host.

    To the enhanced code of a reply to DATA, and of a 421 to MAIL, sendmail pays no heed.
    """
    never = isinstance(reply, NoReply)
    heeded = never or not (phase == Phase.DATAINIT or (phase == Phase.MAIL and _ends(reply)))
    dsn = session.dsn(reply) if heeded else "4.0.0"
    return _result(session, phase, reply, Exit.TEMPFAIL, dsn, sticky=never, next_mx=True)


def _result(
    session: Session, phase: Phase, reply: Reply, exit: Exit, dsn: str, sticky: bool = False, next_mx: bool = False
) -> Result:
    return Result(exit, dsn, reply, sticky, next_mx, phase, session.words(reply))


def _reset(session: Session) -> Generator[Step, tuple[Reply, ...], None]:
    yield from _ask(session, Step((RSET,), Phase.RSET))
    session.unfinished = False


@lru_cache  # hosts say the same to everybody who greets them
def _extensions(lines: tuple[str, ...]) -> Mapping[str, str]:
    """The extensions named in the answer to EHLO; old servers write ``AUTH=`` for ``AUTH ``."""
    words = (line.replace("=", " ", 1).partition(" ") for line in lines)
    return MappingProxyType({keyword.upper(): parameter for keyword, _, parameter in words if keyword})


def _offered_mail(session: Session, mail: Mail) -> Mail:
    offers = session.extensions
    others = tuple(item for item in mail.others if _EXTENSION_OF.get(item[0]) in offers)
    size = mail.size if "SIZE" in offers else 0
    body = mail.body if "8BITMIME" in offers else ""
    ret, envid = (mail.ret, mail.envid) if "DSN" in offers else ("", "")
    return Mail(mail.sender, size, body, ret, envid, others)


_EXTENSION_OF = {"BY": "DELIVERBY", "AUTH": "AUTH"}


def _offered_rcpt(session: Session, rcpt: Rcpt) -> Rcpt:
    if "DSN" in session.extensions or not (rcpt.notify or rcpt.orcpt):
        return rcpt
    return Rcpt(rcpt.recipient)

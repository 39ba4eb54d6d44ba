"""The client's side of an SMTP session, as sendmail plays it (usersmtp.c): generators of steps, without time or I/O.

A generator yields a ``Step`` (what to send now) and is sent the replies to it, one for each command; where a reply did
not come, ``lost(host)`` or ``timed_out(host)`` stands for it. Who drives it gives it its time: SimPy in the simulator,
a socket in the tests.
"""

from collections.abc import Generator, Sequence

from simlib.message.status import Exit
from simlib.smtp.commands import DATA, QUIT, RSET, Ehlo, Helo, Mail, Rcpt
from simlib.smtp.replies import NoReply, Reply, lost, timed_out
from simlib.smtp.session import Failure, Result, Session, Step

__all__ = ["Failure", "Result", "Session", "Step", "hello", "lost", "probe", "quit", "timed_out", "transaction"]

CLOSING = 421  # "service shutting down", in whatever phase


def hello(session: Session) -> Generator[Step, tuple[Reply, ...], Failure | None]:
    """Await the greeting and introduce ourselves; gives None when the session is open, else why it is not."""
    greeting = yield from _ask(session, Step((), "initial"))
    if not greeting.positive:
        return (yield from _not_opened(session, greeting))
    esmtp = "2" not in session.flags and ("a" in session.flags or "ESMTP" in greeting.text)
    reply = yield from _ask(session, Step((Ehlo(session.name) if esmtp else Helo(session.name),), "helo"))
    if reply.permanent and esmtp:
        esmtp = False
        reply = yield from _ask(session, Step((Helo(session.name),), "helo"))
    if not reply.positive:
        return (yield from _not_opened(session, reply))
    if "k" not in session.flags and reply.lines[0].partition(" ")[0].lower() == session.name.lower():
        yield from quit(session)
        text = f"{session.host} config error: mail loops back to me (MX problem?)"
        return Failure(Exit.CONFIG, "5.3.5", Reply(553, text, enhanced="5.3.5"), sticky=True, next_mx=True)
    if esmtp:
        session.extensions = _extensions(reply)
    return None


def transaction(
    session: Session, mail: Mail, recipients: Sequence[Rcpt]
) -> Generator[Step, tuple[Reply, ...], tuple[Result, ...]]:
    """Send one message to some recipients; gives a result for each, in their order.

    Parameters the peer does not offer are left out. With PIPELINING all RCPTs and DATA go in one step (MAIL does not:
    sendmail awaits its reply).
    """
    session.unfinished = True
    reply = yield from _ask(session, Step((_offered_mail(session, mail),), "mail"))
    if not reply.positive:
        if reply.code < 400:
            yield from quit(session)  # it does not speak SMTP
        return (_mail_refused(session, reply),) * len(recipients)
    offered = [_offered_rcpt(session, rcpt) for rcpt in recipients]
    ask = _pipelined if "PIPELINING" in session.extensions else _one_by_one
    refusals, decisive = yield from ask(session, offered)
    if decisive is None:
        others = None
    elif _ends(decisive):
        others = _not_now(session, decisive)
    else:
        others = yield from _message(session, decisive, anyone=None in refusals)
    return tuple(result for refusal in refusals if (result := refusal or others))


def probe(session: Session) -> Generator[Step, tuple[Reply, ...], bool]:
    """Make sure of a cached connection, with one RSET, before it is used again; gives whether it can be."""
    unfinished, session.unfinished = session.unfinished, False
    reply = yield from _ask(session, Step((RSET,), "rset" if unfinished else "misc"))
    if reply.positive or (unfinished and not _ends(reply)):  # after a failed transaction any answer will do
        return session.open
    yield from quit(session)
    return False


def quit(session: Session) -> Generator[Step, tuple[Reply, ...], None]:
    """Take leave, if the connection still stands."""
    if session.open:
        session.open = False
        yield Step((QUIT,), "quit")


def _ask(session: Session, step: Step) -> Generator[Step, tuple[Reply, ...], Reply]:
    """A step with one reply."""
    (reply,) = _all_replies(session, (yield step), 1)
    yield from _heed_closing(session, reply)
    return reply


def _all_replies(session: Session, replies: tuple[Reply, ...], count: int) -> tuple[Reply, ...]:
    """As many replies as were awaited: those that are missing are lost."""
    return replies[:count] + (lost(session.host),) * (count - len(replies))


def _ends(reply: Reply) -> bool:
    """The session is over with this reply."""
    return reply.code == CLOSING


def _heed_closing(session: Session, reply: Reply) -> Generator[Step, tuple[Reply, ...], None]:
    """Know from a reply that the session is over; a 421 is still answered with QUIT."""
    if isinstance(reply, NoReply):
        session.open = False
    elif reply.code == CLOSING:
        yield from quit(session)


def _not_opened(session: Session, reply: Reply) -> Generator[Step, tuple[Reply, ...], Failure]:
    yield from quit(session)
    if isinstance(reply, NoReply):
        return Failure(Exit.TEMPFAIL, "4.4.2", reply, sticky=True, next_mx=True)
    if reply.transient:
        return Failure(Exit.TEMPFAIL, "4.5.0", reply, sticky=True, next_mx=True)
    return Failure(Exit.UNAVAILABLE, "5.5.0", reply, sticky=True, next_mx=True)


# the results of the recipients that were refused, None for the others; and the reply that decides for those others:
# that to DATA, or the one that ended the session before (None when DATA was not even sent)
Answers = tuple[list[Result | None], Reply | None]


def _pipelined(session: Session, recipients: list[Rcpt]) -> Generator[Step, tuple[Reply, ...], Answers]:
    """All RCPTs and DATA at once (RFC 2920). After a 421 nothing more is read."""
    *replies, data = _all_replies(session, (yield Step((*recipients, DATA), "rcpt")), len(recipients) + 1)
    refusals: list[Result | None] = []
    for reply in replies:
        if _ends(reply):
            yield from _heed_closing(session, reply)
            return refusals + [None] * (len(recipients) - len(refusals)), reply
        refusals.append(_rcpt_refused(session, reply))
    yield from _heed_closing(session, data)
    return refusals, data


def _one_by_one(session: Session, recipients: list[Rcpt]) -> Generator[Step, tuple[Reply, ...], Answers]:
    """A RCPT at a time; DATA only if somebody was accepted."""
    refusals: list[Result | None] = []
    for rcpt in recipients:
        reply = yield from _ask(session, Step((rcpt,), "rcpt"))
        if _ends(reply):
            return refusals + [None] * (len(recipients) - len(refusals)), reply
        refusals.append(_rcpt_refused(session, reply))
    if None in refusals:
        return refusals, (yield from _ask(session, Step((DATA,), "datainit")))
    if session.cached:
        yield from _reset(session)
    return refusals, None


def _message(session: Session, data: Reply, anyone: bool) -> Generator[Step, tuple[Reply, ...], Result]:
    """What follows the reply to DATA: the message, or its refusal; the result of all who were accepted."""
    if data.intermediate:
        reply = yield from _ask(session, Step((), "datafinal", content=True, empty=not anyone))
        session.unfinished = False
        return _message_result(session, reply)
    if data.transient:
        yield from quit(session)
        return _not_now(session, data)
    yield from _reset(session)
    if data.permanent:
        return Result(Exit.UNAVAILABLE, session.dsn(data), data)
    return Result(Exit.PROTOCOL, session.dsn(data, "5.5.1"), data)


def _message_result(session: Session, reply: Reply) -> Result:
    if isinstance(reply, NoReply):
        return _not_now(session, reply)
    if reply.transient:
        # 452 concerns this message only; any other 4xx is held against the host
        return Result(Exit.TEMPFAIL, session.dsn(reply), reply, sticky=reply.code != 452, next_mx=True)
    if reply.positive:
        return Result(Exit.OK, session.dsn(reply), reply)
    expected = reply.permanent and reply.code // 10 % 10 == 5  # "mail system" in the theory of reply codes
    return Result(Exit.UNAVAILABLE if expected else Exit.PROTOCOL, session.dsn(reply), reply)


def _mail_refused(session: Session, reply: Reply) -> Result:
    if isinstance(reply, NoReply) or reply.transient:
        return _not_now(session, reply)
    if not reply.permanent:
        return Result(Exit.PROTOCOL, session.dsn(reply, "5.5.1"), reply)
    exit, default = {
        501: (Exit.DATAERR, "5.5.2"),
        552: (Exit.UNAVAILABLE, "5.3.4"),
        553: (Exit.DATAERR, "5.1.3"),
    }.get(reply.code, (Exit.UNAVAILABLE, "5.0.0"))
    return Result(exit, session.dsn(reply, default), reply)


def _rcpt_refused(session: Session, reply: Reply) -> Result | None:
    if reply.positive:
        return None
    if isinstance(reply, NoReply) or reply.transient:
        return _not_now(session, reply)
    if not reply.permanent:
        return Result(Exit.PROTOCOL, session.dsn(reply, "5.5.1"), reply)
    no_such_user = {550: "5.1.1", 551: "5.1.6", 553: "5.1.3"}.get(reply.code)
    if no_such_user is not None:
        return Result(Exit.NOUSER, session.dsn(reply, no_such_user), reply)
    return Result(Exit.UNAVAILABLE, session.dsn(reply), reply)


def _not_now(session: Session, reply: Reply) -> Result:
    """Not now: tried again, at the next MX if there is one. A reply that never came is held against the host."""
    return Result(Exit.TEMPFAIL, session.dsn(reply), reply, sticky=isinstance(reply, NoReply), next_mx=True)


def _reset(session: Session) -> Generator[Step, tuple[Reply, ...], None]:
    yield from _ask(session, Step((RSET,), "rset"))
    session.unfinished = False


def _extensions(reply: Reply) -> dict[str, str]:
    """The extensions named in the answer to EHLO; old servers write ``AUTH=`` for ``AUTH ``."""
    words = (line.replace("=", " ", 1).partition(" ") for line in reply.lines[1:])
    return {keyword.upper(): parameter for keyword, _, parameter in words if keyword}


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

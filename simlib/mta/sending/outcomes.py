"""What became of a recipient at a host, in the words of log, mailq and notice: made of what was said there."""

from collections.abc import Sequence
from functools import lru_cache

from simlib.cf import Mailer
from simlib.message.status import Exit, refusal_line, stat
from simlib.mta.policy.outcome import Outcome
from simlib.mta.policy.queue_entry import Recipient
from simlib.mta.policy.routing import InBrackets, NoRoute, full_name, is_literal
from simlib.mta.process.held import AFTER_MAIL
from simlib.mta.process.process import NoConnection
from simlib.smtp.client import CLOSING, Result
from simlib.smtp.phases import Phase
from simlib.smtp.replies import NoReply


def of_result(result: Result, mx: str, address: str, mailer: str, forgot: bool) -> Outcome:
    """What became of a recipient in a transaction with ``mx``, at ``address``.

    ``forgot``: sendmail does not know the address any more until MAIL is answered well.
    """
    return Outcome(
        result.exit,
        result.dsn,
        stat(result.exit, result.words),
        mailer,
        _shown(mx) if forgot and result.phase == Phase.MAIL else _at(mx, address),
        _reply(result),
        own_line=result.phase == Phase.RCPT,
        remote="" if result.phase == Phase.MAIL else mx,
        reason=_reason(result),
        status=result.exit.enhanced if result.phase == Phase.DATAINIT else "",
        remark=f"reply: read error from {_shown(mx)}" if _broke_off(result) else "",
    )


@lru_cache(typed=True)  # in a queue run all for a dead host fare alike
def of_no_connection(why: NoConnection, mx: str, mailer: str) -> Outcome:
    """What becomes of everybody at a host with which there is no session."""
    status = why.status
    relay = _at(mx, why.address) if why.record is not None else _shown(mx)
    remote = mx
    if status.exit == Exit.NOHOST and isinstance(mx, InBrackets):
        relay = remote = f"[{mx}]"
    words, reply = (status.text, "") if why.refusal is None else (why.refusal.words, _reply(why.refusal))
    loop = status.exit == Exit.CONFIG  # which sendmail itself has noticed: nobody said it
    return Outcome(
        status.exit,
        status.dsn,
        stat(status.exit, words),
        mailer,
        relay,
        reply,
        remote=remote if why.refusal is None and not loop else "",
        reason=None if status.reply is None or status.errno else status.reply.partition("\n")[0],
    )


def of_no_route(route: NoRoute, mailer: Mailer, host: str, called: str = "") -> Outcome:
    """What becomes of everybody at a domain to which there is no way.

    For one that cannot be looked up just now there is no log line, only the reason that mailq shows.
    """
    relay = called or host if route.exit == Exit.NOHOST else f"{host}."
    if route.exit.transient:
        return Outcome(route.exit, route.dsn, route.text, mailer.name, relay, logged=False)
    reason = None
    if route.exit == Exit.UNAVAILABLE:
        reason = f"556 {route.text}"
    elif not route.host_exists:
        reason = "550 Host unknown"
    status = route.exit.enhanced if route.exit == Exit.CONFIG else ""
    told = stat(route.exit, route.text)
    return Outcome(route.exit, route.dsn, told, mailer.name, relay, remote=host, reason=reason, status=status)


def transcript_of_no_route(
    route: NoRoute, outcome: Outcome, host: str, recipients: Sequence[Recipient]
) -> tuple[str, ...]:
    """What the transcript says of such a domain."""
    if route.exit.transient:
        return (f"451 {host}: Name server timeout",) * len(recipients)
    if route.exit == Exit.CONFIG:
        return f"554 5.0.0 {route.text}", Exit.CONFIG.message
    return (refusal_line(outcome.exit, outcome.stat, [recipient.shown for recipient in recipients]),)


def _shown(mx: str) -> str:
    """A host as the log shows it."""
    return mx if is_literal(mx) else full_name(mx)


@lru_cache(typed=True)
def _at(mx: str, address: str) -> str:
    """A host and its address, as the log shows them."""
    return f"{_shown(mx)} [{address}]"


def _broke_off(result: Result) -> bool:
    """Whether the connection was lost once MAIL had been answered."""
    return isinstance(result.reply, NoReply) and result.phase in AFTER_MAIL


def _reason(result: Result) -> str | None:
    """What was said, as Diagnostic-Code has it; of a reply to DATA sendmail takes no note, of a 421 not the words."""
    if result.exit == Exit.OK or result.phase == Phase.DATAINIT or isinstance(result.reply, NoReply):
        return None
    return "" if result.reply.code == CLOSING else str(result.reply).partition("\n")[0]


def _reply(result: Result) -> str:
    """``reply=`` of the log line: what was said, unless all is well or sendmail itself has noticed a loop."""
    if result.exit in (Exit.OK, Exit.CONFIG) or isinstance(result.reply, NoReply):
        return ""
    return str(result.reply).replace("\n", " ")

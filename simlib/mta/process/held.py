"""What is held against a host after a transaction or a refusal: its host status (slide topic 04)."""

from collections.abc import Sequence

from simlib.message.status import Exit
from simlib.mta.policy.host_status import ECONNRESET, ETIMEDOUT, HostStatus
from simlib.smtp.client import CLOSING, Result
from simlib.smtp.phases import Phase
from simlib.smtp.replies import NoReply, is_silence

AFTER_MAIL = (Phase.RCPT, Phase.DATAINIT, Phase.DATAFINAL)  # phases in which the words for a lost connection are noted
LOOP = "553 5.3.5 system config error"  # where mail loops back to the host that sends it: nobody has said so


def held_against(refusal: Result, host: str, now: int) -> HostStatus:
    """What is remembered of a host after a refusal: the words only of a lost connection, else just the status."""
    reply, exit, dsn = refusal.reply, refusal.exit, refusal.dsn
    if isinstance(reply, NoReply):
        errno = ETIMEDOUT if is_silence(reply) else ECONNRESET
        noted = f"451 4.4.1 reply: read error from {host}." if refusal.phase in AFTER_MAIL else None
        return HostStatus(exit, dsn, refusal.words, now, errno, noted)
    if exit == Exit.CONFIG:
        return HostStatus(exit, dsn, "", now, reply=LOOP)
    return HostStatus(exit, dsn, "", now, reply="" if reply.code == CLOSING else str(reply))


def status_after(results: Sequence[Result], host: str, now: int) -> HostStatus:
    """What is remembered of a host after a transaction.

    A reply to RCPT or DATA says something of recipient and message, a 421 of this hour: nothing of the host.
    """
    decisive = next((result for result in results if result.sticky), results[-1])
    if decisive.sticky:
        return held_against(decisive, host, now)
    if decisive.phase in (Phase.RCPT, Phase.DATAINIT) or decisive.reply.code == CLOSING:
        return HostStatus(Exit.OK, "", "", now)
    return HostStatus(Exit.OK, decisive.dsn, "", now, reply=str(decisive.reply))

"""The lines of the mail log that tell of a message, made when somebody reads them [deliver.c, envelope.c]."""

from simlib.mta.queue_entry import shown_priority
from simlib.units import delay


def taken(qid: str, sender: str, size: int, precedence: int, recipients: int, source: str) -> str:
    """A message has come."""
    return f"{qid}: from=<{sender}>, size={size}, class={precedence}, nrcpts={recipients}, {source}"


def queued(qid: str, address: str, mailer: str, priority: int) -> str:
    """It is not tried at once."""
    return f"{qid}: to=<{address}>, delay={delay(0)}, mailer={mailer}, pri={shown_priority(priority)}, stat=queued"


def tried(
    qid: str,
    to: str,
    waited: float,
    took: float,
    mailer: str,
    priority: int,
    relay: str,
    dsn: str,
    reply: str,
    stat: str,
) -> str:
    """It was tried; ``to``: those who fared alike. It has ``waited`` since it came, and the attempt ``took``, in s."""
    by, said = f", relay={relay}" if relay else "", f", reply={reply}" if reply else ""
    return (
        f"{qid}: to={to}, delay={delay(waited)}, xdelay={delay(took)}, mailer={mailer}, "
        f"pri={shown_priority(priority)}{by}, dsn={dsn}{said}, stat={stat}"
    )

"""The lines of the mail log that tell of a message, made when somebody reads them [deliver.c, envelope.c]."""

from simlib.message.copy import Dates, made_message_id
from simlib.message.received import HANDED_IN_BY, Received, Way, first
from simlib.mta.policy.client_name import FORGED_NAME
from simlib.mta.policy.queue_entry import shown_priority
from simlib.units import delay


def taken(
    dates: Dates, size: int, received: Received, sender: str, precedence: int, recipients: int,
    message_id: str = "", body: str = "",
) -> str:  # fmt: skip
    """A message has come; the first host on its way made its Message-Id, if it had none."""
    named = message_id or made_message_id(first(received), dates)
    known = named_sender(sender, size, precedence, recipients, _source(received.way), body, named)
    return f"{received.qid}: {known}"


def named_sender(
    sender: str, size: int, precedence: int, recipients: int, source: str, body: str = "", message_id: str = ""
) -> str:
    """Of a sender, whether or not his message has come; ``body`` is BODY= of MAIL, ``source`` by which way it came."""
    known = "".join(f", {key}={value}" for key, value in (("msgid", message_id), ("bodytype", body)) if value)
    return f"from=<{sender}>, size={size}, class={precedence}, nrcpts={recipients}{known}, {source}"


def by_smtp(protocol: str, client: str) -> str:
    """The way of what a client brought."""
    return f"proto={protocol}, daemon=MTA, relay={client}"


def queued(qid: str, address: str, mailer: str, priority: int) -> str:
    """It is not tried at once."""
    return f"{qid}: to=<{address}>, delay={delay(0)}, mailer={mailer}, pri={shown_priority(priority)}, stat=queued"


def refused(qid: str, address: str, priority: int, words: str) -> str:
    """It is not taken at all."""
    return f"{qid}: to=<{address}>, delay={delay(0)}, pri={shown_priority(priority)}, stat={words}"


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


def _source(by: Way) -> str:
    """By which way it came: from a client, by the hand of a user, or from sendmail itself, which is root."""
    if by.identity.endswith(("]", FORGED_NAME)):
        return by_smtp(by.protocol, by.identity)
    return f"relay={by.identity if '@' in by.identity else HANDED_IN_BY}"

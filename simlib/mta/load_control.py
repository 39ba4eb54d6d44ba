"""What sendmail does under load: queue instead of deliver, refuse, dawdle (QueueLA, RefuseLA, DelayLA)."""

from simlib.mta.settings import Settings
from simlib.site.disk import Disk

REFUSAL_PAUSE = 15.0  # s until a daemon that closed its port looks again
CONNECTION_SHARE, RECEIPT_SHARE, DELIVERY_SHARE = 0.2, 0.4, 0.4  # of what a message costs a host; simplified
PATIENT_REPLY = 1.0  # s that DelayLA adds to a reply


def as_sendmail_reads(load: float) -> int:
    """The load average as sendmail takes it: rounded to a whole number."""
    return int(load + 0.5)


def should_queue(priority: int, load: int, settings: Settings) -> bool:
    """Whether a message of that priority waits in the queue at this load (facts of conf.c's shouldqueue).

    At QueueLA and above it does when its priority exceeds QueueFactor / (load - QueueLA + 1), in whole numbers.
    """
    if load < settings.queue_la:
        return False
    return priority > settings.queue_factor // (load - settings.queue_la + 1)


def enough_disk_space(disk: Disk | None, mail_bytes: int, size: int, settings: Settings) -> bool:
    """Whether a message may come: MinFreeBlocks stay free beside the ``size`` in bytes that MAIL announced (0: none).

    Neither a reserve nor a size: no test. No ``disk``: one that is never full.
    """
    if disk is None or (settings.min_free_blocks <= 0 and size == 0):
        return True
    return disk.free(mail_bytes) >= disk.needed(size) + settings.min_free_blocks


def refuses(load: int, children: int, settings: Settings) -> bool:
    """Whether the daemon closes its port: at RefuseLA, or with MaxDaemonChildren at work (0 turns either off)."""
    too_high = 0 < settings.refuse_la <= load
    too_many = 0 < settings.max_children <= children
    return too_high or too_many


def reply_pause(load: int, settings: Settings) -> float:
    """Seconds that each reply is held back at DelayLA and above (0 turns it off)."""
    return PATIENT_REPLY if 0 < settings.delay_la <= load else 0.0

"""What sendmail does under load: queue instead of deliver, refuse, dawdle (QueueLA, RefuseLA, DelayLA)."""

from simlib.mta.policy.settings import Settings
from simlib.site.disk import Disk

REFUSAL_PAUSE = 15.0  # s until a daemon that closed its port looks again
CONNECTION_SHARE, RECEIPT_SHARE, DELIVERY_SHARE = 0.2, 0.4, 0.4  # of what a message costs a host; simplified
THROTTLE_SLEEP = 1.0  # s that a daemon sleeps when it has accepted too many connections in a second
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


def no_run_at_all(load: int, settings: Settings) -> bool:
    """Whether a queue run is skipped: at a load at which even a small message to one recipient would wait."""
    return should_queue(settings.recipient_factor, load, settings)


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


class RateThrottle:
    """ConnectionRateThrottle: how many connections a daemon accepts in one second before it sleeps for one.

    As in sendmail, the first of a second is not tested and the test comes before the count, so that ``limit`` + 1 pass.
    """

    def __init__(self, limit: int) -> None:
        self.limit = limit
        self._second = -1
        self._count = 0
        self._free_at = 0.0

    def wait(self, now: float) -> float:
        """Seconds that a connection which comes now waits in the backlog until it is accepted; 0 limits nothing."""
        accepted = max(now, self._free_at)
        if self.limit > 0:
            if int(accepted) != self._second:
                self._second, self._count = int(accepted), 0
            self._count += 1
            if self._count > self.limit + 1:
                accepted += THROTTLE_SLEEP
                self._second, self._count = int(accepted), 1
        self._free_at = accepted
        return accepted - now


def reply_pause(load: int, settings: Settings) -> float:
    """Seconds that each reply is held back at DelayLA and above (0 turns it off)."""
    return PATIENT_REPLY if 0 < settings.delay_la <= load else 0.0

"""Options that sendmail does without because of others, and what it does not begin without, in its words [main.c].

So does 8.17. Simplified: older ones are taken to do the same.
"""

from collections.abc import Iterator

from simlib.cf.contents import Contents

CACHE, DIRECTORY, SINGLE = "ConnectionCacheSize", "HostStatusDirectory", "SingleThreadDelivery"
NO_CACHE = "HostStatusDirectory disabled with ConnectionCacheSize = 0"
NO_DIRECTORY = "HostStatusDirectory required for SingleThreadDelivery"


def host_status_directory(cf: Contents) -> str:
    """HostStatusDirectory, as far as it counts: without a connection cache there is none."""
    return "" if cf[CACHE] == 0 else cf[DIRECTORY] or ""


def single_thread(cf: Contents) -> bool:
    """SingleThreadDelivery, as far as it counts: its locks are files in that directory."""
    return bool(cf[SINGLE] and host_status_directory(cf))


def conflicts(cf: Contents) -> Iterator[tuple[str, tuple[str, ...]]]:
    """What sendmail complains of, and the options that it concerns."""
    if cf[DIRECTORY] and not host_status_directory(cf):
        yield NO_CACHE, (CACHE, DIRECTORY)
    if cf[SINGLE] and not single_thread(cf):
        yield NO_DIRECTORY, (SINGLE, CACHE)


def missing(cf: Contents) -> Iterator[tuple[str, str]]:
    """What sendmail does not start without, in its words, and the cure."""
    if "local" not in cf.mailers:
        yield "No local mailer defined", "write a line that begins with Mlocal,"
    if not cf.is_set("QueueDirectory"):
        yield "QueueDirectory (Q) option must be set", "write O QueueDirectory=/var/spool/mqueue"

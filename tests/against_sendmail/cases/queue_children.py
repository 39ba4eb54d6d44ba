"""How many queue runs of the daemon go on at one time (MaxQueueChildren)."""

from simlib.smtp import Quirks
from tests.against_sendmail.case import Case, Interval
from tests.against_sendmail.cases.site import FINE, ZONE, to

SILENT = {"mx1.test": Quirks(silent_at="greeting"), "mx2.test": FINE}
LETTERS = to(*["hana@one.test"] * 6)


def case(most: int, times: int = 3) -> Case:
    """Queue runs that each hang at a host that says nothing."""
    return Case(f"MaxQueueChildren={most}, {times} times the interval", LETTERS, SILENT, ZONE,
                cf=f"O MaxQueueChildren={most}", steps=(Interval(2, times),))  # fmt: skip


CASES = [case(0), case(1), case(2), case(3), case(9)]

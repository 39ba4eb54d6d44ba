"""SingleThreadDelivery with two runners (slide claim 04.5)."""

from simlib.smtp import Quirks
from tests.against_sendmail.case import Case, Run
from tests.against_sendmail.cases.site import HOSTS, ZONE, by_turns

SLOW = dict.fromkeys(HOSTS, Quirks(delays={".": 0.3}))
DIRECTORY = "O HostStatusDirectory=.hoststat\nO QueueSortOrder=host"
CASES = [
    Case(
        f"two runners, {sites} hosts, SingleThreadDelivery={single}",
        by_turns(6, sites),
        SLOW,
        ZONE,
        cf=f"{DIRECTORY}\nO SingleThreadDelivery={single}",
        steps=(Run(runners=2, observe=("most at once",)), Run(observe=("delivered so far", "queue"))),
    )
    # two hosts without it are left out: whether the runners meet at one of them there is a matter of milliseconds
    for sites, single in ((1, True), (1, False), (2, True))
]

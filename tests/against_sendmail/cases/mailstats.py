"""The counters of sendmail.st (slide claims 11.2 and 11.3)."""

from simlib.smtp import Quirks
from tests.against_sendmail.case import Case, Letter, Run, Type, Wait
from tests.against_sendmail.cases.site import BUSY, FINE, NO_USER, ZONE

UP = {"mx1.test": FINE, "mx2.test": FINE}
RUN = Run(observe=("queue",))
STATISTICS = Type("mailstats")
SIZES = tuple(Letter(("hana@one.test",), size=size) for size in (500, 1000, 1001, 1024, 2000, 2001, 100_000))
SENDERS = tuple(Letter(("u@one.test",), sender=sender, size=500) for sender in ("a@far.test", "", "taro@snd.test"))
FIVE = (Letter(("hana@one.test",), size=500),) * 5
TWO = (Letter(("hana@one.test",), size=500), Letter(("jiro@two.test",), size=1500))

CASES = [
    Case("nothing yet", (), UP, ZONE, steps=(STATISTICS, Type("mailstats -o"), Type("mailstats -P"))),
    *(Case(f"one of {size} bytes", (Letter(("hana@one.test",), size=size),), UP, ZONE, steps=(STATISTICS, RUN, STATISTICS))
      for size in (700, 800, 1000, 1001, 1024)),
    Case("what waits is counted as come", SIZES, UP, ZONE, steps=(STATISTICS,)),
    Case("each size is rounded up by itself", SIZES, UP, ZONE, steps=(RUN, STATISTICS, Type("mailstats -P"))),
    Case("whose mailer a sender's is", SENDERS, UP, ZONE, steps=(RUN, STATISTICS, Type("mailstats -o"))),
    Case("together or apart", (Letter(("a@one.test", "b@one.test", "c@two.test"), size=500),), UP, ZONE, steps=(RUN, STATISTICS)),
    Case("one of two is refused", (Letter(("a@one.test", "b@two.test"), size=500),),
         {"mx1.test": FINE, "mx2.test": Quirks(replies={"RCPT": NO_USER})}, ZONE, steps=(RUN, STATISTICS)),
    Case("what is put off is not sent", TWO, {"mx1.test": FINE, "mx2.test": Quirks(replies={"RCPT": BUSY})}, ZONE,
         steps=(RUN, STATISTICS, Wait(60), RUN, STATISTICS)),
    Case("no connection, no count", TWO, UP, ZONE, states={"mx1.test": "refusing"}, steps=(RUN, STATISTICS)),
    Case("kept connections", FIVE, UP, ZONE, steps=(RUN, STATISTICS)),
    Case("no kept connections", FIVE, UP, ZONE, cf="O ConnectionCacheSize=0", steps=(RUN, STATISTICS)),
    Case("printed and cleared", SENDERS, UP, ZONE, steps=(RUN, Type("mailstats -p"), STATISTICS)),
]  # fmt: skip

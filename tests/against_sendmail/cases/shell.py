"""What an administrator's commands print."""

from simlib.smtp import Quirks
from tests.against_sendmail.case import Case, Letter, Run, Type, Wait
from tests.against_sendmail.cases.site import BUSY, FINE, NO_USER, ZONE, to

UP = {"mx1.test": FINE, "mx2.test": FINE}
TRIED = Run(observe=("queue",))
LIST, URGENT = {"Precedence": "list"}, {"Precedence": "special-delivery"}
WAITING = (
    Letter(("hana@one.test",), size=2000),
    Letter(("hana@one.test", "jiro@two.test"), headers=LIST),
    Letter(("hana@two.test",), size=200_000, headers=URGENT),
    Letter(("jiro@one.test",), sender=""),
)
QUEUE = (Type("mailq"), Type("mailq -v"))

CASES = [
    Case("an empty queue", (), UP, ZONE, steps=QUEUE),
    Case("what was never tried", WAITING, UP, ZONE, steps=QUEUE),
    Case("recipients in order of their hosts", (Letter(("v@two.test", "a@three.test", "u@one.test", "b@two.test")),), UP, ZONE,
         steps=QUEUE),
    Case("what could not be sent", WAITING, UP, ZONE, states={"mx1.test": "refusing"}, steps=(TRIED, *QUEUE)),
    Case("recipients that fared differently", (Letter(("a@one.test", "b@two.test")),),
         {"mx1.test": Quirks(replies={"RCPT": BUSY}), "mx2.test": Quirks(replies={"DATA": BUSY})}, ZONE,
         steps=(TRIED, *QUEUE)),
    Case("what was said of the body", (
             Letter(("hana@one.test",), size=2000, content="\nつくば\n".encode(), parameters="BODY=8BITMIME"),
             Letter(("jiro@one.test",), size=3000, parameters="BODY=8BITMIME"),
             Letter(("u@one.test",), size=4000, parameters="BODY=7BIT")),
         UP, ZONE, states={"mx1.test": "refusing"}, steps=(*QUEUE, TRIED, *QUEUE)),
    Case("a warning was sent", to("hana@one.test"), UP, ZONE, cf="O Timeout.queuewarn=1m",
         states={"mx1.test": "refusing"}, steps=(TRIED, *QUEUE)),
    Case("too young for a run", to("hana@one.test", "jiro@two.test"), UP, ZONE, cf="O MinQueueAge=30m",
         states={"mx1.test": "refusing"}, steps=(TRIED, *QUEUE)),
    Case("restrictmailq", to("hana@one.test"), UP, ZONE, cf="O PrivacyOptions=restrictmailq",
         steps=(Type("mailq"), Type("mailq", user="nobody"))),
    Case("a queue that anybody may see", to("hana@one.test"), UP, ZONE, steps=(Type("mailq", user="nobody"),)),
    Case("restrictqrun", to("hana@one.test"), UP, ZONE, cf="O PrivacyOptions=restrictqrun",
         steps=(Type("sendmail -qRone", user="nobody"), Type("mailq"))),
    Case("sendmail -q of one", to("hana@one.test", "jiro@two.test"), UP, ZONE,
         steps=(Type("sendmail -qI{m01} -v -qf"), Type("mailq"))),
    Case("host status", to("hana@one.test", "jiro@two.test", "u@three.test"),
         {"mx1.test": FINE, "mx2.test": Quirks(greeting=BUSY), "mx3.test": Quirks(replies={"RCPT": NO_USER})}, ZONE,
         cf="O HostStatusDirectory=.hoststat", states={"mx1.test": "refusing"},
         steps=(TRIED, Type("hoststat"), Type("purgestat"), Type("hoststat"), Wait(2000), Type("purgestat"), Type("hoststat"))),
    Case("no host status", (), UP, ZONE, steps=(Type("hoststat"), Type("purgestat"))),
    Case("where an address leads", (), UP, ZONE,
         steps=(Type("sendmail -bv hana@one.test"), Type("sendmail -bv taro"), Type("sendmail -bv taro@snd.test"))),
    Case("what sendmail does not understand", (), UP, ZONE,
         steps=(*(Type(f"sendmail {options}") for options in ("-Z", "-qX", "-q5x", "-bq", "-N")), Type("sendmail"), Type("sendmail -bv"))),
]  # fmt: skip

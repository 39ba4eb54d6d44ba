"""What stands in the control files of the queue, letter for letter."""

from simlib.smtp import Quirks
from tests.against_sendmail.case import Case, Letter, Run, Type
from tests.against_sendmail.cases.site import BUSY, FINE, NO_USER, ZONE

UP = {"mx1.test": FINE, "mx2.test": FINE}
LOOK = (Run("-qRnobody", observe=("control files",)),)
TRY = (Run(observe=("control files",)),)
TEXT = "Subject: typed\nTo: hana@one.test\n\nhi\n"
ALIASES = "list: hana@one.test, taro\n"

CASES = [
    Case("two recipients", (Letter(("hana@one.test", "jiro@two.test")),), UP, ZONE, steps=LOOK),
    Case("wishes", (Letter(("hana@one.test",), notify="SUCCESS,DELAY", orcpt="rfc822;x@y.test",
                           parameters="RET=HDRS ENVID=abc BODY=8BITMIME"),), UP, ZONE, steps=LOOK),
    Case("RET=FULL", (Letter(("hana@one.test",), parameters="RET=FULL BODY=7BIT"),), UP, ZONE, steps=LOOK),
    Case("8 bits", (Letter(("hana@one.test",), content="\nつくば\n".encode()),), UP, ZONE, steps=LOOK),
    Case("8 bits, labelled", (Letter(("hana@one.test",), content="\nつくば\n".encode(), parameters="BODY=8BITMIME"),),
         UP, ZONE, steps=LOOK),
    Case("a list", (Letter(("hana@one.test",), headers={"Precedence": "list"}),), UP, ZONE, steps=LOOK),
    Case("no sender", (Letter(("hana@one.test",), sender=""),), UP, ZONE, steps=LOOK),
    Case("with To and Date", (Letter(("hana@one.test",), headers={"To": "hana@one.test", "Date": "today"}),), UP, ZONE,
         steps=LOOK),
    Case("tried", (Letter(("a@one.test", "b@two.test")),),
         {"mx1.test": Quirks(replies={"RCPT": BUSY}), "mx2.test": Quirks(replies={"DATA": BUSY})}, ZONE, steps=TRY),
    Case("a warning was sent", (Letter(("hana@one.test",)),), UP, ZONE, cf="O Timeout.queuewarn=1m",
         states={"mx1.test": "refusing"}, steps=TRY),
    Case("a notice", (Letter(("a@one.test",), sender="u@two.test"),),
         {"mx1.test": Quirks(replies={"RCPT": NO_USER}), "mx2.test": Quirks(replies={"RCPT": BUSY})}, ZONE, steps=TRY),
    Case("typed", (), UP, ZONE, aliases=ALIASES,
         steps=(Type("sendmail -odq -N success -V abc -R hdrs list", TEXT), *LOOK)),
    Case("typed, recipients in the header", (), UP, ZONE, aliases=ALIASES,
         steps=(Type("sendmail -odq -t -f taro", TEXT), *LOOK)),
]  # fmt: skip

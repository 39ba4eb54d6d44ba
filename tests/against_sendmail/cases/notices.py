"""Warnings and returns: to whom, when, about what (slide claims 07.1-07.9)."""

from simlib.smtp import Quirks
from tests.against_sendmail.case import Case, Letter, Run, Wait
from tests.against_sendmail.cases.site import FINE, NO_USER, ZONE

HOURS, DAYS = 3600, 86_400
LIMITS = "O Timeout.queuewarn=4h\nO Timeout.queuereturn=5d"
OBSERVE = ("notices", "queue", "reports")
CLASSES = ("", "special-delivery", "first-class", "list", "bulk", "junk")
WISHES = ("", "NEVER", "SUCCESS", "FAILURE", "DELAY", "FAILURE,DELAY")
REFUSING = Quirks(replies={"RCPT": NO_USER})
LATE = (Run(), Wait(5 * HOURS), Run(), Wait(HOURS), Run(), Wait(5 * DAYS), Run(), Wait(HOURS), Run())


def waiting(name: str, letter: Letter, cf: str = "") -> Case:
    """A letter to a host that is down for six days."""
    return Case(
        f"down for days, {name}", (letter,), {"mx1.test": FINE}, ZONE, cf=f"{LIMITS}\n{cf}",
        states={"mx1.test": "refusing"}, steps=LATE, observe=OBSERVE,
    )  # fmt: skip


def refused(name: str, letter: Letter, cf: str = "") -> Case:
    """A letter to somebody who is not there."""
    return Case(f"user unknown, {name}", (letter,), {"mx1.test": REFUSING}, ZONE, cf=cf, observe=OBSERVE)


def letter(precedence: str = "", notify: str = "", sender: str = "taro@snd.test", priority: str = "") -> Letter:
    """A letter with what a notice depends on."""
    headers = {"Precedence": precedence, "Priority": priority}
    return Letter(
        ("u@one.test",), sender, age=0, notify=notify, headers={key: value for key, value in headers.items() if value}
    )


CASES = [
    *(waiting(f"precedence {name or 'none'}", letter(precedence=name)) for name in CLASSES),
    *(waiting(f"NOTIFY {wish or 'none'}", letter(notify=wish)) for wish in WISHES),
    *(waiting(f"Priority: {name}", letter(priority=name)) for name in ("urgent", "non-urgent")),
    waiting("null sender", letter(sender="")),
    waiting("no warnings", letter(), "O Timeout.queuewarn=0"),
    waiting("PostmasterCopy", letter(), "O PostmasterCopy=postmaster"),
    *(refused(f"precedence {name or 'none'}", letter(precedence=name)) for name in CLASSES),
    *(refused(f"NOTIFY {wish or 'none'}", letter(notify=wish)) for wish in WISHES),
    refused("null sender", letter(sender="")),
    refused("null sender, no DoubleBounceAddress", letter(sender=""), "O DoubleBounceAddress="),
    refused("null sender, DoubleBounceAddress hana", letter(sender=""), "O DoubleBounceAddress=hana"),
    refused("PostmasterCopy", letter(), "O PostmasterCopy=postmaster"),
    refused("PostmasterCopy, precedence bulk", letter(precedence="bulk"), "O PostmasterCopy=postmaster"),
    refused("PostmasterCopy, null sender", letter(sender=""), "O PostmasterCopy=postmaster"),
]

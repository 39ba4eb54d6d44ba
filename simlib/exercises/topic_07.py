"""07 Error notices."""

import email

from simlib.cf import stock
from simlib.exercises.exercise import Exercise, WrongAnswer, some
from simlib.language import phrase
from simlib.smtp.quirks import Quirks
from simlib.smtp.replies import Reply
from simlib.trace.record import Trace
from simlib.world import World

DAY = 86_400
GONE = Quirks(replies={"RCPT": Reply(550, "5.1.1 user unknown")})
AWAY, TOLD_WITHIN = 21, 30  # days: how long the site is off; within how many its authors have to hear of a failure
HEADERS_ONLY = "text/rfc822-headers"


def _moving(cf: str) -> str:
    for hours in (0, 7):  # after the beginning, at which the first letter comes
        totals = _off(cf, AWAY, hours).totals()
        if totals["bounced"]:
            raise WrongAnswer(
                "{bounced} of {submitted} letters of the three weeks come back. Who held them?",
                bounced=totals["bounced"],
                submitted=totals["submitted"],
            )
        if totals["delivered"] < totals["submitted"]:
            raise WrongAnswer("{queued} letters are still under way two days after the move.", queued=totals["queued"])
    late = _off(cf, 60, 0, until=TOLD_WITHIN)
    first = late.messages.where(message=1)["state"][0]
    if first != "bounced":
        raise WrongAnswer(
            "A site is down for good, and after {told_within} days the author of the first letter has heard nothing final.",
            told_within=TOLD_WITHIN,
        )
    return phrase(
        "Nothing comes back of the three weeks, and whoever writes to a dead site knows it within {told_within} days.",
        told_within=TOLD_WITHIN,
    )


def _off(cf: str, days: int, hours: int, until: int = AWAY + 2) -> Trace:
    """Letters for a site that is off; its second MX has the configuration that is asked for."""
    world = World(seed=7, start="1998-12-26T00:00+09:00")
    mail = world.sendmail("mail.here.example", domain="here.example")
    isp = world.sendmail("mx.isp.example", cf=f"{cf}\nCRthere.example")
    there = world.sendmail("mx.there.example", cf="Cwthere.example")
    world.zone("@ 1h MX 10 mx.there.example.\n@ 1h MX 20 mx.isp.example.", origin="there.example.")
    world.outage(there.daemon, "0s", days * DAY)
    for n in range(AWAY):
        mail.submit("taro@here.example", f"user{n}@there.example", at=n * DAY + hours * 3_600)
    for system in (mail, isp):
        system.queue_run(every="8h")
    return world.run(until=until * DAY)


def _discussion(cf: str) -> str:
    for precedence, wanted in (("discussion", True), ("", False), ("list", True)):
        trace = _returned(cf, precedence)
        told = some(trace.notices["message"], "No letter comes back any more.")
        notice = email.message_from_bytes(trace.content(told[0]))
        bare = HEADERS_ONLY in [part.get_content_type() for part in notice.walk()]
        if bare != wanted:
            if precedence == "discussion":
                _misread(cf)
            given = precedence or phrase("(none)")
            if bare:
                raise WrongAnswer(
                    "The return of a letter with Precedence: {given} comes without its body.", given=given
                )
            raise WrongAnswer("The return of a letter with Precedence: {given} comes with its whole body.", given=given)
    return "Letters of the new class come back without their bodies; ordinary letters with them."


def _misread(cf: str) -> None:
    """Whether the lines give the new class another number than one of bulk mail."""
    number = stock().with_lines(cf).precedences.get("discussion")
    if number is None:
        raise WrongAnswer("Your lines say nothing of the name discussion, so its letters count as ordinary ones.")
    if number == 0:
        raise WrongAnswer("0 is the number of ordinary letters, and their returns carry the body.")
    if number is not None and number > 0:
        raise WrongAnswer(
            "{number} is more urgent than an ordinary letter. Bulk mail is on the other side of 0.", number=number
        )


def _returned(cf: str, precedence: str) -> Trace:
    world = World(seed=7)
    mail = world.sendmail("mail.here.example", domain="here.example", cf=cf)
    world.peer("mx.there.example", domain="there.example", quirks=GONE)
    headers = {"Precedence": precedence} if precedence else {}
    mail.submit("taro@here.example", "hana@there.example", size=5_000, headers=headers)
    return world.run(until="1m")


def _double(cf: str) -> str:
    world = World(seed=7)
    gate = world.sendmail("gate.here.example", domain="here.example", cf=f"{cf}\nCRin.here.example")
    world.user(gate, "postmaster", "watch", "taro")
    world.peer("inner.here.example", domain="in.here.example", quirks=GONE)
    world.peer("mx.forged.example", domain="forged.example", quirks=GONE)
    for n in range(10):
        gate.submit(f"friend{n}@forged.example", f"user{n}@in.here.example", at=5 * n + 1)
    gate.submit("taro@here.example", "gone@in.here.example", at="2m")
    boxes = world.run(until="15m").deliveries["mailbox"]
    if "taro" not in boxes:
        raise WrongAnswer("taro mistyped an address inside, and is not told.")
    if boxes.count("postmaster") and stock().with_lines(cf)["PostmasterCopy"]:
        raise WrongAnswer("PostmasterCopy adds a copy somewhere else. It takes nothing away from postmaster.")
    if boxes.count("postmaster"):
        raise WrongAnswer(
            "{boxes} notices of the spam run are in the postmaster's mailbox.", boxes=boxes.count("postmaster")
        )
    if boxes.count("watch") < 10:
        raise WrongAnswer(
            "Of 10 notices that could not be returned {boxes} are with watch: the only sign is gone.",
            boxes=boxes.count("watch"),
        )
    return "The double bounces are with watch, the postmaster has his peace, and taro is told of his slip."


EXERCISES = (
    Exercise(
        "07.a",
        "Your list server writes Precedence: discussion. Write the line with which returns of its letters carry no body. "
        "Those of ordinary letters go on to carry it.",
        "cf",
        _discussion,
        solution="Pdiscussion=-30",
        hints=("Which numbers mean: no body, no warning?", "Look at Plist in the stock file: no blanks."),
        mistakes=("Pdiscussion=30", "Pdiscussion=0", "Plist=-30", "O PrivacyOptions=nobodyreturn"),
        given="Pdiscussion=0",
    ),
    Exercise(
        "07.b",
        "You run the second MX of a site that moves, and is off for three weeks. Write the line for your host with which "
        "none of its mail comes back. But who writes to a site that never comes back is to know it in 30 days.",
        "cf",
        _moving,
        solution="O Timeout.queuereturn=24d",
        hints=("Whose queue is the mail in by now, and whose clock counts?", "Longer than three weeks, shorter than 30 days, with a queue run each 8 hours."),
        mistakes=("O Timeout.queuewarn=24d", "O Timeout.queuereturn=14d", "O Timeout.queuereturn=40d", "O Timeout.queuereturn=20d"),
        given="O Timeout.queuereturn=5d",
    ),
    Exercise(
        "07.c",
        "Spam with forged senders comes through your gateway, for users that do not exist inside. What cannot be returned "
        "either is to go to the mailbox watch. Nothing of it is to go to postmaster. But your own users are to be told of "
        "their slips. Write the line.",
        "cf",
        _double,
        solution="O DoubleBounceAddress=watch",
        hints=("A notice that cannot be delivered is a double bounce.", "Where do they go by default?"),
        mistakes=("O DoubleBounceAddress=", "O PostmasterCopy=watch", "O DoubleBounceAddress=postmaster"),
        given="O PostmasterCopy=watch",
    ),
)  # fmt: skip

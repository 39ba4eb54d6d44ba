"""What lesson 03 asks before its runs."""

from simlib.exercises.question import Point, Question, among
from simlib.trace.record import Trace
from simlib.world import World

WITHOUT_A_LIMIT = 32_699_390  # bytes that cross the line in the day of the lesson


def _who_returns(trace: Trace) -> str:
    return {"mail.here.example": "ours", "mx.there.example": "theirs"}[trace.notices["host"][0]]


def _refused_after(trace: Trace) -> str:
    """How much of the letter had crossed when the answer came that refused it."""
    if trace.totals()["delivered"]:
        return "never"
    return ("asked", "cut", "all")[among(sum(trace.connections["bytes"]), 500_000, 2_500_000)]


def _saved(trace: Trace) -> int:
    """Which part of the traffic is left."""
    share = sum(trace.connections["bytes"]) / WITHOUT_A_LIMIT
    return among(share, 0.5, 0.97, 1.03)


def _each_copy(trace: Trace) -> tuple[str, str, int]:
    """What became of jiro's copy and of hana's, and how many connections were opened."""
    state = dict(zip(trace.messages["recipient"], trace.messages["state"], strict=True))
    return state["jiro@here.example"], state["hana@there.example"], len(trace.connections)


def _read_by(trace: Trace) -> tuple[str, str]:
    """Who reads a notice, and how much of it."""
    if not trace.deliveries:
        return "nobody", ""
    (one,) = trace.deliveries
    return one.mailbox, "whole" if one.size > 1_000_000 else "short"


def _short_of_room() -> Trace:
    world = World(seed=3)
    mail = world.sendmail("mail.here.example")
    mx = world.sendmail("mx.there.example", domain="there.example", cf="O MinFreeBlocks=100")
    world.disk(mx, blocks=1_000)
    world.fill(mx, 950, "0s", "1h")
    mail.submit("taro@mail.here.example", "hana@there.example", at="1m")
    mail.queue_run(every="30m")
    return world.run(until="3h")


def _second_quota() -> Trace:
    world = World(seed=3)
    mail = world.sendmail(
        "mail.here.example", cf="Mlocal, P=/usr/libexec/mail.local, F=lsDFMAw5:/|@qmPn9, A=mail.local -d $u"
    )
    world.disk(mail, 10_000, block_size=1_024, on="/var/mail")
    world.user(mail, "jiro")
    world.user(mail, "hana", quota=100)
    world.fill(mail, 100, "0s", "25m", on="/var/mail", owner="hana")
    mail.submit("boss@here.invalid", "jiro", "hana", at="1m")
    mail.queue_run(at="10m", every="10m")
    return world.run(until="1h")


QUESTIONS = (
    Question(
        "03.1",
        "Taro's letter of 3 MB is refused by the other side with 552. Who writes the return that Taro gets?",
        choices={
            "theirs": (
                "the receiver, mx.there.example",
                "It has never taken the letter, so it need not tell anybody. It has told the client, and that is all.",
            ),
            "ours": (
                "his own mail host, mail.here.example",
                "Whoever still has the letter returns it. That is the client: the other side has not taken it.",
            ),
            "nobody": (
                "nobody yet: it is tried again for five days",
                "552 begins with 5: it is for good. Only a 4 is tried again.",
            ),
        },
        seen=_who_returns,
        because="Until the server has said 250 to the final dot, the letter is the client's. So the client has to tell.",
        points=(Point("limit", "bounced", "rises", (0, 1_000_000)),),
    ),
    Question(
        "03.1b",
        "The limit is 1,000,000, and the letter has 1,000,000 bytes exactly. What happens to it?",
        choices={
            "delivered": (
                "it is taken: equal is not larger",
                "Too large is what is larger than the limit. One byte more, and it is refused.",
            ),
            "limit": ("it is refused: the limit is reached", "The limit itself is still allowed."),
            "lines": (
                "it is refused: on the line each line end is two bytes",
                "On the line it is a little longer, true. But sendmail counts the end of a line as one byte.",
            ),
        },
        seen=lambda trace: "delivered" if trace.messages["state"][0] == "delivered" else "limit",
        because="Larger is refused, equal is taken. And the size is counted without the CRs.",
    ),
    Question(
        "03.2",
        "Now an old sender, that says HELO. Its letter has 3 MB, the limit over there is 1 MB, the line carries 64 kbit/s. "
        "When does it hear that the letter is too large?",
        choices={
            "asked": (
                "after MAIL, within a second",
                "That needs SIZE=, which belongs to ESMTP. After HELO there is none.",
            ),
            "cut": (
                "after 1 MB and two minutes, when the limit is passed",
                "SMTP has no word with which a server could break in. It reads on, and throws away what it reads.",
            ),
            "all": (
                "after 3 MB and more than six minutes, at the final dot",
                "The first moment at which a server may say anything about the letter's size is after the dot.",
            ),
            "never": (
                "never: without SIZE= the limit is not checked",
                "It is checked: the server counts what comes. It can only say so late.",
            ),
        },
        seen=_refused_after,
        because="With EHLO the client says SIZE=3000000 in MAIL. It hears the same 552 before it has sent a byte.",
        points=(Point("hello", "bytes in vain", "falls", ("HELO", "EHLO")),),
    ),
    Question(
        "03.2b",
        "Of a day's letters 5 are larger than 1 MB; those five are 26 of the 33 MB that cross the line. The sender says HELO. "
        "You set MaxMessageSize=1000000 over there. The traffic on the line …",
        choices={
            0: (
                "falls by four fifths",
                "The five large ones are refused, but after the transfer. Every byte of them has crossed the line by then.",
            ),
            1: (
                "falls by a tenth",
                "Letters are not what fills a line, bytes are. And those five still cross it.",
            ),
            2: ("stays the same", "All bytes cross the line as before. Now 26 MB of them do so in vain."),
            3: (
                "rises",
                "The returns are written on the sender's side of the line and do not cross it.",
            ),
        },
        seen=_saved,
        because="It takes both to keep a line free: a limit, and SIZE= to ask about it before the transfer.",
        points=(
            Point("hello", "bytes in vain", "falls", ("HELO", "EHLO")),
            Point("hello", "bytes", "falls", ("HELO", "EHLO")),
        ),
    ),
    Question(
        "03.3",
        "A letter of 3 MB goes to jiro, a local user, and to hana behind the line. "
        "Mesmtp has M=1000000; the other side has no limit. What becomes of the two copies?",
        choices={
            ("bounced", "bounced", 0): (
                "both are returned: the letter is too large",
                "M= is the limit of one mailer. jiro's copy goes by another one, Mlocal.",
            ),
            ("delivered", "bounced", 0): (
                "jiro's is delivered, hana's returned; no connection is opened",
                "M= is looked at when a mailer gets the letter, and that is before a host is looked for.",
            ),
            ("delivered", "bounced", 1): (
                "jiro's is delivered, hana's returned; one connection is opened",
                "Nobody has to be asked: it is our own limit, and the size is known.",
            ),
            ("delivered", "delivered", 1): (
                "both are delivered: the other side has no limit",
                "The limit is on our side, and it is looked at first.",
            ),
        },
        seen=_each_copy,
        because="So M= keeps a line free whatever the sender's dialogue and whatever the limit at the other end.",
        points=(
            Point("own_limit", "bytes", "falls", (0, 1_000_000)),
            Point("own_limit", "bounced", "rises", (0, 1_000_000)),
        ),
    ),
    Question(
        "03.4",
        "Taro's host runs 8.8.5, and its own mailer has M=1000000. He sends 3,000,000 bytes to Hana. What does Taro hear?",
        choices={
            ("taro", "short"): (
                "a return with the header of his letter",
                "That is what today's sendmail does. 8.8.5 did not tell him.",
            ),
            ("taro", "whole"): (
                "a return with the whole letter",
                "It would be large, but he would know. He does not.",
            ),
            ("nobody", ""): (
                "nothing",
                "The error “Message is too large” did not reach the sender as it should.",
            ),
        },
        seen=_read_by,
        because="The worst way to refuse a letter is to say nothing: neither side knows that it is gone.",
        points=(Point("version", "nobody is told", "falls", ("8.8.5", "8.18")),),
    ),
    Question(
        "03.4b",
        "Still 8.8.5, without M=. Hana's host refuses the 3 MB at MAIL with 552. Taro's own mailbox is on "
        "mx.here.example, which takes 1 MB at most. Who reads the return?",
        choices={
            ("taro", "short"): (
                "Taro: the header of his letter",
                "So it has been since 8.8.6. Until then the return carried the whole letter.",
            ),
            ("taro", "whole"): (
                "Taro: his whole letter",
                "It is his whole letter. But the return is 3 MB large, too, and mx.here.example takes 1 MB.",
            ),
            ("postmaster", "whole"): (
                "the postmaster of out.here.example: the whole letter",
                "The return is refused with 552 as well. A return is not returned, so it ends with the postmaster.",
            ),
            ("nobody", ""): (
                "nobody: a return of a return is dropped",
                "It is not sent back to Taro, but it is not dropped: see double bounces in lesson 07.",
            ),
        },
        seen=_read_by,
        because="A return as large as the letter meets the same limits as the letter.",
        points=(Point("version", "the postmaster is told", "falls", ("8.8.5", "8.18")),),
    ),
    Question(
        "03.r1",
        "From lesson 02. A host is short of disk and answers 452 to MAIL. An hour later there is room. "
        "What has become of the letter?",
        choices={
            "bounced": ("it was returned to its author", "That is what a 5 does. 452 begins with 4."),
            "delivered": ("it comes with a later queue run", "A 4 is for now: the letter waits in the sender's queue."),
            "lost": ("it is lost", "It never left the sender's queue, so it cannot be."),
        },
        seen=lambda trace: trace.messages["state"][0],
        because="4 is for now, 5 is for good: the first digit decides what the client does.",
        run=_short_of_room,
    ),
    Question(
        "03.r2",
        "From lesson 01. A letter at minute 1 for jiro and hana, with m in F=. hana is over quota until minute 25. "
        "The queue is run at 10, 20, 30. How many copies does jiro get?",
        choices={
            1: ("1", "One status is for both: with 75 the letter stays in the queue for jiro, too."),
            2: (
                "2, one for each run in vain",
                "The first attempt, at minute 1, is a copy; and so is the one that serves hana.",
            ),
            3: ("3, one for each attempt in vain", "The attempt at minute 30, which serves hana, gives jiro one more."),
            4: ("4", "At 1, 10, 20 and 30: each attempt is a copy."),
        },
        seen=lambda trace: trace.deliveries["mailbox"].count("jiro"),
        because="Without m, or with LMTP, each has a status of his own and jiro gets one.",
        run=_second_quota,
    ),
)

"""What lesson 00 asks before its runs: what one must be able to read."""

from simlib.exercises.question import Point, Question
from simlib.trace.record import Trace

HERE = "mail.here.example"


def _place(trace: Trace) -> str:
    """Where the first letter is."""
    letter = next(iter(trace.messages.where(message=1)))
    if letter.state == "queued":
        return next(host for host in trace.hosts if len(trace.queue(host)))
    return "mailbox" if letter.state == "delivered" else "returned"


def _minute(trace: Trace) -> int:
    first: float = min(trace.deliveries["time"])
    return round(first / 60)


def _with_address(trace: Trace) -> int:
    """How many lines about an attempt have an address in brackets."""
    lines = [line for line in trace.syslog(HERE).splitlines() if "stat=Deferred" in line]
    return sum("[" in line.partition("relay=")[2] for line in lines)


def _marks(trace: Trace) -> str:
    """The marks behind the queue ids, in the order of mailq."""
    entries = [line for line in trace.mailq(HERE).splitlines() if line[:1] == "c"]
    return " ".join(line[14] for line in entries)


QUESTIONS = (
    Question(
        "00.1",
        "Taro sends his letter at 9:00. The host of Hana's mailbox has no power until 9:40. Where is the letter at 9:30?",
        choices={
            "program": (
                "in Taro's mail program",
                "The mail program hands the letter over, and is done with it. sendmail took it at 9:00.",
            ),
            HERE: (
                "in the queue of Taro's mail host",
                "sendmail there has taken it, and so keeps it until the other side has taken it.",
            ),
            "mx.there.example": (
                "in the queue of the MX",
                "The MX record names the host without power. Nothing can be there before it is on again.",
            ),
            "returned": (
                "in Taro's mailbox, as undeliverable",
                "That comes after days. A host that does not answer may answer later, so the letter waits.",
            ),
        },
        seen=_place,
        because="Who has taken a letter keeps it in a queue on disk. It stays until the next host has taken it.",
        points=(Point("minutes_down", "queued", "rises"), Point("until", "delivered", "rises")),
    ),
    Question(
        "00.2",
        "The power is off for 20 minutes. The queue is run every 15 minutes. In which minute does the mail arrive?",
        choices={
            0: ("0", "A host without power takes nothing. The first attempt is in vain."),
            20: (
                "20",
                "Nobody tells the sender. The letters lie in his queue until he tries again.",
            ),
            30: ("30", "The runs are at 15 and 30. The one at 30 is the first that finds the host up."),
            35: ("35", "The runs keep their own time. They do not begin with the power."),
        },
        seen=_minute,
        because="A letter that waits is tried in a queue run, and only there.",
        points=(
            Point("run_every", "longest delay", "rises", ends=(5, 60)),
            Point("down_minutes", "longest delay", "rises"),
        ),
    ),
    Question(
        "00.3",
        "One queue run tries five letters for one host without power. Each gets a line in the log. "
        "In how many of the five lines does an address in brackets stand?",
        choices={
            0: ("0", "For the first letter there was a connect, in vain: its line says to which address."),
            1: (
                "1",
                "For the first one it waited 75 seconds. For the others it knew already, and did not call.",
            ),
            5: (
                "5, one for each letter",
                "Each of the five was put off. But one connect told enough: the others did not call the host.",
            ),
        },
        seen=_with_address,
        because="With an address: there was a connect, and xdelay says how long it took. Without: nothing was sent, and xdelay is 0.",
    ),
    Question(
        "00.4",
        "It is minute 31 and a half. The first letter was tried at minute 10. The second is tried at this moment. "
        "The third was not tried yet, and the load is high. Which marks does mailq show, in this order?",
        choices={
            "- * X": (
                "- * X",
                "The first is too young for a run, the second at work, the third waits for a lower load.",
            ),
            "* - X": (
                "* - X",
                "A star looks like “look here, this one failed”. It means: a process is working on it.",
            ),
            "X * -": ("X * -", "X does not mean “failed”. It is the load that keeps a letter back."),
            "- X *": (
                "- X *",
                "The star is the one at work. It does not mean “new”.",
            ),
        },
        seen=_marks,
        because="No mark at all means: it waits for the next queue run.",
    ),
    Question(
        "00.5",
        "A letter to three people takes 9 round trips without PIPELINING. The server offers it now: "
        "the client may send commands without waiting for each answer. How many round trips are left?",
        choices={
            9: (
                "9",
                "The same commands are sent. But a round trip is not a command. It is a time of waiting.",
            ),
            7: (
                "7",
                "The three RCPT go together. But DATA goes in the same packet, too.",
            ),
            6: ("6", "The three RCPT and DATA go out together, and cost one round trip instead of four."),
            1: (
                "1",
                "The client has to know what the server can do, whether the sender is taken, and whether to send the letter.",
            ),
        },
        seen=lambda trace: trace.connections["round_trips"][0],
        because="However many recipients there are, the number stays. Without PIPELINING each of them costs one more.",
        points=(Point("pipelining", "round trips", "falls"),),
    ),
)

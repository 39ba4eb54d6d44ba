"""What lesson 11 asks before its runs."""

from collections import Counter

from simlib.exercises.question import Point, Question, among
from simlib.trace.record import Trace
from simlib.world import World

HERE = "mail.here.example"


def _most_attempts(trace: Trace) -> int:
    """How many lines with to= the letter has that was put off most often: one, two, some, or a line a minute."""
    lines = [line for line in trace.syslog(HERE).splitlines() if "jiro@there" in line and ": to=" in line]
    return among(max(Counter(line.split()[5] for line in lines).values()), 2, 3, 20)


def _of_the_stranger(trace: Trace) -> str:
    """What the log has of the stranger's letter."""
    lines = [line for line in trace.syslog(HERE).splitlines() if "from=<s@stranger.example>" in line]
    if not lines:
        return "no line"
    return "counted" if "nrcpts=0" not in lines[0] else "nrcpts=0"


def _row(table: str, mailer: str) -> list[str]:
    """The row of a mailer in what mailstats prints."""
    return next(line.split() for line in table.splitlines() if line.split()[-1:] == [mailer])


def _from_local(trace: Trace) -> int:
    return int(_row(trace.mailstats(HERE), "local")[1])


def _after_clearing(printed: str) -> str:
    """What mailstats prints after the file was emptied."""
    if "T" not in printed:
        return "complaint"
    total = next(line.split() for line in printed.splitlines() if line.startswith(" T"))
    return "zeros" if total[1] == "0" else "as before"


def _part(trace: Trace) -> str:
    """How much of the day's mail is counted at its end."""
    total = next(line.split() for line in trace.mailstats(HERE).splitlines() if line.startswith(" T"))
    written = len({row.message for row in trace.messages.where(notice=False)})
    return ("none", "rest", "all")[among(int(total[1]), 1, written)]


def _two_for_one() -> Trace:
    """Two letters for a host that refuses, in one queue run."""
    world = World(seed=4)
    mail = world.sendmail(HERE, cf="O DeliveryMode=queueonly")
    far = world.sendmail("mail.there.example", domain="there.example")
    world.outage(far.daemon, "0s", "3h")
    for n in range(2):
        mail.submit("taro@mail.here.example", "hana@there.example", at=n)
    mail.queue_run(at="1m")
    return world.run(until="10m")


def _receipt() -> Trace:
    """A letter that asks for a receipt, by way of a host that speaks DSN."""
    world = World(seed=4)
    mail = world.sendmail(HERE)
    world.user(mail, "taro")
    world.user(world.sendmail("mail.there.example", domain="there.example"), "hana")
    mail.submit("taro@mail.here.example", "hana@there.example", notify=["success"])
    return world.run(until="1h")


QUESTIONS = (
    Question(
        "11.1",
        "there.example is out of reach for three hours, and the queue is run every half hour. A letter for it waits all the "
        "while. How many lines with to= does this letter leave in the log?",
        choices={
            0: ("1, when it is delivered", "A line with to= is an attempt, whether it was good or not."),
            1: ("2: deferred, and then sent", "Each attempt has a line, not each change of state."),
            2: (
                "about 7, one for each attempt",
                "One as it came, one in each queue run, and one at last with stat=Sent.",
            ),
            3: ("one for each minute of waiting", "Nobody looks at it between two queue runs."),
        },
        seen=_most_attempts,
        because="So who counts lines with to= counts attempts. Count those with stat=Sent for deliveries.",
        points=(Point("down", "put off", "rises"),),
    ),
    Question(
        "11.1b",
        "A stranger has a letter for two others. He sends it through this host, and is refused at both RCPTs. "
        "Does the log have a line with from= for his letter?",
        choices={
            "no line": ("no: nothing has come", "The sender was taken, at MAIL. What was refused were the recipients."),
            "nrcpts=0": ("yes, with nrcpts=0", "Whoever counts lines with from= counts it, though no letter has come."),
            "counted": ("yes, with nrcpts=2", "The two were refused: nobody is left of whom to count."),
        },
        seen=_of_the_stranger,
        because="A line with from= closes what MAIL has begun, whatever came of it.",
    ),
    Question(
        "11.2",
        "A line of the slide's table: 3, 1308, 6475K, 4072, 14975K, local. "
        "How many letters did the people of this host write?",
        choices={
            1308: ("1,308", "msgsfr: their sender is a user of the local mailer."),
            4072: ("4,072", "msgsto of local is what was delivered to people here, whoever wrote it."),
            5380: ("5,380: both together", "One number is of writers, the other of readers."),
            "?": ("that cannot be told from it", "It can: the mailer of a sender is that by which a reply would go."),
        },
        seen=lambda table: int(_row(table, "local")[1]),
        because="“from” and “to” are seen from sendmail: it takes letters from people of a mailer, and gives to such.",
    ),
    Question(
        "11.2b",
        "Three letters go out from here, two come in, and four stay inside, from taro to ken. "
        "What stands in the column msgsfr of local?",
        choices={
            3: ("3: those that went out", "Those that stay inside have a local sender as well."),
            4: ("4: those that are local on both sides", "Those that went out were written here, too."),
            6: ("6: those for people here", "That is msgsto: two from outside, and four from inside."),
            7: (
                "7: all that were written here",
                "Three for elsewhere and four for here. The four stand under msgsto as well.",
            ),
        },
        seen=_from_local,
        because="A letter is counted twice: once by who wrote it, once by how it was delivered.",
        points=(Point("inside", "msgsfr of local", "rises"),),
    ),
    Question(
        "11.3",
        "At noon somebody types “cp /dev/null /var/log/sendmail.st”, and then “mailstats”, of sendmail 8.18. "
        "What does it print?",
        choices={
            "as before": (
                "the same numbers: the daemon has them in memory",
                "The numbers are in the file, and nowhere else.",
            ),
            "zeros": ("a table with zeros, from now on", "An empty file is taken for one full of zeros."),
            "complaint": ("that the file has no size", "So it was in 1998: “file size changed”."),
        },
        seen=_after_clearing,
        because="sendmail adds to the file what it counts. The file stays there, with its owner and mode.",
    ),
    Question(
        "11.3b",
        "On another day the file is emptied at the end of the third hour of eight. "
        "What does mailstats count at the end of the day?",
        choices={
            "all": ("all of the day", "What was in the file by then is gone."),
            "rest": ("what came after that", "It begins at nothing, and says since when it counts."),
            "none": ("nothing", "sendmail goes on to count into the file, since it is there."),
        },
        seen=_part,
        because="For each hour or day a number: print, clear, and go on.",
        points=(Point("cleared_after", "messages counted", "falls"),),
    ),
    Question(
        "11.r1",
        "From lesson 04. Two letters wait for one host, which refuses connections. One queue run takes both. "
        "How many connects does the run make?",
        choices={
            2: ("2", "The run remembers that the host has just failed."),
            1: ("1", "The second letter is put off at once: its line has relay= without an address."),
            0: ("0", "Somebody has to try first. Each run does so once."),
        },
        seen=lambda trace: len(trace.connections),
        because="A process remembers what it has learned of a host. HostStatusDirectory lets the next one know, too.",
        run=_two_for_one,
    ),
    Question(
        "11.r2",
        "From lesson 08. taro's letter asks for a receipt (NOTIFY=SUCCESS), and all hosts on its way speak DSN. "
        "Which host makes the receipt?",
        choices={
            HERE: ("taro's own", "It knows only that the next host has taken the letter."),
            "mail.there.example": (
                "the one that puts it into the mailbox",
                "Only that one knows that it was delivered.",
            ),
            "": ("none: the reader's program does", "That is another thing. A mail host knows of no reading."),
        },
        seen=lambda trace: trace.notices["host"][0],
        because="Each host hands on the wish, with RCPT. The last one fulfils it.",
        run=_receipt,
    ),
)

"""What lesson 02 asks before its runs."""

from simlib.exercises.question import Point, Question, among
from simlib.trace.record import Trace
from simlib.world import World

TOO_MANY, IDLE = 100, 175  # s: 12 processes want the CPU from then on, and none does from then on


def _closed(trace: Trace) -> tuple[str, str]:
    """Whether the port was closed and opened with the work, or later."""
    begin, end = min(trace.closed["start"]), max(trace.closed["end"])
    return ("late" if begin > TOO_MANY + 10 else "with the work"), ("late" if end > IDLE + 10 else "with the work")


def _slowest(trace: Trace) -> float:
    slowest: float = max(trace.messages.where(state="delivered", notice=False)["delay"])
    return slowest


def _refused_to(trace: Trace) -> tuple[str, str]:
    """What the first sender that was put off had said last, and the code that it heard."""
    first = trace.attempts.where(outcome="deferred")["connection"][0]
    if first is None:
        return "nothing", "refused"
    lines = trace.dialogue(first).splitlines()
    at = next(n for n, line in enumerate(lines) if line.startswith(("<<< 4", "<<< 5")))
    said = next(line for line in reversed(lines[:at]) if line.startswith(">>> "))
    return said[4:8], lines[at][4:7]


def _logged(trace: Trace) -> tuple[bool, bool]:
    """Whether the sender's log has the letter deferred, and whether it has it sent at once."""
    log = trace.syslog("mail.isp.example")
    return "Deferred" in log, "stat=Sent" in log and "delay=00:00:0" in log


def _back_at_40() -> Trace:
    world = World(seed=2)
    mail = world.sendmail("mail.here.example")
    world.sendmail("mx.there.example", domain="there.example")
    world.outage("mx.there.example", "0s", "40m")
    mail.submit("taro@mail.here.example", "hana@there.example")
    mail.queue_run(every="30m")
    return world.run(until="3h")


def _unchecked() -> Trace:
    world = World(seed=2)
    far = world.sendmail("mail.far.example")
    mail = world.sendmail(
        "mail.here.example", cf="Mlocal, P=/usr/libexec/binmail, F=lsDFMAw5:/|@qPrn9, A=binmail -d $u"
    )
    world.user(mail, "hana")
    world.disk(mail, 2_000, block_size=1_024, on="/var/mail")
    world.fill(mail, 2_000, "0s", "2h", on="/var/mail")
    far.submit("taro@mail.far.example", "hana@mail.here.example", at="1m")
    return world.run(until="3h")


def _told(trace: Trace) -> str:
    if len(trace.notices):
        return "returned"
    return "lost" if trace.totals()["lost"] else "later"


QUESTIONS = (
    Question(
        "02.1",
        "The burst lasts from 1:00 to 3:00. From 1:40 on more than twelve processes want the CPU; at 2:55 all work is "
        "done, and mx1 has nothing to do. RefuseLA is 12. From when to when is its port closed?",
        choices={
            ("burst", "burst"): (
                "from 1:00 to 3:00",
                "sendmail does not know of a burst. It looks at the load average, and that rises slowly.",
            ),
            ("with the work", "with the work"): (
                "from 1:40 to 2:55",
                "Twelve processes are there at 1:40. But the load average is smoothed over a minute and comes after them.",
            ),
            ("late", "with the work"): (
                "from 2:23 to 2:55",
                "The beginning is right: the average comes late. It comes late at the end, too.",
            ),
            ("late", "late"): (
                "from 2:23 to 3:23",
                "The average is late at both ends. And a closed port looks again only every 15 seconds.",
            ),
        },
        seen=_closed,
        because="The load average is the past minute, not the present moment. So letters are refused by a host that is idle.",
        points=(Point("refuse_la", "refused", "falls"), Point("refuse_la", "highest load", "rises")),
    ),
    Question(
        "02.2",
        "The queue's disk is short of room on the receiving host (MinFreeBlocks=100). A sender has a letter for it. "
        "What does the sender hear, and after which command?",
        choices={
            ("nothing", "refused"): (
                "“connection refused”, as under high load",
                "Load means: no time to talk. A full disk leaves time to talk, and so it is said in words.",
            ),
            ("MAIL", "452"): (
                "452 after MAIL",
                "Before anything of the letter is sent. The sender keeps it and tries again.",
            ),
            (".", "452"): (
                "452 after the dot, when the letter cannot be written",
                "Then the whole letter would have crossed the line in vain. sendmail counts free blocks before it.",
            ),
            ("MAIL", "552"): (
                "552 after MAIL",
                "A 5 is for good: the letter would be returned. A disk will be freed some day, so it is a 4.",
            ),
        },
        seen=_refused_to,
        because="452 is a temporary answer. The letter waits where it is safe, with the sender, and nothing is lost.",
        points=(Point("min_free_blocks", "deferred", "rises"), Point("taken", "longest delay", "rises")),
    ),
    Question(
        "02.3",
        "The same letters, 87 in all, and a second MX that is idle. mx1 does it the old way: while its load is high, "
        "callers wait for its greeting. How many letters does mx2 take?",
        choices={
            0: (
                "none",
                "Nobody tells a caller to go there. He is connected to mx1, and waits for a greeting that comes some day.",
            ),
            1: (
                "about 25",
                "So it is when mx1 refuses. Whoever waits for a greeting does not know that he could go elsewhere.",
            ),
            2: (
                "about 44",
                "Two MX hosts share work only with the same preference. mx2 comes into play when mx1 has failed.",
            ),
            3: (
                "nearly all",
                "Each of them connects to mx1 first, and the kernel of mx1 takes the connection.",
            ),
        },
        seen=lambda trace: among(trace.deliveries["host"].count("mx2.univ.example"), 5, 35, 60),
        because="A caller who waits holds a process, a connection and the lock of the letter, and asks nobody else.",
        points=(
            Point("way", "95 % within", "falls", ("let wait", "refuse")),
            Point("way", "letters that mx2 takes", "rises", ("let wait", "refuse")),
        ),
    ),
    Question(
        "02.4",
        "mx1 has closed its port, and a letter comes. It goes to mx2. "
        "What does the sender's own log say of the refusal by mx1?",
        choices={
            (True, True): (
                "a line “Deferred: Connection refused by mx1”, and then one with “Sent” and mx2",
                "A letter is deferred when the whole attempt has failed. This attempt has not failed: mx2 took it.",
            ),
            (True, False): (
                "a line “Deferred”; a queue run sends it to mx2 later",
                "The list of MX hosts is walked within one attempt. The letter waits only if none of them takes it.",
            ),
            (False, True): (
                "nothing: there is one line, with relay=mx2 and “Sent”",
                "The refusal costs a tenth of a second, and is forgotten. Only xdelay= is a little longer.",
            ),
            (False, False): (
                "“Service unavailable”, and the letter is returned",
                "A refused connection is not for good, and there is another MX.",
            ),
        },
        seen=_logged,
        because="“Connection refused” is an answer, and it is there after one round trip. So nobody notices, and nothing waits.",
        points=(Point("way", "longest delay", "falls", ("let wait", "refuse")),),
    ),
    Question(
        "02.r1",
        "From lesson 00. A host is down for 40 minutes. The sender's queue is run every 30 minutes. "
        "When does the letter come?",
        choices={
            0: ("after 30 minutes", "That run still finds the host down."),
            1: ("after 40 minutes, with the power", "Nobody tells the sender that the power is back."),
            2: ("after 60 minutes", "With the first queue run after the power is back."),
            3: ("after 70 minutes", "The 30 minutes run from start to start, not from the end of the outage."),
        },
        seen=lambda trace: among(_slowest(trace) / 60, 35, 50, 65),
        because="A letter in the queue moves when the queue is run, and at no other time.",
        run=_back_at_40,
    ),
    Question(
        "02.r2",
        "From lesson 01. The disk of /var/mail is full. The delivery program does not look at what write() gives back, "
        "and ends with 0. What does the sender hear?",
        choices={
            "later": (
                "nothing; the letter comes later",
                "That is 75, EX_TEMPFAIL: the letter stays in the queue. 0 means delivered.",
            ),
            "returned": ("the letter is returned to him", "That is any other status. 0 means delivered."),
            "lost": ("nothing; the letter is lost", "0 means delivered, so sendmail forgets the letter."),
        },
        seen=_told,
        because="The exit status is all that sendmail learns of what its delivery program has done.",
        run=_unchecked,
    ),
)

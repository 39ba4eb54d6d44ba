"""What lesson 01 asks before its runs."""

from simlib.exercises.question import Point, Question
from simlib.trace.record import Trace

HOST = "mail.here.example"
COPIES, STARTED = "copies of one letter, at most", "processes started"


def _run_for_two(trace: Trace) -> str:
    commands = trace.agents["command"]
    if len(commands) > 1:
        return "each"
    return "path" if commands[0].startswith("/") else "both"


def _lost_and_status(trace: Trace) -> tuple[bool, bool]:
    """Whether some were lost, and whether some status told of it."""
    return trace.totals()["lost"] > 0, any(trace.agents["status"])


def _fate(trace: Trace) -> str:
    """What became of the letters of the hour: all of them fare alike."""
    totals = trace.totals()
    if totals["lost"] or totals["bounced"]:
        return "lost" if totals["lost"] else "returned"
    return "late" if max(trace.messages.where(state="delivered")["delay"]) > 60 else "in time"


def _in_the_mailbox(trace: Trace) -> str:
    """What is there of letters that were not delivered."""
    if _fate(trace) != "lost":
        return _fate(trace)
    there = trace.mailbox(HOST, "hana").count(b"From taro@")
    return "nothing" if there == trace.totals()["delivered"] else "pieces"


def _jiros_copies(trace: Trace) -> int:
    return trace.deliveries["mailbox"].count("jiro")


def _reply_for_hana(trace: Trace) -> str:
    """Which of the replies after the dot is the one that puts off."""
    replies = trace.lmtp(1).partition(">>> .\n")[2].splitlines()[:5]
    if sum(reply.startswith("<<< ") for reply in replies) == 1:
        return "one"
    place = next(n for n, reply in enumerate(replies) if reply.startswith("<<< 4"))
    return {0: "first", 1: "second"}.get(place, "last")


QUESTIONS = (
    Question(
        "01.1",
        "On 4.4BSD a letter comes for two users of the host, taro and hana. "
        "The line has P=/usr/libexec/mail.local, F=lsDFMAw5:/|@qPrmn9, A=mail -d $u. What is run?",
        choices={
            "each": (
                "“mail -d taro”, and then “mail -d hana”",
                "So it is on Linux: its F= has no m. Here F= has m, and $u stands for all users at once.",
            ),
            "both": (
                "“mail -d taro hana”, once",
                "F= has m: one run may be for several users, and $u stands for all of them.",
            ),
            "path": (
                "“/usr/libexec/mail.local -d taro hana”, once",
                "Once is right. But P= is the file that is run, and A= is what it is called with, its own name first.",
            ),
        },
        seen=_run_for_two,
        because="What is run, how often and with which words stands in one line. So a wrong line loses mail.",
        points=(Point("system", STARTED, "falls", ("Linux", "4.4BSD")),),
    ),
    Question(
        "01.2",
        "30 messages for Hana come within one second. The old program, binmail, makes its lock file in two steps. "
        "Are messages lost, and does an exit status tell of it?",
        choices={
            (False, False): (
                "none is lost: a few milliseconds are too short",
                "With ten messages none is. With thirty, two processes meet in that moment now and then.",
            ),
            (True, True): (
                "some are lost, and the status says so",
                "A program that has written over another one's mail does not know of it. It has written all its bytes.",
            ),
            (True, False): (
                "some are lost, and all end with 0",
                "Each has written what it was given, and says “delivered”. One of the two letters is gone.",
            ),
        },
        seen=_lost_and_status,
        because="Two processes find the same end of the file and write there. Nobody is told, so it can go on for years.",
        points=(Point("program", "lost", "falls"), Point("messages", "lost", "rises")),
    ),
    Question(
        "01.3",
        "The disk of /var/mail is full for an hour. The program “deliver” notices it and ends with 73, "
        "“can't create output”. What becomes of the 20 letters of that hour?",
        choices={
            "late": (
                "they wait in the queue, and come late",
                "That needs a status that means “later”: 75. 73 means that it will never work.",
            ),
            "returned": (
                "they are returned, and Taro hears of each",
                "73 is an error for good, though the disk has room again after an hour.",
            ),
            "lost": (
                "they are lost, and nobody hears of it",
                "That is what a program does that does not look, and ends with 0.",
            ),
        },
        seen=_fate,
        because="sendmail believes the number. 0: delivered. 71, 74, 75: later. Any other: returned.",
        points=(
            Point("program", "bounced", "falls", ("deliver", "mail.local")),
            Point("program", "lost", "falls", ("binmail", "mail.local")),
        ),
    ),
    Question(
        "01.2b",
        "So this mail.local notices that the disk is full, and may end with 0 (EX_OK) all the same. "
        "What becomes of the 20 letters?",
        choices={
            "late": (
                "they come late: mail.local has noticed",
                "It has noticed, but it does not say so. sendmail hears 0, and forgets the letter.",
            ),
            "returned": (
                "they are returned: it was an error",
                "Only a status other than 0 makes sendmail return a letter.",
            ),
            "lost": (
                "they are lost, and nobody hears of it",
                "As with binmail. The lock is good, the check is good, and one wrong number undoes both.",
            ),
        },
        seen=_fate,
        because="So a good name is not enough: take the newest mail.local, and try what it ends with.",
    ),
    Question(
        "01.4",
        "/tmp is full for an hour, and /var/mail has room. binmail copies each letter to /tmp first, "
        "and does not look at what write() gives back. What is in Hana's mailbox of the 20 letters of that hour?",
        choices={
            "in time": (
                "all 20 letters",
                "The mailbox has room, but the letter gets there by way of /tmp.",
            ),
            "late": (
                "all 20 letters, but later",
                "For that somebody has to notice. binmail ends with 0, and nothing waits in the queue.",
            ),
            "pieces": (
                "20 letters, cut short",
                "It would be so with a little room in /tmp. With none the copy is empty, and so is what is appended.",
            ),
            "nothing": (
                "nothing of them",
                "The copy in /tmp is empty, nothing is appended to the mailbox, and the status is 0.",
            ),
        },
        seen=_in_the_mailbox,
        because="A program that does not look at one write() does not look at the other. A full /tmp is a full mailbox.",
        points=(Point("program", "lost", "falls", ("binmail", "mail.local")),),
    ),
    Question(
        "01.5",
        "Five users, one run of the program for all, and hana is over quota. "
        "She tidies up after six queue runs. How many copies of the letter does jiro have then?",
        choices={
            1: ("1", "His was delivered at once. But one status cannot say so, and sendmail tries all five again."),
            6: ("6", "Six queue runs, and a copy in each. But the letter came once before them."),
            7: (
                "7",
                "The attempt in which hana gets hers is a copy for jiro, too.",
            ),
            8: (
                "8",
                "The first attempt, six queue runs in vain, and the one that serves hana: a copy each time.",
            ),
        },
        seen=_jiros_copies,
        because="The program ends with 75 for one user's sake. So the letter stays in the queue for all five.",
        points=(Point("runs", COPIES, "rises"),),
    ),
    Question(
        "01.6",
        "Without m nobody gets a letter twice. hana tidies up after six queue runs, as before. "
        "With m the program was started 8 times. How often is it started now?",
        choices={
            5: ("5 times", "That is the first attempt only. hana's copy is tried again and again."),
            8: ("8 times", "There are 8 attempts again. But the first one is for five users."),
            12: (
                "12 times",
                "Five in the first attempt, then seven for hana alone.",
            ),
            40: ("40 times", "Four have theirs after the first attempt and are not tried again."),
        },
        seen=lambda trace: len(trace.agents),
        because="Each recipient has a status of his own. The price is a process for each of them, also on a quiet day.",
        points=(Point("flags", COPIES, "falls", ("mP", "P")), Point("flags", STARTED, "rises", ("mP", "P"))),
    ),
    Question(
        "01.7",
        "By LMTP the letter goes to taro, hana, jiro, saburo and shiro, in this order. hana is over quota. "
        "Where is that said?",
        choices={
            "one": (
                "in the only reply after the dot, for all five",
                "So it is in SMTP, and that is the fault of a single status, too. LMTP has a reply for each recipient.",
            ),
            "first": (
                "in the first of five replies after the dot",
                "There are five, but bad news has no precedence: they come in the order of the RCPTs.",
            ),
            "second": (
                "in the second of five replies after the dot",
                "The replies come in the order of the RCPTs: four 250, and the second one is 450.",
            ),
            "last": (
                "in the last of five replies after the dot",
                "hana's reply does not wait for the others. The order is that of the RCPTs.",
            ),
        },
        seen=_reply_for_hana,
        because="Four are done with, and only hana stays in the queue: one process, and one copy each.",
        points=(
            Point("flags", STARTED, "falls", ("P", "PSXmnz")),
            Point("flags", COPIES, "falls", ("mP", "PSXmnz")),
        ),
    ),
)

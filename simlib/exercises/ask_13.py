"""What lesson 13 asks before its runs."""

from email import message_from_bytes, policy

from simlib.exercises.question import Point, Question, among
from simlib.trace.record import Trace
from simlib.world import World

HERE, NEW, FAR = "mail.here.example", "mail.new.example", "mail.far.example"


def _told_by(trace: Trace) -> str:
    return ", ".join(sorted(set(trace.notices["host"]))) or "nobody"


def _heard(trace: Trace) -> str:
    """Where the sender's host met the 551: as an answer, in a notice, or nowhere."""
    if "<<< 551" in trace.dialogue(1):
        return "RCPT"
    return "notice" if HERE in trace.notices["host"] else "never"


def _to_old(trace: Trace) -> int:
    return sum(to.endswith("@here.example") for to in trace.messages.where(notice=False)["recipient"])


def _action(trace: Trace) -> str:
    """The Action: field of the first notice."""
    notice = message_from_bytes(trace.content(trace.notices["message"][0]), policy=policy.default)
    return next(str(block["Action"]) for block in notice.walk() if block["Action"])


def _work(trace: Trace) -> int:
    """The connections of the old host, in and out."""
    return trace.connections["client"].count(HERE) + trace.connections["server"].count(HERE)


def _list_letter() -> Trace:
    """A letter of a list that stays in the queue for longer than Timeout.queuewarn."""
    world = World(seed=4)
    mail = world.sendmail("mail.here.example", cf="O Timeout.queuewarn=4h")
    far = world.sendmail("mail.there.example", domain="there.example")
    world.outage(far.daemon, "0s", "8h")
    mail.submit("taro@mail.here.example", "hana@there.example", headers={"Precedence": "list"})
    mail.queue_run(every="30m")
    return world.run(until="12h")


def _two_at_once() -> Trace:
    """Two recipients of one letter at one host, of whom one is unknown there."""
    world = World(seed=4)
    mail = world.sendmail("mail.here.example")
    far = world.sendmail("mail.there.example", domain="there.example")
    world.user(far, "hana")
    mail.submit("taro@mail.here.example", "hana@there.example", "nobody@there.example")
    return world.run(until="1h")


QUESTIONS = (
    Question(
        "13.1",
        "hana's account and her address are deleted. taro, on another host, writes to her. "
        "Which host makes the return that he reads?",
        choices={
            HERE: (
                "mail.here.example, where she was",
                "It only says 550 to RCPT. It has not taken the letter, so it has nothing to return.",
            ),
            FAR: ("mail.far.example, his own", "It has the letter and cannot hand it on. So it has to tell him."),
            NEW: ("mail.new.example, where she is now", "Nobody has told any host that she is there."),
            "nobody": ("none: he hears nothing", "An unknown user is refused. Whoever has the letter then returns it."),
        },
        seen=_told_by,
        because="The old host does not take the letter. Who has it in his queue makes the notice.",
        points=(Point("deleted", "returned", "rises"),),
    ),
    Question(
        "13.2",
        "The alias of hana ends in .REDIRECT, and mail is delivered in the background, as usual. "
        "Where does the text “551 User has moved” meet taro's letter?",
        choices={
            "RCPT": (
                "in the answer to RCPT",
                "So it is with DeliveryMode=interactive. Otherwise RCPT only looks whether there is such an alias.",
            ),
            "DATA": ("in the answer to the dot after DATA", "The dot is answered at once: the letter is in the queue."),
            "notice": (
                "in a notice, after the letter was taken",
                "The host takes the letter, finds the .REDIRECT a moment later, and has to return it.",
            ),
            "never": ("nowhere: only hana is told", "hana gets nothing. It is the sender who is to learn the address."),
        },
        seen=_heard,
        because="At RCPT sendmail does not look what an alias stands for: a list may be long, and the client waits.",
        points=(Point("mode", "notices made at mail.here.example", "falls"),),
    ),
    Question(
        "13.2b",
        "A year: 600 letters come for people who have left, and each address is a redirect. "
        "Everybody uses the new address for his next letter, but nobody sends again what came back. "
        "How many of the 600 reach their reader?",
        choices={
            0: ("none", "Who has been told writes to the new address. His next letter to that person arrives."),
            1: (
                "about 50",
                "Only the second letter from one person to another arrives, and most write to each other once.",
            ),
            2: ("about 300", "It would be so if everybody wrote twice. There are 4,000 pairs for 600 letters."),
            3: (
                "about 550",
                "That is the number of those that came back. All arrive if they are sent again: tick the box.",
            ),
        },
        seen=lambda trace: among(len(trace.deliveries.where(host=NEW)), 1, 100, 550),
        because="A redirect leaves the work to the writer. Unless he sends his letter again, it does not arrive.",
        points=(
            Point("again", "letters that reach people", "rises"),
            Point("follow", "letters that reach people", "rises"),
        ),
    ),
    Question(
        "13.3",
        "The old host forwards hana's mail. taro writes to her once a month for a year. "
        "How many of his twelve letters bear the old address?",
        choices={
            0: ("none", "Nobody has told him of another one."),
            1: ("one", "So it is with a redirect: the first letter brings him the new address."),
            2: ("two", "A second letter teaches him no more than the first one."),
            12: ("all twelve", "His letters arrive. Nothing ever tells him that they go round by the old host."),
        },
        seen=_to_old,
        because="Forwarding is silent. The old host has to keep the line for as long as somebody uses the address.",
        points=(Point("way", "letters to the old address", "rises"),),
    ),
    Question(
        "13.4",
        "The fourth way: hana has taro's letter, and he gets a notice. "
        "What does the notice's Action: field say of the letter?",
        choices={
            "delivered": (
                "“delivered”",
                "That is a receipt. This notice comes since one of the two addresses is refused.",
            ),
            "relayed": ("“relayed”", "That is for a host without DSN behind this one. Here an address was refused."),
            "failed": ("“failed”", "Mail programs show it as a return. Only the text says that she has the letter."),
            "delayed": ("“delayed”", "That is a warning, and the letter still waits. Nothing waits here."),
        },
        seen=_action,
        because="The notice is an ordinary return, for the address that is there only to be refused.",
    ),
    Question(
        "13.4b",
        "The same year. Forwarding costs the old host 1,200 connections: 600 letters in, 600 out. "
        "With forwarding and notice, how many does it have? (Who learns an address uses it.)",
        choices={
            0: (
                "about 650",
                "Most people write to somebody once in the year. So few letters are spared.",
            ),
            1: ("1,200", "The notices are letters, too, and the old host makes and sends them."),
            2: (
                "about 1,650",
                "A letter in, a letter on, and a notice back: three for each letter, less for those who have learned.",
            ),
            3: (
                "1,800",
                "Nearly. Some people write twice, and the second letter goes straight.",
            ),
        },
        seen=lambda trace: among(_work(trace), 1000, 1400, 1750),
        because="It serves everybody best, and it is the dearest for the old host. Deletion is the cheapest.",
        points=(Point("way", "work at mail.here.example", "rises"),),
    ),
    Question(
        "13.r1",
        "From lesson 07. A letter with Precedence: list has waited for five hours. Timeout.queuewarn is 4h. "
        "How often is its sender warned?",
        choices={
            1: ("once", "So it is for a letter without a Precedence."),
            2: ("with each queue run", "A warning is sent once for each letter, and here there is none."),
            0: ("never", "A negative Precedence (list, bulk, junk) means no warning."),
        },
        seen=lambda trace: len(trace.notices.where(kind="warning")),
        because="Programs send such letters, and thousands of them. Nobody would read the warnings.",
        run=_list_letter,
    ),
    Question(
        "13.r2",
        "From lesson 01. A letter goes to two people at one host. That host says 250 to the first RCPT and 550 to the second. "
        "What becomes of the letter?",
        choices={
            (0, 2): ("both fail: one transaction, one status", "SMTP has a reply for each RCPT. That is its strength."),
            (1, 1): (
                "one has it, the other's is returned",
                "Each RCPT has a reply of its own, and the DATA is for the first.",
            ),
            (2, 0): ("both have it", "Nobody delivers to an unknown user."),
        },
        seen=lambda trace: (trace.totals()["delivered"], trace.totals()["bounced"]),
        because="A local program has one exit status for all recipients. SMTP and LMTP speak of each.",
        run=_two_at_once,
    ),
)

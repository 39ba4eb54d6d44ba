"""What lesson 09 asks before its runs."""

import re

from simlib.exercises.question import Point, Question, among
from simlib.trace.record import Trace
from simlib.world import World


def _answered(trace: Trace) -> tuple[bool, bool]:
    """Whether VRFY and EXPN are answered with an address."""
    said = trace.dialogue(1)
    vrfy, expn = (re.search(rf">>> {verb} .*\n<<< 250", said) is not None for verb in ("VRFY", "EXPN"))
    return vrfy, expn


def _found(trace: Trace) -> set[str]:
    """The addresses that the collector has."""
    said = "\n".join(map(trace.dialogue, trace.connections["connection"]))
    return set(re.findall(r"<<< 250.2\.1\.5 <(.+?)>", said))


def _sites(trace: Trace) -> str:
    elsewhere = [one for one in _found(trace) if one.endswith("@far.example")]
    return "elsewhere" if elsewhere else "here"


def _warned_of(trace: Trace) -> int:
    return sum(b"X-Authentication-Warning:" in trace.content(one) for one in trace.deliveries["message"])


def _sees(trace: Trace) -> str:
    printed = trace.mailbox("mail.here.example", "sato").decode().partition("\n\n")[2]
    return "letter" if "doctor@" in printed else "not permitted" if "not permitted" in printed else "other"


def _heard(trace: Trace) -> str:
    return " and ".join(sorted(set(trace.told["action"]))) or "nothing"


def _gone() -> Trace:
    """A letter from the null sender for a user that does not exist."""
    world = World(seed=9)
    mail = world.sendmail("mail.here.example", domain="here.example")
    world.user(mail, "taro")
    world.sendmail("mx.far.example", domain="far.example").submit("<>", "gone@here.example")
    return world.run(until="1h")


def _silent_filter() -> Trace:
    """Three letters one after the other to a host that asks Ident, through a filter that drops."""
    world = World(seed=9)
    mail = world.sendmail("mail.here.example", cf="O DeliveryMode=queueonly")
    world.sendmail("mx.far.example", domain="far.example")
    world.filter(mail.name, "drop", 113)
    mail.submit("taro@mail.here.example", "mika@far.example")
    mail.queue_run(at="1m")
    return world.run(until="10m")


QUESTIONS = (
    Question(
        "09.1",
        "O PrivacyOptions=novrfy,noexpm. sendmail is started with it. Which of the two questions does it answer with addresses?",
        choices={
            (False, False): (
                "neither",
                "noexpm is not taken for noexpn: sendmail does not guess.",
            ),
            (True, True): ("both", "The line is a list. Each word in it counts alone."),
            (False, True): ("only EXPN", "novrfy counts. The other word is complained of, and left out."),
            "not started": (
                "sendmail does not start with such a line",
                "A complaint on the terminal, and it goes on. That is why nobody notices.",
            ),
        },
        seen=_answered,
        because="The words are taken one by one. A list that is short of one word protects less, and says so once.",
        points=(Point("words", "questions answered", "falls", ends=("public", "novrfy,noexpn")),),
    ),
    Question(
        "09.3",
        "Nothing is forbidden. The collector says EXPN for fifteen common names. Whose addresses has he in the end?",
        choices={
            "none": ("nobody's: EXPN is for lists only", "It takes any name. And staff and club are lists."),
            "here": (
                "those of people of this host only",
                "That is what he could have guessed. EXPN tells where mail goes on to.",
            ),
            "elsewhere": (
                "also those of people at other sites",
                "Mika is on a list, and Ken's mail is forwarded. No guess would have found that.",
            ),
        },
        seen=_sites,
        because="VRFY says which guesses are right. EXPN says what nobody could have guessed.",
        points=(Point("privacy", "addresses found", "falls"),),
    ),
    Question(
        "09.3b",
        "You have set goaway. He tries RCPT with the same fifteen names. How many addresses has he?",
        choices={
            0: ("none", "goaway forbids VRFY and EXPN. RCPT is how mail comes, and cannot be forbidden."),
            5: (
                "5, then he has to wait",
                "The patience is about VRFY, EXPN and the like. And he calls again after five.",
            ),
            7: ("7, but not the lists", "A list has an address, too, and mail for it is welcome."),
            9: ("9, as by VRFY", "A host has to say at RCPT whether it takes the mail."),
        },
        seen=lambda trace: len(_found(trace)),
        because="novrfy closes a window beside an open door. noexpn keeps something: who is behind a name.",
        points=(Point("verb", "addresses found", "rises", ends=("VRFY", "RCPT")),),
    ),
    Question(
        "09.3c",
        "All fifteen names by VRFY on one connection. How long does he take?",
        choices={
            0: (
                "a second or two",
                "So it goes with a new call for every few names. On one connection sendmail gets slow.",
            ),
            1: ("15 seconds: a second each", "The first ones come at once. Then each pause is twice the one before."),
            2: ("about a minute", "That is where he stands after the eleventh name. The pauses double."),
            3: ("more than ten minutes", "From the sixth question the pause doubles each time, to four minutes."),
        },
        seen=lambda trace: among(max(trace.connections["closed"]), 10, 30, 600),
        because="The patience is counted on a connection. Whoever hangs up in time does not meet it.",
        points=(Point("per_call", "seconds taken", "rises", ends=(5, 15)),),
    ),
    Question(
        "09.2",
        "authwarnings is set, as in the stock file. How many of the six letters have an X-Authentication-Warning?",
        choices={
            6: (
                "6: none of them is from the dean",
                "sendmail cannot know that. It only notes how a letter was handed in.",
            ),
            5: ("5: root may do that", "Root is trusted. But sendmail does not read From:, nor does it doubt a HELO."),
            4: ("4: also the From: that taro wrote", "From: is text of the letter. Only the envelope is looked at."),
            3: (
                "3: taro and majordomo with -f, and no HELO",
                "Two things are suspicious: -f by a user who is not trusted, and a client without HELO.",
            ),
        },
        seen=_warned_of,
        because="It tells how the letter came in. Who wrote it, it cannot tell.",
        points=(
            Point("authwarnings", "letters warned of", "rises"),
            Point("trusted", "letters warned of", "falls", ends=("", "taro")),
        ),
    ),
    Question(
        "09.4",
        "restrictmailq is set. Hana, an ordinary user, types mailq. What does she see of her own letter?",
        choices={
            "letter": (
                "the letter: it is hers",
                "mailq does not ask whose a letter is. It shows the queue, or it does not.",
            ),
            "not permitted": ("nothing: “You are not permitted to see the queue”", "It is not a filter. It is a lock."),
            "other": (
                "how many letters there are, without names",
                "It even says that there are none: the total is 0.",
            ),
        },
        seen=_sees,
        because="Who may see the queue sees all of it. The group of the queue's directory decides who that is.",
        points=(
            Point("privacy", "letters seen", "falls", ends=("public", "restrictmailq")),
            Point("user", "letters seen", "rises"),
        ),
    ),
    Question(
        "09.5",
        "far.example sets noreceipts. Hana asks for a receipt by -N success, and her letter reaches Mika. What does she hear?",
        choices={
            "nothing": (
                "nothing",
                "So it was before 8.10, it seems. Today her own host learns that no receipt will come.",
            ),
            "delivered": ("“delivered”", "far.example would have to say that, and that is what it does not want."),
            "relayed": ("“relayed”", "Her own host says it, since the other one does not offer DSN."),
            "failed": (
                "“failed”: the wish could not be granted",
                "The letter was taken. A wish that cannot be granted is no failure.",
            ),
        },
        seen=_heard,
        because="noreceipts hides what becomes of a letter beyond the door. That it came to the door, Hana knows.",
        points=(Point("privacy", "told delivered", "falls", ends=("public", "noreceipts")),),
    ),
    Question(
        "09.r1",
        "From lesson 07. A letter with the null sender <> cannot be delivered here. Who is told?",
        choices={
            "": ("nobody", "Not if the postmaster can be told."),
            "sender": ("its sender, at the other site", "The null sender is nobody. That is what it is for."),
            "postmaster": ("the postmaster of this host", "A notice of a notice goes to him, and not back."),
        },
        seen=lambda trace: ", ".join(trace.notices["to"]).partition("@")[0],
        because="So two hosts can never send notices to each other for ever.",
        run=_gone,
    ),
    Question(
        "09.r2",
        "From lesson 06. The host over there asks Ident, and a filter drops the question. What becomes of the letter?",
        choices={
            "late": ("it comes some seconds later", "The host waits for Timeout.ident, and then says 220."),
            "stuck": ("it stays in the queue", "That is “host unreachable” with an old TCP. Silence only costs time."),
            "at once": (
                "it comes at once",
                "The host has to find out that nobody answers. That takes as long as it waits.",
            ),
        },
        seen=lambda trace: (
            "stuck" if not len(trace.deliveries) else "late" if trace.attempts["seconds"][0] > 4 else "at once"
        ),
        because="Silence is the answer that takes longest. A reset would have cost one round trip.",
        run=_silent_filter,
    ),
)

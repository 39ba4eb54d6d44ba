"""What lesson 12 asks before its runs."""

from email import message_from_bytes
from itertools import pairwise

from simlib.exercises.question import Point, Question, among
from simlib.smtp.quirks import Quirks
from simlib.smtp.replies import Reply
from simlib.trace.record import Trace
from simlib.world import World

ODD = "mx.odd.example"


def _gives_up_at(trace: Trace) -> str:
    """The last command before the client resets."""
    said = [line[4:] for line in trace.dialogue(1).splitlines() if line.startswith(">>>")]
    return said[said.index("RSET") - 1].split()[0]


def _in_the_first_run(trace: Trace) -> int:
    return len(trace.deliveries.where(lambda one: one.host == ODD and one.time < 1_800))


def _fates(trace: Trace) -> tuple[int, int]:
    """Letters to the odd peer that came, and that were returned, by recipient."""
    odd = trace.messages.where(lambda one: one.recipient.endswith("@odd.example") and not one.notice)
    states: list[str] = odd["state"]
    return states.count("delivered"), states.count("bounced")


def _from(trace: Trace) -> str:
    """From:, as the peer gets it that would have taken it in any form."""
    message = trace.deliveries.where(host="mx.normal.example")["message"][0]
    return str(message_from_bytes(trace.content(message))["From"])


def _times(trace: Trace) -> str:
    """How the three arrivals lie: together, or apart by queue runs."""
    times = sorted(trace.deliveries.where(host=ODD)["time"])
    if len(times) < 3:
        return "returned"
    steps = [later - earlier for earlier, later in pairwise(times)]
    return "at once" if max(steps) < 60 else "one a run" if min(steps) > 1_000 else "next run"


def _bare() -> Trace:
    """A letter of 8 bits with a label for a host that takes 7 bits only."""
    world = World(seed=12)
    mail = world.sendmail("mail.here.example")
    world.peer("mx.there.example", domain="there.example", quirks=Quirks(extensions=frozenset({"SIZE"})))
    header = "Subject: x\nMIME-Version: 1.0\nContent-Type: text/plain; charset=euc-jp\n\n"
    mail.submit("taro@mail.here.example", "hana@there.example", message=f"{header}日本語\n".encode("euc-jp"))
    return world.run(until="1m")


def _asked_for_success() -> Trace:
    """A letter with -N success that fails."""
    world = World(seed=12)
    mail = world.sendmail("mail.here.example")
    gone = Quirks(replies={"RCPT": Reply(550, "5.1.1 user unknown")})
    world.peer("mx.there.example", domain="there.example", quirks=gone)
    mail.submit("taro@mail.here.example", "hana@there.example", notify=["success"])
    return world.run(until="1m")


QUESTIONS = (
    Question(
        "12.1",
        "The odd peer takes the second line of the greeting for the answer to its first command, and so on. "
        "At which command does it give up?",
        choices={
            "HELO": ("HELO", "It hears 220 ESMTP spoken here. A code that begins with 2 is good news."),
            "MAIL": ("MAIL: it hears the answer to HELO", "It does, and that begins with 2, as it should."),
            "RCPT": ("RCPT", "It hears Sender ok, a 250. It has no reason to complain."),
            "DATA": ("DATA", "Here 354 must come, and it hears the 250 of RCPT. For the first time the code is wrong."),
        },
        seen=_gives_up_at,
        because="Out of step by one line nobody notices, as long as all answers begin with a 2.",
        points=(Point("version", "delivered", "rises"),),
    ),
    Question(
        "12.2",
        "Three letters for the peer that hangs. The cache keeps two connections. How many of the three come in the first queue run?",
        choices={
            0: ("none", "The first message on a connection is all right."),
            1: ("1", "The second one gets no answer for ten minutes. Then the host counts as down for this run."),
            2: ("2", "ConnectionCacheSize=2 is how many connections are kept, not how many messages go over one."),
            3: (
                "3",
                "sendmail waits for an answer, and does not guess that a new one would help.",
            ),
        },
        seen=_in_the_first_run,
        because="One message a run: the queue looks as if the peer were slow.",
        points=(
            Point("cache", "odd letters there in the first run", "falls"),
            Point("cache", "connects to the normal peer", "falls"),
        ),
    ),
    Question(
        "12.2b",
        "Another peer does not hang: it answers the second MAIL on a connection with 503. What becomes of the second and third letter?",
        choices={
            (3, 0): ("they come over new connections", "A code that begins with 5 means: never. sendmail believes it."),
            (1, 2): ("they are returned", "503 is final, and nobody asks what it was said of."),
            (2, 1): ("the second is returned, the third comes", "The connection is kept for the third one as well."),
            (1, 0): ("they wait in the queue", "That is the peer that hangs. An answer is worse than none here."),
        },
        seen=_fates,
        because="So a cache that is too clever for a peer can lose its mail.",
        points=(Point("cache", "returned", "rises"),),
    ),
    Question(
        "12.3",
        "F=mDFMuXaC, with the C of the slide. How many of the three letters with (the boss) does the choosy peer take?",
        choices={
            3: ("3", "C is another flag. It adds a domain to addresses that have none."),
            0: ("none", "The comment is still there."),
            "error": ("sendmail does not start with a flag C", "It knows C, and does with it what C says."),
        },
        seen=lambda trace: _fates(trace)[0],
        because="A flag is one letter, and its case counts. The slide has probably the wrong one.",
        points=(Point("flags", "returned", "falls"),),
    ),
    Question(
        "12.3b",
        "Another flag: F=mDFMuXac, with a small c. What does the normal peer get of From: Taro Yamada <taro@here.example> (the boss)?",
        choices={
            "Taro Yamada <taro@here.example>": (
                "Taro Yamada <taro@here.example>",
                "The name is no comment for us. For the flag it is: only the address stays.",
            ),
            "taro@here.example": ("taro@here.example", "The bare address, for everybody who gets mail by this mailer."),
            "<taro@here.example>": ("<taro@here.example>", "Without a name there is no need for brackets."),
            "Taro Yamada <taro@here.example> (the boss)": (
                "all of it: it has no trouble with comments",
                "The flag belongs to the mailer, and both peers get their mail by it.",
            ),
        },
        seen=_from,
        because="The price is paid by all who get mail by this mailer: they do not see Taro's name any more.",
    ),
    Question(
        "12.4",
        "One letter to three people. The peer answers the second and third RCPT with 550. What becomes of the letter?",
        choices={
            (3, 0): ("all three get it, one after the other", "Nobody says it again. 550 is final."),
            (0, 3): (
                "none gets it: the letter is refused",
                "Each RCPT has an answer of its own. The first one was 250.",
            ),
            (1, 2): ("one gets it, two are returned", "Taro hears that two of his friends do not exist. They do."),
            (1, 0): ("one gets it, two wait for the next run", "So it would be with 452."),
        },
        seen=_fates,
        because="Without m each recipient has a transaction of his own, and the text goes over the line three times.",
        points=(
            Point("flags", "odd letters there in the first run", "rises"),
            Point("flags", "returned", "falls"),
        ),
    ),
    Question(
        "12.4b",
        "Now it says 452 to the second and the third. The flag m is still there. When do they get the letter?",
        choices={
            "at once": (
                "in the same run, in new transactions",
                "sendmail does not try again at once what has just been put off.",
            ),
            "next run": ("both with the next run", "In the next run there are two, and again the peer takes only one."),
            "one a run": ("one with each run", "Each run brings one, and the rest hears 452 again."),
            "returned": ("never: they are returned", "That is 550. 452 means: later."),
        },
        seen=_times,
        because="The same fault with a 4 costs time, with a 5 it costs the letter.",
    ),
    Question(
        "12.5",
        "smapd looks every ten minutes. How many bounces does Hana have after four hours?",
        choices={
            0: ("none", "smapd keeps the letter, and hands it over again. sendmail returns it each time."),
            1: ("1", "For sendmail it is done. smapd has heard 67, and that is not 0."),
            2: ("4", "Each look makes one."),
            3: ("more than 20", "Each look hands the letter over, and each time it is returned."),
        },
        seen=lambda trace: among(len(trace.notices), 1, 2, 10),
        because="Two programs that do not agree: for sendmail the letter is done, for smapd it is not.",
        points=(
            Point("every", "notices sent", "falls"),
            Point("error_mode", "about one letter, at most", "falls"),
            Point("hours", "about one letter, at most", "rises"),
        ),
    ),
    Question(
        "12.5b",
        "O ErrorMode=e. How many bounces does Hana have after four hours?",
        choices={
            0: ("none", "Errors are mailed as before. Only the exit status is another one."),
            1: ("1", "It is returned once, smapd hears 0, and removes its file."),
            2: ("two or three", "Each call is a new process. Nobody remembers anything."),
            3: ("as many as before", "smapd looks at the status only, and that is 0 now."),
        },
        seen=lambda trace: among(len(trace.notices), 1, 2, 10),
        because="The status is for the program that calls, the bounce is for people.",
    ),
    Question(
        "12.6",
        "Hana's letter to the address with slashes goes through smap. From which host does she hear that it failed?",
        choices={
            "gw.here.example": (
                "from the firewall",
                "smap has not taken the letter. Whoever has not taken it returns nothing.",
            ),
            "hub.here.example": ("from hub", "hub never hears of it. It would have taken the address."),
            "mx.far.example": ("from her own host", "It still has the letter, and its RCPT was refused for good."),
            "": ("from none: smap drops it", "smap answers RCPT with an error."),
        },
        seen=lambda trace: ", ".join(trace.notices["host"]),
        because="A refusal at RCPT leaves the letter, and the duty to return it, with the sender's side.",
        points=(Point("smap", "delivered", "falls"), Point("smap", "returned to the sender", "rises")),
    ),
    Question(
        "12.r1",
        "From lesson 10. A labelled letter in EUC-JP, all 8-bit bytes, goes to a host without 8BITMIME. What arrives?",
        choices={
            "8bit": ("the bytes as they are", "So it is without a label, in pass8. This one can be converted."),
            "base64": ("base64", "More than an eighth of its bytes have their eighth bit."),
            "quoted-printable": ("quoted-printable", "It would be three times as long. base64 is a third longer."),
        },
        seen=lambda trace: message_from_bytes(trace.content(1))["Content-Transfer-Encoding"] or "8bit",
        because="A peer that cannot do something is not odd if it says so.",
        run=_bare,
    ),
    Question(
        "12.r2",
        "From lesson 08. sendmail -N success, and the letter fails. What does Taro get?",
        choices={
            "return": ("the letter, returned", "So it is where he has asked for nothing."),
            "": ("nothing", "He has asked for success only."),
            "receipt": ("a receipt that says that it failed", "A receipt is for success."),
        },
        seen=lambda trace: ", ".join(trace.notices["kind"]),
        because="-N success,failure would have told him.",
        run=_asked_for_success,
    ),
)

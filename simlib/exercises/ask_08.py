"""What lesson 08 asks before its runs."""

from simlib.exercises.question import Point, Question, among
from simlib.smtp.quirks import Quirks
from simlib.smtp.replies import Reply
from simlib.trace.record import Trace
from simlib.world import World


def _kinds(trace: Trace) -> str:
    return " and ".join(trace.notices["kind"]) or "nothing"


def _in_the_receipt(trace: Trace) -> str:
    receipt = trace.content(trace.notices["message"][0])
    return "header" if b"text/rfc822-headers" in receipt else "letter" if b"message/rfc822" in receipt else "nothing"


def _from_whom(trace: Trace) -> str:
    """Who says what of a letter through the chain."""
    said = [f"{one.host.partition('.')[0]}: {one.action}" for one in trace.told]
    return ", ".join(said) or "nothing"


def _delivered(trace: Trace) -> int:
    return trace.told["action"].count("delivered")


def _receipts(trace: Trace) -> str:
    to = [one.partition("@")[0] for one in trace.notices["to"]]
    return f"{to[0]}: {len(to)}" if to else "nobody"


def _of_a_list() -> Trace:
    """A letter of a list to somebody who is gone."""
    world = World(seed=8)
    mail = world.sendmail("mail.here.example")
    gone = Quirks(replies={"RCPT": Reply(550, "5.1.1 user unknown")})
    world.peer("mx.there.example", domain="there.example", quirks=gone)
    mail.submit("taro@mail.here.example", "hana@there.example", headers={"Precedence": "list"})
    return world.run(until="1m")


def _one_by_one() -> Trace:
    """Five letters for one host, a second apart, each sent as it arrives."""
    world = World(seed=8)
    mail = world.sendmail("mail.here.example", cf="O DeliveryMode=background\nO ConnectionCacheSize=2")
    world.sendmail("mx.there.example", domain="there.example")
    for n in range(5):
        mail.submit("taro@mail.here.example", "hana@there.example", at=n)
    return world.run(until="10m")


QUESTIONS = (
    Question(
        "08.4",
        "Taro types sendmail -N success. There is no such user over there: RCPT is answered with 550. What does Taro hear?",
        choices={
            "nothing": (
                "nothing at all",
                "He has asked for success only. There was none, and so nobody says anything.",
            ),
            "return": (
                "the letter is returned to him, as always",
                "So it is where nothing is asked for. Whoever lists words gets what he has listed.",
            ),
            "receipt": (
                "a receipt that says “failed”",
                "A receipt is for success. A failure would be a return, if he had asked for it.",
            ),
        },
        seen=_kinds,
        because="A list of words says all that one wants to hear of. The letter is gone, without a word.",
        points=(
            Point("wish", "returned to the sender", "falls", ends=("", "success")),
            Point("fate", "told delivered", "falls", ends=("it arrives", "it fails")),
        ),
    ),
    Question(
        "08.4b",
        "Now -N failure, and the host over there is down for two days. Timeout.queuewarn is 4h. What does Taro hear on the first day?",
        choices={
            "warning": (
                "a warning after four hours",
                "That is what delay asks for, or no -N at all.",
            ),
            "nothing": ("nothing", "A delay is no failure, and he has not asked for delays."),
            "return": ("a return: it has failed for a day", "It fails when it is given up, after five days."),
        },
        seen=_kinds,
        because="Three things can be told: success, failure, delay. Each has its word.",
        points=(Point("wish", "warned", "falls", ends=("", "never")),),
    ),
    Question(
        "08.1",
        "The letter arrives. Taro has asked for a receipt, with RET=FULL. How much of his letter is in the receipt?",
        choices={
            "nothing": ("nothing", "He has to know for which letter it is."),
            "header": ("its header", "RET is for failures. A receipt never brings the text."),
            "letter": ("all of it: RET=FULL", "So it is with a return. For a receipt the header is enough."),
        },
        seen=_in_the_receipt,
        because="Whoever gets a receipt has sent the letter. He needs its name, not its text.",
        points=(Point("version", "told delivered", "rises"),),
    ),
    Question(
        "08.2",
        "Only d, the last of the four hosts, is old. The letter reaches Hana's mailbox there. Who tells Taro what?",
        choices={
            "d: delivered": ("d: “delivered”", "It has delivered the letter. But it has never heard of the wish."),
            "c: relayed": ("c: “relayed”", "It sees that d does not offer DSN, and says what it knows."),
            "a: relayed": (
                "a: “relayed”",
                "a gives the wish to b, which takes it. It asks nobody what comes after.",
            ),
            "nothing": ("nobody: the wish is lost on the way", "Whoever cannot hand it on has to say so."),
        },
        seen=_from_whom,
        because="The last host that knows the wish answers for all that comes after it.",
        points=(Point("old", "told delivered", "falls", ends=("", "d")),),
    ),
    Question(
        "08.2b",
        "Thirty sites, two hosts each, and six hosts in ten know DSN. Of how many letters does Taro hear “delivered”?",
        choices={
            0: ("fewer than 7", "Each of the two hosts would have to be new in one case of two, or less."),
            1: ("7 to 14", "Both hosts must be new: six tenths of six tenths, and chance."),
            2: ("15 to 21, six in ten", "So it would be with one host at each site. The wish has to pass both."),
            3: ("22 or more: one new host is enough", "A new host behind an old one never hears of the wish."),
        },
        seen=lambda trace: among(_delivered(trace), 7, 15, 22),
        because="All hosts on the way have to know DSN. Of the others he hears “relayed”.",
        points=(Point("know_dsn", "told delivered", "rises"), Point("know_dsn", "told relayed", "falls")),
    ),
    Question(
        "08.3",
        "Return-Receipt-To: jiro@here.example, in a letter of Taro's to a list of five people. "
        "Their host has sendmail 8.6. Who gets receipts?",
        choices={
            "jiro: 5": ("Jiro, five", "The header names him, and each delivery is answered."),
            "jiro: 1": ("Jiro, one: it is one letter", "The host sees a delivery for each member, and answers each."),
            "taro: 5": ("Taro, five: he has sent it", "So it is with DSN. The header names whom it likes."),
            "nobody": ("nobody", "So it is from 8.7 on."),
        },
        seen=_receipts,
        because="Anybody could have receipts sent to anybody. With DSN they go to the envelope sender.",
        points=(Point("version", "receipts to Jiro", "falls"),),
    ),
    Question(
        "08.r1",
        "From lesson 07. A letter of a mailing list fails: RCPT is answered with 550. What comes back?",
        choices={
            "letter": ("the whole letter", "So it is with an ordinary letter."),
            "header": ("its header", "Precedence: list is a negative class, and it keeps the text out."),
            "nothing": ("nothing", "For a negative class there is no warning, but there is a return."),
        },
        seen=_in_the_receipt,
        because="The same third part as in a receipt: text/rfc822-headers.",
        run=_of_a_list,
    ),
    Question(
        "08.r2",
        "From lesson 04. Five letters for one host, a second apart, each is sent as it arrives. ConnectionCacheSize is 2. "
        "How many connections?",
        choices={
            1: ("1: it is kept for the next one", "Kept by whom? Each letter has a process of its own here."),
            2: ("2", "That is how many a process may keep. None lives long enough."),
            5: ("5", "The cache lies in the memory of a process, and each process sends one letter."),
        },
        seen=lambda trace: len(trace.connections),
        because="The cache pays in a queue run.",
        run=_one_by_one,
    ),
)

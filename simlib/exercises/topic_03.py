"""03 Message size."""

from simlib.exercises.exercise import Exercise, WrongAnswer, as_number
from simlib.language import phrase
from simlib.trace.record import Trace
from simlib.world import World

LIMIT, HEADER = 1_000_000, 2_000  # bytes
BYTES_A_LINE, LINE = 57, 77  # of a file in a line of base64; of that line with its end
SLOW_LINE = "64kbps"


def _file(answer: str) -> str:
    size = as_number(answer, "bytes")
    if not 0 < size <= 10 * LIMIT or size != int(size):
        raise WrongAnswer("A whole number of bytes is wanted, not of megabytes.")
    if not _passes(int(size)) or _passes(int(size) + 1):
        raise WrongAnswer(_MISSED.get(size, "Count header, whole lines with their ends, and a shorter last line."))
    return phrase("12,961 whole lines of base64 and the header: {as_base64:,} bytes.", as_base64=_as_base64(int(size)))


_MISSED = {
    1_000_000.0: "That is the limit for the whole letter as it travels. A file grows as base64: 552.",
    998_000.0: "That is what is left for the file in base64. The file itself is smaller: 552.",
    748_500.0: "Three quarters of 998,000: but the end of each line counts as well. 552.",
    738_720.0: "12,960 lines: one more line still fits.",
    12_961.0: "That is the number of whole lines. How many bytes of the file are in them?",
    738_776.0: "Nearly. One byte more makes no more base64.",
    738_778.0: "One byte too many: it begins a line of its own.",
    740_259.0: "Did you forget the header?",
}


def _as_base64(size: int) -> int:
    lines, rest = divmod(size, BYTES_A_LINE)
    last = -(-rest // 3) * 4 + 1 if rest else 0
    return HEADER + lines * LINE + last


def _passes(size: int) -> bool:
    world = World(seed=3)
    mail = world.sendmail("mail.here.example")
    world.sendmail("mx.there.example", domain="there.example", cf=f"O MaxMessageSize={LIMIT}")
    mail.submit("taro@mail.here.example", "hana@there.example", size=_as_base64(size))
    return world.run(until="1h").totals()["delivered"] == 1


def _receiver(cf: str) -> str:
    for size, passes in ((1_000, True), (2_000_000, True), (2_000_001, False), (9_000_000, False)):
        trace = _received(cf, size)
        delivered = trace.totals()["delivered"] == 1
        if delivered != passes:
            if delivered:
                raise WrongAnswer("A message of {size:,} bytes is taken.", size=size)
            raise WrongAnswer("A message of {size:,} bytes is not taken.", size=size)
        if not passes and sum(trace.connections["bytes"]) > size:
            raise WrongAnswer(
                "{size:,} bytes crossed the line before they were refused; then your host had to return them.",
                size=size,
            )
    return "Up to 2,000,000 bytes pass; what is larger is refused at MAIL, and is the sender's to return."


def _received(cf: str, size: int) -> Trace:
    world = World(seed=3)
    mail = world.sendmail("mail.here.example", domain="here.example", bandwidth=SLOW_LINE)
    world.sendmail("mx.there.example", domain="there.example", cf=cf)
    mail.submit("taro@here.example", "hana@there.example", size=size)
    return world.run(until="2h")


def _sender(cf: str) -> str:
    for size in (400_000, 1_000_000, 1_000_001, 3_000_000):
        world = World(seed=3)
        mail = world.sendmail("mail.here.example", domain="here.example", bandwidth=SLOW_LINE, cf=cf)
        world.peer("mx.there.example", domain="there.example")
        mail.submit("taro@here.example", "jiro@here.example", "hana@there.example", size=size)
        trace = world.run(until="2h")
        jiro, hana = trace.messages.where(notice=False)["state"]
        if jiro != "delivered":
            raise WrongAnswer(
                "The copy of {size:,} bytes for jiro does not come: he is local, and it costs the line nothing.",
                size=size,
            )
        if size <= LIMIT and hana != "delivered":
            raise WrongAnswer(
                "{size:,} bytes for hana do not come to her: the end is “{state}”.", size=size, state=phrase(hana)
            )
        if size > LIMIT and (hana != "bounced" or len(trace.connections)):
            raise WrongAnswer("{size:,} bytes went out on the line.", size=size)
    return "jiro gets his copy, whatever its size; hana's is returned at once if it is too large, and no connection is opened."


EXERCISES = (
    Exercise(
        "03.a",
        "A file is sent as base64: 57 bytes of it make a line of 76 characters. The end of the line counts as one more. "
        "The header has 2,000 bytes. How many bytes may the file have for MaxMessageSize=1000000?",
        "number",
        _file,
        solution="738777",
        hints=("How many whole lines fit into 998,000 bytes?", "12,961 lines; and would a shorter last line still fit?"),
        mistakes=("1000000", "998000", "748500", "12961", "738720"),
    ),
    Exercise(
        "03.b",
        "You run the receiving host. Write the line with which it takes messages of up to 2,000,000 bytes. An ESMTP "
        "client is to hear that its message is too large before it has sent it.",
        "cf",
        _receiver,
        solution="O MaxMessageSize=2000000",
        hints=("Which limit is shown in the answer to EHLO?", "A limit of the local mailer is looked at when the message is already yours."),
        mistakes=("O MaxMessageSize=2000", "Mlocal, P=/bin/mail, F=lsDFMAw5:/|@qPrmn9, M=2000000, A=mail -d $u", "O MaxMessageSize=1999999"),
        given="Mlocal, P=/bin/mail, F=lsDFMAw5:/|@qPrmn9, M=2000000, A=mail -d $u",
    ),
    Exercise(
        "03.c",
        "You run the sending host at the end of a slow line. Its users write to people inside and outside at once. Nothing "
        "larger than 1,000,000 bytes is to go out on the line, not even a connection for it. Inside, any size is welcome. "
        "The host on the other side does not know SIZE. Write the line.",
        "cf",
        _sender,
        solution="Mesmtp, P=[IPC], F=mDFMuXa, M=1000000, A=TCP $h",
        hints=("MaxMessageSize is for all mail. What is for one mailer?", "The mailer for the outside is esmtp."),
        mistakes=("O MaxMessageSize=1000000", "Mlocal, P=/bin/mail, F=lsDFMAw5:/|@qPrmn9, M=1000000, A=mail -d $u", "Msmtp, P=[IPC], F=mDFMuX, M=1000000, A=TCP $h"),
        given="Mesmtp, P=[IPC], F=mDFMuXa, A=TCP $h",
    ),
)  # fmt: skip

"""10 MIME."""

import email

from simlib.cf import stock
from simlib.exercises.exercise import Exercise, WrongAnswer, one_of
from simlib.smtp.quirks import Quirks
from simlib.trace.record import Trace
from simlib.world import World

SEVEN_BITS = Quirks(extensions=frozenset({"SIZE", "DSN"}))
JAPANESE = "日本語のメール、日本語のメール\n".encode("euc-jp")
SIGNED = (
    "The words of a letter of sixty characters a line, all in ASCII.\n" * 20
    + "大学計算機センター郵便係へどうぞお願いします\n" * 3
).encode("euc-jp")
PRICES = ("A-1200  apples, a box of twelve  青森県産   1,980\n" * 50).encode("euc-jp")
GREEK = ("Το ταχυδρομείο είναι ανοιχτό από τις οκτώ. " * 4 + "\n").encode("iso-8859-7")
IN_SIGNED, IN_PRICES, IN_GREEK, IN_JIS = (
    "EUC-JP, labelled: 20 lines of 63 ASCII characters, then 3 lines of 22 Japanese ones",
    "EUC-JP, labelled: a list of prices, in each line 4 Japanese and 41 ASCII characters",
    "ISO 8859-7: Greek from beginning to end, without a label",
    "ISO-2022-JP, labelled: Japanese from beginning to end",
)
SAMPLES = {  # what is offered as an answer -> charset of the label, if it has one, and text
    IN_SIGNED: ("euc-jp", SIGNED),
    IN_GREEK: ("", GREEK),
    IN_PRICES: ("euc-jp", PRICES),
    IN_JIS: ("iso-2022-jp", JAPANESE.decode("euc-jp").encode("iso-2022-jp")),
}


def labelled(charset: str, text: bytes) -> bytes:
    """A message that says which charset it is in."""
    return f"Subject: x\nMIME-Version: 1.0\nContent-Type: text/plain; charset={charset}\n\n".encode() + text


def _sent(message: bytes, cf: str, quirks: Quirks | None = None) -> Trace:
    world = World(seed=10)
    mail = world.sendmail("mail.here.example", domain="here.example", cf=cf)
    world.peer("mx.there.example", domain="there.example", quirks=quirks)
    mail.submit("taro@here.example", "hana@there.example", message=message)
    return world.run(until="1m")


def _in_base64() -> str:
    """The one of the samples that goes through 7 bits as base64."""
    for name, (charset, text) in SAMPLES.items():
        message = labelled(charset, text) if charset else b"Subject: x\n\n" + text
        arrived = email.message_from_bytes(_sent(message, "", SEVEN_BITS).content(1))
        if arrived["Content-Transfer-Encoding"] == "base64":
            return name
    return ""


def _seven_bit_path(cf: str) -> str:
    for form, message in (
        ("with a label", labelled("euc-jp", JAPANESE)),
        ("without one", b"Subject: x\n\n" + JAPANESE),
    ):
        trace = _sent(message, cf, SEVEN_BITS)
        if trace.totals()["delivered"] != 1:
            raise WrongAnswer("A letter {form} is returned.", form=form)
        arrived = trace.content(1)
        if not arrived.isascii():
            if stock().with_lines(cf).is_set("DefaultCharSet"):
                raise WrongAnswer("DefaultCharSet is only the name for text that is converted. Here none is.")
            raise WrongAnswer(
                "A letter {form} goes to the host with 7 bits as it is: bytes with their eighth bit.", form=form
            )
        text = email.message_from_bytes(arrived).get_payload(decode=True)
        if not isinstance(text, bytes) or text.strip() != JAPANESE.strip():
            raise WrongAnswer("What arrives of a letter {form} cannot be made Japanese again.", form=form)
    return "Everything that leaves is 7-bit where it has to be, and can be decoded."


def _misread(cf: str) -> str:
    """What the line does instead, if it is known."""
    lines, given = (stock().with_lines(text) for text in (f"{GIVEN}\n{cf}", GIVEN))
    new = lines.mailers["local"].flags - given.mailers["local"].flags
    if "7" in new:
        return "F=7 takes the eighth bit away, it decodes nothing. "
    if "8" in new:
        return "F=8 lets 8-bit text through, it decodes nothing. "
    if lines["EightBitMode"] != given["EightBitMode"]:
        return "EightBitMode goes the other way, from 8 bits to 7. "
    return "" if new else "Your local mailer has the flags it had. "


def _mailbox(cf: str) -> str:
    for charset in ("euc-jp", "utf-8"):
        text = JAPANESE.decode("euc-jp").encode(charset)
        world = World(seed=10)
        mail = world.sendmail("mail.here.example", cf="Mesmtp, P=[IPC], F=mDFMuXa7, L=990, A=TCP $h")
        there = world.sendmail("mx.there.example", domain="there.example", cf=f"{GIVEN}\n{cf}")
        world.user(there, "hana")
        mail.submit("taro@mail.here.example", "hana@there.example", message=labelled(charset, text))
        trace = world.run(until="1m")
        if trace.totals()["delivered"] != 1:
            raise WrongAnswer("The letter does not reach hana's mailbox.")
        if text.strip() not in trace.content(1):
            raise WrongAnswer(
                "{misread}hana's mailbox has {decode!r}, which her program cannot decode.",
                misread=_misread(cf),
                decode=trace.content(1).splitlines()[-1].decode("ascii", "replace"),
            )
    return "What comes in base64 lies in the mailbox in 8 bits, byte for byte."


GIVEN = "Mlocal, P=/usr/libexec/mail.local, F=lsDFMAw5:/|@qPrn, A=mail.local -d $u"  # what an answer is laid over

EXERCISES = (
    Exercise(
        "10.a",
        "Four letters go to a host that does not offer 8BITMIME. EightBitMode is pass8. Which of them arrives as base64? "
        "(In EUC-JP a Japanese character is two bytes.)",
        "choice",
        one_of(_in_base64, "8 of 50 bytes of a line have their eighth bit: more than an eighth.",
               {IN_SIGNED: "132 of some 1,400 bytes have their eighth bit. Is that more than an eighth?",
                IN_GREEK: "It has no label. What does pass8 do with it?",
                IN_JIS: "It has no byte with its eighth bit."}),
        solution=IN_PRICES,
        hints=("Which of them have 8-bit bytes at all, and a label?", "Count the bytes: where is the border between quoted-printable and base64?"),
        mistakes=(IN_SIGNED, IN_JIS, IN_GREEK),
        choices=tuple(SAMPLES),
    ),
    Exercise(
        "10.b",
        "Your users write Japanese in EUC-JP, with a label and without. The next host does not offer 8BITMIME. Its line "
        "really has only 7 bits. Write the line of sendmail.cf with which all arrives in a form that can be decoded.",
        "cf",
        _seven_bit_path,
        solution="O EightBitMode=mimefy",
        hints=("pass8 is the default. What does it do with what has no label?", "There are three modes."),
        mistakes=("O EightBitMode=pass8", "O EightBitMode=strict", "O SevenBitInput=True", "Mesmtp, P=[IPC], F=mDFMuXa8, L=990, A=TCP $h"),
        given="O EightBitMode=pass8",
    ),
    Exercise(
        "10.c",
        "hana's mail program knows no MIME, but shows 8-bit text. Senders encode everything in base64. The line below is "
        "that of your local mailer. Change it so that her mailbox has the text itself.",
        "cf",
        _mailbox,
        solution="Mlocal, P=/usr/libexec/mail.local, F=lsDFMAw5:/|@qPrn9, A=mail.local -d $u",
        hints=("A flag of the mailer decodes: from 7 bits to 8.", "It is a digit."),
        mistakes=("Mlocal, P=/usr/libexec/mail.local, F=lsDFMAw5:/|@qPrn7, A=mail.local -d $u",
                  "Mlocal, P=/usr/libexec/mail.local, F=lsDFMAw5:/|@qPrn8, A=mail.local -d $u",
                  "Mlocal, P=/usr/libexec/mail.local, F=lsDFMAw5:/|@qPrn, A=mail.local -d $u\nO EightBitMode=mimefy"),
        given=GIVEN,
    ),
)  # fmt: skip

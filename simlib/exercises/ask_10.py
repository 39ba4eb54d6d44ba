"""What lesson 10 asks before its runs."""

from email import message_from_bytes

from simlib.exercises.question import Point, Question
from simlib.trace.record import Trace
from simlib.trace.table import Table
from simlib.world import World

WORD = "日本語"


def _leaves(trace: Trace) -> str:
    """How the letter goes on."""
    if not trace.totals()["delivered"]:
        return "returned"
    content = trace.content(1)
    charset = message_from_bytes(content).get_content_charset() or ""
    return "as they are" if not content.isascii() else charset or "ascii"


def _encodings(trace: Trace) -> tuple[str, ...]:
    """The encoding of each part."""
    parts = [part for part in message_from_bytes(trace.content(1)).walk() if not part.is_multipart()]
    return tuple(str(part["Content-Transfer-Encoding"] or "none") for part in parts)


def _read_in(column: str, word: str, table: Table) -> tuple[str, ...]:
    """The codes that are shown right."""
    return tuple(code for code, read in zip(table["Written in"], table[column], strict=True) if read == word)


def _in_the_mailbox(trace: Trace) -> str:
    written = "日本語のメール\n".encode("euc-jp")
    came = trace.content(1).partition(b"\n\n")[2]
    if came.isascii():
        return "encoded"
    return "same" if came == written else "one line more" if came == written + b"\n" else "other"


def _lost(trace: Trace) -> str:
    """What the notice lacks."""
    notice = trace.content(trace.notices["message"][0])
    for what, mark in (("reason", b"550"), ("letter", b"At noon?"), ("for programs", b"message/delivery-status")):
        if mark not in notice:
            return what
    return "nothing"


def _all_words() -> Trace:
    """taro mails the output of mailq on a host with goaway."""
    world = World(seed=10)
    mail = world.sendmail("mail.here.example", domain="here.example", cf="O PrivacyOptions=goaway")
    far = world.sendmail("mx.far.example", domain="far.example")
    world.outage(far.daemon, "0s", "1d")
    world.user(mail, "taro", "hana")
    mail.submit("hana@here.example", "doctor@far.example")
    world.run(until="1m")
    world.shell(mail, user="taro")("mailq | sendmail taro")
    return world.run(until="2m")


def _old_second_host() -> Trace:
    """A letter with a wish through a, b and c, of which b has sendmail 8.6."""
    world = World(seed=10)
    a = world.sendmail("a.example", cf="DS[b.example]")
    world.sendmail("b.example", version="8.6.12", cf="DS[c.example]\nCR example")
    world.sendmail("c.example", cf="CR example")
    a.submit("taro@a.example", "hana@c.example", notify=["success"])
    return world.run(until="10m")


QUESTIONS = (
    Question(
        "10.2",
        "日本語 in EUC-JP, without a label. EightBitMode is pass8, and the next host does not offer 8BITMIME. What leaves?",
        choices={
            "unknown-8bit": (
                "base64 with charset=unknown-8bit",
                "That is mimefy. pass8 converts only what says what it is.",
            ),
            "euc-jp": (
                "base64 with charset=euc-jp",
                "Nobody has said that it is EUC-JP. With a label it would be so.",
            ),
            "returned": ("nothing: it is returned", "That is strict. pass8 lets pass, as its name says."),
            "as they are": (
                "the bytes as they are",
                "It is against the rules, and it works wherever the next host is 8-bit clean.",
            ),
        },
        seen=_leaves,
        because="Without a label nobody knows what the bytes mean. pass8 leaves them alone.",
        points=(
            Point("mode", "8-bit bytes that arrive", "falls", ends=("pass8", "mimefy")),
            Point("mode", "delivered", "falls"),
        ),
    ),
    Question(
        "10.2b",
        "SevenBitInput=True. The same word comes in four codes. Which of them can Hana still read?",
        choices={
            ("euc-jp", "shift_jis", "utf-8", "iso-2022-jp"): (
                "all: her program knows the code",
                "It needs the bytes, too, and they have lost their eighth bit.",
            ),
            ("euc-jp", "iso-2022-jp"): (
                "EUC-JP and ISO-2022-JP",
                "They have much in common: only the eighth bit tells EUC from ASCII. That bit is gone.",
            ),
            ("utf-8",): ("UTF-8, since it contains ASCII", "Its Japanese letters are of 8-bit bytes only."),
            ("iso-2022-jp",): ("ISO-2022-JP", "It has no eighth bit that could be lost."),
        },
        seen=lambda table: _read_in("Hana reads", WORD, table),
        because="What is cut off comes back in no way. Base64 would have kept it.",
    ),
    Question(
        "10.3",
        "15 % of the bytes of a text have their eighth bit. Quoted-printable would make it 1.3 times as long, "
        "base64 1.38 times. Which does sendmail choose?",
        choices={
            "quoted-printable": (
                "quoted-printable",
                "It is shorter, up to some 18 %. sendmail does not calculate: more than an eighth is base64.",
            ),
            "base64": ("base64", "15 % is more than an eighth, and that is the border."),
            "none": ("neither: it is returned", "It has a label, so that it can be converted."),
        },
        seen=lambda trace: _encodings(trace)[0],
        because="The border stands in the source, and a little before the point where both are equally long.",
        points=(Point("share", "bytes after : before", "rises"),),
    ),
    Question(
        "10.3b",
        "Four codes, no label, mimefy, a host of 7 bits. Which of the four does the Japanese reader of 1998 show right?",
        choices={
            ("euc-jp", "shift_jis", "utf-8", "iso-2022-jp"): (
                "all: he guesses the code",
                "He would have to see the bytes. The label says unknown-8bit, and they are in base64.",
            ),
            ("euc-jp", "shift_jis", "iso-2022-jp"): (
                "all but UTF-8",
                "They are the codes of that time. But three of the four are labelled unknown-8bit now.",
            ),
            ("iso-2022-jp",): ("ISO-2022-JP", "It was not touched, and it is what he expects without a label."),
            (): ("none: no label, no characters", "So it is for a reader who believes labels only."),
        },
        seen=lambda table: _read_in("Japanese, 1998", "日本語のメール", table),
        because="A code of 7 bits needs no help on the way. The others need a label.",
    ),
    Question(
        "10.3c",
        "A letter with three parts: Japanese in EUC, plain ASCII, French with a few accents. How are they encoded?",
        choices={
            ("base64", "base64", "base64"): (
                "all three base64: one letter, one encoding",
                "A multipart has no encoding of its own. Each part has one.",
            ),
            ("none", "none", "none"): (
                "none: a multipart is not touched",
                "Only a signed one is not. Here each part is looked at.",
            ),
            ("base64", "none", "quoted-printable"): (
                "base64, as it is, quoted-printable",
                "The share of 8-bit bytes is counted in each part.",
            ),
            ("quoted-printable", "none", "quoted-printable"): (
                "quoted-printable, as it is, quoted-printable",
                "The Japanese part is all of 8-bit bytes.",
            ),
        },
        seen=_encodings,
        because="sendmail takes the letter apart, and puts it together again.",
    ),
    Question(
        "10.4",
        "Flag 7 at Taro's host, flag 9 at Hana's. What lies in her mailbox, compared with what Taro wrote?",
        choices={
            "same": ("the very same bytes", "Nearly the same: there is something more at the end."),
            "one line more": ("the same bytes, and an empty line more", "sendmail ends the last line once more."),
            "encoded": ("base64, which her program decodes", "That is what lies there without the 9."),
            "other": ("another code: it went over 7 bits", "base64 keeps all bits. Nobody has changed the code."),
        },
        seen=_in_the_mailbox,
        because="What was encoded can be decoded. What SevenBitInput has cut off cannot.",
        points=(Point("flag", "8-bit bytes that arrive", "rises"),),
    ),
    Question(
        "10.1",
        "O SendMimeErrors=False. What is not in the notice any more?",
        choices={
            "letter": ("Taro's letter", "It stands at the end, as it did before MIME."),
            "reason": ("why it failed", "It stands in the first lines, for people."),
            "for programs": (
                "what a program could read of it",
                "The part message/delivery-status: which address, which code.",
            ),
            "nothing": ("nothing: it only looks otherwise", "People lose nothing. Programs do."),
        },
        seen=_lost,
        because="And a host that cannot write such notices does not offer DSN.",
        points=(Point("mime", "parts for programs", "rises"),),
    ),
    Question(
        "10.r1",
        "From lesson 09. You have set goaway. Taro, an ordinary user, types mailq on your host. Does he see Hana's letter to her doctor?",
        choices={
            True: ("yes", "goaway is about questions from outside. restrictmailq is a word of its own."),
            False: ("no: goaway stands for all words", "It stands for none of those that begin with restrict."),
            "own": ("only that there is one", "mailq shows all or nothing."),
        },
        seen=lambda trace: b"doctor@" in trace.mailbox("mail.here.example", "taro"),
        because="O PrivacyOptions=goaway,restrictmailq would do both.",
        run=_all_words,
    ),
    Question(
        "10.r2",
        "From lesson 08. A letter with a wish for a receipt goes from a by b to c. Only b is old. What does Taro hear?",
        choices={
            "delivered": ("“delivered”, from c", "c is new, but it never hears of the wish: b cannot hand it on."),
            "relayed": ("“relayed”, from a", "a sees that b does not offer DSN, and tells what it knows."),
            "": ("nothing", "Whoever cannot hand the wish on says so."),
        },
        seen=lambda trace: " and ".join(trace.told["action"]),
        because="One old host on the way is enough.",
        run=_old_second_host,
    ),
)

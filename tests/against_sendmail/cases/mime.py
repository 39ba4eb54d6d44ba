"""8-bit mail: EightBitMode x SevenBitInput x what the peer offers x mailer flags, byte by byte (claims 10.1-10.4)."""

from itertools import product

from simlib.smtp import Quirks
from tests.against_sendmail.case import Case, Letter
from tests.against_sendmail.cases.site import FINE, NO_USER, ZONE

SEVEN = Quirks(extensions=frozenset({"ENHANCEDSTATUSCODES", "PIPELINING", "SIZE", "DSN"}))
OLD = Quirks(hello_only=True)
PEERS = {"8BITMIME": FINE, "no 8BITMIME": SEVEN}
OBSERVE = ("connections", "arrived", "queue", "reports")
JAPANESE = "日本語のメール\nこんにちは、太郎さん。お元気ですか。\n"
PLAIN = "text/plain; charset=iso-8859-1"
ACCENTS = "café naïve =3D\nand more of it, so that few bytes have their eighth bit\n".encode("latin-1")


def mime(kind: str, encoding: str, body: bytes, more: str = "") -> bytes:
    """What stands below the Subject."""
    fields = {"MIME-Version": "1.0", "Content-Type": kind, "Content-Transfer-Encoding": encoding}
    return (
        "".join(f"{key}: {value}\n" for key, value in fields.items() if value).encode() + more.encode() + b"\n" + body
    )


UNLABELLED, LABELLED = b"\n" + ACCENTS, mime(PLAIN, "8bit", ACCENTS)
QUOTED = mime(PLAIN, "quoted-printable", b"caf=E9 =3D\nsoft =\nbreak\nend=20\n  bad =ZZ=41\n=e9\n")
BASE64 = mime(PLAIN, "base64", b"Y2Fm6SBuYe92ZQ0KY2Fm6Q0K\n")


def letter(content: bytes, body: str = "") -> Letter:
    """With BODY= if wanted."""
    return Letter(("u@one.test",), content=content, parameters=f"BODY={body}" if body else "")


def case(name: str, content: bytes, peer: str = "8BITMIME", cf: str = "", flags: str = "", body: str = "") -> Case:
    """A letter to a peer."""
    m4 = f"MODIFY_MAILER_FLAGS(`ESMTP', `+{flags}')" if flags else ""
    name += "".join(
        f", {part}" for part in (cf.removeprefix("O ").replace("\nO ", ", "), flags and f"F={flags}", body) if part
    )
    return Case(f"{name}, to {peer}", (letter(content, body),), {"mx1.test": PEERS[peer]}, ZONE, cf=cf, m4=m4,
                observe=OBSERVE)  # fmt: skip


MODES = [
    case(name, content, peer, f"O EightBitMode={mode}\nO SevenBitInput={seven}", flags, body)
    for mode, seven, peer, flags, (name, content), body in product(
        ("pass8", "mimefy", "strict"), ("False", "True"), PEERS, ("", "9"),
        (("no label", UNLABELLED), ("a label", LABELLED)), ("", "8BITMIME", "7BIT"),
    )
    if mode != "strict" or content is LABELLED or body or seven == "True"  # else it is refused, and cannot be posted
]  # fmt: skip
FLAGS = [
    *(case(name, content, peer, flags=flags) for flags, peer, (name, content) in product(
        ("7", "8", "9", "79"), PEERS, (("a label", LABELLED), ("quoted-printable", QUOTED), ("base64", BASE64)))),
    case("no label", UNLABELLED, flags="7", body="8BITMIME"),
    case("html", mime("text/html", "quoted-printable", b"caf=E9\n"), flags="9"),
    case("base64 that ends in a line", mime(PLAIN, "BASE64", b"Y2Fm6Q==\n"), flags="9"),
]  # fmt: skip
PART = "--B\nContent-Type: text/plain; charset={}\nContent-Transfer-Encoding: 8bit\n\n"
SAMPLES = {
    **{f"{charset}, no label": b"\n" + JAPANESE.encode(charset)
       for charset in ("iso-2022-jp", "euc-jp", "shift_jis", "utf-8")},
    **{charset: mime(f"text/plain; charset={charset}", "8bit", JAPANESE.encode(charset))
       for charset in ("iso-2022-jp", "euc-jp", "shift_jis", "utf-8")},
    "a few accents": LABELLED,
    "lines to break": mime(PLAIN, "8bit", b"\xe9" + b"a" * 71 + b"\n" + b"".join(b"b" * n + b". \n" for n in range(70, 79))
                           + b".\n..\nFrom me\n\ttab\t\n" + b"c" * 72 + b"..d\n" + b"e" * 73 + b".f\n"),
    "54 bytes": mime(PLAIN, "8bit", b"\xe9" * 52 + b"\n"),
    "55 bytes": mime(PLAIN, "8bit", b"\xe9" * 53 + b"\n"),
    "more than is looked at": mime(PLAIN, "8bit", (b"\xe9" * 10 + b"x" * 29 + b"\n") * 110 + b"y" * 70_00 + b"\n"),
    "many bytes at first": mime(PLAIN, "8bit", (b"\xe9" * 12 + b"x" * 27 + b"\n") * 110 + b"y" * 40_000 + b"\n"),
    "binary": mime(PLAIN, "binary", ACCENTS),
    "no encoding named": mime(PLAIN, "", ACCENTS),
    "no type": mime("", "8bit", ACCENTS),
    "a type that is none": mime("what?", "8bit", ACCENTS),
    "8 bits in quoted-printable": mime(PLAIN, "quoted-printable", ACCENTS),
    "NUL and DEL": mime(PLAIN, "8bit", b"a\0b\x7f\x01" + ACCENTS),
    "only the Subject has 8 bits": "X-Name: 太郎\n\nascii\n".encode(),
    "multipart": mime("multipart/mixed; boundary=B", "8bit", (
        b"before \xe9\n" + PART.format("euc-jp").encode() + JAPANESE.encode("euc-jp")
        + b"--B\nContent-Type: text/plain\n\nascii\n" + PART.format("iso-8859-1").encode() + ACCENTS + b"--B--\nafter \xe9\n")),
    "nested, no end, a message in it": mime('multipart/mixed; boundary="A"', "", (
        b"--A\nContent-Type: multipart/alternative; boundary=B\n\n" + PART.format("utf-8").encode() + JAPANESE.encode()
        + b"--B--\n\n--A\nContent-Type: message/rfc822\n\nSubject: inner\n\n" + ACCENTS)),
    "signed": mime("multipart/signed; boundary=B", "8bit", PART.format("utf-8").encode() + JAPANESE.encode() + b"--B--\n"),
    "digest": mime("multipart/digest; boundary=B", "8bit", b"--B\n\nSubject: y\n\n" + ACCENTS + b"--B--\n"),
    "no boundary named": mime("multipart/mixed", "8bit", b"--B\n\n" + ACCENTS),
    "a boundary that never comes": mime("multipart/mixed; boundary=B", "8bit", ACCENTS),
}  # fmt: skip
CHARSETS = [case(name, content, "no 8BITMIME", body="8BITMIME") for name, content in SAMPLES.items()]
ODD = [
    case("lines that are too long", b"\n" + b"".join(b"%d" % (n % 10) * n + b"\n" for n in (989, 990, 991, 2500, 3500))),
    case("a long field", b"X-Long: " + b"s" * 300 + b"\n\nbody\n"),
    case("a line of 200,000", b"\n" + b"y" * 200_000 + b"\n"),
    case("no header at all, a colon later", b"words: here\nno colon\nX: y\n\nbody\n"),
    case("fields that are dropped", b"Bcc: hidden@one.test\nReturn-Path: <x@y.test>\nX : blank\nX-Empty:\n\nbody\n"),
    case("a line from a mailbox", b"\nFrom here on it goes\n.\n..\n"),
    case("twice From", b"From: a@snd.test\nFrom: b@snd.test\nDate: whenever\n\nbody\n"),
    case("no body", b"X: y\n"),
    case("DefaultCharSet", UNLABELLED, "no 8BITMIME", "O EightBitMode=mimefy\nO DefaultCharSet=euc-jp"),
    Case("old peer, a label", (letter(LABELLED),), {"mx1.test": OLD}, ZONE, observe=OBSERVE),
    Case("8-bit mail comes back", (letter(LABELLED),), {"mx1.test": Quirks(replies={"RCPT": NO_USER})}, ZONE,
         observe=OBSERVE),
    Case("delivered here, base64", (Letter(("hana@snd.test",), content=BASE64),), {"mx1.test": FINE}, ZONE,
         observe=("queue",)),
]  # fmt: skip
CASES = MODES + FLAGS + CHARSETS + ODD

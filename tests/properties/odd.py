"""Odd texts, by lot: what people, files and other hosts may hold, right, nearly right, and not at all."""

from collections.abc import Callable, Sequence
from random import Random

ODD = (
    *("", " ", "\t", "\n", "\r", "\r\n", "\0", "\x01", "\x1b[2J", "\x7f", "\x85", "\x9f", "\u2028", "\u202e", "\ufeff"),
    *(
        "²",
        "٣",
        "１２",
        "½",
        "é",
        "漢字",
        "\udc80",
        "\ud800",
        "😀",
        "'",
        '"',
        "`",
        "\\",
        "\\\\",
        "$",
        "$$",
        "${",
        "$(",
        "#",
    ),
    *(
        "%",
        "%s",
        "%n",
        "&",
        "*",
        "+",
        ",",
        ",,",
        "-",
        "--",
        "-0",
        "-1",
        ".",
        "..",
        "/",
        "//",
        "../..",
        ":",
        "::",
        ";",
        "|",
    ),
    *(
        "<",
        ">",
        "<>",
        "<<>>",
        "=",
        "?",
        "@",
        "@@",
        "[",
        "]",
        "[]",
        "[[",
        "^",
        "_",
        "{",
        "}",
        "~",
        "~/x",
        "(",
        ")",
        "()",
    ),
    *("0", "00", "1e400", "inf", "nan", "NaN", "-inf", "0x10", "1_000", "9" * 400, "9" * 5_000, "1" * 19, str(2**31)),
    *(str(2**63), "true", "None", "x" * 300, "x" * 3_000, "a" * 20 + " " * 20, "(" * 60, ")" * 60, "[" * 60, '"' * 61),
    *("../etc/passwd", "/dev/null", "/", "/tmp/", "CON", "root", "postmaster", "MAILER-DAEMON", "daemon", "nobody"),
)
ADDRESSES = (
    *(
        "taro",
        "Taro",
        "taro@mail.example",
        "u1",
        "u2",
        "staff",
        "owner-staff",
        "list",
        "a@mx0.example",
        "b@mx1.example",
    ),
    *(
        "c@peer.example",
        "d@both.example",
        "e@nobody.invalid",
        "f@loop.example",
        "u1@[10.0.0.1]",
        "u1@[",
        "u1@]",
        "@",
        "a@",
    ),
    *(
        "@b",
        "a@@b",
        "a@b@c",
        "u1+detail",
        "u1+",
        "+u1",
        "\\u1",
        "\\",
        "\\\\u1",
        "u1%mx0.example@mail.example",
        "u1%",
        "<u1>",
    ),
    *(
        "<u1",
        "u1>",
        "<>",
        "Hana <u1>",
        "u1 (x)",
        "(x)",
        "group: u1;",
        ":",
        ";",
        "u1;",
        '"u 1"',
        '"u1',
        "u1\0",
        "u1 u2",
        "u1,u2",
    ),
    *(
        "|",
        "| ",
        "|exit",
        "|exit 5",
        "|exit x",
        '"|"',
        '"|exit 75"',
        "|/bin/cat",
        "|nosuch",
        "|;",
        "|sh -c 'exit 3'",
        "|\0",
    ),
    *("/", "//", "/tmp/x", "/dev/null", "/nosuch/x", "/etc/mail", "/tmp/", "/a@b", ":include:", ":include:/lists/l1"),
    *(
        ":include:l1",
        ":include:/nosuch",
        ":include:/lists",
        ":INCLUDE:/lists/l1",
        "mail",
        "mail.example",
        "u1@mail",
        "u1@",
    ),
    *(
        "hana@moved.example.REDIRECT",
        "u1@mail.example.redirect",
        "x@mx0.example.",
        "x@.",
        "x@..",
        "@mx0.example:u1@mx1.example",
    ),
    *("mx0!u1", "u1@MX0.EXAMPLE", "error:x", "local:u1", "漢字@mx0.example", "u1@漢字.example", "é", "-f", "-"),
)


def text(lot: Random, words: Sequence[str] = ODD, most: int = 4) -> str:
    """Some words, stuck together or with something between them."""
    parts = [lot.choice(words) if lot.random() < 0.7 else lot.choice(ODD) for _ in range(lot.randint(0, most))]
    return lot.choice(("", " ", " ", ",", "\n", "\t")).join(parts)


def mutated(lot: Random, whole: str) -> str:
    """A text that was right once: pieces cut out, doubled, exchanged, put in."""
    for _ in range(lot.randint(1, 3)):
        start, end = sorted(lot.randint(0, len(whole)) for _ in range(2))
        end = min(end, start + lot.choice((1, 3, 20)))
        piece = lot.choice(("", lot.choice(ODD), whole[start:end] * 2, whole[end : end + 10]))
        whole = whole[:start] + piece + whole[end:]
    return whole


def lines(lot: Random, line: Callable[[Random], str], most: int = 6) -> str:
    """Lines of a file, ended as files on this earth are."""
    return lot.choice(("\n", "\n", "\n", "\r\n", "\n\n")).join(line(lot) for _ in range(lot.randint(0, most)))


def address(lot: Random) -> str:
    """An address, as somebody may write it."""
    if lot.random() < 0.8:
        return lot.choice(ADDRESSES)
    return mutated(lot, lot.choice(ADDRESSES)) if lot.random() < 0.7 else text(lot)


def addresses(lot: Random) -> str:
    """A line of a list or of a .forward file."""
    if lot.random() < 0.15:
        return text(lot)
    return lot.choice((", ", ",", "\n", "\n ")).join(address(lot) for _ in range(lot.randint(1, 3)))


def aliases(lot: Random) -> str:
    """An aliases file."""

    def line(lot: Random) -> str:
        name = lot.choice(
            ("staff", "list", "owner-list", "owner-staff", "loop", "pool", "u1", "postmaster", address(lot))
        )
        return lot.choice((f"{name}: {addresses(lot)}",) * 6 + (name, f" {name}", f"#{name}", f"{name}:", text(lot)))

    return lines(lot, line, 8)

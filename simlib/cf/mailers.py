"""M lines: how mail is handed on, by which program or over which connection."""

import re
from types import MappingProxyType
from typing import NamedTuple

from simlib.cf.equates import name_and_equates, number_of
from simlib.cf.errors import Unreadable
from simlib.cf.values import read_time
from simlib.language import phrase

SMTP_LINE_LIMIT = 990
DEFAULT_MAX_RECIPIENTS = 100
_EQUATES = "PFSRELMATUWmrCQND/"
_NEVER_EMPTY = "EDCQ/"

FLAG_MEANINGS = MappingProxyType(
    {
        "a": "speaks ESMTP: EHLO always",
        "A": "addresses may be aliases",
        "b": "blank line after the message",
        "B": "backslashes before the address go",
        "c": "no comments in addresses",
        "C": "the sender's domain completes recipients in headers that have none",
        "d": "no angle brackets round the sender",
        "D": "wants a Date: header",
        "e": "expensive: with HoldExpensive, mail waits for a queue run",
        "E": "a From at the start of a line becomes >From",
        "f": "-f sender among the arguments when a sender was given",
        "F": "wants a From: header",
        "g": "bounces go out with the real sender name, not <>",
        "h": "upper case in host names stays",
        "i": "envelope sender through the user database",
        "I": "the other side is our own sendmail",
        "j": "header recipients through the user database",
        "k": "no check whether the host that answers is ourselves",
        "l": "local: the mail is delivered for good",
        "L": "line length is limited",
        "m": "many recipients in one go",
        "M": "wants a Message-Id: header",
        "n": "no From_ line at the head",
        "o": "runs as the recipient",
        "p": "sender as a route back",
        "P": "wants a Return-Path: header",
        "q": "VRFY of an address answers 250",
        "r": "-r sender among the arguments when a sender was given",
        "R": "connects from a port only root may use",
        "s": "quotes round the address go",
        "S": "keeps the identity it was started with",
        "u": "upper case in user names stays",
        "U": "UUCP-style From_ line",
        "v": "wants Content-Length: (System V Release 4)",
        "w": "the user must be in the password file",
        "W": "does not heed what is known of the host's state",
        "x": "wants a Full-Name: header",
        "X": "a dot at the start of a line is doubled",
        "z": "speaks LMTP: a reply for each recipient",
        "Z": "waits DialDelay and tries again",
        "0": "no MX records",
        "1": "NUL bytes go",
        "2": "no ESMTP even if offered",
        "3": "quoted-printable safe for EBCDIC",
        "4": "IPv4 only",
        "5": "ruleset 5 for a name that is no alias",
        "6": "7 bits in headers",
        "7": "7 bits only",
        "8": "8 bits even if not offered",
        "9": "7-bit MIME text is made 8-bit again",
        ":": "addresses may be :include: files",
        "|": "addresses may be programs",
        "/": "addresses may be files",
        "@": "addresses through the user database",
        "%": "delivers only on ETRN or a selecting queue run",
    }
)
"""What each letter of ``F=`` means [sendmail's include/sendmail and src/sendmail.h M_* flags; facts section 10]."""


class Mailer(NamedTuple):
    """One M line. Each field names its equate; the defaults are sendmail's.

    ``path`` (P=) is a program, ``[IPC]`` for the network or ``[FILE]``; ``flags`` (F=) are single characters, see
    ``FLAG_MEANINGS``; ``argv`` (A=) is the command line or ``TCP $h``; ``sender_rulesets`` and ``recipient_rulesets``
    (S=, R=) are those for envelope and header; ``type`` (T=) is what a DSN calls MTA, address and diagnostic.
    ``max_size`` (M=) counts bytes, ``max_messages`` (m=) messages a connection, ``wait`` (W=) seconds; 0 is no limit.
    """

    name: str
    path: str
    argv: str
    flags: frozenset[str] = frozenset()
    max_size: int = 0
    max_messages: int = 0
    max_recipients: int = DEFAULT_MAX_RECIPIENTS  # r=
    line_limit: int = 0  # L=, 0 none
    eol: str = "\n"  # E=
    sender_rulesets: tuple[str, str] = ("", "")
    recipient_rulesets: tuple[str, str] = ("", "")
    type: tuple[str, str, str] = ("", "", "")
    user: str = ""  # U=
    directory: str = ""  # D=
    root: str = ""  # /=
    charset: str = ""  # C=
    queue_group: str = ""  # Q=
    nice: int = 0  # N=
    wait: float = 0.0

    @property
    def is_local(self) -> bool:
        """F=l: it delivers on this host."""
        return "l" in self.flags

    @property
    def takes_many(self) -> bool:
        """F=m: several recipients in one transaction, as many as ``max_recipients``."""
        return "m" in self.flags

    @property
    def looks_for_no_mx(self) -> bool:
        """F=0: MX records are not asked for."""
        return "0" in self.flags

    @property
    def wants_an_account(self) -> bool:
        """F=w: the recipient has to be a user of this host."""
        return "w" in self.flags

    @property
    def keeps_case(self) -> bool:
        """F=u: the user's name is not made lower case."""
        return "u" in self.flags

    @property
    def speaks_lmtp(self) -> bool:
        """F=z: LMTP is spoken with its program."""
        return "z" in self.flags

    @property
    def is_expensive(self) -> bool:
        """F=e: with HoldExpensive its mail waits for a queue run."""
        return "e" in self.flags

    @property
    def waits_for_etrn(self) -> bool:
        """F=%: its mail waits for ETRN, or a queue run that takes entries by name (since 8.12)."""
        return "%" in self.flags

    @property
    def strips_comments(self) -> bool:
        """F=c: addresses in the header go without comments."""
        return "c" in self.flags

    @property
    def completes_addresses(self) -> bool:
        """F=C: addresses in the header of its users' mail that have no domain get that of the sender."""
        return "C" in self.flags

    @property
    def wants_return_path(self) -> bool:
        """F=P: a Return-Path: line stands before all others."""
        return "P" in self.flags


def read_mailer(body: str) -> Mailer:
    """Read what follows the M of an M line.

    Raises :class:`~simlib.cf.errors.Unreadable` where sendmail refuses the mailer, and for a number that is none.

    >>> read_mailer("relay, P=[IPC], F=mDFMuXa8, M=5000, A=TCP $h").max_size
    5000
    """
    name, values = name_and_equates("mailer", body, _EQUATES)
    for letter in _NEVER_EMPTY:
        if values.get(letter) == "":
            said = f"mailer {name}: {'null end-of-line string' if letter == 'E' else f'{letter}= is empty'}"
            cure = phrase("give {letter}= a value or leave it out", letter=letter)
            raise Unreadable(
                phrase("mailer {name}: {letter}= is empty", name=name, letter=letter),
                cure,
                f"{letter}=",
                said,
            )
    for letter, example in (("A", "A=TCP $h"), ("P", "P=[IPC]")):
        if not values.get(letter, "").strip():
            said = f"M{name}: {letter}= argument required"
            raise Unreadable(
                phrase("mailer {name}: {letter}= is missing", name=name, letter=letter),
                phrase("every mailer needs it: {example}", example=example),
                said=said,
            )
    path, argv = values["P"], values["A"]
    _check_arguments(name, path, argv.split())
    flags = frozenset(flag for flag in values.get("F", "") if not flag.isspace())
    if name == "prog":
        flags -= {"m"}  # a program gets one recipient, whatever the line says
    numbers = {letter: number_of("mailer", letter, values[letter]) for letter in "MmrLN" if letter in values}
    return Mailer(
        name=name,
        path=path,
        argv=argv,
        flags=flags,
        max_size=numbers.get("M", 0),
        max_messages=numbers.get("m", 0),
        max_recipients=numbers["r"] if numbers.get("r", 0) > 0 else DEFAULT_MAX_RECIPIENTS,
        line_limit=max(numbers.get("L", 0), 0) or (SMTP_LINE_LIMIT if "L" in flags else 0),
        eol=values.get("E", "\n" if re.search(r"\$u|\$\{u\}", argv) else "\r\n"),
        sender_rulesets=_rulesets(values.get("S")),
        recipient_rulesets=_rulesets(values.get("R")),
        type=_type(path, argv, values.get("T")),
        user=values.get("U", ""),
        directory=values.get("D", ""),
        root=values.get("/", ""),
        charset=values.get("C", ""),
        queue_group=values.get("Q", ""),
        nice=numbers.get("N", 0),
        wait=read_time(values.get("W", ""), "s"),
    )


def _check_arguments(name: str, path: str, argv: list[str]) -> None:
    if path == "[TCP]":
        said = f"M{name}: P=[TCP] must be replaced by P=[IPC]"
        raise Unreadable(phrase("mailer {name}: P=[TCP] is no longer known", name=name), "write P=[IPC]", path, said)
    if path == "[IPC]" and len(argv) < 2:
        said = f"M{name}: too few parameters for [IPC] mailer"
        raise Unreadable(
            phrase("mailer {name}: too few words in A= for P=[IPC]", name=name), "write A=TCP $h", argv[0], said
        )
    if path == "[FILE]" and (len(argv) != 2 or argv[0] != "FILE"):
        wrong = "too few parameters for" if len(argv) < 2 else "first argument in"
        said = f"M{name}: {wrong} [FILE] mailer{'' if len(argv) < 2 else ' must be FILE'}"
        raise Unreadable(phrase("mailer {name}: A= does not fit P=[FILE]", name=name), "write A=FILE $u", argv[0], said)


def _rulesets(text: str | None) -> tuple[str, str]:
    """``S=envelope/header``; one name serves for both."""
    if text is None:
        return ("", "")
    envelope, slash, header = (part.strip() for part in text.partition("/"))
    for name in (envelope, header) if slash else (envelope,):
        if not re.fullmatch("[0-9]{1,2}|[A-Za-z][A-Za-z0-9_]*", name):
            said = f"bad ruleset {name} (100 max)" if name.isdecimal() else f'invalid ruleset name: "{name}"'
            problem = phrase("invalid ruleset name {name!r} in a mailer", name=name)
            raise Unreadable(problem, "write it like S=EnvFromL/HdrFromL", text, said)
    return (envelope, header if slash else envelope)


def _type(path: str, argv: str, text: str | None) -> tuple[str, str, str]:
    if text is None and path != "[IPC]":
        return ("", "", "")
    given = [*(text or "").split("/", 2), "", "", ""]
    diagnostic = "x-unix" if text is None and argv.split()[0] == "FILE" else "smtp"
    return (given[0] or "dns", given[1] or "rfc822", given[2] or diagnostic)

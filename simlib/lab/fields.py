"""What the pieces of a log line, of mailq's listing and of an SMTP dialogue mean, in a sentence each."""

import re
from collections.abc import Iterator
from typing import NamedTuple

from simlib.language import phrase


class Piece(NamedTuple):
    """A piece of a text, and what it means: nothing where it means nothing by itself."""

    text: str
    meaning: str


_OF_A_TO_LINE = (  # a whole field of the log → what it means; the first that fits counts
    (r"to=.*", "the recipient that this line is about"),
    (r"ctladdr=.*", "the user with whose rights it is delivered"),
    (r"delay=.*", "how long the letter has been on this host by now (hours:minutes:seconds)"),
    (r"xdelay=.*", "how long this one attempt took"),
    (r"mailer=local", "the way out: into a mailbox of this host"),
    (r"mailer=.*", "the way out: esmtp is SMTP over the net. It is the name of an M line in sendmail.cf"),
    (r"pri=.*", "its priority in the queue. The smaller the number, the earlier its turn"),
    (r"relay=.*\[.*\]", "the host that was called. An address in brackets: there was a connect to this address"),
    (r"relay=.*", "the host that should have been called. No address in brackets: there was no connect this time"),
    (r"reply=.*", "what the other host said last"),
    (r"dsn=2.*", "the status code of RFC 3463: 2 is done"),
    (r"dsn=4.*", "the status code of RFC 3463: 4 is “not now, try again later”"),
    (r"dsn=5.*", "the status code of RFC 3463: 5 is final, the letter goes back"),
    (r"stat=Sent.*", "it is done. In parentheses: the other host's answer, with the queue ID that it has there"),
    (r"stat=queued.*", "it was put into the queue and not tried yet"),
    (r"stat=Deferred.*", "it stays in the queue and is tried again. Behind the colon: why"),
    (r"stat=.*", "what came of it"),
)
_OF_A_FROM_LINE = (
    (r"from=<>", "the sender is empty: this is a notice"),
    (r"from=.*", "the sender in the envelope: notices go there"),
    (r"size=.*", "bytes of the letter"),
    (r"class=.*", "from the Precedence: header. Without one it is 0"),
    (r"nrcpts=.*", "how many recipients it has"),
    (r"msgid=.*", "the Message-Id: header. It is the same on every host, the queue ID is not"),
    (r"proto=.*", "how it came: by ESMTP or SMTP"),
    (r"daemon=.*", "the daemon that took it"),
    (r"relay=.*@localhost.*", "where it came from: it was handed in on this host"),
    (r"relay=.*", "where it came from: the host and its address"),
)
_HEAD_OF_A_LOG_LINE = (
    ("time", "when the line was written"),
    ("host", "the host that wrote it"),
    ("program", "the program"),
    ("pid", "the number of the process"),
    ("qid", "the queue ID: all lines about one letter on this host have the same"),
)
_LOG_LINE = re.compile(
    r"(?P<time>\w{3} [ \d]\d [\d:]{8}) (?P<host>\S+) (?P<program>[\w-]+)\[(?P<pid>\d+)\]: "
    r"(?P<qid>\w+): (?P<fields>\w+=.*)"
)

_ENTRY = re.compile(
    r"(?P<qid>\w{10,}?)(?P<mark>[*X -]) +(?P<size>\d+) (?P<time>\w{3} \w{3} [ \d]\d [\d:]{5}) (?P<sender><.*>)"
)
_OF_AN_ENTRY = (
    ("qid", "the queue ID: the log has the same"),
    ("mark", ""),  # by its value
    ("size", "bytes of the body"),
    ("time", "when it came into this queue"),
    ("sender", "the sender"),
)
MARKS = {
    "*": "a process is working on it now",
    "-": "its last attempt is too recent: it is younger than MinQueueAge, so a queue run leaves it alone",
    "X": "the load of the host is too high for it: it is not tried now",
    " ": "no mark: it waits for the next queue run",
}
_OF_A_LISTING = (
    (re.compile(r" +(\(.*)"), "why it is still here: what came of the last attempt"),
    (re.compile(r"\s+(<.*>)"), "a recipient that does not have it yet"),
    (re.compile(r"\t\t(/.* \(\d+ requests?\))"), "where the queue lies, and how many letters are in it"),
    (re.compile(r"\t\t(Total requests: .*)"), "how many letters are in all queues"),
)

_SAID = re.compile(r"(?P<who><<<|>>>) (?P<word>\d{3}[- ]?|\S+)(?P<rest>.*)")
WHO = {"<<<": "the server says", ">>>": "the client says"}
_CODES = {
    "2": "it is done",
    "3": "go on",
    "4": "not now: try again later",
    "5": "no, and do not try again",
}
_VERBS = {
    "EHLO": "hello, I speak ESMTP. My name follows. The server answers with what it can do",
    "HELO": "hello, I speak the old SMTP. My name follows",
    "MAIL": "a new letter. The sender in the envelope follows",
    "RCPT": "a recipient of it. It may come several times",
    "DATA": "now the letter itself follows",
    ".": "a line with only a dot: the letter is at its end. The answer to it says whose letter it is now",
    "RSET": "forget what was said of a letter; also a way to ask: are you still there?",
    "QUIT": "goodbye",
}
_OFFERS = {
    "PIPELINING": "you may send several commands without waiting for each answer",
    "SIZE": "you may say how large the letter is, and I say how large it may be",
    "8BITMIME": "I take bytes with the eighth bit",
    "DSN": "you may ask me for a receipt",
    "ENHANCEDSTATUSCODES": "behind the three digits I give a status code such as 2.1.0",
    "ETRN": "you may ask me to run my queue for you",
    "EXPN": "you may ask who is on a list",
    "VERB": "you may ask me to tell more",
    "HELP": "you may ask for help",
    "DELIVERBY": "you may say by when it has to be there",
}


def known_pieces(text: str) -> list[Piece]:
    """A text cut into its pieces, as far as they are known; what is between them has no meaning."""
    pieces: list[Piece] = []
    for line in text.splitlines(keepends=True):
        pieces += _line(line.rstrip("\n"))
        if line.endswith("\n"):
            pieces.append(Piece("\n", ""))
    return pieces


def _line(line: str) -> Iterator[Piece]:
    if found := _LOG_LINE.fullmatch(line):
        yield from _cut(line, [(found.span(name), words) for name, words in _HEAD_OF_A_LOG_LINE], found.start("fields"))
        yield from _fields(found["fields"])
    elif found := _ENTRY.fullmatch(line):
        meanings = [(found.span(name), words or MARKS[found["mark"]]) for name, words in _OF_AN_ENTRY]
        yield from _cut(line, meanings, len(line))
    elif found := _SAID.fullmatch(line):
        yield from _said(found["who"], found["word"], found["rest"])
    else:
        known = ((pattern.fullmatch(line), words) for pattern, words in _OF_A_LISTING)
        span, words = next(((found.span(1), words) for found, words in known if found), ((0, 0), ""))
        yield from _cut(line, [(span, words)], len(line))


def _cut(line: str, spans: list[tuple[tuple[int, int], str]], end: int) -> Iterator[Piece]:
    """The line as far as ``end``, cut at these spans, each with its meaning."""
    place = 0
    for (begin, behind), words in spans:
        yield from (Piece(part, said) for part, said in ((line[place:begin], ""), (line[begin:behind], words)) if part)
        place = max(behind, place)
    if line[place:end]:
        yield Piece(line[place:end], "")


def _fields(fields: str) -> Iterator[Piece]:
    """The fields of a log line, which a comma parts from one another."""
    known = _OF_A_FROM_LINE if fields.startswith("from=") else _OF_A_TO_LINE
    for n, field in enumerate(re.split(r", (?=\w+=)", fields)):
        yield from [Piece(", ", "")] if n else []
        yield Piece(field, next((words for pattern, words in known if re.fullmatch(pattern, field)), ""))


def _said(who: str, word: str, rest: str) -> Iterator[Piece]:
    """One line of a dialogue."""
    yield Piece(who, WHO[who])
    yield Piece(" ", "")
    if who == ">>>":
        yield Piece(word + rest, _VERBS.get(word.upper(), ""))
        return
    code, more = word[:3], word[3:]
    words = _CODES.get(code[:1], "")
    yield Piece(
        code, phrase("{words}. The first digit tells: 2 done, 3 go on, 4 later, 5 no", words=words) if words else ""
    )
    if more == "-":
        yield Piece("-", "a hyphen: more lines of this answer follow")
    offer = rest.split(" ")[0]
    yield Piece((more if more != "-" else "") + rest, _OFFERS.get(offer, ""))

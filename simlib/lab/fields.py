"""What an administrator reads, in pieces: the fields of a log line, a mailq entry, a dialogue, and their meaning.

Meanings are those of op.me (*Logs*, *The queue*), mailq(1) and RFC 5321, in our own words.
"""

import re
from collections.abc import Iterator
from typing import NamedTuple

LOG = re.compile(r"(\w{3} [ \d]\d \d\d:\d\d:\d\d)( )(\S+)( )(\w+\[\d+\])(: )(?:(\w{14})(: ))?(.*)")
EQUATE = re.compile(r"([a-z]+=.*?)(, (?=[a-z]+=)|$)")
ENTRY = re.compile(r"(\w{14})([*X-]?)( *)(\d+)( )(\w{3} \w{3} [ \d]\d \d\d:\d\d)( )(<.*>)")
REPLY = re.compile(r"(<<< )(\d{3})([ -])(?:(\d\.\d+\.\d+)( ))?(.*)")
COMMAND = re.compile(r"(>>> )(\S+)( ?)(.*)")

EQUATES = {
    "from": "the sender on the envelope: who gets the return if the letter cannot be delivered",
    "to": "the recipient of whom this line tells",
    "ctladdr": "the address of this host from which the recipient came, such as an alias",
    "size": "bytes of the letter",
    "class": "from the Precedence: header; 0 for a common letter, below 0 for lists and bulk",
    "nrcpts": "how many recipients the letter has",
    "msgid": "the Message-Id: it stays the same on every host, the queue id does not",
    "proto": "how it came: SMTP after HELO, ESMTP after EHLO",
    "daemon": "which of this sendmail's listening ports took it",
    "delay": "how long after the letter came into this queue; waiting between the attempts counts",
    "xdelay": "how long this attempt took: x is for transmission",
    "mailer": "the way out: esmtp to another host, local to a mailbox here",
    "pri": "its priority in the queue: the smallest number goes first",
    "dsn": "the result as three numbers; begins with 2: done, 4: not now, 5: never",
}
RESULTS = {
    "Sent": "what came of it: done. In brackets is the answer of the other side, with its own queue id",
    "queued": "what came of it: not tried yet, it waits for a queue run",
    "Deferred": "what came of it: put off. The reason follows; it is tried again in a later queue run",
}
NOT_SENT = "what came of it: not delivered, and it will not be tried again"
MARKS = {
    "*": "somebody works on it at this moment: it is locked",
    "-": "too young: it was tried less than MinQueueAge ago, and queue runs pass it over until then",
    "X": "the load is too high for it: it waits until the load has fallen",
}
COMMANDS = {
    "EHLO": "the client says who it is, and asks what the server can do",
    "HELO": "the client says who it is, the old way: nothing is asked",
    "MAIL": "a letter begins: the sender on the envelope",
    "RCPT": "one recipient on the envelope; each has a command and an answer of its own",
    "DATA": "the letter itself is to follow",
    ".": "the line with nothing but a dot that ends the letter. From the 250 on the server is responsible for it",
    "RSET": "begin anew on the same connection: another letter follows",
    "QUIT": "good-bye",
}
CODES = {"2": "done", "3": "go on", "4": "not now: try again later", "5": "no, and not later either"}
OFFERS = {
    "PIPELINING": "several commands may be sent without waiting for each answer",
    "8BITMIME": "letters with 8-bit characters are taken",
    "SIZE": "the client may say how large the letter is",
    "DSN": "the client may ask for notices of delivery",
    "ETRN": "the client may have the server's queue run",
    "ENHANCEDSTATUSCODES": "answers have three more numbers, such as 2.1.0",
}


class Piece(NamedTuple):
    """A piece of a line; ``name`` and ``meaning`` are empty for what stands between the fields."""

    text: str
    name: str = ""
    meaning: str = ""


def fields_of(text: str) -> list[list[Piece]]:
    """Every line of a log, a listing of mailq or a dialogue in its pieces; put together they are the line again."""
    lines = text.strip("\n").split("\n")
    if any(line.startswith(("<<< ", ">>> ")) for line in lines):
        return list(_dialogue(lines))
    if any("-Q-ID-" in line for line in lines):
        return [_listed(line) for line in lines]
    return [_logged(line) for line in lines]


def _logged(line: str) -> list[Piece]:
    found = LOG.fullmatch(line)
    if found is None:
        return [Piece(line)]
    time, host, process, qid, rest = (found[n] for n in (1, 3, 5, 7, 9))
    pieces = [
        Piece(time, "time", "when it was written, by the clock of this host"),
        Piece(" "),
        Piece(host, "host", "who writes this log"),
        Piece(" "),
        Piece(process, "process", "the program, and its process number"),
        Piece(": "),
    ]
    if qid:
        pieces += [Piece(qid, "queue id", "the name of the letter on this host: search the log for it"), Piece(": ")]
    equates = list(EQUATE.finditer(rest)) if re.match(r"(from|to|ctladdr)=", rest) else []
    for one in equates:
        pieces += [_equate(one[1], not rest.startswith("from=")), *([Piece(one[2])] if one[2] else [])]
    return pieces if equates else [*pieces, Piece(rest, "text", "what happened, in words")]


def _equate(text: str, is_delivery: bool) -> Piece:
    name, _, value = text.partition("=")
    meaning = EQUATES.get(name, "see sendmail's own manual")
    if name == "relay":
        meaning = _relay(value) if is_delivery else "who handed the letter in, by name and address"
    if name == "stat":
        meaning = RESULTS.get(re.split(r"[ :]", value)[0], NOT_SENT)
    return Piece(text, f"{name}=", meaning)


def _relay(value: str) -> str:
    if "[" in value:
        return "the host that it was for. The address in brackets: a connection was tried or made"
    return "the host that it was for. There is no address in brackets: nothing was sent to it"


def _listed(line: str) -> list[Piece]:
    found = ENTRY.fullmatch(line)
    if found is not None:
        qid, mark, gap, size, _, time, _, sender = found.groups()
        marked = [Piece(mark, f"mark {mark}", MARKS[mark])] if mark else []
        return [
            Piece(qid, "queue id", "the name of the letter on this host: its files are qf… and df… of this name"),
            *marked,
            Piece(gap),
            Piece(size, "size", "bytes of the letter without its header"),
            Piece(" "),
            Piece(time, "time", "when it came into this queue"),
            Piece(" "),
            Piece(sender, "sender", "the sender on the envelope; <> is a notice"),
        ]
    bare = line.strip()
    before = Piece(line[: len(line) - len(line.lstrip())])
    if re.fullmatch(r"\(.*\)", bare):
        return [before, Piece(bare, "reason", "what came of the last attempt; nothing stands here before the first")]
    if bare.startswith("<") or "@" in bare:
        return [before, Piece(bare, "recipient", "who has not got it yet; those who have are no longer listed")]
    return [Piece(line)]


def _dialogue(lines: list[str]) -> Iterator[list[Piece]]:
    """Each line with the round trip that it costs; what is sent along with the command before it costs none."""
    pipelined = "PIPELINING" in "\n".join(lines)
    trips, last = 1, ""
    for line in lines:
        said, answered = COMMAND.fullmatch(line), REPLY.fullmatch(line)
        if said is not None:
            verb = said[2].upper()
            along = pipelined and last == "RCPT" and verb in ("RCPT", "DATA")
            trips, last = trips + (not along), verb
            cost = "It is sent along, without waiting: no round trip of its own." if along else f"Round trip {trips}."
            yield _said(said, f"{COMMANDS.get(verb, 'a command')}. {cost}")
        elif answered is not None:
            yield _answered(answered, last)
        else:
            yield [Piece(line)]


def _said(found: re.Match[str], meaning: str) -> list[Piece]:
    arrow, verb, gap, rest = found.groups()
    pieces = [Piece(arrow), Piece(verb, "command", meaning), Piece(gap)]
    address, end, parameter = rest.partition("> ")
    if rest:
        pieces.append(Piece(address + end.strip(), "argument", "whom or what the command is about"))
    if parameter:
        pieces += [Piece(" "), Piece(parameter, "parameter", "what the server's extensions allow to be added")]
    return pieces


def _answered(found: re.Match[str], last: str) -> list[Piece]:
    arrow, code, more, status, _, text = found.groups()
    meaning = "the same in words, for people" if last else "the greeting, after the connect. Round trip 1."
    offer = next((word for word in OFFERS if text.startswith(word)), "") if last == "EHLO" else ""
    follows = "; another line of this answer follows" if more == "-" else ""
    pieces = [Piece(arrow), Piece(code + more, "reply code", f"{CODES.get(code[0], 'an answer')}{follows}")]
    if status:
        pieces += [Piece(status, "status code", "the same in three numbers, more exactly"), Piece(" ")]
    return [*pieces, Piece(text, "extension" if offer else "text", OFFERS.get(offer, meaning))]

"""What was seen, by either of the two: plain data that is compared for equality."""

import email
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from difflib import SequenceMatcher
from itertools import groupby, zip_longest

Seen = dict[str, list[str]]  # what was looked at -> lines
Observation = list[Seen]  # one for each queue run

QUEUE_ID = re.compile(r"\w{14}")
ANY_ID = re.compile(r"\b[0-9A-Za-x]{8}\d{6}\b")  # anywhere in a text
HANDED_IN = re.compile(r"m\d\d: (from=|to=.*, stat=queued$)")
TYPED = "typed"  # the Subject of what is handed in by commands
CF = "/etc/mail/sendmail.cf"
NO_ANSWER = "no connection"
ACCEPTED_AS = re.compile(r"250 2\.0\.0 (\w+) Message accepted")  # with the queue id
WIDTH = 76  # of each side, where two observations stand side by side


def without_times(status: str) -> str:
    """A file of HostStatusDirectory in one line, without the time of last use."""
    return " ".join(re.sub(r"(?m)^U[0-9]+$", "U…", status).split("\n")).strip()


def dialogue(said: Sequence[str]) -> str:
    """What a client said on a connection.

    Without the SIZE of its messages, to which each host adds its headers; and the RCPTs of a message in the order of
    the alphabet, since sendmail reverses them from one run to the next.
    """
    groups = groupby(said, lambda line: line.startswith("RCPT"))
    ordered = [line for is_rcpt, lines in groups for line in (sorted(lines) if is_rcpt else list(lines))]
    return re.sub(r" SIZE=\d+", " SIZE=…", " / ".join(ordered))


def printed(text: str, names: Mapping[str, str]) -> list[str]:
    """What a command printed: the letters' names for queue ids, no times, and the program's name without its place.

    A listing of ``hoststat`` in order of the hosts: the real one's is that of its directories.
    """
    text = _where_they_stand(text.replace("/usr/sbin/sendmail:", "sendmail:"))
    known = re.sub(r"\b\w{14}\b", lambda qid: names.get(qid[0], ANY_ID.sub(TYPED, qid[0])), text)
    known = re.sub(r"(?m)^(250[- ]\S+ Hello) .*?, |( SIZE=)\d+", r"\1\2…", known)
    known = re.sub(r"(?ms)^Version .*?^$", "Version …", known)
    time = r"(?:\w{3} )?\w{3} [ \d]\d \d\d:\d\d(?::\d\d \d{4})?|\d\d:\d\d:\d\d|^\d{9,10} \d{9,10}$"
    lines = [re.sub(time, "…", line.rstrip()) for line in known.splitlines()]
    return sorted(lines) if "Hostname" in text else lines


def _where_they_stand(text: str) -> str:
    """The files of the real one by the names that they have elsewhere."""
    return text.replace("/var/spool/aliases:", "/etc/mail/aliases:").replace("/var/spool/sendmail.cf:", f"{CF}:")


def control_files(texts: Iterable[str]) -> list[str]:
    """Control files of a queue, line by line, without times.

    And without what is not simulated: where the body lies on the disk (I), with whose rights an alias is obeyed (C);
    and without the full names that accounts have on this machine.
    """
    masks = [re.sub(r"(?m)^([TK])[1-9]\d*$", r"\1…", masked(text.replace("\x81", "$").encode())) for text in texts]
    lines = (line for text in sorted(masks) for line in text.splitlines())
    kept = (line for line in lines if not re.match(r"I\d|C|H\?x\?Full-Name", line))
    return [re.sub(r"^(H\?F\?From): root <root>$", r"\1: root", line) for line in kept]


def counted(queued: Iterable[str]) -> list[str]:
    """What is queued, with the number of its recipients in place of their addresses."""
    parts = (line.partition(" to ") for line in queued)
    return [f"{numbers} to {len(addresses.split())}" for numbers, _, addresses in parts]


def replies(pairs: Iterable[tuple[str, str]]) -> list[str]:
    """What a daemon answered to each line, without queue ids, time and version."""
    lines = []
    for said, answer in pairs:
        answer = re.sub(r"(Sendmail) .*", r"\1", answer)
        answer = re.sub(r"(?m)^250[- ]AUTH .*\n", "", answer)  # of a library, not of sendmail; not simulated
        answer = ACCEPTED_AS.sub("250 2.0.0 … Message accepted", answer)
        lines.append(f"{said}: {' / '.join(answer.splitlines()) or 'nothing'}")
    return lines


def log_lines(texts: Iterable[str], names: Mapping[str, str]) -> list[str]:
    """The ``to=`` lines of the log without what differs from run to run; those of one attempt in order of address.

    What was only queued, at submission, comes first.
    """
    lines = [line for line in (_log_line(text, names) for text in texts) if line is not None]
    queued = [line for line in lines if line.endswith("stat=queued")]
    others = groupby((line for line in lines if line not in queued), lambda line: line.partition(":")[0])
    return sorted(queued) + [line for _, group in others for line in sorted(group)]


def session_log(texts: Iterable[str], earlier: Iterable[str]) -> list[str]:
    """All that is logged of a session, messages that lay in the queue before it left out.

    Queue ids become numbers in the order in which they appear; Message-Ids have a queue id and a time in them.
    """
    numbers = dict.fromkeys(earlier, 0)
    lines = []
    for text in texts:
        qid, _, rest = text.partition(": ")
        if QUEUE_ID.fullmatch(qid) and (number := numbers.setdefault(qid, len(set(numbers.values()) | {0}))):
            lines.append(f"{number}: " + re.sub(r"(msgid=<)\d{12}\.\w{14}@", r"\1…@", rest))
    return lines


def whole_log(texts: Iterable[str], names: Mapping[str, str]) -> list[str]:
    """All that is logged but of the start; the ``to=`` lines of one attempt in order of address.

    Nor how the letters of a case came into the queue: the real one is told of them in another way. Queue ids become
    the names of the letters, or numbers in the order in which they appear.
    """
    names = {qid: name for qid, name in names.items() if name != TYPED}
    known = dict(names)
    lines = []
    for text in texts:
        if not text.startswith(("starting daemon", "alias database", "/var/spool/aliases:")):
            qid, colon, rest = _where_they_stand(text).partition(": ")
            named = ANY_ID.sub(
                lambda qid: known.setdefault(qid[0], str(len(known) - len(names) + 1)), f"{qid}{colon}{_same(rest)}"
            )
            if not HANDED_IN.match(named):
                lines.append(re.sub(r"(msgid=<)\d{12}\.\w+@", r"\1…@", named))
    groups = groupby(lines, lambda line: (line.partition("=")[0], line.endswith("stat=queued")))
    return [line for (what, _), group in groups for line in (sorted(group) if what.endswith(": to") else group)]


def saved(texts: Iterable[str]) -> list[str]:
    """What the log tells of notices that went to a file in the end."""
    return [text.partition(": ")[2] for text in texts if "Saved message" in text]


def _log_line(text: str, names: Mapping[str, str]) -> str | None:
    """Queue ids become the names of the letters; times and the local user who pays for it (ctladdr) are left out."""
    qid, _, rest = text.partition(": ")
    if qid not in names or not rest.startswith("to="):
        return None
    return f"{names[qid]}: {_same(rest)}"


def _same(rest: str) -> str:
    """What is logged of a message without what differs from run to run, and its recipients in order of address."""
    rest = re.sub(r", (ctladdr=\S+( \(\d+/\d+\))?|delay=[\d+:]+|xdelay=[\d+:]+)", "", rest)
    rest = re.sub(r"^to=(.*?)(?=, )", lambda to: f"to={','.join(sorted(to[1].split(',')))}", rest)
    return _settled(rest).replace("dsn=4.4.3, stat=queued", "stat=queued")  # name service was asked at submission


def _settled(rest: str) -> str:
    """A log line about a connection that the far end closed, made independent of how soon the kernel knew.

    By chance sendmail tells of the 421 that was said before or of the lost connection, and of this in three ways.
    """
    reset = r"Connection reset by (\S+)"
    rest = re.sub(rf"reply=(421 \d\.\d\.\d [^,]*), stat=Deferred: {reset}$", r"reply=\1, stat=Deferred: \1", rest)
    rest = re.sub(rf"reply=4\d1 4\.4\.1 (?:{reset}|reply: read error from \S+), ", "", rest)
    return re.sub(r"(relay=([^ ,]+).*dsn=4\.4\.2), stat=Deferred$", r"\1, stat=Deferred: Connection reset by \2", rest)


def report_lines(notices: Iterable[tuple[str, bytes]]) -> list[str]:
    """Notices with their names, line by line, and the types of their parts as Python's ``email`` finds them."""
    lines = []
    for _, text, content in sorted((name, masked(content), content) for name, content in notices):
        report = email.message_from_bytes(content)
        lines.append(" ".join(part.get_content_type() for part in report.walk()))
        lines += (str(defect) for part in report.walk() for defect in part.defects)
        lines += text.splitlines()
    return lines


def in_any_order(lines: Iterable[str]) -> list[str]:
    """Lines of notices about several recipients, whose order sendmail turns round from one run to the next."""
    return sorted(re.sub(r"[uv]@one.test", "?@one.test", line) for line in lines)


def arrived(where: str, content: bytes) -> str:
    """A message as it came, in one line."""
    return f"{where}: {masked(content)!r}"


def by_line(messages: Iterable[tuple[str, bytes]]) -> list[str]:
    """Messages as they came: a line of theirs is a line here, with the place where it came to."""
    texts = sorted((where, masked(content)) for where, content in messages)
    return [f"{where}: {line}" for where, text in texts for line in text.splitlines()]


def masked(content: bytes) -> str:
    """Text without what differs from run to run: queue ids, dates, versions, sizes of envelopes.

    And without the host of MAILER-DAEMON, which the real one leaves out where it delivers.
    """
    text = content.decode("utf-8", "backslashreplace")
    text = ANY_ID.sub("QID", text)
    text = re.sub(r"[A-Z][a-z]{2}, +\d+ [A-Z][a-z]{2} \d{4} [\d:]{8} (GMT|[+-]\d{4})( \([A-Z]+\))?", "DATE", text)
    text = re.sub(r"\d{12}\.QID", "TIME.QID", text)
    text = re.sub(r"QID\.\d+/", "QID.TIME/", text)
    text = re.sub(r"\(\d[\d.]+/\d[\d.]+\)", "(VERSION)", text)
    text = text.replace("MAILER-DAEMON@snd.test", "MAILER-DAEMON")
    text = text.replace("550 5.1.1 MAILER-DAEMON... User unknown\n", "")  # the real one has no such alias on the stage
    return re.sub(r" SIZE=\d+", " SIZE=…", text)


def side_by_side(real: Observation, simulated: Observation) -> str:
    """Both observations, with a mark on each line that differs."""
    lines = [f"  {'REAL':<{WIDTH}} | SIMULATED"]
    for left, right in _pairs(_lines(real), _lines(simulated)):
        mark = " " if left == right else "≠"
        pieces = range(0, max(len(left), len(right), 1), WIDTH)
        lines += [f"{mark} {left[at : at + WIDTH]:<{WIDTH}} | {right[at : at + WIDTH]}" for at in pieces]
    return "\n".join(lines)


def _lines(observation: Observation) -> list[str]:
    lines = []
    for number, seen in enumerate(observation, 1):
        for what, said in seen.items():
            lines += [f"-- run {number}, {what}", *said]
    return lines


def _pairs(left: list[str], right: list[str]) -> Iterator[tuple[str, str]]:
    """The lines of both sides so that equal ones stand beside each other."""
    for _, start, end, begin, stop in SequenceMatcher(None, left, right, autojunk=False).get_opcodes():
        yield from zip_longest(left[start:end], right[begin:stop], fillvalue="")

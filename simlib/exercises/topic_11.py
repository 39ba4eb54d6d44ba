"""11 Statistics."""

import re

from simlib.exercises.exercise import Exercise, WrongAnswer, exactly
from simlib.language import phrase, sentences
from simlib.mta.sendmail import Sendmail
from simlib.world import World

FAR, DEAD = "far.example", "there.example"
NOTES = [100] * 10 + [2_100]  # bytes


def _site() -> tuple[World, Sendmail]:
    world = World(seed=11)
    mail = world.sendmail("mail.here.example", domain="here.example")
    world.sendmail("mx.far.example", domain=FAR)
    there = world.sendmail("mx.there.example", domain=DEAD)
    world.outage(there.daemon, "0s", "20m")
    return world, mail


def _lines() -> int:
    """How many lines a message to three, one of whom has to wait, leaves in the log."""
    world, mail = _site()
    mail.submit("taro@here.example", f"hana@{FAR}", f"ken@{FAR}", f"jiro@{DEAD}")
    mail.queue_run(every="30m")
    log = world.run(until="1h").syslog("mail.here.example").splitlines()
    return sum(": from=" in line or ": to=" in line for line in log)


def _bytes_from() -> int:
    """Kilobytes in the column bytes_from for ``NOTES``."""
    world, mail = _site()
    for size in NOTES:
        mail.submit("taro@here.example", f"hana@{FAR}", size=size)
    world.run(until="1m")
    total = next(line.split() for line in world.shell(mail)("mailstats").splitlines() if line.startswith(" T"))
    return int(total[2].rstrip("K"))


def _new_count(commands: str) -> str:
    world, mail = _site()
    for _ in range(5):
        mail.submit("taro@here.example", f"hana@{FAR}")
    world.run(until="1m")
    root = world.shell(mail)
    printed = [root(line) for line in _plain(commands)]
    refused = [phrase("The shell said: {line}", line=text.splitlines()[0]) for text in printed if _complains(text)]
    if not any(_messages(text) == 5 for text in printed):
        raise WrongAnswer(sentences(["The count of the day was not printed before it was gone.", *refused]))
    mail.submit("taro@here.example", f"hana@{FAR}")
    world.run(until="2m")
    counted = _messages(root("mailstats"))
    if counted != 1:
        told = phrase("One message came afterwards, and mailstats counts {counted}.", counted=counted)
        raise WrongAnswer(sentences([told, *refused]))
    if any(re.fullmatch(r"cp /dev/null \S*maillog", command) for command in _plain(commands)):
        raise WrongAnswer("That would empty the log, too. It was to stay.")
    return "The day is on paper, and the new count begins at nothing."


def _complains(text: str) -> bool:
    return re.match("sh: |usage: ", text) is not None


# other ways of a shell to leave a file empty; the one here has no redirection
_EMPTIED = re.compile(r"(?:(?::|true|cat /dev/null|cp /dev/null)? *> *|truncate (?:-s *0|--size[= ]0) +)(?P<file>\S+)")


def _plain(commands: str) -> list[str]:
    """The commands one by one, each in the form that this shell takes."""
    each = [one.strip().lstrip("#% ") for one in re.split(r";|&&|\n", commands)]
    emptied = [_EMPTIED.fullmatch(one) for one in each]
    return [
        one if file is None else phrase("cp /dev/null {file}", file=file["file"])
        for one, file in zip(each, emptied, strict=True)
        if one
    ]


def _messages(mailstats: str) -> int | None:
    """How many messages came in, by the table of mailstats (today's, or that of -p)."""
    for line in mailstats.splitlines():
        words = line.split()
        if len(words) > 3 and words[0] == "T" and words[1].isdigit():
            return int(words[1])
    return None


EXERCISES = (
    Exercise(
        "11.a",
        "taro writes one message to hana and ken at far.example and to jiro at there.example. there.example is down for 20 "
        "minutes, and the queue is run every half hour. How many lines with from= or to= are in the log of his host?",
        "number",
        exactly(_lines, "One from=; one to= for hana and ken together, and two for jiro: deferred, then sent.",
                {3: "Each attempt has a line, also one that was put off.", 5: "hana and ken are in one transaction.",
                 2: "Only one line for each host? jiro's letter was tried more than once.", 1: "That is the line with from= alone.",
                 6: "A line stands for an attempt, not for a recipient and a run.", 7: "That counts hana and ken twice over."},
                "One line with from= for the message. Then one with to= for each attempt: list the attempts."),
        solution="4",
        hints=("One line for the message, one for each attempt.", "How many attempts are there, and for whom?"),
        mistakes=("3", "5", "2"),
    ),
    Exercise(
        "11.b",
        "taro sends ten notes of 100 bytes and one of 2,100 bytes. How many K does mailstats show under bytes_from?",
        "number",
        exactly(_bytes_from, "Ten times 1K, and 3K: each message is rounded up by itself.",
                {3.1: "It counts whole kilobytes.", 4: "Each message is rounded by itself.", 12: "It is rounded up.",
                 3: "Small notes are not lost in the sum: each message is rounded by itself.", 3100: "That is bytes.",
                 11: "That is the number of messages. The large one takes several K.", 2: "And the ten notes?"},
                "Round each message by itself, then add.", "KB"),
        solution="13",
        hints=("It is not 3,100 bytes divided by 1,000.", "Each message is rounded up to whole kilobytes."),
        mistakes=("3.1", "4", "12"),
    ),
    Exercise(
        "11.c",
        "It is midnight. Write the commands, one a line, that print the day's counts of mailstats and make it begin anew. The "
        "log is to stay.",
        "text",
        _new_count,
        solution="mailstats\ncp /dev/null /etc/mail/sendmail.st",
        hints=("Where are the counts? O StatusFile", "Nothing is left of a file over which /dev/null was copied."),
        mistakes=("mailstats", "mailstats -z", "cp /dev/null /etc/mail/sendmail.st\nmailstats", "mailstats\ncp /dev/null /var/log/maillog"),
        given="mailstats",
    ),
)  # fmt: skip

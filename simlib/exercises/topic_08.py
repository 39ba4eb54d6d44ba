"""08 Return-Receipt."""

import re
from collections.abc import Sequence

from simlib.exercises.exercise import Exercise, WrongAnswer, one_of
from simlib.language import phrase, sentences
from simlib.smtp.quirks import Quirks
from simlib.smtp.replies import Reply
from simlib.trace.record import Trace
from simlib.world import World

OLD_VERSION, NEW_VERSION = "8.6.12", "8.18"
WANTED = {"it arrives": ["receipt"], "it fails": ["return"], "it waits": []}  # what became of it -> what taro is told
WORDS = ("never", "success", "failure", "delay")
FROM_THE_BORDER, FROM_THE_LAST_NEW, FROM_THE_END, FROM_THE_OLD, FROM_NOBODY = (
    "a.example: relayed", "c.example: relayed", "e.example: delivered", "b.example: relayed", "nobody",
)  # fmt: skip
_WISH = re.compile(r"(?:sendmail\s+)?(?:-n\s*|notify=)?(?P<words>.*)", re.IGNORECASE | re.DOTALL)


def _wish(answer: str) -> str:
    words = _words(answer)
    for what, wanted in WANTED.items():
        told = _told(words, what)
        if told != wanted:
            raise WrongAnswer("If {what}, taro is told: {told}.", what=what, told=_listed(told))
    return "A receipt if it arrives, a return if it fails, and no warning."


def _listed(told: Sequence[str]) -> str:
    return sentences(map(phrase, told), ", ") if told else phrase("nothing")


def _words(answer: str) -> list[str]:
    """The words of the wish, as the command line takes them: one argument, with commas and without blanks."""
    match = _WISH.fullmatch(answer)
    assert match is not None  # whatever it is, it matches
    given = match["words"].strip().strip("\"'").lower()
    argument, *rest = given.split() or [""]
    words = argument.split(",")
    if any(word.strip(",") in WORDS for word in rest):
        raise WrongAnswer(
            "sendmail takes {rest!r} for a recipient: the words are one argument, without blanks.", rest=rest[0]
        )
    if "" in words:
        raise WrongAnswer("Invalid -N argument: a comma too many, or no word at all.")
    unknown = [word for word in words if word not in WORDS]
    if unknown:
        raise WrongAnswer(
            "Invalid -N argument: {unknown!r}. The words are {them}.", unknown=unknown[0], them=sentences(WORDS, ", ")
        )
    if "never" in words and len(words) > 1:
        raise WrongAnswer("Invalid -N argument: never stands alone.")
    return words


def _told(words: list[str], what: str) -> list[str]:
    world = World(seed=8)
    mail = world.sendmail("mail.here.example", domain="here.example")
    gone = Quirks(replies={"RCPT": Reply(550, "5.1.1 user unknown")})
    if what == "it fails":
        world.peer("mx.there.example", domain="there.example", quirks=gone)
    else:
        there = world.sendmail("mx.there.example", domain="there.example")
        if what == "it waits":
            world.outage(there.daemon, "0s", "3d")
    mail.submit("taro@here.example", "hana@there.example", notify=words)
    mail.queue_run(every="1h")
    kinds: list[str] = world.run(until="1d").notices["kind"]
    return kinds


def _chain() -> str:
    """Who tells taro what, where the second and the fourth of five hosts are old ones."""
    world = World(seed=8)
    a = world.sendmail("a.example", cf="DS[b.example]")
    for host, following, version in (("b", "c", OLD_VERSION), ("c", "d", NEW_VERSION), ("d", "e", OLD_VERSION)):
        world.sendmail(f"{host}.example", version=version, cf=f"DS[{following}.example]\nCRexample")
    world.sendmail("e.example", cf="CRexample")
    a.submit("taro@a.example", "hana@e.example", notify=["success"])
    trace = world.run(until="10m")
    notice = trace.content(trace.notices["message"][0]).decode().splitlines()
    action = next(line for line in notice if line.startswith("Action:"))
    return f"{trace.notices['host'][0]}: {action.split()[1]}"


def _silent(cf: str) -> str:
    trace = _received(cf, "hana")
    if "mx.there.example" in trace.notices["host"]:
        raise WrongAnswer("mx.there.example still tells strangers that a letter has reached its mailbox.")
    if trace.totals()["delivered"] != 1:
        raise WrongAnswer("Hana's letter is not delivered any more.")
    lost = _received(cf, "away")
    if "mx.there.example" not in lost.notices["host"]:
        raise WrongAnswer("A letter failed behind mx.there.example, which has to return it, and does not.")
    if b"multipart/report" not in lost.content(lost.notices.where(host="mx.there.example")["message"][0]):
        raise WrongAnswer("Returns are plain text now, which no program can read.")
    if "EXPN" not in trace.dialogue(1):
        raise WrongAnswer("EXPN is gone, too: more is forbidden than was asked for.")
    if _knows(cf, "VRFY hana"):
        raise WrongAnswer("VRFY still tells whether hana has a mailbox.")
    return "No receipts go out, returns do, VRFY tells nothing, and nothing else has changed."


def _knows(cf: str, command: str) -> bool:
    """Whether a stranger gets an answer that tells him something."""
    world = World(seed=8)
    there = world.sendmail("mx.there.example", domain="there.example", cf=cf)
    world.user(there, "hana")
    world.host("stranger.example")
    return world.telnet("stranger.example", there)(command).startswith("250")


def _received(cf: str, user: str) -> Trace:
    world = World(seed=8)
    mail = world.sendmail("mail.here.example", domain="here.example")
    there = world.sendmail("mx.there.example", domain="there.example", cf=cf)
    world.user(there, "hana")
    world.peer("mx.new.example", domain="new.example", quirks=Quirks(replies={"RCPT": Reply(550, "5.1.1 gone")}))
    there.aliases = "away: hana@new.example"
    mail.submit("taro@here.example", f"{user}@there.example", notify=["success", "failure"])
    return world.run(until="10m")


EXERCISES = (
    Exercise(
        "08.a",
        "Taro wants a receipt if his letter arrives, and a return if it fails. He wants no warning after four hours. What "
        "does he write after sendmail -N ?",
        "text",
        _wish,
        solution="success,failure",
        hints=("There are four words: never, success, failure, delay.", "A list that does not name delay forbids the warning."),
        mistakes=("success", "success,delay", "success,failure,delay", "never", "all"),
    ),
    Exercise(
        "08.b",
        "A letter with NOTIFY=SUCCESS goes from a to b, c, d and e. b and d are sendmails of 1995 (8.6.12), the others are "
        "new. Who tells taro what?",
        "choice",
        one_of(_chain, "a sees no DSN in b's answer to EHLO and says so; nobody beyond b knows of the wish.",
               {FROM_THE_END: "e is new, but nobody hands the wish on to it.",
                FROM_THE_LAST_NEW: "c is the last new host before an old one. But how would it know of the wish?",
                FROM_THE_OLD: "8.6 knows no NOTIFY.",
                FROM_NOBODY: "The last host that understood the wish tells what it can."}),
        solution=FROM_THE_BORDER,
        hints=("Which host cannot hand on the wish, and how does it notice?", "DSN stands in the answer to EHLO, or it does not."),
        mistakes=(FROM_THE_END, FROM_THE_LAST_NEW, FROM_THE_OLD, FROM_NOBODY),
        choices=(FROM_THE_OLD, FROM_THE_LAST_NEW, FROM_THE_END, FROM_THE_BORDER, FROM_NOBODY),
    ),
    Exercise(
        "08.c",
        "mx.there.example is to tell strangers neither which letters reached a mailbox nor, by VRFY, which mailboxes there "
        "are. What fails is to be returned as before. EXPN goes on to be offered. Write the line.",
        "cf",
        _silent,
        solution="O PrivacyOptions=authwarnings,novrfy,noreceipts",
        hints=("PrivacyOptions takes a list of words.", "goaway does not contain the word for receipts."),
        mistakes=("O PrivacyOptions=goaway", "O PrivacyOptions=goaway,noreceipts", "O PrivacyOptions=noreceipts", "O PrivacyOptions=nobodyreturn", "O SendMimeErrors=False"),
        given="O PrivacyOptions=goaway",
    ),
)  # fmt: skip

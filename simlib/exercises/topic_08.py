"""08 Return-Receipt."""

from simlib.exercises.exercise import Exercise, WrongAnswer, one_of
from simlib.smtp.quirks import Quirks
from simlib.smtp.replies import Reply
from simlib.trace.record import Trace
from simlib.world import World

OLD_VERSION = "8.6.12"
WANTED = {"it arrives": ["receipt"], "it fails": ["return"], "it waits": []}  # what became of it -> what taro is told
FROM_THE_BORDER, FROM_THE_END, FROM_THE_OLD, FROM_NOBODY = (
    "b.example: relayed", "d.example: delivered", "c.example: delivered", "nobody",
)  # fmt: skip


def _wish(answer: str) -> str:
    words = answer.lower().removeprefix("-n").replace(",", " ").split()
    for what, wanted in WANTED.items():
        told = _told(words, what)
        if told != wanted:
            raise WrongAnswer(f"If {what}, taro is told: {', '.join(told) or 'nothing'}.")
    return "A receipt if it arrives, a return if it fails, and no warning."


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
    """Who tells taro what, where the third of four hosts is an old one."""
    world = World(seed=8)
    a = world.sendmail("a.example", cf="DS[b.example]")
    world.sendmail("b.example", cf="DS[c.example]\nCRexample")
    world.sendmail("c.example", version=OLD_VERSION, cf="DS[d.example]\nCRexample")
    world.sendmail("d.example", cf="CRexample")
    a.submit("taro@a.example", "hana@d.example", notify=["success"])
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
    return "No receipts go out, returns do, and nothing else has changed."


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
        "Taro wants a receipt if his letter arrives and a return if it fails, but no warning after four hours. What does he "
        "write after sendmail -N ?",
        "text",
        _wish,
        solution="success,failure",
        hints=("There are four words: never, success, failure, delay.", "A list that does not name delay forbids the warning."),
        mistakes=("success", "success,delay", "success,failure,delay", "never", "all"),
    ),
    Exercise(
        "08.b",
        "A letter with NOTIFY=SUCCESS goes from a to b, c and d; c is a sendmail of 1995 (8.6.12), the others are new. Who "
        "tells taro what?",
        "choice",
        one_of(_chain, "b sees no DSN in c's answer to EHLO and says so; nobody beyond c knows of the wish.",
               {FROM_THE_END: "d is new, but c cannot hand the wish on to it.",
                FROM_THE_OLD: "8.6 knows no NOTIFY.",
                FROM_NOBODY: "The last host that understood the wish tells what it can."}),
        solution=FROM_THE_BORDER,
        hints=("Which host cannot hand on the wish, and how does it notice?", "DSN stands in the answer to EHLO, or it does not."),
        mistakes=(FROM_THE_END, FROM_THE_OLD, FROM_NOBODY),
        choices=(FROM_THE_OLD, FROM_THE_END, FROM_THE_BORDER, FROM_NOBODY),
    ),
    Exercise(
        "08.c",
        "mx.there.example is not to tell strangers which letters reached a mailbox. What fails is to be returned as before, "
        "and EXPN goes on to be offered. Write the line.",
        "cf",
        _silent,
        solution="O PrivacyOptions=noreceipts",
        hints=("It is one of the words of PrivacyOptions.", "goaway does not contain it."),
        mistakes=("O PrivacyOptions=goaway", "O PrivacyOptions=goaway,noreceipts", "O PrivacyOptions=nobodyreturn", "O SendMimeErrors=False"),
        given="O PrivacyOptions=goaway",
    ),
)  # fmt: skip

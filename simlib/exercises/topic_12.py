"""12 Pitfalls."""

from simlib.exercises.exercise import Exercise, WrongAnswer
from simlib.smtp.quirks import Quirks
from simlib.smtp.replies import Reply
from simlib.trace.record import Trace
from simlib.world import World

PEOPLE = 3
STOCK = "Mesmtp, P=[IPC], F=mDFMuXa, E=\\r\\n, L=990, T=DNS/RFC822/SMTP, A=TCP $h"
ONE_ONLY = Reply(550, "5.5.3 One recipient only")


def _queue_run(cf: str, quirks: Quirks, together: bool) -> Trace:
    """One queue run with mail for three people at a peer, in three messages or in one."""
    world = World(seed=12)
    mail = world.sendmail("mail.here.example", domain="here.example", cf=f"{cf}\nO DeliveryMode=queueonly")
    world.peer("mx.odd.example", domain="odd.example", quirks=quirks)
    people = [f"user{n}@odd.example" for n in range(PEOPLE)]
    for to in [people] if together else [[one] for one in people]:
        mail.submit("taro@here.example", *to, headers={"From": "Taro Yamada <taro@here.example> (the boss)"})
    mail.queue_run(at="1m")
    return world.run(until="50m")


def _all_there(trace: Trace) -> None:
    totals = trace.totals()
    if totals["delivered"] < PEOPLE:
        raise WrongAnswer(
            f"After one queue run {totals['delivered']} of {PEOPLE} have their mail, {totals['bounced']} of them are "
            f"returned and {totals['queued']} wait."
        )


def _hanging(cf: str) -> str:
    for messages_first in (1, 2):
        _all_there(_queue_run(cf, Quirks(hangs_after=messages_first), together=False))
    return "Each message has a connection of its own, and all pass in one run."


def _comments(cf: str) -> str:
    _all_there(_queue_run(cf, Quirks(no_comments=True), together=False))
    trace = _queue_run(cf, Quirks(), together=True)
    if len(trace.connections) != 1 or sum(trace.connections["messages"]) != 1:
        raise WrongAnswer("A message to three people at one host goes over the line more than once now.")
    return "Bare addresses in the header, and everything else as it was."


def _all_at_once(cf: str) -> str:
    for what, quirks in (
        ("takes one recipient only", Quirks(replies={"RCPT": [None, ONE_ONLY]})),
        ("chokes on comments", Quirks(no_comments=True)),
        ("hangs when its connection is used again", Quirks(hangs_after=1)),
    ):
        try:
            _all_there(_queue_run(cf, quirks, together=True))
        except WrongAnswer as wrong:
            raise WrongAnswer(f"The one that {what}: {wrong}") from None
    return "All three are served, each message for each recipient by itself."


EXERCISES = (
    Exercise(
        "12.a",
        "A peer hangs as soon as its connection is used for a second message (or a third). Write the line with which one queue "
        "run brings all of its mail.",
        "cf",
        _hanging,
        solution="O ConnectionCacheSize=0",
        hints=("What makes sendmail use a connection again?", "ConnectionCacheSize knows no single peer: it is for all."),
        mistakes=("O ConnectionCacheSize=1", "O Timeout.mail=1m", "O ConnectionCacheTimeout=1s"),
        given="O ConnectionCacheSize=2",
    ),
    Exercise(
        "12.b",
        "A peer refuses messages with comments in their addresses, (the boss). Change the mailer's line so that it takes them, "
        "while a message to several people at one host still goes over the line once.",
        "cf",
        _comments,
        solution=STOCK.replace("mDFMuXa", "mDFMuXac"),
        hints=("The slide says F=C. What does that flag do today?", "c is not C."),
        mistakes=(STOCK.replace("mDFMuXa", "mDFMuXaC"), STOCK.replace("mDFMuXa", "DFMuXac"), "O ConnectionCacheSize=0"),
        given=STOCK.replace("mDFMuXa", "mDFMuXaC"),
    ),
    Exercise(
        "12.c",
        "Three peers behind one mailer: one takes a single recipient at a time, one chokes on comments, one hangs when its "
        "connection is used again. Write lines with which a message to three people reaches all three, at each of them.",
        "cf",
        _all_at_once,
        solution=STOCK.replace("mDFMuXa", "DFMuXac") + "\nO ConnectionCacheSize=0",
        hints=("It takes a letter less, a letter more, and an option.", "Without m each recipient has a transaction: is the connection used again, then?"),
        mistakes=(STOCK.replace("mDFMuXa", "DFMuXac"), STOCK.replace("mDFMuXa", "mDFMuXac") + "\nO ConnectionCacheSize=0",
                  STOCK.replace("mDFMuXa", "DFMuXa") + "\nO ConnectionCacheSize=0"),
        given=STOCK,
    ),
)  # fmt: skip

"""12 Pitfalls."""

from simlib.cf import stock
from simlib.exercises.exercise import Exercise, WrongAnswer
from simlib.language import phrase
from simlib.mta.sendmail import Sendmail
from simlib.smtp.quirks import Quirks
from simlib.smtp.replies import Reply
from simlib.trace.record import Trace
from simlib.world import World

PEOPLE = 3
BEFORE_IT_HANGS = 3  # messages that the peer of 12.a takes on a connection
RELAY = "Mrelay, P=[IPC], F=mDFMuXa8, E=\\r\\n, L=2040, T=DNS/RFC822/SMTP, A=TCP $h"
STOCK = "Mesmtp, P=[IPC], F=mDFMuXa, E=\\r\\n, L=990, T=DNS/RFC822/SMTP, A=TCP $h"
ONE_ONLY = Reply(550, "5.5.3 One recipient only")


def _queue_run(cf: str, quirks: Quirks, together: bool, people: int = PEOPLE) -> Trace:
    """One queue run with mail for some people at a peer, in a message each or in one."""
    world = World(seed=12)
    mail = world.sendmail("mail.here.example", domain="here.example", cf=f"{cf}\nO DeliveryMode=queueonly")
    world.peer("mx.odd.example", domain="odd.example", quirks=quirks)
    return _of_one_run(world, mail, together, people)


def _of_one_run(world: World, mail: Sendmail, together: bool, many: int) -> Trace:
    people = [f"user{n}@odd.example" for n in range(many)]
    for to in [people] if together else [[one] for one in people]:
        mail.submit("taro@here.example", *to, headers={"From": "Taro Yamada <taro@here.example> (the boss)"})
    mail.queue_run(at="1m")
    return world.run(until="50m")


def _all_there(trace: Trace, people: int = PEOPLE) -> None:
    totals = trace.totals()
    if totals["delivered"] < people:
        raise WrongAnswer(
            "After one queue run {delivered} of {people} have their mail, {bounced} are returned and {queued} wait.",
            delivered=totals["delivered"],
            people=people,
            bounced=totals["bounced"],
            queued=totals["queued"],
        )


def _hanging(cf: str) -> str:
    for people in (9, 12):
        trace = _queue_run(cf, Quirks(hangs_after=BEFORE_IT_HANGS), together=False, people=people)
        _misread_equates(cf)
        _all_there(trace, people)
        opened, enough = len(trace.connections), people // BEFORE_IT_HANGS
        if opened > enough:
            raise WrongAnswer(
                "All {people} messages arrive, by {opened} connections, where {enough} would do.",
                people=people,
                opened=opened,
                enough=enough,
            )
    return phrase("{many} messages a connection, and all pass in one run.", many=BEFORE_IT_HANGS)


def _misread_equates(cf: str) -> None:
    """Whether another equate was meant, or a number too large."""
    esmtp, usual = (stock().with_lines(text).mailers["esmtp"] for text in (cf, ""))
    if esmtp.max_messages > BEFORE_IT_HANGS:
        raise WrongAnswer("m={most} lets message {most} go over the connection: it hangs.", most=esmtp.max_messages)
    if esmtp.max_recipients != usual.max_recipients:
        raise WrongAnswer("r= counts the recipients of one message. What counts the messages of a connection?")
    if esmtp.max_size:
        raise WrongAnswer(
            "M= is a size: nothing larger than {max_size} bytes leaves. It is not m=.", max_size=esmtp.max_size
        )


def _by_smart_host(cf: str, quirks: Quirks, together: bool) -> Trace:
    """One queue run with mail for some people, all of which goes by a smart host with its quirks."""
    world = World(seed=12)
    lines = f"DS[mx.odd.example]\n{cf}\nO DeliveryMode=queueonly"
    mail = world.sendmail("mail.here.example", domain="here.example", cf=lines)
    world.peer("mx.odd.example", domain="odd.example", quirks=quirks)
    return _of_one_run(world, mail, together, PEOPLE)


def _comments(cf: str) -> str:
    try:
        _all_there(_by_smart_host(cf, Quirks(no_comments=True), together=False))
    except WrongAnswer as wrong:
        if "C" in stock().with_lines(cf).mailers["relay"].flags:
            raise WrongAnswer("F=C completes addresses without a domain. It leaves comments where they are.") from None
        changed = [line.split(",")[0][1:] for line in cf.splitlines() if line.startswith("M")]
        which = (
            phrase(" Your line is that of the mailer {changed}.", changed=changed[0])
            if changed and "relay" not in changed
            else ""
        )
        raise WrongAnswer("{wrong}{which}", wrong=wrong.args[0], which=which) from None
    trace = _by_smart_host(cf, Quirks(), together=True)
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
            raise WrongAnswer("The one that {what}: {wrong}", what=what, wrong=wrong.args[0]) from None
    return "All three are served, each message for each recipient by itself."


EXERCISES = (
    Exercise(
        "12.a",
        "A peer takes three messages on a connection, and hangs at the fourth. 9 messages wait for it, tomorrow 12. Write "
        "the line of sendmail.cf with which one queue run brings them all. It is to open no more connections than needed.",
        "cf",
        _hanging,
        solution=STOCK.replace("L=990", "L=990, m=3"),
        hints=("ConnectionCacheSize=0 brings them, too. By how many connections?", "Since 8.10 a mailer can say how many messages a connection may have.",
               "An equate of the M line: m=."),
        mistakes=("O ConnectionCacheSize=1", "O ConnectionCacheSize=0", "O Timeout.mail=1m", "O ConnectionCacheTimeout=1s",
                  STOCK.replace("L=990", "L=990, m=4"), STOCK.replace("L=990", "L=990, r=3")),
        given=STOCK,
    ),
    Exercise(
        "12.b",
        "All mail of your host goes by a smart host (DS). That host refuses messages with comments in their addresses, (the "
        "boss). Change the line of the right mailer so that it takes them. A message to several people still goes over the "
        "line once.",
        "cf",
        _comments,
        solution=RELAY.replace("mDFMuXa8", "mDFMuXa8c"),
        hints=("By which mailer does mail go to a smart host? Look at the end of a line of the log.", "The slide says F=C. c is not C."),
        mistakes=(RELAY.replace("mDFMuXa8", "mDFMuXa8C"), RELAY.replace("mDFMuXa8", "DFMuXa8c"), STOCK.replace("mDFMuXa", "mDFMuXac"),
                  "O ConnectionCacheSize=0"),
        given=f"{STOCK}\n{RELAY}",
    ),
    Exercise(
        "12.c",
        "Three peers are behind one mailer. One takes a single recipient at a time. One chokes on comments. One hangs when "
        "its connection is used again. Write lines with which a message to three people reaches all three, at each peer.",
        "cf",
        _all_at_once,
        solution=STOCK.replace("mDFMuXa", "DFMuXac") + "\nO ConnectionCacheSize=0",
        hints=("It takes a letter less, a letter more, and an option.", "Without m each recipient has a transaction: is the connection used again, then?"),
        mistakes=(STOCK.replace("mDFMuXa", "DFMuXac"), STOCK.replace("mDFMuXa", "mDFMuXac") + "\nO ConnectionCacheSize=0",
                  STOCK.replace("mDFMuXa", "DFMuXa") + "\nO ConnectionCacheSize=0"),
        given=STOCK,
    ),
)  # fmt: skip

"""What lesson 06 asks before its runs."""

import re

from simlib.exercises.question import Point, Question, among
from simlib.trace.record import Trace
from simlib.world import World


def _named(trace: Trace) -> str:
    """The user whom Received: names; nothing where it names none."""
    found = re.search(r"\((\w+)@", trace.received(1))
    return found[1] if found else ""


def _fate(trace: Trace) -> str:
    """What becomes of the letters for the sites that have the old TCP."""
    letters = trace.messages.where(notice=False)
    spans = [end - begin for begin, end in zip(letters["submitted"], letters["finished"], strict=True)]
    if max(spans) < 60:
        return "returned" if trace.totals()["bounced"] else "at once"
    return "in vain" if trace.totals()["bounced"] else "second"


def _to_site(trace: Trace, last: bool) -> list[float]:
    """Seconds of the attempts at the site that does not ask, or at the others."""
    sent = trace.attempts.where(outcome="sent")
    return [s for s, relay in zip(sent["seconds"], sent["relay"], strict=True) if ("site9" in relay) is last]


def _cost(trace: Trace) -> float:
    """What Ident costs a letter, the first and the last the same (s)."""
    return min(_to_site(trace, False)) - _to_site(trace, True)[0]


def _silence(trace: Trace) -> int:
    asked = _to_site(trace, False)
    if max(asked) - min(asked) > 1:
        return -1
    return among(_cost(trace), 1, 60)


def _young() -> Trace:
    """A letter for a host that is down, MinQueueAge=30m, and a queue run every 5 minutes."""
    world = World(seed=6)
    mail = world.sendmail("mail.here.example", cf="O MinQueueAge=30m")
    far = world.sendmail("mx.there.example", domain="there.example")
    world.outage(far.daemon, "0s", "3h")
    mail.submit("taro@mail.here.example", "hana@there.example", at="1m")
    mail.queue_run(every="5m")
    return world.run(until="1h")


def _no_room() -> Trace:
    """A letter for a host whose queue has no room for an hour."""
    world = World(seed=6)
    mail = world.sendmail("mail.here.example")
    far = world.sendmail("mx.there.example", domain="there.example", cf="O MinFreeBlocks=100")
    world.disk(far, 1_000)
    world.fill(far, 950, "0s", "1h")
    mail.submit("taro@mail.here.example", "hana@there.example", at="1m")
    mail.queue_run(every="30m")
    return world.run(until="3h")


QUESTIONS = (
    Question(
        "06.1",
        "The client's identd is a liar: to every question it says “emperor”. The letter is Taro's. "
        "What does Received: say at the other end?",
        choices={
            "taro": (
                "taro",
                "The sender's address is another matter, and can be a lie, too.",
            ),
            "emperor": ("emperor", "What identd says is written down. Nobody can check it."),
            "": (
                "no user",
                "How would the liar be found out? Only the client's own host knows who holds the connection.",
            ),
        },
        seen=_named,
        because="The answer is worth as much as the host that gives it.",
        points=(Point("identd", "true users named", "falls", ends=("honest", "lying")),),
    ),
    Question(
        "06.1b",
        "This identd is honest, but it takes 8 seconds to answer. Timeout.ident is 5 s. What does Received: say?",
        choices={
            "taro": ("taro", "sendmail does not wait longer than its time-out."),
            "": ("no user", "After five seconds sendmail gives up, and greets. The letter goes on without a name."),
            "refused": ("nothing: the letter is refused", "Ident decides nothing. It only writes down."),
        },
        seen=_named,
        because="One alarm is for connect, question and answer together.",
    ),
    Question(
        "06.2",
        "The filter says “host unreachable”. Three of the ten sites have the old TCP. What becomes of the letters to these three?",
        choices={
            "returned": (
                "they are returned at once: the host is unreachable",
                "The sender has never heard that message. Its connection broke, and that is a reason to try again.",
            ),
            "in vain": (
                "they are tried for five days in vain, and returned then",
                "Each try makes the site ask, and each question kills the try.",
            ),
            "second": (
                "they come an hour later, with the second try",
                "The site remembers nothing. It asks again, and loses the connection again.",
            ),
            "at once": (
                "they come: only the question is lost",
                "With a TCP of today. The old one takes the message for all connections to that host.",
            ),
        },
        seen=_fate,
        because="Nobody sees an error: the sender says “Connection reset”, and the firewall has told what it thought best.",
        points=(
            Point("action", "returned", "rises", ends=("drop", "host-unreachable")),
            Point("ident", "returned", "falls"),
        ),
    ),
    Question(
        "06.2b",
        "Now the sites are all of today, and the sender has the old TCP. The filter is the same. What becomes of the ten letters?",
        choices={
            "in vain": (
                "none gets out: the old TCP ends its connections",
                "It would, if it heard the message. The filter answers whoever has asked.",
            ),
            "at once": ("they come at once", "The sites ask, so the sites hear the answer. Theirs is a TCP of today."),
            "second": ("they come with the second try", "Nothing is lost in the first one."),
        },
        seen=_fate,
        because="It is the stack of the one who asks that counts. So the sender cannot see what is wrong.",
    ),
    Question(
        "06.3",
        "The filter drops what comes to port 113. Timeout.ident is 5 s. How much later do the ten sites greet?",
        choices={
            -1: (
                "the first one 5 s later, the others at once",
                "Nobody remembers that there was no answer. Each site is another host, besides.",
            ),
            0: ("at once", "A site cannot tell silence from a slow host. It has to wait."),
            1: ("each of those that ask 5 s later", "Each connection waits for Timeout.ident, and then says 220."),
            2: (
                "each 75 s later",
                "So long the kernel would wait. sendmail has an alarm of its own here.",
            ),
        },
        seen=_silence,
        because="Silence takes as long as the patience of whoever asks.",
        points=(Point("action", "Ident costs a letter (s)", "falls", ends=("drop", "host-unreachable")),),
    ),
    Question(
        "06.3b",
        "One queue run brings ten letters to one host, over one connection. The filter drops. How many seconds does the run lose?",
        choices={
            0: ("none", "The connection had to be opened once, and then the host asked."),
            5: ("5", "Once for the connection. The other nine letters find it open."),
            50: ("50", "The host asks before its greeting, and there is one greeting."),
            10: ("10", "The cache could keep two hosts. There is one."),
        },
        seen=lambda trace: 5 * len(trace.attempts.where(lambda one: one.seconds > 5)),
        because="Ident is asked when a connection begins.",
        points=(
            Point("cache", "seconds for all ten", "falls"),
            Point("cache", "connections opened", "falls"),
        ),
    ),
    Question(
        "06.4",
        "The filter sends a reset. Sender and site are 45 ms from each other, one way. How much later does a site greet?",
        choices={
            0: ("not at all", "The site has to wait for the answer. It comes at once, but from afar."),
            45: ("45 ms", "The question has to go there, and the answer has to come back."),
            90: ("90 ms", "One round trip: the SYN goes there, and the reset comes back."),
            5000: ("5 s", "That is silence. A reset is an answer."),
        },
        seen=lambda trace: round(1000 * _cost(trace)),
        because="And it names one connection, so that it harms no other, in any TCP.",
        points=(
            Point("action", "Ident costs a letter (s)", "rises", ends=("reset", "drop")),
            Point("action", "returned", "rises", ends=("port-unreachable", "host-unreachable")),
        ),
    ),
    Question(
        "06.4b",
        "A filter drops port 133, as the slide has it. Nothing listens on port 113. How much later do the sites greet?",
        choices={
            2: ("5 s later", "They ask on port 113, and the filter lets that pass."),
            1: (
                "a round trip later",
                "A kernel sends a reset where nothing listens. The filter is not in the way.",
            ),
            0: ("no later: they do not ask any more", "How would they know? They ask each client."),
        },
        seen=lambda trace: among(_cost(trace), 0.001, 1),
        because="A filter for the wrong port does no harm. It does no good, either.",
        points=(Point("port", "Ident costs a letter (s)", "falls"),),
    ),
    Question(
        "06.r1",
        "From lesson 05. A letter comes at 0:01, and its first try fails. MinQueueAge is 30m, the queue is run every 5 minutes. "
        "When is the second try?",
        choices={
            5: ("at 0:05", "There is a run, but the letter was tried four minutes before."),
            31: ("at 0:31", "It is old enough then, but nobody looks before the next run."),
            35: ("at 0:35", "It is the first run that is 30 minutes after the first try."),
        },
        seen=lambda trace: round(trace.attempts["time"][1] / 60),
        because="The runs decide when somebody looks, MinQueueAge whether it is tried.",
        run=_young,
    ),
    Question(
        "06.r2",
        "From lesson 02. The queue's disk of the other side is nearly full for an hour. It says 452 to MAIL. What becomes of the letter?",
        choices={
            "bounced": ("it is returned", "A code that begins with 4 says: later. Only 5 says: never."),
            "delivered": ("it comes later", "The sender keeps it, and tries again with each queue run."),
            "lost": ("it is lost", "Who says 452 has taken nothing. The sender still has it."),
        },
        seen=lambda trace: trace.messages["state"][0],
        because="Whoever has not said 250 after the dot is not responsible.",
        run=_no_room,
    ),
)

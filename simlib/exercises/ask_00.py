"""What lesson 00 asks: whether one can read what an administrator reads."""

from simlib.exercises.question import Point, Question, among
from simlib.trace.record import Trace


def _last_came(trace: Trace) -> float:
    came: float = max(trace.deliveries["time"])
    return came


def _second_attempt(trace: Trace) -> str:
    """What was sent for the second of two letters that were put off."""
    first, second = trace.attempts.where(outcome="deferred")["connection"][:2]
    if second is None:
        return "nothing"
    return "the same" if second == first else "a connect"


def _where_it_waited(trace: Trace) -> str:
    """Where the letter was for most of its way."""
    tries = trace.attempts
    sent = tries.where(outcome="sent")
    if max(sent["seconds"]) > sum(trace.messages["delay"]) / 2:
        return "line"
    return "our queue" if len(tries.where(host=sent["host"][0], outcome="deferred")) else "their queue"


def _tried_next(trace: Trace) -> int:
    """The minute in which the first letter was tried again."""
    _, second, *_ = trace.attempts.where(message=1)["time"]
    minute: int = round(second / 60)
    return minute


QUESTIONS = (
    Question(
        "00.1",
        "The mail host of there.example has no power until minute 20. sendmail runs its queue every 15 minutes. "
        "When does the mail arrive?",
        choices={
            0: ("at once", "Nobody is there to take it. It waits in the queue of mail.here.example."),
            1: (
                "after 20 minutes, when the power comes back",
                "Nobody tells the sender that it is back. He has to try again, and does it in a queue run.",
            ),
            2: (
                "after 30 minutes",
                "The queue run at 15 is in vain. The next one, at 30, finds the host there.",
            ),
            3: (
                "after 35 minutes, 15 minutes after the power",
                "Queue runs are counted from the sender's own start. They know nothing of the power over there.",
            ),
        },
        seen=lambda trace: among(_last_came(trace) / 60, 10, 25, 32),
        because="A letter that waits moves in a queue run, and at no other time.",
        points=(Point("run_every", "longest delay", "rises"), Point("down_minutes", "longest delay", "rises")),
    ),
    Question(
        "00.2",
        "Read the two lines above. What did sendmail send to mx.dead.example for the second letter?",
        choices={
            "the same": (
                "the letter, over the connection of the first one",
                "There was no connection: the first one timed out.",
            ),
            "a connect": (
                "a connect, which timed out at once",
                "No time-out is over in no time: xdelay=00:00:00. And relay= has no address in brackets.",
            ),
            "nothing": (
                "nothing",
                "relay= has no address in brackets, and xdelay= is 0. sendmail remembered that the host is down.",
            ),
        },
        seen=_second_attempt,
        because="The reason in stat= is that of the first letter: it is remembered. Lesson 04 is about that.",
    ),
    Question(
        "00.3",
        "Read the line above. Where was the letter for most of the time?",
        choices={
            "line": (
                "on the line, which is slow",
                "Then xdelay= would be long: it says how long this attempt took.",
            ),
            "our queue": (
                "in the queue of mail.here.example",
                "delay= counts from the moment when it came into this queue, and this attempt was a small part of it.",
            ),
            "their queue": (
                "in the queue of mx.there.example",
                "Our log ends when the other side takes the letter. What happens there is in its own log.",
            ),
        },
        seen=_where_it_waited,
        because="A long delay= with a short xdelay= is a letter that has waited. Look for its earlier lines, by the queue id.",
    ),
    Question(
        "00.4",
        "Read the listing above, of minute 11. MinQueueAge is 30m, and the queue is run at 1, 11, 21, 31 and so on. "
        "The letter for hana was tried at minute 1. When is it tried next?",
        choices={
            11: (
                "it is being tried now",
                "That would be a *. Its mark is a -.",
            ),
            21: (
                "in minute 21, with the next queue run",
                "Its mark is a -: queue runs pass it over until 30 minutes are over.",
            ),
            31: (
                "in minute 31",
                "The - says that it is too young. At 31 its last try is 30 minutes ago.",
            ),
            0: ("never: it is returned", "What is returned is no longer in the queue."),
        },
        seen=_tried_next,
        because="mailq's marks: * somebody works on it, - too young for a queue run, X the load is too high for it.",
    ),
    Question(
        "00.5",
        "Your letter has three recipients on one host, and the host knows no ESMTP: the client says HELO, and there is no "
        "PIPELINING. How many round trips does the dialogue cost, from the greeting to QUIT?",
        choices={
            6: (
                "6, as above",
                "Above, RCPT and DATA were sent together. Without PIPELINING each command waits for its reply.",
            ),
            7: ("7: DATA waits for itself", "That is so with one recipient. Each RCPT is a command of its own."),
            9: (
                "9",
                "The greeting, HELO, MAIL, three times RCPT, DATA, the letter with its dot, QUIT.",
            ),
            12: (
                "12: each recipient needs MAIL, RCPT and DATA",
                "One MAIL and one DATA are enough: one letter, three RCPTs.",
            ),
        },
        seen=lambda trace: sum(trace.connections["round_trips"]),
        because="On a line of 85 ms each of them costs 85 ms, however fast the line is. So they are worth counting.",
        points=(Point("recipients", "round trips", "rises"), Point("hello", "round trips", "falls", ("HELO", "EHLO"))),
    ),
)

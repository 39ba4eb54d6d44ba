"""What lesson 05 asks before its runs."""

from simlib.exercises.question import Point, Question, among
from simlib.trace.record import Trace
from simlib.world import World

CARDS = (  # in the order in which the lesson hands them in
    "200 kB by special delivery, to one person",
    "two lines to a mailing list (Precedence: list)",
    "two lines to three persons",
    "two lines of advertising (Precedence: junk)",
    "60 kB to one person",
    "two lines to one person",
)
HERE = "mail.here.example"


def _in_vain(trace: Trace) -> int:
    return len(trace.connections.where(lambda one: one.outcome != "accepted"))


def _minutes(trace: Trace, share: float) -> float:
    """The delay that a share of the delivered letters did not exceed."""
    spans = sorted(trace.messages.where(state="delivered", notice=False)["delay"])
    minutes: float = spans[min(round(share * len(spans)), len(spans) - 1)] / 60
    return minutes


def _by_priority(trace: Trace) -> list[str]:
    waiting = trace.queue(HERE)
    pairs = sorted(zip(waiting["priority"], waiting["message"], strict=True))
    return [CARDS[message - 1] for _, message in pairs]


def _after_a_younger_one(trace: Trace) -> int:
    sent = dict(zip(trace.messages["message"], trace.messages["submitted"], strict=True))
    times = [sent[message] for message in trace.deliveries.where(mailbox="hana")["message"]]
    return sum(time < max(times[: n + 1]) for n, time in enumerate(times))


def _gathered(trace: Trace) -> tuple[str, str]:
    """Whether one host has all of the queue, and whether the slowest letter was quicker than without it."""
    longest = max(trace.queue_length("relay.city.example")["length"], default=0)
    return ("all" if longest > 25 else "some"), ("sooner" if _minutes(trace, 1.0) < 170 else "not sooner")


def _too_large_for_the_mailer() -> Trace:
    world = World(seed=4)
    mail = world.sendmail(HERE, cf="Mesmtp, P=[IPC], F=mDFMuXa, E=\\r\\n, L=990, M=1000000, A=TCP $h")
    world.sendmail("mx.there.example", domain="there.example")
    mail.submit(f"taro@{HERE}", "hana@there.example", size=2_000_000)
    return world.run(until="1h")


def _twenty_for_a_dead_host() -> Trace:
    world = World(seed=4)
    mail = world.sendmail(HERE, cf="O DeliveryMode=queueonly")
    world.sendmail("mx.dead.example", domain="dead.example")
    world.outage("mx.dead.example", "0s", "1d")
    for n in range(20):
        mail.submit(f"taro@{HERE}", f"user{n}@dead.example")
    mail.queue_run(at="1m")
    return world.run(until="1h")


QUESTIONS = (
    Question(
        "05.1",
        "Eight hosts are without power for two hours. With a queue run every 5 minutes there are 168 connects in vain, "
        "of 75 seconds each. How many are there with MinQueueAge=30m?",
        choices={
            168: (
                "168: the runs still come every 5 minutes",
                "They come, but a letter that was tried less than 30 minutes ago is passed over.",
            ),
            84: ("84: about half", "30 minutes are six times 5: each host is tried far less often than that."),
            32: (
                "32: four for each host",
                "Each letter is tried once in half an hour: four times in two hours, for each of the eight hosts.",
            ),
            0: (
                "none: old mail is not tried while the hosts are down",
                "Nobody tells sendmail that they are down. It has to try, only not so often.",
            ),
        },
        seen=_in_vain,
        because="New mail has never been tried, so it is never too young. It still goes with the next run.",
        points=(
            Point("min_queue_age", "connects in vain", "falls"),
            Point("run_every", "median delay to well.example", "rises"),
        ),
    ),
    Question(
        "05.2",
        "Which recipients get their mail by “sendmail -qRone.example”?",
        choices={
            ("u1", "u4"): (
                "u1 and u4",
                "u3 is at lab.one.example, and that has the text in it. And dave's letter is one letter.",
            ),
            ("u1", "u3", "u4"): (
                "u1, u3 and u4",
                "Those are all with the text. But what is chosen is a letter, and dave's has two recipients.",
            ),
            ("u1", "u3", "u4", "u5"): (
                "u1, u3, u4 and u5",
                "A letter is chosen if one recipient has the text in it. Then all of its recipients are served.",
            ),
            ("u1",): (
                "u1 only",
                "R looks for the text in any recipient of a letter, and anywhere in the address.",
            ),
        },
        seen=lambda trace: tuple(sorted(trace.deliveries["mailbox"])),
        because="I, S and R look for a piece of text, in the queue id, the sender, or the recipients.",
        points=(Point("select", "delivered", "rises", ("-qRnobody", "-qRone.example")),),
    ),
    Question(
        "05.2b",
        "The host was tried in vain at minute 1, and it is back at minute 20. At minute 22 the administrator types "
        "“sendmail -q”. When does its mail come?",
        choices={
            0: (
                "in minute 22",
                "A run of the whole queue minds MinQueueAge, whoever starts it. The letters are too young.",
            ),
            1: (
                "in minute 26",
                "The next run passes them over, too: 30 minutes are not over.",
            ),
            2: ("in minute 31", "That is 30 minutes after the last try. “sendmail -q” has done nothing."),
            3: (
                "in minute 50",
                "The 30 minutes begin with the last try, not with the power.",
            ),
        },
        seen=lambda trace: among(min(trace.deliveries["time"]) / 60, 24, 28, 40),
        because="A selected run (-qR, -qS, -qI) minds neither MinQueueAge nor what is remembered of hosts. Name the host.",
        points=(Point("select", "median delay", "falls", ("", "-qRdead.example")),),
    ),
    Question(
        "05.3",
        "Without ETRN the provider would run his queue every 5 minutes: 96 connects in vain in the day, and half of the "
        "letters wait more than 81 minutes. What is it with ETRN and a queue run once an hour?",
        choices={
            ("fewer", "as long"): (
                "about 30 in vain, and the same 81 minutes",
                "The branch says when it is there. Its mail comes with each call, and there is no need to try every five minutes in between.",
            ),
            ("fewer", "longer"): (
                "about 30 in vain, but 150 minutes: runs are rarer",
                "That is an hourly queue run alone: it meets one call of four. ETRN starts a run of its own.",
            ),
            ("as many", "shorter"): (
                "about 96 in vain, but less than 40 minutes",
                "Nothing brings mail to a branch that is not on line. It waits for the next call in any case.",
            ),
            ("none", "as long"): (
                "none in vain, and the same 81 minutes",
                "Each new letter is still tried once as it comes, and the hourly run tries, too.",
            ),
        },
        seen=lambda trace: (
            ("none", "fewer", "as many")[among(_in_vain(trace), 1, 60)],
            ("shorter", "as long", "longer")[among(_minutes(trace, 0.5), 60, 100)],
        ),
        because="ETRN is as good as a run every five minutes, at a third of the connects. It pays if lines cost money.",
        points=(Point("etrn", "median delay", "falls"), Point("etrn", "left in queues", "falls")),
    ),
    Question(
        "05.5",
        "Six letters wait. In which order does a queue run take them?",
        cards=CARDS,
        seen=_by_priority,
        because="The smallest number comes first. A list costs 54,000, each recipient 30,000, a byte 1; special delivery "
        "takes off 180,000, and junk adds as much.",
        points=(
            Point("class_factor", "place of the letter to the list", "rises"),
            Point("recipient_factor", "place of the letter to three", "rises"),
        ),
    ),
    Question(
        "05.4",
        "The power comes back, and all of Hana's 30 messages are delivered. "
        "How many of them does she read after a younger one, the answer before the question?",
        choices={
            0: (
                "none: first in, first out",
                "That is QueueSortOrder=time. The default is the priority, and it is not the time.",
            ),
            1: (
                "a few: those of the list",
                "A list's letters have a larger number, but the number of tries counts for far more.",
            ),
            2: (
                "about half of them",
                "It would be so if the order had nothing to do with time. It has: it is turned round.",
            ),
            3: (
                "nearly all",
                "Each try adds 90,000. What came in the evening was tried sixteen times, and so it is the last.",
            ),
        },
        seen=lambda trace: among(_after_a_younger_one(trace), 1, 11, 21),
        because="After a long outage the order of priority is the order of time, turned round.",
        points=(Point("order", "after a younger one", "falls", ("priority", "time")),),
    ),
    Question(
        "05.6",
        "Without a fallback host the three queues grow to 14, 8 and 9 letters. The slowest letter takes 179 minutes. "
        "And with relay.city.example as FallbackMXhost?",
        choices={
            ("all", "not sooner"): (
                "31 letters wait on the relay; none comes sooner",
                "The line is cut for the relay, too. What changes is where the letters wait.",
            ),
            ("all", "sooner"): (
                "31 letters wait on the relay; all come sooner",
                "They go over one connection, and that saves seconds. But the line is back when it is back.",
            ),
            ("some", "not sooner"): (
                "some wait on the relay: those that were tried several times",
                "The fallback host is the last in the list of MX hosts. It is tried in the first attempt already.",
            ),
            ("some", "sooner"): (
                "few wait anywhere: the relay knows another way",
                "It has the same line, and no other way.",
            ),
        },
        seen=_gathered,
        because="It is not for speed. One queue is looked after and not a hundred, and small hosts can be switched off.",
        points=(Point("fallback", "longest at mail.site0.example", "falls"),),
    ),
    Question(
        "05.r1",
        "From lesson 03. Mesmtp has M=1000000, and a letter of 2 MB is handed in for another host. "
        "How many connections are opened for it?",
        choices={
            0: ("none", "The mailer's own limit is checked before anything is sent. The letter is returned."),
            1: ("one", "The far host has no limit here. It is our own line that says M=."),
            2: ("two", "sendmail does not cut a letter into parts."),
        },
        seen=lambda trace: len(trace.connections),
        because="M= belongs to a mailer: too large for that way out, whatever the other side takes.",
        run=_too_large_for_the_mailer,
    ),
    Question(
        "05.r2",
        "From lesson 04. Twenty letters wait for one dead host. The host status is not kept on disk, and there is one "
        "queue run. How many connects are made in vain in that run?",
        choices={
            0: ("none", "Nothing is known of the host before the first connect."),
            1: ("one", "Within a run the failure is remembered in memory. The other nineteen are put back at once."),
            20: ("twenty, one for each letter", "That is so only with Timeout.hoststatus=0."),
        },
        seen=_in_vain,
        because="On disk the next run knows of it, too. In memory the knowledge ends with the run.",
        run=_twenty_for_a_dead_host,
    ),
)

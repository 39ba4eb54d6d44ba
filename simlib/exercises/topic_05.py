"""05 Managing the queue."""

from simlib import traffic
from simlib.cf import stock
from simlib.exercises.exercise import Exercise, WrongAnswer, another_way, in_order, some
from simlib.language import phrase
from simlib.trace.record import Trace
from simlib.world import World

WAITING = {  # what stands on a line -> size, recipients, Precedence
    "a letter of 90,000 bytes": (90_000, 1, ""),
    "a letter of 5,000 bytes to four people": (5_000, 4, ""),
    "an issue of a list, 2,000 bytes (Precedence: list)": (2_000, 1, "list"),
    "a letter of 200,000 bytes (Precedence: special-delivery)": (200_000, 1, "special-delivery"),
    "a letter of 3,000 bytes": (3_000, 1, ""),
}
_BY_PRECEDENCE = tuple(list(WAITING)[n] for n in (3, 4, 1, 0, 2))  # special-delivery, letters by size, list
MOST_TRIES, NEW_MAIL_WAITS, OLD_MAIL_WAITS = 3, 10, 30  # an hour; minutes; minutes after the power is back
MODEL = "O MinQueueAge=20m"


def _queue_order() -> list[str]:
    """The order in which a queue run takes the messages of ``WAITING``."""
    world = World(seed=5)
    mail = world.sendmail("mail.here.example", cf="O DeliveryMode=queueonly")
    world.sendmail("mx.there.example", domain="there.example")
    for n, (size, recipients, precedence) in enumerate(WAITING.values()):
        to = [f"user{n}.{m}@there.example" for m in range(recipients)]
        headers = {"Precedence": precedence} if precedence else {}
        mail.submit(f"sender{n}@mail.here.example", *to, size=size, headers=headers)
    mail.queue_run(at="1m")
    taken = dict.fromkeys(world.run(until="1h").deliveries["sender"])
    return [list(WAITING)[int(sender.partition("@")[0].removeprefix("sender"))] for sender in taken]


def _storm(cf: str) -> str:
    for hours in (2.3, 3.2):
        trace = _dead_hosts(cf, hours)
        tries = _tries(trace)
        if tries > MOST_TRIES:
            raise WrongAnswer("A dead host is tried {tries:.1f} times an hour.", tries=tries)
        old = _in_time(trace, hours)
    other = another_way(tries, _tries(_dead_hosts(MODEL, hours)), "tries {number:.1f} times an hour")
    return phrase(
        "A dead host is tried {tries:.1f} times an hour, and old mail comes within {old:.0f} minutes.{other}",
        tries=tries,
        old=old,
        other=other,
    )


def _tries(trace: Trace) -> float:
    """How often a dead host is tried in an hour: by the time from try to try, to a tenth."""
    vain: dict[str, list[float]] = {}
    for one in trace.connections.where(lambda one: one.outcome != "accepted"):
        vain.setdefault(one.server, []).append(one.opened)
    spans = [(times[-1] - times[0]) / (len(times) - 1) for times in vain.values() if len(times) > 1]
    return round(3600 * len(spans) / sum(spans), 1) if spans else 0.0


def _in_time(trace: Trace, hours: float) -> float:
    """How long old mail takes once the power is back (minutes)."""
    arrived = trace.messages.where(state="delivered", notice=False)
    if trace.totals()["queued"]:
        raise WrongAnswer(
            "{queued} messages are still in the queue an hour after the power is back.", queued=trace.totals()["queued"]
        )
    returned = "Not all mail is delivered: some came back to its author."
    new = max(some(arrived.where(recipient="hana@well.example")["delay"], returned)) / 60
    if new > NEW_MAIL_WAITS:
        raise WrongAnswer("New mail for a host that is well waits up to {new:.0f} minutes.", new=new)
    old = max(some(arrived.where(lambda one: "dead" in one.recipient)["finished"], returned)) / 60 - hours * 60
    if old > OLD_MAIL_WAITS:
        raise WrongAnswer(
            "The power is back after {hours:g} hours, but some mail comes {old:.0f} minutes after that.",
            hours=hours,
            old=old,
        )
    return float(old)


def _dead_hosts(cf: str, hours: float) -> Trace:
    world = World(seed=4)
    mail = world.sendmail("mail.here.example", cf=cf + "\nO DeliveryMode=queueonly")
    world.sendmail("mx.well.example", domain="well.example")
    for n in range(8):
        world.sendmail(f"mx.dead{n}.example", domain=f"dead{n}.example")
        world.outage(f"mx.dead{n}.example", "0s", hours * 3600)
        mail.submit("taro@mail.here.example", f"user{n}@dead{n}.example", at=n)
    for at in traffic.poisson(world.random("arrivals"), every="6m", until=hours * 3600):
        mail.submit("taro@mail.here.example", "hana@well.example", at=at)
    mail.queue_run(every="5m", at="1m")
    return world.run(until=(hours + 1) * 3600)


def _fallback(cf: str) -> str:
    for hours in (6, 9):
        world = World(seed=5)
        mail = world.sendmail("mail.here.example", cf=cf)
        relay = world.sendmail("night.city.example", cf="CRdead.example")
        world.sendmail("mx.well.example", domain="well.example")
        dead = world.sendmail("mx.dead.example", domain="dead.example")
        world.outage(dead, "0s", hours * 3600)
        for n in range(10):
            mail.submit("taro@mail.here.example", f"user{n}@{'dead' if n % 2 else 'well'}.example", at=60 * n)
        mail.queue_run(every="30m")
        relay.queue_run(every="10m")
        world.outage(mail, "1h", "24h")  # the office is closed
        trace = world.run(until="24h")
        detour = len(trace.connections.where(client="night.city.example", server="mx.well.example"))
        if len(trace.connections.where(client="mail.here.example", server="night.city.example")) and stock().with_lines(
            cf
        ).macros.get("S"):
            raise WrongAnswer("DS sends everything by the relay, also what could have gone straight.")
        if detour:
            raise WrongAnswer(
                "{detour} messages for a host that is well took the way by the relay, too.", detour=detour
            )
        if trace.totals()["delivered"] < 10:
            named = stock().with_lines(cf)["FallbackMXhost"].strip("[].")
            if named and named != "night.city.example":
                raise WrongAnswer("{named} is not willing to keep mail for others.", named=named)
            raise WrongAnswer(
                "{delivered} messages are in the queue of a host that is switched off for the night.",
                delivered=10 - trace.totals()["delivered"],
            )
    return "What could not be sent waits with the relay; the rest went straight to where it belongs."


EXERCISES = (
    Exercise(
        "05.a",
        "These messages wait in the queue, in this order of arrival. None of them was tried before. Bring them into the "
        "order in which a queue run takes them: QueueSortOrder=priority, stock RecipientFactor and ClassFactor.",
        "order",
        in_order(_queue_order, "Size, plus 30,000 for each recipient, less 1,800 for each step of Precedence.", {
            tuple(WAITING): "That is the order of arrival: QueueSortOrder=time.",
            tuple(sorted(WAITING, key=lambda name: WAITING[name][0])): "By size alone. What do four recipients cost?",
            _BY_PRECEDENCE: "Precedence is no rank of its own: each step is worth 1,800 bytes.",
        }),
        solution="a letter of 3,000 bytes\n"
        "a letter of 200,000 bytes (Precedence: special-delivery)\n"
        "an issue of a list, 2,000 bytes (Precedence: list)\n"
        "a letter of 90,000 bytes\n"
        "a letter of 5,000 bytes to four people",
        hints=("The smaller the number, the sooner: size + recipients × 30,000 − Precedence × 1,800.", "list is −30, special-delivery is 100."),
        mistakes=(
            "an issue of a list, 2,000 bytes (Precedence: list)\na letter of 3,000 bytes\na letter of 5,000 bytes to four people\n"
            "a letter of 90,000 bytes\na letter of 200,000 bytes (Precedence: special-delivery)",
            "a letter of 3,000 bytes\na letter of 200,000 bytes (Precedence: special-delivery)\n"
            "an issue of a list, 2,000 bytes (Precedence: list)\n"
            "a letter of 5,000 bytes to four people\na letter of 90,000 bytes",
            "a letter of 200,000 bytes (Precedence: special-delivery)\na letter of 3,000 bytes",
        ),
        choices=tuple(WAITING),
    ),
    Exercise(
        "05.b",
        "Eight hosts are without power for some hours. The queue is run every 5 minutes, and new mail is only queued. Write "
        "lines: each dead host is to be tried at most 3 times an hour. Yet new mail may wait no more than 10 minutes. "
        "Old mail may wait no more than 30 minutes once the power is back.",
        "cf",
        _storm,
        solution=MODEL,
        hints=("Whatever was never tried is never too young.", "MinQueueAge counts from the end of the last try: the next run after it."),
        mistakes=("O MinQueueAge=5m", "O MinQueueAge=60m", "O QueueSortOrder=time", "O Timeout.connect=1s"),
        given="O MinQueueAge=0",
    ),
    Exercise(
        "05.c",
        "mail.here.example is switched off an hour after the day's mail, for the night. night.city.example is willing to "
        "keep what cannot be delivered by then, and only that. Mail for hosts that are well is to go straight there. Write "
        "the line for mail.here.example.",
        "cf",
        _fallback,
        solution="O FallbackMXhost=night.city.example",
        hints=("A smart host takes all mail.", "What takes only what could be sent to no MX at all?"),
        mistakes=("DSnight.city.example", "O Timeout.queuereturn=1h", "O FallbackMXhost=mx.well.example", "O MinQueueAge=0"),
        given="DSnight.city.example",
    ),
)  # fmt: skip

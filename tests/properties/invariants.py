"""What has to hold of every world, whatever happened in it."""

from simlib import Trace, World
from tests.properties.scenario import everything
from tests.properties.sites import CALM, END, drawn

MOST_AT_ONCE = 20_000  # events in one instant; no site that is drawn has so much to do


def hold_of_site(seed: int, twice: bool = False) -> None:
    """Play the site of a seed and check it; ``twice``: the same seed has to give the same trace."""
    world = drawn(seed)
    _count_events(world)
    check(world, world.run(until=END), calm=False)
    trace = world.run(until=CALM)
    check(world, trace, calm=True)
    if twice:
        again = drawn(seed)
        again.run(until=END)
        assert everything(again.run(until=CALM)) == everything(trace), "the same seed gives another trace"


def _count_events(world: World) -> None:
    """Have the clock complain where it stands still."""
    step, env, at = world.env.step, world.env, [-1.0, 0]

    def counted() -> None:
        step()
        at[1] = at[1] + 1 if at[0] == env.now else 0
        at[0] = env.now
        assert at[1] < MOST_AT_ONCE, f"the clock stands still at {env.now}"

    world.env.step = counted  # type: ignore[method-assign]  # so that each event is seen, whoever runs the world


def check(world: World, trace: Trace, calm: bool) -> None:
    """Raise AssertionError where something does not hold. ``calm``: everything has had the time to end."""
    _balance(world, trace)
    _processes(world)
    if calm:
        _nobody_at_work(world)


def _balance(world: World, trace: Trace) -> None:
    """Accounts held are exactly those of the entries in queues and of senders who have not got rid of them yet."""
    held: dict[object, int] = {}
    for system in world.systems:
        for entry in system.queue:
            for recipient in entry.recipients:
                held[recipient.account] = held.get(recipient.account, 0) + 1
    accounts = world.recorder.ledger.accounts
    for account in accounts:
        assert account.held == held.pop(account, 0), f"{account} is not held by as many queue entries"
        assert account.held + account.delivered + account.bounced + account.lost + account.expanded >= 1, "nowhere"
        assert (account.finished is None) == (account.state == "queued"), account
    assert not held, "a queue holds what no account stands for"
    totals = trace.totals()
    assert totals["submitted"] == sum(totals[state] for state in ("delivered", "bounced", "queued", "lost"))


def _processes(world: World) -> None:
    """No two processes of a host have one number, and no lock is held by a process that is gone."""
    for daemon, system in ((one.daemon, one.installation) for one in world.systems):
        numbers = [daemon.pid, *daemon.children, *system.processes]
        assert len(set(numbers)) == len(numbers), f"process numbers on {system.name}: {numbers}"
        alive = set(map(id, system.processes.values()))
        assert all(id(holder) in alive for holder in system.host_status.locks.values()), "a lock outlives its process"
        at_work = {entry.qid for process in system.processes.values() for entry in process.entries}
        assert {entry.qid for entry in system.queue if entry.locked} <= at_work, "an entry is locked by nobody"


def _nobody_at_work(world: World) -> None:
    for system in world.systems:
        assert not system.daemon.children, f"clients of {system.name} that nobody serves"
        assert not any(entry.locked for entry in system.queue)
        assert not system.host_status.locks

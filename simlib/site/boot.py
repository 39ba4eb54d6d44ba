"""Starting the services of a site one after the other, in which order, and what the best orders are (slide claim 15.1).

The order is that of an operator who brings a machine room up again: a service is begun when the one before it is
ready. What an order does to the mail is judged elsewhere, by playing it.
"""

from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

import networkx

from simlib.errors import WorkbookError
from simlib.units import seconds
from simlib.watch import Stopped

if TYPE_CHECKING:
    from simlib.trace.record import Trace

MOST_SERVICES = 8  # of which all orders are tried


@dataclass(frozen=True)
class Service:
    """A service: how long it takes to start (``"6m"``), and the services without which it cannot be started."""

    name: str
    takes: str | float
    needs: tuple[str, ...] = ()


class Toll(NamedTuple):
    """What an order costs, in letters: those that were bounced, that came to a wrong mailbox, that came late."""

    bounced: int
    misdelivered: int
    delayed: int

    @classmethod
    def of(
        cls, trace: "Trace", host: str, forwarded: Collection[str], since: str | float = 0, late: str | float = "15m"
    ) -> "Toll":
        """Count them in a run.

        ``forwarded``: users whose mail should not stay in their mailboxes on ``host``. Late is what reached no mailbox
        within ``late`` of its writing, or of ``since``, when the power came back. A letter counts once.
        """
        letters = trace.messages.where(notice=False)
        bounced = letters["state"].count("bounced")
        wrong = {row.message for row in trace.deliveries if row.host == host and row.mailbox in forwarded}
        end, allowed = seconds(since), seconds(late)
        delayed = sum(
            row.finished is None or row.finished - max(row.submitted, end) > allowed
            for row in letters
            if row.state in ("delivered", "queued") and row.message not in wrong
        )
        return cls(bounced, len(wrong), delayed)

    @property
    def rank(self) -> tuple[int, int]:
        """By which tolls are compared: letters that did not reach their readers first, then those that came late."""
        return self.bounced + self.misdelivered, self.delayed


def dependencies(services: Sequence[Service]) -> "networkx.DiGraph[str]":
    """The graph of who needs whom, an edge from what is needed to what needs it.

    Raises WorkbookError for a name that stands twice or nowhere, and for services that wait for each other.
    """
    graph: networkx.DiGraph[str] = networkx.DiGraph()
    for service in services:
        if service.name in graph:
            raise WorkbookError("{name!r} is there twice: each service once", name=service.name)
        graph.add_node(service.name)
    for service in services:
        for need in service.needs:
            if need not in graph:
                raise WorkbookError(
                    "{name!r} needs {need!r}, none of the services {them}",
                    name=service.name,
                    need=need,
                    them=", ".join(graph),
                )
            graph.add_edge(need, service.name)
    if not networkx.is_directed_acyclic_graph(graph):
        circle = " → ".join(one for one, _ in networkx.find_cycle(graph))
        raise WorkbookError("{circle} → …: these wait for each other, none can be the first", circle=circle)
    return graph


def ready_times(services: Sequence[Service], order: Sequence[str]) -> dict[str, float]:
    """When each service is ready, in seconds since the power is back.

    Raises WorkbookError for an order that leaves one out, names one twice or has one before what it needs.

    >>> ready_times([Service("nfsd", "6m"), Service("/home", "1m", needs=("nfsd",))], ["nfsd", "/home"])
    {'nfsd': 360.0, '/home': 420.0}
    """
    graph = dependencies(services)
    known = {service.name: service for service in services}
    wrong = [name for name in order if name not in known] or [name for name in known if list(order).count(name) != 1]
    if wrong:
        raise WorkbookError(
            "{wrong!r}: each of {them} is started once, and nothing else", wrong=wrong[0], them=", ".join(known)
        )
    ready: dict[str, float] = {}
    now = 0.0
    for name in order:
        missing = [need for need in graph.predecessors(name) if need not in ready]
        if missing:
            raise WorkbookError("{name} needs {missing}: put {missing} before {name}", name=name, missing=missing[0])
        now += seconds(known[name].takes)
        ready[name] = now
    return ready


def orders(services: Sequence[Service]) -> Iterator[tuple[str, ...]]:
    """All orders in which everything has what it needs: the topological orders of the graph."""
    return (tuple(order) for order in networkx.all_topological_sorts(dependencies(services)))


@dataclass(frozen=True)
class Search:
    """All orders with what they cost; best and worst are by ``Toll.rank`` (of equals the earliest found)."""

    judged: tuple[tuple[tuple[str, ...], Toll], ...]

    @property
    def best(self) -> tuple[tuple[str, ...], Toll]:
        """The order that costs least."""
        return min(self.judged, key=lambda one: one[1].rank)

    @property
    def worst(self) -> tuple[tuple[str, ...], Toll]:
        """The order that costs most."""
        return max(self.judged, key=lambda one: one[1].rank)

    @property
    def frontier(self) -> tuple[tuple[tuple[str, ...], Toll], ...]:
        """The orders that no other beats: none is as good in all and better in something (Pareto)."""
        tolls = pareto(toll for _, toll in self.judged)
        return tuple(one for one in self.judged if one[1] in tolls)

    def toll_of(self, order: Sequence[str]) -> Toll:
        """What one order costs."""
        for known, toll in self.judged:
            if known == tuple(order):
                return toll
        raise WorkbookError(
            "{list} was not judged: it is no order in which everything has what it needs", list=list(order)
        )


def pareto(tolls: Iterable[Toll]) -> set[Toll]:
    """Those that no other beats.

    >>> sorted(pareto({Toll(0, 0, 9), Toll(3, 0, 3), Toll(3, 0, 4)}))
    [Toll(bounced=0, misdelivered=0, delayed=9), Toll(bounced=3, misdelivered=0, delayed=3)]
    """
    every = set(tolls)
    return {toll for toll in every if not any(_beats(other, toll) for other in every)}


def _beats(one: Toll, other: Toll) -> bool:
    """Whether one is better in something and worse in nothing."""
    return one != other and all(mine <= theirs for mine, theirs in zip(one, other, strict=True))


def best_order(
    services: Sequence[Service],
    judge: Callable[[tuple[str, ...]], Toll],
    progress: Callable[[int, int], None] = lambda done, of: None,
) -> Search:
    """Try all orders of up to 8 services; ``judge`` plays one and says what it costs.

    ``progress`` is told after each order how many are done, of how many. A KeyboardInterrupt, or ``Stopped`` from
    whoever watches, ends the search with those that were judged by then, if there are any.
    """
    if len(services) > MOST_SERVICES:
        raise WorkbookError(
            "{many} services: all orders of at most {most_services} are tried",
            many=len(services),
            most_services=MOST_SERVICES,
        )
    every = list(orders(services))
    judged: list[tuple[tuple[str, ...], Toll]] = []
    try:
        for order in every:
            judged.append((order, judge(order)))
            progress(len(judged), len(every))
    except (KeyboardInterrupt, Stopped):
        if not judged:
            raise
    return Search(tuple(judged))

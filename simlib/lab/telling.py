"""Telling numbers: which of a scenario's numbers tell its point, and how any number of a run is found by its name."""

from collections.abc import Callable, Iterable, Sequence
from difflib import get_close_matches
from typing import TYPE_CHECKING, Any, TypeVar

from simlib.errors import WorkbookError
from simlib.lab import (
    charts,
    charts_of_encodings,
    charts_of_hosts,
    charts_of_letters,
    charts_of_load,
    charts_of_notices,
)
from simlib.lab.numbers import Number, balance
from simlib.lab.pictures import eighth_bit
from simlib.language import phrase

if TYPE_CHECKING:
    from simlib.lab.entries import Entry
    from simlib.trace.record import Trace

Scenario = TypeVar("Scenario", bound=Callable[..., Any])

HEADING = "Telling numbers"
MOST = 3  # numbers that a reader takes in at a glance

# where a number is looked for, in this order; names that several of them have mean the first
_CHARTS: "tuple[Callable[[Trace], Entry], ...]" = (
    *(charts.connections, charts.attempts, charts.delays, charts.fates, charts.queue_length),
    *(charts.outcomes, charts.bytes_on_the_wire, charts.reading_order, charts.load),
    *(charts_of_hosts.connects, charts_of_hosts.delays_by_host, charts_of_hosts.in_and_out),
    *(charts_of_letters.letters, charts_of_letters.copies, charts_of_letters.told),
    *(charts_of_load.load_and_refusals, charts_of_encodings.encodings, charts_of_notices.notices),
    eighth_bit.eighth_bit,
)


def telling(*names: str) -> Callable[[Scenario], Scenario]:
    """Say which numbers of a scenario tell its point, one to three: ``explore``, ``compare``, ``table`` and ``predict``
    show them first.

    >>> @telling("connections opened", "longest delay")
    ... def queue_run(cache_size=2): ...

    A name is that of a number of any chart, or of the balance: ``delivered``, ``lost``. Raises WorkbookError for none
    or more than three; a name that no number has is told when the scenario is run.
    """
    if not 1 <= len(names) <= MOST or not all(isinstance(name, str) for name in names):
        raise WorkbookError(
            "telling{names}: name one to {most} numbers, such as @lab.telling('connections opened')",
            names=names,
            most=MOST,
        )

    def marked(run: Scenario) -> Scenario:
        run.telling = names  # type: ignore[attr-defined]  # a mark, so that run stays the plain function that it is
        return run

    return marked


def telling_of(run: Callable[..., Any]) -> tuple[str, ...]:
    """The names of a scenario's telling numbers; none where it has not said."""
    names: tuple[str, ...] = getattr(run, "telling", ())
    return names


class NumbersOf:
    """The numbers of one run by name; charts beside those that are given are made only to find a number."""

    def __init__(self, trace: "Trace", made: "Iterable[Entry]" = ()) -> None:
        if not callable(getattr(trace, "totals", None)):
            raise WorkbookError(
                "the run returned {trace!r}, not a trace; let it end with: return world.run(until=…)", trace=trace
            )
        self._trace = trace
        self._known = balance(trace.totals())
        self._unmade = list(_CHARTS)
        for chart in made:
            self._add(chart)

    def get(self, name: str) -> Number:
        """The number of that name; ``Number(None)`` where the run has none."""
        while name not in self._known and self._unmade:
            self._add(self._unmade.pop(0)(self._trace))
        return self._known.get(name, Number(None))

    @property
    def names(self) -> list[str]:
        """The names that were met on the way."""
        return list(self._known)

    def _add(self, chart: "Entry") -> None:
        for name, number in chart.numbers.items():
            self._known.setdefault(name, number)


def found(names: Sequence[str], runs: Sequence[NumbersOf]) -> dict[str, list[Number]]:
    """The named numbers of each of the runs. Raises WorkbookError for a name that none of them has."""
    numbers = {name: [run.get(name) for run in runs] for name in names}
    for name, held in numbers.items():
        if all(one == Number(None) for one in held):
            there = list(dict.fromkeys(known for run in runs for known in run.names))
            near = get_close_matches(name, there, n=1)
            hint = phrase("did you mean {name!r}? ", name=near[0]) if near else ""
            raise WorkbookError(
                "no number is called {name!r}; {hint}There are: {them}", name=name, hint=hint, them=", ".join(there)
            )
    return numbers


def told_first(run: Callable[..., Any], numbers: NumbersOf) -> dict[str, Number]:
    """The telling numbers of one run of a scenario."""
    return {name: held[0] for name, held in found(telling_of(run), [numbers]).items()}

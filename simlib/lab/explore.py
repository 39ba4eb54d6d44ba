"""``explore``: the one way a notebook becomes interactive."""

import asyncio
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any

from simlib.errors import WorkbookError
from simlib.lab.chart import Chart
from simlib.lab.controls import controls_of, label_of, settings_of
from simlib.lab.panel import Panel, Sections
from simlib.lab.scale import duration, number

if TYPE_CHECKING:
    from simlib.trace.record import Trace

GATHERING = 0.002  # seconds in which further moves of a control are gathered into one run


def explore(
    run: "Callable[..., Trace]", /, *, show: "Sequence[Callable[[Trace], Chart]]" = (), **controls: Any
) -> "Exploration":
    """Run a scenario, show its charts and numbers, and run it again as the reader moves a control.

    ``run`` is a plain function that returns a trace and whose parameters all have defaults; the first run uses them.
    Each of ``controls`` names a parameter and its range: ``(low, high)`` or ``(low, high, step)`` makes a slider, a
    list of texts or a dict (text → value) a drop-down, ``bool`` a check box; the other parameters stay at their
    defaults. A docstring line ``parameter: what it is`` gives a parameter its label. ``show`` lists chart functions
    such as ``lab.connections``.

    While a slider moves only the newest setting is run; those it has left behind are dropped.

    Raises WorkbookError, before anything is shown, for an unknown parameter, a range the wrong way round, a default
    outside its range, an entry of ``show`` that makes no chart, or a ``run`` that returns no trace.
    """
    return Exploration(run, list(show), controls)


class Exploration:
    """A scenario on the screen with its controls. ``trace`` and ``settings`` are those of the newest run."""

    def __init__(self, run: Callable[..., Any], show: list[Callable[[Any], Any]], ranges: dict[str, Any]) -> None:
        self._run, self._show = run, show
        self.settings: dict[str, Any] = settings_of(run)
        controls = controls_of(run, ranges)
        self._controlled = frozenset(controls)
        self._wanted: dict[str, Any] = {}
        self._waiting = False
        self.trace: Trace = self._traced(self.settings)
        self.charts: list[Chart] = self._charted(self.trace)
        self._panel = Panel(controls, self.charts, self._numbers(), self._moved)

    def __repr__(self) -> str:
        given = ", ".join(f"{name}={value!r}" for name, value in self.settings.items())
        totals = ", ".join(f"{number(count)} {state}" for state, count in self.trace.totals().items())
        head = [f"{self._run.__name__}({given})", f"seed {self.trace.seed}, {self._simulated()} simulated", totals]
        return "\n".join([*head, *map(repr, self.charts)])

    def _repr_mimebundle_(self, **_: Any) -> dict[str, Any]:
        view: dict[str, Any] = self._panel.widget._repr_mimebundle_()
        return {**view, "text/plain": repr(self)}

    def _moved(self, name: str, value: Any) -> None:
        """Note what is wanted, and see to it that it is run once the moves that are under way have arrived."""
        self._wanted[name] = value
        if self._waiting:
            return
        try:
            loop = asyncio.get_running_loop()
        except RuntimeError:  # no kernel round us, and so nothing that could gather moves
            self._run_newest()
            return
        self._waiting = True
        loop.call_later(GATHERING, self._run_newest)

    def _run_newest(self) -> None:
        self._waiting = False
        settings = {**self.settings, **self._wanted}
        try:
            trace = self._traced(settings)
            charts = self._charted(trace)
        except Exception as trouble:  # whatever the student's own function raises belongs on the screen
            self._panel.complain(f"{self._run.__name__}({self._changed()}): {trouble}")
            return
        self.settings, self.trace, self.charts = settings, trace, charts
        self._panel.show(charts, self._numbers())

    def _traced(self, settings: dict[str, Any]) -> Any:
        trace = self._run(**settings)
        if not hasattr(trace, "totals"):
            raise WorkbookError(
                f"{self._run.__name__} returned {trace!r}, not a trace; let it end with: return world.run(until=…)"
            )
        return trace

    def _charted(self, trace: Any) -> list[Chart]:
        charts = []
        for entry in self._show:
            chart = entry(trace) if callable(entry) else None
            if not isinstance(chart, Chart):
                name = getattr(entry, "__name__", repr(entry))
                raise WorkbookError(
                    f"show: {name} is not a chart; write for example show=[lab.connections, lab.delays]"
                )
            charts.append(chart)
        return charts

    def _numbers(self) -> Sections:
        uncontrolled = [name for name in self.settings if name not in self._controlled]
        fixed = {label_of(self._run, name): str(self.settings[name]) for name in uncontrolled}
        run = {**fixed, "seed": str(self.trace.seed), "simulated": self._simulated()}
        mail = {state: number(count) for state, count in self.trace.totals().items()}
        return {"This run": run, "Messages": mail, **{chart.title: chart.numbers for chart in self.charts}}

    def _simulated(self) -> str:
        return duration(self.trace.until)

    def _changed(self) -> str:
        return ", ".join(f"{name}={value!r}" for name, value in self._wanted.items())

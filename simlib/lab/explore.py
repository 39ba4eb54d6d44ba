"""``explore``: the one way a notebook becomes interactive."""

import asyncio
from collections.abc import Callable, Mapping, Sequence
from functools import cached_property
from typing import TYPE_CHECKING, Any

from simlib.errors import WorkbookError, words_of
from simlib.lab.background import in_background
from simlib.lab.controls import Control, controls_of, label_of, settings_of
from simlib.lab.entries import Entry
from simlib.lab.footer import Footer
from simlib.lab.links import arrived, settings_in, state_of
from simlib.lab.numbers import Number, balance, balance_in_words, block
from simlib.lab.panel import Panel, Sections
from simlib.lab.runs import Run
from simlib.lab.screen import shown
from simlib.lab.telling import HEADING, NumbersOf, told_first
from simlib.lab.words import view_of
from simlib.language import phrase
from simlib.watch import Stopped

if TYPE_CHECKING:
    from simlib.trace.record import Trace

GATHERING = 0.002  # seconds in which further moves of a control are gathered into one run


def explore(
    run: "Callable[..., Trace]",
    /,
    *,
    show: "Sequence[Callable[[Trace], Entry]]" = (),
    start: Mapping[str, Any] | None = None,
    **controls: Any,
) -> "Exploration":
    """Run a scenario, show its charts and numbers, and run it again as the reader moves a control.

    ``run`` is a plain function that returns a trace and whose parameters all have defaults; the first run uses them.
    Each of ``controls`` names a parameter and its range: ``(low, high)`` or ``(low, high, step)`` makes a slider, a
    list of texts or a dict (text → value) a drop-down, ``bool`` a check box, a list of texts for a parameter that is
    itself one cards to be laid in order; the other parameters stay at their defaults. A docstring line ``parameter:
    what it is`` gives a parameter its label. ``start`` gives parameters other values to start from than the defaults:
    "As code" under the controls shows the line that makes just what is on the screen.

    ``show`` lists chart functions such as ``lab.connections``, or functions of the trace that give a text or a table,
    which stands under the function's docstring, or a dict of numbers, name → value. The scenario's telling numbers
    stand large beside the controls (see ``telling``), the others are folded; what a move has changed is marked, and
    the charts keep a pale ghost of the run before.

    While a slider moves only the newest setting is run; those it has left behind are ended. A run that takes longer
    than half a second shows how far it is and can be stopped; the charts then stay those of the run before. Where a
    browser holds the kernel and cannot let a run rest, there is no Stop, and further moves wait for the run's end.

    Raises WorkbookError, before anything is shown, for an unknown parameter, a range the wrong way round, a default
    outside its range, an entry of ``show`` that makes no chart, a telling number that the run has not, or a ``run``
    that returns no trace.
    """
    return Exploration(run, list(show), controls, dict(start or {}))


class Exploration:
    """A scenario on the screen with its controls. ``trace``, ``settings`` and ``telling`` are those of the newest run.

    ``beside``: widgets of somebody else's over the controls, by the parameter that they set. ``first``: the trace of
    the first run, where somebody has made it already.
    """

    def __init__(
        self,
        run: Callable[..., Any],
        show: list[Callable[[Any], Any]],
        ranges: dict[str, Any],
        start: dict[str, Any],
        beside: Mapping[str, Sequence[Any]] | None = None,
        first: Any = None,
    ) -> None:
        self._run, self._show, self._ranges = run, show, ranges
        self._defaults: dict[str, Any] = settings_of(run)
        self._controls = controls_of(run, ranges, start)
        self.settings = {**self._defaults, **start}
        self._beside = beside or {}
        self._controlled = frozenset((*self._controls, *self._beside))
        self._wanted: dict[str, Any] = {}
        self._waiting = False
        self._under_way: Run | None = None
        self.trace: Trace = self._traced(self.settings) if first is None else first
        self.charts: list[Entry] = self._charted(self.trace)
        self.telling = told_first(run, NumbersOf(self.trace, self.charts))
        self._footer = Footer(self.code, self._state, self.reset, self.stop)
        self._link = arrived()

    @cached_property
    def _panel(self) -> Panel:
        """Made when it is first looked at: behind a question that nobody has answered there is none."""
        beside = [one for held in self._beside.values() for one in held]
        return Panel(self._controls, self.charts, self._numbers(), self._moved, self._footer.widget, beside)

    @property
    def widget(self) -> Any:
        """What stands on the screen. Whoever has come by a link finds the controls where the link wants them."""
        panel, link, self._link = self._panel, self._link, ""
        if link:
            self._follow(panel, link)
        return panel.widget

    @property
    def ranges(self) -> dict[str, Control]:
        """The controls by the parameter that they set."""
        return dict(self._controls)

    @property
    def code(self) -> str:
        """The line that makes what is on the screen."""
        moved = {name: value for name, value in self.settings.items() if value != self._defaults[name]}
        ranges = [f"{name}={_written(span)}" for name, span in self._ranges.items()]
        begin = [f"start={moved!r}"] if moved else []
        show = [f"show=[{', '.join(map(_written, self._show))}]"] if self._show else []
        return f"lab.explore({', '.join([self._run.__name__, *ranges, *begin, *show])})"

    @property
    def _state(self) -> str:
        """How the controls stand; what somebody else's widgets set cannot be carried by a link."""
        return "" if self._beside or not self._controls else state_of(self._controls, self.settings)

    def _follow(self, panel: Panel, link: str) -> None:
        try:
            panel.move_to({**self.settings, **settings_in(self._controls, link)})
        except WorkbookError as trouble:
            panel.complain(words_of(trouble))

    def reset(self) -> None:
        """Every control back to the function's own default."""
        self._panel.move_to(self._defaults)

    def stop(self) -> None:
        """End the run that is under way, if there is one; what is on the screen stays."""
        if self._under_way is not None:
            self._under_way.stop()

    def __repr__(self) -> str:
        first = [block(HEADING, self.telling)] if self.telling else []
        lasted = phrase("seed {seed}, {until} simulated", seed=self.trace.seed, until=Number(self.trace.until, "s"))
        head = [self._shown(), *first, lasted, balance_in_words(self.trace.totals())]
        return "\n".join([*head, *map(repr, self.charts)])

    def _repr_mimebundle_(self, **_: Any) -> dict[str, Any]:
        return shown(self.widget, repr(self))

    def _moved(self, name: str, value: Any) -> None:
        """Note what is wanted, and see to it that it is run."""
        self._wanted[name] = value
        self._run_soon()

    def _run_soon(self) -> None:
        """Run what is wanted once the moves that are under way have arrived."""
        if self._waiting:
            return
        try:
            loop = asyncio.get_running_loop()
        except RuntimeError:  # no kernel round us, and so nothing that could gather moves
            self._run_newest()
            return
        self._waiting = True
        loop.call_later(GATHERING, lambda: loop.create_task(self._run_beside()))

    def _run_newest(self) -> None:
        settings = {**self.settings, **self._wanted}
        try:
            self._take(settings, *self._made(settings))
        except Exception as trouble:  # whatever the student's own function raises belongs on the screen
            self._complain(trouble)

    async def _run_beside(self) -> None:
        """The same in the background; the run that is under way there is left, in whose turn this may be."""
        self._waiting = False
        self.stop()
        settings = {**self.settings, **self._wanted}
        self._under_way = run = Run()
        try:
            self._take(settings, *await in_background(run, lambda: self._made(settings), self._footer.tell))
        except Stopped:
            if self._under_way is run:  # by the reader, and not for the sake of a newer one
                self._panel.complain(phrase("stopped; what is shown is still {shown}", shown=self._shown()))
        except Exception as trouble:
            self._complain(trouble)
        finally:
            if self._under_way is run:
                self._under_way = None
                self._footer.hush()

    def rerun(self, **changed: Any) -> None:
        """Run with some settings changed, and show it; what the run raises goes to the caller."""
        left = self._under_way is not None and not self._under_way.stopped
        self.stop()
        self._under_way = None  # what it was making lacks the change
        self._footer.hush()
        settings = {**self.settings, **changed}
        try:
            self._take(settings, *self._made(settings))
        finally:
            if left:
                self._run_soon()  # for the controls still stand where it was to lead

    def _made(self, settings: dict[str, Any]) -> tuple[Any, list[Entry], dict[str, Number]]:
        trace = self._traced(settings)
        charts = self._charted(trace)
        numbers = NumbersOf(trace, charts)  # one that the first run had may be missing from this
        return trace, charts, {name: numbers.get(name) for name in self.telling}

    def _take(self, settings: dict[str, Any], trace: Any, charts: list[Entry], telling: dict[str, Number]) -> None:
        self.settings, self.trace, self.charts, self.telling = settings, trace, charts, telling
        self._panel.show(charts, self._numbers())
        self._footer.show(self.code, self._state)

    def _complain(self, trouble: Exception) -> None:
        call = f"{self._run.__name__}({self._changed()})"
        told = "{call}: {trouble}; what is shown is still the run before"
        self._panel.complain(phrase(told, call=call, trouble=words_of(trouble)))

    def _traced(self, settings: dict[str, Any]) -> Any:
        trace = self._run(**settings)
        if not hasattr(trace, "totals"):
            raise WorkbookError(
                "{name} returned {trace!r}, not a trace; let it end with: return world.run(until=…)",
                name=self._run.__name__,
                trace=trace,
            )
        return trace

    def _charted(self, trace: Any) -> list[Entry]:
        charts = []
        for entry in self._show:
            view = view_of(entry, trace)
            if view is None:
                name = getattr(entry, "__name__", repr(entry))
                raise WorkbookError(
                    "show: {name} is not a chart; write for example show=[lab.connections, lab.delays], or a "
                    "function of the trace that gives a text or a table",
                    name=name,
                )
            charts.append(view)
        return charts

    def _numbers(self) -> Sections:
        uncontrolled = [name for name in self.settings if name not in self._controlled]
        fixed = {
            label_of(self._run, name): Number(str(self.settings[name]) or phrase("(nothing)")) for name in uncontrolled
        }
        return {
            **({HEADING: self.telling} if self.telling else {}),
            "This run": {**fixed, "seed": Number(str(self.trace.seed)), "simulated": Number(self.trace.until, "s")},
            "Messages": balance(self.trace.totals()),
            **{chart.title: chart.numbers for chart in self.charts},
        }

    def _shown(self) -> str:
        given = ", ".join(f"{name}={value!r}" for name, value in self.settings.items())
        return f"{self._run.__name__}({given})"

    def _changed(self) -> str:
        return ", ".join(f"{name}={value!r}" for name, value in self._wanted.items())


def _written(value: Any) -> str:
    """A range or a chart as it stands in the cell."""
    if isinstance(value, type) or callable(value):
        name = str(getattr(value, "__name__", repr(value)))
        return f"lab.{name}" if getattr(value, "__module__", "").startswith("simlib.lab") else name
    return repr(value)

"""The mail flow player: a trace as a film, with hosts, queues, and messages on their way."""

from collections.abc import Callable
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

import ipywidgets as widgets
import traitlets

from simlib.errors import WorkbookError
from simlib.exercises.surprises import Stop, surprise
from simlib.lab.journeys import scene
from simlib.lab.numbers import Number, block, in_words
from simlib.lab.screen import Instrument, program, shown
from simlib.language import phrase, sentences, translated
from simlib.visible import visible

if TYPE_CHECKING:
    from simlib.trace.record import Trace

HERE = Path(__file__).parent
LOG_LINES = 16
HINT = "Click a host for its log, a message for its history; or go to them with Tab, the arrow keys and Enter."


def flow(trace: "Trace", title: str = "Mail flow") -> "Flow":
    """Play a trace: hosts with their queues and load averages, and the messages that travel between them.

    Play and pause, from event to event, speed and a time line; click a host for its log up to that time, a message for
    its history. What was sent flies as a circle, what was put off as a triangle, what failed as a cross. Simplified: an
    attempt that takes less time than the eye sees is drawn longer.
    """
    if not hasattr(trace, "totals"):
        raise WorkbookError("flow({trace!r}): give it the trace that world.run(until=…) returns", trace=trace)
    return Flow(trace, title)


def film(surprise_of: str) -> "Callable[[Trace], Flow]":
    """``flow`` as an entry of ``show``: the film of the lab's run stands folded under it and follows its controls.

    It stops where the run comes to the surprise of that name, such as ``04.4``, and asks what will happen; whoever goes
    on is told. Raises ExerciseError for a surprise that does not exist.
    """
    stops = surprise(surprise_of)

    def entry(trace: "Trace") -> Flow:
        stop = stops(trace)
        return Flow(trace, "The film of this run", [stop] if stop else [])

    entry.__name__ = f"film({surprise_of!r})"
    return entry


class Player(Instrument):
    """The widget; ``told`` is what the kernel answers to a click."""

    ours = ("title", "hint", "alternative", "scene", "told")
    _esm = program(HERE / "pictures/common.js", HERE / "flow.js")
    _css = HERE / "flow.css"

    title = traitlets.Unicode().tag(sync=True)
    hint = traitlets.Unicode(phrase(HINT)).tag(sync=True)
    alternative = traitlets.Unicode().tag(sync=True)
    scene = traitlets.Dict().tag(sync=True)
    told = traitlets.Dict().tag(sync=True)


class Flow:
    """A film of a trace."""

    wide = True

    def __init__(self, trace: "Trace", title: str, stops: "list[Stop] | None" = None) -> None:
        self.trace = trace
        self.title = title
        self.stops = stops or []

    @cached_property
    def scene(self) -> dict[str, Any]:
        """All that the player shows; made when somebody looks."""
        return {**scene(self.trace), "stops": [stop._asdict() for stop in self.stops]}

    @cached_property
    def numbers(self) -> dict[str, Number]:
        """Its key numbers."""
        flights = sum(connection is not None for connection in self.trace.attempts["connection"])
        longest = (max(self.trace.queue_length(host)["length"], default=0) for host in self.trace.hosts)
        return {"flights": Number(flights), "longest queue": Number(max(longest, default=0))}

    def __repr__(self) -> str:
        asked = [line for stop in self.stops for line in (f"  stops at {Number(stop.time, 's')}: {stop.question}",
                                                          f"  {stop.answer}")]  # fmt: skip
        return "\n".join([block(self.title, self.numbers), *asked])

    @property
    def alternative(self) -> str:
        """The film for those who do not see it: its key numbers."""
        return phrase("{title}: {numbers}", title=phrase(self.title), numbers=in_words(self.numbers, "; "))

    def _repr_mimebundle_(self, **_: Any) -> dict[str, Any]:
        return shown(self.widget, repr(self))

    def view(self) -> "Screen":
        """The film under a lab: folded until somebody wants it, so that moves of a control stay quick."""
        return Screen(self)

    @cached_property
    def widget(self) -> Any:
        """The film alone."""
        screen = Screen(self)
        screen.unfold()
        return screen.player

    def log_of(self, host: str, time: float) -> str:
        """The end of a host's log, as it stood at a time in seconds."""
        lines = self.trace.syslog(host, time).splitlines()[-LOG_LINES:] if host in self.trace.hosts else []
        return (
            "\n".join(lines)
            if lines
            else phrase("{host} has no mail log, or has written nothing into it yet.", host=host)
        )

    def history_of(self, message: int) -> str:
        """What became of a message, attempt by attempt."""
        entered = [
            phrase(
                "{clock} from {sender} to {recipient}: {state}",
                clock=_clock(row.submitted),
                sender=row.sender or "<>",
                recipient=row.recipient,
                state=phrase(row.state),
            )
            for row in self.trace.messages.where(message=message)
        ]
        happened = [
            *((row.time, phrase("{host} tries {relay}: {stat}", host=row.host, relay=row.relay, stat=row.stat))
              for row in self.trace.attempts.where(message=message)),
            *((row.time, phrase("in the mailbox {mailbox} on {host}", mailbox=row.mailbox, host=row.host))
              for row in self.trace.deliveries.where(message=message)),
        ]  # fmt: skip
        timed = (phrase("{clock} {text}", clock=_clock(time), text=text) for time, text in sorted(happened))
        return sentences([*entered, *timed], "\n")


class Screen:
    """A film on the screen, which follows its lab from run to run."""

    def __init__(self, flow: Flow) -> None:
        self._flow = flow
        self.player: Player | None = None
        self._fold = widgets.ToggleButton(
            False, description=visible(translated(flow.title)), icon="film", layout=widgets.Layout(width="auto")
        )
        self._fold.observe(lambda change: self.unfold() if change["new"] else self._close(), names="value")
        self.widget = widgets.VBox([self._fold])

    def show(self, flow: Flow) -> None:
        """Show the film of another run."""
        self._flow = flow
        if self.player is not None:
            with self.player.hold_sync():
                self.player.alternative = flow.alternative
                self.player.scene = flow.scene

    def unfold(self) -> None:
        """Make the player of the run that is shown."""
        flow = self._flow
        self.player = Player(title=flow.title, scene=flow.scene, alternative=flow.alternative)
        self.player.on_msg(self._asked)
        self.widget.children = [self._fold, self.player]

    def _close(self) -> None:
        self.widget.children = [self._fold]
        self.player = None

    def _asked(self, player: Player, asked: dict[str, Any], buffers: Any) -> None:
        if "host" in asked:
            host = self._flow.scene["places"][asked["host"]]["name"]
            player.told = {"about": host, "text": self._flow.log_of(host, asked["time"])}
        else:
            number_ = int(asked["message"])
            player.told = {"about": phrase("message {number}", number=number_), "text": self._flow.history_of(number_)}


def _clock(seconds: float) -> str:
    minutes, rest = divmod(seconds, 60)
    hours, minutes = divmod(int(minutes), 60)
    return f"{hours}:{minutes:02}:{rest:04.1f}"

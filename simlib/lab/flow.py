"""The mail flow player: a trace as a film, with hosts, queues, and messages on their way."""

from pathlib import Path
from typing import TYPE_CHECKING, Any

import traitlets

from simlib.errors import WorkbookError
from simlib.lab.journeys import scene
from simlib.lab.numbers import Number, balance_in_words
from simlib.lab.screen import Instrument, shown

if TYPE_CHECKING:
    from simlib.trace.record import Trace

HERE = Path(__file__).parent
LOG_LINES = 16


def flow(trace: "Trace", title: str = "Mail flow") -> "Flow":
    """Play a trace: hosts with their queues and load averages, and the messages that travel between them.

    Play and pause, speed and a time line; click a host for its log up to that time, a message for its history. What
    was sent flies as a circle, what was put off as a triangle, what failed as a cross. Simplified: an attempt that
    takes less time than the eye sees is drawn longer.
    """
    if not hasattr(trace, "totals"):
        raise WorkbookError(f"flow({trace!r}): give it the trace that world.run(until=…) returns")
    return Flow(trace, title)


class Player(Instrument):
    """The widget; ``told`` is what the kernel answers to a click."""

    _esm = HERE / "flow.js"
    _css = HERE / "flow.css"

    title = traitlets.Unicode().tag(sync=True)
    alternative = traitlets.Unicode().tag(sync=True)
    scene = traitlets.Dict().tag(sync=True)
    told = traitlets.Dict().tag(sync=True)


class Flow:
    """A film of a trace on the screen."""

    def __init__(self, trace: "Trace", title: str) -> None:
        self.trace = trace
        self.title = title
        self.scene = scene(trace)
        self.player = Player(title=title, scene=self.scene, alternative=repr(self))
        self.player.on_msg(self._asked)

    def __repr__(self) -> str:
        hosts = ", ".join(place["name"] for place in self.scene["places"])
        longest = max((length for place in self.scene["places"] for _, length in place["queue"]), default=0)
        return "\n".join([
            self.title,
            f"  hosts          {hosts}",
            f"  flights        {Number(len(self.scene['flights']))} in {Number(self.trace.until, 's')}",
            f"  longest queue  {Number(longest)}",
            f"  messages       {balance_in_words(self.trace.totals())}",
        ])  # fmt: skip

    def _repr_mimebundle_(self, **_: Any) -> dict[str, Any]:
        return shown(self.widget, repr(self))

    @property
    def widget(self) -> Any:
        """What stands on the screen."""
        return self.player

    def log_of(self, host: str, time: float) -> str:
        """The end of a host's log, as it stood at a time in seconds."""
        lines = self.trace.syslog(host, time).splitlines()[-LOG_LINES:] if host in self.trace.hosts else []
        return "\n".join(lines) or f"{host} has no mail log, or has written nothing into it yet."

    def history_of(self, message: int) -> str:
        """What became of a message, attempt by attempt."""
        entered = [
            f"{_clock(row.submitted)} from {row.sender or '<>'} to {row.recipient}: {row.state}"
            for row in self.trace.messages.where(message=message)
        ]
        happened = [
            *((row.time, f"{row.host} tries {row.relay}: {row.stat}")
              for row in self.trace.attempts.where(message=message)),
            *((row.time, f"in the mailbox {row.mailbox} on {row.host}")
              for row in self.trace.deliveries.where(message=message)),
        ]  # fmt: skip
        return "\n".join([*entered, *(f"{_clock(time)} {text}" for time, text in sorted(happened))])

    def _asked(self, _: Any, asked: dict[str, Any], buffers: Any) -> None:
        if "host" in asked:
            host = self.scene["places"][asked["host"]]["name"]
            self.player.told = {"about": host, "text": self.log_of(host, asked["time"])}
        else:
            number_ = int(asked["message"])
            self.player.told = {"about": f"message {number_}", "text": self.history_of(number_)}


def _clock(seconds: float) -> str:
    minutes, rest = divmod(seconds, 60)
    hours, minutes = divmod(int(minutes), 60)
    return f"{hours}:{minutes:02}:{rest:04.1f}"

"""``way``: the way of one letter as a picture, from the mail program over queue and mail host to the mailbox."""

from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

import traitlets

from simlib.errors import WorkbookError
from simlib.lab.screen import Instrument, shown

if TYPE_CHECKING:
    from simlib.trace.record import Trace

HERE = Path(__file__).parent
PROGRAM, QUEUE, MAIL_HOST, MAILBOX = "Mail program", "Queue", "Mail host (MX)", "Mailbox"
NOT_YET = "not yet"


class Station(NamedTuple):
    """A place on the way: what it is, where, when the letter came there, and what happened there."""

    what: str
    where: str
    when: str
    told: str


def way(trace: "Trace", message: int = 1) -> "Way":
    """Draw the way of one letter to its first recipient; point at a place to read what happened there.

    ``message``: its number, counted from 1 in the order in which letters were handed in. The clock is counted from
    the start of the run. Raises WorkbookError for what is no trace, and for a message that it has not.
    """
    if not hasattr(trace, "totals"):
        raise WorkbookError(f"way({trace!r}): give it the trace that world.run(until=…) returns")
    there = sorted({row.message for row in trace.messages})
    if message not in there:
        raise WorkbookError(f"way: there is no message {message}; there are {there}")
    return Way(stations(trace, message))


def stations(trace: "Trace", message: int) -> list[Station]:
    """The places in their order; a place that the letter has not reached stands there, too."""
    one = trace.messages.where(message=message)
    sender, recipient, handed_in = one["sender"][0], one["recipient"][0], one["submitted"][0]
    tries = trace.attempts.where(lambda row: row.message == message and recipient in row.recipients)
    arrived = list(trace.deliveries.where(message=message)) if one["state"][0] == "delivered" else []
    came = [row for row in arrived if row.mailbox == recipient.partition("@")[0]] or arrived
    mail_hosts = [row for row in tries if row.relay in trace.hosts and row.relay != row.host]
    first = mail_hosts[0].host if mail_hosts else one["host"][0]
    found = [
        Station(PROGRAM, sender, _clock(handed_in), f"{sender} hands in a letter to {recipient}."),
        Station(QUEUE, first, _clock(handed_in), _queued(mail_hosts)),
    ]
    for relay in dict.fromkeys(row.relay for row in mail_hosts):
        sent = [row for row in mail_hosts if row.relay == relay and row.outcome == "sent"]
        when = _clock(sent[0].time + sent[0].seconds) if sent else NOT_YET
        told = (
            f"{relay} takes the letter, and is responsible for it from now on."
            if sent
            else f"{relay} has not taken it."
        )
        found.append(Station(MAIL_HOST, relay, when, told))
    if came:
        box = f"{came[0].mailbox} on {came[0].host}"
        return [*found, Station(MAILBOX, box, _clock(came[0].time), "A delivery program appends it to the mailbox.")]
    return [*found, Station(MAILBOX, recipient, NOT_YET, f"It is {one['state'][0]}.")]


def _queued(tries: list[Any]) -> str:
    put_off = [row for row in tries if row.outcome != "sent"]
    if not put_off:
        return "It is written to disk first." + (" The first attempt sends it on." if tries else "")
    often = {1: "once", 2: "twice"}.get(len(put_off), f"{len(put_off)} times")
    return f"It is written to disk first. It is tried in vain {often}, and waits for a queue run: {put_off[-1].stat}"


def _clock(seconds: float) -> str:
    minutes, rest = divmod(int(seconds), 60)
    return f"{minutes // 60}:{minutes % 60:02}:{rest:02}"


class Picture(Instrument):
    """The widget; a station is what, where, when, and what happened there."""

    _esm = HERE / "way.js"
    _css = HERE / "annotated.css"

    title = traitlets.Unicode().tag(sync=True)
    alternative = traitlets.Unicode().tag(sync=True)
    stations: traitlets.List[list[str]] = traitlets.List().tag(sync=True)


class Way:
    """The picture on the screen; ``stations`` are its places."""

    title = "The way of a letter"

    def __init__(self, places: list[Station]) -> None:
        self.stations = places
        self.widget = Picture(title=self.title, alternative=repr(self), stations=[list(place) for place in places])

    def __repr__(self) -> str:
        rows = [f"  {one.when:>8}  {one.what}, {one.where}: {one.told}" for one in self.stations]
        return "\n".join([self.title, *rows])

    def _repr_mimebundle_(self, **_: Any) -> dict[str, Any]:
        return shown(self.widget, repr(self))

"""``way``: the places that a letter passes, from the mail program to the mailbox, as a picture."""

from typing import TYPE_CHECKING, Any, Literal, NamedTuple

from simlib.errors import WorkbookError
from simlib.lab.numbers import Number
from simlib.lab.screen import Written, shown
from simlib.language import phrase
from simlib.visible import Html, attribute, html

if TYPE_CHECKING:
    from simlib.trace.record import Trace
    from simlib.trace.row_types import MessageRow

_STYLE = Html("""<style>
.simlib-way { display: flex; flex-wrap: wrap; gap: 6px 0; font-size: 16px; line-height: 1.4; padding: 0; margin: 0; }
.simlib-way li { display: flex; list-style: none; align-items: center; }
.simlib-way .place { border: 2px solid #0072b2; border-radius: 6px; padding: 6px 12px; min-width: 9em; max-width: 13em;
  overflow-wrap: anywhere; }
.simlib-way .place.here { border-width: 4px; background: #dcefff; color: #000; }
.simlib-way .place.later { border-style: dashed; }
.simlib-way .step { padding: 0 6px; max-width: 10em; text-align: center; }
.simlib-way .arrow { display: block; font-size: 26px; line-height: 1; }
</style>""")

_PASSED = "<div class='place'><b>{}</b><div>{}</div>{}</div>"
_LATER = "<div class='place later'><b>{}</b><div>{}</div>{}</div>"
_HERE = "<div class='place here'><b>{}</b><div>{}</div>{}<div><b>{}</b></div></div>"
_BOXES = {"passed": _PASSED, "here": _HERE, "later": _LATER}


class Place(NamedTuple):
    """Where a letter was: ``step`` is how it came there, ``state`` whether it is there at the end of the run."""

    step: str
    name: str
    where: str
    lines: tuple[str, ...]
    state: Literal["passed", "here", "later"] = "passed"


def way(trace: "Trace", message: int = 1) -> "Way":
    """The way of a letter: who handed it in, in whose queue it waited and why, what name service said, where it is now.

    Of a letter to several it is the way to the first of them. Raises WorkbookError for a message that there is not.
    """
    if not hasattr(trace, "totals"):
        raise WorkbookError("way({trace!r}): give it the trace that world.run(until=…) returns", trace=trace)
    letters = list(trace.messages.where(message=message))
    if not letters:
        raise WorkbookError(
            "way: there is no message {message}; there are {many}",
            message=message,
            many=len(set(trace.messages["message"])),
        )
    return Way(_places(trace, letters[0]))


class Way:
    """The picture. ``places`` are its boxes in order."""

    def __init__(self, places: list[Place]) -> None:
        self.places = places
        items = [html("<li>{}{}</li>", _arrow(place.step), _box(place)) for place in places]
        self.widget = Written(
            html("{}<ul class='simlib-way'{}>{}</ul>", _STYLE, attribute("aria-label", "the way of a letter"), items)
        )

    def __repr__(self) -> str:
        return "\n".join(["The way of a letter", *map(_in_words, self.places)])

    def _repr_mimebundle_(self, **_: Any) -> dict[str, Any]:
        return shown(self.widget, repr(self))


def _places(trace: "Trace", letter: "MessageRow") -> list[Place]:
    """All places of a letter in the order in which it came to them."""
    begin = Place(
        "", "mail program", letter.sender or "<>", (phrase("writes to {recipient}", recipient=letter.recipient),)
    )
    places, since = [begin], letter.submitted
    tried = trace.attempts.where(message=letter.message)
    arrived = list(trace.deliveries.where(message=letter.message))
    step = "hands it in"
    for host in dict.fromkeys([letter.host, *tried["host"]]):
        tries = list(tried.where(host=host))
        gone = next((one.time + one.seconds for one in tries if one.outcome == "sent"), None)
        here = gone is None and letter.state == "queued"
        reasons = dict.fromkeys(one.stat for one in tries if one.outcome != "sent")
        lines = (
            phrase("comes {when}", when=_at(since)),
            *(phrase("tried {many} ×", many=len(tries)) for _ in tries[:1]),
            *reasons,
        )
        if gone is not None:
            lines = (*lines, phrase("leaves {when}", when=_at(gone)))
        places.append(Place(step, phrase("queue"), host, lines, "here" if here else "passed"))
        since = letter.submitted if gone is None else gone
        step = _says_name_service(trace, letter.recipient, host)
    if letter.state == "bounced":
        places.append(Place("gives up", phrase("sender"), letter.sender, ("has the letter back, as a notice",), "here"))
    if arrived:
        first = arrived[0]
        there = (phrase("there {when}", when=_at(first.time)),)
        places.append(
            Place(
                step,
                phrase("mailbox"),
                phrase("{mailbox} on {host}", mailbox=first.mailbox, host=first.host),
                there,
                "here",
            )
        )
    elif letter.state == "queued":
        places.append(Place(step, phrase("mailbox"), letter.recipient, ("not yet",), "later"))
    return places


def _says_name_service(trace: "Trace", recipient: str, host: str) -> str:
    """How the next host is found."""
    domain = recipient.rpartition("@")[2]
    best = next((name for _, name in trace.mx(domain)), "")
    return phrase("MX of {domain}: {best}", domain=domain, best=best) if best and best != host else phrase("delivers")


def _at(time: float) -> str:
    return phrase("at {time}", time=Number(round(time), "s"))


def _arrow(step: str) -> Html:
    return html("<span class='step'><span class='arrow'>→</span>{}</span>", step) if step else Html("")


def _box(place: Place) -> Html:
    lines = [html("<div>{}</div>", line) for line in place.lines]
    here = [phrase("it is here now")] if place.state == "here" else []
    return html(_BOXES[place.state], place.name, place.where, lines, *here)


def _in_words(place: Place) -> str:
    step = f"  → {place.step}:" if place.step else " "
    here = " (it is here now)" if place.state == "here" else ""
    return f"{step} {place.name} {place.where}: {'; '.join(place.lines)}{here}"

"""The notices of a run over time: a staircase where the same bounce comes again and again (slide claim 12.5)."""

from collections import Counter
from typing import TYPE_CHECKING

from simlib.lab.chart import Axis, Chart
from simlib.lab.numbers import Number
from simlib.lab.scale import counted, over_time

if TYPE_CHECKING:
    from simlib.trace.record import Trace


def notices(trace: "Trace") -> Chart:
    """Notices sent so far, over time, a line for each kind: returns, warnings, receipts and so on."""
    sent = trace.notices
    times = {kind: sent.where(kind=kind)["time"] for kind in dict.fromkeys(sent["kind"])}
    lines = {kind: [(0.0, 0.0), *counted((time, 1) for time in held)] for kind, held in times.items()}
    x, series = over_time("time since the start", lines, trace.until)
    about = Counter(sent["about"])
    numbers = {
        "notices sent": Number(len(sent)),
        "letters that they are about": Number(len(about)),
        "about one letter, at most": Number(max(about.values(), default=0)),
    }
    return Chart("Notices sent", x, Axis("notices so far"), "steps", series, numbers)

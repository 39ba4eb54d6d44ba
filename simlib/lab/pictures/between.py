"""What hosts sent each other, as sums that grow: what pictures of streams share."""

from collections import Counter, defaultdict
from collections.abc import Mapping
from typing import TYPE_CHECKING, NamedTuple

from simlib.lab.pictures.drawing import BAD, GOOD, WAITS
from simlib.language import phrase

if TYPE_CHECKING:
    from simlib.trace.record import Trace
    from simlib.trace.row_types import ConnectionRow
    from simlib.trace.rows_of import RowsOf

MAIL, NOTICES, REFUSED = phrase("letters"), phrase("notices"), phrase("refused")
KEY = {MAIL: GOOD, NOTICES: WAITS, REFUSED: BAD}
MOST_PLACES = 5  # at either side; the least busy of more are drawn as one
OTHERS = "{n} others"

Pair = tuple[str, str, str]  # from, to, kind


class Sum(NamedTuple):
    """What had flowed by a time, in s: so many connections, so many bytes."""

    time: float
    connections: int
    bytes: int


def between(trace: "Trace", used: "RowsOf[ConnectionRow]", at: Mapping[str, str]) -> dict[Pair, list[Sum]]:
    """For each pair of places and each kind the sums, as they stand when one of the connections ``used`` is closed.

    ``at``: host → the place that stands for it.

    A connection is of letters, or of notices if it carried nothing else; it is refused if nothing was taken.
    """
    messages = trace.messages
    about = dict(zip(messages["message"], messages["notice"], strict=True))
    carried: dict[int, list[tuple[bool, bool]]] = defaultdict(list)  # connection → (a notice, it was taken)
    tried = trace.attempts
    columns = (tried["connection"], tried["message"], tried["outcome"])
    for connection, message, outcome in zip(*columns, strict=True):
        if connection is not None:
            carried[connection].append((about.get(message, False), outcome == "sent"))
    flows: dict[Pair, list[Sum]] = defaultdict(list)
    bytes_of: Counter[Pair] = Counter()
    closed = [(row.closed, row) for row in used if row.closed is not None]
    for time, row in sorted(closed, key=lambda pair: pair[0]):
        if row.client not in at or row.server not in at:
            continue
        held = carried[row.connection]
        taken = any(sent for _, sent in held) or not held
        kind = REFUSED if not taken else NOTICES if held and all(notice for notice, _ in held) else MAIL
        key = (at[row.client], at[row.server], kind)
        bytes_of[key] += row.bytes
        flows[key].append(Sum(time, len(flows[key]) + 1, bytes_of[key]))
    return dict(flows)


def places_of(counts: Counter[str]) -> dict[str, str]:
    """Each host → the place that stands for it: the busiest have their own, the rest share one."""
    names = sorted(counts, key=lambda name: (-counts[name], name))
    own = names if len(names) <= MOST_PLACES else names[: MOST_PLACES - 1]
    kept = sorted(own)
    return {name: name if name in kept else phrase(OTHERS, n=len(names) - len(own)) for name in [*kept, *names]}

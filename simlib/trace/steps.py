"""A number that changes, such as the length of a queue: what it was from when on."""

from array import array
from collections.abc import Iterator


class Steps:
    """The times at which it changed, in seconds, and what it was from then on; 0 at first."""

    def __init__(self) -> None:
        self._times = array("d", [0.0])
        self._values = array("q", [0])

    def __iter__(self) -> Iterator[tuple[float, int]]:
        return zip(self._times, self._values, strict=True)

    def note(self, now: float, value: int) -> None:
        """It has a value from ``now`` on; there and back within a moment is no change."""
        times, values = self._times, self._values
        if times[-1] == now:
            values[-1] = value
        else:
            times.append(now)
            values.append(value)
        if len(values) > 1 and values[-2] == value:
            times.pop()
            values.pop()

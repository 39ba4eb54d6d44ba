"""How far an experiment is, at a terminal; ``lab.progress_bar`` is the same in a notebook."""

import sys
from collections.abc import Callable
from time import monotonic

from simlib.language import phrase

Progress = Callable[[int, int], None]
"""Called with how many runs are done, and how many there are."""

WIDTH = 30


def terminal() -> Progress:
    """A bar on standard error, drawn anew in its line: ``sweep(…, progress=terminal())``."""
    begun: list[tuple[float, int]] = []

    def tell(done: int, every: int) -> None:
        begun.append((monotonic(), done))
        line = f"\r{'█' * (WIDTH * done // every):░<{WIDTH}} {words(done, every, begun[0])}"
        print(f"{line:<{WIDTH + 40}}", end="\n" if done == every else "", file=sys.stderr, flush=True)

    return tell


def words(done: int, every: int, begun: tuple[float, int]) -> str:
    """How far, and how long yet; ``begun``: when the first report came, and how many runs were done by then."""
    time, already = begun
    made = done - already
    if not made or done == every:
        return phrase("{done:,} of {every:,} runs", done=done, every=every)
    left = (monotonic() - time) / made * (every - done)
    return phrase("{done:,} of {every:,} runs, {left:.0f} s left", done=done, every=every, left=left)

"""Python's garbage collector during a run."""

import gc
from collections.abc import Iterator
from contextlib import contextmanager
from threading import Lock

YOUNG = 50_000  # objects made until the collector looks at the youngest; Python's own figure is 700

_lock = Lock()
_usual: list[tuple[int, int, int]] = []  # one for each run under way: a notebook may have two, in two threads


def keep_what_is_there() -> None:
    """Have the collector pass over all that exists by now, where it can be told so (CPython)."""
    if hasattr(gc, "freeze"):
        gc.freeze()


@contextmanager
def seldom() -> Iterator[None]:
    """Have the collector look more seldom meanwhile.

    A run keeps nearly all that it makes for its trace, and makes next to no cycles: to look at all of it again and
    again finds nothing, and is what would make a long run slower the longer it is. A Python that has no thresholds,
    such as PyPy, collects in its own way.
    """
    if not hasattr(gc, "get_threshold"):
        yield
        return
    with _lock:
        _usual.append(_usual[0] if _usual else gc.get_threshold())
        gc.set_threshold(max(YOUNG, _usual[0][0]), *_usual[0][1:])
    try:
        yield
    finally:
        with _lock:
            usual = _usual.pop()
            if not _usual:
                gc.set_threshold(*usual)

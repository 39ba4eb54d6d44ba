"""Python's garbage collector during a run."""

import gc
from collections.abc import Iterator
from contextlib import contextmanager

YOUNG = 50_000  # objects made until the collector looks at the youngest; Python's own figure is 700


@contextmanager
def seldom() -> Iterator[None]:
    """Have the collector look more seldom meanwhile.

    A run keeps nearly all that it makes for its trace, and makes next to no cycles: to look at all of it again and
    again finds nothing, and is what would make a long run slower the longer it is.
    """
    usual = gc.get_threshold()
    gc.set_threshold(max(YOUNG, usual[0]), *usual[1:])
    try:
        yield
    finally:
        gc.set_threshold(*usual)

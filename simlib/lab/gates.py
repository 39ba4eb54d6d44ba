"""What opens when a question has been answered: the question's own widget, and what later cells hold back behind it."""

from collections.abc import Callable
from weakref import WeakMethod

_open: set[str] = set()
_waiting: dict[str, list[WeakMethod[Callable[[], None]]]] = {}


def is_open(question: str) -> bool:
    """Whether the question has been answered since this kernel began, or before, as far as its cell has been run."""
    return question in _open


def shut(question: str) -> None:
    """It is asked anew; what waits for it goes on waiting."""
    _open.discard(question)


def when_open(question: str, act: Callable[[], None]) -> None:
    """Call a method once the question is answered, or at once if it is; whatever is gone by then is not called."""
    if is_open(question):
        act()
    else:
        _waiting.setdefault(question, []).append(WeakMethod(act))


def unlock(question: str) -> None:
    """It is answered: show what was held back."""
    _open.add(question)
    for held in _waiting.pop(question, []):
        act = held()
        if act is not None:
            act()

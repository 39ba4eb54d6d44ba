"""What may stand in a lab: anything with a title, key numbers, and a view that follows it from run to run."""

from typing import Any, Protocol, TypeGuard

from simlib.lab.numbers import Number


class View(Protocol):
    """An entry on the screen."""

    @property
    def widget(self) -> Any:
        """What stands there."""

    def show(self, entry: Any, /) -> None:
        """Show what another run has made of the same entry."""


class Entry(Protocol):
    """A chart, a drawing, a film, a text: what one of ``show`` has made of a trace."""

    @property
    def title(self) -> str:
        """What it is called, and how its numbers are headed."""

    @property
    def numbers(self) -> dict[str, Number]:
        """Its key numbers, by name."""

    @property
    def wide(self) -> bool:
        """Whether it stands under the lab, over the whole width, and not in the column of charts."""

    def view(self) -> View:
        """The entry on the screen."""


def is_entry(made: object) -> TypeGuard[Entry]:
    """Whether this can stand in a lab."""
    return all(hasattr(made, name) for name in ("title", "numbers", "wide", "view"))

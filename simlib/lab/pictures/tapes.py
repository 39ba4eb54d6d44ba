"""Tapes of cells, such as the lines that a program wrote, with links from cell to cell."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any, Literal, NamedTuple


class Cell(NamedTuple):
    """A cell of a tape; ``step`` says when it comes, counted from 0. One of no kind is a gap."""

    text: str
    kind: str
    told: str = ""
    step: int = 0


GAP = Cell("", "")


class Tape(NamedTuple):
    """A tape with its name at its head."""

    name: str
    cells: Sequence[Cell]


class Link(NamedTuple):
    """A line from a cell to one of the next tape; tapes and cells are counted from 0."""

    tape: int
    cell: int
    to_tape: int
    to_cell: int
    kind: str
    told: str
    step: int = 0


@dataclass(frozen=True)
class Tapes:
    """A part of a drawing: tapes side by side, or ``lying`` one below the other, and links from one to the next."""

    tapes: Sequence[Tape]
    links: Sequence[Link] = ()
    lying: bool = False
    kind: Literal["tapes"] = field(default="tapes", init=False)

    def data(self) -> dict[str, Any]:
        """All of it as the page wants it."""
        return {
            "tapes": [{"name": tape.name, "cells": [one._asdict() for one in tape.cells]} for tape in self.tapes],
            "links": [one._asdict() for one in self.links],
            "lying": self.lying,
        }

    def things(self) -> list[str]:
        """What is told of each thing on it, in order."""
        cells = [one.told or one.text for tape in self.tapes for one in tape.cells if one.kind]
        return [*(one.told for one in self.links), *cells]

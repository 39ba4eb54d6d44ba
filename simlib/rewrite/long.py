"""Left-hand sides held against a long workspace, in a time that grows with its length only.

A regular expression of several ``$*`` may try a number of ways that grows with a power of the length. Here it is
noted first from where the rest of the pattern can match at all; then the shortest way is taken at each operator, which
is what sendmail finds in the end.
"""

from collections.abc import Callable, Sequence
from typing import NamedTuple

LENGTH = 48  # tokens; from here on a workspace counts as long


class Piece(NamedTuple):
    """A piece of a pattern: ``ends`` gives where it may end when it begins at a place, the shortest first.

    None stands for ``$*`` and ``$+``, which may end anywhere ``least`` tokens behind it. ``catches``: it is ``$1`` …
    """

    ends: Callable[[str, int], Sequence[int]] | None
    least: int = 0
    catches: bool = True


class Caught:
    """What :func:`match` found, to be asked as a match of a regular expression is."""

    def __init__(self, workspace: str, regs: tuple[tuple[int, int], ...]) -> None:
        self.workspace, self.regs = workspace, regs

    def group(self, *numbers: int) -> str | tuple[str, ...]:
        """What operators caught: one text, or a tuple of several."""
        caught = tuple(self.workspace[start:end] for start, end in (self.regs[number] for number in numbers))
        return caught if len(caught) > 1 else caught[0]


def match(pieces: Sequence[Piece], workspace: str) -> Caught | None:
    """Hold a pattern against the whole of a workspace."""
    size = len(workspace)
    can = [[False] * (size + 2) for _ in range(len(pieces) + 1)]
    can[len(pieces)][size] = True
    for number in range(len(pieces) - 1, -1, -1):
        piece, after, here = pieces[number], can[number + 1], can[number]
        if piece.ends is None:
            later = False
            for place in range(size, -1, -1):
                later = later or after[place + piece.least] if place + piece.least <= size else False
                here[place] = later
        else:
            for place in range(size + 1):
                here[place] = any(after[end] for end in piece.ends(workspace, place))
    if not can[0][0]:
        return None
    regs, place = [(0, size)], 0
    for number, piece in enumerate(pieces):
        after = can[number + 1]
        ends = range(place + piece.least, size + 1) if piece.ends is None else piece.ends(workspace, place)
        end = next(end for end in ends if after[end])
        if piece.catches:
            regs.append((place, end))
        place = end
    return Caught(workspace, tuple(regs))

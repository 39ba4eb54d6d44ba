"""A text beside another that it was made from: what is new, what is gone, and complaints at their lines."""

from collections.abc import Mapping, Sequence
from difflib import SequenceMatcher
from typing import NamedTuple

SAME, NEW, GONE, COMPLAINT = " ", "+", "-", "!"


class Row(NamedTuple):
    """A line of a listing: ``mark`` is one of the above, ``number`` its place in the new text, if it is there."""

    mark: str
    number: int | None
    text: str

    def __str__(self) -> str:
        return f"{self.mark} {self.number or '':>2} {self.text}".rstrip()


def lines_of(text: str) -> list[str]:
    """The lines as a sendmail.cf counts them: a line feed ends one, and nothing else does."""
    return text.removesuffix("\n").split("\n") if text else []


def listing(before: str, after: str, complaints: Mapping[int, Sequence[str]]) -> list[Row]:
    """The lines of both texts in one; ``complaints`` (line of ``after``, from 1 → what is wrong) stand under theirs."""
    old, new = lines_of(before), lines_of(after)
    rows: list[Row] = []
    for _, old_from, old_to, new_from, new_to in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        same = old[old_from:old_to] == new[new_from:new_to]
        rows += [] if same else [Row(GONE, None, line) for line in old[old_from:old_to]]
        for n in range(new_from, new_to):
            rows.append(Row(SAME if same else NEW, n + 1, new[n]))
            rows += [Row(COMPLAINT, None, text) for text in complaints.get(n + 1, ())]
    return rows

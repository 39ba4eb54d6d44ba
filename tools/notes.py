"""The lecturer's notes on a lesson, in lecture/notes: a section for each slide that has some.

``## start`` is for the first slide, and for the others the tag of a cell on it, such as ``## ask-04.1``.
"""

import re
from pathlib import Path

NOTES = Path(__file__).resolve().parents[1] / "lecture" / "notes"


def sections(text: str) -> dict[str, str]:
    """The notes of a lesson: the name of each section, and what stands under it."""
    parts = re.split(r"(?m)^## +(\S+) *$", text)[1:]
    return {name: words.strip() for name, words in zip(parts[::2], parts[1::2], strict=True)}

"""The glossary: every word with its Japanese and what it is, and a lesson behind each number."""

import re
from pathlib import Path

NOTEBOOKS = Path(__file__).parents[2] / "notebooks"
ROWS = [
    [cell.strip() for cell in line.strip("|").split("|")]
    for line in (NOTEBOOKS / "glossary.md").read_text("utf-8").splitlines()
    if line.startswith("| ") and not line.startswith("| word")
]


def test_every_word_has_its_japanese_and_what_it_is() -> None:
    assert len(ROWS) > 40
    assert [row for row in ROWS if len(row) != 3 or not all(row)] == []
    words = [word for row in ROWS for word in row[0].split(", ")]
    assert len(set(words)) == len(words)


def test_the_lessons_that_it_names_are_there() -> None:
    named = {number for row in ROWS for number in re.findall(r"\((\d\d)\)", row[2])}
    assert named
    assert [number for number in named if not list(NOTEBOOKS.glob(f"{number}_*.ipynb"))] == []


def test_a_notebook_that_points_to_it_finds_it() -> None:
    pointing = [path for path in NOTEBOOKS.glob("*.ipynb") if "](glossary.md)" in path.read_text("utf-8")]
    assert NOTEBOOKS / "00_welcome.ipynb" in pointing

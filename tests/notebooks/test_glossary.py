"""The glossary has a Japanese word beside each, all that the log and mailq show, and a link from the first lesson."""

import re

import pytest

from simlib.lab.fields import MARKS
from tests.notebooks.lesson import LESSONS, ROOT, cells_of

ROWS = [
    [cell.strip() for cell in line.strip("|").split("|")]
    for line in (ROOT / "notebooks" / "glossary.md").read_text("utf-8").splitlines()
    if line.startswith("|") and not line.startswith("|---")
]
HEADS = {"word", "field", "mark"}
WORDS = [row for row in ROWS if row[0] not in HEADS]


def test_each_word_is_explained_and_has_its_japanese() -> None:
    assert len(WORDS) > 60
    assert [row for row in WORDS if len(row) != 3 or not all(row)] == []
    words = [row[0] for row in WORDS]
    assert sorted(set(words)) == sorted(words)


@pytest.mark.parametrize("field", ["from=", "to=", "delay=", "xdelay=", "mailer=", "pri=", "relay=", "dsn=", "stat="])
def test_the_fields_of_the_log_are_there(field: str) -> None:
    assert any(f"`{field}" in row[0] for row in WORDS)


@pytest.mark.parametrize("mark", MARKS)
def test_the_marks_of_mailq_are_there(mark: str) -> None:
    assert any(row[0] == (f"`{mark}`" if mark.strip() else "no mark") for row in WORDS)


def test_the_first_lesson_links_it() -> None:
    first = "\n".join(cell.source for cell in cells_of(LESSONS[0]) if cell.kind == "markdown")
    assert re.search(r"\[glossary\]\(glossary\.md\)", first)

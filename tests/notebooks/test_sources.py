"""What a notebook says of the world stands in docs/sources.md, in the table of its lesson, with its source.

Seen are years, sendmail's releases, the releases that *since* or *up to* gives to other programs, RFC, CVE and CERT numbers,
and, in a *Today* cell, what has a name of several words (`soft_bounce`, `policy-rc.d`). Not seen are facts without such a
mark ("five days", "off by default"), what a code cell or its output says, and whether a source says what its row claims.
"""

import re
from pathlib import Path

import nbformat
import pytest

from simlib.holes import HOLES

ROOT = Path(__file__).parents[2]
NOTEBOOKS = sorted((ROOT / "notebooks").glob("*.ipynb"))
TODAY, FROM_MEMORY = "## Today · 今日では", "from memory"

RFC = r"RFC \d+"
MARKS = (
    r"C(?:VE|A)-\d{4}-\d+",
    r"(?<![\d.])8\.\d+(?:\.\d+)?(?!\d)(?! (?:s|ms|h|minutes|seconds)\b)",
    r"(?:[Ss]ince|[Uu]p to|[Uu]ntil|before) (?:[A-Z]\w+ )?([1-9](?:\.\d+)+)",
    r"(?<![\d,.-])(?:19[6-9]\d|20[0-3]\d)(?![\d.,-]*\d)",
)
OPTION = re.compile(r"`([a-z0-9]+(?:[_-][a-z0-9]+)+(?:\.\w+)*)\b[^`/]*`")


def tables() -> dict[str, list[list[str]]]:
    """The rows under each heading, by its first word."""
    found: dict[str, list[list[str]]] = {}
    for section in re.split(r"^## ", (ROOT / "docs" / "sources.md").read_text("utf-8"), flags=re.MULTILINE)[1:]:
        lines = [line for line in section.splitlines() if line.startswith("|")]
        rows = [[cell.strip() for cell in re.split(r"(?<!\\)\|", line)[1:-1]] for line in lines]
        found[section.split()[0]] = rows[2:]
    return found


def markdown(path: Path) -> list[str]:
    cells = nbformat.read(path, as_version=4).cells
    return [cell.source for cell in cells if cell.cell_type == "markdown"]


def facts(cells: list[str]) -> set[str]:
    """The marks of facts in those cells."""
    found: set[str] = set()
    for cell in cells:
        found.update(re.findall(RFC, cell))
        text = re.sub(RFC, "", cell)
        for mark in MARKS:
            found.update(re.findall(mark, text))
            text = re.sub(mark, "", text) if mark is MARKS[0] else text
        if cell.startswith(TODAY):
            found.update(OPTION.findall(cell))
    return found


def is_named(fact: str, rows: list[list[str]]) -> bool:
    mark = re.compile(rf"(?<![\w.-]){re.escape(fact)}(?!\.?\w)")
    return any(mark.search(cell) for row in rows for cell in row[:2])


TABLES = tables()


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.name)
def test_what_a_lesson_says_of_the_world_has_its_source(path: Path) -> None:
    rows = TABLES[path.name[:2]]
    assert sorted(fact for fact in facts(markdown(path)) if not is_named(fact, rows)) == []


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.name)
def test_what_is_from_memory_is_said_to_be_so_in_the_lesson(path: Path) -> None:
    said = sum(cell.count(FROM_MEMORY) for cell in markdown(path))
    assert said == sum(checked == FROM_MEMORY for _, _, checked in TABLES[path.name[:2]])


@pytest.mark.parametrize("lesson", TABLES)
def test_each_row_is_a_fact_a_source_and_whether_it_was_checked(lesson: str) -> None:
    for row in TABLES[lesson]:
        assert len(row) == 3
        assert row[0] and row[1] and row[2] in ("yes", FROM_MEMORY)


def test_each_rfc_that_the_package_names_has_its_source() -> None:
    named = {rfc for path in (ROOT / "simlib").rglob("*.py") for rfc in re.findall(RFC, path.read_text("utf-8"))}
    rows = [row for table in TABLES.values() for row in table]
    assert sorted(rfc for rfc in named if not is_named(rfc, rows)) == []


def test_each_known_hole_has_its_source() -> None:
    named = [name for hole in HOLES for name in (hole.identifier, hole.advisory, hole.fixed) if name]
    assert [name for name in named if not is_named(name, TABLES["17"])] == []


@pytest.mark.parametrize(
    ("text", "fact"),
    [
        ("since 8.12.3 it is off", "8.12.3"),
        ("sendmail 8.18", "8.18"),
        ("Exim has it since 4.86.", "4.86"),
        ("Postfix (since 3.4)", "3.4"),
        ("DSN (RFC 1891, today)", "RFC 1891"),
        ("as CA-2002-28 and CVE-2014-3956 say", "CA-2002-28"),
        ("It was so in 1998.", "1998"),
        (f"{TODAY}\n\n**Postfix**: `soft_bounce = yes`", "soft_bounce"),
    ],
)
def test_a_fact_is_seen(text: str, fact: str) -> None:
    assert fact in facts([text])


@pytest.mark.parametrize(
    "text", ["claims 08.1 and 18.8", "28.8 kbit/s", "2,047 characters", "after 8.5 s", "RFC 1985 alone", "ISO-2022-JP"]
)
def test_what_only_looks_like_a_fact_is_not_taken_for_one(text: str) -> None:
    assert {fact for fact in facts([text]) if not fact.startswith("RFC")} == set()


def test_a_fact_without_a_row_is_missed() -> None:
    rows = [["off since 4.86", "ChangeLog 4.86", "yes"]]
    assert is_named("4.86", rows)
    assert not is_named("4.87", rows)
    assert not is_named("4.8", rows)

"""docs/options.md is what its tool makes of the tables, and says something of everything."""

import re

from simlib.cf import FLAG_MEANINGS, OPTIONS
from tools.options import PAGE, page

CELLS = re.compile(r"(?<!\\)\|")


def test_the_page_is_what_its_tool_makes() -> None:
    assert PAGE.read_text("utf-8") == page(), "run: python -m tools.options"


def test_no_cell_is_empty() -> None:
    rows = [line for line in page().splitlines() if line.startswith("|")]
    assert len(rows) > len(OPTIONS) + len(FLAG_MEANINGS)
    assert all(cell.strip() for row in rows for cell in CELLS.split(row)[1:-1])


def test_every_option_and_flag_has_its_row() -> None:
    text = page()
    assert all(f"| `{option.name}` |" in text for option in OPTIONS)
    assert all(f"| `{flag if flag != '|' else chr(92) + flag}` |" in text for flag in FLAG_MEANINGS)

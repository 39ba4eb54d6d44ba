"""A lesson's Markdown is cut into units, and put together again without a change."""

import nbformat
import pytest

from tools.translation.sources import lessons
from tools.translation.units import in_other_words, units

TEXT = """## 04.1 A heading

A paragraph with **stress**
in two lines.

| | claim |
|---|---|
| 04.1 | `O X=1` is a line. |

- one
- two

1. **First.** An item.

```
code stays
```

<details><summary><b>Why</b></summary>

Because.

</details>"""


def test_each_text_is_a_unit_of_its_own():
    assert [unit.text for unit in units(TEXT)] == [
        "04.1 A heading",
        "A paragraph with **stress** in two lines.",
        "| | claim |",
        "| 04.1 | `O X=1` is a line. |",
        "one",
        "two",
        "**First.** An item.",
        "Why",
        "Because.",
    ]


def test_other_words_stand_in_the_same_places():
    said = {unit.text: f"[{n}]" for n, unit in enumerate(units(TEXT))}
    assert in_other_words(TEXT, said.__getitem__).splitlines() == [
        *("## [0]", "", "[1]", "", "[2]", "|---|---|", "[3]", "", "- [4]", "- [5]", "", "1. [6]", ""),
        *("```", "code stays", "```", "", "<details><summary><b>[7]</b></summary>", "", "[8]", "", "</details>"),
    ]


@pytest.mark.parametrize("path", lessons(), ids=lambda path: path.stem)
def test_every_cell_of_a_lesson_survives(path):
    cells = [cell.source for cell in nbformat.read(path, as_version=4).cells if cell.cell_type == "markdown"]
    assert [in_other_words(cell, str) for cell in cells] == [cell.rstrip("\n") for cell in cells]

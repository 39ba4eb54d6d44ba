"""The slide index is that of the notebooks, and no claim of a lesson is without a cell."""

import importlib.util
from pathlib import Path

import nbformat
import pytest

ROOT = Path(__file__).parents[2]
CLAIMS = {  # of each topic of the lecture
    "01": 7, "02": 4, "03": 4, "04": 5, "05": 6, "06": 4, "07": 9, "08": 4, "09": 5, "10": 4, "11": 3, "12": 6, "13": 4,
    "14": 6, "15": 5, "16": 4, "17": 8,
}  # fmt: skip
NOTEBOOKS = [path for path in sorted((ROOT / "notebooks").glob("*.ipynb")) if path.name[:2] in CLAIMS]
spec = importlib.util.spec_from_file_location("slide_index", ROOT / "tools" / "slide_index.py")
assert spec is not None and spec.loader is not None
slide_index = importlib.util.module_from_spec(spec)
spec.loader.exec_module(slide_index)


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.name)
def test_every_claim_of_a_topic_is_named_and_shown(path: Path) -> None:
    topic = path.name[:2]
    cells = nbformat.read(path, as_version=4).cells
    expected = [f"{topic}.{n}" for n in range(1, CLAIMS[topic] + 1)]
    assert [claim for claim, _ in slide_index.claims(cells)] == expected
    assert [claim for claim in expected if not list(slide_index.shown(cells, claim))] == []


def test_the_page_is_up_to_date() -> None:
    assert slide_index.INDEX.read_text(encoding="utf-8") == slide_index.index(), "run python tools/slide_index.py"

"""Each lesson, run in the browser from the static site, prints what is committed: the same code, the same numbers."""

import os

import nbformat
import pytest

from tests.browser.conftest import ROOT

SOME = ("00_welcome", "04_delivery_efficiency", "18_scale")
ALL = sorted(
    path.relative_to(ROOT / "notebooks").with_suffix("").as_posix() for path in ROOT.glob("notebooks/**/*.ipynb")
)
CHOSEN = ALL if os.environ.get("LESSONS") == "all" else SOME  # all: make test-site


def texts(cell) -> list[tuple[str, str]]:
    """What a cell shows as text: what is printed, as one text a stream, and the text of each other output."""
    found: list[tuple[str, str]] = []
    for output in cell.get("outputs", []):
        kind = output["output_type"]
        if kind == "stream":
            text = "".join(output["text"])
            if found and found[-1][0] == output["name"]:
                text = found.pop()[1] + text
            found.append((output["name"], text))
        elif kind == "error":
            found.append(("error", f"{output['ename']}: {output['evalue']}"))
        elif "text/plain" in output["data"]:
            found.append(("text", "".join(output["data"]["text/plain"])))
    return [(kind, text.rstrip()) for kind, text in found]


@pytest.mark.parametrize("name", CHOSEN)
def test_every_cell_prints_what_is_committed(open_notebook, record_property, name) -> None:
    notebook = open_notebook(f"{name}.ipynb", "notebooks" if name.startswith("ja") else "lab")
    notebook.run_all()
    committed = nbformat.read(ROOT / "notebooks" / f"{name}.ipynb", as_version=4).cells
    seen = notebook.cells
    assert [cell["cell_type"] for cell in seen] == [cell.cell_type for cell in committed]
    pairs = [(texts(cell), texts(one)) for cell, one in zip(seen, committed, strict=True) if one.cell_type == "code"]
    record_property("cells of the site", (sum(a == b for a, b in pairs), len(pairs)))
    assert [pair for pair in pairs if pair[0] != pair[1]] == []

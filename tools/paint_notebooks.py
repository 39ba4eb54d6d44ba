"""Put a picture of each lab, as the browser paints it, beside its text in the committed notebooks.

``make pictures``. Readers without a kernel, on a code-hosting site for example, see the picture; the tests compare the
text. What waits behind a question is painted unopened, as nobody has answered here: its text would tell the answer.
It runs on the fixtures of the browser tests, since it drives the same JupyterLab and Chromium.
"""

from base64 import b64encode
from pathlib import Path

import nbformat
import pytest

ROOT = Path(__file__).resolve().parent.parent
NOTEBOOKS = sorted(path.name for path in ROOT.glob("notebooks/*.ipynb"))
LABS = ".simlib-predict, .simlib-after, .simlib-lab, .simlib-flow, .simlib-rules"
WINDOW = {"width": 1440, "height": 3000}  # a lab is painted as far as it is in the window


@pytest.mark.parametrize("name", NOTEBOOKS)
def test_labs_are_painted(open_notebook, name):
    path = ROOT / "notebooks" / name
    kept = nbformat.read(path, as_version=4)
    notebook = open_notebook(name)
    notebook.page.set_viewport_size(WINDOW)
    notebook.run_all()
    assert notebook.errors == []
    cells = [cell for cell in kept.cells if cell.cell_type == "code"]
    shown = notebook.page.locator(".jp-CodeCell").all()
    assert len(shown) == len(cells)
    for cell, place in zip(cells, shown, strict=True):
        labs, results = place.locator(LABS), [output for output in cell.outputs if "data" in output]
        if labs.count() and results:
            labs.first.scroll_into_view_if_needed()
            notebook.settle()
            picture = labs.first.screenshot(animations="disabled")
            results[-1].data["image/png"] = b64encode(picture).decode() + "\n"
    path.write_text(nbformat.writes(kept) + "\n", "utf-8")

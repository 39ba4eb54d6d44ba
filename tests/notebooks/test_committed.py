"""The notebooks as they are committed."""

import re
import subprocess
import sys
from pathlib import Path
from statistics import median

import nbformat
import pytest

ROOT = Path(__file__).resolve().parent.parent.parent
STRIP = ROOT / "tools" / "strip_notebooks.py"
NOTEBOOKS = sorted(ROOT.glob("notebooks/*.ipynb"))

VIEW = "application/vnd.jupyter.widget-view+json"
DIRTY_OUTPUT = {
    "output_type": "execute_result",
    "execution_count": 7,
    "metadata": {VIEW: {}},
    "data": {
        "text/plain": "3 messages",
        "image/png": "iVBORw0KGgo=",
        VIEW: {"version_major": 2, "version_minor": 0, "model_id": "1"},
    },
}


def strip(path):
    subprocess.run([sys.executable, STRIP, path], check=True, capture_output=True)
    return path.read_text("utf-8")


@pytest.fixture
def dirty(tmp_path):
    view_only = {**DIRTY_OUTPUT, "data": {VIEW: DIRTY_OUTPUT["data"][VIEW]}}
    cell, second = (
        nbformat.v4.new_code_cell("run()", execution_count=count, outputs=[nbformat.from_dict(output)])
        for count, output in ((7, DIRTY_OUTPUT), (9, view_only))
    )
    cell.metadata = {
        "execution": {"started": "2026-01-01"},
        "tags": ["claim-04.1"],
        "slideshow": {"slide_type": "slide"},
    }
    notebook = nbformat.v4.new_notebook(cells=[nbformat.v4.new_markdown_cell("# 配信"), cell, second])
    notebook.metadata = {"widgets": {"state": {}}, "language_info": {"name": "python", "version": "3.11.7"}}
    path = tmp_path / "dirty.ipynb"
    nbformat.write(notebook, path)
    return path


def test_stripping_keeps_text_pictures_and_tags(dirty):
    text = strip(dirty)
    notebook = nbformat.reads(text, as_version=4)
    _, cell, second = notebook.cells
    assert dict(cell.outputs[0].data) == {"text/plain": "3 messages", "image/png": "iVBORw0KGgo="}
    assert cell.metadata == {"tags": ["claim-04.1"], "slideshow": {"slide_type": "slide"}}
    assert (cell.execution_count, cell.outputs[0].execution_count, second.execution_count) == (1, 1, 2)
    assert second.outputs == []
    assert "widget" not in text
    assert "3.11.7" not in text
    assert "配信" in text


def test_what_was_printed_in_pieces_is_one_text(dirty):
    notebook = nbformat.read(dirty, as_version=4)
    notebook.cells[1].outputs += [nbformat.v4.new_output("stream", text=text) for text in ("one\ntw", "o\n")]
    nbformat.write(notebook, dirty)
    assert nbformat.reads(strip(dirty), as_version=4).cells[1].outputs[-1].text == "one\ntwo\n"


def test_stripping_twice_is_stripping_once(dirty):
    assert strip(dirty) == strip(dirty)


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.name)
def test_a_committed_notebook_is_stripped(path, tmp_path):
    copy = tmp_path / path.name
    copy.write_text(path.read_text("utf-8"), "utf-8")
    assert strip(copy) == path.read_text("utf-8"), f"run: python tools/strip_notebooks.py notebooks/{path.name}"


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.name)
def test_every_cell_of_a_committed_notebook_is_compared(path):
    cells = [cell for cell in nbformat.read(path, as_version=4).cells if cell.cell_type == "code"]
    assert [cell.execution_count for cell in cells] == list(range(1, len(cells) + 1)), "run: make notebooks"


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.name)
def test_code_can_be_read_aloud(path):
    cells = [cell.source for cell in nbformat.read(path, as_version=4).cells if cell.cell_type == "code"]
    lengths = [len(source.splitlines()) for source in cells]
    assert median(lengths) <= 8
    assert max(lengths) <= 32
@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.name)
def test_a_table_is_made_by_one_call(path):
    cells = [cell.source for cell in nbformat.read(path, as_version=4).cells if cell.cell_type == "code"]
    by_hand = [
        source for source in cells if "append(" in source and ("Table." in source or re.search(r"\brows\b", source))
    ]
    assert by_hand == [], "lab.table or Table.of_records"


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.name)
def test_a_lesson_says_which_numbers_tell_its_point(path):
    cells = [cell.source for cell in nbformat.read(path, as_version=4).cells if cell.cell_type == "code"]
    assert any("@lab.telling(" in source for source in cells)

"""The lecturer's notes stand beside the lessons, and in the notebooks of a lecture only."""

import importlib.util

import nbformat
import pytest

from tests.notebooks.lesson import LESSONS, ROOT

spec = importlib.util.spec_from_file_location("lecture_notebooks", ROOT / "tools" / "lecture_notebooks.py")
assert spec is not None and spec.loader is not None
lecture_notebooks = importlib.util.module_from_spec(spec)
spec.loader.exec_module(lecture_notebooks)


def notes_of(notebook):
    return [cell.source for cell in notebook.cells if cell.metadata.get("slideshow", {}).get("slide_type") == "notes"]


@pytest.mark.parametrize("path", LESSONS, ids=lambda path: path.name)
def test_a_lesson_has_notes_and_each_stands_behind_its_cell(path) -> None:
    notes = lecture_notebooks.sections((lecture_notebooks.NOTES / f"{path.name[:2]}.md").read_text("utf-8"))
    assert "start" in notes
    assert all(notes.values())
    held = nbformat.read(path, as_version=4)
    assert notes_of(held) == []
    told = lecture_notebooks.with_notes(held, notes)
    assert sorted(notes_of(told)) == sorted(f"*For the lecturer.* {words}" for words in notes.values())
    for cell, behind in zip(told.cells, told.cells[1:], strict=False):
        if behind.source == f"*For the lecturer.* {notes.get('ask-04.1')}":
            assert "ask-04.1" in cell.metadata.tags


def test_a_section_without_its_cell_is_told() -> None:
    held = nbformat.v4.new_notebook(cells=[nbformat.v4.new_markdown_cell("# 04")])
    with pytest.raises(ValueError, match=r"no cell has the tag ask-04\.9"):
        lecture_notebooks.with_notes(held, {"start": "Begin.", "ask-04.9": "Ask."})


def test_the_whole_is_written(tmp_path) -> None:
    (tmp_path / "lecture").mkdir()
    (tmp_path / "lecture" / "old.ipynb").write_text("{}")
    lecture_notebooks.main(str(tmp_path / "lecture"))
    names = {path.name for path in (tmp_path / "lecture").iterdir()}
    assert {path.name for path in LESSONS} <= names
    assert "files" in names and "old.ipynb" not in names

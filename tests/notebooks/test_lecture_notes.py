"""What a lecture is served from: the lecturer's notes are files of their own, and the entry page has every lesson."""

import json

import nbformat
import pytest

from tests.notebooks.lesson import LESSONS
from tools import make_lecture



@pytest.mark.parametrize("path", LESSONS, ids=lambda path: path.name)
def test_a_lesson_has_notes_each_for_a_cell_and_none_in_itself(path) -> None:
    held = nbformat.read(path, as_version=4)
    notes = make_lecture.notes_of(held, path.stem)
    assert "start" in notes
    assert all(notes.values())
    whole = path.read_text("utf-8")
    assert [name for name, words in notes.items() if words[:60] in whole] == []
    assert not [c for c in held.cells if c.metadata.get("slideshow", {}).get("slide_type") == "notes"]


def test_a_section_without_its_cell_is_told(monkeypatch, tmp_path) -> None:
    (tmp_path / "04.md").write_text("## start\nBegin.\n\n## ask-04.9\nAsk.\n")
    monkeypatch.setattr(make_lecture, "NOTES", tmp_path)
    held = nbformat.v4.new_notebook(cells=[nbformat.v4.new_markdown_cell("# 04")])
    with pytest.raises(ValueError, match=r"no cell has the tag ask-04\.9"):
        make_lecture.notes_of(held, "04")


def test_the_whole_is_written_and_what_was_there_is_gone(tmp_path) -> None:
    made = tmp_path / "lecture"
    made.mkdir()
    (made / "old.ipynb").write_text("{}")
    make_lecture.main(str(made))
    assert {path.name for path in made.iterdir()} == {"notebooks", "jupyter"}
    assert {path.name for path in LESSONS} <= {path.name for path in (made / "notebooks").iterdir()}
    template = made / make_lecture.TEMPLATE
    for path in LESSONS:
        notes = json.loads((template / "static" / "notes" / f"{path.stem}.json").read_text("utf-8"))
        assert notes == make_lecture.notes_of(nbformat.read(path, as_version=4), path.stem)
    assert (template / "lessons_en.html").read_text("utf-8").count("voila/render/") == len(LESSONS)


def test_markup_and_braces_of_a_claim_are_text_on_the_entry_page() -> None:
    cell = nbformat.v4.new_markdown_cell("# 99 <b>x</b> · 題\n\n| | claim |\n|---|---|\n| 99.1 | `<i>` *so* {{ 7 }} |")
    told = make_lecture.entry(nbformat.v4.new_notebook(cells=[cell]), "99.ipynb", {"start": "Ten minutes; more later."})
    assert "<b>99 &lt;b&gt;x&lt;/b&gt;</b>" in told
    assert "99.1 <code>&lt;i&gt;</code> <em>so</em> &#123;&#123; 7 &#125;&#125;" in told
    assert '<span class="minutes">Ten minutes</span>' in told

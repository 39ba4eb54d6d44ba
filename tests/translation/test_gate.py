"""The gate goes red where it should: a sentence of the English is changed, a lesson is added, a translation is lost."""

import nbformat
import pytest

from tools.translation import sources
from tools.translation.catalogues import as_text, brought_up_to_date, entries, lacking, path_of, read
from tools.translation.faults import faults

LESSON = "04_delivery_efficiency"


@pytest.fixture
def catalogue():
    return read(path_of(LESSON, "ja"), "ja")


@pytest.fixture
def prose():
    return list(sources.prose_of(sources.LESSONS / f"{LESSON}.ipynb"))


def test_a_changed_sentence_is_named_with_its_place(catalogue, prose):
    assert lacking(catalogue, prose) == []
    old = prose[1]
    prose[1] = old._replace(text=old.text.replace("five claims", "six claims"))
    assert lacking(catalogue, prose) == [f"{old.place}: {prose[1].text}"]


def test_the_next_translator_finds_the_old_words_beside_the_new_sentence(catalogue, prose):
    was = catalogue.get(prose[1].text).string
    prose[1] = prose[1]._replace(text=prose[1].text.replace("five claims", "six claims"))
    entry = brought_up_to_date(catalogue, prose).get(prose[1].text)
    assert (entry.fuzzy, entry.string) == (True, was)
    assert "five claims" in entry.previous_id[0]


def test_what_is_not_wanted_any_more_is_kept_for_its_return(catalogue, prose):
    text = as_text(brought_up_to_date(catalogue, prose[2:]))
    assert f'#~ msgid "{prose[1].text}"' in text


def test_a_new_lesson_needs_nothing_else(monkeypatch, tmp_path):
    cells = [nbformat.v4.new_markdown_cell("# 19 A new lesson\n\nIt says this.", id="first")]
    nbformat.write(nbformat.v4.new_notebook(cells=cells), tmp_path / "19_new.ipynb")
    monkeypatch.setattr(sources, "LESSONS", tmp_path)
    assert [path.name for path in sources.lessons()] == ["19_new.ipynb"]
    wanted = list(sources.prose_of(tmp_path / "19_new.ipynb"))
    assert [source.text for source in wanted] == ["19 A new lesson", "It says this."]
    assert lacking(read(tmp_path / "none.po", "ja"), wanted) == [f"19_new.ipynb:first: {one.text}" for one in wanted]


def test_a_number_that_a_translation_has_lost_is_a_fault_of_its_entry(catalogue):
    entry = next(one for one in entries(catalogue) if "85 ms" in one.id)
    assert faults(entry.id, entry.string.replace("85 ms", "85ミリ秒"))

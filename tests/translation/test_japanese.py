"""The Japanese edition is whole: nothing is missing, fuzzy or stale, and what is made from it is of today."""

from functools import cache

import nbformat
import pytest

from tools.translate import (
    COMPILED,
    EXTENSION,
    LANGUAGE,
    all_sources,
    compiled,
    place_of,
    translated_document,
    translated_notebook,
    words_of_pages,
)
from tools.translation.catalogues import as_text, brought_up_to_date, entries, lacking, path_of, read
from tools.translation.faults import faults
from tools.translation.sources import DOCUMENTS, LESSONS, lessons

NAMES = [*(path.stem for path in lessons()), *DOCUMENTS, "simlib"]
SIC = "sic: "  # before a fault that is none, in a comment of its entry


@cache
def sources():
    return all_sources()


@cache
def catalogue(name):
    return read(path_of(name, LANGUAGE), LANGUAGE)


def place(entry):
    return f"{entry.locations[0][0] if entry.locations else '?'}: {entry.id}"


@pytest.mark.parametrize("name", NAMES)
def test_each_text_has_its_translation(name):
    assert lacking(catalogue(name), sources()[name]) == [], (
        f"write the Japanese of these into translations/ja/{name}.po"
    )


@pytest.mark.parametrize("name", NAMES)
def test_the_catalogue_is_that_of_today(name):
    path = path_of(name, LANGUAGE)
    made = as_text(brought_up_to_date(read(path, LANGUAGE), sources()[name]))
    assert made == path.read_text("utf-8"), "run: python -m tools.translate"


@pytest.mark.parametrize("name", NAMES)
def test_each_translation_is_without_a_visible_fault(name):
    found = [
        f"{place(entry)}: {fault}"
        for entry in entries(catalogue(name))
        for fault in faults(entry.id, entry.string)
        if SIC + fault not in entry.user_comments
    ]
    assert not found


def test_what_is_the_same_in_english_is_so_in_japanese():
    said = {}
    for name in NAMES:
        for entry in entries(catalogue(name)):
            said.setdefault((entry.id, entry.context), set()).add(entry.string)
    assert [key for key, texts in said.items() if len(texts) > 1] == []


@pytest.mark.parametrize("path", lessons(), ids=lambda path: path.stem)
def test_the_lesson_is_made_from_its_catalogue(path):
    made = LESSONS / LANGUAGE / path.name
    assert translated_notebook(path.stem) == made.read_text("utf-8"), "run: python -m tools.translate"
    english, japanese = (nbformat.read(one, as_version=4).cells for one in (path, made))
    assert [cell.source for cell in english if cell.cell_type == "code"] == [
        cell.source for cell in japanese[1:] if cell.cell_type == "code"
    ]
    assert list(map(texts, english)) == list(map(texts, japanese[1:]))


def texts(cell):
    return [
        one.get("text") or one.data.get("text/plain")
        for one in cell.get("outputs", ())
        if "text/plain" in one.get("data", {}) or "text" in one
    ]


@pytest.mark.parametrize("name", DOCUMENTS)
def test_the_document_is_made_from_its_catalogue(name):
    assert translated_document(name) == place_of(name).read_text("utf-8"), "run: python -m tools.translate"


def test_what_the_code_looks_up_is_compiled_from_the_catalogues():
    assert compiled() == (COMPILED / f"{LANGUAGE}.mo").read_bytes(), "run: python -m tools.translate"


def test_the_words_of_pages_are_made_from_the_catalogue():
    assert words_of_pages() == EXTENSION.read_text("utf-8"), "run: python -m tools.translate"


def test_the_files_of_a_lesson_are_beside_it_in_both_editions():
    for path in (LESSONS / "files").iterdir():
        assert (LESSONS / LANGUAGE / "files" / path.name).read_bytes() == path.read_bytes()

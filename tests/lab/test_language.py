"""In which language a notebook speaks: its metadata says it, or ``lab.language``; and what cells complain of then."""

import json

import nbformat
import pytest
from nbclient import NotebookClient

from simlib import World, lab
from simlib.errors import WorkbookError
from simlib.exercises import find_drill
from simlib.lab.language import SESSION, of_this_notebook
from simlib.language import chosen, translated

CELLS = (
    'from simlib import World, lab\nlab.language("ja")',
    'World().host("bad name")',
    'World().sendmail("m.example", cf="O ConectionCacheSize=1")',
    'lab.language("en")\nWorld().host("bad name")',
)


@pytest.fixture
def japanese():
    lab.language("ja")
    yield
    lab.language("en")


@pytest.mark.parametrize(
    ("metadata", "language"), [({"lang": "ja"}, "ja"), ({}, "en"), ({"lang": "xx"}, "en"), ({"lang": 3}, "en")]
)
def test_a_notebook_says_its_language_in_its_metadata(monkeypatch, tmp_path, metadata, language):
    path = tmp_path / "lesson.ipynb"
    path.write_text(json.dumps({"metadata": metadata, "cells": []}), "utf-8")
    monkeypatch.setenv(SESSION, str(path))
    assert of_this_notebook() == language


@pytest.mark.parametrize("text", [None, "no JSON", "[]"])
def test_without_a_notebook_that_can_be_read_it_is_english(monkeypatch, tmp_path, text):
    path = tmp_path / "lesson.ipynb"
    if text is not None:
        path.write_text(text, "utf-8")
    monkeypatch.setenv(SESSION, str(path))
    assert of_this_notebook() == "en"


def test_a_language_that_there_is_not_is_refused_and_the_old_one_stays(japanese):
    with pytest.raises(WorkbookError, match=r"language\('fr'\): there are 'en', 'ja'"):
        lab.language("fr")
    assert chosen() == "ja"


def test_errors_and_warnings_of_a_cell_are_japanese_too():
    notebook = nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell(cell) for cell in CELLS])
    NotebookClient(notebook, allow_errors=True, timeout=120).execute()
    _, error, warning, english = (cell.outputs for cell in notebook.cells)
    assert error[0].evalue == "'bad name' is not a host name: write it like mail.site.example"
    assert error[0].traceback[-1] == "'bad name' はホスト名ではありません。mail.site.example のように書いてください。"
    assert "知らないオプション ConectionCacheSize は無視しました" in warning[0].text
    assert "ホスト名" not in "".join(english[0].traceback)


def test_a_shell_says_what_it_says_and_beside_it_stands_what_a_japanese_keyboard_has_typed(japanese):
    world = World()
    console = lab.console(world.shell(world.sendmail("mail.here.example")))
    assert console("ｍａｉｌｑ") == "sh: ｍａｉｌｑ: command not found"
    assert console.terminal.lines[-1] == [
        "hint",
        translated("write ASCII characters (half width): {them}").format(them="mailq"),
    ]
    console("mailq")
    assert console.terminal.lines[-1][0] == "said"


def test_a_mail_in_japanese_is_no_slip():
    world = World()
    console = lab.console(world.sendmail("mail.here.example", domain="here.example"))
    for line in (
        "HELO me.example",
        "MAIL FROM:<me@me.example>",
        "RCPT TO:<root@here.example>",
        "DATA",
        "Ｓｕｂｊｅｃｔ、件名。",
        ".",
    ):
        console(line)
    assert [kind for kind, _ in console.terminal.lines if kind == "hint"] == []
    console("ＱＵＩＴ")
    assert console.terminal.lines[-1] == ["hint", "write ASCII characters (half width): QUIT"]


def test_a_place_in_full_width_is_the_place():
    exercise = find_drill("04").exercise(1)
    cause, place = exercise.solution.split("\n")
    wide = "".join(chr(ord(letter) + 0xFEE0) if "!" <= letter <= "~" else letter for letter in place)
    assert exercise.check(f"{cause}\n{wide}").right

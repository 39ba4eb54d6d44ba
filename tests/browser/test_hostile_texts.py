"""Texts from outside in every view, in a real browser: nothing of them runs, and what is unseen in them is seen."""

import nbformat
import pytest

from tests.lab.hostile import VIEWS

KERNEL = {"name": "python3", "display_name": "Python 3", "language": "python"}
BEGIN = "from simlib import WorkbookError, lab\nfrom tests.lab.hostile import BAD, VIEWS, table"
TYPED = "cat <img src=x onerror=hack()>\u202e$x$"
SEEN = "<U+202E>"

# Texts that are on the page, or told to those who hear it, and hold what nobody sees.
UNSEEN = """() => {
    const unseen = /[\\u0000-\\u0008\\u000b-\\u001f\\u007f-\\u009f\\u202a-\\u202e\\u2066-\\u2069\\ud800-\\udfff]/;
    const found = [];
    for (const one of document.querySelectorAll(".jp-OutputArea-output, .jp-OutputArea-output *")) {
        const own = Array.from(one.childNodes).filter((node) => node.nodeType === 3).map((node) => node.data);
        const told = Array.from(one.attributes).map((attribute) => attribute.value);
        const value = one.matches("textarea, input[type=text]") ? [one.value] : [];
        found.push(...[...own, ...told, ...value].filter((text) => unseen.test(text)));
    }
    return found;
}"""
MADE = """() => Array.from(document.querySelectorAll("img[src=x], [onerror], .jp-OutputArea-output script"))
    .map((element) => element.outerHTML.slice(0, 200))"""


@pytest.fixture
def hostile(jupyterlab, page, open_notebook):
    """A notebook with every view, run; what the texts would do is noted, if they can do it."""
    page.add_init_script("window.hacked = []; window.hack = () => { window.hacked.push(new Error().stack); };")
    dialogs = []
    page.on("dialog", lambda dialog: (dialogs.append(dialog.message), dialog.dismiss()))
    cells = [BEGIN, *(f"VIEWS[{name!r}]()" for name in VIEWS), "table()", "raise WorkbookError(BAD)"]
    made = nbformat.v4.new_notebook(
        cells=[nbformat.v4.new_code_cell(source) for source in cells], metadata={"kernelspec": KERNEL}
    )
    nbformat.write(made, jupyterlab.directory / "hostile.ipynb")
    notebook = open_notebook("hostile.ipynb")
    notebook.run_all()
    yield notebook
    assert page.evaluate("() => window.hacked") == []
    assert page.evaluate(MADE) == []
    assert page.evaluate(UNSEEN) == []
    assert dialogs == []
    (jupyterlab.directory / "hostile.ipynb").unlink()


def test_every_view_shows_such_texts_as_they_are(hostile):
    (error,) = hostile.errors
    assert SEEN in error
    outputs = hostile.page.locator(".jp-CodeCell").all()[1 : len(VIEWS) + 2]
    shown = [cell.locator(".jp-Cell-outputArea").evaluate("area => area.outerHTML") for cell in outputs]
    assert [name for name, markup in zip([*VIEWS, "table"], shown, strict=True) if "&lt;U+202E&gt;" not in markup] == []


def test_a_chart_tells_of_such_a_series_where_the_mouse_is(hostile):
    canvas = hostile.page.locator(".simlib-lab canvas").first
    canvas.scroll_into_view_if_needed()
    canvas.hover(position={"x": 300, "y": 180})
    hostile.page.locator("[_echarts_instance_] span", has_text="<script>").filter(has_text=SEEN).first.wait_for()


def test_the_player_tells_of_such_a_host(hostile):
    player = hostile.page.locator(".simlib-flow")
    player.get_by_role("button", name="read its log").first.click()
    player.locator(".told", has_text="<img src=x onerror=hack()>").filter(has_text=SEEN).wait_for()


def test_what_is_typed_at_a_console_comes_back_so_that_it_is_seen(hostile):
    console = hostile.page.locator(".simlib-terminal").first
    line = console.get_by_role("textbox")
    line.fill(TYPED)
    line.press("Enter")
    console.locator(".typed", has_text=TYPED.replace("\u202e", SEEN)).wait_for()


def test_lines_applied_come_back_so_that_they_are_seen(hostile):
    editor = hostile.page.locator(".simlib-lab", has=hostile.page.locator(".simlib-cf"))
    field = editor.get_by_label("sendmail.cf lines")
    field.fill(f"DX{TYPED}")
    hostile.heard()
    editor.get_by_role("button", name="Apply").click()
    editor.locator(".simlib-listing .new", has_text=TYPED.replace("\u202e", SEEN)).wait_for()
    field.fill("")


def test_an_answer_comes_back_so_that_it_is_seen(hostile):
    asked = hostile.page.locator(".simlib-exercise").filter(has=hostile.page.get_by_placeholder("a number"))
    asked.get_by_role("button", name="Hint").click()
    asked.get_by_text("Hint 1 of 1").filter(has_text=SEEN).wait_for()
    asked.get_by_role("button", name="Show the solution").click()
    asked.get_by_text("A solution").filter(has_text=SEEN).wait_for()

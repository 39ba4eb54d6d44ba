"""The question opens the run, in a real browser: commit, try to change it, come back the next day."""

from base64 import b64decode

import nbformat
import pytest

from tests.browser.conftest import ARTEFACTS, PATIENCE, Notebook

LESSON = "04_delivery_efficiency.ipynb"
FIRST = ".simlib-predict >> nth=0"
SCREEN = {"width": 1440, "height": 1080}
VIEW = "application/vnd.jupyter.widget-view+json"
SAVED = "() => window.jupyterapp.commands.execute('docmanager:save').then(() => {})"
RUN_SECOND = """() => {
    const notebook = window.jupyterapp.shell.currentWidget.content;
    const first = notebook.widgets.findIndex((cell) => cell.model.sharedModel.source.includes("lab.predict("));
    notebook.activeCellIndex = first;
    return window.jupyterapp.commands.execute("notebook:run-cell").then(() => {});
}"""
# Of each output with a picture, whether it is wholly white.
BLANK = """async (picture) => {
    const image = new Image();
    image.src = "data:image/png;base64," + picture;
    await image.decode();
    const canvas = new OffscreenCanvas(image.width, image.height), pen = canvas.getContext("2d");
    pen.drawImage(image, 0, 0);
    return new Set(new Uint32Array(pen.getImageData(0, 0, image.width, image.height).data.buffer)).size < 8;
}"""


@pytest.fixture
def lesson(open_notebook, jupyterlab):
    """A lesson that was run, by somebody who has not answered anything."""
    (jupyterlab.directory.parent / "progress.json").unlink(missing_ok=True)
    committed = (jupyterlab.directory / LESSON).read_bytes()
    notebook = open_notebook(LESSON)
    notebook.run_all()
    assert notebook.errors == []
    yield notebook
    (jupyterlab.directory / LESSON).write_bytes(committed)  # a test may have saved what it had run


def commit(notebook, choice):
    asked = notebook.page.locator(FIRST)
    asked.get_by_role("radio", name=choice, exact=True).check()
    asked.get_by_role("button", name="That is my answer").click()
    asked.locator(".simlib-lab .simlib-stage svg").first.wait_for()
    notebook.settle()
    return asked


def test_nothing_is_told_before_somebody_commits_and_the_run_unfolds_then(lesson):
    page = lesson.page
    asked, held = page.locator(FIRST), page.locator(".simlib-after").first
    assert asked.locator("canvas").count() == 0
    assert held.text_content() == "Answer question 04.1 first, above: this is what came."
    asked = commit(lesson, "3")
    assert "It came otherwise: “8”" in asked.get_by_role("status").first.inner_text()
    assert asked.get_by_role("row", name="connections opened").inner_text().split() == ["connections", "opened", "8"]
    assert "RSET commands" in held.text_content()
    asked.screenshot(path=ARTEFACTS / "question open.png")


def test_an_answer_stays_what_it_was(lesson):
    asked = commit(lesson, "3")
    assert all(radio.is_disabled() for radio in asked.get_by_role("radio").all())
    assert not asked.get_by_role("button", name="That is my answer").is_visible()
    lesson.page.evaluate(RUN_SECOND)
    lesson.page.locator(FIRST).locator(".simlib-lab .simlib-stage svg").first.wait_for()
    lesson.page.locator(FIRST).get_by_text("You said “3”").wait_for()


def test_the_next_day_there_are_pictures_and_numbers_and_no_error(lesson, jupyterlab, browser):
    commit(lesson, "3")
    lesson.page.evaluate(SAVED)
    kept = nbformat.read(jupyterlab.directory / LESSON, as_version=4)
    shown = [out.data for cell in kept.cells for out in cell.get("outputs", []) if VIEW in out.get("data", {})]
    assert [data["text/plain"][:40] for data in shown if "image/png" not in data] == []
    opened = next(data for data in shown if data["text/plain"].startswith("Question 04.1:"))
    (ARTEFACTS / "day two.png").write_bytes(b64decode(opened["image/png"]))
    assert [data["text/plain"][:40] for data in shown if lesson.page.evaluate(BLANK, data["image/png"])] == []
    jupyterlab.stop_kernels()
    page = browser.new_page(viewport=SCREEN)  # not the fixture's: the widget manager says which models it misses
    page.set_default_timeout(PATIENCE * 1000)
    Notebook(page, jupyterlab, LESSON)
    page.locator(".simlib-asleep").wait_for()
    assert page.locator(".simlib-asleep").inner_text().startswith("asleep: press")
    assert page.get_by_text("not found").count() == 0
    assert page.locator(".jp-RenderedImage img").count() == len(shown)
    page.screenshot(path=ARTEFACTS / "day two page.png")
    page.locator(".simlib-asleep button").click()
    page.locator(FIRST).get_by_text("You said “3”").wait_for()  # the answer is still there, and opens the run
    page.locator(FIRST).locator(".simlib-lab .simlib-stage svg").first.wait_for()
    page.locator(".simlib-asleep").wait_for(state="hidden")
    page.close()


def test_enter_submits_a_line(lesson):
    asked = lesson.page.locator(".simlib-exercise", has_text="Exercise 04.a")
    asked.get_by_role("textbox").fill("1")
    asked.get_by_role("textbox").press("Enter")
    asked.get_by_text("Not yet").wait_for()


def test_a_cell_that_is_run_alone_says_what_to_run_first(open_notebook):
    notebook = open_notebook(LESSON)
    notebook.page.evaluate(RUN_SECOND)
    told = notebook.page.get_by_text("Run first what stands above: “lab” is made in the cell that begins with")
    told.wait_for()
    assert "from simlib import" in told.inner_text()

"""Labs in a kernel that lives in the page: long runs, links that carry a state, narrow screens and fingers."""

import pytest

from tests.browser.conftest import NEXT_FRAME
from tests.browser.static_site.conftest import SiteNotebook
from tests.browser.test_lab import violations_on

LESSON = "04_delivery_efficiency.ipynb"
SLOW = """
from simlib import World, lab
def slow(n=1):
    world = World(seed=4)
    mail = world.sendmail("mail.here.example", domain="here.example", cf="O DeliveryMode=queueonly")
    for k in range(10):
        world.peer(f"mx.s{k}.example", domain=f"s{k}.example", latency="80ms")
    for k in range(n * 200):
        mail.submit("taro@here.example", f"u@s{k % 10}.example", at=f"{k * 21600 / (n * 200):.0f}s")
    mail.queue_run(every="10m")
    return world.run(until="6h")
"""
LAB = "lab.explore(slow, n=(1, 60))"
SWEEP = """
from simlib.experiment import sweep
def letters(n=20, seed=1):
    return {"letters": len(slow(n).messages)}
sweep(letters, {"n": [20]}, range(1, 40), progress=lab.progress_bar())
"""
AGAIN = "print('the kernel answers')"
# Put a notebook with these cells among what the browser keeps.
MAKE = """async ([name, sources]) => {
    const empty = { cell_type: "code", metadata: {}, outputs: [], execution_count: null };
    const cell = (source, n) => ({ ...empty, id: `c${n}`, source });
    const kernelspec = { name: "python", display_name: "Python (Pyodide)" };
    const content = { cells: sources.map(cell), metadata: { kernelspec }, nbformat: 4, nbformat_minor: 5 };
    const now = new Date().toISOString(), file = { name, path: name, type: "notebook", format: "json", writable: true };
    const { write } = await import("./static/store.js");
    await write({ ...file, content, mimetype: null, size: 1, created: now, last_modified: now });
}"""
RUN = """async (number) => {
    const { commands, shell } = window.jupyterapp;
    shell.currentWidget.content.activeCellIndex = number;
    await commands.execute("notebook:run-cell");
}"""
CUT_OFF = """() => Array.from(document.querySelectorAll(".simlib-lab, .simlib-exercise, .simlib-predict"))
    .filter((node) => node.getBoundingClientRect().right > innerWidth + 1 || node.scrollWidth > node.clientWidth + 1)
    .map((node) => `${node.className}: ${node.textContent.slice(0, 80)}`)"""
SMALL = 24  # px: the least target of a finger (WCAG 2.2, 2.5.8)


@pytest.fixture
def slow(open_notebook, page, site):
    """A notebook whose lab takes seconds, and whose last cell is a sweep that takes longer."""
    page.goto(f"{site.address}/")
    page.evaluate(MAKE, ["slow.ipynb", [SLOW, LAB, SWEEP, AGAIN]])
    return open_notebook("slow.ipynb")


def answers(notebook) -> None:
    """The kernel does what it is asked for after all that."""
    notebook.page.evaluate(RUN, 3)
    notebook.page.locator(".jp-OutputArea-output", has_text="the kernel answers").wait_for()


def test_a_long_run_shows_how_far_it_is_and_can_be_stopped(slow) -> None:
    page = slow.page
    slow.run_through(LAB)
    shown = page.locator(".simlib-telling, .simlib-numbers").first.inner_text()
    page.locator(".simlib-lab .noUi-handle").press("End")
    stop = page.get_by_role("button", name="Stop")
    stop.wait_for()
    page.locator(".simlib-lab .widget-label", has_text=" left").wait_for()  # 12%, 9 s left
    stop.click()
    page.locator(".simlib-trouble", has_text="stopped; what is shown is still slow(n=1)").wait_for()
    stop.wait_for(state="hidden")
    assert page.locator(".simlib-telling, .simlib-numbers").first.inner_text() == shown
    answers(slow)


def test_a_newer_move_ends_a_long_run(slow) -> None:
    page = slow.page
    slow.run_through(LAB)
    handle = page.locator(".simlib-lab .noUi-handle")
    handle.press("End")
    page.get_by_role("button", name="Stop").wait_for()
    handle.press("Home")
    handle.press("ArrowRight")
    page.locator(".simlib-lab .widget-readout", has_text="2").wait_for()
    page.get_by_role("button", name="Stop").wait_for(state="hidden")
    page.get_by_role("button", name="As code").click()
    page.locator(".simlib-code", has_text="start={'n': 2}").wait_for()


def test_a_sweep_shows_how_far_it_is_and_can_be_stopped(slow) -> None:
    page = slow.page
    page.evaluate(RUN, 0)
    page.evaluate(f"() => {{ ({RUN})(2); }}")
    page.locator(".jp-OutputArea-output", has_text="of 39 runs").first.wait_for()
    page.get_by_role("button", name="Stop").click()
    page.locator(".jp-OutputArea-output", has_text="letters").first.wait_for()
    assert slow.errors == []
    answers(slow)


def test_a_link_opens_the_lesson_at_its_lab_with_these_settings(open_notebook, context, page) -> None:
    notebook = open_notebook(LESSON)
    notebook.run_through('lab.predict("04.1"')
    asked = page.locator(".simlib-predict").first
    asked.get_by_role("radio", name="15").check()
    asked.get_by_role("button", name="That is my answer").click()
    handle = asked.locator(".noUi-handle").first
    notebook.move(handle, lambda: handle.press("ArrowRight"))
    asked.get_by_role("button", name="As code").click()
    link = asked.get_by_role("link", name="A link that opens this lesson here")
    link.wait_for()
    code = asked.locator(".simlib-code").inner_text()
    there = context.new_page()
    there.goto(link.get_attribute("href"))
    lab = there.locator(".simlib-predict.simlib-open").first
    lab.locator(".widget-readout", has_text="3").first.wait_for()
    lab.get_by_role("button", name="As code").click()
    lab.locator(".simlib-code", has_text="start={'cache_size': 3}").wait_for()
    assert lab.locator(".simlib-code").inner_text() == code
    box = lab.bounding_box()
    assert 0 <= box["y"] < there.viewport_size["height"] / 2
    there.close()


def test_a_link_to_a_lab_that_is_not_there_is_told(page, site) -> None:
    page.goto(f"{site.address}/notebooks/index.html?path={LESSON}&lab=nowhere&set=%7B%7D")
    page.locator(".simlib-asleep", has_text="does not have").wait_for()


def test_labs_and_exercises_are_usable_by_a_finger_on_a_narrow_screen(browser, site) -> None:
    held = browser.new_context(viewport={"width": 768, "height": 1024}, has_touch=True, is_mobile=True)
    held.set_default_timeout(180_000)
    page = held.new_page()
    page.goto(f"{site.address}/")
    lesson = page.get_by_role("link", name="04 Delivery efficiency")
    lesson.tap()
    notebook = SiteNotebook(page)
    notebook.opened()
    notebook.run_all()
    for asked in page.locator(".simlib-predict").all():
        radio = asked.get_by_role("radio")
        if radio.count():
            radio.first.tap()
        else:
            asked.get_by_role("textbox").fill("1")
        asked.get_by_role("button", name="That is my answer").tap()
    notebook.heard()
    page.evaluate(NEXT_FRAME)
    assert page.evaluate(CUT_OFF) == []
    lab = page.locator(".simlib-lab").first
    before = lab.locator(".widget-readout").first.inner_text()
    box = lab.locator(".noUi-base").first.bounding_box()
    page.touchscreen.tap(box["x"] + box["width"] * 0.9, box["y"] + box["height"] / 2)
    page.wait_for_function(
        "([node, before]) => node.textContent !== before",
        arg=[lab.locator(".widget-readout").first.element_handle(), before],
    )
    buttons = page.locator(".simlib-lab button:visible, .simlib-exercise button:visible")
    boxes = {one.inner_text(): one.bounding_box() for one in buttons.all()}
    assert {name for name, box in boxes.items() if min(box["width"], box["height"]) < SMALL} == set()
    exercise = page.locator(".simlib-exercise:not(.simlib-predict)").first
    exercise.get_by_role("button", name="Hint").tap()
    page.screenshot(path="artefacts/site on a narrow screen.png")
    assert violations_on(page, [[".simlib-lab"], [".simlib-exercise"]]) == []
    held.close()

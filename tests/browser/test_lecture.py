"""The lecture as it is projected: every slide fits, a clicker turns them, notes are in the presenter's window only.

``make test-lecture`` walks all lessons (LECTURES=all); else some of them are.
"""

import ast
import json
import os
import re
import socket
import subprocess
import sys
import time
from pathlib import Path

import nbformat
import pytest

from tests.browser.conftest import NEXT_FRAME
from tests.browser.test_lab import violations_on

ROOT = Path(__file__).resolve().parent.parent.parent
ARTEFACTS = ROOT / "artefacts"
PYTHON = ROOT / ".venv-lecture" / "bin" / "python"
PATIENCE = 180  # seconds, as in conftest.py
ENGLISH = sorted(path.name for path in (ROOT / "notebooks").glob("*.ipynb"))
ALL = [*ENGLISH, *(f"ja/{name}" for name in ENGLISH)]
SOME = [ENGLISH[4], f"ja/{ENGLISH[4]}"]
WALKED = ALL if os.environ.get("LECTURES") == "all" else SOME
LESSON = "04_delivery_efficiency.ipynb"
SCREENS = [(1280, 720), (1920, 1080), (1024, 768)]
LEAST = 2.2  # percent of the screen's height: the smallest type

MEASURE = (Path(__file__).parent / "measure_slide.js").read_text("utf-8")
PLACE = ".lecture-bar .place"
# No further widget has come for a second.
QUIET = """async () => {
    const many = () => document.querySelectorAll(".jupyter-widgets").length;
    for (let before = -1; before !== many(); ) { before = many(); await new Promise((done) => setTimeout(done, 1000)); }
}"""
CLOSED = ".lecture-slide.shown .simlib-predict:not(.simlib-open)"
FEWER = f"(before) => document.querySelectorAll({CLOSED!r}).length < before"
IMPORTING = """
import json, sys
for lesson, statements in json.load(sys.stdin).items():
    for statement in statements:
        try:
            exec(statement)
        except ImportError as error:
            print(f"{lesson}: {statement}: {error}")
"""
CHANGED = "([what, before]) => document.querySelector(what).textContent !== before"


@pytest.fixture(scope="module")
def python():
    """The Python of the lecture's environment."""
    if not PYTHON.exists():
        pytest.skip("the lecture's environment is not there: make .venv-lecture/made")
    return PYTHON


@pytest.fixture(scope="module")
def lecture(tmp_path_factory, python):
    """The address at which Voilà serves the lessons as ``make lecture`` does."""
    home = tmp_path_factory.mktemp("lecturer")
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    options = ["--template=lecture", "--strip_sources=False", "--no-browser", f"--port={port}", "--Voila.ip=127.0.0.1"]
    made = home / "made"
    environment = {**os.environ, "HOME": str(home), "JUPYTER_PATH": str(made / "jupyter"), "PYTHONPATH": str(ROOT)}
    environment["JUPYTER_DATA_DIR"] = environment["JUPYTER_CONFIG_DIR"] = str(home)
    environment["WORKBOOK_PROGRESS"] = str(home / "progress.json")
    subprocess.run([sys.executable, "-m", "tools.make_lecture", made], check=True, cwd=ROOT)
    command = [str(python), "-m", "voila", *options, str(made / "notebooks")]
    with (home / "voila.log").open("w") as log:
        server = subprocess.Popen(command, env=environment, stdout=log, stderr=log)
        try:
            _wait_for(port, server, home / "voila.log")
            yield f"http://127.0.0.1:{port}/"
        finally:
            server.terminate()
            server.wait(PATIENCE)


@pytest.fixture
def opened(browser, lecture):
    """Opens a lesson as on a projector; a test that leaves an error on a page has failed."""
    context = browser.new_context(viewport={"width": 1280, "height": 720}, has_touch=True)
    context.set_default_timeout(PATIENCE * 1000)
    errors = []

    def lesson(name):
        page = context.new_page()
        page.on("pageerror", lambda error: errors.append(str(error)))
        page.goto(f"{lecture}voila/render/{name}")
        page.locator(PLACE).wait_for()
        page.locator(".simlib-predict").first.wait_for(state="attached")
        page.evaluate(QUIET)
        settle(page)
        return page

    yield lesson
    context.close()
    assert errors == []


@pytest.fixture
def slides(opened):
    return opened(LESSON)


def settle(page):
    """Wait until the slides have been laid out anew after the last change."""
    page.evaluate("""() => new Promise((done) => {
        let waiting = setTimeout(done, 400);
        addEventListener("lecture-slide", () => { clearTimeout(waiting); waiting = setTimeout(done, 400); });
    })""")


def place(page):
    return page.locator(PLACE).inner_text()


def go_to(page, what):
    """Turn to the first slide with this; its number."""
    number = page.locator(".lecture-slide").evaluate_all(
        "(all, what) => all.findIndex((slide) => slide.querySelector(what)) + 1", what
    )
    page.evaluate("number => { location.hash = `#${number}`; }", number)
    page.locator(PLACE, has_text=re.compile(f"^{number} / ")).wait_for()
    return number


def answer(page):
    """Show what came of the question on this slide, if there is one that is closed."""
    asked = page.locator(CLOSED)
    while before := asked.count():
        field = asked.first.get_by_role("textbox")
        if field.count():
            field.first.fill("1")
        asked.first.locator(
            "button", has_text=re.compile("Show what came|That is my answer|結果を見る|これで答える")
        ).click()
        page.wait_for_function(FEWER, arg=before)
    settle(page)


def imports(name):
    """What the code cells of a lesson import, as statements."""
    cells = nbformat.read(ROOT / "notebooks" / name, as_version=4).cells
    nodes = [node for cell in cells if cell.cell_type == "code" for node in ast.walk(ast.parse(cell.source))]
    return [ast.unparse(node) for node in nodes if isinstance(node, (ast.Import, ast.ImportFrom))]


def test_whatever_a_lesson_imports_is_in_the_lecture_s_environment(python):
    """Of every lesson, whichever are walked: one that stops at an import would be seen before the students only."""
    wanted = json.dumps({name: imports(name) for name in ALL})
    command, environment = [str(python), "-c", IMPORTING], {**os.environ, "PYTHONPATH": str(ROOT)}
    ran = subprocess.run(command, input=wanted, env=environment, capture_output=True, text=True)
    assert (ran.returncode, ran.stdout) == (0, ""), ran.stderr


@pytest.mark.parametrize("name", WALKED)
def test_every_slide_fits(opened, name):
    page = opened(name)
    assert page.get_by_text("There was an error when executing").count() == 0
    assert faults_on(page, SCREENS, f"slide {name[:5]}") == {}
    assert violations_on(page, [["body"]]) == []


def faults_on(page, screens, picture):
    """What is cut off or too small, by screen and slide, when all slides are walked and all questions answered.

    ``picture``: what a screenshot of such a slide is called.
    """
    faults = {}
    for width, height in screens:
        page.set_viewport_size({"width": width, "height": height})
        page.evaluate("() => { location.hash = '#1'; }")
        settle(page)
        while True:
            now = place(page)
            page.evaluate(NEXT_FRAME)
            measured = page.evaluate(MEASURE, LEAST)
            if any(measured.values()):
                faults[f"{width} × {height}, {now}"] = measured
                ARTEFACTS.mkdir(exist_ok=True)
                page.screenshot(path=ARTEFACTS / f"{picture} {width} {now}.png".replace("/", "of"))
            if page.locator(CLOSED).count():
                answer(page)
            page.keyboard.press("PageDown")
            if place(page) == now:
                break
    return faults


def test_a_clicker_turns_all_slides_and_moves_no_control(slides):
    answer_first = go_to(slides, ".simlib-predict")
    answer(slides)
    slides.keyboard.press("PageDown")
    handle = slides.locator(".lecture-slide.shown .noUi-handle").first.element_handle()
    before = handle.get_attribute("aria-valuenow")
    handle.focus()
    seen = [place(slides)]
    assert seen[0].startswith(f"{answer_first} / ")
    while True:
        slides.keyboard.press("PageDown")
        now = place(slides)
        if now == seen[-1]:
            break
        seen.append(now)
    last = int(seen[-1].split(" / ")[0])
    assert {int(one.split(" / ")[0]) for one in seen} == set(range(answer_first, last + 1))
    assert last == int(seen[-1].split(" / ")[1].split(" ")[0])
    assert handle.get_attribute("aria-valuenow") == before
    slides.keyboard.press("Home")
    assert place(slides).startswith("1 / ")


def test_arrows_are_a_control_s_while_it_has_the_focus_and_escape_frees_them(slides):
    go_to(slides, ".simlib-predict")
    answer(slides)
    slides.keyboard.press("PageDown")
    here = place(slides)
    handle = slides.locator(".lecture-slide.shown .noUi-handle").first
    before = handle.get_attribute("aria-valuenow")
    handle.focus()
    slides.keyboard.press("ArrowRight")
    assert handle.get_attribute("aria-valuenow") != before
    assert place(slides) == here
    slides.keyboard.press("Escape")
    slides.keyboard.press("ArrowRight")
    assert place(slides) != here


def test_hands_are_counted_by_keyboard_and_the_lab_lives(slides):
    go_to(slides, ".simlib-predict")
    asked = slides.locator(".lecture-slide.shown .simlib-predict")
    assert asked.locator(".simlib-stage").count() == 0
    asked.get_by_role("spinbutton").first.focus()
    for hands in ("4", "21", "9", "2"):
        slides.keyboard.press("ControlOrMeta+a")
        slides.keyboard.type(hands)
        slides.keyboard.press("Tab")
    slides.keyboard.press("Enter")
    bars = asked.get_by_role("table", name="the show of hands")
    bars.wait_for()
    rows = [row.split()[:2] for row in bars.inner_text().splitlines() if row.strip()]
    assert rows == [["3", "4"], ["8", "21"], ["15", "9"], ["30", "2"]]
    assert bars.get_by_text("this came").count() == 1
    slides.screenshot(path=ARTEFACTS / "lecture hands.png")
    settle(slides)
    slides.keyboard.press("PageDown")
    slides.locator(".lecture-slide.shown .noUi-handle").first.press("ArrowRight")
    asked.get_by_role("row", name="connections opened").filter(has_text="3").first.wait_for()
    slides.screenshot(path=ARTEFACTS / "lecture.png")


def test_keys_blank_the_wall_go_to_a_slide_and_show_code(slides):
    slides.keyboard.press("b")
    assert slides.locator(".lecture-black").is_visible()
    slides.keyboard.press("b")
    assert slides.locator(".lecture-black").is_hidden()
    slides.keyboard.type("g12")
    slides.keyboard.press("Enter")
    assert place(slides).startswith("12 / ")
    many = int(place(slides).split(" / ")[1].split(" ")[0])
    slides.keyboard.press("c")
    assert int(place(slides).split(" / ")[1].split(" ")[0]) > many
    slides.keyboard.press("c")
    assert place(slides).startswith("12 / ")


def test_a_finger_turns_slides(slides):
    slides.evaluate("""() => {
        const touch = (x) => new Touch({ identifier: 1, target: document.body, clientX: x, clientY: 300 });
        document.body.dispatchEvent(new TouchEvent("touchstart", { bubbles: true, changedTouches: [touch(600)] }));
        document.body.dispatchEvent(new TouchEvent("touchend", { bubbles: true, changedTouches: [touch(300)] }));
    }""")
    assert place(slides).startswith("2 / ")


def test_notes_are_in_the_presenter_s_window_only(slides, lecture):
    with slides.context.expect_page() as opening:
        slides.keyboard.press("n")
    window = opening.value
    window.locator("#title", has_text="04").wait_for()
    notes = json.loads(window.evaluate("() => fetch('notes/04_delivery_efficiency.json').then((one) => one.text())"))
    assert window.locator("#notes").inner_text() == notes["start"]
    for name in [name for name in notes if name != "start"]:
        go_to(slides, f"[data-tags~='{name}']")
        window.locator("#notes", has_text=notes[name]).wait_for()
    whole = slides.content()
    assert [name for name, words in notes.items() if words[:60] in whole] == []
    here = place(slides)
    window.keyboard.press("PageDown")
    slides.wait_for_function(
        "([what, before]) => document.querySelector(what).textContent !== before", arg=[PLACE, here]
    )
    window.screenshot(path=ARTEFACTS / "presenter.png")
    assert violations_on(window, [["body"]]) == []


def test_a_japanese_lesson_has_a_japanese_lecture(opened):
    page = opened("ja/04_delivery_efficiency.ipynb")
    assert page.evaluate("() => document.documentElement.lang") == "ja"
    page.locator(".lecture-bar").get_by_role("button", name="コードの表示を切り替える").wait_for()
    with page.context.expect_page() as opening:
        page.keyboard.press("n")
    window = opening.value
    window.locator("#title", has_text="04 配信処理効率").wait_for()
    notes = json.loads(window.evaluate("() => fetch('notes/ja/04_delivery_efficiency.json').then((one) => one.text())"))
    assert window.locator("#notes").inner_text() == notes["start"]
    assert "25 分" in notes["start"]
    go_to(page, "[data-tags~='ask-04.1']")
    window.locator("#notes", has_text=notes["ask-04.1"]).wait_for()
    asked = page.locator(".lecture-slide.shown .simlib-predict")
    for hands, field in zip(("4", "21", "9", "2"), asked.get_by_role("spinbutton").all(), strict=True):
        field.fill(hands)
        field.press("Tab")
    asked.locator("button", has_text="結果を見る").click()
    asked.get_by_role("table").get_by_text("実際の結果").wait_for()
    settle(page)
    page.screenshot(path=ARTEFACTS / "lecture in Japanese.png")
    window.screenshot(path=ARTEFACTS / "presenter in Japanese.png")


def test_the_entry_page_has_every_lesson_with_its_claims_and_minutes(opened, lecture):
    page = opened(LESSON)
    page.goto(lecture)
    lessons = page.locator(".lessons > li")
    assert lessons.count() == len(ALL)
    fourth = lessons.filter(has_text="04 Delivery efficiency")
    assert "Twenty-five minutes" in fourth.inner_text()
    assert fourth.locator("ul li").count() == 5
    assert violations_on(page, [["main"]]) == []
    page.screenshot(path=ARTEFACTS / "lecture entry.png")
    fourth.get_by_role("link").click()
    page.locator(PLACE).wait_for()


def _wait_for(port: int, server: subprocess.Popen, log: Path) -> None:
    deadline = time.monotonic() + PATIENCE
    while time.monotonic() < deadline and server.poll() is None:
        try:
            socket.create_connection(("127.0.0.1", port), 1).close()
        except OSError:
            time.sleep(0.2)
        else:
            return
    pytest.fail("Voilà did not start: " + log.read_text("utf-8")[-2000:])

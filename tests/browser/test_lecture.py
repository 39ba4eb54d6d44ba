"""The notebook as a lecture: slides with live widgets, turned over by keys, served by Voilà."""

import os
import socket
import subprocess
import sys
import time
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent.parent
ARTEFACTS = ROOT / "artefacts"
PYTHON = ROOT / ".venv-lecture" / "bin" / "python"
PATIENCE = 180  # seconds, as in conftest.py
LESSON = "04_delivery_efficiency.ipynb"


@pytest.fixture(scope="module")
def lecture(tmp_path_factory):
    """The address at which Voilà serves a lesson as ``make lecture`` does."""
    if not PYTHON.exists():
        pytest.skip("the lecture's environment is not there: make .venv-lecture/made")
    home = tmp_path_factory.mktemp("lecturer")
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    options = ["--template=lecture", "--strip_sources=False", "--no-browser", f"--port={port}", "--Voila.ip=127.0.0.1"]
    environment = {**os.environ, "HOME": str(home), "JUPYTER_PATH": str(ROOT / "lecture"), "PYTHONPATH": str(ROOT)}
    environment["JUPYTER_DATA_DIR"] = environment["JUPYTER_CONFIG_DIR"] = str(home)
    environment["WORKBOOK_PROGRESS"] = str(home / "progress.json")
    shown = home / "notebooks"
    subprocess.run([sys.executable, ROOT / "tools" / "lecture_notebooks.py", shown], check=True)
    command = [str(PYTHON), "-m", "voila", *options, str(shown / LESSON)]
    with (home / "voila.log").open("w") as log:
        server = subprocess.Popen(command, env=environment, stdout=log, stderr=log)
        try:
            _wait_for(port, server, home / "voila.log")
            yield f"http://127.0.0.1:{port}/"
        finally:
            server.terminate()
            server.wait(PATIENCE)


@pytest.fixture
def slides(browser, lecture):
    """The lecture in a browser as wide as a projector; a test that leaves an error on the page has failed."""
    context = browser.new_context(viewport={"width": 1280, "height": 800})
    page = context.new_page()
    page.set_default_timeout(PATIENCE * 1000)
    errors = []
    page.on("pageerror", lambda error: errors.append(str(error)))
    page.goto(lecture)
    page.locator(".lecture-bar").wait_for()
    page.locator(".lecture-slide .simlib-lab canvas").last.wait_for(state="attached")
    yield page
    context.close()
    assert errors == []


def test_slides_are_turned_over_and_their_labs_live(slides):
    assert slides.locator(".lecture-slide.shown h1").inner_text().startswith("04 Delivery efficiency · 配信処理効率")
    place = slides.locator(".lecture-bar .place")
    assert place.inner_text().startswith("1 / ")
    slides.keyboard.press("ArrowRight")
    assert place.inner_text().startswith("2 / ")
    slides.keyboard.press("ArrowLeft")
    assert place.inner_text().startswith("1 / ")
    on_slide = go_to(slides, ".simlib-predict")
    asked = slides.locator(".lecture-slide.shown .simlib-predict")
    assert asked.locator("canvas").count() == 0
    for field, hands in zip(asked.get_by_role("spinbutton").all(), ("4", "21", "9", "2"), strict=True):
        field.fill(hands)
        field.press("Tab")
    asked.get_by_role("button", name="Show what came").click()
    bars = asked.get_by_role("table", name="the show of hands")
    bars.wait_for()
    assert [row.split()[:2] for row in bars.inner_text().splitlines()] == [
        ["3", "4"],
        ["8", "21"],
        ["15", "9"],
        ["30", "2"],
    ]
    assert bars.get_by_text("this came").count() == 1
    slides.screenshot(path=ARTEFACTS / "lecture hands.png")
    slider = asked.get_by_role("slider").first
    slider.press("ArrowRight")
    assert place.inner_text().startswith(f"{on_slide} / ")  # the key was the slider's
    asked.get_by_role("row", name="connections opened").filter(has_text="3").first.wait_for()
    ARTEFACTS.mkdir(exist_ok=True)
    slides.screenshot(path=ARTEFACTS / "lecture.png")


def go_to(slides, what):
    """Turn to the first slide with this; its number."""
    place = slides.locator(".lecture-slide").evaluate_all(
        "(all, what) => all.findIndex((slide) => slide.querySelector(what)) + 1", what
    )
    slides.evaluate("place => { location.hash = `#${place}`; }", place)
    return place


def test_the_speaker_has_notes(slides):
    notes = slides.locator(".lecture-notes")
    assert notes.is_hidden()
    slides.keyboard.press("n")
    assert "For the lecturer" in notes.inner_text()
    slides.get_by_role("button", name="Notes").click()
    assert notes.is_hidden()


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

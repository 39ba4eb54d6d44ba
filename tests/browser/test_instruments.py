"""Player, consoles and exercises in a real browser, operated as a student would."""

from pathlib import Path

import nbformat
import pytest

from tests.browser.test_lab import violations

ROOT = Path(__file__).resolve().parent.parent.parent
ARTEFACTS = ROOT / "artefacts"
KERNEL = {"name": "python3", "display_name": "Python 3", "language": "python"}
BIG = """
from simlib import World, lab
world = World(seed=4)
mail = world.sendmail("mail.here.example", cf="O QueueLA=100\\nO RefuseLA=100")
for n in range(8):
    world.sendmail(f"mx.site{n}.example", domain=f"site{n}.example", latency="50ms")
for n in range(5000):
    mail.submit("taro@mail.here.example", f"user@site{n % 8}.example", size=2_000, at=n / 10)
trace = world.run(until="15m")
"""
# Plays, and counts the frames that a canvas was drawn anew in for three seconds.
FRAMES = """async () => {
    let drawn = 0;
    const clear = CanvasRenderingContext2D.prototype.clearRect;
    CanvasRenderingContext2D.prototype.clearRect = function (...area) { drawn += 1; return clear.apply(this, area); };
    document.querySelector(".simlib-flow .play").click();
    await new Promise(done => setTimeout(done, 3000));
    CanvasRenderingContext2D.prototype.clearRect = clear;
    return drawn / 3;
}"""


@pytest.fixture
def welcome(open_notebook):
    notebook = open_notebook("00_welcome.ipynb")
    notebook.run_all()
    assert notebook.errors == []
    notebook.answer_all()
    return notebook


def screenshot(locator, name):
    ARTEFACTS.mkdir(exist_ok=True)
    locator.screenshot(path=ARTEFACTS / f"{name}.png")


def test_the_player_plays_scrubs_and_tells(welcome):
    player = welcome.page.locator(".simlib-flow")
    player.scroll_into_view_if_needed()
    player.locator(".time").fill("300")
    at = player.locator(".clock").inner_text()
    assert at != "00:00:00"
    player.get_by_role("button", name="mail.here.example").click()
    player.locator(".told", has_text="stat=Deferred").wait_for()
    player.get_by_role("button", name="play", exact=True).click()
    welcome.page.wait_for_function("at => document.querySelector('.simlib-flow .clock').textContent !== at", arg=at)
    player.get_by_role("button", name="pause", exact=True).click()
    player.get_by_role("button", name="play", exact=True).wait_for()
    screenshot(player, "player")


def test_smtp_is_typed_with_history_and_suggestions(welcome):
    console = welcome.page.locator(".simlib-terminal").first
    line = console.get_by_role("textbox")
    console.get_by_role("button", name="HELO me.example").click()
    line.press("Enter")
    console.locator(".said", has_text="pleased to meet you").wait_for()
    line.fill("NOOP")
    line.press("Enter")
    console.locator(".said", has_text="250 2.0.0 OK").wait_for()
    line.press("ArrowUp")
    line.press("ArrowUp")
    assert line.input_value() == "HELO me.example"
    screenshot(console, "console")


def test_commands_are_typed_at_the_shell(welcome):
    shell = welcome.page.locator(".simlib-terminal").last
    line = shell.get_by_role("textbox")
    line.fill("mailq")
    line.press("Enter")
    shell.locator(".said", has_text="Total requests").wait_for()
    clock = shell.locator(".clock").inner_text()
    shell.get_by_role("button", name="1 h").click()
    welcome.page.wait_for_function(
        "before => document.querySelectorAll('.simlib-terminal .clock')[1].textContent !== before", arg=clock
    )


def test_a_log_line_tells_its_pieces_by_touch_and_by_keyboard(open_notebook, jupyterlab):
    (jupyterlab.directory.parent / "progress.json").unlink(missing_ok=True)
    notebook = open_notebook("00_welcome.ipynb")
    notebook.run_all()
    asked = notebook.page.locator(".simlib-predict", has_text="Predict 00.2.")
    asked.get_by_role("radio", name="30", exact=True).check()
    asked.get_by_role("button", name="That is my answer").click()
    line = notebook.page.locator(".simlib-read", has_text="stat=Sent").first
    line.get_by_role("button", name="xdelay=").click()
    told = line.get_by_role("status")
    assert told.inner_text().endswith("how long this one attempt took")
    line.page.keyboard.press("ArrowRight")
    assert told.inner_text().startswith("mailer=esmtp")
    line.page.keyboard.press("ArrowLeft")
    assert told.inner_text().startswith("xdelay=")
    (stop,) = line.locator("button[tabindex='0']").all_inner_texts()
    assert stop.startswith("xdelay="), "Tab comes back to where one was"
    assert violations(notebook.page) == []
    screenshot(line, "reading")


def test_an_exercise_is_judged_with_hints(open_notebook):
    notebook = open_notebook("04_delivery_efficiency.ipynb")
    notebook.run_all()
    exercise = notebook.page.locator(".simlib-exercise", has_text="Exercise 04.b.")
    exercise.scroll_into_view_if_needed()
    field = exercise.get_by_role("textbox")
    exercise.get_by_role("button", name="Check").click()
    exercise.get_by_text("Not yet.").wait_for()
    exercise.get_by_role("button", name="Hint").click()
    exercise.get_by_text("Hint 1 of 3").wait_for()
    field.fill("O ConnectionCacheSize=1\nO QueueSortOrder=host")
    notebook.heard()
    exercise.get_by_role("button", name="Check").click()
    exercise.get_by_text("Right.").wait_for()
    screenshot(exercise, "exercise")


def test_lines_are_edited_beside_their_run(open_notebook):
    notebook = open_notebook("04_delivery_efficiency.ipynb")
    notebook.run_all()
    editor = notebook.page.locator(".simlib-lab", has=notebook.page.locator(".simlib-cf"))
    editor.scroll_into_view_if_needed()
    opened = editor.get_by_role("row", name="connections opened").inner_text()
    field = editor.get_by_label("sendmail.cf lines")
    lines = field.input_value().splitlines()
    field.fill("\n".join(["O ConnectionCacheSize=8x", *lines[1:]]))
    notebook.heard()
    editor.get_by_role("button", name="Apply").click()
    editor.get_by_text("Not applied").wait_for()
    assert "not a number" in editor.locator(".new + .complaint").inner_text()
    screenshot(editor, "editor")
    field.fill("\n".join(["O ConnectionCacheSize=8", *lines[1:]]))
    notebook.heard()
    editor.get_by_role("button", name="Apply").click()
    editor.get_by_text("Applied; beside").wait_for()
    notebook.settle()
    assert editor.locator(".simlib-listing .gone").count() == 1
    assert editor.get_by_role("row", name="connections opened").inner_text() != opened


def test_an_incident_is_looked_into_at_its_shell(open_notebook):
    notebook = open_notebook("04_delivery_efficiency.ipynb")
    notebook.run_all()
    drill = notebook.page.locator(".simlib-exercise", has_text="Incident 04.")
    drill.scroll_into_view_if_needed()
    line = drill.locator(".simlib-terminal").get_by_role("textbox")
    line.fill("hoststat")
    line.press("Enter")
    drill.locator(".said", has_text="How long ago").wait_for()
    drill.get_by_label("too old").check()
    drill.get_by_placeholder("which, or where").fill("nowhere.example")
    notebook.heard()
    drill.get_by_role("button", name="Check").click()
    drill.get_by_text("Not yet.").wait_for()
    screenshot(drill, "incident")


@pytest.mark.measured
def test_five_thousand_messages_are_played(jupyterlab, open_notebook, request):
    cells = [nbformat.v4.new_code_cell(source.strip()) for source in (BIG, "lab.flow(trace)")]
    made = nbformat.v4.new_notebook(cells=cells, metadata={"kernelspec": KERNEL})
    nbformat.write(made, jupyterlab.directory / "big.ipynb")
    notebook = open_notebook("big.ipynb")
    notebook.run_all()
    assert notebook.errors == []
    notebook.page.locator(".simlib-flow").scroll_into_view_if_needed()
    frames = notebook.page.evaluate(FRAMES)
    assert frames > 0
    request.node.user_properties.append(("frames a second with 5,000 messages", [frames]))
    (jupyterlab.directory / "big.ipynb").unlink()

"""The debugger for rules in a real browser: step, play, send an address on its way, edit a rule."""

from pathlib import Path

import nbformat
import pytest

from tests.browser.test_lab import violations

ARTEFACTS = Path(__file__).resolve().parent.parent.parent / "artefacts"
KERNEL = {"name": "python3", "display_name": "Python 3", "language": "python"}
CELL = """
from simlib import lab
shown = lab.rules("", "taro%there.example@mail.here.example")
shown
"""
SIZES = {"wide": (1440, 1080), "narrow": (700, 1080)}


@pytest.fixture
def debugger(jupyterlab, open_notebook):
    """A notebook with a debugger, run; gives both."""
    cells = [nbformat.v4.new_code_cell(CELL.strip())]
    made = nbformat.v4.new_notebook(cells=cells, metadata={"kernelspec": KERNEL})
    nbformat.write(made, jupyterlab.directory / "rules.ipynb")
    notebook = open_notebook("rules.ipynb")
    notebook.run_all()
    assert notebook.errors == []
    shown = notebook.page.locator(".simlib-rules")
    shown.locator(".clock", has_text="step 20 of 20").wait_for()
    yield notebook, shown
    (jupyterlab.directory / "rules.ipynb").unlink()


def press(shown, name):
    shown.get_by_role("button", name=name, exact=True).click()


def at(shown, step):
    shown.locator(".clock", has_text=f"step {step} of").wait_for()


def screenshot(shown, name):
    ARTEFACTS.mkdir(exist_ok=True)
    shown.screenshot(path=ARTEFACTS / f"{name}.png")


def test_an_address_is_followed_step_by_step(debugger):
    notebook, shown = debugger
    press(shown, "to the first step")
    at(shown, 1)
    assert shown.locator(".step:visible").count() == 1
    press(shown, "one step on")
    at(shown, 2)
    stage = shown.locator(".stage")
    assert stage.locator(".what").inner_text() == "Rule 8 of canonify (3) fires"
    assert "($* caught) mail . here . example" in " ".join(stage.locator(".caughts").inner_text().split())
    line = shown.get_by_role("slider", name="step of the way")
    line.focus()
    for _ in range(9):
        line.press("ArrowRight")
    at(shown, 11)
    assert "there.example → there.example." in stage.inner_text()
    assert shown.locator(".room .room:visible").count() == 1
    press(shown, "one step back")
    at(shown, 10)
    press(shown, "play")
    at(shown, 12)
    press(shown, "pause")
    press(shown, "to the last step")
    at(shown, 20)
    number = shown.get_by_role("button", name="step 20: Ruleset parse (0) is done")
    number.focus()
    number.press("Home")
    notebook.page.keyboard.press("Enter")
    at(shown, 1)
    assert violations(notebook.page) == []


def test_another_address_and_a_ruleset_that_there_is_not(debugger):
    notebook, shown = debugger
    address = shown.get_by_role("textbox", name="Address")
    address.fill("<script>alert(1)</script>")
    address.press("Enter")
    shown.locator(".result", has_text="script").wait_for()
    assert shown.locator("script").count() == 0
    shown.get_by_role("textbox", name="Rulesets, in their order").fill("nosuch")
    press(shown, "Run")
    shown.get_by_text("there is no ruleset nosuch").wait_for()
    press(shown, "run ruleset final (4)")
    shown.locator(".trouble").wait_for(state="hidden")
    assert notebook.errors == []


@pytest.mark.parametrize("size", SIZES)
def test_a_rule_is_edited_and_the_way_parts(debugger, size):
    notebook, shown = debugger
    notebook.page.set_viewport_size(dict(zip(("width", "height"), SIZES[size], strict=True)))
    shown.locator("summary").click()
    text = shown.get_by_role("textbox", name="the rules, as sendmail.cf text")
    given = text.input_value()
    rule = "R$+ % $* $~{Closed}\t$: $1 < @ $2 $3 >"
    assert rule in given
    text.fill(given.replace(rule, rule.replace("$3 >", "$3 .com >")))
    press(shown, "Apply")
    shown.get_by_text("The ways part at step 9.").wait_for()
    shown.get_by_text("They come to different results.").wait_for()
    at(shown, 9)
    assert shown.locator(".way").count() == 2
    assert shown.locator(".step.parting .here:visible").count() == 2
    first, second = (one.inner_text() for one in shown.locator(".result").all())
    assert "com" not in first
    assert "com" in second
    assert violations(notebook.page) == []
    screenshot(shown, f"rules-{size}")
    press(shown, "to the first step")
    press(shown, "play")
    at(shown, 9)
    shown.get_by_role("button", name="play", exact=True).wait_for()  # it stops where the ways part
    text.fill(given.replace(rule, rule.replace("\t", "   ")))
    text.press("Control+Enter")
    complaint = shown.locator(".said .complaint")
    complaint.wait_for()
    assert "cannot stand on the left-hand side of a rule" in complaint.inner_text()
    assert shown.locator(".gutter .wrong").count() == 1
    assert shown.locator(".way").count() == 2
    screenshot(shown, f"rules-complaint-{size}")
    press(shown, "The rules as they were")
    shown.locator(".verdict").wait_for(state="hidden")
    assert text.input_value() == given
    assert shown.locator(".way").count() == 1

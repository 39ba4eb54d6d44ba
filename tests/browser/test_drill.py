"""An incident in a real browser: found, put right, and the next one opened."""

import nbformat
import pytest

from simlib.exercises import find_drill
from tests.browser.test_instruments import KERNEL, screenshot
from tests.browser.test_lab import violations


def number_of(topic, words):
    """An incident of a topic whose cause has these words."""
    return next(n for n, (cause, _) in enumerate(find_drill(topic).deck, 1) if words in cause)


@pytest.fixture
def opened(jupyterlab, open_notebook):
    """Opens a notebook with one drill."""

    def open_drill(topic, number):
        cells = [nbformat.v4.new_code_cell(f'from simlib import lab\nlab.drill("{topic}", {number})')]
        made = nbformat.v4.new_notebook(cells=cells, metadata={"kernelspec": KERNEL})
        nbformat.write(made, jupyterlab.directory / "drill.ipynb")
        notebook = open_notebook("drill.ipynb")
        notebook.run_all()
        return notebook, notebook.page.locator(".simlib-exercise")

    return open_drill


def typed(drill, line):
    field = drill.locator(".simlib-terminal").get_by_role("textbox")
    field.fill(line)
    field.press("Enter")


def diagnosed(notebook, drill, topic, scene):
    drill.get_by_role("radio").nth(list(find_drill(topic).causes).index(scene.cause)).check()
    drill.get_by_placeholder("which, or where").fill(scene.place.name)
    notebook.heard()
    drill.get_by_role("button", name="Check").click()
    drill.get_by_text("✓ Right.").wait_for()


def test_an_incident_is_found_put_right_at_the_shell_and_the_next_one_opened(opened):
    number = number_of("05", "nothing runs the queue")
    scene = find_drill("05").at(number)
    notebook, drill = opened("05", number)
    assert drill.locator(".simlib-terminal .beside").inner_text() == "", "something is told before it is asked for"
    assert drill.get_by_role("button", name="Let it run on").count() == 0
    screenshot(drill, "incident begun")
    typed(drill, "cat /var/run/sendmail.pid")
    drill.locator(".said", has_text="sendmail -bd").wait_for()
    diagnosed(notebook, drill, "05", scene)
    screenshot(drill, "incident found")
    assert violations(notebook.page) == []
    drill.get_by_role("button", name="Let it run on").click()
    drill.get_by_text("still waits on mail.here.example").wait_for()
    typed(drill, f"kill {scene.desk.daemon.pid}")
    typed(drill, "sendmail -bd -q15m")
    notebook.heard()
    drill.get_by_role("button", name="Let it run on").click()
    drill.get_by_text("✓ Put right.").wait_for()
    drill.get_by_text("Lines typed and calls: 3.").wait_for()
    screenshot(drill, "incident put right")
    drill.get_by_role("button", name="Next incident").click()
    drill.get_by_text(f"Incident {number + 1}; there are").wait_for()
    notebook.heard()
    assert drill.locator(".typed").count() == 0
    assert drill.get_by_role("button", name="Let it run on").count() == 0
    screenshot(drill, "incident after it")


def test_whoever_is_rung_up_sees_to_it(opened):
    number = number_of("12", "it is down")
    scene = find_drill("12").at(number)
    notebook, drill = opened("12", number)
    diagnosed(notebook, drill, "12", scene)
    drill.get_by_role("combobox").select_option(f"postmaster@{scene.place.name.removeprefix('mx.')}")
    notebook.heard()
    drill.get_by_role("button", name="Ring up").click()
    drill.locator(".hint", has_text="thanks you").wait_for()
    drill.get_by_role("button", name="Let it run on").click()
    drill.get_by_text("✓ Put right.").wait_for()
    screenshot(drill, "incident rung up")

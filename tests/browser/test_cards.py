"""Cards laid in order, and answers chosen, in a real browser: by keyboard."""

import re
from pathlib import Path

import pytest

ARTEFACTS = Path(__file__).resolve().parent.parent.parent / "artefacts"


class Cards:
    """The lab of a lesson whose control is a list of cards."""

    def __init__(self, notebook, question):
        notebook.run_all()
        assert notebook.errors == []
        notebook.answer_all()
        self.notebook = notebook
        self.page = notebook.page
        self.lab = notebook.page.locator(".simlib-predict", has_text=f"Predict {question}.").locator(".simlib-lab")
        self.lab.scroll_into_view_if_needed()
        notebook.wait_for_charts()

    def choose(self, card):
        """Go down the list with the arrow key until the card is chosen."""
        cards = self.lab.get_by_role("listbox")
        cards.press("Home")
        for _ in range(next(place for place, row in enumerate(self.shown) if row.endswith(card))):
            cards.press("ArrowDown")
        assert self.shown[cards.evaluate("list => list.selectedIndex")].endswith(card)
        self.notebook.heard()

    def press(self, button):
        """Press a button with the keyboard."""
        self.lab.get_by_role("button", name=button).press("Enter")

    def wait_for_row(self, row):
        """Wait until the list has this row."""
        self.lab.get_by_role("listbox").get_by_role("option", name=row, exact=True).wait_for()

    @property
    def shown(self):
        """The rows of the list; ipywidgets lets no line break at their spaces."""
        rows = self.lab.get_by_role("listbox").get_by_role("option").all_text_contents()
        return [row.replace("\xa0", " ") for row in rows]

    def wait_for_number(self, row, value):
        """Wait until this number stands in the first row of that name, whatever it was before."""
        self.lab.get_by_role("row", name=re.compile(rf"^{row} {value}(?: ?was .*)?$")).first.wait_for()

    @property
    def painted(self):
        """What is drawn in the first picture, once all that the kernel has sent is there."""
        self.notebook.painted()
        return self.lab.locator(".simlib-stage .sheet").first.evaluate("sheet => sheet.innerHTML")


@pytest.fixture
def cards(open_notebook, jupyterlab):
    (jupyterlab.directory.parent / "progress.json").unlink(missing_ok=True)
    return lambda name, question: Cards(open_notebook(name), question)


def test_a_card_moved_or_left_out_changes_charts_and_numbers(cards):
    lesson = cards("16_system_replacement.ipynb", "16.4")
    lesson.wait_for_number("returned", 32)
    before = lesson.painted
    lesson.choose("kill sendmail")
    lesson.press("Earlier")
    lesson.wait_for_row("5. kill sendmail")
    lesson.wait_for_number("returned", 0)
    assert lesson.painted != before
    lesson.press("Leave out")
    lesson.wait_for_row("(left out) kill sendmail")
    lesson.wait_for_number("returned", 86)
    lesson.press("put in")
    lesson.lab.get_by_role("status").filter(has_text="kill sendmail is the last now").wait_for()
    lesson.press("Earlier")
    lesson.lab.get_by_role("status").filter(has_text="kill sendmail is now 7 of 8").wait_for()
    ARTEFACTS.mkdir(exist_ok=True)
    lesson.lab.screenshot(path=ARTEFACTS / "cards.png")


def test_an_impossible_order_tells_why_and_the_old_result_stays(cards):
    lesson = cards("15_power_recovery.ipynb", "15.1")
    lesson.choose("/home")
    for place in (4, 3, 2):
        lesson.press("Earlier")
        lesson.wait_for_row(f"{place}. /home")
    lesson.wait_for_number("in a wrong mailbox", 0)
    before = lesson.painted
    lesson.press("Earlier")
    lesson.lab.get_by_role("alert").filter(
        has_text="put nfsd before /home; what is shown is still the run before"
    ).wait_for()
    lesson.wait_for_row("1. /home")
    lesson.wait_for_number("in a wrong mailbox", 0)
    assert lesson.painted == before
    lesson.press("Later")
    lesson.lab.get_by_role("alert").wait_for(state="detached")
    lesson.choose("sendmail")
    for place in (4, 3, 2, 1):
        lesson.press("Earlier")
        lesson.wait_for_row(f"{place}. sendmail")
    lesson.wait_for_number("in a wrong mailbox", 3)
    lesson.wait_for_number("returned", 5)


BUSY = """() => { window.jupyterapp.shell.currentWidget.sessionContext.session.kernel.requestExecute(
    { code: "import time\\ntime.sleep(2)", silent: true, store_history: false }); }"""


def test_a_prediction_is_made_with_the_keyboard_while_the_kernel_has_much_to_do(open_notebook, jupyterlab):
    (jupyterlab.directory.parent / "progress.json").unlink(missing_ok=True)
    notebook = open_notebook("15_power_recovery.ipynb")
    notebook.run_all()
    asked = notebook.page.locator(".simlib-predict", has_text="Predict 15.1.")
    notebook.page.evaluate(BUSY)  # so that the second choice waits in the page when the button is pressed
    asked.get_by_role("radio").first.press("Space")
    asked.get_by_role("radio").first.press("ArrowDown")
    asked.get_by_role("button", name="That is my answer").press("Enter")
    asked.get_by_text("You said “they were returned”").wait_for()

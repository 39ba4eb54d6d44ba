"""Cards laid in order, and answers chosen, in a real browser: by keyboard."""

from pathlib import Path

import pytest

ARTEFACTS = Path(__file__).resolve().parent.parent.parent / "artefacts"


class Cards:
    """The lab of a lesson whose control is a list of cards."""

    def __init__(self, notebook):
        notebook.run_all()
        assert notebook.errors == []
        self.notebook = notebook
        self.page = notebook.page
        self.lab = notebook.page.locator(".simlib-lab", has=notebook.page.get_by_role("button", name="Earlier"))
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
        """Wait until this number stands in the first row of that name."""
        self.lab.get_by_role("row", name=f"{row} {value}", exact=True).first.wait_for()

    @property
    def painted(self):
        """What is on the first chart, once all that the kernel has sent is drawn."""
        self.notebook.painted()
        return self.lab.locator("canvas").first.evaluate("canvas => canvas.toDataURL()")


@pytest.fixture
def cards(open_notebook):
    return lambda name: Cards(open_notebook(name))


def test_a_card_moved_or_left_out_changes_charts_and_numbers(cards):
    lesson = cards("16_system_replacement.ipynb")
    lesson.wait_for_number("delivered", 14)
    before = lesson.painted
    lesson.choose("put sendmail.cf in place")
    lesson.press("Leave out")
    lesson.wait_for_row("(left out) put sendmail.cf in place")
    lesson.wait_for_number("bounced", 9)
    assert lesson.painted != before
    lesson.press("put in")
    for _ in range(3):  # before the reboot, the start and the plug again
        lesson.press("Earlier")
    lesson.wait_for_row("7. put sendmail.cf in place")
    lesson.wait_for_number("bounced", 0)
    assert lesson.painted == before
    lesson.press("Later")
    lesson.lab.get_by_role("status").filter(has_text="put sendmail.cf in place is now 8 of 10").wait_for()
    ARTEFACTS.mkdir(exist_ok=True)
    lesson.lab.screenshot(path=ARTEFACTS / "cards.png")


def test_an_impossible_order_tells_why_and_the_old_result_stays(cards):
    lesson = cards("15_power_recovery.ipynb")
    before = lesson.painted
    lesson.choose("/home")
    lesson.press("Earlier")
    lesson.lab.get_by_role("alert").filter(
        has_text="put nfsd before /home; what is shown is still the run before"
    ).wait_for()
    lesson.wait_for_row("1. /home")
    lesson.wait_for_number("delivered", 12)
    assert lesson.painted == before
    lesson.press("Later")
    lesson.lab.get_by_role("alert").wait_for(state="detached")
    lesson.choose("sendmail")
    for _ in range(4):
        lesson.press("Earlier")
    lesson.wait_for_row("1. sendmail")
    lesson.wait_for_number("bounced", 5)
    assert lesson.painted != before


def test_a_prediction_is_chosen_with_the_arrow_keys(open_notebook):
    notebook = open_notebook("15_power_recovery.ipynb")
    notebook.run_all()
    asked = notebook.page.locator(".simlib-exercise", has_text="Where does a letter to hana arrive?")
    asked.get_by_role("radio").first.press("Space")
    asked.get_by_text("not “at new.example”").wait_for()
    asked.get_by_role("radio").first.press("ArrowDown")
    asked.get_by_text("as you said").wait_for()

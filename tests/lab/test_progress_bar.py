"""The bar of an experiment in a browser, where a press of its Stop is heard in the turns that it gives the loop."""

from importlib import import_module

import pytest

from simlib import experiment, lab
from simlib.lab import stop_button
from simlib.lab.progress_bar import Bar
from simlib.lab.stop_button import StopButton

MODULE = import_module("simlib.lab.progress_bar")  # the function of that name is not meant


class Page:
    """A page on which somebody presses Stop in the n-th turn of the loop, if he can."""

    def __init__(self, at=None, turns=True):
        self.at, self.turns, self.seen = at, turns, 0
        self.channels = {}
        self.button = StopButton(lambda: self.turn if self.turns else None, self.listen)

    def listen(self, channel, heard):
        self.channels[channel] = heard
        return lambda: self.channels.pop(channel)

    def turn(self):
        self.seen += 1
        if self.seen == self.at and self.button.offered:
            self.channels[self.button.channel]()


def dice(seed):
    return {"eyes": seed % 6}


@pytest.fixture(autouse=True)
def at_once(monkeypatch):
    monkeypatch.setattr(stop_button, "PACE", 0)


def test_a_press_ends_the_experiment_with_the_next_report_and_what_was_made_comes_back():
    page = Page(at=4)
    bar = Bar(page.button)
    table = experiment.replicate(dice, range(10), workers=1, progress=bar)
    assert (table.unmade, table["runs"]) == (7, [3])
    assert bar._words.value.startswith("3 of 10 runs")
    assert not page.button.offered
    assert not page.channels


def test_the_same_bar_serves_another_experiment_and_can_be_stopped_again():
    page = Page(at=4)
    bar = Bar(page.button)
    experiment.replicate(dice, range(10), workers=1, progress=bar)
    page.at = None
    assert experiment.replicate(dice, range(10), workers=1, progress=bar).unmade == 0
    page.at = page.seen + 2
    assert experiment.replicate(dice, range(10), workers=1, progress=bar).unmade == 9


def test_the_button_stands_there_while_there_are_runs_to_be_made():
    page, seen = Page(), []
    page.button.observe(lambda change: seen.append(change["new"]), "offered")
    experiment.replicate(dice, range(3), workers=1, progress=Bar(page.button))
    assert seen == [True, False]
    assert page.seen == 3, "a turn after each run but the last, and one before all"
    assert not page.channels


def test_where_no_turn_can_be_given_there_is_no_button_and_all_runs_are_made():
    page, seen = Page(turns=False), []
    page.button.observe(lambda change: seen.append(change["new"]), "offered")
    assert experiment.replicate(dice, range(3), workers=1, progress=Bar(page.button)).unmade == 0
    assert (seen, page.channels) == ([], {})


def test_each_button_has_a_channel_of_its_own():
    assert Page().button.channel != Page().button.channel


@pytest.mark.parametrize("there", [True, False])
def test_only_a_browsers_bar_has_a_stop_of_its_own(monkeypatch, there):
    monkeypatch.setattr(MODULE, "IN_BROWSER", there)
    shown = []
    monkeypatch.setattr(MODULE, "display", shown.append)
    bar = lab.progress_bar()
    assert shown == [bar]
    assert bar._repr_mimebundle_()["text/plain"] == "Progress of an experiment"
    assert (bar._stop is not None) is there

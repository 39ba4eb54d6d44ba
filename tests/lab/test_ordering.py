"""Cards that are laid in order."""

from types import SimpleNamespace

import pytest

from simlib import WorkbookError, lab
from simlib.lab.controls import Order, controls_of
from simlib.lab.ordering import Ordering

CARDS = ["save", "kill", "connect"]


def test_a_card_is_moved_and_stays_chosen() -> None:
    shown = Ordering(CARDS, CARDS)
    shown.choose("connect")
    shown.move(-1)
    shown.move(-1)
    assert shown.value == ("connect", "save", "kill")
    shown.move(-1)  # it is the first already
    assert shown.value == ("connect", "save", "kill")
    shown.move(1)
    assert shown.value == ("save", "connect", "kill")


def test_a_card_is_left_out_and_put_in_again_as_the_last() -> None:
    shown = Ordering(CARDS, CARDS)
    shown.choose("save")
    shown.turn()
    assert shown.value == ("kill", "connect")
    shown.move(1)  # it is not in the order
    assert shown.value == ("kill", "connect")
    shown.turn()
    assert shown.value == ("kill", "connect", "save")


def test_one_card_stays() -> None:
    shown = Ordering(CARDS, ["kill"])
    shown.turn()
    assert shown.value == ("kill",)


def scenario(order=("save", "kill")):
    return SimpleNamespace(seed=1, until=1.0, totals=lambda: {"submitted": len(order)})


def test_a_list_for_a_parameter_that_is_one_makes_cards() -> None:
    assert controls_of(scenario, {"order": CARDS}) == {"order": Order("order", ("save", "kill"), tuple(CARDS))}


@pytest.mark.parametrize("cards", [["save"], ["kill", "connect"]])
def test_a_default_that_the_cards_do_not_have_is_refused(cards: list[str]) -> None:
    with pytest.raises(WorkbookError, match="order: the function's own default .* is no order of"):
        controls_of(scenario, {"order": cards})


def test_moving_a_card_runs_the_scenario_again() -> None:
    shown = lab.explore(scenario, order=CARDS)
    shown._panel._controls["order"].choose("kill")
    shown._panel._controls["order"].move(-1)
    assert shown.settings == {"order": ("kill", "save")}
    shown._panel._controls["order"].turn()
    assert shown.trace.totals() == {"submitted": 1}

"""Links that carry a state: what a lab's controls stand at comes back as it was, and what was typed wrongly is told."""

import json
import re
from html import unescape

import pytest
from hypothesis import given
from hypothesis import strategies as st

from simlib import World, lab
from simlib.errors import WorkbookError
from simlib.lab.controls import CheckBox, DropDown, Order, Slider
from simlib.lab.links import arrive, arrived, settings_in, state_of

CONTROLS = {
    "size": Slider("size", 2, 0, 8, 1),
    "share": Slider("share", 0.5, 0.0, 1.0, 0.05),
    "mode": DropDown("mode", None, {"none": None, "host": "host", "a\"b'": ("x", 1)}),
    "up": CheckBox("up", True),
    "steps": Order("steps", ("a",), ("a", "b", "c")),
}
SETTINGS = st.fixed_dictionaries(
    {
        "size": st.integers(0, 8),
        "share": st.floats(0, 1),
        "mode": st.sampled_from([None, "host", ("x", 1)]),
        "up": st.booleans(),
        "steps": st.permutations(("a", "b", "c")).map(tuple),
    }
)


def one_letter(size=2, mode="host", until=30):
    world = World(seed=1)
    mail = world.sendmail("mail.here.example", domain="here.example")
    world.sendmail("mx.there.example", domain="there.example")
    for _ in range(size):
        mail.submit("a@here.example", "b@there.example")
    return world.run(until=f"{until}m")


def lab_of(**more):
    return lab.explore(one_letter, size=(0, 8), mode=["host", "time"], **more)


def link_in(exploration) -> str:
    """The state that the link under a lab carries."""
    told = exploration._footer._code.value
    return unescape(re.search(r"data-settings='([^']*)'", told)[1])


@given(SETTINGS)
def test_what_a_link_carries_comes_back_as_it_was(settings) -> None:
    assert settings_in(CONTROLS, state_of(CONTROLS, settings)) == settings


VALUES = st.recursive(
    st.none() | st.booleans() | st.floats() | st.text(),
    lambda held: st.lists(held) | st.dictionaries(st.sampled_from([*CONTROLS, "x"]), held),
)


@given(st.text() | VALUES.map(json.dumps))
def test_whatever_is_typed_into_a_link_is_a_setting_or_is_told(text) -> None:
    try:
        found = settings_in(CONTROLS, text)
    except WorkbookError as trouble:
        assert str(trouble)
    else:
        assert found.keys() <= CONTROLS.keys()


@pytest.mark.parametrize(
    ("typed", "told"),
    [
        ('{"size": 9}', "size=9 is nothing that its control can show; 0 to 8 would be"),
        ('{"sise": 1}', "the lab has no control sise; it has size"),
        ('{"steps": 5}', "is not among them"),
        ("[1]", "copy the whole link"),
        ('{"size": 4', "copy the whole link"),
    ],
)
def test_what_no_control_can_show_is_named(typed, told) -> None:
    with pytest.raises(WorkbookError, match=re.escape(told)):
        settings_in(CONTROLS, typed)


def test_a_lab_that_somebody_comes_to_by_a_link_stands_as_the_link_says() -> None:
    arrive('{"size": 5}')
    here = lab_of()
    other = lab_of()
    assert here.widget
    assert other.widget
    assert here.settings["size"] == 5
    assert len(here.trace.messages) == 5
    assert other.settings["size"] == 2
    assert json.loads(link_in(here)) == {"size": 5, "mode": "host"}
    here.reset()
    assert json.loads(link_in(here)) == {"size": 2, "mode": "host"}


def test_a_link_that_asks_for_too_much_is_told_in_the_lab_and_moves_nothing() -> None:
    arrive('{"size": 500}')
    here = lab_of()
    assert here.widget
    assert "0 to 8 would be" in here._panel._trouble.value
    assert here.settings["size"] == 2


def test_a_lab_behind_a_question_follows_the_link_when_it_opens(monkeypatch, tmp_path) -> None:
    monkeypatch.setenv("WORKBOOK_PROGRESS", str(tmp_path / "progress.json"))

    def queue_run(cache_size=2, sites=3):
        world = World(seed=4)
        mail = world.sendmail("mail.here.example", cf=f"O ConnectionCacheSize={cache_size}\nO DeliveryMode=queueonly")
        for n in range(sites):
            world.sendmail(f"mx.site{n}.example", domain=f"site{n}.example")
            mail.submit("a@here.example", f"u@site{n}.example")
        mail.queue_run(at="10m")
        return world.run(until="1h")

    arrive('{"sites": 7}')
    asked = lab.predict("04.1", queue_run, cache_size=(0, 8), sites=(1, 10))
    assert arrived() == ""
    before = asked.outcome
    asked.commit(0)
    assert asked.lab.settings["sites"] == 7
    assert asked.outcome == before  # what came is told of the question's own run


def test_where_a_link_could_not_carry_all_there_is_none() -> None:
    assert "simlib-link" not in lab.explore(one_letter)._footer._code.value

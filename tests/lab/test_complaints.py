"""A cell that is run again is complained of again, and so is an editor's or an answer's text."""

import linecache
import warnings

import pytest
from IPython.core.interactiveshell import InteractiveShell

from simlib import CfWarning, World, lab
from simlib.exercises import Exercise
from simlib.exercises.exercise import WrongAnswer

WRONG = "O QueueSort=host"
CELL = f"""
from simlib import World
World(seed=1).sendmail("mail.here.example", cf={WRONG!r})  # the third line
"""


@pytest.fixture
def shell():
    return InteractiveShell()


@pytest.mark.filterwarnings("default")
def test_a_cell_is_complained_of_each_time_it_is_run_and_at_its_own_line(shell):
    with warnings.catch_warnings(record=True) as caught:
        for _ in range(3):
            shell.run_cell(CELL).raise_error()
    assert [linecache.getline(one.filename, one.lineno).strip()[-16:] for one in caught] == ["# the third line"] * 3


@pytest.mark.filterwarnings("default")
def test_a_function_of_another_cell_is_complained_of_where_it_calls_the_workbook(shell):
    with warnings.catch_warnings(record=True) as caught:
        shell.run_cell(f"from simlib import World\ndef site():\n    World(seed=1).sendmail('m.example', cf={WRONG!r})")
        for _ in range(3):
            shell.run_cell("site()").raise_error()
    assert [linecache.getline(one.filename, one.lineno).strip()[:5] for one in caught] == ["World"] * 3


def run(cf=WRONG):
    world = World(seed=1)
    world.sendmail("mail.here.example", cf=cf)
    return world.run(until="1m")


@pytest.mark.filterwarnings("ignore::simlib.CfWarning")
def test_an_editor_complains_each_time_its_lines_are_applied():
    shown = lab.configure(run)
    for _ in range(2):
        shown.apply()
        assert [row.text for row in shown.listing if row.mark == "!"] != []


def test_an_answer_is_complained_of_each_time_it_is_judged():
    def wrong(answer):
        run(answer)
        raise WrongAnswer("no")

    held = Exercise("x", "?", "cf", wrong, "", (), ())
    for _ in range(2):
        assert "Look again: " in held.check(WRONG).why


def test_an_exploration_complains_of_the_students_own_line():
    with pytest.warns(CfWarning) as caught:
        lab.explore(run)
    assert {one.filename for one in caught} == {__file__}

"""The garbage collector is left as it was found."""

import gc

import pytest

from simlib import World
from simlib.collect import YOUNG, seldom


def test_it_looks_more_seldom_during_a_run_and_as_before_afterwards():
    usual, seen = gc.get_threshold(), []
    world = World(seed=1)
    world.at("1s", lambda: seen.append(gc.get_threshold()))
    world.run(until="2s")
    assert seen == [(YOUNG, *usual[1:])]
    assert gc.get_threshold() == usual


def test_also_after_a_run_that_failed():
    usual = gc.get_threshold()
    with pytest.raises(ZeroDivisionError), seldom():
        raise ZeroDivisionError
    assert gc.get_threshold() == usual


def test_also_after_two_runs_that_overlapped():
    usual, first, second = gc.get_threshold(), seldom(), seldom()
    first.__enter__()
    second.__enter__()
    first.__exit__(None, None, None)
    assert gc.get_threshold()[0] == YOUNG
    second.__exit__(None, None, None)
    assert gc.get_threshold() == usual

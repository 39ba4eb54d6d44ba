"""The garbage collector is left as it was found."""

import gc
import subprocess
import sys
from pathlib import Path

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


AS_IN_PYPY = """
import gc
for name in ("get_threshold", "set_threshold", "freeze", "unfreeze", "get_freeze_count"):
    delattr(gc, name)
from simlib import World, experiment, lab

def run(seed=1):
    world = World(seed=seed)
    mail = world.sendmail("mail.here.example")
    mail.submit("taro@mail.here.example", "hana@mail.here.example", at="1s")
    return world.run(until="1m")

table = experiment.replicate(run, range(2), summary=lambda trace: trace.totals(), workers=2)
shown = lab.explore(run).trace.totals()
print(run().totals()["delivered"], table.where(number="delivered")["mean"], shown["delivered"])
"""


def test_a_python_without_thresholds_runs_worlds_sweeps_and_labs():
    root = Path(__file__).resolve().parents[1]
    done = subprocess.run([sys.executable, "-c", AS_IN_PYPY], capture_output=True, text=True, cwd=root)
    assert done.stdout == "1 [1.0] 1\n", done.stderr

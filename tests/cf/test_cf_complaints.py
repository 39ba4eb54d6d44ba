"""A complaint about a line is shown each time, at the line that called the workbook, and filters are obeyed."""

import subprocess
import sys
import warnings
from inspect import currentframe
from pathlib import Path

import pytest

from simlib import CfWarning, World
from simlib.cf import stock

ROOT = Path(__file__).resolve().parents[2]
WRONG = "O QueueSort=host"
SCRIPT = f"""
from simlib import World

def site():
    World(seed=1).sendmail("mail.here.example", cf={WRONG!r})  # the place

for _ in range(2):
    site()
"""


def site():
    return World(seed=1).sendmail("mail.here.example", cf=WRONG)


def said(*options, tmp_path):
    """What a script's complaints are, as Python prints them."""
    (tmp_path / "script.py").write_text(SCRIPT, "utf-8")
    done = subprocess.run([sys.executable, *options, tmp_path / "script.py"], capture_output=True, text=True, cwd=ROOT)
    return done.returncode, done.stderr


@pytest.mark.parametrize("call", [site, lambda: stock().with_lines(WRONG)], ids=["World.sendmail", "Cf.with_lines"])
def test_it_is_pinned_to_the_line_that_called_the_workbook(call):
    with pytest.warns(CfWarning) as caught:
        call()
    (one,) = caught
    code = call.__code__
    assert one.filename == __file__
    assert code.co_firstlineno <= one.lineno <= code.co_firstlineno + 1


def test_it_is_pinned_to_the_line_itself_if_that_is_in_a_block():
    with pytest.warns(CfWarning) as caught:
        here = currentframe().f_lineno + 1
        World(seed=1).sendmail("mail.here.example", cf=WRONG)
    assert (caught[0].filename, caught[0].lineno) == (__file__, here)


def test_a_script_is_told_each_time_and_where(tmp_path):
    status, told = said(tmp_path=tmp_path)
    assert status == 0
    assert told.count("script.py:5: CfWarning: ") == 2
    assert told.count("# the place") == 2


def test_python_is_told_to_ignore_it(tmp_path):
    assert said("-W", "ignore", tmp_path=tmp_path) == (0, "")


def test_python_is_told_to_ignore_it_from_a_module(tmp_path):
    assert said("-W", "ignore:::__main__", tmp_path=tmp_path) == (0, "")


def test_python_is_told_to_say_it_once(tmp_path):
    status, told = said("-W", "once", tmp_path=tmp_path)
    assert (status, told.count("CfWarning: ")) == (0, 1)


def test_python_is_told_to_stop_at_it(tmp_path):
    status, told = said("-W", "error", tmp_path=tmp_path)
    assert status == 1
    assert "simlib.cf.errors.CfWarning: " in told


def test_whoever_records_them_gets_each():
    with warnings.catch_warnings(record=True) as caught:
        warnings.simplefilter("default")
        site(), site()
    assert len(caught) == 2


def test_whoever_ignores_them_within_a_block_gets_none_there_and_the_next_after_it():
    with pytest.warns(CfWarning) as caught:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", CfWarning)
            site()
        site()
    assert len(caught) == 1

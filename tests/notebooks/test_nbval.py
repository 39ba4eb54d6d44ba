"""nbval compares what an exploration printed, and only that."""

import subprocess
import sys

import nbformat
import pytest
from nbclient import NotebookClient

SCENARIO = """
from types import SimpleNamespace
from simlib import lab
from simlib.trace.table import Table

def queue_run(messages=3):
    rows = [(600.0 + n, "sent", 0.5, False) for n in range(messages)]
    return SimpleNamespace(
        attempts=Table.of_rows(("time", "outcome", "seconds", "cached"), rows),
        seed=4, until=3600.0, totals=lambda: {"submitted": messages},
    )
"""
EXPLORE = "lab.explore(queue_run, messages=(1, 9), show=[lab.attempts])"
STRIP = "tools/strip_notebooks.py"


@pytest.fixture(scope="module")
def notebook(tmp_path_factory, pytestconfig):
    """A notebook with an exploration, run and stripped as those that are committed."""
    path = tmp_path_factory.mktemp("notebooks") / "tiny.ipynb"
    made = nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell(cell) for cell in (SCENARIO, EXPLORE)])
    NotebookClient(made, timeout=60).execute()
    nbformat.write(made, path)
    subprocess.run([sys.executable, pytestconfig.rootpath / STRIP, path], check=True)
    return path


def nbval(path):
    command = [sys.executable, "-m", "pytest", "--nbval", "--nbval-current-env", "-p", "no:cacheprovider", path.name]
    return subprocess.run(command, cwd=path.parent, capture_output=True, text=True)


def altered(notebook, tmp_path, old, new):
    text = notebook.read_text("utf-8")
    assert old in text
    path = tmp_path / "altered.ipynb"
    path.write_text(text.replace(old, new), "utf-8")
    return path


def test_a_stripped_exploration_keeps_its_numbers_only(notebook):
    (output,) = nbformat.read(notebook, as_version=4).cells[1].outputs
    assert list(output.data) == ["text/plain"]
    assert "attempts                  3" in output.data["text/plain"]


def test_what_has_not_changed_passes(notebook):
    done = nbval(notebook)
    assert "2 passed" in done.stdout, done.stdout


@pytest.mark.parametrize(
    ("old", "new"),
    [("  sent                      3", "  sent                      4"), ("seed 4, 1 h", "seed 5, 1 h")],
    ids=["a chart's number", "the seed"],
)
def test_a_changed_number_fails(notebook, tmp_path, old, new):
    done = nbval(altered(notebook, tmp_path, old, new))
    assert "Cell outputs differ" in done.stdout, done.stdout
    assert "1 failed, 1 passed" in done.stdout


def test_a_changed_scenario_fails(notebook, tmp_path):
    done = nbval(altered(notebook, tmp_path, "messages=3", "messages=4"))
    assert "Cell outputs differ" in done.stdout, done.stdout

"""The first command on a fresh machine: what is missing is said in one line, and no half-made environment is used."""

import os
import shutil
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
SCRIPT = ROOT / "tools" / "why_not.sh"
NEEDED = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]["requires-python"].removeprefix(">=")
OLD = """#!/bin/sh
[ "$1" = -V ] && echo Python 3.9.2 && exit
exit 1
"""
NO_VENV = f"""#!/bin/sh
case "$2" in *ensurepip*) exit 1;; esac
exec "{sys.executable}" "$@"
"""
HALTING = f"""#!/bin/sh
[ "$1" = -c ] && exec "{sys.executable}" "$@"
mkdir -p .venv/bin
exit 1
"""

pytestmark = pytest.mark.skipif(shutil.which("make") is None, reason="make is not installed here")


@pytest.fixture(params=["checkout", "a check out"])
def checkout(tmp_path, request):
    """What make needs of the workbook, in a directory of its own; ``python3`` is the Python that runs this."""
    place = tmp_path / request.param
    (place / "tools").mkdir(parents=True)
    (place / "lecture").mkdir()
    for name in ("Makefile", "pyproject.toml", "requirements.lock", "lecture/requirements.lock", "tools/why_not.sh"):
        shutil.copy(ROOT / name, place / name)
    (place / "python3").symlink_to(sys.executable)
    return place


def make(checkout, *arguments, python="./python3"):
    command = ["make", "--no-print-directory", f"PYTHON={python}", *arguments]
    clean = {name: value for name, value in os.environ.items() if not name.startswith("MAKE") and name != "MFLAGS"}
    return subprocess.run(command, cwd=checkout, capture_output=True, text=True, env=clean)


def made(checkout, place=None):
    """An environment that is whole, made at ``place``."""
    programs = checkout / ".venv" / "bin"
    programs.mkdir(parents=True)
    (programs / "python").symlink_to(sys.executable)
    (checkout / ".venv" / "made").write_text(f"{(place or checkout).resolve()}\n", "utf-8")


def write(path, text):
    path.write_text(text, "utf-8")
    path.chmod(0o755)


def line_said(done):
    assert done.returncode != 0
    assert done.stdout == ""
    (line,) = done.stderr.splitlines()
    return line


@pytest.mark.parametrize("target", ["lab", "test", "lecture", "notebooks", "bench"])
def test_where_there_is_no_python_it_is_said(checkout, target):
    assert "there is no python9 here: install Python" in line_said(make(checkout, target, python="python9"))


def test_an_old_python_is_named_with_the_version_that_is_needed(checkout):
    write(checkout / "old", OLD)
    line = line_said(make(checkout, "lab", python="./old"))
    assert f"Python {NEEDED} or later is needed, and ./old is Python 3.9.2" in line


def test_a_python_without_venv_is_told_of_with_the_package_to_install(checkout):
    write(checkout / "bare", NO_VENV)
    assert "apt install python3-venv" in line_said(make(checkout, "lab", python="./bare"))


def test_a_checkout_that_is_read_only_says_what_to_do(checkout):
    checkout.chmod(0o555)
    if os.access(checkout, os.W_OK):
        pytest.skip("root may write into a directory that is read-only")
    line = line_said(make(checkout, "lab"))
    checkout.chmod(0o755)
    assert "copy the workbook to a directory of your own" in line


def test_what_is_needed_stands_in_the_readme():
    readme = (ROOT / "README.md").read_text("utf-8")
    assert f"Python {NEEDED} or later" in readme
    assert "python3-venv" in readme
    assert f"Python {NEEDED} or later" in SCRIPT.read_text("utf-8")


def test_a_whole_environment_is_used_as_it_is(checkout):
    made(checkout)
    assert make(checkout, "--question", ".venv/made").returncode == 0


@pytest.mark.parametrize("what", ["half-made", "copied from elsewhere", "without its Python"])
def test_any_other_environment_is_made_anew(checkout, what):
    made(checkout, checkout.parent if what == "copied from elsewhere" else None)
    if what == "half-made":
        (checkout / ".venv" / "made").unlink()
    if what == "without its Python":
        (checkout / ".venv" / "bin" / "python").unlink()
    told = make(checkout, "--dry-run", "lab").stdout
    assert "venv --clear .venv\n" in told


def test_what_fails_on_the_way_leaves_no_environment_that_is_taken_for_a_good_one(checkout):
    write(checkout / "halting", HALTING)
    made(checkout, checkout.parent)
    assert make(checkout, "lab", python="./halting").returncode != 0
    assert make(checkout, "--question", ".venv/made").returncode != 0


@pytest.mark.parametrize(("number", "told"), [("0", True), ("1000", False)])
def test_only_root_is_allowed_to_be_root(checkout, number, told):
    write(checkout / "id", f"#!/bin/sh\necho {number}\n")
    made(checkout)
    path = f"PATH={checkout}:{os.environ['PATH']}"
    done = subprocess.run(["env", path, "make", "--dry-run", "lab"], cwd=checkout, capture_output=True, text=True)
    assert ("--allow-root" in done.stdout) is told
    assert "-m jupyterlab" in done.stdout

"""What is installed, and what an import loads."""

import json
import re
import subprocess
import sys
import tomllib
from functools import cache
from importlib.metadata import distribution, packages_distributions
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

ROOT = Path(__file__).resolve().parent.parent
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
LOCK = (ROOT / "requirements.lock").read_text("utf-8").splitlines()
ENVIRONMENT = (ROOT / "environment.yml").read_text("utf-8")

EXTRAS = PROJECT["optional-dependencies"]

MODULES = [
    ".".join(path.relative_to(ROOT).with_suffix("").parts).removesuffix(".__init__")
    for path in sorted(ROOT.glob("simlib/**/*.py"))
]
LAB = [name for name in MODULES if f"{name}.".startswith("simlib.lab.")]
LIGHT = {"simlib", "simpy", "networkx", "dns"}
OPTIONAL = {"idna"}  # pure Python too; dnspython takes it where it is installed
BROWSER = {
    "os_name": "posix",
    "sys_platform": "emscripten",
    "platform_system": "Emscripten",
    "platform_machine": "wasm32",
}
COMES_PURE_TOO = {"psygnal", "wcwidth"}  # compiled only where that has been done for the machine


def ranges(lines):
    return {canonicalize_name(one.name): one.specifier for one in map(Requirement, lines)}


def test_conda_users_get_the_same_packages_and_ranges():
    listed = [line.removeprefix("  - ") for line in ENVIRONMENT.splitlines() if re.match(r"  - [\w-]+[<>=]", line)]
    assert ranges(listed) == ranges([*PROJECT["dependencies"], *EXTRAS["lab"], f"python{PROJECT['requires-python']}"])


@pytest.mark.parametrize("line", LOCK)
def test_the_lock_names_exact_versions_and_nothing_else(line):
    requirement = Requirement(line)
    (exact,) = requirement.specifier
    assert exact.operator == "=="
    assert requirement.url is None
    assert "://" not in line
    assert "#" not in line


def test_the_lock_keeps_to_the_ranges():
    wanted = ranges([*PROJECT["dependencies"], *EXTRAS["lab"], *EXTRAS["test"]])
    locked = {}
    for requirement in map(Requirement, LOCK):
        (exact,) = requirement.specifier
        locked.setdefault(canonicalize_name(requirement.name), []).append(exact.version)
    assert wanted.keys() <= locked.keys()
    assert [(name, v) for name, span in wanted.items() for v in locked[name] if v not in span] == []


@cache
def brought(**where):
    """The names of all that is installed with the package alone, here or on another kind of machine."""
    found, waiting = set(), [*PROJECT["dependencies"]]
    while waiting:
        one = Requirement(waiting.pop())
        name = canonicalize_name(one.name)
        if name not in found and (one.marker is None or one.marker.evaluate({"extra": "", **where})):
            assert not one.extras, f"{one}: these extras would have to be looked at"
            found.add(name)
            waiting += distribution(name).requires or []
    return found


def test_the_package_alone_brings_no_jupyterlab():
    assert not brought() & {*ranges(EXTRAS["lab"]), "jupyter-server", "jupyterlab-server", "ipykernel"}


def test_in_a_browser_the_package_brings_pure_python_only():
    pure = {name: "Root-Is-Purelib: true" in distribution(name).read_text("WHEEL") for name in brought(**BROWSER)}
    assert {name for name, is_pure in pure.items() if not is_pure} <= COMES_PURE_TOO


def loaded_by(*modules):
    """The top-level names, other than the standard library's, that a fresh interpreter loads to import these."""
    loading = f"import sys, json, {', '.join(modules)}; print(json.dumps([m.partition('.')[0] for m in sys.modules]))"
    done = subprocess.run([sys.executable, "-c", loading], capture_output=True, text=True, check=True, cwd=ROOT)
    return {
        name for name in json.loads(done.stdout) if name not in sys.stdlib_module_names and not name.startswith("_")
    }


def test_everything_but_the_lab_needs_pure_python_only():
    """The workbook is to run inside a browser too, where there is no numpy; and ``import simlib`` loads no Jupyter."""
    empty = loaded_by("sys")
    assert loaded_by(*(name for name in MODULES if name not in LAB)) - empty - OPTIONAL == LIGHT


def test_the_lab_needs_what_the_package_brings_and_no_more():
    alone = {canonicalize_name(PROJECT["name"]), *brought(), *OPTIONAL}
    others = [
        name for name, owners in packages_distributions().items() if not alone & {*map(canonicalize_name, owners)}
    ]
    without = f"import sys; sys.modules.update(dict.fromkeys({others}))"  # what is None there cannot be imported
    done = subprocess.run(
        [sys.executable, "-c", f"{without}; import {', '.join(LAB)}"], capture_output=True, text=True, cwd=ROOT
    )
    assert done.returncode == 0, done.stderr
    assert {"jupyterlab", "ipykernel"} <= {*others}


def test_the_lab_is_there_when_it_is_asked_for():
    done = subprocess.run(
        [sys.executable, "-c", "from simlib import lab; print(lab.explore.__name__)"],
        capture_output=True,
        text=True,
        cwd=ROOT,
    )
    assert done.stdout == "explore\n", done.stderr


EVERY = """
import importlib, pkgutil, simlib
for found in pkgutil.walk_packages(simlib.__path__, "simlib."):
    importlib.import_module(found.name)
"""


@pytest.mark.parametrize("loading", ["import simlib", "from simlib import lab", EVERY], ids=["simlib", "lab", "every"])
def test_nothing_is_complained_of_when_it_is_loaded(loading):
    """Whoever turns warnings into errors, as a careful reader's tests do, can use it."""
    done = subprocess.run([sys.executable, "-W", "error", "-c", loading], capture_output=True, text=True, cwd=ROOT)
    assert (done.returncode, done.stderr) == (0, "")

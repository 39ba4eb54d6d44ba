"""ARCHITECTURE.md says who may import whom; this holds the code to it."""

import ast
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1] / "simlib"

MAIL = {"errors", "units", "cf", "message", "smtp", "trace", "site", "mta"}  # all that a mail system consists of

EVERYWHERE = {"language"}  # every room says something to people; it imports nothing itself

# a room may import itself and what stands here, and what may stand everywhere
MAY_IMPORT: dict[str, set[str]] = {
    "language": set(),
    "visible": set(),
    "errors": {"visible"},
    "watch": set(),
    "units": {"errors"},
    "regex": {"errors"},
    "openpgp": {"errors"},
    "kept": {"errors"},
    "cf": {"errors", "units", "visible"},
    "message": {"errors", "units"},
    "smtp": {"errors", "units", "message"},
    "trace": {"errors", "units", "message", "smtp", "visible"},
    "site": {"errors", "units", "watch", "trace"},
    "mta": MAIL,
    "estimate": set(),
    "collect": set(),
    "experiment": {"errors", "watch", "estimate", "trace", "collect", "kept"},
    "traffic": {"errors", "units"},
    "shell": MAIL | {"regex"},
    "holes": {"trace", "mta"},
    "neighbours": MAIL,
    "equipment": {"errors", "units", "trace", "site", "neighbours", "mta"},
    "world": MAIL | {"shell", "neighbours", "equipment", "watch", "collect"},
    "replacement": {"errors", "units", "cf", "site", "trace", "mta", "world"},
    "exercises": MAIL | {"neighbours", "world", "traffic", "replacement", "experiment", "estimate"},
    "lab": {
        "errors",
        "visible",
        "units",
        "kept",
        "watch",
        "estimate",
        "collect",
        "cf",
        "message",
        "trace",
        "site",
        "mta",
        "neighbours",
        "shell",
        "world",
        "experiment",
        "exercises",
    },
}
OUTSIDE = {"simpy", "networkx", "dns"}  # beside the standard library, for all rooms but the lab
NO_CLOCK = {"cf", "message", "smtp", "regex"}
LAB_ONLY = {"ipywidgets", "ipecharts", "anywidget", "IPython", "traitlets"}
BROWSER_ONLY = {"pyodide", "js"}  # what a kernel in a browser has: one file knows it
FILES = sorted(ROOT.rglob("*.py"))


def imports(file: Path) -> set[str]:
    """The dotted names of all modules that a file imports, those for type checking too."""
    names: set[str] = set()
    for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            names |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module:
            names |= {f"{node.module}.{alias.name}" if node.module == "simlib" else node.module for alias in node.names}
    return names


def room(file: Path) -> str:
    return file.relative_to(ROOT).parts[0].removesuffix(".py")


@pytest.mark.parametrize(
    "file", [f for f in FILES if f != ROOT / "__init__.py"], ids=lambda f: str(f.relative_to(ROOT))
)
def test_imports_go_one_way(file: Path) -> None:
    mine = room(file)
    used = {name.split(".")[1] for name in imports(file) if name.startswith("simlib.")}
    assert used <= MAY_IMPORT[mine] | {mine} | EVERYWHERE


@pytest.mark.parametrize("file", FILES, ids=lambda f: str(f.relative_to(ROOT)))
def test_only_the_lab_knows_jupyter_and_only_some_rooms_the_clock(file: Path) -> None:
    top = {name.split(".")[0] for name in imports(file)} - set(sys.stdlib_module_names) - {"simlib"}
    mine = room(file)
    if mine == "lab":
        assert top <= OUTSIDE | LAB_ONLY | (BROWSER_ONLY if file == ROOT / "lab" / "browser.py" else set())
    else:
        assert top <= OUTSIDE | ({"pandas"} if file.name == "table.py" else set())
    assert not (mine in NO_CLOCK and "simpy" in top), "the dialogue knows nothing of simulated time"


def test_files_are_short_enough_to_have_one_subject() -> None:
    long = {str(f.relative_to(ROOT)): n for f in FILES if (n := len(f.read_text(encoding="utf-8").splitlines())) > 400}
    assert not long

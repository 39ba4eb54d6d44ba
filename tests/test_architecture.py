"""ARCHITECTURE.md says who may import whom; this holds the code to it."""

import ast
import sys
from pathlib import Path

import networkx
import pytest

from simlib import Sendmail, World

ROOT = Path(__file__).parents[1] / "simlib"

MAIL = {
    "errors",
    "units",
    "cf",
    "message",
    "smtp",
    "rewrite",
    "trace",
    "site",
    "mta",
}  # all that a mail system consists of

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
    "cf": {"errors", "units", "visible", "regex"},
    "message": {"errors", "units"},
    "smtp": {"errors", "units", "message"},
    "rewrite": {"cf", "message", "regex"},
    "trace": {"errors", "units", "message", "smtp", "visible"},
    "site": {"errors", "units", "watch", "trace"},
    "mta": MAIL,
    "estimate": set(),
    "collect": set(),
    "experiment": {"errors", "watch", "estimate", "trace", "collect", "kept"},
    "traffic": {"errors", "units"},
    "sh": set(),
    "shell": MAIL | {"regex", "sh", "neighbours"},
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
        "rewrite",
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
# the same for the rooms of mta
IN_MTA: dict[str, set[str]] = {
    "policy": set(),
    "installation": {"policy"},
    "process": {"policy", "installation"},
    "queue": {"policy", "installation", "process"},
    "addresses": {"policy", "installation", "process", "queue"},
    "local": {"policy", "installation", "process"},
    "sending": {"policy", "installation", "process", "queue", "addresses", "local"},
    "receiving": {"policy", "installation", "process", "queue", "addresses", "local", "sending"},
    "sendmail": {"policy", "installation", "receiving", "sending"},
}
MOST_NAMES = 10  # that one sees on opening a room of rooms

OUTSIDE = {"simpy", "networkx", "dns"}  # beside the standard library, for all rooms but the lab
NO_CLOCK = {"cf", "message", "smtp", "regex", "rewrite"}
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


@pytest.mark.parametrize(
    "file",
    sorted(set((ROOT / "mta").rglob("*.py")) - {ROOT / "mta" / "__init__.py"}),
    ids=lambda f: str(f.relative_to(ROOT)),
)
def test_imports_within_mta_go_one_way(file: Path) -> None:
    mine = file.relative_to(ROOT / "mta").parts[0].removesuffix(".py")
    used = {name.split(".")[2] for name in imports(file) if name.startswith("simlib.mta.")}
    assert used <= IN_MTA[mine] | {mine}


def test_nobody_imports_what_imports_him_for_typing_either() -> None:
    modules = {
        ".".join(("simlib", *f.relative_to(ROOT).with_suffix("").parts)).removesuffix(".__init__") for f in FILES
    }
    graph = networkx.DiGraph()
    for file in FILES:
        name = ".".join(("simlib", *file.relative_to(ROOT).with_suffix("").parts)).removesuffix(".__init__")
        graph.add_edges_from((name, other) for other in modules_of(file, modules) - {name})
    assert [sorted(circle) for circle in networkx.strongly_connected_components(graph) if len(circle) > 1] == []


def modules_of(file: Path, modules: set[str]) -> set[str]:
    """The modules of simlib that a file imports, whole or something of them."""
    found: set[str] = set()
    for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names} & modules
        elif isinstance(node, ast.ImportFrom) and node.module in modules:
            whole = {f"{node.module}.{alias.name}" for alias in node.names}
            found |= whole & modules or {node.module}
    return found


def test_whoever_opens_mta_sees_few_names() -> None:
    seen = [path.name for path in (ROOT / "mta").iterdir() if path.name != "__pycache__"]
    assert len(seen) <= MOST_NAMES


def test_what_a_notebook_holds_has_no_base_class() -> None:
    assert (World.__bases__, Sendmail.__bases__) == ((object,), (object,))


@pytest.mark.parametrize("file", FILES, ids=lambda f: str(f.relative_to(ROOT)))
def test_only_the_lab_knows_jupyter_and_only_some_rooms_the_clock(file: Path) -> None:
    top = {name.split(".")[0] for name in imports(file)} - set(sys.stdlib_module_names) - {"simlib"}
    mine = room(file)
    if mine == "lab":
        assert top <= OUTSIDE | LAB_ONLY | (BROWSER_ONLY if file == ROOT / "lab" / "browser.py" else set())
    else:
        assert top <= OUTSIDE | ({"pandas"} if file.name == "table.py" else set())
    timeless = mine in NO_CLOCK or file.is_relative_to(ROOT / "mta" / "policy")
    assert not (timeless and "simpy" in top), "what is decided there knows nothing of simulated time"


def test_files_are_short_enough_to_have_one_subject() -> None:
    long = {str(f.relative_to(ROOT)): n for f in FILES if (n := len(f.read_text(encoding="utf-8").splitlines())) > 400}
    assert not long

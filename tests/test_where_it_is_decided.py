"""ARCHITECTURE.md says where everything is decided: each name on that page exists, and its tables are complete."""

import ast
import re
from functools import reduce
from importlib import import_module
from pathlib import Path

import pytest

from simlib.cf import OPTIONS
from simlib.mta.policy import log_lines

ROOT = Path(__file__).parents[1]
TEXT = (ROOT / "ARCHITECTURE.md").read_text("utf-8")
PAGE = TEXT[TEXT.index("## Where is it decided?") : TEXT.index("## Few events a message")]
SPANS = sorted(set(re.findall(r"`([^`]+)`", PAGE)))
DOTTED = [span for span in SPANS if re.fullmatch(r"[a-z_]+(?:\.\w+)+", span) and not span.endswith(".md")]
FILES = [span for span in SPANS if "/" in span]
WRITERS = ("log", "_log", "_write")  # what writes to the mail log
ROOMS = ("mta", "neighbours", "shell")  # where sendmail's options may be obeyed
CLAIMS = {"01": 7, "02": 4, "03": 4, "04": 5, "05": 6, "06": 4, "07": 9, "08": 4, "09": 5, "10": 4, "11": 3, "12": 6,
          "13": 4, "14": 6, "15": 5, "16": 4, "17": 8}  # fmt: skip


def found(name: str) -> object:
    """What a dotted name below simlib stands for. Raises AttributeError or ImportError if it is nothing."""
    parts = name.split(".")
    for size in range(len(parts), 0, -1):
        try:
            module = import_module(".".join(("simlib", *parts[:size])))
        except ModuleNotFoundError:
            continue
        return reduce(getattr, parts[size:], module)
    raise ImportError(name)


@pytest.mark.parametrize("name", DOTTED)
def test_each_name_exists(name: str) -> None:
    found(name)


@pytest.mark.parametrize("path", FILES)
def test_each_file_exists(path: str) -> None:
    assert (ROOT / path).exists()


def rows(heading: str) -> list[list[str]]:
    """The cells of the table below a heading, without its head."""
    table = PAGE[PAGE.index(f"### {heading}\n") :].split("\n#")[0]
    lines = [line.strip("|").split(" | ") for line in table.splitlines() if line.startswith("|")]
    return [[cell.strip() for cell in line] for line in lines[2:]]


def test_every_claim_stands_there() -> None:
    wanted = [f"{topic}.{n}" for topic, many in CLAIMS.items() for n in range(1, many + 1)]
    assert [row[0] for row in rows("The claims")] == wanted


def test_the_table_of_options_is_the_one_that_the_code_gives() -> None:
    settings = {option.obeyed for option in OPTIONS if option.obeyed}
    told = {row[1].strip("`"): set(re.findall(r"`([^`]+)`", row[2])) for row in rows("Options")}
    assert told == obeyed(settings)


def obeyed(settings: set[str]) -> dict[str, set[str]]:
    """The functions that read each setting."""
    where: dict[str, set[str]] = {name: set() for name in settings}

    def look(node: ast.AST, name: str) -> None:
        for child in ast.iter_child_nodes(node):
            inner = f"{name}.{child.name}" if isinstance(child, ast.FunctionDef | ast.ClassDef) else name
            if (
                isinstance(child, ast.Attribute)
                and child.attr in where
                and ast.unparse(child.value).endswith("settings")
            ):
                where[child.attr].add(name)
            look(child, inner)

    for room in ROOMS:
        for file in (ROOT / "simlib" / room).rglob("*.py"):
            module = ".".join(file.relative_to(ROOT / "simlib").with_suffix("").parts)
            look(ast.parse(file.read_text("utf-8")), module)
    return where


def test_no_line_of_the_log_is_worded_elsewhere() -> None:
    """Whoever writes to the log writes what ``log_lines`` has worded: no text of its own."""
    words = [name for name in vars(log_lines) if not name.startswith("_")]
    assert {"Taken", "Queued", "Refused", "Tried", "syserr"} <= set(words)
    for room in ROOMS:
        for file in (ROOT / "simlib" / room).rglob("*.py"):
            for node in ast.walk(ast.parse(file.read_text("utf-8"))):
                if isinstance(node, ast.Call) and ast.unparse(node.func).rpartition(".")[2] in WRITERS:
                    worded = any(isinstance(one, ast.Constant | ast.JoinedStr) for one in node.args[:1])
                    assert not worded, f"{file}: {ast.unparse(node)}"

"""How a deliberate defect is made: what it changes is found in the syntax tree of a function.

So formatting, quotes, comments and brackets do not matter, nor in which file of simlib the function stands.
"""

import ast
from collections.abc import Callable, Iterable, Iterator
from functools import partial
from pathlib import Path
from typing import NamedTuple

PACKAGE = "simlib"


class Defect(NamedTuple):
    """In ``function`` the code ``old``, which stands there once, becomes ``new``.

    A function has its qualified name (``Selection.matches``, ``outer.inner``); a class or a constant may be named, too.
    ``module`` is where it stands, without "simlib."; if it has moved, it is looked for in all of simlib.
    ``old`` and ``new`` are expressions, or statements that follow one another. Of a long ``and`` or ``or`` name the one
    part that changes: it becomes True or False.
    """

    name: str
    module: str
    function: str
    old: str
    new: str


class CannotBeMadeError(Exception):
    """Says which defect, and why."""


class _Home(NamedTuple):
    """Where a function stands: its file, the tree of the whole file, and its own part of that."""

    file: Path
    tree: ast.Module
    part: ast.stmt


def made(defect: Defect, root: Path) -> tuple[Path, str]:
    """Which file of the project at ``root`` a defect changes, and the file's text with the defect."""
    home = _home(defect, root)
    changes = list(_changes(home.part, *_code(defect)))
    if len(changes) != 1:
        where = f"{defect.function} of {home.file.relative_to(root)}"
        raise CannotBeMadeError(f"{defect.name}: {defect.old!r} stands {len(changes)} times, not once, in {where}")
    changes[0]()
    return home.file, ast.unparse(home.tree)


def _home(defect: Defect, root: Path) -> _Home:
    package = root / PACKAGE
    module = package.joinpath(*defect.module.split("."))
    named = [file for file in (module.with_suffix(".py"), module / "__init__.py") if file.exists()]
    found = _homes(defect.function, named) or _homes(defect.function, sorted(package.rglob("*.py")))
    if len(found) != 1:
        where = ", ".join(f"{home.file.relative_to(root)} line {home.part.lineno}" for home in found) or "nowhere"
        raise CannotBeMadeError(f"{defect.name}: {defect.function} stands {len(found)} times, not once: {where}")
    return found[0]


def _homes(function: str, files: Iterable[Path]) -> list[_Home]:
    trees = ((file, ast.parse(file.read_text(encoding="utf-8"))) for file in files)
    return [_Home(file, tree, part) for file, tree in trees for name, part in _named(tree) if name == function]


def _named(tree: ast.AST, within: str = "") -> Iterator[tuple[str, ast.stmt]]:
    """Functions, classes, and names that are given a value, each with its qualified name."""
    for node in ast.iter_child_nodes(tree):
        match node:
            case ast.FunctionDef(name=name) | ast.AsyncFunctionDef(name=name) | ast.ClassDef(name=name):
                yield within + name, node
                yield from _named(node, f"{within}{name}.")
            case ast.Assign(targets=[ast.Name(id=name)]) | ast.AnnAssign(target=ast.Name(id=name)):
                yield within + name, node
            case _:
                yield from _named(node, within)


def _code(defect: Defect) -> tuple[list[ast.AST], list[ast.AST]]:
    """The old and the new code: two expressions, or else two runs of statements."""
    old, new = ast.parse(defect.old).body, ast.parse(defect.new).body
    match old, new:
        case [ast.Expr(value=before)], [ast.Expr(value=after)]:
            return [before], [after]
    return [*old], [*new]


def _changes(part: ast.AST, old: list[ast.AST], new: list[ast.AST]) -> Iterator[Callable[[], None]]:
    """For each place where the old code stands: what puts the new one there."""
    wanted = [ast.dump(node) for node in old]
    for node in ast.walk(part):
        for field, held in ast.iter_fields(node):
            if isinstance(held, ast.AST) and [ast.dump(held)] == wanted:
                yield partial(setattr, node, field, new[0])
            elif isinstance(held, list):
                dumps = [ast.dump(one) if isinstance(one, ast.AST) else "" for one in held]
                for at in range(len(held) - len(old) + 1):
                    if dumps[at : at + len(old)] == wanted:
                        yield partial(held.__setitem__, slice(at, at + len(old)), new)

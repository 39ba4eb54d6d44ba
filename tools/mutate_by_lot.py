"""Defects drawn by lot: small changes of a decision, and which tests notice them.

``python tools/mutate_by_lot.py [--seed 1] [--many 100] [--processes 2] [file …]`` draws among all comparisons that
can be turned, returns whose value can be exchanged, and ``and`` and ``or`` of the files (if none is named, of those in
which mail is sent and received), makes each in a copy of the project, and runs tests that need neither root nor
sendmail until one is red. Exit status 0 if at least 90 % are noticed, those aside that ``EQUIVALENT`` shows to change
nothing.
"""

import argparse
import ast
import random
import sys
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import NamedTuple

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

from tools.mutate import copied, first_red  # noqa: E402  # the project is no installed package here

SENDING = ("attempt", "children", "deferral", "delivery", "obstacles", "outcomes", "runner", "standing", "walk")
FILES = (
    *(f"simlib/mta/sending/{name}.py" for name in SENDING),
    "simlib/mta/policy/judgement.py",
    "simlib/mta/queue/together.py",
    "simlib/mta/process/held.py",
    "simlib/mta/process/process.py",
    "simlib/mta/receiving/reception.py",
)
STAGES = (
    "tests/mta tests/smtp/test_smtp_client.py",
    "tests/world tests/trace",
    "tests/exercises tests/properties/test_properties_balance.py tests/properties/test_properties_dead_ends.py",
    "tests/lab tests/shell tests/experiment tests/theory",
)
ENOUGH = 0.9
TURNED: dict[type[ast.cmpop], type[ast.cmpop]] = {
    ast.Lt: ast.LtE, ast.LtE: ast.Lt, ast.Gt: ast.GtE, ast.GtE: ast.Gt, ast.Eq: ast.NotEq, ast.NotEq: ast.Eq,
    ast.Is: ast.IsNot, ast.IsNot: ast.Is, ast.In: ast.NotIn, ast.NotIn: ast.In,
}  # fmt: skip
NO_WORK = "work of no seconds is done at once, and an event at the same time changes no trace"
# What changes nothing, and why: file, function, what becomes of it.
EQUIVALENT: dict[tuple[str, str, str], str] = {
    (
        "simlib/mta/process/process.py",
        "SendmailProcess.kill",
        "self._running is not None and self._running.is_alive with the other word",
    ): "who is killed stands in the table of processes, and only one that runs and is alive does",
    ("simlib/mta/receiving/reception.py", "Reception.accept", "self.mta.message_cost > 0 turned"): NO_WORK,
    ("simlib/mta/sending/attempt.py", "_Attempt.run", "self.mta.message_cost > 0 turned"): NO_WORK,
}


class Change(NamedTuple):
    """A defect: where it is, what it is, and what makes it in the tree of its file."""

    file: str
    function: str
    line: int
    what: str
    make: Callable[[], None]
    tree: ast.Module

    @property
    def key(self) -> tuple[str, str, str]:
        """By which ``EQUIVALENT`` knows it."""
        return self.file, self.function, self.what


def main() -> int:
    """Draw, make and try them; the exit status."""
    reader = argparse.ArgumentParser(description=__doc__)
    reader.add_argument("--seed", type=int, default=1)
    reader.add_argument("--many", type=int, default=100)
    reader.add_argument("--processes", type=int, default=2)
    reader.add_argument("files", nargs="*", default=FILES)
    asked = reader.parse_args()
    places = [(file, n) for file in asked.files for n in range(len(list(changes(file))))]
    drawn = random.Random(asked.seed).sample(places, min(asked.many, len(places)))
    with ThreadPoolExecutor(asked.processes) as pool:
        found = list(pool.map(tried, drawn))
    judged = [noticed for change, noticed in found if change.key not in EQUIVALENT]
    print(f"seed {asked.seed}: {sum(judged)} of {len(judged)} are noticed, of {len(places)} there are")
    return 0 if sum(judged) >= ENOUGH * len(judged) else 1


def tried(place: tuple[str, int]) -> tuple[Change, bool]:
    """Make one in a copy; whether some test is red."""
    file, number = place
    change = list(changes(file))[number]
    change.make()
    with TemporaryDirectory() as directory:
        copy = copied(Path(directory))
        (copy / file).write_text(ast.unparse(change.tree), encoding="utf-8")
        red = next((red for stage in STAGES if (red := first_red(copy, stage))), None)
    told = red or EQUIVALENT.get(change.key, "")
    print(f"{'red   ' if red else 'MISSED'} {file}:{change.line} {change.function}: {change.what}: {told}", flush=True)
    return change, red is not None


def changes(file: str) -> Iterator[Change]:
    """All that can be drawn in a file."""
    tree = ast.parse((ROOT / file).read_text(encoding="utf-8"))
    for function, node in _within(tree, ""):
        for what, make in _turned(node):
            yield Change(file, function, getattr(node, "lineno", 0), what, make, tree)


def _within(tree: ast.AST, name: str) -> Iterator[tuple[str, ast.AST]]:
    for node in ast.iter_child_nodes(tree):
        if isinstance(node, ast.ClassDef | ast.FunctionDef):
            yield from _within(node, f"{name}.{node.name}".lstrip("."))
        elif not isinstance(node, ast.Import | ast.ImportFrom | ast.Assert):
            if name:
                yield name, node
            yield from _within(node, name)


def _turned(node: ast.AST) -> Iterator[tuple[str, Callable[[], None]]]:
    match node:
        case ast.Compare(ops=[op]) if type(op) in TURNED:
            other = TURNED[type(op)]()
            yield f"{ast.unparse(node)} turned", partial(setattr, node, "ops", [other])
        case ast.BoolOp(op=op):
            yield (
                f"{ast.unparse(node)} with the other word",
                partial(setattr, node, "op", ast.Or() if isinstance(op, ast.And) else ast.And()),
            )
        case ast.Return(value=value) if value is not None and not _is_generator_call(value):
            new: ast.expr = ast.Constant(None)
            match value:
                case ast.Constant(value=bool(known)):
                    new = ast.Constant(not known)
                case ast.Compare() | ast.BoolOp() | ast.UnaryOp(op=ast.Not()):
                    new = ast.UnaryOp(ast.Not(), value)
                case ast.Constant(value=None):
                    return
            yield f"return {ast.unparse(value)} gives {ast.unparse(new)}", partial(setattr, node, "value", new)


def _is_generator_call(value: ast.expr) -> bool:
    return isinstance(value, ast.YieldFrom)


if __name__ == "__main__":
    sys.exit(main())

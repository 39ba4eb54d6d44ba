"""What rules do with an address, step by step, for whoever wants to look at it afterwards."""

from collections.abc import Sequence
from enum import Enum
from typing import NamedTuple

from simlib.cf import marks
from simlib.rewrite.context import Context
from simlib.rewrite.questions import Asking
from simlib.rewrite.rules import Rule, Rulesets
from simlib.rewrite.run import rewrite


class Kind(Enum):
    """What happens in a step."""

    ENTERED = "entered"  # a ruleset begins with this workspace
    FIRED = "fired"  # a rule has made this workspace
    LOOKED_UP = "looked up"  # a map was asked while a rule was filled in
    RETURNED = "returned"  # a ruleset ends with this workspace
    GIVEN_UP = "given up"  # an error ends a ruleset, and its workspace stays what it was
    SAID = "said"  # sendmail complains


class Step(NamedTuple):
    """One step. ``tokens`` are the workspace as it is then, written as in a cf; ``depth`` counts calls inside calls.

    Of a rule: ``number`` in its set (from 1), its ``line`` in the cf, both sides, and ``caught``: what each operator
    caught, as ``$1``, ``$2`` … name it. Of a map: ``map``, ``key`` and ``value`` (None: it knows nothing). ``tried``
    counts the rules that were held against the workspace since the step before.
    """

    kind: Kind
    ruleset: str
    depth: int
    tokens: tuple[str, ...] = ()
    number: int = 0
    line: int = 0
    lhs: tuple[str, ...] = ()
    rhs: tuple[str, ...] = ()
    caught: tuple[tuple[str, ...], ...] = ()
    map: str = ""
    key: str = ""
    value: str | None = None
    text: str = ""
    tried: int = 0


class Recorder:
    """A watcher that keeps the first ``most`` steps, and counts all (:class:`~simlib.rewrite.context.Watcher`)."""

    def __init__(self, rulesets: Rulesets, most: float = float("inf")) -> None:
        self.steps: list[Step] = []
        self.count = 0
        self._most = most
        self._rulesets = rulesets
        self._open: list[str] = []
        self._tried = 0

    def entered(self, name: str, workspace: str) -> None:
        """A ruleset begins."""
        self._open.append(name)
        self._add(Kind.ENTERED, tokens=self._tokens(workspace))

    def returned(self, name: str, workspace: str) -> None:
        """It has ended."""
        self._add(Kind.RETURNED, tokens=self._tokens(workspace))
        self._open.pop()

    def given_up(self, name: str, workspace: str) -> None:
        """An error has ended it."""
        self._add(Kind.GIVEN_UP, tokens=self._tokens(workspace))
        self._open.pop()

    def tried(self, rule: Rule, matched: bool) -> None:
        """A rule was held against the workspace."""
        self._tried += 1

    def skipped(self, name: str) -> None:
        """A ruleset without rules is not called."""

    def macro(self, side: str, name: str, value: str | None) -> None:
        """A rule has read a run-time macro."""

    def fired(self, name: str, number: int, groups: tuple[str, ...], workspace: str) -> None:
        """A rule has made another workspace."""
        rule = self._rulesets.ruleset(name).rules[number]
        self._add(
            Kind.FIRED,
            tokens=self._tokens(workspace),
            number=number + 1,
            line=rule.line,
            lhs=tuple(map(marks.written, rule.lhs)),
            rhs=tuple(map(marks.written, rule.rhs)),
            caught=tuple(map(self._tokens, groups)),
        )

    def looked_up(self, map_name: str, key: str, value: str | None) -> None:
        """A map was asked."""
        self._add(Kind.LOOKED_UP, map=map_name, key=key, value=value)

    def said(self, text: str) -> None:
        """sendmail complains."""
        self._add(Kind.SAID, text=text)

    def _tokens(self, workspace: str) -> tuple[str, ...]:
        return tuple(map(marks.written, self._rulesets.tokens.texts(workspace)))

    def _add(self, kind: Kind, **more: object) -> None:
        ruleset, depth = (self._open[-1], len(self._open) - 1) if self._open else ("", 0)
        self.count += 1
        if self.count <= self._most:
            self.steps.append(Step(kind, ruleset, depth, tried=self._tried, **more))  # type: ignore[arg-type]  # by name
        self._tried = 0


def run_sets(context: Context, sets: Sequence[str], address: str) -> Asking[str]:
    """Run some rulesets on an address, one after the other, as ``3,0 address`` does in test mode; gives the result."""
    rulesets = context.rulesets
    workspace = rulesets.workspace(marks.foreign(address)) or ""
    for name in sets:
        workspace, _ = yield from rewrite(context, rulesets.names[name] or name, workspace)
    return " ".join(map(marks.written, rulesets.tokens.texts(workspace)))

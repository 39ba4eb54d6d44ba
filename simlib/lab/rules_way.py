"""The way of an address through the rules as plain data: rooms, rules that fired, and where two ways part."""

from collections.abc import Mapping, MutableMapping, Sequence
from itertools import zip_longest
from typing import NamedTuple

from simlib.cf import Cf, marks
from simlib.cf.prescan import Alphabet
from simlib.errors import WorkbookError
from simlib.lab.rules_tokens import Caught, Token, after_rule, before_rule, caught_by, side_of, tokens_of
from simlib.language import phrase
from simlib.mta.policy.rewriting import Rewriting
from simlib.rewrite.address import is_too_long
from simlib.rewrite.context import shortened
from simlib.rewrite.questions import Asking
from simlib.rewrite.recorded import Kind, Recorder, Step
from simlib.rewrite.run import rewrite
from simlib.shell.address_test import MACROS_OF_A_SESSION, alphabet_of_typed, answered
from simlib.site.dns import NameService

TAKEN = "taken"  # a rule takes the workspace, and has to ask a map or a ruleset before it is done
MOST_STEPS, MOST_TOKENS = 600, 40_000  # that are shown of a way
MOST_KNOWN = 12  # rulesets that a complaint names


class Row(NamedTuple):
    """What is shown of a step. ``kind`` is that of the step, or ``taken``; ``before`` and ``after`` are the workspace.

    ``rule`` is the number in its set, from 1; ``tried`` the rules held against the workspace since the row before.
    """

    kind: str
    ruleset: str
    depth: int
    before: tuple[Token, ...] = ()
    after: tuple[Token, ...] = ()
    rule: int = 0
    line: int = 0
    lhs: tuple[Token, ...] = ()
    rhs: tuple[Token, ...] = ()
    caught: tuple[Caught, ...] = ()
    map: str = ""
    key: str = ""
    value: str | None = None
    text: str = ""
    tried: int = 0

    @property
    def effect(self) -> tuple[object, ...]:
        """What counts when two ways are compared: not which rule did it, but what became of the address."""
        after = tuple(token.text for token in self.after)
        return self.kind, self.ruleset, self.depth, after, self.map, self.key, self.value, self.text


class Way(NamedTuple):
    """A way from its first step to its result; ``more`` steps are too many to be shown."""

    rows: tuple[Row, ...]
    result: tuple[Token, ...]
    status: int = 0
    more: int = 0


def walked(rewriting: Rewriting, names: NameService, sets: Sequence[str], address: str) -> Way:
    """Run rulesets on an address, one after the other, as address test mode does, and keep every step."""
    recorder = Recorder(rewriting.rulesets, MOST_STEPS)
    macros = {**rewriting.macros, **MACROS_OF_A_SESSION}
    result, status = answered(_run(rewriting, recorder, macros, sets, address), names)
    alphabet = rewriting.rulesets.text.alphabets.whole
    rows = rows_of(recorder.steps, alphabet)
    shown = rows[: _that_have_room(rows)]
    more = recorder.count - sum(row.kind != TAKEN for row in shown)
    return Way(tuple(shown), tokens_of(result, alphabet), status, more)


def _run(
    rewriting: Rewriting, recorder: Recorder, macros: MutableMapping[str, str], sets: Sequence[str], address: str
) -> Asking[tuple[tuple[str, ...], int]]:
    context, rulesets = rewriting.context(macros, recorder), rewriting.rulesets
    if is_too_long(context, address):
        return (), 0
    scan = alphabet_of_typed(rewriting).scan(marks.foreign(address))
    for complaint in scan.said:
        context.say(f"{shortened(address)}... {complaint}")
    workspace, last = rulesets.tokens.workspace(scan.tokens or ()), 0
    for name in sets:
        workspace, status = yield from rewrite(context, name, workspace)
        last = status or last
    return tuple(map(marks.written, rulesets.tokens.texts(workspace))), last


def sets_of(rewriting: Rewriting, text: str) -> list[str]:
    """The rulesets that somebody names, such as ``3,0`` or ``canonify,parse``, as the rules know them.

    Raises WorkbookError for one that there is not, and for none at all.
    """
    names = rewriting.rulesets.names
    wanted = [name.strip() for name in text.split(",") if name.strip()]
    if not wanted:
        raise WorkbookError("name the rulesets to run, in their order, such as 3,0 or check_rcpt")
    sets = []
    for name in wanted:
        is_number = name.isascii() and name.isdecimal() and len(name) < 9
        known = names[str(int(name)) if is_number else name]
        if known is None:
            raise WorkbookError("there is no ruleset {name}; there are {known}", name=name, known=_known(rewriting.cf))
        sets.append(known)
    return sets


def _known(cf: Cf) -> str:
    known = known_sets(cf)
    named = ", ".join(known[:MOST_KNOWN]) or phrase("none")
    return phrase("{named} and others", named=named) if len(known) > MOST_KNOWN else named


def known_sets(cf: Cf) -> list[str]:
    """The rulesets of a configuration that have rules, in the order of the text."""
    return [name for name in cf.ruleset_order if cf.rulesets.get(name)]


def rows_of(steps: Sequence[Step], alphabet: Alphabet) -> list[Row]:
    """The rows of some steps: a rule that asks others has one row before what it asks, and one when it is done."""
    begins = _begins(steps)
    workspaces: dict[int, tuple[str, ...]] = {}  # depth -> what the ruleset there has now
    rows: list[Row] = []
    for place, step in enumerate(steps):
        tried = step.tried
        for asking in begins.get(place, ()):
            now = workspaces.get(asking.depth, ())
            rows.append(_of_rule(asking, now, now, alphabet)._replace(kind=TAKEN, tried=tried))
            tried = 0
        before = workspaces.get(step.depth, ())
        if step.kind in (Kind.ENTERED, Kind.FIRED, Kind.RETURNED, Kind.GIVEN_UP):
            workspaces[step.depth] = step.tokens
        after = workspaces.get(step.depth, ())
        if step.kind is Kind.FIRED:
            rows.append(_of_rule(step, before, after, alphabet)._replace(tried=tried))
            continue
        rows.append(
            Row(
                step.kind.value,
                step.ruleset,
                step.depth,
                after=tokens_of(after, alphabet),
                map=step.map,
                key=step.key,
                value=step.value,
                text=step.text,
                tried=tried,
            )
        )
    return rows


def _begins(steps: Sequence[Step]) -> Mapping[int, list[Step]]:
    """Where rules that ask begin to ask: place of the step → those rules, the outermost first."""
    found: dict[int, list[Step]] = {}
    for place, step in enumerate(steps):
        if step.kind is not Kind.FIRED:
            continue
        begin = place
        while begin > 0 and _is_within(steps[begin - 1], step.depth):
            begin -= 1
        if any(one.kind in (Kind.LOOKED_UP, Kind.ENTERED) for one in steps[begin:place]):
            found.setdefault(begin, []).insert(0, step)
    return found


def _is_within(step: Step, depth: int) -> bool:
    """Whether a step before a rule is done belongs to what this rule has asked."""
    return step.depth > depth or (step.depth == depth and step.kind in (Kind.LOOKED_UP, Kind.SAID))


def _of_rule(step: Step, before: tuple[str, ...], after: tuple[str, ...], alphabet: Alphabet) -> Row:
    left, made = tokens_of(before, alphabet), tokens_of(after, alphabet)
    return Row(
        step.kind.value,
        step.ruleset,
        step.depth,
        before_rule(left, step.lhs, step.caught),
        made if after is before else after_rule(made, step.rhs, step.caught),
        step.number,
        step.line,
        side_of(step.lhs, alphabet),
        side_of(step.rhs, alphabet),
        caught_by(step.lhs, [tokens_of(one, alphabet) for one in step.caught]),
        tried=step.tried,
    )


def _that_have_room(rows: Sequence[Row]) -> int:
    """How many rows from the first on are shown."""
    held = 0
    for place, row in enumerate(rows):
        held += len(row.before) + len(row.after)
        if held > MOST_TOKENS:
            return place
    return len(rows)


def parting(old: Way, new: Way) -> int | None:
    """The first step, from 0, at which two ways are not the same; None where they never part.

    Another rule that does the same to the address is no parting.
    """
    both = zip_longest(old.rows, new.rows)
    return next(
        (n for n, (one, other) in enumerate(both) if one is None or other is None or one.effect != other.effect), None
    )


def is_same_end(old: Way, new: Way) -> bool:
    """Whether both ways come to the same result."""
    ends = [([token.text for token in way.result], way.status) for way in (old, new)]
    return ends[0] == ends[1]

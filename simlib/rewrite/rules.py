"""The rules of a sendmail.cf for one sendmail: read once, compiled ruleset by ruleset when one is first called."""

from collections import Counter
from collections.abc import Callable, Collection, Mapping
from functools import lru_cache
from typing import NamedTuple

from simlib.cf import Cf, marks
from simlib.cf import Rule as Written
from simlib.cf.expand import ValueOf, expanded
from simlib.cf.prescan import DEFAULT_OPERATORS, LONGEST_RULE, Alphabets, strip_quotes
from simlib.cf.rule_faults import MOST_OPERATORS
from simlib.rewrite.pattern import Classes, Match, Pattern, pattern
from simlib.rewrite.tokens import FULL, Tokens

MOST_RULESETS = 200
MODES = {marks.CANON_USER: 1, marks.CANON_HOST: 2}
MARKED = marks.NAMED | {marks.ANY, marks.SOME, marks.ONE, marks.CANON_HOST}  # no words on a left-hand side
AGAIN, ONCE, RETURN = 0, 1, 2  # what follows a rule that fired: the same rule, the next one, none

Part = str | int  # tokens as they are, a replacement's number, or a run-time macro's token


class Rule(NamedTuple):
    """A rule compiled. ``macros`` are the run-time macros of its left-hand side, ``parts`` its right-hand side.

    Without run-time macros in it, the right-hand side is also a ``template`` for what the ``groups`` caught.
    """

    lhs: list[str]
    rhs: list[str]
    line: int
    mode: int
    macros: tuple[str, ...]
    parts: tuple[Part, ...]
    template: str | None
    groups: tuple[int, ...]
    asks: bool  # maps
    calls: bool  # rulesets
    beyond: int | None  # the first replacement that no operator of the left-hand side is there for
    may_mix: bool  # upper case may come into a workspace that had none


class Ruleset(NamedTuple):
    """The rules of a set and their patterns; one that depends on run-time macros is made anew each time.

    With each pattern goes a token without which it is not worth a try, empty where there is none.
    """

    rules: tuple[Rule, ...]
    short: tuple[tuple[str, Match], ...]
    long: tuple[tuple[str, Match], ...]
    has_macros: bool


Scanned = tuple[str | None, tuple[str, ...]]  # a text as a workspace, and what is said of it


class Text:
    """What is the same for all hosts with one cf: alphabets, tokens, rules as tokens, patterns."""

    def __init__(self, cf: Cf) -> None:
        operators = str(cf["OperatorChars"]) if cf.is_set("OperatorChars") else _old_operators(cf)
        self.alphabets = Alphabets.of(operators)
        self.tokens = Tokens()
        self.blank = str(cf["BlankSub"])[:1] or " "
        self.sides: dict[str, tuple[str, ...]] = {}
        self.patterns: dict[tuple[object, ...], Pattern] = {}
        self.rules: dict[tuple[str, str, int], Rule] = {}  # by both sides, macros put in, and line
        self.outside: dict[
            str, tuple[str | None, tuple[str, ...]]
        ] = {}  # texts as workspaces, and what is said of them
        self.inside: dict[str, tuple[str | None, tuple[str, ...]]] = {}
        self.rule_alphabet = self.alphabets.of_rules(cf.version)

    def side(self, text: str) -> tuple[str, ...]:
        """One side of a rule, macros put in, as tokens."""
        if text not in self.sides:
            self.sides[text] = self.rule_alphabet.scan(text, "\t", ignore=True, longest=LONGEST_RULE).tokens or ()
        return self.sides[text]


def _old_operators(cf: Cf) -> str:
    return (cf.macros.get("o") if cf.version < 7 else None) or DEFAULT_OPERATORS


@lru_cache(maxsize=64)
def _text(cf: Cf) -> Text:
    return Text(cf)


class Rulesets:
    """The rulesets of one sendmail.

    ``defined`` are the macros that it had before it read the cf (``j``, ``w`` …), as marked text; ``words_of`` gives
    the words of a class.
    """

    def __init__(self, cf: Cf, defined: Mapping[str, str], words_of: Callable[[str], Collection[str]]) -> None:
        self.cf = cf
        self.text = _text(cf)
        if len(self.text.tokens) > FULL:
            _text.cache_clear()
            self.text = _text(cf)
        self.tokens = self.text.tokens
        self.defined = defined
        self.classes = Classes(self.tokens, self.text.alphabets.inside, words_of)
        self.generation = 0  # of classes and maps: what is remembered holds as long as it is the same
        self._compiled: dict[str, Ruleset] = {}
        self.calls: dict[str, tuple[str, Ruleset] | None] = {}
        self.names = Names(cf)

    def ruleset(self, name: str) -> Ruleset:
        """A ruleset by the name that it goes by; without rules where it is empty."""
        known = self._compiled.get(name)
        if known is None:
            rules = tuple(self._rule(written) for written in self.cf.rulesets.get(name, ()))
            patterns = [self._pattern(rule.lhs, (), _no_value) for rule in rules]
            needs = self._needs(rules)
            known = Ruleset(
                rules,
                tuple((need, one.short) for need, one in zip(needs, patterns, strict=True)),
                tuple((need, one.long) for need, one in zip(needs, patterns, strict=True)),
                any(rule.macros for rule in rules),
            )
            self._compiled[name] = known
        return known

    def called(self, token: str) -> tuple[str, Ruleset] | None:
        """The set that a token behind ``$>`` names, None where there is none; found once."""
        if token not in self.calls:
            name = self.names[strip_quotes(self.tokens.texts(token)[0])]
            self.calls[token] = None if name is None else (name, self.ruleset(name))
        return self.calls[token]

    def changed(self) -> None:
        """Classes have other words, or maps other content."""
        self.generation += 1
        self.classes.forget()
        self._compiled.clear()
        self.calls.clear()

    def match(self, rule: Rule, values: Callable[[str], str], long: bool) -> Match:
        """The pattern of a rule whose left-hand side holds run-time macros: one for each set of values."""
        given = tuple(values(name) for name in rule.macros)
        pattern = self._pattern(rule.lhs, given, values)
        return pattern.long if long else pattern.short

    def workspace(self, text: str, *, inside: bool = False) -> str | None:
        """A text as a workspace, if it is tokens at all: what maps answer, what macros hold."""
        return self.scanned(text, inside=inside)[0]

    def scanned(self, text: str, *, inside: bool = False) -> Scanned:
        """A text as a workspace, and what is wrong with it; ``inside`` it may hold marks."""
        known = self.text.inside if inside else self.text.outside
        if text not in known:
            alphabets = self.text.alphabets
            scan = (alphabets.inside if inside else alphabets.outside).scan(text)
            if len(known) > FULL // 10:
                known.clear()
            known[text] = (None if scan.tokens is None else self.tokens.workspace(scan.tokens), scan.said)
        return known[text]

    def joined(self, workspace: str, blank: str = "") -> str:
        """A workspace as text; ``blank`` goes between words, BlankSub where none is given."""
        if len(workspace) == 1:
            return self.tokens.texts(workspace)[0]
        return self.text.alphabets.inside.joined(self.tokens.texts(workspace), blank or self.text.blank)

    def _rule(self, written: Written) -> Rule:
        lhs, rhs = marks.marked(written.lhs), marks.marked(written.rhs)
        if marks.MACRO in lhs + rhs or marks.IF in lhs + rhs:
            value_of = _values(written.macros, self.defined)
            lhs, rhs = expanded(lhs, value_of), expanded(rhs, value_of)
        key = (lhs, rhs, written.line)
        if key not in self.text.rules:
            self.text.rules[key] = self._compiled_rule(*key)
        return self.text.rules[key]

    def _compiled_rule(self, left: str, right: str, line: int) -> Rule:
        lhs, rhs = list(self.text.side(left)), list(self.text.side(right))
        if sum(token[0] in marks.CATCHING for token in lhs) > MOST_OPERATORS:
            lhs = []  # as sendmail leaves it, which has complained when it began
        mode = MODES.get(rhs[0][0], AGAIN) if rhs else AGAIN
        parts = self._parts(rhs[1:] if mode else rhs)
        groups = tuple(part for part in parts if isinstance(part, int))
        caught = sum(token[0] in marks.CATCHING for token in lhs)
        asks = any(token in (marks.HOST_BEGIN, marks.MAP_BEGIN) for token in rhs)
        calls = marks.CALL in rhs
        plain = all(isinstance(part, int) or part[0] != marks.RUNTIME_MACRO for part in parts)
        return Rule(
            lhs,
            rhs,
            line,
            mode,
            tuple(marks.name_of(token) for token in lhs if token[0] == marks.RUNTIME_MACRO),
            parts,
            "".join("%s" if isinstance(part, int) else part for part in parts) if plain else None,
            groups,
            asks,
            calls,
            next((n for n in groups if not 0 < n <= caught), None),
            asks or calls or not plain or not self.tokens.mixed.isdisjoint(map(self.tokens.char, rhs)),
        )

    def _needs(self, rules: tuple[Rule, ...]) -> list[str]:
        """For each rule the word of its left-hand side that the fewest others of the set have."""
        words = [
            [self.tokens.lowered(self.tokens.char(token)) for token in rule.lhs if token[0] not in MARKED]
            for rule in rules
        ]
        common = Counter(word for row in words for word in set(row))
        return [min(row, key=common.__getitem__, default="") for row in words]

    def _pattern(self, lhs: list[str], given: tuple[str, ...], values: Callable[[str], str]) -> Pattern:
        named = (marks.name_of(token) for token in lhs if token[0] in (marks.IN_CLASS, marks.NOT_IN_CLASS))
        key = (tuple(lhs), given, tuple(self.classes.phrases(name) for name in named))
        patterns = self.text.patterns
        if key not in patterns:
            patterns[key] = pattern(lhs, self.tokens, self.classes, values)
        return patterns[key]

    def _parts(self, rhs: list[str]) -> tuple[Part, ...]:
        parts: list[Part] = []
        for token in rhs:
            if token[0] == marks.REPLACEMENT:
                parts.append(int(token[1]))
            elif token[0] == marks.RUNTIME_MACRO or not (parts and _is_fixed(parts[-1])):
                parts.append(token if token[0] == marks.RUNTIME_MACRO else self.tokens.char(token))
            else:
                parts[-1] = f"{parts[-1]}{self.tokens.char(token)}"
        return tuple(parts)


def _is_fixed(part: Part) -> bool:
    return isinstance(part, str) and part[0] != marks.RUNTIME_MACRO


def _no_value(name: str) -> str:
    return ""


def _values(first: Mapping[str, str], then: Mapping[str, str]) -> ValueOf:
    def value_of(name: str) -> str | None:
        return marks.marked(first[name]) if name in first else then.get(name)

    return value_of


class Names:
    """The names of rulesets, and their numbers: those without one are numbered from above, as they come in the text."""

    def __init__(self, cf: Cf) -> None:
        self._numbers: dict[str, int] = {}
        for number, name in cf.ruleset_numbers.items():
            self._numbers[name] = number
        self._by_number = {number: name for name, number in self._numbers.items()}
        following = MOST_RULESETS
        for name in cf.ruleset_order:
            if name not in self._numbers:
                if name.isdecimal():
                    self._numbers[name] = int(name)
                else:
                    following -= 1
                    self._numbers[name] = following
                self._by_number.setdefault(self._numbers[name], name)

    def __getitem__(self, name: str) -> str | None:
        """The name by which rules know a set that is called by name or number; None for one that is not known."""
        if name.isascii() and name.isdecimal():
            number = int(name)
            return self._by_number.get(number, str(number)) if number < MOST_RULESETS else None
        return name if name in self._numbers else None

    def number(self, name: str) -> int:
        """The number of a known set."""
        return self._numbers.get(name, int(name) if name.isdecimal() else -1)

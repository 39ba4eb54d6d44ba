"""What is wrong with a rule: marks where none may stand, replacements that nothing is there for [readcf.c, case R]."""

from collections.abc import Iterator, Mapping

from simlib.cf import marks
from simlib.cf.errors import Unreadable
from simlib.cf.expand import expanded
from simlib.cf.prescan import LONGEST_RULE, Alphabets
from simlib.language import phrase

MOST_OPERATORS = 9  # on a left-hand side; there are $1 to $9
MOST_ARGUMENTS = 10  # of a map, its key included
_NOT_LEFT = {
    marks.REPLACEMENT: "$1-$9",
    marks.CANON_USER: "$:",
    marks.CALL: "$>",
    marks.FI: "$.",
    marks.HOST_BEGIN: "$[",
    marks.HOST_END: "$]",
    marks.MAP_BEGIN: "$(",
    marks.MAP_END: "$)",
}
_ENDS = {marks.HOST_BEGIN: marks.HOST_END, marks.MAP_BEGIN: marks.MAP_END}
_ALPHABETS = Alphabets.of("")  # which characters are operators makes no difference to marks
_OF_EVERY_HOST = frozenset("jkmnvw")  # macros that have a value before the first line is read


def fault(lhs: str, rhs: str, macros: Mapping[str, str], level: int) -> Unreadable | None:
    """What sendmail finds wrong with the two sides of a rule, in its own words; None where all is well.

    ``macros`` are those that the lines before it define; ``level`` is that of the V line.
    """
    left, right = (_tokens(side, macros, level) for side in (lhs, rhs))
    caught = sum(token[0] in marks.CATCHING for token in left)
    found = [*_left(left, caught, lhs), *_right(right, caught)]
    if not found:
        return None
    problem, cure, _ = found[0]
    return Unreadable(problem, cure, said="\n".join(said for _, _, said in found))


def _tokens(side: str, macros: Mapping[str, str], level: int) -> tuple[str, ...]:
    """A side of a rule as it is kept: macros put in, conditions decided, and taken apart."""

    def value_of(name: str) -> str | None:
        return marks.marked(macros[name]) if name in macros else name if name in _OF_EVERY_HOST else None

    text = expanded(marks.marked(side), value_of)
    return _ALPHABETS.of_rules(level).scan(text, "\t", ignore=True, longest=LONGEST_RULE).tokens or ()


Fault = tuple[str, str, str]  # the problem and the cure in our words, and sendmail's


def _left(tokens: tuple[str, ...], caught: int, lhs: str) -> Iterator[Fault]:
    for token in tokens:
        if token[0] in _NOT_LEFT:
            sign = _NOT_LEFT[token[0]]
            yield (
                phrase("{sign} cannot stand on the left-hand side of a rule", sign=sign),
                phrase("there it is $* $+ $- $=x $~x $@, words and operators"),
                f"Inappropriate use of {sign} on LHS",
            )
    if not tokens and not lhs.strip().startswith("$"):
        yield phrase("null left-hand side"), phrase("write a pattern before the tab"), "R line: null LHS"
    if caught > MOST_OPERATORS:
        yield (
            phrase("{caught} operators on a left-hand side", caught=caught),
            phrase("there are $1 to ${most} for them: use two rules", most=MOST_OPERATORS),
            "R line: too many wildcards",
        )


def _right(tokens: tuple[str, ...], caught: int) -> Iterator[Fault]:
    inside, arguments = "", 0
    for token in tokens:
        mark = token[0]
        if mark == marks.REPLACEMENT and not 0 < int(token[1]) <= caught:
            yield (
                phrase("replacement ${number} out of bounds", number=token[1]),
                phrase("the left-hand side has {caught} operators, so $1 to ${caught} are there", caught=caught)
                if caught
                else phrase("the left-hand side has no operator that would catch anything"),
                f"replacement ${token[1]} out of bounds",
            )
        elif mark in marks.CATCHING:
            sign = marks.written(mark)
            yield (
                phrase("{sign} cannot stand on the right-hand side of a rule", sign=sign),
                phrase("what it caught on the left is $1, $2 …"),
                f"Inappropriate use of {sign} on RHS",
            )
        elif mark == marks.CANON_HOST and inside:
            arguments += 1
            if arguments >= MOST_ARGUMENTS:
                yield phrase("too many arguments of a map"), phrase("at most nine"), "too many arguments for map lookup"
        elif mark in _ENDS:
            if inside:
                yield (
                    phrase("a look-up inside a look-up"),
                    phrase("do the inner one in a rule of its own before"),
                    "cannot nest map lookups",
                )
            inside, arguments = _ENDS[mark], 0
        elif mark == inside:
            inside = ""
    if inside:
        sign = marks.written(inside)
        yield (
            phrase("a look-up without its {sign}", sign=sign),
            phrase("put {sign} behind it", sign=sign),
            "missing map closing token",
        )

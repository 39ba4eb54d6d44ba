"""What is wrong with a rule: marks where none may stand, replacements that nothing is there for [readcf.c, case R]."""

import re
from collections.abc import Iterator

from simlib.cf import marks
from simlib.cf.errors import Unreadable
from simlib.language import phrase

MOST_OPERATORS = 9  # on a left-hand side; there are $1 to $9
MOST_ARGUMENTS = 10  # of a map, its key included
CATCHING = {marks.ANY: "$*", marks.SOME: "$+", marks.ONE: "$-", marks.IN_CLASS: "$=", marks.NOT_IN_CLASS: "$~"}
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
COMMENTS_STAY_SINCE = 9  # V level
_COMMENT = re.compile(r"\([^()]*\)")
_ENDS = {marks.HOST_BEGIN: marks.HOST_END, marks.MAP_BEGIN: marks.MAP_END}
# a string in quotes is one token, whatever it holds; of a condition its parts stay
_TOKEN = re.compile(
    rf'"(?:[^"\\]|\\.)*"?|[{marks.IF}{marks.MACRO}{marks.IN_CLASS}{marks.NOT_IN_CLASS}{marks.RUNTIME_MACRO}]{marks.NAME}'
    rf"|{marks.REPLACEMENT}[0-9]|\S",
    re.DOTALL,
)


def fault(lhs: str, rhs: str, level: int) -> Unreadable | None:
    """What sendmail finds wrong with the two sides of a rule, in its own words; None where all is well.

    ``level`` is that of the V line: below 9, what stands in parentheses is a comment.
    """
    left, right = (_tokens(marks.marked(side), level) for side in (lhs, rhs))
    left = [token for token in left if token[0] not in (marks.IF, marks.MACRO)]
    caught = sum(token[0] in CATCHING for token in left)
    found = [*_left(left, caught, lhs), *_right(right, caught)]
    if not found:
        return None
    problem, cure, _ = found[0]
    return Unreadable(problem, cure, said="\n".join(said for _, _, said in found))


def _tokens(text: str, level: int) -> list[str]:
    while level < COMMENTS_STAY_SINCE and _COMMENT.search(text):
        text = _COMMENT.sub(" ", text)
    return _TOKEN.findall(text)


Fault = tuple[str, str, str]  # the problem and the cure in our words, and sendmail's


def _left(tokens: list[str], caught: int, lhs: str) -> Iterator[Fault]:
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


def _right(tokens: list[str], caught: int) -> Iterator[Fault]:
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
        elif mark in CATCHING:
            sign = CATCHING[mark]
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

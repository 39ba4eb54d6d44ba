"""Tokens of rules and workspaces as they are coloured: words, operators, marks, and what an operator has caught."""

from collections.abc import Sequence
from typing import NamedTuple

from simlib.cf.prescan import Alphabet, Type

WORD, OPERATOR, MARK, CATCHES, MACRO, QUOTED = "word", "operator", "mark", "catches", "macro", "quoted"
_MARKS = frozenset(("$#", "$@", "$:", "$>", "$|", "$[", "$]", "$(", "$)"))
_CATCHING = ("$*", "$+", "$-", "$=", "$~")
_PUT_IN = ("$[", "$(", "$>", "$&")  # what stands there later is not what is written there


class Token(NamedTuple):
    """A token: its text, what it is, and the operator that caught it (1 for ``$1``), 0 for none."""

    text: str
    kind: str
    group: int = 0


class Caught(NamedTuple):
    """What an operator of a left-hand side caught, by the name that it has on the right-hand side."""

    name: str
    operator: str
    tokens: tuple[Token, ...]


def tokens_of(texts: Sequence[str], alphabet: Alphabet) -> tuple[Token, ...]:
    """The tokens of a workspace with what each of them is.

    >>> [token.kind for token in tokens_of(["$#", "local", "$:", "taro", "@"], Alphabet("@.", comments=False))]
    ['mark', 'word', 'mark', 'word', 'operator']
    """
    return tuple(Token(text, _kind_of(text, alphabet)) for text in texts)


def side_of(texts: Sequence[str], alphabet: Alphabet) -> tuple[Token, ...]:
    """The tokens of one side of a rule; ``$1`` is of group 1, and so is the first operator that catches something.

    >>> [(token.kind, token.group) for token in side_of(["$+", "@", "$=w"], Alphabet("@.", comments=False))]
    [('catches', 1), ('operator', 0), ('catches', 2)]
    """
    tokens, catching = [], 0
    for text in texts:
        replaced = _replacement(text)
        if text.startswith(_CATCHING):
            catching += 1
        group = replaced or (catching if text.startswith(_CATCHING) else 0)
        kind = CATCHES if group else MACRO if text.startswith("$&") else _kind_of(text, alphabet)
        tokens.append(Token(text, kind, group))
    return tuple(tokens)


def _kind_of(text: str, alphabet: Alphabet) -> str:
    if text in _MARKS:
        return MARK
    if text.startswith('"'):
        return QUOTED
    return OPERATOR if len(text) == 1 and alphabet.type_of(text) is Type.OPERATOR else WORD


def _replacement(text: str) -> int:
    """The number of a ``$1``, 0 for what is none."""
    return int(text[1]) if len(text) == 2 and text[0] == "$" and text[1] in "123456789" else 0


def caught_by(lhs: Sequence[str], caught: Sequence[tuple[Token, ...]]) -> tuple[Caught, ...]:
    """What each operator of a left-hand side caught."""
    operators = [text for text in lhs if text.startswith(_CATCHING)]
    pairs = enumerate(zip(operators, caught, strict=False), 1)
    return tuple(
        Caught(f"${n}", operator, tuple(token._replace(group=n) for token in tokens)) for n, (operator, tokens) in pairs
    )


def before_rule(workspace: Sequence[Token], lhs: Sequence[str], caught: Sequence[Sequence[str]]) -> tuple[Token, ...]:
    """A workspace with each token marked by the operator that caught it; unmarked where that cannot be told."""
    fixed = [text for text in lhs if not text.startswith(_CATCHING) and text != "$@"]
    macros = sum(text.startswith("$&") for text in fixed)
    spare = len(workspace) - (len(fixed) - macros) - sum(map(len, caught))  # tokens that came from run-time macros
    if spare < 0 or (macros != 1 and spare):
        return _unmarked(workspace)
    groups: list[int] = []
    operator = 0
    for text in lhs:
        if text.startswith(_CATCHING):
            many = len(caught[operator]) if operator < len(caught) else 0
            operator += 1
            groups += [operator] * many
        elif text != "$@":
            groups += [0] * (spare if text.startswith("$&") else 1)
    return _marked(workspace, groups)


def after_rule(workspace: Sequence[Token], rhs: Sequence[str], caught: Sequence[Sequence[str]]) -> tuple[Token, ...]:
    """The workspace that a rule made, each token marked by the operator of which it has come.

    What a map or a ruleset gave is unmarked: it is new. Behind it, only what follows a map can be told again.
    """
    written = list(rhs[1:] if rhs and rhs[0] in ("$:", "$@") else rhs)
    front = _groups(written, caught)
    if len(front) == len(workspace) and not any(text.startswith(_PUT_IN) for text in written):
        return _marked(workspace, front)
    put_in = next((n for n, text in enumerate(written) if text.startswith(_PUT_IN)), len(written))
    front = _groups(written[:put_in], caught)
    back: list[int] = []
    if "$>" not in written:
        last = next((n for n in range(len(written), 0, -1) if written[n - 1].startswith((*_PUT_IN, "$]", "$)"))), 0)
        back = _groups(written[last:], caught)
    between = len(workspace) - len(front) - len(back)
    return _marked(workspace, [*front, *([0] * between), *back]) if between >= 0 else _unmarked(workspace)


def _groups(written: Sequence[str], caught: Sequence[Sequence[str]]) -> list[int]:
    groups: list[int] = []
    for text in written:
        n = _replacement(text)
        groups += [n] * len(caught[n - 1]) if 0 < n <= len(caught) else [0]
    return groups


def _marked(workspace: Sequence[Token], groups: Sequence[int]) -> tuple[Token, ...]:
    return tuple(token._replace(group=group) for token, group in zip(workspace, groups, strict=True))


def _unmarked(workspace: Sequence[Token]) -> tuple[Token, ...]:
    return tuple(token._replace(group=0) for token in workspace)

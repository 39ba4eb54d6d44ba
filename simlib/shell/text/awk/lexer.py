"""A program of awk as tokens."""

import re
from typing import NamedTuple

from simlib.shell.text.formatted import PLAIN

KEYWORDS = frozenset(
    {
        *("BEGIN", "END", "function", "func", "if", "else", "while", "for", "do", "break", "continue", "next"),
        *("nextfile", "exit", "return", "delete", "in", "getline", "print", "printf"),
    }
)
FUNCTIONS = frozenset(
    {
        *("length", "substr", "index", "split", "sub", "gsub", "gensub", "match", "tolower", "toupper", "sprintf"),
        *("int", "sqrt", "exp", "log", "sin", "cos", "atan2", "rand", "srand", "and", "or", "xor"),
        *("system", "close", "fflush", "strftime", "systime"),
    }
)
_OPERATORS = (
    "**=", "&&", "||", "==", "!=", "<=", ">=", ">>", "++", "--", "+=", "-=", "*=", "/=", "%=", "^=", "**", "!~",
    "{", "}", "(", ")", "[", "]", ";", "\n", ",", "+", "-", "*", "/", "%", "^", "!", "<", ">",
    "|", "?", ":", "~", "$", "=",
)  # fmt: skip
_NUMBER = re.compile(r"0[xX][0-9a-fA-F]+|(?:[0-9]+\.?[0-9]*|\.[0-9]+)(?:[eE][-+]?[0-9]+)?")
_NAME = re.compile(r"[A-Za-z_][A-Za-z0-9_]*")
# behind these a slash divides; elsewhere it begins a regular expression
_DIVIDES = (")", "]", "$", "++", "--")


class BadProgram(Exception):
    """A program that cannot be read, or does what is not known here."""


class Token(NamedTuple):
    """``kind``: number, string, regex, name, call (a name and its bracket), function, keyword, operator, end."""

    kind: str
    text: str
    line: int


def tokens(program: str) -> list[Token]:
    """All of a program."""
    found: list[Token] = []
    at, line = 0, 1
    while at < len(program):
        char = program[at]
        if char in " \t\r":
            at += 1
        elif program.startswith("\\\n", at):
            at, line = at + 2, line + 1
        elif char == "#":
            end = program.find("\n", at)
            at = len(program) if end < 0 else end
        elif char == '"':
            text, at = _string(program, at + 1, line)
            found.append(Token("string", text, line))
        elif char == "/" and not _is_value(found):
            text, at = _regex(program, at + 1, line)
            found.append(Token("regex", text, line))
        else:
            token = _other(program, at, line)
            found.append(token)
            at += len(token.text)
            line += token.text == "\n"
    found.append(Token("end", "end of program", line))
    return found


def _is_value(found: list[Token]) -> bool:
    """Whether what stands before can be divided."""
    if not found:
        return False
    last = found[-1]
    return (
        last.kind in ("number", "string", "name")
        or last.text in _DIVIDES
        or (last.kind == "function" and last.text == "length")
    )


def _other(program: str, at: int, line: int) -> Token:
    number = _NUMBER.match(program, at)
    if number is not None:
        return Token("number", number[0], line)
    name = _NAME.match(program, at)
    if name is not None:
        text = name[0]
        if text in KEYWORDS:
            return Token("keyword", text, line)
        if text in FUNCTIONS:
            return Token("function", text, line)
        return Token("call" if program[name.end() : name.end() + 1] == "(" else "name", text, line)
    operator = next((one for one in _OPERATORS if program.startswith(one, at)), "")
    if not operator:
        raise BadProgram(f"line {line}: unexpected character '{program[at]}'")
    return Token("operator", operator, line)


def _string(program: str, at: int, line: int) -> tuple[str, int]:
    parts: list[str] = []
    while at < len(program) and program[at] not in '"\n':
        char = program[at]
        if char != "\\" or at + 1 >= len(program):
            parts.append(char)
            at += 1
            continue
        octal = re.compile(r"[0-7]{1,3}").match(program, at + 1)
        if octal is not None:
            parts.append(chr(int(octal[0], 8) & 0xFF))
            at = octal.end()
        else:
            following = program[at + 1]
            parts.append(
                "" if following == "\n" else PLAIN.get(following, f"\\{following}") if following != "e" else "\\e"
            )
            at += 2
    if at >= len(program) or program[at] != '"':
        raise BadProgram(f"line {line}: unterminated string")
    return "".join(parts), at + 1


def _regex(program: str, at: int, line: int) -> tuple[str, int]:
    parts: list[str] = []
    bracket = False
    while at < len(program) and (program[at] != "/" or bracket) and program[at] != "\n":
        char = program[at]
        if char == "\\":
            following = program[at + 1 : at + 2]
            parts.append("/" if following == "/" else char + following)
            at += 2
            continue
        if char == "[" and not bracket:
            bracket = True
            parts.append(char)
            if program[at + 1 : at + 2] == "^":
                parts.append("^")
                at += 1
            if program[at + 1 : at + 2] == "]":
                parts.append("]")
                at += 1
        else:
            bracket = bracket and char != "]"
            parts.append(char)
        at += 1
    if at >= len(program) or program[at] != "/":
        raise BadProgram(f"line {line}: unterminated regular expression")
    return "".join(parts), at + 1

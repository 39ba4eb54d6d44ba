"""What is done with lines of text: ``grep``, ``sort``, ``uniq``, ``wc``."""

import re
from itertools import groupby
from typing import TYPE_CHECKING

from simlib.shell.answer import Command, Failed
from simlib.shell.files import read

if TYPE_CHECKING:
    from simlib.shell.shell import Shell

NO_MATCH, TROUBLE = 1, 2  # exit statuses of grep
_CLASSES = {
    "alnum": "a-zA-Z0-9",
    "alpha": "a-zA-Z",
    "blank": r" \t",
    "digit": "0-9",
    "lower": "a-z",
    "upper": "A-Z",
    "punct": r"!-/:-@\[-`{-~",
    "space": r"\s",
    "xdigit": "0-9A-Fa-f",
}  # [:names:] of POSIX, in the locale C
_OTHERWISE = "+?{}()|"  # characters that mean something with a backslash in a basic expression, without in an extended


def grep(shell: "Shell", arguments: list[str], stdin: str) -> str:
    """``grep [-civoE] pattern [file…]``: the lines that match a basic regular expression, or (``-E``) an extended one.

    ``-i`` without regard to case, ``-v`` those that do not, ``-o`` only what matches, ``-c`` how many.
    """
    options, words = _options("grep", "civoE", arguments)
    if not words:
        raise Failed("usage: grep [-civoE] pattern [file...]", TROUBLE)
    pattern, *paths = words
    wanted = _compiled(pattern if "E" in options else _extended(pattern), "i" in options)
    found, any_line = [], False
    for path in paths or [""]:
        lines = [
            line
            for line in _searched(shell, path, stdin).splitlines()
            if (wanted.search(line) is None) == ("v" in options)
        ]
        any_line |= bool(lines)
        if "c" in options:
            lines = [str(len(lines))]
        elif "o" in options:
            lines = [match[0] for line in lines for match in wanted.finditer(line) if match[0]]
        found += [f"{path}:{line}" if len(paths) > 1 else line for line in lines]
    if not any_line:
        raise Failed("\n".join(found), NO_MATCH)
    return "\n".join(found) + "\n"


def sort(shell: "Shell", arguments: list[str], stdin: str) -> str:
    """``sort [-nr] [file]``: the lines in order, of the numbers that they begin with (``-n``), reversed (``-r``)."""
    options, words = _options("sort", "nr", arguments)
    lines = _text(shell, "sort", words, stdin).splitlines()

    def key(line: str) -> tuple[float, str]:
        return (_number(line) if "n" in options else 0.0, line)

    return "".join(f"{line}\n" for line in sorted(lines, key=key, reverse="r" in options))


def uniq(shell: "Shell", arguments: list[str], stdin: str) -> str:
    """``uniq [-c] [file]``: each line once where it is repeated; ``-c`` with how often."""
    options, words = _options("uniq", "c", arguments)
    lines = _text(shell, "uniq", words, stdin).splitlines()
    counted = [(len(list(same)), line) for line, same in groupby(lines)]
    return "".join(f"{count:7d} {line}\n" if "c" in options else f"{line}\n" for count, line in counted)


def wc(shell: "Shell", arguments: list[str], stdin: str) -> str:
    """``wc [-lwc] [file]``: how many lines, words and bytes."""
    options, words = _options("wc", "lwc", arguments)
    text = _text(shell, "wc", words, stdin)
    counts = {"l": text.count("\n"), "w": len(text.split()), "c": len(text.encode())}
    shown = [str(count) for letter, count in counts.items() if letter in (options or "lwc")]
    return " ".join([*shown, *words])


COMMANDS: dict[str, Command] = {"grep": grep, "sort": sort, "uniq": uniq, "wc": wc}


def _searched(shell: "Shell", path: str, stdin: str) -> str:
    try:
        return read(shell, "grep", path) if path else stdin
    except Failed as failure:
        raise Failed(failure.text, TROUBLE) from None


def _options(name: str, known: str, arguments: list[str]) -> tuple[str, list[str]]:
    """The letters behind ``-``, as long as words begin so, and the other words."""
    words, options = list(arguments), ""
    while words and words[0].startswith("-") and len(words[0]) > 1:
        word = words.pop(0)
        if word == "--":
            break
        options += word[1:]
    unknown = next((letter for letter in options if letter not in known), "")
    if unknown:
        raise Failed(f"{name}: invalid option -- '{unknown}': here it knows -{known}", TROUBLE)
    return options, words


def _text(shell: "Shell", name: str, words: list[str], stdin: str) -> str:
    if len(words) > 1:
        raise Failed(f"{name}: one file at a time")
    return read(shell, name, words[0]) if words else stdin


def _number(line: str) -> float:
    """The number at the beginning of a line; 0 where there is none."""
    match = re.match(r"\s*-?\d+(?:\.\d+)?", line)
    return float(match[0]) if match else 0.0


def _extended(pattern: str) -> str:
    """A basic regular expression (POSIX) as an extended one.

    >>> _extended(r"stat=Sent (\\(.*\\))")
    'stat=Sent \\\\((.*)\\\\)'
    """
    pieces = re.findall(r"\\.|\[\]?[^]]*\]|.", pattern)
    turned = {**{one: f"\\{one}" for one in _OTHERWISE}, **{f"\\{one}": one for one in _OTHERWISE}}
    return "".join(turned.get(piece, piece) for piece in pieces)


def _compiled(pattern: str, any_case: bool) -> re.Pattern[str]:
    try:
        known = re.sub(r"\[:(\w+):\]", lambda name: _CLASSES.get(name[1], name[0]), pattern)
        return re.compile(re.sub(r"\\[<>]", r"\\b", known), re.IGNORECASE if any_case else 0)
    except re.error as problem:
        raise Failed(f"grep: {pattern}: {problem.msg}", TROUBLE) from None

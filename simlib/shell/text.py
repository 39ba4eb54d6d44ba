"""What is done with lines of text: ``grep``, ``sort``, ``uniq``, ``wc``."""

import re
from itertools import groupby

from simlib.message.octets import as_bytes
from simlib.regex import Regex, RegexError
from simlib.shell.answer import Command, Failed, lines_of, options_of
from simlib.shell.files import read
from simlib.shell.login import Login

NO_MATCH, TROUBLE = 1, 2  # exit statuses of grep


def grep(shell: Login, arguments: list[str], stdin: str) -> str:
    """``grep [-civoE] pattern [file…]``: the lines that match a basic regular expression, or (``-E``) an extended one.

    ``-i`` without regard to case, ``-v`` those that do not, ``-o`` only what matches, ``-c`` how many.
    """
    options, words = options_of("grep", "civoE", arguments, TROUBLE)
    if not words:
        raise Failed("usage: grep [-civoE] pattern [file...]", TROUBLE)
    pattern, *paths = words
    wanted = _compiled(pattern, "E" in options, "i" in options)
    found, any_line = [], False
    sources: list[str | None] = [*paths] or [None]
    for path in sources:
        lines = [line for line in lines_of(_searched(shell, path, stdin)) if wanted.matches(line) != ("v" in options)]
        any_line |= bool(lines)
        if "c" in options:
            lines = [str(len(lines))]
        elif "o" in options:
            lines = [part for line in lines for match in wanted.find_all(line) if (part := match.group())]
        found += [f"{path}:{line}" if len(paths) > 1 else line for line in lines]
    if not any_line:
        raise Failed("\n".join(found), NO_MATCH)
    return "".join(f"{line}\n" for line in found)


def sort(shell: Login, arguments: list[str], stdin: str) -> str:
    """``sort [-nr] [file]``: the lines in order, of the numbers that they begin with (``-n``), reversed (``-r``)."""
    options, words = options_of("sort", "nr", arguments, TROUBLE)
    lines = lines_of(_text(shell, "sort", words, stdin))

    def key(line: str) -> tuple[float, str]:
        return (_number(line) if "n" in options else 0.0, line)

    return "".join(f"{line}\n" for line in sorted(lines, key=key, reverse="r" in options))


def uniq(shell: Login, arguments: list[str], stdin: str) -> str:
    """``uniq [-c] [file]``: each line once where it is repeated; ``-c`` with how often."""
    options, words = options_of("uniq", "c", arguments)
    lines = lines_of(_text(shell, "uniq", words, stdin))
    counted = [(len(list(same)), line) for line, same in groupby(lines)]
    return "".join(f"{count:7d} {line}\n" if "c" in options else f"{line}\n" for count, line in counted)


def wc(shell: Login, arguments: list[str], stdin: str) -> str:
    """``wc [-lwc] [file]``: how many lines, words and bytes."""
    options, words = options_of("wc", "lwc", arguments)
    text = _text(shell, "wc", words, stdin)
    counts = {"l": text.count("\n"), "w": len(re.findall(r"[^ \t\n\v\f\r]+", text)), "c": len(as_bytes(text))}
    shown = [str(count) for letter, count in counts.items() if letter in (options or "lwc")]
    return " ".join([*shown, *words])


COMMANDS: dict[str, Command] = {"grep": grep, "sort": sort, "uniq": uniq, "wc": wc}


def _searched(shell: Login, path: str | None, stdin: str) -> str:
    try:
        return stdin if path is None else read(shell, "grep", path)
    except Failed as failure:
        raise Failed(failure.text, TROUBLE) from None


def _text(shell: Login, name: str, words: list[str], stdin: str) -> str:
    if len(words) > 1:
        raise Failed(f"{name}: one file at a time")
    return read(shell, name, words[0]) if words else stdin


def _number(line: str) -> float:
    """The number at the beginning of a line; 0 where there is none."""
    match = re.match(r"[ \t]*-?[0-9]+(?:\.[0-9]+)?", line)
    return float(match[0]) if match else 0.0


def _compiled(pattern: str, extended: bool, any_case: bool) -> Regex:
    """The lines of a pattern are patterns of their own, one of which has to match."""
    try:
        for line in pattern.split("\n"):
            wanted = Regex(line, extended, any_case)
        either = "|" if extended else r"\|"
        return Regex(pattern.replace("\n", either), extended, any_case) if "\n" in pattern else wanted
    except RegexError as problem:
        raise Failed(f"grep: {problem}", TROUBLE) from None

"""What ``sh -c`` makes of the command of an alias or a .forward file: how it ends, after how long, and with what words.

A command is whatever somebody wrote. Simplified: what programs print is not known, so that substitutions are empty; of
the shell's own words only those are here that such commands are made of, and not ``if``, ``while``, ``for``, ``case``.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from errno import ENOENT
from posixpath import dirname
from typing import NamedTuple

from simlib.site.host import Host
from simlib.site.programs import EX_OK, EX_TEMPFAIL, NOT_FOUND, NOT_RUN, Command
from simlib.site.steps import Steps

BAD_SYNTAX = 2  # how dash ends where it cannot go on
LARGEST = 2**31 - 1  # of a number behind exit
DEEPEST = 50  # commands within commands; nobody writes more
BLANKS, NEWLINE = " \t", "\n"
OPERATORS = (";;", "&&", "||", ">>", ";", "&", "|", "(", ")", "<", ">", NEWLINE)  # the longer ones first
SEQUENCE = (";", "&", "&&", "||", NEWLINE)
RESERVED = {"if": "then", "while": "do", "until": "do", "for": "do", "case": "in"}
END_OF_FILE = "end of file unexpected"


class Ended(NamedTuple):
    """The exit status, the seconds that it ran, and what the shell complained of."""

    status: int
    seconds: float
    words: tuple[str, ...]


class _Stop(Exception):
    """The shell ends here."""

    def __init__(self, status: int) -> None:
        self.status = status


class _Word(NamedTuple):
    """A word with its quotes taken off; ``plain`` if there were none. ``inner``: the commands that it substitutes."""

    text: str
    plain: bool
    inner: tuple[str, ...] = ()


def run(host: Host, line: str) -> Steps[Ended]:
    """Run a command line on a host; a process step that takes as long as its files keep it waiting."""
    shell = _Shell(host)
    try:
        status = yield from shell.run(line, 0)
    except _Stop as stop:
        status = stop.status
    return Ended(status, shell.seconds, tuple(shell.words))


def cut(line: str) -> list[_Word | str]:
    """A line as words and operators; ``_Stop`` is raised through :class:`SyntaxError` with what dash says.

    >>> [one if isinstance(one, str) else one.text for one in cut("cat 'a b'>x; exit 3 # why")]
    ['cat', 'a b', '>', 'x', ';', 'exit', '3']
    """
    found: list[_Word | str] = []
    at = 0
    while at < len(line):
        operator = next((one for one in OPERATORS if line.startswith(one, at)), "")
        if operator:
            found.append(operator)
            at += len(operator)
        elif line[at] in BLANKS:
            at += 1
        elif line[at] == "#":
            end = line.find(NEWLINE, at)
            at = len(line) if end < 0 else end
        else:
            word, at = _word(line, at)
            found.append(word)
    return found


def _word(line: str, at: int) -> tuple[_Word, int]:
    text: list[str] = []
    inner: list[str] = []
    plain = True
    while at < len(line) and line[at] not in BLANKS and not line.startswith(OPERATORS, at):
        one = line[at]
        if one in "'`":
            end = _closed(line, at + 1, one)
            (inner if one == "`" else text).append(line[at + 1 : end])
            plain, at = False, end + 1
        elif one == '"':
            end = _closed(line, at + 1, one)
            text.append(line[at + 1 : end].replace("\\", ""))
            plain, at = False, end + 1
        elif line.startswith("$(", at):
            end = _closed(line, at + 2, ")")
            inner.append(line[at + 2 : end])
            plain, at = False, end + 1
        else:
            if one == "\\":
                at, plain = at + 1, False
            text.append(line[at : at + 1])
            at += 1
    return _Word("".join(text), plain, tuple(inner)), at


def _closed(line: str, at: int, end: str) -> int:
    """Where what was opened is closed again."""
    while at < len(line) and line[at] != end:
        at += 2 if line[at] == "\\" and end == '"' else 1
    if at >= len(line):
        raise SyntaxError("Unterminated quoted string" if end in "'\"" else f'{END_OF_FILE} (expecting "{end}")')
    return at


@dataclass(slots=True)
class _Shell:
    """A shell at work."""

    host: Host
    seconds: float = 0.0
    words: list[str] = field(default_factory=list)

    def run(self, line: str, depth: int) -> Steps[int]:
        """All commands of a line; the status of the last one."""
        try:
            tokens = cut(line)
            if depth > DEEPEST:
                raise SyntaxError("Maximum function recursion depth (1000) reached")
            status = 0
            while tokens:
                status, tokens = yield from self._pipeline(tokens, status, depth)
        except SyntaxError as wrong:
            self._says(f"Syntax error: {wrong.msg}")
            raise _Stop(BAD_SYNTAX) from None
        return status

    def _pipeline(self, tokens: list[_Word | str], status: int, depth: int) -> Steps[tuple[int, list[_Word | str]]]:
        """One pipeline, and what is left behind it; the status is that of its last command."""
        while True:
            end = _end_of_command(tokens)
            command, rest = tokens[:end], tokens[end:]
            if not command and not (rest and rest[0] == NEWLINE):
                raise SyntaxError(f'"{rest[0]}" unexpected')
            last = not rest or rest[0] != "|"
            status = yield from self._command(command, status, depth, alone=last)
            if last:
                break
            tokens = rest[1:]
            if not tokens:
                raise SyntaxError(END_OF_FILE)
        joined, rest = (rest[0], rest[1:]) if rest else (";", [])
        if joined not in SEQUENCE:
            raise SyntaxError(f'"{joined}" unexpected')
        if joined in ("&&", "||"):
            if not rest:
                raise SyntaxError(END_OF_FILE)
            while rest and (status == 0) != (joined == "&&"):  # that one is passed over
                end = _end_of_pipeline(rest)
                joined, rest = (str(rest[end]), rest[end + 1 :]) if end < len(rest) else (";", [])
                if joined not in ("&&", "||"):
                    break
        return (0 if joined == "&" else status), rest

    def _command(self, tokens: list[_Word | str], status: int, depth: int, alone: bool) -> Steps[int]:
        """A simple command, or one in brackets. In a pipe that goes on, ``exit`` ends only its own part."""
        if not tokens:
            return status
        first = tokens[0]
        if isinstance(first, _Word) and first == _Word("!", True):
            if len(tokens) == 1:
                raise SyntaxError(END_OF_FILE)
            return int((yield from self._command(tokens[1:], status, depth, alone)) == 0)
        if first == "(" or first == _Word("{", True):
            return (yield from self._group(tokens, depth, apart=first == "(" or not alone))
        if isinstance(first, _Word) and first.plain and first.text in RESERVED:
            raise SyntaxError(f'{END_OF_FILE} (expecting "{RESERVED[first.text]}")')
        words, missing = self._redirected(tokens)
        if missing:
            return BAD_SYNTAX
        for inner in (one for word in words for one in word.inner):
            status = yield from self._apart(inner, depth)
        texts = [word.text for word in words if word.text or not word.inner]
        while texts and _is_assignment(texts[0]):
            texts.pop(0)
            status = EX_OK if not any(word.inner for word in words) else status
        if not texts:
            return status
        try:
            return (yield from self._simple(texts, status, depth))
        except _Stop as stop:
            if alone:
                raise
            return stop.status

    def _group(self, tokens: list[_Word | str], depth: int, apart: bool) -> Steps[int]:
        closing: _Word | str = ")" if tokens[0] == "(" else _Word("}", True)
        if tokens[-1] != closing:
            raise SyntaxError(f'{END_OF_FILE} (expecting "{closing if isinstance(closing, str) else closing.text}")')
        rest, status = tokens[1:-1], 0
        try:
            while rest:
                status, rest = yield from self._pipeline(rest, status, depth + 1)
        except _Stop as stop:
            if not apart:
                raise
            return stop.status
        return status

    def _apart(self, line: str, depth: int) -> Steps[int]:
        """A shell of its own."""
        try:
            return (yield from self.run(line, depth + 1))
        except _Stop as stop:
            return stop.status

    def _redirected(self, tokens: Sequence[_Word | str]) -> tuple[list[_Word], bool]:
        """The words without redirections, and whether one of these failed."""
        words: list[_Word] = []
        left = list(tokens)
        while left:
            token = left.pop(0)
            if isinstance(token, _Word):
                words.append(token)
                continue
            if token not in ("<", ">", ">>"):
                raise SyntaxError(f'"{token}" unexpected')
            if not left or not isinstance(left[0], _Word):
                raise SyntaxError(f'"{left[0]}" unexpected' if left else END_OF_FILE)
            target = left.pop(0)
            assert isinstance(target, _Word)  # looked at just now
            if self._cannot_open(target.text, for_reading=token == "<"):
                return words, True
        return words, False

    def _cannot_open(self, path: str, for_reading: bool) -> bool:
        whole = path if path.startswith("/") else f"/{path}"
        node, above = self.host.files.find(whole), self.host.files.find(dirname(whole))
        if whole in ("/dev/null", "/dev/stdout", "/dev/stderr") or path.startswith("&"):
            return False
        if for_reading and node is None:
            self._says(f"cannot open {path}: No such file")
        elif not for_reading and above is None:
            self._says(f"cannot create {path}: Directory nonexistent")
        elif not for_reading and node is not None and node.directory:
            self._says(f"cannot create {path}: Is a directory")
        else:
            return False
        return True

    def _simple(self, texts: list[str], status: int, depth: int) -> Steps[int]:
        name, *arguments = texts
        if name in ("exit", "return"):
            raise _Stop(self._number(name, arguments, status))
        if name == "exec":
            raise _Stop((yield from self._simple(arguments, status, depth)) if arguments else EX_OK)
        if name == "kill" and "$$" in arguments:
            raise _Stop(EX_TEMPFAIL)  # ended by a signal, which sendmail takes for a failure that passes
        if name in (":", "echo", "true", "umask", "set", "export"):
            return EX_OK
        if name in ("test", "["):
            return self._test(name, arguments)
        if name in ("cd", "."):
            return self._goes(name, arguments)
        if name.rpartition("/")[2] in ("sh", "dash", "bash") and arguments[:1] == ["-c"] and len(arguments) > 1:
            return (yield from self._apart(arguments[1], depth))
        return (yield from self._program(name))

    def _number(self, name: str, arguments: list[str], status: int) -> int:
        """What ``exit n`` ends with."""
        if not arguments:
            return status
        if not (arguments[0].isascii() and arguments[0].isdecimal()) or int(arguments[0][:12]) > LARGEST:
            self._says(f"{name}: Illegal number: {arguments[0]}")
            return BAD_SYNTAX
        return int(arguments[0]) & 0xFF

    def _test(self, name: str, arguments: list[str]) -> int:
        if name == "[" and arguments[-1:] != ["]"]:
            self._says("[: missing ]")
            return BAD_SYNTAX
        return int(not [one for one in arguments if one != "]"])

    def _goes(self, name: str, arguments: list[str]) -> int:
        path = arguments[0] if arguments else "/"
        node = self.host.files.find(path) if path.startswith("/") else None
        if name == "cd":
            if node is not None and node.directory:
                return EX_OK
            self._says(f"cd: can't cd to {path}")
            return BAD_SYNTAX
        if node is None:
            self._says(f".: cannot open {path}: No such file")
            raise _Stop(BAD_SYNTAX)
        return EX_OK

    def _program(self, name: str) -> Steps[int]:
        """A program by its path, or one of those that are found by name."""
        path = name if name.startswith("/") else f"/usr/bin/{name}"
        error = yield from self.host.files.reach(path)
        if error and error != ENOENT:
            return NOT_RUN
        program = None if error else self.host.program(path)
        if program is None:
            there = None if error else self.host.files.find(path)
            self._says(f"{name}: not found" if there is None else f"{name}: Permission denied")
            return NOT_FOUND if there is None else NOT_RUN
        self.seconds += program.seconds
        return program.status if isinstance(program, Command) else EX_OK

    def _says(self, text: str) -> None:
        self.words.append(f"sh: 1: {text}")


def _end_of_command(tokens: Sequence[_Word | str]) -> int:
    """How many tokens a command has, up to what parts it from the next; brackets and braces hold together."""
    deep = 0
    for n, token in enumerate(tokens):
        deep += (token == "(" or token == _Word("{", True)) - (token == ")" or token == _Word("}", True))
        if deep < 0:
            raise SyntaxError(f'"{token if isinstance(token, str) else token.text}" unexpected')
        if not deep and (token in SEQUENCE or token in ("|", ";;")):
            return n
    return len(tokens)


def _end_of_pipeline(tokens: Sequence[_Word | str]) -> int:
    end = _end_of_command(tokens)
    while end < len(tokens) and tokens[end] == "|":
        end += 1 + _end_of_command(tokens[end + 1 :])
    return end


def _is_assignment(text: str) -> bool:
    name, equals, _ = text.partition("=")
    return bool(equals) and name.isidentifier()

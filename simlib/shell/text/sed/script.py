"""A script of sed: addresses and commands."""

import re
from dataclasses import dataclass, field

from simlib.regex import Regex
from simlib.shell.answer import Failed
from simlib.shell.text.sources import compiled

STATUS, TROUBLE = 1, 2
WITHOUT = "=dDgGhHnNpPxzlF"  # commands without anything behind them


@dataclass(slots=True)
class Address:
    """``5``, ``$``, ``/re/``, ``2~3``, ``+4``, ``~4``."""

    kind: str
    number: int = 0
    step: int = 0
    regex: Regex | None = None


@dataclass(slots=True)
class Command:
    """One command, with where it holds."""

    name: str
    first: Address | None = None
    last: Address | None = None
    negated: bool = False
    text: str = ""
    regex: Regex | None = None
    replacement: list[tuple[str, str]] = field(default_factory=list)
    flags: str = ""
    number: int = 0  # s///3
    table: dict[int, str] = field(default_factory=dict)
    target: int = 0  # where a branch or a closing brace leads
    active: bool = False  # inside its range
    until: int = 0


class Parser:
    def __init__(self, script: str, extended: bool) -> None:
        self.script, self.extended, self.at = script, extended, 0
        self.commands: list[Command] = []
        self.blocks: list[int] = []
        self.last_regex: Regex | None = None

    def all(self) -> list[Command]:
        while True:
            self._skip(" \t\n;")
            if self.at >= len(self.script):
                break
            self._one()
        if self.blocks:
            raise self._wrong("unmatched `{'", where=0)
        labels = {one.text: n for n, one in enumerate(self.commands) if one.name == ":"}
        for one in self.commands:
            if one.name in "btT" and one.name:
                if one.text and one.text not in labels:
                    raise Failed(f"sed: can't find label for jump to `{one.text}'", STATUS)
                one.target = labels.get(one.text, len(self.commands))
        return self.commands

    def _wrong(self, words: str, where: int | None = None) -> Failed:
        return Failed(f"sed: -e expression #1, char {self.at if where is None else where}: {words}", STATUS)

    def _skip(self, chars: str) -> None:
        while self.at < len(self.script) and self.script[self.at] in chars:
            self.at += 1

    def _peek(self) -> str:
        return self.script[self.at : self.at + 1]

    def _one(self) -> None:
        if self._peek() == "#":
            end = self.script.find("\n", self.at)
            self.at = len(self.script) if end < 0 else end
            return
        command = Command("")
        command.first = self._address()
        self._skip(" \t")
        if command.first is not None and self._peek() == ",":
            self.at += 1
            self._skip(" \t")
            command.last = self._address(second=True)
            if command.last is None:
                raise self._wrong("unexpected `,'")
            self._skip(" \t")
        while self._peek() == "!":
            command.negated = True
            self.at += 1
            self._skip(" \t")
        if not self._peek():
            raise self._wrong("missing command")
        command.name = self._peek()
        self.at += 1
        self._rest(command)

    def _number(self) -> int:
        found = re.compile(r"[0-9]+").match(self.script, self.at)
        assert found is not None  # whoever asks has seen a digit
        self.at = found.end()
        return int(found[0][:12])

    def _address(self, second: bool = False) -> Address | None:
        char = self._peek()
        if char.isascii() and char.isdigit():
            number = self._number()
            if self._peek() == "~":
                self.at += 1
                step = self._number() if self._peek().isdigit() else 0
                return Address("step", number, step)
            return Address("line", number)
        if char == "$":
            self.at += 1
            return Address("last")
        if second and char in ("+", "~") and char:
            self.at += 1
            if not self._peek().isdigit():
                raise self._wrong("expected number")
            return Address("more" if char == "+" else "multiple", self._number())
        if char in ("/", "\\") and char:
            if char == "\\":
                self.at += 1
            mark = self._peek()
            self.at += 1
            pattern = self._until(mark, "unterminated address regex")
            any_case = False
            while self._peek() in ("I", "M") and self._peek():
                any_case |= self._peek() == "I"
                self.at += 1
            return Address("regex", regex=self._regex(pattern, any_case))
        return None

    def _regex(self, pattern: str, any_case: bool) -> Regex:
        if not pattern:
            if self.last_regex is None:
                raise self._wrong("no previous regular expression")
            return self.last_regex
        self.last_regex = compiled(
            f"sed: -e expression #1, char {self.at}", _known_escapes(pattern), self.extended, any_case, STATUS
        )
        return self.last_regex

    def _until(self, mark: str, words: str, in_regex: bool = True) -> str:
        """Up to the mark that closes; ``\\`` before it makes it plain. In brackets it is plain, too."""
        parts: list[str] = []
        bracket = False
        while self.at < len(self.script):
            char = self.script[self.at]
            if char == "\\":
                following = self.script[self.at + 1 : self.at + 2]
                parts.append(following if following == mark and mark else char + following)
                self.at += 2
                continue
            if char == mark and not bracket:
                self.at += 1
                return "".join(parts)
            if char == "\n" and in_regex and not bracket:
                break
            if in_regex and mark != "[":
                if char == "[" and not bracket:
                    bracket = True
                    parts.append(char)
                    self.at += 1
                    if self._peek() == "^":
                        parts.append("^")
                        self.at += 1
                    if self._peek() == "]":
                        parts.append("]")
                        self.at += 1
                    continue
                if char == "]":
                    bracket = False
            parts.append(char)
            self.at += 1
        raise self._wrong(words, where=len(self.script))

    def _rest(self, command: Command) -> None:
        name = command.name
        if name == "{":
            self.blocks.append(len(self.commands))
        elif name == "}":
            if not self.blocks:
                raise self._wrong("unexpected `}'")
            if command.first is not None:
                raise self._wrong("} doesn't want any addresses")
            self.commands[self.blocks.pop()].target = len(self.commands)
            self._end()
        elif name in "s":
            self._substitution(command)
        elif name == "y":
            self._translation(command)
        elif name in "aic":
            self._text(command)
        elif name in ":btT":
            self._skip(" \t")
            end = re.compile(r"[^\n;}]*" if name != ":" else r"[^\n;]*").match(self.script, self.at)
            assert end is not None  # it may be empty
            command.text, self.at = end[0].strip(), end.end()
            if name == ":" and not command.text:
                raise self._wrong('":" lacks a label')
        elif name in "qQ":
            self._skip(" \t")
            command.number = self._number() if self._peek().isdigit() else 0
            self._end()
        elif name in "rw":
            end_of_line = self.script.find("\n", self.at)
            end_of_line = len(self.script) if end_of_line < 0 else end_of_line
            command.text, self.at = self.script[self.at : end_of_line].strip(), end_of_line
            if not command.text:
                raise self._wrong("missing filename in r/R/w/W commands")
        elif name in WITHOUT:
            self._end()
        else:
            raise self._wrong(f"unknown command: `{name}'")
        self.commands.append(command)

    def _end(self) -> None:
        self._skip(" \t")
        if self._peek() == "}":
            return
        if self._peek() == "#":
            return
        if self._peek() and self._peek() not in ";\n":
            self.at += 1
            raise self._wrong("extra characters after command")

    def _text(self, command: Command) -> None:
        self._skip(" \t")
        if self._peek() == "\\":
            self.at += 1
            self._skip(" \t")
            if self._peek() == "\n":
                self.at += 1
        if self.at >= len(self.script):
            raise self._wrong("expected \\ after `a', `c' or `i'")
        lines: list[str] = []
        while self.at < len(self.script) and self.script[self.at] != "\n":
            if self.script[self.at] == "\\" and self.at + 1 < len(self.script):
                self.at += 1
            lines.append(self.script[self.at])
            self.at += 1
        command.text = "".join(lines) + "\n"

    def _substitution(self, command: Command) -> None:
        mark = self._peek()
        if not mark or mark in "\n\\":
            raise self._wrong("unterminated `s' command")
        self.at += 1
        pattern = self._until(mark, "unterminated `s' command")
        replacement = self._until(mark, "unterminated `s' command", in_regex=False)
        flags = ""
        while self._peek() and self._peek() in "gpiIme0123456789":
            if self._peek().isdigit():
                command.number = self._number()
                if not command.number:
                    raise self._wrong("number option to `s' command may not be zero")
                continue
            if self._peek() == "e":
                raise self._wrong("the flag e, which runs a command, is not simulated")
            flags += self._peek()
            self.at += 1
        if self._peek() == "w":
            raise self._wrong("the flag w is not simulated; -n, p and > do it")
        command.flags = flags
        if self._peek() and self._peek() not in ";\n} \t#":
            self.at += 1
            raise self._wrong("unknown option to `s'")
        self._end()
        command.regex = self._regex(pattern, "i" in flags or "I" in flags)
        command.replacement = _replacement(replacement)
        most = max((int(text) for kind, text in command.replacement if kind == "group"), default=0)
        if most > command.regex.groups:
            raise self._wrong(f"invalid reference \\{most} on `s' command's RHS")

    def _translation(self, command: Command) -> None:
        mark = self._peek()
        self.at += 1
        one = self._until(mark, "unterminated `y' command", in_regex=False)
        other = self._until(mark, "unterminated `y' command", in_regex=False)
        first, second = (
            re.sub(r"\\(.)", lambda found: {"n": "\n", "t": "\t"}.get(found[1], found[1]), text)
            for text in (one, other)
        )
        if len(first) != len(second):
            raise self._wrong("strings for `y' command are different lengths")
        command.table = {ord(a): b for a, b in zip(first, second, strict=True)}
        self._end()


def _known_escapes(pattern: str) -> str:
    """``\\n`` and ``\\t`` in a pattern."""
    return re.sub(r"\\([\\nt])", lambda found: {"n": "\n", "t": "\t", "\\": "\\\\"}[found[1]], pattern)


def _replacement(text: str) -> list[tuple[str, str]]:
    parts: list[tuple[str, str]] = []
    plain: list[str] = []

    def close() -> None:
        if plain:
            parts.append(("text", "".join(plain)))
            plain.clear()

    at = 0
    while at < len(text):
        char = text[at]
        if char == "\\" and at + 1 < len(text):
            following = text[at + 1]
            at += 2
            if following.isascii() and following.isdigit():
                close()
                parts.append(("group", following))
            elif following in "ULluE":
                close()
                parts.append(("case", following))
            else:
                plain.append({"n": "\n", "t": "\t", "r": "\r"}.get(following, following))
            continue
        if char == "&":
            close()
            parts.append(("group", "0"))
        else:
            plain.append(char)
        at += 1
    close()
    return parts

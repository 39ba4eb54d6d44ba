"""A script of sed at work on lines."""

import re
from collections.abc import Callable

from simlib.regex import Match
from simlib.shell.answer import Failed
from simlib.shell.call import Call
from simlib.shell.files.thing import Refused
from simlib.shell.files.view import View
from simlib.shell.text.sed.script import TROUBLE, Address, Command

PATIENCE, PER_CHARACTER = 300_000, 20  # of work: a command is 1, and so are ten characters that it looks at
MOST_SPACE = 5_000_000  # characters


class _Quit(Exception):
    """``q``"""


class Machine:
    """A script at work on the lines of one input."""

    def __init__(self, call: Call, commands: list[Command], quiet: bool, put: Callable[[str], None]) -> None:
        self.call, self.commands, self.quiet, self.put = call, commands, quiet, put
        self.hold = ""
        self.number = 0
        self.work = 0
        self.quits = False

    def run(self, lines: list[str], whole_end: bool) -> None:
        """All lines; ``whole_end``: whether the last one has its line end."""
        self.lines, self.at, self.whole_end = lines, 0, whole_end
        self.restart = False
        self.patience = PATIENCE + PER_CHARACTER * sum(map(len, lines))
        while (self.at < len(self.lines) or self.restart) and not self.quits:
            if not self.restart:
                self.space = self._next()
            self.restart = False
            self.behind: list[str] = []
            self.deleted = self.substituted = False
            try:
                self._cycle()
            except _Quit:
                self.quits = True
            if not self.deleted and not self.quiet:
                self._print(self.space)
            for text in self.behind:
                self.put(text)

    def _next(self) -> str:
        line = self.lines[self.at]
        self.at += 1
        self.number += 1
        return line

    @property
    def is_last(self) -> bool:
        return self.at >= len(self.lines)

    def _print(self, text: str) -> None:
        self.put(text + ("" if self.is_last and not self.whole_end else "\n"))

    def _cycle(self) -> None:
        n = 0
        while n < len(self.commands):
            self.work += 1 + len(self.space) // 10
            if self.work > self.patience or len(self.space) > MOST_SPACE:
                raise Failed("sed: stopped: this script shows no end", TROUBLE)
            command = self.commands[n]
            n += 1
            if self._selected(command) == command.negated:
                if command.name == "{":
                    n = command.target + 1
                continue
            jump = self._obey(command)
            if jump is not None:
                if jump < 0:
                    return
                n = jump

    def _selected(self, command: Command) -> bool:
        if command.first is None:
            return True
        if command.last is None:
            return self._at(command.first)
        if command.active:
            last = command.last
            if last.kind == "line" and self.number > last.number and command.until == 0:
                command.active = False
                return self._begins(command)
            ends = self.number >= command.until if command.until else self._at(last)
            command.active = not ends
            return True
        return self._begins(command)

    def _begins(self, command: Command) -> bool:
        assert command.first is not None and command.last is not None  # it is a range
        if not self._at(command.first) and not (
            command.first.kind == "line" and command.first.number == 0 and self.number == 1
        ):
            return False
        last = command.last
        command.until = 0
        if command.first.kind == "line" and command.first.number == 0 and self._at(last):
            return True
        if last.kind == "more":
            command.until = self.number + last.number
        elif last.kind == "multiple" and last.number:
            command.until = -(-self.number // last.number) * last.number
        command.active = not (
            (last.kind == "line" and last.number <= self.number)
            or (last.kind == "last" and self.is_last)
            or (command.until and command.until <= self.number)
        )
        return True

    def _at(self, address: Address) -> bool:
        if address.kind == "line":
            return self.number == address.number
        if address.kind == "last":
            return self.is_last
        if address.kind == "step":
            if not address.step:
                return self.number == address.number
            return self.number >= address.number and (self.number - address.number) % address.step == 0
        return address.regex is not None and address.regex.matches(self.space)

    def _obey(self, command: Command) -> int | None:
        """Obey one; gives where to go on, -1 for the end of the cycle."""
        name = command.name
        if name == "s":
            self._substitute(command)
        elif name == "p":
            self._print(self.space)
        elif name == "d":
            self.deleted = True
            return -1
        elif name == "D":
            self.deleted = True
            if "\n" in self.space:
                self.space = self.space.partition("\n")[2]
                self.restart = True
            return -1
        elif name in "qQ":
            self.call.status = command.number & 0xFF
            self.deleted = name == "Q"
            raise _Quit
        elif name == "a":
            self.behind.append(command.text)
        elif name == "i":
            self.put(command.text)
        elif name == "c":
            self.deleted = True
            if command.last is None or not command.active or command.negated:
                self.put(command.text)
            return -1
        elif name == "r":
            thing = View(self.call.shell).find(command.text)
            if thing is not None and thing.kind != "d":
                self.behind.append(thing.text())
        elif name == "w":
            self._write(command.text)
        elif name in "btT":
            return self._branch(command)
        else:
            return self._space(name, command)
        return None

    def _branch(self, command: Command) -> int | None:
        goes = command.name == "b" or self.substituted == (command.name == "t")
        if command.name != "b":
            self.substituted = False
        if not goes:
            return None
        return command.target

    def _space(self, name: str, command: Command) -> int | None:
        if name == "=":
            self.put(f"{self.number}\n")
        elif name == "F":
            self.put("-\n")
        elif name == "h":
            self.hold = self.space
        elif name == "H":
            self.hold += f"\n{self.space}"
        elif name == "g":
            self.space = self.hold
        elif name == "G":
            self.space += f"\n{self.hold}"
        elif name == "x":
            self.space, self.hold = self.hold, self.space
        elif name == "z":
            self.space = ""
        elif name == "y":
            self.space = self.space.translate(command.table)
        elif name == "P":
            self.put(self.space.partition("\n")[0] + "\n")
        elif name == "l":
            self.put(
                re.sub(r"[\\\t\n]", lambda found: {"\\": "\\\\", "\t": "\\t", "\n": "\\n"}[found[0]], self.space)
                + "$\n"
            )
        elif name == "n":
            if self.is_last:
                raise _Quit
            if not self.quiet:
                self._print(self.space)
            self.space = self._next()
        elif name == "N":
            if self.is_last:
                raise _Quit
            self.space += "\n" + self._next()
        return None

    def _write(self, path: str) -> None:
        if path == "/dev/stdout":
            self._print(self.space)
            return
        try:
            View(self.call.shell).write(path, f"{self.space}\n", append=True)
        except Refused as refused:
            raise Failed(f"sed: couldn't open file {path}: {refused.words}", 4) from None

    def _substitute(self, command: Command) -> None:
        assert command.regex is not None  # it was compiled
        parts, at, done = [], 0, False
        for n, match in enumerate(command.regex.find_all(self.space), 1):
            if n < command.number:
                continue
            parts.append(self.space[at : match.start])
            parts.append(_replaced(command.replacement, match))
            at, done = match.end, True
            if "g" not in command.flags:
                break
        if done:
            self.space = "".join(parts) + self.space[at:]
            self.substituted = True
            if "p" in command.flags:
                self._print(self.space)


def _replaced(replacement: list[tuple[str, str]], match: Match) -> str:
    parts: list[str] = []
    lasting = once = ""
    for kind, text in replacement:
        if kind == "case":
            if text in "lu":
                once = text
            else:
                lasting = "" if text == "E" else text
            continue
        held = text if kind == "text" else match.group(int(text)) or ""
        held = held.upper() if lasting == "U" else held.lower() if lasting == "L" else held
        if once and held:
            held = (held[0].upper() if once == "u" else held[0].lower()) + held[1:]
            once = ""
        parts.append(held)
    return "".join(parts)

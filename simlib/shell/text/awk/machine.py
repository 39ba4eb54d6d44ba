"""Runs a program of awk on lines."""

import re

from simlib.shell.text.awk.expressions import Node
from simlib.shell.text.awk.functions import Functions
from simlib.shell.text.awk.lexer import BadProgram
from simlib.shell.text.awk.parser import Rule
from simlib.shell.text.awk.values import PER_LINE, Leave, from_outside, number, whole


class Machine(Functions):
    """A program at work."""

    # --- the run

    def begin(self) -> None:
        """The rules before the first line."""
        self._rules("BEGIN")

    @property
    def reads(self) -> bool:
        """Whether there is anything to do with lines."""
        return not self.ended and any(rule.kind != "BEGIN" for rule in self.source.rules)

    def read(self, name: str, text: str) -> None:
        """Run on the lines of one input."""
        self.variables["FILENAME"], self.variables["FNR"] = name, 0.0
        for line in self._records(text):
            if self.ended:
                return
            self.variables["NR"] = number(self.variables["NR"]) + 1
            self.variables["FNR"] = number(self.variables["FNR"]) + 1
            self.patience += PER_LINE
            self._set_line(line)
            try:
                for rule in self.source.rules:
                    if not rule.kind and self._wanted(rule):
                        if rule.action is None:
                            self.outside.out(self.line + self.text(self.variables["ORS"]))
                        else:
                            self.run(rule.action)
            except Leave as leave:
                if leave.what == "exit":
                    self.ended = True
                elif leave.what == "nextfile":
                    return
                elif leave.what != "next":
                    raise BadProgram(f"{leave.what} outside of a loop or a function") from None

    def end(self) -> None:
        """The rules behind the last line; then what was written to files and commands gets there."""
        self.ended = False
        if not self.exited:
            self._rules("END")
        for path in list(self.opened):
            self._close(path)
        for command in list(self.pipes):
            self._close(command)

    exited = False  # in BEGIN: no END is run then

    def _rules(self, kind: str) -> None:
        try:
            for rule in self.source.rules:
                if rule.kind == kind and rule.action is not None:
                    self.run(rule.action)
        except Leave as leave:
            if leave.what != "exit":
                raise BadProgram(f"{leave.what} is used where no line is read") from None
            self.ended = True

    def _records(self, text: str) -> list[str]:
        separator = self.text(self.variables["RS"])
        if separator == "":
            return [part for part in re.split(r"\n\n+", text.strip("\n")) if part]
        if len(separator) == 1:
            parts = text.split(separator)
        else:
            regex, parts, at = self.regex(separator), [], 0
            for match in regex.find_all(text):
                if match.end > match.start:
                    parts.append(text[at : match.start])
                    at = match.end
            parts.append(text[at:])
        if separator != "\n" and parts[-1] == "\n":
            parts.pop()
        return parts if parts[-1] else parts[:-1]

    def _wanted(self, rule: Rule) -> bool:
        if not rule.patterns:
            return True
        if len(rule.patterns) == 1:
            return self.truth(rule.patterns[0])
        if not rule.inside:
            if not self.truth(rule.patterns[0]):
                return False
            rule.inside = True
        if self.truth(rule.patterns[1]):
            rule.inside = False
        return True

    # --- statements

    def run(self, node: Node) -> None:
        """Obey a statement."""
        kind = node[0]
        self.work(1)
        if kind == "block":
            for statement in node[1]:
                self.run(statement)
        elif kind in ("if", "while", "do", "for", "forin"):
            getattr(self, f"_run_{kind}")(*node[1:])
        elif kind in ("print", "printf"):
            self._print(kind, *node[1:])
        elif kind in ("next", "nextfile", "break", "continue"):
            raise Leave(kind)
        elif kind == "return":
            raise Leave("return", None if node[1] is None else self.value(node[1]))
        elif kind == "exit":
            if node[1] is not None:
                self.status = whole(number(self.value(node[1]))) & 0xFF
            raise Leave("exit")
        elif kind == "delete":
            if node[2] is None:
                self.array(node[1]).clear()
            else:
                self.array(node[1]).pop(self.key(node[2]), None)
        else:
            self.value(node)

    def _run_if(self, condition: Node, then: Node, otherwise: Node | None) -> None:
        if self.truth(condition):
            self.run(then)
        elif otherwise is not None:
            self.run(otherwise)

    def _turn(self, body: Node) -> bool:
        """One turn of a loop; whether it goes on."""
        try:
            self.run(body)
        except Leave as leave:
            if leave.what == "break":
                return False
            if leave.what != "continue":
                raise
        return True

    def _run_while(self, condition: Node, body: Node) -> None:
        while self.truth(condition):
            if not self._turn(body):
                break

    def _run_do(self, body: Node, condition: Node) -> None:
        while self._turn(body) and self.truth(condition):
            pass

    def _run_for(self, begin: Node | None, condition: Node | None, step: Node | None, body: Node) -> None:
        if begin is not None:
            self.run(begin)
        while condition is None or self.truth(condition):
            if not self._turn(body):
                break
            if step is not None:
                self.run(step)

    def _run_forin(self, name: str, array: str, body: Node) -> None:
        for key in list(self.array(array)):
            if key not in self.array(array):
                continue
            self.store(("variable", name), from_outside(key))
            if not self._turn(body):
                break

    def _print(self, kind: str, values: tuple[Node, ...], target: Node | None) -> None:
        if kind == "printf":
            if not values:
                raise BadProgram("printf: no format")
            text = self._formatted([self.value(one) for one in values])
        elif values:
            held = [self.value(one) for one in values]
            text = self.text(self.variables["OFS"]).join(self.text(one, to_print=True) for one in held) + self.text(
                self.variables["ORS"]
            )
        else:
            text = self.line + self.text(self.variables["ORS"])
        if target is None:
            self.outside.out(text)
            return
        how, where = target[0], self.text(self.value(target[1]))
        if how == "|":
            self.pipes.setdefault(where, []).append(text)
        elif where in ("/dev/stdout", "/dev/stderr"):
            self.outside.out(text)
        else:
            if where not in self.opened:
                self.outside.write(where, "", how == ">>")
                self.opened[where] = []
            self.opened[where].append(text)

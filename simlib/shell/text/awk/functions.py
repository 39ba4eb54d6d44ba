"""The functions that awk comes with."""

import math
import re
from abc import ABC, abstractmethod
from random import Random

from simlib.shell.text.awk.expressions import Node
from simlib.shell.text.awk.lexer import BadProgram
from simlib.shell.text.awk.values import DEEPEST, Leave, Numeric, Value, Values, from_outside, number, whole
from simlib.shell.text.formatted import formatted


class Functions(Values, ABC):
    """Beside what a program holds, what it can ask for."""

    # --- built-in functions

    def _built_in(self, name: str, arguments: tuple[Node, ...]) -> Value:
        if name == "length":
            if arguments and arguments[0][0] == "variable" and self._is_array(arguments[0][1]):
                return float(len(self.array(arguments[0][1])))
            return float(len(self.text(self.value(arguments[0])) if arguments else self.line))
        if name in ("split", "sub", "gsub", "match"):
            known = {"split": self._split_into, "sub": self._sub, "gsub": self._sub, "match": self._match_at}
            return known[name](name, arguments)
        if name == "gensub":
            return self._gensub(arguments)
        values = [self.value(one) for one in arguments]
        return self._of_values(name, values)

    def _is_array(self, name: str) -> bool:
        if self.frames and name in self.frames[-1][2]:
            return name in self.frames[-1][1]
        return name in self.arrays

    def _of_values(self, name: str, values: list[Value]) -> Value:
        least = {"substr": 2, "index": 2, "atan2": 2, "and": 2, "or": 2, "xor": 2}.get(
            name, 0 if name in ("rand", "srand", "fflush", "systime", "strftime") else 1
        )
        if len(values) < least:
            raise BadProgram(f"not enough arguments for {name}")
        if name == "substr":
            return self._substr(values)
        if name == "index":
            return float(self.text(values[0]).find(self.text(values[1])) + 1)
        if name in ("tolower", "toupper"):
            text = self.text(values[0])
            return text.lower() if name == "tolower" else text.upper()
        if name == "sprintf":
            return self._formatted(values)
        if name in ("rand", "srand"):
            return self._chance(name, values)
        if name == "system":
            self._flush()
            return float(self.outside.pipe(self.text(values[0]), ""))
        if name == "close":
            return self._close(self.text(values[0]))
        if name == "fflush":
            return 0.0
        if name == "systime":
            return float(self.outside.time())
        if name == "strftime":
            when = whole(number(values[1])) if len(values) > 1 else self.outside.time()
            return self.outside.strftime(self.text(values[0]) if values else "%a %b %e %H:%M:%S %Z %Y", when)
        if name in ("and", "or", "xor"):
            a, b = (whole(number(value)) for value in values[:2])
            return float({"and": a & b, "or": a | b, "xor": a ^ b}[name])
        return self._of_number(name, [number(value) for value in values])

    def _of_number(self, name: str, values: list[float]) -> Value:
        first = values[0]
        try:
            if name == "int":
                return first if math.isinf(first) or math.isnan(first) else float(math.trunc(first))
            if name == "atan2":
                return math.atan2(first, values[1])
            return {"sqrt": math.sqrt, "exp": math.exp, "log": math.log, "sin": math.sin, "cos": math.cos}[name](first)
        except OverflowError:
            return math.inf
        except ValueError:
            return -math.inf if name == "log" and not first else math.nan

    def _chance(self, name: str, values: list[Value]) -> Value:
        if name == "rand":
            return self.random.random()
        before, self.seed = self.seed, number(values[0]) if values else float(self.outside.time())
        self.random = Random(self.seed)
        return before

    def _substr(self, values: list[Value]) -> Value:
        text = self.text(values[0])
        start = _rounded(number(values[1]))
        end = len(text) + 1 if len(values) < 3 else start + _rounded(number(values[2]))
        return text[max(start, 1) - 1 : max(min(end, len(text) + 1), 1) - 1] if end > start else ""

    def _split_into(self, name: str, arguments: tuple[Node, ...]) -> Value:
        if len(arguments) < 2 or arguments[1][0] != "variable":
            raise BadProgram("split: its second argument is an array")
        text = self.text(self.value(arguments[0]))
        if len(arguments) > 2:
            node = arguments[2]
            if node[0] == "regex":
                parts, at = [], 0
                for match in self.regex(node[1]).find_all(text):
                    if match.end > match.start:
                        parts.append(text[at : match.start])
                        at = match.end
                parts = [*parts, text[at:]] if text else []
            else:
                parts = self.split(text, self.text(self.value(node)))
        else:
            parts = self.split(text, self.text(self.variables["FS"]))
        array = self.array(arguments[1][1])
        array.clear()
        for n, part in enumerate(parts, 1):
            array[str(n)] = from_outside(part)
        return float(len(parts))

    def _sub(self, name: str, arguments: tuple[Node, ...]) -> Value:
        if len(arguments) < 2:
            raise BadProgram(f"not enough arguments for {name}")
        target = arguments[2] if len(arguments) > 2 else ("field", ("constant", 0.0))
        regex, new = self._pattern(arguments[0]), self.text(self.value(arguments[1]))
        text = self.text(self.value(target))
        self.work(len(text) // 10)
        parts, at, many = [], 0, 0
        for match in regex.find_all(text):
            parts += [text[at : match.start], _put_in(new, text[match.start : match.end])]
            at, many = match.end, many + 1
            if name == "sub":
                break
        if many and target[0] in ("variable", "field", "element"):
            self.store(target, "".join(parts) + text[at:])
        return float(many)

    def _gensub(self, arguments: tuple[Node, ...]) -> Value:
        if len(arguments) < 3:
            raise BadProgram("not enough arguments for gensub")
        regex, new = self._pattern(arguments[0]), self.text(self.value(arguments[1]))
        how = self.text(self.value(arguments[2]))
        text = self.text(self.value(arguments[3])) if len(arguments) > 3 else self.line
        parts, at = [], 0
        for n, match in enumerate(regex.find_all(text), 1):
            if how[:1] in ("g", "G") or n == max(whole(number(how)), 1):
                spans = [match.group(k) or "" for k in range(regex.groups + 1)]
                parts += [text[at : match.start], _with_groups(new, spans)]
                at = match.end
        return "".join(parts) + text[at:]

    def _match_at(self, name: str, arguments: tuple[Node, ...]) -> Value:
        if len(arguments) < 2:
            raise BadProgram("not enough arguments for match")
        found = self._pattern(arguments[1]).search(self.text(self.value(arguments[0])))
        self.variables["RSTART"] = float(found.start + 1) if found else 0.0
        self.variables["RLENGTH"] = float(found.end - found.start) if found else -1.0
        if len(arguments) > 2 and arguments[2][0] == "variable":
            array = self.array(arguments[2][1])
            array.clear()
            if found:
                for n, span in enumerate(found.spans):
                    if span is not None:
                        array[str(n)] = from_outside(found.group(n) or "")
        return self.variables["RSTART"]

    def _formatted(self, values: list[Value]) -> str:
        template = self.text(values[0])
        letters = _letters(template)
        handed = [
            self._for_format(value, letters[n] if n < len(letters) else "s") for n, value in enumerate(values[1:])
        ]
        handed += [""] * (len(letters) - len(handed))
        return formatted(template, handed, number, lambda text: whole(number(text)), lambda spec: spec)[0]

    def _for_format(self, value: Value, letter: str) -> str:
        """A value as a format of this letter wants it: %d and %f the number, %s the text, %c a character."""
        if isinstance(value, float) and letter == "c":
            return chr(whole(value) % 256)
        if isinstance(value, float) and letter != "s":
            return repr(value)
        return self.text(value)

    def _call(self, name: str, arguments: tuple[Node, ...]) -> Value:
        if name not in self.source.functions:
            raise BadProgram(f"function {name} never defined")
        parameters, body = self.source.functions[name]
        if len(arguments) > len(parameters):
            raise BadProgram(f"function {name} called with {len(arguments)} args, accepts only {len(parameters)}")
        if len(self.frames) >= DEEPEST:
            raise BadProgram(f"stopped: calls of {name} within calls show no end")
        scalars: dict[str, Value] = {}
        arrays: dict[str, dict[str, Value]] = {}
        for parameter, argument in zip(parameters, arguments, strict=False):
            handed = self._handed_array(argument, body, parameter)
            if handed is not None:
                arrays[parameter] = handed
            else:
                scalars[parameter] = self.value(argument)
        self.frames.append((scalars, arrays, set(parameters)))
        try:
            self.run(body)
        except Leave as leave:
            if leave.what != "return":
                raise
            return leave.value if leave.value is not None else ""
        finally:
            self.frames.pop()
        return Numeric("")

    def _handed_array(self, argument: Node, body: Node, parameter: str) -> dict[str, Value] | None:
        if argument[0] != "variable":
            return None
        name = argument[1]
        if self.frames and name in self.frames[-1][2]:
            scalars, arrays, _ = self.frames[-1]
            if name in arrays:
                return arrays[name]
            return arrays.setdefault(name, {}) if name not in scalars and _uses_array(body, parameter) else None
        if name in self.arrays:
            return self.arrays[name]
        return self.arrays.setdefault(name, {}) if name not in self.variables and _uses_array(body, parameter) else None

    def _close(self, name: str) -> float:
        if name in self.opened:
            self.outside.write(name, "".join(self.opened.pop(name)), True)
            return 0.0
        if name in self.pipes:
            return float(self.outside.pipe(name, "".join(self.pipes.pop(name))))
        return -1.0

    def _flush(self) -> None:
        for name in list(self.opened):
            held = "".join(self.opened[name])
            self.opened[name] = []
            self.outside.write(name, held, True)

    @abstractmethod
    def run(self, node: Node) -> None:
        """Obey a statement."""


_FORMATS = re.compile(r"%[-+ #0']*(\*|[0-9]*)(?:\.(\*|[0-9]*))?(?:hh|h|ll|l|L)?([a-zA-Z%])")


def _letters(template: str) -> list[str]:
    letters: list[str] = []
    for found in _FORMATS.finditer(template):
        letters += ["d"] * ((found[1] == "*") + (found[2] == "*"))
        if found[3] != "%":
            letters.append(found[3])
    return letters


def _uses_array(body: object, parameter: str) -> bool:
    """Whether a function takes a parameter for an array."""
    if not isinstance(body, tuple):
        return False
    if body and body[0] in ("element", "delete") and body[1] == parameter:
        return True
    if body and body[0] == "in" and body[2] == parameter:
        return True
    if body and body[0] == "forin" and body[2] == parameter:
        return True
    if (
        body
        and body[0] == "built_in"
        and body[1] == "split"
        and len(body[2]) > 1
        and body[2][1] == ("variable", parameter)
    ):
        return True
    if body and body[0] == "call" and ("variable", parameter) in body[2]:
        return True
    return any(_uses_array(part, parameter) for part in body)


def _rounded(value: float) -> int:
    return whole(math.floor(value + 0.5)) if not (math.isnan(value) or math.isinf(value)) else whole(value)


def _put_in(new: str, matched: str) -> str:
    return re.sub(
        r"\\(.)|&", lambda found: matched if found[0] == "&" else found[1] if found[1] in ("&", "\\") else found[0], new
    )


def _with_groups(new: str, spans: list[str]) -> str:
    """What gensub puts in place of a match."""

    def made(found: re.Match[str]) -> str:
        if found[1] and not found[1].isdigit():
            return found[1]
        n = int(found[1] or 0)
        return spans[n] if n < len(spans) else ""

    return re.sub(r"\\([0-9\\&])|&", made, new)

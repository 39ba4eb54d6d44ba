"""What a program of awk holds: fields, variables, arrays; and what its expressions come to."""

import math
import re
from collections.abc import Callable
from random import Random

from simlib.regex import Regex, RegexError
from simlib.shell.text.awk.expressions import Node
from simlib.shell.text.awk.lexer import BadProgram
from simlib.shell.text.awk.parser import Source
from simlib.shell.text.formatted import formatted

Value = float | str
MOST_STEPS, PER_LINE = 1_000_000, 1_000
MOST_TEXT = 1_000_000  # characters of one value
MOST_FIELDS = 100_000
DEEPEST = 40  # calls within calls
SUBSEP = "\x1c"
_NUMERIC = re.compile(r"[ \t\n\r]*[-+]?(?:[0-9]+\.?[0-9]*|\.[0-9]+)(?:[eE][-+]?[0-9]+)?[ \t\n\r]*")
_PREFIX = re.compile(r"[ \t\n\r]*([-+]?(?:[0-9]+\.?[0-9]*|\.[0-9]+)(?:[eE][-+]?[0-9]+)?)")


class Numeric(str):
    """A text from outside that looks like a number: it is compared as one."""

    __slots__ = ()


class Leave(Exception):
    """``next``, ``exit``, ``break``, ``continue``, ``return``."""

    def __init__(self, what: str, value: Value | None = None) -> None:
        super().__init__(what)
        self.what, self.value = what, value


class Outside:
    """What a program does to the world around it: prints, writes files, runs commands; tells the time."""

    def __init__(
        self,
        out: Callable[[str], None],
        write: Callable[[str, str, bool], None],
        pipe: Callable[[str, str], int],
        time: Callable[[], int],
        strftime: Callable[[str, int], str],
    ) -> None:
        self.out, self.write, self.pipe, self.time, self.strftime = out, write, pipe, time, strftime


def looks_numeric(text: str) -> bool:
    """Whether a text of the input counts as a number."""
    return len(text) < 400 and _NUMERIC.fullmatch(text) is not None


def from_outside(text: str) -> str:
    """A text of the input: a number, if it looks like one."""
    return Numeric(text) if looks_numeric(text) else text


def number(value: Value | None) -> float:
    """A value as a number: what stands at its beginning."""
    if isinstance(value, float):
        return value
    found = _PREFIX.match(value or "")
    return float(found[1][:400]) if found else 0.0


def whole(value: float) -> int:
    """A number without what is behind its point."""
    if math.isnan(value):
        return 0
    return int(max(min(value, 9e18), -9e18))


class Values:
    """What there is while a program runs."""

    def __init__(self, source: Source, outside: Outside) -> None:
        self.source, self.outside = source, outside
        self.variables: dict[str, Value] = {
            "FS": " ", "OFS": " ", "ORS": "\n", "RS": "\n", "OFMT": "%.6g", "CONVFMT": "%.6g", "SUBSEP": SUBSEP,
            "NR": 0.0, "FNR": 0.0, "RSTART": 0.0, "RLENGTH": -1.0, "FILENAME": "",
        }  # fmt: skip
        self.arrays: dict[str, dict[str, Value]] = {"ENVIRON": {}}
        self.frames: list[tuple[dict[str, Value], dict[str, dict[str, Value]], set[str]]] = []
        self.line = ""
        self.fields: list[str] | None = []
        self.steps, self.patience = 0, MOST_STEPS
        self.status = 0
        self.opened: dict[str, list[str]] = {}  # files and commands that are written to
        self.pipes: dict[str, list[str]] = {}
        self.random, self.seed = Random(0), 0.0
        self.regexes: dict[str, Regex] = {}
        self.ended = False

    # --- fields

    def _set_line(self, line: str) -> None:
        self.line, self.fields = line, None

    def _split_line(self) -> list[str]:
        if self.fields is None:
            self.fields = self.split(self.line, self.text(self.variables["FS"]))
            if self.text(self.variables["RS"]) == "" and self.text(self.variables["FS"]) != " ":
                self.fields = [
                    one for part in self.line.split("\n") for one in self.split(part, self.text(self.variables["FS"]))
                ]
        return self.fields

    def split(self, text: str, separator: str) -> list[str]:
        """The fields of a text."""
        if separator == " ":
            return [part for part in re.split(r"[ \t\n]+", text) if part]
        if not text:
            return []
        if not separator:
            return list(text)
        if len(separator) == 1 and separator not in ".*+?^$[](){}|\\":
            return text.split(separator)
        if len(separator) == 1:
            return text.split(separator)
        parts, at = [], 0
        for match in self.regex(separator).find_all(text):
            if match.end > match.start:
                parts.append(text[at : match.start])
                at = match.end
        return [*parts, text[at:]]

    def field(self, n: int) -> Value:
        """``$n``"""
        if n < 0:
            raise BadProgram(f"attempt to access field {n}")
        if n == 0:
            return from_outside(self.line)
        fields = self._split_line()
        return from_outside(fields[n - 1]) if n <= len(fields) else ""

    def set_field(self, n: int, value: Value) -> None:
        if n < 0 or n > MOST_FIELDS:
            raise BadProgram(f"attempt to access field {n}")
        text = self.text(value)
        if n == 0:
            self._set_line(text)
            return
        fields = self._split_line()
        fields += [""] * (n - len(fields))
        fields[n - 1] = text
        self.line = self.text(self.variables["OFS"]).join(fields)

    def _set_count(self, many: int) -> None:
        fields = self._split_line()
        many = max(min(many, MOST_FIELDS), 0)
        self.fields = fields[:many] + [""] * (many - len(fields))
        self.line = self.text(self.variables["OFS"]).join(self.fields)

    # --- values

    def text(self, value: Value, to_print: bool = False) -> str:
        """A value as text."""
        if isinstance(value, str):
            return str(value)
        if math.isinf(value) or math.isnan(value):
            return ("-" if math.copysign(1, value) < 0 else "+" if math.isnan(value) or math.isinf(value) else "") + (
                "inf" if math.isinf(value) else "nan"
            )
        if value == int(value) and abs(value) < 1e16:
            return str(int(value))
        template = self.variables["OFMT" if to_print else "CONVFMT"]
        return formatted(str(template), [repr(value)], float, lambda text: whole(float(text)), lambda spec: spec)[0]

    def truth(self, node: Node) -> bool:
        """Whether a condition holds."""
        value = self.value(node)
        if isinstance(value, Numeric):
            return number(value) != 0
        return bool(value)

    def regex(self, pattern: str) -> Regex:
        """A regular expression; the same one for the same pattern."""
        known = self.regexes.get(pattern)
        if known is None:
            known = self.regexes[pattern] = _compiled(pattern)
        return known

    def array(self, name: str) -> dict[str, Value]:
        """An array of a name; one that is handed to a function is that of the caller."""
        if self.frames:
            scalars, arrays, names = self.frames[-1]
            if name in arrays:
                return arrays[name]
            if name in names:
                scalars.pop(name, None)
                return arrays.setdefault(name, {})
        if name in self.variables:
            raise BadProgram(f"can't use {name} as an array: it is a plain variable")
        return self.arrays.setdefault(name, {})

    def key(self, node: Node) -> str:
        if node[0] == "list":
            return self.text(self.variables["SUBSEP"]).join(self.text(self.value(one)) for one in node[1])
        return self.text(self.value(node))

    def work(self, much: int) -> None:
        """Count what is done: an expression is 1, and so are ten characters that are looked through."""
        self.steps += much
        if self.steps > self.patience:
            raise BadProgram("stopped: this program shows no end")

    def value(self, node: Node) -> Value:
        """What an expression comes to."""
        self.work(1)
        return getattr(self, f"_{node[0]}")(*node[1:])  # type: ignore[no-any-return]

    def _constant(self, value: Value) -> Value:
        return value

    def _group(self, inner: Node) -> Value:
        return self.value(inner)

    def _list(self, values: tuple[Node, ...]) -> Value:
        raise BadProgram("a list in brackets stands only before in, or behind print")

    def _regex(self, pattern: str) -> Value:
        return float(self.regex(pattern).matches(self.line))

    def _variable(self, name: str) -> Value:
        if self.frames and name in self.frames[-1][2]:
            return self.frames[-1][0].get(name, "")
        if name == "NF":
            return float(len(self._split_line()))
        if name in self.arrays and name not in self.variables:
            raise BadProgram(f"can't use {name} as a plain variable: it is an array")
        return self.variables.get(name, Numeric(""))

    def _field(self, inner: Node) -> Value:
        return self.field(whole(number(self.value(inner))))

    def _element(self, name: str, index: Node) -> Value:
        key = self.key(index)
        return self.array(name).setdefault(key, Numeric(""))

    def _in(self, index: Node, name: str) -> Value:
        return float(self.key(index) in self.array(name))

    def store(self, target: Node, value: Value) -> Value:
        """Put a value somewhere."""
        if isinstance(value, str) and len(value) > MOST_TEXT:
            raise BadProgram("stopped: a text grows without end")
        kind = target[0]
        if kind == "field":
            self.set_field(whole(number(self.value(target[1]))), value)
        elif kind == "element":
            self.array(target[1])[self.key(target[2])] = value
        elif self.frames and target[1] in self.frames[-1][2]:
            self.frames[-1][0][target[1]] = value
        elif target[1] == "NF":
            self._set_count(whole(number(value)))
        else:
            if target[1] in self.arrays:
                raise BadProgram(f"can't use {target[1]} as a plain variable: it is an array")
            self.variables[target[1]] = value
        return value

    def _assign(self, operator: str, target: Node, source: Node) -> Value:
        value = self.value(source)
        if operator:
            value = self._sum(operator, number(self.value(target)), number(value))
        return self.store(target, value)

    def _before(self, sign: str, target: Node) -> Value:
        return self.store(target, number(self.value(target)) + (1 if sign == "+" else -1))

    def _behind(self, sign: str, target: Node) -> Value:
        old = number(self.value(target))
        self.store(target, old + (1 if sign == "+" else -1))
        return old

    def _choice(self, condition: Node, yes: Node, no: Node) -> Value:
        return self.value(yes if self.truth(condition) else no)

    def _or(self, left: Node, right: Node) -> Value:
        return float(self.truth(left) or self.truth(right))

    def _and(self, left: Node, right: Node) -> Value:
        return float(self.truth(left) and self.truth(right))

    def _not(self, inner: Node) -> Value:
        return float(not self.truth(inner))

    def _sign(self, sign: str, inner: Node) -> Value:
        value = number(self.value(inner))
        return -value if sign == "-" else value

    def _match(self, left: Node, right: Node, negated: bool) -> Value:
        text = self.text(self.value(left))
        self.work(len(text) // 10)
        return float(self._pattern(right).matches(text) != negated)

    def _pattern(self, node: Node) -> Regex:
        return self.regex(node[1] if node[0] == "regex" else self.text(self.value(node)))

    def _compare(self, operator: str, left: Node, right: Node) -> Value:
        a, b = self.value(left), self.value(right)
        if _is_number(a) and _is_number(b):
            order = (number(a) > number(b)) - (number(a) < number(b))
        else:
            one, other = self.text(a), self.text(b)
            order = (one > other) - (one < other)
        return float(
            {"<": order < 0, "<=": order <= 0, "==": not order, "!=": bool(order), ">": order > 0, ">=": order >= 0}[
                operator
            ]
        )

    def _concat(self, left: Node, right: Node) -> Value:
        text = self.text(self.value(left)) + self.text(self.value(right))
        if len(text) > MOST_TEXT:
            raise BadProgram("stopped: a text grows without end")
        return text

    def _number(self, operator: str, left: Node, right: Node) -> Value:
        a = number(self.value(left))
        return self._sum(operator, a, number(self.value(right)))

    def _sum(self, operator: str, a: float, b: float) -> float:
        if operator in "/%" and not b:
            raise BadProgram("division by zero" + (" in %" if operator == "%" else ""))
        try:
            if operator == "^":
                result = a**b
                return result if isinstance(result, float) else math.nan
            return {
                "+": lambda: a + b,
                "-": lambda: a - b,
                "*": lambda: a * b,
                "/": lambda: a / b,
                "%": lambda: math.fmod(a, b),
            }[operator]()
        except (OverflowError, ZeroDivisionError):
            return math.inf
        except ValueError:
            return math.nan


def _is_number(value: Value) -> bool:
    return isinstance(value, (float, Numeric))


def _compiled(pattern: str) -> Regex:
    text = re.sub(r"\\(.)", lambda found: {"n": "\n", "t": "\t", "/": "/", '"': '"'}.get(found[1], found[0]), pattern)
    try:
        return Regex(text, extended=True)
    except RegexError as problem:
        raise BadProgram(f"regular expression /{pattern}/: {problem}") from None

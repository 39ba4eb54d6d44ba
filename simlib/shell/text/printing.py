"""To print: ``echo``, ``printf``, ``seq``, ``basename``, ``dirname``, ``expr``, ``yes``."""

import re
from posixpath import dirname as above

from simlib.shell.answer import Failed
from simlib.shell.call import Call, Program
from simlib.shell.language.arithmetic import wrapped
from simlib.shell.text.formatted import Stop, formatted, unescaped
from simlib.shell.text.sources import compiled

MOST = 200_000  # numbers of seq


def echo(call: Call) -> None:
    """``echo [-neE] word…``"""
    words, ends, escapes = list(call.arguments), True, False
    while words and re.fullmatch("-[neE]+", words[0]):
        for letter in words.pop(0)[1:]:
            ends = ends and letter != "n"
            escapes = letter == "e" if letter != "n" else escapes
    text = " ".join(words)
    try:
        text = _for_echo(text) if escapes else text
    except Stop as stop:
        text, ends = stop.text, False
    call.out(text + ("\n" if ends else ""))


def _for_echo(text: str) -> str:
    """In echo an octal number begins with 0."""
    return unescaped(re.sub(r"\\(?=[1-7])", r"\\\\", text), stops=True)


def printf(call: Call) -> None:
    """``printf format word…``: the format again and again, as long as there are words."""
    words = list(call.arguments)
    if words[:1] == ["--"]:
        words.pop(0)
    if not words:
        raise Failed("sh: printf: usage: printf format [arguments]", 2)
    if words[0].startswith("-") and len(words[0]) > 1 and words[0] != "-%":
        raise Failed(f"sh: printf: {words[0][:2]}: invalid option", 2)
    template = unescaped(words.pop(0))

    def number(text: str) -> float:
        if text[:1] in ("'", '"'):
            return float(ord(text[1:2] or "\0"))
        found = re.match(r"\s*[-+]?[0-9]*\.?[0-9]*(?:[eE][-+]?[0-9]+)?", text)
        try:
            return float(found[0]) if found and len(text) < 400 else 0.0
        except ValueError:
            if text:
                call.stderr.write(f"sh: printf: {text}: invalid number\n")
                call.status = 1
            return 0.0

    def whole(text: str) -> int:
        if text[:1] in ("'", '"'):
            return ord(text[1:2] or "\0")
        found = re.match(r"\s*([-+]?)(0[xX][0-9a-fA-F]+|[0-9]+)", text)
        if (found is None or found.end() != len(text)) and text:
            call.stderr.write(f"sh: printf: {text}: invalid number\n")
            call.status = 1
        if found is None:
            return 0
        digits = found[2][:40]
        base = (
            16
            if digits[:2].lower() == "0x"
            else 8
            if len(digits) > 1 and digits[0] == "0" and digits.strip("01234567") == ""
            else 10
        )
        return wrapped(int(digits, base) * (-1 if found[1] == "-" else 1))

    def unknown(spec: str) -> str:
        raise Failed(f"sh: printf: `{spec[-1]}': invalid format character")

    try:
        while True:
            text, taken = formatted(template, words, number, whole, unknown)
            call.out(text)
            del words[:taken]
            if not words or not taken:
                return
    except Stop as stop:
        call.out(stop.text)


def seq(call: Call) -> None:
    """``seq [-s text] [-w] [first [step]] last``"""
    words, separator, wide = list(call.arguments), "\n", False
    while words and words[0] in ("-w", "-s"):
        if words.pop(0) == "-w":
            wide = True
        else:
            separator = words.pop(0) if words else "\n"
    if not 1 <= len(words) <= 3:
        raise Failed("seq: missing operand" if not words else f"seq: extra operand '{words[3]}'")
    for word in words:
        if not re.fullmatch(r"-?[0-9]{1,15}(\.[0-9]{1,9})?", word):
            raise Failed(f"seq: invalid floating point argument: '{word}'")
    digits = max(len(word.partition(".")[2]) for word in words)
    first, step = ("1", "1") if len(words) == 1 else (words[0], words[1] if len(words) == 3 else "1")
    unit = 10**digits
    begin, by, last = (round(float(word) * unit) for word in (first, step, words[-1]))
    if not by:
        raise Failed(f"seq: invalid Zero increment value: '{step}'")
    many = range(begin, last + (1 if by > 0 else -1), by)
    if len(many) > MOST:
        raise Failed(f"seq: more than {MOST:,} numbers are not made here")
    shown = [f"{n / unit:.{digits}f}" if digits else str(n) for n in many]
    width = max(map(len, shown), default=0) if wide else 0
    if shown:
        call.out(separator.join(one.zfill(width) for one in shown) + "\n")


def basename(call: Call) -> None:
    """``basename path [ending]``"""
    words = [word for word in call.arguments if word not in ("--", "-a")]
    if not words:
        raise Failed("basename: missing operand")
    if len(words) > 2 and "-a" not in call.arguments:
        raise Failed(f"basename: extra operand '{words[2]}'")
    for word in words if "-a" in call.arguments else words[:1]:
        name = word.rstrip("/").rpartition("/")[2] or word[:1]
        ending = words[1] if len(words) == 2 and "-a" not in call.arguments else ""
        call.line(name.removesuffix(ending) if ending and name != ending else name)


def dirname(call: Call) -> None:
    """``dirname path…``"""
    words = [word for word in call.arguments if word != "--"]
    if not words:
        raise Failed("dirname: missing operand")
    for word in words:
        call.line(above(word.rstrip("/") or "/") or ("." if not word.startswith("/") else "/"))


def expr(call: Call) -> None:
    """``expr words``: sums, comparisons, and ``text : pattern``."""
    words = list(call.arguments)
    if not words:
        raise Failed("expr: missing operand", 2)
    sum_ = _Expr(words)
    value = sum_.either()
    if sum_.words:
        raise Failed(f"expr: syntax error: unexpected argument '{sum_.words[0]}'", 2)
    call.line(value)
    call.status = int(value in ("", "0", "-0"))


class _Expr:
    def __init__(self, words: list[str]) -> None:
        self.words, self.deep = words, 0

    def either(self) -> str:
        self.deep += 1
        if self.deep > 50:
            raise Failed("expr: too many brackets within brackets", 2)
        left = self.both()
        while self.words[:1] == ["|"]:
            self.words.pop(0)
            right = self.both()
            left = left if left not in ("", "0") else right or "0"
        self.deep -= 1
        return left

    def both(self) -> str:
        left = self.compared()
        while self.words[:1] == ["&"]:
            self.words.pop(0)
            right = self.compared()
            left = left if left not in ("", "0") and right not in ("", "0") else "0"
        return left

    def compared(self) -> str:
        left = self.sum()
        while self.words and self.words[0] in ("<", "<=", "=", "==", "!=", ">=", ">"):
            operator, right = self.words.pop(0), self.sum()
            a, b = (int(left), int(right)) if _is_number(left) and _is_number(right) else (left, right)
            order = (a > b) - (a < b)  # type: ignore[operator]  # both are of one kind
            held = {"<": order < 0, "<=": order <= 0, "=": not order, "==": not order, "!=": bool(order)}
            left = str(int({**held, ">=": order >= 0, ">": order > 0}[operator]))
        return left

    def sum(self) -> str:
        left = self.product()
        while self.words and self.words[0] in ("+", "-"):
            sign = self.words.pop(0)
            a, b = _whole(left), _whole(self.product())
            left = str(a + b if sign == "+" else a - b)
        return left

    def product(self) -> str:
        left = self.match()
        while self.words and self.words[0] in ("*", "/", "%"):
            sign = self.words.pop(0)
            a, b = _whole(left), _whole(self.match())
            if sign != "*" and not b:
                raise Failed("expr: division by zero", 2)
            if sign == "*":
                left = str(wrapped(a * b))
            else:
                whole = abs(a) // abs(b) * (1 if (a < 0) == (b < 0) else -1)
                left = str(whole if sign == "/" else a - b * whole)
        return left

    def match(self) -> str:
        left = self.one()
        while self.words[:1] == [":"]:
            self.words.pop(0)
            left = _matched(left, self.one())
        return left

    def one(self) -> str:
        if not self.words:
            raise Failed("expr: syntax error: missing argument after the last one", 2)
        word = self.words.pop(0)
        if word == "(":
            value = self.either()
            if self.words[:1] != [")"]:
                raise Failed("expr: syntax error: expecting ')' after the last argument", 2)
            self.words.pop(0)
            return value
        if word == "length" and self.words:
            return str(len(self.one()))
        if word == "substr" and len(self.words) >= 3:
            text, start, many = self.one(), _whole(self.one()), _whole(self.one())
            return text[start - 1 : start - 1 + many] if start > 0 and many > 0 else ""
        if word == "index" and len(self.words) >= 2:
            text, chars = self.one(), self.one()
            return str(next((n for n, char in enumerate(text, 1) if char in chars), 0))
        if word == "match" and len(self.words) >= 2:
            return _matched(self.one(), self.one())
        return word


def _matched(text: str, pattern: str) -> str:
    regex = compiled("expr", pattern, extended=False)
    found = next((one for one in regex.find_all(text) if one.start == 0), None)
    if regex.groups:
        return (found.group(1) or "") if found else ""
    return str(found.end) if found else "0"


def _is_number(text: str) -> bool:
    return re.fullmatch(r"-?[0-9]{1,18}", text) is not None


def _whole(text: str) -> int:
    if not _is_number(text):
        raise Failed("expr: non-integer argument", 2)
    return int(text)


def yes(call: Call) -> None:
    """``yes``: it would never end."""
    raise Failed("yes: it prints without end, which is not simulated; for n in 1 2 3; do echo y; done prints some")


PROGRAMS: dict[str, Program] = {
    "echo": echo,
    "printf": printf,
    "seq": seq,
    "basename": basename,
    "dirname": dirname,
    "expr": expr,
    "yes": yes,
}

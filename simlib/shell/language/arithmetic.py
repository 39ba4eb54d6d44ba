"""``$((…))``, ``let`` and the numbers of ``expr``: whole numbers, as C counts them."""

import re
from collections.abc import Callable

_TOKEN = re.compile(
    r"\s*(?:(0[xX][0-9a-fA-F]+|[0-9]+)|([A-Za-z_][A-Za-z0-9_]*)|(\*\*|<<|>>|<=|>=|==|!=|&&|\|\||[-+*/%<>()!~&|^?:]))"
)
_LEVELS = (
    ("||",), ("&&",), ("|",), ("^",), ("&",), ("==", "!="), ("<", "<=", ">", ">="), ("<<", ">>"),
    ("+", "-"), ("*", "/", "%"),
)  # fmt: skip
_BITS = 64
DEEPEST = 60  # brackets within brackets


class BadArithmetic(Exception):
    """A text that is no sum; the words say why."""


def value(text: str, variable: Callable[[str], str]) -> int:
    """What a sum comes to.

    >>> value("2 + 3 * (x - 1)", {"x": "5"}.get)
    14
    """
    return _Sum(text, variable).all()


def wrapped(number: int) -> int:
    """A number in 64 bits."""
    half = 1 << (_BITS - 1)
    return (number + half) % (2 * half) - half


class _Sum:
    def __init__(self, text: str, variable: Callable[[str], str]) -> None:
        self.text, self.variable = text, variable
        self.tokens: list[str] = []
        self.deep = 0
        at = 0
        text = text.rstrip()
        while at < len(text):
            found = _TOKEN.match(text, at)
            if found is None:
                raise BadArithmetic(
                    f'{self.text}: syntax error: operand expected (error token is "{text[at:].lstrip()}")'
                )
            self.tokens.append(found[0].strip())
            at = found.end()
        self.tokens.append("")

    def all(self) -> int:
        if self.tokens == [""]:
            return 0
        number = self.choice()
        if self.tokens[0]:
            raise BadArithmetic(f'{self.text}: syntax error in expression (error token is "{self.tokens[0]}")')
        return number

    def choice(self) -> int:
        self.deep += 1
        if self.deep > DEEPEST:
            raise BadArithmetic("expression recursion level exceeded")
        number = self.level(0)
        if self.tokens[0] == "?":
            self.tokens.pop(0)
            yes = self.choice()
            if self.tokens[0] != ":":
                raise BadArithmetic(f"{self.text}: `:' expected for conditional expression")
            self.tokens.pop(0)
            no = self.choice()
            number = yes if number else no
        self.deep -= 1
        return number

    def level(self, n: int) -> int:
        if n == len(_LEVELS):
            return self.power()
        left = self.level(n + 1)
        while self.tokens[0] in _LEVELS[n]:
            operator = self.tokens.pop(0)
            left = self.joined(left, operator, self.level(n + 1))
        return left

    def joined(self, left: int, operator: str, right: int) -> int:
        if operator in "/%":
            if not right:
                raise BadArithmetic(f'{self.text}: division by 0 (error token is "{right}")')
            whole = abs(left) // abs(right) * (1 if (left < 0) == (right < 0) else -1)
            return wrapped(whole if operator == "/" else left - right * whole)
        plain: dict[str, Callable[[], int]] = {
            "||": lambda: int(bool(left) or bool(right)),
            "&&": lambda: int(bool(left) and bool(right)),
            "|": lambda: left | right,
            "^": lambda: left ^ right,
            "&": lambda: left & right,
            "==": lambda: int(left == right),
            "!=": lambda: int(left != right),
            "<": lambda: int(left < right),
            "<=": lambda: int(left <= right),
            ">": lambda: int(left > right),
            ">=": lambda: int(left >= right),
            "<<": lambda: left << right % _BITS,
            ">>": lambda: left >> right % _BITS,
            "+": lambda: left + right,
            "-": lambda: left - right,
            "*": lambda: left * right,
        }
        return wrapped(plain[operator]())

    def power(self) -> int:
        base = self.one()
        if self.tokens[0] != "**":
            return base
        self.tokens.pop(0)
        exponent = self.power()
        if exponent < 0:
            raise BadArithmetic(f"{self.text}: exponent less than 0")
        return wrapped(int(pow(base, exponent, 2**_BITS)))

    def one(self) -> int:
        token = self.tokens.pop(0) if self.tokens[0] else ""
        self.deep += 1
        if self.deep > DEEPEST:
            raise BadArithmetic("expression recursion level exceeded")
        try:
            if token in ("-", "+", "!", "~"):
                number = self.one()
                return {"-": wrapped(-number), "+": number, "!": int(not number), "~": ~number}[token]
            if token == "(":
                number = self.choice()
                if self.tokens[0] != ")":
                    raise BadArithmetic(f"{self.text}: missing `)'")
                self.tokens.pop(0)
                return number
        finally:
            self.deep -= 1
        if token[:1].isdigit():
            return self.number(token)
        if token[:1].isalpha() or token[:1] == "_":
            held = self.variable(token) or ""
            return self.number(held) if re.fullmatch(r"-?[0-9]+", held) else 0
        raise BadArithmetic(f'{self.text}: syntax error: operand expected (error token is "{token}")')

    def number(self, text: str) -> int:
        if len(text) > 40:
            return (1 << (_BITS - 1)) - 1
        try:
            base = 16 if text[:2].lower() == "0x" else 8 if len(text) > 1 and text[0] == "0" else 10
            return wrapped(int(text, base))
        except ValueError:
            raise BadArithmetic(f'{text}: value too great for base (error token is "{text}")') from None

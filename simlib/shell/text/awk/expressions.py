"""The expressions of awk, by how tightly they bind. A node is a tuple that begins with its kind."""

from collections.abc import Callable
from typing import Any

from simlib.shell.text.awk.lexer import BadProgram, Token

Node = tuple[Any, ...]
ASSIGNING = ("=", "+=", "-=", "*=", "/=", "%=", "^=", "**=")
COMPARING = ("<", "<=", "==", "!=", ">", ">=")
DEEPEST = 60


class Expressions:
    """Reads tokens one behind the other."""

    def __init__(self, held: list[Token]) -> None:
        self.held, self.at, self.deep = held, 0, 0
        self.no_in = False  # inside the head of for
        self.no_greater = False  # behind print, where > is where it goes

    @property
    def now(self) -> Token:
        return self.held[self.at]

    def is_(self, *texts: str) -> bool:
        return self.now.kind in ("operator", "keyword") and self.now.text in texts

    def take(self) -> Token:
        token = self.now
        if token.kind != "end":
            self.at += 1
        return token

    def expect(self, text: str) -> Token:
        if not self.is_(text):
            raise self.wrong()
        return self.take()

    def wrong(self) -> BadProgram:
        shown = "newline" if self.now.text == "\n" else self.now.text
        return BadProgram(f"line {self.now.line}: syntax error at or near {shown}")

    def lines(self, also: str = "\n") -> None:
        while self.is_("\n", *also.split()):
            self.at += 1

    def deeper(self, parse: Callable[[], Node], what: str) -> Node:
        """Parse what stands within others of its kind, so many of which there may be."""
        self.deep += 1
        if self.deep > DEEPEST:
            raise BadProgram(f"too many {what} within {what}")
        try:
            return parse()
        finally:
            self.deep -= 1

    def expression(self) -> Node:
        return self.deeper(self.assignment, "brackets")

    def assignment(self) -> Node:
        left = self.choice()
        if self.is_(*ASSIGNING):
            if left[0] not in ("variable", "field", "element"):
                raise self.wrong()
            operator = self.take().text.replace("**", "^")
            self.lines()
            return ("assign", operator[:-1], left, self.expression())
        return left

    def choice(self) -> Node:
        condition = self.either()
        if not self.is_("?"):
            return condition
        self.take()
        self.lines()
        yes = self.expression()
        self.lines()
        self.expect(":")
        self.lines()
        return ("choice", condition, yes, self.expression())

    def either(self) -> Node:
        left = self.both()
        while self.is_("||"):
            self.take()
            self.lines()
            left = ("or", left, self.both())
        return left

    def both(self) -> Node:
        left = self.membership()
        while self.is_("&&"):
            self.take()
            self.lines()
            left = ("and", left, self.membership())
        return left

    def membership(self) -> Node:
        left = self.match()
        while self.is_("in") and not self.no_in:
            self.take()
            left = ("in", left, self.take().text)
        return left

    def match(self) -> Node:
        left = self.comparison()
        while self.is_("~", "!~"):
            operator = self.take().text
            left = ("match", left, self.comparison(), operator == "!~")
        return left

    def comparison(self) -> Node:
        left = self.concatenation()
        while self.is_(*COMPARING) and not (self.no_greater and self.is_(">")):
            operator = self.take().text
            left = ("compare", operator, left, self.concatenation())
        if self.is_("|") and self.held[self.at + 1].text == "getline":
            raise BadProgram(f"line {self.now.line}: getline is not known here; the input comes line by line by itself")
        return left

    def concatenation(self) -> Node:
        left = self.sum()
        while self._begins_value():
            left = ("concat", left, self.sum())
        return left

    def _begins_value(self) -> bool:
        if self.now.kind in ("number", "string", "name", "call", "function", "regex"):
            return True
        return self.is_("$", "!", "(", "-", "+", "++", "--") and not self.is_("in") and not self.is_("!")

    def sum(self) -> Node:
        left = self.product()
        while self.is_("+", "-"):
            left = ("number", self.take().text, left, self.product())
        return left

    def product(self) -> Node:
        left = self.unary()
        while self.is_("*", "/", "%"):
            left = ("number", self.take().text, left, self.unary())
        return left

    def unary(self) -> Node:
        if self.is_("!", "-", "+"):
            operator = self.take().text
            inner = self.deeper(self.unary, "signs")
            return ("not", inner) if operator == "!" else ("sign", operator, inner)
        return self.power()

    def power(self) -> Node:
        base = self.postfix()
        if self.is_("^", "**"):
            self.take()
            return ("number", "^", base, self.unary_of_power())
        return base

    def unary_of_power(self) -> Node:
        return self.deeper(self._signed_power, "powers")

    def _signed_power(self) -> Node:
        if self.is_("!", "-", "+"):
            operator = self.take().text
            inner = self.unary_of_power()
            return ("not", inner) if operator == "!" else ("sign", operator, inner)
        return self.power()

    def _number_of_field(self) -> Node:
        if self.is_("++", "--"):
            return self.postfix()
        return ("sign", self.take().text, self.value()) if self.is_("-", "+") else self.value()

    def postfix(self) -> Node:
        if self.is_("++", "--"):
            operator = self.take().text
            return ("before", operator[0], self.value())
        value = self.value()
        if self.is_("++", "--") and value[0] in ("variable", "field", "element"):
            return ("behind", self.take().text[0], value)
        return value

    def value(self) -> Node:
        token = self.now
        if token.kind == "number":
            self.take()
            return (
                "constant",
                float(int(token.text, 16)) if token.text[:2].lower() == "0x" else float(token.text[:300]),
            )
        if token.kind in ("string", "regex"):
            self.take()
            return ("constant", token.text) if token.kind == "string" else ("regex", token.text)
        if token.kind == "operator" and token.text == "$":
            self.take()
            return ("field", self.deeper(self._number_of_field, "fields"))
        if token.kind == "operator" and token.text == "(":
            return self.in_brackets()
        if token.kind == "function":
            return self.built_in()
        if token.kind == "call":
            self.take()
            return ("call", token.text, self.arguments())
        if token.kind == "name":
            self.take()
            if self.is_("["):
                self.take()
                return ("element", token.text, self.subscript())
            return ("variable", token.text)
        if token.text == "getline":
            raise BadProgram(f"line {token.line}: getline is not known here; the input comes line by line by itself")
        raise self.wrong()

    def in_brackets(self) -> Node:
        self.take()
        before = self.no_in, self.no_greater
        self.no_in = self.no_greater = False
        inner = self.expression()
        values = [inner]
        while self.is_(","):
            self.take()
            self.lines()
            values.append(self.expression())
        self.expect(")")
        self.no_in, self.no_greater = before
        if len(values) == 1:
            return ("group", inner)
        if self.is_("in"):
            self.take()
            return ("in", ("list", tuple(values)), self.take().text)
        return ("list", tuple(values))

    def built_in(self) -> Node:
        token = self.take()
        if not self.is_("("):
            if token.text == "length":
                return ("built_in", "length", ())
            raise self.wrong()
        return ("built_in", token.text, self.arguments())

    def arguments(self) -> tuple[Node, ...]:
        self.expect("(")
        before = self.no_in, self.no_greater
        self.no_in = self.no_greater = False
        found = []
        self.lines()
        while not self.is_(")"):
            found.append(self.expression())
            self.lines()
            if self.is_(","):
                self.take()
                self.lines()
            elif not self.is_(")"):
                raise self.wrong()
        self.expect(")")
        self.no_in, self.no_greater = before
        return tuple(found)

    def subscript(self) -> Node:
        values = [self.expression()]
        while self.is_(","):
            self.take()
            values.append(self.expression())
        self.expect("]")
        return values[0] if len(values) == 1 else ("list", tuple(values))

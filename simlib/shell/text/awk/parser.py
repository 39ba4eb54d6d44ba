"""Tokens become a program: functions, and rules of patterns and actions."""

from dataclasses import dataclass, field

from simlib.shell.text.awk.expressions import Expressions, Node
from simlib.shell.text.awk.lexer import BadProgram, tokens


@dataclass(slots=True)
class Rule:
    """A pattern (two of a range) and an action; without one it prints the line."""

    kind: str  # BEGIN, END, or empty
    patterns: tuple[Node, ...] = ()
    action: Node | None = None
    inside: bool = False  # of a range


@dataclass(slots=True)
class Source:
    """A whole program."""

    rules: list[Rule] = field(default_factory=list)
    functions: dict[str, tuple[list[str], Node]] = field(default_factory=dict)


def parse(program: str) -> Source:
    """Read a program."""
    return _Parser(tokens(program)).all()


class _Parser(Expressions):
    def all(self) -> Source:
        source = Source()
        self.lines(";")
        while self.now.kind != "end":
            if self.is_("function", "func"):
                self.function(source)
            else:
                source.rules.append(self.rule())
            self.lines(";")
        return source

    def function(self, source: Source) -> None:
        self.take()
        name = self.take()
        if name.kind not in ("name", "call"):
            raise BadProgram(f"line {name.line}: syntax error at or near {name.text}")
        self.expect("(")
        parameters = []
        while not self.is_(")"):
            parameters.append(self.take().text)
            if self.is_(","):
                self.take()
                self.lines()
            elif not self.is_(")"):
                raise self.wrong()
        self.expect(")")
        self.lines()
        source.functions[name.text] = (parameters, self.block())

    def rule(self) -> Rule:
        if self.is_("BEGIN", "END"):
            kind = self.take().text
            return Rule(kind, (), self.block())
        patterns: list[Node] = []
        if not self.is_("{"):
            patterns.append(self.expression())
            if self.is_(","):
                self.take()
                self.lines()
                patterns.append(self.expression())
        return Rule("", tuple(patterns), self.block() if self.is_("{") else None)

    def block(self) -> Node:
        self.expect("{")
        statements = []
        self.lines(";")
        while not self.is_("}"):
            statements.append(self.statement())
            self.lines(";")
        self.expect("}")
        return ("block", tuple(statements))

    def body(self) -> Node:
        self.lines()
        if self.is_(";"):
            self.take()
            return ("block", ())
        return self.statement()

    def statement(self) -> Node:
        return self.deeper(self.one_statement, "statements")

    def one_statement(self) -> Node:
        if self.is_("{"):
            return self.block()
        if self.now.kind == "keyword":
            word = self.now.text
            known = {"if": self.if_, "while": self.while_, "do": self.do, "for": self.for_}
            if word in known:
                self.take()
                return known[word]()
        node = self.simple()
        if self.is_(";", "\n"):
            self.take()
        elif not self.is_("}") and self.now.kind != "end":
            raise self.wrong()
        return node

    def simple(self) -> Node:
        if self.now.kind == "keyword":
            word = self.now.text
            if word in ("next", "nextfile", "break", "continue"):
                self.take()
                return (word,)
            if word in ("exit", "return"):
                self.take()
                ends = self.is_(";", "\n", "}") or self.now.kind == "end"
                return (word, None if ends else self.expression())
            if word == "delete":
                self.take()
                name = self.take().text
                if not self.is_("["):
                    return ("delete", name, None)
                self.take()
                index = self.subscript()
                return ("delete", name, index)
            if word in ("print", "printf"):
                return self.print()
        return self.expression()

    def if_(self) -> Node:
        self.expect("(")
        condition = self.expression()
        self.expect(")")
        then = self.body()
        before = self.at
        self.lines(";")
        if self.is_("else"):
            self.take()
            return ("if", condition, then, self.body())
        self.at = before
        return ("if", condition, then, None)

    def while_(self) -> Node:
        self.expect("(")
        condition = self.expression()
        self.expect(")")
        return ("while", condition, self.body())

    def do(self) -> Node:
        body = self.body()
        self.lines(";")
        self.expect("while")
        self.expect("(")
        condition = self.expression()
        self.expect(")")
        return ("do", body, condition)

    def for_(self) -> Node:
        self.expect("(")
        behind = self.held[self.at : self.at + 4]
        if (
            len(behind) == 4
            and behind[0].kind == "name"
            and behind[1].text == "in"
            and behind[2].kind == "name"
            and behind[3].text == ")"
        ):
            self.at += 4
            return ("forin", behind[0].text, behind[2].text, self.body())
        begin = None if self.is_(";") else self.simple()
        self.expect(";")
        self.lines()
        condition = None if self.is_(";") else self.expression()
        self.expect(";")
        self.lines()
        step = None if self.is_(")") else self.simple()
        self.expect(")")
        return ("for", begin, condition, step, self.body())

    def print(self) -> Node:
        word = self.take().text
        before, self.no_greater = self.no_greater, True
        values: list[Node] = []
        if not (self.is_(";", "\n", "}", ">", ">>", "|") or self.now.kind == "end"):
            values.append(self.expression())
            while self.is_(","):
                self.take()
                self.lines()
                values.append(self.expression())
            if len(values) == 1 and values[0][0] == "list":
                values = list(values[0][1])
        self.no_greater = before
        target: Node | None = None
        if self.is_(">", ">>", "|"):
            how = self.take().text
            target = (how, self.concatenation())
        return (word, tuple(values), target)

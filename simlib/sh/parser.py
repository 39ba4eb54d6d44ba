"""Tokens become a tree."""

from collections.abc import Callable

from simlib.sh.lexer import DEEPEST, END, NAME, REDIRECTING, BadSyntax, Token, tokens
from simlib.sh.syntax import (
    Case,
    Chain,
    For,
    Function,
    Group,
    If,
    Literal,
    Node,
    Pipeline,
    Redirection,
    Script,
    Simple,
    While,
    Word,
)

RESERVED = (
    "if",
    "then",
    "elif",
    "else",
    "fi",
    "for",
    "while",
    "until",
    "do",
    "done",
    "case",
    "in",
    "esac",
    "{",
    "}",
    "!",
)
CLOSING = ("then", "elif", "else", "fi", "do", "done", "esac", "}")
NUMBER_OF = {"<": 0, "<<": 0, "<<-": 0, "<>": 0, "<&": 0}


def parse(line: str) -> Script:
    """The tree of a line, or of several. Raises :class:`~simlib.sh.lexer.BadSyntax`."""
    parser = _Parser(tokens(line))
    script = parser.script()
    if parser.now.operator != END:
        raise BadSyntax(parser.now.shown)
    return script


class _Parser:
    def __init__(self, held: list[Token]) -> None:
        self.held, self.at, self.deep = held, 0, 0

    @property
    def now(self) -> Token:
        return self.held[self.at]

    def take(self) -> Token:
        token = self.now
        if token.operator == END and not token.word:
            raise BadSyntax(token.shown)
        self.at += 1
        return token

    def is_word(self, *texts: str) -> bool:
        return bool(self.now.word) and self.now.plain in texts

    def expect(self, text: str) -> None:
        token = self.now
        if not (token.plain == text if token.word else token.operator == text):
            raise BadSyntax(token.shown)
        self.at += 1

    def lines(self) -> None:
        while self.now.operator == "\n":
            self.at += 1

    def script(self) -> Script:
        """Commands up to a word or operator that closes something."""
        self.deep += 1
        if self.deep > DEEPEST:
            raise BadSyntax(why="too many commands within commands")
        chains = []
        self.lines()
        while self.now.word or self.now.operator in ("(", *REDIRECTING):
            if self.is_word(*CLOSING):
                break
            chain = self.chain()
            end = self.now.operator
            if end in (";", "&", "\n"):
                self.at += 1
                chain = Chain(chain.links, end == "&")
                self.lines()
                chains.append(chain)
            else:
                chains.append(chain)
                break
        self.deep -= 1
        return tuple(chains)

    def body(self, *ends: str) -> Script:
        """Commands that must not be missing, and the word that ends them."""
        script = self.script()
        if not script or not self.is_word(*ends):
            raise BadSyntax(self.now.shown)
        return script

    def chain(self) -> Chain:
        links = [("", self.pipeline())]
        while self.now.operator in ("&&", "||"):
            operator = self.take().operator
            self.lines()
            links.append((operator, self.pipeline()))
        return Chain(tuple(links))

    def pipeline(self) -> Pipeline:
        negated = False
        while self.is_word("!"):
            self.at += 1
            negated = not negated
        commands = [self.command()]
        while self.now.operator == "|":
            self.at += 1
            self.lines()
            commands.append(self.command())
        return Pipeline(tuple(commands), negated)

    def command(self) -> Node:
        token = self.now
        if token.operator == "(":
            return self.in_brackets()
        if token.word and token.plain in RESERVED and token.plain:
            compound: dict[str, Callable[[], Node]] = {
                "{": self.in_braces,
                "if": self.conditional,
                "for": self.loop,
                "case": self.case,
            }
            if token.plain in ("while", "until"):
                return self.as_long_as(token.plain == "until")
            if token.plain not in compound:
                raise BadSyntax(token.shown)
            return compound[token.plain]()
        behind = self.held[self.at + 1 : self.at + 3]
        if NAME.fullmatch(token.plain) and [one.operator for one in behind] == ["(", ")"]:
            self.at += 3
            self.lines()
            return Function(token.plain, self.command())
        return self.simple()

    def simple(self) -> Simple:
        assignments: list[tuple[str, Word]] = []
        words: list[Word] = []
        redirections: list[Redirection] = []
        while True:
            if self.now.operator in REDIRECTING:
                redirections += self.redirection()
            elif self.now.word:
                word = self.take().word
                assigned = None if words else _assignment(word)
                if assigned is None:
                    words.append(word)
                else:
                    assignments.append(assigned)
            else:
                break
        if not (assignments or words or redirections):
            raise BadSyntax(self.now.shown)
        return Simple(tuple(assignments), tuple(words), tuple(redirections))

    def redirection(self) -> list[Redirection]:
        token = self.take()
        if not self.now.word:
            raise BadSyntax(self.now.shown if self.now.operator != END else "newline")
        word = self.take().word
        if token.operator == "&>":
            return [Redirection(1, ">", word), Redirection(2, ">&", (Literal("1", False),))]
        number = NUMBER_OF.get(token.operator, 1) if token.number is None else token.number
        return [Redirection(number, token.operator, word)]

    def redirections(self) -> tuple[Redirection, ...]:
        found: list[Redirection] = []
        while self.now.operator in REDIRECTING:
            found += self.redirection()
        return tuple(found)

    def in_brackets(self) -> Group:
        self.expect("(")
        script = self.script()
        if not script:
            raise BadSyntax(self.now.shown)
        self.expect(")")
        return Group(script, True, self.redirections())

    def in_braces(self) -> Group:
        self.expect("{")
        script = self.body("}")
        self.expect("}")
        return Group(script, False, self.redirections())

    def conditional(self) -> If:
        branches: list[tuple[Script | None, Script]] = []
        self.expect("if")
        while True:
            condition = self.body("then")
            self.expect("then")
            branches.append((condition, self.body("elif", "else", "fi")))
            if not self.is_word("elif"):
                break
            self.at += 1
        if self.is_word("else"):
            self.at += 1
            branches.append((None, self.body("fi")))
        self.expect("fi")
        return If(tuple(branches), self.redirections())

    def loop(self) -> For:
        self.expect("for")
        name = self.take()
        if not NAME.fullmatch(name.plain):
            raise BadSyntax(why=f"`{name.shown}': not a valid identifier")
        self.lines()
        words: tuple[Word, ...] | None = None
        if self.is_word("in"):
            self.at += 1
            found = []
            while self.now.word:
                found.append(self.take().word)
            words = tuple(found)
        if self.now.operator == ";":
            self.at += 1
        self.lines()
        return For(name.plain, words, self.done(), self.redirections())

    def done(self) -> Script:
        self.expect("do")
        body = self.body("done")
        self.expect("done")
        return body

    def as_long_as(self, until: bool) -> While:
        self.at += 1
        condition = self.body("do")
        return While(condition, self.done(), until, self.redirections())

    def case(self) -> Case:
        self.expect("case")
        word = self.take().word
        self.lines()
        self.expect("in")
        self.lines()
        branches = []
        while not self.is_word("esac"):
            if self.now.operator == "(":
                self.at += 1
            patterns = [self.take().word]
            while self.now.operator == "|":
                self.at += 1
                patterns.append(self.take().word)
            self.expect(")")
            branches.append((tuple(patterns), self.script()))
            if self.now.operator == ";;":
                self.at += 1
                self.lines()
            elif not self.is_word("esac"):
                raise BadSyntax(self.now.shown)
        self.expect("esac")
        return Case(word, tuple(branches), self.redirections())


def _assignment(word: Word) -> tuple[str, Word] | None:
    """``name=value``, as name and value."""
    first = word[0]
    if not isinstance(first, Literal) or first.quoted:
        return None
    name, equals, value = first.text.partition("=")
    if not equals or not NAME.fullmatch(name):
        return None
    rest: Word = (Literal(value, False),) if value else ()
    return name, (*rest, *word[1:])

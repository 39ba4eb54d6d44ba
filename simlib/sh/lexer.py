"""A command line as words and operators."""

import re
from typing import NamedTuple

from simlib.sh.syntax import Arithmetic, Literal, Parameter, Part, Substitution, Word

OPERATORS = (
    "&&", "||", ";;", "<<-", "<<", ">>", "<&", ">&", "<>", ">|", "&>", ";", "&", "|", "(", ")", "<", ">", "\n",
)  # fmt: skip
REDIRECTING = ("<<-", "<<", ">>", "<&", ">&", "<>", ">|", "&>", "<", ">")
BLANKS = " \t"
NAME = re.compile(r"[A-Za-z_][A-Za-z0-9_]*")
SPECIAL = "@*#?-$!0123456789"
END, END_OF_FILE = "", "end of file"  # the operator behind the last one, and how a complaint names it
DEEPEST = 40  # substitutions within substitutions
_CHANGES = re.compile(r":?[-=?+]|%%?|##?|/{1,2}|:")


class BadSyntax(Exception):
    """A line that is no command. ``token`` is where it broke off; or ``why`` says it."""

    def __init__(self, token: str = "", why: str = "") -> None:
        super().__init__(token or why)
        self.token, self.why = token, why


def unclosed(mark: str) -> BadSyntax:
    """What opens is not closed."""
    return BadSyntax(why=f"unexpected EOF while looking for matching `{mark}'")


class Token(NamedTuple):
    """A word, or an operator. ``number``: of a redirection, what stands before it."""

    operator: str
    word: Word = ()
    number: int | None = None

    @property
    def plain(self) -> str:
        """The text of a word without quotes and substitutions, which may be a reserved one; else the empty text."""
        only = self.word[0] if len(self.word) == 1 else None
        return only.text if isinstance(only, Literal) and not only.quoted else ""

    @property
    def shown(self) -> str:
        """How a complaint names it."""
        if not self.word:
            return {"\n": "newline", END: END_OF_FILE}.get(self.operator, self.operator)
        return "".join(part.text if isinstance(part, Literal) else "$" for part in self.word)


def tokens(line: str) -> list[Token]:
    """All of a line; a line end is an operator, too. Raises :class:`BadSyntax`.

    >>> [one.operator or one.plain for one in tokens("cat <x|wc -l >y # why")]
    ['cat', '<', 'x', '|', 'wc', '-l', '>', 'y', '']
    """
    return _Lexer(line).all()


def text_in_braces(text: str) -> Word:
    """What stands behind ``:-`` or ``%`` in ``${…}``: a word that blanks do not end."""
    return _Lexer(text)._word(to_the_end=True)


def quoted_text(text: str) -> Word:
    """A text in which ``$`` and backquotes count, as between double quotes and behind ``<<``."""
    return tuple(_Lexer(text).inside('"', to_the_end=True))


class _Lexer:
    def __init__(self, line: str) -> None:
        self.line, self.at = line, 0
        self.waiting: list[tuple[int, bool, bool]] = []  # here-documents: place among tokens, -, whether it is quoted
        self.found: list[Token] = []

    def all(self) -> list[Token]:
        line = self.line
        while self.at < len(line):
            if line.startswith("\\\n", self.at):
                self.at += 2
            elif line[self.at] in BLANKS:
                self.at += 1
            elif line[self.at] == "#":
                end = line.find("\n", self.at)
                self.at = len(line) if end < 0 else end
            else:
                self._one()
        if self.waiting:
            self._here_documents()
        self.found.append(Token(END))
        return self.found

    def _one(self) -> None:
        digits = re.compile(r"[0-9](?=[<>])").match(self.line, self.at)
        if digits:
            self.at += 1
        operator = next((one for one in OPERATORS if self.line.startswith(one, self.at)), "")
        if operator:
            self.at += len(operator)
            self.found.append(Token(operator, (), int(digits[0]) if digits else None))
            if operator == "\n":
                self._here_documents()
            return
        begun = self.at
        word = self._word()
        if not word:
            return
        before = self.found[-1].operator if self.found else ""
        if before in ("<<", "<<-"):
            raw = self.line[begun : self.at]
            self.waiting.append((len(self.found), before == "<<-", any(one in raw for one in "'\"\\")))
        self.found.append(Token("", word))

    def _here_documents(self) -> None:
        for place, tabs_off, is_quoted in self.waiting:
            end = Token("", self.found[place].word).shown
            lines = []
            while self.at < len(self.line):
                stop = self.line.find("\n", self.at)
                stop = len(self.line) if stop < 0 else stop
                text = self.line[self.at : stop]
                self.at = min(stop + 1, len(self.line))
                text = text.lstrip("\t") if tabs_off else text
                if text == end:
                    break
                lines.append(text + "\n")
            body = "".join(lines)
            self.found[place] = Token("", (() if is_quoted else quoted_text(body)) or (Literal(body, True),))
        self.waiting = []

    def _word(self, to_the_end: bool = False) -> Word:
        parts: list[Part] = []
        text: list[str] = []
        line = self.line

        def close() -> None:
            if text:
                parts.append(Literal("".join(text), False))
                text.clear()

        while self.at < len(line):
            one = line[self.at]
            if not to_the_end and (one in BLANKS or one in "&|;<>()\n"):
                break
            if one == "\\":
                close()
                if line.startswith("\\\n", self.at):
                    self.at += 2
                    continue
                parts.append(Literal(line[self.at + 1 : self.at + 2] or "\\", True))
                self.at += 2
            elif one == "'":
                close()
                end = self._closing("'")
                parts.append(Literal(line[self.at + 1 : end], True))
                self.at = end + 1
            elif one == '"':
                close()
                self.at += 1
                inside = self.inside('"')
                parts.extend(inside or [Literal("", True)])
            elif one == "`" or (one == "$" and self._begins_something()):
                close()
                parts.append(self._dollar(False))
            else:
                text.append(one)
                self.at += 1
        close()
        return tuple(parts)

    def _closing(self, mark: str) -> int:
        end = self.line.find(mark, self.at + 1)
        if end < 0:
            raise unclosed(mark)
        return end

    def inside(self, mark: str, to_the_end: bool = False) -> list[Part]:
        """What stands between double quotes, up to the closing one, or to the end of the text."""
        parts: list[Part] = []
        text: list[str] = []
        line = self.line
        while to_the_end or not line.startswith(mark, self.at):
            if self.at >= len(line):
                if to_the_end:
                    break
                raise unclosed(mark)
            one = line[self.at]
            if one == "\\" and line[self.at + 1 : self.at + 2] in ("$", "`", "\\", "\n") + (
                () if to_the_end else (mark,)
            ):
                text.append(line[self.at + 1].replace("\n", ""))
                self.at += 2
            elif one == "`" or (one == "$" and self._begins_something()):
                if text:
                    parts.append(Literal("".join(text), True))
                    text = []
                parts.append(self._dollar(True))
            else:
                text.append(one)
                self.at += 1
        self.at += len(mark)
        if text:
            parts.append(Literal("".join(text), True))
        return parts

    def _begins_something(self) -> bool:
        behind = self.line[self.at + 1 : self.at + 2]
        return bool(behind) and (behind in "({" or behind in SPECIAL or NAME.match(behind) is not None)

    def _dollar(self, quoted: bool) -> Part:
        line = self.line
        if line[self.at] == "`":
            return self._backquoted(quoted)
        if line.startswith("$((", self.at):
            end = self._matching(self.at + 1, "(", ")")
            if line[end - 1] == ")":
                word = quoted_text(line[self.at + 3 : end - 1])
                self.at = end + 1
                return Arithmetic(word, quoted)
        if line.startswith("$(", self.at):
            end = self._matching(self.at + 1, "(", ")")
            inner, self.at = line[self.at + 2 : end], end + 1
            return Substitution(inner, quoted)
        if line.startswith("${", self.at):
            end = self._matching(self.at + 1, "{", "}")
            inner, self.at = line[self.at + 2 : end], end + 1
            return _braced(inner, quoted)
        name = NAME.match(line, self.at + 1)
        text = name[0] if name else line[self.at + 1]
        self.at += 1 + len(text)
        return Parameter(text, "", (), quoted)

    def _backquoted(self, quoted: bool) -> Part:
        at, text = self.at + 1, []
        while at < len(self.line) and self.line[at] != "`":
            if self.line[at] == "\\" and self.line[at + 1 : at + 2] in ("`", "\\", "$"):
                at += 1
            text.append(self.line[at])
            at += 1
        if at >= len(self.line):
            raise unclosed("`")
        self.at = at + 1
        return Substitution("".join(text), quoted)

    def _matching(self, at: int, begin: str, end: str) -> int:
        """Where the bracket that opens at a place is closed; those in quotes do not count."""
        deep, line = 0, self.line
        while at < len(line):
            one = line[at]
            if one == "\\":
                at += 1
            elif one == "'" and begin == "(":
                at = line.find("'", at + 1)
                if at < 0:
                    break
            elif one == '"':
                at += 1
                while at < len(line) and line[at] != '"':
                    at += 2 if line[at] == "\\" else 1
            elif one == begin:
                deep += 1
                if deep > DEEPEST:
                    raise BadSyntax(why="too many commands within commands")
            elif one == end:
                deep -= 1
                if not deep:
                    return at
            at += 1
        raise unclosed(end)


def _braced(inner: str, quoted: bool) -> Parameter:
    """What stands in ``${…}``."""
    if len(inner) > 1 and inner[0] == "#":
        return Parameter(inner[1:], "length", (), quoted)
    name = NAME.match(inner)
    text = name[0] if name else inner[:1]
    rest = inner[len(text) :]
    change = _CHANGES.match(rest)
    if not text or (not name and text not in SPECIAL) or (rest and change is None):
        raise BadSyntax(why=f"${{{inner}}}: bad substitution")
    if change is None:
        return Parameter(text, "", (), quoted)
    return Parameter(text, change[0], text_in_braces(rest[change.end() :]), quoted)

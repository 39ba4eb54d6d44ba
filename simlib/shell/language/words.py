"""Words of the tree become arguments: variables, substitutions, blanks, names of files (POSIX.1, XCU 2.6)."""

import re
from collections.abc import Callable, Iterator
from fnmatch import translate
from functools import lru_cache
from posixpath import join

from simlib.sh.syntax import Arithmetic, Literal, Parameter, Part, Substitution, Word
from simlib.shell.answer import Failed
from simlib.shell.files.view import View
from simlib.shell.language.arithmetic import BadArithmetic, value
from simlib.shell.login import Login, home_of

BLANKS = " \t\n"
MOST_FIELDS = 100_000
_GLOB = frozenset("*?[")
_BRACES = re.compile(r"\{([^{}]*,[^{}]*|-?[0-9]{1,6}\.\.-?[0-9]{1,6}|[a-zA-Z]\.\.[a-zA-Z])\}")
Field = list[tuple[str, bool]]  # pieces of text, and whether they were quoted


class Words:
    """Expands words for one shell. ``substitute`` runs a command and gives what it prints."""

    def __init__(self, shell: Login, substitute: Callable[[str], str], special: Callable[[str], str | None]) -> None:
        self._shell, self._substitute, self._special = shell, substitute, special

    def arguments(self, words: tuple[Word, ...]) -> list[str]:
        """All words, each as none, one or several arguments."""
        found: list[str] = []
        for word in words:
            for one in _without_braces(word):
                for field in self._fields(one):
                    found += self._files(field)
            if len(found) > MOST_FIELDS:
                raise Failed("sh: Argument list too long", 126)
        return found

    def text(self, word: Word) -> str:
        """A word as one text, as behind ``=`` and ``<``."""
        return "".join(self._value(part) for part in self._with_home(word))

    def pattern(self, word: Word) -> re.Pattern[str]:
        """A word as a pattern of ``case`` or of ``${x%…}``."""
        return _compiled("".join(_escaped(self._value(part)) if part.quoted else self._value(part) for part in word))

    def _with_home(self, word: Word) -> Word:
        first = word[0] if word else None
        if not isinstance(first, Literal) or first.quoted or not first.text.startswith("~"):
            return word
        user, slash, rest = first.text[1:].partition("/")
        home = self._shell.variable("HOME") or "" if not user else home_of(self._shell.host, user)
        return (Literal(home, True), Literal(slash + rest, False), *word[1:])

    def _fields(self, word: Word) -> list[Field]:
        """The fields of a word: what is not quoted is parted at blanks."""
        fields: list[Field] = []
        now: Field | None = None
        for part in self._with_home(word):
            if isinstance(part, Parameter) and part.name == "@" and part.quoted and not part.change:
                for n, argument in enumerate(self._shell.arguments):
                    if n:
                        fields.append(now or [])
                        now = None
                    now = [*(now or []), (argument, True)]
                continue
            text = self._value(part)
            if part.quoted or isinstance(part, Literal):
                now = [*(now or []), (text, part.quoted)]
                continue
            separators = self._shell.variable("IFS")
            pieces = _parted(text, BLANKS if separators is None else separators)
            for n, piece in enumerate(pieces):
                if n:
                    if now is not None:
                        fields.append(now)
                    now = None
                if piece:
                    now = [*(now or []), (piece, False)]
        if now is not None:
            fields.append(now)
        return fields

    def _files(self, field: Field) -> list[str]:
        """A field, or the names of the files that it is a pattern of."""
        plain = "".join(text for text, _ in field)
        if not any(not quoted and _GLOB & set(text) for text, quoted in field):
            return [plain]
        pattern = "".join(_escaped(text) if quoted else text for text, quoted in field)
        return globbed(View(self._shell), pattern) or [plain]

    def _value(self, part: Part) -> str:
        if isinstance(part, Literal):
            return part.text
        if isinstance(part, Substitution):
            return self._substitute(part.line).rstrip("\n")
        if isinstance(part, Arithmetic):
            try:
                return str(value(self.text(part.word), lambda name: self._shell.variable(name) or ""))
            except BadArithmetic as wrong:
                raise Failed(f"sh: {wrong}") from None
        return self._parameter(part)

    def _parameter(self, part: Parameter) -> str:
        known = self._special(part.name)
        if known is None:
            known = self._shell.variable(part.name)
        held = known or ""
        change = part.change
        if not change:
            return held
        if change == "length":
            return str(len(held))
        if change in (":-", "-", ":=", "=", ":?", "?", ":+", "+"):
            missing = not held if change[0] == ":" else known is None
            return self._default(part, held, missing)
        if change in ("%", "%%", "#", "##"):
            return _stripped(held, self.pattern(part.word), change)
        if change == ":":
            return self._slice(part, held)
        pattern, _, new = self.text(part.word).partition("/")
        wanted = _compiled(pattern).pattern.removesuffix(r"\Z").removesuffix(r"\z") if pattern else ""
        return re.sub(wanted, lambda _: new, held, count=change == "/") if wanted else held

    def _default(self, part: Parameter, held: str, missing: bool) -> str:
        last = part.change[-1]
        if last == "+":
            return "" if missing else self.text(part.word)
        if not missing:
            return held
        text = self.text(part.word)
        if last == "=":
            self._shell.variables[part.name] = text
        if last == "?":
            raise Failed(f"sh: {part.name}: {text or 'parameter null or not set'}", 127)
        return text

    def _slice(self, part: Parameter, held: str) -> str:
        try:
            numbers = [
                value(one, lambda name: self._shell.variable(name) or "") for one in self.text(part.word).split(":")
            ]
        except BadArithmetic as wrong:
            raise Failed(f"sh: {wrong}") from None
        start = numbers[0] if numbers[0] >= 0 else max(len(held) + numbers[0], 0)
        if len(numbers) == 1:
            return held[start:]
        return held[start : start + numbers[1] if numbers[1] >= 0 else numbers[1]]


def _parted(text: str, separators: str) -> list[str]:
    """A text, parted; an empty first or last one says that a field ends there."""
    if not separators:
        return [text]
    white = "".join(one for one in separators if one in BLANKS)
    other = "".join(one for one in separators if one not in BLANKS)
    if not other:
        return re.split(f"[{re.escape(white)}]+", text)
    blanks = f"[{re.escape(white)}]*" if white else ""
    hard = f"{blanks}[{re.escape(other)}]{blanks}"
    return re.split(f"{hard}|[{re.escape(white)}]+" if white else hard, text)


def _without_braces(word: Word) -> Iterator[Word]:
    """``{a,b}`` and ``{1..3}``: a word for each."""
    for n, part in enumerate(word):
        if not isinstance(part, Literal) or part.quoted:
            continue
        found = _BRACES.search(part.text)
        if found is None:
            continue
        before = (*word[:n], Literal(part.text[: found.start()], False))
        behind = (Literal(part.text[found.end() :], False), *word[n + 1 :])
        for middle in _choices(found[1]):
            joined = tuple(one for one in (*before, Literal(middle, False), *behind) if one != Literal("", False))
            yield from _without_braces(_joined(joined))
        return
    yield word


def _joined(word: Word) -> Word:
    """Unquoted literals that stand side by side are one, so that braces around braces are seen."""
    parts: list[Part] = []
    for part in word:
        last = parts[-1] if parts else None
        if isinstance(part, Literal) and isinstance(last, Literal) and not part.quoted and not last.quoted:
            parts[-1] = Literal(last.text + part.text, False)
        else:
            parts.append(part)
    return tuple(parts)


def _choices(text: str) -> list[str]:
    if "," in text:
        return text.split(",")
    first, _, last = text.partition("..")
    if first.isalpha():
        a, b = ord(first), ord(last)
        return [chr(n) for n in range(a, b + 1)] if a <= b else [chr(n) for n in range(a, b - 1, -1)]
    low, high = int(first), int(last)
    step = 1 if low <= high else -1
    many = range(low, high + step, step)
    if len(many) > MOST_FIELDS:
        raise Failed("sh: brace expansion: too many words")
    return [str(n) for n in many]


def _escaped(text: str) -> str:
    return re.sub(r"([*?[])", r"[\1]", text)


@lru_cache(maxsize=1024)
def _compiled(pattern: str) -> re.Pattern[str]:
    """A pattern of the shell. Python's stars are as lazy as they need be: no pattern of them takes long."""
    try:
        return re.compile(translate(pattern.replace("[^", "[!")))
    except re.error:
        return re.compile(translate(_escaped(pattern)))


def _stripped(held: str, pattern: re.Pattern[str], change: str) -> str:
    lengths = range(len(held) + 1)
    if change[0] == "#":
        order = lengths if change == "#" else reversed(lengths)
        return next((held[n:] for n in order if pattern.match(held[:n])), held)
    order = lengths if change == "%" else reversed(lengths)
    return next((held[: len(held) - n] for n in order if pattern.match(held[len(held) - n :])), held)


def matches(pattern: str, name: str) -> bool:
    """Whether a name is one of a pattern's.

    >>> matches("qf*", "qfAA"), matches("[!q]f?", "qf1")
    (True, False)
    """
    return _compiled(pattern).match(name) is not None


def globbed(view: View, pattern: str) -> list[str]:
    """The paths of a pattern, in order; a name that begins with a dot only where the pattern does."""
    parts = pattern.split("/")
    found = ["/"] if pattern.startswith("/") else [""]
    for n, part in enumerate(parts):
        if not part:
            continue
        last = n == len(parts) - 1
        following: list[str] = []
        for above in found:
            if not _GLOB & set(part):
                path = join(above, part)
                if view.find(path) is not None:
                    following.append(path)
                continue
            names = sorted(name for name in view.names_or_none(above or ".") or () if matches(part, name))
            names = [name for name in names if not name.startswith(".") or part.startswith(".")]
            paths = [join(above, name) for name in names]
            following += paths if last else [path for path in paths if view.is_directory(path)]
        found = following
    return found

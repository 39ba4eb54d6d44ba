"""``test`` and ``[``: what is true of files, texts and numbers."""

import re
from collections.abc import Callable

from simlib.shell.answer import Failed
from simlib.shell.files.thing import Thing
from simlib.shell.files.view import READ, WRITE, View

TROUBLE = 2
DEEPEST = 50
NUMBER = re.compile(r"\s*[-+]?[0-9]+\s*")
OF_NUMBERS: dict[str, Callable[[int, int], bool]] = {
    "-eq": lambda a, b: a == b,
    "-ne": lambda a, b: a != b,
    "-lt": lambda a, b: a < b,
    "-le": lambda a, b: a <= b,
    "-gt": lambda a, b: a > b,
    "-ge": lambda a, b: a >= b,
}
OF_TEXTS: dict[str, Callable[[str, str], bool]] = {
    "=": lambda a, b: a == b,
    "==": lambda a, b: a == b,
    "!=": lambda a, b: a != b,
    "<": lambda a, b: a < b,
    ">": lambda a, b: a > b,
}
OF_FILES = ("-nt", "-ot", "-ef")
OF_ONE = "bcdefghLprsSuwxzntGO"


def test(view: View, name: str, arguments: list[str]) -> bool:
    """Whether the condition holds; ``name`` is ``test`` or ``[``."""
    words = list(arguments)
    if name == "[":
        if words[-1:] != ["]"]:
            raise Failed("sh: [: missing `]'", TROUBLE)
        words.pop()
    if not words:
        return False
    condition = _Condition(view, name, words)
    held = condition.either()
    if condition.words:
        raise Failed(f"sh: {name}: too many arguments", TROUBLE)
    return held


class _Condition:
    def __init__(self, view: View, name: str, words: list[str]) -> None:
        self.view, self.name, self.words, self.deep = view, name, words, 0

    def either(self) -> bool:
        held = self.both()
        while self.words[:1] == ["-o"]:
            self.words.pop(0)
            other = self.both()
            held = held or other
        return held

    def both(self) -> bool:
        held = self.one()
        while self.words[:1] == ["-a"]:
            self.words.pop(0)
            other = self.one()
            held = held and other
        return held

    def one(self) -> bool:
        words = self.words
        self.deep += 1
        if self.deep > DEEPEST:
            raise Failed(f"sh: {self.name}: too many conditions within conditions", TROUBLE)
        if not words:
            raise Failed(f"sh: {self.name}: argument expected", TROUBLE)
        if len(words) >= 3 and (words[1] in OF_TEXTS or words[1] in OF_NUMBERS or words[1] in OF_FILES):
            left, operator, right = words[:3]
            del words[:3]
            return self.compared(left, operator, right)
        first = words.pop(0)
        if first == "!" and words:
            return not self.one()
        if first == "(" and words:
            held = self.either()
            if words[:1] != [")"]:
                raise Failed(f"sh: {self.name}: `)' expected", TROUBLE)
            words.pop(0)
            return held
        if len(first) == 2 and first[0] == "-" and words and words[0] not in ("-a", "-o"):
            if first[1] not in OF_ONE:
                raise Failed(f"sh: {self.name}: {first}: unary operator expected", TROUBLE)
            return self.of_one(first[1], words.pop(0))
        if words and words[0] not in ("-a", "-o", ")"):
            raise Failed(
                f"sh: {self.name}: {words[0] if len(words) > 1 else first}: "
                + ("binary" if len(words) > 1 else "unary")
                + " operator expected",
                TROUBLE,
            )
        return bool(first)

    def compared(self, left: str, operator: str, right: str) -> bool:
        if operator in OF_TEXTS:
            return OF_TEXTS[operator](left, right)
        if operator in OF_NUMBERS:
            for text in (left, right):
                if not NUMBER.fullmatch(text) or len(text) > 18:
                    raise Failed(f"sh: {self.name}: {text}: integer expression expected", TROUBLE)
            return OF_NUMBERS[operator](int(left), int(right))
        one, other = self.view.find(left), self.view.find(right)
        if operator == "-ef":
            return one is not None and other is not None and one.path == other.path
        newer, older = (one, other) if operator == "-nt" else (other, one)
        return newer is not None and (older is None or newer.modified > older.modified)

    def of_one(self, letter: str, word: str) -> bool:
        if letter in "zn":
            return bool(word) == (letter == "n")
        if letter == "t":
            return word in ("0", "1", "2")
        thing = self.view.find(word, follow=letter not in "Lh")
        return thing is not None and self.of_thing(letter, thing)

    def of_thing(self, letter: str, thing: Thing) -> bool:
        user = self.view.shell.user
        known: dict[str, Callable[[], bool]] = {
            "e": lambda: True,
            "f": lambda: thing.kind == "-",
            "d": lambda: thing.kind == "d",
            "h": lambda: thing.kind == "l",
            "L": lambda: thing.kind == "l",
            "c": lambda: thing.kind == "c",
            "s": lambda: thing.size > 0,
            "r": lambda: thing.allows(user, READ),
            "w": lambda: thing.allows(user, WRITE),
            "x": lambda: bool(thing.mode & 0o111) and thing.allows(user, 1),
            "g": lambda: bool(thing.mode & 0o2000),
            "u": lambda: bool(thing.mode & 0o4000),
            "O": lambda: thing.owner == user,
            "G": lambda: thing.group == user,
        }
        return letter in known and known[letter]()

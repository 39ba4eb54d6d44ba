"""What all maps have in common: the options of a K line, and how a value becomes what a rule sees [map.c]."""

from collections.abc import Collection, Mapping, Sequence
from typing import NamedTuple, Protocol

from simlib.cf.map_faults import options
from simlib.message.status import Exit
from simlib.rewrite.questions import Asking, Found

NO_MATCH = Found(None, Exit.NOHOST)


class Surroundings(Protocol):
    """What a map sees of its host."""

    search: Sequence[str]  # domains in which a name without a dot is looked for
    hosts: Mapping[str, str]  # names that it knows without the name service, each with its full name
    addresses: Mapping[str, str]  # and addresses with the names that belong to them

    def file(self, path: str) -> str | None:
        """The text of a file; None where there is none."""

    def account(self, user: str) -> Mapping[str, str] | None:
        """A line of the password file by its fields' names; None for nobody."""

    def number(self, below: int) -> int:
        """A number drawn by lot."""


class Session(Protocol):
    """What a map may do to the question that it helps to answer."""

    keeps: bool
    until: float

    def write(self, name: str, value: str | None) -> None:
        """Define a macro."""


class Options(NamedTuple):
    """The options of a K line, letter by letter, and what follows them: a file, a pattern, names of other maps."""

    letters: Mapping[str, str]
    rest: str

    @classmethod
    def read(cls, arguments: str) -> "Options":
        """Options come first, each with its value behind the letter; a letter that comes twice counts as it came last.

        >>> Options.read("-T<TMP> -o /etc/mail/access.db")
        Options(letters={'T': '<TMP>', 'o': ''}, rest='/etc/mail/access.db')
        """
        letters, rest = options(arguments)
        return cls(letters, rest)


class Map:
    """A map that knows nothing: the null map. ``blank`` goes between the words of a key, BlankSub where empty."""

    keeps_quotes = False
    waits = False  # for the name service

    def __init__(self, name: str, options: Options, around: Surroundings) -> None:
        self.name, self.options, self.around = name, options, around
        letters = options.letters
        self.append = letters.get("a", "")
        self.on_failure = letters.get("T")
        self.blank = letters.get("S", "")[:1]
        self.matches_only = "m" in letters
        self.no_defer = "t" in letters
        self.is_optional = "o" in letters
        if "q" in letters:
            self.keeps_quotes = True

    def look_up(self, words: Sequence[str], session: Session) -> Asking[Found]:
        """Answer for a key (``words[0]``) and arguments; yields what has to be asked of the name service."""
        yield from ()
        return self.at_once(words, session)

    def at_once(self, words: Sequence[str], session: Session) -> Found:
        """The answer of a map that has to ask nobody."""
        return NO_MATCH

    def rewritten(self, value: str, words: Collection[str] | None = None) -> str:
        """A value as rules see it: ``%0`` to ``%9`` are key and arguments, ``-a`` is put behind."""
        if words is None or "%" not in value:
            return value + self.append
        given, pieces, here = list(words), [], 0
        while here < len(value):
            char, after = value[here], value[here + 1 : here + 2]
            if char == "%" and after == "%":
                pieces.append("%")
                here += 2
            elif char == "%" and after.isdecimal():
                pieces.append(given[int(after)] if int(after) < len(given) else "")
                here += 2
            else:
                pieces.append(char)
                here += 1
        return "".join(pieces) + self.append

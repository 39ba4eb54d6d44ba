"""sendmail.cf, read and written: text to :class:`Cf` and back, byte for byte."""

import re
import warnings
from collections.abc import Callable, Iterable, Iterator, Sequence
from operator import itemgetter
from typing import NamedTuple, Self

from simlib.cf.conflicts import conflicts, missing
from simlib.cf.contents import TODAYS_LEVEL, Contents
from simlib.cf.errors import CfError, CfWarning, NotSimulated
from simlib.cf.lines import Line, dedent, logical_lines, meaning
from simlib.cf.numbers import atoi, forgiving

_VERSION = re.compile(r"V\s*([0-9]+)")


class Complaints(NamedTuple):
    """What is said of options: ``fatal`` in sendmail's words, which ends with them; ``idle``: not simulated."""

    fatal: tuple[str, ...]
    idle: tuple[str, ...]


class Cf(Contents):
    """A sendmail configuration. Two are equal when their texts are.

    Make one with :meth:`parse`, or from another with :meth:`with_lines`; neither changes what it is given.

    >>> cf = Cf.parse("O ConnectionCacheSize=4")
    >>> cf["ConnectionCacheSize"], cf["Timeout.hoststatus"]
    (4, 1800.0)
    >>> cf.is_set("Timeout.hoststatus")
    False
    """

    def __init__(self, name: str = "sendmail.cf") -> None:
        super().__init__()
        self.name = name
        self.lines: tuple[Line, ...] = ()

    @classmethod
    def parse(cls, text: str, name: str = "sendmail.cf") -> Self:
        """Read a whole file or a fragment; ``name`` is what errors and warnings call it.

        A margin common to all lines is taken off first, so that a notebook may indent a triple-quoted text: in a
        cf a blank at the start of a line would make it a continuation of the line before. A text without a V line
        is read at level 10.

        Raises :class:`~simlib.cf.errors.CfError` for a line or a value that cannot be used, and warns with
        :class:`~simlib.cf.errors.CfWarning` of what sendmail complains of but does without, such as an unknown
        option.
        """
        cf = cls(name)
        cf._take(list(_lines(text, name, TODAYS_LEVEL)))
        return cf

    @classmethod
    def found(
        cls,
        text: str,
        name: str = "/etc/mail/sendmail.cf",
        also: Callable[[Self], Iterable[tuple[int, str]]] = lambda cf: (),
    ) -> tuple[Self, tuple[str, ...]]:
        """Read a file as sendmail itself does when it starts, whatever stands there: with what keeps it from starting.

        What is silently taken for something else is taken so; a line that cannot be used is left out. The complaints
        are in sendmail's words, as it logs them; with any it ends. ``also`` finds what the text alone does not show:
        each with its line.

        >>> Cf.found("V10\\nO MetaMail=true")[1][0]
        '/etc/mail/sendmail.cf: line 2: readcf: unknown option name MetaMail'
        """
        cf, said = cls(name), []
        token = forgiving.set(True)
        try:
            with warnings.catch_warnings(record=True) as caught:
                warnings.simplefilter("always", CfWarning)
                for line in _lines(re.sub(r"\0[^\n]*", "", text), name, TODAYS_LEVEL):  # a NUL ends a line in C
                    try:
                        cf._take([line])
                    except CfError as error:
                        said.append((error.line, error.said))
        finally:
            forgiving.reset(token)
        told = [(one.message.line, one.message.said) for one in caught if isinstance(one.message, CfWarning)]
        told += also(cf)
        complaints = sorted([*said, *((number, words) for number, words in told if words)], key=itemgetter(0))
        lines = tuple(f"{name}: line {number}: {one}" for number, words in complaints for one in words.split("\n"))
        return cf, (*lines, *(words for words, _ in missing(cf)))

    def with_lines(self, fragment: str, name: str = "fragment") -> Self:
        """A new Cf with a fragment laid over this one, as if the lines stood at the end of the file.

        So the later line wins, as in sendmail, and where sendmail adds up (DaemonPortOptions, PrivacyOptions,
        DontBlameSendmail, AliasFile, classes, headers) it is added. P lines alone are different, as sendmail goes
        by the first: a P line here takes the place of the old one, which leaves the text.

        >>> Cf.parse("Plist=-30").with_lines("Plist=50").precedences
        {'list': 50}
        """
        lines = list(_lines(fragment, name, self.version or TODAYS_LEVEL))
        cf = self._copied()
        cf._drop_precedences({line.precedence for line in lines if line.precedence} & self.precedences.keys())
        if lines:
            cf._end_last_line()
        cf._take(lines)
        return cf

    def with_options(self, lines: Sequence[str]) -> tuple[Self, "Complaints"]:
        """A new Cf with options of a command line, ``O Name=value`` or ``OXvalue``, and what is said of them.

        They take the place of what this one says, also where O lines add up. Words are taken for numbers, as sendmail
        does.

        >>> cf, said = Cf.parse("O PrivacyOptions=noexpn").with_options(["O PrivacyOptions=novrfy", "O Foo=1"])
        >>> cf["PrivacyOptions"], said.fatal
        (('novrfy',), ('readcf: unknown option name Foo',))
        """
        alone, fatal = type(self)(self.name), []
        # in the text they are comments: who reads that again, strictly, is not to stumble over what was forgiven here
        read = [
            Line(self.name, 1, f"# {' '.join(text.split())}\n", text, self.version or TODAYS_LEVEL) for text in lines
        ]
        token = forgiving.set(True)
        try:
            with warnings.catch_warnings(record=True) as caught:
                warnings.simplefilter("always", CfWarning)
                for line in read:
                    try:
                        alone.read(line)
                    except CfError as error:
                        fatal.append(error.said)
        finally:
            forgiving.reset(token)
        told = [one.message for one in caught if isinstance(one.message, CfWarning)]
        fatal += [warning.said for warning in told if warning.said]
        idle = tuple(warning.told for warning in told if isinstance(warning, NotSimulated))
        copy = self._copied()
        copy.options |= alone.options
        copy.macros |= alone.macros
        copy._end_last_line()
        copy.lines = (*copy.lines, *read)
        return copy, Complaints(tuple(fatal), idle)

    def _take(self, lines: list[Line]) -> None:
        for line in lines:
            if line.text:
                self.read(line)
        self.lines = (*self.lines, *lines)
        for complaint, names in conflicts(self):
            said = [line for line in lines if line.option in map(str.lower, names)]
            if said:
                said[-1].warn(complaint)

    def _copied(self) -> Self:
        copy = type(self)(self.name)
        for name, value in vars(self).items():
            setattr(copy, name, value.copy() if isinstance(value, dict) else value)
        return copy

    def _drop_precedences(self, names: set[str]) -> None:
        if names:
            self.precedences = {name: value for name, value in self.precedences.items() if name not in names}
            self.lines = tuple(line for line in self.lines if line.precedence not in names)

    def _end_last_line(self) -> None:
        if self.lines and not self.lines[-1].raw.endswith("\n"):
            last = self.lines[-1]
            self.lines = (*self.lines[:-1], last._replace(raw=last.raw + "\n"))

    def __str__(self) -> str:
        return "".join(line.raw for line in self.lines)

    def __repr__(self) -> str:
        counts = f"{len(self.options)} options, {len(self.mailers)} mailers, {len(self.rulesets)} rulesets"
        return f"<Cf {self.name}: {counts}>"

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Cf) and str(self) == str(other)

    def __hash__(self) -> int:
        return hash(str(self))


def _lines(text: str, name: str, level: int) -> Iterator[Line]:
    """The logical lines of a text, each read at the level that the V line before it sets."""
    for number, raw in logical_lines(dedent(text)):
        line = Line(name, number, raw, meaning(raw, level), level)
        version = _VERSION.match(line.text)
        if version is not None:
            level = atoi(version[1])
        yield line

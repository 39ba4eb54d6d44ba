"""What a sendmail.cf holds, and how each command letter adds to it: one function a letter, found by name."""

import re
from collections.abc import Mapping
from types import MappingProxyType
from typing import Any, NamedTuple

from simlib.cf import not_simulated
from simlib.cf.equates import MILTER, QUEUE_GROUP, munch, name_and_equates
from simlib.cf.errors import Unreadable
from simlib.cf.lines import Line
from simlib.cf.mailers import Mailer, read_mailer
from simlib.cf.map_faults import ONLY_KNOWN
from simlib.cf.map_faults import fault as map_fault
from simlib.cf.map_faults import options as map_letters
from simlib.cf.numbers import atoi, whole_number
from simlib.cf.options import Value
from simlib.cf.rule_faults import fault as rule_fault
from simlib.cf.settings import option_named, read_option_line, stored_as
from simlib.cf.slips import meant
from simlib.language import phrase

OF_CLASS = "$="  # before the name of a class, in a C line: the words of that one
TODAYS_LEVEL = 10  # what a text without a V line is read as
MAX_NUMBERED_RULESETS = 100
_COLON_LEVEL = 6  # from this V level on a colon in an address begins a group

_NAME = re.compile(r"\{(?P<long>[A-Za-z0-9_]+)\}|(?P<letter>[^\s{])")
_LOST_OPTION = re.compile(r"\n[ \t]+(O [A-Za-z][\w.-]*) *=")
_HEADER = re.compile(r"(?:\?(?P<flags>[^?]*)\?)?(?P<name>[!-9;->@-~][!-9;-~]*)[ \t]*:(?P<template>.*)", re.DOTALL)
_CLASS_FILE = re.compile(
    r"\s*(?P<optional>-o\S*\s+)?(?:(?P<program>\|.+)|(?P<path>\S+)(?:\s+(?P<pattern>.+))?)", re.DOTALL
)
_RULESET = re.compile(
    r"\s*(?:(?P<number>[0-9]+)|(?P<name>[A-Za-z][A-Za-z0-9_]*)(?:\s*(?P<equal>=)\s*(?P<of>[0-9]+)?)?)"
)
_MACRO_IN_RULE = re.compile(r"\$[?A-Za-z{]")
_MAP = re.compile(r"\s*([A-Za-z0-9][A-Za-z0-9_.]*)(?:\s+([A-Za-z0-9]+)\s*(.*))?", re.DOTALL)


class Header(NamedTuple):
    """An H line: a header that mailers with one of ``flags`` want (all, when empty), and what is put in it."""

    name: str
    flags: str
    template: str


class Rule(NamedTuple):
    """An R line as it stands: left-hand side, right-hand side, comment.

    ``macros`` are those that the lines before it define, where it names one; sendmail puts them in when it reads it.
    """

    lhs: str
    rhs: str
    comment: str
    line: int = 0
    macros: Mapping[str, str] = MappingProxyType({})


class Map(NamedTuple):
    """A K line: the kind of database, and its arguments as text."""

    kind: str
    arguments: str


class ClassFile(NamedTuple):
    """An F line: where the words of a class stand (a file, ``|program`` or a map), and the scanf pattern for them."""

    path: str
    pattern: str
    optional: bool
    line: int = 0


class Contents:
    """Everything that has been read so far. Every table is a plain dict, and none is changed but by reading a line."""

    def __init__(self) -> None:
        self.version = 0
        self.vendor = ""
        self.options: dict[str, Value] = {}
        self.macros: dict[str, str] = {}
        self.classes: dict[str, tuple[str, ...]] = {}
        self.class_files: dict[str, tuple[ClassFile, ...]] = {}
        self.precedences: dict[str, int] = {}
        self.headers: tuple[Header, ...] = ()
        self.maps: dict[str, Map] = {}
        self.rulesets: dict[str, tuple[Rule, ...]] = {}
        self.mailers: dict[str, Mailer] = {}
        self.environment: dict[str, str] = {}
        self.queue_groups: dict[str, dict[str, str]] = {}
        self.milters: dict[str, dict[str, str]] = {}
        self.notes: tuple[tuple[int, str], ...] = ()  # what address test mode alone tells of lines, in sendmail's words
        self._ruleset = ""
        self.ruleset_numbers: dict[int, str] = {}  # number -> name, where an S line gives both
        self.ruleset_order: dict[str, None] = {}  # in which they are first named, by S and M lines

    @property
    def trusted(self) -> tuple[str, ...]:
        """The users of T lines, that is of class t."""
        return self.classes.get("t", ())

    def __getitem__(self, name: str) -> Any:  # which type it is depends on the option: OPTIONS knows, mypy cannot
        """The value of an option by its long name, ``cf["Timeout.queuereturn.urgent"]``: what the text says, or
        sendmail's default. Times are in seconds. ``Timeout.queuereturn`` and ``queuewarn`` answer for normal mail.

        Raises :class:`~simlib.errors.WorkbookError` for a name sendmail does not know, with the nearest that it does.
        """
        option = option_named(name)
        return self.options.get(stored_as(option), option.default)

    def is_set(self, name: str) -> bool:
        """Whether the text gives this option a value."""
        return stored_as(option_named(name)) in self.options

    def read(self, line: Line) -> None:
        """Obey one line. Raises :class:`~simlib.cf.errors.CfError` where sendmail calls it bad."""
        command, hint = line.text[0], meant(line.text)
        lost = _LOST_OPTION.search(line.text)
        if lost is not None:
            line.warn(
                phrase(
                    "{lost} belongs to the line before it, because a blank begins it; begin it at the margin",
                    lost=lost[1],
                )
            )
        try:
            if command.isspace():
                cure = "begin it at the margin; a blank at the start continues the line before"
                raise Unreadable("nothing to continue", cure, line.text.lstrip(), _unknown(line.text))
            reader = getattr(self, f"read_{command}", None) if command.isascii() and command.isupper() else None
            if reader is None:
                cure = phrase("a line begins with one of {them}", them=" ".join(_letters()))
                raise Unreadable("unknown configuration line", cure, said=_unknown(line.text))
            reader(line)
        except Unreadable as trouble:
            raise line.error(trouble.rather(hint) if hint else trouble) from None
        if hint:
            line.warn(hint)

    def read_V(self, line: Line) -> None:
        """``V10/Berkeley``: the level of the language, and whose dialect."""
        match = re.match(r"\s*([0-9]+)(?:/([A-Za-z]*))?", line.text[1:])
        if match is None:
            said = f'invalid argument to V line: "{line.text[1:].strip()}"'
            raise Unreadable("a V line needs a number", "write V10/Berkeley", line.text[1:], said)
        self.version, self.vendor = atoi(match[1]) % 2**32, match[2] or ""
        if self.vendor.lower() not in ("", "berkeley"):
            said = f'invalid V line vendor code: "{self.vendor}"'
            line.warn(phrase("sendmail knows no vendor but Berkeley"), said)
        if self.version > TODAYS_LEVEL:
            line.warn(
                phrase(
                    "level {version} is newer than sendmail 8.18 knows ({todays})",
                    version=self.version,
                    todays=TODAYS_LEVEL,
                )
            )
        if self.version >= _COLON_LEVEL:
            self.options["ColonOkInAddr"] = False

    def read_O(self, line: Line) -> None:
        """``O Name=value`` or ``Ovalue`` after a single letter; ``OM`` defines a macro."""
        if line.text[1:2] == "M":
            self._define(line.text[2:])
        else:
            read_option_line(self.options, line)

    def read_D(self, line: Line) -> None:
        """``DXvalue`` or ``D{name}value``."""
        self._define(line.text[1:])

    def _define(self, body: str) -> None:
        name, value = _named(body)
        self.macros[name] = munch(value)[0]

    def read_C(self, line: Line) -> None:
        """``Cw one two`` or ``C{name}one two``; ``$=x`` stands for the words of class x."""
        name, words = _named(line.text[1:])
        self._enter(name, words)

    def read_T(self, line: Line) -> None:
        """``Troot daemon``: trusted users, that is class t."""
        self._enter("t", line.text[1:])

    def _enter(self, name: str, text: str) -> None:
        words: list[str] = list(self.classes.get(name, ()))
        for word in text.split():
            other = _named(word[2:])[0] if word.startswith(OF_CLASS) else ""
            words += self.classes.get(other, ()) if other else (word,)
            if other in self.class_files:  # what is in the files is known where sendmail runs
                words.append(word)
        self.classes[name] = tuple(dict.fromkeys(words))

    def read_F(self, line: Line) -> None:
        """``Fw-o /path pattern``: a class from a file, which is named here and not read."""
        name, text = _named(line.text[1:])
        match = _CLASS_FILE.fullmatch(text)
        if match is None:
            cure, said = "write Fw/etc/mail/local-host-names", "fileclass: missing file name"
            raise Unreadable("an F line needs a file", cure, line.text[1:], said)
        path, pattern = match["program"] or match["path"], match["pattern"] or ""
        line.changes_nothing(not_simulated.class_file(name, path, pattern))
        file = ClassFile(path, pattern, match["optional"] is not None, line.number)
        self.class_files[name] = (*self.class_files.get(name, ()), file)

    def read_P(self, line: Line) -> None:
        """``Plist=-30``. The first line for a name holds: sendmail never looks at a second one."""
        name, equal, value = line.text[1:].partition("=")
        if not equal or not name:
            cure = "write it like Plist=-30"
            raise Unreadable("a P line needs a name and a number", cure, line.text[1:], _unknown(line.text))
        number = whole_number(value, "not a number", phrase("write P{name}=0", name=name))
        if name != name.strip():
            line.warn(
                phrase(
                    "the blank belongs to the name, so no message matches it; write P{name}={value}",
                    name=name.strip(),
                    value=value.strip(),
                )
            )
        if name.lower() in self.precedences:
            line.warn(phrase("{name} has a P line already, and sendmail goes by the first one", name=name))
        self.precedences.setdefault(name.lower(), number)

    def read_H(self, line: Line) -> None:
        """``H?flags?Name: template``."""
        match = _HEADER.fullmatch(line.text, 1)
        if match is None:
            cure, said = "write HName: text or H?flags?Name: text", f'header syntax error, line "{line.text[1:]}"'
            raise Unreadable("header syntax error", cure, line.text[1:], said)
        header = Header(match["name"], match["flags"] or "", match["template"].lstrip(" \t"))
        line.changes_nothing(not_simulated.header(header.name, header.template))
        self.headers = (*self.headers, header)

    def read_K(self, line: Line) -> None:
        """``Kname kind arguments``."""
        match = _MAP.match(line.text, 1)
        if match is None or match[2] is None:
            said = f"readcf: config K line{'' if match is None else f', map {match[1]}'}: no map "
            said += "name" if match is None else "class"
            raise Unreadable("a K line needs a name and a kind", "write Kname hash /path", line.text[1:], said)
        wrong = map_fault(match[1], match[2], match[3], self.maps)
        if wrong is not None:
            raise wrong
        if match[2] in ONLY_KNOWN:
            told = phrase("maps of kind {kind} are not simulated: this one answers nothing", kind=match[2])
        else:
            told = not_simulated.map_letters(match[2], map_letters(match[3])[0])
        line.changes_nothing(told)
        self.maps[match[1]] = Map(match[2], match[3])

    def read_S(self, line: Line) -> None:
        """``S3``, ``Sname`` or ``Sname=3``: the rules that follow belong to that ruleset."""
        match = _RULESET.match(line.text, 1)
        if match is None:
            cure, said = "write S and a name or a number below 100", f'invalid ruleset name: "{line.text[1:].strip()}"'
            raise Unreadable("invalid ruleset name", cure, line.text[1:], said)
        if match["equal"] and not match["of"]:
            said = f'bad ruleset definition "{line.text[1:]}" (number required after `=\')'
            raise Unreadable(
                "number expected after =", phrase("write S{name}=0", name=match["name"]), line.text[1:], said
            )
        number = match["number"] or match["of"]
        if number and atoi(number) >= MAX_NUMBERED_RULESETS:
            said = f"bad ruleset {atoi(number)} ({MAX_NUMBERED_RULESETS} max)"
            raise Unreadable(
                "ruleset number out of range",
                phrase("take one below {most}", most=MAX_NUMBERED_RULESETS),
                number,
                said,
            )
        name = match["name"] or self.ruleset_numbers.get(int(number), number)
        line.changes_nothing(not_simulated.ruleset(name))
        if match["of"]:
            self._number(name, int(number))
        if self.rulesets.get(name):
            told = f"WARNING: Ruleset {line.text[1:]} has multiple definitions"
            self.notes = (*self.notes, (line.number, told))
        self._ruleset = name
        self.ruleset_order.setdefault(name)
        self.rulesets.setdefault(name, ())

    def _number(self, name: str, number: int) -> None:
        """Give a ruleset a number; what stood under the number alone is its own now."""
        nameless = self.rulesets.pop(str(number), None)
        if nameless is not None:
            self.rulesets[name] = (*nameless, *self.rulesets.get(name, ()))
        for old, owner in self.ruleset_numbers.items():
            if owner == name and old != number:
                raise Unreadable(
                    phrase("ruleset {name} is number {old} already", name=name, old=old),
                    phrase("write S{name}", name=name),
                    str(number),
                )
        self.ruleset_numbers[number] = name

    def read_R(self, line: Line) -> None:
        """``Rlhs<tab>rhs<tab>comment``, kept as text."""
        if not self._ruleset:
            raise Unreadable("a rule without a ruleset", "put an S line before it")
        lhs, tab, rest = line.text[1:].partition("\t")
        if not tab or not rest.strip("\t"):
            cure = "put a tab, not blanks, between the two sides of a rule"
            shown = line.text.rstrip().replace("$", "\\001")  # sendmail has marked it by then
            said = f'invalid rewrite line "{shown}" (tab expected)'
            raise Unreadable("tab expected", cure, line.text[1:], said)
        rhs, _, comment = rest.lstrip("\t").partition("\t")
        self.rulesets[self._ruleset] = (
            *self.rulesets[self._ruleset],
            Rule(
                lhs.rstrip("\n"),
                rhs.rstrip("\n"),
                comment.lstrip("\t"),
                line.number,
                self.macros.copy() if _MACRO_IN_RULE.search(lhs + rhs) else MappingProxyType({}),
            ),
        )
        wrong = rule_fault(lhs, rhs, self.macros, line.level)
        if wrong is not None:  # the rule stands there all the same, as in sendmail's address test mode
            raise wrong

    def read_M(self, line: Line) -> None:
        """``Mname, P=…, F=…, A=…``; a later line for the same name takes its place."""
        mailer = read_mailer(line.text[1:])
        for told in not_simulated.mailer(mailer):
            line.changes_nothing(told)
        self.mailers[mailer.name] = mailer
        for name in (*mailer.sender_rulesets, *mailer.recipient_rulesets):
            if name:
                self.ruleset_order.setdefault(self.ruleset_numbers.get(int(name), name) if name.isdecimal() else name)

    def read_E(self, line: Line) -> None:
        """``ENAME=value``: environment of the programs that sendmail runs."""
        name, _, value = line.text[1:].partition("=")
        line.changes_nothing(not_simulated.environment(name))
        self.environment[name] = value

    def read_Q(self, line: Line) -> None:
        """``Qname, P=directory, …``: a queue group, its values as text by letter."""
        name, values = name_and_equates(QUEUE_GROUP, line.text[1:], "PFIJNrR")
        line.changes_nothing(not_simulated.NO_QUEUE_GROUPS)
        self.queue_groups[name] = values

    def read_X(self, line: Line) -> None:
        """``Xname, S=socket, …``: a milter, its values as text by letter."""
        name, values = name_and_equates(MILTER, line.text[1:], "SFT")
        if not values.get("S"):
            cure, said = "write S=local:/path or S=inet:port@host", f"X{name}: empty or missing socket information"
            raise Unreadable(phrase("milter {name} has no socket", name=name), cure, line.text[1:], said)
        if name in self.milters:
            raise Unreadable(phrase("milter {name} is defined already", name=name), "give it another name", name)
        line.changes_nothing(not_simulated.NO_FILTERS)
        self.milters[name] = values

    def read_L(self, line: Line) -> None:
        """``L`` and ``G`` are lookups of Sun's sendmail: kept as lines, of no effect."""
        line.warn("only Sun's sendmail knows this line: ignored", _unknown(line.text))

    read_G = read_L


def _letters() -> list[str]:
    return sorted(name[-1] for name in vars(Contents) if name.startswith("read_"))


def _named(text: str) -> tuple[str, str]:
    """The macro or class name at the start of a text, ``x`` or ``{name}``, and what follows it."""
    match = _NAME.match(text)
    if match is None:
        cure = "write one character, or {name} of letters, digits and _"
        raise Unreadable("name expected", cure, text, _said_of_name(text))
    return match["long"] or match["letter"], text[match.end() :]


def _said_of_name(text: str) -> str:
    if not text.startswith("{"):
        return "Name required for macro/class"
    name, closed, _ = text[1:].partition("}")
    if not closed:
        return f"Unbalanced {{ on {name}"
    wrong = re.search("[^A-Za-z0-9_]", name)
    return f"Invalid macro/class character {wrong[0]}" if wrong else "Name required for macro/class"


def _unknown(text: str) -> str:
    return f'unknown configuration line "{text}"'

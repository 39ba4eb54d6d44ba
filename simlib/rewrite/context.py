"""What one question to the rules reads and notes, and who looks on.

It is never the rules' own: runs that wait for different things do not mix.
"""

from collections.abc import Mapping, MutableMapping
from typing import Protocol

from simlib.cf import marks
from simlib.rewrite.maps.map import Map
from simlib.rewrite.rules import Rule, Rulesets

MOST_RULES = 50_000  # fired in one question, on short workspaces; the real one would go on for days
SHOWN, SHOWN_END = 203, 100  # characters of a text in a complaint


class Watcher(Protocol):
    """Whoever looks on as rules run: address test mode, the debugger of a notebook."""

    def entered(self, name: str, workspace: str) -> None:
        """A ruleset begins."""

    def returned(self, name: str, workspace: str) -> None:
        """It has ended."""

    def given_up(self, name: str, workspace: str) -> None:
        """An error has ended it before its end."""

    def tried(self, rule: Rule, matched: bool) -> None:
        """A rule was held against the workspace."""

    def skipped(self, name: str) -> None:
        """A ruleset that is called has no rules."""

    def macro(self, side: str, name: str, value: str | None) -> None:
        """A rule has read a run-time macro, on its ``LHS`` or ``RHS``."""

    def fired(self, name: str, number: int, groups: tuple[str, ...], workspace: str) -> None:
        """A rule, ``number`` of its set, has made another workspace; ``groups`` are what its operators caught."""

    def looked_up(self, map_name: str, key: str, value: str | None) -> None:
        """A map was asked."""

    def said(self, text: str) -> None:
        """sendmail complains."""


class Context:
    """What one question to the rules reads and notes.

    ``macros`` are those of envelope and session, ``read`` which of them a rule asked for, ``until`` the time up to
    which all answers hold, ``keeps`` whether the result may be remembered at all. ``told``: faults of maps that are
    not said again.
    """

    __slots__ = (
        "address",
        "complaints",
        "deepest",
        "has_failed_calls",
        "keeps",
        "left",
        "macros",
        "maps",
        "read",
        "rulesets",
        "stored",
        "system_errors",
        "told",
        "unanswered",
        "until",
        "watcher",
    )

    def __init__(
        self,
        rulesets: Rulesets,
        maps: Mapping[str, Map],
        macros: MutableMapping[str, str],
        watcher: Watcher | None = None,
        deepest: int = 50,
        told: set[str] | None = None,
    ) -> None:
        self.rulesets, self.maps, self.watcher, self.deepest = rulesets, maps, watcher, deepest
        self.macros = macros
        self.read: dict[str, str | None] = {}
        self.keeps = True
        self.stored: list[str] = []  # macros that were defined meanwhile
        self.unanswered = False  # a name server had no answer just now
        self.address = ""  # the last that name service gave
        self.until = float("inf")
        self.left = MOST_RULES
        self.has_failed_calls = False  # a $> was left where it stood, and may come into another right-hand side
        self.told = set() if told is None else told
        self.complaints: list[str] = []
        self.system_errors: list[str] = []  # those of them that tell of this host, not of the address

    def value_of(self, name: str, side: str = "") -> str | None:
        """The value of a macro now, as marked text; ``side`` is that of the rule that names it."""
        value = self.macros.get(name)
        if side and self.watcher is not None:
            self.watcher.macro(side, name, value)
        if name not in self.read:
            self.read[name] = value
        return value

    def write(self, name: str, value: str | None) -> None:
        """Define a macro, or undefine it; a result that came with that is not remembered."""
        self.keeps = False
        self.stored.append(name)
        if value is None:
            self.macros.pop(name, None)
        else:
            self.macros[name] = marks.foreign(value)

    def write_host(self, host: str | None) -> None:
        """Macro h is the host of the address that is being resolved."""
        if host is None:
            self.macros.pop("h", None)
        else:
            self.macros["h"] = marks.foreign(host)

    def say(self, text: str) -> None:
        """Complain, in sendmail's words."""
        self.complaints.append(text)
        if self.watcher is not None:
            self.watcher.said(text)

    def syserr(self, text: str) -> None:
        """Complain of this host: of its rules and maps. What came with that is not remembered."""
        self.keeps = False
        self.system_errors.append(text)
        self.say(text)

    def held(self, name: str) -> str:
        """What a run-time macro of a left-hand side holds."""
        return self.value_of(name, "LHS") or ""


def scanned(context: Context, text: str, *, inside: bool = False) -> str | None:
    """A text as tokens, of a map or a macro or ``inside`` of a rule; what is wrong with it is complained of."""
    workspace, said = context.rulesets.scanned(text, inside=inside)
    for complaint in said:
        context.say(f"{shortened(marks.written(text))}... {complaint}")
    return workspace


def shortened(text: str) -> str:
    """A text as complaints show it: of a long one only both ends [shortenstring]."""
    return text if len(text) < SHOWN else f"{text[:SHOWN_END]}...{text[-SHOWN_END:]}"

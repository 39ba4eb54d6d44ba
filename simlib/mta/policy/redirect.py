"""Rules of the cf that answer for addresses that end in a word: FEATURE(redirect), and the slide's ``.forward``.

Of all rules of ruleset ParseLocal only these are obeyed, of the shape that ``cf/feature/redirect.m4`` has::

    R$* < @ $+ .REDIRECT. > < $- >	$#error $@ 5.1.1 $: "551 User has moved; please try " <$1@$2>
"""

import re
from collections.abc import Mapping
from typing import NamedTuple

from simlib.cf import Cf

_LHS = re.compile(r"\$\*\s*<\s*@\s*\$\+\s*\.\s*(?P<word>\w+)\s*\.\s*>(?:\s*<\s*\$-\s*>)?\s*")
_RHS = re.compile(r"\$#\s*error\s+\$@\s*(?P<dsn>\d\.\d+\.\d+)\s+\$:\s*(?P<text>.+)", re.DOTALL)
_SPECIAL = "$1@$2"


class Moved(NamedTuple):
    """What is answered for an address: the enhanced status and the reply, ``551 User has moved; …``."""

    dsn: str
    text: str

    @property
    def code(self) -> int:
        """The number of the reply; 553 where the rule gives none."""
        first = self.text.partition(" ")[0]
        return int(first) if first.isdigit() else 553

    @property
    def words(self) -> str:
        """The reply without its number."""
        first, _, rest = self.text.partition(" ")
        return rest if first.isdigit() else self.text


Rules = Mapping[str, tuple[str, str]]  # word in lower case -> enhanced status and text


def ending_rules(cf: Cf) -> Rules:
    """The rules of that shape in a cf."""
    found: dict[str, tuple[str, str]] = {}
    for rules in cf.rulesets.values():
        for rule in rules:
            left, right = _LHS.fullmatch(rule.lhs), _RHS.fullmatch(rule.rhs.strip())
            if left is not None and right is not None:
                found.setdefault(left["word"].lower(), (right["dsn"], " ".join(right["text"].replace('"', "").split())))
    return found


def moved(address: str, rules: Rules) -> Moved | None:
    """What the rules say of an address; None for one that they do not concern."""
    rest, dot, word = address.rpartition(".")
    if not dot or word.lower() not in rules or "@" not in rest:
        return None
    dsn, text = rules[word.lower()]
    return Moved(dsn, text.replace(_SPECIAL, rest))

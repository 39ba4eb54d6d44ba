"""Lines for test mode that are aimed at single rules: each gives a ruleset what one of its left-hand sides takes."""

from collections.abc import Iterator, Sequence
from random import Random

from simlib.cf import marks
from simlib.mta.policy.rewriting import Rewriting

# what is typed for marks that cannot be typed, and the set that makes them of it
TYPED = {marks.ELSE: "$E", marks.CANON_NET: "$N", marks.CANON_USER: "$U"}
MARK = "\nSMark\n" + "".join(f"R$* ${word} $*\t$1 {marks.written(mark)} $2\n" for mark, word in TYPED.items())
WORDS = ("x", "bob", "here", "a.b", "relay", "mail.here.example", "remote.example")
ROUNDS = 2


def lines(rewriting: Rewriting, random: Random) -> Iterator[str]:
    """Some lines for each rule."""
    for name in rewriting.cf.rulesets:
        for rule in rewriting.rulesets.ruleset(name).rules:
            for _ in range(ROUNDS):
                yield from _line(name, rule.lhs, rewriting, random)


def _line(name: str, lhs: Sequence[str], rewriting: Rewriting, random: Random) -> Iterator[str]:
    parts: list[str] = []
    for token in lhs:
        mark = token[0]
        if mark == marks.ANY:
            parts.append(random.choice(("", "x", random.choice(WORDS))))
        elif mark in (marks.SOME, marks.ONE, marks.NOT_IN_CLASS):
            parts.append(random.choice(WORDS) if mark == marks.SOME else random.choice(("x", "bob", "here")))
        elif mark == marks.IN_CLASS:
            words = rewriting.words(marks.name_of(token))
            if not words:
                return
            parts.append(random.choice(words))
        elif mark == marks.RUNTIME_MACRO:
            value = random.choice(("x", "bob"))
            yield f".D{token[1:]}{value}\n"
            parts.append(value)
        elif mark != marks.CANON_HOST:
            parts.append(TYPED.get(token, marks.written(token)))
    yield f"Mark,{name} {' '.join(part for part in parts if part)}\n"

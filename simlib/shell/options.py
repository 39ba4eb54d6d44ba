"""Options of a command line, read as getopt(3) does: several letters in one word, options among the other words."""

import re
from collections.abc import Mapping, Sequence
from types import MappingProxyType
from typing import NamedTuple

from simlib.shell.answer import Failed

Options = list[tuple[str, str]]  # each with its value, in the order in which they stand


class Known(NamedTuple):
    """The options of a command.

    ``flags`` stand alone, ``valued`` have a value, ``attached`` may have one right behind them. ``long`` gives the
    letter that a long name stands for (``--quiet``), or a name of its own for one with ``=value``; an empty one is of
    no consequence. ``number`` is the letter for which ``-5`` stands. ``first``: options stand before all other words.
    ``refused``: what is said of letters that are not known here.
    """

    flags: str = ""
    valued: str = ""
    attached: str = ""
    long: Mapping[str, str] = MappingProxyType({})
    number: str = ""
    first: bool = False
    refused: Mapping[str, str] = MappingProxyType({})
    status: int = 1  # of a command line that cannot be read

    @property
    def cure(self) -> str:
        """What a refusal adds."""
        letters = self.flags + self.valued + self.attached
        return f"here it knows {f'-{letters}' if letters else 'none'}"


def read(name: str, known: Known, arguments: Sequence[str]) -> tuple[Options, list[str]]:
    """The options of a command called ``name``, and the other words. What is not known is refused in words."""
    found: Options = []
    words: list[str] = []
    left = list(arguments)
    while left:
        word = left.pop(0)
        if word == "--":
            return found, words + left
        if not word.startswith("-") or word == "-":
            words.append(word)
            if known.first:
                return found, words + left
        elif word.startswith("--"):
            found += _long(name, known, word)
        else:
            found += _letters(name, known, word[1:], left)
    return found, words


def _long(name: str, known: Known, word: str) -> Options:
    named, _, value = word.partition("=")
    if named not in known.long:
        raise Failed(f"{name}: unrecognized option '{word}': {known.cure}", known.status)
    letter = known.long[named]
    if len(letter) > 1 and not value:
        raise Failed(f"{name}: option '{named}' requires an argument", known.status)
    return [(letter, value)] if letter else []


def _letters(name: str, known: Known, text: str, left: list[str]) -> Options:
    """The options of one word; a value may be the next word, which is taken from ``left``."""
    digits = re.match(r"[0-9]+", text) if known.number else None
    if digits is not None and digits[0] == text:
        return [(known.number, text)]
    if digits is not None:
        raise Failed(f"{name}: option used in invalid context -- {text[0]}", known.status)
    found: Options = []
    for n, letter in enumerate(text):
        rest = text[n + 1 :]
        if letter in known.attached:
            return [*found, (letter, rest)]
        if letter in known.valued:
            if not rest and not left:
                raise Failed(f"{name}: option requires an argument -- '{letter}'", known.status)
            return [*found, (letter, rest or left.pop(0))]
        if letter in known.refused:
            raise Failed(f"{name}: -{letter}: {known.refused[letter]}", known.status)
        if letter not in known.flags:
            raise Failed(f"{name}: invalid option -- '{letter}': {known.cure}", known.status)
        found.append((letter, ""))
    return found

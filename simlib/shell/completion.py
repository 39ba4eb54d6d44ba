"""What the Tab key makes of a line that is not finished: commands, paths, mailboxes."""

import re
from os.path import commonprefix
from posixpath import join
from typing import NamedTuple

from simlib.shell.files.view import View
from simlib.shell.language.builtins import BUILTINS
from simlib.shell.login import Login
from simlib.shell.programs import PROGRAMS

BEGIN_A_COMMAND = ("", "|", ";", "&", "(", "`", "do", "then", "else", "!", "$(", "xargs", "man", "which")
WANT_A_USER = ("mail", "mailx", "su", "quota", "id", "from", "praliases")
_LAST_WORD = re.compile(r"(?:[^\s\\;|&()<>`'\"]|\\.)*$")
_SPECIAL = re.compile(r"([\s\\;|&()<>`'\"*?\[\]$#])")
MOST_SHOWN = 200


class Completion(NamedTuple):
    """The line as far as it is clear, and what it may go on with where that is not."""

    line: str
    choices: tuple[str, ...] = ()


def complete(shell: Login, line: str) -> Completion:
    """Go on with the last word of a line."""
    found = _LAST_WORD.search(line)
    assert found is not None  # it may be empty
    word, before = re.sub(r"\\(.)", r"\1", found[0]), line[: found.start()]
    words = re.split(r"[\s]+", re.sub(r"([;|&(`!])", r" \1 ", before).strip())
    known = _commands(word) if words[-1] in BEGIN_A_COMMAND and "/" not in word else _arguments(shell, words, word)
    if not known:
        return Completion(line)
    if len(known) == 1:
        only = known[0]
        return Completion(before + _quoted(only) + ("" if only.endswith("/") else " "))
    common = commonprefix(known)  # noqa: RUF071  # characters are what is meant
    if len(common) > len(word):
        return Completion(before + _quoted(common))
    return Completion(
        line, tuple(one.rstrip("/").rpartition("/")[2] + "/" * one.endswith("/") for one in known[:MOST_SHOWN])
    )


def _commands(word: str) -> list[str]:
    return sorted(name for name in {*PROGRAMS, *BUILTINS} if name.startswith(word) and name[0].isalpha())


def _arguments(shell: Login, words: list[str], word: str) -> list[str]:
    """Paths; behind some commands users, too."""
    users: list[str] = []
    if {"sendmail", *WANT_A_USER} & set(words) or word.startswith("~"):
        mark = "~" if word.startswith("~") and "/" not in word else ""
        users = [f"{mark}{name}" for name in shell.host.users or () if f"{mark}{name}".startswith(word)]
    return sorted({*users, *_paths(shell, word)})


def _paths(shell: Login, word: str) -> list[str]:
    above, slash, name = word.rpartition("/")
    place = above + slash
    view = View(shell)
    looked_at = shell.home + place[1:] if place.startswith("~/") else place
    names = view.names_or_none(looked_at or ".") or ()
    shown = [one for one in sorted(names) if one.startswith(name) and (name.startswith(".") or not one.startswith("."))]
    return [place + one + ("/" if view.is_directory(join(looked_at or ".", one)) else "") for one in shown]


def _quoted(text: str) -> str:
    return _SPECIAL.sub(r"\\\1", text)

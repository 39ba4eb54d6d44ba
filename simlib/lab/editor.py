"""An editor for a host's files in a console: which file is asked for, what is in it, and how it is written."""

import shlex
from typing import NamedTuple

from simlib.language import phrase
from simlib.message.octets import as_bytes
from simlib.shell.answer import Failed
from simlib.shell.files.thing import Refused
from simlib.shell.files.view import View
from simlib.shell.shell import Shell
from simlib.visible import visible

EDITORS = ("vi", "vim", "edit", "nano", "emacs", "ed")
MOST = 200_000  # characters; a page becomes slow with more


class Edited(NamedTuple):
    """A file in the editor. ``trouble`` says why there is none."""

    path: str = ""
    text: str = ""
    trouble: str = ""


def wanted(line: str) -> str | None:
    """The path that a line asks to edit; None if it asks for something else.

    >>> wanted("vi /etc/mail/aliases"), wanted("mailq")
    ('/etc/mail/aliases', None)
    """
    try:
        words = shlex.split(line)
    except ValueError:
        return None
    return words[1] if len(words) == 2 and words[0] in EDITORS and not words[1].startswith("-") else None


def opened(shell: Shell, path: str) -> Edited:
    """A file as it is edited; one that is not there is empty."""
    view = View(shell)
    thing = view.find(path)
    if thing is None:
        words = view.unwritable(path)
        return Edited(trouble=f'"{path}" {words}') if words else Edited(path)
    try:
        text = view.read("vi", path)
    except Failed as failure:
        return Edited(trouble=failure.text)
    if len(text) > MOST:
        return Edited(trouble=phrase("{path}: more than {most:,} characters are not edited here", path=path, most=MOST))
    if visible(text) != text:
        return Edited(
            trouble=phrase("{path}: it holds characters that a page cannot show; sed -i changes it", path=path)
        )
    return Edited(path, text)


def written(shell: Shell, path: str, text: str) -> str:
    """Write it; gives what vi says then."""
    if text and not text.endswith("\n"):
        text += "\n"
    try:
        View(shell).write(path, text)
    except Refused as refused:
        return f'"{path}" {refused.words}'
    return f'"{path}" {text.count(chr(10))}L, {len(as_bytes(text))}B written'

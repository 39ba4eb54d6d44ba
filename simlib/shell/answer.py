"""What a command is, and how it fails."""

from collections.abc import Callable, Sequence

from simlib.mta.installation import Installation
from simlib.shell.login import Login

# the shell it is typed to, its arguments, what it reads; gives what it prints
Command = Callable[[Login, list[str], str], str]

SYNTAX_ERROR, CANNOT_RUN, COMMAND_NOT_FOUND = 2, 126, 127  # a shell's own exit statuses


class Failed(Exception):
    """A command ends with something to say to its error output, and another exit status than 0."""

    def __init__(self, text: str, status: int = 1) -> None:
        super().__init__(text)
        self.text = text
        self.status = status


def sendmail_of(shell: Login, name: str) -> Installation:
    """The sendmail of the host; where none is installed, ``name`` is not found."""
    if shell.mta is None:
        raise Failed(f"sh: {name}: command not found", COMMAND_NOT_FOUND)
    return shell.mta


def no_arguments(name: str, arguments: Sequence[str]) -> None:
    """Refuse arguments of a command that has none here."""
    if arguments:
        raise Failed(f"{name}: {arguments[0]}: it takes no arguments here")


def whole_number(text: str, most: int) -> int | None:
    """A number as C's tools read it: digits of ASCII, however many; None where it is none, or more than ``most``."""
    if not (text.isascii() and text.isdigit()):
        return None
    digits = text.lstrip("0") or "0"
    return int(digits) if len(digits) <= len(str(most)) and int(digits) <= most else None


def lines_of(text: str) -> list[str]:
    """The lines of a file, without their ends. Only a line feed ends one; Python knows eight more that do."""
    lines = text.split("\n")
    return lines if lines[-1] else lines[:-1]

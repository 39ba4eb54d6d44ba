"""What a command is, and how it fails."""

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from simlib.mta.sendmail import Sendmail
    from simlib.shell.shell import Shell

# the shell it is typed to, its arguments, what it reads; gives what it prints
Command = Callable[["Shell", list[str], str], str]

SYNTAX_ERROR, COMMAND_NOT_FOUND = 2, 127  # a shell's own exit statuses


class Failed(Exception):
    """A command ends with something to say and another exit status than 0."""

    def __init__(self, text: str, status: int = 1) -> None:
        super().__init__(text)
        self.text = text
        self.status = status


def sendmail_of(shell: "Shell", name: str) -> "Sendmail":
    """The sendmail of the host; where none is installed, ``name`` is not found."""
    if shell.mta is None:
        raise Failed(f"sh: {name}: command not found", COMMAND_NOT_FOUND)
    return shell.mta


def only_root(shell: "Shell", refusal: str) -> None:
    """Refuse an ordinary user."""
    if not shell.is_root:
        raise Failed(refusal)


def no_arguments(name: str, arguments: Sequence[str]) -> None:
    """Refuse arguments of a command that has none here."""
    if arguments:
        raise Failed(f"{name}: {arguments[0]}: it takes no arguments here")


def lines_of(text: str) -> list[str]:
    """The lines of a file, without their ends. Only a line feed ends one; Python knows eight more that do."""
    lines = text.split("\n")
    return lines if lines[-1] else lines[:-1]

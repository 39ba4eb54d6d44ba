"""What tools for text read: the files that are named, or the input."""

from collections.abc import Iterator

from simlib.regex import Regex, RegexError
from simlib.shell.answer import Failed
from simlib.shell.call import Call
from simlib.shell.files.view import View

STDIN = "-"


def sources(call: Call, paths: list[str], status: int = 1) -> Iterator[tuple[str, str]]:
    """Name and text of each file that can be read; what cannot is complained of. Without paths it is the input."""
    view = View(call.shell)
    for path in paths or [STDIN]:
        if path == STDIN:
            yield path, call.stdin.read()
            continue
        with call.heard(status):
            text = view.read(call.name, path)
            yield path, text


def all_of(call: Call, paths: list[str], status: int = 1) -> str:
    """The texts of all files, one behind the other."""
    return "".join(text for _, text in sources(call, paths, status))


def compiled(command: str, pattern: str, extended: bool, any_case: bool = False, status: int = 2) -> Regex:
    """A regular expression. Raises :class:`Failed` in the words of the command."""
    try:
        return Regex(pattern, extended, any_case)
    except RegexError as problem:
        raise Failed(f"{command}: {problem}", status) from None

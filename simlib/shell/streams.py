"""What commands read and write: input that may be read a line at a time, and places where output goes."""

from collections.abc import Callable
from typing import NamedTuple, Protocol

MOST = 20_000_000  # characters that one line may print


class Input:
    """What is typed, or comes down a pipe. What somebody has read is gone for whoever reads next."""

    def __init__(self, text: str = "") -> None:
        self._text, self._at = text, 0

    def read(self) -> str:
        """All that is left."""
        rest = self._text[self._at :]
        self._at = len(self._text)
        return rest

    def peek(self) -> str:
        """The same, and it stays."""
        return self._text[self._at :]

    def line(self) -> str:
        """The next line, with its end; empty at the end of all."""
        end = self._text.find("\n", self._at)
        end = len(self._text) if end < 0 else end + 1
        line = self._text[self._at : end]
        self._at = end
        return line


class Output(Protocol):
    """Where output goes."""

    def write(self, text: str) -> None:
        """Put some more of it there."""


class TooMuch(Exception):
    """Somebody prints without end."""


class Kept:
    """Output that somebody will look at: of a pipe, of backquotes, of the whole line on a screen."""

    def __init__(self) -> None:
        self._parts: list[str] = []
        self._size = 0

    def write(self, text: str) -> None:
        self._parts.append(text)
        self._size += len(text)
        if self._size > MOST:
            raise TooMuch

    @property
    def text(self) -> str:
        """All of it."""
        return "".join(self._parts)


class Into:
    """Output that is handed on, such as to a file."""

    def __init__(self, put: Callable[[str], None]) -> None:
        self._put = put

    def write(self, text: str) -> None:
        self._put(text)


class Streams(NamedTuple):
    """What a command reads and where it prints."""

    stdin: Input
    out: Output
    err: Output

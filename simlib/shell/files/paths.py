"""Paths: from where they begin, and which are too long."""

from posixpath import join, normpath

from simlib.message.octets import as_bytes
from simlib.shell.login import Login

MAX_NAME, MAX_PATH = 255, 4095  # bytes


def absolute(shell: Login, path: str) -> str:
    """A path from the root."""
    return "/" + normpath(join(shell.directory, path)).lstrip("/")  # normpath leaves two slashes where there are two


def is_too_long(path: str) -> bool:
    """Whether no file can be called so."""
    return len(as_bytes(path)) > MAX_PATH or any(len(as_bytes(name)) > MAX_NAME for name in path.split("/"))


def absent(path: str) -> str:
    """What the system says of a path at which there is nothing."""
    return "File name too long" if is_too_long(path) else "No such file or directory"

"""Files that are kept from one day to the next, and that several processes may write at once."""

import json
import os
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from uuid import uuid4

from simlib.errors import WorkbookError

STALE = 10.0  # s after which a lock file is taken for that of a process that has died; to note something takes ms
PAUSE = 0.01  # s between two looks at a lock file


class DamagedFile(WorkbookError):
    """A file that does not hold what it should; the message names it."""


def read_json(path: Path) -> Any:
    """What a file holds. Raises FileNotFoundError if it is not there, DamagedFile if it cannot be read."""
    try:
        return json.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        raise
    except RecursionError:
        raise DamagedFile(f"{path}: it cannot be read (brackets in brackets, too many of them)") from None
    except (ValueError, OSError) as problem:
        raise DamagedFile(f"{path}: it cannot be read ({problem})") from None


def write_whole(path: Path, text: str) -> None:
    """Write a file so that whoever reads it finds the old one or the new one, never half of one.

    Processes of several hosts may write at once: each writes under a name of its own first. Raises OSError.
    """
    fresh = path.with_name(f"{path.name}.{uuid4().hex}.new")
    try:
        fresh.write_text(text, encoding="utf-8")
        fresh.replace(path)
    except OSError:
        fresh.unlink(missing_ok=True)
        raise


def set_aside(path: Path) -> Path | None:
    """Give a damaged file another name; None if another process has done so. Raises OSError."""
    aside = path.with_name(f"{path.name}.bad")
    if aside.exists():
        aside = path.with_name(f"{path.name}.{uuid4().hex[:8]}.bad")
    try:
        path.rename(aside)
    except FileNotFoundError:
        return None
    return aside


@contextmanager
def locked(path: Path) -> Iterator[None]:
    """Nobody else who asks is in here with the same file. The system ends the lock of a process that dies.

    Where it has no such locks (Windows, a browser, some network file systems) a second file stands for one.
    """
    lock = path.with_name(f"{path.name}.lock")
    try:
        from fcntl import LOCK_EX, flock  # here: not every system has it, and a browser's Python has it without these
    except ImportError:
        with _lock_file(lock):
            yield
        return
    with lock.open("a") as held:
        try:
            flock(held, LOCK_EX)
        except OSError:
            with _lock_file(lock.with_suffix(".held")):
                yield
        else:
            yield


@contextmanager
def _lock_file(lock: Path) -> Iterator[None]:
    while not _taken(lock):
        try:
            if time.time() - lock.stat().st_mtime > STALE:
                lock.unlink(missing_ok=True)
        except FileNotFoundError:
            continue
        time.sleep(PAUSE)
    try:
        yield
    finally:
        lock.unlink(missing_ok=True)


def _taken(lock: Path) -> bool:
    try:
        os.close(os.open(lock, os.O_CREAT | os.O_EXCL))
    except (FileExistsError, PermissionError):  # Windows: a file that is just being removed
        return False
    return True

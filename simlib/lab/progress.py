"""What a student has solved: kept on disk, shown in the welcome, gathered for a teacher."""

import csv
import json
import os
from collections.abc import Iterable
from io import StringIO
from pathlib import Path
from typing import Any

from simlib.errors import WorkbookError
from simlib.kept import DamagedFile, locked, read_json, set_aside, write_whole

PLACE = "WORKBOOK_PROGRESS"  # environment variable: another file than the usual one
COUNTS = ("tries", "hints", "solved")
MOST = 1_000_000  # of anything: nobody tries more often

Record = dict[str, dict[str, int]]


def place() -> Path:
    """The file that keeps the progress of whoever runs this."""
    return Path(os.environ.get(PLACE) or Path.home() / ".sendmail-workbook" / "progress.json")


def read(path: Path | None = None) -> Record:
    """For each exercise that was tried: how often, how many hints were seen, and whether it is solved (1 or 0).

    Raises WorkbookError, which names the file, if it holds anything else.
    """
    path = path or place()
    record, complaint = _examined(path)
    if complaint:
        raise WorkbookError(f"{complaint}; move it away, or go on: the next answer sets it aside")
    return record


def note(exercise: str, **change: int) -> str:
    """Add to what is known of an exercise; ``solved`` stays 1 once it is.

    A file that holds anything else is set aside first, and what can be read of it is kept: the words to be told then
    come back. Raises WorkbookError if the file cannot be written.
    """
    path = place()
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with locked(path):
            record, told = _examined(path)
            aside = set_aside(path) if told else None
            entry = record.setdefault(exercise, dict.fromkeys(COUNTS, 0))
            for name, value in change.items():
                entry[name] = max(entry[name], value) if name == "solved" else min(entry[name] + value, MOST)
            write_whole(path, json.dumps(record, indent=1, sort_keys=True))
    except OSError as problem:
        raise WorkbookError(f"{path}: your progress cannot be kept ({problem}); {PLACE}=… names another file") from None
    return f"{told}; it is set aside as {aside}" if aside else ""


def summary(files: Iterable[str | Path]) -> str:
    """The progress of a class as CSV: a line for each student (the name of the file) and exercise."""
    text = StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(("student", "exercise", "solved", "tries", "hints"))
    for path in map(Path, files):
        record, complaint = _examined(path)
        if complaint or not path.exists():
            raise WorkbookError(complaint or f"{path}: there is no such file")
        for exercise, entry in sorted(record.items()):
            writer.writerow((path.stem, exercise, entry["solved"], entry["tries"], entry["hints"]))
    return text.getvalue()


def _examined(path: Path) -> tuple[Record, str]:
    """What is right in a file, and what is wrong with it, if anything is. One that is not there is empty."""
    try:
        held = read_json(path)
    except FileNotFoundError:
        return {}, ""
    except DamagedFile as damage:
        return {}, str(damage)
    if not isinstance(held, dict):
        return {}, f"{path}: this is no record of progress, which begins with a brace"
    good = {name: {**dict.fromkeys(COUNTS, 0), **entry} for name, entry in held.items() if _is_entry(entry)}
    wrong = next((name for name in held if name not in good), None)
    if wrong is None:
        return good, ""
    return good, f"{path}: what stands there for {wrong!r} is no progress, which is {', '.join(COUNTS)}, each a number"


def _is_entry(entry: Any) -> bool:
    """Whether it is what ``note`` writes, perhaps without some of the counts."""
    return (
        isinstance(entry, dict)
        and set(entry) <= set(COUNTS)
        and all(type(count) is int and 0 <= count <= (1 if name == "solved" else MOST) for name, count in entry.items())
    )

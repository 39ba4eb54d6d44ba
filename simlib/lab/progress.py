"""What a student has solved: kept on disk, shown in the welcome, gathered for a teacher."""

import csv
import json
import os
from collections.abc import Iterable
from io import StringIO
from pathlib import Path

from simlib.errors import WorkbookError

PLACE = "WORKBOOK_PROGRESS"  # environment variable: another file than the usual one


def place() -> Path:
    """The file that keeps the progress of whoever runs this."""
    return Path(os.environ.get(PLACE) or Path.home() / ".sendmail-workbook" / "progress.json")


def read(path: Path | None = None) -> dict[str, dict[str, int]]:
    """For each exercise that was tried: how often, how many hints were seen, and whether it is solved (1 or 0)."""
    path = path or place()
    if not path.exists():
        return {}
    try:
        held: dict[str, dict[str, int]] = json.loads(path.read_text(encoding="utf-8"))
    except (ValueError, OSError) as problem:
        raise WorkbookError(f"{path}: the record of progress cannot be read ({problem}); move it away") from None
    return held


def note(exercise: str, **change: int) -> None:
    """Add to what is known of an exercise; ``solved`` stays 1 once it is."""
    held, path = read(), place()
    entry = held.setdefault(exercise, {"tries": 0, "hints": 0, "solved": 0})
    for name, value in change.items():
        entry[name] = max(entry[name], value) if name == "solved" else entry[name] + value
    path.parent.mkdir(parents=True, exist_ok=True)
    fresh = path.with_suffix(".new")
    fresh.write_text(json.dumps(held, indent=1, sort_keys=True), encoding="utf-8")
    fresh.replace(path)  # a crash leaves the old or the new one, never half of one


def summary(files: Iterable[str | Path]) -> str:
    """The progress of a class as CSV: a line for each student (the name of the file) and exercise."""
    text = StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(("student", "exercise", "solved", "tries", "hints"))
    for path in map(Path, files):
        for exercise, entry in sorted(read(path).items()):
            writer.writerow((path.stem, exercise, entry["solved"], entry["tries"], entry["hints"]))
    return text.getvalue()

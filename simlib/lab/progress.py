"""What a student has done: answers and predictions, kept on disk, shown in the welcome, gathered for a teacher."""

import csv
import json
import os
import sys
from collections.abc import Callable, Iterable
from datetime import datetime
from io import StringIO
from pathlib import Path
from typing import Any

from simlib.errors import WorkbookError
from simlib.exercises.question import Answer, Question
from simlib.exercises.questions import QUESTIONS
from simlib.kept import DamagedFile, locked, read_json, set_aside, write_whole
from simlib.language import phrase

DRIVE = Path("/drive")  # in a browser: the files that JupyterLite keeps
PLACE = "WORKBOOK_PROGRESS"  # environment variable: another file than the usual one
COUNTS = ("tries", "hints", "solved", "looked")  # looked: at the solution
DRILLED = ("incidents", "commands", "minutes")  # put right; and of all of them, lines typed and simulated minutes
MOST = 1_000_000  # of anything: nobody tries more often
LONGEST = 2_000  # characters of an answer that are kept
ASKED = "ask-"  # what stands before the name of a question, as in the tag of its cell

Entry = dict[str, Any]
Record = dict[str, Entry]


def place() -> Path:
    """The file that keeps the progress of whoever runs this. In a browser it stands among the lessons."""
    if named := os.environ.get(PLACE):
        return Path(named)
    if sys.platform == "emscripten" and DRIVE.is_dir():  # a home there ends with its kernel
        return DRIVE / "progress.json"
    return Path.home() / ".sendmail-workbook" / "progress.json"


def read(path: Path | None = None) -> Record:
    """What was done, by the name of the exercise or, behind ``ask-``, of the question.

    An exercise: how often it was tried, how many hints were seen, how often its solution was looked at, whether it is
    solved (1 or 0), and the last answer; a drill also how many incidents were put right, by how many lines and in how
    many simulated minutes altogether. A question: the answer, whether it came true (1 or 0), and when it was given.
    Raises WorkbookError, which names the file, if it holds anything else.
    """
    path = path or place()
    record, complaint = _examined(path)
    if complaint:
        raise WorkbookError("{complaint}; move it away, or go on: the next answer sets it aside", complaint=complaint)
    return record


def note(exercise: str, answer: str = "", **change: int) -> str:
    """Add to what is known of an exercise; ``solved`` stays 1 once it is.

    A file that holds anything else is set aside first, and what can be read of it is kept: the words to be told then
    come back. Raises WorkbookError if the file cannot be written.
    """

    def add(record: Record) -> None:
        entry = record.setdefault(exercise, dict.fromkeys(COUNTS, 0))
        for name, value in change.items():
            entry[name] = max(entry[name], value) if name == "solved" else min(entry.get(name, 0) + value, MOST)
        if answer:
            entry["answer"] = answer[:LONGEST]

    return _changed(add)


def predicted(question: Question) -> Answer | None:
    """What was answered to a question, if anything was that is still an answer to it. A damaged file holds nothing."""
    answer = _examined(place())[0].get(ASKED + question.id, {}).get("answer")
    given = tuple(answer) if isinstance(answer, list) else answer
    return given if question.accepts(given) else None


def note_prediction(question: str, answer: Answer, right: bool) -> str:
    """Keep the answer to a question. The first one stays; the words to be told are those of ``note``."""
    entry = {"answer": answer, "right": int(right), "time": datetime.now().isoformat(timespec="seconds")}
    return _changed(lambda record: record.setdefault(ASKED + question, entry))


def note_hands(question: str, hands: list[int]) -> str:
    """Keep a show of hands, a count for each choice: the newest stays."""
    entry = {"hands": hands, "time": datetime.now().isoformat(timespec="seconds")}
    return _changed(lambda record: record.update({f"hands-{question}": entry}))


def ask_again(which: str = "") -> str:
    """Forget predictions, so that they can be made afresh: all, those of a lesson (``"04"``), or one (``"04.1"``).

    Exercises stay as they are. Run the lesson again after it. Raises WorkbookError for a name that no question has.
    """
    chosen = [id for id in QUESTIONS if not which or id == which or id.startswith(f"{which}.")]
    if not chosen:
        raise WorkbookError(
            "ask_again({which!r}): no question; write a lesson, '04', or a question, '04.1'", which=which
        )
    told = _changed(lambda record: [record.pop(ASKED + id, None) for id in chosen])
    return told or phrase("{many} questions are asked afresh. Now run the lesson again.", many=len(chosen))


def summary(files: Iterable[str | Path]) -> str:
    """The progress of a class as CSV: a line for each student (the name of the file) and exercise or question.

    Of a question ``solved`` says whether the prediction came true. ``answer`` is the last one of an exercise.
    """
    text = StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(("student", "exercise", *_COLUMNS))
    for path in map(Path, files):
        record, complaint = _examined(path)
        if complaint or not path.exists():
            raise WorkbookError(complaint or phrase("{path}: there is no such file", path=path))
        for name, entry in sorted(record.items()):
            if not name.startswith("hands-"):
                writer.writerow((path.stem, name, *_cells(name, entry)))
    return text.getvalue()


_COLUMNS = ("solved", "tries", "hints", "looked", "answer", "time", *DRILLED)


def _cells(name: str, entry: Entry) -> list[Any]:
    if not name.startswith(ASKED):
        return [entry.get(column, "") for column in _COLUMNS]
    question, answer = QUESTIONS.get(name.removeprefix(ASKED)), entry["answer"]
    given = tuple(answer) if isinstance(answer, list) else answer
    written = question.said_of(given) if question and question.accepts(given) else str(answer)
    return [entry["right"], 1, 0, 0, written, entry["time"], *("" for _ in DRILLED)]


def _changed(change: Callable[[Record], object]) -> str:
    path = place()
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with locked(path):
            record, told = _examined(path)
            aside = set_aside(path) if told else None
            change(record)
            write_whole(path, json.dumps(record, indent=1, sort_keys=True))
    except OSError as problem:
        raise WorkbookError(
            "{path}: your progress cannot be kept ({problem}); {place}=… names another file",
            path=path,
            problem=problem,
            place=PLACE,
        ) from None
    return phrase("{told}; it is set aside as {aside}", told=told, aside=aside) if aside else ""


def _examined(path: Path) -> tuple[Record, str]:
    """What is right in a file, and what is wrong with it, if anything is. One that is not there is empty."""
    try:
        held = read_json(path)
    except FileNotFoundError:
        return {}, ""
    except DamagedFile as damage:
        return {}, str(damage)
    if not isinstance(held, dict):
        return {}, phrase("{path}: this is no record of progress, which begins with a brace", path=path)
    good = {name: _filled(name, entry) for name, entry in held.items() if _is_entry(name, entry)}
    wrong = next((name for name in held if name not in good), None)
    if wrong is None:
        return good, ""
    return good, phrase(
        "{path}: what stands there for {wrong!r} is no progress, which is {them}, each a number",
        path=path,
        wrong=wrong,
        them=", ".join(COUNTS),
    )


def _filled(name: str, entry: Entry) -> Entry:
    return entry if name.startswith((ASKED, "hands-")) else {**dict.fromkeys(COUNTS, 0), **entry}


def _is_entry(name: str, entry: Any) -> bool:
    """Whether it is what is noted here, perhaps without some of the counts, as older files are."""
    if not isinstance(entry, dict):
        return False
    if name.startswith(ASKED):
        known = set(entry) == {"answer", "right", "time"} and isinstance(entry["time"], str)
        return known and entry["right"] in (0, 1) and _is_answer(entry["answer"])
    if name.startswith("hands-"):
        return (
            set(entry) == {"hands", "time"} and isinstance(entry["hands"], list) and all(map(_is_count, entry["hands"]))
        )
    return set(entry) <= {*COUNTS, *DRILLED, "answer"} and all(
        isinstance(held, str) if count == "answer" else _is_count(held, 1 if count == "solved" else MOST)
        for count, held in entry.items()
    )


def _is_count(held: Any, most: int = MOST) -> bool:
    return type(held) is int and 0 <= held <= most


def _is_answer(held: Any) -> bool:
    return type(held) in (int, float) or (isinstance(held, list) and all(map(_is_count, held)))

"""What of the code is translated: phrases and errors wherever they are made, and all prose of lab and exercises."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

from simlib.exercises import ALL, DRILLS, LESSONS, QUESTIONS
from simlib.exercises.drill import WHERE
from simlib.lab.screen import texts_in
from tools.translation.catalogues import ROOT, Source

# what takes a text of ours, and how many of its first arguments are such
TAKES = {"phrase": 1, "translated": 1, "sentences": 0, "WrongAnswer": 1, "Unreadable": 2, "warn": 1, "telling": 0}
# rooms and files that say something to the reader, wherever a text stands in them
PROSE_IN = (
    "lab",
    "exercises",
    "replacement.py",
    "holes.py",
    "mta/local/local.py",
    "cf/mailers.py",
    "cf/contents.py",
    "cf/values.py",
    "cf/equates.py",
    "cf/slips.py",
    "cf/conflicts.py",
    "cf/settings.py",
)
PAGES = ("simlib", "lecture/voila", "jupyter/labextensions")  # where JavaScript says something
NO_PROSE = (
    "solution",
    "mistakes",
    "given",
    "cf",
    "command",
    "told",
    "cure",
    "wrong",
    "also",
    "id",
)  # arguments that are typed, not read
_PLACE = re.compile(r"\{\w*[^{}]*\}")
_CODE = re.compile(  # what is typed or drawn
    r"[<>\\]|^\s*O |^[A-Z]\w*\[|\(\?|^\w+ /|^[\w.]+@|;\s*[a-z-]+:|px\b| 1h MX |class='|_\w+_"
    r"|\.example\b.*\n|^row wrap$|^export |default-src|^blank "
    r"|^(?:EHLO|HELO|MAIL|RCPT|Subject:|sendmail -(?!.*, )|tail |cat |kill |sed -|ring up )"
)


def texts_of_code() -> Iterator[Source]:
    """All of them, in the order of files and lines."""
    for path in sorted((ROOT / "simlib").rglob("*.py")):
        name = path.relative_to(ROOT / "simlib")
        prose = name.parts[0] in PROSE_IN or name.as_posix() in PROSE_IN
        yield from (Source(text, f"simlib/{name}", "code") for text in _texts_of(path, prose))
    yield from _choices()
    for folder in PAGES:
        for path in sorted(one for one in (ROOT / folder).rglob("*") if one.suffix in (".js", ".html")):
            yield from (Source(text, str(path.relative_to(ROOT)), "page") for text in texts_in(path.read_text("utf-8")))
    for text in _texts_of(ROOT / "tools" / "make_handouts.py", prose=True):
        yield Source(text, "tools/make_handouts.py", "paper")


def _texts_of(path: Path, prose: bool) -> list[str]:
    found = _Found(prose)
    found.visit(ast.parse(path.read_text("utf-8")))
    return [text for _, text in sorted(found.texts) if _has_words(text)]


def _choices() -> Iterator[Source]:
    """What can be chosen or laid in order, also where it is a single word."""
    for question in QUESTIONS.values():
        words = [told for _, told in question.choices.values()]
        for text in (
            question.text,
            *question.written,
            *words,
            *question.near.values(),
            question.because,
            question.unit,
        ):
            if _has_words(text):
                yield Source(text, f"simlib/exercises/ask_{question.id[:2]}.py", "choice")
    for exercise in ALL.values():
        for text in (exercise.question, *exercise.choices, *exercise.hints):
            if _has_words(text):
                yield Source(text, f"simlib/exercises/topic_{exercise.id[:2]}.py", "choice")
    for drill in DRILLS.values():
        not_it = [cause.not_it for cause in drill.causes.values()]
        for text in (drill.complaint, WHERE, *drill.causes, *not_it, *drill.hints):
            yield Source(text, f"simlib/exercises/incident_{drill.id[:2]}.py", "choice")
    for number, title in LESSONS.items():
        yield Source(title, f"lesson {number}", "title")


def _has_words(text: str) -> bool:
    return re.search(r"[a-z]{2,}", _PLACE.sub("", text)) is not None


def is_prose(text: str) -> bool:
    """Whether a text of the code seems to be for people: some words, and nothing that is typed or drawn."""
    words = re.findall(r"[A-Za-z’']{2,}", _PLACE.sub("", text))
    few = len(words) >= 2 or (words and _PLACE.search(text))
    return bool(few) and " " in text and not _CODE.search(text)


class _Found(ast.NodeVisitor):
    """The texts of a module, with their lines."""

    def __init__(self, prose: bool) -> None:
        self.texts: list[tuple[int, str]] = []
        self._prose = prose

    def visit_Call(self, node: ast.Call) -> None:
        name = getattr(node.func, "id", getattr(node.func, "attr", ""))
        many = TAKES.get(name, 1 if name.endswith("Error") else 0)
        for argument in node.args[:many]:
            if isinstance(argument, ast.Constant) and isinstance(argument.value, str) and argument.value.strip():
                self.texts.append((argument.lineno, argument.value))
        self.visit(node.func)
        for held in node.args:
            self.visit(held)
        for keyword in node.keywords:
            if keyword.arg not in NO_PROSE:
                self.visit(keyword.value)

    def visit_Compare(self, node: ast.Compare) -> None:
        """What a text is compared with is a name."""

    def visit_Constant(self, node: ast.Constant) -> None:
        if self._prose and isinstance(node.value, str) and is_prose(node.value):
            self.texts.append((node.lineno, node.value))

    def visit_Expr(self, node: ast.Expr) -> None:
        if not isinstance(node.value, ast.Constant):  # a docstring
            self.generic_visit(node)

    def visit_JoinedStr(self, node: ast.JoinedStr) -> None:
        """What is put together at once is no text of ours: ``phrase`` is."""

    def visit_arg(self, node: ast.arg) -> None:
        """A name with its type."""

    def visit_AnnAssign(self, node: ast.AnnAssign) -> None:
        if node.value is not None:
            self.visit(node.value)

    def visit_FunctionDef(self, node: ast.FunctionDef) -> None:
        for held in (*node.decorator_list, *node.args.defaults, *node.body):
            self.visit(held)

    def visit_Subscript(self, node: ast.Subscript) -> None:
        self.visit(node.value)  # what stands in the brackets is a key or a type

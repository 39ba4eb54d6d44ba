"""One exercise: what is asked, what kind of answer is wanted, and how it is judged."""

import re
import warnings
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from math import isinf
from typing import Any, Literal, TypeVar

from simlib.cf import CfError, CfWarning
from simlib.cf.slips import in_ascii
from simlib.errors import WorkbookError, words_of
from simlib.exercises.slips import slips
from simlib.language import phrase, sentences

MOST_ECHOED = 60  # characters of an answer that are said again
_NUMBER = re.compile(
    r"(?:(?:about|approximately|approx\.|ca\.|約|[=~≈≒])\s*)?"
    r"(?P<number>[+-]?(?:[0-9]{1,3}(?:,[0-9]{3})+(?:\.[0-9]*)?|[0-9]+(?:\.[0-9]*)?|\.[0-9]+)(?:[eE][+-]?[0-9]+)?)"
    r"(?:\s*(?P<unit>(?![eE]\Z)[^\W\d_]+|%)\s*[.,]?(?:\s.*)?|\s.*|[.,]?)",
    re.DOTALL | re.IGNORECASE,
)
_SCALES = ("k", "kb", "kib", "mb", "mib", "ms", "m", "min", "minute", "minutes", "分", "h", "hour", "hours", "時間")
Held = TypeVar("Held")


class ExerciseError(WorkbookError):
    """An exercise that does not exist."""


class WrongAnswer(Exception):
    """Why an answer falls short; a judge raises it. ``WrongAnswer("{many} letters are lost.", many=3)``."""

    def __init__(self, template: str, /, **values: Any) -> None:
        super().__init__(phrase(template, **values))


@dataclass(frozen=True)
class Verdict:
    """Whether an answer is right, and why not."""

    right: bool
    why: str


@dataclass(frozen=True)
class Exercise:
    """``judge`` takes the answer as text and gives why it is right, or raises ``WrongAnswer``.

    It runs what the student wrote, also in variations that the student does not see. ``kind``: ``cf`` for sendmail.cf
    lines, ``number``, ``choice`` (of ``choices``), ``order`` (of ``choices``, one a line), ``text``, or ``incident``
    (one of ``choices``, and a place on the next line; see :mod:`simlib.exercises.drill`). ``given`` stands
    in the answer's field at first. ``hints`` are shown one after the other. ``solution`` is right, and each of
    ``mistakes`` is a typical answer that is not: the tests try them all.
    """

    id: str
    question: str
    kind: Literal["cf", "number", "choice", "order", "text", "incident"]
    judge: Callable[[str], str]
    solution: str
    hints: tuple[str, ...]
    mistakes: tuple[str, ...]
    given: str = ""
    choices: tuple[str, ...] = ()

    @property
    def title(self) -> str:
        """What it is called on the screen."""
        if self.kind == "incident":
            return phrase("Incident {lesson}", lesson=self.id.removesuffix(".drill"))
        return phrase("Exercise {name}", name=self.id)

    def check(self, answer: str) -> Verdict:
        """Judge an answer, whatever it is. Where the judge itself fails, that is what is said."""
        if not answer.strip():
            return Verdict(False, "There is no answer yet.")
        with warnings.catch_warnings(record=True) as complaints:
            warnings.simplefilter("always", CfWarning)
            try:
                return Verdict(True, self.judge(answer.strip()))
            except WrongAnswer as wrong:
                return Verdict(False, sentences([wrong.args[0], *_said(complaints), *slips(self.kind, answer)]))
            except WorkbookError as trouble:  # such as a line of sendmail.cf that sendmail would not read either
                said = phrase("It does not run: {trouble}", trouble=_told(trouble))
                return Verdict(False, sentences([said, *slips(self.kind, answer)]))
            except Exception as fault:  # not the student's: he shall read it, and his notebook go on
                name = f"{type(fault).__name__}: {short(str(fault))}"
                told = "The workbook broke off while it ran this answer, which is its own fault ({name})."
                return Verdict(False, phrase(told, name=name))


def _told(trouble: Warning | WorkbookError | str) -> str:
    """What is wrong, without the number of the line: a judge puts lines of its own before those of the answer."""
    return trouble.told if isinstance(trouble, (CfError, CfWarning)) else words_of(trouble)


def _said(complaints: Sequence[warnings.WarningMessage]) -> list[str]:
    """What there is to say of the lines, each once: perhaps that is why they fall short."""
    texts = dict.fromkeys(_told(one.message) for one in complaints)
    return [phrase("Look again: {text}" if text.endswith("?") else "Look again: {text}.", text=text) for text in texts]


def as_number(answer: str, unit: str = "") -> float:
    """The number in an answer: ``12``, ``-0.5``, ``1,000``, ``1e3``, ``about 160``, perhaps with its unit behind it.

    ``unit``: in what it is wanted; another scale of it (KB for bytes, minutes for seconds) is refused by name.
    Characters of full width, as a Japanese keyboard gives them, are those of ASCII.
    """
    found = _NUMBER.fullmatch(in_ascii(answer).strip())
    if found is None:
        raise WrongAnswer("{answer!r} is not a number: write it like 12 or 0.5.", answer=short(answer))
    scale = (found["unit"] or "").lower()
    if unit and scale in _SCALES and not unit.lower().startswith(scale):
        raise WrongAnswer("Write the number in {unit}, not in {other}.", unit=unit, other=found["unit"])
    number = float(found["number"].replace(",", ""))
    if isinf(number):
        raise WrongAnswer("{answer!r} is too large a number to mean anything here.", answer=short(answer))
    return number


def some(values: Sequence[Held], otherwise: str) -> Sequence[Held]:
    """What a run gave, of which a judge needs at least one; ``otherwise`` is what falls short."""
    if not values:
        raise WrongAnswer(otherwise)
    return values


def short(text: str) -> str:
    return text if len(text) <= MOST_ECHOED else f"{text[:MOST_ECHOED]}…"


def exactly(
    right: Callable[[], float] | float, why: str, near: dict[float, str], otherwise: str, unit: str = ""
) -> Callable[[str], str]:
    """A judge of a number, such as one that a run gives.

    ``near`` tells what typical mistakes have missed. ``otherwise`` says of every other number what to think of again;
    never whether it is too large or too small, for then nobody would need to think.
    """

    def judge(answer: str) -> str:
        number, true = as_number(answer, unit), right() if callable(right) else right
        if abs(number - true) > 1e-9 * max(1.0, abs(true)):
            raise WrongAnswer(near.get(number, otherwise))
        return why

    return judge


def another_way(yours: float, model: float, what: str) -> str:
    """A sentence about an answer that is right and not the model one: its figure beside that of the model answer.

    ``what`` has a place for the figure: ``waits for {number:.0f} s``. Empty where both are the same.
    """
    mine, other = phrase(what, number=yours), phrase(what, number=model)
    return (
        "" if mine == other else phrase(" Another way: yours {mine}, the model answer {other}.", mine=mine, other=other)
    )


def in_order(
    right: Callable[[], list[str]], why: str, near: dict[tuple[str, ...], str] | None = None
) -> Callable[[str], str]:
    """A judge of an order, one item a line, that a run shows; ``near`` tells what typical orders have missed."""

    def judge(answer: str) -> str:
        given = [line.strip() for line in answer.splitlines() if line.strip()]
        true = right()
        if sorted(given) != sorted(true):
            raise WrongAnswer("Each of the lines is wanted exactly once, as it stands.")
        for place, (one, other) in enumerate(zip(given, true, strict=True), 1):
            if one != other and near is not None and tuple(given) in near:
                raise WrongAnswer(near[tuple(given)])
            if one != other:
                if place == 1:
                    raise WrongAnswer("In the run, “{one}” does not come first.", one=phrase(one))
                told = "In the run, “{one}” does not come at place {place}; what is before it is right."
                raise WrongAnswer(told, one=phrase(one), place=place)
        return why

    return judge


def one_of(right: Callable[[], str], why: str, wrong: dict[str, str]) -> Callable[[str], str]:
    """A judge of a choice, which a run makes; ``wrong`` says of each other choice why it is not the one."""

    def judge(answer: str) -> str:
        if answer != right():
            if answer not in wrong:
                raise WrongAnswer("{answer!r} is none of the choices.", answer=short(answer))
            raise WrongAnswer(wrong[answer])
        return why

    return judge

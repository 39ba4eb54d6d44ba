"""One exercise: what is asked, what kind of answer is wanted, and how it is judged."""

import re
import warnings
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from math import isinf
from typing import Literal, TypeVar

from simlib.cf import CfWarning
from simlib.cf.slips import in_ascii
from simlib.errors import WorkbookError
from simlib.exercises.slips import slips

MOST_ECHOED = 60  # characters of an answer that are said again
_PLACE = re.compile(r"\bfragment line [0-9]+: ")  # a judge puts lines of its own before those of the answer
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
    """Why an answer falls short; a judge raises it."""


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
        return f"Incident {self.id.removesuffix('.drill')}" if self.kind == "incident" else f"Exercise {self.id}"

    def check(self, answer: str) -> Verdict:
        """Judge an answer, whatever it is. Where the judge itself fails, that is what is said."""
        if not answer.strip():
            return Verdict(False, "There is no answer yet.")
        with warnings.catch_warnings(record=True) as complaints:
            warnings.simplefilter("always", CfWarning)
            try:
                return Verdict(True, self.judge(answer.strip()))
            except WrongAnswer as wrong:
                return Verdict(False, " ".join([str(wrong), *_said(complaints), *slips(self.kind, answer)]))
            except WorkbookError as trouble:  # such as a line of sendmail.cf that sendmail would not read either
                said = f"It does not run: {_PLACE.sub('', str(trouble))}"
                return Verdict(False, " ".join([said, *slips(self.kind, answer)]))
            except Exception as fault:  # not the student's: he shall read it, and his notebook go on
                name = f"{type(fault).__name__}: {_short(str(fault))}"
                return Verdict(
                    False, f"The workbook broke off while it ran this answer, which is its own fault ({name})."
                )


def _said(complaints: Sequence[warnings.WarningMessage]) -> list[str]:
    """What there is to say of the lines, each once: perhaps that is why they fall short."""
    texts = dict.fromkeys(_PLACE.sub("", str(one.message)) for one in complaints)
    return [f"Look again: {text}{'' if text.endswith('?') else '.'}" for text in texts]


def as_number(answer: str, unit: str = "") -> float:
    """The number in an answer: ``12``, ``-0.5``, ``1,000``, ``1e3``, ``about 160``, perhaps with its unit behind it.

    ``unit``: in what it is wanted; another scale of it (KB for bytes, minutes for seconds) is refused by name.
    Characters of full width, as a Japanese keyboard gives them, are those of ASCII.
    """
    found = _NUMBER.fullmatch(in_ascii(answer).strip())
    if found is None:
        raise WrongAnswer(f"{_short(answer)!r} is not a number: write it like 12 or 0.5.")
    scale = (found["unit"] or "").lower()
    if unit and scale in _SCALES and not unit.lower().startswith(scale):
        raise WrongAnswer(f"Write the number in {unit}, not in {found['unit']}.")
    number = float(found["number"].replace(",", ""))
    if isinf(number):
        raise WrongAnswer(f"{_short(answer)!r} is too large a number to mean anything here.")
    return number


def some(values: Sequence[Held], otherwise: str) -> Sequence[Held]:
    """What a run gave, of which a judge needs at least one; ``otherwise`` is what falls short."""
    if not values:
        raise WrongAnswer(otherwise)
    return values


def _short(text: str) -> str:
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

    ``what`` has a place for the figure: ``waits for {:.0f} s``. Empty where both are the same.
    """
    mine, other = what.format(yours), what.format(model)
    return "" if mine == other else f" Another way: yours {mine}, the model answer {other}."


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
                before = "; what is before it is right" if place > 1 else ""
                raise WrongAnswer(f"In the run, “{one}” does not come at place {place}{before}.")
        return why

    return judge


def one_of(right: Callable[[], str], why: str, wrong: dict[str, str]) -> Callable[[str], str]:
    """A judge of a choice, which a run makes; ``wrong`` says of each other choice why it is not the one."""

    def judge(answer: str) -> str:
        if answer != right():
            raise WrongAnswer(wrong.get(answer, f"{_short(answer)!r} is none of the choices."))
        return why

    return judge

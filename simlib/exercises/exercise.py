"""One exercise: what is asked, what kind of answer is wanted, and how it is judged."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal

from simlib.errors import WorkbookError


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
    lines, ``number``, ``choice`` (of ``choices``), ``order`` (of ``choices``, one a line) or ``text``. ``given`` stands
    in the answer's field at first. ``hints`` are shown one after the other. ``solution`` is right, and each of
    ``mistakes`` is a typical answer that is not: the tests try them all.
    """

    id: str
    question: str
    kind: Literal["cf", "number", "choice", "order", "text"]
    judge: Callable[[str], str]
    solution: str
    hints: tuple[str, ...]
    mistakes: tuple[str, ...]
    given: str = ""
    choices: tuple[str, ...] = ()

    def check(self, answer: str) -> Verdict:
        """Judge an answer."""
        if not answer.strip():
            return Verdict(False, "There is no answer yet.")
        try:
            return Verdict(True, self.judge(answer.strip()))
        except WrongAnswer as wrong:
            return Verdict(False, str(wrong))
        except WorkbookError as trouble:  # such as a line of sendmail.cf that sendmail would not read either
            return Verdict(False, f"It does not run: {trouble}")


def as_number(answer: str) -> float:
    """The number in an answer."""
    try:
        return float(answer.replace(",", "").split()[0])
    except ValueError:
        raise WrongAnswer(f"{answer!r} is not a number: write it like 12 or 0.5.") from None


def exactly(right: float, why: str, near: dict[float, str] | None = None) -> Callable[[str], str]:
    """A judge of a number that is worked out by a run; ``near`` tells what typical mistakes have missed."""

    def judge(answer: str) -> str:
        number = as_number(answer)
        if abs(number - right) > 1e-9 * max(1.0, abs(right)):
            way = "more" if number < right else "less"
            raise WrongAnswer((near or {}).get(number, f"It is {way} than {number:g}."))
        return why

    return judge


def one_of(right: str, why: str, wrong: dict[str, str]) -> Callable[[str], str]:
    """A judge of a choice; ``wrong`` says of each other choice why it is not the one."""

    def judge(answer: str) -> str:
        if answer != right:
            raise WrongAnswer(wrong.get(answer, f"{answer!r} is none of the choices."))
        return why

    return judge

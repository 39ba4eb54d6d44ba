"""A question that is asked before a run: what may come, what does come, and what to say to whoever took which."""

from collections.abc import Callable, Hashable, Mapping
from dataclasses import dataclass, field
from itertools import takewhile
from math import isclose
from typing import Any, Literal, NamedTuple

from simlib.errors import WorkbookError
from simlib.language import phrase, sentences

Answer = int | float | tuple[int, ...]  # a choice by its place, a number, or cards by their places


class Point(NamedTuple):
    """What a lab has to show of its claim: as ``control`` goes from one end to the other, ``number`` goes this way.

    ``ends``: the two values of the control, where they are not the ends of its range (first and last of a drop-down).
    """

    control: str
    number: str
    way: Literal["rises", "falls"]
    ends: tuple[Any, Any] | None = None


@dataclass(frozen=True)
class Question:
    """``seen`` reads what came true off what the run gave. It is one of the keys of ``choices``, where there are any.

    ``choices``: what may come → how it is written, and what is said to whoever takes it. A question without choices
    asks for a number, such as ``unit="s"``, or for ``cards`` in an order. A number may miss by ``within``, a share of
    it; ``near`` says of typical wrong ones what they have missed. ``seen`` gives the number, or the cards in order.
    ``because`` is said to everybody. ``run`` makes a run where the lesson has none of its own, such as for a question
    on an earlier lesson. ``points``: what the lab has to show.
    """

    id: str
    text: str
    seen: Callable[[Any], Any]
    because: str
    choices: Mapping[Hashable, tuple[str, str]] = field(default_factory=dict)
    cards: tuple[str, ...] = ()
    unit: str = ""
    within: float = 0.0
    near: Mapping[float, str] = field(default_factory=dict)
    run: Callable[[], Any] | None = None
    points: tuple[Point, ...] = ()

    @property
    def claim(self) -> str:
        """The claim of the lecture that it belongs to: of ``04.1b`` it is ``04.1``."""
        return self.id.rstrip("abcdefghijklmnopqrstuvwxyz")

    @property
    def kind(self) -> Literal["choice", "order", "number"]:
        """What kind of answer is wanted."""
        return "choice" if self.choices else "order" if self.cards else "number"

    @property
    def written(self) -> tuple[str, ...]:
        """What can be taken, as it is written."""
        return tuple(text for text, _ in self.choices.values()) or self.cards

    def outcome(self, came: Any) -> Any:
        """What came true. Raises WorkbookError where the run does not answer the question."""
        try:
            outcome = self.seen(came)
        except Exception as trouble:  # a scenario that a student has changed may give anything
            told = f"{type(trouble).__name__}: {trouble}"
            raise WorkbookError("this run does not answer question {id} ({told})", id=self.id, told=told) from trouble
        if self.choices and outcome not in self.choices:
            raise WorkbookError(
                "this run does not answer question {id}: it gave {outcome!r}, none of the choices",
                id=self.id,
                outcome=outcome,
            )
        return outcome

    def told(self, outcome: Any) -> str:
        """An outcome in words."""
        if self.kind == "choice":
            return phrase(self.choices[outcome][0])
        if self.kind == "order":
            return sentences(map(phrase, outcome), " → ")
        return self._number(outcome)

    def _number(self, number: float) -> str:
        return phrase("{number:,g} {unit}", number=number, unit=phrase(self.unit)) if self.unit else f"{number:,g}"

    def is_right(self, answer: Answer, outcome: Any) -> bool:
        """Whether an answer came true."""
        if isinstance(answer, tuple):
            return [self.cards[place] for place in answer] == list(outcome)
        if self.kind == "choice":
            return bool(list(self.choices)[int(answer)] == outcome)
        return isclose(answer, outcome, rel_tol=max(self.within, 1e-9))

    def said_of(self, answer: Answer) -> str:
        """How an answer is written."""
        if isinstance(answer, tuple):
            return sentences([phrase(self.cards[place]) for place in answer], " → ")
        return phrase(self.written[int(answer)]) if self.kind == "choice" else self._number(answer)

    def words_for(self, answer: Answer, outcome: Any) -> str:
        """What is said to whoever gave this answer; nothing where there is nothing of its own to say."""
        if isinstance(answer, tuple):
            pairs = zip((self.cards[place] for place in answer), outcome, strict=False)
            good = [one for one, other in takewhile(lambda pair: pair[0] == pair[1], pairs)]
            return (
                phrase("It is right as far as “{good}”.", good=phrase(good[-1])) if 0 < len(good) < len(answer) else ""
            )
        if self.kind == "choice":
            return phrase(list(self.choices.values())[int(answer)][1])
        if self.is_right(answer, outcome):
            return ""
        return next((words for near, words in self.near.items() if isclose(answer, near, rel_tol=0.005)), "")

    def accepts(self, answer: object) -> bool:
        """Whether it is an answer to this question at all: what is kept may be of an older question."""
        if self.kind == "choice":
            return type(answer) is int and 0 <= answer < len(self.choices)
        if self.kind == "order":
            return isinstance(answer, tuple) and sorted(answer) == list(range(len(self.cards)))
        return type(answer) in (int, float)


def among(value: float, *bounds: float) -> int:
    """In which of the stretches between rising bounds a number lies: 0 below the first, 1 between that and the second.

    >>> [among(value, 10, 20) for value in (9, 10, 25)]
    [0, 1, 2]
    """
    return sum(value >= bound for bound in bounds)

"""An incident: something is wrong at a site, and only what its hosts tell can say what.

An answer is two lines, the cause and the place; it is judged like that of any exercise. Which of the causes it is, and
where, is drawn by the number of the incident: a neighbour's answer is of no use.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass
from random import Random
from typing import NamedTuple

from simlib.cf.slips import in_ascii
from simlib.exercises.exercise import Exercise, ExerciseError, WrongAnswer
from simlib.language import phrase, sentences
from simlib.mta.sendmail import Sendmail
from simlib.world import World


class Scene(NamedTuple):
    """A site at the moment of the complaint: where root sits, what is wrong, and where."""

    world: World
    desk: Sendmail
    cause: str
    place: str


@dataclass(frozen=True)
class Drill:
    """``causes``: what it may be, and of each why it is not, if it is not. ``scene`` makes the site from chance.

    ``asked`` says what kind of place is wanted. ``evidence``: for each cause that ``scene`` makes, a command of root's
    and what it prints then and not otherwise, with ``{place}`` for the place; the tests type it.
    """

    id: str
    complaint: str
    causes: dict[str, str]
    asked: str
    scene: Callable[[Random], Scene]
    evidence: dict[str, tuple[str, str]]
    hints: tuple[str, ...]

    def at(self, number: int) -> Scene:
        """The site of incident ``number``."""
        if number < 1:
            raise ExerciseError("incident {number} of {id}: they are counted from 1", number=number, id=self.id)
        return self.scene(Random(f"{self.id} {number}"))

    def exercise(self, number: int = 1) -> Exercise:
        """The question of incident ``number``."""
        scene = self.at(number)
        others = tuple(cause for cause in self.causes if cause != scene.cause)
        command, _ = self.evidence[scene.cause]
        return Exercise(
            id=self.id,
            question=sentences([self.complaint, self.asked]),
            kind="incident",
            judge=lambda answer: self._judge(scene, answer),
            solution=f"{scene.cause}\n{scene.place}",
            hints=(*self.hints, phrase("Type: {command}", command=command.replace("{place}", "…"))),
            mistakes=(
                *(f"{cause}\n{scene.place}" for cause in others),
                f"{scene.cause}\nnowhere",
                scene.cause,
            ),
            choices=tuple(self.causes),
        )

    def _judge(self, scene: Scene, answer: str) -> str:
        cause, _, place = (part.strip() for part in answer.partition("\n"))
        if cause not in self.causes:
            raise WrongAnswer("Choose one of the causes first.")
        if cause != scene.cause:
            raise WrongAnswer(self.causes[cause])
        if not place:
            raise WrongAnswer(sentences(["That may be. But where?", self.asked]))
        given, right = in_ascii(place).lower().rstrip("."), scene.place.lower()
        if given != right and (_is_part(given, right) or _is_part(right, given)):
            raise WrongAnswer(
                sentences(
                    [
                        phrase("That is what is wrong. {place} is near: write the name itself, whole.", place=place),
                        self.asked,
                    ]
                )
            )
        if given != right:
            raise WrongAnswer("That is what is wrong, but not at {place}.", place=place)
        command, _ = self.evidence[scene.cause]
        return phrase(
            "{place} it is; {command} tells it.", place=scene.place, command=command.replace("{place}", scene.place)
        )


def _is_part(short: str, long: str) -> bool:
    """Whether a name is a part of another, such as a host's own of that with its domain."""
    return re.search(rf"(?<![\w-]){re.escape(short)}(?![\w-])", long) is not None

"""An incident: something is wrong at a site, and only what its hosts tell can say what; then it is put right.

An answer is two lines, the cause and the place; it is judged like that of any exercise. Which of the causes it is, and
where, is dealt by the number of the incident: a neighbour's answer is of no use. What was put right is judged by
letting the site run on (:meth:`simlib.exercises.scene.Scene.run_on`).
"""

from collections.abc import Callable
from dataclasses import dataclass
from random import Random
from typing import NamedTuple

from simlib.exercises.exercise import Exercise, ExerciseError, Verdict, WrongAnswer
from simlib.exercises.scene import RING, Deal, Scene, called
from simlib.language import phrase, sentences

WHERE = "Where? Name what you would point at: a host, a domain, a user, an option, a directory or a file."


class Cause(NamedTuple):
    """Something that may be wrong.

    ``places``: where, a card of the deck each. ``command`` is one of root's that tells of it, and ``told`` what it
    prints then and not otherwise, a regular expression. ``not_it``: what is said to whoever takes it for this when
    it is another. ``cure``: lines that put it right, and ``wrong`` lines that only seem to; a line that begins with
    ``ring up`` is a call. In all of them ``{place}`` stands for the place, ``{pid}`` for the daemon's number, and
    what else the scene has words for.
    """

    places: tuple[str, ...]
    command: str
    told: str
    not_it: str
    cure: tuple[str, ...]
    wrong: tuple[str, ...]


@dataclass(frozen=True)
class Drill:
    """``causes``: what it may be. ``scene`` makes the site from what was dealt."""

    id: str
    complaint: str
    causes: dict[str, Cause]
    scene: Callable[[Deal], Scene]
    hints: tuple[str, ...]

    @property
    def deck(self) -> list[tuple[str, str]]:
        """All pairs of a cause and a place, shuffled once and for all."""
        cards = [(cause, place) for cause, held in self.causes.items() for place in held.places]
        Random(self.id).shuffle(cards)
        return cards

    def at(self, number: int) -> Scene:
        """The site of incident ``number``: the next card of the deck, with letters and times of its own."""
        if number < 1:
            raise ExerciseError("incident {number} of {id}: they are counted from 1", number=number, id=self.id)
        deck = self.deck
        return self.scene(Deal(*deck[(number - 1) % len(deck)], Random(f"{self.id} {number}")))

    def exercise(self, number: int = 1, scene: Scene | None = None) -> Exercise:
        """The question of incident ``number``, of which ``scene`` is the site if it is made already."""
        at = scene or self.at(number)
        others = tuple(cause for cause in self.causes if cause != at.cause)
        return Exercise(
            id=self.id,
            question=sentences([self.complaint, at.told(), WHERE]),
            kind="incident",
            judge=lambda answer: self._judge(at, answer),
            solution=f"{at.cause}\n{at.place.name}",
            hints=(*self.hints, phrase("Type: {command}", command=self._command(at, "…"))),
            mistakes=(
                *(f"{cause}\n{at.place.name}" for cause in others),
                f"{at.cause}\nnowhere",
                at.cause,
            ),
            choices=tuple(self.causes),
        )

    def repaired(self, scene: Scene) -> Verdict:
        """Whether the site does what it should when it runs on, and why not. Its clock goes on by that."""
        try:
            return Verdict(True, scene.run_on())
        except WrongAnswer as wrong:
            return Verdict(False, wrong.args[0])

    def debrief(self, scene: Scene) -> str:
        """What could have been looked at first, and one way to put it right."""
        return sentences(
            [
                phrase("It could be seen at once by: {command}.", command=self._command(scene, scene.place.name)),
                phrase("One way to put it right: {lines}.", lines=sentences(self.cure(scene), " ⏎ ")),
            ]
        )

    def cure(self, scene: Scene) -> list[str]:
        """Lines that would have put it right at the time of the complaint."""
        lines = [scene.filled(line, begun=True) for line in self.causes[scene.cause].cure]
        return [called(line.removeprefix(RING)) if line.startswith(RING) else line for line in lines]

    def _command(self, scene: Scene, place: str) -> str:
        return self.causes[scene.cause].command.replace("{place}", place)

    def _judge(self, scene: Scene, answer: str) -> str:
        cause, _, place = (part.strip() for part in answer.partition("\n"))
        if cause not in self.causes:
            raise WrongAnswer("Choose one of the causes first.")
        if cause != scene.cause:
            raise WrongAnswer(self.causes[cause].not_it)
        if not place:
            raise WrongAnswer(sentences(["That may be. But where?", WHERE]))
        if not scene.place.is_meant(place):
            if scene.place.is_near(place):
                near = phrase("That is what is wrong. {place} is near: write the name itself, whole.", place=place)
                raise WrongAnswer(sentences([near, WHERE]))
            raise WrongAnswer("That is what is wrong, but not at {place}.", place=place)
        name = scene.place.name
        return phrase("{place} it is; {command} tells it.", place=name, command=self._command(scene, name))

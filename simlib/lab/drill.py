"""An incident drill on the screen: a complaint, a root shell at the site, the question what it is, and the repair."""

from collections.abc import Callable
from typing import Any

import ipywidgets as widgets

from simlib.exercises import find_drill
from simlib.exercises.drill import Drill
from simlib.exercises.exercise import Exercise, Verdict
from simlib.exercises.scene import Scene, called
from simlib.lab import progress
from simlib.lab.console import Console, at_shell
from simlib.lab.exercise import RIGHT, WRONG, ExerciseOnScreen, noted
from simlib.lab.names import after_fields, named, names
from simlib.lab.screen import Written, shown
from simlib.language import phrase, sentences, translated
from simlib.visible import html

COMMANDS = (
    "help",
    "mailq",
    "tail /var/log/maillog",
    "hoststat",
    "uptime",
    "df",
    "mount",
    "mailstats",
    "cat /etc/mail/sendmail.cf",
)


def drill(topic: str, number: int = 1) -> "DrillOnScreen":
    """Show the incident drill of a topic, such as ``04``: something is wrong, and the commands of the site tell what.

    Once it is known, it is put right at the same shell, and the site runs on to show whether that holds. ``number``:
    another one is another incident of the same kind, with another cause or at another place.
    """
    return DrillOnScreen(find_drill(topic), number)


class DrillOnScreen:
    """A drill. ``console``: the shell at the site; ``exercise``: the question; ``repair``: the rest."""

    console: Console
    exercise: ExerciseOnScreen
    repair: "Repair"

    def __init__(self, held: Drill, number: int) -> None:
        self.drill = held
        self.widget = widgets.VBox()
        self.open(number)

    def __repr__(self) -> str:
        return "\n".join([repr(self.exercise), repr(self.console)])

    def _repr_mimebundle_(self, **_: Any) -> dict[str, Any]:
        return shown(self.widget, repr(self))

    def open(self, number: int) -> None:
        """Begin incident ``number``, in place of the one that is there."""
        self.number = number
        scene = self.drill.at(number)
        self.console = _Site(scene)
        self.repair = Repair(self.drill, scene, self.console)
        question = self.drill.exercise(number, scene)
        self.exercise = _Diagnosis(question, self.console.terminal, self.repair.begin)
        again, following = (
            widgets.Button(description=translated(text), layout=widgets.Layout(width="auto"))
            for text in ("Begin it anew", "Next incident")
        )
        again.on_click(lambda _: self.open(self.number))
        following.on_click(lambda _: self.open(self.number + 1))
        told = phrase("Incident {number}; there are {many} different ones.", number=number, many=len(self.drill.deck))
        self.exercise.widget.children = (
            *self.exercise.widget.children,
            self.repair.widget,
            widgets.HBox([again, following, Written(html("<span>{}</span>", told))]).add_class("simlib-next"),
        )
        self.widget.children = (self.exercise.widget,)


class _Diagnosis(ExerciseOnScreen):
    """The question what is wrong, and where. It is solved when it is put right, too."""

    def __init__(self, held: Exercise, site: Any, found: Callable[[], None]) -> None:
        self._found = found
        super().__init__(held, site)

    def _judged(self, answer: str, verdict: Verdict) -> None:
        self._note(answer, tries=1)
        if verdict.right:
            self._found()


class _Site(Console):
    """The shell at the site. Nothing stands beside it: what there is to see, somebody has to ask for."""

    def __init__(self, scene: Scene) -> None:
        self._scene = scene
        super().__init__(at_shell(scene.shell), COMMANDS)

    def wait(self, seconds: float) -> None:
        self._scene.pass_time(seconds)
        self.refresh()

    def _beside(self) -> dict[str, str]:
        return {}


class Repair:
    """What comes after the diagnosis: whom one can ring up, and letting the site run on."""

    def __init__(self, held: Drill, scene: Scene, console: Console) -> None:
        self._drill, self._scene, self._console = held, scene, console
        self._kept = Written()
        self._verdict = Written()
        self._help = Written()
        run, ring, way = (
            widgets.Button(description=translated(text), layout=widgets.Layout(width="auto"))
            for text in ("Let it run on", "Ring up", "Show a way")
        )
        run.button_style = "primary"
        run.on_click(after_fields(self.run_on))
        ring.on_click(after_fields(self.ring))
        way.on_click(lambda _: self.show_way())
        self.people = widgets.Dropdown(options=sorted(scene.calls), layout=widgets.Layout(width="auto"))
        label = Written(html("<span class='simlib-label'>{}</span>", phrase("Whom to ring up")))
        told = phrase(
            "Now put it right, at the shell above or by a call. Then let the site run on: new letters come, and it "
            "shows whether they get through and nothing else was broken. Time stands still while you type."
        )
        calls = [named(label, self.people), ring] if scene.calls else []
        parts = (
            Written(html("<div class='question'>{}</div>", told)),
            widgets.HBox(calls, layout=widgets.Layout(align_items="flex-end", flex_flow="row wrap")),
            widgets.HBox([run, way]),
            self._verdict,
            self._help,
            self._kept,
            names(),
        )
        self._parts = widgets.VBox(parts).add_class("simlib-repair").add_class("simlib-named")
        self.widget = widgets.VBox()

    def begin(self) -> None:
        """Show it: what is wrong is known now."""
        self.widget.children = (self._parts,)

    def ring(self) -> None:
        """Ring up whoever is chosen."""
        whom = str(self.people.value)
        self._console.tell(called(whom), self._scene.ring(whom))

    def run_on(self) -> Verdict:
        """Let the site run on, show whether the repair holds, and note it."""
        minutes = self._scene.minutes
        verdict = self._drill.repaired(self._scene)
        self._console.refresh()
        if not verdict.right:
            self._verdict.value = html(WRONG, phrase("✗ Not yet."), verdict.why)
            return verdict
        commands = self._console.typed
        lasted = "Lines typed and calls: {commands}. Simulated minutes: {minutes}."
        took = phrase(lasted, commands=commands, minutes=minutes)
        told = sentences([verdict.why, took, self._drill.debrief(self._scene)])
        self._verdict.value = html(RIGHT, phrase("✓ Put right."), told)
        self._note(solved=1, incidents=1, commands=commands, minutes=minutes)
        return verdict

    def show_way(self) -> None:
        """Lines that put it right."""
        lines = sentences(self._drill.cure(self._scene), "\n")
        self._help.value = html("<div role='status'>{}<pre>{}</pre></div>", phrase("A way:"), lines)
        self._note(looked=1)

    def _note(self, **change: int) -> None:
        self._kept.value = noted(lambda: progress.note(self._drill.id, "", **change))

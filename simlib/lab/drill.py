"""An incident drill on the screen: a complaint, a root shell at the site, and a field for cause and place."""

from typing import Any

from simlib.exercises import find_drill
from simlib.lab.console import Console, console
from simlib.lab.exercise import ExerciseOnScreen
from simlib.lab.screen import shown

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

    ``number``: another one is another incident of the same kind, with another cause or at another place.
    """
    return DrillOnScreen(topic, number)


class DrillOnScreen:
    """A drill. ``console`` is the shell at the site, ``exercise`` the question with its buttons."""

    def __init__(self, topic: str, number: int) -> None:
        held = find_drill(topic)
        scene = held.at(number)
        self.console: Console = console(scene.world.shell(scene.desk), suggestions=COMMANDS)
        self.exercise = ExerciseOnScreen(held.exercise(number), site=self.console.terminal)

    def __repr__(self) -> str:
        return "\n".join([repr(self.exercise), repr(self.console)])

    def _repr_mimebundle_(self, **_: Any) -> dict[str, Any]:
        return shown(self.exercise.widget, repr(self))

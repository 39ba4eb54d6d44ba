"""A Stop that is heard while its cell is running, where the kernel cannot be interrupted: in a browser."""

from collections.abc import Callable
from pathlib import Path
from uuid import uuid4

import traitlets

from simlib.lab.runs import Pace
from simlib.lab.screen import Instrument, program
from simlib.lab.turns import PACE, FindTurn

HERE = Path(__file__).parent

Listen = Callable[[str, Callable[[], None]], Callable[[], None]]
"""Has a function called when the page says something on the channel of a name; gives back what ends that."""


class StopButton(Instrument):
    """The widget. It stands on the screen as long as somebody asks whether it was pressed, and can be told so."""

    _esm = program(HERE / "stop_button.js")

    channel = traitlets.Unicode().tag(sync=True)
    offered = traitlets.Bool(False).tag(sync=True)

    def __init__(self, find_turn: FindTurn, listen: Listen) -> None:
        super().__init__(channel=f"simlib-stop-{uuid4().hex}")
        self._find_turn, self._listen = find_turn, listen
        self._deaf: Callable[[], None] | None = None  # ends the listening; None: nobody listens
        self._heard = False
        self._pace = Pace(PACE)

    def pressed(self) -> bool:
        """Whether it was pressed by now; the loop gets a turn for that, if it is time for one."""
        turn = self._find_turn()
        if turn is None:
            self.withdraw()
            return False
        if self._deaf is None:
            self._deaf = self._listen(self.channel, self._press)
        self.offered = True
        if self._pace.due():
            turn()
        return self._heard

    def withdraw(self) -> None:
        """There is nothing to stop any more, until somebody asks again."""
        if self._deaf is not None:
            self._deaf()
        self._deaf, self._heard = None, False
        self.offered = False

    def _press(self) -> None:
        self._heard = True

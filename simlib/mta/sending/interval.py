"""The daemon's queue interval: ``sendmail -q30m`` runs the queue at once and then again and again."""

import simpy

from simlib.mta.installation import Installation
from simlib.mta.policy.queue_order import Selection
from simlib.mta.sending.runner import run_now
from simlib.site.steps import Steps


class Interval:
    """How often a host's queue is run, and the clock that sees to it. ``every`` is in seconds; None: never."""

    def __init__(self, mta: Installation) -> None:
        self.mta = mta
        self.every: float | None = None
        self.selection = Selection()
        self._clock: simpy.Process | None = None

    def set(self, every: float | None, selection: Selection) -> None:
        """What holds from the next start on."""
        self.every, self.selection = every, selection

    def start(self) -> None:
        """Begin anew, with a run at once; runs under way go on, and what began them before does no more."""
        self.stop()
        if self.every is not None and self.mta.host.up:
            self._clock = self.mta.host.spawn(self._run(self.every, self.selection))

    def stop(self) -> None:
        """Begin no more runs; those under way go on."""
        if self._clock is not None and self._clock.is_alive:
            self._clock.interrupt("stopped")
        self._clock = None

    def _run(self, every: float, selection: Selection) -> Steps[None]:
        while True:
            run_now(self.mta, selection)
            yield self.mta.site.env.timeout(every)

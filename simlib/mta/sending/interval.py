"""The daemon's queue interval: ``sendmail -q30m`` runs the queue at once and then again and again."""

import simpy

from simlib.mta.installation import Installation
from simlib.mta.policy.queue_order import Selection
from simlib.mta.sending.runner import queue_run
from simlib.site.steps import Steps


class Interval:
    """How often a host's queue is run, and the clock that sees to it. ``every`` is in seconds; None: never.

    Where as many of its runs are still under way as MaxQueueChildren says, it begins none.
    """

    def __init__(self, mta: Installation) -> None:
        self.mta = mta
        self.every: float | None = None
        self.selection = Selection()
        self._runs_as = mta
        self._clock: simpy.Process | None = None

    def set(self, every: float | None, selection: Selection, runs_as: Installation | None = None) -> None:
        """What holds from the next start on. ``runs_as``: with whose configuration, if not that of the host."""
        self.every, self.selection, self._runs_as = every, selection, runs_as or self.mta

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
        runs: list[simpy.Process] = []
        while True:
            runs = [run for run in runs if run.is_alive]
            if self.mta.host.up and not 0 < self.mta.settings.max_queue_children <= len(runs):
                runs.append(self.mta.host.spawn(queue_run(self._runs_as, selection)))
            yield self.mta.site.env.timeout(every)

"""Things that go down and come back: hosts, links, name servers, a daemon's port."""

from collections.abc import Callable

import simpy


class Breakable:
    """Something with an up and a down; an outage is a call of :meth:`go_down` and, later, of :meth:`come_back`.

    ``breaks`` counts how often it went down, so that whoever relied on it can see afterwards whether it stood
    all the while. Outages may overlap: it is up again when the last of them has ended.
    """

    def __init__(self, env: simpy.Environment) -> None:
        self.env = env
        self.breaks = 0
        self.watchers: list[Callable[[], None]] = []  # told whenever it goes down or comes back
        self._reasons = 0
        self._back: simpy.Event | None = None

    @property
    def up(self) -> bool:
        """Whether it works just now."""
        return self._reasons == 0

    def go_down(self) -> None:
        """Begin an outage."""
        self._reasons += 1
        if self._reasons == 1:
            self.breaks += 1
            self._tell()
            self.on_down()

    def come_back(self) -> None:
        """End an outage."""
        self._reasons -= 1
        if self._reasons == 0:
            self._tell()
            back, self._back = self._back, None
            if back is not None:
                back.succeed()
            self.on_up()

    def back(self) -> simpy.Event:
        """An event that happens when it is up again."""
        if self._back is None:
            self._back = self.env.event()
        return self._back

    def on_down(self) -> None:
        """What else happens as it goes down."""

    def on_up(self) -> None:
        """What else happens as it comes back."""

    def _tell(self) -> None:
        for watcher in self.watchers:
            watcher()

"""When the services of a site were not ready: lanes of what comes up one after the other."""

from collections import Counter
from typing import TYPE_CHECKING

from simlib.language import phrase

if TYPE_CHECKING:
    from simlib.trace.record import Trace
    from simlib.trace.row_types import ServiceRow

Times = list[tuple[float, float]]
HOST = "host"


def not_ready(trace: "Trace", only: str = "") -> dict[str, Times]:
    """Each service that was ever gone → from when to when (s), in the order in which they were ready for good.

    A service of a host is gone as long as that host is; the host itself has a place only where nothing else stands for
    it. What was not ready at the end comes last. ``only``: those of this host.
    """
    rows = [row for row in trace.services if only in ("", row.host)]
    places = list(dict.fromkeys((row.host, row.service) for row in rows if row.service != HOST))
    places += [(host, HOST) for host in dict.fromkeys(row.host for row in rows) if host not in dict(places)]
    often = Counter(service for _, service in places)
    times = {}
    for host, service in places:
        name = (
            host
            if service == HOST
            else phrase("{service} on {host}", service=service, host=host)
            if often[service] > 1
            else service
        )
        mine = [row for row in rows if row.host == host and row.service in (service, HOST)]
        times[name] = _gone(mine, trace.until)
    ready = {name: held[-1][1] if held else 0.0 for name, held in times.items()}
    return {name: times[name] for name in sorted(times, key=lambda name: ready[name])}


def _gone(rows: "list[ServiceRow]", until: float) -> Times:
    """The times in which the service or its host was gone; moments in between are none."""
    state: dict[str, bool] = {}
    found: Times = []
    since: float | None = None
    for row in rows:
        state[row.service] = row.up
        if not all(state.values()):
            if since is None:
                since = found.pop()[0] if found and found[-1][1] == row.time else row.time
        elif since is not None:
            found.append((since, row.time))
            since = None
    return [(begin, end) for begin, end in [*found, *([(since, until)] if since is not None else [])] if end > begin]

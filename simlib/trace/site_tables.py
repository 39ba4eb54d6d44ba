"""What stood and what did not at a site, and what was done there: some of the tables of a trace."""

from itertools import pairwise

from simlib.trace.ledger import between
from simlib.trace.recorder import Recorder
from simlib.trace.row_types import ClosedRow, ConfigurationRow, IdentRow, OutageRow, ServiceRow, StepRow
from simlib.trace.rows_of import RowsOf

SECONDS = "s"


class SiteTables:
    """Those tables, of what was written down until ``until`` seconds."""

    _recorder: Recorder
    until: float

    @property
    def idents(self) -> "RowsOf[IdentRow]":
        """One row for each connection that a sendmail has accepted, and what it heard by Ident before its greeting.

        ``answer``: ``a user``, ``no such user``, ``too late``, ``nothing`` until the time-out, ``not asked``,
        ``reset``, ``no route`` or what a packet filter said. ``lost``: the connection itself has ended of that.
        ``greeted`` is when its greeting came to the client.
        """
        rows = self._recorder.idents
        return RowsOf.of(
            IdentRow,
            [(*row[:3], row[3].number, *row[4:], row[3].greeted) for row in rows],
            {"time": SECONDS, "seconds": SECONDS, "greeted": SECONDS},
        )

    @property
    def closed(self) -> "RowsOf[ClosedRow]":
        """One row for each time in which a daemon took no connections for its load or its children (RefuseLA, ...)."""
        return RowsOf.of(ClosedRow, self._recorder.closed, {"start": SECONDS, "end": SECONDS})

    @property
    def outages(self) -> "RowsOf[OutageRow]":
        """One row for each planned outage: ``what`` of ``name`` is down (host, port 25, link, zone, name service)."""
        return RowsOf.of(OutageRow, self._recorder.outages, {"start": SECONDS, "end": SECONDS})

    @property
    def services(self) -> "RowsOf[ServiceRow]":
        """One row for each time that a service of a host came up or went, a power cut being that of ``host``.

        Those of a host that is down do not run, whatever their own rows say. A mount is called by its directory, and
        has a row from the first on; what was there all the while has none.
        """
        return RowsOf.of(ServiceRow, self._recorder.services, {"time": SECONDS})

    @property
    def configurations(self) -> "RowsOf[ConfigurationRow]":
        """One row for each sendmail.cf that a sendmail began to heed; the same text has the same ``number`` again."""
        known: dict[str, list[object]] = {}
        rows = []
        for time, host, cf in self._recorder.configurations:
            seen = known.setdefault(host, [])
            seen += [] if cf in seen else [cf]
            rows.append((time, host, seen.index(cf) + 1))
        return RowsOf.of(ConfigurationRow, rows, {"time": SECONDS})

    @property
    def steps(self) -> "RowsOf[StepRow]":
        """One row for each step that somebody took on a host, with the ``remark`` of what was in the way.

        ``delivered`` and ``bounced`` count the letters that were until the next step (after the last: until now);
        ``waiting`` are those that were neither by then.
        """
        rows, accounts = self._recorder.steps, self._recorder.ledger.accounts
        return RowsOf.of(
            StepRow,
            [
                (*row[:3], *between(accounts, row[0], after[0]), row[3])
                for row, after in pairwise([*rows, (self.until + 1.0, "", "", "")])
            ],
            {"time": SECONDS},
        )

"""What ``mailstats`` prints of sendmail.st, in the layout of 1998 and in today's, and the file itself."""

import struct
from collections.abc import Sequence

from simlib.trace.clock import Clock
from simlib.trace.statistics import MailerCounters, Statistics

MAX_MAILERS = 25
MAGIC, FORMAT = 0x1B1DE, 4  # of the file since 8.13
EMPTY_IN_1998 = "mailstats: file size changed."


def of_1998(statistics: Statistics, names: Sequence[str], clock: Clock) -> str:
    """The table of sendmail up to 8.8; of an empty file it complains."""
    if statistics.began is None:
        return f"{EMPTY_IN_1998}\n"
    rows = [f"{number:2d} {_short(one)}  {_name(names, number)}" for number, one in _shown(statistics)]
    head = [f"Statistics from {clock.ctime(statistics.began)}", " M msgsfr bytes_from  msgsto   bytes_to  Mailer"]
    return "\n".join([*head, *rows, "=" * 40, f" T {_short(statistics.total())}"]) + "\n"


def of_today(statistics: Statistics, names: Sequence[str], clock: Clock, now: float, with_names: bool = True) -> str:
    """The table of today's sendmail: with what was refused, discarded and quarantined, and with connections.

    An empty file counts from ``now``. ``with_names``: ``mailstats -o`` leaves the mailers' names out.
    """
    began = int(now) if statistics.began is None else statistics.began
    lines = [
        f"Statistics from {clock.ctime(began)}",
        " M   msgsfr  bytes_from   msgsto    bytes_to  msgsrej msgsdis msgsqur" + ("  Mailer" if with_names else ""),
    ]
    for number, one in _shown(statistics):
        lines.append(f"{number:2d} {_long(one)}" + (f"  {_name(names, number)}" if with_names else ""))
    connections = (statistics.connections_from, statistics.connections_to, statistics.connections_rejected)
    lines += ["=" * 69, f" T {_long(statistics.total())}"]
    lines.append(" C {:8d}             {:8d}               {:6d}".format(*connections))
    return "\n".join(lines) + "\n"


def one_by_one(statistics: Statistics, names: Sequence[str]) -> list[tuple[float, str, str, str]]:
    """Each count of a message: when, by its queue id, in which column, of which mailer by its name of now."""
    return [(time, qid, counter, _name(names, mailer)) for time, qid, counter, mailer in statistics.counts]


def for_programs(statistics: Statistics, names: Sequence[str], clock: Clock, now: float) -> str:
    """``mailstats -P``: since when and when, both as Unix times, and the numbers alone."""
    began = int(now) if statistics.began is None else statistics.began
    rows = [f"{number:2d} {_plain(one)}  {_name(names, number)}" for number, one in _shown(statistics)]
    connections = (statistics.connections_from, statistics.connections_to, statistics.connections_rejected)
    head, last = f"{clock.unix(began)} {clock.unix(now)}", " C {:8d} {:8d} {:6d}".format(*connections)
    return "\n".join([head, *rows, f" T {_plain(statistics.total())}", last]) + "\n"


def status_file(statistics: Statistics, clock: Clock) -> bytes:
    """The file as sendmail 8.13 and later write it on a 64-bit little-endian machine; empty where nothing was counted.

    Magic number, version, time of the first count, length of it all, connections, then for each counter a number for
    each of 25 mailers: messages and kilobytes from, to, refused, discarded, quarantined (mailstats.h).
    """
    if statistics.began is None:
        return b""
    of = [statistics.mailers.get(number, MailerCounters()) for number in range(MAX_MAILERS)]
    columns = (
        *(one.messages_from for one in of),
        *(one.kilobytes_from for one in of),
        *(one.messages_to for one in of),
        *(one.kilobytes_to for one in of),
        *(one.rejected for one in of),
        *(one.discarded for one in of),
        *(one.quarantined for one in of),
    )
    connections = (statistics.connections_from, statistics.connections_to, statistics.connections_rejected)
    layout = struct.Struct(f"<iiqh6x{len(connections) + len(columns)}q")
    return layout.pack(MAGIC, FORMAT, clock.unix(statistics.began), layout.size, *connections, *columns)


def _shown(statistics: Statistics) -> list[tuple[int, MailerCounters]]:
    """The mailers that have something to show, by their numbers."""
    return sorted(statistics.mailers.items())


def _name(names: Sequence[str], number: int) -> str:
    """What the sendmail.cf of now calls a number."""
    return names[number] if number < len(names) else ""


def _short(one: MailerCounters) -> str:
    return f"{one.messages_from:6d} {one.kilobytes_from:10d}K {one.messages_to:6d} {one.kilobytes_to:10d}K"


def _long(one: MailerCounters) -> str:
    sizes = f"{one.messages_from:8d} {one.kilobytes_from:10d}K {one.messages_to:8d} {one.kilobytes_to:10d}K"
    return f"{sizes}   {one.rejected:6d}  {one.discarded:6d}  {one.quarantined:6d}"


def _plain(one: MailerCounters) -> str:
    sizes = f"{one.messages_from:8d} {one.kilobytes_from:10d} {one.messages_to:8d} {one.kilobytes_to:10d}"
    return f"{sizes}   {one.rejected:6d}  {one.discarded:6d}  {one.quarantined:6d}"

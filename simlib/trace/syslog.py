"""The mail log as text."""

from math import inf

from simlib.trace.clock import Clock
from simlib.trace.recorder import Recorder


def maillog(recorder: Recorder, clock: Clock, host: str, until: float = inf) -> str:
    """What syslogd wrote on a host up to a time in seconds, a line each: time, host, program and process, text."""
    return "".join(
        f"{clock.syslog(line.time)} {line.host.partition('.')[0]} sendmail[{line.pid}]: {line.text}\n"
        for line in recorder.log.of(host, until)
    )

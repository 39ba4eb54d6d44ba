"""How sendmail begins: what it takes for its own name, and whether it stays (slide claims 15.4, 15.5).

Before it reads its configuration sendmail looks its host's name up, in ``/etc/hosts`` and then in DNS [daemon.c,
myhostname]. If there is no full name it sleeps for a minute, looks once more and goes on with the short one: then the
full one is not in class w, unless the cf says it (``Dj``, ``Cw``). A cf with an error, such as an address to listen on
that cannot be looked up, ends it.

Simplified: this is looked at where somebody starts sendmail (``Sendmail.start``, or at a shell). A daemon that comes up
with its host knows what it knew before.
"""

import simpy

from simlib.mta.installation import CONFIGURATION, Installation
from simlib.mta.policy import log_lines
from simlib.mta.policy.daemon_ports import listens_at
from simlib.mta.receiving.daemon import Daemon
from simlib.site.dns import NOERROR
from simlib.site.steps import Steps

SLEEP = 60.0  # s between the two looks for the full name
HOSTS = "/etc/hosts"


def start_up(daemon: Daemon) -> Steps[None]:
    """From the command line to the open port, or to the exit."""
    mta = daemon.mta
    mta.knows_its_name = yield from _finds_its_name(mta, daemon.pid)
    mta.learn_names()
    for number, name in listens_at(mta.settings.daemon_ports):
        if not (yield from _resolves(mta, name)):
            mta.log(log_lines.nowhere_to_listen(CONFIGURATION, number, name), daemon.pid)
            return
    if daemon.start():
        daemon.interval.start()


def begin(daemon: Daemon) -> None:
    """Start it as far as that takes no time, which it does where its name is to be found; otherwise it goes on."""
    steps = start_up(daemon)
    try:
        event = next(steps)
    except StopIteration:
        return
    daemon.mta.host.spawn(_resumed(steps, event))


def hang_up(daemon: Daemon) -> None:
    """SIGHUP: it runs itself anew, which reads the configuration and begins the queue interval again."""
    daemon.mta.log(log_lines.DAEMON_RESTARTS, daemon.pid)
    daemon.interval.stop()
    begin(daemon)


def _resumed(steps: Steps[None], event: simpy.Event) -> Steps[None]:
    """Steps that were begun outside of a process, from the first event on that they wait for."""
    while True:
        value = yield event
        try:
            event = steps.send(value)
        except StopIteration:
            return


def in_hosts(text: str, name: str) -> bool:
    """Whether a hosts file knows a name."""
    lines = (line.partition("#")[0].split() for line in text.splitlines())
    return any(name in words[1:] for words in lines)


def _finds_its_name(mta: Installation, pid: int) -> Steps[bool]:
    if (yield from _resolves(mta, mta.name)):
        return True
    short = mta.name.partition(".")[0]
    mta.log(log_lines.unqualified(short), pid)
    yield mta.site.env.timeout(SLEEP)
    if (yield from _resolves(mta, mta.name)):
        return True
    mta.log(log_lines.stays_unqualified(short), pid)
    return False


def _resolves(mta: Installation, name: str) -> Steps[bool]:
    """Whether a name leads to an address. A host without a hosts file of its own is one whose file names it."""
    hosts = mta.host.files.find(HOSTS)
    if in_hosts(hosts.text, name) if hosts is not None else name == mta.name:
        return True
    answer = yield from mta.host.resolver.resolve(name, "A", mta.settings.patience)
    return answer.status == NOERROR

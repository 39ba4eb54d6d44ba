"""How sendmail begins: what it takes for its own name, and whether it stays (slide claims 15.4, 15.5).

Before it reads its configuration sendmail looks its host's name up, in ``/etc/hosts`` and then in DNS [daemon.c,
myhostname]. If there is no full name it sleeps for a minute, looks once more and goes on with the short one: then the
full one is not in class w, unless the cf says it (``Dj``, ``Cw``). A cf with an error, such as an address to listen on
that cannot be looked up, ends it.

Simplified: this is looked at where somebody starts sendmail (``Sendmail.start``). A daemon that comes up with its host
knows what it knew before.
"""

import re
from collections.abc import Generator, Sequence
from typing import TYPE_CHECKING, Any

import simpy

from simlib.cf import Cf
from simlib.cf.macros import expanded
from simlib.site.dns import NOERROR

if TYPE_CHECKING:
    from simlib.mta.installation import Installation

SLEEP = 60.0  # s between the two looks for the full name
HOSTS = "/etc/hosts"
CONFIGURATION = "/etc/mail/sendmail.cf"
_LISTENS_AT = re.compile(r"(?:^|,)\s*A\w*=\s*([^,\s]+)", re.IGNORECASE)  # Addr=, of which only the first letter counts

Look = Generator[simpy.Event, Any, bool]


def start_up(mta: "Installation") -> Generator[simpy.Event, Any, None]:
    """From the command line to the open port, or to the exit."""
    mta.knows_its_name = yield from _finds_its_name(mta)
    mta.learn_names()
    for number, name in listens_at(mta.cf):
        if not (yield from _resolves(mta, name)):
            mta.log(f'NOQUEUE: SYSERR(root): /etc/mail/sendmail.cf: line {number}: host "{name}" unknown', mta.pid)
            return
    if mta.daemon.start():
        mta.interval.start()


def class_w(mta_name: str, cf: Cf, knows_its_name: bool, words: Sequence[str] = ()) -> list[str]:
    """The names that sendmail takes for its own: its host's, ``$j`` and the ``words`` of class w.

    >>> class_w("mail.here.example", Cf.parse("V10\\nDj$w.here.example"), False, ["Here.example"])
    ['mail', 'mail.here.example', 'here.example']
    """
    short, _, domain = mta_name.partition(".")
    own = [mta_name if knows_its_name else short]
    if "j" in cf.macros:
        macros = {"w": short, "m": domain if knows_its_name else "", **cf.macros}
        own.append(expanded(macros["j"], macros))
    return [name.lower() for name in (*own, *words)]


def listens_at(cf: Cf) -> list[tuple[int, str]]:
    """The hosts by name that DaemonPortOptions wants to listen at, each with its line of the cf."""
    lines = [(n, line.partition("=")[2]) for n, line in enumerate(str(cf).splitlines(), 1) if _is_port(line)]
    found = [(n, match[1]) for n, text in lines if (match := _LISTENS_AT.search(text))]
    return [(n, name) for n, name in found if not name[0].isdigit()]


def in_hosts(text: str, name: str) -> bool:
    """Whether a hosts file knows a name."""
    lines = (line.partition("#")[0].split() for line in text.splitlines())
    return any(name in words[1:] for words in lines)


def _is_port(line: str) -> bool:
    return line.lower().startswith("o daemonportoptions")


def _finds_its_name(mta: "Installation") -> Look:
    if (yield from _resolves(mta, mta.name)):
        return True
    short = mta.name.partition(".")[0]
    mta.log(f"My unqualified host name ({short}) unknown; sleeping for retry", mta.pid)
    yield mta.site.env.timeout(SLEEP)
    if (yield from _resolves(mta, mta.name)):
        return True
    mta.log(f"unable to qualify my own domain name ({short}) -- using short name", mta.pid)
    return False


def _resolves(mta: "Installation", name: str) -> Look:
    """Whether a name leads to an address. A host without a hosts file of its own is one whose file names it."""
    hosts = mta.host.files.find(HOSTS)
    if in_hosts(hosts.text, name) if hosts is not None else name == mta.name:
        return True
    answer = yield from mta.host.resolver.resolve(name, "A", mta.settings.patience)
    return answer.status == NOERROR

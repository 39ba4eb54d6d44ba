"""The names under which the place of an incident is known: those of a host, of an option, of a user, of a directory."""

import re
from collections.abc import Iterable
from dataclasses import dataclass

from simlib.cf.slips import in_ascii
from simlib.mta.sendmail import Sendmail
from simlib.site.host import Host
from simlib.world import World

_BEFORE = re.compile(r"(?:the |host |domain |user |option |mailer |directory |file |list |relay=|mailer=|p=)+")
_ADDRESS = re.compile(r"\s*\[[\d.]+\]\Z")  # what the log has behind a host's name


@dataclass(frozen=True)
class Place:
    """``name`` is the one that is shown. ``also`` are the others; ``line`` begins a longer line that means it, too."""

    name: str
    also: frozenset[str] = frozenset()
    line: str = ""

    def is_meant(self, given: str) -> bool:
        """Whether somebody who writes this means the place."""
        plain = _plain(given)
        names = {_plain(one) for one in (self.name, *self.also)}
        return plain in names or _plain(_ADDRESS.sub("", plain)) in names or self._stands_in(given)

    def is_near(self, given: str) -> bool:
        """Whether what somebody writes is a part of a name, or has one in it, and means no place for certain."""
        plain = _plain(given)
        return any(_is_part(plain, _plain(one)) or _is_part(_plain(one), plain) for one in (self.name, *self.also))

    def _stands_in(self, given: str) -> bool:
        return bool(self.line) and re.match(self.line, in_ascii(given).strip(), re.IGNORECASE) is not None


def host(world: World, name: str, *served: str) -> Place:
    """A host: its full name, its short one where no other host has it, its address, the domains that it serves."""
    found = world.network.hosts[name]
    names = {*_of_host(world, found)}
    for domain in served:
        names |= set(_of_domain(domain))
    return Place(name, frozenset(names))


def domain(world: World, name: str, *hosts: str) -> Place:
    """A domain, by its name, its first word, and the hosts that stand for it alone."""
    names = set(_of_domain(name))
    for one in hosts:
        names |= {one, *_of_host(world, world.network.hosts[one])}
    return Place(name, frozenset(names))


def option(name: str, *also: str) -> Place:
    """An option of sendmail.cf: its name, or a line that sets it to whatever value."""
    return Place(name, frozenset(also), rf"(?:O\s*)?{re.escape(name)}\s*(?:=.*)?\Z")


def mailer(name: str, *also: str) -> Place:
    """A mailer of sendmail.cf: its name, or the line that begins with it."""
    return Place(name, frozenset({f"M{name}", *also}), rf"M{re.escape(name)}\s*(?:,.*)?\Z")


def queue_interval() -> Place:
    """The option of the command line by which the daemon runs the queue, however long the interval."""
    return Place(
        "-q", also=frozenset({"queue interval", "the queue"}), line=r"(?:\S*sendmail\s+)?(?:-bd\s+)?-q(?:\d\w*)?\Z"
    )


def user(desk: Sendmail, name: str) -> Place:
    """A user of a host: with or without a domain behind it, or the mailbox."""
    addresses = {f"{name}@{one}" for one in desk.own_names} | {f"/var/mail/{name}"}
    return Place(name, frozenset(addresses))


def directory(path: str, *also: str) -> Place:
    """A directory, and what else is meant by it."""
    return Place(path, frozenset(also), rf"{re.escape(path)}/")


def _of_host(world: World, found: Host) -> Iterable[str]:
    short = found.name.partition(".")[0]
    yield from (found.name, found.address, f"[{found.address}]")
    if [one for one in world.network.hosts if one.partition(".")[0] == short] == [found.name]:
        yield short


def _of_domain(name: str) -> Iterable[str]:
    yield from (name, f"@{name}", name.partition(".")[0], f"postmaster@{name}")


def _plain(text: str) -> str:
    """A name without what people put around it: blanks, quotes, brackets, a trailing dot, a word for what it is."""
    text = " ".join(in_ascii(text).lower().split()).strip("\"'`<>,;")
    return _BEFORE.sub("", text).rstrip("./") or text


def _is_part(short: str, long: str) -> bool:
    """Whether a name is a part of another, such as a host's own of that with its domain."""
    return re.search(rf"(?<![\w-]){re.escape(short)}(?![\w-])", long) is not None

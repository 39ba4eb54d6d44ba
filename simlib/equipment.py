"""What a host has: disks, NFS mounts, users with quotas, files, programs that take mail, servers beside sendmail.

They are functions of a world, and :class:`simlib.world.World` has them as its methods.
"""

from collections.abc import Callable, Sequence
from functools import partial
from typing import Protocol

import simpy

from simlib.errors import WorkbookError
from simlib.mta.installation import Installation
from simlib.mta.sendmail import Sendmail
from simlib.neighbours.identd import Identd
from simlib.neighbours.pop import PopServer
from simlib.neighbours.smap import Smap
from simlib.site.disk import Disk, Quota
from simlib.site.host import Host
from simlib.site.named import Named
from simlib.site.network import Network
from simlib.site.nfs import NfsMount, NfsServer
from simlib.site.nfs_options import MountOptions
from simlib.site.programs import DOT_LOCK, LOCKS, Agent, Command, Lock
from simlib.site.tree import Node
from simlib.site.users import User
from simlib.trace.names import OnAHost, name_of
from simlib.trace.places import MAILBOXES, QUEUE_DIRECTORY
from simlib.units import seconds

Place = OnAHost | str  # a host, a sendmail, a peer or an NFS server, or a host's name


class Ground(Protocol):
    """A world, as far as these functions need it."""

    env: simpy.Environment
    network: Network

    @property
    def systems(self) -> Sequence[Sendmail]:
        """All its sendmails."""

    def at(self, time: str | float, action: Callable[[], None], /) -> None:
        """Have something done at a time."""


def disk(
    world: Ground,
    at: Place,
    blocks: int,
    block_size: int = 4096,
    on: str = QUEUE_DIRECTORY,
    inodes: int | None = None,
) -> Disk:
    """Mount a file system of so many blocks, of ``block_size`` bytes each, on a directory of a host.

    Without ``on`` it is that of the mail queue; others are ``/var/mail`` for the mailboxes, and ``/tmp``.
    ``inodes``: how many files it holds, any number if not given.
    """
    if blocks < 1 or block_size < 1 or (inodes is not None and inodes < 1):
        raise WorkbookError(
            "blocks={blocks!r}, block_size={block_size!r}, inodes={inodes!r}: all are at least 1",
            blocks=blocks,
            block_size=block_size,
            inodes=inodes,
        )
    disk = Disk(blocks, block_size, inodes=inodes)
    host = host_of(world.network, at)
    host.files.make_directory(on, mode=0o1777 if on in (MAILBOXES, "/tmp") else 0o755)
    host.files.disks[on] = disk
    return disk


def fill(
    world: Ground,
    at: Place,
    blocks: int,
    start: str | float,
    end: str | float,
    on: str = QUEUE_DIRECTORY,
    owner: str = "",
) -> None:
    """Something else takes so many blocks of a host's disk from ``start`` to ``end``.

    ``owner``: a user whose files these are, so that they count to the quota.
    """
    disk = host_of(world.network, at).files.disks.get(on)
    if disk is None or blocks < 1:
        raise WorkbookError(
            "fill({at!r}, {blocks!r}): at least 1 block, of a host that was given a disk before, on {on}",
            at=at,
            blocks=blocks,
            on=on,
        )

    def take(change: int) -> None:
        if owner:
            disk.take(owner, change, world.env.now)
        else:
            disk.others += change

    between(world.at, start, end, partial(take, blocks), partial(take, -blocks))


def busy(world: Ground, at: Place, processes: int, start: str | float, end: str | float) -> None:
    """Other programs compute on a host: ``processes`` of them, without pause from ``start`` to ``end``."""
    host = host_of(world.network, at)
    if processes < 1:
        raise WorkbookError("busy({at!r}, {processes!r}): it is at least 1 process", at=at, processes=processes)
    between(
        world.at,
        start,
        end,
        lambda: host.processors.keep_busy(processes),
        lambda: host.processors.keep_busy(-processes),
    )


def mount(
    world: Ground,
    at: Place,
    server: NfsServer,
    on: str,
    *,
    of: str = "",
    options: str = "",
    after: str | float = 0,
    automount: str | float | None = None,
) -> NfsMount:
    """Mount a directory of an NFS server on ``on`` of a host (``of``: the directory there, if it is another).

    ``options`` as in fstab: hard or soft, intr or nointr, cto or nocto, noac, acregmin=, acregmax=, timeo=,
    retrans=, wsize=; without any it is hard,intr. It is mounted ``after`` so long from each boot on (the world's
    start is one), or later, when the server answers; until then the empty directory lies bare. ``automount``: what
    is under ``on`` is mounted a directory at a time when somebody goes there, which takes so long each time.
    """
    if automount is not None and seconds(after):
        raise WorkbookError(
            "after={after!r}, automount={automount!r}: one or the other, an automounter does not wait for the boot",
            after=after,
            automount=automount,
        )
    host = host_of(world.network, at)
    if not isinstance(server, NfsServer):
        raise WorkbookError("mount(…, {server!r}, {on!r}): from what world.nfs_server(…) gave", server=server, on=on)
    if host is server.host:
        raise WorkbookError("{name} has {on} itself and cannot mount it from itself", name=server.name, on=on)
    host.files.make_directory(on)
    takes = None if automount is None else seconds(automount)
    mount = NfsMount(
        world.network, host, server, on, of or on, MountOptions.parse(options), seconds(after), takes
    )  # fmt: skip
    host.files.mounts[on] = mount
    return mount


def user(
    world: Ground,
    at: Place,
    *names: str,
    home: str = "/home/$u",
    shell: str = "/bin/sh",
    quota: int | tuple[int, int] | None = None,
    grace: str | float = "7d",
    on: str = MAILBOXES,
) -> None:
    """Give people an account on a host. From the first one on, mail for anybody else is for a *User unknown*.

    ``$u`` in ``home`` stands for the name. ``quota``: how many blocks of the disk that is mounted on ``on`` their
    files may take; two numbers are the soft limit, which may be exceeded for ``grace``, and the hard one.
    """
    host = host_of(world.network, at)
    if not names or not all(name and "@" not in name for name in names):
        raise WorkbookError("user({them}): login names, such as 'hana'", them=", ".join(map(repr, names)))
    for name in (one.lower() for one in names):
        host.add_user(User(name, home.replace("$u", name), shell))
        if quota is not None:
            _limit(host, name, quota, seconds(grace), on)


def file(world: Ground, at: Place, path: str, text: str = "", owner: str = "root", mode: int = 0o644) -> Node:
    """Write a file on a host, with its owner and its permission bits."""
    return host_of(world.network, at).files.write(path, text, owner, mode)


def directory(world: Ground, at: Place, path: str, owner: str = "root", mode: int = 0o755) -> Node:
    """Make a directory on a host; one that is there gets the owner and the permission bits."""
    return host_of(world.network, at).files.make_directory(path, owner, mode)


def agent(
    world: Ground,
    at: Place,
    path: str,
    *,
    checks_writes: bool = True,
    on_full: int = 75,
    uses_tmp: bool = False,
    lock: Lock = DOT_LOCK,
    run_time: str | float = "20ms",
) -> None:
    """Install a local delivery agent under a path, for P= of a mailer.

    ``checks_writes``: it looks whether all was written; if not, what does not fit is lost. ``on_full``: the exit
    status with which it tells of a full disk. ``uses_tmp``: it copies the message to ``/tmp`` first. ``lock``: how
    it locks a mailbox, "dot-lock", "lockd", "weak" (the test and the making are two steps) or "none".
    """
    if lock not in LOCKS:
        raise WorkbookError("lock={lock!r}: an agent locks by one of {them}", lock=lock, them=", ".join(LOCKS))
    if not 0 <= on_full <= 255:
        raise WorkbookError(
            "on_full={on_full!r}: an exit status is from 0 to 255, such as 75 (EX_TEMPFAIL)", on_full=on_full
        )
    host_of(world.network, at).programs[path] = Agent(checks_writes, on_full, uses_tmp, lock, seconds(run_time))


def program(world: Ground, at: Place, path: str, status: int = 0, run_time: str | float = "20ms") -> None:
    """Install a program under a path, for ``|path`` in aliases and .forward files; ``status`` is how it ends."""
    host_of(world.network, at).programs[path] = Command(status, seconds(run_time))


def named(world: Ground, at: Place) -> Named:
    """Run a name server on a host, for hosts whose ``/etc/resolv.conf`` has its address."""
    return Named(host_of(world.network, at))


def pop(world: Ground, at: Place, window: str | float = "30m") -> PopServer:
    """A POP server beside a sendmail: who has logged in may relay from there for ``window``."""
    return PopServer(installation_of(world.systems, host_of(world.network, at)), seconds(window))


def smap(world: Ground, at: Place, every: str | float = "1m") -> Smap:
    """Put the mail proxy of the TIS Firewall Toolkit in front of a host's sendmail.

    ``every``: how often its smapd looks into the spool directory.
    """
    return Smap(installation_of(world.systems, host_of(world.network, at)), seconds(every))


def identd(world: Ground, at: Place, user: str | None, delay: str | float = 0) -> Identd:
    """An Ident server on a host; it says ``user``, true or not (None: it knows of no user)."""
    return Identd(host_of(world.network, at), user, seconds(delay))


def _limit(host: Host, name: str, quota: int | tuple[int, int], grace: float, on: str) -> None:
    disk = host.files.disks.get(on)
    soft, hard = quota if isinstance(quota, tuple) else (quota, quota)
    if disk is None or not 0 < soft <= hard:
        raise WorkbookError(
            "quota={quota!r}: at least 1 block, soft before hard, of a disk that was put before on {on}",
            quota=quota,
            on=on,
        )
    disk.quotas[name] = Quota(soft, hard, grace)


def host_of(network: Network, thing: Place) -> Host:
    """The host that is meant. Raises WorkbookError where there is none of this name."""
    name = name_of(thing)
    if name not in network.hosts:
        raise WorkbookError("there is no host {name!r}; known: {known}", name=name, known=network.known())
    return network.hosts[name]


def installation_of(systems: Sequence[Sendmail], host: Host) -> Installation:
    """The sendmail on a host. Raises WorkbookError where none runs there."""
    for system in systems:
        if system.host is host:
            return system.installation
    there = ", ".join(system.name for system in systems) or "none"
    raise WorkbookError("no sendmail runs on {name}; there are: {value}", name=host.name, value=there)


def between(
    at: Callable[[str | float, Callable[[], None]], None],
    start: str | float,
    end: str | float,
    begin: Callable[[], None],
    finish: Callable[[], None],
) -> None:
    """Have something begin and end. Raises WorkbookError where the end is not later."""
    if seconds(end) <= seconds(start):
        raise WorkbookError(
            "from {start} to {end} ends before it begins: put the later time last", start=start, end=end
        )
    at(start, begin)
    at(end, finish)

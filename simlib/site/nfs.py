"""NFS: a server that exports directories, and their mounts on clients (slide claims 14.1-14.6).

Simplified: a server that is back is noticed at once (a client asks again after up to a minute), the writes of a file
go one after the other, and a client asks the server for attributes where size matters only.
"""

from dataclasses import dataclass
from errno import EINTR, ENOENT, ESTALE, ETIMEDOUT
from math import inf

from simlib.errors import WorkbookError
from simlib.site.host import Host
from simlib.site.network import Network, Path
from simlib.site.nfs_options import MountOptions
from simlib.site.steps import Steps
from simlib.site.tree import Tree

AUTOMOUNT_IDLE = 300.0  # s without use after which an automounter takes a mount away again
AUTOMOUNT_GIVES_UP = 30.0  # s after which it says that there is no such directory, if the server is silent
DISK_WRITE = 0.02  # s until a server of NFS version 2 has a write on its disk, and answers


class NfsServer:
    """A host that exports directories. It is down while its host is: ``world.outage(server, …)``.

    ``statd``: after a power cut clients hear of it, and get their locks back before anybody else asks for one.
    """

    def __init__(self, host: Host, exports: tuple[str, ...], statd: bool) -> None:
        self.host = host
        self.name = host.name
        self.exports = exports
        self.handles = 0  # changes whenever the file handles that clients hold have become worthless
        self.lock_state = 0  # changes whenever lockd has forgotten the locks
        for path in exports:
            host.files.make_directory(path)
        if not statd:
            host.on_crash.append(self.restart_lockd)

    def __repr__(self) -> str:
        return f"<NFS server {self.name}: {', '.join(self.exports)}>"

    def restart_lockd(self) -> None:
        """lockd is killed and started again: it has forgotten who holds a lock, and the holders do not hear of it."""
        self.lock_state += 1

    def restore(self) -> None:
        """The file systems are restored from their dumps on to new disks: what clients have mounted is stale now."""
        self.handles += 1

    def check_export(self, path: str) -> None:
        """Complain of a directory that is not under one of those exported."""
        if not any(path == one or path.startswith(f"{one}/") for one in self.exports):
            raise WorkbookError(
                "{name} does not export {path}; it exports {them}",
                name=self.name,
                path=path,
                them=", ".join(self.exports),
            )


@dataclass(slots=True)
class _Attributes:
    """What a client believes of a file: its size, until when, and how long it believes the next time."""

    size: int
    until: float
    lifetime: float


class NfsMount:
    """An exported directory on a client, from ``after`` seconds after each boot on, when the server answers.

    With ``automount`` each directory under it is mounted when somebody wants to go there, which takes so many seconds,
    and is taken away when nobody has for five minutes.
    """

    def __init__(
        self,
        network: Network,
        client: Host,
        server: NfsServer,
        point: str,
        remote: str,
        options: MountOptions,
        after: float = 0.0,
        automount: float | None = None,
    ) -> None:
        server.check_export(remote)
        self.network = network
        self.client = client
        self.server = server
        self.point = point
        self.remote = remote
        self.options = options
        self.after = after
        self.automount = automount
        self.env = client.env
        self._handles: dict[str, int] = {}  # what is mounted -> the state of the server then
        self._ready: dict[str, float] = {}  # what is mounted, or will be -> from when on
        self._used: dict[str, float] = {}
        self._attributes: dict[str, _Attributes] = {}
        client.on_crash.append(self._forget)
        client.on_boot.append(self._boot)
        self._boot()

    def __repr__(self) -> str:
        return f"<{self.server.name}:{self.remote} on {self.point}>"

    @property
    def tree(self) -> Tree:
        """The files of the server."""
        return self.server.host.files

    @property
    def lock_state(self) -> int:
        """Changes whenever the server's lockd has forgotten the locks."""
        return self.server.lock_state

    def stands(self, path: str) -> bool:
        """Whether what is under a path is the server's: if not, the empty directory lies bare."""
        key = self._key(path)
        ready = self._ready.get(key)
        return ready is not None and ready <= self.env.now and not self._idle(key)

    def listed(self) -> list[str]:
        """What ``mount`` prints of it."""
        kind = "soft" if self.options.soft else f"hard,{'' if self.options.intr else 'no'}intr"
        keys = sorted(key for key in self._ready if self.stands(f"{self.point}/{key}".rstrip("/")))
        places = [f"/{key}" if key else "" for key in keys]
        return [f"{self.server.name}:{self.remote}{one} on {self.point}{one} type nfs (rw,{kind})" for one in places]

    def remount(self) -> None:
        """umount and mount: new file handles in place of stale ones."""
        for key in self._handles:
            self._handles[key] = self.server.handles

    def mount_by_hand(self) -> bool:
        """``mount``: gives whether the server answers, and then it is mounted, with new handles."""
        if self._answers():
            self._mounted("")
        return self._answers()

    def take_away(self) -> None:
        """``umount``"""
        self._forget()
        self.client.tell(self.point, False)

    def reach(self, path: str, patience: float = inf) -> Steps[int]:
        """Wait until the server answers; gives 0, or the error number of an ``open()``.

        ENOENT: the automounter has given up. ETIMEDOUT: a soft mount has. ESTALE: the handle is worthless. EINTR: the
        alarm that the caller has set ``patience`` seconds ahead came first; a mount with ``nointr`` does not hear it.
        """
        alarm, key = self.env.now + patience, self._key(path)
        if self.automount is not None:
            error = yield from self._mount_now(key, self.automount, alarm)
            if error:
                return error
        elif key not in self._handles:
            return 0
        error = yield from self._answer_to_program(alarm)
        return error or (0 if self._handles.get(key) == self.server.handles else ESTALE)  # it may be away by now

    def size_seen(self, path: str, size: int, now: float) -> int:
        """The size that the client takes a file to have as it opens it, when it has ``size`` bytes on the server."""
        known = self._attributes.get(path)
        if not self.options.cto and known is not None and now < known.until:
            return known.size
        unchanged = known is not None and known.size == size
        lifetime = min(2 * known.lifetime, self.options.acregmax) if known and unchanged else self.options.acregmin
        self._attributes[path] = _Attributes(size, now + lifetime, lifetime)
        return size

    def seen(self, path: str, size: int, now: float) -> None:
        """The client has written itself, up to ``size``: that it knows."""
        lifetime = self.options.acregmin
        self._attributes[path] = _Attributes(size, now + lifetime, lifetime)

    def pieces(self, length: int) -> list[tuple[int, float]]:
        """The WRITEs that so many bytes take, and the seconds of each: there and back, and on to the server's disk."""
        way, wsize = self._way(), self.options.wsize
        lengths = [min(wsize, length - start) for start in range(0, length, wsize)]
        line = [way.round_trip + way.transfer(one) if way is not None else 0.0 for one in lengths]
        return [(one, on_line + DISK_WRITE) for one, on_line in zip(lengths, line, strict=True)]

    def round_trip(self) -> float:
        """Seconds that one request takes."""
        way = self._way()
        return way.round_trip if way is not None else 0.0

    def _key(self, path: str) -> str:
        """What is mounted for a path: all of it, or by an automounter the first directory under the mount point."""
        return "" if self.automount is None else path[len(self.point) + 1 :].partition("/")[0]

    def _way(self) -> Path | None:
        return self.network.path(self.client, self.server.host)

    def _answers(self) -> bool:
        return self.server.host.up and self._way() is not None

    def _idle(self, key: str) -> bool:
        return self.automount is not None and self.env.now > self._used.get(key, inf) + AUTOMOUNT_IDLE

    def _boot(self) -> None:
        if self.automount is not None:
            return
        self.client.tell(self.point, False)
        if not self.after and self._answers():
            self._mounted("")
        else:
            self.client.spawn(self._mount_in_background())

    def _mount_in_background(self) -> Steps[None]:
        yield self.env.timeout(self.after)
        yield from self._answer(inf)
        self._mounted("")

    def _mounted(self, key: str) -> None:
        self._handles[key], self._ready[key] = self.server.handles, self.env.now
        self.client.tell(self.point, True)

    def _forget(self) -> None:
        for held in (self._handles, self._ready, self._used, self._attributes):
            held.clear()

    def _mount_now(self, key: str, takes: float, alarm: float) -> Steps[int]:
        """What the automounter does, unless it has it mounted. All who wait for one directory wait for one mount."""
        if self._idle(key):
            self._ready.pop(key, None)
        if key not in self._ready:
            gives_up = self.env.now + AUTOMOUNT_GIVES_UP
            if not (yield from self._answer(min(gives_up, alarm))):
                return ENOENT if gives_up <= alarm else EINTR
            self._handles[key] = self.server.handles
            self._ready.setdefault(key, self.env.now + takes)
        ready = self._ready[key]
        if self.env.now < ready:
            yield self.env.timeout(min(ready, alarm) - self.env.now)
        self._used[key] = self.env.now
        return EINTR if alarm < ready else 0

    def _answer_to_program(self, alarm: float) -> Steps[int]:
        """Wait as a program does that has called the kernel; what cannot be interrupted adds to the load average."""
        if self._answers():
            return 0
        soft, heard = self.options.soft, self.options.soft or self.options.intr
        gives_up = self.env.now + self.options.gives_up_after if soft else inf
        self.client.processors.block(0 if heard else 1)
        try:
            answered = yield from self._answer(min(gives_up, alarm) if heard else inf)
        finally:
            self.client.processors.block(0 if heard else -1)
        if answered:
            return 0
        return ETIMEDOUT if gives_up <= alarm else EINTR

    def _answer(self, until: float) -> Steps[bool]:
        """Wait until the server answers, up to a time; gives whether it does."""
        end = None if until == inf else self.env.timeout(max(0.0, until - self.env.now))
        while not self._answers():
            change = self.network.change()
            yield change if end is None else change | end
            if end is not None and end.processed:
                return self._answers()
        return True

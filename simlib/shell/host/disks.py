"""Disks: ``df``, ``du``, ``mount``, ``quota``, ``repquota``."""

from collections.abc import Sequence
from posixpath import join

from simlib.shell.answer import Failed
from simlib.shell.call import Call, Program
from simlib.shell.files.listing import blocks, in_units
from simlib.shell.files.paths import absent
from simlib.shell.files.thing import DIRECTORY
from simlib.shell.files.view import View
from simlib.shell.login import Login
from simlib.site.disk import Disk, Quota
from simlib.site.tree import Mount

KILOBYTE = 1024
DAY = 86400  # s


def df(call: Call) -> None:
    """``df [-khiT] [path…]``: the file systems; those that somebody has put there."""
    options, paths = call.options("khilaPTm")
    shell = call.shell
    disks = list(enumerate(shell.host.files.disks.items(), 1))
    if paths:
        wanted = []
        view = View(shell)
        for path in paths:
            thing = view.find(path)
            if thing is None:
                call.complain(f"{path}: {absent(view.absolute(path))}")
                continue
            disk = shell.host.files.disk(thing.path)
            found = [one for one in disks if one[1][1] is disk]
            if not found:
                call.complain(f"{path}: its disk is not simulated; world.disk(host, …, on={path!r}) puts one there")
            wanted += [one for one in found if one not in wanted]
        disks = wanted
        if not disks:
            return
    call.out(_aligned(_inodes(shell, disks) if "i" in options else _blocks(shell, disks, options)) + "\n")


def _queue_files(shell: Login, disk: Disk) -> int:
    """Files of letters on a disk: two each."""
    if shell.mta is None:
        return 0
    return 2 * sum(shell.host.files.disk(entry.directory) is disk for entry in shell.mta.queue.everywhere)


def _inodes(shell: Login, disks: Sequence[tuple[int, tuple[str, Disk]]]) -> list[tuple[str, ...]]:
    rows: list[tuple[str, ...]] = [("Filesystem", "Inodes", "IUsed", "IFree", "IUse%", "Mounted on")]
    for number, (point, disk) in disks:
        used = disk.files + _queue_files(shell, disk)
        total = disk.inodes if disk.inodes is not None else disk.blocks
        used = min(used, total)
        rows.append(
            (f"/dev/sda{number}", str(total), str(used), str(total - used), f"{-(-used * 100 // total)}%", point)
        )
    return rows


def _blocks(
    shell: Login, disks: Sequence[tuple[int, tuple[str, Disk]]], options: dict[str, str]
) -> list[tuple[str, ...]]:
    human = "h" in options
    head = "Size" if human else "1024-blocks" if "P" in options else "1M-blocks" if "m" in options else "1K-blocks"
    rows: list[tuple[str, ...]] = [
        (
            "Filesystem",
            head,
            "Used",
            "Avail" if human else "Available",
            "Capacity" if "P" in options else "Use%",
            "Mounted on",
        )
    ]
    for number, (point, disk) in disks:
        free = disk.free(shell.mta.queue.bytes_on(disk) if shell.mta is not None else 0)
        total, free = (count * disk.block_size // KILOBYTE for count in (disk.blocks, free))
        share = f"{-(-(total - free) * 100 // total)}%"
        sizes = (total, total - free, free)
        shown = [
            in_units(size * KILOBYTE) if human else str(-(-size // KILOBYTE)) if "m" in options else str(size)
            for size in sizes
        ]
        rows.append((f"/dev/sda{number}", *shown, share, point))
    if "T" in options:
        rows = [(row[0], "Type" if not n else "ext2", *row[1:]) for n, row in enumerate(rows)]
    return rows


def _aligned(rows: Sequence[tuple[str, ...]]) -> str:
    """The first and the last column to the left, the others to the right, as df writes them."""
    widths = [max(len(row[n]) for row in rows) for n in range(len(rows[0]))]
    middle = range(1, len(widths) - 1)
    least = 5 if rows[0][1] == "Size" else 0
    return "\n".join(
        " ".join(
            [
                row[0].ljust(max(14, widths[0])),
                *(row[n].rjust(max(widths[n], least if n < 4 else 0)) for n in middle),
                row[-1],
            ]
        )
        for row in rows
    )


def mount(call: Call) -> None:
    """``mount``: what is mounted where; ``mount directory``: mount what the fstab has for it, now."""
    files = call.shell.host.files
    if call.arguments:
        mounted = _in_fstab(call)
        if mounted.stands(mounted.point):
            raise Failed(f"mount: {mounted.point}: already mounted.", 32)
        if not mounted.mount_by_hand():
            raise Failed(f"mount.nfs: Connection timed out for {mounted.point}", 32)
        return
    for number, point in enumerate(files.disks, 1):
        call.line(f"/dev/sda{number} on {point} type ext2 (rw)")
    for one in files.mounts.values():
        for line in one.listed():
            call.line(line)


def umount(call: Call) -> None:
    """``umount directory``"""
    mounted = _in_fstab(call)
    if not mounted.stands(mounted.point):
        raise Failed(f"umount: {mounted.point}: not mounted.", 32)
    mounted.take_away()


def _in_fstab(call: Call) -> Mount:
    """What the fstab has for a directory: here that is what was ever mounted from NFS."""
    name, words = call.name, call.arguments
    if len(words) != 1 or words[0].startswith("-"):
        raise Failed(f"{name}: only {name} directory here, of those that the fstab has", 1)
    point = words[0].rstrip("/") or "/"
    if not call.shell.is_root:
        raise Failed(f"{name}: {point}: must be superuser to use {name}.", 32)
    known = call.shell.host.files.mounts.get(point)
    if known is None:
        raise Failed(f"{name}: {point}: can't find in /etc/fstab.", 1)
    return known


def du(call: Call) -> None:
    """``du [-sahkbcm] [-d depth] [path…]``: kilobytes below directories."""
    options, paths = call.options("sahkbcmx", "d")
    view = View(call.shell)
    deepest = (
        0
        if "s" in options
        else int(options["d"])
        if options.get("d", "").isdecimal() and len(options["d"]) < 4
        else 1000
    )
    total = 0
    for path in paths or ["."]:
        thing = view.find(path, follow=False)
        if thing is None:
            call.complain(f"cannot access '{path}': {absent(view.absolute(path))}")
            continue
        total += _used(call, view, path, options, deepest, 0)
    if "c" in options:
        call.line(f"{_shown(total, options)}\ttotal")


def _used(call: Call, view: View, path: str, options: dict[str, str], deepest: int, depth: int) -> int:
    thing = view.find(path, follow=False)
    if thing is None:
        return 0
    size = thing.size if "b" in options else blocks(thing) * KILOBYTE
    if thing.kind == DIRECTORY:
        names = view.names_or_none(path)
        if names is None:
            call.complain(f"cannot read directory '{path}': Permission denied")
        for name in sorted(names or ()):
            size += _used(call, view, join(path, name), options, deepest, depth + 1)
    if (thing.kind == DIRECTORY and depth <= deepest) or depth == 0 or ("a" in options and depth <= deepest):
        call.line(f"{_shown(size, options)}\t{path}")
    return size


def _shown(size: int, options: dict[str, str]) -> str:
    if "h" in options:
        return in_units(size)
    if "b" in options:
        return str(size)
    return str(-(-size // (KILOBYTE**2 if "m" in options else KILOBYTE)))


def quota(call: Call) -> None:
    """``quota [-v] [user]``: the blocks that a user has, and may have."""
    _, words = call.options("vusq")
    name = words[0] if words else call.shell.user
    if name != call.shell.user and not call.shell.is_root:
        raise Failed(f"quota: {name} (uid): Permission denied")
    found = [
        (n, disk, disk.quotas[name])
        for n, (_, disk) in enumerate(call.shell.host.files.disks.items(), 1)
        if name in disk.quotas
    ]
    if not found:
        call.line(f"Disk quotas for user {name}: none")
        return
    call.line(f"Disk quotas for user {name}:")
    call.line("     Filesystem  blocks   quota   limit   grace   files   quota   limit   grace")
    for n, disk, one in found:
        used, over = disk.held.get(name, 0), one.exceeded is not None
        sizes = [count * disk.block_size // KILOBYTE for count in (used, one.soft, one.hard)]
        call.line(
            f"{f'/dev/sda{n}':>15} {sizes[0]:7d}{'*' if over else ' '}{sizes[1]:7d} {sizes[2]:7d} "
            f"{_grace(call, one):>7} {int(used > 0):7d}       0       0"
        )


def _grace(call: Call, one: Quota) -> str:
    if one.exceeded is None:
        return ""
    left = one.exceeded + one.grace - call.shell.now
    return (
        "none"
        if left <= 0
        else f"{left / DAY:.0f}days"
        if left >= DAY
        else f"{int(left // 3600):02d}:{int(left % 3600 // 60):02d}"
    )


def repquota(call: Call) -> None:
    """``repquota [-a] [point]``: the quotas of all users."""
    _, words = call.options("avus")
    if not call.shell.is_root:
        raise Failed("repquota: only root may see the quotas of others")
    for n, (point, disk) in enumerate(call.shell.host.files.disks.items(), 1):
        if words and point not in words:
            continue
        if not disk.quotas:
            continue
        call.line(f"*** Report for user quotas on device /dev/sda{n}")
        call.line("Block grace time: 7days; Inode grace time: 7days")
        call.line("                        Block limits                File limits")
        call.line("User            used    soft    hard  grace    used  soft  hard  grace")
        call.line("-" * 70)
        for name, one in sorted(disk.quotas.items()):
            used, over = disk.held.get(name, 0), one.exceeded is not None
            sizes = [count * disk.block_size // KILOBYTE for count in (used, one.soft, one.hard)]
            call.line(
                f"{name:9} {'+' if over else '-'}- {sizes[0]:8d} {sizes[1]:7d} {sizes[2]:7d} "
                f"{_grace(call, one):>6} {int(used > 0):7d}     0     0"
            )
        call.line("")


PROGRAMS: dict[str, Program] = {
    "df": df,
    "du": du,
    "mount": mount,
    "umount": umount,
    "quota": quota,
    "repquota": repquota,
}

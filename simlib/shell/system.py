"""The machine: ``uptime``, ``df``, ``mount``, ``ps``, ``kill``, ``hostname``, ``date``."""

from collections.abc import Sequence

from simlib.mta.installation import Installation, Worker
from simlib.mta.receiving.reception import Reception
from simlib.mta.receiving.start_up import hang_up
from simlib.shell.answer import Command, Failed, no_arguments, whole_number
from simlib.shell.login import Login

SIGNALS = {"1": "HUP", "2": "INT", "9": "KILL", "15": "TERM"}
MAX_PID = 2**31 - 1
MINUTE, HOUR, DAY = 60, 3600, 86400  # s
KILOBYTE = 1024


def uptime(shell: Login, arguments: list[str], stdin: str) -> str:
    """``uptime``: since when the machine runs, and its load average."""
    no_arguments("uptime", arguments)
    days, rest = divmod(int(shell.now - shell.host.booted), DAY)
    up = f"{days} day{'s' if days > 1 else ''}, " if days else ""
    up += f"{rest // HOUR:2d}:{rest % HOUR // MINUTE:02d}" if rest >= HOUR else f"{rest // MINUTE} min"
    load = ", ".join(f"{figure:.2f}" for figure in shell.host.processors.load.at(shell.now))
    return f" {shell.site.clock.at(shell.now):%H:%M:%S} up {up},  1 user,  load average: {load}"


def df(shell: Login, arguments: list[str], stdin: str) -> str:
    """``df [-k]``: the file systems, in kilobytes; those that somebody has put there."""
    if arguments not in ([], ["-k"]):
        raise Failed(f"df: {' '.join(arguments)}: only df and df -k here")
    rows = [("Filesystem", "1K-blocks", "Used", "Available", "Use%", "Mounted on")]
    for number, (point, disk) in enumerate(shell.host.files.disks.items(), 1):
        free = disk.free(shell.mta.queue.bytes_on(disk) if shell.mta is not None else 0)
        total, free = (blocks * disk.block_size // KILOBYTE for blocks in (disk.blocks, free))
        share = f"{-(-(total - free) * 100 // total)}%"
        rows.append((f"/dev/sda{number}", str(total), str(total - free), str(free), share, point))
    return _aligned(rows)


def mount(shell: Login, arguments: list[str], stdin: str) -> str:
    """``mount``: what is mounted where; ``mount directory``: mount what the fstab has for it, now."""
    files = shell.host.files
    if arguments:
        return _mount(shell, "mount", arguments)
    lines = [f"/dev/sda{number} on {point} type ext2 (rw)" for number, point in enumerate(files.disks, 1)]
    lines += [line for one in files.mounts.values() for line in one.listed()]
    return "\n".join(lines)


def umount(shell: Login, arguments: list[str], stdin: str) -> str:
    """``umount directory``"""
    return _mount(shell, "umount", arguments)


def _mount(shell: Login, name: str, arguments: list[str]) -> str:
    """Mount, or take away, what the fstab has for a directory: here that is what was ever mounted from NFS."""
    if len(arguments) != 1:
        raise Failed(f"usage: {name} directory")
    point = arguments[0].rstrip("/") or "/"
    known = shell.host.files.mounts.get(point)
    if not shell.is_root:
        raise Failed(f"{name}: {point}: must be superuser to use {name}.", 32)
    if known is None:
        raise Failed(f"{name}: {point}: can't find in /etc/fstab.", 1)
    if name == "umount" and not known.stands(point):
        raise Failed(f"umount: {point}: not mounted.", 32)
    if name == "mount" and known.stands(point):
        raise Failed(f"mount: {point}: already mounted.", 32)
    if name == "umount":
        known.take_away()
    elif not known.mount_by_hand():
        raise Failed(f"mount.nfs: Connection timed out for {point}", 32)
    return ""


def ps(shell: Login, arguments: list[str], stdin: str) -> str:
    """``ps ax``: the processes of sendmail, and what each is at."""
    if arguments not in ([], ["ax"], ["-ax"]):
        raise Failed(f"ps: {' '.join(arguments)}: only ps ax here")
    lines = ["    PID TTY      STAT   TIME COMMAND"]
    lines += [f"{pid:7d} ?        {state:4}   0:00 sendmail: {title}" for pid, state, title in sorted(_titles(shell))]
    return "\n".join(lines)


def kill(shell: Login, arguments: list[str], stdin: str) -> str:
    """``kill [-HUP] number``: HUP makes the daemon read its configuration again; the others end a process."""
    words, signal = list(arguments), "TERM"
    if words and words[0].startswith("-"):
        given = words.pop(0)[1:].upper().removeprefix("SIG")
        signal = SIGNALS.get(given, given)
        if signal not in SIGNALS.values():
            raise Failed(f"sh: kill: {given}: invalid signal specification")
    if not words:
        raise Failed("kill: usage: kill [-HUP | -TERM | -KILL] pid ...", 2)
    for word in words:
        _send(shell, signal, word)
    return ""


def hostname(shell: Login, arguments: list[str], stdin: str) -> str:
    """``hostname``"""
    no_arguments("hostname", arguments)
    return shell.host.name


def date(shell: Login, arguments: list[str], stdin: str) -> str:
    """``date``: the world's clock."""
    no_arguments("date", arguments)
    return shell.site.clock.ctime(shell.now)


COMMANDS: dict[str, Command] = {
    "uptime": uptime,
    "df": df,
    "mount": mount,
    "umount": umount,
    "ps": ps,
    "kill": kill,
    "hostname": hostname,
    "date": date,
}


def _titles(shell: Login) -> list[tuple[int, str, str]]:
    """Number, state and title of each process of sendmail."""
    daemon = shell.daemon
    if daemon is None:
        return []
    itself = [(daemon.pid, "Ss", daemon.title)] if daemon.runs else []
    children = [(pid, "S", _serving(child)) for pid, child in daemon.children.items()]
    return (
        itself
        + children
        + [(pid, "S", _delivering(worker, daemon.mta)) for pid, worker in daemon.mta.processes.items()]
    )


def _serving(child: Reception) -> str:
    return f"server {child.far_end.server.client} cmd read"


def _delivering(worker: Worker, mta: Installation) -> str:
    if not worker.entries:
        return f"running queue: {mta.queue.directories[-1]}"
    return f"./{worker.entries[-1].qid} " + (f"{worker.talks_to}.: user open" if worker.talks_to else "from queue")


def _send(shell: Login, signal: str, word: str) -> None:
    daemon = shell.daemon
    if not word:
        raise Failed("sh: kill: `': not a pid or valid job spec")
    pid = whole_number(word, MAX_PID)
    if pid is None:
        raise Failed(f"sh: kill: {word}: arguments must be process or job IDs")
    if daemon is None or pid not in {number for number, _, _ in _titles(shell)}:
        raise Failed(f"sh: kill: ({pid}) - No such process")
    if not shell.is_root:
        raise Failed(f"sh: kill: ({pid}) - Operation not permitted")
    if pid == daemon.pid and signal == "HUP":
        hang_up(daemon)
    elif pid == daemon.pid:
        daemon.kill()
    elif pid in daemon.mta.processes:
        daemon.mta.processes[pid].kill()
    else:
        raise Failed(f"sh: kill: ({pid}) - a child that serves a client ends with it: not simulated")


def _aligned(rows: Sequence[tuple[str, ...]]) -> str:
    """The first and the last column to the left, the others to the right, as df writes them."""
    widths = [max(len(row[n]) for row in rows) for n in range(len(rows[0]))]
    middle = range(1, len(widths) - 1)
    return "\n".join(
        " ".join([row[0].ljust(max(14, widths[0])), *(row[n].rjust(widths[n]) for n in middle), row[-1]])
        for row in rows
    )

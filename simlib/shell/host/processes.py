"""Processes: ``ps``, ``top``, ``kill``, ``killall``, ``pkill``, ``pgrep``, ``pidof``."""

import re
from collections.abc import Callable
from datetime import datetime
from functools import partial
from typing import NamedTuple

from simlib.mta.installation import Installation, Worker
from simlib.mta.receiving.reception import Reception
from simlib.mta.receiving.start_up import hang_up
from simlib.shell.answer import Failed, whole_number
from simlib.shell.call import Call, Program
from simlib.shell.files.log_file import reopen
from simlib.shell.files.state import SYSLOGD
from simlib.shell.host.machine import up_since
from simlib.shell.host.times import SHORT
from simlib.shell.language.evaluate import SHELL_PID
from simlib.shell.login import ROOT, Login

SIGNALS = {"1": "HUP", "2": "INT", "3": "QUIT", "9": "KILL", "10": "USR1", "12": "USR2", "15": "TERM"}
MAX_PID = 2**31 - 1
MEMORY = 131_072  # kilobytes of a machine of the time; made up, as all figures of memory here
INIT, CRON = 1, 121
USAGE = "kill: usage: kill [-HUP | -TERM | -KILL] pid ..."


class Process(NamedTuple):
    """A process, as ``ps`` shows it. ``ended`` ends it, ``hung_up`` is what SIGHUP does to it."""

    pid: int
    parent: int
    user: str
    state: str
    tty: str
    began: float  # s
    title: str
    name: str
    kilobytes: int = 1200
    end: Callable[[], None] | None = None
    hang_up: Callable[[], None] | None = None
    mail: bool = False


def of_host(shell: Login) -> list[Process]:
    """All processes, in order of their numbers."""
    booted = shell.host.booted
    found = [Process(INIT, 0, ROOT, "Ss", "?", booted, "init [3]", "init", 480)]
    if shell.mta is not None:
        found.append(
            Process(
                SYSLOGD, INIT, ROOT, "Ss", "?", booted, "syslogd -m 0", "syslogd", 612, hang_up=lambda: reopen(shell)
            )
        )
        found.append(Process(CRON, INIT, ROOT, "Ss", "?", booted, "crond", "crond", 608))
    return sorted(found + of_mail(shell)) if shell.mta is not None else found


def of_mail(shell: Login) -> list[Process]:
    """Those of sendmail: the daemon, a child for each client, and the processes that deliver."""
    daemon = shell.daemon
    if daemon is None:
        return []
    booted, found = shell.host.booted, []
    if daemon.runs:
        title = f"sendmail: {daemon.title}"
        found.append(
            Process(
                daemon.pid,
                INIT,
                ROOT,
                "Ss",
                "?",
                booted,
                title,
                "sendmail",
                2400,
                daemon.kill,
                partial(hang_up, daemon),
                True,
            )
        )
    for pid, child in daemon.children.items():
        found.append(
            Process(
                pid, daemon.pid, ROOT, "S", "?", shell.now, f"sendmail: {_serving(child)}", "sendmail", 2600, mail=True
            )
        )
    for pid, worker in daemon.mta.processes.items():
        title = f"sendmail: {_delivering(worker, daemon.mta)}"
        found.append(
            Process(pid, daemon.pid, ROOT, "S", "?", shell.now, title, "sendmail", 2500, worker.kill, mail=True)
        )
    return sorted(found, key=lambda one: one.pid)


def _serving(child: Reception) -> str:
    return f"server {child.far_end.server.client} cmd read"


def _delivering(worker: Worker, mta: Installation) -> str:
    if not worker.entries:
        return f"running queue: {mta.queue.directories[-1]}"
    return f"./{worker.entries[-1].qid} " + (f"{worker.talks_to}.: user open" if worker.talks_to else "from queue")


def _own(call: Call) -> list[Process]:
    """The shell that somebody types at, and what he has just typed."""
    shell, tty = call.shell, "pts/0"
    line = " ".join([call.name, *call.arguments])
    return [
        Process(SHELL_PID, INIT, shell.user, "Ss", tty, shell.now, "-sh", "sh", 1300),
        Process(SHELL_PID + 1, SHELL_PID, shell.user, "R+", tty, shell.now, line, call.name, 900),
    ]


def ps(call: Call) -> None:
    """``ps ax``, ``ps aux``, ``ps -ef``: the processes of sendmail, and what each is at.

    ``ps`` alone shows those of this terminal; other letters stand for the same: ``-A``, ``-e``, ``u``, ``w``, ``-f``.
    """
    words = [word.removeprefix("-") for word in call.arguments]
    users: list[str] = []
    pids: set[int] | None = None
    letters, left = "", list(words)
    while left:
        word = left.pop(0)
        if word in ("U", "u", "C", "p", "o") and left and f"-{word}" in call.arguments:
            value = left.pop(0)
            if word == "o":
                raise Failed("ps: -o: columns of your own are not simulated; ps aux | awk '{print $2, $11}' does it")
            if word == "p":
                pids = {int(one) for one in re.findall(r"[0-9]{1,9}", value)}
            elif word == "C":
                letters += f"C{value} "
            else:
                users.append(value)
        else:
            unknown = next((letter for letter in word if letter not in "aAxuefwlHF"), "")
            if unknown:
                raise Failed(
                    f"ps: {'-' if f'-{word}' in call.arguments else ''}{unknown}: unknown here; "
                    "it knows ps, ps ax, ps aux, ps -ef, -u user, -p pid"
                )
            letters += word
    everybody = bool(set("axAe") & set(letters.partition("C")[0])) or bool(users) or pids is not None or "C" in letters
    shown = [*of_host(call.shell), *_own(call)] if everybody else _own(call)
    if users:
        shown = [one for one in shown if one.user in users]
    if pids is not None:
        shown = [one for one in shown if one.pid in pids]
    if "C" in letters:
        shown = [one for one in shown if one.name == letters.partition("C")[2].strip()]
    clock = call.shell.site.clock
    now = clock.at(call.shell.now)
    if "u" in letters.partition("C")[0] and "f" not in letters.partition("C")[0]:
        call.line("USER         PID %CPU %MEM    VSZ   RSS TTY      STAT START   TIME COMMAND")
        for one in shown:
            share = one.kilobytes * 100 / MEMORY
            began = _began(clock.at(one.began), now)
            call.line(
                f"{one.user:8} {one.pid:7d}  0.0 {share:4.1f} {one.kilobytes * 2:6d} {one.kilobytes:5d} "
                f"{one.tty:8} {one.state:4} {began:>5}   0:00 {one.title}"
            )
    elif "f" in letters.partition("C")[0] or "F" in letters:
        call.line("UID          PID    PPID  C STIME TTY          TIME CMD")
        for one in shown:
            began = _began(clock.at(one.began), now)
            call.line(f"{one.user:8} {one.pid:7d} {one.parent:7d}  0 {began:>5} {one.tty:8} 00:00:00 {one.title}")
    elif "a" in letters or "x" in letters:
        call.line("    PID TTY      STAT   TIME COMMAND")
        for one in shown:
            call.line(f"{one.pid:7d} {one.tty:8} {one.state:4}   0:00 {one.title}")
    else:
        call.line("    PID TTY          TIME CMD")
        for one in shown:
            call.line(f"{one.pid:7d} {one.tty:8} 00:00:00 {one.name}")


def _began(at: datetime, now: datetime) -> str:
    """When a process began: the time of today, or the day."""
    return f"{at:%H:%M}" if at.date() == now.date() else f"{SHORT[at.month - 1]}{at.day:02d}"


def top(call: Call) -> None:
    """``top [-b] [-n 1]``: the machine and its processes, once."""
    call.options("bcSi", "ndpu")
    shell = call.shell
    shown = [*of_host(shell), *_own(call)]
    load = ", ".join(f"{figure:.2f}" for figure in shell.host.processors.load.at(shell.now))
    call.line(f"top - {shell.site.clock.at(shell.now):%H:%M:%S} up {up_since(shell)},  1 user,  load average: {load}")
    running = sum(one.state.startswith("R") for one in shown)
    call.line(
        f"Tasks: {len(shown):3d} total, {running:3d} running, {len(shown) - running:3d} sleeping,"
        "   0 stopped,   0 zombie"
    )
    busy = min(shell.host.processors.load.at(shell.now)[0], 1.0) * 100
    call.line(f"%Cpu(s): {busy:4.1f} us,  0.0 sy,  0.0 ni, {100 - busy:4.1f} id,  0.0 wa,  0.0 hi,  0.0 si,  0.0 st")
    used = sum(one.kilobytes for one in shown) + 20_000
    call.line(
        f"MiB Mem : {MEMORY / 1024:8.1f} total, {(MEMORY - used) / 1024:8.1f} free, "
        f"{used / 1024:8.1f} used,      0.0 buff/cache"
    )
    call.line("")
    call.line("    PID USER      PR  NI    VIRT    RES    SHR S  %CPU  %MEM     TIME+ COMMAND")
    for one in shown:
        share = one.kilobytes * 100 / MEMORY
        call.line(
            f"{one.pid:7d} {one.user:8}  20   0 {one.kilobytes * 2:7d} {one.kilobytes:6d} {one.kilobytes // 2:6d} "
            f"{one.state[0]}   0.0 {share:5.1f}   0:00.00 {one.name}"
        )


def kill(call: Call) -> None:
    """``kill [-HUP] number…``: HUP makes the daemon read its configuration again; the others end a process."""
    words = list(call.arguments)
    if words[:1] == ["-l"]:
        call.line(" ".join(f"{number}) SIG{name}" for number, name in SIGNALS.items()))
        return
    signal = "TERM"
    if words and words[0] == "-s" and len(words) > 1:
        signal, words = _signal(words[1], "sh: kill"), words[2:]
    elif words and words[0].startswith("-") and words[0] != "--":
        signal, words = _signal(words[0][1:], "sh: kill"), words[1:]
    words = [word for word in words if word != "--"]
    if not words:
        raise Failed(USAGE, 2)
    for word in words:
        with call.heard():
            if not word:
                raise Failed("sh: kill: `': not a pid or valid job spec")
            if word.startswith("%"):
                raise Failed(f"sh: kill: {word}: no such job")
            pid = whole_number(word, MAX_PID)
            if pid is None:
                raise Failed(f"sh: kill: {word}: arguments must be process or job IDs")
            found = next((one for one in of_host(call.shell) if one.pid == pid), None)
            if found is None and pid != SHELL_PID:
                raise Failed(f"sh: kill: ({pid}) - No such process")
            if not call.shell.is_root:
                raise Failed(f"sh: kill: ({pid}) - Operation not permitted")
            if found is not None:
                _send(found, signal, f"sh: kill: ({pid})")


def _signal(text: str, name: str) -> str:
    plain = text.upper().removeprefix("SIG")
    signal = SIGNALS.get(plain, plain)
    if signal not in (*SIGNALS.values(), "0"):
        raise Failed(f"{name}: {text.upper().removeprefix('SIG')}: invalid signal specification")
    return signal


def _send(process: Process, signal: str, words: str) -> None:
    if signal == "0":
        return
    if signal == "HUP" and process.hang_up is not None:
        process.hang_up()
    elif signal in ("USR1", "USR2"):
        raise Failed(f"{words} - {signal}: what it does is not simulated; HUP, TERM and KILL are")
    elif process.end is not None:
        process.end()
    elif process.mail:
        raise Failed(f"{words} - a child that serves a client ends with it: not simulated")
    else:
        raise Failed(f"{words} - ending {process.name} is not simulated")


def killall(call: Call) -> None:
    """``killall [-HUP] name…``; ``pkill`` takes a pattern of a name."""
    signal, words = "TERM", list(call.arguments)
    while words and words[0].startswith("-"):
        word = words.pop(0)
        if word in ("-q", "-v", "-w", "-f", "-x"):
            continue
        if word == "-s" and words:
            word = f"-{words.pop(0)}"
        signal = _signal(word[1:], call.name)
    if not words:
        raise Failed(
            "Usage: killall [-HUP] name..." if call.name == "killall" else "pkill: no matching criteria specified"
        )
    for word in words:
        found = [
            one for one in of_host(call.shell) if (word == one.name if call.name == "killall" else word in one.name)
        ]
        if not found:
            if call.name == "killall":
                call.stderr.write(f"{word}: no process found\n")
            call.status = 1
        for one in found:
            with call.heard():
                if not call.shell.is_root:
                    raise Failed(f"{one.name}({one.pid}): Operation not permitted")
                if not (one.mail and one.end is None):  # a child that serves a client ends with it
                    _send(one, signal, f"{one.name}({one.pid})")


def pgrep(call: Call) -> None:
    """``pgrep [-fl] pattern``, ``pidof name``: numbers of processes."""
    options, words = call.options("flax", "uP") if call.name == "pgrep" else call.options("s")
    if not words:
        raise Failed("pgrep: no matching criteria specified" if call.name == "pgrep" else "", 1)
    found = [
        one
        for one in of_host(call.shell)
        if (words[0] in (one.title if "f" in options else one.name) if call.name == "pgrep" else words[0] == one.name)
    ]
    if call.name == "pidof":
        if found:
            call.line(" ".join(str(one.pid) for one in reversed(found)))
    else:
        for one in found:
            call.line(
                f"{one.pid} {one.title if 'a' in options else one.name}"
                if "l" in options or "a" in options
                else str(one.pid)
            )
    call.status = 0 if found else 1


PROGRAMS: dict[str, Program] = {
    "ps": ps,
    "top": top,
    "kill": kill,
    "killall": killall,
    "pkill": killall,
    "pgrep": pgrep,
    "pidof": pgrep,
}

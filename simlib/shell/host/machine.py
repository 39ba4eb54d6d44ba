"""The machine and who is there: ``uptime``, ``w``, ``date``, ``hostname``, ``id``, ``su``, ``sh``, ``sleep`` …"""

import re
from datetime import UTC, datetime, timedelta

from simlib.errors import WorkbookError
from simlib.shell.answer import Failed, no_arguments
from simlib.shell.call import Call, Program
from simlib.shell.files.listing import uid
from simlib.shell.files.view import View
from simlib.shell.host.times import SHORT, strftime, zone
from simlib.shell.login import ROOT, Login
from simlib.shell.places import path_of
from simlib.units import seconds

MINUTE, HOUR, DAY = 60, 3600, 86400  # s
LONGEST_SLEEP = 30 * DAY


def up_since(shell: Login) -> str:
    """For how long the machine runs."""
    days, rest = divmod(int(shell.now - shell.host.booted), DAY)
    up = f"{days} day{'s' if days > 1 else ''}, " if days else ""
    return up + (f"{rest // HOUR:2d}:{rest % HOUR // MINUTE:02d}" if rest >= HOUR else f"{rest // MINUTE} min")


def _uptime(shell: Login) -> str:
    load = ", ".join(f"{figure:.2f}" for figure in shell.host.processors.load.at(shell.now))
    return f" {shell.site.clock.at(shell.now):%H:%M:%S} up {up_since(shell)},  1 user,  load average: {load}"


def uptime(call: Call) -> None:
    """``uptime``: since when the machine runs, and its load average."""
    no_arguments("uptime", call.arguments)
    call.line(_uptime(call.shell))


def w(call: Call) -> None:
    """``w``: the same, and who is logged in."""
    options, _ = call.options("hs")
    if "h" not in options:
        call.line(_uptime(call.shell))
        call.line("USER     TTY      FROM             LOGIN@   IDLE   JCPU   PCPU WHAT")
    now = call.shell.site.clock.at(call.shell.now)
    call.line(f"{call.shell.user:8} pts/0    -                {now:%H:%M}    0.00s  0.00s  0.00s w")


def who(call: Call) -> None:
    """``who``, ``who am i``"""
    options, _ = call.options("bHm")
    clock = call.shell.site.clock
    if "b" in options:
        at = clock.at(call.shell.host.booted)
        call.line(f"         system boot  {SHORT[at.month - 1]} {at.day:2d} {at:%H:%M}")
        return
    at = clock.at(call.shell.now)
    call.line(f"{call.shell.user:8} pts/0        {SHORT[at.month - 1]} {at.day:2d} {at:%H:%M}")


def date(call: Call) -> None:
    """``date [-u] [-d time] [+format]``: the world's clock."""
    words, at = list(call.arguments), call.shell.site.clock.at(call.shell.now)
    template = ""
    while words:
        word = words.pop(0)
        if word in ("-u", "--utc"):
            at = at.astimezone(UTC)
        elif word in ("-R", "--rfc-email"):
            template = "%a, %d %b %Y %H:%M:%S %z"
        elif word in ("-I", "--iso-8601"):
            template = "%F"
        elif word == "-d" and words:
            at = _moved(call, words.pop(0), at)
        elif word.startswith("-d") and len(word) > 2:
            at = _moved(call, word[2:], at)
        elif word.startswith("+"):
            template = word[1:]
        elif word.startswith("-"):
            raise Failed(f"date: invalid option -- '{word.lstrip('-')[:1]}': here it knows -u, -R, -I, -d and +format")
        else:
            raise Failed(f"date: {word}: setting the clock is not simulated; sleep lets time pass")
    call.line(strftime(template, at) if template else f"{strftime('%a %b %e %T', at)} {zone(at)} {at.year}")


def _moved(call: Call, text: str, at: datetime) -> datetime:
    """A time that is written, such as ``@0``, ``yesterday``, ``2 days ago``, ``1998-07-01 09:00``."""
    clock = call.shell.site.clock
    plain = text.strip().lower()
    stamp = re.fullmatch(r"@([0-9]{1,11})", plain)
    try:
        if stamp:
            return clock.at(int(stamp[1]) - clock.unix(0))
        if plain in ("now", "today", "yesterday", "tomorrow"):
            return at + timedelta(days={"yesterday": -1, "tomorrow": 1}.get(plain, 0))
        ago = re.fullmatch(r"([-+]?[0-9]{1,6}) (second|sec|minute|min|hour|day|week)s?( ago)?", plain)
        if ago:
            unit = {"sec": 1, "min": MINUTE, "hou": HOUR, "day": DAY, "wee": 7 * DAY}[ago[2][:3]]
            return at + timedelta(seconds=int(ago[1]) * unit * (-1 if ago[3] else 1))
        made = datetime.fromisoformat(text.strip())
        return made if made.tzinfo else made.replace(tzinfo=at.tzinfo)
    except (ValueError, OverflowError, WorkbookError):
        raise Failed(f"date: invalid date '{text}'") from None


def hostname(call: Call) -> None:
    """``hostname [-fsdi]``"""
    options, words = call.options("fsdiIA")
    name = call.shell.host.name
    if words:
        raise Failed(f"hostname: {words[0]}: another name is not simulated; it stays {name}")
    short, _, domain = name.partition(".")
    call.line(
        short
        if "s" in options
        else domain
        if "d" in options
        else call.shell.host.address
        if "i" in options or "I" in options
        else name
    )


def dnsdomainname(call: Call) -> None:
    """``dnsdomainname``, ``domainname``"""
    call.line(call.shell.host.name.partition(".")[2])


def uname(call: Call) -> None:
    """``uname [-asnrm]``"""
    options, _ = call.options("asnrmvpio")
    facts = {"s": "Linux", "n": call.shell.host.name, "r": "2.0.36", "v": "#1", "m": "i686", "o": "GNU/Linux"}
    wanted = facts if "a" in options else [letter for letter in facts if letter in options] or ["s"]
    call.line(" ".join(facts[letter] for letter in wanted))


def whoami(call: Call) -> None:
    """``whoami``, ``logname``"""
    call.line(call.shell.user)


def id_(call: Call) -> None:
    """``id [-un] [user]``"""
    options, words = call.options("ugnG")
    name = words[0] if words else call.shell.user
    users = call.shell.host.users
    if users is not None and name not in users and name != ROOT:
        raise Failed(f"id: '{name}': no such user")
    number = uid(View(call.shell), name)
    if {"u", "g", "G"} & set(options):
        call.line(name if "n" in options else str(number))
    else:
        call.line(f"uid={number}({name}) gid={number}({name}) groups={number}({name})")


def groups(call: Call) -> None:
    """``groups``: everybody is alone in a group of the same name."""
    call.line(call.arguments[0] if call.arguments else call.shell.user)


def su(call: Call) -> None:
    """``su [-] [user] [-c line]``: another user, for one line."""
    words, line, name = list(call.arguments), None, ROOT
    while words:
        word = words.pop(0)
        if word in ("-", "-l", "-m", "-p"):
            continue
        if word == "-c":
            if not words:
                raise Failed("su: option requires an argument -- 'c'")
            line = words.pop(0)
        elif word.startswith("-"):
            raise Failed(f"su: invalid option -- '{word[1:2]}': here it knows -, -l and -c line")
        else:
            name = word
    _as_user(call, "su", name, line)


def sudo(call: Call) -> None:
    """``sudo [-u user] command…``"""
    words, name = list(call.arguments), ROOT
    if words[:1] == ["-u"] and len(words) > 1:
        name, words = words[1], words[2:]
    if not words or words[0].startswith("-"):
        raise Failed("usage: sudo [-u user] command...")
    quoted = " ".join("'" + word.replace("'", "'\\''") + "'" for word in words)
    _as_user(call, "sudo", name, quoted)


def _as_user(call: Call, command: str, name: str, line: str | None) -> None:
    shell = call.shell
    users = shell.host.users
    if users is not None and name not in users and name != ROOT:
        raise Failed(
            f"{command}: user {name} does not exist or the user entry does not contain all the required fields"
        )
    if not shell.is_root and name != shell.user:
        raise Failed(
            f"{command}: Authentication failure: passwords are not simulated; "
            f"world.shell(host, user={name!r}) is a shell of theirs"
        )
    text = line if line is not None else call.stdin.read()
    if not text:
        raise Failed(
            f"{command}: a shell that lasts is not simulated: {command} {name} -c 'line', "
            f"or world.shell(host, user={name!r})"
        )
    before, shell.user = shell.user, name
    try:
        call.status = call.obey(text)
    finally:
        shell.user = before


def sh(call: Call) -> None:
    """``sh [-c line] [file]``: lines in a shell of its own."""
    words = list(call.arguments)
    while words and words[0] in ("-x", "-e", "-l", "-v"):
        if words.pop(0) in ("-x", "-v"):
            call.stderr.write("sh: -x and -v are not simulated: each line is run without being shown\n")
    if words[:1] == ["-c"]:
        if len(words) < 2:
            raise Failed("sh: -c: option requires an argument", 2)
        call.status = call.obey(words[1], words[3:])
    elif words and not words[0].startswith("-"):
        call.status = call.obey(View(call.shell).read("sh", words[0]), words[1:])
    elif words:
        raise Failed(f"sh: {words[0]}: invalid option: here it knows -c line, or a file", 2)
    else:
        call.status = call.obey(call.stdin.read())


def env(call: Call) -> None:
    """``env [name=value…] [command]``, ``printenv [name]``"""
    held = {**call.shell.environment(), **call.shell.variables}
    words = list(call.arguments)
    if call.name == "printenv" and words:
        if words[0] not in held:
            call.status = 1
        else:
            call.line(held[words[0]])
        return
    before = dict(call.shell.variables)
    while words and re.match(r"[A-Za-z_][A-Za-z0-9_]*=", words[0]):
        name, _, value = words.pop(0).partition("=")
        call.shell.variables[name] = held[name] = value
    try:
        if words:
            call.status = call.run(words)
        else:
            for name, value in sorted(held.items()):
                call.line(f"{name}={value}")
    finally:
        call.shell.variables = before


def nohup(call: Call) -> None:
    """``nohup command``, ``nice``, ``time``: the command, and nothing else."""
    words = list(call.arguments)
    if call.name == "nice" and words[:1] == ["-n"]:
        words = words[2:]
    begun = call.shell.now
    call.status = call.run(words) if words else 0
    if call.name == "time":
        passed = call.shell.now - begun
        call.stderr.write(f"\nreal\t{int(passed // 60)}m{passed % 60:.3f}s\nuser\t0m0.000s\nsys\t0m0.000s\n")


def sleep(call: Call) -> None:
    """``sleep time…``: so much of the world's time passes; 30 days at most."""
    if not call.arguments:
        raise Failed("sleep: missing operand")
    total = 0.0
    for word in call.arguments:
        if not re.fullmatch(r"[0-9]{1,9}(\.[0-9]{1,6})?[smhd]?", word):
            raise Failed(f"sleep: invalid time interval '{word}'")
        total += seconds(word if word[-1] in "smhd" else f"{word}s")
    if total > LONGEST_SLEEP:
        raise Failed("sleep: more than 30 days at a time are not slept here")
    env_ = call.shell.site.env
    env_.run(until=env_.now + total) if total else None


def which(call: Call) -> None:
    """``which name…``, ``whereis name``"""
    for name in call.arguments:
        if call.find(name) is not None:
            call.line(path_of(name) if call.name == "which" else f"{name}: {path_of(name)}")
        elif call.name == "whereis":
            call.line(f"{name}:")
        else:
            call.status = 1


def free(call: Call) -> None:
    """``free``, ``vmstat``: memory."""
    raise Failed(f"{call.name}: memory is not simulated; uptime shows the load, df the disks")


def tty(call: Call) -> None:
    """``tty``"""
    call.line("/dev/pts/0")


def clear(call: Call) -> None:
    """``clear``, ``stty``: nothing is done to the screen."""


PROGRAMS: dict[str, Program] = {
    "uptime": uptime,
    "w": w,
    "who": who,
    "date": date,
    "hostname": hostname,
    "domainname": dnsdomainname,
    "dnsdomainname": dnsdomainname,
    "uname": uname,
    "whoami": whoami,
    "logname": whoami,
    "id": id_,
    "groups": groups,
    "su": su,
    "sudo": sudo,
    "sh": sh,
    "bash": sh,
    "env": env,
    "printenv": env,
    "nohup": nohup,
    "nice": nohup,
    "time": nohup,
    "sleep": sleep,
    "which": which,
    "whereis": which,
    "free": free,
    "vmstat": free,
    "tty": tty,
    "clear": clear,
    "stty": clear,
}

"""The same files before a real root shell and before the simulated one, and a line typed at both."""

import re
import shutil
import subprocess
from collections.abc import Mapping
from typing import NamedTuple

from simlib import World
from tests.against_sendmail.namespace import PATIENCE, Namespace

HOST, PLACE = "mail.here.example", "/tmp/work"
GONE = "dsn=4.0.0, stat=Deferred: Connection timed out with dead.example."
MX = "mailer=esmtp, relay=mx.there.example. [10.0.0.2]"
DEAD = f"delay=00:00:06, mailer=esmtp, relay=dead.example., {GONE}"
SAID = (
    (0, 1, 203, "c6190a1d000203", "from=<taro@here.example>, size=999, class=0, nrcpts=1, relay=root@localhost"),
    (0, 2, 204, "c6190a1d000203", f"to=<hana@there.example>, delay=00:00:01, {MX}, dsn=2.0.0, stat=Sent (ok)"),
    (1, 3, 205, "c6190b2e000205", "from=<jiro@here.example>, size=20481, class=0, nrcpts=2, relay=root@localhost"),
    (1, 9, 206, "c6190b2e000205", f"to=<ken@dead.example>, {DEAD}"),
    (1, 9, 206, "c6190b2e000205", f"to=<mai@dead.example>, {DEAD}"),
    (5, 0, 207, "c6190c3f000207", "from=<taro@here.example>, size=512, class=-60, nrcpts=1, relay=root@localhost"),
    (5, 0, 207, "c6190c3f000207", f"to=<nobody@there.example>, delay=00:00:00, {MX}, dsn=5.1.1, stat=User unknown"),
)
LOG = "".join(
    f"Jul  1 09:{minute:02d}:{second:02d} mail sendmail[{pid}]: {qid}: {text}\n"
    for minute, second, pid, qid, text in SAID
)
ALIASES = "# aliases\npostmaster: root\nroot: taro\nlist: taro, hana,\n\tjiro\nabuse:\tpostmaster\n"
ACCESS = "spam.example\tREJECT\n10.1\tRELAY\nfriend@good.example\tOK\nbad.example\t550 No mail from you\n"
CF = (
    "# sendmail.cf\nV10/Berkeley\nO DeliveryMode=background\nO QueueDirectory=/var/spool/mqueue\n"
    "#O MinQueueAge=30m\nO Timeout.queuereturn=5d\nDMhere.example\n"
)
QF = "V8\nT899251200\nK0\nN{n}\nP{p}\nS<taro@here.example>\nRPFD:<{user}@{domain}>\nH??Subject: letter {n}\n.\n"
NUMBERS = "10\n9\n100\n-3\n2.5\n9\n\n"
TABLE = "taro 3 here.example\nhana 12 there.example\njiro 7 here.example\nken 12 dead.example\n"


def _queue() -> dict[str, str]:
    files = {}
    for n, (user, domain) in enumerate((("hana", "there.example"), ("ken", "dead.example"), ("mai", "dead.example"))):
        files[f"mqueue/qfAA{n}000{n}"] = QF.format(n=n, p=30000 + 700 * n, user=user, domain=domain)
        files[f"mqueue/dfAA{n}000{n}"] = f"letter {n}\n" * (n + 1)
    return files


FILES: Mapping[str, str] = {
    "log": LOG,
    "aliases": ALIASES,
    "access": ACCESS,
    "cf": CF,
    "numbers": NUMBERS,
    "table": TABLE,
    "empty": "",
    "no-end": "last line without an end",
    "spaces": "a  b\tc\n  indented\ntrailing  \n\n\nend\n",
    "with space": "x\n",
    ".hidden": "h\n",
    **_queue(),
}


class Answer(NamedTuple):
    """What a shell printed, and with which status it ended."""

    printed: str
    status: int


class Stage:
    """A machine with those files, for as long as the tests run."""

    def __init__(self) -> None:
        self._space = Namespace(f"mount -t tmpfs none /tmp\nhostname {HOST}\nmkdir {PLACE}")
        self._root = self._space.path(PLACE)

    def close(self) -> None:
        """Take it down."""
        self._space.close()

    def real(self, line: str) -> Answer:
        """Type a line at the real shell, in a directory that is made anew for it."""
        for old in self._root.iterdir():
            shutil.rmtree(old) if old.is_dir() and not old.is_symlink() else old.unlink()
        for name, text in FILES.items():
            (self._root / name).parent.mkdir(exist_ok=True)
            (self._root / name).write_text(text)
        script = f'umask 022; cd {PLACE}; exec bash -c "$1"'
        known = ("LC_ALL=C", "TZ=JST-9", "HOME=/root", "PATH=/usr/sbin:/usr/bin:/sbin:/bin")
        done = subprocess.run(
            self._space.command("env", "-i", *known, "sh", "-c", script, "sh", line),
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            timeout=PATIENCE,
            check=False,
        )  # fmt: skip
        return Answer(masked(done.stdout.decode("utf-8", "replace")), done.returncode)


def simulated(line: str) -> Answer:
    """Type a line at the simulated one."""
    world = World(seed=1)
    mail = world.sendmail(HOST, domain="here.example")
    world.user(mail, "taro", "hana")
    for name, text in FILES.items():
        world.file(mail, f"{PLACE}/{name}", text)
    root = world.shell(mail)
    root.directory = PLACE
    printed = root(line)
    return Answer(masked(printed), int(root.status))


# what cannot be the same, and why
MASKS = (
    ("the shell calls itself otherwise", re.compile(r"^(?:bash|sh)(?:: line \d+)?: ", re.MULTILINE), "sh: "),
    ("bash -c says so", re.compile(r"^sh: -c: line \d+: ", re.MULTILINE), "sh: "),
    ("bash shows the line that it cannot read", re.compile(r"^sh: `.*\n?", re.MULTILINE), ""),
    ("the real clock shows today", re.compile(r"[A-Z][a-z]{2} [ \d]\d (?:\d\d:\d\d| \d{4})"), "WHEN"),
    ("and so do whole dates", re.compile(r"\d{4}-\d\d-\d\d(?: \d\d:\d\d:\d\d(?:\.\d+)? [-+]\d{4})?"), "DATE"),
    ("directories of tmpfs have other sizes", re.compile(r"^(d\S+ +)\d+( \S+ \S+ +)\d+", re.MULTILINE), r"\1N\2N"),
    ("and other totals", re.compile(r"^total \d+", re.MULTILINE), "total N"),
    ("ours names what would be right", re.compile(r": here (?:it|sed) knows.*"), ""),
    (
        "theirs names where to read on",
        re.compile(r"\n?Try '.*--help' for more information\.?|\nUsage: .*", re.DOTALL),
        "",
    ),
)


def masked(text: str) -> str:
    """A text in which only what can be the same is left."""
    for _, pattern, instead in MASKS:
        text = pattern.sub(instead, text)
    return text.rstrip("\n")

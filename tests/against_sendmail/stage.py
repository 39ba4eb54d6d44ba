"""Where the real sendmail plays: its host, the net with the peers and the name server, and the log."""

import os
import re
import shlex
import socket
import subprocess
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from tests.against_sendmail import stale
from tests.against_sendmail.case import CLIENT, CLIENT_ADDRESS, SENDER
from tests.against_sendmail.configuration import INBOX, SENDMAIL, SPOOL
from tests.against_sendmail.mc import Mc
from tests.against_sendmail.name_server import NameServer
from tests.against_sendmail.namespace import PATIENCE, Namespace
from tests.against_sendmail.peers import Peers
from tests.against_sendmail.users import HOMES, PROGRAM, File, Household
from tests.against_sendmail.watch import ETH_P_IP, MARK, Watch

ETC_MAIL = "/etc/mail"  # a directory of the host's own
BLOCK = 4096  # bytes of a block of the queue's disk
SENDER_ADDRESS, NAME_SERVER, PEERS = "10.99.0.1", "10.99.0.2", "10.99.1.0/24"

HOST = f"""
mount -t tmpfs none {SPOOL}
chmod 755 {SPOOL}
cd {SPOOL}
mkdir dev mail
mknod -m 666 dev/null c 1 3
mknod -m 666 dev/zero c 1 5
mknod -m 666 dev/random c 1 8
mknod -m 666 dev/urandom c 1 9
ln -s {SPOOL}/log dev/log
mount --rbind {SPOOL}/dev /dev
cat > loadavg <<END
0.00 0.00 0.00 1/100 1
END
cat > resolv.conf <<END
nameserver {NAME_SERVER}
options timeout:1 attempts:1
END
touch hosts
cat > switch <<END
hosts dns files
aliases files
passwd files
END
cat > nsswitch.conf <<END
passwd: files
group: files
hosts: files dns
END
cp /etc/passwd passwd
for user in taro hana postmaster MAILER-DAEMON; do
    echo $user:x:1000:1000::{SPOOL}:/bin/sh >> passwd
done
cat > deliver <<'END'
#!/bin/sh
for user; do :; done  # the last argument
exec cat > "$(mktemp "{INBOX}/$user.XXXXXX")"
END
chmod 755 deliver
for file in resolv.conf hosts nsswitch.conf passwd; do
    mount --bind $file /etc/$file
done
mkdir etcmail
cp /etc/mail/helpfile etcmail
mount --bind etcmail /etc/mail
mount --bind loadavg /proc/loadavg
hostname snd.test
"""

HOSTS = f"127.0.0.1 localhost\n{SENDER_ADDRESS} {{names}}\n{CLIENT_ADDRESS} {CLIENT}\n"

MAILSTATS = (
    "/usr/libexec/sendmail/mailstats"  # the program itself; Debian's command shows those of its other queue, too
)
SENDMAIL_MODES = {"mailq": ["-bp"], "hoststat": ["-bh"], "purgestat": ["-bH"], "newaliases": ["-bi"]}
NOBODY = ("--reuid", "65534", "--regid", "65534", "--clear-groups")
AS_A_USER = f"""
cd {SPOOL}
cp sendmail.cf /etc/mail/sendmail.cf
cp {SENDMAIL} setuid
chmod 4755 setuid
"""


class Stage:
    """Set up once and used by one case after the other."""

    def __init__(self) -> None:
        self.net = Namespace("")
        self.host = Namespace(HOST)
        self.host.ip([f"link add eth0 type veth peer name eth0 netns {self.net.pid}"])
        self.net.ip(
            ["link set lo up", f"addr add {NAME_SERVER}/24 dev eth0", "link set eth0 up",
             f"route add local {PEERS} dev lo",
             f"route add {SENDER_ADDRESS} dev eth0 quickack 1"]  # else a message may wait 40 ms for a delayed ACK
        )  # fmt: skip
        self.host.ip(
            ["link set lo up", f"addr add {SENDER_ADDRESS}/24 dev eth0", "link set eth0 up",
             f"route add {PEERS} via {NAME_SERVER}"]
        )  # fmt: skip
        with self.net.network():
            wire = socket.socket(socket.AF_PACKET, socket.SOCK_DGRAM, socket.htons(ETH_P_IP))
            wire.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 1 << 22)
            questions = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
            questions.bind((NAME_SERVER, 53))
        with self.host.network():
            marker = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
        wire.bind(("eth0", ETH_P_IP))
        self.watch = Watch(wire, marker, NAME_SERVER)
        self.names = NameServer(questions)
        self.peers = Peers(self.net.network)
        self.log = Log(self.host.path(f"{SPOOL}/log"))
        self._diverted: dict[str, str] = {}  # address -> state
        self._daemon: subprocess.Popen[bytes] | None = None
        self._stale = ""  # a directory whose files cannot be opened

    def close(self) -> None:
        """End everything."""
        self.host.close()
        self.net.close()

    def clear(self, cf: str, load: float = 0, disk: int = 0, known_as: str = SENDER) -> None:
        """Ready for a case: an empty queue on a disk of so many blocks (0: any), a configuration, a load, a name."""
        self.peers.close_all()
        self.end_daemon()
        for address in list(self._diverted):
            self.route(address, "up")
        fresh = "rm -rf mqueue inbox aliases.db; mkdir -m 700 mqueue; mkdir -m 777 inbox"
        fresh += "; : > statistics; : > aliases; chmod 644 aliases"
        mount = f"; mount -t tmpfs -o size={disk * BLOCK},mode=700 none mqueue" if disk else ""
        self.host.run("sh", "-c", f"cd {SPOOL}; umount mqueue 2>/dev/null; {fresh}{mount}")
        short = known_as.partition(".")[0]
        self.host.run("hostname", SENDER if known_as == SENDER else short)
        self.host.path(f"{SPOOL}/hosts").write_text(HOSTS.format(names=f"{known_as} {short}"))
        self.host.path(f"{SPOOL}/loadavg").write_text(f"{load:.2f} 0.00 0.00 1/100 1\n")
        self.host.path(f"{SPOOL}/sendmail.cf").write_text(cf)
        self._stale = ""
        self.watch.take()
        self.log.take()

    def furnish(self, mc: Mc) -> None:
        """Give the host its maps and class files."""
        self.host.run("find", ETC_MAIL, "-type", "f", "!", "-name", "helpfile", "-delete")
        for name, text in {**mc.maps, **mc.files}.items():
            self.host.path(f"{ETC_MAIL}/{name}").write_text(text)
        if mc.maps and mc.kind != "text":
            makes = "; ".join(f"makemap -C {SPOOL}/sendmail.cf {mc.kind} {name} < {name}" for name in mc.maps)
            self.host.run("sh", "-c", f"cd {ETC_MAIL}; {makes}")

    def house(self, household: Household) -> None:
        """Give the host its users, files, aliases and delivery agent."""
        self._stale = household.stale
        base = self.host.path(f"{SPOOL}/passwd.base")
        passwd = self.host.path(f"{SPOOL}/passwd")
        if not base.exists():
            base.write_text(passwd.read_text())
        lines = [
            f"{user}:x:{1100 + n}:{1100 + n}::{HOMES}/{user}:{household.shell(user)}\n"
            for n, user in enumerate(household.users)
        ]
        passwd.write_text(base.read_text() + "".join(lines))
        owners = {"root": 0} | {user: 1100 + n for n, user in enumerate(household.users)}
        self.host.run("sh", "-c", f"rm -rf {HOMES} {SPOOL}/lists; mkdir -m 755 {HOMES} {SPOOL}/lists")
        homes = [File(f"{HOMES}/{user}", None, user, 0o755) for user in household.users]
        for file in (*homes, *household.files):
            path = self.host.path(file.path)
            if file.text is None:
                path.mkdir(exist_ok=True)
            else:
                path.write_text(file.text)
            path.chmod(file.mode)
            os.chown(path, owners[file.owner], owners[file.owner])
        self.host.path(f"{SPOOL}/aliases").write_text(household.aliases)
        self.host.run(SENDMAIL, "-C", f"{SPOOL}/sendmail.cf", "-bi")
        if household.agent is not None:
            agent = self.host.path(f"{SPOOL}/agent")
            text = PROGRAM.format(fails=household.agent.fails_for, status=household.agent.status, inbox=INBOX)
            agent.write_text(text)
            agent.chmod(0o755)

    def sendmail(self, *arguments: str) -> list[str]:
        """The command line of a sendmail with the case's configuration."""
        arguments = ("-C", f"{SPOOL}/sendmail.cf", *arguments)
        if self._stale:
            return stale.command(self.host, self._stale, *arguments)
        return self.host.command(SENDMAIL, *arguments)

    def typed(self, line: str, stdin: str, user: str) -> tuple[str, int]:
        """What a command prints and its exit status, the names of sendmail and the files of the case put in.

        Another user than root calls a sendmail that is set-uid root, as it was installed until 8.12, and finds the
        case's configuration where it stands by default: with one of one's own it would give its privileges up.
        """
        name, *arguments = shlex.split(line)
        mode = SENDMAIL_MODES.get(name, [])
        if name == "mailstats":
            command = self.host.command(
                MAILSTATS, "-C", f"{SPOOL}/sendmail.cf", "-f", f"{SPOOL}/statistics", *arguments
            )
        elif user == "root":
            command = self.sendmail(*mode, *arguments)
        else:
            self.host.run("sh", "-c", AS_A_USER)
            command = self.host.command("setpriv", *NOBODY, f"{SPOOL}/setuid", *mode, *arguments)
        done = subprocess.run(command, input=stdin, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True,
                              timeout=PATIENCE, check=False)  # fmt: skip
        # Debian's mailstats shows those of its other queue first
        return done.stdout.rpartition("MTA statistics...\n")[2], done.returncode

    def start_daemon(self) -> None:
        """Have the daemon listen, or refuse to, if it does not yet."""
        if self._daemon is not None:
            return
        self._daemon = subprocess.Popen(
            self.sendmail("-bD"), stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
        )
        end = time.monotonic() + PATIENCE
        while not self._daemons():
            if time.monotonic() > end:
                raise RuntimeError("the daemon does not begin")
            time.sleep(0.005)

    def end_daemon(self) -> None:
        """End the daemon, if there is one."""
        if self._daemon is not None:
            for number in self._daemons():
                self.host.run("kill", number)
            self._daemon.wait(PATIENCE)
        self._daemon = None

    def end_all(self) -> None:
        """End all processes on the host but its first."""
        for number in self._processes():
            if number != "1":
                self.host.run("kill", "-9", number)

    def _daemons(self) -> list[str]:
        """The daemon by its number inside, once it has made up its mind whether to listen."""
        return [
            number for number in self._processes() if re.match(r"sendmail: (accept|reject)ing", self._title(number))
        ]

    def _processes(self) -> list[str]:
        return [name for name in os.listdir(self.host.path("/proc")) if name.isdigit()]

    def _title(self, number: str) -> str:
        try:
            return self.host.path(f"/proc/{number}/cmdline").read_text(errors="replace")
        except OSError:  # it has just ended
            return ""

    def wait_for_children(self) -> None:
        """Wait until no process is at work on the host but its first (which lets the dead lie about) and the daemon."""
        end = time.monotonic() + PATIENCE
        while not self._at_rest():
            if time.monotonic() > end:
                raise RuntimeError(
                    f"a sendmail does not end:\n{self.host.run('ps', 'axf', '-o', 'pid,stat,etime,wchan,args')}"
                )
            time.sleep(0.005)

    def _at_rest(self) -> bool:
        """Nothing works, and nothing was forked while we looked: a child that its parent has left counts."""
        seen = self._processes()
        at_work = any(self._works(name) for name in seen if name not in ("1", *self._daemons()))
        return not at_work and self._processes() == seen

    def _works(self, number: str) -> bool:
        try:
            state = self.host.path(f"/proc/{number}/stat").read_text().rpartition(")")[2].split()[0]
        except OSError:  # it has just ended
            return False
        return state != "Z"

    @contextmanager
    def port_113(self, ident: str) -> Iterator[None]:
        """What the daemon finds at the Ident port of whoever visits it (see ``case.Visit``)."""
        reject = {"drop": "drop", "reset": "reject with tcp reset", "closed": ""}
        if ident in reject or ident.endswith(("unreachable", "prohibited")):
            rule = reject.get(ident, f"reject with icmp type {ident}")
            self._filter(f"tcp dport 113 {rule}" if rule else "")
            try:
                yield
            finally:
                self._filter("")
            return
        with self.net.network():
            listening = socket.create_server((CLIENT_ADDRESS, 113))
        with listening:
            threading.Thread(target=_answer_ident, args=(listening, ident), daemon=True).start()
            yield
            listening.shutdown(socket.SHUT_RDWR)  # nobody may have asked

    def _filter(self, rule: str) -> None:
        rules = "add table ip ident\nflush table ip ident\n"
        if rule:
            rules += f"add chain ip ident in {{ type filter hook input priority 0; }}\nadd rule ip ident in {rule}\n"
        self.net.feed(["nft", "-f", "-"], rules)

    def route(self, address: str, state: str) -> None:
        """What becomes of packets to an address: ``up``, ``dark`` or ``unreachable``."""
        was = self._diverted.pop(address, "up")
        if was == "dark":
            self.net.ip([f"route del blackhole {address} table local"])
        elif was == "unreachable":
            self.host.ip([f"route del unreachable {address}"])
        if state == "dark":
            self.net.ip([f"route add blackhole {address} table local"])
        elif state == "unreachable":
            self.host.ip([f"route add unreachable {address}"])
        if state != "up":
            self._diverted[address] = state


def _answer_ident(listening: socket.socket, user: str) -> None:
    """Answer one query with a user, or keep silent."""
    with suppress(OSError):  # closed in the meantime
        asked, _ = listening.accept()
        with asked:
            query = asked.recv(1000).decode().strip()
            if user != "silent":
                asked.sendall(f"{query} : USERID : UNIX : {user}\r\n".encode())
            asked.recv(1000)  # until the other side hangs up


class Log:
    """Takes what goes to /dev/log."""

    def __init__(self, path: Path) -> None:
        self._socket = socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM)
        self._path = str(path)
        self._marked = threading.Event()
        self._socket.bind(self._path)
        os.chmod(path, 0o666)
        self._lines: list[str] = []
        threading.Thread(target=self._listen, daemon=True).start()

    def take(self) -> list[str]:
        """The lines since the last time, without priority, time and program."""
        with socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as own:
            own.sendto(MARK, self._path)
        if not self._marked.wait(PATIENCE):
            raise RuntimeError("the log does not get through")
        self._marked.clear()
        lines, self._lines = self._lines, []
        return lines

    def _listen(self) -> None:
        while True:
            line = self._socket.recv(65536)
            if line == MARK:
                self._marked.set()
            else:
                self._lines.append(re.sub(r"^<\d+>.*?\w+\[\d+\]: ", "", line.decode("utf-8", "replace")))

"""The real ``sendmail -bt`` on a host of its own, with the names, maps and users of ``data``."""

import shutil
import socket
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from tests.against_sendmail.name_server import NameServer
from tests.against_sendmail.namespace import PATIENCE, Namespace

DATA = Path(__file__).parent / "data"
HOST, ADDRESS = "mail.here.example", "127.0.0.2"
USERS = ("taro", "hana", "postmaster", "cyrus", "mailnull", "smtrust")
M4 = "/usr/share/sendmail/cf"
SET_UP = f"""
mount -t tmpfs none /mnt
cd /mnt
echo nameserver 127.0.0.1 > resolv.conf
echo options timeout:1 attempts:1 >> resolv.conf
printf '127.0.0.1 localhost\\n{ADDRESS} {HOST} mail\\n' > hosts
printf 'passwd: files\\ngroup: files\\nhosts: files dns\\n' > nsswitch.conf
cp /etc/passwd passwd
for user in {" ".join(USERS)}; do echo $user:x:1000:1000::/:/bin/sh >> passwd; done
for file in resolv.conf hosts nsswitch.conf passwd; do mount --bind $file /etc/$file; done
hostname {HOST}
cp -r /etc/mail mail 2>/dev/null || mkdir mail
rm -rf mail/*
cp {DATA}/mail/* mail
: > mail/trusted-users
: > mail/canonify-domains
cd mail
for map in access domaintable genericstable mailertable virtusertable; do makemap hash $map.db < $map; done
mkdir -p /etc/mail
mount --bind /mnt/mail /etc/mail
"""


class RealTestMode:
    """``sendmail -bt`` on the host; ``made`` is where a cf is put."""

    def __init__(self, host: Namespace) -> None:
        self._host = host

    def __call__(self, cf: bytes, typed: str, *arguments: str) -> str:
        """What it prints for what is typed."""
        self._host.path("/mnt/test.cf").write_bytes(cf)
        command = self._host.command("sendmail", "-bt", "-C/mnt/test.cf", *arguments)
        done = subprocess.run(
            command, input=typed.encode("latin-1"), stdout=subprocess.PIPE, stderr=subprocess.STDOUT, timeout=PATIENCE
        )
        return done.stdout.decode("latin-1")


@contextmanager
def real_test_mode() -> Iterator[RealTestMode]:
    """A host of its own, as long as it is needed."""
    with Namespace(SET_UP) as host:
        host.ip(["link set lo up", *(f"addr add 127.0.0.{n}/8 dev lo" for n in ())])
        with host.network():
            questions = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
            questions.bind(("127.0.0.1", 53))
        NameServer(questions).load(zone(), origin=".")
        yield RealTestMode(host)


def zone() -> str:
    """The zone in which they live."""
    return (DATA / "zone.txt").read_text()


def configuration(path: Path, more: str = "") -> bytes:
    """The sendmail.cf that m4 makes of an .mc file, and lines behind it."""
    command = ["m4", f"-D_CF_DIR_={M4}/", f"{M4}/m4/cf.m4", str(path)]
    done = subprocess.run(command, capture_output=True, cwd=path.parent, timeout=PATIENCE)
    return done.stdout + more.encode()


def is_possible() -> bool:
    """Whether the real one and its m4 files are here."""
    return all(shutil.which(one) for one in ("sendmail", "unshare", "m4")) and Path(M4).is_dir()

"""Namespaces that nothing survives: a network, a mount table, processes and a host name of their own.

A namespace has no name and no entry anywhere: it lives as long as its first process, which waits on a pipe from here.
When this process ends, however it ends, the pipe closes, that first process goes, the kernel kills all others in there,
and mounts, interfaces and files go with them.
"""

import ctypes
import os
import subprocess
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from types import TracebackType

PATIENCE = 60  # seconds that any one program in a namespace may take
_CLONE_NEWNET = 0x40000000
_libc = ctypes.CDLL(None, use_errno=True)


class Namespace:
    """A machine, as far as its programs can tell.

    ``set_up`` is a shell script that is run in it first; what it mounts is seen in here only.
    """

    def __init__(self, set_up: str) -> None:
        spaces = ["--net", "--mount", "--uts", "--pid", "--fork", "--kill-child", "--mount-proc"]
        self._first = subprocess.Popen(
            ["unshare", *spaces, "sh", "-c", f"set -e\n{set_up}\necho ready\nexec cat >/dev/null"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
        )
        assert self._first.stdout is not None  # a pipe was asked for
        if self._first.stdout.readline() != b"ready\n":
            self.close()
            raise RuntimeError(f"a namespace could not be set up:\n{set_up}")
        self._spaces = f"/proc/{self._first.pid}/ns"
        self.children = f"{self._spaces}/pid_for_children"

    def __enter__(self) -> "Namespace":
        return self

    def __exit__(self, kind: type[BaseException] | None, problem: BaseException | None, where: TracebackType | None):
        self.close()

    @property
    def pid(self) -> int:
        """A process that is in the network and mount namespace (not in that of processes)."""
        return self._first.pid

    def close(self) -> None:
        """End everything in it, and it."""
        assert self._first.stdin is not None and self._first.stdout is not None  # pipes were asked for
        self._first.stdin.close()
        self._first.wait(PATIENCE)
        self._first.stdout.close()

    def path(self, inside: str) -> Path:
        """Where a path inside is found from outside."""
        return Path(f"/proc/{self.pid}/root{inside}")

    def command(self, *words: str) -> list[str]:
        """The command line that runs a program inside."""
        spaces = [f"--{kind}={self._spaces}/{kind}" for kind in ("net", "mnt", "uts")]
        return ["nsenter", *(s.replace("--mnt", "--mount") for s in spaces), f"--pid={self.children}", "--", *words]

    def run(self, *words: str) -> str:
        """Run a program inside to its end; gives its standard output."""
        done = subprocess.run(self.command(*words), capture_output=True, text=True, timeout=PATIENCE, check=False)
        return done.stdout

    def ip(self, lines: Sequence[str]) -> None:
        """Give commands to iproute2 in the network of the namespace, with the processes of outside."""
        self.feed(["ip", "-batch", "-"], "\n".join(lines))

    def feed(self, program: Sequence[str], text: str) -> None:
        """Run a program in the network of the namespace and give it ``text`` to read."""
        command = ["nsenter", f"--net={self._spaces}/net", *program]
        subprocess.run(command, input=text, text=True, check=True, timeout=PATIENCE)

    @contextmanager
    def network(self) -> Iterator[None]:
        """The calling thread is in the network of the namespace: sockets made now stay there for good."""
        with open("/proc/thread-self/ns/net") as home, open(f"{self._spaces}/net") as away:
            _enter(away.fileno())
            try:
                yield
            finally:
                _enter(home.fileno())


def _enter(network: int) -> None:
    if _libc.setns(network, _CLONE_NEWNET) != 0:
        raise OSError(ctypes.get_errno(), os.strerror(ctypes.get_errno()))

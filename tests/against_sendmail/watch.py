"""Who tried to open a TCP connection to whom, seen on the wire."""

import socket
import struct
import threading
import time
from dataclasses import dataclass

ETH_P_IP = 0x0800
TCP, UDP, SYN, ACK = 6, 17, 0x02, 0x10
MARK = b"all seen so far"
DISCARD = 9  # a port where nobody listens
PATIENCE = 10  # seconds


@dataclass(frozen=True)
class Attempt:
    """The first packet of a TCP connect; repetitions are left out."""

    at: float  # seconds since 1970
    client_port: int
    server: str
    port: int


class Watch:
    """Looks at the packets that reach a network, from a thread.

    ``wire`` is an AF_PACKET socket there, ``marker`` a UDP socket on the other side and ``goal`` an address that it
    reaches by that wire: a packet of its own, once it is seen, tells that all before it were.
    """

    def __init__(self, wire: socket.socket, marker: socket.socket, goal: str) -> None:
        self._wire = wire
        self._marker = marker
        self._goal = goal
        self._marked = threading.Event()
        self._seen: dict[tuple[int, str, int], Attempt] = {}  # client port, server and sequence number
        threading.Thread(target=self._look, daemon=True).start()

    def take(self) -> list[Attempt]:
        """The attempts since the last time, in order."""
        self._marked.clear()
        self._marker.sendto(MARK, (self._goal, DISCARD))
        if not self._marked.wait(PATIENCE):
            raise RuntimeError("the watch on the wire sees nothing")
        seen, self._seen = self._seen, {}
        return list(seen.values())

    def _look(self) -> None:
        while packet := self._packet():
            if packet[9] == UDP and packet.endswith(MARK):
                self._marked.set()
            if packet[9] != TCP or len(packet) < 40:
                continue
            tcp = packet[(packet[0] & 15) * 4 :]
            client_port, port, number = struct.unpack("!HHI", tcp[:8])
            if tcp[13] & (SYN | ACK) == SYN:
                server = socket.inet_ntoa(packet[16:20])
                self._seen.setdefault((client_port, server, number), Attempt(time.time(), client_port, server, port))

    def _packet(self) -> bytes:
        try:
            return self._wire.recv(256)
        except OSError:  # the network is gone
            return b""

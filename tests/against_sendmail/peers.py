"""Receiving hosts over real sockets: our own odd servers, and what they were told."""

import asyncio
import socket
import threading
from collections import Counter
from collections.abc import Callable, Coroutine
from contextlib import AbstractContextManager, suppress
from dataclasses import dataclass, field
from typing import Any

from simlib.smtp import Command, OddServer, Quirks, Rcpt, Receiver, Reply, ServerChannel, ServerSettings

PATIENCE = 30  # seconds that a session may wait for its client


@dataclass
class Dialogue:
    """What one client said on one connection."""

    host: str
    client: tuple[str, int]  # address and port
    said: list[str] = field(default_factory=list)


@dataclass
class Heard:
    """What the peers have seen since the last look."""

    dialogues: list[Dialogue] = field(default_factory=list)
    deliveries: list[tuple[str, str]] = field(default_factory=list)  # host and subject, a recipient each
    contents: list[tuple[str, bytes]] = field(default_factory=list)  # host and what it was sent, a message each
    most: Counter[str] = field(default_factory=Counter)  # connections to a host at one time


class Peers:
    """All receiving hosts of a case, in one thread. ``network`` is where their sockets are made."""

    def __init__(self, network: Callable[[], AbstractContextManager[None]]) -> None:
        self._network = network
        self._loop = asyncio.new_event_loop()
        self._listening: dict[str, asyncio.Server] = {}
        self._now: Counter[str] = Counter()
        self._sessions: set[asyncio.Task[None]] = set()
        self.heard = Heard()
        threading.Thread(target=self._loop.run_forever, daemon=True).start()

    def open(self, host: str, address: str, quirks: Quirks) -> None:
        """Open port 25 of a host."""
        with self._network():
            listening = socket.create_server((address, 25), backlog=64)
        listening.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, True)  # for what is accepted, too

        async def start() -> None:
            async def serve(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
                await self._serve(host, quirks, reader, writer)

            self._listening[host] = await asyncio.start_server(serve, sock=listening)

        self._do(start())

    def close(self, host: str) -> None:
        """Close it, if it is open; sessions go on."""

        async def stop() -> None:
            if host in self._listening:
                self._listening.pop(host).close()

        self._do(stop())

    def close_all(self) -> None:
        """The end of a case: no port is open, and no session goes on."""
        for host in list(self._listening):
            self.close(host)

        async def end() -> None:
            for session in self._sessions:
                session.cancel()
            await asyncio.gather(*self._sessions, return_exceptions=True)
            self._now.clear()

        self._do(end())
        self.take()

    def take(self) -> Heard:
        """What was heard since the last time, after the clients have gone."""

        async def finished() -> Heard:
            open_sessions = [session for session in self._sessions if not session.done()]
            if open_sessions:
                await asyncio.wait(open_sessions, timeout=1)
            heard, self.heard = self.heard, Heard()
            return heard

        return self._do(finished())

    def _do(self, work: Coroutine[Any, Any, Any]) -> Any:
        return asyncio.run_coroutine_threadsafe(work, self._loop).result(PATIENCE)

    async def _serve(
        self, host: str, quirks: Quirks, reader: asyncio.StreamReader, writer: asyncio.StreamWriter
    ) -> None:
        task = asyncio.current_task()
        assert task is not None  # asyncio runs this as one
        self._sessions.add(task)
        task.add_done_callback(self._sessions.discard)
        dialogue = Dialogue(host, writer.get_extra_info("peername"))
        self.heard.dialogues.append(dialogue)
        self._now[host] += 1
        self.heard.most[host] = max(self.heard.most[host], self._now[host])
        server = _Listener(quirks, ServerSettings(host), _Mailbox(host, self.heard), dialogue)
        try:
            with suppress(ConnectionError, TimeoutError):
                await _converse(ServerChannel(server), server, reader, writer)
        finally:  # a session that is cancelled leaves no client waiting
            self._now[host] -= 1
            writer.close()


async def _converse(
    channel: ServerChannel, server: OddServer, reader: asyncio.StreamReader, writer: asyncio.StreamWriter
) -> None:
    """Line by line, so that each answer takes the time that the quirks give it."""
    said = channel.open()
    while True:
        if said:
            await asyncio.sleep(server.delay)
            writer.write(said)
            await writer.drain()
        if channel.closed:
            return
        line = await asyncio.wait_for(reader.readline(), PATIENCE)
        if not line:
            return
        said = channel.receive(line)


class _Listener(OddServer):
    """An odd server that writes down what it is told."""

    def __init__(self, quirks: Quirks, settings: ServerSettings, receiver: Receiver, dialogue: Dialogue) -> None:
        super().__init__(quirks, settings, receiver)
        self._said = dialogue.said

    def command(self, command: Command) -> Reply:
        self._said.append(str(command))
        return super().command(command)

    def message(self, content: object) -> Reply:
        self._said.append(".")
        return super().message(content)


class _Mailbox(Receiver):
    def __init__(self, host: str, heard: Heard) -> None:
        self._host = host
        self._heard = heard
        self._recipients = 0

    def rcpt(self, rcpt: Rcpt) -> Reply | None:
        self._recipients += 1
        return None

    def accept(self, content: object) -> Reply | None:
        assert isinstance(content, bytes)  # a channel brings nothing else
        self._heard.deliveries += [(self._host, subject(content))] * self._recipients
        self._heard.contents.append((self._host, content.replace(b"\r\n", b"\n")))
        self._recipients = 0
        return None

    def reset(self) -> None:
        self._recipients = 0


def subject(content: bytes) -> str:
    """The Subject of a message."""
    head = content.partition(b"\n\n")[0].decode("utf-8", "replace")
    return next((line[9:].strip() for line in head.splitlines() if line.lower().startswith("subject: ")), "")

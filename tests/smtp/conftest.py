"""What the tests of this room share: an asyncio shell round the server, and ways to drive the client."""

import asyncio
import socket
import threading
from collections.abc import Callable, Generator, Iterator
from typing import Any

import pytest

from simlib.smtp import ClientChannel, OddServer, Quirks, Reply, Server, ServerChannel, ServerSettings, Step, timed_out

PATIENCE = 10  # seconds that anything here may take


class Listener:
    """Our server on a real loopback socket; each connection gets a server of its own."""

    def __init__(self, make: Callable[[str], Server], address: str = "127.0.0.1") -> None:
        self._make = make
        self._address = address
        self._loop = asyncio.new_event_loop()
        self._ready = threading.Event()
        self._thread = threading.Thread(target=self._run, daemon=True)
        self._sessions: list[asyncio.Task[None]] = []
        self.port = 0
        self.heard: list[bytearray] = []  # what each client sent

    def start(self) -> None:
        self._thread.start()
        assert self._ready.wait(PATIENCE)

    def settle(self) -> None:
        """Wait until all sessions are over."""

        async def all_sessions() -> None:
            await asyncio.gather(*self._sessions)

        asyncio.run_coroutine_threadsafe(all_sessions(), self._loop).result(PATIENCE)

    def stop(self) -> None:
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join(PATIENCE)
        self._loop.close()

    def _run(self) -> None:
        asyncio.set_event_loop(self._loop)
        server = self._loop.run_until_complete(asyncio.start_server(self._serve, self._address, 0))
        self.port = server.sockets[0].getsockname()[1]
        self._ready.set()
        self._loop.run_forever()
        server.close()
        for task in asyncio.all_tasks(self._loop):
            task.cancel()
        self._loop.run_until_complete(asyncio.sleep(0))

    async def _serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        task = asyncio.current_task()
        assert task is not None  # asyncio runs this as one
        self._sessions.append(task)
        self.heard.append(bytearray())
        heard = self.heard[-1]
        channel = ServerChannel(self._make(f"[{writer.get_extra_info('peername')[0]}]"))
        writer.write(channel.open())
        while not channel.closed:
            await writer.drain()
            data = await asyncio.wait_for(reader.read(4096), PATIENCE)
            if not data:
                channel.server.lose()
            heard += data
            writer.write(channel.receive(data))
        writer.close()


@pytest.fixture
def listening() -> Iterator[Callable[..., Listener]]:
    """``listening(settings, receiver, quirks)``: our server on a free port, for as long as the test lasts."""
    started: list[Listener] = []

    def listen(
        settings: ServerSettings | None = None, receiver: Any = None, quirks: Quirks | None = None, **options: Any
    ) -> Listener:
        settings = settings or ServerSettings("mx.test")

        def make(client: str) -> Server:
            return OddServer(quirks, settings, receiver, client) if quirks else Server(settings, receiver, client)

        listener = Listener(make, **options)
        listener.start()
        started.append(listener)
        return listener

    yield listen
    for listener in started:
        listener.stop()


class Converser:
    """Plays a client's steps against a server in memory, and notes what was sent and said."""

    def __init__(self, server: Server) -> None:
        self.server = server
        self.sent: list[str] = []
        self.steps: list[Step] = []
        self.phases: list[str] = []

    def play(self, steps: Generator[Step, tuple[Reply, ...], Any], content: object = b"hello\r\n") -> Any:
        try:
            step = next(steps)
            while True:
                step = steps.send(self._exchange(step, content))
        except StopIteration as stop:
            return stop.value

    def _exchange(self, step: Step, content: object) -> tuple[Reply, ...]:
        self.steps.append(step)
        self.phases.append(step.phase)
        self.sent += [str(command) for command in step.commands]
        if step.content:
            self.sent.append("(empty)" if step.empty else "(message)")
            return (self.server.message(b"" if step.empty else content),)
        if not step.commands:
            return (self.server.greet(),)
        return tuple(self.server.command(command) for command in step.commands)

    @property
    def verbs(self) -> str:
        return " ".join(line.partition(" ")[0] for line in self.sent)


@pytest.fixture
def converse() -> Callable[[Server], Converser]:
    return Converser


class Caller:
    """Plays a client's steps over a real socket."""

    def __init__(self, port: int, patience: float) -> None:
        self.socket = socket.create_connection(("127.0.0.1", port), patience)
        self.channel = ClientChannel("mx.test")
        self.sent = b""

    def play(self, steps: Generator[Step, tuple[Reply, ...], Any], content: bytes = b"") -> Any:
        try:
            step = next(steps)
            while True:
                step = steps.send(self._exchange(step, content))
        except StopIteration as stop:
            return stop.value

    def _exchange(self, step: Step, content: bytes) -> tuple[Reply, ...]:
        written = self.channel.send(step, content)
        self.sent += written
        replies = None
        try:
            self.socket.sendall(written)
            data = b""
            while (replies := self.channel.receive(data)) is None:
                data = self.socket.recv(4096)
                if not data:
                    return self.channel.end()
        except TimeoutError:
            return self.channel.end(timed_out("mx.test"))
        except ConnectionError:
            return self.channel.end()
        return replies


@pytest.fixture
def calling() -> Iterator[Callable[..., Caller]]:
    """``calling(port)``: our client's end of a connection to that port; it waits ``patience`` seconds for a reply."""
    callers: list[Caller] = []

    def call(port: int, patience: float = PATIENCE) -> Caller:
        callers.append(Caller(port, patience))
        return callers[-1]

    yield call
    for caller in callers:
        caller.socket.close()

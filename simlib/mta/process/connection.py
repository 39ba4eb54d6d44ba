"""One SMTP connection of a delivering process, in simulated time."""

from collections.abc import Generator
from typing import TypeVar

import simpy

from simlib.mta.policy.settings import Settings
from simlib.mta.process.dial import Accepted
from simlib.mta.process.far_end import Content
from simlib.site.steps import Steps
from simlib.smtp import client
from simlib.smtp.client import Session, Step
from simlib.smtp.commands import Command
from simlib.smtp.phases import Phase
from simlib.smtp.replies import NoReply, Reply, is_silence, lost, timed_out
from simlib.smtp.server import State

T = TypeVar("T")
Replies = tuple[Reply, ...]


class Connection:
    """A connection from its accepted TCP connect to its close.

    The SMTP client's steps (``simlib.smtp.client``) are played against the far end's server, and each step costs the
    clock a round trip, what the far end dawdles, and for the message its length on the line. ``line_by_line``: the
    client is one that takes each line for a whole reply.
    """

    def __init__(
        self,
        env: simpy.Environment,
        settings: Settings,
        accepted: Accepted,
        session: Session,
        line_by_line: bool = False,
        most: int = 0,
    ) -> None:
        self.env = env
        self.settings = settings
        self.path, self.far_end, self.record = accepted
        self.session = session
        self.last_use = int(env.now)
        self.transactions, self.most = 0, most
        self._breaks = self.path.breaks()
        self._unread: list[Reply] | None = [] if line_by_line else None
        self.record.lines_taken = 0 if line_by_line else None
        self._content: Content | None = None
        self.refused_at_mail = False  # the last time
        self.silent_during = ""  # what it waited for when it gave up: ``EHLO``, ``DATA status``

    @property
    def is_open(self) -> bool:
        """Whether it can still be used, as far as the client knows."""
        return self.record.closed is None

    @property
    def used_up(self) -> bool:
        """Whether as many messages have gone over it as its mailer allows (``m=``)."""
        return 0 < self.most <= self.transactions

    def hello(self) -> Steps[client.Failure | None]:
        """Await the greeting and say EHLO."""
        return (yield from self._play(client.hello(self.session)))

    def probe(self) -> Steps[bool]:
        """RSET, before a kept connection is used again."""
        self.record.resets += 1
        answered = yield from self._play(client.probe(self.session))
        if self.silent_during:
            self.silent_during = "probe"
        return answered

    def transaction(self, steps: Generator[Step, Replies, T], content: Content) -> Steps[T]:
        """Send one message."""
        self._content = content
        self.transactions += 1
        return (yield from self._play(steps))

    def etrn(self, node: str) -> Steps[Reply]:
        """ETRN: have the far end run its queue for ``node``."""
        return (yield from self._play(client.etrn(self.session, node)))

    def quit(self) -> Steps[None]:
        """QUIT and close."""
        if self.is_open:
            yield from self._play(client.quit(self.session))
            self.close()

    def close(self) -> None:
        """Close without a word; what the end of a process does, too."""
        if self.is_open:
            self.record.closed = self.env.now
            self.session.open = False
            self.far_end.close()

    def _play(self, steps: Generator[Step, Replies, T]) -> Steps[T]:
        try:
            step = next(steps)
            while True:
                if self.session.terminal is not None:
                    self.session.sends(step)
                replies = yield from self._exchange(step)
                self.last_use = int(self.env.now)
                step = steps.send(replies)
        except StopIteration as stop:
            return stop.value  # type: ignore[no-any-return]  # the generator's own T

    def _exchange(self, step: Step) -> Steps[Replies]:
        """One step: over the line, the far end's doing, and back."""
        env, server, phases = self.env, self.far_end.server, self.settings.phases
        deadline = env.now + phases[Phase.DATABLOCK if step.content else step.phase]
        self.record.begins.append(len(self.record.said))
        if step.commands:
            yield env.timeout(self.path.round_trip)
        elif step.content:
            yield from self._send_content(step)
        elif self.far_end.ready is None:
            yield env.timeout(self.path.latency)
        elif not (yield from self._greeting_comes(self.far_end.ready, deadline)):
            never = lost if self.far_end.ready.triggered else timed_out
            return self._gone(never(self.session.host), step)
        if self.path.breaks() != self._breaks:
            return (yield from self._broken(step, deadline))
        replies: list[Reply] = []
        for n, command in enumerate(step.commands or (None,)):
            reply = self._ask(step, command)
            if step.content or server.delay > 0 or server.silent:
                patience = phases[step.wait(n)]
                deadline = env.now + patience
                yield from self._held_back(deadline, step)
                if not isinstance(reply, NoReply):
                    self.record.heard[-1] = env.now
                if self.path.breaks() != self._breaks:
                    return (yield from self._broken(step, deadline))
                if server.delay > patience:
                    reply = timed_out(self.session.host)
            replies.append(reply)
            if command is None and not step.content:
                self.record.greeted = env.now
            if isinstance(reply, NoReply):
                self.record.said += step.commands[n + 1 :]
                return self._gone(reply, step, replies)
        if server.closed:
            self.close()
        return tuple(replies)

    def _greeting_comes(self, ready: simpy.Event, deadline: float) -> Steps[bool]:
        """Await the greeting of a far end that has to do something first; whether it comes at all."""
        yield ready | self.env.timeout(deadline - self.env.now)
        if not ready.triggered or self.far_end.aborted:
            return False
        yield self.env.timeout(self.path.latency)
        return True

    def _ask(self, step: Step, command: Command | None) -> Reply:
        """What the far end says to one command, to the message, or as its greeting."""
        server, said = self.far_end.server, self.record.said
        if command is not None:
            said.append(command)
            if server.state is State.DATA:
                return self._taken_for_text()
            reply = server.command(command)
        elif step.content:
            said.append(".")
            reply = server.message(self._content)
            self.record.messages += reply.positive
        else:
            reply = server.greet()
        if isinstance(reply, NoReply):
            return reply
        said.append(reply)
        self.record.heard.append(self.env.now)
        return reply if self._unread is None else self._first_unread(reply, self._unread)

    def _taken_for_text(self) -> Reply:
        """A command while the far end awaits a message is a line of that message to it, and it says nothing."""
        if self._unread:
            return self._next_unread(self._unread)
        self.far_end.server.silent = True
        return timed_out(self.session.host)

    def _first_unread(self, reply: Reply, unread: list[Reply]) -> Reply:
        """A client that takes each line for a whole reply falls behind with the first reply of two."""
        unread += (Reply(reply.code, line) for line in reply.lines)
        return self._next_unread(unread)

    def _next_unread(self, unread: list[Reply]) -> Reply:
        self.record.lines_taken = (self.record.lines_taken or 0) + 1
        return unread.pop(0)

    def _send_content(self, step: Step) -> Steps[None]:
        """The message on its way to the far end; the reply's way back is in :meth:`_held_back`."""
        assert self._content is not None  # only a transaction has such a step
        size = 0 if step.empty else self._content.size
        self.record.content += size
        yield self.env.timeout(self.path.latency + self.path.transfer(size))

    def _held_back(self, deadline: float, step: Step) -> Steps[None]:
        """What the far end takes to answer: quirks, silence, and a delivery that it does first."""
        server = self.far_end.server
        wait = server.delay
        if server.silent and not server.closed:
            wait = deadline - self.env.now
        if step.content:
            wait += self.path.latency
            pending, self.far_end.pending = self.far_end.pending, None
            if pending is not None:
                yield pending | self.env.timeout(deadline - self.env.now)
        if wait > 0:
            yield self.env.timeout(min(wait, max(deadline - self.env.now, 0)))

    def _broken(self, step: Step, deadline: float) -> Steps[Replies]:
        """Something on the path went down: wait for the time-out, or for the reset of a rebooted far end."""
        part = self.path.broken()
        reply = lost(self.session.host)
        if part is not None:
            back = part.back()
            yield back | self.env.timeout(max(deadline - self.env.now, 0))
            if not back.triggered:
                reply = timed_out(self.session.host)
        return self._gone(reply, step)

    def _gone(self, reply: NoReply, step: Step, before: list[Reply] | None = None) -> Replies:
        """The replies of a step whose connection is no more: those that came, and ``reply`` for all the others."""
        came = [said for said in before or () if said is not reply]
        if is_silence(reply):
            self.silent_during = _waited_for(step, len(came))
        self.close()
        return (*came, *[reply] * (step.replies - len(came)))


def _waited_for(step: Step, answered: int) -> str:
    """What the log calls that for which an answer was awaited [usersmtp.c, SmtpPhase]."""
    if step.content:
        return "DATA status"
    if not step.commands:
        return "greeting"
    verb = str(step.commands[min(answered, len(step.commands) - 1)]).partition(" ")[0]
    return "DATA 354" if verb == "DATA" else verb

"""Local delivery: the program of the mailer's P= is run with the mail, and its exit status decides (slide 01)."""

from collections.abc import Sequence
from functools import partial

from simlib.cf import Mailer
from simlib.language import phrase
from simlib.message.copy import Copy
from simlib.message.envelope import MAILER_DAEMON
from simlib.message.status import Exit
from simlib.mta.local.command_line import command_line
from simlib.mta.local.exit_status import exit_outcome, transcript_line
from simlib.mta.local.lmtp import Delivered, lmtp_dialogue, lmtp_outcome
from simlib.mta.local.mailbox import Done, Letter, Mailbox
from simlib.mta.local.programs import run_command, write_file
from simlib.mta.policy.conversion import EIGHT, as_sent, gate_out
from simlib.mta.policy.outcome import Outcome
from simlib.mta.policy.queue_entry import Outcomes, QueueEntry, Recipient
from simlib.mta.policy.routing import FILE, PROGRAM
from simlib.mta.process.mime_header import shortened
from simlib.mta.process.process import SendmailProcess
from simlib.mta.process.written_out import WrittenOut
from simlib.site.host import Host
from simlib.site.programs import EX_OK, EX_TEMPFAIL, STOCK, Agent
from simlib.site.steps import Steps
from simlib.trace.places import MAILBOXES

AGENT_TIME = 0.02  # s that a local delivery agent runs
TMP = "/tmp"


def deliver_locally(
    process: SendmailProcess, entry: QueueEntry, mailer: Mailer, recipients: Sequence[Recipient], written: WrittenOut
) -> Steps[Outcomes]:
    """Give a message to the agent of a local mailer, to a command or to a file.

    On a host for which neither a user nor a disk for mailboxes nor an agent was named, the agent always succeeds.
    """
    host = process.mta.host
    process.mta.show(f"{','.join([one.shown for one in recipients])}... Connecting to {mailer.name}...")
    if mailer.name == FILE:
        return (yield from write_file(process, entry, recipients[0], written))
    if mailer.name == PROGRAM:
        return (yield from run_command(process, entry, mailer, recipients[0], written))
    if not looked_into(host, mailer):
        return (yield from _always(process, entry, mailer, recipients, written))
    program = host.program(mailer.path)
    error = yield from host.files.reach(mailer.path)
    if error or not isinstance(program, Agent):
        return [(recipient, _not_run(mailer)) for recipient in recipients]
    return (yield from _Run(process, entry, mailer, _as_called(program, mailer), recipients, written).run())


def looked_into(host: Host, mailer: Mailer) -> bool:
    """Whether mailboxes on this host are files that can be full or torn, because the world says so."""
    return host.users is not None or mailer.path in host.programs or host.files.disk(MAILBOXES) is not None


def _not_run(mailer: Mailer) -> Outcome:
    """The program is not there: mail waits for it, in today's sendmail (EX_OSERR)."""
    return exit_outcome(Exit.OSERR, mailer)


def _as_called(agent: Agent, mailer: Mailer) -> Agent:
    """procmail ends softly when it is called with -t."""
    if agent is STOCK["procmail"] and "-t" in mailer.argv.split():
        return Agent(agent.checks_writes, EX_TEMPFAIL, agent.uses_tmp, agent.lock, agent.seconds)
    return agent


def _always(
    process: SendmailProcess, entry: QueueEntry, mailer: Mailer, recipients: Sequence[Recipient], written: WrittenOut
) -> Steps[Outcomes]:
    """Simplified, for worlds that are about something else: it takes a moment and never fails."""
    yield process.env.timeout(AGENT_TIME)
    now, host, recorder = process.env.now, process.mta.name, process.mta.site.recorder
    sent = exit_outcome(EX_OK, mailer)
    arrived = _copy(process, entry, mailer, written)
    for recipient in recipients:
        recorder.arrive(now, host, _user(process, recipient), arrived, written.sender)
        recipient.account.deliver(now)
    sent = sent._replace(relay=_relay(process, recipients))
    return [(recipient, sent) for recipient in recipients]


class _Run:
    """One run of an agent, for one or (F=m) several recipients."""

    def __init__(
        self,
        process: SendmailProcess,
        entry: QueueEntry,
        mailer: Mailer,
        agent: Agent,
        recipients: Sequence[Recipient],
        written: WrittenOut,
    ) -> None:
        self.process = process
        self.entry = entry
        self.mailer = mailer
        self.agent = agent
        self.recipients = recipients
        self.written = written
        self.host = process.mta.host

    def run(self) -> Steps[Outcomes]:
        env, begun = self.process.env, self.process.env.now
        yield env.timeout(self.agent.seconds / 2)
        most, error = self._copy_to_tmp()
        ends: list[Done] = []
        try:
            for recipient in self.recipients:
                end = self._no_copy(recipient, error) if error else (yield from self._append(recipient, most))
                ends.append(end)
        finally:
            self._clear_tmp(most)
        lmtp = self.mailer.speaks_lmtp
        self._note(begun, None if lmtp else _together(ends))
        if lmtp:
            told = [Delivered(_user(self.process, one), end) for one, end in zip(self.recipients, ends, strict=True)]
            recorder, speak = self.process.mta.site.recorder, partial(lmtp_dialogue, self.process.mta.name)
            recorder.lmtp[len(recorder.agents)] = partial(speak, self.written.sender, told)
            outcomes = [lmtp_outcome(one, self.mailer) for one in told]
        else:
            outcome = exit_outcome(_together(ends), self.mailer)._replace(relay=_relay(self.process, self.recipients))
            outcomes = [outcome] * len(ends)
            if outcome.exit.permanent:
                shown = ",".join(recipient.shown for recipient in self.recipients)
                self.entry.transcribe(transcript_line(outcome, shown))
        return [
            (recipient, self._kept_or_lost(outcome, end))
            for recipient, outcome, end in zip(self.recipients, outcomes, ends, strict=True)
        ]

    def _append(self, recipient: Recipient, most: int) -> Steps[Done]:
        user, env, recorder = _user(self.process, recipient), self.process.env, self.process.mta.site.recorder
        copy = _copy(self.process, self.entry, self.mailer, self.written)
        letter = Letter(copy, recipient.account, self.written.sender, env.now)
        letter.measure(self.process.mta.site.clock)
        done = yield from Mailbox(self.process, self.agent, user).append(letter, most)
        if done.status == EX_OK and not done.lost:
            recorder.arrive(env.now, self.process.mta.name, user, letter.copy, self.written.sender)
        elif done.lost and not letter.spoiled:
            self._lose(user, "cut short in /tmp" if most < letter.length else done.words or "did not fit")
        return done

    def _no_copy(self, recipient: Recipient, error: str) -> Done:
        """The end of an agent without room for its copy in /tmp; one that says 0 all the same loses the mail."""
        lost = self.agent.on_full == EX_OK
        if lost:
            self._lose(_user(self.process, recipient), error)
        return Done(self.agent.on_full, error, lost=lost)

    def _lose(self, user: str, what: str) -> None:
        mta, now = self.process.mta, self.process.env.now
        mta.site.recorder.losses.add(
            time=now,
            host=mta.name,
            mailbox=user,
            message=self.entry.message.number,
            cause=phrase("{what}, unnoticed", what=phrase(what)),
        )

    def _copy_to_tmp(self) -> tuple[int, str]:
        """How many bytes of the message the agent has, and what is wrong if it has noticed."""
        size, disk = 2**62, self.host.files.disk(TMP)
        if disk is None or not self.agent.uses_tmp:
            return size, ""
        written, error = disk.grow("root", 0, self.entry.message.size, self.process.env.now)
        if not error:
            return size, ""
        if self.agent.checks_writes:
            disk.take("root", -disk.needed(written), self.process.env.now)
            return 0, "Temporary file write error"
        return written, ""

    def _clear_tmp(self, most: int) -> None:
        disk = self.host.files.disk(TMP)
        if disk is not None and self.agent.uses_tmp and most:
            disk.take("root", -disk.needed(min(most, self.entry.message.size)), self.process.env.now)

    def _kept_or_lost(self, outcome: Outcome, done: Done) -> Outcome:
        if not done.lost or outcome.exit != Exit.OK:
            return outcome
        return Outcome(outcome.exit, outcome.dsn, outcome.stat, outcome.mailer, outcome.relay, lost=True)

    def _note(self, begun: float, status: int | None) -> None:
        mta, now = self.process.mta, self.process.env.now
        users = [_user(self.process, recipient) for recipient in self.recipients]
        command = command_line(self.mailer, users, self.written.sender, "")
        number = self.entry.message.number
        mta.site.recorder.agents.add(
            time=begun,
            host=mta.name,
            command=command,
            message=number,
            recipients=len(users),
            status=status,
            seconds=now - begun,
        )


def _together(ends: Sequence[Done]) -> int:
    """The one status of a run for several: a temporary failure of one counts more than any other end."""
    bad = [end.status for end in ends if end.status != EX_OK]
    if not bad:
        return EX_OK
    return EX_TEMPFAIL if EX_TEMPFAIL in bad else bad[-1]


def _user(process: SendmailProcess, recipient: Recipient) -> str:
    """Whose mailbox it is; a mailer without flag u takes capitals in a user's name for small letters."""
    local, mailer = process.mta.local, process.mta.cf.mailers.get("local")
    name = local.account(process.mta.ways.of(recipient).user.removeprefix("\\"))
    return name if mailer is not None and mailer.keeps_case else name.lower()


def _relay(process: SendmailProcess, recipients: Sequence[Recipient]) -> str:
    """What the log has in the place of a host.

    One run for several (F=m) has that of the first, and they are sorted by it: none, if anybody has none.
    """
    return min(process.mta.ways.relay_here(recipient) for recipient in recipients)


def _copy(process: SendmailProcess, entry: QueueEntry, mailer: Mailer, written: WrittenOut) -> Copy:
    message = as_sent(entry, mailer, process.mta.settings, process.mta.name, (EIGHT,))
    how = gate_out(entry.message, message, mailer.flags)
    process.mta.site.recorder.form(process.env.now, process.mta.name, how, entry.message, message)
    return_path = (written.sender or MAILER_DAEMON) if mailer.wants_return_path else None
    return Copy(written.header(shortened(process, entry, message)), entry.received, return_path)

"""One attempt at one queue entry: deliver to everybody who is still waiting, write back, judge what is left."""

from collections import deque
from collections.abc import Sequence
from typing import NamedTuple

from simlib.message.copy import USUAL
from simlib.message.dsn import DELAYED, Told
from simlib.message.status import Exit
from simlib.mta.addresses.recipients import Expanded, expand_recipients
from simlib.mta.local.dead_letter import save_dead_letter, save_for_sender, saved_in
from simlib.mta.policy import log_lines, notices
from simlib.mta.policy.judgement import checkpoint_due, judge
from simlib.mta.policy.load_control import DELIVERY_SHARE
from simlib.mta.policy.outcome import DEFERRED, FAILED, SENT, Outcome
from simlib.mta.policy.queue_entry import Outcomes, QueueEntry, Recipient
from simlib.mta.policy.routing import is_held, no_way, waits_for_etrn
from simlib.mta.policy.settings import Mode
from simlib.mta.process.process import SendmailProcess
from simlib.mta.process.rules import learn
from simlib.mta.queue.intake import enqueue_notice
from simlib.mta.queue.together import Part, parts, set_aside, with_neighbours
from simlib.mta.sending.alike import alike
from simlib.mta.sending.delivery import deliver
from simlib.mta.sending.obstacles import Obstacle, too_many_hops
from simlib.mta.sending.records import log_outcome
from simlib.site.steps import Steps
from simlib.smtp.replies import Reply
from simlib.trace.spool import no_body
from simlib.units import in_words

TOO_LARGE = "5.2.3"  # an enhanced reply code


class Known(NamedTuple):
    """What is known of an entry before it is tried.

    ``is_expanded``: its recipients are those whom aliases and lists stand for. ``refused``: those to whom nothing can
    be delivered, with what the transcript says of them. ``typist``: who has typed it and waits for the end: what
    cannot be delivered is kept in his dead.letter.
    """

    is_expanded: bool = False
    refused: tuple[tuple[Recipient, Outcome], ...] = ()
    transcript: tuple[str, ...] = ()
    typist: str = ""


NOTHING = Known()


def attempt(
    process: SendmailProcess, entry: QueueEntry, from_queue: bool = False, known: Known = NOTHING
) -> Steps[None]:
    """Try to deliver ``entry``; nothing happens if another process is at it or it is gone.

    ``from_queue``: a queue run read it, which makes it the less urgent by RetryFactor.
    """
    if entry not in process.mta.queue:
        return
    if entry.locked:
        process.mta.show(f"{entry.qid}: locked")
        return
    process.entries.append(entry)
    if entry.lacks_body:
        process.mta.queue.lose_body(entry)
        process.log(log_lines.syserr(no_body(entry.qid), entry.qid))
    clones: list[QueueEntry] = []
    try:
        with entry.worked_on():
            clones = yield from _Attempt(process, entry, from_queue).run(known)
    finally:  # also when the process is ended
        process.entries.remove(entry)
        process.talks_to = ""
        if entry not in process.mta.queue:  # done with, or its files were removed meanwhile
            entry.lose(process.env.now)
    for clone in clones:
        yield from attempt(process, clone, from_queue, Known(is_expanded=True))


def tell_of(process: SendmailProcess, entry: QueueEntry, known: Known) -> Steps[None]:
    """Tell its sender of those to whom nothing can be delivered; nobody is tried."""
    with entry.worked_on():
        entry.transcribe(*known.transcript)
        not_tried = _Attempt(process, entry, from_queue=False)
        not_tried.unwritten = list(known.refused)
        not_tried.write()
        yield from not_tried.conclude()


def give_back(process: SendmailProcess, entry: QueueEntry, refusal: Reply) -> Steps[None]:
    """Return a message that was handed in here and is not taken (MaxMessageSize, MaxHeadersLength, EightBitMode)."""
    words, dsn = refusal.text, refusal.enhanced if refusal.enhanced == TOO_LARGE else "5.0.0"
    if refusal.enhanced == TOO_LARGE:
        entry.too_large, limit = True, process.mta.settings.max_message_size
        process.log(log_lines.of_message(entry.qid, log_lines.too_large(entry.message.size, limit)))
    for recipient in entry.recipients:
        recipient.outcome = Outcome(Exit.UNAVAILABLE, dsn, words, mailer="")
        process.log(log_lines.Refused(entry.qid, recipient.shown, entry.priority, words))
    with entry.worked_on():
        entry.transcribe(str(refusal))
        not_tried = _Attempt(process, entry, from_queue=False)
        not_tried.failed = list(entry.recipients)
        yield from not_tried.conclude()


class _Attempt:
    """Outcomes are in memory until they are written to the qf file: what a power cut finds unwritten is sent again."""

    def __init__(self, process: SendmailProcess, entry: QueueEntry, from_queue: bool) -> None:
        self.process = process
        self.mta = process.mta
        self.entry = entry
        self.from_queue = from_queue
        self.priority = entry.priority + (self.mta.settings.retry_factor if from_queue else 0)
        self.unwritten: Outcomes = []
        self.failed: list[Recipient] = []
        self.receipts: list[Told] = []
        self.receipts_by_header: list[notices.Notice] = []
        self.misconfigured = False
        self.remarked = False
        self.settled: set[Recipient] = set()  # their outcome is known without a delivery
        self.typist = ""

    def run(self, before: Known) -> Steps[list[QueueEntry]]:
        """Try them all; gives the entries of their own that lists with an owner got."""
        self.typist = before.typist
        if self.mta.message_cost > 0:
            yield self.mta.work(DELIVERY_SHARE)
        for recipient in self.entry.recipients:
            recipient.parsed = yield from learn(self.mta, recipient.address, self.entry.macros)
        self.process.complain(self.entry.qid)
        loop = too_many_hops(self.entry, self.mta.settings)
        if loop is not None:
            self._come_back(loop)
        if before.refused:
            self._heed(before)
        known = before.is_expanded or not self.mta.expands or self.failed
        expanded = Expanded() if known else (yield from self._expand())
        self._without_mailer()
        if self._holds and self._hold() and self.settled.issuperset(self.entry.recipients) and not self.unwritten:
            self._log_held()
            self.entry.priority = self.priority
            return expanded.clones
        waiting = deque[Part]() if self.failed else self._parts()
        while waiting:
            part, begun = waiting.popleft(), self.process.env.now
            if waiting:
                part = yield from with_neighbours(self.mta, part, waiting)
            outcomes = yield from deliver(self.process, self.entry, part)
            if part.guests:
                waiting.extendleft(reversed(self._set_aside(part, outcomes)))
            self._log(outcomes, begun)
            self._count(outcomes)
            self.unwritten += outcomes
            if checkpoint_due(self.unwritten, self.mta.settings.checkpoint):
                self.write()
        self.write()
        self.entry.tried(self.priority, self.process.env.now)
        yield from self.conclude()
        return expanded.clones

    def _heed(self, before: Known) -> None:
        """Those to whom nothing can be delivered."""
        self.entry.transcribe(*before.transcript)
        self.unwritten += before.refused
        self.settled.update(recipient for recipient, _ in before.refused)

    def _expand(self) -> Steps[Expanded]:
        """Aliases, lists and .forward files; what they come to takes the place of the recipients in the queue."""
        expanded = yield from expand_recipients(self.process, self.entry)
        self._log(expanded.outcomes, self.process.env.now)
        self.unwritten += expanded.outcomes
        self.settled.update(recipient for recipient, _ in expanded.outcomes)
        return expanded

    def _without_mailer(self) -> None:
        """Those whom the rules refuse, or give a mailer that the cf does not define: for them nothing can be tried."""
        for recipient in self.entry.recipients:
            if recipient in self.settled or recipient in self.failed:
                continue
            outcome = no_way(self.mta.ways.of(recipient), self.mta.cf)
            if outcome is None:
                continue
            if outcome.exit == Exit.SOFTWARE:
                self.process.log(log_lines.syserr(outcome.stat, self.entry.qid))
            if outcome.reply:
                self.entry.transcribe(outcome.reply)
            self.unwritten.append((recipient, outcome))
            self.settled.add(recipient)

    @property
    def _holds(self) -> bool:
        """Whether there are mailers whose mail waits now."""
        mta = self.mta
        return (mta.settings.hold_expensive and not self.from_queue) or (
            mta.holds_for_etrn and not self.process.selected
        )

    def _hold(self) -> bool:
        """Whether some wait: for a queue run if their mailer is expensive, or until somebody asks for their mail."""
        cf, to, held = self.mta.cf, self.mta.ways.of, set[Recipient]()
        if self.mta.settings.hold_expensive and not self.from_queue:
            held.update(one for one in self.entry.recipients if is_held(to(one), cf))
        if self.mta.holds_for_etrn and not self.process.selected:
            held.update(one for one in self.entry.recipients if waits_for_etrn(to(one), cf))
        self.settled |= held - set(self.failed)
        return bool(held)

    def _log_held(self) -> None:
        """Nobody is tried. sendmail says so only while the client waits for its answer."""
        if self.mta.settings.delivery_mode is Mode.INTERACTIVE:
            for one in self.entry.recipients:
                mailer = self.mta.ways.of(one).mailer
                self.process.log(log_lines.Queued(self.entry.qid, one.shown, mailer, self.entry.priority))

    def _count(self, outcomes: Outcomes) -> None:
        """Count what was sent, once for all that went together, for StatusFile.

        What was just handed in here is counted as it came, all else with the lines that hosts put into its header.
        """
        sent = [outcome.mailer for _, outcome in outcomes if outcome.exit == Exit.OK]
        if not sent:
            return
        entry = self.entry
        size = entry.known_size(USUAL, self.from_queue)  # in kilobytes no date makes a difference
        self.mta.statistics.message_to(self.mta.mailer_number(sent[0]), size, self.process.env.now, entry.qid)

    def _parts(self) -> deque[Part]:
        recipients = self.entry.recipients
        if self.settled:
            recipients = tuple(recipient for recipient in recipients if recipient not in self.settled)
        return parts(recipients, self.mta.ways)

    def _set_aside(self, part: Part, outcomes: Outcomes) -> deque[Part]:
        """The guests of a part who have to go on by themselves."""
        return set_aside(part, (one for one, _ in outcomes), self.mta.ways)

    def _come_back(self, obstacle: Obstacle) -> None:
        """Nothing is tried, all of it comes back."""
        self.entry.transcribe(*obstacle.said)
        self.unwritten = [(recipient, obstacle.outcome) for recipient in self.entry.recipients]
        self._log(self.unwritten, self.process.env.now)
        self.write()

    def write(self) -> None:
        """Bring the qf file and the ledger up to what is known; what failed stays until its notice is written."""
        gone: set[Recipient] = set()
        for recipient, outcome in self.unwritten:
            recipient.outcome = outcome
            self._remark(outcome)
            if outcome.kind == DEFERRED:
                continue
            if outcome.kind == SENT:
                if outcome.lost:
                    recipient.account.lose(self.process.env.now)
                else:
                    recipient.account.hand_over(self.process.env.now)
                gone.add(recipient)
                self._note_receipt(recipient)
            elif not outcome.told:
                recipient.account.lose(self.process.env.now)
                gone.add(recipient)
            else:
                self.failed.append(recipient)
                self.misconfigured |= outcome.exit in (Exit.CONFIG, Exit.SOFTWARE)
                if self.mta.terminal is not None:
                    self.mta.terminal.fail(outcome.exit)
        if gone:
            self.entry.recipients = tuple(one for one in self.entry.recipients if one not in gone)
        self.unwritten = []

    def _remark(self, outcome: Outcome) -> None:
        """What mailq says of the message: why somebody was deferred first, unless somebody was refused for good."""
        if outcome.kind == FAILED or (outcome.kind == DEFERRED and not self.remarked):
            self.entry.status, self.remarked = outcome.in_mailq, True

    def conclude(self) -> Steps[None]:
        """The end of the attempt: do what the judgement says."""
        now, entry, settings = self.process.env.now, self.entry, self.mta.settings
        if self.typist and self.failed:
            self._keep_for_typist(self.typist)
        judged = judge(
            entry, self.failed, self.receipts, self.receipts_by_header, int(now), settings, self.misconfigured
        )
        if judged.warns:
            entry.warned = True
            entry.status = f"Warning: could not send message for past {in_words(settings.warn_after[entry.timeouts])}"
            self.mta.show(entry.status)
        if judged.too_old and judged.to_send:
            self.mta.show(f"Cannot send message for {in_words(settings.return_after[entry.timeouts])}")
        if judged.to_send:
            self._end_transcript(judged.told, judged.too_old)
        written = [enqueue_notice(self.mta, notice, entry, self.from_queue) for notice in judged.to_send]
        last_resort = bool(judged.given_up) and notices.last_resort(entry)
        saved = last_resort and save_dead_letter(self.process, entry, judged.given_up)
        for recipient in () if saved else judged.given_up:
            if last_resort:  # sendmail gives up and renames the qf file to Qf
                recipient.account.lose(now)
            else:
                recipient.account.bounce(now)
        entry.recipients = judged.waiting
        if judged.done:
            self.mta.queue.remove(entry, now)
        for notice, its_entry in zip(judged.to_send, written, strict=True):  # in the same process, at once
            called = notices.in_log(notice.kind, entry, settings, judged.too_old)
            self.process.log(log_lines.notice(entry.qid, its_entry.qid, *called))
            yield from attempt(self.process, its_entry)

    def _keep_for_typist(self, typist: str) -> None:
        """Keep it where who has typed it finds it, if that can be; else he gets a notice."""
        path = save_for_sender(self.mta, self.entry, typist)
        if not path:
            return
        if self.mta.terminal is not None:
            self.mta.terminal.say(saved_in(path))
        for recipient in self.failed:
            recipient.account.bounce(self.process.env.now)
        self.entry.recipients = tuple(one for one in self.entry.recipients if one not in self.failed)
        self.failed = []

    def _note_receipt(self, recipient: Recipient) -> None:
        """The sender asked to be told when all is well."""
        by_header = notices.receipt_by_header(recipient, self.entry, self.mta.version)
        if by_header is not None:
            self.receipts_by_header.append(by_header)
        if notices.wants_receipt(recipient) and "noreceipts" not in self.mta.settings.privacy:
            told = notices.receipt(recipient)
            if told is not None:
                self.receipts.append(told)

    def _end_transcript(self, told: Sequence[Told], too_old: bool) -> None:
        by_header = (one for notice in self.receipts_by_header for one in notice.told)
        self.entry.transcribe(*map(notices.good_news, (*self.receipts, *by_header)))
        if too_old or any(one.action == DELAYED for one in told):
            self.entry.transcribe(*notices.last_words(self.entry, self.mta.settings, too_old))

    def _log(self, outcomes: Outcomes, begun: float) -> None:
        """One line for all recipients that fared alike, as sendmail logs them; one each for those refused by name."""
        for outcome, recipients in alike(outcomes, named_apart=True):
            if self.mta.terminal is not None and not outcome.own_line:  # that was shown when it came
                self.mta.terminal.tell_of([one.shown for one in recipients], outcome.exit, outcome.stat)
            if outcome.logged:
                to = ",".join([recipient.shown for recipient in recipients])
                log_outcome(self.process, self.entry, to, outcome, self.priority, begun)

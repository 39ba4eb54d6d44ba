"""The way of a part of a message along the mail hosts of its domain; what is decided there stands in ``standing``."""

from collections.abc import Collection, Mapping, Sequence
from functools import partial

from simlib.cf import Mailer
from simlib.message.copy import Copy
from simlib.message.status import Exit, refusal_line
from simlib.mta.policy.conversion import as_sent, body_parameter, gate_out
from simlib.mta.policy.host_status import HostStatus
from simlib.mta.policy.outcome import SENT, Outcome
from simlib.mta.policy.queue_entry import Outcomes, QueueEntry, Recipient
from simlib.mta.policy.routing import smart_host
from simlib.mta.policy.version import mishandles_what_is_too_large
from simlib.mta.process.connection import Connection
from simlib.mta.process.far_end import Content
from simlib.mta.process.held import status_after
from simlib.mta.process.mime_header import shortened
from simlib.mta.process.process import NoConnection, SendmailProcess
from simlib.mta.process.written_out import WrittenOut
from simlib.mta.queue.together import Part
from simlib.mta.sending.alike import alike
from simlib.mta.sending.outcomes import of_no_connection, of_result
from simlib.mta.sending.records import record_attempt
from simlib.mta.sending.standing import Next, Standing, after_no_connection, after_reply, at_the_end, by_name
from simlib.site.steps import Steps
from simlib.smtp import client
from simlib.smtp.commands import Mail, Rcpt
from simlib.smtp.phases import Phase
from simlib.smtp.replies import NoReply, is_silence

TOO_LARGE = 552  # "exceeded storage allocation"


class Walk:
    """The way along the mail hosts with what one transaction can hold.

    ``remembered`` is, at the end, why the last host was not even called, if it was not.
    """

    def __init__(
        self, process: SendmailProcess, entry: QueueEntry, mailer: Mailer, part: Part, written: WrittenOut
    ) -> None:
        self.process = process
        self.mta = process.mta
        self.entry = entry
        self.mailer = mailer
        self._written = written
        self._plain = self.mta.ways.rewriting is None
        self.remembered: HostStatus | None = None
        self._waiting = list(part.recipients)
        self._guests = part.guests  # as long as they are with the others
        self._standings: dict[Recipient, Standing] = {}  # of those who wait, once they have been at a host
        self._deferred_somewhere = False
        self._heard = ""  # the last bad reply, which the log repeats of the hosts behind that say nothing

    def along(self, route: Sequence[str]) -> Steps[Outcomes]:
        """Try the hosts one after the other; gives what became of each, but not of guests who left."""
        outcomes: Outcomes = []
        for number, mx in enumerate(route, 1):
            others = number < len(route)
            outcomes += self._tell_by_name()
            reached = yield from self._reach(mx, others)
            if reached is None:
                continue
            at, connection, cached, begun = reached
            outcomes += yield from self._transaction(at, connection, cached, begun, others)
            if not self._waiting:
                break
        left = [(one, standing.outcome) for one, standing in self._standings.items() if not standing.told]
        left = [(one, at_the_end(outcome, self._deferred_somewhere)) for one, outcome in left]
        self._transcribe(left)
        return outcomes + left

    def _reach(self, mx: str, others: bool) -> Steps[tuple[str, Connection, bool, float] | None]:
        """A connection to a host, or to FallbackSmartHost where there is none: which, was it kept, since when."""
        hosts = [mx]
        if self.mta.settings.smart_host:
            hosts += (one for one in smart_host(self.mta.settings.smart_host, self.mta.own_names) if one != mx)
        for host in hosts:
            begun = self.process.env.now
            to = "" if self.mta.terminal is None else ",".join([one.shown for one in self._waiting])
            opened = yield from self.process.connection(self.mailer, host, first_try=self.entry.tries == 0, to=to)
            if not isinstance(opened, NoConnection):
                return host, *opened, begun
            gives_way = opened.out_of_reach and host is not hosts[-1]
            if not gives_way:
                self._part_with_guests(others)
            # a host that has just been found out of reach counts for nothing where another takes its place
            self._no_connection(host, opened, begun, counts=opened.remembered or not gives_way)
            if not gives_way:
                return None
        return None

    def _tell_by_name(self) -> Outcomes:
        """The recipients whose RCPT the last host has deferred. They go on, and have a line of their own in the log."""
        told = by_name(self._standings)
        for one in told:
            self._standings[one] = self._standings[one]._replace(told=True)
        return [(one, self._standings[one].outcome) for one in told]

    def _part_with_guests(self, others: bool) -> None:
        """Where there are ``others`` to go on to, those who have only the best mail host in common go their own way."""
        if others and self._guests:
            for one in self._guests:
                self._standings.pop(one, None)
            self._waiting = [one for one in self._waiting if one not in self._guests]
            self._guests = frozenset()

    def _transcribe(self, outcomes: Outcomes) -> None:
        """Put into the transcript what became of recipients, a line for all that fared alike."""
        for one, recipients in alike(outcomes):
            if one.kind != SENT and not one.own_line:
                self.entry.transcribe(refusal_line(one.exit, one.stat, [recipient.shown for recipient in recipients]))

    def _no_connection(self, mx: str, why: NoConnection, begun: float, counts: bool) -> None:
        outcome = of_no_connection(why, mx, self.mailer.name)
        self.remembered = why.status if why.remembered else None
        if outcome.reply:
            self._heard = outcome.reply
        elif self._heard:
            outcome = outcome._replace(reply=self._heard)
        self.entry.transcribe(*why.transcript)
        came = dict.fromkeys(self._waiting, outcome)
        self._deferred_somewhere |= counts and outcome.exit.transient
        self._note(came, mx, begun, why.record.number if why.record else None, False)
        self._stand(came, {one: after_no_connection(self._was_told(one)) for one in self._waiting})

    def _transaction(
        self, mx: str, connection: Connection, cached: bool, begun: float, others: bool
    ) -> Steps[Outcomes]:
        connection.session.shown = {
            self._as_sent(one): one.shown for one in self._waiting if self._is_shown_otherwise(one)
        }
        content = self._content(connection.session.extensions)
        if self.mta.terminal is not None:
            connection.session.text = partial(self._text, content)
        results = yield from connection.transaction(
            client.transaction(connection.session, self._mail(), [self._rcpt(one) for one in self._waiting]), content
        )
        self.process.tell_of(connection)
        if results[0].phase == Phase.MAIL and results[0].reply.code == TOO_LARGE:
            announced = "SIZE" in connection.session.extensions
            self.entry.too_large = announced and not mishandles_what_is_too_large(self.mta.version)
        pairs = dict(zip(self._waiting, results, strict=True))
        self.entry.transcribe(*connection.session.transcript)
        for recipient in self._waiting if connection.session.accepted else ():
            recipient.accepted = connection.session.accepted.get(self._as_sent(recipient))
        address = self.mta.site.network.hosts[connection.far_end.server.settings.host].address
        # who was refused at MAIL is known by name only on the connection that is kept, so is who has hung up
        lost = isinstance(results[0].reply, NoReply) and not is_silence(results[0].reply)
        forgot = cached and (lost or connection.refused_at_mail)
        connection.refused_at_mail = results[0].phase == Phase.MAIL and results[0].exit != Exit.OK
        came = {one: of_result(result, mx, address, self.mailer.name, forgot) for one, result in pairs.items()}
        self._deferred_somewhere |= any(outcome.exit.transient for outcome in came.values())
        self._heard = next((outcome.reply for outcome in came.values() if outcome.reply), self._heard)
        self._note(came, mx, begun, connection.record.number, cached)
        going_on = others and any(result.next_mx for result in results)
        yield from self.process.done_with(
            connection, self.mailer, mx, status_after(results, mx, self.process.now), going_on
        )
        outcomes = self._stand(
            came,
            {
                one: after_reply(result.phase, result.next_mx, self._was_told(one), one in self._guests)
                for one, result in pairs.items()
            },
        )
        self._part_with_guests(others)
        self._transcribe(outcomes)
        return outcomes

    def _is_shown_otherwise(self, recipient: Recipient) -> bool:
        """Whether what RCPT names is not what the log calls him."""
        return recipient.shown != f"<{self._as_sent(recipient)}>"

    def _was_told(self, recipient: Recipient) -> bool:
        return recipient in self._standings and self._standings[recipient].told

    def _stand(self, came: Mapping[Recipient, Outcome], after: Mapping[Recipient, Next]) -> Outcomes:
        """Note how everybody stands after a host. Gives the recipients whose outcome is final now."""
        self._waiting = [one for one in self._waiting if after[one] in (Next.GOES_ON, Next.GOES_ON_AS_TOLD)]
        stood = self._standings
        self._standings = {
            one: stood[one] if after[one] is Next.GOES_ON_AS_TOLD else Standing(came[one]) for one in self._waiting
        }
        return [(one, outcome) for one, outcome in came.items() if after[one] is Next.DONE]

    def _note(
        self, came: Mapping[Recipient, Outcome], mx: str, begun: float, connection: int | None, cached: bool
    ) -> None:
        """Write the attempt down, a row for all that fared alike."""
        for outcome, recipients in alike(list(came.items())):
            addresses = ",".join([recipient.address for recipient in recipients])
            record_attempt(self.process, self.entry, addresses, mx, outcome, begun, connection, cached)

    def _mail(self) -> Mail:
        entry, body = self.entry, body_parameter(self.entry, self.mailer, self.mta.settings)
        size = 0 if entry.lacks_body else entry.message.size  # how large it is, nobody knows
        return Mail(self._written.sender, size=size, body=body, ret=entry.asked.ret, envid=entry.asked.envid)

    def _content(self, offers: Collection[str]) -> Content:
        accounts = {self._as_sent(recipient): recipient.account for recipient in self._waiting}
        message = as_sent(self.entry, self.mailer, self.mta.settings, self.mta.name, offers)
        how = gate_out(self.entry.message, message, self.mailer.flags)
        self.mta.site.recorder.form(self.mta.site.env.now, self.mta.name, how, self.entry.message, message)
        message = self._written.header(shortened(self.process, self.entry, message))
        return Content(message, accounts, self.entry.received)

    def _text(self, content: Content) -> str:
        """A message as it goes over the line, without the dot at its end."""
        text = Copy(content.message, content.received).as_bytes(self.mta.site.clock)
        return text.decode("utf-8", "surrogateescape").removesuffix("\n")

    def _as_sent(self, recipient: Recipient) -> str:
        """The address that RCPT names: what the rules have made of it."""
        return recipient.spelled if self._plain else self.mta.ways.of(recipient).user

    def _rcpt(self, recipient: Recipient) -> Rcpt:
        return Rcpt(self._as_sent(recipient), notify=recipient.wish.notify or (), orcpt=recipient.wish.orcpt)

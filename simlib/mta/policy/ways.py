"""Which way mail for an address goes, as the rules of the cf have it [parseaddr.c]."""

from collections.abc import Iterator, Mapping, MutableMapping
from math import inf
from typing import NamedTuple

from simlib.cf import Cf, marks
from simlib.mta.policy.aliases import INCLUDE
from simlib.mta.policy.queue_entry import Recipient
from simlib.mta.policy.rewriting import Rewriting
from simlib.mta.policy.routing import LOCAL, Destination, is_file, is_program, local_user, resolve
from simlib.mta.policy.rule_replies import fault, refusal
from simlib.mta.policy.settings import Settings
from simlib.rewrite.address import ERROR, LOCAL_USERS, Resolved, parse, remote_name, rewritten_user
from simlib.rewrite.context import Context
from simlib.rewrite.crack import SENDER, cracked
from simlib.rewrite.questions import Asking, T
from simlib.rewrite.results import MOST, Results
from simlib.site.dns import TRY_AGAIN, Patience
from simlib.site.host import Host

PARSED = "3,0"
ALIASED, TRY_RULESET_5 = "A", "5"  # mailer flags: users of this mailer may be aliases, ruleset 5 is asked of others


class OpenQuestion(NamedTuple):
    """An address of which is not known yet where it leads."""

    context: Context
    run: Asking[Resolved | None]
    state: object


class OpenWriting(NamedTuple):
    """An address of which is not known yet how a mailer writes it."""

    how: str
    text: str
    context: Context
    run: Asking[tuple[str, int]]
    state: object


class Known(NamedTuple):
    """Where an address led when it was last asked for; that holds ``until`` then, while the ``state`` is the same."""

    destination: Destination
    state: object = None
    until: float = inf


class Ways:
    """Which way mail for each address goes on one host.

    A cf with rules is asked for it; for one without there is a short cut, :func:`~simlib.mta.policy.routing.resolve`,
    which a property test holds to the stock rules. What was found once is known as long as nothing has changed
    that it depends on.
    """

    def __init__(self, cf: Cf, host: Host, own_names: Mapping[str, object], version: str, settings: Settings) -> None:
        self.cf, self.host, self.own_names, self.settings = cf, host, own_names, settings
        self.rewriting = Rewriting(cf, host, tuple(own_names), version, mode="m") if cf.rulesets else None
        self._results: Results[Destination] = Results()
        self._written: Results[str] = Results()
        self._last: dict[str, Known] = {}
        self._faults: list[str] = []

    def take_faults(self) -> tuple[str, ...]:
        """What rules and maps have complained of since somebody asked, each once: for the log of who made them run."""
        found, self._faults = tuple(dict.fromkeys(self._faults)), []
        return found

    def note_faults(self, context: Context) -> None:
        """Keep what a run of the rules has complained of."""
        self._faults += context.system_errors

    def destination(self, address: str) -> Destination:
        """Where an address leads; what the rules have to ask for it is answered as things stand now."""
        known = self._last.get(address)
        if known is not None and (self.rewriting is None or self._holds(known)):
            return known.destination
        found, _ = self.found(address, {})
        if self.rewriting is None:
            self._note(address, Known(found))
        return found

    def _holds(self, known: Known) -> bool:
        assert self.rewriting is not None  # the short cut always holds
        return known.until >= self.host.env.now and known.state == self.rewriting.state

    def found(self, address: str, macros: Mapping[str, str]) -> tuple[Destination, float]:
        """Where an address leads in a session with such ``macros``, and how many seconds it takes to find out."""
        if self.rewriting is None or is_no_mailbox(address):
            return resolve(address, self.cf, self.own_names), 0.0
        asked = self.question(address, macros)
        if not isinstance(asked, OpenQuestion):
            return asked, 0.0
        resolved, seconds = answered_at_once(asked.run, asked.context, self.host, self.settings.patience)
        return self.learn(address, asked, resolved), seconds

    def of(self, recipient: Recipient) -> Destination:
        """Where a recipient is to go: where ruleset 5 has sent him, or where his address leads."""
        return recipient.destination or recipient.parsed or self.destination(recipient.address)

    def relay_here(self, recipient: Recipient) -> str:
        """What the log has for a user of this host in the place of a host.

        It is what the rules give him for one (``$#local $@ host``), or the detail of ``hana+list``: ``relay=list``.
        """
        given = self.of(recipient).host
        return given if given or self.keeps_details else (self.local_user(recipient.address) or "").partition("+")[2]

    def local_user(self, address: str) -> str | None:
        """The user part of an address that may be an alias of this host, with a backslash before it if it has one.

        None for one elsewhere.
        """
        if self.rewriting is None or is_no_mailbox(address):
            return local_user(address, self.own_names)
        found = self.destination(address)
        return found.user if self.is_here(found) else None

    def may_be_alias(self, destination: Destination) -> bool:
        """Whether a mailer has aliases."""
        return self.rewriting is None or ALIASED in self._flags(destination)

    def is_here(self, destination: Destination) -> bool:
        """Whether a mailer is for users of this host: aliases or ruleset 5 may know them."""
        if self.rewriting is None:
            return destination.mailer == LOCAL
        return bool(self._flags(destination) & {ALIASED, TRY_RULESET_5})

    @property
    def keeps_details(self) -> bool:
        """Whether ``hana+list`` is looked for as he is: rules of the cf, not sendmail, take off what is behind a +."""
        return self.rewriting is not None and not self.rewriting.has_stock_rules

    def _flags(self, destination: Destination) -> frozenset[str]:
        assert self.rewriting is not None  # the short cut knows one local mailer only
        mailer = self.rewriting.mailers.get(destination.mailer)
        return frozenset() if mailer is None else mailer.flags

    @property
    def asks_ruleset_5(self) -> bool:
        """Whether the cf says where users go who are no aliases."""
        if self.rewriting is None:
            return False
        rulesets = self.rewriting.rulesets
        return bool(rulesets.ruleset(rulesets.names[LOCAL_USERS] or LOCAL_USERS).rules)

    def users(self, address: str) -> Iterator[Destination]:
        """Who is looked for among aliases and users of this host, one after the other, until he is found.

        First the user of an address, then what ruleset 5 makes of him, what it makes of that, and so on, as long as it
        makes another one of him [recipient.c; alias.c, maplocaluser]. What it asks is answered as things stand.
        """
        found: Destination | None = self.destination(address)
        for _ in range(self.settings.max_alias_recursion + 1):
            if found is None:
                return
            yield found
            found = self.by_ruleset_5(found)

    def by_ruleset_5(self, user: Destination) -> Destination | None:
        """What ruleset 5 makes of a user of this host who is no alias; None where it leaves him as he is."""
        rewriting = self.rewriting
        if rewriting is None or user.stays or TRY_RULESET_5 not in self._flags(user) or not self.asks_ruleset_5:
            return None
        context = rewriting.context({**rewriting.macros, "addr_type": "e r", "h": marks.foreign(user.host)})
        run = rewritten_user(context, user.user, rewriting.mailers)
        resolved, _ = answered_at_once(run, context, self.host, self.settings.patience)
        self.note_faults(context)
        found = None if resolved is None else _destination(resolved, user.user, context)
        return None if found is None or found._replace(stays=False) == user else found

    def identity(self, address: str, destination: Destination | None = None) -> str:
        """The same for all spellings of one recipient; ``destination`` is where ruleset 5 has sent him."""
        if self.rewriting is None or is_no_mailbox(address):
            user = local_user(address, self.own_names)
            return address.lower() if user is None else user.lower().removeprefix("\\")
        found = destination or self.destination(address)
        return (
            f"{found.host} {found.user}".lower() if self.is_here(found) else f"{found.mailer} {found.host} {found.user}"
        )

    def question(self, address: str, macros: Mapping[str, str] | None = None) -> Destination | OpenQuestion:
        """What is known of an address, or what the rules have to be asked; ``macros`` are those of a session.

        The rules see it in angle brackets, as it stands in an envelope.
        """
        assert self.rewriting is not None  # the short cut asks nobody
        now, state = self.host.env.now, self.rewriting.state
        values: MutableMapping[str, str] = {**self.rewriting.macros, "addr_type": "e r", **(macros or {})}
        known = self._results.get(PARSED, address, values, state, now)
        if known is not None:
            self._note(address, Known(known, state, now))
            return known
        context = self.rewriting.context(values)
        written = address if address == "@" else f"<{address}>"  # nobody, nowhere: lists alone may name that
        return OpenQuestion(context, parse(context, written, self.rewriting.mailers), state)

    def how_to_write(
        self, text: str, mailer: str, macros: Mapping[str, str], sender: bool, header: bool
    ) -> str | OpenWriting:
        """An address as a mailer writes it, or what the rules have to be asked; comments stay around it in a header."""
        rewriting = self.rewriting
        assert rewriting is not None  # without rules all stays as it is
        how, state = f"{mailer} {sender} {header}", rewriting.state
        values = {**rewriting.macros, **macros}
        known = self._written.get(how, text, values, state, self.host.env.now)
        if known is not None:
            return known
        context = rewriting.context(values)
        settings = self.settings
        around = cracked(text, settings.must_quote, not settings.colon_ok) if header else SENDER
        run = remote_name(context, text, rewriting.mailers[mailer], sender, header, around)
        return OpenWriting(how, text, context, run, state)

    def learn_to_write(self, asked: OpenWriting, written: str) -> str:
        """Keep how it is written."""
        self.note_faults(asked.context)
        self._written.put(asked.how, asked.text, written, asked.context, asked.state)
        return written

    def learn(self, address: str, asked: OpenQuestion, resolved: Resolved | None) -> Destination:
        """Keep what the rules have said."""
        found = _destination(resolved, address, asked.context)
        self.note_faults(asked.context)
        self._results.put(PARSED, address, found, asked.context, asked.state)
        until = asked.context.until if asked.context.keeps else self.host.env.now
        self._note(address, Known(found, asked.state, until))
        return found

    def _note(self, address: str, known: Known) -> None:
        if len(self._last) >= MOST:
            self._last.clear()
        self._last[address] = known


def is_no_mailbox(address: str) -> bool:
    """Whether an address is the null sender, or what a list may name beside users: a program, a file, another list."""
    return not address or is_program(address) or is_file(address) or address.lower().startswith(INCLUDE)


def answered_at_once(run: Asking[T], context: Context, host: Host, patience: Patience) -> tuple[T, float]:
    """Run to the end, with answers of the name service as things stand; and how many seconds it would have taken."""
    seconds = 0.0
    try:
        question = next(run)
        while True:
            answer, took = host.resolver.at_once(question.name, question.kind, patience)
            seconds += took
            note_answer(context, answer.status, host.env.now + answer.ttl)
            if question.kind == "A" and answer.records:
                context.address = str(answer.records[0])
            question = run.send(answer)
    except StopIteration as end:
        result: T = end.value
        return result, seconds


def note_answer(context: Context, status: str, until: float) -> None:
    """Note until when all answers hold, and that a failure is not to be remembered."""
    if status == TRY_AGAIN:
        context.keeps, context.unanswered = False, True
    context.until = min(context.until, until)


def _destination(resolved: Resolved | None, address: str, context: Context) -> Destination:
    if resolved is not None and resolved.mailer == ERROR:
        return Destination(ERROR, "", address, refusal(resolved.host, resolved.said))
    if resolved is None:
        return Destination(ERROR, "", address, fault(context.complaints[-1].removeprefix(f"<{address}>... ")))
    host = resolved.host or ""
    called = host if host.endswith(".") else ""
    to = Destination(resolved.mailer, host.removesuffix("."), resolved.user, called=called)
    # who has no answer from name service is found out about when his mail hosts are looked for
    waits = resolved.status != 0 and not context.unanswered
    return to._replace(waits=waits, stays=resolved.stays)

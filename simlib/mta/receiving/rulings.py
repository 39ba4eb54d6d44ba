"""What the rules of the cf say in one SMTP session, and the macros by which they know it [srvrsmtp.c]."""

from collections.abc import Mapping

from simlib.mta.installation import Installation
from simlib.mta.policy.checks import FINE, Verdict, check, has_check
from simlib.mta.policy.client_name import ClientName
from simlib.smtp.server import Server

CHECK_RELAY = "check_relay"
NOT_FOR_STRANGERS = ("MAIL", "RCPT", "DATA", "VRFY", "EXPN", "VERB", "HELP", "ETRN")  # where check_relay says no
OUTSIDE_TRANSACTION = ("check_vrfy", "check_expn", "check_etrn")  # what they say is logged without a queue id
NO_NAME = "localhost"  # macro s before the client has introduced itself


class Rulings:
    """The rulesets that a session asks: check_relay, check_mail, check_rcpt and the others.

    ``seconds`` is how long the name service took for them since it was last looked at.
    """

    def __init__(self, mta: Installation, client: ClientName) -> None:
        self.mta = mta
        self._client = {
            "client_name": client.trusted or f"[{client.address}]",
            "client_addr": client.address,
            "client_resolve": client.resolve,
            "client_ptr": client.name,
            "daemon_name": "MTA",
            "daemon_flags": "",
        }
        self._envelope: dict[str, str] = {}
        self._complained: set[str] = set()
        self.seconds = 0.0

    @property
    def decide(self) -> bool:
        """Whether the cf has rules at all."""
        return self.mta.ways.rewriting is not None

    def has(self, ruleset: str) -> bool:
        """Whether the cf has such a ruleset."""
        return has_check(self.mta.ways, ruleset)

    def macros(self, server: Server | None) -> Mapping[str, str]:
        """Macros of session and envelope."""
        if server is None:
            return self._client
        session = {"s": server.hello_name or NO_NAME, "r": server.protocol, "_": server.client}
        return {**self._client, **session, **self._envelope}

    def note(self, **macros: str) -> None:
        """Give macros of the envelope their values: ``mail_addr``, ``nrcpts`` …"""
        self._envelope |= macros

    def drop(self, *names: str) -> None:
        """Leave macros without a value."""
        for name in names:
            self._envelope.pop(name, None)

    def forget(self) -> None:
        """The transaction is over."""
        self._envelope.clear()

    def ask(self, ruleset: str, *words: str, server: Server | None = None) -> Verdict:
        """Ask a ruleset about ``words``."""
        if not self.decide:
            return FINE
        macros = dict(self.macros(server))
        before = dict(macros)
        verdict = check(self.mta.ways, ruleset, words, macros)
        self._envelope |= {name: value for name, value in macros.items() if before.get(name) != value}
        self.seconds += verdict.seconds
        return verdict

    def faults(self) -> list[str]:
        """What rules and maps of this host have complained of meanwhile, each once a session."""
        found = [fault for fault in self.mta.ways.take_faults() if fault not in self._complained]
        self._complained.update(found)
        return found

    def took(self) -> float:
        """Seconds since it was last looked at."""
        seconds, self.seconds = self.seconds, 0.0
        return seconds

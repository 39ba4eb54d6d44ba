"""What a client is called: the name of its address, and whether that name leads back there [daemon.c, proto.m4].

Simplified: the look-up costs no time, and where no zone has the address of a client its own name is found.
"""

from typing import NamedTuple

from simlib.site.dns import NOERROR, TRY_AGAIN, Answer, NameService
from simlib.site.host import Host
from simlib.smtp.replies import Reply

OK, FAIL, TEMP, FORGED = "OK", "FAIL", "TEMP", "FORGED"  # macro {client_resolve}
FORGED_NAME = " (may be forged)"  # behind a name that does not lead back


class ClientName(NamedTuple):
    """The name of a client (empty if there is none), its address, and what came of the look-up."""

    name: str
    address: str
    resolve: str = OK

    @property
    def trusted(self) -> str:
        """What relaying is allowed by: the name only where it is one."""
        return self.name if self.resolve == OK else f"[{self.address}]"

    def shown(self, user: str | None) -> str:
        """As replies, the log and Received: lines have it; ``user`` is what Ident said."""
        at = f"[{self.address}]" if not self.name else f"{self.name} [{self.address}]"
        forged = FORGED_NAME if self.resolve == FORGED else ""
        return f"{user}@{at}{forged}" if user else f"{at}{forged}"

    def relaying_denied(self, recipient: str) -> Reply:
        """The answer to RCPT where mail would have to be passed on for a stranger."""
        if self.resolve == TEMP:
            why = f"Relaying temporarily denied. Cannot resolve PTR record for {self.address}"
            return Reply(450, f"4.4.0 <{recipient}>... {why}")
        why = {FAIL: ". IP name lookup failed", FORGED: ". IP name possibly forged"}.get(self.resolve, "")
        return Reply(550, f"5.7.1 <{recipient}>... Relaying denied{why}{f' [{self.address}]' if why else ''}")


def client_name(names: NameService, client: Host) -> ClientName:
    """Look up what a client is called."""
    reverse = f"{'.'.join(reversed(client.address.split('.')))}.in-addr.arpa"
    if not names.has_zone(reverse):
        return ClientName(client.name, client.address)
    answer = names.answer(reverse, "PTR") if names.up else Answer(TRY_AGAIN)
    if answer.status == TRY_AGAIN:
        return ClientName("", client.address, TEMP)
    if answer.status != NOERROR or not answer.records:
        return ClientName("", client.address, FAIL)
    name = str(answer.records[0])
    back = names.answer(name, "A")
    if back.status == TRY_AGAIN:
        return ClientName("", client.address, TEMP)
    return ClientName(name, client.address, OK if client.address in map(str, back.records) else FORGED)

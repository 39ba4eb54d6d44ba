"""A name server for one zone, over UDP."""

import socket
import threading

import dns.flags
import dns.message
import dns.name
import dns.rcode
import dns.rdatatype
import dns.rrset
import dns.zone

SOA = "$TTL 60\n@ 60 IN SOA ns.test. root.test. 1 60 60 60 60\n@ 60 IN NS ns.test.\n"
REVERSE = "1.99.10.in-addr.arpa."


class NameServer:
    """Answers on a socket, from a thread, what the zones of the moment say: ``test.`` if no other is named.

    Names in or under ``failing`` are answered with SERVFAIL; while ``silent`` nothing is answered.
    """

    def __init__(self, listening: socket.socket) -> None:
        self._socket = listening
        self.load("")
        threading.Thread(target=self._serve, daemon=True).start()

    def load(
        self, zone: str, failing: tuple[str, ...] = (), silent: bool = False, origin: str = "test.", reverse: str = ""
    ) -> None:
        """Another zone from now on, and another of addresses, if there is to be any."""
        self._zones = [dns.zone.from_text(SOA + zone, origin=origin, relativize=False)]
        if reverse:
            self._zones.append(dns.zone.from_text(SOA + reverse, origin=REVERSE, relativize=False))
        self._failing = [dns.name.from_text(name) for name in failing]
        self.silent = silent

    def _serve(self) -> None:
        while True:
            packet, client = self._socket.recvfrom(4096)
            if not self.silent:
                self._socket.sendto(self._answer(dns.message.from_wire(packet)).to_wire(want_shuffle=False), client)

    def _answer(self, query: dns.message.Message) -> dns.message.Message:
        response = dns.message.make_response(query)
        response.flags |= dns.flags.AA | dns.flags.RA
        name, kind = query.question[0].name, query.question[0].rdtype
        if any(name.is_subdomain(domain) for domain in self._failing):
            response.set_rcode(dns.rcode.SERVFAIL)
            return response
        while alias := self._found(name, dns.rdatatype.CNAME):
            response.answer.append(alias)
            name = alias[0].target
        records = self._found(name, kind)
        if records is not None:
            response.answer.append(records)
        elif not any(owner.is_subdomain(name) for zone in self._zones for owner in zone.nodes):
            response.set_rcode(dns.rcode.NXDOMAIN)
        if not response.answer:
            authority = self._found(self._zone_of(name).origin, dns.rdatatype.SOA)
            assert authority is not None  # it was put there
            response.authority.append(authority)
        return response

    def _found(self, name: dns.name.Name, kind: dns.rdatatype.RdataType) -> dns.rrset.RRset | None:
        zone = self._zone_of(name)
        return zone.get_rrset(name, kind) if name.is_subdomain(zone.origin) else None

    def _zone_of(self, name: dns.name.Name) -> dns.zone.Zone:
        """The zone that a name is in; the first one for those of none."""
        return next((zone for zone in self._zones if name.is_subdomain(zone.origin)), self._zones[0])

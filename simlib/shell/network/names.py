"""To ask name servers: ``dig``, ``nslookup``, ``host``."""

import re
from typing import NamedTuple

from simlib.shell.answer import Failed
from simlib.shell.call import Call, Program
from simlib.shell.host.times import strftime, zone
from simlib.site.dns import NODATA, NOERROR, NXDOMAIN, Answer, Patience
from simlib.site.resolver import RESOLV_CONF, name_servers

TYPES = ("A", "MX", "CNAME", "PTR")
NOT_KEPT = ("NS", "SOA", "TXT", "AAAA", "ANY", "SRV", "SPF", "HINFO")
ADDRESS = re.compile(r"[0-9]{1,3}(\.[0-9]{1,3}){3}")
PATIENCE = Patience(5.0, 2)
SOMEWHERE = "127.0.0.53"


class Asked(NamedTuple):
    """A question, its answer, and how many seconds that took."""

    name: str
    kind: str
    answer: Answer
    seconds: float


def ask(call: Call, name: str, kind: str) -> Asked:
    """Ask the host's name servers; the world's clock stands meanwhile."""
    plain = name.lower().rstrip(".")
    shell = call.shell
    if kind == "PTR":
        return _reverse(call, plain)
    answer, took = shell.host.resolver.at_once(plain, kind, PATIENCE)
    return Asked(plain, kind, answer, took)


def _reverse(call: Call, name: str) -> Asked:
    """The name of an address: that of a zone, or else of the host that has it."""
    shell = call.shell
    answer, took = shell.host.resolver.at_once(name, "PTR", PATIENCE)
    address = ".".join(reversed(name.removesuffix(".in-addr.arpa").split(".")))
    if answer.status in (NXDOMAIN, NODATA):
        host = shell.site.network.host_at(address)
        if host is not None:
            answer = Answer(NOERROR, (host.name,), 86400)
    return Asked(name, "PTR", answer, took)


def arpa(address: str) -> str:
    """The name under which an address is looked up."""
    return ".".join(reversed(address.split("."))) + ".in-addr.arpa"


def server_of(call: Call) -> str:
    """The name server that is asked first."""
    listed = call.shell.host.files.find(RESOLV_CONF)
    return SOMEWHERE if listed is None else name_servers(listed.text)[0]


def _records(asked: Asked) -> list[str]:
    """The records as a zone has them."""
    owner = asked.answer.canonical or asked.name
    lines = []
    if asked.answer.canonical and asked.kind != "CNAME":
        lines.append(f"{asked.name}.\t\t{int(asked.answer.ttl)}\tIN\tCNAME\t{owner}.")
    for record in asked.answer.records:
        data = (
            f"{record[0]} {record[1]}."
            if isinstance(record, tuple)
            else f"{record}" + ("." if asked.kind in ("CNAME", "PTR") else "")
        )
        lines.append(f"{owner}.\t\t{int(asked.answer.ttl)}\tIN\t{asked.kind}\t{data}")
    return lines


def _status(answer: Answer) -> str:
    return {NOERROR: "NOERROR", NODATA: "NOERROR", NXDOMAIN: "NXDOMAIN"}.get(answer.status, "SERVFAIL")


def _kind(text: str, name: str) -> str:
    kind = text.upper()
    if kind in NOT_KEPT:
        raise Failed(f"{name}: {kind}: name servers of this world keep A, MX, CNAME and PTR records; host -t MX NAME")
    return kind


def dig(call: Call) -> None:
    """``dig [@server] name [type] [+short]``, ``dig -x address``"""
    name, kind, short = "", "A", False
    words = list(call.arguments)
    while words:
        word = words.pop(0)
        if word.startswith("@"):
            continue  # all servers know the same
        if word.startswith("+"):
            short = short or word == "+short"
        elif word == "-x" and words:
            name, kind = arpa(words.pop(0)), "PTR"
        elif word in ("-t", "-q") and words:
            if word == "-t":
                kind = _kind(words.pop(0), "dig")
            else:
                name = words.pop(0)
        elif word.startswith("-"):
            raise Failed(f"dig: {word}: unknown here; it knows -t, -x, @server, +short")
        elif word.upper() in (*TYPES, *NOT_KEPT) and name:
            kind = _kind(word, "dig")
        elif word.upper() != "IN":
            name = word
    if not name:
        raise Failed("dig: a name to look up is missing: dig mx.example MX")
    asked = ask(call, name, kind)
    records = _records(asked)
    if short:
        for line in records:
            call.line(line.rpartition("\t")[2])
        return
    call.line(f"\n; <<>> DiG <<>> {' '.join(call.arguments)}")
    if _status(asked.answer) == "SERVFAIL" and asked.seconds >= PATIENCE.retrans:
        call.line(";; global options: +cmd\n;; connection timed out; no servers could be reached")
        call.status = 9
        return
    at = call.shell.site.clock.at(call.shell.now)
    call.line(";; global options: +cmd\n;; Got answer:")
    call.line(
        f";; ->>HEADER<<- opcode: QUERY, status: {_status(asked.answer)}, id: {1 + sum(map(ord, asked.name)) % 65535}"
    )
    call.line(f";; flags: qr rd ra; QUERY: 1, ANSWER: {len(records)}, AUTHORITY: 0, ADDITIONAL: 0")
    call.line(f"\n;; QUESTION SECTION:\n;{asked.name}.\t\t\tIN\t{asked.kind}\n")
    if records:
        call.line(";; ANSWER SECTION:\n" + "\n".join(records) + "\n")
    call.line(f";; Query time: {asked.seconds * 1000:.0f} msec")
    call.line(f";; SERVER: {server_of(call)}#53({server_of(call)})")
    call.line(f";; WHEN: {strftime('%a %b %d %T', at)} {zone(at)} {at.year}")
    call.line(f";; MSG SIZE  rcvd: {40 + 20 * len(records)}\n")


def host(call: Call) -> None:
    """``host [-t type] [-a] name-or-address``"""
    options, words = call.options("av", "t")
    if not words:
        raise Failed("Usage: host [-t type] name")
    name = words[0]
    if ADDRESS.fullmatch(name):
        asked = ask(call, arpa(name), "PTR")
        for record in asked.answer.records:
            call.line(f"{asked.name} domain name pointer {record}.")
        _unanswered(call, asked, asked.name)
        return
    kinds = [_kind(options["t"], "host")] if "t" in options else ["A", "MX"]
    found = False
    for kind in kinds:
        asked = ask(call, name, kind)
        if asked.answer.canonical and kind != "MX":
            call.line(f"{asked.name} is an alias for {asked.answer.canonical}.")
        owner = asked.answer.canonical or asked.name
        for record in asked.answer.records:
            found = True
            if isinstance(record, tuple):
                call.line(f"{owner} mail is handled by {record[0]} {record[1]}.")
            else:
                words_ = {"A": "has address", "CNAME": "is an alias for", "PTR": "domain name pointer"}[kind]
                call.line(f"{owner} {words_} {record}{'.' if kind != 'A' else ''}")
        if asked.answer.status in (NOERROR, NODATA):
            if asked.answer.status == NODATA and "t" in options:
                call.line(f"{asked.name} has no {kind} record")
                found = True
            continue
        if not found:
            _unanswered(call, asked, name)
            return


def _unanswered(call: Call, asked: Asked, name: str) -> None:
    if asked.answer.status == NOERROR:
        return
    call.status = 1
    if _status(asked.answer) == "SERVFAIL" and asked.seconds >= PATIENCE.retrans:
        call.line(";; connection timed out; no servers could be reached")
    elif _status(asked.answer) == "SERVFAIL":
        call.line(f"Host {name} not found: 2(SERVFAIL)")
    else:
        call.line(f"Host {name} not found: 3(NXDOMAIN)")


def nslookup(call: Call) -> None:
    """``nslookup [-type=mx] name [server]``"""
    kind, words = "A", []
    for word in call.arguments:
        found = re.fullmatch(r"-(?:q|query|querytype|type|ty)=(\w+)", word)
        if found:
            kind = _kind(found[1], "nslookup")
        elif word.startswith("-"):
            raise Failed(f"nslookup: {word}: unknown here; it knows -type=mx and the like")
        else:
            words.append(word)
    if not words:
        raise Failed("nslookup: a name to look up is missing; its own prompt is not simulated: nslookup -type=mx NAME")
    name = arpa(words[0]) if ADDRESS.fullmatch(words[0]) else words[0]
    kind = "PTR" if name != words[0] else kind
    asked = ask(call, name, kind)
    if _status(asked.answer) == "SERVFAIL" and asked.seconds >= PATIENCE.retrans:
        call.line(";; connection timed out; no servers could be reached\n")
        call.status = 1
        return
    if kind != "PTR":
        call.line(f"Server:\t\t{server_of(call)}\nAddress:\t{server_of(call)}#53\n")
    if asked.answer.status != NOERROR:
        call.status = 1
        words_ = (
            f"*** Can't find {words[0]}: No answer"
            if asked.answer.status == NODATA
            else f"** server can't find {name}: {_status(asked.answer)}"
        )
        call.line(f"{words_}\n")
        return
    call.line("Non-authoritative answer:") if kind != "PTR" else None
    if asked.answer.canonical and kind == "A":
        call.line(f"{asked.name}\tcanonical name = {asked.answer.canonical}.")
    owner = asked.answer.canonical or asked.name
    for record in asked.answer.records:
        if isinstance(record, tuple):
            call.line(f"{owner}\tmail exchanger = {record[0]} {record[1]}.")
        elif kind == "A":
            call.line(f"Name:\t{owner}\nAddress: {record}")
        else:
            call.line(f"{owner}\t{'name' if kind == 'PTR' else 'canonical name'} = {record}.")
    call.line("")


PROGRAMS: dict[str, Program] = {"dig": dig, "host": host, "nslookup": nslookup}

"""Where mail for an address goes: which mailer, which hosts, in which order (RFC 5321 §5.1; slide claim 02.4)."""

from collections.abc import Callable, Collection, Sequence
from itertools import groupby
from operator import itemgetter
from typing import NamedTuple

from simlib.cf import Cf, Mailer
from simlib.message.envelope import domain_of
from simlib.message.status import Exit
from simlib.mta.policy.outcome import Outcome
from simlib.mta.policy.rule_replies import Refusal
from simlib.site.dns import NODATA, NOERROR, NXDOMAIN, Answer

NULL_MX = ((0, "."),)  # RFC 7505: the domain takes no mail
LOCAL, PROGRAM, FILE = "local", "prog", "*file*"  # the mailers for users here, for "|command" and for "/path"
# the mailer for files that sendmail brings along [conf.c]; a cf need not have it
_FILE_MAILER = Mailer(FILE, "[FILE]", "FILE $u", frozenset("lsDFMPEouq9"))


class Destination(NamedTuple):
    """What the rule sets make of an address: the mailer, the host it is given, and the user as the mailer writes him.

    ``refusal``: with mailer error, why there is none. ``waits``: a look-up failed for now, so that it stays queued.
    """

    mailer: str
    host: str
    user: str
    refusal: Refusal | None = None
    waits: bool = False
    stays: bool = False  # ruleset 5 is not asked about him
    called: str = ""  # the host as the rules have it, with the dot of a full name, where that is not ``host``


class AsWritten(str):
    """A host by name that is no answer of the name service: the log shows it without the dot of a full name."""

    __slots__ = ()


class InBrackets(str):
    """A host whose mail hosts are not looked for, ``[hub.example]``: without the brackets that failures show."""

    __slots__ = ()


class NoRoute(NamedTuple):
    """Why there is nowhere to send to."""

    exit: Exit
    dsn: str
    text: str
    host_exists: bool = True  # False: the name is not known at all


def resolve(address: str, cf: Cf, own_names: Collection[str]) -> Destination:
    """The mailer for an address, as sendmail's stock rules choose it.

    The short cut for a cf without rules: local names, the smart host (``DSmailer:host``) and the mailers are treated as
    ``cf/stock_rules.cf`` treats them, to which a property test holds it.
    """
    if address.startswith(("|", "/", '"')):
        if is_program(address):
            return Destination(PROGRAM, "", address.strip('"')[1:])
        if is_file(address):
            return Destination(FILE, "", address.strip('"'))
    user = local_user(address, own_names)
    if user is not None:
        return Destination(LOCAL, "", user.removeprefix("\\"))
    domain = domain_of(address)
    smart = cf.macros.get("S", "")
    if smart:
        mailer, colon, host = smart.rpartition(":")
        return Destination(mailer if colon else "relay", host, address)
    return Destination("esmtp", domain, address)


def has_mailer(cf: Cf, name: str) -> bool:
    """Whether there is such a mailer: in the cf, or the one for files that is built in."""
    return name in cf.mailers or name == FILE


def mailer_named(cf: Cf, name: str) -> Mailer:
    """A mailer of the cf, or the one for files that is built in."""
    return cf.mailers.get(name, _FILE_MAILER)


def no_way(destination: Destination, cf: Cf) -> Outcome | None:
    """Why nothing can be sent to where the rules lead; None where it can."""
    refusal = destination.refusal
    if refusal is not None:
        dsn, reply = refusal.status or refusal.dsn, f"{refusal.code} {refusal.dsn} {refusal.words}"
        return Outcome(refusal.exit, dsn, refusal.words, "", reply=reply, logged=False)
    if destination.waits:
        return Outcome(Exit.TEMPFAIL, "4.4.3", "", "", logged=False, remark="Transient parse error")
    return None if has_mailer(cf, destination.mailer) else unknown_mailer(destination.mailer)


def is_held(destination: Destination, cf: Cf) -> bool:
    """Whether mail that goes there waits for a queue run where HoldExpensive is set: its mailer has F=e."""
    return mailer_named(cf, destination.mailer).is_expensive


def waits_for_etrn(destination: Destination, cf: Cf) -> bool:
    """Whether mail that goes there waits until somebody asks for it: its mailer has F=%."""
    return mailer_named(cf, destination.mailer).waits_for_etrn


def unknown_mailer(name: str) -> Outcome:
    """What becomes of mail for which the rules choose a mailer that the cf does not define [parseaddr.c, buildaddr]."""
    words = f"buildaddr: unknown mailer {name}"
    return Outcome(Exit.SOFTWARE, "5.3.5", words, "", reply=f"554 5.3.5 {words}", logged=False, status="5.0.0")


def local_user(address: str, own_names: Collection[str]) -> str | None:
    """The user part of an address of this host; None for one elsewhere.

    A backslash before it stays: it keeps aliases and .forward files away.
    """
    user, at, domain = address.rpartition("@")
    if not at or address == at:
        return address
    return user if domain.lower() in own_names else None


def without_detail(user: str) -> str:
    """The account of a user part: what stands before a ``+``."""
    return user.partition("+")[0] or user


def is_program(address: str) -> bool:
    """Whether an address, as an alias or a .forward may have it, is a command: ``|/usr/bin/vacation hana``."""
    return address.startswith(("|", '"|'))


def is_file(address: str) -> bool:
    """Whether an address, as an alias or a .forward may have it, is a file: ``/var/log/complaints``."""
    return address.startswith(("/", '"/')) and "@" not in address


def is_literal(host: str) -> bool:
    """Whether a host is given in brackets, which turns MX off."""
    return host.startswith("[") and host.endswith("]")


def is_address(name: str) -> bool:
    """Whether a name is an IPv4 address."""
    return all(part.isdigit() for part in name.split("."))


def unknown_host(name: str, answer: Answer) -> str:
    """What sendmail says of a name without an address."""
    reason = "host not found" if answer.status == NXDOMAIN else "no data known"
    if name.strip(".") in ("", "[]"):
        reason = "non-recoverable error"
    return f"Host unknown (Name server: {name}: {reason})"


def mx_hosts(
    domain: str,
    answer: Answer,
    own_names: Collection[str],
    own_name: str,
    rank: Callable[[str], float],
    try_null_mx: bool = False,
    called: str = "",
) -> list[str] | NoRoute:
    """The hosts to try for ``domain``, best first, from the answer to its MX question; log lines have it ``called`` so.

    ``rank`` orders hosts of equal preference; it is asked only where there are several. Own names and everything from
    their preference on are cut, so that mail moves only to better MXs.
    """
    if answer.status == NXDOMAIN:
        return NoRoute(Exit.NOHOST, "5.1.2", unknown_host(called or domain, answer), host_exists=False)
    if answer.status == NODATA:
        return [domain]
    if answer.status != NOERROR:
        return NoRoute(Exit.TEMPFAIL, "4.4.3", f"host map: lookup ({domain}): deferred")
    if answer.mx == NULL_MX:
        return NoRoute(Exit.UNAVAILABLE, "5.1.10", "Host does not accept mail: MX 0 .")
    better = _better(answer, own_names)
    if len(better) == 1:
        return [better[0][1]]
    if better:
        return [name for _, name in sorted(better, key=lambda record: (record[0], rank(record[1]), record[1]))]
    if try_null_mx:
        return [domain]
    return NoRoute(Exit.CONFIG, "5.3.5", f"MX list for {domain}. points back to {own_name}")


def mail_hosts(domain: str, answer: Answer, own_names: Collection[str]) -> tuple[tuple[str, ...], ...]:
    """The mail hosts of a domain, best first, those of equal preference together; none where mail cannot go."""
    if answer.status == NODATA:
        return ((domain,),)
    if answer.status != NOERROR or answer.mx == NULL_MX:
        return ()
    found = sorted(_better(answer, own_names))
    return tuple(tuple(name for _, name in together) for _, together in groupby(found, key=itemgetter(0)))


def _better(answer: Answer, own_names: Collection[str]) -> Sequence[tuple[int, str]]:
    """The MX records that lead away from here."""
    own = [pref for pref, name in answer.mx if name in own_names]
    return [record for record in answer.mx if record[0] < min(own)] if own else answer.mx


def fallback_hosts(fallback: str, answer: Answer | None, own_names: Collection[str]) -> list[str]:
    """What FallbackMXhost adds behind all MXs: its own MX hosts, or itself where it has none or is in brackets."""
    if not fallback or fallback in own_names:
        return []
    if is_literal(fallback):
        return [fallback]
    if answer is None or answer.status != NOERROR:
        return [fallback]
    return [name for _, name in sorted(answer.mx) if name not in own_names]


def smart_host(name: str, own_names: Collection[str]) -> tuple[str, ...]:
    """FallbackSmartHost, which takes the place of a host that is out of reach; none where it is this host."""
    if not name or name in own_names:
        return ()
    return (name.removesuffix(".") if name.endswith(".") else AsWritten(name),)


def full_name(host: str) -> str:
    """A host with the dot at its end that the answers of the name service have."""
    return host if isinstance(host, AsWritten) else f"{host}."

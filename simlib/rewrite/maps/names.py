"""Maps that ask the name service: ``host`` (and ``$[ $]``), ``dns``, ``bestmx``."""

from collections.abc import Sequence

from simlib.message.status import Exit
from simlib.rewrite.maps.map import Map, Session, Surroundings
from simlib.rewrite.questions import Answer, Asking, Found, Question

FOUND, NO_SUCH_NAME, TRY_AGAIN = "NOERROR", "NXDOMAIN", "TRY_AGAIN"
KINDS = ("AAAA", "A", "MX")  # in which a host is looked for [domain.c, dns_getcanonname]
SHOWN = 33  # characters of a name in a complaint


class HostMap(Map):
    """A host's full name, with ``-a`` behind it."""

    waits = True

    def look_up(self, words: Sequence[str], session: Session) -> Asking[Found]:
        """The canonical name of a host, or the name of a numerical address in brackets."""
        name = words[0]
        find = address_name if name.startswith("[") else canonical
        found, waits = yield from find(name, self.around)
        if found is not None:
            return Found(self.rewritten(name if self.matches_only else found))
        if waits:
            return Found(None, Exit.TEMPFAIL, (f"{name[:SHOWN]}: Name server timeout",))
        return Found(None, Exit.NOHOST)


class DnsMap(Map):
    """The first record of one kind (``-R``); ``-B`` is put behind the key."""

    waits = True

    def look_up(self, words: Sequence[str], session: Session) -> Asking[Found]:
        """Ask for the key as a name."""
        base = self.options.letters.get("B", "").strip(".")
        name = f"{words[0].rstrip('.')}.{base}" if base else words[0].rstrip(".")
        answer: Answer = yield Question(name.lower(), self.options.letters.get("R", "A").upper())
        if answer.status == TRY_AGAIN:
            return Found(None, Exit.TEMPFAIL)
        if answer.status != FOUND or not answer.records:
            return Found(None, Exit.NOHOST)
        first = answer.records[0]
        value = first[1] if isinstance(first, tuple) else str(first)
        return Found(self.rewritten(words[0] if self.matches_only else value, words))


class BestMx(Map):
    """The best mail host of a domain; all of them with ``-z``, what stands between them."""

    waits = True

    def look_up(self, words: Sequence[str], session: Session) -> Asking[Found]:
        """The mail hosts as routing finds them, each with a dot behind."""
        hosts, waits = yield from mail_hosts(words[0], self.around)
        if not hosts:
            return Found(None, Exit.TEMPFAIL if waits else Exit.NOHOST)
        delimiter = self.options.letters.get("z")
        if not delimiter:
            return Found(self.rewritten(hosts[0]))
        return Found(delimiter.join(self.rewritten(host) for host in hosts))


def mail_hosts(name: str, around: Surroundings) -> Asking[tuple[list[str], bool]]:
    """The mail hosts of a domain, each with a dot behind; the domain itself where it has none but exists.

    Also whether the question has to be put again. A name without a dot is looked for inside the domains of ``search``.
    """
    bare = name.rstrip(".")
    inside = [] if "." in name else [f"{bare}.{domain}" for domain in around.search]
    for candidate in (*inside, bare):
        answer: Answer = yield Question(candidate.lower(), "MX")
        if answer.status == TRY_AGAIN:
            return [], True
        pairs = sorted(pair for pair in answer.records if isinstance(pair, tuple))
        if pairs:
            return [f"{host}." for _, host in pairs], False
    found, waits = yield from canonical(name, around)
    return ([f"{found}."] if found is not None else []), waits


def canonical(name: str, around: Surroundings) -> Asking[tuple[str | None, bool]]:
    """The full name of a host, in the case in which it was given; whether it is to be asked for again, where none.

    The hosts file comes first. A name with a dot is looked for as it is and then in each domain of ``search``; one
    without the other way round.
    """
    bare = name.rstrip(".")
    if bare in around.hosts:
        return around.hosts[bare], False
    inside = [] if name.endswith(".") else [f"{bare}.{domain}" for domain in around.search]
    waits = False
    for candidate in [bare, *inside] if "." in name else [*inside, bare]:
        for kind in KINDS:
            answer: Answer = yield Question(candidate.lower(), kind)
            if answer.status == FOUND:
                return answer.canonical or candidate, False
            if answer.status == NO_SUCH_NAME:
                break
            if answer.status == TRY_AGAIN:
                waits = True
                if candidate != bare:
                    return None, True
    if bare.lower() in around.hosts:  # which is looked at again, without regard to case
        return around.hosts[bare.lower()], False
    return None, waits


def address_name(literal: str, around: Surroundings) -> Asking[tuple[str | None, bool]]:
    """The name of ``[127.0.0.1]``, if it has one; what stands behind the bracket is not looked at."""
    inner, closed, _ = literal[1:].partition("]")
    numbers = inner.split(".")
    if not closed or len(numbers) != 4 or not all(n.isdecimal() and int(n) < 256 for n in numbers):
        return None, False
    if inner in around.addresses:
        return around.addresses[inner], False
    answer: Answer = yield Question(".".join(reversed(numbers)) + ".in-addr.arpa", "PTR")
    if answer.status == FOUND and answer.records:
        return str(answer.records[0]), False
    return None, answer.status == TRY_AGAIN

"""``sendmail -d0.1``: what it is, and what it takes for its own name [main.c]."""

from collections.abc import Iterator

from simlib.cf.not_simulated import told
from simlib.language import translated
from simlib.mta.installation import Installation
from simlib.mta.policy.version import numbers

COMPILED = (
    ("DNSMAP LOG MAP_REGEX MIME7TO8 MIME8TO7 NAMED_BIND NETINET", (8, 8)),
    ("NETUNIX NEWDB PIPELINING SCANF XDEBUG", (8, 12)),
)
"""What is compiled in of what is simulated; the second line not in older ones."""

NAMES = 4  # the level of -d0 from which on it tells its names


def shown(mta: Installation, levels: str) -> Iterator[str]:
    """What ``-d`` prints before anything else is done; of other categories than 0 that it is not simulated."""
    level = _level(levels)
    if level is None:
        yield translated(told(f"-d{levels}"))
        return
    yield f"Version {mta.version}"
    lines = [words for words, since in COMPILED if numbers(mta.version) >= since]
    yield " Compiled with: " + "\n\t\t".join(lines or [COMPILED[0][0].partition(" MIME")[0]])
    short, _, domain = mta.name.partition(".")
    if level >= NAMES:
        yield f"Canonical name: {mta.name}"
        yield f" UUCP nodename: {mta.name}"
        yield from (f"\ta.k.a.: {name}" for name in (mta.name, f"[{mta.host.address}]"))
    yield ""
    yield "============ SYSTEM IDENTITY (after readcf) ============"
    yield f"      (short domain name) $w = {short}"
    yield f"  (canonical domain name) $j = {mta.name}"
    yield f"         (subdomain name) $m = {domain}"
    yield f"              (node name) $k = {mta.name}"
    yield "=" * 56
    yield ""


def _level(levels: str) -> int | None:
    """The level of category 0; None where only others are meant."""
    found = None
    for part in levels.split(","):
        category, _, level = part.partition(".")
        first = category.partition("-")[0]
        if first == "0" and (level or "1").isdecimal():
            found = int((level or "1")[:9])
    return found

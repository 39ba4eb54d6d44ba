"""Holes that were found in sendmail, by version (slide claim 17.1).

A choice of those that mattered, not a complete list. From the CVE entries and the CERT advisories named, and the
release notes of the versions that fixed them (docs/sources.md, 17).
"""

from typing import NamedTuple

from simlib.mta.policy.version import numbers
from simlib.trace.table import Table


class Hole(NamedTuple):
    """One hole: in the versions from ``since`` (empty: from the beginning) until ``fixed``, which has it no more.

    ``reach``: whether it takes a login on the host (*local*) or only a connection or a message (*remote*).
    """

    identifier: str
    advisory: str
    since: str
    fixed: str
    reach: str
    what: str


HOLES = (
    Hole("CVE-1999-0204", "CA-1995-05", "", "8.6.10", "remote", "a lying identd has commands run as root"),
    Hole("CVE-1999-0131", "CA-1996-20", "", "8.7.6", "local", "a long name in the password file overflows a buffer"),
    Hole("CVE-1999-0206", "", "8.8.0", "8.8.2", "remote", "conversion of MIME overflows a buffer"),
    Hole("CVE-1999-0130", "CA-1996-24", "8.7", "8.8.3", "local", "anybody may start a daemon, and becomes root"),
    Hole("CVE-1999-0129", "CA-1996-25", "", "8.8.4", "local", "group rights are had by way of .forward or :include:"),
    Hole("CVE-1999-0047", "CA-1997-05", "8.8.3", "8.8.5", "remote", "conversion of MIME overflows a buffer, again"),
    Hole("CVE-2001-0653", "", "8.10.0", "8.11.6", "local", "a large debugging category writes into memory"),
    Hole("CVE-2002-1337", "CA-2003-07", "", "8.12.8", "remote", "an address in a header overflows a buffer"),
    Hole("CVE-2003-0161", "CA-2003-12", "", "8.12.9", "remote", "an address overflows a buffer (prescan)"),
    Hole("CVE-2003-0694", "CA-2003-25", "", "8.12.10", "remote", "an address overflows a buffer (prescan, again)"),
    Hole("CVE-2006-0058", "TA06-081A", "8.13.0", "8.13.6", "remote", "a time-out at the right moment corrupts memory"),
    Hole("CVE-2006-1173", "", "", "8.13.7", "remote", "deeply nested MIME exhausts the stack: no service"),
    Hole("CVE-2014-3956", "", "8.13.0", "8.14.9", "local", "a program run by sendmail inherits open connections"),
    Hole("CVE-2023-51765", "", "", "8.18", "remote", "SMTP smuggling: a bare line feed hides a second message"),
)


def known_holes(version: str) -> Table:
    """The holes of a version that are known today, in the order in which they were fixed."""
    mine = numbers(version)
    held = [hole for hole in HOLES if (not hole.since or numbers(hole.since) <= mine) and mine < numbers(hole.fixed)]
    return Table.of_rows(Hole._fields, held)

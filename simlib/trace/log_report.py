"""A mail log read back: what a report of the day is made from (slide claim 11.1)."""

import re

from simlib.trace.table import Table

COLUMNS = ("time", "qid", "kind", "address", "size", "recipients", "mailer", "relay", "delay", "dsn", "stat")
CAME, SENT, DEFERRED, FAILED, QUEUED, REFUSED = "came", "sent", "deferred", "failed", "queued", "refused"
NOTICE = "notice"

DIGITS = 19  # a size or a count has fewer
_LINE = re.compile(r"(\w{3} [ \d]\d \d\d:\d\d:\d\d) \S+ (?:sendmail|sm-mta)\[\d+\]: (\w+): (.*)")
_NOTICE = re.compile(r"(\w+): (DSN|sender notify|postmaster notify|return to sender): (.*)")
_FIELD = re.compile(r", (?=[a-z0-9]+=)")
_DELAY = re.compile(r"(?:([0-9]{1,9})\+)?([0-9]{2}):([0-9]{2}):([0-9]{2})")


def read_maillog(text: str) -> Table:
    """The lines of a mail log that tell of messages, as a table; those of a real sendmail as well.

    ``kind``: *came* (a ``from=`` line), *sent*, *deferred*, *queued* or *failed* (a ``to=`` line), *refused* (by a
    rule set), *notice* (a notice is written, under its own ``qid``; its ``address`` is what the line calls it). A
    ``to=`` line is one row, whoever stands in it: ``recipients`` says how many. ``delay`` is in seconds, since the
    message came; ``size`` in bytes. What a line does not say is None.
    """
    rows = []
    for line in text.splitlines():
        found = _LINE.match(line)
        row = _row(*found.groups()) if found else None
        if row is not None:
            rows.append(row)
    return Table.of_rows(COLUMNS, rows, {"size": "bytes", "delay": "s"})


def _row(time: str, qid: str, rest: str) -> tuple[object, ...] | None:
    notice = _NOTICE.fullmatch(rest)
    if notice:
        own, called, words = notice.groups()
        return (time, own, NOTICE, called, None, 0, None, None, None, None, words)
    before, stat, outcome = rest.partition(", stat=")  # what follows may hold anything
    fields = dict(part.partition("=")[::2] for part in _FIELD.split(before))
    size, recipients = _number(fields.get("size")), _number(fields.get("nrcpts"))
    common = (fields.get("mailer"), fields.get("relay"), _seconds(fields.get("delay")), fields.get("dsn"))
    if "from" in fields:
        return (time, qid, CAME, fields["from"], size, recipients or 0, *common, None)
    if "to" in fields and stat:
        return (time, qid, _kind(outcome), fields["to"], size, len(fields["to"].split(",")), *common, outcome)
    if "ruleset" in fields and "reject" in fields:
        return (time, qid, REFUSED, fields.get("arg1"), size, 1, *common, fields["reject"])
    return None


def _number(text: str | None) -> int | None:
    """The number in a field; None where a damaged line has none."""
    return int(text) if text is not None and text.isascii() and text.isdecimal() and len(text) < DIGITS else None


def _kind(stat: str) -> str:
    for start, kind in (("Sent", SENT), ("Deferred", DEFERRED), ("queued", QUEUED)):
        if stat.startswith(start):
            return kind
    return FAILED


def _seconds(delay: str | None) -> int | None:
    found = _DELAY.fullmatch(delay or "")
    if found is None:
        return None
    days, hours, minutes, seconds = (int(part or 0) for part in found.groups())
    return ((days * 24 + hours) * 60 + minutes) * 60 + seconds

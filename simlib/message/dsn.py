"""Notices: what is sent back about a message, in sendmail's layout and as RFC 3461 to 3464 ask for (savemail.c)."""

import re
from collections.abc import Sequence
from email.generator import BytesGenerator
from email.message import Message as Part
from email.mime.multipart import MIMEMultipart
from io import BytesIO
from typing import NamedTuple

from simlib.message.copy import Copy, Dates
from simlib.message.header import Headers
from simlib.message.octets import as_bytes

FAILED, DELAYED = "failed", "delayed"
DELIVERED = "delivered (to mailbox)"
RELAYED = "relayed (to non-DSN-aware mailer)"

PREAMBLE = "This is a MIME-encapsulated message\n"
WARNING_ONLY = """\
    **********************************************
    **      THIS IS A WARNING MESSAGE ONLY      **
    **  YOU DO NOT NEED TO RESEND YOUR MESSAGE  **
    **********************************************

"""
_GOOD = {  # what the heading says behind the address
    DELIVERED: "successfully delivered to mailbox",
    RELAYED: "relayed to non-DSN-aware mailer",
}


class Told(NamedTuple):
    """What a notice tells of one recipient.

    ``action`` and ``status`` are fields of RFC 3464 §2.3, ``remote`` the MTA that was asked, ``reason`` what it said
    (None: nobody said anything), ``orcpt`` the original recipient. ``retried``: a delayed one says until when.
    ``original`` is the address that came, where an alias stood for this one, and ``shown`` how the alias writes it.
    ``diagnostic``: the Diagnostic-Code where it is not what an SMTP server said. ``meant``: what rules have made of the
    address.
    """

    address: str
    action: str
    status: str
    remote: str = ""
    reason: str | None = None
    orcpt: str = ""
    retried: bool = False
    original: str = ""
    shown: str = ""
    diagnostic: str = ""
    meant: str = ""

    @property
    def name(self) -> str:
        """As people are told."""
        return self.shown or f"<{self.address}>"

    @property
    def expanded(self) -> str:
        """The line that names the alias."""
        return f"    (expanded from: <{self.original}>)\n" if self.original else ""


class Report(NamedTuple):
    """All that stands in a notice. Times in simulated seconds.

    ``host`` and ``qid`` are those of the notice, ``original`` the message it is about, which came ``arrived`` from
    ``client`` (for the postmaster with ``original_qid``). ``mime``: O SendMimeErrors. ``received_from`` names the host
    that brought it, while the process that took it in still knows.
    """

    host: str
    qid: str
    now: float
    told: Sequence[Told]
    transcript: Sequence[str]
    original: Copy
    with_body: bool
    arrived: float
    client: str
    envid: str = ""
    retry_until: float = 0.0
    original_qid: str = ""
    received_from: str = ""
    mime: bool = True

    def headers(self, to: Sequence[str], subject: str, submitted: str, unix: int) -> Headers:
        """Those that are its own; Date, From and Message-Id every message gets. ``unix`` is the time since 1970."""
        fields = [("To", f" {address}") for address in to]
        if self.mime:
            boundary = f"{self.qid}.{unix}/{self.host}"
            fields.append(("MIME-Version", " 1.0"))
            fields.append(("Content-Type", f' multipart/report; report-type=delivery-status;\n\tboundary="{boundary}"'))
        if self.mime and self.eight_bit:
            fields.append(("Content-Transfer-Encoding", " 8bit"))
        fields += [("Subject", f" {subject}"), ("Auto-Submitted", f" auto-generated ({submitted})")]
        return tuple(fields)

    def text(self, dates: Dates) -> str:
        """The part for people."""
        failed = [one for one in self.told if one.action == FAILED]
        good = [one for one in self.told if one.action not in (FAILED, DELAYED)]
        lines = [WARNING_ONLY] if not failed and not good else []
        lines.append(f"The original message was received at {dates.rfc822(self.arrived)}\nfrom {self.client}\n")
        if self.original_qid:
            lines.append(f"with id {self.original_qid}\n")
        if failed:
            lines.append("\n   ----- The following addresses had permanent fatal errors -----\n")
            lines += map(_failure, failed)
        if good:
            lines.append("\n   ----- The following addresses had successful delivery notifications -----\n")
            lines += (f"{one.name}  ({_GOOD[one.action]})\n{one.expanded}" for one in good)
        lines.append("\n   ----- Transcript of session follows -----\n")
        lines += (f"{line}\n" for line in self.transcript)
        return "".join(lines)

    def status(self, dates: Dates) -> str:
        """The part for machines: message/delivery-status (RFC 3464)."""
        envid = f"Original-Envelope-Id: {from_xtext(self.envid)}\n" if self.envid else ""
        source = f"Received-From-MTA: DNS; {self.received_from}\n" if self.received_from else ""
        attempted = f"Last-Attempt-Date: {dates.rfc822(self.now)}\n"
        until = f"Will-Retry-Until: {dates.rfc822(self.retry_until)}\n" if self.retry_until else ""
        message = f"{envid}Reporting-MTA: dns; {self.host}\n{source}Arrival-Date: {dates.rfc822(self.arrived)}\n"
        return message + "".join(
            f"\n{self._header_fields(one)}{attempted}{until if one.action == DELAYED and one.retried else ''}"
            for one in self.told
        )

    def _header_fields(self, one: Told) -> str:
        original = f"Original-Recipient: {from_xtext(one.orcpt)}\n" if one.orcpt else ""
        remote = f"Remote-MTA: DNS; {one.remote}\n" if one.remote else ""
        diagnostic = one.diagnostic or (None if one.reason is None else f"SMTP; {one.reason}")
        reason = "" if diagnostic is None else f"Diagnostic-Code: {diagnostic}\n"
        actual = one.meant or one.address
        actual = actual if "@" in actual else f"{actual}@{self.host}"
        return (
            f"{original}Final-Recipient: RFC822; {one.original or actual}\nX-Actual-Recipient: rfc822; {actual}\n"
            f"Action: {one.action}\nStatus: {one.status}\n{remote}{reason}"
        )

    def returned(self, dates: Dates) -> bytes:
        """The message it is about, or its header."""
        return self.original.as_bytes(dates) if self.with_body else self.original.head(dates)

    def body(self, headers: Headers, dates: Dates) -> bytes:
        """All that follows ``headers``, as the standard library's ``email`` puts it together."""
        if not self.mime:
            before, after = self._separators
            return _bytes(self.text(dates)) + before.encode() + self.returned(dates) + after.encode()
        whole = MIMEMultipart("report")
        whole.replace_header("Content-Type", dict(headers)["Content-Type"].strip())
        whole.preamble, whole.epilogue = PREAMBLE, "\n"
        kind = "message/rfc822" if self.with_body else "text/rfc822-headers"
        whole.attach(_part("", _bytes(self.text(dates))))
        whole.attach(_part("message/delivery-status", _bytes(self.status(dates))))
        returned = _part(kind, self.returned(dates))
        if self.eight_bit:
            returned["Content-Transfer-Encoding"] = "8bit"
        whole.attach(returned)
        written = BytesIO()
        BytesGenerator(written, mangle_from_=False, maxheaderlen=0).flatten(whole)
        return written.getvalue().partition(b"\n\n")[2]

    def size(self, headers: Headers, dates: Dates) -> int:
        """How many bytes header and body have, without writing the body."""
        written = sum(len(name) + len(value) + 2 for name, value in headers) + 1
        returned = self.original.size(dates) if self.with_body else len(self.original.head(dates))
        text = len(_bytes(self.text(dates)))
        if not self.mime:
            return written + text + returned + sum(map(len, self._separators))
        boundary = len(dict(headers)["Content-Type"].partition('"')[2]) - 1
        kind = "message/rfc822" if self.with_body else "text/rfc822-headers"
        frame = 4 * (boundary + len("\n--\n")) + len("--\n") + 2 * len("Content-Type: \n") + 3  # 3: empty lines
        types = len(kind) + len("message/delivery-status")
        frame += len("Content-Transfer-Encoding: 8bit\n") if self.eight_bit else 0
        return written + len(PREAMBLE) + text + len(_bytes(self.status(dates))) + returned + frame + types

    @property
    def eight_bit(self) -> bool:
        """Whether it brings back bytes that are not ASCII."""
        return self.original.message.eight_bit

    @property
    def _separators(self) -> tuple[str, str]:
        """What stands before and behind the message in a notice of plain text."""
        if self.with_body:
            return "\n   ----- Original message follows -----\n\n", "\n"
        return "\n   ----- Message header follows -----\n\n", "\n   ----- Message body suppressed -----\n\n"


def from_xtext(text: str) -> str:
    """What ENVID and ORCPT mean (RFC 3461 §4): ``+2B`` is a plus sign.

    >>> from_xtext("rfc822;a+2Bb@one.test")
    'rfc822;a+b@one.test'
    """
    raw = as_bytes(text)
    raw = re.sub(rb"\+([0-9A-F]{2})", lambda code: bytes([int(code[1], 16)]), raw)
    return raw.decode("utf-8", "surrogateescape")


def _failure(one: Told) -> str:
    reason = "" if one.reason is None else f"    (reason: {one.reason})\n"
    return f"{one.name}\n{reason}{one.expanded}"


class _AsItIs(Part):
    """A part that is written as it is, whatever its type: the generator would parse what is sent back, and mend it."""

    def get_content_maintype(self) -> str:
        return "text"


def _bytes(text: str) -> bytes:
    """What was said as it was sent, 8-bit bytes and all; a line end that came in ORCPT is one here, too."""
    return as_bytes(text.replace("\r\n", "\n").replace("\r", "\n"))


def _part(kind: str, content: bytes) -> Part:
    part = _AsItIs()
    if kind:
        part["Content-Type"] = kind
    part.set_payload(content.decode("ascii", "surrogateescape"))
    return part

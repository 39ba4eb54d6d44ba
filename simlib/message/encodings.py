"""Quoted-printable and base64 (RFC 2045 §6.7, §6.8) as sendmail writes and reads them, down to where lines break."""

import binascii
import re
from collections.abc import Iterator

SOFT_BREAK = 72  # characters of a quoted-printable line behind which no more begin
BASE64_LINE = 72  # characters of a base64 line
_TO_QUOTE = frozenset(range(0x20)) - {0x09} | {0x3D, 0x7F} | frozenset(range(0x80, 0x100))
_ESCAPE = re.compile(rb"=([0-9A-Fa-f]{2})?")


def to_quoted_printable(content: bytes) -> bytes:
    """Lines (LF) with what is not plain ASCII as ``=XX``.

    A blank at the end of a line and a dot that is a whole line are quoted too, for the mailers on the way.
    """
    return b"\n".join(b"=\n".join(_broken(line)) for line in content.split(b"\n"))


def _broken(line: bytes) -> Iterator[bytes]:
    """One line, in pieces that are short enough. No piece but the first may begin with a dot that stood alone."""
    if line == b".":
        yield b"=2E"
        return
    piece = bytearray()
    for at, byte in enumerate(line):
        before = line[at - 1] if at else 0
        dots_together = byte == 0x2E and not (len(piece) > SOFT_BREAK + 1 and before == 0x2E)
        if len(piece) > SOFT_BREAK and not (dots_together and len(piece) <= SOFT_BREAK + 3):
            carried = bytes(piece[-1:]) if before == 0x2E and len(piece) > SOFT_BREAK + 1 else b""
            yield bytes(piece[: len(piece) - len(carried)])
            piece = bytearray(carried)
        last = at == len(line) - 1
        if byte in _TO_QUOTE or (last and byte in b" \t"):
            piece += b"=%02X" % byte
        else:
            piece.append(byte)
    yield bytes(piece)


def from_quoted_printable(content: bytes) -> bytes:
    """The lines that were quoted. What follows an ``=`` that quotes nothing is dropped, to the end of its line."""
    out = bytearray()
    for line in content.split(b"\n")[:-1] if content.endswith(b"\n") else content.split(b"\n"):
        at = 0
        for escape in _ESCAPE.finditer(line):
            out += line[at : escape.start()]
            if escape[1] is None:
                break
            out.append(int(escape[1], 16))
            at = escape.end()
        else:
            out += line[at:] + b"\n"
    return bytes(out)


def to_base64(content: bytes) -> bytes:
    """In lines of 72 characters; line ends are CRLF inside, as in the canonical form of text."""
    encoded = binascii.b2a_base64(content.replace(b"\n", b"\r\n"), newline=False)
    return b"\n".join(encoded[at : at + BASE64_LINE] for at in range(0, len(encoded), BASE64_LINE))


def from_base64(content: bytes) -> bytes:
    """The text that was encoded, lines ended by LF. What cannot be read is left out."""
    letters = re.sub(rb"[^A-Za-z0-9+/]", b"", content)
    letters = letters[: len(letters) - (len(letters) % 4 == 1)]
    return binascii.a2b_base64(letters + b"=" * (-len(letters) % 4)).replace(b"\r\n", b"\n")

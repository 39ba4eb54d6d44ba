"""Making 8-bit messages 7-bit and back, part by part (RFC 2045 to 2049; sendmail's mime.c; claims 10.2-10.4)."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from email.message import Message as Parsed
from typing import NamedTuple

from simlib.message.encodings import from_base64, from_quoted_printable, to_base64, to_quoted_printable
from simlib.message.envelope import Message
from simlib.message.header import Headers, read, value_of, write

ENCODING, TYPE, VERSION = "Content-Transfer-Encoding", "Content-Type", "MIME-Version"
CONVERTED = "X-MIME-Autoconverted"
UNENCODED = ("7bit", "8bit", "binary")
LOOKED_AT = 4096  # bytes of a part from which on more than a quarter of 8-bit ones settles the matter
NO_BOUNDARY = "---"  # what sendmail takes where Content-Type names none


class Converter(NamedTuple):
    """Who converts: host and queue id for X-MIME-Autoconverted, and O DefaultCharSet for text without a label."""

    host: str
    qid: str
    charset: str = "unknown-8bit"

    def to_seven_bit(self, message: Message) -> Message:
        """The message for a path that carries 7 bits: each part with 8-bit bytes in base64 or quoted-printable."""
        headers = _with_missing(message.headers, ((VERSION, "1.0"), (TYPE, f"text/plain; charset={self.charset}")))
        return _message(message, *self._seven_bit(headers, message.text), eight_bit=False)

    def to_eight_bit(self, message: Message) -> Message:
        """The message decoded, if it is plain text as a whole and encoded (mailer flag 9); else as it is."""
        encoding = value_of(message.headers, ENCODING) or ""
        decode = _DECODERS.get(encoding.lower())
        if decode is None or not _plain_text(value_of(message.headers, TYPE) or ""):
            return message
        decoded = decode(message.text)
        decoded += b"\n" if decoded.endswith(b"\n") else b"\n\n"  # sendmail ends the last line once more
        headers = _without(message.headers, ENCODING) + self._converted(encoding, "8bit")
        return _message(message, headers, decoded, eight_bit=not decoded.isascii())

    def labelled(self, message: Message) -> Message:
        """The message with a label where it has none, and not a byte of its body changed (O EightBitMode=mimefy)."""
        missing = ((VERSION, "1.0"), (TYPE, f"text/plain; charset={self.charset}"), (ENCODING, "8bit"))
        headers = _with_missing(message.headers, missing)
        return _message(message, headers, message.text, eight_bit=message.eight_bit)

    def _seven_bit(self, headers: Headers, body: bytes, digest: bool = False) -> tuple[Headers, bytes]:
        """One entity; ``digest``: without a type it is a message (RFC 2046 §5.1.5)."""
        encoding = (value_of(headers, ENCODING) or "").lower()
        if encoding and encoding not in UNENCODED:
            return headers, body
        kind, boundary = _type(headers, "message/rfc822" if digest else "text/plain")
        if kind == "multipart/signed":
            return headers, body
        if kind.startswith("multipart/"):
            parts = self._parts(body, boundary, kind == "multipart/digest")
            return _without(headers, ENCODING), parts
        if kind == "message/rfc822":
            inner, text = read(body)
            inner, text = self._seven_bit(_with_missing(inner, ((VERSION, "1.0"),)), text)
            return _without(headers, ENCODING), write(inner) + b"\n" + text
        return self._leaf(headers, body, encoding)

    def _leaf(self, headers: Headers, body: bytes, encoding: str) -> tuple[Headers, bytes]:
        chosen = choice(body, binary=encoding == "binary")
        if chosen is None:
            return headers, body
        encode = to_base64 if chosen == "base64" else to_quoted_printable
        encoded = encode(body)
        if chosen == "base64" and body.endswith(b"\n") and encoded:
            encoded += b"\n"
        return _without(headers, ENCODING) + self._converted("8bit", chosen), encoded

    def _parts(self, body: bytes, boundary: str, digest: bool) -> bytes:
        """A multipart, with a last boundary even where it had none. What stands around the parts loses its 8th bit."""
        out = bytearray()
        for piece, is_part in _split(body, boundary):
            if not is_part:
                out += seven_bits(piece)
                continue
            out += f"--{boundary}\n".encode("utf-8", "surrogateescape")
            headers, text = read(piece)
            headers, text = self._seven_bit(headers, text, digest)
            out += write(headers) + b"\n" + text + b"\n"
        return bytes(out)

    def _converted(self, before: str, after: str) -> Headers:
        said = f" from {before} to {after} by {self.host} id {self.qid}"
        return (ENCODING, f" {after}"), (CONVERTED, said)


def choice(body: bytes, binary: bool = False) -> str | None:
    """In what a part is encoded: by the share of 8-bit bytes, more than an eighth of them in base64; None: not at all.

    >>> choice("café naïve\\n".encode("latin-1")), choice("café and much more\\n".encode("latin-1"))
    ('base64', 'quoted-printable')
    """
    if body.isascii():
        return None
    size = high = 0
    for line in body.splitlines(keepends=True):
        size, high = size + len(line), high + _high(line)
        if size >= LOOKED_AT and high > size // 4:
            break
    return "base64" if binary or high > size // 8 else "quoted-printable"


def seven_bits(content: bytes) -> bytes:
    """The bytes without their eighth bit: what O SevenBitInput makes of a message."""
    return content.translate(_SEVEN_BITS)


_SEVEN_BITS = bytes(byte & 0x7F for byte in range(256))
_DECODERS: dict[str, Callable[[bytes], bytes]] = {"base64": from_base64, "quoted-printable": from_quoted_printable}


def _high(content: bytes) -> int:
    return len(content) - len(content.translate(None, bytes(range(0x80, 0x100))))


def _split(body: bytes, boundary: str) -> Iterator[tuple[bytes, bool]]:
    """A multipart's body in pieces, and whether each is a part; else it stands around the parts, as the last boundary.

    The line end before a boundary belongs to the boundary (RFC 2046 §5.1.1).
    """
    mark = f"--{boundary}".encode("utf-8", "surrogateescape")
    last = mark + b"--"
    piece, is_part, ended = bytearray(), False, False
    for line in body.splitlines(keepends=True):
        bare = line.rstrip()
        if ended or bare not in (mark, last):
            piece += line
            continue
        yield bytes(piece).removesuffix(b"\n") if is_part else bytes(piece), is_part
        piece, is_part, ended = bytearray(), bare == mark, bare == last
        if ended:
            yield last + b"\n", False
    yield bytes(piece), is_part
    if not ended:
        yield last + b"\n", False


def _type(headers: Headers, usual: str) -> tuple[str, str]:
    """Content-Type without its parameters, and its boundary."""
    written = value_of(headers, TYPE)
    if written is None:
        return usual, ""
    parsed = Parsed()
    parsed[TYPE] = written.encode("ascii", "replace").decode()
    boundary = parsed.get_param("boundary")
    return written.partition(";")[0].strip().lower(), boundary if isinstance(boundary, str) else NO_BOUNDARY


def _plain_text(kind: str) -> bool:
    return kind[:10].lower() == "text/plain" and kind[10:11] in ("", " ", ";")


def _without(headers: Headers, name: str) -> Headers:
    return tuple((key, value) for key, value in headers if key.lower() != name.lower())


def _with_missing(headers: Headers, fields: Sequence[tuple[str, str]]) -> Headers:
    has = {name.lower() for name, _ in headers}
    return headers + tuple((name, f" {value}") for name, value in fields if name.lower() not in has)


def _message(message: Message, headers: Headers, body: bytes, eight_bit: bool) -> Message:
    return replace(message, size=len(write(headers)) + 1 + len(body), headers=headers, body=body, eight_bit=eight_bit)

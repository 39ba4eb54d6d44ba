"""Lines too long for a mailer (``L=``), broken as sendmail breaks them: a ``!``, and a blank on the next line."""

import re

BUFFER = 2047  # bytes of a body's line that sendmail has in hand at a time; it counts anew behind them


def broken(body: bytes, limit: int) -> bytes:
    """A body with no line longer than ``limit`` characters; or hardly longer, where a line was longer than the buffer.

    >>> broken(b"0123456789\\n", 8)
    b'0123456!\\n 789\\n'
    """
    limit = max(limit, 3) if limit else 0  # with less there is no room for a character beside the blank and the "!"
    if not limit or not re.search(b"[^\\n]{%d}" % (limit + 1), body):
        return body
    return b"".join(_broken_line(line, limit) for line in body.splitlines(keepends=True))


def _broken_line(line: bytes, limit: int) -> bytes:
    bare = line.removesuffix(b"\n")
    pieces = [bare[at : at + BUFFER] for at in range(0, len(bare), BUFFER)]
    return b"".join(_broken_piece(piece, limit) for piece in pieces) + line[len(bare) :]


def _broken_piece(piece: bytes, limit: int) -> bytes:
    out, room = bytearray(), limit
    while len(piece) > room:
        out += piece[: room - 1] + b"!\n "
        piece, room = piece[room - 1 :], limit - 1
    return bytes(out) + piece

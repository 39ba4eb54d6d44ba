"""What becomes of 8-bit mail: taken in or refused, passed on, labelled or converted (slide claims 10.2 to 10.4)."""

from collections.abc import Collection
from dataclasses import replace

from simlib.cf import Mailer
from simlib.message.envelope import Message
from simlib.message.header import read, write
from simlib.message.lines import broken
from simlib.message.mime import VERSION, Converter, seven_bits
from simlib.mta.policy.queue_entry import QueueEntry
from simlib.mta.policy.settings import EightBits, Settings
from simlib.smtp.replies import Reply

NO_EIGHT_BITS = "Cannot send 8-bit data to 7-bit destination"
EIGHT, SEVEN = "8BITMIME", "7BIT"  # BODY= of RFC 6152


def refusal(message: Message, body: str, settings: Settings) -> Reply | None:
    """The reply to a message that is not taken in.

    Its header is longer than MaxHeadersLength; or, with EightBitMode=strict, it has 8-bit bytes and neither a label
    nor BODY=8BITMIME.
    """
    if message.headers and 0 < settings.max_headers < len(message.head):
        return Reply(552, f"5.6.0 Headers too large ({settings.max_headers} max)")
    if settings.eight_bit_mode is EightBits.STRICT and not _is_mime(message, body) and message.eight_bit:
        return Reply(554, "5.6.1 Eight bit data not allowed")
    return None


def as_queued(message: Message, body: str, settings: Settings) -> tuple[Message, str]:
    """A message as it goes into the queue, and its BODY=. O SevenBitInput and BODY=7BIT take the eighth bit off."""
    if not message.eight_bit:
        return message, SEVEN if body else ""
    if body == SEVEN or (settings.seven_bit_input and body != EIGHT):
        headers, text = read(seven_bits(write(message.headers) + b"\n" + message.text))
        return replace(message, headers=headers, body=text, eight_bit=False), body
    return message, body


def body_parameter(entry: QueueEntry, mailer: Mailer, settings: Settings) -> str:
    """BODY= of its MAIL, for a peer that knows of it."""
    if (
        entry.asked.body
        or not entry.message.eight_bit
        or settings.eight_bit_mode is not EightBits.MIMEFY
        or "8" in mailer.flags
    ):
        return entry.asked.body
    return EIGHT


def sendable(entry: QueueEntry, mailer: Mailer, settings: Settings) -> bool:
    """Whether a mailer can take it at all: one of 7 bits (F=7) not what must be passed on as it is."""
    return not (entry.message.eight_bit and "7" in mailer.flags and not _convertible(entry, settings))


def as_sent(entry: QueueEntry, mailer: Mailer, settings: Settings, host: str, offers: Collection[str]) -> Message:
    """The message as a mailer sends it to a peer with those extensions."""
    message = entry.message
    if not isinstance(message.body, bytes) and not message.eight_bit:  # filler and notices: lines of ASCII
        return message
    converter = Converter(host, entry.qid, settings.charset)
    if message.eight_bit:
        seven = "7" in mailer.flags or not (EIGHT in offers or "8" in mailer.flags)
        if seven and _convertible(entry, settings):
            message = converter.to_seven_bit(message)
        elif settings.eight_bit_mode is EightBits.MIMEFY:
            message = converter.labelled(message)
    elif "9" in mailer.flags and ("7" not in mailer.flags or EIGHT in offers):
        message = converter.to_eight_bit(message)
    text = broken(message.text, mailer.line_limit)
    return message if text == message.text else replace(message, body=text)


def gate_in(body: str) -> str:
    """What has changed a message that came with this BODY= when it was taken in."""
    return "BODY=7BIT" if body == SEVEN else "SevenBitInput"


def gate_out(before: Message, after: Message, flags: Collection[str]) -> str:
    """What has changed a message on its way out by a mailer with these flags."""
    if before.eight_bit:
        if after.eight_bit:
            return "EightBitMode=mimefy" if before.text == after.text else "L="
        return "F=7" if "7" in flags else "next host without 8BITMIME"
    return "F=9" if before.headers != after.headers else "L="


def _convertible(entry: QueueEntry, settings: Settings) -> bool:
    return settings.eight_bit_mode is not EightBits.PASS or _is_mime(entry.message, entry.asked.body)


def _is_mime(message: Message, body: str) -> bool:
    return body == EIGHT or message.header(VERSION) is not None

"""What a mail program hands in: checked, and made a message of."""

import re
from collections.abc import Callable, Mapping, Sequence
from email.message import Message as Parsed
from math import floor
from typing import NamedTuple

import simpy

from simlib.message.envelope import Message, distinct, parse_address
from simlib.message.header import Headers, given, read
from simlib.mta.installation import Installation
from simlib.mta.policy import log_lines
from simlib.mta.policy.conversion import refusal
from simlib.mta.policy.queue_entry import QueueEntry
from simlib.mta.policy.settings import Settings
from simlib.mta.policy.version import writes_mime
from simlib.mta.policy.wishes import SubmissionError, Wishes
from simlib.mta.queue import warning
from simlib.mta.queue.intake import NOT_TYPED, Typed, enqueue, log_receipt, take_in, warn
from simlib.mta.receiving.header_rulings import rule_on_header
from simlib.mta.receiving.rcpt import not_to_be_named
from simlib.mta.receiving.typed import Nobody, look_up, send
from simlib.mta.sending.attempt import give_back
from simlib.mta.sending.children import alone, deliver_by_mode
from simlib.smtp.parameters import keeps_for_itself
from simlib.smtp.replies import Reply

LARGEST = 2**31 - 1  # bytes of a file, to a program of the time
DEFAULT_SIZE = 1_000  # bytes of a message of which nothing is said
FROM_LINE = b"From "  # how a mailbox marks where a message begins; no part of it


class Submission(NamedTuple):
    """What somebody hands in: the message and its envelope. ``named`` is the sender as he was written.

    ``user``: who typed it as a command; None: a mail program handed it in, by SMTP. ``nobody`` are those whom he cannot
    have meant.
    """

    message: Message
    sender: str
    to: list[str]
    wishes: Wishes
    named: str
    user: str | None = None
    typed: Typed = NOT_TYPED
    nobody: tuple[Nobody, ...] = ()


def prepare(
    mta: Installation,
    sender: str,
    recipients: Sequence[str],
    *,
    size: int | None = None,
    headers: Mapping[str, str] | None = None,
    message: bytes | Parsed | None = None,
    notify: Sequence[str] | None = None,
    ret: str = "",
    envid: str = "",
    orcpt: str = "",
    body: str = "",
    user: str | None = None,
    written: Sequence[str] = (),
    nobody: Sequence[Nobody] = (),
) -> Submission:
    """Check and complete what ``Sendmail.submit`` was given, which says what it all means.

    ``written``: how the recipients were written, where they were read before; ``nobody``: what could not be read then.

    Raises SubmissionError, or AddressError, for what a mail program would not hand in.
    """
    if not recipients and not nobody:
        raise SubmissionError("a message needs a recipient: submit(sender, recipient, …)")
    for one in (sender, *recipients):
        if not isinstance(one, str):
            raise SubmissionError("{one!r} is no address: write submit('taro', 'hana@far.example', 'jiro')", one=one)
    if user is not None and not (isinstance(user, str) and re.fullmatch(r"[!-?A-~]+", user)):
        raise SubmissionError("user={user!r}: a login name, such as 'hana'", user=user)
    if isinstance(notify, str):
        raise SubmissionError("notify={notify!r}: write a list, such as ['success', 'failure']", notify=notify)
    origin = "" if sender in ("", "<>") else mta.qualified(address(sender))
    texts = [*(written or recipients)]
    whole = [mta.qualified(recipient if written else address(recipient)) for recipient in recipients]
    if mta.ways.rewriting is not None:  # it is for rules to say what an address comes to
        origin, whole = origin and bare(sender), [bare(text) for text in texts]
    spelled = dict(zip(whole, texts, strict=True))
    to = distinct(whole)
    direct = {one: kind for one, kind in ((one, not_to_be_named(mta.ways.local_user(one) or "")) for one in to) if kind}
    if direct and user is None:
        name = next(iter(direct))
        raise SubmissionError("{name}: nobody may mail directly to programs and files, only aliases may", name=name)
    to = [one for one in to if one not in direct]
    refused = [Nobody(f"{spelled[one]}... Cannot mail directly to {kind}", counts=True) for one, kind in direct.items()]
    wishes = Wishes.of(notify, ret, envid, orcpt, body)
    if notify is not None and not writes_mime(mta.version):
        raise SubmissionError("sendmail {version} has no -N: there is DSN since 8.7 (RFC 1891)", version=mta.version)
    handed = handed_in(mta.site.recorder.new_message, origin, message, size, headers)
    if user is None:  # by SMTP, with a domain and in brackets; only what is written otherwise is worth to be kept
        plain = {one: bare(text) for one, text in spelled.items()}
        typed = Typed("", {one: f"<{text}>" for one, text in plain.items() if "@" in text and text != one})
    else:
        typed = Typed(bare(sender), spelled)
    typed = typed._replace(named=len(whole) + len(nobody))
    return Submission(handed, origin, to, wishes, sender, user, typed, (*nobody, *refused))


def bare(address: str) -> str:
    """What stands in the brackets around an address, if there are any."""
    _, bracket, inside = address.rpartition("<")
    return inside.removesuffix(">") if bracket else address


def hand_in(mta: Installation, asked: Submission) -> list[simpy.Event]:
    """Take a message that a mail program or a user on this host has, unless the host is down.

    Gives what somebody who types it as a command has to wait for; what is said to him his terminal shows.
    """
    if not mta.host.up:
        return []
    pid, user = mta.host.new_pid(), asked.user
    message, wanted = take_in(mta, asked.message, asked.wishes.body)
    refused = not_taken(message, wanted, mta.settings)
    entry = enqueue(
        mta, message, asked.sender, asked.to, asked.wishes._replace(body=wanted), pid, user=user, typed=asked.typed
    )
    if user is not None:
        warn(mta, entry, warning.of_user(mta, user, asked.named), pid)
    if user is None:
        for fault in mta.ways.take_faults():
            mta.log(log_lines.syserr(fault, entry.qid), pid)
    ruling = rule_on_header(mta, entry, pid)
    if ruling.discards:
        log_receipt(mta, entry, message, pid)
        _throw_away(mta, entry, pid)
        return []
    entry.quarantined = ruling.quarantine
    if ruling.refusal is not None:
        refused, entry.status = ruling.refusal, ruling.refusal.text
    meant = None if user is None or refused is not None else look_up(mta, entry, pid, message.size, asked.nobody)
    log_receipt(mta, entry, message, pid, looked_up=0 if meant is None else meant.counted - len(entry.recipients))
    if refused is not None:
        if mta.terminal is not None:
            mta.terminal.say(refused.text)
        mta.host.spawn(alone(mta, lambda process: give_back(process, entry, refused)))
    elif meant is None or user is None:
        deliver_by_mode(mta, entry, pid)
    else:
        return send(mta, entry, pid, meant, user)
    return []


def _throw_away(mta: Installation, entry: QueueEntry, pid: int) -> None:
    """Nobody gets it, and nobody is told."""
    mta.log(log_lines.of_message(entry.qid, log_lines.DISCARDED), pid)
    for recipient in entry.recipients:
        recipient.account.lose(mta.site.env.now)
    mta.queue.remove(entry, mta.site.env.now)


def keep(mta: Installation, asked: Submission, since: float, tries: int) -> None:
    """Have a message in the queue as if it had waited there ``since`` then, tried so often at equal distances.

    Raises SubmissionError for one that this host would not have taken.
    """
    pid = mta.host.new_pid()
    message, wanted = take_in(mta, asked.message, asked.wishes.body)
    refused = not_taken(message, wanted, mta.settings)
    if refused is not None:
        raise SubmissionError("this host would not have taken such a letter: {refused}", refused=refused)
    wishes = asked.wishes._replace(body=wanted)
    entry = enqueue(mta, message, asked.sender, asked.to, wishes, pid, user=asked.user, since=since, typed=asked.typed)
    if asked.user is not None:
        warn(mta, entry, warning.of_user(mta, asked.user, asked.named), pid, logged=False)
    entry.tries, entry.last_try = tries, floor(since / tries) if tries else 0
    entry.priority += tries * mta.settings.retry_factor


def handed_in(
    number: Callable[[], int],
    sender: str,
    content: bytes | Parsed | None,
    size: int | None,
    headers: Mapping[str, str] | None,
) -> Message:
    """What ``Sendmail.submit`` was given: bytes, or a size and some headers. ``number`` gives the message's number."""
    if content is None:
        if size is not None and not 1 <= size <= LARGEST:
            raise SubmissionError(
                "size={size!r}: a message has at least 1 byte, and at most {largest}", size=size, largest=LARGEST
            )
        try:
            fields = given((headers or {}).items())
        except ValueError as wrong:
            raise SubmissionError("headers: {wrong}", wrong=wrong) from None
        return Message(number(), DEFAULT_SIZE if size is None else size, fields, sender=sender)
    if size is not None or headers:
        raise SubmissionError("message= brings its own size and headers: leave size= and headers= out")
    text = _bytes(content)
    if not text:
        raise SubmissionError("message=b'': a message has at least 1 byte")
    fields, body = read(text.partition(b"\n")[2] if text.startswith(FROM_LINE) else text)
    return Message(number(), len(text), _without_private(fields), body, sender, eight_bit=not text.isascii())


def address(text: str) -> str:
    """An address that sendmail takes."""
    if keeps_for_itself(text):
        raise SubmissionError(
            "{text!r}: sendmail takes no bytes from 0x80 to 0x9F: 501 8-bit character in mailbox address", text=text
        )
    return parse_address(text)


def not_taken(message: Message, body: str, settings: Settings) -> Reply | None:
    """What sendmail answers to a submission that it does not take."""
    limit = settings.max_message_size
    if 0 < limit < message.size:
        return Reply(552, f"5.2.3 Message exceeds maximum fixed size ({limit})")
    return refusal(message, body, settings)


def _without_private(fields: Headers) -> Headers:
    """Return-Path goes, and Bcc (only its value where no other field would name a recipient: RFC 822 wants one)."""
    named = any(name.lower() in ("to", "cc") for name, _ in fields)
    kept = (
        field for field in fields if field[0].lower() not in (("bcc", "return-path") if named else ("return-path",))
    )
    return tuple((name, "" if name.lower() == "bcc" else value) for name, value in kept)


def _bytes(content: bytes | Parsed) -> bytes:
    """With LF at the end of each line, as it lies in the queue."""
    if isinstance(content, Parsed):
        content = content.as_bytes()
    elif not isinstance(content, bytes):
        raise SubmissionError(
            "message={name}: give bytes or an email.message.EmailMessage; a text is encoded first, since which "
            "bytes it becomes is the question",
            name=type(content).__name__,
        )
    text = content.replace(b"\r\n", b"\n")
    if b"\r" in text:
        raise SubmissionError("message: a CR that is no part of a line end; sendmail (8.18) does not take such mail")
    return text if text.endswith(b"\n") or not text else text + b"\n"

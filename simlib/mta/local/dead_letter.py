"""Mail that nobody can be given, kept in a file: of what somebody typed, and of notices (DeadLetterDrop)."""

from collections.abc import Sequence
from dataclasses import replace

from simlib.message.copy import Copy
from simlib.mta.installation import Installation
from simlib.mta.local.programs import arrive, may_write
from simlib.mta.policy import log_lines
from simlib.mta.policy.queue_entry import QueueEntry, Recipient
from simlib.mta.process.process import SendmailProcess
from simlib.mta.process.written_out import as_it_is
from simlib.site.tree import ROOT, Node

DEAD_LETTER = "dead.letter"


def save_dead_letter(process: SendmailProcess, entry: QueueEntry, recipients: Sequence[Recipient]) -> bool:
    """Append a notice that nobody can be given to the file of DeadLetterDrop, if there is one that can be written."""
    path, files = process.mta.settings.dead_letter, process.mta.host.files
    if not path or not may_write(files, path, ROOT, ""):
        return False
    if files.find(path) is None:
        files.write(path, mode=0o600)
    process.log(log_lines.of_message(entry.qid, log_lines.dead_letter(path)))
    for recipient in recipients:
        recipient.account.hand_over(process.env.now)
        arrive(process, entry, recipient, as_it_is(entry), path)
    return True


def save_for_sender(mta: Installation, entry: QueueEntry, typist: str) -> str:
    """Append what somebody typed to the file ``dead.letter`` in his home, so that he need not type it again.

    It is written with the rights of the ``typist``. Gives its path, or nothing where the sender has no home here, or no
    such file can be written [savemail.c].
    """
    home, files = _home_of(mta, entry.sender), mta.host.files
    path = f"{home}/{DEAD_LETTER}"
    if not home or (files.find(home) is not None and not may_write(files, path, typist, "")):
        return ""
    node = files.find(path) or files.write(path, owner=typist, mode=0o600)
    _append(mta, node, entry)
    return path


def saved_in(path: str) -> str:
    """What the command says of it that its sender has typed."""
    return f"{path}... Saved message in {path}"


def _home_of(mta: Installation, sender: str) -> str:
    """The home of a sender; empty for one who is nobody here."""
    user = mta.ways.local_user(sender) if sender else None
    if user is None:
        return ""
    accounts = mta.host.users
    if accounts is not None:
        return accounts[user].home.rstrip("/") if user in accounts else ""
    return "/root" if user == ROOT else f"/home/{user}"


def _append(mta: Installation, node: Node, entry: QueueEntry) -> None:
    clock, now = mta.site.clock, mta.site.env.now
    copy = Copy(replace(entry.message, sender=entry.typed), entry.received, entry.typed)
    text = copy.as_bytes(clock).decode("utf-8", "replace")
    node.text += f"From {entry.typed} {clock.ctime(now)}\n{text}\n"

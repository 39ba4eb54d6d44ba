"""What rules say of the header of a letter that is handed in on this host [headers.c, collect.c]."""

from typing import NamedTuple

from simlib.mta.installation import Installation
from simlib.mta.policy import log_lines
from simlib.mta.policy.checks import check, header_questions
from simlib.mta.policy.queue_entry import QueueEntry
from simlib.smtp.replies import Reply


class HeaderRuling(NamedTuple):
    """Why a letter is not taken, if so; or whether it is taken and thrown away, or held back for a reason."""

    refusal: Reply | None = None
    discards: bool = False
    quarantine: str = ""


def rule_on_header(mta: Installation, entry: QueueEntry, pid: int) -> HeaderRuling:
    """Ask the rules that H lines name for the fields of an entry, and log what they say; the last refusal counts."""
    ruling = HeaderRuling()
    if mta.ways.rewriting is None:
        return ruling
    hop, macros = entry.received, dict(entry.macros)
    relay = "" if hop is None else hop.way.identity
    for ruleset, words, more in header_questions(mta.cf, entry.message.headers):
        macros |= more
        verdict = check(mta.ways, ruleset, words, macros)
        reply = None if verdict.refusal is None else verdict.refusal.reply("")
        said = verdict.mark if reply is None else f"reject={reply}"
        if said:
            mta.log(log_lines.of_message(entry.qid, log_lines.ruleset_says(ruleset, words, relay, said)), pid)
        ruling = HeaderRuling(
            reply or ruling.refusal, ruling.discards or verdict.discards, verdict.quarantine or ruling.quarantine
        )
    return ruling

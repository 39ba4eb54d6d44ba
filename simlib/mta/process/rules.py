"""Rules that run in a process of a host: what they ask is asked of its resolver, and takes its time."""

from collections.abc import Mapping

from simlib.cf import Mailer
from simlib.mta.installation import Installation
from simlib.mta.policy.checks import FINE, Verdict, question
from simlib.mta.policy.routing import Destination
from simlib.mta.policy.ways import OpenQuestion, is_no_mailbox, note_answer
from simlib.rewrite.context import Context
from simlib.rewrite.questions import Asking, Question, T
from simlib.site.dns import Patience
from simlib.site.host import Host
from simlib.site.steps import Steps


def learn(mta: Installation, address: str, macros: Mapping[str, str]) -> Steps[Destination | None]:
    """Ask the rules of the cf where an address leads, unless that is known; ``macros`` are those of the envelope.

    It takes the time of what they ask. None where there are no rules.
    """
    ways = mta.ways
    if ways.rewriting is None or is_no_mailbox(address):
        return None
    asked = ways.question(address, macros)
    if not isinstance(asked, OpenQuestion):
        return asked
    resolved = yield from answered(asked.run, asked.context, mta.host, mta.settings.patience)
    return ways.learn(address, asked, resolved)


def ask(mta: Installation, ruleset: str, words: tuple[str, ...], macros: Mapping[str, str]) -> Steps[Verdict]:
    """Ask a ruleset, which takes the time of what it looks up (:func:`~simlib.mta.policy.checks.check`)."""
    asked = question(mta.ways, ruleset, words, macros)
    if asked is None:
        return FINE
    verdict = yield from answered(asked.run, asked.context, mta.host, mta.settings.patience)
    mta.ways.note_faults(asked.context)
    return verdict


def write(
    mta: Installation, text: str, mailer: Mailer, macros: Mapping[str, str], *, sender: bool, header: bool
) -> Steps[str]:
    """Ask the rules how ``mailer`` writes an address, of a sender or a recipient, in a ``header`` or the envelope."""
    ways = mta.ways
    asked = ways.how_to_write(text, mailer.name, macros, sender, header)
    if isinstance(asked, str):
        return asked
    written, _ = yield from answered(asked.run, asked.context, mta.host, mta.settings.patience)
    return ways.learn_to_write(asked, written)


def answered(run: Asking[T], context: Context, host: Host, patience: Patience) -> Steps[T]:
    """Run to the end. Notes in the context until when all answers hold, and that a failure is not to be remembered.

    Simplified: what one process has asked, every process of the host knows, as it is the resolver that keeps it.
    """
    question: Question
    try:
        question = next(run)
        while True:
            answer = yield from host.resolver.resolve(question.name, question.kind, patience)
            note_answer(context, answer.status, host.env.now + answer.ttl)
            question = run.send(answer)
    except StopIteration as end:
        result: T = end.value
        return result

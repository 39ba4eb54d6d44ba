"""Rules that run in a process of a host: what they ask is asked of its resolver, and takes its time."""

from simlib.rewrite.context import Context
from simlib.rewrite.questions import Asking, Question, T
from simlib.site.dns import TRY_AGAIN, Patience
from simlib.site.host import Host
from simlib.site.steps import Steps


def answered(run: Asking[T], context: Context, host: Host, patience: Patience) -> Steps[T]:
    """Run to the end. Notes in the context until when all answers hold, and that a failure is not to be remembered.

    Simplified: what one process has asked, every process of the host knows, as it is the resolver that keeps it.
    """
    question: Question
    try:
        question = next(run)
        while True:
            answer = yield from host.resolver.resolve(question.name, question.kind, patience)
            if answer.status == TRY_AGAIN:
                context.keeps = False
            context.until = min(context.until, host.env.now + answer.ttl)
            question = run.send(answer)
    except StopIteration as end:
        result: T = end.value
        return result

"""A ruleset run on a workspace [parseaddr.c, rewrite and callsubr].

A run is a generator: it yields the questions that maps put to the name service, and is sent their answers.
"""

from simlib.cf import marks
from simlib.cf.prescan import strip_quotes
from simlib.message.status import Exit
from simlib.rewrite.context import Context, scanned
from simlib.rewrite.long import LENGTH
from simlib.rewrite.look_up import with_maps
from simlib.rewrite.pattern import Matched
from simlib.rewrite.questions import Asking
from simlib.rewrite.rules import ONCE, RETURN, Rule, Ruleset

MOST_LOOPS = 100  # times that a rule fires in a row
MOST_CALLS = 15  # $> in one right-hand side
MOST_TOKENS = 1000  # in a workspace


def rewrite(
    context: Context,
    name: str,
    workspace: str,
    depth: int = 0,
    room: int = MOST_TOKENS,
    ruleset: Ruleset | None = None,
) -> Asking[tuple[str, int]]:
    """Run a ruleset; gives the workspace that it returns, and an exit status: 0, or 75 where a look-up has to wait.

    ``name`` is one that the rulesets know, and ``ruleset`` what it names where that is known, too; ``room`` is how many
    tokens there may be.
    """
    watcher = context.watcher
    if watcher is not None:
        watcher.entered(name, workspace)
    if depth > context.deepest:
        context.syserr(f"rewrite: excessive recursion (max {context.deepest}), ruleset {name}")
        return _given_up(context, name, workspace, Exit.CONFIG)
    status = 0
    rulesets = context.rulesets
    tokens, all_small = rulesets.tokens, rulesets.tokens.mixed.isdisjoint
    if ruleset is None:
        ruleset = rulesets.ruleset(name)
    rules, count = ruleset.rules, len(ruleset.rules)
    number, loops, maybe_mixed = 0, 0, True
    canon_net = marks.CANON_NET
    slow = watcher is not None or ruleset.has_macros
    while number < count and workspace[:1] != canon_net:
        small = workspace
        if maybe_mixed and not all_small(workspace):
            small = tokens.lowered(workspace)
        if loops >= MOST_LOOPS or context.left <= 0:
            context.syserr(f"Infinite loop in ruleset {name}, rule {number + 1}")
            break
        this, found = number, None
        if slow:
            this, found = _first_match(context, ruleset, number, small)
        else:
            pairs = ruleset.short if len(small) < LENGTH else ruleset.long
            for this in range(number, count):
                need, match = pairs[this]
                if need in small:
                    found = match(small)
                    if found is not None:
                        break
        context.left -= 1 + (len(small) >> 4)
        if found is None:
            break
        loops = loops + 1 if this == number else 1
        number = this
        rule = rules[this]
        if rule.mode == ONCE:
            number, loops = this + 1, 0
        elif rule.mode == RETURN:
            number = count
        if rule.beyond is not None:
            context.syserr(f"rewrite: ruleset {name}: replacement ${rule.beyond} out of bounds")
            return _given_up(context, name, workspace, Exit.CONFIG)
        if rule.template is not None and small is workspace:
            groups = rule.groups
            new: str | None = rule.template % found.group(*groups) if groups else rule.template
        else:
            new = _filled(context, rule, workspace, found)
        if new is None or len(new) > room:
            if new is not None:
                context.syserr("rewrite: expansion too long")
            return _given_up(context, name, workspace, Exit.DATAERR)
        if rule.asks:
            looked = yield from with_maps(context, new, room)
            if looked is None:
                return _given_up(context, name, workspace, Exit.DATAERR)
            new, waits = looked
            status = Exit.TEMPFAIL if waits else status
        if rule.calls or context.has_failed_calls:
            here = new.find(marks.CALL)
            called = rulesets.called(new[here + 1]) if here == new.rfind(marks.CALL) < len(new) - 1 else None
            if called is not None and called[1].rules:  # one call, as nearly always
                rest, space = new[here + 2 :], MOST_TOKENS - here
                result, done = yield from rewrite(context, called[0], rest, depth + 1, space, called[1])
                new = new[:here] + result if here else result
            else:
                new, done = yield from _with_calls(context, new, depth)
            if not status or done == Exit.TEMPFAIL:
                status = done
        if watcher is not None:
            caught = tuple(workspace[start:end] for start, end in found.regs[1:])
            watcher.fired(name, this, caught, new)
        maybe_mixed = rule.may_mix or small is not workspace
        workspace = new
    if watcher is not None:
        watcher.returned(name, workspace)
    return workspace, status


def _given_up(context: Context, name: str, workspace: str, status: int) -> tuple[str, int]:
    """What a ruleset gives that an error ends: the workspace as it was before the rule."""
    if context.watcher is not None:
        context.watcher.given_up(name, workspace)
    return workspace, status


def _first_match(context: Context, ruleset: Ruleset, number: int, small: str) -> tuple[int, Matched | None]:
    """The first rule from ``number`` on that takes a workspace, and what it caught."""
    long = len(small) >= LENGTH
    for this in range(number, len(ruleset.rules)):
        rule = ruleset.rules[this]
        _, match = (ruleset.long if long else ruleset.short)[this]
        if rule.macros:
            match = context.rulesets.match(rule, context.held, long)
        found = match(small)
        if context.watcher is not None:
            context.watcher.tried(rule, found is not None)
        if found is not None:
            return this, found
    return len(ruleset.rules), None


def _filled(context: Context, rule: Rule, workspace: str, found: Matched) -> str | None:
    """The right-hand side with its replacements; None where a macro holds what cannot be taken apart."""
    pieces: list[str] = []
    regs = found.regs
    for part in rule.parts:
        if isinstance(part, int):
            start, end = regs[part]
            pieces.append(workspace[start:end])
        elif part[0] == marks.RUNTIME_MACRO:
            value = context.value_of(marks.name_of(part), "RHS")
            if value:
                tokens = scanned(context, value)
                if tokens is None:
                    return None
                pieces.append(tokens)
        else:
            pieces.append(part)
    return "".join(pieces)


def _with_calls(context: Context, workspace: str, depth: int) -> Asking[tuple[str, int]]:
    """Run the rulesets that are called, the last one first: each gets all that stands behind it."""
    rulesets = context.rulesets
    here = workspace.find(marks.CALL)
    calls: list[tuple[int, str]] = []
    while 0 <= here < len(workspace) - 1:
        token = workspace[here + 1]
        called = rulesets.called(token)
        if called is None:
            context.syserr(f"Unknown ruleset {strip_quotes(rulesets.tokens.texts(token)[0])}")
            context.has_failed_calls = True
            return workspace, Exit.CONFIG
        name, ruleset = called
        if not ruleset.rules:
            workspace = workspace[:here] + workspace[here + 2 :]
            if context.watcher is not None:
                context.watcher.skipped(name)
        elif len(calls) >= MOST_CALLS:
            context.syserr(f"Too many subroutine calls ({MOST_CALLS + 1} max)")
            return workspace, Exit.CONFIG
        else:
            calls.append((here, name))
        # behind an empty set that was taken out, the next token is passed over, as sendmail does it
        here = workspace.find(marks.CALL, here + 1)
    status = 0
    for here, name in reversed(calls):
        result, called_status = yield from rewrite(context, name, workspace[here + 2 :], depth + 1, MOST_TOKENS - here)
        workspace = workspace[:here] + result
        if called_status not in (0, Exit.TEMPFAIL):
            return workspace, called_status
        if not status or called_status == Exit.TEMPFAIL:
            status = called_status
    return workspace, status

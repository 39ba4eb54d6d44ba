"""A ruleset run on a workspace [parseaddr.c, rewrite and callsubr].

A run is a generator: it yields the questions that maps put to the name service, and is sent their answers. Everything
that a run reads and notes is in its :class:`Context`, so that runs which wait for different things do not mix.
"""

from collections.abc import Mapping, MutableMapping
from itertools import islice
from typing import Protocol

from simlib.cf import marks
from simlib.message.status import Exit
from simlib.rewrite.expand import expanded
from simlib.rewrite.long import LENGTH
from simlib.rewrite.maps.map import Map
from simlib.rewrite.pattern import Matched
from simlib.rewrite.prescan import strip_quotes
from simlib.rewrite.questions import Asking
from simlib.rewrite.rules import ONCE, RETURN, Rule, Ruleset, Rulesets

MOST_LOOPS = 100  # times that a rule fires in a row
MOST_CALLS = 15  # $> in one right-hand side
MOST_ARGUMENTS = 10  # of a map, its key included
MOST_RULES = 50_000  # fired in one question, on short workspaces; the real one would go on for days
MOST_TOKENS = 1000  # in a workspace
LONGEST_KEY = 1021  # characters of a key or a default
HOST_MAP = "host"
SHOWN, SHOWN_END = 203, 100  # characters of a text in a complaint


class Watcher(Protocol):
    """Whoever looks on as rules run: address test mode, the debugger of a notebook."""

    def entered(self, name: str, workspace: str) -> None:
        """A ruleset begins."""

    def returned(self, name: str, workspace: str) -> None:
        """It has ended."""

    def given_up(self, name: str, workspace: str) -> None:
        """An error has ended it before its end."""

    def tried(self, rule: Rule, matched: bool) -> None:
        """A rule was held against the workspace."""

    def skipped(self, name: str) -> None:
        """A ruleset that is called has no rules."""

    def macro(self, side: str, name: str, value: str | None) -> None:
        """A rule has read a run-time macro, on its ``LHS`` or ``RHS``."""

    def fired(self, name: str, number: int, groups: tuple[str, ...], workspace: str) -> None:
        """A rule, ``number`` of its set, has made another workspace; ``groups`` are what its operators caught."""

    def looked_up(self, map_name: str, key: str, value: str | None) -> None:
        """A map was asked."""

    def said(self, text: str) -> None:
        """sendmail complains."""


class Context:
    """What one question to the rules reads and notes.

    ``macros`` are those of envelope and session, ``read`` which of them a rule asked for, ``until`` the time up to
    which all answers hold, ``keeps`` whether the result may be remembered at all.
    """

    def __init__(
        self,
        rulesets: Rulesets,
        maps: Mapping[str, Map],
        macros: MutableMapping[str, str],
        watcher: Watcher | None = None,
        deepest: int = 50,
    ) -> None:
        self.rulesets, self.maps, self.watcher, self.deepest = rulesets, maps, watcher, deepest
        self.macros = macros
        self.read: dict[str, str | None] = {}
        self.keeps = True
        self.until = float("inf")
        self.left = MOST_RULES
        self.has_failed_calls = False  # a $> was left where it stood, and may come into another right-hand side
        self.complaints: list[str] = []

    def value_of(self, name: str, side: str = "") -> str | None:
        """The value of a macro now, as marked text; ``side`` is that of the rule that names it."""
        value = self.macros.get(name)
        if side and self.watcher is not None:
            self.watcher.macro(side, name, value)
        if name not in self.read:
            self.read[name] = value
        return value

    def write(self, name: str, value: str | None) -> None:
        """Define a macro, or undefine it; a result that came with that is not remembered."""
        self.keeps = False
        if value is None:
            self.macros.pop(name, None)
        else:
            self.macros[name] = marks.foreign(value)

    def write_host(self, host: str | None) -> None:
        """Macro h is the host of the address that is being resolved."""
        if host is None:
            self.macros.pop("h", None)
        else:
            self.macros["h"] = marks.foreign(host)

    def say(self, text: str) -> None:
        """Complain, in sendmail's words."""
        self.complaints.append(text)
        if self.watcher is not None:
            self.watcher.said(text)

    def tokens_of(self, name: str) -> str:
        """A run-time macro as tokens in lower case, for a left-hand side."""
        value = self.value_of(name, "LHS")
        held = self.rulesets.workspace(expanded(value, self.value_of), inside=True) if value else None
        return self.rulesets.tokens.lowered(held or "")


def rewrite(
    context: Context, name: str, workspace: str, depth: int = 0, room: int = MOST_TOKENS
) -> Asking[tuple[str, int]]:
    """Run a ruleset; gives the workspace that it returns, and an exit status: 0, or 75 where a look-up has to wait.

    ``name`` is one that the rulesets know; ``room`` is how many tokens there may be.
    """
    watcher = context.watcher
    if watcher is not None:
        watcher.entered(name, workspace)
    if depth > context.deepest:
        context.say(f"rewrite: excessive recursion (max {context.deepest}), ruleset {name}")
        return _given_up(context, name, workspace, Exit.CONFIG)
    status = 0
    rulesets = context.rulesets
    tokens, all_small = rulesets.tokens, rulesets.tokens.mixed.isdisjoint
    ruleset = rulesets.ruleset(name)
    rules, count = ruleset.rules, len(ruleset.rules)
    number, loops, maybe_mixed = 0, 0, True
    slow = watcher is not None or ruleset.has_macros
    while number < count and workspace[:1] != marks.CANON_NET:
        small = workspace
        if maybe_mixed and not all_small(workspace):
            small = tokens.lowered(workspace)
        if loops >= MOST_LOOPS or context.left <= 0:
            context.say(f"Infinite loop in ruleset {name}, rule {number + 1}")
            break
        this, found = number, None
        if slow:
            this, found = _first_match(context, ruleset, number, small)
        else:
            for need, match in islice(ruleset.short if len(small) < LENGTH else ruleset.long, number, None):
                if need in small:
                    found = match(small)
                    if found is not None:
                        break
                this += 1
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
        if rule.beyond:
            context.say(f"rewrite: ruleset {name}: replacement ${rule.beyond} out of bounds")
            return _given_up(context, name, workspace, Exit.CONFIG)
        if rule.template is not None and small is workspace:
            groups = rule.groups
            new: str | None = rule.template % found.group(*groups) if groups else rule.template
        else:
            new = _filled(context, rule, workspace, found)
        if new is None or len(new) > room:
            if new is not None:
                context.say("rewrite: expansion too long")
            return _given_up(context, name, workspace, Exit.DATAERR)
        if rule.asks:
            looked = yield from _with_maps(context, new, room)
            if looked is None:
                return _given_up(context, name, workspace, Exit.DATAERR)
            new, waits = looked
            status = Exit.TEMPFAIL if waits else status
        if rule.calls or context.has_failed_calls:
            new, called = yield from _with_calls(context, new, depth)
            if not status or called == Exit.TEMPFAIL:
                status = called
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
            match = context.rulesets.match(rule, context.tokens_of, long)
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
                tokens = _scanned(context, value)
                if tokens is None:
                    return None
                pieces.append(tokens)
        else:
            pieces.append(part)
    return "".join(pieces)


def _scanned(context: Context, text: str, *, inside: bool = False) -> str | None:
    """A text as tokens, of a map or a macro or ``inside`` of a rule; what is wrong with it is complained of."""
    workspace, said = context.rulesets.scanned(text, inside=inside)
    for complaint in said:
        context.say(f"{shortened(marks.written(text))}... {complaint}")
    return workspace


def shortened(text: str) -> str:
    """A text as complaints show it: of a long one only both ends [shortenstring]."""
    return text if len(text) < SHOWN else f"{text[:SHOWN_END]}...{text[-SHOWN_END:]}"


def _with_maps(context: Context, workspace: str, room: int) -> Asking[tuple[str, bool] | None]:
    """Put in what maps answer, from left to right; also whether one of them has to wait. None: it cannot be used."""
    here, waits = 0, False
    while here < len(workspace):
        begin = workspace[here]
        if begin not in (marks.HOST_BEGIN, marks.MAP_BEGIN):
            here += 1
            continue
        key_at = here + 1
        name, end = HOST_MAP, marks.HOST_END
        if begin == marks.MAP_BEGIN:
            end = marks.MAP_END
            name = context.rulesets.tokens.texts(workspace[key_at : key_at + 1])[0] if key_at < len(workspace) else ""
            key_at += 1
        close = workspace.find(end, key_at)
        close = len(workspace) if close < 0 else close
        answer, deferred = yield from _looked_up(context, name, workspace[key_at:close])
        if answer is None:
            return None
        waits = waits or deferred
        workspace = workspace[:here] + answer + workspace[close + 1 :]
        here += len(answer)
        if len(workspace) > room:
            context.say("rewrite: expansion too long")
            return None
    return workspace, waits


def _looked_up(context: Context, name: str, inner: str) -> Asking[tuple[str | None, bool]]:
    """Ask a map what stands between its brackets: key, ``$@`` arguments, ``$:`` default."""
    key, arguments, default = _taken_apart(inner)
    rulesets = context.rulesets
    asked = context.maps.get(name)
    if asked is None:
        context.say(f"rewrite: map {name} not found")
        value, deferred = None, False
    else:
        text = rulesets.joined(key, asked.blank)[:LONGEST_KEY]
        words = [text if asked.keeps_quotes else strip_quotes(text), *map(rulesets.joined, arguments)]
        found = yield from asked.look_up(words, context)
        for line in found.said:
            context.say(line)
        value, deferred = found.value, found.status == Exit.TEMPFAIL and not asked.no_defer
        if found.status == Exit.TEMPFAIL and asked.on_failure is not None:
            value = words[0] + asked.on_failure
        if context.watcher is not None:
            context.watcher.looked_up(name, words[0], value)
    if value is not None:
        return (_scanned(context, value) if value else ""), deferred
    if default is None:
        return key, deferred
    text = rulesets.joined(default)[:LONGEST_KEY]
    return (_scanned(context, text, inside=True) if text else ""), deferred


def _taken_apart(inner: str) -> tuple[str, list[str], str | None]:
    """Key, arguments and default of a look-up."""
    pieces: list[tuple[str, str]] = [("", "")]
    for char in inner:
        if char in (marks.CANON_HOST, marks.CANON_USER):
            pieces.append((char, ""))
        else:
            pieces[-1] = (pieces[-1][0], pieces[-1][1] + char)
    arguments = [text for kind, text in pieces if kind == marks.CANON_HOST][: MOST_ARGUMENTS - 1]
    defaults = [text for kind, text in pieces if kind == marks.CANON_USER]
    return pieces[0][1], arguments, defaults[-1] if defaults else None


def _with_calls(context: Context, workspace: str, depth: int) -> Asking[tuple[str, int]]:
    """Run the rulesets that are called, the last one first: each gets all that stands behind it."""
    rulesets = context.rulesets
    here = workspace.find(marks.CALL)
    if workspace.rfind(marks.CALL) == here >= 0 and here + 1 < len(workspace):  # one call, as nearly always
        known = rulesets.called(workspace[here + 1])
        if known is not None and rulesets.ruleset(known).rules:
            room = MOST_TOKENS - here
            result, status = yield from rewrite(context, known, workspace[here + 2 :], depth + 1, room)
            return (workspace[:here] + result if here else result), status
    calls: list[tuple[int, str]] = []
    while 0 <= here < len(workspace) - 1:
        token = workspace[here + 1]
        name = rulesets.called(token)
        if name is None:
            context.say(f"Unknown ruleset {strip_quotes(rulesets.tokens.texts(token)[0])}")
            context.has_failed_calls = True
            return workspace, Exit.CONFIG
        if not rulesets.ruleset(name).rules:
            workspace = workspace[:here] + workspace[here + 2 :]
            if context.watcher is not None:
                context.watcher.skipped(name)
        elif len(calls) >= MOST_CALLS:
            context.say(f"Too many subroutine calls ({MOST_CALLS + 1} max)")
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

"""Look-ups in a right-hand side: ``$(map key $@ arguments $: default $)`` and ``$[ host $: default $]``."""

from typing import NamedTuple

from simlib.cf import marks
from simlib.cf.prescan import strip_quotes
from simlib.cf.rule_faults import MOST_ARGUMENTS
from simlib.message.status import Exit
from simlib.rewrite.context import Context, scanned
from simlib.rewrite.maps.map import Map
from simlib.rewrite.questions import Asking, Found

LONGEST_KEY = 1021  # characters of a key or a default
HOST_MAP = "host"


def with_maps(context: Context, workspace: str, room: int) -> Asking[tuple[str, bool] | None]:
    """Put in what maps answer, from left to right; also whether one of them has to wait. None: it cannot be used."""
    here, waits = _next_look_up(workspace, 0), False
    while here >= 0:
        key_at = here + 1
        name, end = HOST_MAP, marks.HOST_END
        if workspace[here] == marks.MAP_BEGIN:
            end = marks.MAP_END
            name = context.rulesets.tokens.texts(workspace[key_at : key_at + 1])[0] if key_at < len(workspace) else ""
            key_at += 1
        close = workspace.find(end, key_at)
        close = len(workspace) if close < 0 else close
        question = _question(context, name, workspace[key_at:close])
        if question.map is None:
            context.syserr(f"rewrite: map {name} not found")
            found = Found(None)
        elif question.map.waits:
            found = yield from question.map.look_up(question.words, context)
        else:
            found = question.map.at_once(question.words, context)
        answer, deferred = _answer(context, question, found)
        if answer is None:
            return None
        waits = waits or deferred
        workspace = workspace[:here] + answer + workspace[close + 1 :]
        if len(workspace) > room:
            context.syserr("rewrite: expansion too long")
            return None
        here = _next_look_up(workspace, here + len(answer))
    return workspace, waits


def _next_look_up(workspace: str, start: int) -> int:
    """Where the next ``$(`` or ``$[`` stands, -1 for nowhere."""
    one, other = workspace.find(marks.MAP_BEGIN, start), workspace.find(marks.HOST_BEGIN, start)
    return max(one, other) if one < 0 or other < 0 else min(one, other)


class _Question(NamedTuple):
    """What a look-up asks: a map (None: there is none), key and arguments; and what stands for no answer."""

    name: str
    map: Map | None
    words: list[str]
    key: str
    default: str | None


def _question(context: Context, name: str, inner: str) -> _Question:
    """What stands between the brackets: key, ``$@`` arguments, ``$:`` default."""
    before, colon, default = inner.partition(marks.CANON_USER)
    if marks.CANON_USER in default or marks.CANON_HOST in default:
        key, arguments, last = _taken_apart(inner)
    else:
        key, *arguments = before.split(marks.CANON_HOST)
        last = default if colon else None
    asked, rulesets = context.maps.get(name.lower()), context.rulesets
    if asked is None:
        return _Question(name, None, [], key, last)
    text = rulesets.joined(key, asked.blank)[:LONGEST_KEY]
    words = [text if asked.keeps_quotes else strip_quotes(text)]
    if arguments:
        words += map(rulesets.joined, arguments[: MOST_ARGUMENTS - 1])
    return _Question(name, asked, words, key, last)


def _answer(context: Context, question: _Question, found: Found) -> tuple[str | None, bool]:
    """What takes the place of a look-up, None if it cannot be used; and whether it has to be done again later."""
    value, asked = found.value, question.map
    for line in found.said:
        context.say(line)
    if found.fault and found.fault not in context.told:
        context.told.add(found.fault)
        context.syserr(found.fault)
    deferred = found.status == Exit.TEMPFAIL and asked is not None and not asked.no_defer
    if found.status == Exit.TEMPFAIL and asked is not None and asked.on_failure is not None:
        value = question.words[0] + asked.on_failure
    if context.watcher is not None and asked is not None:
        context.watcher.looked_up(question.name, question.words[0], value)
    if value is not None:
        return (scanned(context, value) if value else ""), deferred
    if question.default is None:
        return question.key, deferred
    if not question.default:
        return "", deferred
    text = context.rulesets.joined(question.default)[:LONGEST_KEY]
    return (scanned(context, text, inside=True) if text else ""), deferred


def _taken_apart(inner: str) -> tuple[str, list[str], str | None]:
    """Key, arguments and default where they stand in another order than the usual one."""
    pieces: list[tuple[str, str]] = [("", "")]
    for char in inner:
        if char in (marks.CANON_HOST, marks.CANON_USER):
            pieces.append((char, ""))
        else:
            pieces[-1] = (pieces[-1][0], pieces[-1][1] + char)
    arguments = [text for kind, text in pieces if kind == marks.CANON_HOST]
    defaults = [text for kind, text in pieces if kind == marks.CANON_USER]
    return pieces[0][1], arguments, defaults[-1] if defaults else None

"""``diff``, ``cmp``: how two files differ."""

from difflib import SequenceMatcher, unified_diff

from simlib.message.octets import as_bytes
from simlib.shell.answer import Failed, lines_of
from simlib.shell.call import Call, Program
from simlib.shell.files.view import View

DIFFERENT, TROUBLE = 1, 2
MOST = 20_000  # lines; a comparison of more would take minutes
NEWLINE = b"\n"


def diff(call: Call) -> None:
    """``diff [-u] [-q] [-b] [-i] file file``"""
    options, paths = call.options("uqbiwB", status=TROUBLE)
    if len(paths) != 2:
        missing = "diff: missing operand" + (f" after '{paths[0]}'" if paths else " after 'diff'")
        raise Failed(missing if len(paths) < 2 else f"diff: extra operand '{paths[2]}'", TROUBLE)
    texts = []
    view = View(call.shell)
    for path in paths:
        with call.heard(TROUBLE):
            texts.append(call.stdin.read() if path == "-" else view.read("diff", path))
    if len(texts) < 2:
        call.status = TROUBLE
        return
    one, other = (lines_of(text) if text else [] for text in texts)
    keys = [_alike(lines, options) for lines in (one, other)]
    if keys[0] == keys[1]:
        return
    call.status = DIFFERENT
    if "q" in options:
        call.line(f"Files {paths[0]} and {paths[1]} differ")
    elif len(one) + len(other) > MOST:
        raise Failed(
            f"diff: files of more than {MOST:,} lines are not compared here; sort, uniq and comm tell more", TROUBLE
        )
    elif "u" in options:
        stamp = call.shell.site.clock.at
        when = [stamp(thing.modified if (thing := view.find(path)) else call.shell.now) for path in paths]
        dates = [f"{at:%Y-%m-%d %H:%M:%S}.000000000 {at:%z}" for at in when]
        for line in unified_diff(one, other, paths[0], paths[1], dates[0], dates[1], lineterm=""):
            call.line(line)
    else:
        _plain(call, one, other, keys)


def _alike(lines: list[str], options: dict[str, str]) -> list[str]:
    if "w" in options:
        lines = ["".join(line.split()) for line in lines]
    if "b" in options:
        lines = [" ".join(line.split(" ")).rstrip() for line in lines]
    return [line.lower() for line in lines] if "i" in options else lines


def _plain(call: Call, one: list[str], other: list[str], keys: list[list[str]]) -> None:
    for kind, a, b, c, d in SequenceMatcher(None, keys[0], keys[1], autojunk=False).get_opcodes():
        if kind == "equal":
            continue
        letter = {"replace": "c", "delete": "d", "insert": "a"}[kind]
        left, right = _range(a, b), _range(c, d)
        call.line(f"{left}{letter}{right}")
        for line in one[a:b]:
            call.line(f"< {line}")
        if kind == "replace":
            call.line("---")
        for line in other[c:d]:
            call.line(f"> {line}")


def _range(first: int, behind: int) -> str:
    if behind <= first:
        return str(first)
    return str(first + 1) if behind == first + 1 else f"{first + 1},{behind}"


def cmp(call: Call) -> None:
    """``cmp [-s] file file``"""
    options, paths = call.options("s", status=TROUBLE)
    if len(paths) != 2:
        raise Failed("cmp: two files are compared", TROUBLE)
    view = View(call.shell)
    one, other = (as_bytes(view.read("cmp", path)) for path in paths)
    if one == other:
        return
    call.status = DIFFERENT
    if "s" in options:
        return
    at = next((n for n, (a, b) in enumerate(zip(one, other, strict=False)) if a != b), None)
    if at is None:
        shorter = paths[0] if len(one) < len(other) else paths[1]
        many = min(len(one), len(other))
        call.stderr.write(
            f"cmp: EOF on {shorter} after byte {many}, line {min((one, other), key=len).count(NEWLINE)}\n"
        )
    else:
        line = one[:at].count(b"\n") + 1
        call.line(f"{paths[0]} {paths[1]} differ: char {at + 1}, line {line}")


PROGRAMS: dict[str, Program] = {"diff": diff, "cmp": cmp}

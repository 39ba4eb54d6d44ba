"""To look at files: ``cat``, ``tac``, ``head``, ``tail``, ``less``, ``nl``, ``wc``, ``tee``, ``strings``, ``file``."""

import re
from collections.abc import Callable
from io import StringIO

from simlib.message.octets import as_bytes
from simlib.shell.answer import Failed, lines_of, whole_number
from simlib.shell.call import Call, Program
from simlib.shell.files.thing import Refused
from simlib.shell.files.view import View
from simlib.shell.options import Known, read
from simlib.shell.text.sources import all_of, sources

DEFAULT_LINES = 10  # of head and tail
MAX_COUNT = 2**64 - 1  # lines
Part = Callable[[list[str]], list[str]]  # what of a text is shown, in lines or bytes
SUFFIXES = {"k": 1024, "K": 1024, "M": 1024**2}


def cat(call: Call) -> None:
    """``cat [-nbsAET] [file…]``"""
    options, paths = call.options("nbsAETvu")
    number, blank_before = 0, False
    for _, text in sources(call, paths):
        if not options:
            call.out(text)
            continue
        for line in _lines(text):
            blank = line == "\n"
            if "s" in options and blank and blank_before:
                continue
            blank_before = blank
            shown = line.removesuffix("\n")
            if "T" in options or "A" in options:
                shown = shown.replace("\t", "^I")
            if "v" in options or "A" in options:
                shown = re.sub(r"[\x00-\x08\x0b-\x1f]", lambda found: f"^{chr(ord(found[0]) + 64)}", shown)
            if line.endswith("\n"):
                shown += "$\n" if "E" in options or "A" in options else "\n"
            if ("n" in options and "b" not in options) or ("b" in options and not blank):
                number += 1
                shown = f"{number:6d}\t{shown}"
            call.out(shown)


def tac(call: Call) -> None:
    """``tac [file…]``: the last line first."""
    _, paths = call.options("")
    for _, text in sources(call, paths):
        call.out("".join(reversed(_lines(text))))


def head(call: Call) -> None:
    """``head [-n lines] [-c bytes] [file…]``: the first lines; ``-n -5`` all but the last five."""
    unit, sign, count, paths, options = _counted(call)

    def part(pieces: list[str]) -> list[str]:
        return pieces[: max(len(pieces) - count, 0)] if sign == "-" else pieces[:count]

    _parts(call, paths, unit, part, options)


def tail(call: Call) -> None:
    """``tail [-n lines] [-c bytes] [-f] [file…]``: the last lines; ``-n +5`` all from the fifth on.

    ``-f`` shows what is there: nothing comes while somebody looks, for the clock stands.
    """
    unit, sign, count, paths, options = _counted(call)

    def part(pieces: list[str]) -> list[str]:
        if sign == "+":
            return pieces[max(count - 1, 0) :]
        return pieces[-count:] if count else []

    _parts(call, paths, unit, part, options)
    if "f" in options:
        call.stderr.write(
            "tail: -f: that is all there is now; no time passes while you look. Let some pass and look again\n"
        )


def _parts(call: Call, paths: list[str], unit: str, part: Part, options: str) -> None:
    named = (len(paths) > 1 or "v" in options) and "q" not in options
    for n, (path, text) in enumerate(sources(call, paths)):
        if named:
            call.out(("\n" if n else "") + f"==> {'standard input' if path == '-' else path} <==\n")
        call.out("".join(part(_lines(text) if unit == "lines" else list(text))))


def _counted(call: Call) -> tuple[str, str, int, list[str], str]:
    """The unit, the sign before the number that is wanted (``-5``, ``-n +5``), the number, the files, options."""
    is_tail = call.name == "tail"
    known = Known(
        "qvfF" if is_tail else "qv", "nc", long={"--follow": "f", "--retry": "f"} if is_tail else {}, number="n"
    )
    given, paths = read(call.name, known, call.arguments)
    wanted, unit = str(DEFAULT_LINES), "lines"
    if is_tail and paths and re.fullmatch(r"\+[0-9]+", paths[0]):
        wanted = paths.pop(0)
    for letter, value in given:
        if letter in "nc":
            wanted, unit = value, "lines" if letter == "n" else "bytes"
    options = "".join(letter.lower() for letter, _ in given)
    number = wanted.removeprefix(wanted[:1] if wanted[:1] in ("+", "-") else "")
    factor = SUFFIXES.get(number[-1:], 1)
    count = whole_number(number[:-1] if factor > 1 else number, MAX_COUNT)
    if count is None:
        why = ": Value too large for defined data type" if number.isascii() and number.isdigit() else ""
        shown = wanted.removeprefix("-") if call.name == "head" else wanted  # as they do
        raise Failed(f"{call.name}: invalid number of {unit}: '{shown}'{why}")
    sign = wanted[:1] if wanted[:1] in ("+", "-") else ""
    return unit, sign, count * factor, paths, options


def pager(call: Call) -> None:
    """``less``, ``more``: the whole text; the screen here is as long as one likes."""
    options = [word for word in call.arguments if word.startswith(("-", "+")) and len(word) > 1]
    paths = [word for word in call.arguments if word not in options]
    if not paths and not call.stdin.peek():
        raise Failed(f"{call.name}: missing filename" if call.name == "less" else f"{call.name}: bad usage")
    call.out(all_of(call, paths))


def nl(call: Call) -> None:
    """``nl [-ba] [file…]``: lines with numbers."""
    options, paths = call.options("", "bwsn")
    number = 0
    width = whole_number(options.get("w", "6"), 100) or 6
    separator = options.get("s", "\t")
    for line in lines_of(all_of(call, paths)):
        if line or options.get("b") == "a":
            number += 1
            call.line(f"{number:{width}d}{separator}{line}")
        else:
            call.line(" " * (width + len(separator)))


def wc(call: Call) -> None:
    """``wc [-lwcm] [file…]``: how many lines, words and bytes."""
    options, paths = call.options("lwcmL")
    chosen = [letter for letter in "lwmcL" if letter in (options or "lwc")]
    rows = []
    for path, text in sources(call, paths):
        counts = {
            "l": text.count("\n"),
            "w": len(re.findall(r"[^ \t\n\v\f\r]+", text)),
            "m": len(text),
            "c": len(as_bytes(text)),
            "L": max((len(line.expandtabs()) for line in text.split("\n")), default=0),
        }
        rows.append(([counts[letter] for letter in chosen], path if paths else ""))
    if len(paths) > 1:
        totals = (
            [
                max(column) if letter == "L" else sum(column)
                for letter, column in zip(chosen, zip(*(row for row, _ in rows), strict=True), strict=True)
            ]
            if rows
            else [0] * len(chosen)
        )
        rows.append((totals, "total"))
    if not paths:
        width = 7 if len(chosen) > 1 else 1
    elif len(chosen) == 1 and len(paths) == 1:
        width = 1
    else:
        things = [View(call.shell).find(path) for path in paths]
        width = len(str(sum(thing.size for thing in things if thing is not None and thing.kind == "-")))
        if any(thing is not None and thing.kind != "-" for thing in things):
            width = 7
    for numbers, name in rows:
        call.line(" ".join(f"{count:{width}d}" for count in numbers) + (f" {name}" if name else ""))


def tee(call: Call) -> None:
    """``tee [-a] file…``: the input to files, and on."""
    options, paths = call.options("ai")
    text, view = call.stdin.read(), View(call.shell)
    call.out(text)
    for path in paths:
        try:
            view.write(path, text, append="a" in options)
        except Refused as refused:
            call.complain(f"{path}: {refused.words}")


def rev(call: Call) -> None:
    """``rev [file…]``: each line backwards."""
    _, paths = call.options("")
    for line in lines_of(all_of(call, paths)):
        call.line(line[::-1])


def strings(call: Call) -> None:
    """``strings [file…]``: what can be read of a binary file."""
    options, paths = call.options("a", "n")
    least = whole_number(options.get("n", "4"), 1000) or 4
    for found in re.finditer(rf"[\t -~]{{{least},}}", all_of(call, paths)):
        call.line(found[0])


def file(call: Call) -> None:
    """``file path…``: what kind of file it is."""
    options, paths = call.options("bi")
    if not paths:
        raise Failed("Usage: file [-b] name...")
    view = View(call.shell)
    for path in paths:
        kind = _kind(view, path)
        call.line(kind if "b" in options else f"{path}: {kind}")


def _kind(view: View, path: str) -> str:
    thing = view.find(path, follow=False)
    if thing is None:
        return f"cannot open `{path}' (No such file or directory)"
    if thing.kind != "-":
        return {"d": "directory", "l": f"symbolic link to {thing.link}", "c": "character special (1/3)"}[thing.kind]
    text = thing.text()
    if not text:
        return "empty"
    if any(char < " " and char not in "\t\n\r\f\b\x1b" for char in text[:4096]):
        return "data"
    return "ASCII text" if text.isascii() else "Unicode text, UTF-8 text"


PROGRAMS: dict[str, Program] = {
    "cat": cat,
    "tac": tac,
    "head": head,
    "tail": tail,
    "less": pager,
    "more": pager,
    "nl": nl,
    "wc": wc,
    "tee": tee,
    "rev": rev,
    "strings": strings,
    "file": file,
}


def _lines(text: str) -> list[str]:
    """The lines with their ends. Only a line feed ends one; Python knows eight more that do."""
    return StringIO(text, newline="\n").readlines()

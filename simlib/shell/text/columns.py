"""``cut``, ``tr``, ``paste``, ``fold``, ``column``: parts of lines and single characters."""

import re

from simlib.shell.answer import Failed, lines_of, whole_number
from simlib.shell.call import Call, Program
from simlib.shell.text.sources import all_of, sources

CLASSES = {
    "alpha": "A-Za-z", "digit": "0-9", "alnum": "A-Za-z0-9", "upper": "A-Z", "lower": "a-z", "space": " \t\n\v\f\r",
    "blank": " \t", "punct": "!-/:-@[-`{-~", "print": " -~", "graph": "!-~", "cntrl": "\0-\x1f\x7f",
    "xdigit": "0-9A-Fa-f",
}  # fmt: skip
ESCAPES = {"n": "\n", "t": "\t", "r": "\r", "\\": "\\", "a": "\a", "b": "\b", "f": "\f", "v": "\v"}
MOST = 10**6
Ranges = list[tuple[int, int]]


def cut(call: Call) -> None:
    """``cut -f list [-d c] [-s]``, ``cut -c list``, ``cut -b list``: fields or characters of each line."""
    options, paths = call.options("sn", "fcbd")
    chosen = [letter for letter in "fcb" if letter in options]
    if len(chosen) != 1:
        why = "only one list may be specified" if chosen else "you must specify a list of bytes, characters, or fields"
        raise Failed(f"cut: {why}")
    separator = options.get("d", "\t")
    if len(separator) != 1:
        raise Failed("cut: the delimiter must be a single character")
    if "d" in options and chosen != ["f"]:
        raise Failed("cut: an input delimiter may be specified only when operating on fields")
    ranges = _ranges(options[chosen[0]], "field" if chosen == ["f"] else "byte/character position")
    for _, text in sources(call, paths):
        for line in lines_of(text):
            if chosen != ["f"]:
                call.line("".join(_chosen(line, ranges)))
            elif separator in line:
                call.line(separator.join(_chosen(line.split(separator), ranges)))
            elif "s" not in options:
                call.line(line)


def _ranges(text: str, what: str) -> Ranges:
    found = []
    for part in re.split(r"[, ]", text):
        range_ = re.fullmatch(r"([0-9]{0,9})(-?)([0-9]{0,9})", part)
        if range_ is None or not (range_[1] or range_[3]):
            raise Failed(
                f"cut: invalid {what}{' value' if what == 'field' else ''} '{part}'"
                if part.strip("0123456789-")
                else f"cut: invalid range with no endpoint: {part}"
            )
        first = int(range_[1] or 1)
        last = int(range_[3]) if range_[3] else MOST if range_[2] else first
        if not first:
            raise Failed(
                "cut: fields are numbered from 1"
                if what == "field"
                else "cut: byte/character positions are numbered from 1"
            )
        if last < first:
            raise Failed("cut: invalid decreasing range")
        found.append((first, last))
    return found


def _chosen(parts: "list[str] | str", ranges: Ranges) -> list[str]:
    return [part for n, part in enumerate(parts, 1) if any(first <= n <= last for first, last in ranges)]


def tr(call: Call) -> None:
    """``tr [-cds] set [set]``: characters become others, are taken out (``-d``), or once for many (``-s``)."""
    options, words = call.options("cCdst")
    if not words:
        raise Failed("tr: missing operand")
    if len(words) == 1 and not ("d" in options or "s" in options):
        raise Failed(f"tr: missing operand after '{words[0]}'\nTwo strings must be given when translating.")
    if len(words) > 2 or (len(words) == 2 and "d" in options and "s" not in options):
        raise Failed(f"tr: extra operand '{words[-1]}'")
    text = call.stdin.read()
    first = _set(words[0])
    inside = set(first)
    complement = "c" in options or "C" in options

    def wanted(char: str) -> bool:
        return (char in inside) != complement

    if "d" in options:
        text = "".join(char for char in text if not wanted(char))
        squeezed = set(_set(words[1])) if len(words) == 2 else set()
        call.out(_squeezed(text, lambda char: char in squeezed) if squeezed else text)
        return
    if len(words) == 2:
        second = _set(words[1], len(first))
        if not second:
            raise Failed("tr: when not truncating set1, string2 must be non-empty")
        if complement:
            text = "".join(second[-1] if wanted(char) else char for char in text)
        else:
            padded = second + second[-1:] * (len(first) - len(second))
            table = {ord(a): b for a, b in zip(first, padded, strict=False)}
            text = text.translate(table)
        if "s" in options:
            squeezed = set(second)
            text = _squeezed(text, lambda char: char in squeezed)
    else:
        text = _squeezed(text, wanted)
    call.out(text)


def _squeezed(text: str, wanted) -> str:  # type: ignore[no-untyped-def]
    return "".join(char for n, char in enumerate(text) if not (n and text[n - 1] == char and wanted(char)))


def _set(text: str, fill: int = 0) -> str:
    """The characters of a set: ranges, classes, escapes, and ``[x*]``, which fills the second up to the first."""
    found: list[str] = []
    at = 0
    while at < len(text):
        named = re.compile(r"\[:([a-z]+):\]").match(text, at)
        if named is not None:
            if named[1] not in CLASSES:
                raise Failed(f"tr: invalid character class '{named[1]}'")
            found += _set(CLASSES[named[1]].replace("\\", "\\\\"))
            at = named.end()
            continue
        repeated = re.compile(r"\[(.)\*([0-9]{0,6})\]").match(text, at)
        if repeated is not None:
            found += repeated[1] * (
                int(repeated[2], 8 if repeated[2][:1] == "0" else 10) if repeated[2] else max(fill - len(found), 0)
            )
            at = repeated.end()
            continue
        char, at = _one(text, at)
        if text[at : at + 1] == "-" and at + 1 < len(text):
            last, at = _one(text, at + 1)
            if ord(last) < ord(char):
                raise Failed(f"tr: range-endpoints of '{char}-{last}' are in reverse collating sequence order")
            found += [chr(n) for n in range(ord(char), min(ord(last), ord(char) + MOST) + 1)]
        else:
            found.append(char)
    return "".join(found)


def _one(text: str, at: int) -> tuple[str, int]:
    if text[at] != "\\" or at + 1 >= len(text):
        return text[at], at + 1
    octal = re.compile(r"[0-7]{1,3}").match(text, at + 1)
    if octal is not None:
        return chr(int(octal[0], 8)), octal.end()
    return ESCAPES.get(text[at + 1], text[at + 1]), at + 2


def paste(call: Call) -> None:
    """``paste [-s] [-d c] file…``: lines side by side."""
    options, paths = call.options("s", "d")
    separators = _set(options.get("d", "\t")) or "\0"
    held = [lines_of(text) for _, text in sources(call, paths)]
    rows = (
        held
        if "s" in options
        else [[one[n] if n < len(one) else "" for one in held] for n in range(max(map(len, held), default=0))]
    )
    for row in rows:
        line = row[0] if row else ""
        for n, part in enumerate(row[1:]):
            line += separators[n % len(separators)].replace("\0", "") + part
        call.line(line)


def fold(call: Call) -> None:
    """``fold [-s] [-w width]``: long lines are broken."""
    options, paths = call.options("sb", "w")
    width = whole_number(options.get("w", "80"), MOST)
    if not width:
        raise Failed(f"fold: invalid number of columns: '{options.get('w', '')}'")
    for line in lines_of(all_of(call, paths)):
        while len(line) > width:
            cut_at = width
            if "s" in options and " " in line[:width]:
                cut_at = line[:width].rindex(" ") + 1
            call.line(line[:cut_at])
            line = line[cut_at:]
        call.line(line)


def column(call: Call) -> None:
    """``column -t [-s c]``: a table."""
    options, paths = call.options("t", "so")
    rows = [
        line.split(options["s"]) if options.get("s") else line.split()
        for line in lines_of(all_of(call, paths))
        if line.strip()
    ]
    if "t" not in options:
        raise Failed("column: only column -t here, with -s for what parts the columns")
    many = max(map(len, rows), default=0)
    widths = [max((len(row[n]) for row in rows if n < len(row)), default=0) for n in range(many)]
    for row in rows:
        cells = [cell.ljust(widths[n]) for n, cell in enumerate(row[:-1])] + row[-1:]
        call.line(options.get("o", "  ").join(cells))


PROGRAMS: dict[str, Program] = {"cut": cut, "tr": tr, "paste": paste, "fold": fold, "column": column}

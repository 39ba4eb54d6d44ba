"""``sort``, ``uniq``, ``comm``: lines in order."""

import re
from functools import cmp_to_key
from itertools import groupby
from typing import NamedTuple

from simlib.shell.answer import Failed, lines_of, whole_number
from simlib.shell.call import Call, Program
from simlib.shell.files.thing import Refused
from simlib.shell.files.view import View
from simlib.shell.options import Known, Options, read
from simlib.shell.text.sources import all_of

TROUBLE = 2
FLAGS = "nrufbdiMghVs"
MONTHS = ("JAN", "FEB", "MAR", "APR", "MAY", "JUN", "JUL", "AUG", "SEP", "OCT", "NOV", "DEC")
UNITS = " KMGTPE"
_KEY = re.compile(r"([0-9]+)(?:\.([0-9]+))?([bdfghiMnRrV]*)(?:,([0-9]+)(?:\.([0-9]+))?([bdfghiMnRrV]*))?")
_NUMBER = re.compile(r"[ \t]*(-?[0-9]*(?:\.[0-9]*)?)")
MOST = 10**6


class Key(NamedTuple):
    """``-k 2,3n``: from which field and character to which, and how they are compared."""

    first: int
    first_char: int
    last: int  # 0: to the end
    last_char: int
    how: str


KNOWN = Known(f"{FLAGS}c", "kto", status=TROUBLE)


def sort(call: Call) -> None:
    """``sort [-bdfghiMnruV] [-k 2,2n] [-t c] [-o file] [-c] [file…]``: the lines in order."""
    options, paths = read("sort", KNOWN, call.arguments)
    values = dict(options)
    letters = "".join(letter for letter, value in options if not value)
    order = _Order([_key(value) for letter, value in options if letter == "k"], letters, _separator(options))
    target = values.get("o", "")
    for path in paths:
        why = "" if path == "-" else View(call.shell).unreadable(path, View(call.shell).find(path))
        if why:
            raise Failed(f"sort: cannot read: {path}: {why}", TROUBLE)
    lines = lines_of(all_of(call, paths, TROUBLE))
    if call.status:
        return
    if "c" in letters:
        for n in range(1, len(lines)):
            if order.compare(lines[n - 1], lines[n]) > 0:
                call.stderr.write(f"sort: {paths[0] if paths else '-'}:{n + 1}: disorder: {lines[n]}\n")
                call.status = 1
                return
        return
    lines.sort(key=cmp_to_key(order.compare))
    if "u" in letters:
        lines = [line for n, line in enumerate(lines) if not n or order.by_keys(lines[n - 1], line)]
    text = "".join(f"{line}\n" for line in lines)
    if not target:
        call.out(text)
        return
    try:
        View(call.shell).write(target, text)
    except Refused as refused:
        call.complain(f"open failed: {target}: {refused.words}", TROUBLE)


def _separator(options: Options) -> str:
    """What parts fields (``-t``); nothing where blanks do."""
    found = ""
    for value in (value for letter, value in options if letter == "t"):
        if value not in ("\\0",) and len(value) != 1:
            raise Failed(
                f"sort: multi-character tab '{value.replace(chr(92), chr(92) * 2)}'" if value else "sort: empty tab",
                TROUBLE,
            )
        found = "\0" if value == "\\0" else value
    return found


def _key(text: str) -> Key:
    found = _KEY.fullmatch(text)
    if found is None or len(text) > 40:
        raise Failed(f"sort: -k {text}: a key is written like 2, 2,2 or 3,3nr", TROUBLE)
    first, first_char, how, last, last_char, more = found.groups()
    if int(first) == 0:
        raise Failed(
            f"sort: -: invalid field specification '{text}'".replace("-: invalid", "field number is zero: invalid"),
            TROUBLE,
        )
    return Key(int(first), int(first_char or 1), int(last or 0), int(last_char or 0), how + (more or ""))


class _Order:
    def __init__(self, keys: list[Key], letters: str, separator: str) -> None:
        self.keys = [one if one.how else one._replace(how=letters) for one in keys]
        self.letters, self.separator = letters, separator

    def compare(self, one: str, other: str) -> int:
        by_keys = self.by_keys(one, other)
        if by_keys or "s" in self.letters or "u" in self.letters:
            return by_keys
        last = (one > other) - (one < other)  # of equal keys the whole lines decide
        return -last if "r" in self.letters else last

    def by_keys(self, one: str, other: str) -> int:
        if not self.keys:
            return _compared(one, other, self.letters)
        for key in self.keys:
            found = _compared(self._of(key, one), self._of(key, other), key.how)
            if found:
                return found
        return 0

    def _of(self, key: Key, line: str) -> str:
        fields = self._fields(line)
        begin = fields[key.first - 1][0] if key.first <= len(fields) else len(line)
        if "b" in key.how:
            begin += len(line[begin:]) - len(line[begin:].lstrip(" \t"))
        begin = min(begin + key.first_char - 1, len(line))
        if not key.last:
            return line[begin:]
        if key.last > len(fields):
            return line[begin:]
        start, end = fields[key.last - 1]
        if key.last_char:
            if "b" in key.how:
                start += len(line[start:end]) - len(line[start:end].lstrip(" \t"))
            end = min(start + key.last_char, end)
        return line[begin:end]

    def _fields(self, line: str) -> list[tuple[int, int]]:
        if self.separator:
            found, at = [], 0
            for part in line.split(self.separator):
                found.append((at, at + len(part)))
                at += len(part) + 1
            return found
        return [found.span() for found in re.finditer(r"[ \t]*[^ \t]+", line)]


def _compared(one: str, other: str, how: str) -> int:
    found = _forwards(one, other, how)
    return -found if "r" in how else found


def _forwards(one: str, other: str, how: str) -> int:
    if "n" in how or "g" in how:
        a, b = _number(one), _number(other)
        return (a > b) - (a < b)
    if "h" in how:
        first, second = _human(one), _human(other)
        return (first > second) - (first < second)
    if "M" in how:
        m, n = (_month(text) for text in (one, other))
        return (m > n) - (m < n)
    if "V" in how:
        left, right = (_version(text) for text in (one, other))
        return (left > right) - (left < right)
    if "b" in how:
        one, other = one.lstrip(" \t"), other.lstrip(" \t")
    if "d" in how:
        one, other = (re.sub(r"[^A-Za-z0-9 \t]", "", text) for text in (one, other))
    if "f" in how:
        one, other = one.upper(), other.upper()
    return (one > other) - (one < other)


def _number(text: str) -> float:
    """The number at the beginning of a line; 0 where there is none."""
    found = _NUMBER.match(text)
    try:
        return float(found[1][:400]) if found else 0.0
    except ValueError:
        return 0.0


def _human(text: str) -> tuple[int, float]:
    found = re.match(r"[ \t]*-?[0-9.]+([KMGTPE]?)", text)
    number = _number(text)
    if found is None or not number:
        return (0, 0.0)
    unit = UNITS.index(found[1] or " ") + 1
    return (unit if number > 0 else -unit, number)


def _month(text: str) -> int:
    name = text.lstrip(" \t")[:3].upper()
    return MONTHS.index(name) + 1 if name in MONTHS else 0


def _version(text: str) -> list[tuple[str, int]]:
    return [(part[0], int(part[1][:18] or 0)) for part in re.findall(r"([^0-9]*)([0-9]*)", text)]


def uniq(call: Call) -> None:
    """``uniq [-cdui] [-f n] [-s n] [-w n] [file]``: each line once where it is repeated."""
    options, words = call.options("cdui", "fsw")
    if len(words) > 1:
        raise Failed(f"uniq: {words[1]}: writing to a file is not simulated; put > before it")
    numbers = {letter: whole_number(options[letter], MOST) for letter in "fsw" if letter in options}
    for letter, number in numbers.items():
        if number is None:
            what = {"f": "fields to skip", "s": "bytes to skip", "w": "bytes to compare"}[letter]
            raise Failed(f"uniq: {options[letter]}: invalid number of {what}")

    def key(line: str) -> str:
        for _ in range(min(numbers.get("f") or 0, 1000)):
            line = re.sub(r"^[ \t]*[^ \t]*", "", line)
        line = line[numbers.get("s") or 0 :]
        line = line if numbers.get("w") is None else line[: numbers["w"]]
        return line.lower() if "i" in options else line

    for _, same in groupby(lines_of(all_of(call, words)), key):
        lines = list(same)
        if ("d" in options and len(lines) < 2) or ("u" in options and len(lines) > 1):
            continue
        call.line(f"{len(lines):7d} {lines[0]}" if "c" in options else lines[0])


def comm(call: Call) -> None:
    """``comm [-123] file file``: lines of two sorted files that one has, or both."""
    options, paths = call.options("123")
    if len(paths) != 2:
        raise Failed("comm: two files are compared")
    one, other = (lines_of(all_of(call, [path])) for path in paths)
    if call.status:
        return
    at = there = 0
    while at < len(one) or there < len(other):
        if there >= len(other) or (at < len(one) and one[at] < other[there]):
            column, line, at = 1, one[at], at + 1
        elif at >= len(one) or other[there] < one[at]:
            column, line, there = 2, other[there], there + 1
        else:
            column, line, at, there = 3, one[at], at + 1, there + 1
        if str(column) not in options:
            call.line("\t" * sum(str(before) not in options for before in range(1, column)) + line)


PROGRAMS: dict[str, Program] = {"sort": sort, "uniq": uniq, "comm": comm}

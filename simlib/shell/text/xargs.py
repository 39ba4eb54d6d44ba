"""``xargs``: words of the input become arguments of a command."""

import re

from simlib.shell.answer import Failed, lines_of, whole_number
from simlib.shell.call import Call, Program
from simlib.shell.options import Known, read

MOST = 100_000
_WORD = re.compile(r"(?:\\(.)|'([^'\n]*)'|\"([^\"\n]*)\"|([^\s'\"\\]+))", re.DOTALL)


KNOWN = Known("0rtx", "nLIdPs", long={"--no-run-if-empty": "r", "--null": "0"}, first=True)


def xargs(call: Call) -> None:
    """``xargs [-0rt] [-n many] [-L lines] [-I text] [-d c] [command…]``"""
    options, words = read("xargs", KNOWN, call.arguments)
    letters, values = "".join(letter for letter, _ in options), dict(options)
    command = words or ["echo"]
    text = call.stdin.read()
    statuses = []
    for arguments in _calls(command, text, letters, values):
        if "t" in letters:
            call.stderr.write(" ".join(arguments) + "\n")
        statuses.append(call.run(arguments, stdin=""))
        if statuses[-1] in (126, 127):
            call.status = statuses[-1]
            return
    call.status = 123 if any(statuses) else 0


def _calls(command: list[str], text: str, letters: str, values: dict[str, str]) -> list[list[str]]:
    if "I" in values:
        lines = [line.strip(" \t") for line in lines_of(text)] if "0" not in letters else text.split("\0")
        return [[word.replace(values["I"], line) for word in command] for line in lines if line]
    many = _many(values.get("n") or values.get("L") or str(MOST), "n" if "n" in values else "L")
    if "L" in values:
        items = [line for line in lines_of(text) if line.strip()]
        groups = [[word for line in items[n : n + many] for word in _words(line)] for n in range(0, len(items), many)]
    else:
        if "0" in letters:
            items = text.removesuffix("\0").split("\0") if text else []
        elif "d" in values:
            separator = values["d"].replace("\\n", "\n").replace("\\t", "\t").replace("\\0", "\0")
            items = text.removesuffix(separator).split(separator) if text else []
        else:
            items = _words(text)
        groups = [items[n : n + many] for n in range(0, len(items), many)]
    if not groups and "r" not in letters:
        groups = [[]]
    return [[*command, *group] for group in groups]


def _many(text: str, letter: str) -> int:
    number = whole_number(text, 10**9)
    if not number:
        raise Failed(
            f"xargs: value {text} for -{letter} option should be >= 1"
            if number == 0
            else f'xargs: invalid number "{text}" for -{letter} option'
        )
    return number


def _words(text: str) -> list[str]:
    found, now, at = [], "", 0
    begun = False
    while at < len(text):
        if text[at].isspace():
            if begun:
                found.append(now)
            now, begun, at = "", False, at + 1
            continue
        part = _WORD.match(text, at)
        if part is None:
            kind = "single" if text[at] == "'" else "double"
            if text[at] == "\\":
                at += 1
                continue
            raise Failed(
                f"xargs: unmatched {kind} quote; by default quotes are special to xargs unless you use the -0 option"
            )
        now += next(one for one in part.groups() if one is not None)
        begun, at = True, part.end()
    return [*found, now] if begun else found


PROGRAMS: dict[str, Program] = {"xargs": xargs}

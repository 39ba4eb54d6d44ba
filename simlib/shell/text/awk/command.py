"""The command ``awk``."""

import re

from simlib.shell.answer import Failed
from simlib.shell.call import Call, Program
from simlib.shell.files.thing import Refused
from simlib.shell.files.view import View
from simlib.shell.host.times import strftime
from simlib.shell.text.awk.lexer import BadProgram
from simlib.shell.text.awk.machine import Machine
from simlib.shell.text.awk.parser import parse
from simlib.shell.text.awk.values import Outside, from_outside
from simlib.shell.text.formatted import unescaped
from simlib.shell.text.sources import STDIN

TROUBLE = 2
_ASSIGNMENT = re.compile(r"([A-Za-z_][A-Za-z0-9_]*)=(.*)", re.DOTALL)
USAGE = "usage: awk [-F fs][-v var=value][prog | -f progfile][file ...]"


def awk(call: Call) -> None:
    """``awk [-F separator] [-v name=value] [-f file] program [file…]``"""
    separator, assigned, programs, words = _options(call)
    if not programs:
        if not words:
            raise Failed(USAGE, TROUBLE)
        programs = [words.pop(0)]
    try:
        _run(call, "\n".join(programs), separator, assigned, words)
    except BadProgram as wrong:
        raise Failed(f"awk: {wrong}", TROUBLE) from None
    except RecursionError:
        raise Failed("awk: stopped: too many brackets within brackets", TROUBLE) from None


def _options(call: Call) -> tuple[str | None, list[str], list[str], list[str]]:
    left, separator, assigned, programs = list(call.arguments), None, list[str](), list[str]()
    while left and left[0].startswith("-") and len(left[0]) > 1:
        word = left.pop(0)
        if word == "--":
            break
        letter = word[1]
        if letter not in "Fvf":
            raise Failed(f"awk: unknown option {word}: here it knows -F, -v and -f", TROUBLE)
        if not word[2:] and not left:
            raise Failed(f"awk: option {word} requires an argument", TROUBLE)
        value = word[2:] or left.pop(0)
        if letter == "F":
            separator = value
        elif letter == "v":
            if _ASSIGNMENT.fullmatch(value) is None:
                raise Failed(f"awk: -v {value}: it is written name=value", TROUBLE)
            assigned.append(value)
        else:
            programs.append(call.stdin.read() if value == STDIN else View(call.shell).read("awk", value))
    return separator, assigned, programs, left


def _run(call: Call, program: str, separator: str | None, assigned: list[str], words: list[str]) -> None:
    machine = Machine(parse(program), _outside(call))
    machine.arrays["ENVIRON"] = {
        name: from_outside(held) for name, held in {**call.shell.environment(), **call.shell.variables}.items()
    }
    machine.arrays["ARGV"] = {str(n): from_outside(word) for n, word in enumerate(["awk", *words])}
    machine.variables["ARGC"] = float(len(words) + 1)
    if separator is not None:
        machine.variables["FS"] = "\t" if separator == "t" else unescaped(separator)
    for one in assigned:
        _assign(machine, one)
    machine.begin()
    view, read_any = View(call.shell), False
    if machine.ended:
        machine.exited = True
    for word in words if machine.reads else []:
        if _ASSIGNMENT.fullmatch(word):
            _assign(machine, word)
            continue
        read_any = True
        try:
            text = call.stdin.read() if word == STDIN else view.read("awk", word)
        except Failed as failure:
            call.stderr.write(failure.text.replace(f"awk: {word}: ", f"awk: cannot open {word} (") + ")\n")
            machine.status = TROUBLE
            continue
        machine.read(word, text)
    if machine.reads and not read_any:
        machine.read("", call.stdin.read())
    machine.end()
    call.status = machine.status


def _assign(machine: Machine, text: str) -> None:
    name, _, held = text.partition("=")
    machine.variables[name] = from_outside(unescaped(held))


def _outside(call: Call) -> Outside:
    def write(path: str, text: str, append: bool) -> None:
        try:
            View(call.shell).write(path, text, append)
        except Refused as refused:
            raise BadProgram(f"can't redirect to {path} ({refused.words})") from None

    def pipe(command: str, text: str) -> int:
        return call.run(["sh", "-c", command], text)

    clock = call.shell.site.clock
    return Outside(
        call.out,
        write,
        pipe,
        lambda: clock.unix(call.shell.now),
        lambda template, when: strftime(template, clock.at(when - clock.unix(0))),
    )


PROGRAMS: dict[str, Program] = {"awk": awk, "gawk": awk, "mawk": awk, "nawk": awk}

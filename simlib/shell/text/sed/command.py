"""The command ``sed``."""

from simlib.shell.answer import Failed, lines_of
from simlib.shell.call import Call, Program
from simlib.shell.files.thing import Refused
from simlib.shell.files.view import View
from simlib.shell.options import Known, read
from simlib.shell.text.sed.machine import Machine
from simlib.shell.text.sed.script import STATUS, TROUBLE, Parser
from simlib.shell.text.sources import sources

LONG = {"--quiet": "n", "--silent": "n", "--regexp-extended": "E", "--in-place": "i"}
KNOWN = Known("nrEsz", "ef", attached="i", long=LONG, status=STATUS)


def sed(call: Call) -> None:
    """``sed [-n] [-i[ending]] [-r] [-E] [-e script] [-f file] script [file…]``"""
    options, paths = read("sed", KNOWN, call.arguments)
    letters, values = "".join(letter for letter, _ in options), dict(options)
    scripts = [
        value if letter == "e" else View(call.shell).read("sed", value).removesuffix("\n")
        for letter, value in options
        if letter in "ef"
    ]
    if not scripts:
        if not paths:
            raise Failed("Usage: sed [OPTION]... {script-only-if-no-other-script} [input-file]...", STATUS)
        scripts = [paths.pop(0)]
    if scripts[0].startswith("#n\n"):
        letters += "n"
    extended = "E" in letters or "r" in letters
    script = "\n".join(scripts)
    if "i" in letters:
        _in_place(call, script, extended, "n" in letters, values["i"], paths)
        return
    commands = Parser(script, extended).all()
    machine = Machine(call, commands, "n" in letters, call.out)
    texts = [text for _, text in _readable(call, paths)]
    trouble = call.status
    whole = "".join(
        text if text.endswith("\n") or not text or n == len(texts) - 1 else f"{text}\n" for n, text in enumerate(texts)
    )
    machine.run(lines_of(whole) if whole else [], whole.endswith("\n"))
    call.status = call.status or trouble


def _readable(call: Call, paths: list[str]) -> list[tuple[str, str]]:
    view, found = View(call.shell), list[tuple[str, str]]()
    for path in paths:
        thing = None if path == "-" else view.find(path)
        if thing is not None and thing.kind == "d":
            call.complain(
                f"couldn't edit {path}: not a regular file"
                if "-i" in call.arguments
                else f"read error on {path}: Is a directory",
                TROUBLE,
            )
        elif path != "-" and view.unreadable(path, thing):
            call.complain(f"can't read {path}: {view.unreadable(path, thing)}", TROUBLE)
        else:
            found += sources(call, [path], TROUBLE)
    return found if paths else list(sources(call, [], TROUBLE))


def _in_place(call: Call, script: str, extended: bool, quiet: bool, ending: str, paths: list[str]) -> None:
    """``-i``: each file is written anew with what comes of it."""
    if not paths:
        raise Failed("sed: no input files", STATUS)
    view = View(call.shell)
    for path, text in _readable(call, paths):
        parts: list[str] = []
        machine = Machine(call, Parser(script, extended).all(), quiet, parts.append)
        machine.run(lines_of(text) if text else [], text.endswith("\n"))
        try:
            if ending:
                view.write(path + ending, text)
            view.write(path, "".join(parts))
        except Refused as refused:
            call.complain(f"couldn't open file {path}: {refused.words}", 4)


PROGRAMS: dict[str, Program] = {"sed": sed}

"""The commands that are a part of the shell itself."""

import re

from simlib.sh.lexer import NAME
from simlib.shell.answer import COMMAND_NOT_FOUND, Failed
from simlib.shell.files.paths import absent
from simlib.shell.files.view import View
from simlib.shell.language.arithmetic import BadArithmetic, value
from simlib.shell.language.condition import test
from simlib.shell.language.evaluate import Builtin, Evaluator, Leave
from simlib.shell.places import path_of
from simlib.shell.streams import Streams

MOST_LOOPS = 1000


def cd(evaluator: Evaluator, arguments: list[str], streams: Streams) -> int:
    """``cd [directory]``; ``-`` is where one was before."""
    shell = evaluator.shell
    if len(arguments) > 1:
        raise Failed("sh: cd: too many arguments")
    path = arguments[0] if arguments else shell.home
    if path == "-":
        path = shell.variables.get("OLDPWD", "")
        if not path:
            raise Failed("sh: cd: OLDPWD not set")
        streams.out.write(f"{path}\n")
    view = View(shell)
    thing = view.find(path) if path else view.find(".")
    if thing is None and not arguments:
        thing = view.find("/")
    if thing is None:
        raise Failed(f"sh: cd: {path}: {absent(view.absolute(path))}")
    if thing.kind != "d":
        raise Failed(f"sh: cd: {path}: Not a directory")
    if not thing.allows(shell.user, 1):
        raise Failed(f"sh: cd: {path}: Permission denied")
    shell.variables["OLDPWD"] = shell.directory
    shell.directory = thing.path
    return 0


def pwd(evaluator: Evaluator, arguments: list[str], streams: Streams) -> int:
    """``pwd``"""
    streams.out.write(f"{evaluator.shell.directory}\n")
    return 0


def export(evaluator: Evaluator, arguments: list[str], streams: Streams) -> int:
    """``export name=value``: every variable is exported here."""
    shell = evaluator.shell
    if not arguments or arguments == ["-p"]:
        for name, held in sorted({**shell.environment(), **shell.variables}.items()):
            streams.out.write(f'declare -x {name}="{held}"\n')
    for word in arguments:
        name, equals, held = word.partition("=")
        if word == "-p":
            continue
        if not NAME.fullmatch(name):
            raise Failed(f"sh: export: `{word}': not a valid identifier")
        if equals:
            shell.variables[name] = held
    return 0


def unset(evaluator: Evaluator, arguments: list[str], streams: Streams) -> int:
    """``unset name…``"""
    for name in arguments:
        evaluator.shell.variables.pop(name, None)
        evaluator.functions.pop(name, None)
    return 0


def set_(evaluator: Evaluator, arguments: list[str], streams: Streams) -> int:
    """``set [-- word…]``: what there is, or new arguments."""
    shell = evaluator.shell
    if not arguments:
        for name, held in sorted({**shell.environment(), **shell.variables}.items()):
            streams.out.write(f"{name}={held}\n")
        return 0
    if arguments[0] == "--":
        shell.arguments = arguments[1:]
    elif arguments[0].startswith(("-", "+")):
        raise Failed(
            f"sh: set: {arguments[0]}: options of the shell are not simulated; set -- word … sets $1 and so on"
        )
    else:
        shell.arguments = arguments
    return 0


def shift(evaluator: Evaluator, arguments: list[str], streams: Streams) -> int:
    """``shift [n]``"""
    many = _count("shift", arguments, 1)
    if many > len(evaluator.shell.arguments):
        return 1
    del evaluator.shell.arguments[:many]
    return 0


def read(evaluator: Evaluator, arguments: list[str], streams: Streams) -> int:
    """``read [-r] [-p prompt] name…``: a line of the input, a word to each name and the rest to the last."""
    names, raw = [], False
    words = list(arguments)
    while words:
        word = words.pop(0)
        if word == "-r":
            raw = True
        elif word == "-p":
            streams.err.write(words.pop(0) if words else "")
        elif word.startswith("-") and len(word) > 1:
            raise Failed(f"sh: read: {word}: invalid option: here it knows -r and -p", 2)
        elif not NAME.fullmatch(word):
            raise Failed(f"sh: read: `{word}': not a valid identifier")
        else:
            names.append(word)
    line = streams.stdin.line()
    while not raw and line.endswith("\\\n"):
        line = line[:-2] + streams.stdin.line()
    ended = line.endswith("\n")
    text = line.removesuffix("\n")
    text = text if raw else re.sub(r"\\(.)", r"\1", text)
    separators = evaluator.shell.variable("IFS")
    for name, held in zip(names or ["REPLY"], _shared_out(text, len(names), separators), strict=False):
        evaluator.shell.variables[name] = held
    return 0 if ended else 1


def _shared_out(text: str, many: int, separators: str | None) -> list[str]:
    if not many:
        return [text]
    separators = " \t\n" if separators is None else separators
    if not separators:
        return [text, *[""] * (many - 1)]
    white = "".join(one for one in separators if one in " \t\n")
    text = text.strip(white) if white else text
    found = list[str]()
    while len(found) < many - 1:
        parts = re.split(f"[{re.escape(separators)}]", text, maxsplit=1)
        found.append(parts[0])
        text = parts[1] if len(parts) > 1 else ""
        text = text.lstrip(white) if white else text
    return [*found, text]


def test_(evaluator: Evaluator, arguments: list[str], streams: Streams) -> int:
    """``test condition``"""
    return int(not test(View(evaluator.shell), "test", arguments))


def bracket(evaluator: Evaluator, arguments: list[str], streams: Streams) -> int:
    """``[ condition ]``"""
    return int(not test(View(evaluator.shell), "[", arguments))


def true(evaluator: Evaluator, arguments: list[str], streams: Streams) -> int:
    """``true``, ``:``"""
    return 0


def false(evaluator: Evaluator, arguments: list[str], streams: Streams) -> int:
    """``false``"""
    return 1


def exit_(evaluator: Evaluator, arguments: list[str], streams: Streams) -> int:
    """``exit [status]``"""
    raise Leave("exit", _status("exit", arguments, evaluator.status))


def return_(evaluator: Evaluator, arguments: list[str], streams: Streams) -> int:
    """``return [status]``"""
    raise Leave("return", _status("return", arguments, evaluator.status))


def break_(evaluator: Evaluator, arguments: list[str], streams: Streams) -> int:
    """``break [n]``"""
    raise Leave("break", max(_count("break", arguments, 1), 1))


def continue_(evaluator: Evaluator, arguments: list[str], streams: Streams) -> int:
    """``continue [n]``"""
    raise Leave("continue", max(_count("continue", arguments, 1), 1))


def eval_(evaluator: Evaluator, arguments: list[str], streams: Streams) -> int:
    """``eval word…``: the words as a line."""
    evaluator.status = 0
    evaluator.enter()
    try:
        return evaluator.line(" ".join(arguments), streams)
    finally:
        evaluator.leave()


def source(evaluator: Evaluator, arguments: list[str], streams: Streams) -> int:
    """``. file``: the lines of a file."""
    if not arguments:
        raise Failed("sh: .: filename argument required", 2)
    text = View(evaluator.shell).read("sh", arguments[0])
    evaluator.enter()
    try:
        return evaluator.line(text, streams)
    finally:
        evaluator.leave()


def exec_(evaluator: Evaluator, arguments: list[str], streams: Streams) -> int:
    """``exec command``: the command, and then the end."""
    if not arguments:
        raise Failed("sh: exec: lasting redirections are not simulated; put > behind each command")
    raise Leave("exit", evaluator.program(arguments, streams))


def type_(evaluator: Evaluator, arguments: list[str], streams: Streams) -> int:
    """``type name…``: what a name stands for."""
    status = 0
    for name in arguments:
        if name in evaluator.functions:
            streams.out.write(f"{name} is a function\n")
        elif name in evaluator.builtins or name in ("echo", "printf", "kill"):
            streams.out.write(f"{name} is a shell builtin\n")
        elif evaluator.find(name) is not None:
            streams.out.write(f"{name} is {path_of(name)}\n")
        else:
            streams.err.write(f"sh: type: {name}: not found\n")
            status = 1
    return status


def command(evaluator: Evaluator, arguments: list[str], streams: Streams) -> int:
    """``command [-v] name``"""
    if arguments[:1] == ["-v"]:
        status = COMMAND_NOT_FOUND
        for name in arguments[1:]:
            if name in evaluator.builtins or name in evaluator.functions:
                streams.out.write(f"{name}\n")
                status = 0
            elif evaluator.find(name) is not None:
                streams.out.write(f"{path_of(name)}\n")
                status = 0
        return min(status, 1)
    return evaluator.run(arguments, streams) if arguments else 0


def jobs(evaluator: Evaluator, arguments: list[str], streams: Streams) -> int:
    """``jobs``, ``wait``: there is nothing in the background."""
    return 0


def foreground(evaluator: Evaluator, arguments: list[str], streams: Streams) -> int:
    """``fg``, ``bg``"""
    raise Failed("sh: no job control: nothing runs in the background here")


def umask(evaluator: Evaluator, arguments: list[str], streams: Streams) -> int:
    """``umask``"""
    if arguments:
        raise Failed("sh: umask: it stays 0022 here; chmod changes a file afterwards")
    streams.out.write("0022\n")
    return 0


def history(evaluator: Evaluator, arguments: list[str], streams: Streams) -> int:
    """``history``: the lines that were typed."""
    if arguments and not arguments[0].isdecimal():
        raise Failed(f"sh: history: {arguments[0]}: only history and history n here")
    lines = list(enumerate(evaluator.shell.history, 1))
    for number, line in lines[-int(arguments[0][:9]) :] if arguments else lines:
        streams.out.write(f"{number:5d}  {line}\n")
    return 0


def let(evaluator: Evaluator, arguments: list[str], streams: Streams) -> int:
    """``let sum…``"""
    number = 0
    for word in arguments:
        assigned = re.fullmatch(r"([A-Za-z_][A-Za-z0-9_]*)=(.*)", word)
        try:
            number = value(assigned[2] if assigned else word, lambda name: evaluator.shell.variable(name) or "")
        except BadArithmetic as wrong:
            raise Failed(f"sh: let: {wrong}") from None
        if assigned:
            evaluator.shell.variables[assigned[1]] = str(number)
    return int(not number)


def local(evaluator: Evaluator, arguments: list[str], streams: Streams) -> int:
    """``local name=value``: here as any variable."""
    return export(evaluator, arguments, streams) if arguments else 0


def _refused(name: str, why: str) -> Builtin:
    def refuse(evaluator: Evaluator, arguments: list[str], streams: Streams) -> int:
        raise Failed(f"sh: {name}: {why}")

    return refuse


BUILTINS: dict[str, Builtin] = {
    "cd": cd,
    "pwd": pwd,
    "export": export,
    "unset": unset,
    "set": set_,
    "shift": shift,
    "read": read,
    "test": test_,
    "[": bracket,
    "true": true,
    ":": true,
    "false": false,
    "exit": exit_,
    "logout": exit_,
    "return": return_,
    "break": break_,
    "continue": continue_,
    "eval": eval_,
    ".": source,
    "source": source,
    "exec": exec_,
    "type": type_,
    "command": command,
    "jobs": jobs,
    "wait": jobs,
    "fg": foreground,
    "bg": foreground,
    "umask": umask,
    "history": history,
    "let": let,
    "local": local,
    "trap": _refused("trap", "signals of this shell are not simulated"),
    "ulimit": _refused("ulimit", "limits of processes are not simulated; df and quota show those of disks"),
    "alias": _refused("alias", "not simulated; a function does it: name() { command; }"),
    "unalias": _refused("unalias", "not simulated"),
}


def _status(name: str, arguments: list[str], before: int) -> int:
    if not arguments:
        return before
    if not re.fullmatch(r"[0-9]{1,9}", arguments[0]):
        raise Failed(f"sh: {name}: {arguments[0]}: numeric argument required", 2)
    return int(arguments[0]) & 0xFF


def _count(name: str, arguments: list[str], usual: int) -> int:
    if not arguments:
        return usual
    if not re.fullmatch(r"[0-9]{1,9}", arguments[0]):
        raise Failed(f"sh: {name}: {arguments[0]}: numeric argument required")
    return min(int(arguments[0]), MOST_LOOPS)

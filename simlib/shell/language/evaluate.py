"""Runs the tree of a line: commands one after the other, with their input, output and exit status."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import Protocol

from simlib.sh.lexer import END_OF_FILE, BadSyntax
from simlib.sh.parser import parse
from simlib.sh.syntax import Case, Chain, For, Function, Group, If, Node, Pipeline, Script, Simple, While
from simlib.shell.answer import CANNOT_RUN, COMMAND_NOT_FOUND, SYNTAX_ERROR, Failed
from simlib.shell.call import Call, Program
from simlib.shell.files.view import View
from simlib.shell.language.redirections import redirected
from simlib.shell.language.words import Words
from simlib.shell.login import Login
from simlib.shell.streams import Input, Kept, Streams, TooMuch

MOST_COMMANDS = 20_000  # that one line may run
DEEPEST = 40  # shells within shells, functions within functions
MAX_LINE = 131_072  # characters; Linux takes no longer argument
SHELL_PID = 4711


class Leave(Exception):
    """``exit``, ``return``, ``break`` or ``continue``; of the last two ``value`` is how many loops."""

    def __init__(self, what: str, value: int) -> None:
        super().__init__(what)
        self.what, self.value = what, value


class Endless(Exception):
    """A line shows no end."""


class Builtin(Protocol):
    """A command that is a part of the shell: it gives its status."""

    def __call__(self, evaluator: "Evaluator", arguments: list[str], streams: Streams, /) -> int: ...


class Evaluator:
    """Runs lines for one login. ``find`` gives the program of a name, ``builtins`` are those of the shell itself."""

    def __init__(self, shell: Login, find: Callable[[str], Program | None], builtins: Mapping[str, Builtin]) -> None:
        self.shell, self.find, self.builtins = shell, find, builtins
        self.status = 0
        self.functions: dict[str, Node] = {}
        self._steps = self._deep = 0

    def type(self, line: str, streams: Streams) -> int:
        """Obey a line that somebody types, whatever it is."""
        self._steps = self._deep = 0
        try:
            self.line(line, streams)
        except Leave as leave:
            self.status = leave.value if leave.what in ("exit", "return") else 0
        except Endless:
            self._say(streams, f"stopped: this line has run {MOST_COMMANDS:,} commands and shows no end", CANNOT_RUN)
        except TooMuch:
            self._say(streams, "stopped: it prints without end", CANNOT_RUN)
        except RecursionError:
            self._say(streams, "stopped: too many commands within commands", CANNOT_RUN)
        return self.status

    def line(self, line: str, streams: Streams) -> int:
        """Obey a line, or several; ``exit`` in it is for whoever called."""
        if len(line) > MAX_LINE:
            return self._say(streams, "Argument list too long", CANNOT_RUN)
        try:
            script = parse(line.replace("\0", ""))  # with which no argument can be handed on
        except BadSyntax as wrong:
            return self._say(streams, syntax_error(wrong), SYNTAX_ERROR)
        return self.script(script, streams)

    def apart(self, line: str, streams: Streams, arguments: Sequence[str] = ()) -> int:
        """Obey lines in a shell of its own: ``sh -c``, ``$(…)``."""
        with self._shell_of_its_own():
            if arguments:
                self.shell.arguments = list(arguments)
            try:
                return self.line(line, streams)
            except Leave as leave:
                return leave.value

    def enter(self) -> None:
        """One level deeper: a text that is read as lines may read itself again."""
        self._deep += 1
        if self._deep > DEEPEST:
            raise RecursionError

    def leave(self) -> None:
        """One level less deep."""
        self._deep -= 1

    def script(self, script: Script, streams: Streams) -> int:
        """Obey some commands."""
        for chain in script:
            self._chain(chain, streams)
        return self.status

    def _chain(self, chain: Chain, streams: Streams) -> None:
        if chain.background:
            streams.err.write("sh: nothing runs in the background here: what ends with & runs to its end first\n")
        for operator, pipeline in chain.links:
            if operator and (self.status == 0) != (operator == "&&"):
                continue
            self._pipeline(pipeline, streams)

    def _pipeline(self, pipeline: Pipeline, streams: Streams) -> None:
        stdin = streams.stdin
        *firsts, last = pipeline.commands
        for command in firsts:
            kept = Kept()
            with self._shell_of_its_own():
                try:
                    self.command(command, Streams(stdin, kept, streams.err))
                except Leave as leave:
                    self.status = leave.value
            stdin = Input(kept.text)
        if firsts and not isinstance(last, Simple):
            with self._shell_of_its_own():
                try:
                    self.status = self.command(last, Streams(stdin, streams.out, streams.err))
                except Leave as leave:
                    self.status = leave.value
        else:
            self.status = self.command(last, Streams(stdin, streams.out, streams.err))
        if pipeline.negated:
            self.status = int(not self.status)

    def command(self, command: Node, streams: Streams) -> int:
        """Obey one command."""
        self._steps += 1
        if self._steps > MOST_COMMANDS:
            raise Endless
        if isinstance(command, Simple):
            self.status = self._simple(command, streams)
            return self.status
        if isinstance(command, Function):
            self.functions[command.name] = command.body
            self.status = 0
            return 0
        self.enter()
        try:
            with redirected(self.shell, self._words(streams), command.redirections, streams) as inside:
                self.status = 1 if inside is None else self._compound(command, inside)
        finally:
            self.leave()
        return self.status

    def _compound(self, command: Group | For | While | If | Case, streams: Streams) -> int:
        if isinstance(command, Group):
            if not command.apart:
                return self.script(command.body, streams)
            with self._shell_of_its_own():
                try:
                    return self.script(command.body, streams)
                except Leave as leave:
                    return leave.value
        if isinstance(command, For):
            return self._for(command, streams)
        if isinstance(command, While):
            return self._while(command, streams)
        if isinstance(command, If):
            for condition, body in command.branches:
                if condition is None or self.script(condition, streams) == 0:
                    self.status = 0
                    return self.script(body, streams)
            return 0
        return self._case(command, streams)

    def _for(self, loop: For, streams: Streams) -> int:
        values = self.shell.arguments if loop.words is None else self._arguments(loop.words, streams)
        self.status = 0
        for value in list(values or []):
            self.shell.variables[loop.name] = value
            if not self._turn(loop.body, streams):
                break
        return self.status

    def _while(self, loop: While, streams: Streams) -> int:
        ended = 0
        while (self.script(loop.condition, streams) == 0) != loop.until:
            self._steps += 1
            if self._steps > MOST_COMMANDS:
                raise Endless
            if not self._turn(loop.body, streams):
                ended = self.status
                break
            ended = self.status
        return ended

    def _turn(self, body: Script, streams: Streams) -> bool:
        """One turn of a loop; whether there is to be another one."""
        try:
            self.script(body, streams)
        except Leave as leave:
            if leave.what not in ("break", "continue"):
                raise
            self.status = 0
            if leave.value > 1:
                raise Leave(leave.what, leave.value - 1) from None
            return leave.what == "continue"
        return True

    def _case(self, case: Case, streams: Streams) -> int:
        words = self._words(streams)
        text = words.text(case.word)
        for patterns, body in case.branches:
            if any(words.pattern(pattern).match(text) for pattern in patterns):
                self.status = 0
                return self.script(body, streams)
        return 0

    def _simple(self, command: Simple, streams: Streams) -> int:
        substituted: list[int] = []
        words = self._words(streams, substituted)
        try:
            arguments = words.arguments(command.words)
            values = [(name, words.text(word)) for name, word in command.assignments]
        except Failed as failure:
            streams.err.write(f"{failure.text}\n")
            return failure.status
        except BadSyntax as wrong:
            return self._say(streams, syntax_error(wrong), 1)
        with redirected(self.shell, self._words(streams), command.redirections, streams) as inside:
            if inside is None:
                return 1
            if not arguments:
                self.shell.variables.update(values)
                return substituted[-1] if substituted else 0
            before = {name: self.shell.variables.get(name) for name, _ in values}
            self.shell.variables.update(values)
            try:
                return self.run(arguments, inside)
            finally:
                for name, value in before.items():
                    if value is None:
                        self.shell.variables.pop(name, None)
                    else:
                        self.shell.variables[name] = value

    def run(self, words: Sequence[str], streams: Streams) -> int:
        """Run one command by its words."""
        name = words[0]
        if not self.shell.host.up:
            streams.err.write(f"{self.shell.host.name}: no answer: the host is down\n")
            return 1
        if name in self.functions:
            return self._function(self.functions[name], words[1:], streams)
        if name in self.builtins:
            try:
                return self.builtins[name](self, list(words[1:]), streams)
            except Failed as failure:
                streams.err.write(f"{failure.text}\n" if failure.text else "")
                return failure.status
        return self.program(words, streams)

    def program(self, words: Sequence[str], streams: Streams) -> int:
        """Run a program, which knows nothing of the shell's own commands."""
        program = self.find(words[0])
        if program is None:
            return self._say(streams, *self._not_found(words[0]))
        self.enter()
        call = Call(
            self.shell,
            words,
            streams.stdin,
            streams.out,
            streams.err,
            lambda words, stdin, out, err: self._again(words, Streams(stdin, out, err)),
            lambda line, call, arguments: self.apart(line, Streams(call.stdin, call.stdout, call.stderr), arguments),
            self.find,
        )
        try:
            program(call)
        except Failed as failure:
            streams.err.write(f"{failure.text}\n" if failure.text else "")
            return failure.status
        finally:
            self.leave()
        return call.status

    def _again(self, words: Sequence[str], streams: Streams) -> int:
        self._steps += 1
        if self._steps > MOST_COMMANDS:
            raise Endless
        if words and words[0] in ("echo", "test", "[", "printf", "true", "false", "kill", "pwd"):
            return self.run(words, streams)
        return self.program(words, streams) if words else 0

    def _not_found(self, name: str) -> tuple[str, int]:
        if "/" not in name:
            return f"{name or chr(39) * 2}: command not found", COMMAND_NOT_FOUND
        thing = View(self.shell).find(name)
        if thing is None:
            return f"{name}: No such file or directory", COMMAND_NOT_FOUND
        why = "Is a directory" if thing.kind == "d" else "Permission denied"
        return f"{name}: {why}", CANNOT_RUN

    def _function(self, body: Node, arguments: Sequence[str], streams: Streams) -> int:
        before, self.shell.arguments = self.shell.arguments, list(arguments)
        try:
            return self.command(body, streams)
        except Leave as leave:
            if leave.what != "return":
                raise
            return leave.value
        finally:
            self.shell.arguments = before

    def _words(self, streams: Streams, statuses: list[int] | None = None) -> Words:
        def substitute(line: str) -> str:
            kept = Kept()
            status = self.apart(line, Streams(streams.stdin, kept, streams.err))
            self.status = status
            if statuses is not None:
                statuses.append(status)
            return kept.text

        return Words(self.shell, substitute, self._special)

    def _arguments(self, words: tuple[tuple, ...], streams: Streams) -> list[str] | None:  # type: ignore[type-arg]
        try:
            return self._words(streams).arguments(words)
        except Failed as failure:
            streams.err.write(f"{failure.text}\n")
            return None

    def _special(self, name: str) -> str | None:
        arguments = self.shell.arguments
        if name.isdigit():
            n = int(name)
            return "sh" if n == 0 else arguments[n - 1] if n <= len(arguments) else None
        known = {"?": str(self.status), "$": str(SHELL_PID), "#": str(len(arguments)), "-": "", "!": ""}
        if name in ("*", "@"):
            return " ".join(arguments)
        return known.get(name)

    @contextmanager
    def _shell_of_its_own(self) -> Iterator[None]:
        shell = self.shell
        before = (dict(shell.variables), list(shell.arguments), shell.directory, dict(self.functions), shell.user)
        self.enter()
        try:
            yield
        finally:
            self.leave()
            shell.variables, shell.arguments, shell.directory, self.functions, shell.user = before

    def _say(self, streams: Streams, words: str, status: int) -> int:
        streams.err.write(f"sh: {words}\n")
        self.status = status
        return status


def syntax_error(wrong: BadSyntax) -> str:
    """What the shell says of a line that is no command."""
    if wrong.token == END_OF_FILE:
        return "syntax error: unexpected end of file"
    return f"syntax error near unexpected token `{wrong.token}'" if wrong.token else wrong.why

"""A command as it is called: its arguments, what it reads, where it prints, and how it ends."""

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager

from simlib.shell.answer import Command, Failed
from simlib.shell.login import Login
from simlib.shell.options import Known, read
from simlib.shell.streams import Input, Output

Run = Callable[[Sequence[str], Input, Output, Output], int]
Obey = Callable[[str, "Call", Sequence[str]], int]


class Call:
    """One call of a program. ``out`` and ``err`` print; ``status`` is how it will end."""

    def __init__(
        self,
        shell: Login,
        words: Sequence[str],
        stdin: Input,
        stdout: Output,
        stderr: Output,
        run: Run,
        obey: Obey,
        find: Callable[[str], object],
    ) -> None:
        self.shell, self.name, self.arguments = shell, words[0].rpartition("/")[2], list(words[1:])
        self.stdin, self.stdout, self.stderr = stdin, stdout, stderr
        self.status = 0
        self._run, self._obey, self.find = run, obey, find

    def out(self, text: str) -> None:
        """Print."""
        if text:
            self.stdout.write(text)

    def line(self, text: str) -> None:
        """Print a line."""
        self.stdout.write(f"{text}\n")

    def complain(self, text: str, status: int = 1) -> None:
        """Print a line to the error output, and end with another status than 0."""
        self.stderr.write(f"{self.name}: {text}\n")
        self.status = status

    def run(self, words: Sequence[str], stdin: str | None = None) -> int:
        """Run another command, which prints to the same places; gives its status."""
        return self._run(words, self.stdin if stdin is None else Input(stdin), self.stdout, self.stderr)

    def obey(self, line: str, arguments: Sequence[str] = ()) -> int:
        """Obey a line, as ``sh -c`` does; ``arguments`` are $1 and so on there."""
        return self._obey(line, self, arguments)

    def options(self, known: str, with_value: str = "", status: int = 1) -> tuple[dict[str, str], list[str]]:
        """Option letters, each with its value if it has one, and the other words; options may stand among these.

        What is not known is refused in words.
        """
        found, words = read(self.name, Known(known, with_value, status=status), self.arguments)
        return dict(found), words

    @contextmanager
    def heard(self, status: int = 1) -> Iterator[None]:
        """Whatever fails inside is complained of, and the call goes on."""
        try:
            yield
        except Failed as failure:
            self.stderr.write(f"{failure.text}\n" if failure.text else "")
            self.status = status


Program = Callable[[Call], None]


def program_of(command: Command, reads: Callable[[list[str]], bool]) -> Program:
    """A command that gives all that it prints at once. ``reads``: whether it reads its input, called so."""

    def program(call: Call) -> None:
        stdin = call.stdin.read() if reads(call.arguments) else ""
        text = command(call.shell, call.arguments, stdin)
        call.out(text if text.endswith("\n") or not text else f"{text}\n")

    return program

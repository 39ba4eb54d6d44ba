"""Where a sendmail that somebody has typed as a command says what it does, and what is wrong."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field

from simlib.message.status import Exit

IN, OUT, DONE = "<<<", ">>>", "==="  # marks of a traffic log


@dataclass(slots=True)
class Terminal:
    """What a command prints, line by line, and how it will end.

    ``verbose`` (``-v``): it shows what it does, too. ``names_failures``: it shows also whom it cannot deliver to; who
    has typed a letter finds that in his ``dead.letter`` instead. ``status``: the exit status so far. ``traffic``: takes
    a mark and a line of all that goes in and out (``-X``).
    """

    verbose: bool = False
    names_failures: bool = True
    lines: list[str] = field(default_factory=list)
    status: int = Exit.OK
    traffic: Callable[[str, str], None] | None = None

    def say(self, *lines: str) -> None:
        """Say lines, whether or not anybody wants to know what is being done."""
        self.lines += lines
        self.note(OUT, lines)

    def note(self, mark: str, lines: Iterable[str]) -> None:
        """Note what goes in or out, where somebody wants to have that in a file."""
        if self.traffic is not None:
            for line in lines:
                self.traffic(mark, line)

    def show(self, line: str) -> None:
        r"""Show a line of what is being done. ``\\taro``, as the log writes it, is ``\taro`` here."""
        if self.verbose:
            self.say(line.replace("\\\\", "\\"))

    def tell_of(self, recipients: Sequence[str], exit: Exit, words: str) -> None:
        """Show what became of some recipients; that there is no service is said without them [deliver.c]."""
        if self.verbose and (self.names_failures or exit == Exit.OK or exit.transient):
            self.show(words if exit == Exit.UNAVAILABLE else f"{','.join(recipients)}... {words}")

    def fail(self, exit: Exit) -> None:
        """It ends with this exit status, unless it has failed before."""
        if self.status == Exit.OK:
            self.status = exit

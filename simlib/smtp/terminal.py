"""Where a sendmail that somebody has typed as a command says what it does, and what is wrong."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from simlib.message.status import Exit


@dataclass(slots=True)
class Terminal:
    """What a command prints, line by line, and how it will end.

    ``verbose`` (``-v``): it shows what it does, too. ``names_failures``: it shows also whom it cannot deliver to; who
    has typed a letter finds that in his ``dead.letter`` instead. ``status``: the exit status so far.
    """

    verbose: bool = False
    names_failures: bool = True
    lines: list[str] = field(default_factory=list)
    status: int = Exit.OK

    def say(self, line: str) -> None:
        """Say a line, whether or not anybody wants to know what is being done."""
        self.lines.append(line)

    def show(self, line: str) -> None:
        r"""Show a line of what is being done. ``\\taro``, as the log writes it, is ``\taro`` here."""
        if self.verbose:
            self.lines.append(line.replace("\\\\", "\\"))

    def tell_of(self, recipients: Sequence[str], exit: Exit, words: str) -> None:
        """Show what became of some recipients; that there is no service is said without them [deliver.c]."""
        if self.verbose and (self.names_failures or exit == Exit.OK or exit.transient):
            self.show(words if exit == Exit.UNAVAILABLE else f"{','.join(recipients)}... {words}")

    def fail(self, exit: Exit) -> None:
        """It ends with this exit status, unless it has failed before."""
        if self.status == Exit.OK:
            self.status = exit

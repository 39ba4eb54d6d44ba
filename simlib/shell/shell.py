"""The shell itself: somebody types a line, and reads what comes of it."""

from simlib.errors import WorkbookError
from simlib.mta.receiving.daemon import Daemon
from simlib.shell.language.builtins import BUILTINS
from simlib.shell.language.evaluate import Evaluator
from simlib.shell.login import ROOT, Login
from simlib.shell.programs import program
from simlib.shell.streams import Input, Kept, Streams
from simlib.site.host import Host
from simlib.site.site import Site


class Shell(Login):
    """A login on a host, to type at: ``root = world.shell(host); print(root("mailq"))``.

    ``user`` is who is logged in; ``directory`` where relative paths begin, which is where sendmail's files are;
    ``status`` the exit status of the last command; ``history`` the lines that were typed.
    """

    def __init__(self, site: Site, host: Host, daemon: Daemon | None, user: str = ROOT) -> None:
        super().__init__(site, host, daemon, user)
        self._evaluator = Evaluator(self, program, BUILTINS)
        self.status = 0

    def __repr__(self) -> str:
        return f"<{self.user}@{self.host.name.partition('.')[0]}:{self.directory}>"

    def __call__(self, line: str, input: str = "") -> str:  # as subprocess calls it
        """Obey a line of the shell's language, or several; gives what it prints, without the last line end.

        ``input`` is what the first command reads. What a shell or a program complains of is printed as well.
        """
        for typed in (line, input):
            if not isinstance(typed, str):
                raise WorkbookError("{typed!r}: what is typed at a shell is text, such as root('mailq')", typed=typed)
        screen = Kept()
        self._evaluator.status = int(self.status)
        self.status = self._evaluator.type(line, Streams(Input(input), screen, screen))
        if line.strip():
            self.history.append(line)
        return screen.text.rstrip("\n")

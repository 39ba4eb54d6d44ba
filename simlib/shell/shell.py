"""The shell itself: a line becomes words, the first of them names a command, and the command answers."""

import shlex
from typing import TYPE_CHECKING

from simlib.shell import files, mail, statistics, system
from simlib.shell.answer import COMMAND_NOT_FOUND, SYNTAX_ERROR, Command, Failed
from simlib.site.host import Host
from simlib.site.site import Site

if TYPE_CHECKING:
    from simlib.mta.sendmail import Sendmail

COMMANDS: dict[str, Command] = {**files.COMMANDS, **mail.COMMANDS, **statistics.COMMANDS, **system.COMMANDS}
DIRECTORIES = ("/usr/sbin/", "/usr/lib/", "/usr/bin/", "/bin/")  # where a command may be called from by its whole name
OPERATORS = "();<>|&"
ROOT = "root"


class Shell:
    """A login on a host: ``root = world.shell(host); print(root("mailq"))``.

    ``user`` is who is logged in; ``directory`` where relative paths begin, which is where sendmail's files are;
    ``status`` the exit status of the last command.
    """

    def __init__(self, site: Site, host: Host, mta: "Sendmail | None", user: str = ROOT) -> None:
        self.site = site
        self.host = host
        self.mta = mta
        self.user = user
        self.directory = "/etc/mail"
        self.status = 0

    def __repr__(self) -> str:
        return f"<{self.user}@{self.host.name.partition('.')[0]}:{self.directory}>"

    def __call__(self, line: str, stdin: str = "") -> str:
        """Obey one command line; gives what it prints, without the last line end.

        ``stdin`` is what the command reads. What a shell or a program complains of is printed as well.
        """
        try:
            answer, self.status = self._obey(line, stdin), 0
        except Failed as failure:
            answer, self.status = failure.text, failure.status
        return answer.rstrip("\n")

    @property
    def is_root(self) -> bool:
        """Whether it is the superuser's."""
        return self.user == ROOT

    @property
    def now(self) -> float:
        """Seconds of the world's clock."""
        return self.site.env.now

    def _obey(self, line: str, stdin: str) -> str:
        words = _words(line)
        if not words:
            return ""
        if not self.host.up:
            raise Failed(f"{self.host.name}: no answer: the host is down")
        name, *arguments = words
        known = next((name.removeprefix(place) for place in DIRECTORIES if name.startswith(place)), name)
        if known == "help":
            return f"commands here: {', '.join(sorted(COMMANDS))}"
        if known not in COMMANDS:
            raise Failed(f"sh: {name}: command not found", COMMAND_NOT_FOUND)
        return COMMANDS[known](self, arguments, stdin)


def _words(line: str) -> list[str]:
    """The words of a line, quotes taken off."""
    reader = shlex.shlex(line, posix=True, punctuation_chars=OPERATORS)
    reader.whitespace_split = True
    try:
        words = list(reader)
    except ValueError as problem:
        raise Failed(f"sh: syntax error: {str(problem).lower()}", SYNTAX_ERROR) from None
    operator = next((word for word in words if word and set(word) <= set(OPERATORS)), None)
    if operator is not None:
        cure = "this shell takes one plain command at a time"
        raise Failed(f"sh: syntax error near unexpected token `{operator}': {cure}", SYNTAX_ERROR)
    return words

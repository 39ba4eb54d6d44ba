"""The shell itself: a line becomes words, the first of them names a command, and the command answers."""

import shlex

from simlib.errors import WorkbookError
from simlib.mta.receiving.daemon import Daemon
from simlib.shell import files, mail, maps, statistics, system, text
from simlib.shell.answer import CANNOT_RUN, COMMAND_NOT_FOUND, SYNTAX_ERROR, Command, Failed
from simlib.shell.login import ROOT, Login
from simlib.site.host import Host
from simlib.site.site import Site

COMMANDS: dict[str, Command] = {
    **files.COMMANDS,
    **mail.COMMANDS,
    **maps.COMMANDS,
    **statistics.COMMANDS,
    **system.COMMANDS,
    **text.COMMANDS,
}
DIRECTORIES = ("/usr/sbin/", "/usr/lib/", "/usr/bin/", "/bin/")  # where a command may be called from by its whole name
OPERATORS, PIPE = "();<>|&", "|"
MAX_LINE = 131_072  # characters; Linux takes no longer argument


class Shell(Login):
    """A login on a host, to type at: ``root = world.shell(host); print(root("mailq"))``.

    ``user`` is who is logged in; ``directory`` where relative paths begin, which is where sendmail's files are;
    ``status`` the exit status of the last command.
    """

    def __init__(self, site: Site, host: Host, daemon: Daemon | None, user: str = ROOT) -> None:
        super().__init__(site, host, daemon, user)
        self.status = 0

    def __repr__(self) -> str:
        return f"<{self.user}@{self.host.name.partition('.')[0]}:{self.directory}>"

    def __call__(self, line: str, input: str = "") -> str:  # as subprocess calls it
        """Obey one command line, of commands joined by ``|``; gives what it prints, without the last line end.

        ``input`` is what the first command reads. What a shell or a program complains of is printed as well.
        """
        stdin = input
        for typed in (line, stdin):
            if not isinstance(typed, str):
                raise WorkbookError("{typed!r}: what is typed at a shell is text, such as root('mailq')", typed=typed)
        printed: list[str] = []
        try:
            commands = _commands(line)
        except Failed as failure:
            self.status = failure.status
            return failure.text
        for words in commands:
            try:
                stdin, self.status = self._obey(words, stdin), 0
            except Failed as failure:
                printed += [failure.text] if failure.text else []
                stdin, self.status = "", failure.status
        return "\n".join([*printed, *([stdin] if stdin else [])]).rstrip("\n")

    def _obey(self, words: list[str], stdin: str) -> str:
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


def _commands(line: str) -> list[list[str]]:
    """The commands of a line that are joined by ``|``, each as its words, quotes taken off."""
    if len(line) > MAX_LINE:
        raise Failed("sh: Argument list too long", CANNOT_RUN)
    # a shell passes over NUL, with which no argument can be handed on
    reader = shlex.shlex(line.replace("\0", ""), posix=True, punctuation_chars=OPERATORS)
    reader.whitespace_split = True
    try:
        words = list(reader)
    except ValueError as problem:
        raise Failed(f"sh: syntax error: {str(problem).lower()}", SYNTAX_ERROR) from None
    commands: list[list[str]] = [[]]
    for word in words:
        if word == PIPE and commands[-1]:
            commands.append([])
        elif word and set(word) <= set(OPERATORS):
            raise _unexpected(word)
        else:
            commands[-1].append(word)
    if len(commands) > 1 and not commands[-1]:
        raise _unexpected("newline")
    return commands


def _unexpected(word: str) -> Failed:
    cure = "this shell takes plain commands, joined by | at most"
    return Failed(f"sh: syntax error near unexpected token `{word}': {cure}", SYNTAX_ERROR)

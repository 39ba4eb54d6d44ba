"""The commands that are all one program, sendmail: ``mailq``, ``hoststat``, ``purgestat``, and sendmail itself."""

from simlib.shell.sendmail.program import COMMANDS

__all__ = ["COMMANDS"]

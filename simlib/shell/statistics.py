"""``mailstats``."""

from simlib.message.status import Exit
from simlib.mta.installation import Installation
from simlib.mta.policy.version import numbers
from simlib.shell.answer import Command, Failed, sendmail_of
from simlib.shell.login import Login
from simlib.trace import mailstats as layout

TODAYS_LAYOUT_SINCE = (8, 9)
USAGE = "usage: mailstats [-o] [-P] [-p]"


def mailstats(shell: Login, arguments: list[str], stdin: str) -> str:
    """``mailstats``: the counters of sendmail.st. ``-o`` without names, ``-P`` for programs, ``-p`` and clear them.

    Simplified: what 8.9 to 8.12 print has no column for quarantined mail yet.
    """
    mta = sendmail_of(shell, "mailstats")
    old = numbers(mta.version) < TODAYS_LAYOUT_SINCE
    if any(option not in ("-o", "-P", "-p") for option in arguments) or (old and arguments):
        raise Failed(USAGE, Exit.USAGE)
    if old:
        text = layout.of_1998(mta.statistics, mta.mailer_names, shell.site.clock)
        if text.startswith(layout.EMPTY_IN_1998):
            raise Failed(text, Exit.OSERR)
        return text
    text = _today(shell, mta, arguments)
    if "-p" in arguments:
        mta.statistics.clear()
    return text


def _today(shell: Login, mta: Installation, options: list[str]) -> str:
    if "-P" in options or "-p" in options:
        return layout.for_programs(mta.statistics, mta.mailer_names, shell.site.clock, shell.now)
    return layout.of_today(mta.statistics, mta.mailer_names, shell.site.clock, shell.now, "-o" not in options)


COMMANDS: dict[str, Command] = {"mailstats": mailstats}

"""A command in the foreground: the shell waits until it ends, and the clock of the world goes on."""

from collections.abc import Sequence

import simpy

from simlib.language import phrase, translated
from simlib.shell.login import Login
from simlib.smtp.terminal import Terminal

LONGEST = 86_400.0  # s; a file server that never comes back would keep the shell for ever


def wait(shell: Login, terminal: Terminal, events: Sequence[simpy.Event]) -> None:
    """Let time pass until all of this has happened; what takes longer than a day goes on in the background."""
    if not events:
        return
    env = shell.site.env
    done = env.all_of(events)
    env.run(until=done | env.timeout(LONGEST))
    if not done.triggered:
        told = phrase("it has worked for a day now; it goes on in the background")
        terminal.say(translated(told))
        terminal.verbose = False

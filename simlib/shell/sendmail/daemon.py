"""``sendmail -bd -q30m``: the daemon, as start-up scripts begin it. What goes wrong stands in the log."""

from simlib.language import phrase, translated
from simlib.message.status import Exit
from simlib.mta.installation import Installation
from simlib.mta.policy.daemon_ports import at_smtp
from simlib.mta.policy.log_lines import port_is_taken
from simlib.mta.receiving import start_up
from simlib.shell.answer import Failed
from simlib.shell.login import Login
from simlib.shell.sendmail.line import Line
from simlib.shell.sendmail.queue import NOT_TRUSTED
from simlib.shell.sendmail.selection import wanted
from simlib.smtp.terminal import Terminal


def begin(shell: Login, mta: Installation, line: Line, terminal: Terminal) -> None:
    """Begin the daemon where none runs.

    Simplified: options of its command line hold from then on for every sendmail of the host; and with ``-bD``, which
    keeps a shell busy as long as it runs, the shell does not wait.
    """
    code = "550 " if line.mode == "d" else ""
    if not shell.is_root:
        raise Failed(f"{code}{NOT_TRUSTED}", Exit.USAGE)
    try:
        asked = wanted(line.queue, tuple(mta.cf.queue_groups))
    except Failed as failure:
        raise Failed(f"{code}{failure.text}", failure.status) from None
    if line.mode == "D":
        terminal.say(translated(phrase("sendmail -bD would keep this shell busy; here it runs in the background")))
    daemon = shell.daemon
    assert daemon is not None  # whoever has a sendmail has its daemon, running or not
    if daemon.runs:  # it goes into the background first and finds the port taken there
        pid = shell.host.new_pid()
        for port in at_smtp(mta.settings.daemon_ports):
            for told in port_is_taken(port.name):
                mta.log(told, pid)
        return
    if line.settings:
        daemon.mta.configure(mta.cf)
    daemon.interval.set(asked.every, asked.selection)
    start_up.begin(daemon)

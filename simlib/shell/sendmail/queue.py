"""The queue: run it, list it, hold some of it back."""

from simlib.language import phrase, translated
from simlib.message.status import Exit
from simlib.mta.installation import Installation
from simlib.mta.policy import log_lines
from simlib.mta.sending.interval import Interval
from simlib.mta.sending.runner import run_now
from simlib.shell.answer import Failed
from simlib.shell.login import Login
from simlib.shell.sendmail.line import Line
from simlib.shell.sendmail.selection import Wanted, wanted
from simlib.shell.sendmail.wait import wait
from simlib.smtp.terminal import Terminal
from simlib.trace.spool import mailq as listed
from simlib.trace.spool import no_body

NOT_TRUSTED = "Permission denied (real uid not trusted)"


def run(shell: Login, mta: Installation, line: Line, terminal: Terminal) -> None:
    """``sendmail -q``: one run, now; ``-q30m``: again and again, without a daemon."""
    if not shell.is_root and "restrictqrun" in mta.settings.privacy:
        raise Failed("You do not have permission to process the queue", Exit.NOPERM)
    asked = wanted(line.queue, tuple(mta.cf.queue_groups))
    if "Q" in line:
        _hold_back(shell, mta, line.values["Q"], asked, terminal)
    elif asked.persistent:
        terminal.say(translated(phrase("sendmail -qp is not simulated: nobody runs the queue; write sendmail -q1m")))
    elif asked.nothing or asked.lost:
        return  # what sendmail has given up is not kept here
    elif asked.every is None:
        begun = run_now(mta, asked.selection)
        if begun is not None and (line.is_verbose or asked.foreground):
            wait(shell, terminal, [begun])
    else:
        _begin_interval(shell, mta, asked, terminal)


def _hold_back(shell: Login, mta: Installation, reason: str, asked: Wanted, terminal: Terminal) -> None:
    """``-Qreason``: hold it back, or what ``-q`` options pick of it; ``-qQ -Q``: let go what is held back."""
    if not shell.is_root:
        raise Failed(NOT_TRUSTED, Exit.USAGE)
    terminal.show(f"Processing {mta.queue.directories[0]}:")
    changes = 0
    for entry in [*asked.selection.of(mta.queue)]:
        if entry.locked or entry.quarantined == reason:
            continue
        told = f'Quarantined with "{reason}"' if reason else f'Removed quarantine of "{entry.quarantined}"'
        terminal.show(f"{entry.qid}: {told}")
        entry.quarantined = reason
        changes += 1
    terminal.show(f"{changes} change{'' if changes == 1 else 's'}")


def _begin_interval(shell: Login, mta: Installation, asked: Wanted, terminal: Terminal) -> None:
    if not shell.is_root:
        raise Failed(NOT_TRUSTED, Exit.USAGE)
    assert shell.daemon is not None  # whoever has a sendmail has its daemon, running or not
    interval: Interval = shell.daemon.interval
    interval.stop()
    interval.set(asked.every, asked.selection, mta)
    interval.start()
    terminal.verbose = False  # nobody looks at it any more


def mailq(shell: Login, mta: Installation, line: Line, terminal: Terminal) -> None:
    """``mailq``, ``sendmail -bp``: all of the queue, or what ``-q`` options pick of it."""
    if "Q" in line:
        raise Failed("Can not use -Q with -bp", Exit.USAGE)
    asked = wanted(line.queue, tuple(mta.cf.queue_groups))
    if not shell.is_root and "restrictmailq" in mta.settings.privacy:
        terminal.say("You are not permitted to see the queue\n\t\tTotal requests: 0")
        return
    shown = [] if asked.lost else mta.listing(asked.selection)
    lacking = [entry for entry, _ in shown if entry.lacks_body]
    if lacking:
        pid = shell.host.new_pid()
        for entry in lacking:
            mta.log(log_lines.syserr(no_body(entry.qid)), pid)
    text = listed(shown, mta.queue.directories, shell.site.clock, verbose=line.is_verbose)
    terminal.say((text.rpartition("\t\tTotal")[0] if asked.group else text).removesuffix("\n"))

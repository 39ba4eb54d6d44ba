"""``sendmail -bs``: SMTP on standard input [srvrsmtp.c].

What comes by a pipe is there before it is asked for, if only its end. sendmail takes that for a fault of the client:
after HELO and EHLO it does nothing more, and behind DATA it goes. So nobody hands a letter in by ``-bs`` in a pipe.
"""

from simlib.mta.installation import Installation
from simlib.mta.policy.client_name import ClientName
from simlib.mta.policy.version import extensions
from simlib.mta.process.far_end import FarEnd
from simlib.mta.receiving.reception import WORK, Reception
from simlib.shell.answer import lines_of
from simlib.shell.login import Login
from simlib.smtp.commands import parse
from simlib.smtp.replies import Reply
from simlib.smtp.server import START_INPUT, Server
from simlib.smtp.settings import ServerSettings
from simlib.smtp.terminal import Terminal

TOO_EARLY = Reply(554, "5.5.0 SMTP protocol error")
REJECTED = Reply(550, "5.0.0 Command rejected")
STDIN = "stdin"  # what the log calls it
LOCALHOST, NO_ADDRESS = "localhost", ""  # whose letters rules take to be of this host


def serve(shell: Login, mta: Installation, stdin: str, terminal: Terminal) -> None:
    """Answer line by line."""
    name = mta.name if mta.ways.rewriting is None else LOCALHOST  # without rules it is by the name that all may relay
    reception = Reception(mta, shell.host, ClientName(name, NO_ADDRESS))
    settings = ServerSettings(
        host=mta.name,
        extensions=extensions(mta.version, mta.settings.mime_errors),
        max_message_size=mta.settings.max_message_size,
        privacy=frozenset(mta.settings.privacy),
        daemon=STDIN,
    )
    server = Server(settings, reception, client=f"{shell.user}@localhost")
    reception.far_end = FarEnd(server)
    terminal.say(str(server.greet()))
    is_rejected = False
    for typed in lines_of(stdin.replace("\r\n", "\n")):
        command = parse(typed)
        if is_rejected and command.verb in WORK and command.verb not in ("HELP", "VERB"):
            terminal.say(str(REJECTED))
            continue
        reply = server.command(command)
        if reply == START_INPUT:
            terminal.say(str(TOO_EARLY))
            break
        is_rejected |= reply.positive and command.verb in ("HELO", "EHLO")
        terminal.say(str(TOO_EARLY if is_rejected and command.verb in ("HELO", "EHLO") else reply))
        if server.closed:
            break
    server.lose()

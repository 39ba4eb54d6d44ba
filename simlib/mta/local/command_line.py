"""What a program is called with: the A= of its mailer, with the recipients in the place of ``$u``."""

from collections.abc import Sequence

from simlib.cf import Mailer
from simlib.message.envelope import MAILER_DAEMON


def command_line(mailer: Mailer, users: Sequence[str], sender: str, host: str) -> str:
    """The arguments of a delivery agent; the word with ``$u`` is repeated for each user (sendmail's deliver())."""
    return " ".join(
        word.replace("$u", user).replace("$h", host).replace("$f", sender or MAILER_DAEMON)
        for word in mailer.argv.split()
        for user in (users if "$u" in word else ("",))
    )

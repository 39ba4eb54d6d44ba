"""What rules say no with, ``$#error $@ 5.7.1 $: "550 Relaying denied"``, as a reply and a status.

[parseaddr.c, buildaddr]
"""

import re
from typing import NamedTuple

from simlib.message.status import Exit
from simlib.smtp.replies import Reply

UNSPECIFIC = "5.0.0"
CODELESS = 553, "5.3.0"  # of a text that does not begin with a code
SERVICE_FAULT = 554, "5.3.5"  # where the rules themselves are at fault
ABOUT_AN_ADDRESS = (450, 550, 553)  # replies of which sendmail says whom they are about [err.c, fmtmsg]
FAULT = "buildaddr: "
SECURITY = "7."  # what stands behind the first digit of an enhanced status
_CODE = re.compile(r"([2-5]\d\d) +(.*)", re.DOTALL)
_ENHANCED = re.compile(r"[245]\.\d{1,3}\.\d{1,3}")
_BY_NAME = {
    "usage": Exit.USAGE,
    "nouser": Exit.NOUSER,
    "nohost": Exit.NOHOST,
    "unavailable": Exit.UNAVAILABLE,
    "software": Exit.SOFTWARE,
    "tempfail": Exit.TEMPFAIL,
    "protocol": Exit.PROTOCOL,
    "config": Exit.CONFIG,
}
_BY_STATUS = {
    "1.0": Exit.DATAERR,
    "1.1": Exit.NOUSER,
    "1.2": Exit.NOHOST,
    "1.3": Exit.USAGE,
    "1.6": Exit.NOUSER,
    "1.7": Exit.USAGE,
    "1.8": Exit.NOHOST,
}


class Refusal(NamedTuple):
    """What is answered: reply code, enhanced status, words; and the ``exit`` status of who is refused so.

    ``status`` is the DSN of log and notice, where the rule gives one of its own.
    """

    code: int
    dsn: str
    words: str
    exit: Exit = Exit.UNAVAILABLE
    status: str = ""

    def reply(self, about: str) -> Reply:
        """The reply, ``about`` an address as it was written."""
        prefix = f"{about}... " if about and self.code in ABOUT_AN_ADDRESS else ""
        text = f"{prefix}{self.words}".rstrip()
        if self.dsn[0] != str(self.code)[0]:  # rules may say what no standard does
            return Reply(self.code, f"{self.dsn} {text}")
        return Reply(self.code, text, enhanced=self.dsn)


def refusal(host: str | None, said: str) -> Refusal:
    """What ``$#error $@ host $: said`` comes to.

    >>> refusal("5.7.1", "550 Relaying denied")[:3], refusal("nouser", "No such user").exit.name
    ((550, '5.7.1', 'Relaying denied'), 'NOUSER')
    """
    if said.startswith(FAULT):
        return fault(said)
    status = host if host and _ENHANCED.fullmatch(host) else ""
    exit = exit_of(host or "")
    coded = _CODE.fullmatch(said)
    if coded is None:
        return Refusal(*CODELESS, said, exit, status)
    enhanced, _, rest = coded[2].partition(" ")
    if _ENHANCED.fullmatch(enhanced):
        return Refusal(int(coded[1]), enhanced, rest, exit, status)
    return Refusal(int(coded[1]), status or f"{coded[1][0]}.0.0", coded[2], exit, status)


def fault(words: str) -> Refusal:
    """What is answered where an address cannot be read, or the rules lead nowhere."""
    if words.startswith(FAULT):
        return Refusal(*SERVICE_FAULT, words, Exit.SOFTWARE)
    return Refusal(553, UNSPECIFIC, words, Exit.USAGE)


def exit_of(host: str) -> Exit:
    """The exit status that the host of an error stands for: an enhanced status, a name or a number."""
    if _ENHANCED.fullmatch(host):
        kind, _, rest = host.partition(".")
        if kind == "4":
            return Exit.TEMPFAIL
        return Exit.DATAERR if rest.startswith(SECURITY) else _BY_STATUS.get(rest, Exit.UNAVAILABLE)
    if host.isdecimal():
        return Exit(int(host)) if int(host) in Exit._value2member_map_ else Exit.UNAVAILABLE
    return _BY_NAME.get(host.lower(), Exit.UNAVAILABLE)

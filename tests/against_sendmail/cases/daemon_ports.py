"""What the daemon is called, where it listens, and what it does not do (DaemonPortOptions)."""

from tests.against_sendmail.case import Case, Visit
from tests.against_sendmail.cases.reception import PEERS, ZONE
from tests.against_sendmail.cases.session import ALIASES, EHLO, LONGEST, MAIL, OPEN, RCPT, UNKNOWN

SESSIONS: dict[str, tuple[str | int | bytes, ...]] = {
    "a message": (EHLO, MAIL, RCPT, "DATA", 300, "QUIT"),
    "a message that is given up": (EHLO, MAIL, UNKNOWN, RCPT, "RSET", "QUIT"),
    "too large": (EHLO, MAIL, RCPT, "DATA", 3000, "QUIT"),
    "nothing": (EHLO, "QUIT"),
    "lost": (EHLO, MAIL, RCPT),
    "too long": (EHLO, "NOOP " + "x" * LONGEST),
    "ETRN": (EHLO, "ETRN one.test", "QUIT"),
}


def session(name: str, options: str, more: str = "") -> Case:
    """One visit to a daemon with these options."""
    m4 = "\n".join(f"DAEMON_OPTIONS(`{one}')" for one in (options, more) if one)
    visit = Visit(SESSIONS[name], observe=("session log", "queue"))
    return Case(f"{name}, {options}{f' and {more}' if more else ''}", (), PEERS, f"{ZONE}\nsnd A 10.99.0.1", m4=f"{m4}\n{OPEN}",
                cf="O MaxMessageSize=2000", aliases=ALIASES, steps=(visit,))  # fmt: skip


CASES = [
    *(session(name, "Name=Post") for name in SESSIONS),
    *(session(name, "Name=Post, M=E") for name in ("ETRN", "a message")),
    *(session("a message", options) for options in (
        "Name=IN,Port=smtp", "Port=25, Name=IN", "port=smtp,n=IN,Family=inet", "Name=IN, Addr=10.99.0.1", "Port=smtp",
        "Name=IN, Addr=snd.test", "Name=IN, M=b", "Name=IN, M=h", "Name=IN, M=c", "Name=IN, M=r", "Name=IN, M=u")),
    *(session("nothing", options) for options in ("Name=IN, Addr=127.0.0.1", "Name=IN, Port=587", "Name=IN, Port=submission")),
    session("a message", "Name=IN, Addr=127.0.0.1", "Name=OUT, Addr=10.99.0.1"),
    session("ETRN", "Name=IN", "Name=SUB, Port=587, M=E"),
    session("ETRN", "Name=SUB, Port=587, M=E", "Name=IN"),
]  # fmt: skip

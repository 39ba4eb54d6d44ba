"""How much is logged (LogLevel), line by line."""

from simlib.smtp import Quirks
from tests.against_sendmail.case import Case, Letter, Run, Visit
from tests.against_sendmail.cases.reception import PEERS
from tests.against_sendmail.cases.session import ALIASES, EHLO, LONGEST, MAIL, OPEN, RCPT, UNKNOWN
from tests.against_sendmail.cases.site import AWAY, BUSY, FINE, ZONE
from tests.against_sendmail.users import HOMES, File, Household

LEVELS = (*range(8), 9)
SESSIONS: dict[str, tuple[str | int | bytes, ...]] = {
    "a message": (EHLO, MAIL, UNKNOWN, RCPT, "DATA", 300, "QUIT"),
    "a message from whom nobody introduced": (MAIL, RCPT, "DATA", 300, "QUIT"),
    "a message that is too large": (EHLO, MAIL, RCPT, "DATA", 3000, "QUIT"),
    "a message that is given up": (EHLO, MAIL, RCPT, "RSET", "QUIT"),
    "no relaying": (EHLO, MAIL, "RCPT TO:<u@one.test>", "QUIT"),
    "bad syntax": (EHLO, MAIL, "RCPT TO:<a@b@", "RCPT TO:<|/bin/true>", "QUIT"),
    "questions": (EHLO, "VRFY taro", "EXPN staff", "QUIT"),
    "many questions": (EHLO, *["VRFY taro"] * 6, "QUIT"),
    "many refused recipients": (EHLO, MAIL, UNKNOWN, UNKNOWN, UNKNOWN, "QUIT"),
    "nothing": (EHLO, "QUIT"),
    "a line that is too long": (EHLO, "NOOP " + "x" * LONGEST),
    "a connection lost": (EHLO, MAIL, RCPT),
    "a connection lost in a message": (EHLO, MAIL, RCPT, "DATA"),
    "ETRN": (EHLO, "ETRN one.test", "QUIT"),
}
SESSION_CF = "O PrivacyOptions=authwarnings\nO MaxMessageSize=2000\nO BadRcptThrottle=2"


def session(name: str, level: int) -> Case:
    """One visit."""
    visit = Visit(SESSIONS[name], observe=("session log",))
    return Case(f"{name}, LogLevel={level}", (), PEERS, ZONE, cf=f"{SESSION_CF}\nO LogLevel={level}", m4=OPEN,
                aliases=ALIASES, steps=(visit,))  # fmt: skip


def delivered(level: int) -> Case:
    """A queue run in which everything happens."""
    letters = tuple(Letter((to,)) for to in (
        "hana@one.test", "hana@two.test", "hana@three.test", "hana@nowhere.test", "hana@snd.test", "u1@snd.test",
        "gone@snd.test", "list@snd.test", "prog@snd.test"))  # fmt: skip
    peers = {"mx1.test": FINE, "mx2.test": Quirks(replies={"RCPT": BUSY}), "mx3.test": Quirks(replies={"RCPT": AWAY})}
    household = Household(("u1",), (), (File(f"{HOMES}/u1/.forward", "hana", "u1", 0o664),),
                          "gone: nosuch\nlist: hana\nowner-list: u1\nprog: \"|exit 75\"")  # fmt: skip
    return Case(f"a queue run, LogLevel={level}", letters, peers, ZONE, cf=f"O LogLevel={level}", household=household,
                steps=(Run(), Run()), observe=("log", "queue"))  # fmt: skip


CASES = [*(session(name, level) for name in SESSIONS for level in LEVELS), *map(delivered, range(11))]

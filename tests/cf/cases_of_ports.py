"""For each field of DaemonPortOptions that is obeyed: the line without it and with it, and what differs."""

from tests.cf.cases_of_mailers import Contrast
from tests.cf.small_worlds import HERE, said, typed

MAIL = ("EHLO pc.example", "MAIL FROM:<taro@pc.example>", f"RCPT TO:<hana@{HERE}>", "DATA", ".", "QUIT")


def socket(fields: str, *more: str) -> str:
    """A whole cf whose daemon has these sockets; lines laid over the stock cf would only add to its own."""
    lines = "".join(f"O DaemonPortOptions={one}\n" for one in (fields, *more))
    mailer = "Mlocal, P=/bin/mail, F=lsDFMAw5:/|@qPrmn9, T=DNS/RFC822/X-Unix, A=mail -d $u"
    return f"V10/Berkeley\nO QueueDirectory=/var/spool/mqueue\n{mailer}\n{lines}"


def logged(cf: str) -> str:
    """What the log calls the daemon that a message came by."""
    return typed(cf, *MAIL)[2].syslog(HERE).partition("daemon=")[2].partition(",")[0]


def answers(cf: str) -> bool:
    """Whether a stranger who connects to port 25 is greeted."""
    return typed(cf)[0][0].startswith("220 ")


def offers_etrn(cf: str) -> bool:
    return "ETRN" in said(cf, "EHLO pc.example")


CASES = {
    "Name=": Contrast(socket("Name=MTA"), socket("Name=Post"), logged, "MTA", "Post", "the log says daemon=Post"),
    "Addr=": Contrast(
        socket("Name=MTA"),
        socket("Name=MTA, Addr=127.0.0.1"),
        answers,
        True,
        False,
        "with 127.0.0.1 nobody but the host itself is greeted",
    ),
    "Port=": Contrast(
        socket("Name=MTA"), socket("Name=MTA, Port=587"), answers, True, False, "with 587 nobody is greeted at port 25"
    ),
    "Modify=": Contrast(
        socket("Name=MTA"), socket("Name=MTA, M=E"), offers_etrn, True, False, "with E the answer to EHLO has no ETRN"
    ),
}
"""By the field with its sign."""

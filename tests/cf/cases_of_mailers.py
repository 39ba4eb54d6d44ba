"""For each mailer flag and field that is obeyed: an M line without it and with it, and what differs."""

from collections.abc import Callable
from functools import partial
from typing import Any, NamedTuple

from simlib import Quirks, Reply, Trace
from tests.cf.small_worlds import FAR, HANA, HERE, TARO, boxes, here, letter, local, rules, said


class Contrast(NamedTuple):
    """``look`` gives ``usual`` with the line ``without``, and ``then`` with the line ``line``."""

    without: str
    line: str
    look: Callable[[str], Any]
    usual: Any
    then: Any
    shows: str


LABELLED = b"Subject: x\nMIME-Version: 1.0\nContent-Type: text/plain; charset=iso-8859-1\n\ncaf\xe9\n"
QUOTED = (
    b"Subject: x\nMIME-Version: 1.0\nContent-Type: text/plain; charset=iso-8859-1\n"
    b"Content-Transfer-Encoding: quoted-printable\n\ncaf=E9\n"
)
LONG = b"Subject: x\n\n" + b"x" * 2000 + b"\n"
SEVEN = Quirks(extensions=frozenset({"SIZE", "DSN"}))
SAYS_NOTHING_OF_ESMTP = Quirks(greeting=Reply(220, "mx.far.example at your service"))
OUR_NAME = Quirks(replies={"EHLO": Reply(250, f"{HERE} Hello")})


def smtp(flags: str = "mDFMuXa", fields: str = "E=\\r\\n, L=990") -> str:
    return f"Mesmtp, P=[IPC], F={flags}, {fields}, T=DNS/RFC822/SMTP, A=TCP $h"


def agent(
    flags: str = "lsDFMAw5:/|@qPrmn9", path: str = "/bin/mail", call: str = "mail -d $u", fields: str = ""
) -> str:
    return f"Mlocal, P={path}, F={flags}, {fields}T=DNS/RFC822/X-Unix, A={call}"


def at_once(cf: str) -> int:
    """How many letters are sent without a queue run."""
    world, mail = here(cf)
    world.peer(FAR, domain="far.example")
    mail.submit(TARO, HANA)
    return len(world.run(until="10m").deliveries)


def hello(cf: str, quirks: Quirks | None = None) -> str:
    """The verb with which a peer is greeted."""
    return next(line for line in letter(cf, quirks).dialogue(1).splitlines() if line.startswith(">>>"))[4:8]


def two(cf: str) -> Trace:
    """A letter for two people of one host."""
    world, mail = here(cf)
    world.peer(FAR, domain="far.example")
    mail.submit(TARO, HANA, "jiro@far.example")
    return world.run(until="1h")


def commands(cf: str) -> list[str]:
    """The agents that run for a letter to two people here."""
    world, mail = here(cf)
    world.user(mail, "hana", "jiro")
    mail.submit(TARO, "hana@here.example", "jiro@here.example")
    return list(world.run(until="1h").agents["command"])


def body(cf: str, message: bytes, quirks: Quirks | None = None, to: str = HANA) -> bytes:
    return letter(cf, quirks, to, message=message).content(1).partition(b"\n\n")[2]


def comment(cf: str) -> bool:
    return b"(Taro)" in letter(cf, headers={"From": f"{TARO} (Taro)"}).content(1)


def completed(cf: str) -> str | None:
    """Whom the header of a letter names that was written to ``ken``."""
    head = letter(cf, headers={"Cc": "ken (at home)"}).content(1).partition(b"\n\n")[0].decode()
    return next((line for line in head.splitlines() if line.startswith("Cc: ")), None)


def spoken(cf: str, verb: str) -> str:
    """What a peer is told in a command that begins so."""
    return next(line for line in letter(cf).dialogue(1).splitlines() if line.startswith(f">>> {verb}"))[4:]


def parsed(cf: str, address: str) -> str:
    return rules(cf, f"/parse {address}", begins="mailer")


def end(cf: str, quirks: Quirks | None = None, size: int = 1000) -> dict[str, int]:
    return {name: many for name, many in letter(cf, quirks, size=size).totals().items() if many and name != "copies"}


def servers(cf: str) -> list[str]:
    world, mail = here(cf)
    world.peer(FAR, domain="far.example")
    world.peer("far.example")
    mail.submit(TARO, HANA)
    return list(world.run(until="1h").connections["server"])


def at_rcpt(cf: str) -> str:
    return said(cf, "HELO pc.example", "MAIL FROM:<taro@pc.example>", "RCPT TO:<nobody@here.example>")[:9]


def lmtp(cf: str) -> bool:
    return local(cf).agents["status"][0] is None


def connections(cf: str) -> int:
    world, mail = here(f"O DeliveryMode=queueonly\n{cf}")
    world.peer(FAR, domain="far.example")
    for n in range(4):
        mail.submit(TARO, HANA, at=n)
    mail.queue_run(at="1m")
    return len(world.run(until="1h").connections)


NO_RULES = "\nSLocal_check_mail\n"  # a ruleset without rules: sendmail goes by those that choose the mailer
TO_JIRO = "\nSlocaladdr=5\nRhana\t$#esmtp $@ far.example $: jiro@far.example"
AT = "\nSparse=0\nR$+\t$#local $: @ hana"  # all addresses come to @hana

CASES = {
    "a": Contrast(
        smtp("mDFMuX"),
        smtp("mDFMuXa"),
        partial(hello, quirks=SAYS_NOTHING_OF_ESMTP),
        "HELO",
        "EHLO",
        "EHLO, though the greeting does not say ESMTP",
    ),
    "2": Contrast(smtp("mDFMuX"), smtp("mDFMuX2"), hello, "EHLO", "HELO", "HELO, though the greeting says ESMTP"),
    "m": Contrast(
        smtp("DFMuXa"),
        smtp("mDFMuXa"),
        lambda cf: len(two(cf).attempts),
        2,
        1,
        "one attempt for two people of one host",
    ),
    "A": Contrast(
        agent("lsDFMw5:/|@qPrmn9") + NO_RULES,
        agent() + NO_RULES,
        lambda cf: boxes(local(cf, aliases="staff: hana", to="staff")),
        ["taro"],
        ["hana"],
        "mail for an alias goes to whom it stands for (in a cf without a ruleset so, too, without the flag)",
    ),
    "5": Contrast(
        agent("lsDFMw:/|@qPrmn9") + TO_JIRO,
        agent("lsDFMw5:/|@qPrmn9") + TO_JIRO,
        lambda cf: boxes(local(cf)),
        ["hana"],
        ["jiro"],
        "mail goes where ruleset 5 sends it (with A so, too, without the flag)",
    ),
    "P": Contrast(
        agent("lsDFMAw5:/|@qrmn9"),
        agent(),
        lambda cf: b"Return-Path: <taro@here.example>" in local(cf).content(1),
        False,
        True,
        "a letter in a mailbox has its Return-Path:",
    ),
    "0": Contrast(
        smtp(),
        smtp("mDFMuXa0"),
        servers,
        ["mx.far.example"],
        ["far.example"],
        "the host itself is called, and not its MX",
    ),
    "C": Contrast(
        agent(),
        agent("lsDFMAw5:/|@qPrmn9C"),
        completed,
        "Cc: ken (at home)",
        "Cc: ken@here.example (at home)",
        "an address in a header that has no domain gets that of the sender, who is of this mailer",
    ),
    "c": Contrast(smtp(), smtp("mDFMuXac"), comment, True, False, "the comment in From: goes"),
    "7": Contrast(
        smtp(),
        smtp("mDFMuXa7"),
        lambda cf: body(cf, LABELLED),
        b"caf\xe9\n",
        b"Y2Fm6Q0K\n",
        "a letter of 8 bits is converted, though the peer takes them",
    ),
    "8": Contrast(
        smtp(),
        smtp("mDFMuXa8"),
        lambda cf: body(cf, LABELLED, SEVEN),
        b"Y2Fm6Q0K\n",
        b"caf\xe9\n",
        "a letter of 8 bits is passed on, though the peer takes 7",
    ),
    "9": Contrast(
        agent("lsDFMAw5:/|@qPrmn"),
        agent(),
        lambda cf: body(cf, QUOTED, to="hana@here.example"),
        b"caf=E9\n",
        b"caf\xe9\n\n",
        "a quoted-printable letter is made 8 bits again",
    ),
    "k": Contrast(
        smtp(),
        smtp("mDFMuXak"),
        partial(end, quirks=OUR_NAME),
        {"submitted": 1, "bounced": 1, "notices": 2},
        {"submitted": 1, "delivered": 1},
        "a host that greets with our own name gets the letter",
    ),
    "L": Contrast(
        smtp(fields="E=\\r\\n"),
        smtp("mDFMuXaL", "E=\\r\\n"),
        lambda cf: body(cf, LONG).count(b"\n"),
        1,
        3,
        "a line of 2000 bytes is broken",
    ),
    "l": Contrast(
        agent("sDFMAw5:/|@qPrmn9"),
        agent(),
        lambda cf: boxes(local(cf)),
        [],
        ["hana"],
        "a letter reaches a mailbox here",
    ),
    "w": Contrast(
        agent("lsDFMA5:/|@qPrmn9"),
        agent(),
        at_rcpt,
        "250 2.1.5",
        "550 5.1.1",
        "a user who is not there is refused at RCPT",
    ),
    "u": Contrast(
        agent(),
        agent("lsDFMAw5:/|@qPrmn9u"),
        lambda cf: boxes(letter(cf, to="Hana@here.example")),
        ["hana"],
        ["Hana"],
        "whose mailbox mail for Hana goes to",
    ),
    "z": Contrast(
        agent(path="/usr/libexec/mail.local", call="mail.local -l"),
        agent("lsDFMAw5:/|@qPSXmnz9", "/usr/libexec/mail.local", "mail.local -l"),
        lmtp,
        False,
        True,
        "the agent is spoken to in LMTP, and ends with no status of its own",
    ),
    "h": Contrast(
        smtp(),
        smtp("mDFMuXah"),
        lambda cf: parsed(cf, "hana@FAR.example"),
        "mailer esmtp, host far.example, user hana@FAR.example",
        "mailer esmtp, host FAR.example, user hana@FAR.example",
        "address test mode leaves a host name in capitals",
    ),
    "@": Contrast(
        agent("lsDFMAw5:/|qPrmn9") + AT,
        agent() + AT,
        lambda cf: parsed(cf, "x"),
        "mailer local, user @hana",
        "mailer local, user hana",
        "address test mode takes the @ off a user name",
    ),
    "|": Contrast(
        agent("lsDFMAw5:/@qPrmn9"),
        agent(),
        lambda cf: parsed(cf, '"|cat"'),
        'mailer local, user "|cat"',
        'mailer prog, user "|cat"',
        "address test mode takes an address for a program",
    ),
    "/": Contrast(
        agent("lsDFMAw5:|@qPrmn9"),
        agent(),
        lambda cf: parsed(cf, "/var/log/mail"),
        "mailer local, user /var/log/mail",
        "mailer *file*, user /var/log/mail",
        "address test mode takes an address for a file",
    ),
    ":": Contrast(
        agent("lsDFMAw5/|@qPrmn9"),
        agent(),
        lambda cf: parsed(cf, ":include:/etc/list"),
        "mailer local, user :include:/etc/list",
        "mailer *include*, user /etc/list",
        "address test mode takes an address for a list",
    ),
    "e": Contrast(
        f"O HoldExpensive=True\n{smtp()}",
        f"O HoldExpensive=True\n{smtp('mDFMuXae')}",
        at_once,
        1,
        0,
        "with HoldExpensive a letter waits for a run",
    ),
    "%": Contrast(
        smtp(),
        smtp("mDFMuXa%"),
        connections,
        1,
        0,
        "a queue run leaves its letters until somebody asks for them by name",
    ),
    "P=": Contrast(
        agent(),
        agent(path="/usr/libexec/nosuch"),
        lambda cf: boxes(local(cf)),
        ["hana"],
        [],
        "a program that is not there delivers nothing",
    ),
    "F=": Contrast(
        smtp("DFMuXa"),
        smtp("mDFMuXa"),
        lambda cf: len(two(cf).attempts),
        2,
        1,
        "one attempt for two people of one host, with m",
    ),
    "S=": Contrast(
        smtp(),
        smtp(fields="S=EnvFromX, E=\\r\\n, L=990") + "\nSEnvFromX\nR$*\t$: sender@x.example",
        partial(spoken, verb="MAIL"),
        "MAIL From:<taro@here.example> SIZE=1000",
        "MAIL From:<sender@x.example> SIZE=1000",
        "MAIL From: names another sender",
    ),
    "R=": Contrast(
        smtp(),
        smtp(fields="R=EnvToX/HdrToX, E=\\r\\n, L=990") + "\nSHdrToX\nR$*\t$: reader@x.example",
        lambda cf: b"To: reader@x.example" in letter(cf, headers={"To": HANA}).content(1),
        False,
        True,
        "To: in the header names another recipient",
    ),
    "M=": Contrast(
        smtp(),
        smtp(fields="M=5000, E=\\r\\n"),
        partial(end, size=6000),
        {"submitted": 1, "delivered": 1},
        {"submitted": 1, "bounced": 1, "notices": 1},
        "a letter of 6000 bytes is returned",
    ),
    "L=": Contrast(
        smtp(fields="E=\\r\\n"),
        smtp(fields="E=\\r\\n, L=500"),
        lambda cf: body(cf, LONG).count(b"\n"),
        1,
        5,
        "a line of 2000 bytes is broken in five",
    ),
    "A=": Contrast(
        agent(),
        agent(call="mail -f $f -d $u"),
        lambda cf: commands(cf),
        ["mail -d hana jiro"],
        ["mail -f taro@here.example -d hana jiro"],
        "the arguments that the agent is run with",
    ),
    "r=": Contrast(
        smtp(),
        smtp(fields="r=1, E=\\r\\n, L=990"),
        lambda cf: len(two(cf).attempts),
        1,
        2,
        "two attempts for two people of one host",
    ),
    "m=": Contrast(smtp(), smtp(fields="m=2, E=\\r\\n, L=990"), connections, 1, 2, "two connections for four letters"),
}
"""By the letter of the flag, or the field with its sign."""

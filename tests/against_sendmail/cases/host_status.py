"""What is remembered of a host, in a run and from run to run (slide claims 04.3 and 04.4)."""

from simlib.smtp import Quirks, Reply
from tests.against_sendmail.case import EVERYTHING, Case, Letter, Run, Turn, Type, Wait
from tests.against_sendmail.cases.site import AWAY, BUSY, FINE, GOING, NO_USER, ZONE, to

DIRECTORY = "O HostStatusDirectory=.hoststat"
OBSERVE = (*EVERYTHING, "host status")
FAILURES = {
    "refused": (FINE, "refusing"),
    "421 greeting": (Quirks(greeting=GOING), "up"),
    "451 greeting": (Quirks(greeting=BUSY), "up"),
    "554 greeting": (Quirks(greeting=AWAY), "up"),
    "close after greeting": (Quirks(close_after="greeting"), "up"),
    "close at connect": (Quirks(close_after="connect"), "up"),
    "451 MAIL": (Quirks(replies={"MAIL": BUSY}), "up"),
    "451 RCPT": (Quirks(replies={"RCPT": BUSY}), "up"),
    "421 RCPT": (Quirks(replies={"RCPT": GOING}), "up"),
    "550 RCPT": (Quirks(replies={"RCPT": NO_USER}), "up"),
    "451 dot": (Quirks(replies={".": BUSY}), "up"),
    "nothing": (FINE, "up"),
}
TWO_HOSTS = f"{ZONE}\nab MX 10 mx1\nab MX 20 mx2"
HASTE = "\n".join(f"O Timeout.{phase}=1s" for phase in ("helo", "mail", "rcpt", "datainit", "datafinal"))
IN_PASSING = {
    "421 greeting": Quirks(greeting=GOING),
    "close at connect": Quirks(close_after="connect"),
    "550 EHLO": Quirks(replies={"EHLO": NO_USER, "HELO": NO_USER}),
    "close after EHLO": Quirks(close_after="EHLO"),
    "close after MAIL": Quirks(close_after="MAIL"),
    "close after RCPT": Quirks(close_after="RCPT"),
    "451 dot": Quirks(replies={".": BUSY}),
    "421 MAIL": Quirks(replies={"MAIL": GOING}),
    "421 DATA": Quirks(replies={"DATA": GOING}),
    "silent at EHLO": Quirks(silent_at="EHLO"),
    "silent at MAIL": Quirks(silent_at="MAIL"),
    "silent at RCPT": Quirks(silent_at="RCPT"),
    "silent at the dot": Quirks(silent_at="."),
    "mail loops back": Quirks(greeting=Reply(220, "snd.test ESMTP"), replies={"EHLO": Reply(250, "snd.test hello")}),
}
SENT = to(*(f"u{n}@one.test" for n in range(4)))


def keeping(kept: str) -> str:
    """How long it is remembered."""
    return f"{DIRECTORY}\nO Timeout.hoststatus={kept}"


# what is remembered of a host that fails, where the message went on to another, and where there was none
GONE_ON = [
    Case(
        f"{failure}: {'a further mail host' if first == 'ab' else 'no other'}",
        (Letter((f"u@{first}.test",)), Letter(("v@one.test",))),
        {"mx1.test": quirks, "mx2.test": FINE},
        TWO_HOSTS,
        cf=f"{DIRECTORY}\n{HASTE}",
        steps=(Run(), Type("hoststat")),
    )
    for failure, quirks in IN_PASSING.items()
    for first in ("ab", "one")
]
TWO_RUNS = [
    Case(
        f"{failure}, {'with' if directory else 'without'} directory",
        SENT,
        {"mx1.test": quirks},
        ZONE,
        cf=directory,
        states={"mx1.test": state},
        steps=(Run(), Wait(60), Run()),
        observe=OBSERVE,
    )
    for failure, (quirks, state) in FAILURES.items()
    for directory in ("", DIRECTORY)
]
NEXT_RUN = [
    Case(
        name,
        SENT,
        {"mx1.test": FINE},
        ZONE,
        cf=cf,
        states={"mx1.test": "refusing"},
        steps=(Run(), Turn("mx1.test", "up"), Wait(wait), Run(select)),
        observe=OBSERVE,
    )
    for name, cf, wait, select in (
        ("up in the next run, without directory", "", 60, ""),
        ("up in the next run, remembered for 30 min", keeping("30m"), 60, ""),
        ("up in the next run, remembered for 30 min, 31 min later", keeping("30m"), 31 * 60, ""),
        ("up in the next run, remembered for 0 s", keeping("0s"), 60, ""),
        ("up in the next run, remembered for 0 s, without directory", "O Timeout.hoststatus=0s", 60, ""),
        ("up in the next run, remembered, but told -qR", keeping("30m"), 60, "-qRone"),
        ("up in the next run, remembered, but told -qS", keeping("30m"), 60, "-qStaro"),
    )
]
TWO_MXS = [
    Case(
        f"known to be down, with a second MX, {'with' if directory else 'without'} directory",
        to(*(f"u{n}@both.test" for n in range(3))),
        {"mx1.test": FINE, "mx2.test": FINE},
        ZONE,
        cf=directory,
        states={"mx1.test": "refusing"},
        observe=OBSERVE,
    )
    for directory in ("", DIRECTORY)
]
PATHS = [
    Case(
        "the path of a status file",
        to("u@deep.test"),
        {"mail.sub.dom.test": FINE},
        "mail.sub.dom A 10.99.1.11\ndeep MX 10 mail.sub.dom",
        cf=DIRECTORY,
        observe=OBSERVE,
    )
]
CASES = TWO_RUNS + GONE_ON + NEXT_RUN + TWO_MXS + PATHS

"""Where mail goes, and what comes of each failure on the way (slide claim 02.4)."""

from simlib.smtp import Quirks, Reply
from tests.against_sendmail.case import EVERYTHING, Case
from tests.against_sendmail.cases.site import ADDRESSES, AWAY, BUSY, FINE, GOING, NO_USER, ZONE, to

SHORT = "".join(
    f"O Timeout.{phase}=2s\n" for phase in ("connect", "initial", "helo", "mail", "rcpt", "datainit", "datafinal")
)
FULL = Reply(552, "5.2.2 mailbox full")
PLACES = ("greeting", "EHLO", "MAIL", "RCPT", "DATA", ".")


def saying(place: str, reply: Reply) -> Quirks:
    """A host that says something else at one place."""
    return Quirks(greeting=reply) if place == "greeting" else Quirks(replies={place: reply})


FAILURES: dict[str, tuple[Quirks, str]] = {
    "refused": (FINE, "refusing"),
    "no answer": (FINE, "dark"),
    "no route": (FINE, "unreachable"),
    **{f"{reply.code} at {place}": (saying(place, reply), "up") for place in PLACES for reply in (GOING, BUSY, AWAY)},
    "550 at RCPT": (saying("RCPT", NO_USER), "up"),
    "552 at .": (saying(".", FULL), "up"),
    "452 at .": (saying(".", Reply(452, "4.3.1 no space")), "up"),
    "close at connect": (Quirks(close_after="connect"), "up"),
    **{
        f"close at {place}": (Quirks(close_after=place), "up") for place in ("greeting", "EHLO", "MAIL", "RCPT", "DATA")
    },
    **{f"silent at {place}": (Quirks(silent_at=place), "up") for place in PLACES},
}
LETTERS = {1: to("u@one.test", "v@one.test"), 2: to("u@both.test", "v@both.test")}
ONE_OR_TWO = [
    Case(
        f"{failure}, {mxs} MX",
        LETTERS[mxs],
        {"mx1.test": quirks, "mx2.test": FINE},
        ZONE,
        cf=SHORT,
        states={"mx1.test": state},
        observe=(*EVERYTHING, "seconds"),
    )
    for failure, (quirks, state) in FAILURES.items()
    for mxs in (1, 2)
]
UP = {"mx1.test": FINE, "mx2.test": FINE, "mx3.test": FINE, "mx4.test": FINE}


def sited(name: str, records: str, **options: object) -> Case:
    """Mail for a site with these MX records."""
    return Case(name, to("u@site.test", "v@site.test"), UP, f"{ADDRESSES}\nsnd A 10.99.0.1\n{records}", **options)  # type: ignore[arg-type]  # the fields of Case


ROUTES = [
    sited("MX order", "site MX 30 mx3\nsite MX 10 mx1\nsite MX 20 mx2"),
    sited("MX order, first refused", "site MX 30 mx3\nsite MX 10 mx1\nsite MX 20 mx2", states={"mx1.test": "refusing"}),
    sited(
        "equal preference, stays with the cached host",
        "site MX 10 mx1\nsite MX 10 mx2\nsite MX 10 mx3",
        cf="O ConnectionCacheSize=2",
        observe=("delivered", "queue", "number of connections"),
    ),
    sited("own name best in MX", "site MX 10 snd\nsite MX 20 mx2"),
    sited("own name equal in MX", "site MX 10 snd\nsite MX 10 mx1"),
    sited("own name in the middle of MX", "site MX 10 mx1\nsite MX 20 snd\nsite MX 30 mx3"),
    sited(
        "own name in the middle of MX, best refused",
        "site MX 10 mx1\nsite MX 20 snd\nsite MX 30 mx3",
        states={"mx1.test": "refusing"},
    ),
    sited("own name last in MX", "site MX 10 mx1\nsite MX 20 snd"),
    sited("own name only in MX", "site MX 10 snd"),
    sited("own name best in MX, TryNullMXList", "site MX 10 snd\nsite A 10.99.1.14", cf="O TryNullMXList=True"),
    sited("null MX", "site MX 0 ."),
    sited("no MX but an address", "site A 10.99.1.14"),
    sited("no MX and no address", "site TXT nothing"),
    sited("no such domain", ""),
    sited("MX target without address", "site MX 10 nosuch"),
    sited("first MX target without address", "site MX 10 nosuch\nsite MX 20 mx2"),
    sited(
        "last MX target without address, first refused",
        "site MX 10 mx1\nsite MX 20 nosuch",
        states={"mx1.test": "refusing"},
    ),
    sited("domain SERVFAIL", "", failing=("site.test",)),
    sited("MX target SERVFAIL", "site MX 10 mx1.broken", failing=("broken.test",)),
    sited("first MX target SERVFAIL", "site MX 10 mx1.broken\nsite MX 20 mx2", failing=("broken.test",)),
    sited(
        "no answer from DNS",
        "",
        dns_silent=True,
        cf="O Timeout.resolver.retrans=1s\nO Timeout.resolver.retry=1",
    ),
    sited("CNAME to a name with MX", "site CNAME real\nreal MX 10 mx1"),
    sited(
        "two addresses, the first refused",
        "site MX 10 pair\npair A 10.99.1.13\npair A 10.99.1.11",
        states={"mx3.test": "refusing"},
        observe=("deliveries", "log", "queue", "number of connections"),
    ),
    Case("an address in brackets", to("u@[10.99.1.11]"), UP, ZONE),
    Case(
        "own domain in brackets turns MX off",
        to("u@one.test"),
        UP,
        f"{ZONE}\nrelay MX 10 mx1\nrelay A 10.99.1.12",
        m4="define(`SMART_HOST', `[relay.test]')",
    ),
    Case(
        "smart host with MX", to("u@one.test"), UP, f"{ZONE}\nrelay MX 10 mx3", m4="define(`SMART_HOST', `relay.test')"
    ),
]
FALLBACK = [
    Case(
        f"FallbackMXhost, {failure}",
        to("u@both.test"),
        {"mx1.test": quirks, "mx2.test": quirks, "mx3.test": FINE},
        ZONE,
        cf=f"{SHORT}O FallbackMXhost=mx3.test",
        states={"mx1.test": state, "mx2.test": state},
    )
    for failure, (quirks, state) in FAILURES.items()
    if failure in ("refused", "no answer", "421 at greeting", "554 at greeting", "451 at RCPT", "550 at RCPT", "552 at .")
] + [
    Case("FallbackMXhost, all down", to("u@both.test"), UP, ZONE, cf="O FallbackMXhost=mx3.test",
         states=dict.fromkeys(UP, "refusing")),
    Case("FallbackMXhost with a dot at its end", to("u@one.test"), UP, ZONE, cf="O FallbackMXhost=mx3.test.",
         states={"mx1.test": "refusing"}, observe=("connections", "deliveries", "queue")),
    Case("FallbackMXhost, no such domain", to("u@nosuch.test"), UP, ZONE, cf="O FallbackMXhost=mx3.test"),
    Case("FallbackMXhost, SERVFAIL", to("u@bad.test"), UP, ZONE, cf="O FallbackMXhost=mx3.test", failing=("bad.test",)),
    Case("FallbackMXhost with MX records", to("u@one.test"), UP, f"{ZONE}\nfb MX 10 mx3\nfb MX 20 mx4",
         cf="O FallbackMXhost=fb.test", states={"mx1.test": "refusing", "mx3.test": "refusing"}),
    Case("FallbackMXhost in brackets", to("u@one.test"), UP, f"{ZONE}\nfb A 10.99.1.14\nfb MX 10 mx3",
         cf="O FallbackMXhost=[fb.test]", states={"mx1.test": "refusing"}),
]  # fmt: skip
CASES = ONE_OR_TWO + ROUTES + FALLBACK

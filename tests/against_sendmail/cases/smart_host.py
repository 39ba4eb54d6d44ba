"""The host that is tried where a mail host is out of reach (FallbackSmartHost)."""

from collections.abc import Mapping

from simlib.smtp import Quirks
from tests.against_sendmail.case import Case, Letter, Run, Wait
from tests.against_sendmail.cases.mx import SHORT, saying
from tests.against_sendmail.cases.site import AWAY, BUSY, FINE, GOING, NO_USER, ZONE, to

UP = {"mx1.test": FINE, "mx2.test": FINE, "mx3.test": FINE, "mx4.test": FINE}
SMART = "O FallbackSmartHost=mx4.test"
MX3 = "O FallbackMXhost=mx3.test"
TWICE = (Run(), Wait(60), Run())
ONE, TWO, BOTH = to("hana@one.test"), to("hana@one.test", "mika@one.test"), to("hana@both.test", "mika@both.test")
TOGETHER = (Letter(("hana@one.test", "mika@both.test")),)


def case(
    name: str, letters: tuple[Letter, ...], cf: str = SMART, quirks: Mapping[str, Quirks] | None = None,
    failing: tuple[str, ...] = (), zone: str = "", simplified: str = "", **states: str,
) -> Case:  # fmt: skip
    """Letters, where some hosts are not up; a peer by the first part of its name."""
    known = {f"{host}.test": state for host, state in states.items()}
    return Case(name, letters, {**UP, **(quirks or {})}, f"{ZONE}\n{zone}", cf=f"{SHORT}{cf}", states=known,
                failing=failing, steps=TWICE, simplified=simplified)  # fmt: skip


CASES = [
    case("nothing fails", ONE),
    *(case(f"the only host is {state}", TWO, mx1=state) for state in ("refusing", "dark", "unreachable")),
    *(case(f"the only host says {reply.code} at {place}", TWO, quirks={"mx1.test": saying(place, reply)})
      for place in ("greeting", "EHLO", "MAIL", "RCPT", ".") for reply in (GOING, BUSY, AWAY)),
    case("the first of two is refusing", BOTH, mx1="refusing"),
    case("the first of two says 421 at greeting", BOTH, quirks={"mx1.test": saying("greeting", GOING)}),
    case("both are refusing", BOTH, mx1="refusing", mx2="refusing"),
    case("all are refusing", BOTH, mx1="refusing", mx2="refusing", mx4="refusing"),
    case("the first of two and the smart host are refusing", BOTH, mx1="refusing", mx4="refusing"),
    case("the smart host knows nobody of that name", BOTH, quirks={"mx4.test": saying("RCPT", NO_USER)}, mx1="refusing"),
    case("the smart host is busy", BOTH, quirks={"mx4.test": saying("RCPT", BUSY)}, mx1="refusing"),
    case("the smart host is busy at MAIL", BOTH, quirks={"mx4.test": saying("MAIL", BUSY)}, mx1="refusing"),
    *(case(f"two domains with a host in common, {' '.join(states)} refusing", TOGETHER, **dict.fromkeys(states, "refusing"))
      for states in (("mx1",), ("mx1", "mx2"), ("mx1", "mx4"))),
    case("an unknown domain", to("hana@nowhere.test")),
    case("an unknown domain, and the smart host is refusing", to("hana@nowhere.test"), mx4="refusing"),
    case("an unknown mail host", to("hana@lost.test"), zone="lost MX 10 nothere"),
    case("a domain with neither MX nor address", to("hana@bare.test"), zone="bare TXT nothing"),
    case("name service fails", to("hana@one.test", "hana@bad.test"), failing=("bad.test",)),
    case("name service fails for a mail host", to("hana@lost.test"), failing=("bad.test",), zone="lost MX 10 mx.bad.test."),
    case("a domain that takes no mail", to("hana@null.test"), zone="null MX 0 ."),
    case("an MX that leads back", to("hana@back.test"), zone="back MX 10 snd\nsnd A 10.99.0.1"),
    case("an address without MX", to("hana@[10.99.1.11]"), mx1="refusing"),
    case("it is this host", ONE, "O FallbackSmartHost=snd.test", mx1="refusing",
         simplified="the real one then says that this host refused the connection"),
    case("it is in brackets", ONE, "O FallbackSmartHost=[mx4.test]", mx1="refusing"),
    case("it has a dot at its end", ONE, "O FallbackSmartHost=mx4.test.", mx1="refusing"),
    case("it has MXs and no address", ONE, "O FallbackSmartHost=two.test", mx1="refusing"),
    case("it is unknown", TWO, "O FallbackSmartHost=nowhere.test", mx1="refusing"),
    case("behind FallbackMXhost", ONE, f"{SMART}\n{MX3}", mx1="refusing"),
    case("behind FallbackMXhost, which is refusing, too", ONE, f"{SMART}\n{MX3}", mx1="refusing", mx3="refusing"),
]  # fmt: skip

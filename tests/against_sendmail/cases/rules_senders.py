"""Which senders are taken, as the stock rules and the features that loosen them have it."""

from tests.against_sendmail.case import Case
from tests.against_sendmail.cases.rules_site import FORGED, INSIDE, NAMELESS, OUTSIDE, SPAMMER, asks, case, senders
from tests.against_sendmail.mc import Mc

FROMS = (
    "u@far.test", "u@nosuch.test", "u", "", "u@localhost", "u@[10.99.1.31]", "u@[10.99.1.99]", "@far.test:u@away.test",
    "u@away.test.", "far!u", "u@sub.nosuch.test", "u@broken.test",
)  # fmt: skip
ODD = (
    '"a b"@far.test',
    "u@FAR.test",
    "u%far.test",
    "u%nosuch.test@far.test",
    "u@far",
    "u@.test",
    "u@",
    "@far.test",
    "u@@far.test",
    "<u@far.test",
    "u.@far.test",
)
FEATURES = {
    "stock": "",
    "accept_unresolvable_domains": "FEATURE(`accept_unresolvable_domains')\n",
    "accept_unqualified_senders": "FEATURE(`accept_unqualified_senders')\n",
    "both": "FEATURE(`accept_unresolvable_domains')\nFEATURE(`accept_unqualified_senders')\n",
    "nocanonify": "FEATURE(`nocanonify')\n",
    "badmx": "FEATURE(`badmx')\n",
}
ACCESS = {"access": "From:nosuch.test\tOK\nFrom:u@\tOK\nConnect:pc.snd.test\tOK\n"}


def all_of(name: str, mc: Mc, client: str = OUTSIDE) -> Case:
    """One client with all of them: ordinary and odd ones on connections of their own."""
    return case(name, mc, senders(*FROMS, client=client), senders(*ODD, client=client), failing=("broken.test",))


CASES = [
    *(all_of(name, Mc(features)) for name, features in FEATURES.items()),
    *(all_of(f"stock, from {client}", Mc(), client) for client in (INSIDE, NAMELESS, FORGED)),
    all_of("an access table knows some", Mc("FEATURE(`access_db')\n", maps=ACCESS)),
    all_of("an access table knows some, of a host that it knows", Mc("FEATURE(`access_db')\n", maps=ACCESS), INSIDE),
    *(case(f"require_rdns, from {client}", Mc("FEATURE(`access_db')\nFEATURE(`require_rdns')\n", maps={"access": "Connect:10.99.1.61\tOK\n"}),
           asks("taro@snd.test", client=client)) for client in (OUTSIDE, NAMELESS, FORGED)),
    *(case(f"use_client_ptr, from {client}", Mc("FEATURE(`access_db')\nFEATURE(`use_client_ptr')\n", maps={"access": "Connect:pc.snd.test\tREJECT\n"}),
           asks("taro@snd.test", client=client)) for client in (INSIDE, NAMELESS, FORGED)),
    *(case(f"block_bad_helo, as {name!r}", Mc("FEATURE(`block_bad_helo')\n"), asks("taro@snd.test", client=SPAMMER, helo=name))
      for name in ("snd.test", "localhost", "nodots", "[10.99.1.41]", "bad.spam.test")),
    case("check_helo of ones own", Mc(rules="LOCAL_RULESETS\nScheck_helo\nRnobody.test\t$#error $@ 5.7.1 $: 550 nobody calls\n"),
         asks("taro@snd.test", helo="nobody.test"), asks("taro@snd.test", helo="out.far.test")),
]  # fmt: skip

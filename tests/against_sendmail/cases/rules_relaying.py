"""For whom mail is passed on, by the features that say so."""

from tests.against_sendmail.case import Case
from tests.against_sendmail.cases.rules_site import FORGED, INSIDE, NAMELESS, OUTSIDE, asks, brings, case
from tests.against_sendmail.mc import Mc

RELAYS = {
    "none": "",
    "relay_entire_domain": "FEATURE(`relay_entire_domain')\n",
    "relay_entire_domain, an own domain": "FEATURE(`relay_entire_domain')\nLOCAL_DOMAIN(`far.test')\n",
    "promiscuous_relay": "FEATURE(`promiscuous_relay')\n",
    "relay_local_from": "FEATURE(`relay_local_from')\n",
    "relay_based_on_MX": "FEATURE(`relay_based_on_MX')\n",
    "loose_relay_check": "FEATURE(`loose_relay_check')\nRELAY_DOMAIN(`far.test')\n",
    "RELAY_DOMAIN of a client": "RELAY_DOMAIN(`pc.snd.test')\n",
    "RELAY_DOMAIN of a domain": "RELAY_DOMAIN(`far.test')\n",
    "RELAY_DOMAIN of a net": "RELAY_DOMAIN(`10.99.1')\n",
    "RELAY_DOMAIN of an address": "RELAY_DOMAIN(`10.99.1.51')\n",
    "relay_hosts_only": "FEATURE(`relay_hosts_only')\nRELAY_DOMAIN(`far.test snd.test')\n",
    "RELAY_DOMAIN_FILE": "RELAY_DOMAIN_FILE(`/etc/mail/relayed')\n",
}
MAIL_FROM = {
    "relay_mail_from": ("FEATURE(`relay_mail_from')\n", "From:pc.snd.test\tRELAY\nFrom:a@far.test\tRELAY\n"),
    "relay_mail_from, by domain": ("FEATURE(`relay_mail_from', `domain')\n", "From:far.test\tRELAY\n"),
    "relay_mail_from, where the table says OK": ("FEATURE(`relay_mail_from', `domain')\n", "From:far.test\tOK\n"),
}
FILES = {"relayed": "# those\npc.snd.test\naway.test\n"}
RCPTS = (
    "taro@snd.test", "u@far.test", "u@a.far.test", "u@both.test", "u@away.test", "u%far.test@snd.test", "@snd.test:u@away.test",
    "far.test!u", "u%away.test@far.test",
    "u@else.example",
)  # fmt: skip


def relaying(name: str, mc: Mc) -> Case:
    """Clients from inside and outside ask for all of them, under senders from inside and outside."""
    visits = [asks(*RCPTS, sender=sender, client=client) for client, sender in (
        (OUTSIDE, "a@far.test"), (INSIDE, "x@pc.snd.test"), (NAMELESS, "taro@snd.test"), (FORGED, ""))]  # fmt: skip
    return case(name, mc, *visits)


CASES = [
    *(relaying(name, Mc(features, files=FILES)) for name, features in RELAYS.items()),
    *(relaying(name, Mc("FEATURE(`access_db')\n" + features, maps={"access": lines})) for name, (features, lines) in MAIL_FROM.items()),
    relaying("relay-domains", Mc(files={"relay-domains": "10.99.1.31\nelse.example\n"})),
    case("what was passed on", Mc("RELAY_DOMAIN(`far.test')\n"), brings("u@far.test", "u@away.test", client=OUTSIDE),
         brings("v@far.test", "hana@snd.test", sender="b@away.test", client=NAMELESS)),
    case("what was passed on by the percent", Mc("FEATURE(`promiscuous_relay')\n"), brings("u%away.test@snd.test", "@snd.test:v@far.test")),
    *(case(f"the postmaster is always there: {rcpt}", Mc(""), asks(rcpt, sender=""), asks(rcpt))
      for rcpt in ("postmaster", "Postmaster@snd.test")),
]  # fmt: skip

"""Other hosts that are given mail: null client, smart host, hubs, relays for local names, those who have moved."""

from tests.against_sendmail.case import Case, Step
from tests.against_sendmail.cases.rules_genericstable import headed
from tests.against_sendmail.cases.rules_site import (
    INSIDE,
    RELAYS_FOR_INSIDE,
    asks,
    brings,
    case,
    letters,
    types,
)
from tests.against_sendmail.mc import Mc

HUB = "define(`MAIL_HUB', `relay:hub.test')\n"
STICKY = "FEATURE(`stickyhost')\n"
LOCAL_RELAY = "define(`LOCAL_RELAY', `smtp:[hub.test]')\n"
LUSER = "define(`LUSER_RELAY', `{}')\n"
ALIASES = "staff: hana, u@far.test\ngone: new@far.test.REDIRECT\ntwice: gone, hana\nnosuch.alias: nobody.there\n"
HERE = ("taro", "taro@snd.test", "staff@snd.test", "root@snd.test")
NULL = Mc("FEATURE(`nullclient', `hub.test')\n", mailers="")
SMART = {
    "a host": "define(`SMART_HOST', `hub.test')\n",
    "a host in brackets": "define(`SMART_HOST', `[hub.test]')\n",
    "a mailer": "define(`SMART_HOST', `smtp:[hub.test]')\n",
    "two hosts": "define(`SMART_HOST', `esmtp:[mx2.test]:[hub.test]')\n",
    "another mailer for it": "define(`SMART_HOST', `smtp8:hub.test')\n",
    "nocanonify": "define(`SMART_HOST', `relay:[hub.test]')\nFEATURE(`nocanonify')\n",
    "an own domain": "define(`SMART_HOST', `hub.test')\nLOCAL_DOMAIN(`own.test')\n",
    "masqueraded": "define(`SMART_HOST', `hub.test')\nMASQUERADE_AS(`own.test')\nFEATURE(`masquerade_envelope')\n",
    "another relay mailer": "define(`confRELAY_MAILER', `esmtp')\ndefine(`SMART_HOST', `hub.test')\n",
}
HUBS = {
    "MAIL_HUB": HUB,
    "MAIL_HUB without a mailer": "define(`MAIL_HUB', `hub.test')\n",
    "MAIL_HUB, a user stays": HUB + "LOCAL_USER(`taro')\n",
    "MAIL_HUB, stickyhost": HUB + STICKY,
    "LOCAL_RELAY": LOCAL_RELAY,
    "LOCAL_RELAY, stickyhost": LOCAL_RELAY + STICKY,
    "LOCAL_RELAY and MAIL_HUB": "define(`LOCAL_RELAY', `esmtp:[mx2.test]')\n" + HUB,
    "LOCAL_RELAY and MAIL_HUB, stickyhost": "define(`LOCAL_RELAY', `esmtp:[mx2.test]')\n" + HUB + STICKY,
    "LOCAL_RELAY, users stay": LOCAL_RELAY + "LOCAL_USER(`taro staff')\n",
    "stickyhost alone": STICKY,
    "the host itself as hub": "define(`MAIL_HUB', `snd.test')\n",
    "a mailer without a host as hub": "define(`MAIL_HUB', `local:')\n",
}
LUSERS = {
    "to a host": LUSER.format("relay:hub.test"),
    "to a host, name kept": LUSER.format("relay:hub.test") + "FEATURE(`preserve_luser_host')\n",
    "to one user": LUSER.format("local:hana"),
    "to one user elsewhere": LUSER.format("smtp:boss@[hub.test]"),
    "an error": LUSER.format("error:5.1.1:550 we know no such person"),
    "a host, stickyhost": LUSER.format("relay:hub.test") + STICKY,
}


def moved(name: str, features: str, *steps: Step) -> Case:
    """Aliases that end with REDIRECT."""
    return case(f"redirect: {name}", Mc(features), *steps, aliases=ALIASES)


CASES = [
    case("null client: letters of this host", NULL, letters=letters("u@far.test", "hana@snd.test", "hana")),
    case("null client: headers", NULL, letters=(headed("taro@snd.test", "u@far.test"), headed("root@snd.test", "hana"))),
    case("null client: commands", NULL, *types("hana", "u@far.test", sender="taro")),
    case("null client: by SMTP", NULL, asks("taro@snd.test", "u@far.test", "taro"), brings("taro@snd.test", client=INSIDE)),
    *(case(f"smart host: {name}", Mc(features), letters=letters("u@far.test", "hana@snd.test", "u@nosuch.test", "u@[10.99.1.12]", "hana@own.test"))
      for name, features in SMART.items()),
    case("smart host: for clients", Mc(SMART["a host"] + RELAYS_FOR_INSIDE), brings("u@far.test", "hana@snd.test", client=INSIDE, sender="x@pc.snd.test")),
    case("smart host: headers", Mc(SMART["a host"]), letters=(headed("taro@snd.test"), headed("x@pc.snd.test"))),
    case("smart host: but for domains of a rule", Mc(SMART["a host"], rules="LOCAL_NET_CONFIG\nR$* < @ $* far.test. > $*\t$#esmtp $@ $2 far.test. $: $1 < @ $2 far.test. > $3\n"),
         letters=letters("u@far.test", "u@away.test", "u@a.far.test")),
    *(case(f"hub: {name}", Mc(features), *types("nosuch@snd.test", "taro+x@snd.test"), letters=letters(*HERE), aliases=ALIASES)
      for name, features in HUBS.items()),
    case("hub: a client asks", Mc(HUB), brings("taro@snd.test", "nosuch@snd.test", "staff@snd.test"), aliases=ALIASES),
    case("hub: headers", Mc(HUB + "MASQUERADE_AS(`own.test')\n"), letters=(headed("taro@snd.test", "hana@snd.test"),)),
    *(case(f"unknown users: {name}", Mc(features), brings("nosuch@snd.test", "taro@snd.test", "nosuch+x@snd.test", "other"), aliases=ALIASES)
      for name, features in LUSERS.items()),
    case("unknown users: letters of this host", Mc(LUSERS["to a host"]), letters=letters("nosuch@snd.test", "nosuch", "taro"), aliases=ALIASES),
    case("unknown users: commands", Mc(LUSERS["an error"]), *types("nosuch", "taro"), aliases=ALIASES),
    moved("at RCPT", "FEATURE(`redirect')\n", asks("gone@snd.test", "taro@snd.test", "x@y.test.REDIRECT", "twice@snd.test")),
    moved("not switched on", "", asks("gone@snd.test", "x@y.test.REDIRECT", "twice@snd.test")),
    moved("by commands", "FEATURE(`redirect')\n", *types("gone", "x@y.test.REDIRECT", "twice")),
    moved("beside a smart host", "FEATURE(`redirect')\n" + SMART["a host"], *types("gone", "u@far.test")),
    case("a host to fall back on", Mc("define(`confFALLBACK_MX', `hub.test')\n"), letters=letters("u@far.test", "u@nosuch.test"), states={"mx1.test": "refusing"}),
    case("a smart host to fall back on", Mc("define(`confFALLBACK_SMARTHOST', `hub.test')\n"), letters=letters("u@far.test", "u@nosuch.test"),
         states={"mx1.test": "refusing"}),
]  # fmt: skip

"""Rules of one's own among the stock ones: LOCAL_RULE_0 to 3, LOCAL_NET_CONFIG, LOCAL_CONFIG, maps and mailers of one's own."""

from tests.against_sendmail.case import Case, Letter, Step
from tests.against_sendmail.cases.rules_genericstable import headed
from tests.against_sendmail.cases.rules_site import INSIDE, asks, brings, case, letters, types
from tests.against_sendmail.mc import Mc

TO_HUB = "$#esmtp $@ hub.test $: $1 < @ $2 > $3"


def ruled(
    name: str, rules: str, *steps: Step, letters: tuple[Letter, ...] = (), features: str = "", **more: object
) -> Case:
    """A case with these rules."""
    return case(name, Mc(features, rules=rules), *steps, letters=letters, **more)


FIRST = letters("u@far.test", "u@away.test", "hana@snd.test", "taro@snd.test")
HEADED = (headed("taro@snd.test"), headed("x@pc.snd.test"))
CASES = [
    ruled("0: a domain to the hub", "LOCAL_RULE_0\nR$* < @ $* far.test. > $*\t$#esmtp $@ hub.test $: $1 < @ $2 far.test. > $3\n", letters=FIRST),
    ruled("0: a user elsewhere", "LOCAL_RULE_0\nRhana < @ $=w . >\t$#esmtp $@ hub.test. $: hana < @ hub.test. >\n", letters=FIRST),
    ruled("0: a class", "LOCAL_CONFIG\nC{ToHub} far.test away.test\nLOCAL_RULE_0\nR$* < @ $={ToHub} . > $*\t$#esmtp $@ [hub.test] $: $1 < @ $2 . > $3\n", letters=FIRST),
    ruled("0: an error", "LOCAL_RULE_0\nR$+ . fax < @ $=w . > $*\t$#error $@ 5.1.1 $: \"550 no fax here, \" $1\n", asks("taro.fax@snd.test", "taro@snd.test"), *types("taro.fax", "taro")),
    ruled("0: an error that will pass", "LOCAL_RULE_0\nR$+ < @ far.test. > $*\t$#error $@ 4.7.1 $: 450 not today\n", asks("u@far.test", client=INSIDE),
          *types("u@far.test"), features="RELAY_DOMAIN(`pc.snd.test')\n"),
    ruled("0: a local user for a foreign one", "LOCAL_RULE_0\nRu < @ far.test. >\t$#local $: taro\n", letters=FIRST),
    ruled("0: discard is not for mail", "LOCAL_RULE_0\nRhana < @ $=w . >\t$#discard $: discard\n", *types("hana")),
    ruled("0: by the sender", "LOCAL_RULE_0\nR$* < @ far.test. > $*\t$: $1 < @ far.test. > $2 $| $&f\nR$* $| taro@snd.test\t$#esmtp $@ hub.test $: u < @ far.test. >\nR$* $| $*\t$: $1\n",
          letters=(*letters("u@far.test"), *letters("u@far.test", sender="hana@snd.test"))),
    ruled("1: senders", "LOCAL_RULE_1\nR$* < @ pc.snd.test. > $*\t$: $1 < @ own.test. > $2\nRtaro < @ snd.test. >\t$: Taro.Yamada < @ own.test. >\n", letters=HEADED),
    ruled("2: recipients", "LOCAL_RULE_2\nR$* < @ far.test. > $*\t$: $1 < @ new.far.test. > $2\nRhana < @ $* >\t$: boss < @ own.test. >\n", letters=HEADED),
    ruled("3: everybody", "LOCAL_RULE_3\nR$* < @ own.test > $*\t$: $1 < @ snd.test > $2\nR$* < @ old.test > $*\t$: $1 < @ far.test > $2\n",
          letters=(*letters("hana@own.test", "u@old.test", "u@far.test"), headed("boss@own.test"))),
    ruled("3: a host is cut off", "LOCAL_RULE_3\nR$* < @ $- . snd.test > $*\t$: $1 < @ snd.test > $3\n", letters=(*letters("hana@pc.snd.test"), *HEADED)),
    ruled("3: asked over SMTP", "LOCAL_RULE_3\nR$* < @ own.test > $*\t$: $1 < @ snd.test > $2\n", asks("hana@own.test", "nosuch@own.test"), brings("hana@own.test", sender="b@own.test")),
    ruled("net: one more smart host", "LOCAL_NET_CONFIG\nR$* < @ $* .far.test. > $*\t$#relay $@ hub.test $: $1 < @ $2 .far.test. > $3\n",
          letters=letters("u@a.far.test", "u@far.test", "u@away.test"), features="define(`SMART_HOST', `mx2.test')\n"),
    ruled("a map of one's own", "LOCAL_CONFIG\nKnumber arith\nLOCAL_RULE_0\nRafter . $- < @ $=w . >\t$#error $@ 5.1.1 $: \"550 next is \" $(number + $@ $1 $@ 1 $)\n",
          asks("after.4@snd.test", "taro@snd.test"), *types("after.9@snd.test")),
    ruled("a table of one's own that is not there", "LOCAL_CONFIG\nKroute text -k0 -v1 /etc/mail/local-routes\nLOCAL_RULE_0\nR$+ < @ $+ . > $*\t$: < $(route $2 $: $) > $1 < @ $2 . > $3\n"
          "R< > $*\t$: $1\nR< $+ > $*\t$#esmtp $@ $1 $: $2\n", letters=FIRST),
    case("a table of one's own, with entries", Mc(rules="LOCAL_CONFIG\nKroute text -k0 -v1 /etc/mail/local-routes\nLOCAL_RULE_0\nR$+ < @ $+ . > $*\t$: < $(route $2 $: $) > $1 < @ $2 . > $3\n"
         "R< > $*\t$: $1\nR< $+ > $*\t$#esmtp $@ $1 $: $2\n", files={"local-routes": "far.test hub.test\naway.test mx1.test\n"}), letters=FIRST),
    ruled("a mailer of one's own", "LOCAL_RULE_0\nR$* < @ far.test. > $*\t$#hubs $@ hub.test $: $1 < @ far.test. > $2\nMAILER_DEFINITIONS\n"
          "Mhubs, P=[IPC], F=mDFMuX, S=HubS, R=HubR, E=\\r\\n, L=990, T=DNS/RFC822/SMTP, A=TCP $h\n"
          "SHubS\nR$* < @ $* > $*\t$: $1 @ from.test\nR$- \t$: $1 @ bare.test\nSHubR\nR$* < @ $* > $*\t$: $1 % $2 @ to.test\n", letters=HEADED),
    ruled("a mailer with sets of its own for envelope and header", "LOCAL_RULE_0\nR$* < @ far.test. > $*\t$#hubs $@ hub.test $: $1 < @ far.test. > $2\nMAILER_DEFINITIONS\n"
          "Mhubs, P=[IPC], F=mDFMuX, S=EnvS/HdrS, R=EnvR/HdrR, E=\\r\\n, L=990, T=DNS/RFC822/SMTP, A=TCP $h\n"
          "SEnvS\nR$*\t$: env-sender @ x.test\nSHdrS\nR$*\t$: hdr-sender @ x.test\nSEnvR\nR$*\t$: env-rcpt @ x.test\nSHdrR\nR$*\t$: hdr-rcpt @ x.test\n", letters=HEADED),
    ruled("flags of a mailer", "LOCAL_CONFIG\n", letters=HEADED, features="MODIFY_MAILER_FLAGS(`SMTP', `+RCE')\nMODIFY_MAILER_FLAGS(`LOCAL', `-P')\n"),
    ruled("an old text: rules by number", "LOCAL_CONFIG\nS96\nR$* < @ far.test $* > $*\t$: $1 < @ away.test $2 > $3\n", letters=FIRST),
    ruled("ruleset 5 looks for users", "LOCAL_RULESETS\nSLocal_localaddr\nRnosuch $*\t$#esmtp $@ hub.test $: nosuch < @ hub.test. >\nRother\t$#error $@ 5.1.1 $: 550 no other\n",
          brings("nosuch@snd.test", "taro@snd.test", "other@snd.test"), *types("nosuch", "other")),
]  # fmt: skip

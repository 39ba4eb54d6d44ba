"""Genericstable: how senders of this host are called elsewhere."""

from tests.against_sendmail.case import Case, Letter, Step
from tests.against_sendmail.cases.rules_site import INSIDE, RELAYS_FOR_INSIDE, brings, case, letter, types
from tests.against_sendmail.mc import Mc

FEATURE = "FEATURE(`genericstable')\n"
DOMAIN = "GENERICS_DOMAIN(`snd.test')\n"
TABLE = """\
taro\tTaro.Yamada@own.test
hana@pc.snd.test\tHanako@own.test
root\thostmaster@own.test
box\tbox
@pc.snd.test\t%1.pc@own.test
"""
HEAD = """\
From: Taro <{sender}>
Sender: root
Reply-To: hana@pc.snd.test, taro+x@snd.test
To: u@far.test, taro@snd.test
Cc: hana, boss@own.test
Errors-To: taro"""


def headed(sender: str, *to: str) -> Letter:
    """A letter with senders and recipients in many fields."""
    return letter(*(to or ("u@far.test", "hana@snd.test")), sender=sender, head=HEAD.format(sender=sender or "taro"))


def table(
    name: str, *steps: Step, letters: tuple[Letter, ...] = (), features: str = DOMAIN, lines: str = TABLE
) -> Case:
    """A case with a genericstable."""
    return case(name, Mc(FEATURE + features, maps={"genericstable": lines}), *steps, letters=letters)


CASES = [
    table("a user in envelope and header", letters=(headed("taro@snd.test"),)),
    table("a user whose host is not said", *types("u@far.test", "hana", sender="taro")),
    table("somebody who is not in the table", letters=(headed("hana@snd.test"),)),
    table("the null sender", letters=(headed(""),)),
    table("in capital letters", letters=(headed("Taro@SND.test"),)),
    table("a user with a detail", letters=(headed("taro+x@snd.test"),)),
    table("a name without a domain as the answer", letters=(headed("box@snd.test"),)),
    table("a host that is no domain of the table", letters=(headed("hana@pc.snd.test"),)),
    table("a host that is one", letters=(headed("hana@pc.snd.test"), headed("x@pc.snd.test")), features=DOMAIN + "GENERICS_DOMAIN(`pc.snd.test')\n"),
    table("no domain at all", letters=(headed("taro@snd.test"),), features=""),
    table("hosts below the domain", letters=(headed("hana@pc.snd.test"), headed("taro@pc.snd.test")),
          features=DOMAIN + "FEATURE(`generics_entire_domain')\n"),
    table("brought by a client", brings("u@far.test", "hana@snd.test", sender="taro@snd.test", client=INSIDE, head=HEAD.format(sender="taro@snd.test")),
          features=DOMAIN + RELAYS_FOR_INSIDE),
    table("brought from outside", brings("hana@snd.test", sender="a@far.test", head=HEAD.format(sender="taro@far.test"))),
    table("with masquerading", letters=(headed("taro@snd.test"), headed("hana@snd.test")), features=DOMAIN + "MASQUERADE_AS(`virt.test')\n"),
    table("with masquerading of the envelope", letters=(headed("taro@snd.test"), headed("hana@snd.test")),
          features=DOMAIN + "MASQUERADE_AS(`virt.test')\nFEATURE(`masquerade_envelope')\n"),
    table("with masquerading of everybody", letters=(headed("taro@snd.test"), headed("hana@snd.test")),
          features=DOMAIN + "MASQUERADE_AS(`virt.test')\nFEATURE(`allmasquerade')\n"),
    table("exposed users", letters=(headed("root@snd.test"), headed("taro@snd.test")), features=DOMAIN + "MASQUERADE_AS(`virt.test')\nEXPOSED_USER(`root taro')\n"),
    case("domains of a file", Mc(FEATURE + "GENERICS_DOMAIN_FILE(`/etc/mail/generics-domains')\n", maps={"genericstable": TABLE},
                                 files={"generics-domains": "snd.test\npc.snd.test\n"}), letters=(headed("taro@snd.test"), headed("hana@pc.snd.test"))),
]  # fmt: skip

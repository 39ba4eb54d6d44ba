"""Masquerading of all kinds: what becomes of names of hosts in envelopes and headers."""

from tests.against_sendmail.case import Case
from tests.against_sendmail.cases.rules_genericstable import HEAD, headed
from tests.against_sendmail.cases.rules_site import INSIDE, RELAYS_FOR_INSIDE, brings, case, types
from tests.against_sendmail.mc import Mc

AS = "MASQUERADE_AS(`own.test')\n"
ENVELOPE = "FEATURE(`masquerade_envelope')\n"
ALL = "FEATURE(`allmasquerade')\n"
LIMITED = "FEATURE(`limited_masquerade')\n"
ENTIRE = "FEATURE(`masquerade_entire_domain')\n"
PC = "MASQUERADE_DOMAIN(`pc.snd.test')\n"
SND = "MASQUERADE_DOMAIN(`snd.test')\n"
FAR = "MASQUERADE_DOMAIN(`far.test')\n"
BUT_DEEP = "MASQUERADE_EXCEPTION(`deep.a.far.test')\n"
NOT_HERE = "FEATURE(`local_no_masquerade')\n"
EXPOSED = "EXPOSED_USER(`root')\n"
ADD = "FEATURE(`always_add_domain')\n"
VIRT = "LOCAL_DOMAIN(`virt.test')\n"
FILES_OF_THOSE = "MASQUERADE_EXCEPTION_FILE(`/etc/mail/exceptions')\nEXPOSED_USER_FILE(`/etc/mail/exposed')\n"

KINDS = {
    "none": "",
    "MASQUERADE_AS": AS,
    "the envelope": AS + ENVELOPE,
    "another host": AS + PC,
    "another host, and the envelope": AS + PC + ENVELOPE,
    "an entire domain": AS + SND + ENTIRE,
    "an entire domain, and the envelope": AS + SND + ENTIRE + ENVELOPE,
    "an entire foreign domain with an exception": AS + FAR + ENTIRE + BUT_DEEP + ENVELOPE,
    "an exception that is an own name": AS + VIRT + "MASQUERADE_EXCEPTION(`virt.test')\n" + ENVELOPE,
    "recipients, too": AS + ALL,
    "recipients, too, and the envelope": AS + ALL + ENVELOPE,
    "recipients, too, of another host": AS + ALL + PC,
    "an exposed user": AS + EXPOSED,
    "an exposed user, and the envelope": AS + EXPOSED + ENVELOPE,
    "exposed users": AS + "EXPOSED_USER(`root taro')\n" + ALL,
    "names of class M only": AS + LIMITED + PC,
    "names of class M only, among them the own": AS + LIMITED + SND + ENVELOPE,
    "names of class M only, an entire domain": AS + LIMITED + SND + ENTIRE + ENVELOPE,
    "names of class M only, another own name": AS + LIMITED + VIRT + "MASQUERADE_DOMAIN(`virt.test')\n",
    "not between users of the host": AS + NOT_HERE,
    "not between users of the host, but recipients": AS + NOT_HERE + ALL,
    "a domain is always added": ADD,
    "another domain is always added": "FEATURE(`always_add_domain', `virt.test')\n",
    "a domain is always added, masqueraded": AS + ADD,
    "a domain is always added, recipients masqueraded": AS + ADD + ALL,
    "a host, not a domain": "MASQUERADE_AS(`pc.own.test')\n" + ENVELOPE,
    "domains of a file": AS + "MASQUERADE_DOMAIN_FILE(`/etc/mail/masquerade-domains')\n",
    "exceptions and exposed users of files": AS + ENVELOPE + FAR + FILES_OF_THOSE,
}
FILES = {"masquerade-domains": "pc.snd.test\nfar.test\n", "exceptions": "virt.test\n", "exposed": "root\nhana\n"}
SENDERS = ("taro@snd.test", "root@snd.test", "hana@pc.snd.test", "x@deep.a.far.test", "y@virt.test", "")
BROUGHT = brings(
    "u@far.test", "hana@snd.test", sender="hana@pc.snd.test", client=INSIDE, head=HEAD.format(sender="hana@pc.snd.test")
)


def handed_in(name: str, features: str) -> Case:
    """Letters of this host by all of these senders."""
    return case(name, Mc(features, files=FILES), letters=tuple(map(headed, SENDERS)))


CASES = [
    *(handed_in(name, features) for name, features in KINDS.items()),
    *(case(f"by a command: {name}", Mc(KINDS[name]), *types("u@far.test", "hana", sender="taro"), *types("u@far.test", sender="root"))
      for name in ("MASQUERADE_AS", "the envelope", "recipients, too", "an exposed user", "a domain is always added")),
    *(case(f"brought by a client: {name}", Mc(KINDS[name] + RELAYS_FOR_INSIDE), BROUGHT)
      for name in ("the envelope", "another host, and the envelope", "recipients, too", "a domain is always added")),
]  # fmt: skip

"""Checks that wait until RCPT, and lists of senders of spam in name service."""

from tests.against_sendmail.case import Case
from tests.against_sendmail.cases.rules_site import INSIDE, OUTSIDE, SPAMMER, asks, brings, case
from tests.against_sendmail.mc import Mc

ACCESS = """\
Connect:spam.test\tREJECT
From:bad@far.test\tERROR:5.7.1:550 bad one
From:spam.test\tDISCARD
To:hana@snd.test\tREJECT
Spam:taro@snd.test\tFRIEND
Spam:postmaster@\tFRIEND
Spam:hana@snd.test\tHATER
"""
RCPTS = ("taro@snd.test", "hana@snd.test", "postmaster@snd.test", "abuse@snd.test", "u@far.test")
DELAYS = {
    "no delay": "",
    "delay_checks": "FEATURE(`delay_checks')\n",
    "friends": "FEATURE(`delay_checks', `friend')\n",
    "haters": "FEATURE(`delay_checks', `hater')\n",
    "blocklist": "FEATURE(`delay_checks')\nFEATURE(`blocklist_recipients')\n",
    "friends, blocklist": "FEATURE(`delay_checks', `friend')\nFEATURE(`blocklist_recipients')\n",
    "friends, a list": "FEATURE(`delay_checks', `friend')\nFEATURE(`dnsbl', `bl.test')\n",
    "a list": "FEATURE(`delay_checks')\nFEATURE(`dnsbl', `bl.test')\n",
}
LISTS = {
    "dnsbl": "FEATURE(`dnsbl', `bl.test')\n",
    "dnsbl, own text": 'FEATURE(`dnsbl\', `bl.test\', `"550 Mail from " $&{client_addr} " is refused"\')\n',
    "dnsbl, own text with a status": "FEATURE(`dnsbl', `bl.test', `\"554 5.7.2 listed\"')\n",
    "dnsbl, temporary failures count": "FEATURE(`dnsbl', `broken.test', `', `t')\n",
    "dnsbl, temporary failures do not": "FEATURE(`dnsbl', `broken.test')\n",
    "dnsbl, quarantine": "FEATURE(`dnsbl', `bl.test', `quarantine')\n",
    "dnsbl, discard": "FEATURE(`dnsbl', `bl.test', `discard')\n",
    "two lists": "FEATURE(`dnsbl', `empty.test')\nFEATURE(`dnsbl', `bl.test', `\"550 second list\"')\n",
    "enhdnsbl": "FEATURE(`enhdnsbl', `bl.test')\n",
    "enhdnsbl, own text": "FEATURE(`enhdnsbl', `bl.test', `\"550 listed: \" $&{client_addr}', `t', `127.0.0.2.')\n",
    "enhdnsbl, another answer": "FEATURE(`enhdnsbl', `bl.test', `', `', `127.0.0.9.')\n",
    "rhsbl": "FEATURE(`rhsbl', `rbl.test')\n",
    "rhsbl, own text": "FEATURE(`rhsbl', `rbl.test', `\"550 domain is listed\"')\n",
}
EXCUSED = "Connect:10.99.1.41\tOK\n"


def delayed(name: str, features: str) -> Case:
    """Good and bad clients and senders, and recipients with tastes of their own."""
    visits = [asks(*RCPTS, sender=sender, client=client) for client, sender in (
        (OUTSIDE, "a@far.test"), (OUTSIDE, "bad@far.test"), (SPAMMER, "a@far.test"), (OUTSIDE, "x@spam.test"))]  # fmt: skip
    return case(name, Mc("FEATURE(`access_db')\n" + features, maps={"access": ACCESS}), *visits)


def listed(name: str, features: str, access: str | None = None) -> Case:
    """A client that is listed and one that is not, and a listed domain."""
    mc = Mc(features) if access is None else Mc("FEATURE(`access_db')\n" + features, maps={"access": access})
    return case(name, mc, asks("taro@snd.test", client=SPAMMER), asks("taro@snd.test", client=INSIDE),
                asks("hana@snd.test", sender="a@spam.test"), failing=("broken.test",))  # fmt: skip


CASES = [
    *(delayed(name, features) for name, features in DELAYS.items()),
    *(listed(name, features) for name, features in LISTS.items()),
    listed("dnsbl, excused by the access table", LISTS["dnsbl"], EXCUSED),
    listed("dnsbl, an access table that knows nothing of it", LISTS["dnsbl"], "From:list.test\tREJECT\n"),
    case("delay_checks, what is brought", Mc("FEATURE(`access_db')\nFEATURE(`delay_checks', `friend')\n", maps={"access": ACCESS}),
         brings("hana@snd.test", "taro@snd.test", client=SPAMMER, sender="a@far.test")),
]  # fmt: skip

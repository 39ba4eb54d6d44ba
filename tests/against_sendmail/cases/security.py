"""Hiding internal names (slide claim 17.7)."""

from tests.against_sendmail.case import Case, Letter
from tests.against_sendmail.cases.site import FINE, ZONE

UP = {"mx1.test": FINE}
SENDERS = {
    "From": "Taro Yamada <taro@snd.test>",
    "Sender": "boss@pc1.snd.test",
    "Reply-To": "root@snd.test, jiro@elsewhere.test (not here)",
    "To": "hana@one.test, ken@snd.test",
    "Subject": "taro@snd.test",
}
LETTER = (Letter(("hana@one.test",), headers=SENDERS),)
MASK = "MASQUERADE_AS(`here.test')\nEXPOSED_USER(`root')"

CASES = [
    Case(name, LETTER, UP, ZONE, m4=m4, observe=("arrived", "connections"))
    for name, m4 in (
        ("nothing is hidden", ""),
        ("MASQUERADE_AS", MASK),
        ("MASQUERADE_DOMAIN", f"{MASK}\nMASQUERADE_DOMAIN(`pc1.snd.test')"),
    )
] + [Case("who has no From", (Letter(("hana@one.test",)),), UP, ZONE, m4=MASK, observe=("arrived", "connections"))]

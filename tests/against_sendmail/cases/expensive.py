"""Mail for mailers that cost much waits for a queue run (HoldExpensive, F=e)."""

from tests.against_sendmail.case import Case, Run, Type, Visit
from tests.against_sendmail.cases.site import FINE, ZONE
from tests.against_sendmail.users import Household

UP = {"mx1.test": FINE, "mx2.test": FINE}
HOLD = "O HoldExpensive=True"
EXPENSIVE = "MODIFY_MAILER_FLAGS(`ESMTP', `+e')"
ONE = ("hana@one.test",)
EVERYBODY = ("hana@one.test", "mika@one.test", "taro@two.test", "u1@snd.test")
PEOPLE = Household(("u1",), aliases="both: u1, hana@one.test\nfar: hana@one.test")


def case(name: str, *to: str, mode: str = "interactive", cf: str = HOLD, m4: str = EXPENSIVE) -> Case:
    """A letter that is brought, what is left of it, and what a queue run does with that."""
    observe = ("log", "deliveries", "queue", "mailboxes")
    if mode == "background":  # in which the real one counts the lines that it has put into the header
        observe = ("deliveries", "mailboxes")
    says = ("EHLO client.test", "MAIL FROM:<a@client.test>", *(f"RCPT TO:<{one}>" for one in to), "DATA", 300, "QUIT")
    return Case(f"{name}, {mode}", (), UP, ZONE, cf=f"{cf}\nO DeliveryMode={mode}\nCR client.test", m4=m4, observe=observe,
                household=PEOPLE, steps=(Visit(says), Type("mailq"), Run()))  # fmt: skip


CASES = [
    *(case("elsewhere", *ONE, mode=mode) for mode in ("background", "interactive", "queueonly", "deferred")),
    *(case("elsewhere and here", *EVERYBODY, mode=mode) for mode in ("background", "interactive")),
    case("here", "u1@snd.test"),
    case("two elsewhere", "hana@one.test", "mika@two.test"),
    *(case("an alias for somebody elsewhere", "far@snd.test", mode=mode) for mode in ("background", "interactive")),
    case("an alias for somebody here and somebody elsewhere", "both@snd.test", mode="background"),
    case("HoldExpensive is false", *ONE, cf="O HoldExpensive=False"),
    case("no mailer has F=e", *ONE, m4=""),
    case("F=e of the local mailer", "u1@snd.test", *ONE, m4="MODIFY_MAILER_FLAGS(`LOCAL', `+e')"),
    case("F=e of all", *EVERYBODY, m4=f"{EXPENSIVE}\nMODIFY_MAILER_FLAGS(`LOCAL', `+e')"),
]  # fmt: skip

"""What sendmail takes for its own: a generic cf, and a host that does not know its full name (slides 24, 25)."""

from tests.against_sendmail.case import EVERYTHING, Case, Letter, Run, Visit
from tests.against_sendmail.cases.site import ADDRESSES, FINE
from tests.against_sendmail.users import Household

UP = {"mx1.test": FINE}
ZONE = f"{ADDRESSES}\nsnd A 10.99.0.1\none MX 10 mx1\nhere MX 10 snd"
HOUSE = Household(("u1",))
QUEUED = (Letter(("u1@here.test",)), Letter(("u1@snd.test",)), Letter(("v@one.test",)))
ASKED = ("EHLO client.test", "MAIL FROM:<taro@snd.test>", "RCPT TO:<u1@here.test>", "DATA", 800, "QUIT")
ASKED_BY_NAME = ("EHLO client.test", "MAIL FROM:<taro@snd.test>", "RCPT TO:<u1@snd.test>", "QUIT")
WITH_MAILBOXES = (*EVERYTHING, "mailboxes")
OWN = "Cwhere.test"
NO_NAME = "undefine(`confDOMAIN_NAME')"
RELAY = "RELAY_DOMAIN(`here.test')"


def generic(name: str, *steps: Run | Visit, letters: tuple[Letter, ...] = QUEUED, **options: object) -> Case:
    """A host whose domain is here.test by its MX record, with what its cf knows of that."""
    return Case(name, letters, UP, ZONE, household=HOUSE, steps=steps or (Run(),),  # type: ignore[arg-type]  # fields of Case
                observe=WITH_MAILBOXES, **options)  # fmt: skip


CASES = [
    generic("the own domain in the queue, generic cf"),
    generic("the own domain in the queue, own cf", cf=OWN),
    generic("the own domain in the queue, generic cf, no name server", dns_silent=True,
            cf="O Timeout.resolver.retrans=1s\nO Timeout.resolver.retry=1"),
    generic("the own domain arrives, generic cf", Visit(ASKED), letters=()),
    generic("the own domain arrives, generic cf that relays as of old", Visit(ASKED), Run(), letters=(), m4=RELAY),
    generic("the own domain arrives, own cf", Visit(ASKED), Run(), letters=(), cf=OWN),
    generic("the own name unknown, mail arrives", Visit(ASKED_BY_NAME), letters=(), m4=NO_NAME, known_as="other.test"),
    generic("the own name unknown but said by the cf, mail arrives", Visit(ASKED_BY_NAME), letters=(),
            known_as="other.test"),
]  # fmt: skip
CASES += [
    *(generic(f"the own name unknown but put together from macros, {lines!r}", Visit(ASKED_BY_NAME), letters=(),
              m4=NO_NAME, cf=lines, known_as="other.test")
      for lines in ("Dwsnd\nDmtest\nDj$w.$m", "Dwsnd\nDDtest\nDj$w.$D", "Dwsnd.test\nDj$w", "Dwsnd\nD{dom}test\nDj$w.${dom}")),
    Case("the own name unknown, mail in the queue", (Letter(("u1@snd.test",)),), UP, ZONE,
         m4=NO_NAME, known_as="other.test", household=HOUSE, steps=(Visit(("NOOP",)), Run()), observe=("log", "queue")),
]  # fmt: skip

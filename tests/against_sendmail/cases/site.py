"""What most cases are played on: three sites with a mail host each, and a fourth host to fall back on."""

from simlib.smtp import Quirks, Reply
from tests.against_sendmail.case import Letter

ADDRESSES = """
mx1 A 10.99.1.11
mx2 A 10.99.1.12
mx3 A 10.99.1.13
mx4 A 10.99.1.14
"""
ZONE = f"""{ADDRESSES}
one MX 10 mx1
two MX 10 mx2
three MX 10 mx3
both MX 10 mx1
both MX 20 mx2
"""
SITES = ("one", "two", "three")
HOSTS = ("mx1.test", "mx2.test", "mx3.test")

FINE = Quirks()
BUSY = Reply(451, "4.3.2 busy")
GOING = Reply(421, "4.3.2 going down")
AWAY = Reply(554, "5.3.2 go away")
NO_USER = Reply(550, "5.1.1 no such user")


def to(*addresses: str) -> tuple[Letter, ...]:
    """A letter to each address."""
    return tuple(Letter((address,)) for address in addresses)


def by_turns(count: int, sites: int) -> tuple[Letter, ...]:
    """Letters for some of the sites by turns."""
    return to(*(f"hana@{SITES[n % sites]}.test" for n in range(count)))

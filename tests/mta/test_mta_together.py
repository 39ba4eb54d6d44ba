"""Who goes together in one transaction."""

import pytest

from simlib import World
from simlib.cf import Cf, Mailer, stock
from simlib.mta.policy.queue_entry import Recipient
from simlib.mta.policy.settings import Settings
from simlib.mta.policy.ways import Ways
from simlib.mta.queue.together import in_order, most_at_once, parts, set_aside
from tests.mta.entry import recipient

OWN = {"mail.here.example": None}
CF = stock()


def people(*addresses: str) -> list[Recipient]:
    return [recipient(address) for address in addresses]


def ways(cf: Cf = CF) -> Ways:
    """The ways of a host that has no rules."""
    host = World(seed=1).host("mail.here.example")
    return Ways(cf, host, OWN, "8.18", Settings.of(cf))


def together(*addresses: str, cf: Cf = CF) -> list[tuple[str, str, tuple[str, ...]]]:
    """The parts that addresses make: mailer, host, who."""
    made = parts(people(*addresses), ways(cf))
    return [
        (one.destination.mailer, one.destination.host, tuple(who.address for who in one.recipients)) for one in made
    ]


def test_those_of_one_host_go_together_in_the_order_of_the_queue() -> None:
    assert together("a@x.example", "b@y.example", "c@x.example") == [
        ("esmtp", "x.example", ("a@x.example", "c@x.example")),
        ("esmtp", "y.example", ("b@y.example",)),
    ]


def test_one_alone_is_a_part() -> None:
    assert together("a@x.example") == [("esmtp", "x.example", ("a@x.example",))]


def test_users_of_this_host_go_to_the_local_mailer() -> None:
    assert [one[0] for one in together("hana", "a@x.example", "jiro@mail.here.example")] == ["local", "esmtp"]


@pytest.mark.parametrize(("many", "sizes"), [(99, [99]), (100, [100]), (101, [100, 1]), (250, [100, 100, 50])])
def test_a_transaction_holds_as_many_as_the_mailer_takes(many: int, sizes: list[int]) -> None:
    made = together(*(f"u{n}@x.example" for n in range(many)))
    assert [len(who) for _, _, who in made] == sizes


def test_without_f_m_each_goes_alone() -> None:
    cf = CF.with_lines("Mesmtp, P=[IPC], F=DFMuXa, A=TCP $h")
    assert [who for _, _, who in together("a@x.example", "b@x.example", cf=cf)] == [("a@x.example",), ("b@x.example",)]
    assert most_at_once(Mailer("m", "[IPC]", "TCP $h", frozenset("m"), max_recipients=7)) == 7
    assert most_at_once(Mailer("m", "[IPC]", "TCP $h", frozenset(), max_recipients=7)) == 1


def test_the_queue_has_them_by_the_names_of_their_hosts_and_those_of_this_host_first() -> None:
    ordered = in_order(people("a@z.example", "b@A.example", "hana", "c@m.example"), ways())
    assert [one.address for one in ordered] == ["hana", "b@A.example", "c@m.example", "a@z.example"]


def test_guests_of_whom_nothing_came_go_on_by_themselves() -> None:
    (part,) = parts(people("a@x.example", "b@x.example"), ways())
    one, other = part.recipients
    assert [rest.recipients for rest in set_aside(part, [one], ways())] == [(other,)]
    assert not set_aside(part, [one, other], ways())

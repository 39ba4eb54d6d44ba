from typing import Any

import pytest
import simpy

from simlib.site.dns import NODATA, NOERROR, NXDOMAIN, TRY_AGAIN, Answer, NameService, ZoneError
from simlib.site.resolver import Patience, Resolver

PATIENCE = Patience(retrans=5, retry=4)

ZONE = """
    $ORIGIN site.example.
    $TTL 3600
    @       IN SOA ns root 1 3h 1h 1w 300
    @       IN MX 20 mx2
            IN MX 10 mx1
    mx1     IN A 192.0.2.1
    mx2 60  IN A 192.0.2.2
    www     IN CNAME mx1
    loop    IN CNAME loop
    null    IN MX 0 .
    *.lab   IN MX 5 mx2
    deep.er IN A 192.0.2.3
"""


@pytest.fixture
def env() -> simpy.Environment:
    return simpy.Environment()


@pytest.fixture
def names(env: simpy.Environment) -> NameService:
    service = NameService(env, round_trip=0.01)
    service.add(service.read_zone(ZONE))
    return service


def ask(resolver: Resolver, name: str, kind: str = "A", patience: Patience = PATIENCE) -> tuple[Answer, float]:
    """The answer, and how long it took."""
    env = resolver.service.env
    begun = env.now
    got: list[Answer] = []

    def process() -> Any:
        got.append((yield from resolver.resolve(name, kind, patience)))

    env.run(env.process(process()))
    return got[0], env.now - begun


@pytest.mark.parametrize(
    ("name", "kind", "status", "records"),
    [
        ("site.example", "MX", NOERROR, ((20, "mx2.site.example"), (10, "mx1.site.example"))),
        ("mx1.site.example", "A", NOERROR, ("192.0.2.1",)),
        ("www.site.example", "A", NOERROR, ("192.0.2.1",)),
        ("www.site.example", "MX", NODATA, ()),
        ("mx1.site.example", "MX", NODATA, ()),
        ("er.site.example", "A", NODATA, ()),  # exists because something is below it
        ("a.lab.site.example", "MX", NOERROR, ((5, "mx2.site.example"),)),
        ("null.site.example", "MX", NOERROR, ((0, "."),)),
        ("nobody.site.example", "A", NXDOMAIN, ()),
        ("loop.site.example", "A", TRY_AGAIN, ()),
        ("elsewhere.test", "MX", NXDOMAIN, ()),
    ],
)
def test_a_real_zone_answers(names: NameService, name: str, kind: str, status: str, records: tuple[Any, ...]) -> None:
    answer = names.answer(name, kind)
    assert (answer.status, answer.records) == (status, records)


def test_an_answer_is_kept_for_its_ttl(env: simpy.Environment, names: NameService) -> None:
    resolver = Resolver(names)
    assert ask(resolver, "mx2.site.example")[1] == pytest.approx(0.01)
    assert ask(resolver, "mx2.site.example")[1] == 0
    env.run(until=61)
    assert ask(resolver, "mx2.site.example")[1] == pytest.approx(0.01)
    assert resolver.queries == 2


def test_that_a_name_does_not_exist_is_kept_as_long_as_the_soa_says(env: simpy.Environment, names: NameService) -> None:
    resolver = Resolver(names)
    ask(resolver, "nobody.site.example")
    env.run(until=299)
    assert ask(resolver, "nobody.site.example")[1] == 0
    env.run(until=301)
    assert ask(resolver, "nobody.site.example")[1] > 0


def test_without_name_servers_a_resolver_gives_up_after_its_patience(names: NameService) -> None:
    names.go_down()
    answer, took = ask(Resolver(names), "mx1.site.example")
    assert (answer.status, took) == (TRY_AGAIN, 20)


def test_a_name_server_that_comes_back_is_found_at_the_next_try(env: simpy.Environment, names: NameService) -> None:
    names.go_down()
    env.timeout(7).callbacks.append(lambda _: names.come_back())
    answer, took = ask(Resolver(names), "mx1.site.example")
    assert (answer.status, took) == (NOERROR, pytest.approx(10.01))


def test_a_broken_zone_is_servfail_and_is_not_remembered(names: NameService) -> None:
    resolver = Resolver(names)
    names.zones["site.example"].go_down()
    assert ask(resolver, "mx1.site.example")[0].status == TRY_AGAIN
    names.zones["site.example"].come_back()
    assert ask(resolver, "mx1.site.example")[0].status == NOERROR


@pytest.mark.parametrize(
    ("text", "complaint"),
    [
        ("mx1 IN A 192.0.2.1", "begin it with a line such as"),
        ("$ORIGIN site.example.\nmx1 IN A 192.0.2", "line 2"),
        ("$ORIGIN site.example.\nmx1 IN MAIL x", "line 2: unknown rdatatype"),
        ("$ORIGIN site.example.\n@ IN MX ten mx1", "line 2"),
    ],
)
def test_a_malformed_zone_is_refused_with_its_line(names: NameService, text: str, complaint: str) -> None:
    with pytest.raises(ZoneError, match=complaint):
        names.read_zone(text)
    assert list(names.zones) == ["site.example"]


def test_a_zone_is_given_once(names: NameService) -> None:
    with pytest.raises(ZoneError, match="zone site.example is there already"):
        names.read_zone(ZONE)


def test_a_host_of_the_world_has_an_address_even_if_its_zone_leaves_it_out(names: NameService) -> None:
    names.automatic.add("mx9.site.example", "A", "10.0.0.9", 3600)
    names.automatic.add("mx1.site.example", "A", "10.0.0.1", 3600)
    assert names.answer("mx9.site.example", "A").records == ("10.0.0.9",)
    assert names.answer("mx9.site.example", "MX").status == NODATA
    assert names.answer("mx1.site.example", "A").records == ("192.0.2.1",), "what the zone says comes first"

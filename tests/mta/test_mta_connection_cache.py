from dataclasses import dataclass

import pytest

from simlib.mta.process.connection_cache import ConnectionCache


@dataclass
class Open:
    host: str
    last_use: int
    is_open: bool = True
    used_up: bool = False


def play(size: int, uses: list[tuple[str, int]], timeout: float = 300) -> int:
    """How many connections a sequence of (host, second) needs."""
    cache: ConnectionCache[Open] = ConnectionCache(size, timeout)
    opened = 0
    for host, now in uses:
        cache.expired(now)
        kept = cache.find(host, "esmtp")
        if kept is None:
            kept = Open(host, now)
            opened += 1
            cache.put(host, "esmtp", kept)
        kept.last_use = now
    return opened


# hosts 1, 2, 3, 1, 2 with two places, as seen on the real one
def test_uses_within_one_second_tie_and_the_newest_goes() -> None:
    assert play(2, [(host, 0) for host in "12312"]) == 4


def test_of_a_tie_the_newest_is_the_victim_and_of_different_uses_the_oldest() -> None:
    for uses, victim in (((0, 0), "2"), ((0, 1), "1")):
        cache: ConnectionCache[Open] = ConnectionCache(2, 300)
        for host, now in zip("12", uses, strict=True):
            cache.put(host, "esmtp", Open(host, now))
        evicted = cache.put("3", "esmtp", Open("3", 1))
        assert evicted is not None
        assert evicted.host == victim


def test_uses_in_different_seconds_are_told_apart_and_the_oldest_goes() -> None:
    assert play(2, list(zip("12312", range(5), strict=True))) == 5


@pytest.mark.parametrize(("size", "connections"), [(0, 20), (3, 3), (4, 3)])
def test_as_many_places_as_hosts_are_enough(size: int, connections: int) -> None:
    assert play(size, [("123"[n % 3], n) for n in range(20)]) == connections


def test_what_idles_for_the_timeout_is_given_up() -> None:
    assert play(2, [("1", 0), ("1", 299)]) == 1
    assert play(2, [("1", 0), ("1", 300)]) == 2
    assert play(2, [("1", 0), ("1", 0)], timeout=0) == 2


def test_without_places_a_connection_is_its_own_victim() -> None:
    cache: ConnectionCache[Open] = ConnectionCache(0, 300)
    connection = Open("1", 0)
    assert cache.put("1", "esmtp", connection) is connection
    assert len(cache) == 0


def test_a_closed_connection_leaves_its_place_before_an_open_one_is_evicted() -> None:
    cache: ConnectionCache[Open] = ConnectionCache(2, 300)
    old, broken = Open("1", 0), Open("2", 5)
    cache.put("1", "esmtp", old)
    cache.put("2", "esmtp", broken)
    broken.is_open = False
    assert cache.put("3", "esmtp", Open("3", 6)) is broken
    assert cache.find("1", "esmtp") is old


def test_the_end_of_the_process_gives_back_all() -> None:
    cache: ConnectionCache[Open] = ConnectionCache(3, 300)
    for host in "12":
        cache.put(host, "esmtp", Open(host, 0))
    assert sorted(host for host, _ in cache.empty()) == ["1", "2"]
    assert len(cache) == 0


def test_each_mailer_has_connections_of_its_own() -> None:
    cache: ConnectionCache[Open] = ConnectionCache(2, 300)
    for mailer in ("smtp", "esmtp"):
        assert cache.find("1", mailer) is None
        cache.put("1", mailer, Open(mailer, 0))
    assert [cache.find("1", mailer).host for mailer in ("smtp", "esmtp")] == ["smtp", "esmtp"]  # type: ignore[union-attr]

"""Mounts that wait, fail or lie bare; what a client believes of a file; locks (slide claims 14.1-14.6)."""

from collections.abc import Generator
from errno import EINTR, ENOENT, ESTALE, ETIMEDOUT
from math import inf
from typing import Any

import pytest

from simlib import WorkbookError, World
from simlib.site.nfs import NfsMount, NfsServer
from simlib.site.nfs_options import MountOptions

PATH = "/home/hana/.forward"


class Site:
    """A client with /home from a server that is down from 100 s to 1000 s."""

    def __init__(self, **how: Any) -> None:
        self.world = World(seed=1)
        self.client = self.world.host("mail.here.example")
        self.server: NfsServer = self.world.nfs_server("home.here.example", "/home")
        self.mount: NfsMount = self.world.mount(self.client, self.server, "/home", **how)
        self.world.file(self.server.host, PATH, "hana@far.example", owner="hana")
        self.world.outage(self.server, 100, 1000)

    def opened(self, at: float, patience: float = inf, path: str = PATH) -> tuple[Any, float]:
        """What an open() that begins at a time comes to (the text, or an error number), and after how long."""
        seen: list[tuple[Any, float]] = []

        def opens() -> Generator[Any, Any, None]:
            yield self.world.env.timeout(at - self.world.env.now)
            error = yield from self.client.files.reach(path, patience)
            node = error or self.client.files.open(path, "hana")
            seen.append((node if isinstance(node, int) else node.text, round(self.world.env.now - at, 3)))

        self.world.env.process(opens())
        self.world.run(until=at + 2_000)
        return seen[0] if seen else ("still waiting", inf)


THERE = "hana@far.example"


@pytest.mark.parametrize(
    ("options", "patience", "expected"),
    [
        ("hard", inf, (THERE, 800)),
        ("hard,intr", 60, (EINTR, 60)),
        ("hard,nointr", 60, (THERE, 800)),  # the alarm rings, and nobody hears it
        ("soft", inf, (ETIMEDOUT, 4.9)),
        ("soft", 60, (ETIMEDOUT, 4.9)),
        ("soft", 2, (EINTR, 2)),
        ("soft,timeo=20,retrans=4", inf, (ETIMEDOUT, 30)),
    ],
)
def test_a_silent_server(options: str, patience: float, expected: tuple[Any, float]) -> None:
    assert Site(options=options).opened(200, patience) == expected


@pytest.mark.parametrize("options", ["hard", "soft"])
def test_one_that_answers_takes_no_time(options: str) -> None:
    assert Site(options=options).opened(50) == (THERE, 0)


def test_a_broken_line_is_like_a_silent_server() -> None:
    site = Site()
    site.world.outage(("internet", "mail.here.example"), 20, 60)
    assert site.opened(30) == (THERE, 30)


def test_before_it_is_mounted_the_empty_directory_lies_bare() -> None:
    assert Site(after="40s").opened(39) == (ENOENT, 0)
    assert Site(after="40s").opened(41) == (THERE, 0)


def test_after_each_boot_it_is_mounted_anew_and_only_when_the_server_answers() -> None:
    def rebooted(until: float) -> Site:
        site = Site(after="40s")
        site.world.outage(site.client, 300, until)
        return site

    assert rebooted(500).opened(999) == (ENOENT, 0)
    assert rebooted(500).opened(1001) == (THERE, 0)
    assert rebooted(1100).opened(1139) == (ENOENT, 0)
    assert rebooted(1100).opened(1141) == (THERE, 0)


@pytest.mark.parametrize(
    ("at", "patience", "expected"),
    [
        (10, inf, (THERE, 3)),
        (10, 2, (EINTR, 2)),
        (200, inf, (ENOENT, 30)),  # the automounter gives up, and says that there is no such directory
        (200, 60, (ENOENT, 30)),
        (200, 10, (EINTR, 10)),
        (990, inf, (THERE, 13)),
    ],
)
def test_an_automounter(at: float, patience: float, expected: tuple[Any, float]) -> None:
    assert Site(automount="3s").opened(at, patience) == expected


def test_an_automount_is_kept_for_five_minutes_for_each_directory() -> None:
    site = Site(automount="3s")
    site.world.file(site.server.host, "/home/taro/.forward", "x", owner="taro", mode=0o644)
    assert site.opened(2_000) == (THERE, 3)
    site = Site(automount="3s")
    times = [2_000, 2_001, 2_200, 2_500, 2_801]
    waits = []

    def opens(at: float, path: str) -> Generator[Any, Any, None]:
        yield site.world.env.timeout(at)
        yield from site.client.files.reach(path)
        waits.append((path[6:10], at, round(site.world.env.now - at, 3)))

    for at in times:
        site.world.env.process(opens(at, PATH))
    site.world.env.process(opens(2_001, "/home/taro/.forward"))
    site.world.run(until=4_000)
    assert sorted(waits) == [
        ("hana", 2_000, 3), ("hana", 2_001, 2), ("hana", 2_200, 0), ("hana", 2_500, 0), ("hana", 2_801, 3),
        ("taro", 2_001, 3),
    ]  # fmt: skip


def test_an_automount_that_has_failed_is_tried_again() -> None:
    seen: list[tuple[float, int]] = []

    def opens(at: float) -> Generator[Any, Any, None]:
        yield site.world.env.timeout(at)
        error = yield from site.client.files.reach(PATH)
        seen.append((site.world.env.now, error))

    site = Site(automount="3s")
    for at in (10, 400, 500, 1_100):
        site.world.env.process(opens(at))
    site.world.run(until=4_000)
    assert seen == [(13, 0), (430, ENOENT), (530, ENOENT), (1_103, 0)]


def test_a_stale_handle_is_cured_by_mounting_again() -> None:
    site = Site()
    site.world.at(20, site.server.restore)
    assert site.opened(30) == (ESTALE, 0)
    site = Site()
    site.world.at(20, site.server.restore)
    site.world.at(25, site.mount.remount)
    assert site.opened(30) == (THERE, 0)


def test_an_automounter_gets_new_handles_when_it_mounts_again() -> None:
    site = Site(automount="3s")
    site.world.at(20, site.server.restore)
    assert site.opened(10) == (THERE, 3)
    assert site.opened(site.world.env.now + 400) == (THERE, 3)


@pytest.mark.parametrize(("options", "load"), [("hard,nointr", 5), ("hard,intr", 0), ("soft", 0)])
def test_who_cannot_be_interrupted_adds_to_the_load(options: str, load: int) -> None:
    site = Site(options=options)

    def opens() -> Generator[Any, Any, None]:
        yield site.world.env.timeout(200)
        yield from site.client.files.reach(PATH)

    for _ in range(5):
        site.client.spawn(opens())
    site.world.run(until=900)
    assert len(site.client.processors) == load
    site.world.run(until=1_001)
    assert len(site.client.processors) == 0


def test_a_power_cut_of_the_client_ends_the_wait() -> None:
    site = Site(options="nointr")
    site.client.spawn(site.client.files.reach("/home/x"))
    site.world.outage(site.client, 500, 501)
    site.world.at(200, lambda: site.client.spawn(site.client.files.reach("/home/y")))
    site.world.run(until=400)
    assert len(site.client.processors) == 1
    site.world.run(until=600)
    assert len(site.client.processors) == 0


def test_close_to_open_asks_at_each_open_and_nocto_believes_for_a_while() -> None:
    assert [Site().mount.size_seen("/home/f", size, now) for size, now in [(10, 1), (20, 2)]] == [10, 20]
    mount = Site(options="nocto").mount
    looks = [(10, 0), (20, 2.9), (20, 3.1), (30, 6), (20, 6.2), (30, 12.1), (30, 12.3)]
    assert [mount.size_seen("/home/f", size, now) for size, now in looks] == [10, 10, 20, 20, 20, 20, 30]
    mount.seen("/home/f", 50, 20)
    assert mount.size_seen("/home/f", 90, 22) == 50


def test_attributes_are_never_believed_for_longer_than_acregmax() -> None:
    mount = Site(options="nocto,acregmin=3,acregmax=10").mount
    for now in (0, 3, 9, 19):
        mount.size_seen("/home/f", 10, now)
    assert mount.size_seen("/home/f", 99, 28.9) == 10
    assert mount.size_seen("/home/f", 99, 29.1) == 99


def test_a_file_is_written_in_pieces_of_wsize() -> None:
    pieces = Site(options="wsize=4096").mount.pieces(10_000)
    assert [length for length, _ in pieces] == [4096, 4096, 1808]
    assert all(seconds > 0.02 for _, seconds in pieces)
    assert pieces[0][1] > pieces[2][1]


def test_what_mount_prints() -> None:
    site = Site(options="soft")
    root = site.world.shell(site.client)
    assert root("mount") == "home.here.example:/home on /home type nfs (rw,soft)"
    site = Site(automount="3s")
    root = site.world.shell(site.client)
    assert root("mount") == ""
    site.opened(10)
    assert Site(after="1m").world.shell("mail.here.example")("mount") == ""


@pytest.mark.parametrize("text", ["hart", "wsize=big", "timeo=0", "wsize", "soft=1", "acregmin=-1"])
def test_an_option_that_makes_no_sense_is_named(text: str) -> None:
    with pytest.raises(WorkbookError, match=text):
        MountOptions.parse(text)


def test_a_mount_that_makes_no_sense() -> None:
    world = World()
    client, server = world.host("a.example"), world.nfs_server("b.example", "/home", "/usr/local")
    with pytest.raises(WorkbookError, match="does not export /var/mail; it exports /home, /usr/local"):
        world.mount(client, server, "/var/mail")
    with pytest.raises(WorkbookError, match="from itself"):
        world.mount("b.example", server, "/home")
    with pytest.raises(WorkbookError, match="one or the other"):
        world.mount(client, server, "/home", after="1s", automount="1s")
    with pytest.raises(WorkbookError, match="at least one directory"):
        world.nfs_server("c.example")
    world.mount(client, server, "/opt", of="/usr/local/bin")

"""A mailbox file on which several hosts write."""

import pytest

from simlib import Trace, World, lab
from simlib.lab.pictures.pens import GONE, TORN, TWICE, WHOLE


def two_hosts(lock: str = "none", letters: int = 20, mount: str = "hard", size: int = 30_000) -> Trace:
    """Two hosts append letters to one mailbox on a file server, all within some seconds."""
    world = World(seed=3)
    spool = world.nfs_server("spool.example", "/var/mail")
    for name in ("mx1.example", "mx2.example"):
        mail = world.sendmail(name)
        world.agent(mail, "/bin/mail", lock=lock)
        world.mount(mail, spool, "/var/mail", options=mount)
        world.user(mail, "hana", "taro")
        for n in range(letters // 2):
            mail.submit("taro", "hana", size=size, at=n * 0.4 + (0.05 if name == "mx2.example" else 0))
    return world.run(until="5m")


def values(drawing):
    return {name: number.value for name, number in drawing.numbers.items()}


@pytest.mark.parametrize(
    ("lock", "mount", "size"),
    [("none", "hard", 30_000), ("dot-lock", "hard", 30_000), ("dot-lock", "hard,nocto", 2_000)],
)
def test_the_page_is_what_the_bytes_of_the_mailbox_are(lock: str, mount: str, size: int) -> None:
    trace = two_hosts(lock, mount=mount, size=size)
    drawing = lab.pens(trace)
    bytes_read = trace.mailbox("mx1.example", "hana")
    conditions = trace.letters("mx1.example", "hana")["condition"]
    value = values(drawing)
    assert [value[f"letters {kind}"] for kind in (WHOLE, TORN, GONE)] == [
        conditions.count(word) for word in ("intact", "torn", "gone")
    ]
    page = [one for one in drawing.part.spans if one.lane == 2]
    assert [(one.begin, one.end) for one in page[:1]] == [(0, page[0].end)]
    assert page[-1].end == len(bytes_read) == drawing.part.axis.end
    assert [one.end for one in page[:-1]] == [one.begin for one in page[1:]]  # no hole
    for one in page:
        if one.kind == WHOLE:
            assert bytes_read[one.begin : one.end].startswith(b"From taro")
    assert (value["letters torn"] + value["letters gone"] > 0) == (value["bytes written twice"] > 0)
    lengths = sum(trace.letters("mx1.example", "hana")["length"])
    assert value["bytes written twice"] >= lengths - len(bytes_read)


def test_a_lock_costs_waiting_and_saves_all() -> None:
    without, with_lock = (values(lab.pens(two_hosts(lock))) for lock in ("none", "dot-lock"))
    assert without["letters torn"] > 0 == with_lock["letters torn"]
    assert without["waited for a lock"] == 0 < with_lock["waited for a lock"]


def test_a_band_lies_where_letters_of_both_hosts_lie() -> None:
    drawing = lab.pens(two_hosts())
    assert drawing.part.bands
    for band in drawing.part.bands:
        over = [one for one in drawing.part.spans if one.lane < 2 and one.begin < band.end and band.begin < one.end]
        assert len(over) >= 2
        assert band.kind == TWICE


def test_a_letter_stands_in_the_lane_of_its_host() -> None:
    trace = two_hosts("dot-lock")
    drawing = lab.pens(trace)
    mine = {one.message for one in trace.messages if one.host == "mx2.example"}
    assert {int(one.text) for one in drawing.part.spans if one.lane == 1} == mine


def test_nothing_no_files_and_very_much() -> None:
    world = World(seed=1)
    assert lab.pens(world.run(until="1s")).title == "No mailbox file was written"
    mail = world.sendmail("mail.example")
    mail.submit("taro@mail.example", "hana@mail.example")
    assert lab.pens(world.run(until="1m")).part.things() == []
    world.user(mail, "hana")
    for n in range(1_000):
        mail.submit("taro@mail.example", "hana@mail.example", at=100 + n)
    many = lab.pens(world.run(until="1h"))
    assert values(many)["letters whole"] >= 1_000
    assert len(many.part.things()) <= 2 * 120
    assert "the first 120 of" in many.title

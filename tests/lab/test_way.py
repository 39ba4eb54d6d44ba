"""The way of a letter: its places, in order, and what happened there."""

import pytest

from simlib import Trace, WorkbookError, World, lab


def site(down: str = "1s", until: str = "1h") -> Trace:
    world = World(seed=1)
    mail = world.sendmail("mail.here.example", domain="here.example")
    world.sendmail("mx.there.example", domain="there.example")
    world.outage("mx.there.example", "0s", down)
    mail.submit("taro@here.example", "hana@there.example")
    mail.submit("taro@here.example", "jiro@here.example", at="1m")
    mail.queue_run(every="15m")
    return world.run(until=until)


def test_a_letter_goes_from_the_mail_program_to_the_mailbox() -> None:
    way = lab.way(site())
    assert [one.what for one in way.stations] == ["Mail program", "Queue", "Mail host (MX)", "Mailbox"]
    assert [one.where for one in way.stations][1:] == [
        "mail.here.example",
        "mx.there.example",
        "hana on mx.there.example",
    ]
    assert way.stations[-1].when == "0:15:00"
    assert "tried in vain once" in way.stations[1].told


def test_attempts_in_vain_are_counted_and_the_reason_is_told() -> None:
    queue = lab.way(site("20m")).stations[1]
    assert "in vain twice" in queue.told
    assert "Connection timed out" in queue.told


def test_a_letter_that_waits_has_not_come() -> None:
    way = lab.way(site("2h"))
    assert [one.when for one in way.stations] == ["0:00:00", "0:00:00", "not yet", "not yet"]
    assert way.stations[-1].told == "It is queued."


def test_a_letter_within_a_host_meets_no_other() -> None:
    way = lab.way(site(), 2)
    assert [one.what for one in way.stations] == ["Mail program", "Queue", "Mailbox"]
    assert way.stations[1].where == "mail.here.example"
    assert way.stations[-1].when == "0:01:00"


def test_it_is_the_way_to_the_first_recipient() -> None:
    world = World(seed=1)
    mail = world.sendmail("mail.here.example")
    for site in ("far", "near"):
        world.sendmail(f"mx.{site}.example", domain=f"{site}.example")
    world.outage("mx.far.example", "0s", "10m")
    mail.submit("taro@mail.here.example", "hana@far.example", "jiro@near.example")
    mail.queue_run(every="15m")
    assert lab.way(world.run(until="5m")).stations[-1].when == "not yet"
    assert lab.way(world.run(until="1h")).stations[-1].where == "hana on mx.far.example"


def test_the_widget_has_it_in_words() -> None:
    way = lab.way(site("20m"))
    assert way.widget.alternative == repr(way)
    assert [tuple(one) for one in way.widget.stations] == way.stations


def test_what_does_not_fit_is_told() -> None:
    with pytest.raises(WorkbookError, match="give it the trace"):
        lab.way("a trace")  # type: ignore[arg-type]
    with pytest.raises(WorkbookError, match="no message 77; there are"):
        lab.way(site(), 77)

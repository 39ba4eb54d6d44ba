"""The way of a letter: its places, and where it is."""

import pytest

from simlib import WorkbookError, World, lab
from simlib.smtp import Quirks, Reply


def letter(until="30m", through="", quirks=None):
    world = World(seed=1)
    mail = world.sendmail("mail.here.example", domain="here.example", cf=through)
    world.sendmail("hub.here.example", cf="CRmail.here.example")
    world.peer("mx.there.example", domain="there.example", quirks=quirks)
    world.outage("mx.there.example", "0s", "40m")
    mail.submit("taro@here.example", "hana@there.example")
    mail.queue_run(every="15m")
    return world.run(until=until)


def test_a_letter_waits_in_the_queue_of_who_took_it_and_is_marked_there() -> None:
    shown = lab.way(letter())
    assert [place.name for place in shown.places] == ["mail program", "queue", "mailbox"]
    assert [place.where for place in shown.places if place.state == "here"] == ["mail.here.example"]
    assert (shown.places[-1].state, shown.places[-1].lines) == ("later", ("not yet",))
    assert any("timed out" in line for line in shown.places[1].lines)


def test_later_it_is_in_the_mailbox_that_the_mx_record_led_to() -> None:
    shown = lab.way(letter(until="1h"))
    assert [place.where for place in shown.places if place.state == "here"] == ["hana on mx.there.example"]
    assert shown.places[-1].step == "MX of there.example: mx.there.example"
    assert "leaves at 45 min" in shown.places[1].lines and shown.places[-1].lines == ("there at 45 min",)
    assert "it is here now" in repr(shown).splitlines()[-1]
    assert shown.widget.value.count("it is here now") == 1


def test_what_is_refused_for_good_goes_back() -> None:
    shown = lab.way(letter(until="1h", quirks=Quirks(replies={"RCPT": Reply(550, "5.1.1 User unknown")})))
    assert (shown.places[-1].step, shown.places[-1].where) == ("gives up", "taro@here.example")


def test_each_host_on_the_way_has_its_queue() -> None:
    shown = lab.way(letter(through="DShub.here.example"))
    assert [place.where for place in shown.places] == [
        "taro@here.example",
        "mail.here.example",
        "hub.here.example",
        "hana@there.example",
    ]
    assert [place.state for place in shown.places] == ["passed", "passed", "here", "later"]


def test_what_there_is_not_is_told() -> None:
    with pytest.raises(WorkbookError, match="no message 9; there are 1"):
        lab.way(letter(), 9)
    with pytest.raises(WorkbookError, match="give it the trace"):
        lab.way(letter)

"""NoRecipientAction: what the header of a message gets that names nobody it is for."""

import pytest

from simlib import World
from simlib.message.envelope import Message
from simlib.mta.policy.no_recipient import with_recipients

NAMED = ("<hana@one.example>", "<jiro@two.example>")
ADDED = {
    "none": (),
    "add-to": (("To", " <jiro@two.example>"), ("To", " <hana@one.example>")),
    "add-apparently-to": (("Apparently-To", " <jiro@two.example>"), ("Apparently-To", " <hana@one.example>")),
    "add-bcc": (("Bcc", ""),),
    "add-to-undisclosed": (("To", " undisclosed-recipients:;"),),
}
SUBJECT = ("Subject", " hi")


@pytest.mark.parametrize("action", ADDED)
def test_what_each_word_adds(action: str) -> None:
    bare = Message(1, 100, (SUBJECT,))
    done = with_recipients(bare, NAMED, action)
    assert done.headers == (SUBJECT, *ADDED[action])
    assert done.body_size == bare.body_size


@pytest.mark.parametrize("field", ["To", "CC", "Bcc", "apparently-to"])
def test_whoever_names_somebody_needs_nothing(field: str) -> None:
    named = Message(1, 100, ((field, " them"),))
    assert with_recipients(named, NAMED, "add-to") is named


def test_what_arrives_names_its_recipient() -> None:
    world = World(seed=1)
    here = world.sendmail("mail.here.example", cf="O NoRecipientAction=add-to")
    world.sendmail("mx.far.example", domain="far.example")
    here.submit("taro", "hana@far.example", size=500)
    trace = world.run(until="1h")
    (row,) = trace.deliveries
    assert b"\nTo: <hana@far.example>\n" in trace.content(row.message, "hana")
    assert "size=500," in trace.syslog("mail.here.example")

"""What comes in at a host and what it makes of that: streams as wide as their bytes."""

from collections import defaultdict

from simlib import Quirks, Reply, Trace, World, lab
from simlib.lab.pictures.between import MAIL, MOST_PLACES, NOTICES, REFUSED


def spam_run(version: str = "8.8.8", victims: int = 2) -> Trace:
    world = World(seed=17)
    world.sendmail("mail.here.example", domain="here.example", version=version)
    nobody = Reply(550, "5.1.1 No such user")
    for n in range(victims):
        world.peer(
            f"mx.victim{n}.example", domain=f"victim{n}.example", quirks=Quirks(replies={"RCPT": [None, nobody]})
        )
    world.peer("mx.innocent.example", domain="innocent.example", quirks=Quirks(replies={"RCPT": nobody}))
    spammer = world.sendmail("dialup.spam.example", cf="DSesmtp:[mail.here.example]")
    for n in range(4):
        to = [f"u{n}x{k}@victim{n % victims}.example" for k in range(3)]
        spammer.submit("forged@innocent.example", *to, at=60 + n)
    return world.run(until="2h")


def streams(drawing):
    names = [place.name for place in drawing.part.places]
    return {(names[one.start], names[one.end], one.kind): one.steps[-1][1] for one in drawing.part.streams}


def test_a_stream_has_the_bytes_of_its_connections() -> None:
    trace = spam_run()
    expected = defaultdict(int)
    for row in trace.connections.where(outcome="accepted"):
        expected[row.client, row.server] += row.bytes
    drawn = streams(lab.lever(trace))
    for (start, end), size in expected.items():
        assert sum(held for (one, other, _), held in drawn.items() if (one, other) == (start, end)) == size
    numbers = lab.lever(trace).numbers
    assert numbers["bytes into mail.here.example"].value == sum(
        size for (_, end), size in expected.items() if end == "mail.here.example"
    )


def test_the_bounces_of_an_open_relay_are_refused_by_the_innocent_and_end_in_the_mailbox_of_its_postmaster() -> None:
    trace = spam_run()
    drawn = streams(lab.lever(trace))
    assert drawn["mail.here.example", "mx.innocent.example", REFUSED] > 0
    own = trace.deliveries.where(mailbox="postmaster")
    assert drawn["mail.here.example", "mailbox of postmaster", NOTICES] == sum(own["size"]) > 0
    assert ("dialup.spam.example", "mail.here.example", MAIL) in drawn


def test_a_relay_that_is_closed_makes_nothing_of_it() -> None:
    drawn = streams(lab.lever(spam_run("8.18")))
    assert not [one for one in drawn if one[0] == "mail.here.example"]
    assert ("dialup.spam.example", "mail.here.example", REFUSED) in drawn


def test_of_many_hosts_those_that_are_least_busy_share_a_place() -> None:
    places = lab.lever(spam_run(victims=4)).part.places
    assert len([one for one in places if one.x == 1.0]) <= MOST_PLACES
    assert not [one.name for one in places if "others" in one.name]
    busy = lab.lever(many_hosts()).part.places
    assert "16 others" in {one.name for one in busy}


def many_hosts() -> Trace:
    world = World(seed=1)
    mail = world.sendmail("mail.here.example")
    for n in range(20):
        world.sendmail(f"mx.site{n}.example", domain=f"site{n}.example")
        mail.submit("taro@mail.here.example", f"user@site{n}.example")
    return world.run(until="1h")


def test_where_nothing_was_sent_it_says_so() -> None:
    world = World(seed=4)
    world.sendmail("mail.here.example")
    assert lab.lever(world.run(until="1h")).title == "Nothing was sent"

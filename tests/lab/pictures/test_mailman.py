"""Letters for an address that has moved, as streams between three hosts."""

import pytest

from simlib import World, lab

FAR, OLD, NEW = "mail.far.example", "mail.here.example", "mail.new.example"
RULES = (
    "CPREDIRECT FORWARD\nSParseLocal=98\n"
    'R$* < @ $+ .REDIRECT. >\t$#error $@ 5.1.1 $: "551 User has moved; please try " <$1@$2>\n'
)
NEW_ADDRESS = "hana@new.example"
WAYS = {
    "deleted": "",
    "redirect": f"hana: {NEW_ADDRESS}.REDIRECT",
    "forward": f"hana: {NEW_ADDRESS}",
    "both": f"hana: {NEW_ADDRESS}.REDIRECT, {NEW_ADDRESS}",
}


def moved(way, letters=3, straight=0, mode="background"):
    """Letters to the old address of somebody who has moved, and some straight to the new one."""
    world = World(seed=4)
    mail = world.sendmail(OLD, domain="here.example", cf=f"O DeliveryMode={mode}\n{RULES}")
    world.user(mail, "jiro")
    world.sendmail(NEW, domain="new.example")
    far = world.sendmail(FAR, domain="far.example")
    mail.aliases = WAYS[way]
    for n in range(letters):
        far.submit("taro@far.example", "hana@here.example", at=n * 60)
    for n in range(straight):
        far.submit("taro@far.example", NEW_ADDRESS, at=n * 60 + 30)
    return world.run(until="1h")


def streams(drawing):
    """How many connections of which kind there were between which places."""
    names = [one.name for one in drawing.part.places]
    return {(names[one.start], names[one.end], one.kind): one.steps[-1][1] for one in drawing.part.streams}


WRITER, HOST, READER = f"taro at {FAR}", f"old host {OLD}", f"hana at {NEW}"


@pytest.mark.parametrize(
    ("way", "reader", "expected"),
    [
        ("deleted", NEW, {("out", "refused"): 3}),
        ("redirect", NEW, {("out", "letters"): 3, ("back", "notices"): 3}),
        ("forward", READER, {("out", "letters"): 3, ("on", "letters"): 3}),
        ("both", READER, {("out", "letters"): 3, ("on", "letters"): 3, ("back", "notices"): 3}),
    ],
)
def test_each_way_has_its_streams(way, reader, expected) -> None:
    drawing = lab.mailman(moved(way))
    ways = {"out": (WRITER, HOST), "back": (HOST, WRITER), "on": (HOST, f"hana at {NEW}")}
    assert streams(drawing) == {(*ways[to], kind): count for (to, kind), count in expected.items()}
    places = {one.name: one for one in drawing.part.places}
    assert places[HOST].steps[-1][1] == f"{sum(expected.values())} connections"
    assert places[WRITER].steps[-1:] == ([] if way == "forward" else [(places[WRITER].steps[-1][0], "3 notices")])
    letters = [text for _, text in next(one for one in drawing.part.places if NEW in one.name).steps]
    assert letters == (["1 letter", "2 letters", "3 letters"] if way in ("forward", "both") else [])


@pytest.mark.parametrize("way", WAYS)
def test_its_numbers_are_those_of_the_charts_and_tables(way) -> None:
    trace = moved(way, straight=2)
    numbers = lab.mailman(trace).numbers
    of_hosts = lab.in_and_out(trace).numbers
    for name in ("work", "connections in", "connections out", "notices made"):
        assert numbers[f"{name} at {OLD}"] == of_hosts[f"{name} at {OLD}"]
    assert numbers[f"letters at {NEW}"].value == len(trace.deliveries.where(host=NEW))
    assert numbers["notices to the writers"].value == len(trace.deliveries.where(host=FAR))


def test_what_goes_straight_goes_past_the_old_host() -> None:
    drawing = lab.mailman(moved("redirect", letters=1, straight=4))
    assert streams(drawing)[WRITER, READER, "letters"] == 4
    assert drawing.numbers[f"work at {OLD}"].value == 2


def test_an_interactive_host_refuses_where_another_sends_a_notice() -> None:
    drawing = lab.mailman(moved("redirect", mode="interactive"))
    assert list(streams(drawing)) == [(WRITER, HOST, "refused")]
    assert drawing.numbers["notices to the writers"].value == 3


def test_each_place_stands_where_it_stood_whatever_the_way() -> None:
    at = {tuple((one.x, one.y) for one in lab.mailman(moved(way, straight=1)).part.places) for way in WAYS}
    assert len(at) == 1


def test_where_nothing_was_sent_nothing_flows() -> None:
    world = World(seed=1)
    world.sendmail(OLD)
    drawing = lab.mailman(world.run(until="1h"))
    assert (drawing.title, drawing.part.streams) == ("Nothing was sent", [])


def test_of_very_many_letters_all_are_counted() -> None:
    world = World(seed=4)
    mail = world.sendmail(OLD, domain="here.example")
    for n in range(12):
        world.sendmail(f"mail{n}.new.example", domain=f"new{n}.example")
    far = world.sendmail(FAR, domain="far.example")
    for n in range(1500):
        far.submit("taro@far.example", "hana@here.example" if n % 2 else f"hana@new{n % 12}.example", at=n)
    trace = world.run(until="1h")
    drawing = lab.mailman(trace)
    assert len(drawing.part.places) == 7
    assert sum(streams(drawing).values()) == len(trace.connections.where(outcome="accepted"))
    assert max(len(one.steps) for one in drawing.part.streams) <= 120
    assert mail.name == OLD


def test_at_each_moment_the_work_is_what_has_flowed_to_and_from_the_old_host() -> None:
    part = lab.mailman(moved("both", letters=200)).part
    (old,) = [n for n, one in enumerate(part.places) if one.name == HOST]
    touching = [one.steps for one in part.streams if old in (one.start, one.end)]
    for time, text in part.places[old].steps:
        flowed = sum(max((n for when, n, _ in steps if when <= time), default=0) for steps in touching)
        assert text == f"{flowed:,} connections"
    assert len(part.places[old].steps) <= 120

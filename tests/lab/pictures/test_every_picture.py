"""What holds of every picture: it can be sent, each thing has a sentence and a tone, and any trace will do."""

import json

import pytest

from simlib import World, lab
from simlib.lab.pictures.drawing import Drawing
from tests.properties.sites import drawn

PICTURES = {
    "journey": lab.journey,
    "pigeonholes": lab.pigeonholes,
    "overload": lab.overload,
    "pipe": lab.pipe,
    "hooks": lab.hooks,
    "clocks": lab.clocks,
    "reading": lab.reading,
    "exchange": lab.exchange,
    "lives": lab.lives,
    "wish": lab.wish,
    "doors": lab.doors,
    "eighth_bit": lab.eighth_bit,
    "threads": lab.threads,
    "replies": lab.replies,
    "mailman": lab.mailman,
    "pens": lab.pens,
    "drops": lab.drops,
    "replacement": lab.replacement,
    "lever": lab.lever,
}


def every_kind(part) -> list[str]:
    """The kinds of all things on a drawing."""
    data = part.data()
    rows = [
        row
        for name in ("spans", "marks", "arrows", "bands", "curves", "links", "streams")
        for row in data.get(name, [])
    ]
    rows += [cell for tape in data.get("tapes", []) for cell in tape["cells"] if cell["kind"]]
    kinds = [row["kind"] for row in rows]
    return kinds + [step[1] for box in data.get("boxes", []) for step in box["steps"]]


def check(drawing: Drawing) -> None:
    scene = json.dumps(drawing.scene(), allow_nan=False)
    assert len(scene) < 400_000  # it is sent at each move of a slider
    assert all(told and told == told.strip() for told in drawing.part.things())
    assert set(every_kind(drawing.part)) <= set(drawing.key)
    assert drawing.title and repr(drawing).startswith(drawing.title)


@pytest.mark.parametrize("name", PICTURES)
def test_nothing_happened(name) -> None:
    world = World(seed=4)
    world.sendmail("mail.here.example")
    check(PICTURES[name](world.run(until="1h")))


@pytest.mark.parametrize("name", PICTURES)
def test_whatever_happened_at_a_site(name) -> None:
    for seed in range(40, 48):
        check(PICTURES[name](drawn(seed).run(until="6h")))


@pytest.mark.parametrize("name", PICTURES)
def test_very_much_happened(name) -> None:
    world = World(seed=4)
    mail = world.sendmail("mail.here.example", cf="O QueueLA=10000\nO RefuseLA=10000")
    for n in range(8):
        world.sendmail(f"mx.site{n}.example", domain=f"site{n}.example")
    for n in range(2_000):
        mail.submit("taro@mail.here.example", f"user@site{n % 8}.example", at=n)
    check(PICTURES[name](world.run(until="2h")))


def test_every_picture_of_the_lab_is_here() -> None:
    """A picture is whatever comes from this package; ``pairs`` is of many runs and has its own test."""
    made = {name for name in lab.__all__ if getattr(lab, name).__module__.startswith("simlib.lab.pictures.")}
    assert {name for name in made if not name.endswith("_with")} == {*PICTURES, "pairs"}

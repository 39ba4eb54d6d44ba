"""From each line of the mail log to the number of mailstats that it adds one to."""

import re
from collections import Counter

import pytest

from simlib import World
from simlib.lab.pictures.threads import GONE, LINE, MOST, NOTHING, threads

HERE = "mail.here.example"


def counted(out=3, in_=2, inside=4, down="0s", cleared=None):
    """Letters from here to elsewhere, from elsewhere to here, and from here to here."""
    world = World(seed=11)
    mail = world.sendmail(HERE, domain="here.example", cf="O StatusFile=/var/log/sendmail.st")
    far = world.sendmail("mx.far.example", domain="far.example")
    if down != "0s":
        world.outage(far.daemon, "0s", down)
    for n in range(out):
        mail.submit("taro@here.example", "hana@far.example", at=n)
    for n in range(in_):
        far.submit("hana@far.example", "taro@here.example", at=n)
    for n in range(inside):
        mail.submit("taro@here.example", "ken@here.example", at=n)
    mail.queue_run(every="10m")
    if cleared is not None:
        world.run(until=cleared)
        world.shell(mail)("cp /dev/null /var/log/sendmail.st")
    return world.run(until="2h")


def printed(trace):
    """The numbers of messages as mailstats prints them."""
    rows = (line.split() for line in trace.mailstats(HERE).splitlines()[2:])
    found = {}
    for row in rows:
        if row[-1].isalpha() and len(row) > 5:
            found |= {f"msgsfr of {row[-1]}": int(row[1]), f"msgsto of {row[-1]}": int(row[3])}
    return found


def values(drawing):
    return {name: number.value for name, number in drawing.numbers.items()}


def sums(drawing):
    """What the lines that are linked to each number add up to."""
    left, right = (tape.cells for tape in drawing.part.tapes)
    found = Counter()
    for one in drawing.part.links:
        many = re.match(r"([0-9]+) × ", left[one.cell].text)
        found[right[one.to_cell].text.partition(" ")[2]] += int(many[1]) if many else 1
    return dict(found)


@pytest.mark.parametrize("letters", [(1, 1, 1), (3, 2, 4), (9, 9, 9), (0, 2, 0)])
def test_its_numbers_are_those_of_mailstats_and_its_lines_add_up_to_them(letters) -> None:
    trace = counted(*letters)
    drawing = threads(trace)
    table = printed(trace)
    number = values(drawing)
    assert table
    assert {name: number[name] for name in table} == table
    assert sums(drawing) == {name: count for name, count in table.items() if count}


def test_a_letter_that_stays_inside_is_counted_twice_in_the_row_of_local() -> None:
    drawing = threads(counted(0, 0, 4))
    assert sums(drawing) == {"msgsfr of local": 4, "msgsto of local": 4}
    assert sums(threads(counted(4, 0, 0))) == {"msgsfr of local": 4, "msgsto of esmtp": 4}


def test_a_line_of_an_attempt_in_vain_adds_nothing() -> None:
    trace = counted(1, 0, 0, down="25m")
    drawing = threads(trace)
    deferred = trace.syslog(HERE).count("stat=Deferred")
    kinds = [cell.kind for cell in drawing.part.tapes[0].cells]
    assert deferred > 1
    assert kinds == [LINE, *[NOTHING] * deferred, LINE]
    assert values(drawing)["lines that add nothing"] == deferred


def test_after_the_file_was_emptied_what_came_before_is_gone() -> None:
    trace = counted(5, 0, 0, cleared=2.5)
    drawing = threads(trace)
    assert printed(trace) == {"msgsfr of local": 2, "msgsto of esmtp": 2} | {"msgsto of local": 0, "msgsfr of esmtp": 0}
    assert sums(drawing) == {"msgsfr of local": 2, "msgsto of esmtp": 2}
    assert [cell.kind for cell in drawing.part.tapes[0].cells].count(GONE) == 6


def test_of_many_letters_those_of_one_kind_are_one() -> None:
    trace = counted(400, 400, 400)
    drawing = threads(trace)
    assert len(drawing.part.tapes[0].cells) <= MOST
    assert sums(drawing) == printed(trace)


def test_where_nothing_was_counted_nothing_is_linked() -> None:
    assert threads(counted(0, 0, 0)).part.links == []
    assert values(threads(World(seed=1).run(until="1m")))["msgsfr of local"] == 0

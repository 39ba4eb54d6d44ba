"""A text whose pieces tell what they mean."""

import pytest

from simlib import WorkbookError, World, lab
from simlib.lab.fields import MARKS, known_pieces

HERE = "mail.here.example"


def queue_run(cf="", until="20m", letters=3):
    world = World(seed=1)
    mail = world.sendmail(HERE, domain="here.example", cf=f"O DeliveryMode=queueonly\n{cf}")
    world.sendmail("mx.there.example", domain="there.example")
    world.outage("mx.there.example", "0s", "15m")
    for n in range(letters):
        mail.submit("taro@here.example", f"hana{n}@there.example", at=n)
    mail.queue_run(at="10m", every="10m")
    return world.run(until=until)


def meanings(text):
    return {piece: meaning for piece, meaning in known_pieces(text) if meaning}


def lines(trace, word):
    return [line for line in trace.syslog(HERE).splitlines() if word in line]


@pytest.mark.parametrize("word", ["from=", "stat=queued", "stat=Deferred", "stat=Sent"])
def test_every_field_of_a_log_line_has_its_meaning_and_nothing_is_left_out(word) -> None:
    line = lines(queue_run(until="30m"), word)[0]
    pieces = known_pieces(line)
    assert "".join(text for text, _ in pieces) == line
    assert [text for text, meaning in pieces if "=" in text and not meaning] == []
    assert {text for text, meaning in pieces if not meaning} <= {" ", "[", "]: ", ": ", ", "}


def test_an_address_in_brackets_and_none_mean_two_things() -> None:
    called, not_called = (meanings(line) for line in lines(queue_run(), "Deferred")[:2])
    assert "there was a connect" in called["relay=mx.there.example. [10.0.0.2]"]
    assert "no connect" in not_called["relay=mx.there.example."]


def test_the_relay_of_a_letter_taken_is_where_it_came_from() -> None:
    (line,) = lines(queue_run(letters=1), "from=")
    assert "handed in on this host" in meanings(line)["relay=root@localhost"]


@pytest.mark.parametrize("mark", MARKS)
def test_an_entry_of_mailq_is_known_with_its_mark(mark) -> None:
    entry = f"c619P0iX000205{mark}     999 Wed Jul  1 09:25 <taro@here.example>"
    said = meanings(entry)
    assert said[mark] == MARKS[mark]
    assert {"c619P0iX000205", "999", "Wed Jul  1 09:25", "<taro@here.example>"} <= set(said)


def test_a_listing_of_a_run_is_known_line_by_line() -> None:
    said = meanings(queue_run(letters=1).mailq(HERE))
    assert "why it is still here" in said["(Deferred: Connection timed out with mx.there.example.)"]
    assert "recipient" in said["<hana0@there.example>"]
    assert "all queues" in said["Total requests: 1"]


def test_a_dialogue_is_known_line_by_line() -> None:
    trace = queue_run(until="30m")
    (connection,) = trace.connections.where(outcome="accepted")["connection"]
    text = trace.dialogue(connection)
    assert "".join(piece for piece, _ in known_pieces(text)) == text
    said = meanings(text)
    assert "the letter itself follows" in said["DATA"]
    assert "go on" in said["354"] and "more lines" in said["-"] and "several commands" in said["PIPELINING"]
    assert [line for line in text.splitlines() if line.startswith(">>>") and line[4:] not in said] == []


def test_meanings_of_ones_own_stand_where_the_pieces_are() -> None:
    shown = lab.read("a b a", {"b": "two", "a": "one"})
    assert shown.pieces == [("a", "one"), (" ", ""), ("b", "two"), (" a", "")]
    assert repr(shown) == "a b a\n  a: one\n  b: two"
    assert shown.widget.pieces == [list(piece) for piece in shown.pieces]


@pytest.mark.parametrize(
    "arguments", [("nothing is known of this",), ("a b", {"c": "three"}), ("ab", {"ab": "1", "a": "2"})]
)
def test_what_is_not_known_or_not_there_is_told(arguments) -> None:
    with pytest.raises(WorkbookError, match="read: "):
        lab.read(*arguments)

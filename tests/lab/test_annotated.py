"""Every field of what an administrator reads is named, and nothing of the text is changed."""

import pytest

from simlib import Trace, WorkbookError, World, lab
from simlib.lab.fields import Piece, fields_of


def site(flags: str = "a", recipients: int = 1, letters: int = 1) -> Trace:
    world = World(seed=1)
    mail = world.sendmail(
        "mail.here.example",
        cf=f"O DeliveryMode=queueonly\nMesmtp, P=[IPC], F=mDFMuX{flags}, A=TCP $h",
        latency="80ms",
    )
    world.sendmail("mx.there.example", domain="there.example")
    for _ in range(letters):
        mail.submit("taro@mail.here.example", *(f"user{n}@there.example" for n in range(recipients)))
    mail.queue_run(at="1m")
    return world.run(until="10m")


def waiting(until: str = "11m 40s") -> Trace:
    """Letters with each of mailq's marks."""
    world = World(seed=1)
    mail = world.sendmail("mail.here.example", cf="O DeliveryMode=queueonly\nO MinQueueAge=30m")
    refuses = world.sendmail("mx.refuses.example", domain="refuses.example")
    world.sendmail("mx.dead.example", domain="dead.example")
    world.outage(refuses.daemon, "0s", "3h")
    world.outage("mx.dead.example", "0s", "3h")
    world.busy(mail, 60, "11m", "12m")
    mail.submit("taro@mail.here.example", "hana@refuses.example")
    for name in ("jiro", "ken"):
        mail.submit("taro@mail.here.example", f"{name}@dead.example", at="5m")
    mail.submit("taro@mail.here.example", *(f"ken{n}@refuses.example" for n in range(3)), at="11m 10s")
    mail.queue_run(every="10m", at="1m")
    return world.run(until=until)


def pieces(text: str) -> list[Piece]:
    return [piece for line in fields_of(text) for piece in line]


def meaning(text: str, name: str) -> list[str]:
    return [piece.meaning for piece in pieces(text) if piece.name == name]


def test_the_pieces_of_a_line_are_the_line() -> None:
    trace = waiting("2h")
    texts = [trace.syslog("mail.here.example"), waiting().mailq("mail.here.example"), site(recipients=3).dialogue(1)]
    for text in [*texts, "no log at all", "Jul  1 09:00:00 mx sendmail[7]: rejecting connections"]:
        assert ["".join(piece.text for piece in line) for line in fields_of(text)] == text.strip("\n").split("\n")


def test_every_field_of_the_log_has_its_name() -> None:
    log = site().syslog("mail.here.example").splitlines()
    named = {piece.name for piece in pieces("\n".join(log))}
    assert {
        "time",
        "host",
        "process",
        "queue id",
        "from=",
        "to=",
        "delay=",
        "xdelay=",
        "relay=",
        "dsn=",
        "stat=",
    } <= named
    assert all(piece.name or not piece.text.strip(",: ") for piece in pieces("\n".join(log)))


def test_a_relay_with_an_address_was_tried_and_one_without_was_not() -> None:
    world = World(seed=1)
    mail = world.sendmail("mail.here.example", cf="O DeliveryMode=queueonly")
    world.sendmail("mx.dead.example", domain="dead.example")
    world.outage("mx.dead.example", "0s", "3h")
    for name in ("hana", "jiro"):
        mail.submit("taro@mail.here.example", f"{name}@dead.example")
    mail.queue_run(at="1m")
    log = world.run(until="5m").syslog("mail.here.example").splitlines()
    tried, put_back = (meaning(line, "relay=")[0] for line in log if "Deferred" in line)
    assert "a connection was tried" in tried
    assert "nothing was sent" in put_back
    assert "handed the letter in" in meaning(log[0], "relay=")[0]


@pytest.mark.parametrize(
    ("stat", "told"),
    [
        ("Sent (ok)", "done"),
        ("Deferred: no", "tried again"),
        ("queued", "not tried yet"),
        ("User unknown", "not be tried"),
    ],
)
def test_what_came_of_it_is_told_by_the_first_word(stat: str, told: str) -> None:
    line = f"Jul  1 09:00:00 mx sendmail[7]: c61900oX000202: to=<a@b>, dsn=2.0.0, stat={stat}"
    assert told in meaning(line, "stat=")[0]


def test_every_mark_of_mailq_is_told() -> None:
    listing = waiting().mailq("mail.here.example")
    for mark, told in {"*": "locked", "-": "too young", "X": "load is too high"}.items():
        assert any(told in said for said in meaning(listing, f"mark {mark}"))
    assert len(meaning(listing, "recipient")) == 6
    assert len(meaning(listing, "reason")) == 1


@pytest.mark.parametrize("flags", ["a", "2"])
@pytest.mark.parametrize(("recipients", "letters"), [(1, 1), (4, 1), (1, 3), (3, 2)])
def test_round_trips_are_those_of_the_run(flags: str, recipients: int, letters: int) -> None:
    trace = site(flags, recipients, letters)
    told = " ".join(piece.meaning for piece in pieces(trace.dialogue(1)))
    (took,) = trace.connections["round_trips"]
    assert f"Round trip {took}." in told
    assert f"Round trip {took + 1}." not in told
    assert ("no round trip of its own" in told) == (flags == "a")


def test_what_is_no_reply_is_left_as_it_is() -> None:
    text = ">>> MIAL a\n<<< hello there\n<<<\n"
    assert ["".join(piece.text for piece in line) for line in fields_of(text)] == text.splitlines()
    assert meaning(text, "command") == ["a command. Round trip 2."]


def test_as_text_it_is_the_lines_and_each_meaning_once() -> None:
    shown = repr(lab.annotated(site(letters=2).syslog("mail.here.example"), "The log"))
    assert shown.startswith("The log\nJul  1 09:00:00 mail sendmail")
    assert shown.count("queue id: the name of the letter") == 1
    assert "    xdelay=00:00:01  xdelay=: how long this attempt took" in shown


def test_what_is_no_text_is_told() -> None:
    for wrong in ("", " \n", 7):
        with pytest.raises(WorkbookError, match="give it text"):
            lab.annotated(wrong)  # type: ignore[arg-type]

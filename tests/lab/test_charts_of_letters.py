"""Copies, fates one a line, and who is told what."""

import json
from time import perf_counter

import pytest

from simlib import Trace, World, lab
from simlib.errors import WorkbookError
from simlib.smtp import Quirks, Reply


def values(chart):
    return {name: number.value for name, number in chart.numbers.items()}


def points(chart, name):
    return {series.name: series.points for series in chart.series}[name]


def over_quota(flags: str, runs: int) -> Trace:
    """One letter to three users, one of whom is over her quota for some queue runs (slide claim 01.5)."""
    arguments = "mail.local -l" if "z" in flags else "mail.local -d $u"
    world = World(seed=1)
    mail = world.sendmail(
        "mail.here.example", cf=f"Mlocal, P=/usr/libexec/mail.local, F=lsDFMAw5:/|@q{flags}, A={arguments}"
    )
    world.disk(mail, 10_000, block_size=1_024, on="/var/mail")
    world.user(mail, "taro", "jiro")
    world.user(mail, "hana", quota=100)
    world.fill(mail, 100, "0s", runs * 600 + 300, on="/var/mail", owner="hana")
    mail.submit("boss@here.invalid", "taro", "hana", "jiro", at="1m")
    mail.queue_run(at="10m", every="10m")
    return world.run(until=900 + runs * 600)


def test_with_m_each_queue_run_brings_another_copy_to_all_but_one() -> None:
    most = []
    for runs in (0, 2, 6):
        trace = over_quota("mP", runs)
        value = values(lab.copies(trace))
        assert value["copies in all"] == len(trace.deliveries)
        assert value["processes started"] == len(trace.agents)
        assert value["copies to taro"] == trace.deliveries["mailbox"].count("taro")
        most.append(value["copies of one letter, at most"])
    assert most == sorted(most)
    assert len(set(most)) == 3


def test_lmtp_brings_one_copy_to_each() -> None:
    value = values(lab.copies(over_quota("PSXmnz", 6)))
    assert (value["copies of one letter, at most"], value["copies in all"]) == (1, 3)


def test_a_copy_stands_at_its_time_in_the_row_of_its_mailbox() -> None:
    trace = over_quota("mP", 2)
    chart = lab.copies(trace)
    row = chart.y.names.index("jiro")
    times = [row.time for row in trace.deliveries if row.mailbox == "jiro"]
    drawn = [[x for x, y in points(chart, name) if y == row] for name in ("the first copy", "another copy")]
    assert [time * 60 for line in drawn for time in line] == pytest.approx(times, abs=0.01)
    assert [len(line) for line in drawn] == [1, len(times) - 1]


def relayed_by(version: str) -> Trace:
    world = World(seed=8)
    mail = world.sendmail("mail.here.example")
    world.sendmail("gate.there.example", version=version, cf="DS[mx.there.example]\nCR example")
    world.sendmail("mx.there.example", cf="Cwthere.example")
    world.zone("@ 3600 MX 10 gate.there.example.", origin="there.example")
    for n in range(3):
        mail.submit("taro", "hana@there.example", notify=["success"], at=n)
    return world.run(until="5m")


def test_of_what_an_old_host_takes_the_sender_hears_only_that_it_was_relayed() -> None:
    new, old = (values(lab.told(relayed_by(version))) for version in ("8.18", "8.6.12"))
    assert (new["told delivered"], new["told relayed"]) == (3, 0)
    assert (old["told delivered"], old["told relayed"]) == (0, 3)


GONE = Quirks(replies={"RCPT": Reply(550, "5.1.1 user unknown")})


def spam(postmaster: str, notify=None, sender: str = "x@gone.example") -> Trace:
    """Letters to a user who is not there, from a sender who is not there either (slide claims 07)."""
    world = World(seed=1)
    mail = world.sendmail("mail.here.example", cf=f"O DoubleBounceAddress={postmaster}")
    world.user(mail, "postmaster", "taro")
    world.peer("mx.gone.example", domain="gone.example", quirks=GONE)
    for n in range(4):
        mail.submit(sender, "hana@gone.example", at=n, notify=notify)
    return world.run(until="10m")


def test_what_cannot_be_returned_the_postmaster_hears_of_or_nobody() -> None:
    heard, hushed = values(lab.told(spam("postmaster"))), values(lab.told(spam("")))
    assert (heard["returned to the sender"], heard["the postmaster is told"], heard["nobody is told"]) == (0, 4, 0)
    assert (hushed["returned to the sender"], hushed["the postmaster is told"], hushed["nobody is told"]) == (0, 0, 4)


def test_a_sender_who_is_there_gets_it_back_unless_he_wants_to_hear_nothing() -> None:
    assert values(lab.told(spam("postmaster", sender="taro")))["returned to the sender"] == 4
    silent = values(lab.told(spam("postmaster", ["never"], "taro")))
    assert (silent["returned to the sender"], silent["nobody is told"]) == (0, 4)


def test_what_has_no_sender_goes_to_the_postmaster() -> None:
    assert values(lab.told(spam("postmaster", sender="")))["the postmaster is told"] == 4


def waiting(warn: str = "4h", give_up: str = "5d", down: str = "3d") -> Trace:
    world = World(seed=1)
    mail = world.sendmail("mail.here.example", cf=f"O Timeout.queuewarn={warn}\nO Timeout.queuereturn={give_up}")
    world.user(mail, "taro")
    world.sendmail("mx.there.example", domain="there.example")
    world.sendmail("mx.well.example", domain="well.example")
    world.outage("mx.there.example", "0s", down)
    mail.submit("taro", "hana@there.example", at="1m")
    mail.submit("taro", "jiro@well.example", "hana@there.example", at="1h")
    mail.queue_run(every="30m")
    return world.run(until="4d")


def test_who_is_warned_of_one_recipient_is_not_warned_of_the_other() -> None:
    assert values(lab.told(waiting()))["warned"] == 2
    assert values(lab.told(waiting(warn="0s")))["warned"] == 0


def test_each_letter_ends_as_one_of_the_fates_and_all_of_them_add_up() -> None:
    fates = {
        "late": (waiting(), {"came in time": 1, "came late": 2, "warnings sent": 2}),
        "given up": (waiting(give_up="1d"), {"came in time": 1, "returned": 2, "warnings sent": 2}),
        "not there yet": (waiting(down="9d"), {"came in time": 1, "still on their way": 2, "warnings sent": 2}),
        "no warning": (waiting(warn="0s"), {"came in time": 1, "came late": 2}),
    }
    for trace, expected in fates.values():
        value = values(lab.letters(trace))
        assert {name: count for name, count in value.items() if count} == expected
        assert sum(value.values()) - value["warnings sent"] == trace.totals()["submitted"]


def test_a_line_goes_from_sending_to_the_end_in_the_order_of_sending() -> None:
    trace = waiting(give_up="1d")
    chart = lab.letters(trace)
    day = 86_400
    sent, ended = points(chart, "returned")[0:2]
    first = trace.messages.where(notice=False, state="bounced").sorted("submitted")
    assert (sent[1], ended[1]) == (1, 1)
    assert (sent[0] * day, ended[0] * day) == pytest.approx((60, first["finished"][0]), abs=5)
    warning = trace.notices.where(kind="warning")["time"][0]
    assert points(chart, "warned")[0] == (pytest.approx(warning / day, abs=1e-4), 1)


def test_what_is_late_is_a_matter_of_the_rule() -> None:
    trace = waiting()
    (delay,) = {row.delay for row in trace.messages if row.recipient == "hana@there.example" and row.submitted == 60}
    assert values(lab.letters_with(late=delay - 1)(trace))["came late"] == 1
    assert values(lab.letters_with(late="3d")(trace))["came late"] == 0
    assert values(lab.letters_with(late="1h", since="3d")(trace))["came late"] == 0
    with pytest.raises(WorkbookError, match="soon"):
        lab.letters_with(late="soon")


def test_a_mailbox_on_another_host_than_its_owner_reads_is_a_wrong_one() -> None:
    world = World(seed=1)
    mail = world.sendmail("mail.here.example")
    world.sendmail("mail.new.example", domain="new.example")
    world.user(mail, "taro", "hana")
    mail.submit("taro", "hana", at="1m")
    mail.submit("taro", "taro", at="2m")
    mail.submit("taro", "hana@new.example", at="3m")
    rule = lab.letters_with(belongs={"hana": "mail.new.example"})
    chart = rule(world.run(until="10m"))
    assert values(chart)["in a wrong mailbox"] == 1
    assert values(chart)["came in time"] == 2
    assert [y for _, y in points(chart, "in a wrong mailbox")] == [1, 1]


def test_a_rule_is_a_chart_of_show_and_names_itself() -> None:
    world_of = lambda down="3d": waiting(down=down)  # noqa: E731  # a scenario in one line
    shown = lab.explore(world_of, down=["3d", "9d"], show=[lab.letters, lab.letters_with(late="15m", since=60)])
    assert "show=[lab.letters, lab.letters_with(late='15m', since=60)]" in shown.code
    assert [chart.title for chart in shown.charts] == [
        "Each letter (late: more than 1 h)",
        "Each letter (late: more than 15 min)",
    ]


def test_one_letter_and_six_hundred_are_drawn_in_a_moment() -> None:
    for many in (1, 600):
        world = World(seed=1)
        mail = world.sendmail("mail.here.example")
        world.sendmail("mx.there.example", domain="there.example")
        for n in range(many):
            mail.submit("taro", "hana@there.example", at=n * 5)
        trace = world.run(until="1h")
        begun = perf_counter()
        chart = lab.letters(trace)
        drawn = json.dumps(chart.option(), allow_nan=False)
        assert perf_counter() - begun < 0.5
        assert chart.option()["yAxis"]["max"] == many + 1
        assert drawn.count('"symbol": "none"') == many


@pytest.mark.parametrize("draw", [lab.copies, lab.told, lab.letters, lab.encodings])
def test_a_run_without_mail(draw) -> None:
    world = World(seed=1)
    world.sendmail("mail.here.example")
    json.dumps(draw(world.run(until="1m")).option(), allow_nan=False)

"""The life of each letter: a line from when it was sent to its end, with its fate, its warnings, and what was down."""

from simlib import Trace, World, lab
from simlib.lab.charts_of_letters import CAME, CAME_LATE, RETURNED, WARNED
from simlib.lab.pictures.lives import MOST, OUTAGE

DAY = 86_400


def holiday(give_up: int = 5, letters: int = 6, days: int = 9) -> Trace:
    world = World(seed=7)
    mail = world.sendmail("mail.here.example", cf=f"O Timeout.queuereturn={give_up}d\nO Timeout.queuewarn=4h")
    there = world.sendmail("mx.there.example", domain="there.example")
    world.outage(there.daemon, "0s", days * DAY)
    for n in range(letters):
        mail.submit("taro@mail.here.example", "hana@there.example", at=n * days * DAY / letters)
    mail.queue_run(every="8h")
    return world.run(until="12d")


def test_lines_are_as_long_as_their_letters_waited_in_the_tone_of_their_fates() -> None:
    trace = holiday()
    part = lab.lives(trace).part
    letters = sorted(trace.messages.where(notice=False), key=lambda one: one.submitted)
    lines = [span for span in part.spans if span.kind != OUTAGE]
    assert [(span.begin, span.end) for span in lines] == [(one.submitted, one.finished) for one in letters]
    words = {"delivered": CAME_LATE, "bounced": RETURNED}
    assert [span.kind for span in lines] == [words[one.state] for one in letters]
    assert len({span.row for span in lines}) == len(letters)


def test_a_longer_patience_of_the_sender_returns_less() -> None:
    few, none = lab.lives(holiday(5)).numbers, lab.lives(holiday(14)).numbers
    assert few[RETURNED].value > 0 == none[RETURNED].value


def test_a_warning_stands_on_the_line_of_its_letter() -> None:
    trace = holiday()
    part = lab.lives(trace).part
    warned = trace.notices.where(kind="warning")
    marks = [mark for mark in part.marks if mark.kind == WARNED]
    assert [mark.at for mark in marks] == warned["time"]
    rows = {span.told.split()[1]: span.row for span in part.spans if span.kind != OUTAGE}
    assert [mark.row for mark in marks] == [rows[str(about)] for about in warned["about"]]


def test_what_was_down_is_a_lane_and_a_band_behind_the_letters() -> None:
    part = lab.lives(holiday()).part
    assert [lane.name for lane in part.lanes] == ["mx.there.example: port 25", "letters"]
    (band,) = part.bands
    assert (band.first, band.last, band.begin, band.end) == (0, 1, 0.0, 9.0 * DAY)


def test_of_very_many_one_of_every_few_is_drawn_and_all_are_counted() -> None:
    drawing = lab.lives(holiday(letters=300))
    assert len([span for span in drawing.part.spans if span.kind != OUTAGE]) <= MOST
    assert "one of every 5 letters" in drawing.title
    assert sum(drawing.numbers[name].value for name in (CAME, CAME_LATE, RETURNED)) == 300


def test_where_no_letter_was_there_is_an_empty_lane() -> None:
    world = World(seed=4)
    world.sendmail("mail.here.example")
    assert [lane.note for lane in lab.lives(world.run(until="1h")).part.lanes] == ["0 letters"]

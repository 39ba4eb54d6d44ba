"""Where films stop: what is asked there, and that the run itself gives the answer."""

import pytest

from simlib import World
from simlib.exercises.exercise import ExerciseError
from simlib.exercises.surprises import SURPRISES, surprise


def dead(remember: str = "30m"):
    world = World(seed=4)
    mail = world.sendmail("mail.here.example", cf=f"O DeliveryMode=queueonly\nO Timeout.hoststatus={remember}")
    world.sendmail("mx.dead.example", domain="dead.example")
    world.outage("mx.dead.example", "0s", "30m")
    for n in range(2):
        mail.submit("taro@mail.here.example", f"user{n}@dead.example")
    mail.queue_run(at="1m", every="1h")
    return world.run(until="3h")


def test_the_answer_is_what_the_run_has_made_of_it() -> None:
    remembered, forgotten = surprise("04.4")(dead()), surprise("04.4")(dead("0s"))
    assert remembered.question == forgotten.question
    assert remembered.answer.startswith("Not at all")
    assert forgotten.answer.startswith("75 s")
    second = dead().attempts.where(relay="mx.dead.example")["time"][1]
    assert remembered.time == second


def test_the_film_of_a_power_cut_stops_when_it_is_over() -> None:
    stop = surprise("00.2")(dead())
    assert (stop.time, stop.answer) == (1800.0, "31 min later, at the next queue run: nobody tells the sender.")


def test_letters_that_a_fallback_host_keeps() -> None:
    def city(fallback):
        world = World(seed=4)
        mail = world.sendmail("mail.here.example", cf="O FallbackMXhost=relay.example" if fallback else "")
        world.sendmail("relay.example", cf="CR mail.here.example")
        world.sendmail("mx.far.example", domain="far.example")
        world.outage(("mx.far.example", "internet"), "0s", "1h")
        mail.submit("taro@mail.here.example", "hana@far.example", at="1m")
        for system in world.systems:
            system.queue_run(every="30m")
        return world.run(until="3h")

    assert surprise("05.6")(city(True)).answer == "On relay.example, until mx.far.example is back."
    assert surprise("05.6")(city(False)).answer == "On mail.here.example, until mx.far.example is back."


@pytest.mark.parametrize("id", SURPRISES)
def test_where_nothing_happens_no_film_stops(id) -> None:
    world = World(seed=4)
    world.sendmail("mail.here.example")
    assert surprise(id)(world.run(until="1h")) is None


def test_a_film_that_does_not_exist_is_told_with_those_that_do() -> None:
    with pytest.raises(ExerciseError, match=r"no film '04.9'; there are 00.2, 02.3"):
        surprise("04.9")

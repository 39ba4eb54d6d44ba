"""The question before a run: what is seen before and after somebody commits, and what is kept."""

import pytest

from simlib import WorkbookError, World, lab
from simlib.exercises import QUESTIONS, ExerciseError, Question
from simlib.lab import gates, progress


@pytest.fixture(autouse=True)
def own_file(tmp_path, monkeypatch):
    monkeypatch.setenv(progress.PLACE, str(tmp_path / "hana.json"))
    monkeypatch.setattr(gates, "_open", set())
    monkeypatch.setattr(gates, "_waiting", {})
    return tmp_path / "hana.json"


@lab.telling("connections opened")
def letters(many=3):
    world = World(seed=4)
    mail = world.sendmail("mail.here.example")
    world.sendmail("mx.there.example", domain="there.example")
    for n in range(many):
        mail.submit("taro@mail.here.example", "hana@there.example", at=n)
    return world.run(until="1h")


def connections(trace):
    return len(trace.connections)


CHOICE = Question(
    "04.1",
    "Three letters. How many connections?",
    connections,
    "Each has a process of its own.",
    {1: ("one", "That would be a cache."), 3: ("three", "Just so."), 9: ("nine", "No.")},
)
NUMBER = Question("04.2", "How many?", connections, "So it is.", unit="connections", near={1: "There is no cache."})
ORDER = Question("04.5", "Which first?", lambda trace: ["b", "c", "a"], "In this order.", cards=("a", "b", "c"))


def asked(question=CHOICE, **settings):
    return lab.predict(question, letters, show=[lab.connections], **settings)


def seen(view):
    """All that stands on the screen."""
    waiting, texts = [view.widget], []
    while waiting:
        one = waiting.pop(0)
        waiting += getattr(one, "children", ())
        texts.append(str(getattr(one, "value", "")) if getattr(one.layout, "display", None) != "none" else "")
    return " ".join(texts)


def test_before_somebody_commits_there_is_the_question_and_nothing_of_the_run() -> None:
    shown = asked(many=(1, 9))
    assert "How many connections?" in seen(shown)
    assert not any(word in seen(shown) for word in ("connections opened", "Just so", "process of its own"))
    assert "came out as: three" in repr(shown), "the text form is for the tests"
    assert "connections opened  3" in repr(shown)


@pytest.mark.parametrize(
    ("place", "right", "said"), [(0, False, "You said “one”"), (1, True, "as you said: <b>“three”")]
)
def test_who_commits_sees_the_run_and_the_words_for_the_answer_taken(place, right, said) -> None:
    shown = asked(many=(1, 9))
    shown._field.value = CHOICE.written[place]
    shown._button.click()
    told = seen(shown)
    words = [said_of for _, said_of in CHOICE.choices.values()]
    assert [words[n] in told for n in range(3)] == [n == place for n in range(3)]
    assert "connections opened" in told and "process of its own" in told
    assert ("✓ It came" if right else "✗") in told
    kept = progress.read()["ask-04.1"]
    assert (kept["answer"], kept["right"]) == (place, int(right))
    assert kept["time"].startswith("20")


def test_an_answer_cannot_be_changed_not_even_by_running_the_cell_again() -> None:
    shown = asked()
    assert not shown.commit(0)
    assert not shown.commit(1)
    assert shown._field.disabled
    again = asked()
    assert again.is_open
    assert "You said “one”" in seen(again)
    assert progress.read()["ask-04.1"]["answer"] == 0


def test_nothing_chosen_is_told_and_nothing_kept(own_file) -> None:
    shown = asked()
    shown._button.click()
    assert "Choose one first" in seen(shown)
    assert not own_file.exists()


def test_the_text_form_does_not_depend_on_what_is_kept() -> None:
    before = repr(asked())
    asked().commit(0)
    assert repr(asked()) == before


def test_one_command_asks_afresh() -> None:
    progress.note("04.a", tries=1)
    asked().commit(0)
    assert "asked afresh" in lab.ask_again("04")
    assert not asked().is_open
    assert list(progress.read()) == ["04.a"], "exercises stay"
    with pytest.raises(WorkbookError, match="no question"):
        lab.ask_again("99")


@pytest.mark.parametrize(
    ("typed", "right", "told"), [("3", True, "came as you said"), ("１", False, "no cache"), ("8", False, "So it is.")]
)
def test_a_number_is_typed_and_enter_commits(typed, right, told) -> None:
    shown = asked(NUMBER)
    shown._field.value = typed
    shown._field._handle_custom_msg({"event": "submit"}, [])
    assert told in seen(shown)
    assert progress.read()["ask-04.2"]["right"] == int(right)


def test_what_is_no_number_is_told() -> None:
    shown = asked(NUMBER)
    shown._field.value = "many"
    shown._button.click()
    assert "not a number" in seen(shown)
    assert not shown.is_open


def test_cards_are_laid_and_stay_as_they_were_laid() -> None:
    shown = asked(ORDER)
    shown._field.choose("a")
    shown._field.move(1)
    shown._button.click()
    assert progress.read()["ask-04.5"]["answer"] == [1, 0, 2]
    assert "b → c → a" in seen(shown) and "right as far as “b”" in seen(shown)
    assert asked(ORDER)._field.value == ("b", "a", "c")


def test_what_is_held_back_is_shown_as_the_cell_itself_would_show_it() -> None:
    asked().commit(1)
    trace = letters()
    views = [
        lab.flow(trace),
        lab.explore(letters, many=(1, 9)),
        lab.compare(letters, {"1": {"many": 1}, "2": {}}, show=[lab.delays]),
    ]
    held = lab.after("04.1", *views)
    assert not any(hasattr(one, "value") and "<pre class=" in str(one.value) for one in held.widget.children)
    assert type(held.widget.children[0]).__name__ == "Player"


def test_later_cells_hold_back_what_they_show() -> None:
    question = asked()
    held = lab.after("04.1", lab.connections(letters()), "so it went", letters().deliveries)
    assert "so it went" not in seen(held)
    assert "so it went" in repr(held) and "connections opened" in repr(held)
    question.commit(1)
    assert "so it went" in seen(held)
    assert lab.after("04.1", "and more").is_open
    with pytest.raises(ExerciseError, match=r"no question '04\.99'; there are 04\.1"):
        lab.after("04.99", "")


def test_in_a_lecture_hands_are_counted_and_drawn_beside_what_came(monkeypatch) -> None:
    asked().commit(0)
    monkeypatch.setenv("SERVER_SOFTWARE", "voila/0.5.13")
    shown = asked(many=(1, 9))
    assert not shown.is_open, "in a lecture it is always the first time"
    for field, hands in zip(shown._hands._fields, (12, 5, 0), strict=True):
        field.value = hands
    shown._button.click()
    told = shown._told.value
    assert "width:10.0em'></span> 12" in told and "width:4.2em'></span> 5" in told
    assert told.count("✓ this came") == 1
    assert "You said" not in told and "That would be a cache" in told and "Just so" in told
    assert progress.read()["hands-04.1"]["hands"] == [12, 5, 0]
    assert progress.read()["ask-04.1"]["answer"] == 0, "that is somebody's own"
    assert "connections opened" in seen(shown)


def test_a_damaged_record_does_not_stop_the_question(own_file) -> None:
    own_file.write_text("[]")
    shown = asked()
    shown.commit(1)
    assert "set aside" in seen(shown)
    own_file.write_text('{"ask-04.1": {"answer": 77, "right": 1, "time": "2026-01-01T00:00:00"}}')
    assert not asked().is_open, "an answer that this question does not have"


def test_what_does_not_fit_is_told() -> None:
    with pytest.raises(ExerciseError, match="no question"):
        lab.predict("77.1", letters)
    with pytest.raises(WorkbookError, match="write the run"):
        lab.predict(CHOICE)
    with pytest.raises(WorkbookError, match="controls need a run that returns a trace"):
        lab.predict(CHOICE, lambda many=3: 3, many=(1, 9))
    with pytest.raises(WorkbookError, match="is no answer"):
        asked().commit(7)


@pytest.mark.parametrize("run", [lambda: 3, lambda: letters(2)])
def test_a_run_that_does_not_answer_it_any_more_is_shown_and_nothing_noted(run, own_file) -> None:
    shown = lab.predict(CHOICE, run)
    assert "this run does not answer question 04.1" in repr(shown)
    assert not shown.commit(0)
    assert "nothing is noted" in seen(shown)
    assert shown.is_open and not own_file.exists()


def test_what_waits_opens_also_when_the_question_was_asked_again_in_between() -> None:
    asked()
    held = lab.after("04.1", "so it went")
    asked().commit(0)
    assert held.is_open


def test_a_run_that_is_no_trace_is_shown_as_it_is() -> None:
    size = Question("04.3", "How large?", len, "", {3: ("3", ""), 4: ("4", "")})
    shown = lab.predict(size, lambda: "abc")
    shown.commit(0)
    assert "abc" in seen(shown)


@pytest.mark.parametrize("id", [id for id, held in QUESTIONS.items() if held.run])
def test_a_question_with_a_run_of_its_own_is_answered_by_it(id) -> None:
    shown = lab.predict(id)
    assert shown.outcome in shown.question.choices


@pytest.mark.parametrize("question", QUESTIONS.values(), ids=QUESTIONS)
def test_a_question_has_words_for_every_choice(question) -> None:
    assert question.kind != "choice" or 3 <= len(question.choices) <= 4
    assert all(text and words for text, words in question.choices.values())
    assert question.because
    assert len(set(question.written)) == len(question.written)

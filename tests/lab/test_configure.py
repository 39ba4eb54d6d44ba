"""A student's own lines beside the run that they make."""

import pytest

from simlib import WorkbookError, World, lab

CF = """
    O ConnectionCacheSize=2
    O DeliveryMode=queueonly
"""


def queue_run(cf=CF, sites=3):
    world = World(seed=4)
    mail = world.sendmail("mail.here.example", cf=cf)
    for n in range(sites):
        world.sendmail(f"mx.site{n}.example", domain=f"site{n}.example", latency="80ms")
    for n in range(12):
        mail.submit("taro@mail.here.example", f"user@site{n % sites}.example", at=n)
    mail.queue_run(at="10m")
    return world.run(until="1h")


@pytest.fixture
def editor():
    return lab.configure(queue_run, sites=(1, 6), show=[lab.connections])


def opened(editor) -> int:
    return len(editor.exploration.trace.connections)


def listed(editor) -> list[str]:
    return [str(row) for row in editor.listing]


def test_it_begins_with_the_lessons_lines_without_their_margin(editor) -> None:
    assert editor.field.value == "O ConnectionCacheSize=2\nO DeliveryMode=queueonly"
    assert "  connections opened  12" in repr(editor)


def test_apply_runs_what_stands_in_the_editor_and_marks_what_differs(editor) -> None:
    editor.field.value = "O ConnectionCacheSize=4\nO DeliveryMode=queueonly"
    assert editor.apply()
    assert opened(editor) == 3
    assert listed(editor) == [
        "-    O ConnectionCacheSize=2",
        "+  1 O ConnectionCacheSize=4",
        "   2 O DeliveryMode=queueonly",
    ]
    assert "Applied; beside the lesson" in editor._listed.value


def test_an_error_stands_at_its_line_and_the_last_good_run_stays(editor) -> None:
    editor.field.value = "O DeliveryMode=queueonly\nO ConnectionCacheSize=two\n# the end"
    assert not editor.apply()
    assert opened(editor) == 12
    place = listed(editor).index("+  2 O ConnectionCacheSize=two")
    assert "not a number" in listed(editor)[place + 1]
    assert "Not applied" in editor._listed.value


def test_a_warning_stands_at_its_line_and_the_lines_are_run(editor) -> None:
    editor.field.value = "O ConnectionCashSize=4\nO DeliveryMode=queueonly"
    assert editor.apply()
    place = listed(editor).index("+  1 O ConnectionCashSize=4")
    assert "did you mean ConnectionCacheSize?" in listed(editor)[place + 1]


def test_a_control_moves_with_the_lines_that_were_applied(editor) -> None:
    editor.field.value = "O QueueSortOrder=host\nO DeliveryMode=queueonly"
    editor.apply()
    editor.exploration._moved("sites", 5)
    assert opened(editor) == 5


def test_back_to_the_lessons_lines(editor) -> None:
    editor.field.value = "O ConnectionCacheSize=two"
    editor.apply()
    editor.reset()
    assert (editor.field.value, opened(editor)) == (editor.default, 12)
    assert "Applied: the lesson" in editor._listed.value


def test_lines_that_the_run_itself_refuses_are_told_of(editor) -> None:
    editor.field.value = "V1\nO DeliveryMode=queueonly\nMesmtp, P=[IPC], F=x"
    editor.apply()
    assert any(row.startswith("!") for row in listed(editor))


def test_the_lines_are_not_among_the_numbers_of_the_run(editor) -> None:
    assert "cf" not in editor.exploration._numbers()["This run"]


def test_a_function_without_lines_is_named() -> None:
    with pytest.raises(WorkbookError, match=r"configure\(<lambda>\).*cf="):
        lab.configure(lambda sites=3: queue_run(sites=sites))

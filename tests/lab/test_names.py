"""A click is obeyed once all that was changed on the page before it is here."""

import asyncio
from collections.abc import Iterable

import pytest

from simlib.lab import names
from simlib.lab.names import after_fields


def done_by(monkeypatch: pytest.MonkeyPatch, answers: Iterable[int]) -> list[str]:
    """What two clicks have done after the page has answered, to the first (0) or to the second (1)."""
    asked: list[dict[str, int]] = []
    done: list[str] = []
    monkeypatch.setattr(names.names(), "send", asked.append)

    async def play() -> None:
        for act in ("first", "second"):
            after_fields(lambda act=act: done.append(act))("the button")
        assert done == [], "nothing is done before the page has answered"
        for number in answers:
            names.names()._handle_custom_msg({"heard": asked[number]["hear"]}, [])

    asyncio.run(play())
    return done


def test_what_was_clicked_is_done_when_the_page_has_answered(monkeypatch: pytest.MonkeyPatch) -> None:
    assert done_by(monkeypatch, [0]) == ["first"]
    assert done_by(monkeypatch, [1, 0]) == ["second", "first"]


def test_nothing_is_done_twice(monkeypatch: pytest.MonkeyPatch) -> None:
    assert done_by(monkeypatch, [0, 0]) == ["first"]


def test_a_page_that_does_not_answer_is_not_waited_for(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(names, "PATIENCE", 0.0)
    done: list[str] = []

    async def play() -> None:
        ended = asyncio.Event()
        after_fields(lambda: (done.append("done"), ended.set()))()
        await ended.wait()

    asyncio.run(play())
    assert done == ["done"]


def test_without_a_page_it_is_done_at_once() -> None:
    done: list[str] = []
    after_fields(lambda: done.append("done"))()
    assert done == ["done"]

"""The executor that does at once what is submitted, and experiments that are made in this thread by it."""

from collections.abc import Mapping
from concurrent.futures import ThreadPoolExecutor
from threading import Event, get_ident
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from simlib.experiment import Stopped, pool, replicate
from simlib.experiment.inline import Inline


def test_what_is_submitted_is_done_in_this_thread_before_its_future_is_given_back() -> None:
    with Inline() as inline:
        future = inline.submit(lambda number, plus: (get_ident(), number + plus), 1, plus=2)
        assert future.done()
        assert future.result() == (get_ident(), 3)
        assert list(inline.map(pow, [2, 3], [4, 5])) == [16, 243]


def test_an_exception_stands_in_the_future() -> None:
    future = Inline().submit(divmod, 1, 0)
    assert isinstance(future.exception(), ZeroDivisionError)
    with pytest.raises(ZeroDivisionError):
        future.result()


@pytest.mark.parametrize("end", [KeyboardInterrupt, Stopped])
def test_what_ends_the_thread_itself_goes_to_the_caller(end: type[BaseException]) -> None:
    def ended() -> None:
        raise end

    with pytest.raises(end):
        Inline().submit(ended)


def test_after_its_end_it_takes_no_more() -> None:
    with Inline() as inline:
        pass
    with pytest.raises(RuntimeError, match="after shutdown"):
        inline.submit(int)
    with pytest.raises(RuntimeError, match="after shutdown"):
        inline.map(int, ["1"])


@given(st.lists(st.one_of(st.integers(), st.sampled_from([ValueError, KeyError])), max_size=20))
def test_it_gives_what_one_thread_gives(tasks: list[Any]) -> None:
    def task(what: Any) -> int:
        if isinstance(what, int):
            return what + 1
        raise what

    def told(executor: Any) -> list[Any]:
        futures = [executor.submit(task, what) for what in tasks]
        return [type(future.exception()) if future.exception() else future.result() for future in futures]

    with ThreadPoolExecutor(1) as thread:
        assert told(Inline()) == told(thread)


def count(seed: int) -> Mapping[str, float]:
    made.append(seed)
    return {"n": seed}


made: list[int] = []


@pytest.fixture(autouse=True)
def nothing_made() -> None:
    made.clear()


def ended_after(runs: int) -> Any:
    def tell(done: int, every: int) -> None:
        if done >= runs:
            raise Stopped

    return tell


@pytest.mark.parametrize("where", [{"workers": 1}, {"executor": Inline(), "batch": 1}])
def test_runs_that_are_made_here_are_told_of_one_by_one_and_none_is_made_after_the_end(where: dict[str, Any]) -> None:
    table = replicate(count, range(100), progress=ended_after(3), **where)
    assert made == [0, 1, 2]
    assert table.unmade == 97


def test_where_there_are_no_processes_all_runs_are_made_here(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pool, "PROCESSES", False)
    replicate(count, range(4))
    replicate(count, range(4), workers=2)
    assert made == [*range(4), *range(4)]


def test_what_is_done_is_told_while_there_is_work_to_hand_out_yet() -> None:
    class Busy(ThreadPoolExecutor):
        """Each batch is done before the next is handed out."""

        def submit(self, *task: Any) -> Any:  # type: ignore[override]
            future = super().submit(*task)
            future.result()
            return future

    told = Event()

    def late(seed: int) -> Mapping[str, float]:
        assert seed == 0 or told.is_set()
        return {"n": seed}

    def tell(done: int, every: int) -> None:
        if done == 1:
            told.set()

    with Busy(1) as executor:
        assert not replicate(late, range(3), executor=executor, batch=1, progress=tell).failures


def test_where_no_thread_can_be_started_runs_for_threads_are_made_here(monkeypatch: pytest.MonkeyPatch) -> None:
    def no_thread(*_: Any) -> None:
        raise RuntimeError("can't start new thread")

    monkeypatch.setattr(pool, "PROCESSES", False)
    monkeypatch.setattr("threading.Thread.start", no_thread)
    made_in = []
    with ThreadPoolExecutor(2) as threads:
        table = replicate(lambda seed: {"n": made_in.append(get_ident()) or seed}, range(4), executor=threads)
    assert not table.failures
    assert made_in == [get_ident()] * 4

"""Results in a directory: an experiment goes on where it was ended."""

import json
from collections.abc import Mapping
from pathlib import Path

import pytest

from simlib.experiment import ExperimentError, Stopped, replicate, sweep

made: list[int] = []


def dice(sides: object = 6, seed: int = 1) -> Mapping[str, float]:
    made.append(seed)
    if seed == 13:
        raise RuntimeError("bad luck")
    return {"eyes": seed / 3}


def again(run, seeds, directory: Path, **more) -> tuple[list[int], list[tuple[object, ...]]]:
    made.clear()
    table = replicate(run, seeds, workers=1, directory=directory, **more)
    return list(made), list(table.rows())


def test_what_is_there_is_not_made_again_and_gives_the_same_numbers(tmp_path: Path) -> None:
    def stop_at_4(done: int, every: int) -> None:
        if done >= 4:
            raise Stopped

    first, _ = again(dice, range(1, 11), tmp_path, batch=2, progress=stop_at_4)
    second, resumed = again(dice, range(1, 11), tmp_path)
    assert (first, second) == ([1, 2, 3, 4], [5, 6, 7, 8, 9, 10])
    third, read = again(dice, range(1, 11), tmp_path)
    assert third == []
    assert resumed == read == list(replicate(dice, range(1, 11), workers=1).rows())


def test_progress_begins_with_what_is_there(tmp_path: Path) -> None:
    told: list[tuple[int, int]] = []
    again(dice, [1, 2], tmp_path)
    again(dice, [1, 2, 3], tmp_path, progress=lambda done, every: told.append((done, every)))
    assert told == [(2, 3), (3, 3)]


def test_each_result_is_a_small_file_that_says_what_it_is_of(tmp_path: Path) -> None:
    sweep(dice, {"sides": [6, "six"]}, [1], workers=1, directory=tmp_path / "new" / "results")
    files = [json.loads(path.read_text()) for path in (tmp_path / "new" / "results").iterdir()]
    assert {"run": "dice", "parameters": {"sides": "six"}, "seed": 1, "numbers": {"eyes": 1 / 3}} in files
    assert len(files) == 2


def test_a_run_that_failed_is_made_again(tmp_path: Path) -> None:
    again(dice, [12, 13], tmp_path)
    assert again(dice, [12, 13], tmp_path)[0] == [13]


def test_half_a_file_is_as_good_as_none_and_is_replaced(tmp_path: Path) -> None:
    again(dice, [1], tmp_path)
    (file,) = tmp_path.iterdir()
    whole = file.read_text()
    file.write_text(whole[:20])
    assert again(dice, [1], tmp_path)[0] == [1]
    assert [path.read_text() for path in tmp_path.iterdir()] == [whole]


def test_a_write_that_is_cut_off_leaves_no_result(tmp_path: Path, monkeypatch) -> None:
    def cut_off(path: Path, text: str, encoding: str) -> None:
        path.write_bytes(text.encode(encoding)[:9])
        raise KeyboardInterrupt

    monkeypatch.setattr(Path, "write_text", cut_off)
    with pytest.raises(KeyboardInterrupt):
        again(dice, [1], tmp_path)
    assert list(tmp_path.glob("*.json")) == []


def test_nothing_is_read_of_a_function_that_was_changed(tmp_path: Path) -> None:
    def trace(seed: int) -> int:
        made.append(seed)
        return seed

    def one(number: int) -> Mapping[str, float]:
        return {"n": number}

    def two(number: int) -> Mapping[str, float]:
        return {"n": 2 * number}

    assert again(trace, [1], tmp_path, summary=one)[0] == [1]
    assert again(trace, [1], tmp_path, summary=two)[1] == [("n", 1, 2, None, 2, 2)]


def test_what_cannot_be_a_name_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ExperimentError, match="sides=b'6', seed=1 cannot be written down"):
        sweep(dice, {"sides": [b"6"]}, [1], workers=1, directory=tmp_path)
    names: dict[str, object] = {}
    exec("def typed(seed): return {'n': 1}", names)
    with pytest.raises(ExperimentError, match="the text of typed cannot be found"):
        replicate(names["typed"], [1], workers=1, directory=tmp_path)
    (tmp_path / "file").touch()
    with pytest.raises(ExperimentError, match="it cannot be made"):
        replicate(dice, [1], workers=1, directory=tmp_path / "file")

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


def damaged(whole: str) -> dict[str, bytes | str]:
    def other(**change: object) -> str:
        return json.dumps({**json.loads(whole), **change})

    return {
        "half": whole[:20],
        "empty": "",
        "a list": '{"numbers": [1]}',
        "numbers alone": '{"numbers": {"eyes": 1}}',
        "no object": "[]",
        "deep": "[" * 100_000,
        "not UTF-8": b'{"numbers": {"eyes": "\xff"}}',
        "not a number": other(numbers={"eyes": float("nan")}),
        "no end": other(numbers={"eyes": float("inf")}),
        "a text": other(numbers={"eyes": "1"}),
        "a truth": other(numbers={"eyes": True}),
        "no numbers": other(numbers={}),
        "another seed": other(seed=2),
        "another function": other(run="cards"),
        "other parameters": other(parameters={"sides": 8}),
        "too many digits": whole.replace(str(1 / 3), "9" * 5_000),
        "a whole number too large": whole.replace(str(1 / 3), "9" * 400),
        "too large": whole.replace(str(1 / 3), "9" * 400 + ".0"),
    }


@pytest.mark.parametrize("kind", damaged('{"numbers": 1}'))
def test_a_file_that_holds_anything_else_is_told_of_set_aside_and_made_again(tmp_path: Path, kind: str) -> None:
    again(dice, [1], tmp_path)
    (file,) = tmp_path.iterdir()
    whole = file.read_text()
    held = damaged(whole)[kind]
    file.write_bytes(held.encode() if isinstance(held, str) else held)
    bad = file.with_name(f"{file.name}.bad")
    with pytest.warns(UserWarning, match=f"{file.name}: .*it is set aside as .*{bad.name}"):
        assert again(dice, [1], tmp_path)[0] == [1]
    assert {path: path.read_bytes() for path in tmp_path.iterdir()} == {
        file: whole.encode(),
        bad: held.encode() if isinstance(held, str) else held,
    }
    assert again(dice, [1], tmp_path)[0] == []


def test_a_directory_in_the_place_of_a_result_is_set_aside(tmp_path: Path) -> None:
    again(dice, [1], tmp_path)
    (file,) = tmp_path.iterdir()
    file.unlink()
    file.mkdir()
    with pytest.warns(UserWarning, match="set aside"):
        assert again(dice, [1], tmp_path)[0] == [1]
    assert file.is_file()


def test_truths_are_kept_as_numbers(tmp_path: Path) -> None:
    def odd(seed: int) -> Mapping[str, float]:
        made.append(seed)
        return {"well": True}

    assert again(odd, [1, 2], tmp_path)[0] == [1, 2]
    assert again(odd, [1, 2], tmp_path)[0] == []


def test_a_tuple_is_found_again(tmp_path: Path) -> None:
    assert len(sweep(dice, {"sides": [(1, 2)]}, [1], workers=1, directory=tmp_path)) == 1
    made.clear()
    sweep(dice, {"sides": [(1, 2)]}, [1], workers=1, directory=tmp_path)
    assert made == []


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

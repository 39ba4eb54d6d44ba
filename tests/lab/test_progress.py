"""The record of progress: odd files in its place, several kernels at once, systems without locks."""

import json
import multiprocessing
import os
import sys

import pytest

from simlib import WorkbookError, lab
from simlib.kept import STALE
from simlib.lab import progress

GOOD = {"hints": 1, "looked": 0, "solved": 1, "tries": 2}


@pytest.fixture(autouse=True)
def own_file(tmp_path, monkeypatch):
    monkeypatch.setenv(progress.PLACE, str(tmp_path / "hana.json"))
    return tmp_path / "hana.json"


def aside(own_file):
    return own_file.with_name("hana.json.bad")


DAMAGED = {
    "half": b"{",
    "empty": b"",
    "a list": b"[]",
    "a number": b"3",
    "a number for an exercise": b'{"04.a": 3}',
    "not a number": b'{"04.a": {"tries": NaN, "hints": 0, "solved": 0}}',
    "a fraction": b'{"04.a": {"tries": 1.5, "hints": 0, "solved": 0}}',
    "negative": b'{"04.a": {"tries": -1, "hints": 0, "solved": 0}}',
    "huge": b'{"04.a": {"tries": 99999999999, "hints": 0, "solved": 0}}',
    "5,000 digits": b'{"04.a": {"tries": ' + b"9" * 5_000 + b"}}",
    "solved twice": b'{"04.a": {"tries": 1, "hints": 0, "solved": 2}}',
    "a truth": b'{"04.a": {"tries": true, "hints": 0, "solved": 0}}',
    "another name": b'{"04.a": {"trials": 1}}',
    "not UTF-8": b'{"04.\xff": {}}',
    "deep": b"[" * 100_000,
    "no answer": b'{"ask-04.1": {"answer": {}, "right": 1, "time": "2026-11-29T10:00:00"}}',
    "no time": b'{"ask-04.1": {"answer": 1, "right": 1}}',
    "half right": b'{"ask-04.1": {"answer": 1, "right": 0.5, "time": ""}}',
    "hands of nobody": b'{"hands-04.1": {"hands": [-1], "time": ""}}',
    "an answer that is none": b'{"04.a": {"answer": 3}}',
}


@pytest.mark.parametrize("held", DAMAGED.values(), ids=DAMAGED)
def test_what_is_no_record_is_named_set_aside_and_the_lesson_goes_on(own_file, held: bytes) -> None:
    own_file.write_bytes(held)
    with pytest.raises(WorkbookError, match="hana.json: "):
        progress.read()
    with pytest.raises(WorkbookError, match="hana.json: "):
        lab.summary([own_file])
    assert "hana.json: " in lab.lessons()._table.value
    assert own_file.read_bytes() == held, "who only reads changes nothing"
    assert f"it is set aside as {aside(own_file)}" in progress.note("04.a", tries=1)
    assert aside(own_file).read_bytes() == held
    assert progress.read() == {"04.a": {"tries": 1, "hints": 0, "solved": 0, "looked": 0}}
    assert progress.note("04.a", tries=1) == ""


def test_what_is_right_beside_what_is_wrong_is_kept(own_file) -> None:
    own_file.write_text(json.dumps({"04.a": 3, "04.b": GOOD}))
    progress.note("04.c", hints=1)
    assert progress.read() == {"04.b": GOOD, "04.c": {"tries": 0, "hints": 1, "solved": 0, "looked": 0}}
    own_file.write_text("[]")
    progress.note("04.c", hints=1)
    assert len(list(own_file.parent.glob("*.bad"))) == 2, "the first one is not lost"


def test_an_old_record_is_still_read(own_file) -> None:
    own_file.write_text(json.dumps({"04.b": {"tries": 2, "hints": 1, "solved": 1}, "04.c": {"tries": 1}}, indent=1))
    progress.note("04.b", tries=1, solved=0)
    assert progress.read() == {
        "04.b": {**GOOD, "tries": 3},
        "04.c": {"tries": 1, "hints": 0, "solved": 0, "looked": 0},
    }


def test_a_directory_in_its_place_is_set_aside(own_file) -> None:
    own_file.mkdir()
    assert "cannot be read" in progress.note("04.a", tries=1)
    assert aside(own_file).is_dir()
    assert own_file.is_file()


def test_where_nothing_can_be_written_the_verdict_is_shown_and_the_trouble_told(own_file, monkeypatch) -> None:
    own_file.write_text("")  # a file where a directory would have to be
    monkeypatch.setenv(progress.PLACE, str(own_file / "progress.json"))
    shown = lab.exercise("04.a")
    shown.field.value = "21"
    assert shown.check().right
    assert "your progress cannot be kept" in shown._kept.value
    with pytest.raises(WorkbookError, match=r"no such file"):
        lab.summary([own_file.parent / "jiro.json"])


def test_what_was_set_aside_is_told_on_the_screen_once(own_file) -> None:
    own_file.write_text("[]")
    shown = lab.exercise("04.a")
    shown.hint()
    assert "set aside" in shown._kept.value
    shown.hint()
    assert shown._kept.value == ""


def solve(worker: int, with_locks: bool, gate) -> None:
    if not with_locks:
        sys.modules["fcntl"] = None  # type: ignore[assignment]  # as where there is none
    gate.wait()
    for n in range(25):
        progress.note(f"{worker:02d}.{n}", tries=1)
        progress.note("04.a", tries=1)


@pytest.mark.parametrize("with_locks", [True, False])
def test_several_kernels_at_once_lose_nothing(own_file, with_locks: bool) -> None:
    context = multiprocessing.get_context("spawn" if sys.platform != "linux" else "fork")
    gate = context.Barrier(4)
    workers = [context.Process(target=solve, args=(n, with_locks, gate)) for n in range(4)]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join()
    assert [worker.exitcode for worker in workers] == [0] * 4
    held = progress.read()
    assert held["04.a"]["tries"] == 100
    assert len(held) == 101
    assert not list(own_file.parent.glob("*.new"))


def test_the_lock_of_a_process_that_has_died_does_not_block(own_file, monkeypatch) -> None:
    monkeypatch.setitem(sys.modules, "fcntl", None)
    lock = own_file.with_name("hana.json.lock")
    lock.touch()
    old = lock.stat().st_mtime - STALE - 1
    os.utime(lock, (old, old))
    progress.note("04.a", tries=1)
    assert progress.read()["04.a"]["tries"] == 1
    assert not lock.exists()

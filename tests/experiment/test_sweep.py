"""Sweeps and replications: what they run, what they make of it, what they refuse."""

import os
import subprocess
import sys
from collections.abc import Mapping
from concurrent.futures import ProcessPoolExecutor, ThreadPoolExecutor
from pathlib import Path
from statistics import mean, stdev

import pytest

from simlib import World, experiment
from simlib.estimate import t_95
from simlib.experiment import ExperimentError, Stopped, pool, replicate, sweep


def dice(sides: int = 6, seed: int = 1) -> Mapping[str, float]:
    return {"eyes": seed % sides, "seed": seed}


def fragile(sides: int = 6, seed: int = 1) -> Mapping[str, float]:
    if seed == 3 and sides == 8:
        raise RuntimeError("it rolled off the table")
    return dice(sides, seed)


def deadly(sides: int = 6, seed: int = 1) -> Mapping[str, float]:
    if seed == 3:
        os._exit(1)
    return dice(sides, seed)


def test_each_combination_has_a_row_of_means_with_intervals() -> None:
    table = sweep(dice, {"sides": [6, 8]}, range(1, 10), workers=1)
    assert list(table.columns) == ["sides", "runs", "eyes", "eyes ±", "seed", "seed ±"]
    eyes = [seed % 6 for seed in range(1, 10)]
    assert next(table.rows())[:3] == (6, 9, pytest.approx(mean(eyes)))
    assert table["eyes ±"][0] == pytest.approx(2.31 * stdev(eyes) / 3)
    assert len(table.runs) == 18
    assert table.runs.where(sides=8, seed=9)["eyes"] == [1]


def test_the_last_parameter_changes_first_and_all_combinations_have_the_same_seeds() -> None:
    def pair(first: int, second: str, seed: int) -> Mapping[str, float]:
        return {"n": first}

    runs = sweep(pair, {"first": [1, 2], "second": ["a", "b"]}, [5, 4], workers=1).runs
    assert list(runs.rows())[:4] == [(1, "a", 5, 1), (1, "a", 4, 1), (1, "b", 5, 1), (1, "b", 4, 1)]


def test_replications_have_a_row_for_each_number() -> None:
    table = replicate(dice, range(1, 7), workers=1)
    assert table["number"] == ["eyes", "seed"]
    assert list(table.rows())[1] == ("seed", 6, 3.5, pytest.approx(2.57 * stdev(range(1, 7)) / 6**0.5), 1, 6)
    assert replicate(dice, [1], workers=1)["±"] == [None, None], "one run tells nothing of how far it may be off"


def test_beyond_its_table_students_t_falls_to_that_of_the_normal_distribution() -> None:
    assert [round(t_95(n), 3) for n in (20, 30, 60, 120, 10**6)] == [2.086, 2.042, 2.0, 1.98, 1.96]


def test_a_function_of_a_cell_runs_in_processes_and_everywhere_with_equal_results(cell) -> None:
    def made(**where):
        table = sweep(cell["queue_run"], {"cache_size": [0, 2]}, range(1, 5), summary=cell["summary"], **where)
        return list(table.columns), list(table.rows()), list(table.runs.rows())

    here = made(workers=1)
    assert here[1][0][2] > here[1][1][2], "without a cache there are more connections"
    assert made(workers=2) == made(workers=2, batch=3) == here
    with ThreadPoolExecutor(2) as threads:
        assert made(executor=threads, batch=1) == here


def test_a_failed_run_is_named_with_parameters_and_seed_and_the_others_are_kept() -> None:
    for workers in (1, 2):
        table = sweep(fragile, {"sides": [6, 8]}, range(1, 5), workers=workers)
        assert table["runs"] == [4, 3]
        assert list(table.failures.rows()) == [(8, 3, "RuntimeError: it rolled off the table")]
        assert repr(table).startswith("1 of 8 runs failed: see failures\n")


def test_a_worker_that_dies_costs_its_runs_only() -> None:
    with ProcessPoolExecutor(1) as processes:
        table = replicate(deadly, [1, 2, 3, 4], executor=processes, batch=1)
    assert table.runs["seed"][:1] == [1]
    assert 3 in table.failures["seed"]
    assert "a worker process ended" in table.failures["failure"][0]


def test_progress_is_told_and_may_end_it() -> None:
    told: list[tuple[int, int]] = []

    def tell(done: int, every: int) -> None:
        told.append((done, every))
        if done >= 4:
            raise Stopped

    table = replicate(dice, range(1, 11), workers=1, batch=2, progress=tell)
    assert told == [(0, 10), (2, 10), (4, 10)]
    assert table.unmade == 6
    assert table["runs"] == [4, 4]
    assert "ended before 6 of 10 runs were made" in repr(table)


def test_ending_it_ends_the_runs_in_other_processes(tmp_path) -> None:
    def long(seed: int) -> Mapping[str, float]:
        for _ in range(30_000 if seed > 1 else 0):
            World().run(until="1h")  # it asks now and then whether it is still wanted
        (tmp_path / f"{seed}").touch()
        return {"n": 1}

    def tell(done: int, every: int) -> None:
        if done:
            raise Stopped

    assert replicate(long, [1, 2, 3], workers=2, batch=1, progress=tell).unmade == 2
    assert [path.name for path in tmp_path.iterdir()] == ["1"]


def test_an_interrupt_says_how_far_it_was() -> None:
    def interrupted(seed: int) -> Mapping[str, float]:
        if seed == 2:
            raise KeyboardInterrupt
        return {"n": 1}

    with pytest.raises(KeyboardInterrupt) as caught:
        replicate(interrupted, [1, 2], workers=1)
    assert caught.value.__notes__ == ["1 of 2 runs were made; directory=… keeps them"]


def test_the_bar_at_a_terminal(capsys) -> None:
    replicate(dice, range(4), workers=1, batch=2, progress=experiment.terminal())
    lines = [line.rstrip() for line in capsys.readouterr().err.split("\r")]
    assert lines[1] == "░" * 30 + " 0 of 4 runs"
    assert lines[2].startswith("█" * 15 + "░" * 15 + " 2 of 4 runs, ")
    assert lines[3] == "█" * 30 + " 4 of 4 runs"


def seedless() -> Mapping[str, float]:
    return {"n": 1}


def no_mapping(seed: int) -> float:
    return 1.0


def words(seed: int) -> Mapping[str, str]:
    return {"state": "sent"}


def no_ratio(seed: int) -> Mapping[str, float]:
    return {"ratio": float("nan")}


def nothing(seed: int) -> Mapping[str, float]:
    return {}


@pytest.mark.parametrize(
    ("run", "grid", "seeds", "complaint"),
    [
        (dice, {"side": [6]}, [1], "dice has no parameter side; it takes sides, seed: did you mean sides?"),
        (seedless, {}, [1], r"seedless has no parameter seed; it takes none: write def seedless\(…, seed=…\)"),
        (lambda size, seed: {}, {}, [1], "size has no default and no value is given"),
        (dice, {"sides": 6}, [1], r"sides=6 is one value, write a list: 'sides': \[6, …\]"),
        (dice, {"sides": []}, [1], "'sides' has no values"),
        (dice, {"sides": [6, 8, 6]}, [1], "'sides' names a value twice"),
        (dice, {}, 20, r"give the seeds themselves, such as range\(1, 20 \+ 1\)"),
        (dice, {}, [], "there are none"),
        (dice, {}, [1, 2, 1], "one stands there twice"),
        (dice(), {}, [1], "is not a function"),
        (no_mapping, {}, [1], "all 1 runs failed; the first, seed=1: .*returned float, not a mapping.*give summary=…"),
        (words, {}, [1], "words: 'state' is 'sent', not a number"),
        (no_ratio, {}, [1], "no_ratio: 'ratio' is nan, not a number"),
        (nothing, {}, [1], "without a single number"),
    ],
)
def test_bad_input_is_named_with_its_cure(run, grid, seeds, complaint: str) -> None:
    with pytest.raises(ExperimentError, match=complaint):
        sweep(run, grid, seeds, workers=1)


def test_bad_numbers_of_workers_and_runs_are_refused() -> None:
    with pytest.raises(ExperimentError, match="workers=0: at least 1"):
        replicate(dice, [1, 2], workers=0)
    with pytest.raises(ExperimentError, match="batch=0: at least 1 run"):
        replicate(dice, [1, 2], batch=0)
    with ThreadPoolExecutor(1) as threads, pytest.raises(ExperimentError, match="an executor knows how many"):
        replicate(dice, [1, 2], executor=threads, workers=2)


def test_where_processes_begin_with_nothing_a_function_of_a_cell_is_refused_with_the_cure(cell, monkeypatch) -> None:
    monkeypatch.setattr(pool, "FORK", False)
    cure = "write it into a file beside the notebook, such as scenarios.py, and: from scenarios import queue_run; or"
    with pytest.raises(ExperimentError, match=f"queue_run cannot be sent to other processes.*{cure}"):
        replicate(cell["queue_run"], [1, 2], summary=cell["summary"], workers=2)


def test_an_executor_that_cannot_send_the_function_says_so(cell) -> None:
    with ProcessPoolExecutor(1) as processes, pytest.raises(ExperimentError, match="all 2 runs failed.*scenarios.py"):
        replicate(lambda seed: {"n": 1}, [1, 2], executor=processes)


def test_runs_with_other_numbers_than_the_first_are_not_averaged() -> None:
    def odd(seed: int) -> Mapping[str, float]:
        return {"n": 1} if seed < 3 else {"m": 1}

    table = replicate(odd, [1, 2, 3], workers=1)
    assert table["runs"] == [2]
    assert list(table.failures.rows()) == [(3, "gives m where the first run gives n")]


COMPLAINING = """
from simlib import World, experiment

def run(seed=1):
    World(seed=seed).sendmail("mail.here.example", cf="O QueueSort=host")
    return {"seed": seed}

experiment.replicate(run, range(40), workers=2)
"""


def test_a_complaint_of_every_run_is_said_once_by_each_process(tmp_path):
    (tmp_path / "script.py").write_text(COMPLAINING, "utf-8")
    root = Path(__file__).resolve().parents[2]
    done = subprocess.run([sys.executable, tmp_path / "script.py"], capture_output=True, text=True, cwd=root)
    assert 1 <= done.stderr.count("CfWarning: ") <= 2
    assert done.returncode == 0

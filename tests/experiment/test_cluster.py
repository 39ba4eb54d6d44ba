"""The same experiment on a real cluster: a scheduler and two worker processes of Dask on this machine."""

import os

import pytest

from simlib.experiment import Stopped, replicate, sweep

distributed = pytest.importorskip("distributed", reason="the cluster is Dask's")


@pytest.fixture(scope="module")
def client():
    with (
        distributed.LocalCluster(
            n_workers=2, threads_per_worker=1, processes=True, host="127.0.0.1", dashboard_address=None
        ) as cluster,
        distributed.Client(cluster) as client,
    ):
        yield client


def test_two_workers_give_what_one_process_gives(client, cell) -> None:
    def made(**where):
        table = sweep(cell["queue_run"], {"cache_size": [0, 2]}, range(1, 5), summary=cell["summary"], **where)
        return list(table.columns), list(table.rows()), list(table.runs.rows())

    assert made(executor=client.get_executor(), batch=1) == made(workers=1)


def test_both_workers_take_part_and_they_are_other_processes(client) -> None:
    def where(seed: int) -> dict[str, float]:
        import os
        import time

        time.sleep(0.05)
        return {"pid": os.getpid()}

    seen = set(replicate(where, range(20), executor=client.get_executor(), batch=1).runs["pid"])
    assert len(seen) == 2
    assert os.getpid() not in seen


def test_a_failed_run_comes_back_with_its_seed(client) -> None:
    def fragile(seed: int) -> dict[str, float]:
        return {"n": 1 / (seed - 3)}

    table = replicate(fragile, range(1, 6), executor=client.get_executor())
    assert list(table.failures.rows()) == [(3, "ZeroDivisionError: division by zero")]
    assert table["runs"] == [4]


def test_what_was_ended_goes_on_from_the_directory(client, cell, tmp_path) -> None:
    def slow(seed: int) -> dict[str, float]:
        import time

        time.sleep(0.1 if seed > 2 else 0)
        return {"n": seed}

    def tell(done: int, every: int) -> None:
        if done:
            raise Stopped

    begun = replicate(slow, range(1, 9), executor=client.get_executor(), batch=1, directory=tmp_path, progress=tell)
    assert 0 < begun.unmade < 8
    whole = replicate(slow, range(1, 9), executor=client.get_executor(), directory=tmp_path)
    assert whole["mean"] == [4.5]
    assert len(list(tmp_path.iterdir())) == 8

"""The same replications in one process, in two, and by two workers of Dask."""

from concurrent.futures import Executor
from time import perf_counter

from dask.distributed import Client, LocalCluster
from relay.traffic import traffic
from relay.with_simlib import run as relay

from simlib.experiment import Results, replicate

MESSAGES, SEEDS, BATCH = 100, range(1, 201), 20


def run(seed: int) -> dict[str, float]:
    """One replication."""
    return relay(traffic(MESSAGES, seed))._asdict()


def main() -> None:
    """Print the table."""
    with (
        LocalCluster(n_workers=2, threads_per_worker=1, host="127.0.0.1", dashboard_address=None) as cluster,
        Client(cluster) as client,
    ):
        workers = client.get_executor()
        replicate(run, [0], executor=workers)  # so that the workers have loaded simlib
        measured = {
            "one process": timed(workers=1),
            "two processes": timed(workers=2),
            "two workers of Dask": timed(executor=workers),
        }
    (first, unit), *others = measured.values()
    print(f"{len(SEEDS)} replications of {MESSAGES} messages (two processes are started, Dask's workers are there)")
    for name, (_, spent) in measured.items():
        print(f"  {name:<22} {spent:>6.2f} s  {unit / spent:>5.2f} × as fast as one process")
    print(f"  equal results: {all(list(one.rows()) == list(first.rows()) for one, _ in others)}")


def timed(workers: int | None = None, executor: Executor | None = None) -> tuple[Results, float]:
    """The results, and the seconds that they took."""
    begun = perf_counter()
    return replicate(run, SEEDS, workers=workers, executor=executor, batch=BATCH), perf_counter() - begun


if __name__ == "__main__":
    main()

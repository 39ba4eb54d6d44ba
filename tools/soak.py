"""Sites drawn by lot, and texts of all kinds at every place where one comes in, for as long as one likes.

``python tools/soak.py [--minutes 10] [--first 0] [--processes 2]`` prints how many were tried, and the seed of each
that does what it must not. The same seeds give the same sites and texts again. Exit status 0 if there was none.
"""

import argparse
import sys
import time
from collections import Counter
from collections.abc import Iterator
from concurrent.futures import FIRST_COMPLETED, Future, ProcessPoolExecutor, wait
from pathlib import Path
from random import Random

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from tests.properties import invariants
from tests.properties.entries import COSTLY, ENTRIES, IN_A_WORLD, SHELL_LINES

SITES, TEXTS, COSTLY_TEXTS, WORLDS = 200, 2_000, 200, 40  # of each kind in one round

Chunk = tuple[str, str, range]  # "site", "text" or "world"; which entry; the seeds


def main() -> int:
    """Run rounds until the time is over; the exit status."""
    reader = argparse.ArgumentParser(description=__doc__)
    reader.add_argument("--minutes", type=float, default=10)
    reader.add_argument("--first", type=int, default=0, help="the first seed")
    reader.add_argument("--processes", type=int, default=2)
    asked = reader.parse_args()
    end = time.monotonic() + 60 * asked.minutes
    tried: Counter[tuple[str, str]] = Counter()
    seeds: dict[tuple[str, str], int] = {}
    wrong: list[str] = []
    chunks = rounds(asked.first)
    with ProcessPoolExecutor(asked.processes) as pool:
        running: set[Future[tuple[Chunk, list[str]]]] = set()
        while time.monotonic() < end or running:
            while time.monotonic() < end and len(running) < 2 * asked.processes:
                running.add(pool.submit(play, next(chunks)))
            done, running = wait(running, return_when=FIRST_COMPLETED)
            for (kind, name, numbers), found in (one.result() for one in done):
                tried[kind, name] += len(numbers) * (SHELL_LINES if name == "shell lines" else 1)
                seeds[kind, name] = max(seeds.get((kind, name), 0), numbers[-1])
                wrong += found
                for line in found:
                    print(line, flush=True)
    report(tried, seeds, asked.first)
    print(f"{tried.total()} passed, {len(wrong)} failed")
    return 1 if wrong else 0


def rounds(first: int) -> Iterator[Chunk]:
    """One round after the other: some sites, and some texts for each entry."""
    number = 0
    while True:
        yield "site", "", _seeds(first, number, SITES)
        for name in ENTRIES:
            yield "text", name, _seeds(first, number, COSTLY_TEXTS if name in COSTLY else TEXTS)
        for name in IN_A_WORLD:
            yield "world", name, _seeds(first, number, WORLDS)
        number += 1


def play(chunk: Chunk) -> tuple[Chunk, list[str]]:
    """Try the seeds of a chunk; gives a line for each that went wrong."""
    kind, name, numbers = chunk
    found = []
    for seed in numbers:
        try:
            if kind == "site":
                invariants.hold_of_site(seed, twice=seed % 20 == 0)
            else:
                (ENTRIES if kind == "text" else IN_A_WORLD)[name](Random(seed))
        except Exception as trouble:
            found.append(f"{kind} {name} seed {seed}: {type(trouble).__name__}: {trouble}"[:500])
    return chunk, found


def report(tried: Counter[tuple[str, str]], seeds: dict[tuple[str, str], int], first: int) -> None:
    """Print how many of each were tried."""
    for (kind, name), count in sorted(tried.items()):
        what = {"site": "sites", "text": "texts", "world": "texts in a world"}[kind]
        print(f"{count:9,} {what} {name}, seeds {first} to {seeds[kind, name]}")
    texts = sum(count for (kind, _), count in tried.items() if kind != "site")
    print(f"{tried['site', '']:9,} sites and {texts:,} texts")


def _seeds(first: int, number: int, each: int) -> range:
    return range(first + number * each, first + (number + 1) * each)


if __name__ == "__main__":
    sys.exit(main())

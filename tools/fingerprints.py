"""A fingerprint of every trace that lessons, cases and sites drawn by lot leave behind.

``python -m tools.fingerprints > before``, and again after a change that is to change nothing: ``diff`` names what
differs.
A line is a name and a checksum; of a lesson all its runs count, in whatever order they ended.
"""

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager, redirect_stdout
from hashlib import sha256
from io import StringIO
from pathlib import Path
from unittest.mock import patch
from warnings import catch_warnings, simplefilter

from simlib import Trace, World
from tests.against_sendmail import simulated
from tests.against_sendmail.by_lot import drawn as drawn_case
from tests.against_sendmail.cases import FAMILIES
from tests.notebooks.lesson import run
from tests.properties.scenario import everything
from tests.properties.scenario import run as run_scenario
from tests.properties.sites import CALM
from tests.properties.sites import drawn as drawn_site
from tools.translation.screen import nobody

NOTEBOOKS = Path(__file__).parents[1] / "notebooks"
CASES, SITES, SCENARIOS = 100, 320, 5  # by lot


def main() -> None:
    """Print them all."""
    with catch_warnings(), nobody():
        simplefilter("ignore")
        for name, play in runs():
            print(" ".join(name.split()), checksum(play), flush=True)


def runs() -> Iterator[tuple[str, Callable[[], object]]]:
    """What is played, and the name of each."""
    for seed in range(SCENARIOS):
        yield f"scenario {seed}", lambda seed=seed: run_scenario(seed)
    for seed in range(SITES):
        yield f"site {seed}", lambda seed=seed: drawn_site(seed).run(until=CALM)
    for seed in range(CASES):
        yield f"case by lot {seed}", lambda seed=seed: simulated.play(drawn_case(seed))
    for family, cases in FAMILIES.items():
        for case in cases:
            yield f"case {family}: {case.name}", lambda case=case: simulated.play(case)
    for notebook in sorted(NOTEBOOKS.glob("*.ipynb")):
        yield f"lesson {notebook.stem}", lambda notebook=notebook: list(run(notebook))


def checksum(play: Callable[[], object]) -> str:
    """Of all that worlds left behind in a play."""
    with watched() as seen, redirect_stdout(StringIO()):
        play()
    return sha256("\n".join(sorted(seen)).encode()).hexdigest()[:16]


@contextmanager
def watched() -> Iterator[list[str]]:
    """The checksum of the trace of each run of a world."""
    seen: list[str] = []
    usual = World.run

    def watching(world: World, until: str | float) -> Trace:
        trace = usual(world, until)
        seen.append(sha256(everything(trace).encode()).hexdigest())
        return trace

    with patch.object(World, "run", watching):
        yield seen


if __name__ == "__main__":
    sys.exit(main())

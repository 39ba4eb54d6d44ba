"""How long this tree takes beside another commit of it: ``make bench BEFORE=<commit>``.

Both run the same traffic by turns, each turn in a process of its own, so that a busy machine is as busy for one as for
the other. What is printed is the ratio of the medians, now to before, with the interval of a bootstrap; absolute times
say nothing from one machine to another.
"""

import os
import subprocess
import sys
from argparse import ArgumentParser
from collections.abc import Sequence
from pathlib import Path
from random import Random
from statistics import median
from tempfile import TemporaryDirectory

ROOT = Path(__file__).resolve().parents[1]
TURNS, FEWEST = 25, 15
DRAWS, LEVEL = 4_000, 0.95
TRAFFIC = """
import resource, sys
from simlib import Quirks, Reply, World, traffic
world = World(seed=7)
options = "O HostStatusDirectory=.hoststat\\nO Timeout.queuereturn=3h\\nO QueueSortOrder=host"
mail = world.sendmail("mail.example", domain="here.example", cf=options)
for n in range(4):
    world.sendmail(f"mx{n}.example")
world.peer("odd.example", quirks=Quirks(replies={"RCPT": [None, Reply(452, "4.5.3 one at a time")]}))
world.zone("@ 10m MX 10 mx0.example.\\n@ MX 10 mx1.example.\\n@ MX 20 mx2.example.", origin="site.example.")
arrivals = world.random("arrivals")
targets = ["a@site.example", "b@odd.example", "c@nobody.invalid", "d@here.example", "e@mx3.example"]
for n, at in enumerate(traffic.poisson(arrivals, every="4s", until="3h")):
    mail.submit("taro@here.example", *{targets[n % 5]: None, targets[n * 7 % 5]: None}, size=4_000, at=at)
mail.queue_run(every="10m")
world.outage("mx1.example", "20m", "1h")
world.outage("mx3.example", "30m", "2h")
begun = resource.getrusage(resource.RUSAGE_SELF).ru_utime
trace = world.run(until="6h")
sys.stdout.write(str(resource.getrusage(resource.RUSAGE_SELF).ru_utime - begun))
"""


def main() -> int:
    """Print the ratio; the exit status is 0 if its interval reaches 1.03 or less."""
    reader = ArgumentParser(description=__doc__)
    reader.add_argument("before", help="a commit")
    reader.add_argument("--turns", type=int, default=TURNS)
    asked = reader.parse_args()
    if asked.turns < FEWEST:
        raise SystemExit(f"--turns {asked.turns}: of fewer than {FEWEST} nothing can be said")
    with TemporaryDirectory() as directory:
        before = unpacked(asked.before, Path(directory))
        pairs = [(seconds(ROOT), seconds(before)) for _ in range(asked.turns + 1)][1:]  # the first fills the caches
    now, then = ([pair[n] for pair in pairs] for n in (0, 1))
    low, high = interval(now, then, Random(1))
    ratio = median(now) / median(then)
    print(f"now to {asked.before}: {ratio:.3f} ({low:.3f} to {high:.3f}, {LEVEL:.0%}), {asked.turns} turns each")
    return 0 if low <= 1.03 else 1


def unpacked(commit: str, directory: Path) -> Path:
    """The tree of a commit. Raises SystemExit for one that is not there."""
    packed = subprocess.run(["git", "archive", commit, "simlib"], cwd=ROOT, capture_output=True, check=False)
    if packed.returncode:
        raise SystemExit(f"BEFORE={commit}: {packed.stderr.decode().strip()}")
    subprocess.run(["tar", "-x"], cwd=directory, input=packed.stdout, check=True)
    return directory


def seconds(tree: Path) -> float:
    """CPU seconds that a tree takes for the traffic."""
    environment = {**os.environ, "PYTHONPATH": str(tree), "PYTHONHASHSEED": "0"}
    command = [sys.executable, "-c", TRAFFIC]
    ran = subprocess.run(command, cwd=tree, env=environment, capture_output=True, text=True, check=True)
    return float(ran.stdout)


def interval(now: Sequence[float], then: Sequence[float], random: Random) -> tuple[float, float]:
    """Where the ratio of medians lies: both sides are drawn anew, so often that its spread shows."""
    drawn = sorted(
        median(random.choices(now, k=len(now))) / median(random.choices(then, k=len(then))) for _ in range(DRAWS)
    )
    cut = round((1 - LEVEL) / 2 * DRAWS)
    return drawn[cut], drawn[-cut - 1]


if __name__ == "__main__":
    sys.exit(main())

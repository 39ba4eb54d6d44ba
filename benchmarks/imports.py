"""How long an import takes, beside that of the packages under it."""

import os
import subprocess
import sys

TIMES = 5
PAIRS = {
    "simlib": ("from simlib import World", "import simpy, networkx, dns.resolver, dns.zone"),
    "simlib.lab": (
        "from simlib import lab",
        "import simpy, networkx, dns.resolver, dns.zone, ipywidgets, ipecharts.echarts",
    ),
}
TIMED = "from time import perf_counter as now; begun = now(); {}; print(now() - begun)"


def main() -> None:
    """Print the table."""
    print(f"Import, the quickest of {TIMES} in a fresh interpreter")
    for name, (ours, theirs) in PAIRS.items():
        whole, under = seconds(ours), seconds(theirs)
        more = f"{1000 * (whole - under):.0f} ms more"
        print(f"  {name:<12} {1000 * whole:>6.0f} ms {whole / under:>6.2f} × what is under it, {more}")


def seconds(statement: str) -> float:
    """The quickest of some tries."""
    command = [sys.executable, "-c", TIMED.format(statement)]
    usual = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}  # compile once
    runs = [subprocess.run(command, capture_output=True, text=True, check=True, env=usual) for _ in range(TIMES)]
    return min(float(run.stdout) for run in runs)


if __name__ == "__main__":
    main()

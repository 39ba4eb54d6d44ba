"""Run every check and test one after the other, then say what was skipped and why, and count.

A stage runs whatever became of those before it. The exit status is 0 only if none failed. Arguments choose among the
stages (checks, pytest, nbval, browser), or name notebooks: ``run_tests.py checks notebooks/00_welcome.ipynb``.
"""

import subprocess
import sys
import time
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path
from tempfile import TemporaryDirectory
from xml.etree import ElementTree

ROOT = Path(__file__).resolve().parent.parent
CELL_SECONDS = 120  # nbval's own limit for a cell is more than half an hour

IN_JAPANESE = ("00_welcome", "04_delivery_efficiency", "16_system_replacement")  # the others: make test-ja

PYTEST = [sys.executable, "-m", "pytest", "--quiet"]
CHECKS = {
    "ruff check": [sys.executable, "-m", "ruff", "check", "."],
    "ruff format": [sys.executable, "-m", "ruff", "format", "--check", "."],
    "mypy": [sys.executable, "-m", "mypy"],
}
NBVAL = [
    "--nbval",
    "--nbval-current-env",
    f"--nbval-cell-timeout={CELL_SECONDS}",
    "--numprocesses=2",
    "--dist=loadfile",
]


@dataclass
class Tally:
    """What has passed and failed so far, and the reasons for what was skipped."""

    passed: int = 0
    failed: int = 0
    skipped: Counter[str] = field(default_factory=Counter)

    def check(self, name: str, command: list[str]) -> None:
        """Run a command that passes or fails as a whole."""
        if _run(name, command) == 0:
            self.passed += 1
        else:
            self.failed += 1

    def tests(self, name: str, *arguments: str) -> None:
        """Run pytest and count its tests."""
        with TemporaryDirectory() as directory:
            report = Path(directory) / "report.xml"
            status = _run(name, [*PYTEST, f"--junit-xml={report}", *arguments])
            failed = self._count(report) if report.exists() else 0
        if status != 0 and not failed:
            self.failed += 1  # it broke down before or between its tests

    def _count(self, report: Path) -> int:
        failed = 0
        for case in ElementTree.parse(report).iter("testcase"):
            skipped = case.find("skipped")
            if case.find("failure") is not None or case.find("error") is not None:
                failed += 1
            elif skipped is not None:
                self.skipped[skipped.get("message", "no reason given")] += 1
            else:
                self.passed += 1
        self.failed += failed
        return failed


def main(chosen: list[str]) -> int:
    """Run the stages that were chosen, all if none was; the exit status."""
    tally = Tally()
    stages = chosen or ["checks", "pytest", "nbval", "browser"]
    if "checks" in stages:
        for name, command in CHECKS.items():
            tally.check(name, command)
    if "pytest" in stages:
        tally.tests("pytest", "--numprocesses=2", "--doctest-modules", "--ignore=tests/browser", "simlib", "tests")
    notebooks = [name for name in chosen if name.endswith(".ipynb")]
    if "nbval" in stages:
        notebooks = sorted(str(path.relative_to(ROOT)) for path in ROOT.glob("notebooks/*.ipynb"))
        notebooks += [f"notebooks/ja/{name}.ipynb" for name in IN_JAPANESE]
    if notebooks:
        tally.tests("nbval", *NBVAL, *notebooks)
    if "browser" in stages:
        tally.tests("browser", "--numprocesses=2", "-m", "not measured", "tests/browser")
    return report(tally)


def report(tally: Tally) -> int:
    """Print the last lines; the exit status."""
    print("\n== result")
    for reason, times in sorted(tally.skipped.items()):
        print(f"skipped {times}: {reason}")
    print(f"{tally.passed} passed, {tally.failed} failed, {tally.skipped.total()} skipped")
    return 1 if tally.failed else 0


def _run(name: str, command: list[str]) -> int:
    print(f"\n== {name}", flush=True)
    start = time.monotonic()
    status = subprocess.run(command, cwd=ROOT, check=False).returncode
    print(f"== {name}: {'passed' if status == 0 else 'failed'} in {time.monotonic() - start:.0f} s", flush=True)
    return status


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))

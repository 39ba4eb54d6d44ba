"""Make each deliberate defect in a copy of the project, and report which tests turn red.

``python tools/mutate.py [words of a defect's name]``. The quickest tests run first, and the first red one settles it.
Exit status 0 if at least 95 % of the defects are noticed.
"""

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path
from tempfile import TemporaryDirectory

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

from tests.mutations.defects import DEFECTS  # noqa: E402  # the project is no installed package here
from tests.mutations.making import CannotBeMadeError, Defect, made  # noqa: E402

STAGES = (
    "tests/mta tests/site tests/trace tests/message tests/shell tests/test_units.py tests/test_openpgp.py",
    "tests/world",
    "tests/exercises tests/lab",
    "tests/experiment/test_sweep.py tests/experiment/test_store.py",
    "tests/smtp tests/theory/test_theory_processor_sharing.py",
    "tests/properties/test_properties_balance.py tests/properties/test_properties_dead_ends.py",
    "tests/against_sendmail",
    "--nbval notebooks",
)
ENOUGH = 0.95
SECONDS = 600  # for a stage; a defect that hangs the simulator is noticed, too


def main(words: list[str]) -> int:
    """Try the defects whose name has all the words; the exit status."""
    chosen = [defect for defect in DEFECTS if all(word in defect.name for word in words)]
    missed = []
    for defect in chosen:
        red = noticed_by(defect)
        where = f"{defect.module} {defect.function}"
        print(f"{'RED  ' if red else 'MISSED'} {defect.name}: {red or where}", flush=True)
        if red is None:
            missed.append(defect)
    print(f"{len(chosen) - len(missed)} of {len(chosen)} defects were noticed")
    return 0 if chosen and len(missed) <= (1 - ENOUGH) * len(chosen) else 1


def noticed_by(defect: Defect) -> str | None:
    """The first test that fails with the defect made; None if all pass."""
    with TemporaryDirectory() as directory:
        copy = copied(Path(directory))
        try:
            file, text = made(defect, copy)
        except CannotBeMadeError as trouble:
            raise SystemExit(str(trouble)) from None
        file.write_text(text, encoding="utf-8")
        return next((red for stage in STAGES if (red := first_red(copy, stage))), None)


def copied(directory: Path) -> Path:
    """A copy of the project, to be spoilt."""
    unneeded = (".git", ".venv*", ".*_cache", "artefacts", "build", "__pycache__", ".hypothesis")
    return Path(shutil.copytree(ROOT, directory / "project", ignore=shutil.ignore_patterns(*unneeded)))


def first_red(copy: Path, stage: str) -> str | None:
    """The first test of a stage that fails in a copy; None if all pass."""
    command = [sys.executable, "-m", "pytest", "-x", "-q", "-p", "no:cacheprovider", *stage.split()]
    environment = {"PYTHONPATH": str(copy), "PYTHONHASHSEED": "0", "PYTHONDONTWRITEBYTECODE": "1"}
    try:
        done = subprocess.run(
            command, cwd=copy, env={**os.environ, **environment}, capture_output=True, text=True, timeout=SECONDS
        )
    except subprocess.TimeoutExpired:
        return f"{stage} (does not end)"
    if done.returncode in (0, 5):
        return None
    found = re.search(r"^(?:FAILED|ERROR) (\S+)", done.stdout, flags=re.MULTILINE)
    return found[1] if found else stage


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))

"""One seed, one trace: byte for byte, in any process and on any supported Python."""

import json
import os
import shutil
import subprocess
import sys
import sysconfig
from pathlib import Path

import pytest

SCENARIO = Path(__file__).with_name("scenario.py")
ROOT = SCENARIO.parents[2]
LIBRARIES = sysconfig.get_paths()["purelib"]  # all that simlib needs is pure Python, so any Python can use these


def trace(python: str, seed: int, hash_seed: str) -> bytes:
    """The whole trace, as printed by a process of its own."""
    environment = {**os.environ, "PYTHONHASHSEED": hash_seed, "PYTHONPATH": os.pathsep.join([str(ROOT), LIBRARIES])}
    command = [python, "-P", str(SCENARIO), str(seed)]
    return subprocess.run(command, env=environment, check=True, capture_output=True, timeout=120).stdout


def newest_other_python() -> str | None:
    """The newest Python above 3.11 that uv finds on this machine; pyenv hides its own unless they are named."""
    uv = shutil.which("uv", path=os.pathsep.join([str(Path(sys.executable).parent), os.environ.get("PATH", "")]))
    if uv is None:
        return None
    if pyenv := shutil.which("pyenv"):
        versions = subprocess.run([pyenv, "versions", "--bare"], capture_output=True, check=True, text=True, timeout=60)
        os.environ["PYENV_VERSION"] = ":".join(versions.stdout.split())
    command = [uv, "--no-cache", "python", "list", "--only-installed", "--output-format", "json"]
    listing = subprocess.run(command, capture_output=True, check=True, timeout=60)
    newer = [
        (tuple(one["version_parts"][part] for part in ("major", "minor", "patch")), one["path"])
        for one in json.loads(listing.stdout)
        if one["implementation"] == "cpython" and one["variant"] == "default"
    ]
    newer = [
        (version, path) for version, path in newer if version[:2] > (3, 11) and version[:2] != sys.version_info[:2]
    ]
    return max(newer)[1] if newer else None


@pytest.fixture(scope="module")
def here() -> bytes:
    return trace(sys.executable, seed=4, hash_seed="0")


def test_the_hash_seed_makes_no_difference(here: bytes) -> None:
    assert len(here) > 100_000, "the scenario is to be a rich one"
    assert trace(sys.executable, seed=4, hash_seed="12345") == here


def test_the_python_version_makes_no_difference(here: bytes, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PYENV_VERSION", os.environ.get("PYENV_VERSION", ""))  # put back afterwards
    python = newest_other_python()
    if python is None:
        pytest.skip("uv finds no second Python above 3.11 on this machine")
    assert trace(python, seed=4, hash_seed="1") == here


def test_another_seed_gives_another_trace(here: bytes) -> None:
    assert trace(sys.executable, seed=5, hash_seed="0") != here

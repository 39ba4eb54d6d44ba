"""The stage for whoever compares shells."""

import os
import shutil
from collections.abc import Iterator

import pytest

from tests.against_shell.stage import Stage


@pytest.fixture(scope="session")
def stage() -> Iterator[Stage]:
    """One for all tests."""
    if os.geteuid() != 0 or shutil.which("unshare") is None or shutil.which("bash") is None:
        pytest.skip("a real root shell in a namespace needs root, unshare and bash")
    try:
        stage = Stage()
    except RuntimeError as problem:
        pytest.skip(f"no namespace can be made here: {problem}")
    yield stage
    stage.close()

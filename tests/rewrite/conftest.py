"""The real ``sendmail -bt`` for whoever holds something against it, and the simulated one."""

import os
from collections.abc import Iterator

import pytest

from tests.rewrite.real import RealTestMode, is_possible, real_test_mode
from tests.rewrite.simulated import SimulatedTestMode


@pytest.fixture(scope="session")
def real() -> Iterator[RealTestMode]:
    """The real one; the test is skipped where it cannot be."""
    if not is_possible():
        pytest.skip("sendmail, its m4 files or unshare are not installed")
    if os.geteuid() != 0:
        pytest.skip("only root may give sendmail a network of its own")
    with real_test_mode() as mode:
        yield mode


@pytest.fixture(scope="session")
def simulated() -> SimulatedTestMode:
    """The simulated one, on a host with the same names."""
    return SimulatedTestMode()

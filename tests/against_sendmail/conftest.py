"""The stage for whoever plays cases."""

from collections.abc import Iterator

import pytest

from tests.against_sendmail.stage import Stage


@pytest.fixture(scope="session")
def stage() -> Iterator[Stage]:
    """One for all tests: it costs a second to set up."""
    stage = Stage()
    yield stage
    stage.close()

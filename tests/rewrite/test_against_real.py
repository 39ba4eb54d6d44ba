"""The rules held against the real ``sendmail -bt``: every line of every session that is traced.

``make test-rules`` takes all configurations and more rules by lot (RULES=all); else a third of them.
"""

from pathlib import Path

import pytest

from tests.rewrite import compared
from tests.rewrite.real import RealTestMode
from tests.rewrite.simulated import SimulatedTestMode

NAMES = compared.names()
SEEDS = range(2000 if compared.EVERYTHING else 200)


@pytest.mark.parametrize("name", NAMES)
def test_a_configuration_is_run_as_the_real_one_does(
    name: str, tmp_path: Path, real: RealTestMode, simulated: SimulatedTestMode
) -> None:
    traced, differ = compared.differences(name, tmp_path, real, simulated)
    assert differ == []
    assert traced > 1000


@pytest.mark.parametrize("first", SEEDS[::50])
def test_rules_drawn_by_lot_are_run_as_the_real_one_does(
    first: int, real: RealTestMode, simulated: SimulatedTestMode
) -> None:
    differ = [line for seed in range(first, first + 50) for line in compared.lot_differs(seed, real, simulated)]
    assert differ == []

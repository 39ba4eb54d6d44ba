"""The deliberate defects can be made: what each of them changes stands in the code, once."""

from pathlib import Path

import pytest

from tests.mutations.defects import DEFECTS, Defect

ROOT = Path(__file__).parents[2]


@pytest.mark.parametrize("defect", DEFECTS, ids=lambda defect: defect.name)
def test_it_can_be_made(defect: Defect) -> None:
    assert (ROOT / defect.file).read_text(encoding="utf-8").count(defect.old) == 1


def test_there_are_enough() -> None:
    assert len({defect.name for defect in DEFECTS}) == len(DEFECTS) >= 60

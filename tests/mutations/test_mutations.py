"""The deliberate defects can be made: what each of them changes stands in the code, once."""

import ast
from pathlib import Path

import pytest

from tests.mutations.defects import DEFECTS
from tests.mutations.making import Defect, made

ROOT = Path(__file__).parents[2]


@pytest.mark.parametrize("defect", DEFECTS, ids=lambda defect: defect.name)
def test_it_can_be_made(defect: Defect) -> None:
    file, text = made(defect, ROOT)
    compile(text, str(file), "exec")  # what is no Python would turn any test red
    assert text != ast.unparse(ast.parse(file.read_text(encoding="utf-8")))


def test_there_are_enough() -> None:
    assert len({defect.name for defect in DEFECTS}) == len(DEFECTS) >= 60

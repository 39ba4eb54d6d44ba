"""The cells that are tagged with a claim show what must be seen of it: in what they gave out, not in what they say."""

import re

import pytest

from tests.notebooks.lesson import CLAIMS, LESSONS, cells_of
from tests.notebooks.must_be_seen import MUST_BE_SEEN

QUESTION = re.compile(r"(?s)\AQuestion .*?(?=^came out as: )", re.MULTILINE)  # what is asked is not what is seen


def shown(claim: str) -> str:
    """All that the cells of a claim gave out."""
    lesson = next(path for path in LESSONS if path.name.startswith(claim[:2]))
    return "\n".join(QUESTION.sub("", cell.text) for cell in cells_of(lesson) if f"claim-{claim}" in cell.tags)


def test_each_claim_has_its_patterns() -> None:
    assert list(MUST_BE_SEEN) == [f"{topic}.{n}" for topic, many in CLAIMS.items() for n in range(1, many + 1)]


@pytest.mark.parametrize(("claim", "patterns"), MUST_BE_SEEN.items(), ids=MUST_BE_SEEN)
def test_what_must_be_seen_is_seen(claim, patterns) -> None:
    text = shown(claim)
    assert [pattern for pattern in patterns if not re.search(pattern, text, re.MULTILINE)] == []

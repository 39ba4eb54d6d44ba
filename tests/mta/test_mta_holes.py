"""The table of known holes."""

import re

import pytest

from simlib import WorkbookError, known_holes
from simlib.holes import HOLES
from simlib.mta.policy.version import numbers


def identifiers(version: str) -> set[str]:
    return set(known_holes(version)["identifier"])


def test_each_has_an_identifier_of_its_own_and_ends() -> None:
    assert len({hole.identifier for hole in HOLES}) == len(HOLES) >= 12
    for hole in HOLES:
        assert re.fullmatch(r"CVE-\d{4}-\d{4,5}", hole.identifier)
        assert re.fullmatch(r"(CA-\d{4}-\d\d|TA\d\d-\d{3}A|)", hole.advisory)
        assert hole.reach in ("local", "remote")
        assert numbers(hole.since or "1") < numbers(hole.fixed)


def test_a_hole_is_there_from_its_first_version_until_the_one_that_fixed_it() -> None:
    assert "CVE-1999-0047" in identifiers("8.8.3") & identifiers("8.8.4")
    assert "CVE-1999-0047" not in identifiers("8.8.2") | identifiers("8.8.5")


def test_the_newest_is_the_best_known_and_the_older_the_worse() -> None:
    ages = ["8.6.9", "8.8.8", "8.12.7", "8.14.8", "8.17.1", "8.18"]
    counts = [len(known_holes(version)) for version in ages]
    assert counts == sorted(counts, reverse=True)
    assert counts[-1] == 0


def test_what_is_no_version_is_refused() -> None:
    with pytest.raises(WorkbookError, match="not a sendmail version"):
        known_holes("eight")

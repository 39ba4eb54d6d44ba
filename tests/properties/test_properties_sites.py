"""Whatever stands in a site, whatever happens to it and whatever anybody types: it ends in order.

``make soak`` goes on with further seeds, for as long as one likes.
"""

from random import Random

import pytest

from tests.properties.entries import COSTLY, ENTRIES, IN_A_WORLD
from tests.properties.invariants import hold_of_site

SITES, CHUNKS = 320, 16
TEXTS, WORLDS = 300, 25


@pytest.mark.parametrize("first", range(0, SITES, SITES // CHUNKS))
def test_sites_drawn_by_lot_end_in_order(first: int) -> None:
    for seed in range(first, first + SITES // CHUNKS):
        hold_of_site(seed, twice=seed % 20 == 0)


@pytest.mark.parametrize("name", ENTRIES)
def test_any_text_is_answered_or_complained_of(name: str) -> None:
    for seed in range(TEXTS // 5 if name in COSTLY else TEXTS):
        ENTRIES[name](Random(seed))


@pytest.mark.parametrize("name", IN_A_WORLD)
def test_no_text_ends_a_world(name: str) -> None:
    for seed in range(WORLDS):
        IN_A_WORLD[name](Random(seed))

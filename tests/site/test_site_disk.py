"""File systems: what fits, who may have how much, and what ``write()`` would say."""

from errno import EDQUOT, ENOSPC

from hypothesis import given
from hypothesis import strategies as st

from simlib.site.disk import Disk, Quota


def test_a_write_gets_as_far_as_there_are_blocks() -> None:
    disk = Disk(10, block_size=1_000, others=7)
    assert disk.grow("hana", 0, 2_500, now=0) == (2_500, 0)
    assert disk.free() == 0
    assert disk.grow("hana", 2_500, 1_000, now=0) == (500, ENOSPC)  # the rest of the last block


def test_a_quota_stops_one_and_not_the_other() -> None:
    disk = Disk(100, 1_000, quotas={"hana": Quota(2, 2, grace=0)})
    assert disk.grow("hana", 0, 3_000, now=0) == (2_000, EDQUOT)
    assert disk.grow("taro", 0, 3_000, now=0) == (3_000, 0)


def test_the_soft_limit_may_be_exceeded_until_its_time_is_over() -> None:
    disk = Disk(100, 1_000, quotas={"hana": Quota(2, 4, grace=60)})
    assert disk.grow("hana", 0, 3_000, now=0) == (3_000, 0)
    assert disk.grow("hana", 3_000, 500, now=59) == (500, 0)
    assert disk.grow("hana", 3_500, 1_000, now=60) == (500, EDQUOT)
    disk.take("hana", -2, now=61)  # below the limit again: the time begins anew
    assert disk.grow("hana", 2_000, 2_000, now=100) == (2_000, 0)


def test_files_take_inodes() -> None:
    disk = Disk(10, inodes=1)
    assert [disk.create(), disk.create()] == [0, ENOSPC]


@given(
    st.integers(1, 50),
    st.lists(st.tuples(st.sampled_from(["hana", "taro"]), st.integers(0, 30_000)), max_size=20),
    st.integers(1, 20),
)
def test_no_more_than_there_is_is_ever_taken(blocks: int, writes: list[tuple[str, int]], hard: int) -> None:
    disk = Disk(blocks, 1_000, quotas={"hana": Quota(hard, hard, grace=0)})
    sizes = {"hana": 0, "taro": 0}
    for owner, more in writes:
        written, error = disk.grow(owner, sizes[owner], more, now=0)
        sizes[owner] += written
        assert (written == more) is (error == 0)
        assert disk.held[owner] == disk.needed(sizes[owner])
    assert sum(disk.held.values()) <= blocks
    assert disk.held.get("hana", 0) <= hard

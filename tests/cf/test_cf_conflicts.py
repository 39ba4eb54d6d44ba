"""Options that sendmail does without because of others."""

import warnings

import pytest

from simlib import World
from simlib.cf import Cf, CfWarning
from simlib.cf.conflicts import host_status_directory, single_thread

DISABLED = "HostStatusDirectory disabled with ConnectionCacheSize = 0"
REQUIRED = "HostStatusDirectory required for SingleThreadDelivery"


@pytest.mark.parametrize(
    ("lines", "directory", "single", "complaints"),
    [
        ("O HostStatusDirectory=.hoststat", ".hoststat", False, []),
        ("O HostStatusDirectory=.hoststat\nO ConnectionCacheSize=0", "", False, [(2, DISABLED)]),
        ("O ConnectionCacheSize=0\nO HostStatusDirectory=.hoststat", "", False, [(2, DISABLED)]),
        ("O ConnectionCacheSize=0\nO ConnectionCacheSize=1\nO HostStatusDirectory=.hoststat", ".hoststat", False, []),
        ("O SingleThreadDelivery", "", True, [(1, REQUIRED)]),
        ("O hoststatusdirectory=.hoststat\nO connectioncachesize=0", "", False, [(2, DISABLED)]),
        ("O SingleThreadDelivery\nO HostStatusDirectory=.hoststat", ".hoststat", True, []),
        (
            "O HostStatusDirectory=.hoststat\nO SingleThreadDelivery\nO ConnectionCacheSize=0",
            *("", True, [(3, DISABLED), (3, REQUIRED)]),
        ),
    ],
)
def test_what_counts_and_what_is_said(
    lines: str, directory: str, single: bool, complaints: list[tuple[int, str]]
) -> None:
    with warnings.catch_warnings(record=True) as caught:
        warnings.simplefilter("always")
        cf = Cf.parse(lines)
    assert host_status_directory(cf) == directory
    assert single_thread(cf) == (single and bool(directory))
    said = [(one.message.line, str(one.message)) for one in caught if isinstance(one.message, CfWarning)]
    assert [line for line, _ in said] == [line for line, _ in complaints]
    assert all(text.endswith(end) for (_, text), (_, end) in zip(said, complaints, strict=True))


def test_the_program_says_so_whenever_it_is_called() -> None:
    world = World(seed=1)
    with pytest.warns(CfWarning, match=DISABLED):
        mail = world.sendmail("mail.here.example", cf="O HostStatusDirectory=.hoststat\nO ConnectionCacheSize=0")
    root = world.shell(mail)
    assert root("hoststat") == f"Warning: {DISABLED}"
    assert root("mailq").splitlines()[0] == f"Warning: {DISABLED}"

import pytest

from simlib.message.status import Exit
from simlib.mta.policy.host_status import HostMemory, HostStatus, HostStatusDirectory, status_path


def dead(used: int) -> HostStatus:
    return HostStatus(Exit.TEMPFAIL, "4.4.1", "Deferred: Connection refused by mx1.test.", used, errno=111)


@pytest.mark.parametrize(
    ("host", "path"),
    [
        ("mail.kyoto-u.ac.jp", "jp./ac./kyoto-u./mail"),
        ("MX1.Test.", "test./mx1"),
        ("localhost", "localhost"),
        ("[10.1.2.3]", "3./2./1./10"),
        ("[mail.test]", None),
        ("a/b.test", "test./a:b"),
    ],
)
def test_the_tree_has_the_components_from_the_right(host: str, path: str | None) -> None:
    assert status_path(host) == path


def test_a_process_remembers_without_a_directory_but_only_for_itself() -> None:
    one, other = HostMemory(1800), HostMemory(1800)
    one.remember("mx1.test", dead(100))
    assert one.recall("mx1.test", 101) is not None
    assert other.recall("mx1.test", 101) is None


def test_with_a_directory_the_next_process_knows_too() -> None:
    directory = HostStatusDirectory()
    HostMemory(1800, directory).remember("mx1.test", dead(100))
    later = HostMemory(1800, directory)
    assert later.recall("mx1.test", 1899) is not None
    assert later.recall("mx1.test", 1900) is None, "Timeout.hoststatus is over"


def test_a_time_of_zero_remembers_nothing() -> None:
    memory = HostMemory(0)
    memory.remember("mx1.test", dead(100))
    assert memory.recall("mx1.test", 100) is None


def test_purgestat_removes_what_is_old_and_keeps_the_rest() -> None:
    directory = HostStatusDirectory()
    directory.files = {"old.test": dead(0), "new.test": dead(900)}
    directory.purge(now=1800, keep=1800)
    assert list(directory.files) == ["new.test"]


def test_a_lock_is_one_process_s_until_it_gives_it_back() -> None:
    directory = HostStatusDirectory()
    one, other = object(), object()
    assert directory.lock("mx1.test", one)
    assert directory.lock("mx1.test", one), "it has it already"
    assert not directory.lock("mx1.test", other)
    directory.unlock("mx1.test", other)
    assert not directory.lock("mx1.test", other), "nobody can give back another's lock"
    directory.unlock("mx1.test", one)
    assert directory.lock("mx1.test", other)

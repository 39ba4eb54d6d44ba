"""The log as a file: it is emptied, moved away, and begun anew, while syslogd goes on writing."""

import pytest

from simlib import World
from simlib.shell.shell import Shell

LOG = "/var/log/maillog"


@pytest.fixture
def world() -> World:
    return World(seed=1)


@pytest.fixture
def root(world: World) -> Shell:
    mail = world.sendmail("mail.here.example", domain="here.example")
    world.peer("well.example")
    for n in range(1, 4):
        mail.submit("taro", f"user{n}@well.example", at=f"{n}h")
    world.run(until="90m")
    return world.shell(mail)


def test_it_is_emptied_and_goes_on(world: World, root: Shell) -> None:
    assert "user1" in root(f"cat {LOG}")
    assert root(f"> {LOG}; wc -c {LOG}") == f"0 {LOG}"
    trace = world.run(until="150m")
    assert "user1" not in root(f"cat {LOG}")
    assert "user2" in root(f"cat {LOG}")
    assert "user1" in trace.syslog("mail.here.example")  # the notebook's own record is none of the host's files


def test_a_log_that_is_moved_is_written_on_until_syslogd_is_told(world: World, root: Shell) -> None:
    root(f"mv {LOG} {LOG}.0; touch {LOG}")
    world.run(until="150m")
    assert root(f"cat {LOG}") == ""
    assert "user2" in root(f"cat {LOG}.0")
    root("kill -HUP `cat /var/run/syslogd.pid`")
    world.run(until="4h")
    assert "user3" not in root(f"cat {LOG}.0")
    assert "user3" in root(f"cat {LOG}") and "user2" not in root(f"cat {LOG}")


def test_a_log_that_is_removed_is_gone_until_syslogd_is_told(world: World, root: Shell) -> None:
    root(f"rm {LOG}")
    assert root(f"cat {LOG}").endswith("No such file or directory")
    root("killall -HUP syslogd")
    world.run(until="150m")
    assert "user2" in root(f"cat {LOG}") and "user1" not in root(f"cat {LOG}")


def test_it_is_copied_and_emptied(world: World, root: Shell) -> None:
    root(f"cp {LOG} {LOG}.old && cp /dev/null {LOG}")
    world.run(until="150m")
    assert "user1" in root(f"cat {LOG}.old") and "user2" not in root(f"cat {LOG}.old")
    assert "user2" in root(f"cat {LOG}")


def test_a_mark_in_it_stays_where_it_was_written(world: World, root: Shell) -> None:
    root(f"echo '--- mark' >> {LOG}")
    world.run(until="150m")
    mark, *users = (
        int(line.partition(":")[0]) for line in root(f"grep -n mark {LOG}; grep -n user {LOG}").splitlines()
    )
    assert users[0] < mark < users[-1]

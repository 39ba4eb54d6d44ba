"""A QueueDirectory that is not there: the simulated sendmail says what the real one says, and does not begin."""

import re

import pytest

from simlib import World
from simlib.errors import WorkbookError
from tests.against_sendmail.configuration import SPOOL, configuration, why_not
from tests.against_sendmail.stage import Stage

NOWHERE = {
    "one": ("/var/spool/omqueue", ()),
    "none begins so": ("/var/spool/mqueue/q*", ()),
    "others begin otherwise": ("/var/spool/mqueue/q*", ("r1", "aq")),
    "no directory for several": ("/var/spool/omqueue/q*", ()),
    "a * in the middle": ("/var/spool/mqueue/q*1", ("q11",)),
    "a ? at the end": ("/var/spool/mqueue/q?", ("q1",)),
    "not from the root": ("q*", ("q1",)),
    "a file": ("/var/spool/hosts", ()),
}
COMMANDS = ("mailq", "sendmail -bv taro@snd.test", "sendmail -bd", "sendmail -q")


def said(text: str) -> str:
    """What is printed, less the reply code that the daemon puts before it."""
    return re.sub(r"^\d{3} [45]\.0\.0 ", "", text.strip())


@pytest.mark.skipif(bool(why_not()), reason=why_not())
@pytest.mark.parametrize("command", COMMANDS)
@pytest.mark.parametrize("name", NOWHERE)
def test_it_does_not_begin(name: str, command: str, stage: Stage) -> None:
    option, directories = NOWHERE[name]
    cf = configuration("", f"O QueueDirectory={option}")
    stage.clear(cf)
    for directory in directories:
        (stage.host.path(f"{SPOOL}/mqueue") / directory).mkdir(mode=0o700)
    theirs, _ = stage.typed(command, "", "root")
    assert said(theirs) == complaint(option, directories)
    ours = typed(command, cf, directories)
    assert ours == said(theirs)


def complaint(option: str, directories: tuple[str, ...]) -> str:
    """What a notebook is told, less what it is to do."""
    world = World()
    world.sendmail("snd.test", cf=f"O QueueDirectory={option}")
    _furnish(world, directories)
    with pytest.raises(WorkbookError) as refused:
        world.run("1s")
    return str(refused.value).partition(f"O QueueDirectory={option}: ")[2].partition(". Make it first")[0]


def typed(command: str, cf: str, directories: tuple[str, ...]) -> str:
    """What the command says, or the log where the daemon says it there."""
    world = World()
    mail = world.sendmail("snd.test")
    _furnish(world, directories)
    world.file(mail, "/etc/mail/sendmail.cf", cf)
    mail.stop()
    world.run("1s")
    root = world.shell(mail)
    told = root(command)
    assert not mail.daemon.runs
    return told or root("tail -1 /var/log/maillog").partition("SYSERR(root): ")[2].strip()


def _furnish(world: World, directories: tuple[str, ...]) -> None:
    world.file("snd.test", "/var/spool/hosts")
    for directory in directories:
        world.directory("snd.test", f"/var/spool/mqueue/{directory}")

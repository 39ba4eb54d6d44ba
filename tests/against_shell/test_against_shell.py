"""What postmasters type is answered as a real root shell with GNU's tools answers it."""

import re
import shutil

import pytest

from simlib import World
from tests.against_shell.lines import typed
from tests.against_shell.stage import HOST, Stage, simulated

# what differs, and why it may
DIFFERENT: dict[str, str] = {
    "stat -c '%n %s %F %a' log mqueue": "a directory of tmpfs has another size than one of ext2",
    "grep '['  log": "which words a library has for it differs from one GNU grep to the next",
    "awk '{print' table": "each awk has words of its own for a syntax error",
    "awk 'BEGIN {print 1e6, 0.1 + 0.2, 10 / 3, 2 ^ 10, 7 % 3, -3, 100000 * 100000}'": (
        "mawk writes whole numbers above 2^31 as %.6g, gawk and this one whole"
    ),
}
MOST_DIFFERENT = 0.05  # of all lines


@pytest.mark.parametrize("line", [line for line in typed() if line not in DIFFERENT])
def test_the_answer_is_that_of_a_real_shell(stage: Stage, line: str) -> None:
    assert simulated(line) == stage.real(line)


def test_few_lines_differ() -> None:
    assert set(DIFFERENT) <= set(typed())
    assert len(DIFFERENT) <= MOST_DIFFERENT * len(typed())
    assert len(set(typed())) == len(typed()) >= 200


@pytest.mark.parametrize("line", DIFFERENT)
def test_what_differs_still_differs(stage: Stage, line: str) -> None:
    assert simulated(line) != stage.real(line)


# their figures are those of the machine: what is the same are the columns
TABLES = {
    "ps": "PID",
    "ps ax": "PID",
    "ps aux": "USER",
    "ps -ef": "UID",
    "top -b -n1": "PID",
    "netstat -an": "Proto",
    "netstat -i": "Iface",
    "df": "Filesystem",
    "df -h": "Filesystem",
    "df -i": "Filesystem",
    "w": "USER",
}


@pytest.mark.parametrize("line", TABLES)
def test_tables_have_the_columns_of_the_real_ones(stage: Stage, line: str) -> None:
    if shutil.which(line.split()[0]) is None:
        pytest.skip(f"{line.split()[0]} is not installed here")
    world = World(seed=1)
    mail = world.sendmail(HOST, domain="here.example")
    world.disk(mail, blocks=1_000)
    printed = world.shell(mail)(line)
    assert _columns(printed, TABLES[line]) == _columns(stage.real(line).printed, TABLES[line])


def test_uptime_is_a_line_of_the_same_form(stage: Stage) -> None:
    form = r" \d\d:\d\d:\d\d up +.*,  \d+ users?,  load average: \d+\.\d\d, \d+\.\d\d, \d+\.\d\d"
    world = World(seed=1)
    mail = world.sendmail(HOST, domain="here.example")
    assert re.fullmatch(form, world.shell(mail)("uptime"))
    assert re.fullmatch(form, stage.real("uptime").printed)


def _columns(printed: str, first: str) -> list[str]:
    return next(line.split() for line in printed.splitlines() if line.split()[:1] == [first])

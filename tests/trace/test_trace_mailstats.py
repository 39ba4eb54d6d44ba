"""mailstats in both layouts, the file itself, and the counters against the trace (slide claims 11.2 and 11.3)."""

import subprocess
from collections import Counter
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from simlib import World, read_maillog
from simlib.trace.clock import Clock
from simlib.trace.mailstats import for_programs, of_1998, of_today, status_file
from simlib.trace.statistics import MailerCounters, Statistics, mailer_names
from simlib.units import delay

CLOCK = Clock.starting("1998-02-27T18:04:27+09:00")
NAMES = mailer_names(["local", "prog", "smtp"])
SLIDES_KIND = Statistics(0, {3: MailerCounters(4281, 19034, 4417, 21250), 4: MailerCounters(1977, 7204, 1502, 5631)})
REAL_ONE = "/usr/libexec/sendmail/mailstats"  # the program itself, where Debian keeps it


def test_the_table_of_the_slide_character_by_character() -> None:
    assert of_1998(SLIDES_KIND, NAMES, CLOCK) == (
        "Statistics from Fri Feb 27 18:04:27 1998\n"
        " M msgsfr bytes_from  msgsto   bytes_to  Mailer\n"
        " 3   4281      19034K   4417      21250K  local\n"
        " 4   1977       7204K   1502       5631K  smtp\n"
        "========================================\n"
        " T   6258      26238K   5919      26881K\n"
    )


def test_todays_table_character_by_character() -> None:
    """The numbers are those of a table that the real one printed."""
    statistics = Statistics(0, {3: MailerCounters(6, 16), 5: MailerCounters(1, 1, 4, 13, 1)}, 1, 2, 1)
    names = mailer_names(["local", "smtp", "esmtp"])
    rows = [
        " 3        6         16K        0          0K        0       0       0  local",
        " 5        1          1K        4         13K        1       0       0  esmtp",
    ]
    head = "Statistics from Fri Feb 27 18:04:27 1998\n"
    head += " M   msgsfr  bytes_from   msgsto    bytes_to  msgsrej msgsdis msgsqur"
    foot = [
        "=====================================================================",
        " T        7         17K        4         13K        1       0       0",
        " C        1                    2                    1",
    ]
    assert of_today(statistics, names, CLOCK, 9.0) == "\n".join([f"{head}  Mailer", *rows, *foot, ""])
    nameless = [row.rpartition("  ")[0] for row in rows]
    assert of_today(statistics, names, CLOCK, 9.0, with_names=False) == "\n".join([head, *nameless, *foot, ""])
    assert for_programs(statistics, names, CLOCK, 9.0).splitlines() == [
        f"{CLOCK.unix(0)} {CLOCK.unix(9)}",
        " 3        6         16        0          0        0       0       0  local",
        " 5        1          1        4         13        1       0       0  esmtp",
        " T        7         17        4         13        1       0       0",
        " C        1        2      1",
    ]


def test_a_mailer_is_a_number_and_its_name_is_that_of_now() -> None:
    assert " smtp\n" in of_1998(SLIDES_KIND, NAMES, CLOCK)
    moved = of_1998(SLIDES_KIND, mailer_names(["local", "uucp", "smtp"]), CLOCK)
    assert " 4   1977       7204K   1502       5631K  uucp" in moved


numbers = st.integers(min_value=0, max_value=99_999_999)


@pytest.mark.skipif(not Path(REAL_ONE).exists(), reason="no sendmail is installed here")
@given(st.dictionaries(st.integers(0, 24), st.builds(MailerCounters, *[numbers] * 7)), numbers, numbers, numbers)
@settings(max_examples=20, deadline=None)
def test_the_real_one_reads_the_file_and_prints_the_same(
    tmp_path_factory: pytest.TempPathFactory, mailers: dict[int, MailerCounters], came: int, went: int, refused: int
) -> None:
    clock = Clock.starting("1998-02-27T09:04:27+00:00")
    statistics = Statistics(0, mailers, came, went, refused)
    statistics.mailers = {number: one for number, one in mailers.items() if one != MailerCounters()}
    home = tmp_path_factory.mktemp("mailstats")
    (home / "sendmail.st").write_bytes(status_file(statistics, clock))
    (home / "sendmail.cf").write_text("V10/Berkeley\nMlocal, P=/bin/mail\nMprog, P=/bin/sh\nMsmtp, P=[IPC]\n")
    command = [REAL_ONE, "-C", str(home / "sendmail.cf"), "-f", str(home / "sendmail.st")]
    said = subprocess.run(command, capture_output=True, text=True, check=True, timeout=30, env={"TZ": "UTC"}).stdout
    ours = of_today(statistics, NAMES, clock, 0.0)
    assert [line.rstrip() for line in said.splitlines()] == [line.rstrip() for line in ours.splitlines()]


@pytest.fixture(scope="module")
def world() -> World:
    """A morning: mail to two sites, one of them down for a while, mail from one, and one who may not relay."""
    world = World(seed=1)
    mail = world.sendmail("mail.here.example", domain="here.example")
    there = world.sendmail("mx.there.example", domain="there.example")
    far = world.sendmail("mx.far.example", domain="far.example")
    world.outage(there.daemon, "0s", "20m")
    world.zone("@ 60 MX 10 mail.here.example.", origin="victim.example")
    for n in range(5):
        mail.submit(
            "taro@here.example", f"a{n}@there.example", f"b{n}@there.example", "c@far.example", size=900 * n + 1
        )
        far.submit("hana@far.example", "taro@here.example", size=3_000, at=n * 60)
    far.submit("hana@far.example", "u@victim.example", "v@victim.example")
    mail.queue_run(every="15m")
    world.run(until="2h")
    return world


def test_the_counters_are_those_of_the_trace(world: World) -> None:
    trace = world.run(until="2h")
    mail, *_ = world.systems
    came = trace.messages.where(notice=False)
    local = mail.installation.statistics.mailers[3]
    foreign = mail.installation.statistics.mailers[5]
    assert local.messages_from == len(set(came.where(host=mail.name)["message"]))
    assert foreign.messages_from == len(trace.deliveries.where(host=mail.name))
    sent = trace.attempts.where(host=mail.name, outcome="sent")
    assert foreign.messages_to == len(sent), "one for each transaction"
    counted = mail.installation.statistics
    assert counted.connections_to == len(trace.connections.where(client=mail.name, outcome="accepted"))
    assert counted.connections_from == len(trace.connections.where(server=mail.name))
    assert (foreign.rejected, counted.connections_rejected) == (1, 1), "the first refusal of a session"


@pytest.mark.parametrize(("size", "counted"), [(1, 1), (999, 1), (1_000, 1), (1_001, 2), (2_000, 2), (70_001, 71)])
def test_each_message_is_rounded_up_to_kilobytes(size: int, counted: int) -> None:
    world = World(seed=1)
    mail = world.sendmail("mail.here.example", cf="O DeliveryMode=queueonly")
    for _ in range(2):
        mail.submit("taro@mail.here.example", "hana@mail.here.example", size=size)
    world.run(until="1m")
    assert mail.installation.statistics.mailers[3].kilobytes_from == 2 * counted


def test_the_shell_prints_it_and_cp_dev_null_clears_it() -> None:
    world = World(seed=1)
    mail = world.sendmail("mail.here.example", domain="here.example")
    root = world.shell(mail)
    world.sendmail("mx.there.example", domain="there.example")
    mail.submit("taro@here.example", "hana@there.example", at="1m")
    trace = world.run(until="2m")
    assert root("mailstats") == trace.mailstats(mail.name).rstrip("\n")
    assert " 5        0          0K        1" in root("mailstats")
    assert root("cp /dev/null sendmail.st") == ""
    world.run(until="3m")
    assert root("mailstats").splitlines()[0] == "Statistics from Wed Jul  1 09:03:00 1998"
    assert "local" not in root("mailstats")
    mail.submit("taro@here.example", "hana@there.example", at="4m")
    world.run(until="5m")
    assert root("mailstats").splitlines()[0] == "Statistics from Wed Jul  1 09:04:00 1998"
    assert root("mailstats -p").splitlines()[-1] == " C        0        1      0"
    assert root("mailstats -P").splitlines()[-1] == " C        0        0      0"
    assert root("mailstats -x") == "usage: mailstats [-o] [-P] [-p]"


def test_that_of_1998_prints_its_own_layout_and_knows_no_empty_file() -> None:
    world = World(seed=1)
    old = world.sendmail("mail.here.example", version="8.8.8")
    root = world.shell(old)
    assert (root("mailstats"), root.status) == ("mailstats: file size changed.", 71)
    old.submit("taro@mail.here.example", "hana@mail.here.example")
    world.run(until="1m")
    assert root("mailstats").splitlines()[1] == " M msgsfr bytes_from  msgsto   bytes_to  Mailer"
    assert root("mailstats").splitlines()[2] == " 3      1          1K      1          1K  local"


def test_delays_are_read_back_as_they_were_written() -> None:
    for span in (0, 59, 3_661, 86_400 * 3 + 5):
        line = (
            f"Jul  1 09:00:00 mail sendmail[201]: q: to=<a@b>, delay={delay(span)}, mailer=esmtp, dsn=2.0.0, stat=Sent"
        )
        assert read_maillog(line)["delay"] == [span]


def test_the_log_read_back_counts_as_the_trace_does(world: World) -> None:
    trace = world.run(until="2h")
    mail, *_ = world.systems
    read = read_maillog(trace.syslog(mail.name))
    kinds = Counter(read["kind"])
    assert kinds["refused"] == 2
    attempts = trace.attempts.where(host=mail.name)
    assert kinds["deferred"] == len(attempts.where(outcome="deferred"))
    remote = read.where(kind="sent", mailer="esmtp")
    assert len(remote) == mail.installation.statistics.mailers[5].messages_to
    local = read.where(kind="sent", mailer="local")
    assert sum(local["recipients"]) == len(trace.deliveries.where(host=mail.name))
    whole = read.where(lambda row: row.kind == "came" and row.recipients > 0)
    assert len(whole) == sum(one.messages_from for one in mail.installation.statistics.mailers.values())


def test_each_count_is_known_by_its_queue_id_until_the_file_is_emptied() -> None:
    world = World(seed=11)
    mail = world.sendmail("mail.here.example", domain="here.example", cf="O StatusFile=/var/log/sendmail.st")
    mail.submit("taro@here.example", "ken@here.example")
    trace = world.run(until="1m")
    counted = trace.counted(mail)
    assert list(zip(counted["counter"], counted["mailer"], strict=True)) == [("msgsfr", "local"), ("msgsto", "local")]
    (qid,) = set(counted["qid"])
    assert trace.syslog(mail).count(qid) >= 2
    world.shell(mail)("cp /dev/null /var/log/sendmail.st")
    assert len(world.run(until="2m").counted(mail)) == 0


@pytest.mark.parametrize(("at_once", "kilobytes"), [(True, 1), (False, 2)])
def test_what_is_handed_in_and_goes_at_once_is_counted_without_the_line_of_this_host(
    at_once: bool, kilobytes: int
) -> None:
    world = World(seed=1)
    mail = world.sendmail("mail.here.example", cf="" if at_once else "O DeliveryMode=queueonly")
    world.peer("far.example")
    mail.submit("taro@mail.here.example", "hana@far.example", size=1_000)
    mail.queue_run(at="10m")
    world.run(until="20m")
    assert mail.installation.statistics.mailers[5].kilobytes_to == kilobytes

"""Local delivery agents and the disks that they write to (slide claims 01.2-01.7)."""

import pytest

from simlib import Trace, WorkbookError, World

LINES = {
    "careful": "Mlocal, P=/usr/libexec/mail.local, F=lsDFMAw5:/|@qPrn9, A=mail.local -d $u",
    "unchecked": "Mlocal, P=/bin/binmail, F=lsDFMAw5:/|@qPrn9, A=binmail -d $u",
    "wrong status": "Mlocal, P=/usr/local/deliver, F=lsDFMAw5:/|@qPrn9, A=deliver -d $u",
    "lmtp": "Mlocal, P=/usr/libexec/mail.local, F=lsDFMAw5:/|@qPSXnz9, A=mail.local -l",
    "procmail": "Mlocal, P=/usr/bin/procmail, F=SPfhn9Aw5:/|@ls, A=procmail -Y -a $h -d $u",
    "procmail -t": "Mlocal, P=/usr/bin/procmail, F=SPfhn9Aw5:/|@ls, A=procmail -t -Y -a $h -d $u",
}
MESSAGES, SIZE = 60, 3_000


def full_for_an_hour(agent: str, on: str = "/var/mail") -> Trace:
    """A message a minute for two hours; in the second half hour to the third, the disk is full."""
    world = World(seed=1)
    mail = world.sendmail("mail.here.example", cf=LINES[agent])
    world.agent(mail, "/usr/local/deliver", on_full=73, uses_tmp=True)
    world.disk(mail, 2_000, block_size=1_024, on=on)
    world.user(mail, "hana", "taro")
    world.fill(mail, 2_000, "30m", "1h 30m", on=on)
    for minute in range(MESSAGES):
        mail.submit("taro", "hana", size=SIZE, at=minute * 120)
    mail.queue_run(every="10m", at="5m")
    return world.run(until="4h")


@pytest.mark.parametrize("on", ["/var/mail", "/tmp"])
@pytest.mark.parametrize("agent", ["careful", "lmtp"])
def test_with_75_all_is_late_and_nothing_lost(agent: str, on: str) -> None:
    trace = full_for_an_hour(agent, on)
    late = [delay for delay in trace.messages["delay"] if delay > 1]
    assert trace.totals() | {"copies": 0} == {
        "submitted": MESSAGES, "delivered": MESSAGES, "bounced": 0, "queued": 0, "lost": 0, "copies": 0, "notices": 0,
    }  # fmt: skip
    assert len(late) == 30  # those that came in the hour


@pytest.mark.parametrize("on", ["/var/mail", "/tmp"])
def test_what_is_not_checked_is_lost_and_exactly_what_did_not_fit(on: str) -> None:
    trace = full_for_an_hour("unchecked", on)
    assert (trace.totals()["lost"], trace.totals()["bounced"], trace.totals()["delivered"]) == (30, 0, 30)
    assert all(1_800 <= time < 5_401 for time in trace.losses["time"])
    cause = "did not fit, unnoticed" if on == "/var/mail" else "cut short in /tmp, unnoticed"
    assert set(trace.losses["cause"]) == {cause}
    assert set(trace.agents["status"]) == {0}


@pytest.mark.parametrize("on", ["/var/mail", "/tmp"])
def test_any_other_status_bounces(on: str) -> None:
    trace = full_for_an_hour("wrong status", on)
    assert (trace.totals()["lost"], trace.totals()["bounced"], trace.totals()["delivered"]) == (0, 30, 30)


@pytest.mark.parametrize(("agent", "bounced"), [("procmail", 30), ("procmail -t", 0)])
def test_procmail_needs_its_t(agent: str, bounced: int) -> None:
    assert full_for_an_hour(agent).totals()["bounced"] == bounced


def test_a_short_write_loses_the_rest_and_leaves_a_torn_message() -> None:
    world = World(seed=1)
    mail = world.sendmail("mail.here.example", cf=LINES["unchecked"])
    world.disk(mail, 3, block_size=1_024, on="/var/mail")
    world.user(mail, "hana")
    mail.submit("hana", "hana", size=5_000)
    trace = world.run(until="1m")
    assert len(trace.mailbox("mail.here.example", "hana")) == 3 * 1_024
    assert trace.totals()["lost"] == 1


def test_without_inodes_no_mailbox_is_made() -> None:
    world = World(seed=1)
    mail = world.sendmail("mail.here.example", cf=LINES["careful"])
    world.disk(mail, 100, inodes=1, on="/var/mail")
    world.user(mail, "hana", "taro")
    mail.submit("hana", "hana")
    mail.submit("hana", "taro", at="1m")
    mail.submit("hana", "hana", at="2m")
    trace = world.run(until="5m")
    assert (trace.totals()["delivered"], trace.totals()["queued"]) == (2, 1)


M_FLAG = {"with m": "mP", "without m": "P", "lmtp": "PSXmnz"}


def over_quota(agent: str, runs: int, lifted: bool = False) -> Trace:
    """A message to five, of whom one has used up her quota; after the first try so many queue runs."""
    arguments = "mail.local -l" if agent == "lmtp" else "mail.local -d $u"
    world = World(seed=1)
    mail = world.sendmail(
        "mail.here.example",
        cf=f"Mlocal, P=/usr/libexec/mail.local, F=lsDFMAw5:/|@q{M_FLAG[agent]}, A={arguments}",
    )
    world.disk(mail, 10_000, block_size=1_024, on="/var/mail")
    world.user(mail, "taro", "jiro", "saburo", "shiro")
    world.user(mail, "hana", quota=100)
    world.fill(mail, 100, "0s", f"{runs * 10}m" if lifted else "90d", on="/var/mail", owner="hana")
    mail.submit("taro", "taro", "hana", "jiro", "saburo", "shiro", at="1m")
    for run in range(runs):
        mail.queue_run(at=f"{run * 10 + 10}m")
    return world.run(until=f"{runs * 10 + 20}m")


@pytest.mark.parametrize(("agent", "each"), [("with m", 1), ("without m", 0), ("lmtp", 0)])
@pytest.mark.parametrize("runs", [0, 1, 5])
def test_copies_that_the_others_get(agent: str, each: int, runs: int) -> None:
    trace = over_quota(agent, runs)
    copies = {name: trace.deliveries["mailbox"].count(name) for name in ("taro", "hana", "jiro", "saburo", "shiro")}
    expected = 1 + each * runs
    assert copies == {"taro": expected, "hana": 0, "jiro": expected, "saburo": expected, "shiro": expected}


@pytest.mark.parametrize(("agent", "processes"), [("with m", 6), ("without m", 10), ("lmtp", 6)])
def test_the_price_in_processes(agent: str, processes: int) -> None:
    assert len(over_quota(agent, 5).agents) == processes


@pytest.mark.parametrize("agent", ["with m", "without m", "lmtp"])
def test_when_the_quota_is_lifted_all_have_it(agent: str) -> None:
    trace = over_quota(agent, 3, lifted=True)
    assert trace.totals()["delivered"] == 5
    assert trace.deliveries["mailbox"].count("hana") == 1


def test_the_lmtp_dialogue() -> None:
    said = over_quota("lmtp", 0).lmtp(1).splitlines()
    assert said[:3] == [
        "<<< 220 mail.here.example LMTP ready",
        ">>> LHLO mail.here.example",
        "<<< 250-mail.here.example",
    ]
    after_dot = said[said.index(">>> .") + 1 :]
    assert [line[:9] for line in after_dot[:5]] == ["<<< 250 2", "<<< 450 4", "<<< 250 2", "<<< 250 2", "<<< 250 2"]
    with pytest.raises(WorkbookError, match="did not speak LMTP"):
        over_quota("with m", 0).lmtp(1)


def burst(agent: str) -> Trace:
    """Thirty messages within the same second."""
    world = World(seed=1)
    mail = world.sendmail("mail.here.example", cf=LINES[agent])
    world.user(mail, "hana", "taro")
    random = world.random("arrivals")
    for _ in range(30):
        mail.submit("taro", "hana", at=random.uniform(0, 1))
    return world.run(until="10m")


def test_a_lock_in_two_steps_loses_mail_and_one_in_one_step_does_not() -> None:
    old, new = burst("unchecked"), burst("careful")
    assert old.totals()["lost"] > 0
    assert old.totals()["lost"] == len(old.losses)
    assert set(old.losses["cause"]) == {"written over"}
    assert new.totals()["delivered"] == 30
    assert len(new.losses) == 0


def test_an_agent_that_is_not_there_keeps_mail_waiting() -> None:
    world = World(seed=1)
    mail = world.sendmail("mail.here.example", cf="Mlocal, P=/opt/none, F=lsDFMAw5:/|@qPrn9, A=none -d $u")
    world.user(mail, "hana")
    mail.submit("hana", "hana")
    trace = world.run(until="1m")
    assert "dsn=4.0.0, stat=Operating system error" in trace.syslog("mail.here.example")
    assert trace.totals()["queued"] == 1


def test_an_agent_that_makes_no_sense() -> None:
    world = World()
    mail = world.sendmail("mail.example")
    with pytest.raises(WorkbookError, match="none"):
        world.agent(mail, "/bin/x", lock="fcntl")
    with pytest.raises(WorkbookError, match="0 to 255"):
        world.agent(mail, "/bin/x", on_full=300)


@pytest.mark.parametrize(
    ("agent", "users", "told"),
    [
        ("together", ("hana+a", "taro+b"), [", relay=a, dsn=2.0.0"]),
        ("together", ("hana+a", "taro"), [", mailer=local, pri=61000, dsn=2.0.0"]),
        ("careful", ("hana+a", "taro+b"), [", relay=a, dsn=2.0.0", ", relay=b, dsn=2.0.0"]),
        ("lmtp", ("hana+a",), [", relay=local, dsn=2.1.5"]),
    ],
)
def test_details_part_nobody_from_the_others(agent: str, users: tuple[str, ...], told: list[str]) -> None:
    world = World(seed=1)
    line = {"together": LINES["careful"].replace("Prn9", "Prmn9")} | LINES
    mail = world.sendmail("mail.here.example", cf=line[agent])
    world.user(mail, "hana", "taro")
    mail.submit("taro", *users)
    trace = world.run(until="1m")
    log = [line for line in trace.syslog("mail.here.example").splitlines() if " to=" in line]
    assert len(log) == len(told) == len(trace.agents)
    assert all(words in line for words, line in zip(told, log, strict=True))

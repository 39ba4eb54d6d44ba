"""Mail on a site with NFS: mailboxes that two hosts write, homes that are not there (slide claims 14.1-14.6)."""

import mailbox
from pathlib import Path

import pytest

from simlib import Trace, World
from simlib.site.mail_file import GONE, INTACT, TORN

LINE = "Mlocal, P=/usr/local/deliver, F=lsDFMAw5:/|@qPrn9, A=deliver -d $u\n"
HOUR, COLD = ("2m", "62m"), ("0s", "310s")  # outages of the server of the homes
SPOOL = "spool.here.example"


def two_hosts(
    lock: str,
    options: str = "",
    restart: float = 0,
    cut: tuple[float, float] | None = None,
    statd: bool = True,
    messages: int = 40,
    seed: int = 3,
    size: int = 60_000,
    span: float = 60,
) -> tuple[Trace, World]:
    """Two mail hosts append to hana's mailbox on one NFS server, each so many messages within ``span`` seconds."""
    world = World(seed=seed)
    spool = world.nfs_server(SPOOL, "/var/mail", statd=statd)
    draw = world.random("arrivals")
    for name in ("mx1.here.example", "mx2.here.example"):
        mail = world.sendmail(name, cf=LINE)
        world.agent(mail, "/usr/local/deliver", lock=lock)
        world.mount(mail, spool, "/var/mail", options=options)
        world.user(mail, "hana", "taro")
        for _ in range(messages):
            mail.submit("taro", "hana", size=size, at=draw.uniform(0, span))
        mail.queue_run(every="10m")
    if restart:
        world.at(restart, spool.restart_lockd)
    if cut:
        world.outage(spool, *cut)
    return world.run(until="2h"), world


def conditions(world: World) -> list[str]:
    return world.network.hosts[SPOOL].files.find("/var/mail/hana").mail.conditions()


@pytest.mark.parametrize("lock", ["dot-lock", "lockd"])
def test_a_lock_keeps_all_messages_whole(lock: str) -> None:
    trace, world = two_hosts(lock)
    assert set(conditions(world)) == {INTACT}
    assert trace.totals()["delivered"] == trace.totals()["copies"] == 80
    assert len(trace.losses) == 0


@pytest.mark.parametrize("lock", ["none", "weak"])
def test_without_one_or_with_one_made_in_two_steps_messages_are_torn_or_gone(lock: str) -> None:
    trace, world = two_hosts(lock, span=60 if lock == "none" else 3)
    seen = conditions(world)
    assert seen.count(TORN if lock == "none" else GONE) > 0
    assert trace.totals()["lost"] == seen.count(TORN) + seen.count(GONE) == len(trace.losses)
    assert trace.totals()["delivered"] == seen.count(INTACT)
    assert sum(trace.totals()[state] for state in ("delivered", "lost")) == 80


@pytest.mark.parametrize("lock", ["none", "dot-lock"])
def test_what_the_ledger_says_is_what_is_in_the_bytes(lock: str, tmp_path: Path) -> None:
    trace, _ = two_hosts(lock)
    held = trace.mailbox("mx1.here.example", "hana")
    assert held == trace.mailbox("mx2.here.example", "hana")  # it is one file
    path = tmp_path / "mbox"
    path.write_bytes(held)
    whole = 0
    for account in trace.messages.where(state="delivered")["message"]:
        whole += held.count(trace.content(account)) == 1  # byte by byte
    assert whole == trace.totals()["delivered"]
    read = len(mailbox.mbox(path))
    assert read == 80 if lock == "dot-lock" else read < 80


def test_one_host_alone_needs_no_luck() -> None:
    world = World(seed=1)
    spool = world.nfs_server(SPOOL, "/var/mail")
    mail = world.sendmail("mx1.here.example", cf=LINE)
    world.agent(mail, "/usr/local/deliver", lock="none")
    world.mount(mail, spool, "/var/mail")
    world.user(mail, "hana", "taro")
    for n in range(20):
        mail.submit("taro", "hana", at=n * 60)
    assert world.run(until="1h").totals()["delivered"] == 20


def test_attributes_that_are_believed_for_long_lose_mail_in_spite_of_a_lock() -> None:
    fresh, _ = two_hosts("dot-lock", "cto", size=2_000)
    stale, world = two_hosts("dot-lock", "nocto", size=2_000)
    assert fresh.totals()["lost"] == 0
    assert stale.totals()["lost"] > 10
    assert conditions(world).count(GONE) > 0


def test_a_restart_of_lockd_loses_the_locks() -> None:
    trace, world = two_hosts("lockd", restart=30, size=1_000_000, messages=8)
    assert conditions(world).count(TORN) >= 1
    assert trace.totals()["lost"] >= 1
    again, _ = two_hosts("lockd", size=1_000_000, messages=8)
    assert again.totals()["lost"] == 0


def test_a_restart_of_lockd_is_nothing_to_lock_files() -> None:
    trace, _ = two_hosts("dot-lock", restart=30, size=1_000_000, messages=8)
    assert trace.totals()["lost"] == 0


@pytest.mark.parametrize(("statd", "lost"), [(True, False), (False, True)])
def test_over_a_power_cut_of_the_server_statd_keeps_the_locks(statd: bool, lost: bool) -> None:
    trace, _ = two_hosts("lockd", cut=(20, 70), statd=statd, size=1_000_000, messages=8)
    assert (trace.totals()["lost"] > 0) is lost
    assert trace.totals()["submitted"] == sum(trace.totals()[state] for state in ("delivered", "lost", "queued"))


def test_the_same_seed_tears_the_same_messages() -> None:
    one, two = two_hosts("none"), two_hosts("none")
    assert list(one[0].losses.rows()) == list(two[0].losses.rows())
    assert one[0].mailbox("mx1.here.example", "hana") == two[0].mailbox("mx1.here.example", "hana")
    assert list(one[0].losses.rows()) != list(two_hosts("none", seed=4)[0].losses.rows())


def test_a_soft_mount_leaves_a_torn_message_and_sends_it_again() -> None:
    trace, world = two_hosts("dot-lock", "soft", cut=(20, 70), size=1_000_000, messages=8)
    assert conditions(world).count(TORN) >= 1
    assert trace.totals()["delivered"] == 16


def homes(
    options: str = "",
    *,
    cf: str = "",
    outage: tuple[str, str] | None = None,
    after: str = "0s",
    automount: str | None = None,
    until: str = "3h",
    restore: bool = False,
    copy: bool = False,
) -> Trace:
    """A letter a minute for ten minutes to hana, who has her .forward on another host."""
    world = World(seed=1)
    mail = world.sendmail("mail.here.example", cf=cf)
    home = world.nfs_server("home.here.example", "/home")
    world.sendmail("mx.far.example", domain="far.example")
    world.mount(mail, home, "/home", options=options, after=after, automount=automount)
    world.user(mail, "hana", "taro")
    world.file(home.host, "/home/hana/.forward", "hana@far.example", owner="hana")
    if copy:
        world.file(mail, "/var/forward/hana/.forward", "hana@far.example", owner="hana")
    if outage:
        world.outage(home, *outage)
    if restore:
        world.at("2m", home.restore)
    for minute in range(10):
        mail.submit("taro", "hana", at=minute * 60)
    mail.queue_run(every="15m")
    return world.run(until=until)


def reached(trace: Trace) -> tuple[int, int, int]:
    """How many letters came to where they were to go, to the wrong mailbox, and wait."""
    hosts = trace.deliveries["host"]
    return hosts.count("mx.far.example"), hosts.count("mail.here.example"), trace.totals()["queued"]


@pytest.mark.parametrize(
    ("options", "until", "expected"),
    [
        ("hard,intr", "1h", (2, 0, 8)),
        ("hard,intr", "3h", (10, 0, 0)),
        ("hard,nointr", "1h", (2, 0, 8)),
        ("hard,nointr", "63m", (10, 0, 0)),
        ("soft", "1h", (2, 0, 8)),
        ("soft", "3h", (10, 0, 0)),
    ],
)
def test_a_home_that_does_not_answer_is_a_temporary_matter(
    options: str, until: str, expected: tuple[int, int, int]
) -> None:
    assert reached(homes(options, outage=HOUR, until=until)) == expected


def test_a_home_that_is_not_mounted_is_a_permanent_one_and_forwarding_is_ignored() -> None:
    trace = homes(after="5m30s")
    assert reached(trace) == (4, 6, 0)
    assert ".forward" not in trace.syslog("mail.here.example")  # not a word of it


def test_an_automounter_that_gives_up_sends_mail_astray_unless_sendmail_gives_up_sooner() -> None:
    assert reached(homes(automount="1s", outage=COLD)) == (5, 5, 0)
    assert reached(homes(automount="1s", outage=COLD, cf="O Timeout.fileopen=10s")) == (10, 0, 0)


def test_the_words_of_the_log() -> None:
    waits = homes("hard,intr", outage=HOUR).syslog("mail.here.example")
    assert "forward /home/hana/.forward: transient error: Timeout on file open" in waits
    assert "forward /home/hana/.forward: transient error: Connection timed out" in (
        homes("soft", outage=HOUR).syslog("mail.here.example")
    )
    stale = homes(restore=True, until="1h")
    assert "forward /home/hana/.forward: transient error: Stale file handle" in stale.syslog("mail.here.example")
    assert reached(stale) == (2, 0, 8)


@pytest.mark.parametrize("how", [{"after": "5m30s"}, {"outage": HOUR}, {"outage": HOUR, "options": "soft"}])
def test_a_local_copy_in_forward_path_is_the_cure(how: dict) -> None:
    cf = "O ForwardPath=$z/.forward:/var/forward/$u/.forward"
    assert reached(homes(cf=cf, copy=True, **how)) == (10, 0, 0)


def test_mail_that_is_delivered_below_a_mount_point_is_hidden_when_the_mount_comes() -> None:
    world = World(seed=1)
    mail = world.sendmail("mail.here.example", cf=LINE)
    world.agent(mail, "/usr/local/deliver")
    spool = world.nfs_server(SPOOL, "/var/mail")
    world.mount(mail, spool, "/var/mail", after="2m")
    world.user(mail, "hana", "taro")
    mail.submit("taro", "hana", at="1m")
    world.run(until="90s")
    root = world.shell(mail)
    assert "From taro" in root("cat /var/mail/hana")
    trace = world.run(until="3m")
    assert "No such file" in root("cat /var/mail/hana")
    assert trace.totals()["delivered"] == 1  # says sendmail


def programs(at: str, path: str = "/usr/local/bin/vacation", **how: str) -> Trace:
    """A letter to a program that is on NFS, submitted at a time; mounted from 60 s on, down from 120 s to 600 s."""
    world = World(seed=1)
    mail = world.sendmail("mail.here.example")
    server = world.nfs_server("usr.here.example", "/usr/local")
    world.mount(mail, server, "/usr/local", **{"after": "60s", **how})
    world.program(mail, path)
    world.user(mail, "hana", "taro")
    world.outage(server, 120, 600)
    world.file(mail, "/home/hana/.forward", f'\\hana, "|{path} hana"', owner="hana")
    mail.submit("taro", "hana", at=at)
    return world.run(until="1h")


@pytest.mark.parametrize(
    ("at", "options", "bounced", "words"),
    [
        ("30s", "hard", 1, "stat=unknown mailer error 127"),  # not mounted: not found
        ("90s", "hard", 0, "stat=Sent"),
        ("200s", "hard", 0, "delay=00:06:40"),  # it waits
        ("200s", "soft", 1, "stat=unknown mailer error 126"),
    ],
)
def test_a_program_on_nfs(at: str, options: str, bounced: int, words: str) -> None:
    trace = programs(at, options=options)
    assert trace.totals()["bounced"] == bounced
    assert any("vacation" in line and words in line for line in trace.syslog("mail.here.example").splitlines())


def listed(on_nfs: bool, outage: bool = False, options: str = "") -> Trace:
    """A letter to a list in a file, of hana's, that names a program."""
    world = World(seed=1)
    mail = world.sendmail("mail.here.example")
    server = world.nfs_server("home.here.example", "/home")
    world.mount(mail, server, "/home", options=options)
    world.user(mail, "hana", "taro")
    path = "/home/hana/list" if on_nfs else "/var/lists/list"
    world.file(server.host if on_nfs else mail, path, "taro", owner="hana")
    mail.aliases = f"staff: :include:{path}"
    if outage:
        world.outage(server, "1m", "1h")
    mail.submit("taro", "staff", at="2m")
    mail.queue_run(every="20m")
    return world.run(until="30m" if outage else "2h")


def test_a_list_on_a_server_that_does_not_answer_keeps_the_mail() -> None:
    trace = listed(True, outage=True, options="soft")
    assert trace.totals()["queued"] == 1
    assert "include /home/hana/list: transient error: Connection timed out" in trace.syslog("mail.here.example")
    assert listed(True).totals()["delivered"] == listed(False).totals()["delivered"] == 1


@pytest.mark.parametrize(("on_nfs", "state"), [(False, "delivered"), (True, "bounced")])
def test_what_a_list_on_nfs_names_is_not_used_with_its_owners_rights(on_nfs: bool, state: str) -> None:
    world = World(seed=1)
    mail = world.sendmail("mail.here.example")
    server = world.nfs_server("home.here.example", "/home")
    if on_nfs:
        world.mount(mail, server, "/home")
    world.user(mail, "hana", "taro")
    world.directory(mail, "/var/archive", owner="hana", mode=0o700)
    world.file(server.host if on_nfs else mail, "/home/hana/list", "/var/archive/staff", owner="hana")
    mail.aliases = "staff: :include:/home/hana/list"
    mail.submit("taro", "staff")
    trace = world.run(until="1h")
    assert trace.messages.where(notice=False)["state"] == [state]

"""What sendmail takes for its own name when it begins, and whether it stays (slide claims 15.4, 15.5)."""

import pytest

from simlib import World
from simlib.cf import Cf
from simlib.mta.policy.daemon_ports import daemon_ports, listens_at
from simlib.mta.policy.own_names import class_w
from simlib.mta.receiving.start_up import in_hosts

SHORT = "127.0.0.1 localhost\n10.0.0.1 mail"
FULL = "10.0.0.1 mail.here.example mail"


def begins(hosts: str = SHORT, cf: str = "", dns_back: str = "1h"):
    """A host without name service at first, whose sendmail is begun at 1 minute; a letter comes at 90 minutes."""
    world = World()
    mail = world.sendmail("mail.here.example", cf=cf)
    far = world.sendmail("mail.far.example", domain="far.example")
    world.file(mail, "/etc/hosts", hosts)
    mail.stop()
    world.outage(world.dns, "1s", dns_back)
    mail.start(at="1m")
    far.submit("taro@far.example", "hana@mail.here.example", at="90m")
    return mail, world.run(until="2h")


def test_without_its_name_it_takes_its_own_addresses_for_foreign_ones() -> None:
    mail, trace = begins()
    assert trace.totals()["bounced"] == 1
    assert "mail.here.example" not in mail.own_names
    log = trace.syslog(mail.name)
    assert "My unqualified host name (mail) unknown; sleeping for retry" in log
    assert "using short name" in log


@pytest.mark.parametrize("how", [{"hosts": FULL}, {"cf": "Dj$w.here.example"}, {"cf": "Cwmail.here.example"}])
def test_the_hosts_file_or_the_cf_can_tell_it(how: dict[str, str]) -> None:
    _, trace = begins(**how)
    assert trace.totals()["delivered"] == 1


def test_it_looks_again_after_a_minute() -> None:
    mail, trace = begins(dns_back="2m")
    assert trace.totals()["delivered"] == 1
    assert "sleeping for retry" in trace.syslog(mail.name)
    assert "using short name" not in trace.syslog(mail.name)


def test_an_address_to_listen_at_that_cannot_be_looked_up_ends_it() -> None:
    mail, trace = begins(cf="O DaemonPortOptions=Name=MTA, Addr=mail.here.example\nDj$w.here.example")
    assert not mail.daemon.runs
    assert trace.totals()["queued"] == 1
    assert {one.outcome for one in trace.connections} == {"refused"}
    assert 'host "mail.here.example" unknown' in trace.syslog(mail.name)


def test_mail_from_here_to_its_own_name_comes_back_to_it_as_a_loop() -> None:
    world = World()
    mail = world.sendmail("mail.here.example")
    mail.installation.knows_its_name = False
    mail.installation.configure(mail.cf)
    mail.submit("taro@elsewhere.invalid", "hana@mail.here.example")
    trace = world.run(until="1m")
    assert "dsn=5.3.5, stat=Local configuration error" in trace.syslog(mail.name)
    assert trace.totals()["bounced"] == 1


def test_a_plain_user_is_of_this_host_by_whatever_name() -> None:
    mail, _ = begins()
    assert mail.installation.qualified("hana") == "hana@mail"


def test_class_w_has_what_the_host_knows_and_what_the_cf_says() -> None:
    cf = Cf.parse("V10\nDj$w.Here.example\nCwalias.example")
    assert class_w("mail.here.example", cf, True, cf.classes["w"]) == ["mail.here.example"] * 2 + ["alias.example"]
    assert class_w("mail.here.example", Cf.parse("V10"), False) == ["mail"]


def test_names_to_listen_at_are_looked_up_addresses_are_not() -> None:
    cf = Cf.parse("V10\nO DaemonPortOptions=Name=MTA, Addr=mail.here.example\nO DaemonPortOptions=A=10.0.0.1, Port=587")
    assert listens_at(daemon_ports(cf["DaemonPortOptions"], str(cf))) == ((2, "mail.here.example"),)


def test_comments_of_a_hosts_file_are_not_read() -> None:
    assert in_hosts("10.0.0.1 a b # c", "b")
    assert not in_hosts("10.0.0.1 a b # c", "c")

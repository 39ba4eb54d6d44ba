"""Aliases, lists and .forward files on a host that knows its users (slide claims 13.1-13.4, 14.4, 14.6)."""

import pytest

from simlib import Trace, WorkbookError, World
from simlib.mta.sendmail import Sendmail

REDIRECT = (
    "CPREDIRECT FORWARD\nSParseLocal=98\n"
    'R$* < @ $+ .REDIRECT. >\t$#error $@ 5.1.1 $: "551 User has moved; please try " <$1@$2>\n'
)


def site(cf: str = "", aliases: str = "") -> tuple[World, Sendmail]:
    """A host with three users, and another one that sends and takes mail."""
    world = World(seed=1)
    mail = world.sendmail("mail.here.example", domain="here.example", cf=cf)
    world.user(mail, "taro", "hana", "jiro")
    world.sendmail("mail.far.example", domain="far.example")
    mail.aliases = aliases
    return world, mail


def post(world: World, mail: Sendmail, *to: str, sender: str = "taro@far.example") -> Trace:
    """A letter that comes in from the other host."""
    far = next(system for system in world.systems if system is not mail)
    far.submit(sender, *(f"{user}@here.example" for user in to))
    return world.run(until="10m")


def mailboxes(trace: Trace, host: str = "mail.here.example") -> list[str]:
    return sorted(trace.deliveries.where(host=host)["mailbox"])


def test_a_user_who_is_not_there_is_refused_at_rcpt() -> None:
    trace = post(*site(), "nobody")
    assert "<<< 550 5.1.1 <nobody@here.example>... User unknown" in trace.dialogue(1)
    assert trace.totals()["bounced"] == 1


def test_on_a_host_that_names_no_users_everybody_is() -> None:
    world = World(seed=1)
    mail = world.sendmail("mail.here.example", domain="here.example")
    world.sendmail("mail.far.example", domain="far.example")
    assert post(world, mail, "nobody").totals()["delivered"] == 1


def test_without_mailer_flag_w_it_is_the_agent_who_says_that_there_is_no_such_user() -> None:
    world, mail = site("Mlocal, P=/usr/libexec/mail.local, F=lsDFMA5:/|@qPrn9, A=mail.local -d $u")
    trace = post(world, mail, "nobody")
    assert "250 2.1.5 <nobody@here.example>" in trace.dialogue(1)
    assert trace.agents["status"] == [67]
    assert trace.totals()["bounced"] == 1


def test_a_list_reaches_everybody_once() -> None:
    world, mail = site(aliases="all: taro, hana, staff, Taro@here.example\nstaff: jiro, hana")
    trace = post(world, mail, "all", "hana")
    assert mailboxes(trace) == ["hana", "jiro", "taro"]
    assert trace.totals()["submitted"] == trace.totals()["delivered"] == 3


def test_the_owner_of_a_list_gets_its_returns() -> None:
    world, mail = site(aliases="all: hana, gone@nowhere.invalid\nowner-all: jiro")
    trace = post(world, mail, "all")
    assert trace.notices["to"] == ["jiro@mail.here.example"]
    assert mailboxes(trace) == ["hana", "jiro"]


def test_an_alias_may_be_elsewhere() -> None:
    trace = post(*site(aliases="hana: hana@far.example"), "hana")
    assert next(iter(trace.deliveries.select("host", "mailbox").rows())) == ("mail.far.example", "hana")


@pytest.mark.parametrize(("deep", "delivered"), [(10, True), (11, False)])
def test_aliases_are_followed_so_deep_and_no_deeper(deep: int, delivered: bool) -> None:
    chain = "\n".join(f"a{n}: a{n + 1}" for n in range(1, deep))
    world, mail = site(aliases=f"{chain}\na{deep}: hana")
    assert (post(world, mail, "a1").totals()["delivered"] == 1) is delivered


def test_max_alias_recursion_is_obeyed() -> None:
    world, mail = site("O MaxAliasRecursion=1", "a: b\nb: hana")
    assert post(world, mail, "a").totals()["bounced"] == 1


def test_aliases_in_a_circle_come_back() -> None:
    trace = post(*site(aliases="a: b\nb: a"), "a")
    assert trace.totals()["bounced"] == 1
    assert len(trace.notices) == 1


def test_a_backslash_ends_the_search() -> None:
    assert mailboxes(post(*site(aliases="hana: \\hana, jiro"), "hana")) == ["hana", "jiro"]


def test_a_file_and_a_program() -> None:
    world, mail = site(aliases='log: /var/mail/log\nsort: "|/usr/bin/slocal -user hana"\nno: "|/opt/none"')
    trace = post(world, mail, "log", "sort", "no")
    assert mailboxes(trace) == ["/var/mail/log", "|/usr/bin/slocal -user hana"]
    assert "mailer=prog" in trace.syslog("mail.here.example")
    assert "stat=unknown mailer error 127" in trace.syslog("mail.here.example")
    assert trace.totals()["bounced"] == 1


def test_nobody_may_write_to_programs_from_outside() -> None:
    _, mail = site()
    for wrong in ("|/bin/sh", "/etc/passwd"):
        with pytest.raises(WorkbookError, match="directly to"):
            mail.submit("taro", wrong)


def test_an_include_list_is_read_as_it_is_when_mail_comes() -> None:
    world, mail = site(aliases="club: :include:/home/club")
    world.file(mail, "/home/club", "# members\nhana, jiro\n")
    assert mailboxes(post(world, mail, "club")) == ["hana", "jiro"]


def test_a_list_that_anybody_may_write_is_not_believed() -> None:
    world, mail = site(aliases="club: :include:/home/club")
    world.file(mail, "/home/club", "hana", mode=0o666)
    trace = post(world, mail, "club")
    assert trace.totals()["bounced"] == 1


def test_forward() -> None:
    world, mail = site()
    world.file(mail, "/home/hana/.forward", "\\hana\njiro\n", owner="hana")
    world.file(mail, "/home/jiro/.forward", "jiro@far.example", owner="jiro")
    trace = post(world, mail, "hana")
    assert mailboxes(trace) == ["hana"]
    assert mailboxes(trace, "mail.far.example") == ["jiro"]


def test_a_forward_that_is_not_believed_leaves_the_mail_here_and_a_line_in_the_log() -> None:
    world, mail = site()
    world.file(mail, "/home/hana/.forward", "jiro", owner="hana", mode=0o664)
    trace = post(world, mail, "hana")
    assert mailboxes(trace) == ["hana"]
    assert "forward /home/hana/.forward: Group writable file" in trace.syslog("mail.here.example")


def test_the_first_file_of_forward_path_that_can_be_read_counts() -> None:
    world, mail = site("O ForwardPath=$z/.forward.$w:$z/.forward:/var/forward/$u")
    world.file(mail, "/var/forward/hana", "jiro")
    assert mailboxes(post(world, mail, "hana")) == ["jiro"]
    world.file(mail, "/home/hana/.forward.mail", "taro", owner="hana")
    mail.submit("taro", "hana")
    assert mailboxes(world.run(until="20m")) == ["jiro", "taro"]


def test_two_who_forward_to_each_other_both_keep_a_copy() -> None:
    world, mail = site()
    world.file(mail, "/home/hana/.forward", "jiro", owner="hana")
    world.file(mail, "/home/jiro/.forward", "hana", owner="jiro")
    assert mailboxes(post(world, mail, "hana")) == ["hana", "jiro"]


def test_programs_need_a_shell() -> None:
    world, mail = site()
    world.user(mail, "kaori", shell="/bin/false")
    world.file(mail, "/home/kaori/.forward", '"|/usr/bin/slocal -user kaori"', owner="kaori")
    assert post(world, mail, "kaori").totals()["bounced"] == 1


def test_redirect_tells_where_somebody_has_gone() -> None:
    world, mail = site(REDIRECT, "hana: hana@new.example.REDIRECT")
    trace = post(world, mail, "hana")
    assert trace.totals()["bounced"] == 1
    assert trace.notices["host"] == ["mail.here.example"]  # taken first, returned later


def test_redirect_is_said_at_rcpt_where_all_is_found_out_at_once() -> None:
    world, mail = site(f"O DeliveryMode=interactive\n{REDIRECT}", "hana: hana@new.example.REDIRECT")
    trace = post(world, mail, "hana")
    assert "<<< 551 5.1.1 User has moved; please try <hana@new.example>" in trace.dialogue(1)
    assert trace.notices["host"] == ["mail.far.example"]


def test_without_the_rule_redirect_is_a_domain_like_any_other() -> None:
    world, mail = site(aliases="hana: hana@new.example.REDIRECT")
    trace = post(world, mail, "hana")
    assert "Host unknown" in trace.syslog("mail.here.example")


@pytest.mark.parametrize(("path", "arrives"), [("/safe/log", True), ("/var/mail/log", False)])
def test_safe_file_environment(path: str, arrives: bool) -> None:
    world, mail = site("O SafeFileEnvironment=/safe", f"log: {path}")
    world.directory(mail, "/safe", mode=0o777)
    assert (post(world, mail, "log").totals()["delivered"] == 1) is arrives


@pytest.mark.parametrize(
    ("command", "arrives"),
    [("vacation hana", True), ("/usr/bin/vacation hana", True), ("/bin/sh", False), ("vacation hana; rm -rf /", False)],
)
def test_smrsh_runs_what_lies_in_its_directory(command: str, arrives: bool) -> None:
    world, mail = site("Mprog, P=/usr/libexec/smrsh, F=lsDFMoqeu9, D=$z:/, A=smrsh -c $u", f'p: "|{command}"')
    world.file(mail, "/usr/adm/sm.bin/vacation", mode=0o755)
    trace = post(world, mail, "p")
    assert (trace.totals()["delivered"] == 1) is arrives
    assert arrives or "stat=Service unavailable" in trace.syslog("mail.here.example")


@pytest.mark.parametrize(
    ("command", "logged"),
    [
        ("/bin/sh", 'attempt to use "sh" (stat failed)'),
        ("vacation; rm -rf /", 'attempt to use "vacation;" (stat failed)'),
        ("vacation hana; rm -rf /", "attempt to use ; in command: vacation hana; rm -rf /"),
        ("/usr/bin/vacation hana > /etc/passwd", "attempt to use > in command: /usr/bin/vacation hana > /etc/passwd"),
    ],
)
def test_smrsh_logs_what_it_does_not_run_in_its_own_words(command: str, logged: str) -> None:
    """smrsh.c, and what the real one says: the path is taken off, the program is looked for, then what is behind it."""
    world, mail = site("Mprog, P=/usr/libexec/smrsh, F=lsDFMoqeu9, D=$z:/, A=smrsh -c $u", f'p: "|{command}"')
    world.file(mail, "/usr/adm/sm.bin/vacation", mode=0o755)
    assert f"smrsh: uid 1: {logged}\n" in post(world, mail, "p").syslog("mail.here.example")


def test_smrsh_runs_the_program_of_its_own_directory_whatever_path_is_named() -> None:
    world, mail = site(
        "Mprog, P=/usr/libexec/smrsh, F=lsDFMoqeu9, D=$z:/, A=smrsh -c $u", 'p: "|/home/jiro/vacation hana"'
    )
    world.program(mail, "/home/jiro/vacation", status=1)
    world.file(mail, "/usr/adm/sm.bin/vacation", mode=0o755)
    assert post(world, mail, "p").totals()["delivered"] == 1


def test_accounts_that_make_no_sense() -> None:
    world, mail = site()
    for wrong in ((), ("hana@here.example",), ("",)):
        with pytest.raises(WorkbookError, match="login names"):
            world.user(mail, *wrong)
    with pytest.raises(WorkbookError, match="put before on /var/mail"):
        world.user(mail, "saburo", quota=10)


@pytest.mark.parametrize(
    ("to", "names", "expected"),
    [
        ("hana+list", [".forward+list", ".forward"], "taro"),
        ("hana+list", [".forward", ".forward+other"], "taro"),
        ("hana", [".forward", ".forward+list"], "taro"),
        ("hana", [".forward.mail", ".forward"], "taro"),
        ("hana+list", [], "hana"),
    ],
)
def test_forward_path_knows_the_host_and_what_is_behind_a_plus(to: str, names: list[str], expected: str) -> None:
    world = World(seed=1)
    path = "$z/.forward.$w+$h:$z/.forward+$h:$z/.forward.$w:$z/.forward"
    mail = world.sendmail("mail.here.example", cf=f"O ForwardPath={path}")
    world.user(mail, "hana", "taro", "jiro")
    for name, text in zip(names, ("taro", "jiro"), strict=False):
        world.file(mail, f"/home/hana/{name}", text, owner="hana")
    mail.submit("jiro", to)
    trace = world.run(until="1h")
    assert trace.deliveries["mailbox"] == [expected]
    if not names:
        assert "relay=list, dsn=2.0.0" in trace.syslog("mail.here.example")


def test_an_alias_may_be_for_a_detail_for_any_or_for_none() -> None:
    world = World(seed=1)
    mail = world.sendmail("mail.here.example")
    world.user(mail, "hana", "taro", "jiro")
    mail.aliases = "a+x: hana\na+*: taro\na: jiro"
    for to in ("a+x", "a+y", "a"):
        mail.submit("jiro", to)
    assert sorted(world.run(until="1h").deliveries["mailbox"]) == ["hana", "jiro", "taro"]
    mail.submit("jiro", "nosuch+x")
    assert world.run(until="2h").totals()["bounced"] == 1

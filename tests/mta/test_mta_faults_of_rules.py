"""What rules, maps and class files of a host lack stands in its log: once for each process that meets it."""

from tests.mta.ruled import HERE, begun, ruled

ZONE = "$ORIGIN far.example.\n@ 60 MX 10 mx\nmx 60 A 10.0.9.9\n"
ROUTE = "Kroute hash /etc/mail/route\nSParseLocal\nR$* < @ $+ >  $: $1 < @ $(route $2 $: $2 $) >"
MISSING = 'SYSERR(root): hash map "route": missing map file /etc/mail/route.db: No such file or directory'
QUEUED = "O DeliveryMode=queueonly"


def test_who_types_a_letter_is_told_of_a_map_that_is_not_there() -> None:
    world, mail = ruled(f"{QUEUED}\n{ROUTE}", ZONE)
    said = world.shell(mail, "hana")("sendmail u@far.example", input="Subject: typed\n\nhello\n")
    assert said == MISSING.removeprefix("SYSERR(root): ")
    assert world.run(until="1m").syslog(HERE).count(MISSING) == 1
    assert "u@far.example" in world.shell(mail)("mailq")  # it waits for the map


def test_each_queue_run_tells_it_once() -> None:
    world, mail = ruled(f"{QUEUED}\n{ROUTE}", ZONE)
    for number in range(3):
        mail.submit("hana@here.example", f"u{number}@far.example")
    world.run(until="1m")
    before = world.run(until="2m").syslog(HERE).count(MISSING)
    mail.queue_run(at="3m")
    mail.queue_run(at="4m")
    assert world.run(until="5m").syslog(HERE).count(MISSING) == before + 2


def test_a_session_tells_it_once_too_behind_the_id_of_its_message() -> None:
    world, _ = ruled(ROUTE)
    session = begun(world)
    session("RCPT TO:<hana@here.example>")
    session("RCPT TO:<jiro@here.example>")
    session("QUIT")
    told = [line.partition("]: ")[2] for line in world.run(until="1m").syslog(HERE).splitlines() if MISSING in line]
    assert len(told) == 1
    assert len(told[0].partition(": ")[0]) == 14  # a queue id


def test_rules_without_an_end_are_told_of() -> None:
    world, mail = ruled(f"{QUEUED}\nSParseLocal\nR$* < @ far.example. >  $: $>ParseLocal $1 < @ far.example. >", ZONE)
    said = world.shell(mail, "hana")("sendmail u@far.example", input="Subject: typed\n\nhello\n")
    assert "rewrite: excessive recursion (max 50), ruleset ParseLocal" in said.splitlines()
    assert "SYSERR(root): rewrite: excessive recursion" in world.run(until="1m").syslog(HERE)


def test_a_command_that_a_class_file_keeps_from_beginning_says_so_in_the_log() -> None:
    world, mail = ruled("")
    mail.host.files.write("/etc/mail/sendmail.cf", f"{mail.cf}\nFw/etc/mail/local-host-names\n")
    shell = world.shell(mail)
    said = shell("sendmail hana", input="hello\n")
    assert said.endswith("fileclass: cannot open '/etc/mail/local-host-names': No such file or directory")
    assert shell.status == 71
    assert f"NOQUEUE: SYSERR(root): {said}" in world.run(until="1m").syslog(HERE)

"""sendmail's options at the shell: what they change, what is shown, and that every command line is answered."""

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from simlib import World
from simlib.cf import OPTIONS
from simlib.mta.sendmail import Sendmail
from simlib.shell.sendmail.line import FLAGS, VALUED
from simlib.shell.shell import Shell
from simlib.smtp import Quirks, Reply

HOST = "mail.here.example"
LETTER = "Subject: hello\n\nHi.\n"


@pytest.fixture
def world() -> World:
    """Two letters wait for one host, and one for another."""
    world = World(seed=1)
    mail = world.sendmail(HOST, domain="here.example", cf="O DeliveryMode=queueonly\nO HostStatusDirectory=.hoststat")
    world.sendmail("mx.one.example", domain="one.example")
    world.peer("mx.two.example", domain="two.example", quirks=Quirks(replies={"RCPT": Reply(450, "busy")}))
    mail.submit("taro@here.example", "a@one.example")
    mail.submit("jiro@here.example", "b@two.example")
    mail.submit("taro@here.example", "c@one.example")
    world.run(until="1m")
    return world


@pytest.fixture
def mail(world: World) -> Sendmail:
    return world.systems[0]


@pytest.fixture
def root(world: World, mail: Sendmail) -> Shell:
    return world.shell(mail)


def connections(world: World) -> int:
    return len(world.recorder.connections)


def test_v_shows_the_dialogue_of_a_run_and_waits_for_its_end(world: World, root: Shell) -> None:
    begun = world.env.now
    lines = root("sendmail -q -v").splitlines()
    assert world.env.now > begun
    assert [line for line in lines if line.startswith("Running")][-1].endswith("(sequence 3 of 3)")
    assert sum("Connecting to mx.one.example. via esmtp..." in line for line in lines) == 1, "then it is kept"
    assert sum("Using cached ESMTP connection to mx.one.example." in line for line in lines) == 1
    assert ">>> EHLO mail.here.example" in lines
    assert ">>> RCPT To:<a@one.example>" in lines
    assert "<b@two.example>... Deferred: 450 busy" in lines
    assert lines[lines.index("Closing connection to mx.one.example.") + 1] == ">>> QUIT"
    assert len(root("mailq").splitlines()) == 6, "all but one are gone by now"


def test_a_run_in_the_foreground_is_waited_for_and_shows_nothing(world: World, root: Shell) -> None:
    begun = world.env.now
    assert root("sendmail -qf") == ""
    assert world.env.now > begun
    assert root("sendmail -q") == ""


def test_v_shows_a_letter_on_its_way(world: World, root: Shell) -> None:
    lines = root("sendmail -v hana@one.example", LETTER).splitlines()
    assert lines[0] == "hana@one.example... Connecting to mx.one.example. via esmtp..."
    assert any(
        re.fullmatch(r"hana@one\.example\.\.\. Sent \(\w{14} Message accepted for delivery\)", one) for one in lines
    )
    assert root.status == 0


def test_host_status_is_forgotten_for_a_run(world: World, mail: Sendmail, root: Shell) -> None:
    world.outage("mx.one.example", "1m", "2h")
    root("sendmail -qRone -v")
    tried = connections(world)
    assert "Connecting" not in root("sendmail -q -v -qf").partition("two.example")[0]
    assert connections(world) == tried + 1, "only the one that answers is tried again"
    assert "Connecting to mx.one.example." in root("sendmail -OTimeout.hoststatus=0m -q -v")
    assert mail.cf["Timeout.hoststatus"] == 1800, "what was typed holds for that command alone"


@pytest.mark.parametrize(
    ("options", "kept"),
    [("-odi", False), ("-odb", False), ("-odq", True), ("-odd", True), ("-ODeliveryMode=i", False), ("-v", False)],
)
def test_the_delivery_mode_is_that_of_the_command_line(
    world: World, mail: Sendmail, root: Shell, options: str, kept: bool
) -> None:
    root(f"sendmail {options} hana@one.example", LETTER)
    world.run(until=world.env.now + 60)
    assert any(one.recipients[0].address == "hana@one.example" for one in mail.queue) is kept


def test_a_queue_elsewhere_is_a_queue_of_its_own(world: World, mail: Sendmail, root: Shell) -> None:
    world.directory(mail, "/var/spool/omqueue")
    root("sendmail -oQ/var/spool/omqueue -odq hana@one.example", LETTER)
    assert "hana" not in root("mailq")
    assert "hana" in root("mailq -oQ/var/spool/omqueue")
    assert "hana@one.example... Sent" in root("sendmail -oQ/var/spool/omqueue -q -v")
    assert len(mail.queue) == 3, "the others still wait"


def test_an_interval_runs_with_what_was_typed(world: World, mail: Sendmail, root: Shell) -> None:
    world.directory(mail, "/var/spool/omqueue")
    root("sendmail -oQ/var/spool/omqueue -odq hana@one.example", LETTER)
    root("sendmail -oQ/var/spool/omqueue -q10m")
    arrived = world.run(until="30m").deliveries["mailbox"]
    assert list(arrived) == ["hana"], "what waits in the other queue still does"


def test_what_is_not_simulated_says_so(root: Shell) -> None:
    assert root("sendmail -OFastSplit=0 -bp").startswith("O FastSplit=0: FastSplit is not simulated")
    assert root("sendmail -L tag -bp").startswith("-L is not simulated: here nothing changes")
    assert root("sendmail -qp").startswith("sendmail -qp is not simulated")
    assert root("sendmail -d8.8 -bp").startswith("-d8.8 is not simulated")


def test_all_that_goes_in_and_out_is_written_to_a_file(root: Shell) -> None:
    assert root("sendmail -odi -X/tmp/traffic hana@one.example", LETTER) == ""
    lines = [line[6:] for line in root("cat /tmp/traffic").splitlines()]
    assert lines[:5] == ["<<< Subject: hello", "<<< ", "<<< Hi.", "<<< [EOF]", "=== CONNECT mx.one.example."]
    assert ">>> EHLO mail.here.example" in lines
    assert lines[lines.index(">>> Subject: hello") :][:4] == [">>> Subject: hello", ">>> ", ">>> Hi.", ">>> ."]
    assert root("sendmail -X/nowhere/traffic -bp") == "cannot open /nowhere/traffic: No such file or directory"


def test_an_edited_configuration_holds_for_what_begins_from_then_on(world: World, mail: Sendmail, root: Shell) -> None:
    world.file(mail, "/etc/mail/sendmail.cf", f"{mail.cf}\nO QueueSortOrder=random\nO Foo=1\n")
    assert "unknown option name Foo" in root("sendmail -q")
    world.file(mail, "/etc/mail/other.cf", f"{mail.cf}\nO PrivacyOptions=restrictmailq\n")
    assert "Total requests: 3" in root("sendmail -C/etc/mail/other.cf -bp")


def test_errors_go_where_errormode_says(world: World, mail: Sendmail, root: Shell) -> None:
    world.user(mail, "taro", "hana")
    assert root("sendmail ghost", LETTER).startswith("ghost... User unknown")
    assert root.status == 67
    assert root("sendmail -oem ghost", LETTER) == ""
    assert root.status == 67
    assert root("sendmail -oee ghost", LETTER) == ""
    assert root.status == 0


def test_what_somebody_typed_comes_back_to_his_dead_letter(world: World, mail: Sendmail) -> None:
    world.user(mail, "taro", "hana")
    world.peer("mx.three.example", domain="three.example", quirks=Quirks(replies={"RCPT": Reply(550, "no such user")}))
    taro = world.shell(mail, user="taro")
    assert taro("sendmail -odi x@three.example", LETTER).endswith("Saved message in /home/taro/dead.letter")
    assert taro.status == 67
    assert "Subject: hello" in world.shell(mail)("cat /home/taro/dead.letter")
    world.run(until=world.env.now + 600)
    assert world.run(until=world.env.now).totals()["lost"] == 0
    assert not [one for one in mail.queue if one.message.header("Subject") == "hello"]


def test_t_reads_the_header(world: World, mail: Sendmail, root: Shell) -> None:
    text = "To: hana@one.example,\n  Jiro <jiro@two.example>\nBcc: ken@one.example\nSubject: hello\n\nHi.\n"
    root("sendmail -t saki@one.example", text)
    entry = list(mail.queue)[-1]
    named = {one.address.partition("@")[0] for one in entry.recipients}
    assert named == {"hana", "jiro", "ken", "saki"}
    assert "ken" not in str(entry.message.headers)


def test_a_quarantine_is_set_and_lifted(mail: Sendmail, root: Shell) -> None:
    root("sendmail -Qwait -qRtwo")
    assert len(list(mail.queue)) == 2
    assert "     QUARANTINE: wait" in root("mailq -qQ").splitlines()
    assert "b@two.example... Deferred" not in root("sendmail -q -v")
    assert "Running" in root("sendmail -qQ -v")
    root("sendmail -qQ -Q")
    assert "b@two.example" in root("mailq")


def test_a_foreground_command_ends_after_a_day(world: World, mail: Sendmail, root: Shell) -> None:
    server = world.nfs_server("nfs.here.example", "/var/mail")
    world.user(mail, "taro")
    world.mount(mail, server, "/var/mail", options="hard")
    world.outage("nfs.here.example", "1m", "9d")
    begun = world.env.now
    said = root("sendmail -v taro", LETTER)
    assert said.splitlines()[-1] == "it has worked for a day now; it goes on in the background"
    assert world.env.now == begun + 86_400


VALUES = st.sampled_from(
    [
        *("", "x", "0", "-1", "taro", "a@one.example", "/etc/mail", "/nowhere", "ghost@", "d", "s", "v", "t", "i", "p"),
        *("P", "h", "H", "D", "m", "z", "Rone", "!R", "Sx", "Q", "L", "f", "Gx", "30m", "5x", "I", "0.1", "21.12"),
        *("never", "success", "hdrs", "8BITMIME", "Timeout.", "A=b", "=", " ", "9" * 30, "\u3042", "\udc80", "\0"),
    ]
)
LONG_NAMES = st.builds(lambda option, value: f"-O'{option.name}={value}'", st.sampled_from(OPTIONS), VALUES)
SHORT_NAMES = st.builds(lambda letter, value: f"-o'{letter}{value}'", st.characters(max_codepoint=127), VALUES)
LETTERS = st.builds(lambda letter, value: f"-{letter}'{value}'", st.sampled_from(sorted(VALUED)), VALUES)
CLUSTERS = st.text(alphabet=FLAGS + "bqZ", min_size=1, max_size=4).map(lambda text: f"-{text}")
WORDS = LONG_NAMES | SHORT_NAMES | LETTERS | CLUSTERS | VALUES.map(lambda text: f"'{text}'")
TEXTS = ["", LETTER, "To: taro, a@one.example\n\nx\n", "To: <\n.\n", "EHLO x\nMAIL FROM:<a>\nDATA\n", "/quit\n"]


@given(arguments=st.lists(WORDS, max_size=5), stdin=st.sampled_from(TEXTS))
@settings(max_examples=300, deadline=None)
def test_any_arguments_are_answered(arguments: list[str], stdin: str) -> None:
    world = World(seed=1)
    mail = world.sendmail(HOST, domain="here.example", cf="O DeliveryMode=queueonly")
    world.peer("mx.one.example", domain="one.example")
    world.user(mail, "taro")
    mail.submit("taro@here.example", "a@one.example")
    world.run(until="1s")
    for user in ("root", "taro"):
        shell = world.shell(mail, user=user)
        answer = shell(f"sendmail {' '.join(arguments).replace(chr(0), '')}", stdin)
        assert isinstance(answer, str)
        assert 0 <= int(shell.status) < 256

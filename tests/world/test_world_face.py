"""What a notebook calls: its names, what may be given, what is refused in words, and how things are shown."""

import pydoc
import re
from typing import Any

import pytest

from simlib import Quirks, Sendmail, Trace, WorkbookError, World, lab
from simlib.replacement import replace_system
from simlib.trace import row_types

SCREEN = 60  # lines
LISTED = re.compile(r"^ +\| +(\w+)  +\S", re.MULTILINE)


@pytest.fixture
def world() -> World:
    world = World(seed=4)
    world.sendmail("mail.here.example", domain="here.example", cf="Kpopauth hash /etc/mail/popauth")
    world.peer("mx.far.example", domain="far.example", quirks=Quirks(greylisting="5m"), workers=2)
    world.host("pc.here.example")
    return world


@pytest.fixture
def mail(world: World) -> Sendmail:
    return world.systems[0]


def public(thing: object) -> set[str]:
    return {name for name in dir(thing) if not name.startswith("_")}


def test_a_sendmail_has_few_names(mail: Sendmail) -> None:
    assert len(public(Sendmail)) <= 20
    assert len(public(mail)) <= 20


@pytest.mark.parametrize("kind", [World, Sendmail, Trace])
def test_help_begins_with_one_screen_that_lists_every_name(kind: type, world: World, mail: Sendmail) -> None:
    example = {World: world, Sendmail: mail, Trace: world.run(until="1s")}[kind]
    text = pydoc.plain(pydoc.render_doc(kind))
    above, _, _ = text.partition("Methods defined here")
    screen = "\n".join(above.splitlines()[:SCREEN])
    listed = LISTED.findall(screen)
    assert len(listed) == len(set(listed))
    assert public(example) <= set(listed), "a name is not listed on the first screen"
    assert set(listed) <= public(example), "a name that is not there"


@pytest.mark.parametrize("word", ["30m", 60, "0s"])
def test_a_time_without_its_name_is_no_queue_run(mail: Sendmail, word: Any) -> None:
    with pytest.raises(TypeError, match=r"queue_run\(\) takes 1 positional argument"):
        mail.queue_run(word)


@pytest.mark.parametrize("call", ["restart", "start"])
@pytest.mark.parametrize("as_text", [True, False])
def test_a_configuration_is_text_or_read_already(world: World, mail: Sendmail, call: str, as_text: bool) -> None:
    lines = "O MaxHopCount=9\nO QueueLA=3"
    if call == "start":
        mail.stop()
    getattr(mail, call)(at="1m", cf=lines if as_text else mail.cf.with_lines(lines))
    world.run(until="2m")
    assert (mail.cf["MaxHopCount"], mail.cf["QueueLA"]) == (9, 3)


@pytest.mark.parametrize("call", ["restart", "start"])
def test_a_configuration_that_cannot_be_read_is_refused_at_the_call(mail: Sendmail, call: str) -> None:
    with pytest.raises(WorkbookError, match="MaxHopCount=two"):
        getattr(mail, call)(cf="O MaxHopCount=two")


def hosts(world: World) -> list[Any]:
    mail = world.systems[0]
    return [mail, mail.host, mail.name, "MAIL.here.example", "mail.here.example."]


@pytest.mark.parametrize("n", range(5))
def test_wherever_a_host_is_asked_for_its_name_will_do_or_what_stands_for_it(world: World, n: int) -> None:
    at = hosts(world)[n]
    world.filter(at, "reset", 113)
    world.link(at, "pc.here.example")
    world.filter((at, "pc.here.example"), "drop", 113)
    world.outage((at, "pc.here.example"), "1m", "2m")
    world.outage(at, "10m", "11m")
    world.busy(at, 2, "1m", "2m")
    world.user(at, "hana")
    world.disk(at, 1000)
    world.fill(at, 10, "1m", "2m")
    world.pop(at)
    world.smap(at)
    world.identd(at, "taro")
    assert world.shell(at)("hostname") == "mail.here.example"
    assert world.telnet("pc.here.example", at).greeting.startswith("220")
    world.etrn("pc.here.example", at, "far.example", at="3m")
    trace = world.run(until="5m")
    for text in (trace.syslog(at), trace.mailq(at), trace.mailstats(at), trace.hoststat(at)):
        assert isinstance(text, str)
    for table in (trace.queue(at), trace.queue_length(at), trace.load(at), trace.connections.where(server=at)):
        assert table is not None
    if not isinstance(at, str):
        assert len(trace.connections.where(client="pc.here.example", server=at)) > 0
    assert trace.mailq(at).startswith("/var/spool/mqueue is empty")


def test_a_peer_is_a_host_too(world: World) -> None:
    peer = world.peer("other.example")
    world.filter(peer, "drop")
    world.busy(peer, 1, "1m", "2m")
    world.file(peer, "/etc/motd", "hello")
    assert world.shell(peer)("cat /etc/motd") == "hello"


@pytest.mark.parametrize("thing", [None, 25, 1.5, b"mail.here.example", ["mail.here.example"]])
def test_what_is_no_host_is_refused_in_words(world: World, thing: Any) -> None:
    trace = world.run(until="1s")
    for call in (world.filter, world.shell, trace.mailq, lambda one: world.link(one, "pc.here.example")):
        with pytest.raises(WorkbookError, match="is no host: give its name"):
            call(thing)


def test_a_host_without_sendmail_has_no_queue(world: World) -> None:
    trace = world.run(until="1s")
    with pytest.raises(WorkbookError, match=r"no sendmail runs on 'mx\.far\.example'; there are: mail\.here\.example"):
        trace.mailq("mx.far.example")
    with pytest.raises(WorkbookError, match=r"no sendmail runs on mx\.far\.example"):
        world.pop("mx.far.example")


@pytest.mark.parametrize(
    ("call", "words"),
    [
        (lambda world: world.filter("pc.here.example", "dorp"), "action='dorp': a filter does one of drop, reset"),
        (lambda world: world.host("a.example", stack="bsd"), "stack='bsd': a TCP stack is one of modern, Ultrix"),
        (
            lambda world: world.agent("pc.here.example", "/a", lock="flock"),
            "lock='flock': an agent locks by one of none",
        ),
        (lambda world: Quirks(silent_at="DTAA"), "'DTAA' is no place in an SMTP session; there are: HELO"),
        (lambda world: Quirks(replies={"rcpt": None}), "'rcpt' is no place"),
        (lambda world: Quirks(greylisting="soon"), "'soon' is not a length of time"),
    ],
)
def test_a_choice_that_there_is_not_is_refused_and_the_right_ones_are_named(
    world: World, call: Any, words: str
) -> None:
    with pytest.raises(WorkbookError, match=words):
        call(world)


def test_things_introduce_themselves(world: World, mail: Sendmail) -> None:
    assert repr(world) == (
        "<world of seed 4, at 0 s, Wed Jul  1 09:00:00 1998: mail.here.example, mx.far.example, pc.here.example>"
    )
    assert repr(world.peer("plain.example")) == "<peer plain.example>"
    assert repr(world.peer("odd.example", quirks=Quirks(silent_at="DATA"))) == (
        "<peer odd.example with Quirks(silent_at='DATA')>"
    )
    assert repr(mail) == "<sendmail 8.18 on mail.here.example: 0 in the queue>"


def test_a_row_knows_its_cells(world: World, mail: Sendmail) -> None:
    mail.submit("taro", "hana")
    trace = world.run(until="1m")
    rows = {
        "messages": trace.messages, "attempts": trace.attempts, "connections": trace.connections,
        "losses": trace.losses,
        "deliveries": trace.deliveries, "agents": trace.agents, "notices": trace.notices, "steps": trace.steps,
        "outages": trace.outages, "queue": trace.queue(mail), "queue_length": trace.queue_length(mail),
        "load": trace.load(mail),
    }  # fmt: skip
    for name, table in rows.items():
        method = getattr(Trace, name)
        promised = str((method.fget if isinstance(method, property) else method).__annotations__["return"])
        row = getattr(row_types, promised.split("[")[1].rstrip("]'\""))
        assert list(table.columns) == list(row.__annotations__)
    (one,) = trace.deliveries
    assert (one.mailbox, one.host) == ("hana", "mail.here.example")


@pytest.mark.parametrize(
    ("call", "words"),
    [
        (lambda world, mail: mail.submit("x", ["y@far.example"]), "is no address: write submit"),
        (lambda world, mail: mail.submit(None, "y@far.example"), "None is no address"),
        (lambda world, mail: mail.submit("x", "y@far.example", user="a\nX-Evil: 1"), "a login name, such as 'hana'"),
        (lambda world, mail: mail.submit("x", "y@far.example", user=3), "user=3: a login name"),
        (lambda world, mail: mail.submit("x", "y@far.example", notify="success"), "notify='success': write a list"),
        (lambda world, mail: mail.restart(cf=3), "cf=3: write sendmail.cf lines as text"),
        (lambda world, mail: mail.start(cf=b"O X"), "cf=b'O X': write sendmail.cf lines as text"),
        (lambda world, mail: world.sendmail("b.example", cf=None), "cf=None: write sendmail.cf lines"),
        (lambda world, mail: world.filter((mail,)), "a link has two ends"),
        (lambda world, mail: world.outage((mail, mail, mail), "1h", "2h"), "a link has two ends"),
        (lambda world, mail: world.mount(mail, "nfs.example", "/home"), "from what world.nfs_server"),
        (lambda world, mail: world.zone(""), "'' is no zone"),
        (lambda world, mail: world.zone(None), "None is no zone"),
        (lambda world, mail: world.peer("c.example", quirks={"greylisting": 5}), "write them as Quirks"),
        (lambda world, mail: world.peer("c.example", workers=1.5), "workers=1.5: a server that serves"),
        (lambda world, mail: Quirks(replies={"RCPT": "450 x"}), "'450 x' is no reply: write Reply"),
        (lambda world, mail: Quirks(replies={"RCPT": ["x"]}), "'x' is no reply"),
        (lambda world, mail: Quirks(greeting="220 hi"), "'220 hi' is no reply"),
        (lambda world, mail: Quirks(extensions="SIZE"), "extensions='SIZE': write a set"),
        (lambda world, mail: Quirks(hangs_after=-1), "hangs_after=-1: how many messages"),
        (lambda world, mail: Quirks(refused_characters=None), "refused_characters=None: write them as a text"),
        (lambda world, mail: Quirks(delays={"RCPT": -1}), "-1 is not a length of time"),
        (lambda world, mail: world.run(until="1s").syslog("nohost"), "no sendmail runs on 'nohost'"),
        (lambda world, mail: lab.console(mail, client="nohost"), "there is no such host; known"),
        (lambda world, mail: lab.console(mail, client=3), "3 is no host"),
        (lambda world, mail: world.shell(mail)(b"mailq"), "what is typed at a shell is text"),
        (lambda world, mail: world.shell(mail)("sendmail x", None), "None: what is typed at a shell is text"),
        (lambda world, mail: replace_system(world, "nohost", []), "no sendmail runs on nohost"),
    ],
)
def test_a_slip_is_answered_in_words(world: World, mail: Sendmail, call: Any, words: str) -> None:
    with pytest.raises(WorkbookError, match=words):
        call(world, mail)


def test_names_will_do_for_a_console_and_for_a_replacement(world: World, mail: Sendmail) -> None:
    replace_system(world, mail.name, ["save sendmail.cf"])
    lab.console(mail, client="pc.here.example")
    assert len(world.run(until="1h").steps) == 1


def test_a_delay_is_a_length_of_time(world: World, mail: Sendmail) -> None:
    assert Quirks(delays={"RCPT": "5s"}).delays == {"RCPT": 5.0}

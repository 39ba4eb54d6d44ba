"""Every place where a text comes in from outside, with what may come of it: an answer, or a complaint in words.

``ENTRIES`` has a function for each: it draws one text, hands it in, and asserts what has to hold whatever it was.
``IN_A_WORLD`` does the same in a small world that then runs on.
"""

import math
import os
import warnings
from collections.abc import Callable, Mapping
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory
from unittest.mock import patch

from simlib import CfWarning, Trace, WorkbookError, World, read_maillog, traffic
from simlib.cf import Cf, stock
from simlib.cf.numbers import atoi
from simlib.exercises import ALL, DRILLS, QUESTIONS, Question
from simlib.experiment import replicate
from simlib.lab import predict, progress
from simlib.message.envelope import parse_address
from simlib.message.header import read as read_header
from simlib.mta.local import sh
from simlib.mta.policy import written
from simlib.mta.policy.aliases import newaliases
from simlib.mta.policy.queue_order import Selection
from simlib.mta.sendmail import Sendmail
from simlib.openpgp import PublicKey, Signature
from simlib.regex import Regex
from simlib.site.dns import NameService
from simlib.site.nfs_options import MountOptions
from simlib.smtp.commands import parse
from simlib.trace.clock import Clock
from simlib.units import bits_per_second, convtime, seconds
from tests.properties import odd
from tests.properties.invariants import check
from tests.properties.sites import cf_lines

Entry = Callable[[Random], None]

TIMES = (
    "30m",
    "1d12h",
    "80ms",
    "now",
    "5d",
    "1h30",
    "0",
    "1w",
    "99999999w",
    "1.5h",
    "1e9",
    "1:30",
    "12:00",
    "30 m",
    "-5m",
)
SIZES = ("28.8kbps", "64kbps", "1.5Mbps", "10Mbps", "1Gbps", "9600bps", "1000", "10 MB", "1e9", "0bps")
ZONE = """$TTL 1h
@ MX 10 mx0.example.
@ MX 20 mx1
mx1 A 10.0.0.77
www CNAME mx1
* MX 5 mx0.example.
@ SOA a b 1 2 3 4 5
$GENERATE 1-9 pc$ A 10.1.0.$
"""
LINES = (
    *str(stock()).splitlines(),
    *(
        "O QueueSortOrder=host",
        "O Timeout.queuereturn=5d",
        "O MaxHopCount=25",
        "Kaccess hash /etc/mail/access",
        "S98",
        "R$*\t$1",
    ),
    *(
        "Mlocal, P=/bin/mail, F=lsDFMAw5:/|@qPn9, A=mail -d $u",
        "Plist=-30",
        "H?D?Date: $a",
        "Fw-o /etc/mail/names %[^\\#]",
    ),
)
COMMANDS = (
    *(
        "mailq",
        "sendmail -q",
        "sendmail -qR",
        "sendmail -bv u1",
        "sendmail -bt",
        "hoststat",
        "newaliases",
        "ls -l /",
        "cat /etc/passwd",
    ),
    *(
        "grep -E '(a+)+$' /var/log/maillog",
        "grep -c stat= /var/log/maillog",
        "tail -5 /var/log/maillog",
        "head -n 3 /etc/mail/aliases",
    ),
    *(
        "sort -rn",
        "uniq -c",
        "wc -lwc",
        "cp a b",
        "cd /tmp",
        "kill -HUP 201",
        "ps ax",
        "uptime",
        "df -k",
        "date",
        "mailstats -P",
    ),
    *(
        "echo hello | sendmail u1",
        "mailq | grep u1 | wc -l",
        "sendmail -f '' u2",
        "sendmail -Nnever u1",
        "help",
        "purgestat",
    ),
)
SMTP = (
    *(
        "HELO x",
        "EHLO peer.example",
        "MAIL FROM:<a@peer.example>",
        "RCPT TO:<u1@mail.example>",
        "RCPT TO:<U1>",
        "DATA",
        ".",
        "RSET",
        "QUIT",
    ),
    *(
        "VRFY u1",
        "EXPN staff",
        "ETRN mx0.example",
        "HELP",
        "NOOP",
        "VERB",
        "MAIL FROM:<> SIZE=1 BODY=8BITMIME",
        "RCPT TO:u1 NOTIFY=NEVER",
        "RCPT TO:<u1+x@here.example>",
    ),
)


EXPRESSIONS = (
    "(a+)+$",
    "^(stat|dsn)=[^,]*",
    "[[:alpha:]]{2,3}",
    "\\(a\\|b\\)*c",
    "a{1,4}(b|)*",
    "\\<mail\\>",
    "x.*y",
    "[^]]+",
)
PROGRESS = (
    '{"02.c": {"tries": 3, "hints": 1, "solved": 0}, "04.a": {"tries": 1, "hints": 0, "solved": 1, "answer": "36"}}',
    '{"ask-04.1": {"answer": 1, "right": 1, "time": "2026-11-29T10:00:00"}, "hands-04.1": {"hands": [1], "time": ""}}',
    "{}",
)
OPENPGP = tuple(
    (Path(__file__).parents[2] / "notebooks" / "files" / name).read_text("ascii")
    for name in ("signing-key.asc", "agent-1.0.tar.asc")
)
NUMBER = Question("04.1", "How many?", lambda came: came, "So it is.", near={3: "One a site."})


def _told(call: Callable[[], object]) -> None:
    """An answer, or a complaint that says something."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", CfWarning)
        try:
            call()
        except WorkbookError as complaint:
            assert str(complaint).strip()


def _from(lot: Random, right: tuple[str, ...]) -> str:
    """Something that is right, or was."""
    kind = lot.random()
    if kind < 0.2:
        return lot.choice(right)
    return odd.mutated(lot, lot.choice(right)) if kind < 0.8 else odd.text(lot)


def _cf(lot: Random) -> str:
    return "\n".join(_from(lot, LINES) for _ in range(lot.randint(0, 3)))


def _whole_cf(lot: Random) -> str:
    return lot.choice(("", f"{stock()}\n", "V10/Berkeley\n")) + _cf(lot)


def zone(lot: Random) -> None:
    service = NameService(World().env, 0.01)
    _told(lambda: service.add(service.read_zone(odd.mutated(lot, ZONE), origin="here.example.")))


def aliases(lot: Random) -> None:
    assert newaliases(odd.aliases(lot), {"mail.example": None}).report


def forward(lot: Random) -> None:
    """A line of a .forward file, and a command in it."""
    found = written.read(odd.address(lot))
    assert not (found.address and found.refused)
    try:
        sh.cut(odd.text(lot, ("exit 3", "cat", ";", "|", "'", '"', "$(", ")", "{", "}", "&&", ">", "`")))
    except SyntaxError as wrong:
        assert wrong.msg


def lists(lot: Random) -> None:
    """A line of a list, and what a RCPT names."""
    for read in (written.read, written.read_recipient):
        found = read(odd.addresses(lot))
        assert not (found.address and found.refused)


def class_files(lot: Random) -> None:
    world = _world(lot, "Fw/etc/mail/local-host-names\nFR/etc/mail/relay-domains")
    mail = world.systems[0]
    for name in ("local-host-names", "relay-domains"):
        world.file(mail, f"/etc/mail/{name}", odd.lines(lot, odd.text))
    mail.installation.configure(mail.cf)
    assert all(" " not in name for name in mail.own_names)


def cf(lot: Random) -> None:
    """What a notebook gives, and what lies in /etc/mail."""
    text = _cf(lot)
    _told(lambda: stock().with_lines(text))
    _, complaints = Cf.found(text)
    assert all(complaints), "a complaint that says nothing"


def times(lot: Random) -> None:
    text = _from(lot, TIMES)
    _told(lambda: seconds(text))
    _told(lambda: Clock.starting(text))
    assert convtime(text)[0] >= 0


def sizes(lot: Random) -> None:
    text = _from(lot, SIZES)
    _told(lambda: bits_per_second(text))
    _told(lambda: MountOptions.parse(f"wsize={text},timeo={text}"))
    assert isinstance(atoi(text), int)


def smtp_lines(lot: Random) -> None:
    assert str(parse(_from(lot, SMTP).replace("\n", " "))) is not None


def addresses(lot: Random) -> None:
    text = odd.address(lot)
    _told(lambda: parse_address(text))
    mta = _world(lot, "CPREDIRECT\nSParseLocal=98\nR$* < @ $+ .REDIRECT. >\t$#error $: moved").systems[0].installation
    found = mta.ways.destination(text)
    assert found.mailer and (found.refusal is None or found.refusal.words)


def messages(lot: Random) -> None:
    text = odd.lines(lot, odd.text).encode("utf-8", "surrogatepass")
    fields, body = read_header(text)
    assert len(body) <= len(text) and all(name for name, _ in fields)


def selections(lot: Random) -> None:
    _told(lambda: Selection.parse(_from(lot, ("-qRkyoto-u", "-q!Staro -qIx", "-qR"))))


def logs(lot: Random) -> None:
    line = (
        "Jul  1 09:00:00 mail sendmail[201]: c6190AQn000208: from=<a>, size=24, class=0, nrcpts=1, relay=root@localhost"
    )
    _told(lambda: read_maillog("\n".join(_from(lot, (line,)) for _ in range(3))))


def answers(lot: Random) -> None:
    """An answer to an exercise, or to an incident."""
    if lot.random() < 0.05:
        held = DRILLS[lot.choice(sorted(DRILLS))].exercise(lot.randint(1, 3))
    else:
        held = ALL[lot.choice(sorted(ALL))]
    right = (held.solution, *held.mistakes, *held.choices)
    text = _from(lot, right) if held.kind != "cf" or lot.random() < 0.1 else _cf(lot)
    assert held.check(text).why.strip()


def predictions(lot: Random) -> None:
    """A number that somebody types for a prediction."""
    shown, typed = predict(NUMBER, lambda: 8), _from(lot, ("8", "3 connections", "１２", "1,000"))
    with TemporaryDirectory() as directory, patch.dict(os.environ, {progress.PLACE: f"{directory}/progress.json"}):
        shown._field.value = typed
        shown.submit()
        assert shown._told.value.strip()
        assert shown.is_open == ("ask-04.1" in progress.read())


def expressions(lot: Random) -> None:
    """A regular expression, and a text that is searched for it."""
    pattern, text = _from(lot, EXPRESSIONS), odd.text(lot) * lot.choice((1, 1, 20))

    def search() -> None:
        regex = Regex(pattern, extended=lot.random() < 0.7, any_case=lot.random() < 0.3)
        found = [(match.start, match.end) for match in regex.find_all(text)]
        assert found == sorted(found)
        assert regex.matches(text) == bool(found)

    _told(search)


def progress_files(lot: Random) -> None:
    """What stands where a student's progress is kept: the next note is kept, and what was damaged is set aside."""
    with TemporaryDirectory() as directory:
        path = Path(directory, "progress.json")
        path.write_text(_from(lot, PROGRESS), encoding="utf-8", errors="surrogatepass")
        _told(lambda: progress.read(path))
        _told(lambda: progress.summary([path]))
        with patch.dict(os.environ, {progress.PLACE: str(path)}):
            told = progress.note("02.c", tries=1)
            assert progress.predicted(QUESTIONS["04.1"]) in (None, 0, 1, 2, 3)
        assert progress.read(path)["02.c"]["tries"] >= 1
        assert bool(told) == any(Path(directory).glob("*.bad"))


def experiment_files(lot: Random) -> None:
    """What stands where the result of a run is kept: it is believed if it is one, or set aside and made again."""
    with TemporaryDirectory() as directory, warnings.catch_warnings():
        warnings.simplefilter("ignore")
        replicate(_dice, [1], workers=1, directory=directory)
        (path,) = Path(directory).iterdir()
        right = path.read_text(encoding="utf-8")
        path.write_text(_from(lot, (right,)), encoding="utf-8", errors="surrogatepass")
        (number,) = replicate(_dice, [1], workers=1, directory=directory)["mean"]
        assert math.isfinite(number)


def keys_and_signatures(lot: Random) -> None:
    """In the armor in which they are mailed; tests/test_openpgp.py goes into what stands in it."""
    key, signature = (_from(lot, (text,)).encode("utf-8", "surrogatepass") for text in OPENPGP)
    _told(lambda: PublicKey.read(key).verify(b"x", Signature.read(signature)))


def _dice(seed: int = 1) -> Mapping[str, float]:
    return {"eyes": seed / 3}


ENTRIES: dict[str, Entry] = {
    "zone": zone,
    "aliases": aliases,
    ".forward": forward,
    "lists": lists,
    "class files": class_files,
    "cf": cf,
    "times": times,
    "sizes": sizes,
    "SMTP lines": smtp_lines,
    "addresses": addresses,
    "messages": messages,
    "selections": selections,
    "logs": logs,
    "answers": answers,
    "predictions": predictions,
    "expressions": expressions,
    "progress files": progress_files,
    "experiment files": experiment_files,
    "keys and signatures": keys_and_signatures,
}
COSTLY = (
    "answers",
    "predictions",
    "class files",
    "progress files",
    "experiment files",
)  # of which each makes something first


def _world(lot: Random, cf: str = "") -> World:
    """A mail host with two users and a peer."""
    world = World(lot.randrange(1_000))
    mail = world.sendmail("mail.example", domain="here.example", cf=cf)
    world.peer("peer.example")
    world.sendmail("mx0.example")
    world.user(mail, "taro", "u1", "u2")
    return world


def _runs_on(world: World, lot: Random) -> None:
    """Letters to everybody, some queue runs, and a look at the balance."""
    mail: Sendmail = world.systems[0]
    for to in ("u1", "u2", "staff", "list", "a@mx0.example", "c@peer.example"):
        mail.submit("taro", to, at=lot.choice((0, 1, 59.5)) + world.env.now)
    for minutes in (1, 5):
        mail.queue_run(at=world.env.now + 60 * minutes)
    trace: Trace = world.run(until=world.env.now + 600)
    check(world, trace, calm=False)


def zone_in_a_world(lot: Random) -> None:
    world = _world(lot)
    _told(lambda: world.zone(odd.mutated(lot, ZONE), origin="here.example."))
    shell = world.shell(world.systems[0])
    shell("sendmail x@here.example y@www.here.example z@pc3.here.example z@a.here.example", "Subject: x\n\ny\n")
    _runs_on(world, lot)


def aliases_in_a_world(lot: Random) -> None:
    world = _world(lot)
    world.file(world.systems[0], "/etc/mail/aliases", odd.aliases(lot))
    assert world.shell(world.systems[0])("newaliases")
    _runs_on(world, lot)


def forward_in_a_world(lot: Random) -> None:
    world = _world(lot)
    for name in ("u1", "u2"):
        world.file(world.systems[0], f"/home/{name}/.forward", odd.lines(lot, odd.addresses, 3), owner=name)
    _runs_on(world, lot)


def lists_in_a_world(lot: Random) -> None:
    world = _world(lot)
    mail = world.systems[0]
    mail.aliases = "staff: :include:/lists/l1\nowner-staff: u1\nlist: :include:/lists/l1, u2"
    world.file(mail, "/lists/l1", odd.lines(lot, odd.addresses))
    _runs_on(world, lot)


def class_files_in_a_world(lot: Random) -> None:
    world = _world(lot, "Fw/etc/mail/local-host-names\nFR/etc/mail/relay-domains")
    for name in ("local-host-names", "relay-domains"):
        world.file(world.systems[0], f"/etc/mail/{name}", odd.lines(lot, odd.text))
    world.systems[0].restart()
    _runs_on(world, lot)


def cf_in_a_world(lot: Random) -> None:
    """Handed over by a notebook, and lying in /etc/mail when the daemon is told to read it."""
    world = _world(lot)
    text = lot.choice((_cf(lot), cf_lines(lot)))
    _told(lambda: world.systems[0].restart(cf=text))
    world.file(world.systems[0], "/etc/mail/sendmail.cf", _whole_cf(lot))
    world.shell(world.systems[0])(lot.choice(("kill -HUP 201", "sendmail -bd -q1h", "mailq")))
    _runs_on(world, lot)


def times_in_a_world(lot: Random) -> None:
    world = _world(lot)
    text = _from(lot, TIMES)
    _told(lambda: world.outage("mx0.example", 0, text))
    _told(lambda: world.systems[0].submit("taro", "u1", at=text))
    _told(lambda: world.systems[0].queue_run(every=text))
    _told(lambda: list(zip(range(3), traffic.poisson(world.random("x"), text, text), strict=False)))
    _told(lambda: world.link("mx0.example", "peer.example", latency=text))
    _told(lambda: world.fill("mx0.example", 1, text, text))
    world.shell(world.systems[0])(f"sendmail '-q{text}'".replace("\n", " "))
    _told(lambda: World(start=text))
    world.systems[0].daemon.interval.stop()  # a second's interval is allowed, and would be all that happens
    if world.env.peek() < world.env.now + 1e9:
        _runs_on(world, lot)


def sizes_in_a_world(lot: Random) -> None:
    world = _world(lot)
    text = _from(lot, SIZES)
    number = lot.choice((0, 1, 2**31 - 1, 2**31, 10**11, -1, 10**400, 3_000))
    _told(lambda: world.host("slow.example", bandwidth=text))
    _told(lambda: world.systems[0].submit("taro", "u1", size=number))
    _told(lambda: world.disk("mx0.example", number))
    _told(lambda: world.systems[0].restart(cf=f"O MaxMessageSize={text}\nO MinFreeBlocks={number}"))
    _runs_on(world, lot)
    _told(lambda: world.run(until=world.env.now).content(1))


def shell_lines(lot: Random) -> None:
    """Lines at one shell after the other, in a world whose clock goes on."""
    world = _world(lot)
    mail = world.systems[0]
    mail.submit("taro", "a@mx0.example", "u1")
    world.filter("mx0.example")
    world.run(until="2m")
    shell = world.shell(mail, user=lot.choice(("root", "root", "u1")))
    for _ in range(SHELL_LINES):
        said = shell(_from(lot, COMMANDS), lot.choice(("", "Subject: x\n\ny\n", odd.text(lot))))
        assert isinstance(said, str)
        assert isinstance(shell.status, int)
    mail.daemon.interval.stop()
    trace = world.run(until=world.env.now + 60)
    check(world, trace, calm=False)


def smtp_in_a_world(lot: Random) -> None:
    world = _world(lot)
    telnet = world.telnet("peer.example", world.systems[0])
    for _ in range(12):
        line = _from(lot, SMTP)
        if "ETRN" not in line.upper():
            assert isinstance(telnet(line), str)
    telnet.close()
    _runs_on(world, lot)


def addresses_in_a_world(lot: Random) -> None:
    world = _world(lot)
    words = " ".join("'" + odd.address(lot).replace("'", "").replace("\n", " ") + "'" for _ in range(3))
    world.shell(world.systems[0])(f"sendmail {words}", f"Subject: {odd.text(lot)}\n\n{odd.text(lot)}\n")
    _runs_on(world, lot)


SHELL_LINES = 40  # that one world is asked
IN_A_WORLD: Mapping[str, Entry] = {
    "zone": zone_in_a_world,
    "aliases": aliases_in_a_world,
    ".forward": forward_in_a_world,
    "lists": lists_in_a_world,
    "class files": class_files_in_a_world,
    "cf": cf_in_a_world,
    "times": times_in_a_world,
    "sizes": sizes_in_a_world,
    "shell lines": shell_lines,
    "SMTP lines": smtp_in_a_world,
    "addresses": addresses_in_a_world,
    "answers": answers,
}

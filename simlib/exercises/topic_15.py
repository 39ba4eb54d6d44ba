"""15 Recovery from a power cut."""

import re
from collections import Counter
from collections.abc import Sequence

from simlib.exercises.exercise import Exercise, WrongAnswer, one_of
from simlib.language import phrase, sentences
from simlib.site.boot import Service, Toll, ready_times
from simlib.trace.record import Trace
from simlib.world import World

SERVICES = (
    Service("nfsd", "5m"),
    Service("/home", "3m", needs=("nfsd",)),
    Service("/usr/local", "2m", needs=("nfsd",)),
    Service("named", "2m"),
    Service("sendmail", "1m"),
)
SLIDE = ("nfsd", "/home", "/usr/local", "named", "sendmail")
NAMED_LAST = ("nfsd", "/home", "/usr/local", "sendmail", "named")
OTHERS = (Service("httpd", "4m"), Service("ntpd", "2m", needs=("named",)))  # which no letter waits for

POWER = 300  # s: when it is back
FORWARDED = ("hana", "jiro", "goro")
TO = ("hana@here.example", "club@here.example", "taro@mail.here.example",
      "jiro@here.example", "club@here.example", "taro@here.example")  # fmt: skip
OLD_NAME_TOO = (*TO[:3], "taro@old.here.example", *TO[4:])


def first_hour(
    ready: dict[str, float], cf: str = "", version: str = "8.18", letters: int = 12, every: str = "4m",
    to: Sequence[str] = TO,
) -> Trace:  # fmt: skip
    """The site of the lesson, from the power cut to an hour after it; ``ready``: when each service is."""
    world = World(seed=4)
    world.zone("@ 86400 MX 10 mail\nold 86400 MX 10 mail", origin="here.example.")
    mail = world.sendmail("mail.here.example", cf=f"Cwhere.example\n{cf}", version=version)
    files = world.nfs_server("files.here.example", "/home", "/usr/local")
    ns = world.host("ns.here.example")
    named = world.named(ns)
    world.user(mail, *FORWARDED, "taro")
    for user in FORWARDED:
        world.file(files.host, f"/home/{user}/.forward", f"{user}@new.example", owner=user)
    world.program(mail, "/usr/local/bin/archive")
    mail.aliases = 'club: "|/usr/local/bin/archive"'
    world.file(mail, "/etc/resolv.conf", f"nameserver {ns.address}")
    world.file(mail, "/etc/hosts", f"{mail.host.address} mail")
    world.sendmail("mail.new.example", domain="new.example")
    far = world.sendmail("mail.far.example", domain="far.example")
    far.queue_run(at="1m", every=every)
    mail.queue_run(every="10m")
    for n in range(letters):
        far.submit("friend@far.example", to[n % len(to)], at=60 + 1500 * n // letters)
    for path in ("/home", "/usr/local"):
        world.mount(mail, files, path, after=ready[path])
    mail.daemon.starts_at_boot = named.starts_at_boot = False
    world.at(POWER + ready["named"], named.start)
    mail.start(at=POWER + ready["sendmail"])
    world.outage(mail, "1s", POWER)
    world.outage(ns, "1s", POWER)
    world.outage(files, "1s", POWER + ready["nfsd"])
    return world.run(until=POWER + 3600)


def toll(trace: Trace) -> Toll:
    """What the hour has cost."""
    return Toll.of(trace, "mail.here.example", FORWARDED, since=POWER, late="10m")


def _what_it_knows() -> str:
    """Whether sendmail knows its name an hour later, if named is ready half a minute after sendmail begins."""
    ready = {"nfsd": 10.0, "/home": 20.0, "/usr/local": 30.0, "sendmail": 60.0, "named": 90.0}
    trace = first_hour(ready)
    if trace.totals()["queued"]:
        return _GONE
    return _FOREIGN if trace.totals()["bounced"] else _KNOWS


_KNOWS = "taro@mail.here.example gets his mail: sendmail knows its name"
_FOREIGN = "mail for taro@mail.here.example is refused, until sendmail is started anew"
_GONE = "no sendmail runs, and senders are refused"


def _known(answer: str) -> str:
    why = "It found no name at first, slept for a minute, asked once more, and by then named was up."
    wrong = {_FOREIGN: "It does not give up at the first failure. How often does it ask, and when?",
             _GONE: "Only an error in the cf ends it; there is none here."}  # fmt: skip
    return one_of(_what_it_knows, why, wrong)(answer)


def _order(answer: str) -> tuple[str, ...]:
    return tuple(line.strip() for line in answer.splitlines() if line.strip())


def _best(answer: str) -> str:
    order = _order(answer)
    names = (*SLIDE, *(one.name for one in OTHERS))
    if sorted(order) != sorted(names):
        raise WrongAnswer("Each of {them} is started once, and nothing else.", them=sentences(names, ", "))
    slow = (Service("nfsd", "9m"), Service("/home", "1m", ("nfsd",)), *SERVICES[2:])
    for services in ((*SERVICES, *OTHERS), (*slow, *OTHERS)):
        cost, slide = (toll(first_hour(ready_times(services, one), letters=24, every="1m"))
                       for one in (order, names))  # fmt: skip
        if cost.bounced or cost.misdelivered:
            raise WrongAnswer(
                "{bounced} letters bounced and {misdelivered} in a wrong mailbox, of 24.",
                bounced=cost.bounced,
                misdelivered=cost.misdelivered,
            )
        if cost.delayed > slide.delayed:
            raise WrongAnswer(
                "No letter went astray, but {delayed} came late, where {enough} would do.",
                delayed=cost.delayed,
                enough=slide.delayed,
            )
    return phrase("No letter went astray, and no more than {delayed} of 24 came late.", delayed=slide.delayed)


def _own_name(answer: str) -> str:
    for version in ("8.8.8", "8.18"):
        trace = first_hour(ready_times(SERVICES, NAMED_LAST), answer, version, to=OLD_NAME_TOO)
        if trace.totals()["queued"]:
            raise WrongAnswer(
                "sendmail {version}: {queued} of 12 letters still wait after an hour.",
                version=version,
                queued=trace.totals()["queued"],
            )
        if toll(trace).bounced:
            lost = Counter(trace.messages.where(state="bounced", host="mail.far.example")["recipient"])
            dot = " A name in class w has no dot at its end." if re.search(r"\.\s*$", answer, re.MULTILINE) else ""
            raise WrongAnswer(
                "sendmail {version}: letters for {them} bounced.{dot}",
                version=version,
                them=sentences(sorted(lost), ", "),
                dot=dot,
            )
    return "All letters arrive, though sendmail found no name server when it began."


def _lines(order: Sequence[str]) -> str:
    return "\n".join(order)


EXERCISES = (
    Exercise(
        "15.a",
        "sendmail begins half a minute before named is ready. /etc/hosts has the short name only, and the cf says nothing "
        "of it. What holds an hour later?",
        "choice",
        _known,
        solution=_KNOWS,
        hints=("How often does sendmail ask for its name when it begins?", "Between the two times it sleeps for a minute."),
        mistakes=(_FOREIGN, _GONE),
        choices=(_KNOWS, _FOREIGN, _GONE),
    ),
    Exercise(
        "15.b",
        "Two more services are there: httpd takes 4 minutes and needs nothing. ntpd takes 2 minutes and needs named. Lay "
        "the order with which no letter bounces or goes to a wrong mailbox. As few as possible are to come late. The order "
        "is tried with another, slower file server, too.",
        "order",
        _best,
        solution=_lines((*SLIDE, "httpd", "ntpd")),
        hints=("What does sendmail need?", "And what does not have to be before it?"),
        mistakes=(_lines(("httpd", *SLIDE, "ntpd")), _lines((*NAMED_LAST, "httpd", "ntpd")), _lines(SLIDE),
                  _lines(("nfsd", "/usr/local", "named", "sendmail", "/home", "httpd", "ntpd")),
                  _lines(("nfsd", "/home", "/usr/local", "named", "ntpd", "httpd", "sendmail"))),
        given=_lines(("httpd", "sendmail", "named", "ntpd", "nfsd", "/home", "/usr/local")),
        choices=("httpd", "sendmail", "named", "ntpd", "nfsd", "/home", "/usr/local"),
    ),
    Exercise(
        "15.c",
        "named is on a machine of another department. That is always started last, after sendmail. Letters come for "
        "here.example, for mail.here.example and for old.here.example, the name of before. Write sendmail.cf lines with "
        "which nothing bounces, in 8.8 and today. (The cf has Cwhere.example.)",
        "cf",
        _own_name,
        solution="Dj$w.here.example\nCwold.here.example",
        hints=("Which letters bounce?", "What does sendmail not find in class w?", "D for a macro, C for a class"),
        mistakes=("Djmail", "Cwmail", "Dj$w.here.example", "Cwold.here.example", "O DaemonPortOptions=Name=MTA, Addr=mail.here.example", "O Timeout.queuereturn=10d"),
        given="# O DaemonPortOptions=Name=MTA",
    ),
)  # fmt: skip

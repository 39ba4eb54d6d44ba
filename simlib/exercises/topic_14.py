"""14 NFS."""

from simlib.exercises.exercise import Exercise, WrongAnswer, exactly
from simlib.language import phrase
from simlib.trace.record import Trace
from simlib.world import World

FAR, HERE = "mail.far.example", "mail.here.example"
AUTOMOUNT, HARD = ({"automount": "5s"}, {"automount": "7s"}), {"options": "hard,intr"}
COPY = "/var/forward/hana/.forward"


def _forwarding(cf: str, mount: dict[str, str], outage: tuple[int, int], gap: int, copy: bool = False) -> Trace:
    """Ten letters to hana, whose .forward is on a server that is down for a while (seconds)."""
    world = World(seed=14)
    mail = world.sendmail(HERE, cf=cf)
    world.sendmail(FAR, domain="far.example")
    home = world.nfs_server("home.here.example", "/home")
    world.mount(mail, home, "/home", **mount)
    world.user(mail, "hana", "taro")
    world.file(home.host, "/home/hana/.forward", "hana@far.example", owner="hana")
    if copy:
        world.file(mail, COPY, "hana@far.example", owner="hana")
    world.outage(home, *outage)
    for n in range(10):
        mail.submit("taro", "hana", at=n * gap)
    mail.queue_run(every="10m")
    return world.run(until="6h")


def _astray(trace: Trace) -> int:
    return trace.deliveries["host"].count(HERE)


def _gives_up_sooner(cf: str) -> str:
    lines = f"O ForwardPath=$z/.forward\n{cf}"  # two places would have an alarm each
    for mount, gap in zip(AUTOMOUNT, (360, 400), strict=True):
        wrong = _astray(_forwarding(lines, mount, (60, 2_000), gap))
        if wrong and "forwardpath" in cf.lower():
            raise WrongAnswer(
                "{wrong} of 10 letters lie in the mailbox here: the other place is in the same home.", wrong=wrong
            )
        if wrong:
            raise WrongAnswer(
                "{wrong} of 10 letters lie in the mailbox here: ENOENT came before sendmail gave up.", wrong=wrong
            )
        usual = _forwarding(lines, mount, (20_000, 20_001), 360)
        late = max((delay for delay in usual.messages["delay"] if delay is not None), default=0)
        if late > 60 or usual.totals()["queued"]:
            raise WrongAnswer(
                "No letter goes astray, but on a good day letters are queued: a mount takes up to 7 seconds."
            )
    return (
        "While the server is down the letters are queued; on a good day each is there after the seconds of the mount."
    )


def _no_wait(cf: str) -> str:
    for outage in ((0, 3_000), (700, 1_000)):
        trace = _forwarding(cf, HARD, outage, 300, copy=True)
        if _astray(trace):
            raise WrongAnswer("{astray} of 10 letters lie in the mailbox here.", astray=_astray(trace))
        late = max((delay for delay in trace.messages["delay"] if delay is not None), default=0.0)
        if late > 1 or trace.totals()["delivered"] < 10:
            raise WrongAnswer("A letter took {late:.0f} s: something was waited for that does not answer.", late=late)
    return "The copy on the mail server's own disk is read first, and nobody goes to the homes."


EXERCISES = (
    Exercise(
        "14.a",
        "An automounter takes a home away after five minutes without use. Letters for hana come at 9:00, 9:04, 9:08, 9:16, "
        "9:18, 9:24 and 9:25. How many of the letters have to wait for a mount?",
        "number",
        exactly(3, "9:00 is the first; 9:16 and 9:24 come more than five minutes after the one before.",
                {2.0: "The first of the day finds nothing mounted either.", 7.0: "A mount stays for five minutes after its last use.",
                 4.0: "9:08 comes four minutes after 9:04, which was a use.",
                 1.0: "That is only the first. When is the home taken away again?",
                 5.0: "Not each gap is too long: which are longer than five minutes?",
                 6.0: "Each use begins the five minutes anew."},
                "Write the minutes since the use before beside each letter. Which of them are more than five?"),
        solution="3",
        hints=("Each use begins the five minutes anew.", "Look for gaps of more than five minutes; and do not forget the first."),
        mistakes=("2", "7", "4", "5"),
    ),
    Exercise(
        "14.b",
        "The homes are automounted. A mount takes 5 to 7 seconds. When the server is down, the automounter gives up after "
        "30 seconds and says that there is no such directory. ForwardPath is $z/.forward, and there are no copies. Write sendmail.cf "
        "lines with which no letter goes into the wrong mailbox, and none is queued on a good day.",
        "cf",
        _gives_up_sooner,
        solution="O Timeout.fileopen=15s",
        hints=("Which answers of open() send a letter to the queue, and which to the mailbox?",
               "sendmail has an alarm of its own for opening a .forward.", "It has to ring before the automounter gives up, but not before it has mounted."),
        mistakes=("O Timeout.fileopen=60s", "O Timeout.fileopen=2s", "O ForwardPath=$z/.forward.$w:$z/.forward", "O Timeout.fileopen=soon"),
        given="O Timeout.fileopen=60s",
    ),
    Exercise(
        "14.c",
        phrase("The homes are mounted hard,intr. cron has copied hana's .forward to {copy}. Write the sendmail.cf line with which her letters are forwarded within a second. The server of the homes may be up or down.", copy=COPY),
        "cf",
        _no_wait,
        solution="O ForwardPath=/var/forward/$u/.forward:$z/.forward",
        hints=("ForwardPath of claim 14.4 sends no letter astray. Where does the time go?", "The places are tried in order, and the first that can be read is taken."),
        mistakes=("O ForwardPath=$z/.forward:/var/forward/$u/.forward", "O ForwardPath=/var/forward/$u:$z/.forward", "O ForwardPath=/var/mail/$u",
                  "O Timeout.fileopen=1s"),
        given="O ForwardPath=$z/.forward:/var/forward/$u/.forward",
    ),
)  # fmt: skip

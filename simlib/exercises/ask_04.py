"""What lesson 04 asks before its runs."""

from simlib.exercises.question import Point, Question
from simlib.trace.record import Trace
from simlib.world import World


def _connections(trace: Trace) -> int:
    return len(trace.connections)


def _minutes_to(host: str, trace: Trace) -> tuple[int, int]:
    """The minutes in which the first and the last letter came to a host."""
    came = trace.deliveries.where(host=host)["time"]
    return round(min(came) / 60), round(max(came) / 60)


def _listed(trace: Trace) -> int:
    """How many hosts hoststat lists."""
    lines = trace.hoststat("mail.kuis.kyoto-u.ac.jp").splitlines()
    return sum("." in line.split()[0] for line in lines if line.split())


def _too_large() -> Trace:
    """A letter of 3 MB for a host that takes 1 MB."""
    world = World(seed=4)
    mail = world.sendmail("mail.here.example")
    world.sendmail("mx.there.example", domain="there.example", cf="O MaxMessageSize=1000000")
    mail.submit("taro@mail.here.example", "hana@there.example", size=3_000_000)
    return world.run(until="1h")


def _refused() -> Trace:
    """A first MX that refuses connections, and a second one."""
    world = World(seed=4)
    mail = world.sendmail("mail.here.example")
    first = world.sendmail("mx1.there.example", cf="Cwthere.example")
    world.sendmail("mx2.there.example", cf="Cwthere.example")
    world.zone("@ 1h MX 10 mx1\n@ 1h MX 20 mx2", origin="there.example.")
    world.outage(first.daemon, "0s", "3h")
    mail.submit("taro@mail.here.example", "hana@there.example")
    mail.queue_run(every="30m")
    return world.run(until="2h")


def _first_at(host: str, trace: Trace) -> str:
    """When the first letter was taken by a host."""
    taken = trace.connections.where(server=host, outcome="accepted")["opened"]
    return "at once" if min(taken) < 10 else "later"


QUESTIONS = (
    Question(
        "04.1",
        "Thirty letters wait for three sites. They stand in the queue in a mixed order. "
        "The cache keeps two connections. How many connections does the queue run open?",
        choices={
            3: ("3", "That needs a place in the cache for each site, or all letters for a site in a row."),
            8: ("8", "The third site has to take the place of another one, but only where the order wants it."),
            15: (
                "15",
                "One letter in two would need a new connection. It happens less often: many neighbours have one site.",
            ),
            30: ("30", "That is a run without any cache. With two places most letters find their site in it."),
        },
        seen=_connections,
        because="The connection that was used least recently has to go when a place is needed. So some are opened again.",
        points=(Point("cache_size", "connections opened", "falls"),),
    ),
    Question(
        "04.1b",
        "Now all letters for a site stand together (QueueSortOrder=host). How large must the cache be, "
        "so that three sites need no more than three connections?",
        choices={
            0: ("0: no cache at all", "Without a cache each letter opens its own connection, whatever the order."),
            1: ("1", "At any moment only one site is needed. When it is done, it is not needed again."),
            2: ("2", "It is enough, but more than is needed: count the sites that are needed at the same time."),
            3: (
                "3, one for each site",
                "That is what a mixed order needs. The order takes two of the three places off you.",
            ),
        },
        seen=lambda table: min(
            table.where(**{"QueueSortOrder": "host", "connections opened": 3})["ConnectionCacheSize"]
        ),
        because="The order of the queue can do what a larger cache does. No other site has to hold a connection for it.",
    ),
    Question(
        "04.2",
        "The same thirty letters, but each is sent as it arrives (DeliveryMode=background). The cache has four places "
        "for three sites. How many of the thirty connections does it save?",
        choices={
            30: ("none", "The cache lies in the memory of a process, and each letter has a process of its own."),
            27: (
                "3",
                "A connection is open for a moment only. The next letter comes a second later, in another process.",
            ),
            3: (
                "27",
                "That is what a queue run saves. One process sends all letters there; here each letter has its own.",
            ),
            8: (
                "22",
                "So a queue run does it with a cache of two. Here no process sends more than one letter.",
            ),
        },
        seen=_connections,
        because="When the process ends, its connections end. A queue run is one process for the whole queue.",
        points=(Point("mode", "connections opened", "falls"),),
    ),
    Question(
        "04.3",
        "sendmail writes what it knows of each host to disk. It meets two hosts that answer and one that is down. "
        "Then it is stopped and started again. Which of the three does hoststat list now?",
        choices={
            0: ("none", "It would be so if the status were in memory. It is in files, and they stay."),
            1: (
                "only the one that is down",
                "Failures are what the next run needs, but sendmail notes each host that it talks to.",
            ),
            2: ("only the two that answer", "The one that is down is the one that the next run wants to know of."),
            3: ("all three", "Each host has a file: with the last reply, or with the reason of the failure."),
        },
        seen=_listed,
        because="A file is written after each conversation, and after each attempt that got none. A restart does not touch it.",
    ),
    Question(
        "04.4",
        "A host has no power for 95 minutes. The queue is run every 10 minutes, at 1, 11, 21 and so on. "
        "sendmail remembers a failure on disk for 30 minutes. In which minute does the host's mail come?",
        choices={
            96: (
                "96",
                "Nobody tells the sender that the host is back. He has to try, and tries in a queue run.",
            ),
            101: (
                "101",
                "That run reads on disk that the host failed at 91, ten minutes ago, and does not try.",
            ),
            121: (
                "121",
                "The last failure was at 91, and it is believed for 30 minutes. The run at 121 is the first that tries.",
            ),
            125: (
                "125",
                "The 30 minutes begin with the last failure, not with the return of the power.",
            ),
        },
        seen=lambda trace: _minutes_to("mx.dead.example", trace)[0],
        because="This is the price: mail comes up to 30 minutes later than it could. What it buys is fewer connects in vain.",
        points=(
            Point("on_disk", "connects in vain", "falls"),
            Point("remember", "connects in vain", "falls"),
        ),
    ),
    Question(
        "04.4b",
        "Now nothing is remembered. Twenty letters for the dead host and twenty for a healthy one stand mixed in the queue. "
        "Each connect to the dead host takes 75 seconds. When is the last letter for the healthy host sent?",
        choices={
            1: (
                "in minute 1, in the first run",
                "The run takes one letter after the other. The dead host's letters stand in between.",
            ),
            2: ("in minute 2", "That is so where sendmail remembers: only the first connect is in vain."),
            19: (
                "in minute 19",
                "They wait in line behind connects in vain. The run at minute 11 helps: it goes round locked letters.",
            ),
            26: (
                "in minute 26, after 20 × 75 seconds",
                "A single run would take so long. A second one begins at minute 11, meets locked letters, and takes others first.",
            ),
        },
        seen=lambda trace: _minutes_to("mx.well.example", trace)[1],
        because="So a dead host hurts the mail for everybody else. To remember it helps the healthy ones most.",
    ),
    Question(
        "04.5",
        "Sixty letters wait for a slow host that takes 3 seconds for each. The queue is run every minute. "
        "Without SingleThreadDelivery all is sent after 3 minutes. When is it with it?",
        choices={
            3: (
                "after 3 minutes, too",
                "Several runners at once were quicker. With it there is but one, so it takes longer.",
            ),
            4: (
                "after 4 minutes",
                "One runner does all of it, one letter after the other: 60 letters, 3 seconds and a little more each.",
            ),
            6: ("after 6 minutes", "Not twice as long: the other runners only came later, and took the last third."),
            9: (
                "after 9 minutes",
                "Three runners at the same time would make it three times as long. They began a minute apart.",
            ),
        },
        seen=lambda trace: round(max(trace.deliveries["time"]) / 60),
        because="The sender waits a little longer. The slow host has one connection to serve and not three.",
        points=(Point("single_thread", "most open at once", "falls"),),
    ),
    Question(
        "04.r1",
        "From lesson 03. A letter has 3 MB, the far host takes 1 MB, and both speak ESMTP. "
        "How much of the letter crosses the line?",
        choices={
            "none": ("nothing", "MAIL says SIZE=, and the answer to MAIL is 552. There is no DATA."),
            "limit": (
                "1 MB",
                "Nobody cuts a letter. The far host either takes all bytes of DATA or is not asked to.",
            ),
            "all": (
                "all 3 MB",
                "That is how it goes with HELO, where nobody has said how large the letter is.",
            ),
        },
        seen=lambda trace: "all" if ">>> DATA" in trace.dialogue(1) else "none",
        because="With ESMTP the check is made before the transfer (RFC 1870).",
        run=_too_large,
    ),
    Question(
        "04.r2",
        "From lesson 02. The first MX refuses connections, since its load is high. The second MX is idle. "
        "Queue runs are 30 minutes apart. When is a letter handed to the second one?",
        choices={
            "at once": (
                "within seconds",
                "“Connection refused” comes at once, and the sender goes on to the next MX in the same attempt.",
            ),
            "timeout": (
                "when the connect to the first one times out",
                "A time-out is for a host that says nothing. This one refuses, and that is an answer.",
            ),
            "later": (
                "with the next queue run",
                "The list of MX hosts is walked within one attempt. Only when all have failed does the letter wait.",
            ),
        },
        seen=lambda trace: _first_at("mx2.there.example", trace),
        because="That is why a closed socket is kinder than an open one that nobody answers.",
        run=_refused,
    ),
)

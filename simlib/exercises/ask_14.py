"""What lesson 14 asks before its runs."""

from simlib.exercises.question import Point, Question, among
from simlib.trace.record import Trace
from simlib.world import World

HERE, FAR = "mail.here.example", "mail.far.example"


def _lost(trace: Trace) -> int:
    return trace.totals()["lost"]


def _harmed(trace: Trace) -> int:
    """None, one to three, up to half, or more."""
    return among(_lost(trace), 1, 4, 16)


def _after_restart(trace: Trace) -> str:
    if trace.totals()["queued"]:
        return "wait"
    return ("none", "one", "all")[among(_lost(trace), 1, 6)]


def _waited(trace: Trace) -> int:
    """How many letters took more than a second: about ten, about twelve, about forty, or all."""
    return among(sum(delay > 1 for delay in trace.messages["delay"]), 11, 20, 55)


def _in_the_log(trace: Trace) -> str:
    """What the log says of the letters of an outage, but that they were sent."""
    log = trace.syslog(HERE)
    words = {"deferred": "stat=Deferred", "forward": ".forward: ", "notice": "notify: "}
    return next((name for name, word in words.items() if word in log), "sent")


def _longest(trace: Trace) -> int:
    """The longest delay: seconds, about a minute, up to the return of the server, or longer."""
    return among(max(trace.messages["delay"]), 20, 100, 1850)


def _load(trace: Trace) -> int:
    return among(max(trace.load(HERE)["load1"]), 0.5, 3, 12)


def _errors(trace: Trace) -> str:
    """What the senders heard, and whether the letters came all the same."""
    totals = trace.totals()
    if not totals["bounced"]:
        return "nothing" if totals["queued"] == 0 else "waits"
    return "errors" if len(trace.deliveries.where(mailbox="hana")) else "lost"


def _forwarded(trace: Trace) -> str:
    """Whether the first letter went on, stayed, or came back."""
    if trace.totals()["bounced"] and not len(trace.deliveries.where(message=1)):
        return "returned"
    return "stays" if "hana" in trace.deliveries.where(message=1)["mailbox"] else "goes on"


def _of_the_list(trace: Trace) -> str:
    states = trace.messages.where(lambda one: "archive" in one.recipient or "staff" in one.recipient, notice=False)[
        "state"
    ]
    return "returned" if "bounced" in states else "waits" if "queued" in states else "written"


def _full_disk() -> Trace:
    """A letter for a mailbox on a disk that is full for all of an afternoon; the local agent says 75."""
    world = World(seed=4)
    mail = world.sendmail(HERE)
    world.user(mail, "hana", "taro")
    world.disk(mail, 1, on="/var/mail")
    mail.submit("taro", "hana", size=5_000)
    mail.queue_run(every="30m")
    return world.run(until="3h")


def _two_mx() -> Trace:
    """Ten letters, a first MX that refuses connections, and a second one."""
    world = World(seed=4)
    mail = world.sendmail(HERE)
    first = world.sendmail("mx1.there.example", cf="Cwthere.example")
    world.sendmail("mx2.there.example", cf="Cwthere.example")
    world.zone("@ 1h MX 10 mx1\n@ 1h MX 20 mx2", origin="there.example.")
    world.outage(first.daemon, "0s", "3h")
    for n in range(10):
        mail.submit("taro@mail.here.example", "hana@there.example", at=n)
    return world.run(until="2h")


QUESTIONS = (
    Question(
        "14.1",
        "Two hosts append to one mailbox on NFS: thirty letters of some 20 kB, within twenty seconds. Nobody locks. "
        "How many letters are torn or gone afterwards?",
        choices={
            0: (
                "none: each append is one write",
                "There is no append in NFS. A client asks for the size, and writes there.",
            ),
            1: ("one to three", "So few would need shorter letters: a long one takes longer to write."),
            2: ("four to fifteen", "Whenever two letters are written at a time, one of them is harmed."),
            3: ("more than half", "That needs more letters at a time. Most of these had the mailbox to themselves."),
        },
        seen=_harmed,
        because="Both ask where the end is, get the same answer, and write over each other. Both log “Sent”.",
        points=(
            Point("lock", "lost in a mailbox", "falls"),
            Point("size", "lost in a mailbox", "rises"),
        ),
    ),
    Question(
        "14.1b",
        "All agents use lockd, and letters are large. In the middle of the rush, lockd on the server is killed and started again. "
        "What happens to the mail?",
        choices={
            "none": (
                "nothing: the locks come back",
                "So it is after a power cut, if statd tells everybody. Here nobody does.",
            ),
            "one": (
                "the letter that was being written is harmed",
                "Its writer believes that he holds the lock. The other asks for it and gets it.",
            ),
            "all": ("all letters from then on are harmed", "From the next lock on all is in order again."),
            "wait": ("nobody can write any more", "A lockd without memory gives each lock to the first who asks."),
        },
        seen=_after_restart,
        because="The locks are in lockd's memory. With dot-locks, which are files, a restart changes nothing.",
        points=(Point("restart", "lost in a mailbox", "rises"),),
    ),
    Question(
        "14.1c",
        "A perfect dot-lock, and small letters. But the clients keep for a while what they know of a file. "
        "They do not ask again at open() (nocto). How many of thirty letters are harmed?",
        choices={
            0: ("none: one writes at a time", "One at a time, yes. But each writes where it believes the end to be."),
            1: ("one or two", "It would be so if they seldom took turns. They do so all the time."),
            2: ("about a third", "A lock says who may write, not where. Each turn writes over the last one."),
            3: ("nearly all", "Whoever writes twice in a row knows the size: it is his own."),
        },
        seen=lambda trace: among(_lost(trace), 1, 4, 22),
        because="A client's knowledge of the size may be 3 to 60 seconds old. Only asking again at open() makes a lock worth it.",
        points=(Point("mount", "lost in a mailbox", "rises", ("hard", "hard,nocto")),),
    ),
    Question(
        "14.2",
        "An automounter mounts a home when somebody goes there, in 3 seconds. It takes it away after 5 minutes without use. "
        "Sixty letters in an hour, for ten users: how many wait for a mount?",
        choices={
            0: ("10: the first letter of each user", "That would be all if a mount stayed. It stays for five minutes."),
            1: ("12: one in each five minutes", "With one home for all. Here each user's home is a mount of its own."),
            2: ("about 40", "A user gets a letter every ten minutes: most find the home taken away again."),
            3: ("all 60", "Some come within five minutes of another one for the same user."),
        },
        seen=_waited,
        because="The more users share the mail, the rarer a warm mount. On a large site nearly each letter mounts.",
        points=(
            Point("automount", "longest delay", "rises"),
            Point("users", "letters that waited", "rises"),
        ),
    ),
    Question(
        "14.3",
        "hana's .forward is in her home, an automounter has it, and its server is down. A letter for her comes meanwhile, "
        "and is not forwarded. What does the log of the mail host say of it?",
        choices={
            "deferred": ("stat=Deferred", "So it is with “soft” and “hard,intr”: a time-out is a reason to wait."),
            "forward": (
                "that .forward cannot be opened",
                "The automounter says: no such file. That is no trouble for sendmail.",
            ),
            "notice": ("that the postmaster was told", "For sendmail all has gone well, so there is nothing to tell."),
            "sent": ("only stat=Sent", "It is in her mailbox on this host, where she does not look."),
        },
        seen=_in_the_log,
        because="ENOENT is what a user without a .forward looks like. Nobody is told of such a letter.",
        points=(
            Point("outage", "in a wrong mailbox", "rises"),
            Point("mount", "in a wrong mailbox", "rises"),
        ),
    ),
    Question(
        "14.3b",
        "With hard,nointr each letter's process waits for the dead server and cannot be interrupted. "
        "Sixteen letters come in eight minutes. What is the load average of the idle machine?",
        choices={
            0: ("0: it computes nothing", "Linux counts processes that wait in state D, as if they computed."),
            1: ("about 1", "Each of the waiting processes counts, not all of them together."),
            2: ("about 10", "They all count; and as it passes RefuseLA, the daemon lets no more come in."),
            3: ("16, one for each letter", "It would get there, if the daemon did not refuse mail before."),
        },
        seen=_load,
        because="A file server that is down makes a mail server that has nothing to do refuse mail.",
        points=(Point("options", "highest load", "falls"),),
    ),
    Question(
        "14.4",
        "ForwardPath has the home first and a copy on a local disk second. /home is mounted “hard,intr”, its server is down. "
        "How long does a letter take?",
        choices={
            0: ("no time: the copy is there", "The home is asked first, and does not answer."),
            1: ("about a minute", "Timeout.fileopen ends the wait for the home, and then the copy is read."),
            2: ("until the server is back", "That is so with nointr: there no alarm ends the wait."),
            3: ("until a queue run after that", "So it was without a copy: a time-out and nothing else to read."),
        },
        seen=_longest,
        because="Whatever the first place says, the next is tried. What remains is the wait for the first one.",
        points=(Point("path", "came late", "falls"),),
    ),
    Question(
        "14.5",
        "Her .forward is “\\hana, |/usr/local/bin/vacation hana”. After a power cut /usr/local is mounted five minutes "
        "after sendmail has begun. What do those hear who write meanwhile?",
        choices={
            "nothing": (
                "nothing: vacation just does not answer",
                "A program that is not there is an error: status 127.",
            ),
            "waits": (
                "nothing yet: the letters wait",
                "Status 127 is not 75. sendmail does not wait for such a program.",
            ),
            "errors": (
                "an error, though hana has the letter",
                "Two recipients: her mailbox has it, the program fails.",
            ),
            "lost": (
                "an error, and hana has nothing",
                "Her mailbox is a recipient of its own, and all goes well there.",
            ),
        },
        seen=_errors,
        because="The shell says 127, not found. sendmail knows no such status and returns the mail, letter after letter.",
        points=(Point("mount_after", "returned", "rises"),),
    ),
    Question(
        "14.5b",
        "Now /usr/local is mounted in time, “hard”, but its server does not answer for the first five minutes. "
        "What do the senders hear?",
        choices={
            "errors": (
                "the same errors",
                "A mount that is not there has an empty directory under it. Here is a mount that waits.",
            ),
            "nothing": ("nothing", "The program only starts later: a hard mount waits, as long as it takes."),
            "waits": (
                "a warning after four hours",
                "Nothing waits for so long: the server is back after five minutes.",
            ),
        },
        seen=_errors,
        because="Not mounted is worse than not answering. “soft” makes an error of the silence.",
        points=(Point("options", "returned", "rises"),),
    ),
    Question(
        "14.6",
        "hana's .forward and her home are hers, as they should be. But /home above them has mode 1777, as /tmp has: "
        "all may write, with the sticky bit. What becomes of her letter?",
        choices={
            "goes on": (
                "it is forwarded: the file is safe",
                "Who may write in /home can put another directory in her home's place.",
            ),
            "stays": (
                "it stays in her mailbox here",
                "The .forward is not believed, and the sticky bit does not help.",
            ),
            "returned": (
                "it is returned to the sender",
                "That happens with an :include: list. A .forward is only ignored.",
            ),
        },
        seen=_forwarded,
        because="Each directory up to / counts. TrustStickyBit in DontBlameSendmail is a word for this case.",
        points=(Point("above", "forwarded", "falls"),),
    ),
    Question(
        "14.6b",
        "hana's list names the file /var/archive/staff, in a directory where she alone may write. From a local disk this works. "
        "The list lies on NFS now. What becomes of a letter to it?",
        choices={
            "written": ("it is written: the list is hers", "On NFS sendmail does not believe who owns a file."),
            "waits": ("it waits for the server", "The server answers. The list is read without trouble."),
            "returned": (
                "it is returned: no permission",
                "The file is opened with daemon's rights, which may not write there.",
            ),
        },
        seen=_of_the_list,
        because="Where files can be given away (chown), an owner proves nothing. So nothing runs with his rights.",
        points=(Point("nfs", "written", "falls"),),
    ),
    Question(
        "14.r1",
        "From lesson 01. The disk of the mailboxes is full all afternoon, and the local agent says EX_TEMPFAIL (75). "
        "What has become of a letter after three hours?",
        choices={
            "queued": (
                "it is in the queue",
                "75 means: try again. sendmail keeps the letter and tries with each queue run.",
            ),
            "bounced": ("it was returned", "So it is with most other statuses than 0 and 75."),
            "lost": ("it is lost", "That happens if the agent does not look at what write() says, and ends with 0."),
        },
        seen=lambda trace: trace.messages["state"][0],
        because="The status is all that sendmail knows of a delivery. One number decides between late, returned and lost.",
        run=_full_disk,
    ),
    Question(
        "14.r2",
        "From lesson 02. The first MX refuses connections for its load, the second has time. "
        "How many letters of a burst are returned?",
        choices={
            0: ("none", "A refused connection is temporary: the sender takes the next MX."),
            1: ("those that the first MX had refused", "It has not taken them, so their senders still have them."),
            2: ("all, if the load stays high", "The second MX is there, and after it the queue."),
        },
        seen=lambda trace: among(trace.totals()["bounced"], 1, 10),
        because="Nobody has said no to a letter. A closed port says: not here, or not now.",
        run=_two_mx,
    ),
)

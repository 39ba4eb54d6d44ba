"""What lesson 15 asks before its runs."""

from typing import Any

from simlib.exercises.question import Point, Question, among
from simlib.trace.record import Trace
from simlib.world import World

HERE = "mail.here.example"
FORWARDED = ("hana", "jiro", "goro")
SLIDE = ("nfsd", "/home", "/usr/local", "named", "sendmail")
HOME_LAST = ("nfsd", "/usr/local", "named", "sendmail", "/home")
PROGRAMS_LAST = ("nfsd", "/home", "named", "sendmail", "/usr/local")
NAMED_LAST = ("nfsd", "/home", "/usr/local", "sendmail", "named")


def _astray(trace: Trace) -> str:
    """What became of the letters that did not come to their readers."""
    if any(row.mailbox in FORWARDED for row in trace.deliveries.where(host=HERE)):
        return "here"
    if trace.totals()["bounced"]:
        return "returned"
    return "late" if trace.totals()["queued"] else "there"


def _club(trace: Trace) -> str:
    """What became of the first letter to the program."""
    state = trace.messages.where(recipient="club@here.example", notice=False)["state"][0]
    return str({"bounced": "returned", "queued": "waits", "delivered": "late"}.get(state, state))


def _not_last(found: Any) -> int:
    """Of the orders that harm no letter, those in which sendmail is not the last."""
    return sum(toll.rank[0] == 0 and order[-1] != "sendmail" for order, toll in found.search.judged)


def _returned_to(trace: Trace) -> tuple[str, ...]:
    """The recipients of the letters that were returned."""
    return tuple(sorted(set(trace.messages.where(state="bounced", notice=False)["recipient"])))


def _waiting(trace: Trace) -> str:
    """Which letters are still in a queue at the end."""
    names = {to.partition("@")[0] for to in trace.messages.where(state="queued", notice=False)["recipient"]}
    if not names:
        return "none"
    return "forwarded" if names & set(FORWARDED) else "program" if "club" in names else "host"


def _refused_until(trace: Trace) -> int:
    """Up to when letters were returned: 0 a minute or two, 1 until named was up, 2 until the restart, 3 for ever."""
    last = max(trace.messages.where(state="bounced", notice=False)["submitted"], default=0.0)
    return among(last / 60, 4, 15, 50)


def _at_the_end(trace: Trace) -> str:
    """What the senders have seen of the daemon by the end."""
    if not len(trace.connections.where(server=HERE, outcome="accepted")):
        return "refused"
    return "returned" if trace.totals()["bounced"] else "came"


def _copy() -> Trace:
    """A letter to a user whose home does not answer, with a second place in ForwardPath."""
    world = World(seed=4)
    mail = world.sendmail(HERE, cf="O ForwardPath=$z/.forward:/var/forward/$u/.forward")
    world.sendmail("mail.far.example", domain="far.example")
    home = world.nfs_server("home.here.example", "/home")
    world.mount(mail, home, "/home", automount="1s")
    world.user(mail, "hana", "taro")
    world.file(mail, "/var/forward/hana/.forward", "hana@far.example", owner="hana")
    world.outage(home, "1m", "30m")
    mail.submit("taro", "hana", at="2m")
    return world.run(until="10m")


def _in_order() -> Trace:
    """A large old letter and a small new one, and one queue run in the default order."""
    world = World(seed=4)
    mail = world.sendmail(HERE, cf="O DeliveryMode=queueonly")
    world.sendmail("mail.there.example", domain="there.example")
    mail.submit("taro@mail.here.example", "hana@there.example", size=200_000)
    mail.submit("taro@mail.here.example", "hana@there.example", size=1_000, at="30m")
    mail.queue_run(at="1h")
    return world.run(until="2h")


QUESTIONS = (
    Question(
        "15.1",
        "/home is mounted last, after sendmail has begun. Some letters to hana, jiro and goro come before it. "
        "What has become of these letters an hour later?",
        choices={
            "late": (
                "they wait in the queue",
                "sendmail sees no reason to wait: it does not know that a mount is missing.",
            ),
            "returned": (
                "they were returned",
                "That needs an error. A .forward that is not there is none: few people have one.",
            ),
            "here": (
                "they are in a mailbox that nobody reads",
                "No error, no notice, nothing in the log, and in the statistics a delivery. Nobody will look there.",
            ),
            "there": (
                "they came to new.example, a little later",
                "Nothing goes back to a letter that has been delivered.",
            ),
        },
        seen=_astray,
        because="Under a mount lies an empty directory. Without a .forward the mailbox on this host is the right one.",
        points=(Point("order", "in a wrong mailbox", "rises", (SLIDE, HOME_LAST)),),
    ),
    Question(
        "15.1b",
        "Now /home is mounted in time, and /usr/local is the last. The alias club is a program there. "
        "What becomes of a letter to club that comes before it?",
        choices={
            "waits": ("it waits in the queue", "That would be status 75. A shell that finds no program says 127."),
            "returned": ("it is returned", "A missing file was no error, a missing program is one: status 127."),
            "late": ("it comes when the mount is there", "Nobody tries again: the program's status was an end."),
            "lost": ("it is lost, and nobody hears", "The sender hears: he gets it back, with “not found”."),
        },
        seen=_club,
        because="Both directories are empty. Only of a program does anybody say that it should have been there.",
        points=(Point("order", "returned", "rises", (SLIDE, PROGRAMS_LAST)),),
    ),
    Question(
        "15.1c",
        "There are 40 orders of the five services in which everything has what it needs. "
        "In how many orders is no letter harmed, though sendmail is not the last?",
        choices={
            0: ("in none", "Whatever begins after sendmail is missing for a while, and letters come all the time."),
            4: ("in 4: named may come later", "Then sendmail does not find its own name, and refuses its own mail."),
            8: ("in 8", "Eight orders harm nobody; count how many of them end with sendmail."),
            20: (
                "in 20, half of them",
                "Where something that mail needs comes later, letters are harmed in the meantime.",
            ),
        },
        seen=_not_last,
        because="Last means late, and a late letter is still a letter. Among the others the order is free, but for nfsd.",
    ),
    Question(
        "15.2",
        "All is mounted, and sendmail begins before named. Letters come for three kinds of addresses. "
        "Which of them are returned?",
        choices={
            ("hana@here.example", "jiro@here.example"): (
                "those that are forwarded to new.example",
                "Their next host cannot be looked up for now. That is no reason to give up: they wait.",
            ),
            ("club@here.example",): ("those for the program, club@here.example", "It is mounted, and needs no name."),
            ("taro@mail.here.example",): (
                "those that name the host: taro@mail.here.example",
                "sendmail has looked for its own name and not found it. This is some other host for it.",
            ),
            (): (
                "none: they all wait for named",
                "Letters wait where a name cannot be looked up. One kind is refused.",
            ),
        },
        seen=_returned_to,
        because="A lookup that fails for now is put off. But what its own names are sendmail asks only as it begins.",
        points=(Point("order", "returned", "rises", (SLIDE, NAMED_LAST)),),
    ),
    Question(
        "15.3",
        "The slide's order, but the name server's disk is broken: it stays off. There is no secondary. "
        "Which letters are still on their way after an hour?",
        choices={
            "forwarded": ("those that are forwarded", "The next host cannot be looked up, so they stay in the queue."),
            "host": ("those that name the host", "These were refused at once, and so returned."),
            "program": ("those for the program", "A program needs no name server."),
            "none": ("none: all are returned or delivered", "A lookup that fails for now keeps a letter in the queue."),
        },
        seen=_waiting,
        because="It is days until they are returned. Somebody has time to start another name server.",
        points=(
            Point("secondary", "still on their way", "falls"),
            Point("primary_dead", "still on their way", "rises"),
        ),
    ),
    Question(
        "15.4",
        "As it begins, sendmail cannot find its full name: named is down until minute 10. At minute 40 sendmail is started anew. "
        "Until when is mail for taro@mail.here.example refused?",
        choices={
            0: ("for a minute: then it asks once more", "It does ask once more after a minute, and then no more."),
            1: ("until minute 10: named is up", "Nobody asks again. What it found when it began holds."),
            2: (
                "until minute 40: it is started anew",
                "Only a new start asks for the name. Until then it refuses its own mail.",
            ),
            3: (
                "for ever, until the cf has the name",
                "A start with named up finds the name. The cf would be a cure, too.",
            ),
        },
        seen=_refused_until,
        because="Its own names (class w) are gathered once, as it begins. A moment's trouble then lasts until a restart.",
        points=(
            Point("restart_at", "returned", "rises"),
            Point("full_name", "returned", "falls"),
        ),
    ),
    Question(
        "15.5",
        "The cf has a line DaemonPortOptions=Addr=mail.here.example. named is down as sendmail begins, and up 2 minutes later. "
        "What do the senders find at the end of the hour?",
        choices={
            "came": ("all has come, late", "A daemon that has ended does not begin again, whoever is up by now."),
            "returned": ("their letters were returned", "Who gets no connection keeps his letter, for days."),
            "refused": (
                "a closed port: connection refused",
                "The line could not be read, so sendmail ended. Somebody has to notice and to start it.",
            ),
            "any": ("a daemon that listens at all addresses", "It does not go on with a line that it cannot read."),
        },
        seen=_at_the_end,
        because="An error in the cf ends sendmail before it opens its port. Nothing is returned, and nothing comes.",
        points=(Point("named_first", "still on their way", "falls"),),
    ),
    Question(
        "15.r1",
        "From lesson 14. ForwardPath=$z/.forward:/var/forward/$u/.forward, and an automounter has /home, whose server is down. "
        "Both places have hana's .forward. Where does her letter go?",
        choices={
            "far": ("to her new address", "The first place is “not there”, the second can be read."),
            "here": ("into her mailbox here", "So it would be with the home alone. The list has a second place."),
            "waits": ("it waits for the home", "Only if no place can be read and one was in trouble does it wait."),
        },
        seen=lambda trace: "waits" if trace.totals()["queued"] else trace.deliveries["host"][0].split(".")[1],
        because="Each place is tried in turn. A copy on a disk of the mail host's own is always there.",
        run=_copy,
    ),
    Question(
        "15.r2",
        "From lesson 05. Two letters lie in the queue. One has 200 kB and is an hour old, the other 1 kB and half an hour. "
        "Neither was tried yet, and the order is the default. Which goes first?",
        choices={
            200_000: (
                "the older, large one",
                "That is QueueSortOrder=time. The default looks at the size, not at the clock.",
            ),
            1_000: ("the younger, small one", "The priority counts the bytes: a small number goes first."),
            0: ("neither: they go together", "They are two letters, and each has a transaction of its own."),
        },
        seen=lambda trace: 1_000 if trace.messages["finished"][1] < trace.messages["finished"][0] else 200_000,
        because="By priority small letters with few recipients go first. After an outage that mixes up the order of time.",
        run=_in_order,
    ),
)

"""What lesson 16 asks before its runs."""

from typing import Any

from simlib.exercises.question import Point, Question, among
from simlib.replacement import ADVICE
from simlib.trace.record import Trace
from simlib.world import World

HERE = "mail.here.example"
SAVED = ("save sendmail.cf", "install", "put sendmail.cf in place", "start sendmail")
BEGIN = ("save sendmail.cf", "run the queue", "disconnect", "install")
KILL_FIRST = (*BEGIN, "kill sendmail", "connect", "put sendmail.cf in place", "start sendmail")
CONNECT_FIRST = (*BEGIN, "connect", "kill sendmail", "put sendmail.cf in place", "start sendmail")


def _who_hears(trace: Trace) -> tuple[bool, bool]:
    """Whether the senders are told, and whether a postmaster of the host is."""
    told = trace.notices["to"]
    return any("@far.example" in to for to in told), "postmaster" in told


def _after_the_file(trace: Trace) -> str:
    """What became of most letters that came after the old file had been put in place."""
    since = next(row.time for row in trace.steps if row.step == "start sendmail")
    states = [row.state for row in trace.messages.where(notice=False) if row.submitted > since]
    return max(("delivered", "bounced", "queued"), key=states.count)


def _of_the_queue(trace: Trace) -> str:
    """What became of the letters of mqueue, and when: in the first minutes after the boot, or later."""
    boot = 35 * 60
    row = next(iter(trace.messages.where(notice=False)))
    if row.finished is None:
        return "waits"
    return f"{row.state} {'at once' if row.finished - boot < 300 else 'later'}"


def _returned(trace: Trace) -> int:
    """None, one or two, some thirty, or nearly all."""
    return among(trace.totals()["bounced"], 1, 4, 60)


def _harmful(table: Any) -> str:
    """The swap of two neighbours that has most letters returned."""
    return str(max(zip(table["returned"], table["two neighbours"], strict=True))[1])


def _worst_pair(table: Any) -> frozenset[str]:
    """Of the cards that do no harm when they are missed alone, the two that do most together.

    A row has the name of a card, a column its first word.
    """
    rows = {card: n for n, card in enumerate(table["forgotten"])}

    def returned(one: str, two: str) -> int:
        return int(table[two.split()[0]][rows[one]])

    harmless = [card for card in rows if returned(card, card) == 0]
    pairs = [(returned(one, two), one, two) for one in harmless for two in harmless if one < two]
    return frozenset(max(pairs)[1:])


def _own_name() -> Trace:
    """Mail for a host that did not find its own name as it began."""
    world = World(seed=4)
    mail = world.sendmail(HERE, cf="Cwhere.example")
    world.zone("@ 86400 MX 10 mail", origin="here.example.")
    world.user(mail, "taro")
    name_server = world.host("ns.here.example")
    world.file(mail, "/etc/resolv.conf", f"nameserver {name_server.address}")
    world.file(mail, "/etc/hosts", f"{mail.host.address} mail")
    far = world.sendmail("mail.far.example", domain="far.example")
    world.outage(world.named(name_server), "1s", "10m")
    mail.stop()
    mail.start(at="1m")
    far.submit("jiro@far.example", "taro@mail.here.example", at="20m")
    return world.run(until="1h")


def _waiting() -> Trace:
    """A letter that has waited for three days, and one more hour of queue runs."""
    world = World(seed=4)
    mail = world.sendmail(HERE)
    far = world.sendmail("mail.there.example", domain="there.example")
    world.outage(far.daemon, "0s", "30m")
    mail.submit("taro@mail.here.example", "hana@there.example", at="-3d", tries=6)
    mail.queue_run(every="20m")
    return world.run(until="2h")


QUESTIONS = (
    Question(
        "16.1",
        "The new system is up, and its sendmail 8.18 has never heard of here.example. A letter a minute comes for it, "
        "and each goes back. Who hears of that?",
        choices={
            (True, True): (
                "the senders, and the postmaster here",
                "So it was up to 8.8, which took the letters before.",
            ),
            (True, False): (
                "the senders only",
                "550 to RCPT: their hosts return the letters. Here there is a line in the log, no more.",
            ),
            (False, True): (
                "the postmaster here only",
                "Whoever has the letter returns it, and that is the sender's host.",
            ),
            (False, False): ("nobody: the letters wait", "Nothing here is temporary. No sender tries again."),
        },
        seen=_who_hears,
        because="The postmaster sees a quiet machine, while all his users' mail goes back.",
        points=(
            Point("version", "told to the postmaster", "falls"),
            Point("order", "returned", "rises", (ADVICE, ("install",))),
        ),
    ),
    Question(
        "16.2",
        "The old sendmail.cf was saved, and has been put in place on the running host; then somebody typed "
        "“sendmail -bd -q1h”. What becomes of letters for here.example from then on?",
        choices={
            "delivered": ("they are delivered: the file is right", "A file in place is not a file in use."),
            "bounced": (
                "they are returned, as before",
                "The daemon that /etc/rc has started holds the port, with the other file.",
            ),
            "queued": ("they wait in the queue", "The daemon that runs does not know that it is wrong."),
            "refused": (
                "they are refused: no daemon runs",
                "One runs, from the boot. It is the second that has ended at once.",
            ),
        },
        seen=_after_the_file,
        because="sendmail reads its cf when it begins. “Address already in use” says that another one is there.",
        points=(Point("order", "returned", "rises", (ADVICE, SAVED)),),
    ),
    Question(
        "16.3",
        "Four letters for people here lie in mqueue, and the new system is installed over it. "
        "/etc/rc starts its sendmail with -q1h. What becomes of the four?",
        choices={
            "delivered later": (
                "they are delivered, after an hour",
                "With whose rules? For the new cf they are for somewhere else.",
            ),
            "waits": ("they wait until somebody looks", "A queue runner looks, and asks nobody."),
            "bounced at once": ("they are returned at once", "-q1h is: now, and then each hour. Now is the boot."),
            "bounced later": (
                "they are returned after an hour",
                "There is no hour to mend it: the first run comes with the boot.",
            ),
        },
        seen=_of_the_queue,
        because="A letter in mqueue is read with the rules of today. What is delivered before cannot be ruined.",
        points=(Point("order", "returned", "rises", (("run the queue", "install"), ("install",))),),
    ),
    Question(
        "16.4",
        "The new system came up off the net. Now somebody puts the plug in, and kills the wrong sendmail one minute later. "
        "A letter a minute comes, and the hosts that had waited try again. How many letters are returned?",
        choices={
            0: (
                "none: the old file is still saved",
                "The file is on another machine. What runs is the wrong sendmail.",
            ),
            1: (
                "one: a letter comes each minute",
                "New letters, yes. But those that have waited come in that minute as well.",
            ),
            2: ("about thirty", "All that waited while the host was off the net comes in its first minute."),
            3: ("nearly all of the ninety", "After the kill there is a closed port, and senders keep their letters."),
        },
        seen=_returned,
        because="The first minute on the net is the busiest. Kill first, then connect: then nothing is returned.",
        points=(Point("order", "returned", "rises", (KILL_FIRST, CONNECT_FIRST)),),
    ),
    Question(
        "16.4b",
        "In the slide's order two neighbours change places. Of the nine pairs only one does harm. Which?",
        choices={
            "disconnect ↔ install": (
                "disconnect ↔ install",
                "The new system comes up on the net, and all goes back until the kill.",
            ),
            "install ↔ kill sendmail": (
                "install ↔ kill sendmail",
                "Then the wrong one runs on, but off the net: it can do nothing.",
            ),
            "put sendmail.cf in place ↔ reboot": (
                "put sendmail.cf in place ↔ reboot",
                "rc is quiet, so the reboot starts nothing.",
            ),
            "start sendmail ↔ connect": (
                "start sendmail ↔ connect",
                "On the net without a daemon: a closed port harms nobody.",
            ),
        },
        seen=_harmful,
        because="Only what lets the wrong sendmail meet the net does harm. All other orders are late at the worst.",
    ),
    Question(
        "16.4c",
        "Some cards can be forgotten alone without a single letter returned. Two of these, forgotten together, are a disaster. "
        "Which two?",
        choices={
            frozenset({"kill sendmail", "keep rc quiet"}): (
                "kill sendmail and keep rc quiet",
                "The reboot then starts one with the right file: that was put in place before.",
            ),
            frozenset({"kill sendmail", "reboot"}): (
                "kill sendmail and reboot",
                "Each of them ends the wrong one. Without both it lives, and meets the net.",
            ),
            frozenset({"run the queue", "reboot"}): (
                "run the queue and reboot",
                "Off the net the queue runner can ask nobody: the letters wait.",
            ),
            frozenset({"start sendmail", "connect"}): (
                "start sendmail and connect",
                "Then no mail comes, and none goes back: late, and safe.",
            ),
        },
        seen=_worst_pair,
        because="Two guards before one door: either will do. Who leaves out one should know what the other is.",
    ),
    Question(
        "16.r1",
        "From lesson 15. sendmail began while its own name could not be looked up. Ten minutes later the name server is back. "
        "What becomes of mail for taro@mail.here.example now?",
        choices={
            "delivered": ("it is delivered", "What are its own names it asks only as it begins."),
            "queued": ("it waits in the queue", "Nothing is temporary in “Relaying denied”."),
            "bounced": (
                "it is refused and returned",
                "It takes its own name for a foreign one until it is started anew.",
            ),
        },
        seen=lambda trace: trace.messages["state"][0],
        because="The wrong cf of this lesson and the missing name of that one do the same: class w is too small.",
        run=_own_name,
    ),
    Question(
        "16.r2",
        "From lesson 05. A letter has waited for three days for a host that is down. The host comes back. "
        "What has somebody to do, so that the letter goes?",
        choices={
            "delivered": (
                "nothing: the next queue run takes it",
                "It stays in the queue until Timeout.queuereturn, 5 days.",
            ),
            "queued": ("run sendmail -q by hand", "That is quicker, and not needed: runs come by themselves."),
            "bounced": ("send it again: it was returned", "It would be so after five days."),
        },
        seen=lambda trace: trace.messages["state"][0],
        because="That is why a host that is away does little harm: everybody else keeps the mail for it.",
        run=_waiting,
    ),
)

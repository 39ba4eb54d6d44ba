"""What lesson 17 asks before its runs."""

import re
from collections import Counter
from typing import Any

from simlib.exercises.question import Point, Question, among
from simlib.trace.record import Trace
from simlib.world import World

HERE, FAR = "mail.here.example", "mx.far.example"


def _then_known(table: Any) -> int:
    """How many of the holes have a number of the summer of 1998 or before: none, one or two, about half, all."""
    years = [int(re.findall(r"\d{4}", one)[0]) for one in table["identifier"]]
    return among(sum(year <= 1999 for year in years), 1, 3, len(years))


def _followed(trace: Trace) -> str:
    if trace.totals()["bounced"]:
        return "returned"
    return "followed" if "jiro" in trace.deliveries["mailbox"] else "stays"


def _file(trace: Trace) -> str:
    if trace.totals()["bounced"]:
        return "returned"
    return str(trace.deliveries["mailbox"][0]) if len(trace.deliveries) else "waits"


def _ran(trace: Trace) -> str:
    """Which of the two programs of one name ran: the one in sm.bin ends with 0, jiro's with an error."""
    status = trace.agents["status"][0]
    return {0: "sm.bin", 69: "refused"}.get(status, "jiro's")


def _taken(trace: Trace) -> int:
    """How many of taro's letters were taken."""
    return trace.messages.where(recipient="hana@far.example", notice=False)["state"].count("delivered")


def _let_in(table: Any) -> str:
    states = dict(zip(table["way"], table["to a far address"], strict=True))
    return "let in" if states["identd says: taro"] == "delivered" else "refused"


def _with_pc1(trace: Trace) -> tuple[str, ...]:
    """The names of the header lines in which the host inside stands."""
    header = re.sub(r"\n[ \t]+", " ", trace.content(1).decode().partition("\n\n")[0])
    return tuple(sorted({line.partition(":")[0] for line in header.splitlines() if "pc1" in line}))


def _reader(trace: Trace) -> str:
    """Who has the notices of the spam in the end."""
    if len(trace.notices.where(kind="double bounce", host=HERE)):
        return "postmaster"
    return "innocent" if "mx.innocent.example" in trace.deliveries["host"] else "spammer"


def _seen_by_victim(trace: Trace) -> str:
    """The host that brings the victim most of the bomb."""
    clients = Counter(trace.connections.where(server="mx.victim.example", outcome="accepted")["client"])
    return str(clients.most_common(1)[0][0])


def _deleted() -> Trace:
    """A letter to an address that is not there any more."""
    world = World(seed=4)
    world.user(world.sendmail(HERE, domain="here.example"), "jiro")
    far = world.sendmail("mail.far.example", domain="far.example")
    far.submit("taro@far.example", "hana@here.example")
    return world.run(until="1h")


def _holiday() -> Trace:
    """A letter to a site that is off for nine days."""
    world = World(seed=4)
    mail = world.sendmail(HERE, cf="O Timeout.queuereturn=5d")
    far = world.sendmail("mail.there.example", domain="there.example")
    world.outage(far.daemon, "0s", "9d")
    mail.submit("taro@mail.here.example", "hana@there.example")
    mail.queue_run(every="1h")
    return world.run(until="10d")


QUESTIONS = (
    Question(
        "17.1",
        "It is the summer of 1998, and your host runs sendmail 8.8.5, eighteen months old. Some holes of 8.8.5 are known "
        "today; the table that unfolds names them. How many of these were known then?",
        choices={
            0: ("none of them", "8.8.5 was the cure for what was known. What it had itself was found years later."),
            1: ("one or two", "What was known by then had been mended: that is why there was an 8.8.5."),
            2: ("about half", "Holes of 8.8.4 and before were known. 8.8.5 does not have these."),
            3: ("all of them", "Then nobody would have run it. Look at the years in the identifiers."),
        },
        seen=_then_known,
        because="The newest version is one whose holes are not known yet. So read advisories as well.",
    ),
    Question(
        "17.2",
        "Somebody changes the package, and signs it anew. The key is his own, but bears the makers' name. "
        "He puts that key beside it. What does a check with this key say?",
        choices={
            False: ("bad", "The signature is for the changed package. It fits."),
            True: ("good", "The holder of that key did sign these bytes. Who he is, a name in a key does not prove."),
            "name": ("good, but that two keys have one name", "Nobody has told the program of the other key."),
        },
        seen=lambda table: table["the signature is good"][-1],
        because="Compare the key's fingerprint with one that you have from somewhere else.",
    ),
    Question(
        "17.3",
        "hana's .forward has mode 644, and its directory 775: her group may write there. "
        "What does sendmail do with a letter to her?",
        choices={
            "followed": (
                "it follows the file: that is safe",
                "Who may write in the directory can put another file in its place.",
            ),
            "stays": (
                "it leaves the letter in her mailbox",
                "The file is not believed. The log has a line, and hana sees nothing.",
            ),
            "returned": ("it returns the letter", "A .forward that is not believed is ignored, and that is no error."),
        },
        seen=_followed,
        because="The file counts, and each directory above it: whoever can change what stands there can act as hana.",
        points=(Point("directory", "followed", "falls"),),
    ),
    Question(
        "17.4",
        "SafeFileEnvironment is /archive. The alias log stands for the file /var/mail/announcements. "
        "What becomes of a letter to log?",
        choices={
            "/var/mail/announcements": ("it is written there, as before", "That is without SafeFileEnvironment."),
            "/archive/announcements": (
                "it is written to /archive/announcements",
                "No name is changed; it is only looked for inside.",
            ),
            "returned": (
                "it is returned",
                "Inside /archive there is no directory /var/mail, and so no such file can be made.",
            ),
            "waits": (
                "it waits until somebody mends the alias",
                "It is a permanent error: there is nothing to wait for.",
            ),
        },
        seen=_file,
        because="sendmail goes into that directory as into a cell (chroot) before it opens the file.",
        points=(Point("environment", "returned", "rises"),),
    ),
    Question(
        "17.5",
        "smrsh is the shell, and in /usr/adm/sm.bin lies vacation. jiro has a program of that name in his home. "
        "An alias says “|/home/jiro/vacation hana”. What happens?",
        choices={
            "refused": ("it is refused: another directory", "smrsh looks at the last part of the path only."),
            "jiro's": ("jiro's program runs", "The directory that he has written is thrown away."),
            "sm.bin": (
                "the one in sm.bin runs",
                "Whatever path is written: that name is looked for in its own directory.",
            ),
        },
        seen=_ran,
        because="Only root can put programs there. So nobody can have another one run, and old aliases still work.",
        points=(Point("command", "delivered", "falls"),),
    ),
    Question(
        "17.6",
        "POP before SMTP, with a window of 30 minutes. taro reads his mail at minutes 10 and 65, "
        "and writes at 2, 20, 45, 60 and 80. How many of his five letters are taken?",
        choices={
            2: ("2", "The one at 20, and the one at 80. At 45 the window of minute 10 is closed."),
            3: ("3", "The window of minute 10 ends at 40, before he writes again."),
            4: ("4", "Who has once read his mail is not known for ever. The window closes."),
            5: ("5", "At minute 2 he has not read his mail yet, so nobody knows the address."),
        },
        seen=_taken,
        because="An address of the net is let in, not a person, and for a while. His mail program has to read before it sends.",
        points=(
            Point("window", "a stranger's letters taken", "rises"),
            Point("window", "taro's letters taken", "rises"),
        ),
    ),
    Question(
        "17.6b",
        "Without POP: taro's laptop has an identd, and says truly that it is taro who writes. "
        "Does mail.here.example send his letter on?",
        choices={
            "let in": ("yes", "It knows what a host says of him, and any host can say so."),
            "known": (
                "yes, since taro is a user of mail.here.example",
                "A name is no password. Any host could say “taro”.",
            ),
            "refused": ("no", "The answer is written down in the header and in the log. It opens nothing."),
            "warned": (
                "yes, with X-Authentication-Warning: in the header",
                "That header is about people on the host itself. A stranger's word changes nothing about relaying.",
            ),
        },
        seen=_let_in,
        because="Ident tells a postmaster whom to ask. With XTND XMIT the POP server hands the letter in, after a password.",
    ),
    Question(
        "17.7",
        "With DMhere.example the name of the site stands for the host pc1.here.example. "
        "In which header lines does pc1 stand all the same, when the letter arrives outside?",
        choices={
            (): ("in none", "Only addresses of senders are rewritten. Hosts sign their work with their own names."),
            ("Received",): ("in Received: only", "There too. But one more line is made by the host itself."),
            ("Message-Id", "Received"): (
                "in Received: and Message-Id:",
                "Each host writes its own name there, and nobody on the way may take it out.",
            ),
            ("From", "Message-Id", "Received"): ("in From: as well", "From: is what masquerading rewrites."),
        },
        seen=_with_pc1,
        because="It hides addresses from those who answer, not names from those who look.",
        points=(Point("masquerade", "header lines with pc1", "falls"),),
    ),
    Question(
        "17.8",
        "A spammer sends through your open relay, with a forged sender at innocent.example, which refuses such notices. "
        "Four of five addresses do not exist. Who reads the bounces in the end?",
        choices={
            "spammer": ("the spammer", "His own address stands nowhere. That is why he has forged one."),
            "innocent": (
                "the innocent, whose address was forged",
                "The bounces go there first, and his host refuses them.",
            ),
            "postmaster": (
                "your own postmaster",
                "A bounce that cannot be delivered is a double bounce, and stays with you.",
            ),
            "nobody": (
                "nobody: they are thrown away",
                "A double bounce goes to DoubleBounceAddress, and that is postmaster.",
            ),
        },
        seen=_reader,
        because="You took his letters. From then on all that becomes of them is your work.",
        points=(Point("version", "spam delivered", "falls"),),
    ),
    Question(
        "17.8b",
        "A mail bomb: somebody with a modem sends two hundred letters to one victim, through your open relay. "
        "The victim's postmaster looks who brings them. Whom does he see?",
        choices={
            "dialup.bomber.example": (
                "the modem of the bomber",
                "That is only in the Received: lines, for those who read them.",
            ),
            HERE: ("your host", "Your host makes the connections, with its good line and its good name."),
            "mail.forged.example": (
                "the host of the forged sender",
                "A sender is only a word in MAIL. It connects to nobody.",
            ),
        },
        seen=_seen_by_victim,
        because="So it is you who gets the complaint, and you whose mail is refused from then on.",
        points=(Point("version", "letters at the victim", "falls"),),
    ),
    Question(
        "17.r1",
        "From lesson 13. An address was deleted, and a letter comes for it from another host. "
        "Which host makes the return?",
        choices={
            HERE: ("the host where the address was", "It says 550 to RCPT, and has no letter to return."),
            "mail.far.example": ("the sender's host", "It has the letter in its queue and cannot hand it on."),
            "": ("none", "Somebody has the letter, and has to say what became of it."),
        },
        seen=lambda trace: trace.notices["host"][0],
        because="To refuse at RCPT is kinder than to take and return: the return may go to a forged address.",
        run=_deleted,
    ),
    Question(
        "17.r2",
        "From lesson 07. A site is off for nine days; the sender's queuereturn is 5d. "
        "What becomes of a letter sent on the first day?",
        choices={
            "delivered": ("it comes after nine days", "It is not there any more by then."),
            "bounced": ("it is returned after five days", "The sender's host gives up, and says so."),
            "queued": ("it waits for as long as it takes", "Timeout.queuereturn ends the wait."),
        },
        seen=lambda trace: trace.messages.where(notice=False)["state"][0],
        because="Who goes on a long holiday should know the time-outs of those who write.",
        run=_holiday,
    ),
)

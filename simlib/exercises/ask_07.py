"""What lesson 07 asks before its runs."""

from email import message_from_bytes

from simlib.exercises.question import Point, Question, among
from simlib.trace.record import Trace
from simlib.trace.table import Table
from simlib.world import World

DAY = 86_400


def _when(kind: str, trace: Trace) -> float:
    """When a notice of that kind was sent (s)."""
    return float(trace.notices.where(kind=kind)["time"][0])


def _which_came_back(trace: Trace) -> str:
    letters = trace.messages.where(notice=False)
    back, came = (letters.where(state=state)["submitted"] for state in ("bounced", "delivered"))
    if not back or not came:
        return "none" if not back else "all"
    return "first" if max(back) < min(came) else "last" if min(back) > max(came) else "mixed"


def _returned_by(trace: Trace) -> str:
    hosts = set(trace.notices.where(kind="return")["host"])
    return " and ".join(sorted(hosts)) or "nobody"


def _third_part(trace: Trace, which: int = 0) -> str:
    """What a notice has of the letter, by its type."""
    notice = message_from_bytes(trace.content(trace.notices["message"][which]))
    types = [part.get_content_type() for part in notice.walk()]
    return next((one for one in ("text/rfc822-headers", "message/rfc822") if one in types), "nothing")


def _size_of_the_notice(trace: Trace) -> int:
    """No notice, or one of up to 3 kB, of up to 20 kB, of more."""
    return among(sum(trace.messages.where(notice=True)["size"]), 1, 3_000, 20_000)


def _without_body(trace: Trace) -> tuple[bool, ...]:
    """Of the letters in order, whether the notice of each has the headers only."""
    return tuple(_third_part(trace, n) == "text/rfc822-headers" for n in range(len(trace.notices["message"])))


def _only_warned(table: Table) -> str:
    """Which of the four letters that are asked about is warned of."""
    sent = dict(zip(table["letter"], table["warnings sent"], strict=True))
    warned = [letter for letter in ("-N failure", "from owner-list", "special-delivery", "bulk") if sent[letter]]
    return " and ".join(warned)


def _dead_host() -> Trace:
    """Five letters for a host without power, and one queue run."""
    world = World(seed=7)
    mail = world.sendmail("mail.here.example", cf="O DeliveryMode=queueonly")
    far = world.sendmail("mx.there.example", domain="there.example")
    world.outage(far.name, "0s", "1d")
    for n in range(5):
        mail.submit("taro@mail.here.example", f"hana{n}@there.example")
    mail.queue_run(at="1m")
    return world.run(until="10m")


def _by_urgency() -> Trace:
    """An old letter of a list and a new urgent one, and a queue run by priority."""
    world = World(seed=7)
    mail = world.sendmail("mail.here.example", cf="O DeliveryMode=queueonly")
    world.sendmail("mx.there.example", domain="there.example")
    for at, word in (("0s", "list"), ("10m", "special-delivery")):
        mail.submit("taro@mail.here.example", "hana@there.example", at=at, headers={"Precedence": word})
    mail.queue_run(at="20m")
    return world.run(until="1h")


QUESTIONS = (
    Question(
        "07.1",
        "Timeout.queuewarn is 4h. The letter comes at 0:30, and the host over there is down. "
        "The queue is run at 1:00, 2:00 and so on. When is Taro warned?",
        choices={
            0.5: ("0:30", "The first attempt fails then. But a warning needs a letter that is four hours old."),
            4.0: ("4:00", "There is a run, but the letter is three and a half hours old."),
            4.5: ("4:30", "It is four hours old now, but nobody looks at it. There is no alarm clock for a letter."),
            5.0: ("5:00", "It is the first queue run in which the letter is old enough."),
        },
        seen=lambda trace: round(_when("warning", trace) / 3600, 1),
        because="The age is looked at when an attempt ends. So the interval of the queue runs counts as well.",
        points=(Point("every", "warned at (h)", "rises"), Point("give_up", "deferred", "rises")),
    ),
    Question(
        "07.1b",
        "Timeout.queuereturn is 5d. After four days the sending host is booted again; the letter is still in its queue. "
        "When is it returned?",
        choices={
            4: ("on day 4", "Nothing makes it older. The queue is read again, and the letter waits on."),
            5: ("on day 5", "The time at which it came is in its queue file, and stays there."),
            9: (
                "on day 9",
                "That would be so if the age were in the memory of a process.",
            ),
        },
        seen=lambda trace: int(_when("return", trace) // DAY),
        because="The age is counted from when the letter entered the queue. It stands on disk.",
    ),
    Question(
        "07.2",
        "A site has no power for nine days, and a letter for it comes every day or so. "
        "The senders keep mail for five days. What comes back?",
        choices={
            "all": (
                "all of it: nine days are longer than five",
                "Each letter has a clock of its own. The last ones have waited a few hours only.",
            ),
            "first": (
                "the oldest letters, those of the first days",
                "On the last day they are five days old and more.",
            ),
            "last": (
                "the youngest letters, those of the last days",
                "Five days are not the time in which mail is taken. Each letter may wait so long.",
            ),
            "none": (
                "nothing: all waits for the power",
                "It would be so if the senders kept mail for nine days or more.",
            ),
        },
        seen=_which_came_back,
        because="When the power is back, what is younger than five days is delivered. What a queue run before that has found "
        "five days old was returned.",
        points=(Point("give_up", "bounced", "falls"), Point("days", "bounced", "rises")),
    ),
    Question(
        "07.3",
        "The sender keeps mail for 14 days. The second MX is up, and keeps it for 5. Nine days of holiday: who returns mail?",
        choices={
            "nobody": (
                "nobody",
                "14 days are longer than nine. But they are those of a queue that holds nothing: the second MX has taken each letter.",
            ),
            "mx.isp.example": ("the second MX", "The letters are in its queue, and its five days count."),
            "mail.here.example": (
                "the sending host",
                "For the sender each letter has gone well: the second MX said 250.",
            ),
            "mail.here.example and mx.isp.example": (
                "both",
                "Only one of them holds anything. Whoever said 250 has it.",
            ),
        },
        seen=_returned_by,
        because="Whoever has taken a letter has to deliver it or to return it, by his own clock.",
        points=(Point("mx_days", "bounced", "falls"), Point("second_mx", "most at the second MX", "rises")),
    ),
    Question(
        "07.4",
        "A letter of 5 kB has no Precedence:. When it fails, the notice has 6.6 kB. "
        "Now a letter of 50 kB with Precedence: list fails. How large is the notice?",
        choices={
            0: ("no notice is sent", "A negative class stops the warning. What fails is returned all the same."),
            1: (
                "1.6 kB",
                "The words of the notice, and the header of the letter: it tells which one it was.",
            ),
            2: ("6.6 kB", "That would be 5 kB of text. sendmail does not cut: it is the header or all."),
            3: ("51.6 kB", "That is what it would be without a Precedence:, with all of the text."),
        },
        seen=_size_of_the_notice,
        because="Whoever runs a list has the letter already. With 500 members gone, 500 copies would come back.",
        points=(Point("precedence", "bytes of the notice", "falls"),),
    ),
    Question(
        "07.7",
        "The file now says Plist=0 and Pnewsletter=-10. Of which letters does only the header come back?",
        choices={
            (True, True, True): (
                "list, bulk and newsletter",
                "It would be so with Plist=-30 as before. Zero is not negative.",
            ),
            (False, False, True): (
                "newsletter",
                "A line replaces the line of the same name only. Pbulk=-60 is still there.",
            ),
            (False, True, True): ("bulk and newsletter", "bulk has kept its line, and newsletter has one now."),
            (True, True, False): (
                "list and bulk",
                "Any word can be a class. A P line is all that it needs.",
            ),
        },
        seen=_without_body,
        because="The word means nothing to sendmail. The number of its P line does, and it must be below zero.",
        points=(Point("p_list", "without body", "falls"), Point("p_newsletter", "bytes of the notices", "rises")),
    ),
    Question(
        "07.7b",
        "With blanks, as on one of the slides: Pnewsletter = -10. What comes back of a newsletter?",
        choices={
            "text/rfc822-headers": (
                "its header",
                "In an option line blanks do no harm. In a P line all before the = is the name.",
            ),
            "message/rfc822": (
                "all of it",
                "The class is called “newsletter ”, with a blank. This letter has no class.",
            ),
            "nothing": ("nothing: sendmail does not start", "The line can be read, and so nobody stops."),
        },
        seen=_third_part,
        because="sendmail itself says nothing of it. A word without a line of its own counts as 0.",
    ),
    Question(
        "07.6",
        "Timeout.queuewarn is 4h. The queue is run every hour, and the host over there is down for a day. "
        "How many warnings does Taro get?",
        choices={
            0: ("none", "The letter is delivered in the end. Nobody knows that after four hours."),
            1: ("1", "It is noted in the queue file that he was told."),
            5: ("5", "One every four hours would be a reminder. sendmail tells once that it is late."),
            20: ("20", "It would be so if nothing were noted of the first one."),
        },
        seen=lambda trace: len(trace.notices.where(kind="warning")),
        because="One warning a message, and then the return if it comes to that.",
        points=(
            Point("precedence", "warnings sent", "falls"),
            Point("sender", "warnings sent", "falls"),
            Point("notify", "warnings sent", "falls"),
        ),
    ),
    Question(
        "07.6b",
        "Of these four letters one is warned of. Which?",
        choices={
            "-N failure": (
                "the one with -N failure: it asks for bad news",
                "It asks for one kind of news. A delay is another kind, with a word of its own.",
            ),
            "from owner-list": (
                "the one from owner-list@here.example",
                "A program stands behind such a name, and does not read warnings.",
            ),
            "special-delivery": (
                "the one with special-delivery",
                "Its class is positive: it is a letter as any other.",
            ),
            "bulk": ("the one with bulk", "Its class is negative. What is sent in bulk may be late."),
        },
        seen=_only_warned,
        because="A warning is for a person who waits. Whoever lists words in NOTIFY has to name delay among them.",
    ),
    Question(
        "07.5",
        "A letter cannot be delivered, and its sender does not exist. "
        "How many messages are there in the end, the letter counted?",
        choices={
            1: ("1", "Nobody knows that the sender is forged until a notice fails."),
            2: (
                "2",
                "The notice is not answered. But it is not thrown away without a word.",
            ),
            3: ("3", "The letter, its notice, and a letter to the postmaster about the notice."),
            26: (
                "26",
                "Each notice is a new letter, without hops. Something else ends it.",
            ),
        },
        seen=lambda trace: len(set(trace.messages["message"])),
        because="What fails with the null sender is not returned. The postmaster is told instead.",
    ),
    Question(
        "07.5b",
        "Two programs answer all mail within a minute, and with manners. How many letters are there after 20 minutes?",
        choices={
            1: ("1: neither of them answers", "The first letter has a sender. So it is answered."),
            2: ("2: a letter and its answer", "The answer comes from <>, and <> is not answered."),
            20: ("20, one a minute", "That is so without manners: each answer is a letter to be answered."),
            25: ("25, then MaxHopCount ends it", "Each answer is a new letter, and its hops are counted from zero."),
        },
        seen=lambda trace: len(trace.messages),
        because="The null sender ends the chain, whoever wrote the program at the other end.",
        points=(Point("manners", "submitted", "falls"),),
    ),
    Question(
        "07.8",
        "O PostmasterCopy=postmaster. Of Taro's three letters one fails, one with Precedence: bulk fails, and one is warned of. "
        "How many copies has the postmaster?",
        choices={
            0: ("none", "It would be so without the option."),
            1: ("1", "Only the ordinary letter that has failed counts."),
            2: ("2", "A letter with a negative class is not worth a copy."),
            3: ("3", "A warning is no failure. Neither is bulk mail counted."),
        },
        seen=lambda trace: len(trace.notices.where(kind="postmaster copy")),
        because="It has the headers, and so the Subject of each private letter that fails.",
        points=(Point("copy", "the postmaster is told", "rises"),),
    ),
    Question(
        "07.9",
        "40 pieces of spam come to names that do not exist, from senders that do not exist. "
        "How many messages does the gateway handle?",
        choices={
            40: ("40", "That is the spam. It has been accepted, and so it has to be returned."),
            80: ("80", "The returns fail as well, and somebody is told of each."),
            120: ("120", "Each piece of spam, its return, and the double bounce."),
            160: ("160", "The third one goes to a mailbox that exists."),
        },
        seen=lambda trace: len(set(trace.messages["message"])),
        because="Each piece of spam is three messages, and the postmaster has the last one, with the spam in it.",
        points=(
            Point("double_bounces", "postmaster's mailbox (kB)", "falls"),
            Point("double_bounces", "nobody is told", "rises"),
        ),
    ),
    Question(
        "07.9b",
        "DoubleBounceAddress is empty now. The same 40 pieces of spam: what does the gateway save?",
        choices={
            40: (
                "nearly all: it only takes the spam in",
                "The returns are sent, and fail. Only what comes after them is spared.",
            ),
            80: ("a part: it still makes the returns", "They fail as before. What is spared is what came after them."),
            120: (
                "nothing: they are made, and thrown away",
                "They are not made at all. But what comes before them is.",
            ),
        },
        seen=lambda trace: len(set(trace.messages["message"])),
        because="The price: that a notice could not be delivered is a thing that nobody hears of any more.",
    ),
    Question(
        "07.r1",
        "From lesson 04. Five letters wait for a host without power. How many connects are tried in one queue run?",
        choices={
            1: ("1", "Its failure is remembered for the rest of the run. The other letters are put back at once."),
            5: ("5", "It would be 75 seconds each. sendmail remembers the first failure."),
            0: ("none", "Somebody has to find out that it is down."),
        },
        seen=lambda trace: len(trace.connections),
        because="What is known of a host lives in memory for a run, and on disk if HostStatusDirectory is set.",
        run=_dead_host,
    ),
    Question(
        "07.r2",
        "From lesson 05. A letter of a list has waited since 0:00, and one with special-delivery since 0:10. "
        "One queue run, by priority. Which goes first?",
        choices={
            "list": ("the older one", "It would be so with QueueSortOrder=time. Ten minutes weigh little."),
            "special-delivery": ("the one with special-delivery", "Its class takes 1800 times 100 off its number."),
            "both": ("both at the same time", "One runner does one letter after the other."),
        },
        seen=lambda trace: ("list", "special-delivery")[trace.deliveries["message"][0] - 1],
        because="Precedence moves a letter in the queue; here you have seen what else it does.",
        run=_by_urgency,
    ),
)

"""01 Mailbox."""

from collections import Counter

from simlib.cf import stock
from simlib.exercises.exercise import Exercise, WrongAnswer, as_number
from simlib.language import phrase, sentences
from simlib.message.status import Exit
from simlib.trace.record import Trace
from simlib.world import World

OTHERS = ("taro", "jiro", "saburo", "shiro")
RUNS = 6  # queue runs before hana, who is over her quota, tidies up


LMTP = {"mail.local": "-l"}  # with which word of A= an agent speaks it; the others do not
PROGRAMS = ("/usr/libexec/mail.local", "/bin/mail")


def _status(answer: str) -> str:
    named = Exit.__members__.get(answer.strip().upper().removeprefix("EX_"))
    status = as_number(answer) if named is None else float(named)
    if status != int(status) or not 0 <= status <= 255:
        raise WrongAnswer("An exit status is a whole number from 0 to 255.")
    world = World(seed=1)
    mail = world.sendmail(
        "mail.here.example", cf="Mlocal, P=/usr/libexec/deliver, F=lsDFMAw5:/|@qPrn9, A=deliver -d $u"
    )
    world.agent(mail, "/usr/libexec/deliver", on_full=int(status))
    world.disk(mail, 10, on="/var/mail")
    world.user(mail, "hana")
    world.fill(mail, 8, "30m", "90m", on="/var/mail")
    for n in range(4):
        mail.submit("<>", "hana", size=5_000, at=n * 1_800 + 60)
    mail.queue_run(every="10m")
    totals = world.run(until="2h").totals()
    if totals["lost"]:
        raise WrongAnswer("Status 0 says that the message is delivered: {lost} messages are lost.", lost=totals["lost"])
    if totals["bounced"]:
        known = "is a final failure" if status in set(Exit) else "is unknown to sendmail, so it is a failure"
        raise WrongAnswer(
            "Status {status:g} {known}: {bounced} messages go back to their authors.",
            status=status,
            known=known,
            bounced=totals["bounced"],
        )
    also = "" if status == Exit.TEMPFAIL else " (EX_TEMPFAIL, 75, says it best.)"
    return phrase("The message stays in the queue, and comes when there is room again.{also}", also=also)


def _can_run(cf: str) -> None:
    """Whether the program is there, and speaks to sendmail as the mailer's flags say."""
    mailer = stock().with_lines(cf).mailers["local"]
    if mailer.path not in PROGRAMS:
        raise WrongAnswer(
            "There is no program {path} on this host. It has {them}.",
            path=mailer.path,
            them=sentences(PROGRAMS, " and "),
        )
    agent = mailer.path.rpartition("/")[2]
    word = LMTP.get(agent)
    speaks = word is not None and word in mailer.argv.split()
    if "z" in mailer.flags and not speaks:
        cure = phrase("Its word for LMTP is missing in A=: {word}.", word=word) if word else "It knows no LMTP."
        raise WrongAnswer(
            "With F=z sendmail says LHLO, and {agent} takes that for the letter. {cure}", agent=agent, cure=cure
        )
    if speaks and "z" not in mailer.flags:
        raise WrongAnswer(
            "{agent} {word} waits for LHLO. Without F=z sendmail gives it the letter at once.", agent=agent, word=word
        )


def _over_quota(cf: str) -> Trace:
    """A message to five, one of whom is over her quota for some queue runs."""
    _can_run(cf)
    world = World(seed=1)
    mail = world.sendmail("mail.here.example", cf=cf)
    world.disk(mail, 10_000, block_size=1_024, on="/var/mail")
    world.user(mail, *OTHERS)
    world.user(mail, "hana", quota=100)
    world.fill(mail, 100, "0s", RUNS * 600 + 300, on="/var/mail", owner="hana")
    mail.submit("<>", *OTHERS, "hana", at="1m")
    mail.queue_run(at="10m", every="10m")
    return world.run(until=900 + RUNS * 600)


def _one_copy_each(cf: str) -> Trace:
    trace = _over_quota(cf)
    copies = Counter(trace.deliveries["mailbox"])
    for user in OTHERS:
        if copies[user] != 1:
            raise WrongAnswer(
                "{user} has {copies} copies, because hana was over her quota for {runs} queue runs.",
                user=user,
                copies=copies[user],
                runs=RUNS,
            )
    if copies["hana"] != 1:
        raise WrongAnswer("hana has tidied up, and her copy has not come.")
    return trace


def _no_copies(cf: str) -> str:
    return phrase("One copy each; the program was started {many} times.", many=len(_one_copy_each(cf).agents))


def _one_process(cf: str) -> str:
    started = len(_one_copy_each(cf).agents)
    if started > RUNS + 2:
        raise WrongAnswer(
            "One copy each, but the program was started {started} times: once for each recipient.", started=started
        )
    return phrase("One copy each, and {started} starts: one an attempt.", started=started)


GIVEN = "Mlocal, P=/usr/libexec/mail.local, F=lsDFMAw5:/|@qmPn9, A=mail.local -d $u"

EXERCISES = (
    Exercise(
        "01.a",
        "You write a delivery agent of your own. The disk of the mailboxes is full. With which exit status does it have to "
        "end, so that mail is neither lost nor returned?",
        "number",
        _status,
        solution="75",
        hints=("Its name is EX_TEMPFAIL.", "sysexits.h; it is in the table of this lesson."),
        mistakes=("0", "1", "73", "300"),
    ),
    Exercise(
        "01.b",
        "A message goes to five users. One of them is over her quota. Change the line of the local mailer so that the others "
        "get it once only.",
        "cf",
        _no_copies,
        solution="Mlocal, P=/usr/libexec/mail.local, F=lsDFMAw5:/|@qPn9, A=mail.local -d $u",
        hints=("One status for five recipients is one too few.", "Which letter of F= allows several recipients in one run?"),
        mistakes=("Mlocal, P=/usr/libexec/mail.local, F=lsDFMAw5:/|@qmn9, A=mail.local -d $u", "O MinQueueAge=10m", "O Timeout.queuereturn=5m"),
        given=GIVEN,
    ),
    Exercise(
        "01.c",
        "The same, but the host is small: however many the recipients, an attempt is to start the program only once.",
        "cf",
        _one_process,
        solution="Mlocal, P=/usr/libexec/mail.local, F=lsDFMAw5:/|@qPSXmnz, A=mail.local -l",
        hints=("What gives a reply for each recipient?", "Flag z makes sendmail speak LMTP; the agent has to answer it: -l. And m stays."),
        mistakes=("Mlocal, P=/usr/libexec/mail.local, F=lsDFMAw5:/|@qPn9, A=mail.local -d $u", GIVEN + "\nO MinQueueAge=10m",
                  "Mlocal, P=/usr/libexec/mail.local, F=lsDFMAw5:/|@qPSXnz, A=mail.local -l"),
        given=GIVEN,
    ),
)  # fmt: skip

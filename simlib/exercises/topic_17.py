"""17 Security."""

from simlib.exercises.exercise import Exercise, WrongAnswer
from simlib.trace.record import Trace
from simlib.world import World

SMRSH = "Mprog, P=/usr/libexec/smrsh, F=lsDFMoqeu9, D=$z:/, A=sh -c $u"


def _relay(cf: str) -> str:
    world = World(seed=17)
    mail = world.sendmail("mail.here.example", domain="here.example", cf=cf)
    world.peer("mx.far.example", domain="far.example")
    clients = {name: world.sendmail(name, cf="DSesmtp:[mail.here.example]") for name in (
        "mail.branch.example", "pc.branch.example", "dialup.spam.example", "mybranch.example")}  # fmt: skip
    for name, client in clients.items():
        client.submit(f"x@{name}", "hana@far.example")
    clients["dialup.spam.example"].submit("x@dialup.spam.example", "taro@here.example")
    trace = world.run(until="1m")
    passed = trace.deliveries.where(host="mx.far.example")["sender"]
    for name in clients:
        may = name.endswith(".branch.example")
        if (f"x@{name}" in passed) != may:
            raise WrongAnswer(f"Mail from {name} for somebody far away {'is refused' if may else 'passes'}.")
    if len(trace.deliveries.where(host=mail.name, mailbox="taro")) != 1:
        raise WrongAnswer("Strangers cannot write to your own users any more.")
    return "The branch may relay, nobody else may, and mail for your users comes from everywhere."


def _forward(cf: str) -> str:
    for mode, directory, followed in (
        (0o644, 0o755, True),
        (0o664, 0o755, True),
        (0o666, 0o755, False),
        (0o664, 0o777, False),
    ):
        world = World(seed=17)
        mail = world.sendmail("mail.here.example", domain="here.example", cf=cf)
        world.user(mail, "taro", "office", "jiro")
        world.directory(mail, "/home/office", owner="office", mode=directory)
        world.file(mail, "/home/office/.forward", "jiro", owner="office", mode=mode)
        mail.submit("taro@here.example", "office@here.example")
        is_followed = world.run(until="1m").deliveries["mailbox"] == ["jiro"]
        if is_followed != followed:
            what = f"A .forward of mode {mode:o} in a directory of mode {directory:o}"
            raise WrongAnswer(f"{what} is {'followed' if is_followed else 'not followed'}.")
    return "The group's .forward is followed; one that anybody could write is not."


def _cells(cf: str) -> str:
    for alias, passes in (
        ("/safe/announcements", True),
        ("/var/mail/taro", False),
        ('"|/usr/bin/vacation hana"', True),
        ('"|/bin/sh"', False),
    ):
        delivered = _to(alias, cf).totals()["delivered"] == 1
        if delivered != passes:
            raise WrongAnswer(f"Mail for the alias  x: {alias}  is {'delivered' if delivered else 'refused'}.")
    return "Files in /safe only, and programs from sm.bin only."


def _to(alias: str, cf: str) -> Trace:
    world = World(seed=17)
    mail = world.sendmail("mail.here.example", domain="here.example", cf=cf)
    world.user(mail, "taro", "hana")
    world.directory(mail, "/safe", mode=0o777)
    world.file(mail, "/usr/adm/sm.bin/vacation", mode=0o755)
    for program in ("/usr/bin/vacation", "/bin/sh"):
        world.program(mail, program)
    mail.aliases = f"x: {alias}"
    mail.submit("taro@here.example", "x@here.example")
    return world.run(until="1m")


EXERCISES = (
    Exercise(
        "17.a",
        "The hosts of branch.example send all their mail through yours. Let them, and nobody else, with one line of sendmail.cf.",
        "cf",
        _relay,
        solution="CRbranch.example",
        hints=("There is a class of domains that may be relayed for.", "Class w are names of your own host. Class R?"),
        mistakes=("CRexample", "Cwbranch.example", "CRmail.branch.example", "DSbranch.example"),
        given="Cwbranch.example",
    ),
    Exercise(
        "17.b",
        "The account office is kept by a group: its .forward has mode 664. Write the line with which it is followed; but one "
        "that everybody may write is not, nor one in a directory that everybody may write.",
        "cf",
        _forward,
        solution="O DontBlameSendmail=groupwritableforwardfilesafe",
        hints=("DontBlameSendmail has a word for each check.", "The log names the check that fails: Group writable file."),
        mistakes=("O DontBlameSendmail=forwardfileinunsafedirpath", "O DontBlameSendmail=worldwritableforwardfile", "O DontBlameSendmail=safe"),
        given="O DontBlameSendmail=safe",
    ),
    Exercise(
        "17.c",
        "Whatever an alias says: mail may be written to files below /safe only, and only programs that lie in /usr/adm/sm.bin "
        "may be run. Write both lines.",
        "cf",
        _cells,
        solution="O SafeFileEnvironment=/safe\n" + SMRSH,
        hints=("One is an option, the other a mailer.", "Mprog: which program gets the command line?"),
        mistakes=("O SafeFileEnvironment=/safe", SMRSH, "O SafeFileEnvironment=/var/mail\n" + SMRSH),
        given="Mprog, P=/bin/sh, F=lsDFMoqeu9, D=$z:/, A=sh -c $u",
    ),
)  # fmt: skip

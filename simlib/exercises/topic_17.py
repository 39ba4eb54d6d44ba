"""17 Security."""

import re

from simlib.cf import stock
from simlib.exercises.exercise import Exercise, WrongAnswer
from simlib.language import phrase
from simlib.trace.record import Trace
from simlib.world import World

SMRSH = "Mprog, P=/usr/libexec/smrsh, F=lsDFMoqeu9, D=$z:/, A=sh -c $u"


def _relay(cf: str) -> str:
    world = World(seed=17)
    mail = world.sendmail("mail.here.example", domain="here.example", cf=cf)
    world.peer("mx.far.example", domain="far.example")
    clients = {name: world.sendmail(name, cf="DSesmtp:[mail.here.example]") for name in (
        "mail.north.example", "pc.north.example", "mail.south.example", "mail.east.example", "dialup.spam.example",
        "mynorth.example")}  # fmt: skip
    for name, client in clients.items():
        client.submit(f"x@{name}", "hana@far.example")
    clients["dialup.spam.example"].submit("x@dialup.spam.example", "taro@here.example")
    trace = world.run(until="1m")
    passed = trace.deliveries.where(host="mx.far.example")["sender"]
    for name in clients:
        may = name.endswith((".north.example", ".south.example"))
        if (f"x@{name}" in passed) != may:
            if may and "north.example" in stock().with_lines(cf).classes.get("w", ()):
                raise WrongAnswer("Names in class w are your own host's: mail for them would end here.")
            if may and re.search(r"\*|\.\s|[R}\s]\.", f"{cf} "):
                raise WrongAnswer("Write a domain as it is, without a star and without a dot at either end.")
            file = (
                " There is no such file on this host: write the names into the line."
                if re.search("^FR", cf, re.M)
                else ""
            )
            if may:
                raise WrongAnswer("Mail from {name} for somebody far away is refused.{file}", name=name, file=file)
            raise WrongAnswer("Mail from {name} for somebody far away passes.{file}", name=name, file=file)
    if len(trace.deliveries.where(host=mail.name, mailbox="taro")) != 1:
        raise WrongAnswer("Strangers cannot write to your own users any more.")
    return "The two domains may relay, nobody else may, and mail for your users comes from everywhere."


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
            what = phrase(
                "A .forward of mode {mode:o} in a directory of mode {directory:o}", mode=mode, directory=directory
            )
            if is_followed:
                raise WrongAnswer("{what} is followed.{words}", what=what, words=_safe_words(cf))
            raise WrongAnswer("{what} is not followed.{words}", what=what, words=_safe_words(cf))
    for mode, read in ((0o664, True), (0o666, False)):
        if _list_is_read(cf, mode) != read:
            if read:
                raise WrongAnswer("A list of mode {mode:o} is not read.{words}", mode=mode, words=_safe_words(cf))
            raise WrongAnswer("A list of mode {mode:o} is read.{words}", mode=mode, words=_safe_words(cf))
    return "The group's files are believed; those that anybody could write are not."


def _safe_words(cf: str) -> str:
    """What the words mean that look so much like the right ones."""
    words = stock().with_lines(cf)["DontBlameSendmail"]
    safe = [word for word in words if word.endswith("filesafe") and word.removesuffix("safe") not in words]
    return phrase(" {safe} is about programs and files that such a file names.", safe=safe[0]) if safe else ""


def _list_is_read(cf: str, mode: int) -> bool:
    """Whether mail for the list staff reaches its member, when its file has that mode."""
    world = World(seed=17)
    mail = world.sendmail("mail.here.example", domain="here.example", cf=cf)
    world.user(mail, "taro", "jiro")
    world.directory(mail, "/etc/mail", owner="root", mode=0o755)
    world.file(mail, "/etc/mail/staff", "jiro", owner="root", mode=mode)
    mail.aliases = "staff: :include:/etc/mail/staff"
    mail.submit("taro@here.example", "staff@here.example")
    return "jiro" in world.run(until="1m").deliveries["mailbox"]


SHELLS = ("/bin/sh", "/usr/libexec/smrsh", "/usr/lib/smrsh", "/usr/sbin/smrsh", "/usr/adm/smrsh")


def _cells(cf: str) -> str:
    shell = stock().with_lines(cf).mailers["prog"].path
    if shell not in SHELLS:
        raise WrongAnswer(
            "P={shell} is no program that could run a command line. smrsh is in /usr/libexec.", shell=shell
        )
    for alias, passes in (
        ("/var/archive/announcements", True),
        ("/safe/announcements", False),
        ("/var/mail/taro", False),
        ('"|/usr/bin/vacation hana"', True),
        ('"|/bin/sh"', False),
    ):
        delivered = _to(alias, cf).totals()["delivered"] == 1
        if delivered != passes:
            if delivered:
                raise WrongAnswer("Mail for the alias  x: {alias}  is delivered.", alias=alias)
            raise WrongAnswer("Mail for the alias  x: {alias}  is refused.", alias=alias)
    return "Files in /var/archive only, and programs from sm.bin only."


def _to(alias: str, cf: str) -> Trace:
    world = World(seed=17)
    mail = world.sendmail("mail.here.example", domain="here.example", cf=cf)
    world.user(mail, "taro", "hana")
    for path in ("/var/archive", "/safe"):
        world.directory(mail, path, mode=0o777)
    world.file(mail, "/usr/adm/sm.bin/vacation", mode=0o755)
    for program in ("/usr/bin/vacation", "/bin/sh"):
        world.program(mail, program)
    mail.aliases = f"x: {alias}"
    mail.submit("taro@here.example", "x@here.example")
    return world.run(until="1m")


EXERCISES = (
    Exercise(
        "17.a",
        "The hosts of north.example and of south.example send all their mail through yours. Those of east.example do not "
        "any more. Let those two relay, and nobody else, with one line of sendmail.cf.",
        "cf",
        _relay,
        solution="CRnorth.example south.example",
        hints=("There is a class of domains that may be relayed for.", "Class w are names of your own host. Class R?"),
        mistakes=("CRexample", "Cwnorth.example south.example", "CRmail.north.example south.example", "CRnorth.example",
                  "CRnorth.example,south.example", "DSnorth.example"),
        given="Cwnorth.example south.example",
    ),
    Exercise(
        "17.b",
        "A group keeps the account office and the list staff: /home/office/.forward and /etc/mail/staff (an :include: file) "
        "have mode 664. Write the line with which both are believed. A file that everybody may write is not to be believed. "
        "Nor is a .forward in a directory that everybody may write.",
        "cf",
        _forward,
        solution="O DontBlameSendmail=groupwritableforwardfile,groupwritableincludefile",
        hints=("DontBlameSendmail has a word for each check.", "The log names the check that fails: Group writable file."),
        mistakes=("O DontBlameSendmail=groupwritableforwardfilesafe,groupwritableincludefilesafe",
                  "O DontBlameSendmail=groupwritableforwardfile", "O DontBlameSendmail=groupwritableincludefile",
                  "O DontBlameSendmail=forwardfileinunsafedirpath", "O DontBlameSendmail=worldwritableforwardfile", "O DontBlameSendmail=safe"),
        given="O DontBlameSendmail=safe",
    ),
    Exercise(
        "17.c",
        "Whatever an alias says: mail may be written to files below /var/archive only. And only programs that lie in "
        "/usr/adm/sm.bin may be run. Write both lines.",
        "cf",
        _cells,
        solution="O SafeFileEnvironment=/var/archive\n" + SMRSH,
        hints=("One is an option, the other a mailer.", "Mprog: which program gets the command line?"),
        mistakes=("O SafeFileEnvironment=/var/archive", SMRSH, "O SafeFileEnvironment=/safe\n" + SMRSH, "O SafeFileEnvironment=/var/mail\n" + SMRSH),
        given="Mprog, P=/bin/sh, F=lsDFMoqeu9, D=$z:/, A=sh -c $u",
    ),
)  # fmt: skip

"""09 Privacy."""

from simlib.cf import stock
from simlib.exercises.exercise import Exercise, WrongAnswer
from simlib.language import sentences
from simlib.world import World

ADDED = "X-Authentication-Warning"
NAMES = ("staff", "taro", "hana", "ken")


def _collector(cf: str) -> str:
    world = World(seed=9)
    mail = world.sendmail("mail.here.example", domain="here.example", cf=cf)
    world.host("collector.spam.example")
    world.user(mail, "taro", "hana")
    mail.aliases = "staff: taro, hana\nken: ken@far.invalid"
    for verb in ("VRFY", "EXPN"):
        say = world.telnet("collector.spam.example", mail)
        say("HELO collector.spam.example")
        told = [name for name in NAMES if say(f"{verb} {name}").startswith("250")]
        if told:
            raise WrongAnswer("{verb} tells the collector of {them}.", verb=verb, them=sentences(told, ", "))
    say = world.telnet("collector.spam.example", mail)
    if not say("MAIL FROM:<x@far.invalid>").startswith("250"):
        raise WrongAnswer(
            "A client that does not say HELO cannot send its mail any more: more is forbidden than was asked for."
        )
    return "Neither VRFY nor EXPN tells him anything, and mail comes as before."


def _majordomo(cf: str) -> str:
    for user, warned in (("majordomo", False), ("taro", True), ("root", False)):
        said = ADDED in _in_the_name_of_the_dean(cf, user)
        if said != warned:
            lines = stock().with_lines(cf)
            if "taro" in lines.trusted and "majordomo" not in lines.trusted:
                raise WrongAnswer("Now taro is trusted, and majordomo is not.")
            if lines.class_files.get("t"):
                raise WrongAnswer("There is no such file on this host: write the name into the line.")
            if lines["TrustedUser"] != stock()["TrustedUser"]:
                raise WrongAnswer("TrustedUser owns maps and the like. Who may write in others' names is another list.")
            if said:
                raise WrongAnswer("A letter that {user} sends as dean@here.example is warned of.", user=user)
            raise WrongAnswer("A letter that {user} sends as dean@here.example has no warning.", user=user)
    return "majordomo may write in anybody's name; taro is named if he does."


def _in_the_name_of_the_dean(cf: str, user: str) -> str:
    world = World(seed=9)
    mail = world.sendmail("mail.here.example", domain="here.example", cf=cf)
    world.sendmail("mx.far.example", domain="far.example")
    world.shell(mail, user=user)("sendmail -f dean@here.example hana@far.example", "Subject: holidays\n\nNo classes.\n")
    return world.run(until="1m").content(1).decode()


def _queue(cf: str) -> str:
    world = World(seed=9)
    mail = world.sendmail("mail.here.example", domain="here.example", cf=f"{cf}\nO DeliveryMode=queueonly")
    world.sendmail("mx.far.example", domain="far.example")
    world.user(mail, "taro", "hana")
    mail.submit("hana@here.example", "doctor@far.example")
    world.run(until="10m")
    taro, root = world.shell(mail, user="taro"), world.shell(mail)
    if "doctor" in taro("mailq"):
        raise WrongAnswer("taro types mailq and sees that hana writes to her doctor.")
    taro("sendmail -q")
    world.run(until="20m")
    if not len(mail.queue):
        raise WrongAnswer("taro types sendmail -q, and the queue is run.")
    if "doctor" not in root("mailq"):
        raise WrongAnswer("root does not see the queue any more.")
    return "taro neither sees the queue nor runs it; root does both."


EXERCISES = (
    Exercise(
        "09.a",
        "A collector of addresses asks your host by VRFY and by EXPN. Write the line with which he learns nothing by either. "
        "Clients that say neither HELO nor EHLO may send mail as before.",
        "cf",
        _collector,
        solution="O PrivacyOptions=authwarnings,novrfy,noexpn",
        hints=("PrivacyOptions takes a list, with commas.", "What else does goaway stand for?"),
        mistakes=("O PrivacyOptions=novrfy", "O PrivacyOptions=noexpn", "O PrivacyOptions=goaway", "O PrivacyOptions=authwarnings"),
        given="O PrivacyOptions=authwarnings",
    ),
    Exercise(
        "09.b",
        "The mailing-list program runs as user majordomo and sends in the names of others. Nobody is to be warned of it. "
        "If taro does the same, everybody is to be warned. Write the lines.",
        "cf",
        _majordomo,
        solution="O PrivacyOptions=authwarnings\nTmajordomo",
        hints=("Who is never warned of in the stock file?", "T lines name the trusted users."),
        mistakes=("O PrivacyOptions=public", "Ttaro", "O PrivacyOptions=authwarnings", "Tmajordomo taro"),
        given="O PrivacyOptions=authwarnings",
    ),
    Exercise(
        "09.c",
        "An ordinary user of your host is not to see by mailq who writes to whom. Nor is he to start a queue run. For root "
        "nothing changes. Write the line.",
        "cf",
        _queue,
        solution="O PrivacyOptions=authwarnings,restrictmailq,restrictqrun",
        hints=("There are several words that begin with restrict.", "One is for looking, one for running."),
        mistakes=("O PrivacyOptions=restrictmailq", "O PrivacyOptions=restrictqrun", "O PrivacyOptions=goaway", "O PrivacyOptions=restrictexpand"),
        given="O PrivacyOptions=restrictmailq",
    ),
)  # fmt: skip

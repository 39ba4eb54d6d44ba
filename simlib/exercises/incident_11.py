"""11 Statistics: two counts of one day do not agree."""

from simlib.exercises.drill import Cause, Drill
from simlib.exercises.exercise import WrongAnswer
from simlib.exercises.places import Place, host
from simlib.exercises.scene import Deal, Letter, Scene, postmasters
from simlib.world import World

CLEARED = "the counters were emptied in the middle of the day"
REFUSED = "there are messages in the log that were refused"
HOURS = tuple(f"{hour}" for hour in range(10, 16))
DOMAINS = tuple(f"{site}.example" for site in ("north", "south", "east", "west"))
CRON = "/etc/cron.d/mailstats"
DAY = 86_400.0  # s


def _scene(deal: Deal) -> Scene:
    cause, chance = deal.cause, deal.chance
    hour = int(deal.place if cause == CLEARED else chance.choice(HOURS))
    stranger = deal.place.removeprefix("mail.") if cause == REFUSED else chance.choice(DOMAINS)
    world = World(seed=11)
    mail = world.sendmail("mail.here.example", domain="here.example")
    far = {domain: world.sendmail(f"mail.{domain}", domain=domain) for domain in DOMAINS}
    world.zone("@ 1h MX 10 mail.here.example.", origin="victim.example.")
    for n, at in enumerate(deal.times(40, 120, 620)):
        site = DOMAINS[n % 4]
        if n % 3:
            mail.submit("taro@here.example", f"ken@{site}", f"mika@{site}", at=at)
        else:
            far[site].submit(f"mika@{site}", "taro@here.example", at=at)
    last = deal.times(1, 28_200, 500)[0]
    mail.submit("office@here.example", "mika@north.example", at=last)
    when = f"0 {hour} * * *" if cause == CLEARED else "0 0 1 1 *"  # each day, or on New Year's Day
    world.file(mail, CRON, f"{when} root cp /dev/null /etc/mail/sendmail.st\n")
    root = world.shell(mail)

    def cron() -> None:
        if f"0 {hour} * * *" in root(f"cat {CRON}"):
            root("cp /dev/null /etc/mail/sendmail.st")

    for day in range(3):
        world.at((hour - 9) * 3_600 + day * DAY, cron)
    selling = [far[stranger]] if cause == REFUSED else []
    for n, at in enumerate(deal.times(20, 3_000, 500)):
        if selling:
            far[stranger].submit(f"sale{n}@{stranger}", f"user{n}@victim.example", at=at)
    world.run(until="8h 15m")
    seen: list[int] = []

    def count() -> int:
        return sum("from=" in line for line in root("cat /var/log/maillog").splitlines())

    def again() -> None:
        seen[:] = [count(), mail.installation.statistics.total().messages_from]
        for site in DOMAINS:
            mail.submit("office@here.example", f"ken@{site}")
            far[site].submit(f"mika@{site}", "taro@here.example")
        if selling:
            far[stranger].submit(f"sale@{stranger}", "user@victim.example")

    def also() -> None:
        log, counted = count() - seen[0], mail.installation.statistics.total().messages_from - seen[1]
        if log != counted:
            told = "A day later the log has {log} more lines with from=, and mailstats {counted} more messages."
            raise WrongAnswer(told, log=log, counted=counted)

    return Scene(
        world,
        mail,
        cause,
        _hour(hour) if cause == CLEARED else host(world, f"mail.{stranger}", stranger),
        Letter("office@here.example", last, "mika@north.example"),
        again,
        postmasters(DOMAINS, stranger if cause == REFUSED else "", selling.clear),
        takes=DAY + 7_200,
        also=also,
    )


def _hour(hour: int) -> Place:
    """An hour of the day, as people write it, and what empties the counters then."""
    names = {f"{hour}:00", f"{hour} o'clock", f"{hour}h", f"{hour}時", CRON, "cron", "crontab", "sendmail.st"}
    return Place(f"{hour}", also=frozenset({*names, "/etc/mail/sendmail.st"}), line=rf"{hour}:\d\d(:\d\d)?\Z")


DRILL = Drill(
    id="11.drill",
    complaint="The office calls: “After our last letter we have counted, in the log of today, the lines with from=. mailstats "
    "has fewer messages (msgsfr). Let it agree tomorrow.”",
    causes={
        CLEARED: Cause(
            HOURS,
            command="mailstats",
            told=r"\AStatistics from \w+ Jul  1 {place}:",
            not_it="mailstats shows in its first line since when it has counted: since shortly after nine.",
            cure=(f"rm {CRON}",),
            wrong=("cp /dev/null /etc/mail/sendmail.st",),
        ),
        REFUSED: Cause(
            tuple(f"mail.{domain}" for domain in DOMAINS),
            command="cat /var/log/maillog",
            told=r"ruleset=check_rcpt, [^\n]*relay={place} \[[^\n]*reject=550",
            not_it="The log has no line with reject=, and none with from= and nrcpts=0.",
            cure=("ring up postmaster@{domain}",),
            wrong=(f"rm {CRON}",),
        ),
    },
    scene=_scene,
    hints=("Since when does mailstats count?", "Is each line with from= a message that was taken? nrcpts="),
)

"""13 Retiring an address."""

from collections import Counter

from simlib.exercises.exercise import Exercise, WrongAnswer
from simlib.trace.record import Trace
from simlib.world import World

RULES = (
    "SParseLocal=98\n"
    'R$* < @ $+ .REDIRECT. > < $- >\t$#error $@ 5.1.1 $: "551 User has moved; please try " <$1@$2>\n'
    'R$* < @ $+ .FORWARD. > < $- >\t$#error $@ 5.1.1 $: "551 User has moved; forwarded to " <$1@$2>\n'
)
HERE, NEW = "mail.here.example", "mail.new.example"


def _mail_to(aliases: str, to: str, times: int = 1) -> Trace:
    """taro, who is far away, writes to somebody at here.example, which has these aliases."""
    world = World(seed=4)
    mail = world.sendmail(HERE, domain="here.example", cf=RULES)
    world.user(mail, "hana", "jiro", "ken", "postmaster")
    world.sendmail(NEW, domain="new.example")
    far = world.sendmail("mail.far.example", domain="far.example")
    mail.aliases = aliases
    for n in range(times):
        far.submit("taro@far.example", f"{to}@here.example", at=60 * n)
    return world.run(until="1h")


def _copies(trace: Trace) -> Counter[tuple[str, str]]:
    return Counter((one.host, one.mailbox) for one in trace.deliveries)


def _both(aliases: str) -> str:
    copies = _copies(_mail_to(aliases, "hana", times=3))
    for host, where in ((NEW, "her new place"), (HERE, "her mailbox here")):
        if copies[host, "hana"] != 3:
            raise WrongAnswer(f"taro wrote three times, and {copies[host, 'hana']} messages are at {where}.")
    return "Each message is here and there."


def _told(aliases: str) -> str:
    trace = _mail_to(aliases, "hana")
    copies = _copies(trace)
    if copies[NEW, "hana"] != 1:
        raise WrongAnswer(f"hana gets {copies[NEW, 'hana']} copies at new.example.")
    words = b"".join(trace.content(number) for number in trace.notices["message"])
    if b"551" not in words:
        raise WrongAnswer("taro is not told that she has moved.")
    if b"forwarded to <hana@new.example>" not in words:
        raise WrongAnswer("taro is told to write to her new address himself, though she has this letter already.")
    return "hana has her letter, and taro knows her new address."


def _list(aliases: str) -> str:
    trace = _mail_to(aliases, "staff")
    copies = _copies(trace)
    for member in ("hana", "jiro"):
        if copies[HERE, member] != 1:
            raise WrongAnswer(f"{member}, a member, gets {copies[HERE, member]} copies.")
    returned = [one.to for one in trace.notices]
    if any("taro" in to for to in returned):
        raise WrongAnswer("taro gets the return, who knows nothing of the list's members.")
    if copies[HERE, "ken"] != 1 or len(returned) != 1:
        raise WrongAnswer(f"The return goes to {', '.join(returned) or 'nobody'}; ken keeps the list.")
    return "The members have the letter, and ken knows whom to strike off."


EXERCISES = (
    Exercise(
        "13.a",
        "hana moves to hana@new.example, and for a while wants her mail there and in her old mailbox here. Write the line of "
        "the aliases file.",
        "text",
        _both,
        solution="hana: \\hana, hana@new.example",
        hints=("An alias may stand for several addresses, with commas.", "\\hana is the mailbox, whatever the aliases say."),
        mistakes=("hana: hana@new.example", "hana: \\hana", "hana hana@new.example", "hana: jiro, hana@new.example"),
        given="hana: hana@new.example",
    ),
    Exercise(
        "13.b",
        "Her mailbox here is closed. Write the line with which she gets her mail at hana@new.example, and whoever writes to "
        "the old address is told of the new one and that his letter was forwarded. (The cf has both rules of this lesson.)",
        "text",
        _told,
        solution="hana: hana@new.example.FORWARD, hana@new.example",
        hints=("One of the addresses is there only to be refused.", "Which of the two words says “forwarded”?"),
        mistakes=("hana: hana@new.example", "hana: hana@new.example.REDIRECT", "hana: hana@new.example.FORWARD",
                  "hana: hana@new.example.REDIRECT, hana@new.example"),
        given="hana: hana@new.example.REDIRECT",
    ),
    Exercise(
        "13.c",
        "The list staff has hana, jiro and old@gone.invalid, who has left. ken keeps the list, and is to get what comes back "
        "from it; whoever writes to it is not. Write the lines.",
        "text",
        _list,
        solution="staff: hana, jiro, old@gone.invalid\nowner-staff: ken",
        hints=("A list has an owner, if there is an alias of the right name.", "owner- stands in front."),
        mistakes=("staff: hana, jiro, old@gone.invalid", "staff: hana, jiro, old@gone.invalid\nstaff-owner: ken",
                  "staff: hana, jiro, old@gone.invalid\nowner-staff: jiro", "staff: hana, old@gone.invalid\nowner-staff: ken",
                  "staff: hana, jiro, ken"),
        given="staff: hana, jiro, old@gone.invalid",
    ),
)  # fmt: skip

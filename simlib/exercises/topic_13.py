"""13 Retiring an address."""

import re
from collections import Counter

from simlib.exercises.exercise import Exercise, WrongAnswer
from simlib.language import sentences
from simlib.trace.record import Trace
from simlib.world import World

RULES = (
    "CPREDIRECT FORWARD\nSParseLocal=98\n"
    'R$* < @ $+ .REDIRECT. >\t$#error $@ 5.1.1 $: "551 User has moved; please try " <$1@$2>\n'
    'R$* < @ $+ .FORWARD. >\t$#error $@ 5.1.1 $: "551 User has moved; your mail has been forwarded; next time please try to " <$1@$2>\n'
)
HERE, NEW, HOME = "mail.here.example", "mail.new.example", "mail.home.example"


def _mail_to(aliases: str, to: str, times: int = 1) -> Trace:
    """taro, who is far away, writes to somebody at here.example, which has these aliases."""
    world = World(seed=4)
    mail = world.sendmail(HERE, domain="here.example", cf=RULES)
    world.user(mail, "hana", "jiro", "ken", "postmaster")
    world.sendmail(NEW, domain="new.example")
    world.sendmail(HOME, domain="home.example")
    far = world.sendmail("mail.far.example", domain="far.example")
    mail.aliases = aliases
    for n in range(times):
        far.submit("taro@far.example", f"{to}@here.example", at=60 * n)
    return world.run(until="1h")


def _copies(trace: Trace) -> Counter[tuple[str, str]]:
    return Counter((one.host, one.mailbox) for one in trace.deliveries)


def _both(aliases: str) -> str:
    copies = _copies(_mail_to(aliases, "hana", times=3))
    for host, user, where in (
        (NEW, "hana", "at her new place"),
        (HERE, "hana", "in her mailbox here"),
        (HERE, "jiro", "in the mailbox of jiro"),
    ):
        if copies[host, user] != 3 and ";" in aliases:
            raise WrongAnswer("Commas stand between the addresses of an alias.")
        if copies[host, user] != 3 and sum(bool(line.strip()) for line in re.split(r"\n(?!\s)", aliases)) > 1:
            raise WrongAnswer("A second line for the same name does not add to the first: write one line.")
        if copies[host, user] != 3:
            raise WrongAnswer(
                "taro wrote three times, and {copies} messages are {where}.", copies=copies[host, user], where=where
            )
    return "Each message is in all three places."


def _told(aliases: str) -> str:
    trace = _mail_to(aliases, "hana")
    copies = _copies(trace)
    if copies[NEW, "hana"] != 1:
        raise WrongAnswer("hana gets {many} copies at {host}.", many=copies[NEW, "hana"], host="new.example")
    if copies[HOME, "hana"] != 1:
        raise WrongAnswer("hana gets {many} copies at {host}.", many=copies[HOME, "hana"], host="home.example")
    words = b"".join(trace.content(number) for number in trace.notices["message"])
    if b"551" not in words:
        raise WrongAnswer("taro is not told that she has moved.")
    if b"moved; please try" in words:
        also = " and is told that it was forwarded" if b"has been forwarded" in words else ""
        raise WrongAnswer("taro is asked to write once more{also}, though she has this letter already.", also=also)
    if b"home.example>" in words:
        raise WrongAnswer("taro is told of her address at home, which is her own affair.")
    return "hana has her letter twice, and taro knows her new address."


def _list(aliases: str) -> str:
    trace = _mail_to(aliases, "staff")
    copies = _copies(trace)
    for member in ("hana", "jiro"):
        if copies[HERE, member] != 1:
            raise WrongAnswer("{member}, a member, gets {copies} copies.", member=member, copies=copies[HERE, member])
    returned = [one.to for one in trace.notices]
    if any("taro" in to for to in returned):
        raise WrongAnswer("taro gets the return, who knows nothing of the list's members.")
    if not returned:
        raise WrongAnswer("Nothing comes back: old@gone.invalid is not on your list. In the question it still is.")
    if copies[HERE, "ken"] > 1:
        raise WrongAnswer("ken gets the letter and the return: he keeps the list, but he is no member.")
    if copies[HERE, "ken"] != 1 or len(returned) != 1:
        raise WrongAnswer("The return goes to {them}; ken keeps the list.", them=sentences(returned, ", "))
    return "The members have the letter, and ken knows whom to strike off."


EXERCISES = (
    Exercise(
        "13.a",
        "hana moves to hana@new.example. For a while she wants her mail there and in her old mailbox here. And jiro, who "
        "does her work here now, is to have a copy. Write the line of the aliases file.",
        "text",
        _both,
        solution="hana: \\hana, hana@new.example, jiro",
        hints=("An alias may stand for several addresses, with commas.", "\\hana is the mailbox, whatever the aliases say."),
        mistakes=("hana: hana@new.example", "hana: \\hana", "hana hana@new.example", "hana: jiro, hana@new.example",
                  "hana: \\hana, hana@new.example"),
        given="hana: hana@new.example",
    ),
    Exercise(
        "13.b",
        "Her mailbox here is closed. She wants her mail at hana@new.example and a copy at hana@home.example. Whoever writes "
        "to the old address is told of the one at new.example, and that his letter was forwarded. He is not told of her "
        "home. Write the line. (The cf has both rules of this lesson.)",
        "text",
        _told,
        solution="hana: hana@new.example.FORWARD, hana@new.example, hana@home.example",
        hints=("One of the addresses is there only to be refused.", "Which of the two words says “forwarded”?"),
        mistakes=("hana: hana@new.example", "hana: hana@new.example.REDIRECT", "hana: hana@new.example.FORWARD",
                  "hana: hana@new.example.REDIRECT, hana@new.example, hana@home.example",
                  "hana: hana@new.example.FORWARD, hana@new.example"),
        given="hana: hana@new.example.REDIRECT",
    ),
    Exercise(
        "13.c",
        "The list staff has hana, jiro and old@gone.invalid, who has left. ken keeps the list. He is to get what comes back "
        "from it, and whoever writes to it is not. Write the lines.",
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

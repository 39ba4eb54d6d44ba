"""19 Rewriting rules."""

import re
from collections.abc import Sequence

from simlib.cf import Cf, stock, stock_rules
from simlib.exercises.exercise import Exercise, WrongAnswer
from simlib.rewrite.maps.makemap import makemap
from simlib.world import World

OPERATORS = "O OperatorChars=.:%@!^/[]+"  # as sendmail's m4 files write it
ELSEWHERE = "R$+ < @ $+ >\t\t$: < $S >"  # how the rule of the stock ruleset 0 for mail to elsewhere begins
TABLE = "R$+ < @ $+ >\t$: $>table < $2 > $1 < @ $2 >"
MAP = """Kmailertable hash -o /etc/mail/mailertable
Stable
R< $+ . > $*\t< $1 > $2
R< $+ > $*\t$: < $(mailertable $1 $: $1 $) > $2
R< $- . $+ > $*\t$: < $(mailertable .$2 $: .$2 $) > $3
R< . $- . $+ > $*\t< $(mailertable .$2 $: .$2 $) > $3
R< $- : $+ > $*\t$@ $# $1 $@ $2 $: $3
R< $* > $*\t$@ $2
"""
GATE, PARTNER = "gate.here.example", "partner.example"


def _typed(cf: str, lines: Sequence[str], **sources: str) -> list[str]:
    """What address test mode answers to each line, with this sendmail.cf and maps made of these sources."""
    Cf.parse(cf)  # what cannot be read is told as such
    world = World(seed=19)
    mail = world.sendmail("mail.here.example", domain="here.example")
    for name in (PARTNER, "pc1.partner.example", "partner.example.org", "remote.example"):
        world.peer(f"mx.{name}", domain=name)
    world.file(mail, "/etc/mail/try.cf", cf)
    for name, source in sources.items():
        mail.map(name, source)
    text = world.shell(mail)("sendmail -bt -C/etc/mail/try.cf", "".join(f"{line}\n" for line in lines))
    if "Infinite loop" in text:
        raise WrongAnswer("With one of the addresses it never ends: a rule makes what it matches again.")
    return text.split("\n> ")[1:]


def _rules(answer: str) -> str:
    """The rules of an answer. In its field a tab is hard to type: two blanks or more will do."""
    if not re.search(r"^R", answer, re.MULTILINE):
        raise WrongAnswer("There is no rule in it yet: a rule is a line that begins with R.")
    return "\n".join(
        re.sub(r" *\t[ \t]*|  +", "\t", line.strip()) if line.startswith("R") else line
        for line in map(str.rstrip, answer.splitlines())
    )


def _rewritten(answer: str, addresses: Sequence[str]) -> dict[str, str]:
    """What the rules of an answer make of each address."""
    said = _typed(f"{stock()}\n{OPERATORS}\nStry\n{_rules(answer)}\n", [f"try {address}" for address in addresses])
    came = [re.findall(r"returns:(.*)", text)[-1:] for text in said]
    return {address: "".join(found).replace(" ", "") for address, found in zip(addresses, came, strict=False)}


def _kinds(answer: str, kinds: Sequence[tuple[dict[str, str], str]]) -> None:
    """Try addresses of several kinds; the first kind that comes out otherwise is told in its words."""
    came = _rewritten(answer, [address for wanted, _ in kinds for address in wanted])
    for wanted, words in kinds:
        if any(came.get(address) != right for address, right in wanted.items()):
            raise WrongAnswer(words)


def _bang(answer: str) -> str:
    _kinds(
        answer,
        (
            (
                {"uu!bob": "bob@uu", "pc1!hana": "hana@pc1"},
                "The plainest kind, one word before the ! and one behind it, comes out otherwise.",
            ),
            (
                {"mail.remote.example!bob": "bob@mail.remote.example", "uu.example!bob": "bob@uu.example"},
                "It comes out otherwise where the host's name has dots: how many tokens is that?",
            ),
            (
                {"uu!taro.yamada": "taro.yamada@uu", "uu!bob+x": "bob+x@uu"},
                "It comes out otherwise where the user is more than one token.",
            ),
            (
                {"a!b!hana": "b!hana@a", "a.example!b!c!hana": "b!c!hana@a.example"},
                "A way over several hosts comes out otherwise: only the first of them is to be taken off.",
            ),
            (
                {"bob@remote.example": "bob@remote.example", "taro": "taro", "bob%x@y": "bob%x@y"},
                "An address without a ! does not stay as it is.",
            ),
        ),
    )
    return "Users behind their hosts, one host at a time. Nothing else is touched."


def _stripped(answer: str) -> str:
    _kinds(
        answer,
        (
            (
                {"taro@pc1.here.example": "taro@here.example", "hana@mail.here.example": "hana@here.example"},
                "The plainest kind, a user at one of our hosts, comes out otherwise.",
            ),
            (
                {"taro@pc7.lab.here.example": "taro@here.example", "ken@a.b.c.here.example": "ken@here.example"},
                "It comes out otherwise where a host is deeper in our domain.",
            ),
            (
                {
                    "taro.yamada@pc1.here.example": "taro.yamada@here.example",
                    "a+b@pc1.here.example": "a+b@here.example",
                },
                "It comes out otherwise where the user is more than one token.",
            ),
            (
                {"taro@here.example": "taro@here.example"},
                "An address that has no host to strip does not stay as it is.",
            ),
            (
                {"bob@pc1.remote.example": "bob@pc1.remote.example", "bob@remote.example": "bob@remote.example"},
                "An address of another domain does not stay as it is.",
            ),
            (
                {
                    "bob@pc1.here.example.remote.example": "bob@pc1.here.example.remote.example",
                    "bob@pc1.there.example": "bob@pc1.there.example",
                    "bob@pc1.nothere.example": "bob@pc1.nothere.example",
                },
                "A name in which ours is only a part does not stay as it is.",
            ),
            ({"taro": "taro", "hana.sato": "hana.sato"}, "A user without an @ does not stay as it is."),
        ),
    )
    return "Every host of the domain is stripped, however deep, and no other name is touched."


def _led(cf: str, addresses: Sequence[str], **sources: str) -> dict[str, tuple[str, str, str]]:
    """Mailer, host and user that each address leads to; ``error`` with what sendmail says where it leads to none."""
    said = _typed(cf, [f"/parse {address}" for address in addresses], **sources)
    led = {}
    for address, text in zip(addresses, said, strict=False):
        found = re.findall(r"^mailer (\S+?),(?: host (\S*?),)? user (.*)$", text, re.MULTILINE)
        mailer, host, user = found[-1] if found else ("", "", "")
        trouble = re.findall(r"^buildaddr: (.*)$", text, re.MULTILINE)
        host = host.strip("[]").rstrip(".")
        led[address] = ("error", trouble[-1], "") if trouble else (mailer, host, user.strip().replace(".@", "@"))
    return led


def _ruleset_0(answer: str) -> str:
    rules = stock_rules().replace("Sparse=0\n", f"Sparse=0\n{_rules(answer)}\n", 1)
    ours, theirs = ("bob@partner.example", "hana.sato@partner.example"), (
        "bob@remote.example", "bob@pc1.partner.example", "bob@partner.example.org", "taro@here.example")  # fmt: skip
    led = _led(f"{stock()}\n{OPERATORS}\n{rules}", (*ours, *theirs))
    usual = _led(f"{stock()}\n{OPERATORS}\n{stock_rules()}", (*ours, *theirs))
    for address in ours:
        mailer, host, user = led[address]
        if mailer == "error":
            raise WrongAnswer("Address test mode complains of mail for partner.example: {host}.", host=host)
        if led[address] == usual[address]:
            raise WrongAnswer(
                "Nothing has changed for mail to partner.example. Does the left side fit what ruleset 3 has left, the dot too?"
            )
        if mailer != "esmtp":
            raise WrongAnswer("Mail for partner.example goes by the mailer {mailer}.", mailer=mailer)
        if host != GATE:
            raise WrongAnswer("Mail for partner.example does not go to the gate.")
        if user.rstrip(".") != address:
            raise WrongAnswer("Mail for partner.example goes to the gate, but not with the address that it had.")
    for address, words in zip(theirs, _OTHERS, strict=True):
        if led[address] != usual[address]:
            raise WrongAnswer(words)
    return "Mail for that domain goes to the gate, with its own address. All other mail goes as before."


_OTHERS = (
    "Mail for another domain does not go as before.",
    "Mail for a host in partner.example does not go as before.",
    "Mail for a longer name, of which partner.example is a part, does not go as before.",
    "Mail for our own users does not go as before.",
)


def _lines(answer: str) -> str:
    made = makemap(answer, "mailertable")
    if made.said:
        raise WrongAnswer("makemap would not take it all: {words}.", words=made.said[0].removeprefix("makemap: "))
    if not all(re.search(r"\t\S+:\S", line) for line in made.text.splitlines()):
        raise WrongAnswer("A value lacks its mailer, or its host: it is written mailer:host.")
    rules = stock_rules().replace(ELSEWHERE, f"{TABLE}\n{ELSEWHERE}")
    wanted = (
        ("bob@partner.example", GATE, "Mail for partner.example itself does not go to the gate."),
        ("bob@pc1.partner.example", GATE, "Mail for a host in partner.example does not go to the gate."),
        ("bob@a.b.partner.example", GATE, "Mail for a host deeper in partner.example does not go to the gate."),
        ("bob@old.partner.example", "relay.here.example", "Mail for old.partner.example does not go to the relay."),
        ("bob@remote.example", "remote.example", "Mail for another domain does not go as before."),
        ("bob@example", "example", "Mail for another domain does not go as before."),
    )
    led = _led(f"{stock()}\n{OPERATORS}\n{rules}\n{MAP}", [address for address, *_ in wanted], mailertable=answer)
    if any(mailer == "error" for mailer, *_ in led.values()):
        raise WrongAnswer("A line leads to a mailer that is not there: sendmail.cf has esmtp, relay and others.")
    for address, host, words in wanted:
        if led[address][1] != host:
            raise WrongAnswer(words)
        if led[address][0] != "esmtp":
            raise WrongAnswer("It goes to the right host, but by the mailer {mailer}.", mailer=led[address][0])
    return "The domain, all that is in it, and one exception: the longest name counts."


EXERCISES = (
    Exercise(
        "19.a",
        "An old network writes host!user. Write the rule that makes user@host of it. Of a way over several hosts, a!b!user, "
        "only the first one is taken off: b!user@a. All other addresses stay as they are. "
        "(Between the two sides type a tab, or at least two blanks.)",
        "cf",
        _bang,
        solution="R$+ ! $+\t$: $2 @ $1",
        hints=("What does the first operator catch: the shortest, or the longest?", "How often is a rule applied?"),
        mistakes=("R$+ ! $+\t$2 @ $1", "R$- ! $-\t$: $2 @ $1", "R$+ ! $+\t$: $1 @ $2", "R$+ ! $+ $: $2 @ $1", "$+ ! $+\t$: $2 @ $1"),
        given="R$+ ! $+\t$1 ! $2",
    ),
    Exercise(
        "19.b",
        "Nobody outside is to see our hosts' names. Write the rule that makes taro@here.example of taro@pc1.here.example. "
        "It is for each host in here.example. Addresses of others stay as they are. (No rule of rulesets 3 and 0 is run before it.)",
        "cf",
        _stripped,
        solution="R$+ @ $+ . here.example\t$1 @ here.example",
        hints=("A host's name may have several words.", "What has to be left over when the rule is tried again?"),
        mistakes=("R$+ @ $- . here.example\t$1 @ here.example", "R$+ @ $* here.example\t$1 @ here.example",
                  "R$+ @ $+ . $+\t$1 @ here.example", "R$+ @ $+ . here.example\t$1 @ $2"),
        given="R$+ @ pc1.here.example\t$1 @ here.example",
    ),
    Exercise(
        "19.c",
        "Mail for partner.example is to go to gate.here.example, by the mailer esmtp. Its hosts are no matter of yours. "
        "Write the rule. It becomes the first one of ruleset 0. The name service knows partner.example: "
        "ruleset 3 has made bob<@partner.example.> of the address.",
        "cf",
        _ruleset_0,
        solution="R$+ < @ partner.example. >\t$#esmtp $@ gate.here.example $: $1 < @ partner.example. >",
        hints=("Ruleset 0 answers with three things: $# mailer $@ host $: user.", "Which rule of ruleset 0 for elsewhere is like it?"),
        mistakes=("R$+ < @ partner.example >\t$#esmtp $@ gate.here.example $: $1 < @ partner.example. >",
                  "R$+ < @ $+ >\t$#esmtp $@ gate.here.example $: $1 < @ $2 >",
                  "R$+ < @ partner.example. >\t$#esmtp $@ gate.here.example",
                  "R$+ < @ partner.example. >\t$1 < @ gate.here.example >",
                  "R$+ < @ partner.example. >\t$#smtp1 $@ gate.here.example $: $1 < @ partner.example. >"),
        given="R$+ < @ partner.example. >\t$#local $: $1",
    ),
    Exercise(
        "19.d",
        "Now with the mailertable. Mail for partner.example and for each host in it goes to gate.here.example. "
        "Only old.partner.example goes to relay.here.example. The mailer is esmtp. All other mail goes as before. "
        "Write the lines of the file.",
        "text",
        _lines,
        solution="partner.example\tesmtp:gate.here.example\n.partner.example\tesmtp:gate.here.example\n"
        "old.partner.example\tesmtp:relay.here.example",
        hints=("A line with a dot before it is for what is in a domain.", "The longest name is asked first, whatever the order of the lines."),
        mistakes=("partner.example esmtp:gate.here.example\nold.partner.example esmtp:relay.here.example",
                  ".partner.example esmtp:gate.here.example\nold.partner.example esmtp:relay.here.example",
                  "partner.example esmtp:gate.here.example\n.partner.example esmtp:gate.here.example",
                  "partner.example gate.here.example"),
        given="partner.example\tesmtp:partner.example",
    ),
)  # fmt: skip

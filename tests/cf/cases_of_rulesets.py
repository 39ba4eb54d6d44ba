"""For each ruleset that sendmail asks by itself, and that is asked here: rules without it and with it."""

from collections.abc import Callable

from tests.cf.cases_of_mailers import Contrast
from tests.cf.small_worlds import FAR, HANA, TARO, boxes, letter, local, said

PARSE = "S0\nR$+ < @ $+ >\t$#esmtp $@ $2 $: $1 < @ $2 >\nR$+\t$#local $: hana\n"
CANONIFY = "S3\nR< $+ >\t$: $1\nR$+ @ $+\t$: $1 < @ $2 >\n"
FINAL = "S4\nR$+ < @ $+ >\t$1 @ $2\n"
MAIL = ("EHLO pc.example", "MAIL FROM:<taro@pc.example>")
RCPT = (*MAIL, "RCPT TO:<hana@here.example>")
MESSAGE = (*RCPT, "DATA", "Subject: x", "", "hello", ".")


def servers(cf: str) -> list[str]:
    return list(letter(cf).connections["server"])


def spoken(cf: str) -> list[str]:
    """Sender and recipient, as a peer is told."""
    lines = letter(cf, headers={"From": TARO, "To": HANA}).dialogue(1).splitlines()
    return [line.partition("<")[2].partition(" ")[0] for line in lines if line.startswith((">>> MAIL", ">>> RCPT"))]


def refused(name: str, usual: str, then: str, *lines: str, shows: str) -> Contrast:
    """A ruleset without rules, and one that refuses all; what the last line is answered."""
    rule = "R$*\t$#error $@ 5.7.1 $: 550 no\n"
    return Contrast(f"S{name}\n", f"S{name}\n{rule}", lambda cf: said(cf, *lines)[: len(usual)], usual, then, shows)


def first(name: str, rule: str, look: Callable[[str], object], usual: object, then: object, shows: str) -> Contrast:
    """A ruleset without rules, and with one."""
    return Contrast(f"S{name}\n", f"S{name}\nR{rule}\n", look, usual, then, shows)


CASES = {
    "parse=0": Contrast(
        f"{CANONIFY}{FINAL}", f"{CANONIFY}{PARSE}{FINAL}", servers, [], [FAR], "a letter leaves for another host"
    ),
    "1": first(
        "1",
        "$*\t$: sender@s.example",
        spoken,
        ["taro@here.example>", "hana@far.example>"],
        ["sender@s.example>", "hana@far.example>"],
        "MAIL names another sender",
    ),
    "2": first(
        "2",
        "$*\t$: reader@r.example",
        lambda cf: b"To: reader@r.example" in letter(cf, headers={"To": HANA}).content(1),
        False,
        True,
        "To: names another recipient",
    ),
    "canonify=3": Contrast(
        f"{PARSE}{FINAL}", f"{CANONIFY}{PARSE}{FINAL}", servers, [], [FAR], "a letter leaves for another host"
    ),
    "final=4": Contrast(
        f"{CANONIFY}{PARSE}",
        f"{CANONIFY}{PARSE}{FINAL}",
        lambda cf: spoken(cf)[1],
        "hana<@far.example>>",
        "hana@far.example>",
        "RCPT names the recipient without the brackets of ruleset 3",
    ),
    "localaddr=5": first(
        "5",
        "hana\t$#esmtp $@ far.example $: jiro@far.example",
        lambda cf: boxes(local(cf)),
        ["hana"],
        ["jiro"],
        "mail for a user here goes elsewhere",
    ),
    "check_relay": refused("check_relay", "250 2.1.0", "550 5.7.1", *MAIL, shows="MAIL gets 550"),
    "check_mail": refused("check_mail", "250 2.1.0", "550 5.7.1", *MAIL, shows="MAIL gets 550"),
    "check_rcpt": refused("check_rcpt", "250 2.1.5", "550 5.7.1", *RCPT, shows="RCPT gets 550"),
    "check_data": refused("check_data", "354 End d", "550 5.7.1", *RCPT, "DATA", shows="DATA gets 550"),
    "check_eoh": refused("check_eoh", "250 2.0.0", "550 5.7.1", *MESSAGE, shows="the dot gets 550"),
    "check_compat": first(
        "check_compat",
        "$*\t$#error $@ 5.7.1 $: 550 no",
        lambda cf: letter(cf).totals()["bounced"],
        0,
        1,
        "a letter is returned when it is to be sent",
    ),
    "check_vrfy": refused("check_vrfy", "250 2.1.5", "550 5.7.1", "VRFY hana", shows="VRFY gets 550"),
    "check_expn": refused("check_expn", "250 2.1.5", "550 5.7.1", "EXPN hana", shows="EXPN gets 550"),
    "check_etrn": refused("check_etrn", "250 2.0.0", "550 5.7.1", MAIL[0], "ETRN far.example", shows="ETRN gets 550"),
}
"""By name and number."""

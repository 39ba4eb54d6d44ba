"""For lines that have no fields: one, and what differs with it in a small world."""

from tests.cf.cases_of_mailers import Contrast
from tests.cf.looks import number
from tests.cf.small_worlds import FAR, HANA, HERE, TARO, here, letter, local, said

NAMES = "/etc/mail/names"
OPEN = ("EHLO pc.example", "MAIL FROM:<taro@pc.example>")
DENIED, OK = "550 5.7.1 <hana@x.example>... Relaying denied", "250 2.1.5 <hana@x.example>... Recipient ok"
REFUSE = "R$*\t$#error $@ 5.7.1 $: 550 no\n"
CHECK = f"SCheckSubject\n{REFUSE}"
NOT_REFUSED, REFUSED = "250 2.1.0 <taro@pc.example>... Sender ok", "550 5.7.1 <taro@pc.example>... no"


def to_x(cf: str) -> str:
    """What RCPT for a domain x.example is answered, where a file has that name."""
    world, mail = here()
    world.file(mail, NAMES, "x.example\n")
    mail.stop(at="1s")
    mail.start(at="2s", cf=cf)
    world.run(until="10s")
    world.host("pc.example")
    say = world.telnet("pc.example", HERE)
    return [say(line) for line in (*OPEN, "RCPT TO:<hana@x.example>")][-1]


def servers(cf: str) -> list[str]:
    world, mail = here(cf)
    world.peer("relay.example")
    world.peer(FAR, domain="far.example")
    mail.submit(TARO, HANA)
    return list(world.run(until="1h").connections["server"])


def with_subject(cf: str) -> str:
    """What a letter with a Subject: is answered."""
    return said(cf, *OPEN, "RCPT TO:<hana@here.example>", "DATA", "Subject: x", "", "hello", ".")[:9]


def mail(cf: str) -> str:
    return said(cf, *OPEN)


def warned(cf: str) -> bool:
    """Whether a letter has a warning in which taro names another sender."""
    world, host = here(cf)
    world.user(host, "taro", "hana")
    world.shell(host, user="taro")("sendmail -f other@x.example hana", "hello\n")
    return b"X-Authentication-Warning" in world.run(until="1h").content(1)


def header_of(cf: str) -> list[str]:
    """The lines of one's own in the header of a letter as it arrives elsewhere, and here."""
    away = letter(cf).content(1).partition(b"\n\n")[0].decode().splitlines()
    at_home = local(cf).content(1).partition(b"\n\n")[0].decode().splitlines()
    return [line for line in (*away, "-", *at_home) if line == "-" or line.startswith("X-")]


CASES = {
    "Cx": Contrast("", "Cwx.example", to_x, DENIED, OK, "of w: mail for that domain is for this host"),
    "Dx": Contrast("", "DSrelay.example", servers, [FAR], ["relay.example"], "of S: all mail goes to that host"),
    "Fx/path": Contrast("", f"Fw{NAMES}", to_x, DENIED, OK, "of w: mail for a domain in it is for this host"),
    "HName: $>ruleset": Contrast(
        CHECK, f"{CHECK}HSubject: $>CheckSubject", with_subject, "250 2.0.0", "550 5.7.1", "a letter is refused"
    ),
    "HName: text": Contrast(
        "", "HX-Site: $j", header_of, ["-"], [f"X-Site: {HERE}", "-", f"X-Site: {HERE}"], "each letter has that line"
    ),
    "H?flags?": Contrast(
        "HX-Site: $j",
        "H?s?X-Site: $j",
        header_of,
        [f"X-Site: {HERE}", "-", f"X-Site: {HERE}"],
        ["-", f"X-Site: {HERE}"],
        "only the letter here has it, whose mailer has F=s",
    ),
    "Pname=": Contrast("", "Plist=0", number, 85000, 31000, "the priority number of a letter to a list"),
    "Rleft": Contrast(
        "SLocal_check_mail\n", f"SLocal_check_mail\n{REFUSE}", mail, NOT_REFUSED, REFUSED, "a rule refuses a sender"
    ),
    "Sname": Contrast(
        f"SOther\n{REFUSE}", f"SLocal_check_mail\n{REFUSE}", mail, NOT_REFUSED, REFUSED, "it says when rules are asked"
    ),
    "Tuser": Contrast("", "Ttaro", warned, True, False, "his letters have no X-Authentication-Warning:"),
}
"""By how the line begins."""

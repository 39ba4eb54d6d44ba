"""What the cases of rules are played on: a host with mail hosts around it, and clients from inside and outside."""

from collections.abc import Sequence
from dataclasses import replace

from simlib.message.envelope import filler
from tests.against_sendmail.case import Case, Letter, Run, Step, Type, Visit
from tests.against_sendmail.cases.site import FINE
from tests.against_sendmail.mc import Mc
from tests.against_sendmail.users import Household

ZONE = """
snd A 10.99.0.1
mx1 A 10.99.1.11
mx2 A 10.99.1.12
hub A 10.99.1.13
far MX 10 mx1
a.far A 10.99.1.11
deep.a.far MX 10 mx1
away MX 10 mx2
list MX 10 mx1
virt MX 10 snd
own MX 10 snd
both MX 10 snd
both MX 20 mx2
alias CNAME far
old MX 10 mx1
pc.snd A 10.99.1.21
out.far A 10.99.1.31
bad.spam A 10.99.1.41
spam MX 10 mx2
nameless A 10.99.1.51
forged A 10.99.1.61
empty A 10.99.1.99
41.1.99.10.bl A 127.0.0.2
41.1.99.10.bl TXT "seen on a list"
spam.test.rbl A 127.0.0.2
"""
REVERSE = """
21 PTR pc.snd.test.
31 PTR out.far.test.
41 PTR bad.spam.test.
61 PTR pc.snd.test.
200 PTR client.test.
"""
PEERS = {"mx1.test": FINE, "mx2.test": FINE, "hub.test": FINE}
INSIDE, OUTSIDE, SPAMMER = "pc.snd.test", "out.far.test", "bad.spam.test"
NAMELESS, FORGED = "nameless.test", "forged.test"
RELAYS_FOR_INSIDE = "RELAY_DOMAIN(`pc.snd.test')\n"
DIFFERENT = 40  # sizes; a case has fewer messages
SUBJECT, NAME = len("Subject: m00\n"), len("v00") - len("{name}")
SEEN = ("connections", "arrived by line", "in mailboxes", "notices", "reports", "whole log", "queue")


def case(name: str, mc: Mc, *steps: Step, letters: Sequence[Letter] = (), aliases: str = "", **more: object) -> Case:
    """A case with a configuration of its own: what is in the queue is delivered when all has been said.

    No two messages are of one size, as the smaller goes first and those alike in any order.
    """
    sized = tuple(replace(one, content=_grown(one.content, n, SUBJECT)) for n, one in enumerate(letters))
    steps = tuple(_brings_more(step, n) for n, step in enumerate(steps, len(letters)))
    return Case(name, sized, PEERS, ZONE, mc=mc, reverse=REVERSE, household=Household(aliases=aliases),
                steps=(*steps, Run()), **{"observe": SEEN, **more})  # type: ignore[arg-type]  # fields of Case  # fmt: skip


def _brings_more(step: Step, number: int) -> Step:
    if isinstance(step, Type):
        return replace(step, stdin=_grown(step.stdin.encode(), number).decode())
    if isinstance(step, Visit):
        return replace(
            step, says=tuple(_grown(one, number, NAME) if isinstance(one, bytes) else one for one in step.says)
        )
    return step


def _grown(content: bytes, number: int, more: int = 0) -> bytes:
    """A message whose size leaves a rest of its own when it is divided; ``more``: what comes to it later."""
    return content + filler((number - len(content) - more) % DIFFERENT)


def header(sender: str, to: Sequence[str]) -> str:
    """The lines of a header that has nothing else."""
    return f"From: {sender}\nTo: {', '.join(to)}"


def letter(*to: str, sender: str = "taro@snd.test", head: str = "") -> Letter:
    """A letter from this host, with these lines of a header."""
    return Letter(to, sender, content=f"{head or header(sender, to)}\n\n".encode())


def letters(*to: str, sender: str = "taro@snd.test") -> tuple[Letter, ...]:
    """A letter to each of them."""
    return tuple(letter(one, sender=sender) for one in to)


def types(*to: str, sender: str = "taro@snd.test") -> tuple[Type, ...]:
    """Somebody on this host hands in a letter to each of them by a command, which takes what SMTP would refuse."""
    return tuple(
        Type(f"sendmail -f {sender} {one}", f"Subject: typed\n{header(sender, [one])}\n\nhello\n") for one in to
    )


def text(head: str) -> bytes:
    """What a visitor brings, with these lines of a header."""
    return f"Subject: {{name}}\n{head}\n\nhello\n".encode()


def brings(*to: str, sender: str = "a@far.test", client: str = OUTSIDE, head: str = "") -> Visit:
    """Somebody brings a message to all of these."""
    rcpts = [f"RCPT TO:<{address}>" for address in to]
    said = text(head or header(sender, to))
    return Visit((f"EHLO {client}", f"MAIL FROM:<{sender}>", *rcpts, "DATA", said, "QUIT"), client=client)


def asks(*rcpts: str, sender: str = "a@far.test", client: str = OUTSIDE, helo: str = "") -> Visit:
    """Somebody asks for recipients, and brings nothing."""
    asked = [f"RCPT TO:<{address}>" for address in rcpts]
    return Visit((f"EHLO {helo or client}", f"MAIL FROM:<{sender}>", *asked, "QUIT"), client=client)


def senders(*froms: str, to: str = "taro@snd.test", client: str = OUTSIDE) -> Visit:
    """Somebody comes with one sender after the other."""
    said = (line for sender in froms for line in (f"MAIL FROM:<{sender}>", f"RCPT TO:<{to}>", "RSET"))
    return Visit((f"EHLO {client}", *said, "QUIT"), client=client)

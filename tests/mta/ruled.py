"""A mail host whose cf has rules of its own; tabs stand as two blanks or more."""

import re

from simlib import World
from simlib.mta.sendmail import Sendmail
from simlib.neighbours.telnet import Telnet

HERE, CLIENT = "mail.here.example", "pc.far.example"


def rules(text: str) -> str:
    """Lines of a cf with the tabs that rules need.

    >>> rules("R$*  $@ OK")
    'R$*\\t$@ OK'
    """
    return re.sub(r"(?m)^(R.*?\S) {2,}", "\\1\t", text)


def ruled(text: str, zone: str = "") -> tuple[World, Sendmail]:
    """A host with hana and jiro on it, and somebody else."""
    world = World(seed=1)
    mail = world.sendmail(HERE, domain="here.example", cf=rules(text))
    world.user(mail, "hana", "jiro")
    world.host(CLIENT)
    if zone:
        world.zone(zone)
    return world, mail


def begun(world: World) -> Telnet:
    """A session with it that has come as far as MAIL."""
    session = world.telnet(CLIENT, HERE)
    session(f"EHLO {CLIENT}")
    session("MAIL FROM:<taro@far.example>")
    return session


def brought(world: World, *lines: str, to: tuple[str, ...] = ("hana",)) -> tuple[str, Telnet]:
    """The reply to a message with these header lines, and the session."""
    session = begun(world)
    for user in to:
        session(f"RCPT TO:<{user}@here.example>")
    session("DATA")
    return session("\n".join((*lines, "", "hello", "."))), session


def logged(world: World) -> list[str]:
    """What the log says of messages, without queue ids and times."""
    lines = world.run(until=world.env.now + 60).syslog(HERE).splitlines()
    return [re.sub(r"^\w{14}: ", "", line.partition("]: ")[2]) for line in lines]

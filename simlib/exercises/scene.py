"""The site of an incident: who called, what is wrong, whom one can ring up, and whether a repair holds."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from math import inf
from random import Random
from typing import NamedTuple

from simlib.exercises.exercise import WrongAnswer
from simlib.exercises.places import Place
from simlib.language import phrase
from simlib.mta.sendmail import Sendmail
from simlib.trace.ledger import BOUNCED, DELIVERED, EXPANDED, LOST, QUEUED, Account
from simlib.trace.places import MAILBOXES
from simlib.world import World

ABOUT = 300  # s: nobody who calls knows the time better
SOON = 300.0  # s from a call until it is seen to
Calls = dict[str, Callable[[], None] | None]
RING = "ring up "  # how a call is written among lines that are typed


class Deal(NamedTuple):
    """What was dealt for an incident: the cause, the place, and the chance by which letters and times are drawn."""

    cause: str
    place: str
    chance: Random

    def times(self, many: int, first: float, every: float) -> list[float]:
        """Seconds from the world's start for so many letters, in order, none of them on a round time."""
        return [first + n * every + self.chance.randrange(int(every * 0.8)) for n in range(many)]


class Letter(NamedTuple):
    """The letter of which the caller speaks. ``to`` is empty where that would say what is to be found."""

    sender: str
    at: float  # s
    to: str = ""


@dataclass
class Scene:
    """A site at the moment of the complaint.

    ``desk``: where root sits. ``again`` hands in what has to get through when all is right, the caller's letter anew
    and what others write; ``takes`` seconds are given to it. ``calls``: whom one can ring up, and what is done there
    (None where nothing is wrong). ``also`` raises WrongAnswer where something else is not as it should be then.
    ``at_most``: seconds that a letter may take then. ``unwanted``: senders whose letters shall not be delivered.
    ``words``: what stands for ``{…}`` in lines to type.
    """

    world: World
    desk: Sendmail
    cause: str
    place: Place
    letter: Letter
    again: Callable[[], None]
    calls: Calls
    takes: float = 3600
    at_most: float = inf
    also: Callable[[], None] | None = None
    unwanted: tuple[str, ...] = ()
    words: dict[str, str] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.begun = self.world.env.now
        self.shell = self.world.shell(self.desk)
        self._first_pid = self.desk.daemon.pid
        self._read: set[int] = set()  # letters to a postmaster that were heard
        self._mailboxes = dict(_mailboxes(self.desk))

    @property
    def minutes(self) -> int:
        """Simulated minutes since the complaint."""
        return round((self.world.env.now - self.begun) / 60)

    def told(self) -> str:
        """What the caller says of his letter."""
        clock = self.world.clock.at(round(self.letter.at / ABOUT) * ABOUT)
        time = f"{clock:%H:%M}"
        if not self.letter.to:
            return phrase(
                "A letter to look for: written by {sender} at about {time}.", sender=self.letter.sender, time=time
            )
        told = "A letter to look for: written by {sender} to {to} at about {time}."
        return phrase(told, sender=self.letter.sender, to=self.letter.to, time=time)

    def filled(self, line: str, begun: bool = False) -> str:
        """A line with the names of this site in it; ``begun``: as it was to be typed at the time of the complaint."""
        name, pid = self.place.name, self._first_pid if begun else self.desk.daemon.pid
        words = {"place": name, "domain": name.partition(".")[2], "pid": str(pid), **self.words}
        for name, value in words.items():
            line = line.replace(f"{{{name}}}", value)
        return line

    def type(self, line: str) -> str:
        """Type a line at the shell, or ring somebody up; gives what is answered."""
        line = self.filled(line)
        if line.startswith(RING):
            return self.ring(line.removeprefix(RING))
        return self.shell(line)

    def ring(self, whom: str) -> str:
        """Ring somebody up."""
        act = self.calls[whom]
        if act is None:
            return phrase("{whom} looks, and finds nothing that could be done there.", whom=whom)
        self.world.at(self.world.env.now + SOON, act)
        self.calls[whom] = None
        return phrase("{whom} thanks you: it will be seen to within some minutes.", whom=whom)

    def pass_time(self, length: float) -> None:
        """Let time pass; whoever gets a letter as postmaster meanwhile acts as if he were rung up."""
        end = self.world.env.now + length
        while self.world.env.now < end:
            self.world.run(until=min(self.world.env.now + SOON, end))
            self._letters_to_postmasters()

    def run_on(self) -> str:
        """Judge a repair: let the site run on, with new letters. Raises WrongAnswer; gives what was seen."""
        accounts = self.world.recorder.ledger.accounts
        waiting = [one for one in accounts if one.state == QUEUED and not one.notice]
        self.pass_time(2 * SOON)  # whoever was rung up needs it
        first = len(accounts)
        self.again()
        self.pass_time(self.takes)
        new = [one for one in accounts[first:] if not one.notice and one.state != EXPANDED]
        self._look_at_mailboxes()
        for one in (*waiting, *new):
            if one.sender in self.unwanted:
                if one.state == DELIVERED:
                    raise WrongAnswer(
                        "A letter from {sender} to {to} went out again.", sender=one.sender, to=one.recipient
                    )
            elif one.state not in (DELIVERED, EXPANDED):
                raise WrongAnswer(self._falls_short(one))
        for one in new:
            if one.finished is not None and one.finished - one.submitted > self.at_most:
                took = round(one.finished - one.submitted)
                told = "A letter from {sender} to {to} arrived, but it took {took} s."
                raise WrongAnswer(told, sender=one.sender, to=one.recipient, took=took)
        if self.also is not None:
            self.also()
        return phrase("{many} new letters and all that waited got through.", many=len(new))

    def _falls_short(self, one: Account) -> str:
        held = {"sender": one.sender, "to": one.recipient}
        if one.state == BOUNCED:
            return phrase("A letter from {sender} to {to} came back to its sender.", **held)
        if one.state == LOST:
            return phrase("A letter from {sender} to {to} is lost for good. Begin this incident anew.", **held)
        host, why = _where(self.world, one)
        why = f" ({why})" if why else ""
        return phrase("A letter from {sender} to {to} still waits on {host}{why}.", host=host, why=why, **held)

    def _look_at_mailboxes(self) -> None:
        now = dict(_mailboxes(self.desk))
        for user, size in self._mailboxes.items():
            if now.get(user, 0) < size:
                told = "The mailbox of {user} was emptied, with letters that nobody had read. Begin this incident anew."
                raise WrongAnswer(told, user=user)

    def _letters_to_postmasters(self) -> None:
        for one in self.world.recorder.ledger.accounts:
            if one.delivered and one.recipient in self.calls and id(one) not in self._read:
                self._read.add(id(one))
                self.ring(one.recipient)


def _mailboxes(desk: Sendmail) -> Iterator[tuple[str, int]]:
    for path, node in desk.host.files.nodes.items():
        if path.startswith(f"{MAILBOXES}/") and node.mail is not None:
            yield path.rpartition("/")[2], node.mail.size


def _where(world: World, one: Account) -> tuple[str, str]:
    """In whose queue a letter lies, and what mailq says of it."""
    for system in world.systems:
        for entry in system.queue.everywhere:
            if any(recipient.account is one for recipient in entry.recipients):
                return system.name, entry.status
    return one.host, ""


def called(whom: str) -> str:
    """A call, as it is shown among lines that are typed."""
    return phrase("ring up {whom}", whom=whom)


def postmasters(domains: Iterable[str], where: str = "", act: Callable[[], None] | None = None) -> Calls:
    """The postmasters of other sites, who all can be rung up; the one at ``where`` does something then."""
    return {f"postmaster@{domain}": act if domain == where else None for domain in domains}

"""What a bad reply does: how a recipient stands after each mail host on the way, as a table.

A message goes along the mail hosts of a domain, the best first. At each host something comes of each recipient:

- *No connection* (refused, timed out, no greeting, a bad one, or known from before to be down): everybody goes on to
  the next host. A guest does not: see below.
- *MAIL was refused*: the same for all. For now (4xx, or the connection is lost) they go on; for good they are done
  with.
- *His RCPT was refused*: for now he goes on, for good he is done with. The log has a line for him alone, whatever
  comes of the others.
- *His RCPT was taken*, and DATA or the message was not: for now he goes on, for good he is done with.
- *The message was taken*: he is done with.

At the end of the way whoever is left has what came at the last host: he is deferred or bounced. What has been told of a
recipient by name counts until another host says something of *him*: a host that cannot be reached, or that refuses
MAIL, says nothing of him, so the log does not tell of him twice.

A *guest* shares no more than the best mail host with the others of his transaction. Where there are further hosts, he
leaves the way and goes his own. If the best host has deferred his RCPT, he is not tried any further now.

[deliver.c, deliver; usersmtp.c; cases "MX" and "recipients" of the tests against the real sendmail]
"""

from collections.abc import Mapping
from enum import Enum
from typing import NamedTuple, TypeVar

from simlib.message.status import Exit
from simlib.mta.policy.outcome import Outcome
from simlib.smtp.phases import Phase

R = TypeVar("R")  # a recipient, whatever that is


class Next(Enum):
    """What comes of a recipient after a host."""

    DONE = "done"  # the outcome is his, for this attempt
    GOES_ON = "goes on"  # to the next host, with this outcome if there is none
    GOES_ON_AS_TOLD = "goes on as told"  # the same, but what was told of him by name stays his outcome
    DONE_AS_TOLD = "done as told"  # his outcome is what was told of him by name; nothing more is


class Standing(NamedTuple):
    """How a recipient stands. ``told``: the log has a line that tells this outcome of him by name."""

    outcome: Outcome
    told: bool = False


# (phase of the reply, may the next host be tried, was he told of by name before) -> what comes of him
_AFTER = {
    (Phase.MAIL, True, False): Next.GOES_ON,
    (Phase.MAIL, True, True): Next.GOES_ON_AS_TOLD,
    (Phase.MAIL, False, False): Next.DONE,
    (Phase.MAIL, False, True): Next.DONE_AS_TOLD,
    (Phase.RCPT, True, False): Next.GOES_ON,
    (Phase.RCPT, True, True): Next.GOES_ON,
    (Phase.RCPT, False, False): Next.DONE,
    (Phase.RCPT, False, True): Next.DONE,
    (Phase.DATAINIT, True, False): Next.GOES_ON,
    (Phase.DATAINIT, True, True): Next.GOES_ON,
    (Phase.DATAINIT, False, False): Next.DONE,
    (Phase.DATAINIT, False, True): Next.DONE,
    (Phase.DATAFINAL, True, False): Next.GOES_ON,
    (Phase.DATAFINAL, True, True): Next.GOES_ON,
    (Phase.DATAFINAL, False, False): Next.DONE,
    (Phase.DATAFINAL, False, True): Next.DONE,
}


def after_reply(phase: Phase, next_mx: bool, told: bool = False, guest: bool = False) -> Next:
    """What comes of a recipient after a transaction; ``phase``: in which the reply came that decides on him."""
    if guest and phase == Phase.RCPT:
        return Next.DONE
    return _AFTER[phase, next_mx, told]


def after_no_connection(told: bool = False) -> Next:
    """What comes of a recipient at a host with which there was no transaction."""
    return Next.GOES_ON_AS_TOLD if told else Next.GOES_ON


def by_name(standings: Mapping[R, Standing]) -> list[R]:
    """The recipients whose RCPT the last host has deferred: each has a line of his own in the log."""
    return [one for one, standing in standings.items() if standing.outcome.own_line and not standing.told]


def at_the_end(outcome: Outcome, deferred_somewhere: bool) -> Outcome:
    """The outcome of who is left at the end of the way.

    A mail host whose name is unknown bounces nothing as long as another was only out of reach.
    """
    if outcome.exit == Exit.NOHOST and deferred_somewhere:
        return outcome._replace(exit=Exit.TEMPFAIL, stat="Deferred")
    return outcome

"""Where the film of a lesson's run stops, what it asks there, and what comes then."""

from collections.abc import Callable
from typing import TYPE_CHECKING, NamedTuple

from simlib.exercises.exercise import ExerciseError
from simlib.language import phrase

if TYPE_CHECKING:
    from simlib.trace.record import Trace
    from simlib.trace.row_types import AttemptRow


class Stop(NamedTuple):
    """A moment, in seconds, at which a film stops; ``answer`` is what the run has made of it."""

    time: float
    question: str
    answer: str


def surprise(id: str) -> "Callable[[Trace], Stop | None]":
    """The surprise of that lesson's film, such as ``04.4``: trace → where it stops; None where the run has none.

    Raises ExerciseError for one that does not exist.
    """
    if id not in SURPRISES:
        raise ExerciseError("there is no film {id!r}; there are {them}", id=id, them=", ".join(SURPRISES))
    return SURPRISES[id]


def _power_is_back(trace: "Trace") -> Stop | None:
    """Nothing tells the sender that the other host is there again (claim 00.2)."""
    back = min((one.end for one in trace.outages if one.end < trace.until), default=None)
    later = next((one for one in trace.attempts if back is not None and one.time >= back), None)
    if back is None or later is None:
        return None
    question = "The other host has its power back. When is the letter tried again?"
    wait = _minutes_later(later.time - back)
    return Stop(back, question, phrase("{wait}, at the next queue run: nobody tells the sender.", wait=wait))


def _refused_by_the_first(trace: "Trace") -> Stop | None:
    """Who is refused by the best MX goes to the next, at once (claim 02.3)."""
    refused = next(iter(trace.connections.where(outcome="refused")), None)
    if refused is None:
        return None
    question = phrase("{server} refuses this connection. Where does the letter go now?", server=refused.server)
    after = trace.connections.where(lambda one: one.client == refused.client and one.opened > refused.opened)
    next_one = next(iter(after), None)
    if next_one is None or next_one.opened - refused.opened > SOON:
        return Stop(refused.opened, question, "Nowhere: it waits for the next queue run.")
    return Stop(
        refused.opened, question, phrase("To {server}, the next MX, in the same second.", server=next_one.server)
    )


def _same_dead_host(trace: "Trace") -> Stop | None:
    """What is known of a host spares the next letter the wait for it (claim 04.4)."""
    down = {one.name for one in trace.outages}
    vain = [one for one in trace.attempts if one.outcome == "deferred" and one.relay.rstrip(".") in down]
    if len(vain) < 2:
        return None
    question = phrase(
        "The next letter is for {relay}, too, which did not answer. How long is it waited for?",
        relay=vain[1].relay.rstrip("."),
    )
    if vain[1].connection is None:
        return Stop(vain[1].time, question, "Not at all: no packet is sent. What was found a moment ago is remembered.")
    return Stop(
        vain[1].time,
        question,
        phrase("{seconds:.0f} s, as for the first: nothing is remembered.", seconds=vain[1].seconds),
    )


def _line_is_cut(trace: "Trace") -> Stop | None:
    """With a fallback host the letter waits there, and not a minute less (claim 05.6)."""
    cut = next(iter(trace.outages), None)
    vain = next((one for one in trace.attempts if cut and one.outcome == "deferred" and one.time >= cut.start), None)
    if cut is None or vain is None:
        return None
    there = cut.name.rpartition(" - ")[2]  # of a line it is the farther end
    question = phrase("{there} cannot be reached. Where does this letter wait from now on?", there=there)
    sent = [one for one in trace.attempts if one.message == vain.message and one.outcome == "sent"]
    taken = sent[0].relay.rstrip(".") if sent else there
    keeper = vain.host if taken == there else taken
    return Stop(vain.time, question, phrase("On {keeper}, until {there} is back.", keeper=keeper, there=there))


def _given_up(trace: "Trace") -> Stop | None:
    """The host that holds a letter gives it up by its own clock (claim 07.3)."""
    returned = next(iter(trace.notices.where(kind="return")), None)
    if returned is None:
        return None
    question = "A letter has waited long enough. Whose host gives it up, and returns it?"
    return Stop(
        returned.time, question, phrase("{host}: the letter lay there, and its clock counts.", host=returned.host)
    )


def _end_of_the_wish(trace: "Trace") -> Stop | None:
    """Where the next host does not know DSN, the last that does says so (claim 08.2)."""
    told = next((one for one in trace.told if one.kind == "receipt"), None)
    if told is None:
        return None
    question = "The sender wanted a receipt. Which host writes it, and what does it say?"
    return Stop(told.time, question, f"{told.host}: “{told.action}”.")


def _used_again(trace: "Trace") -> Stop | None:
    """A second letter on a connection is too much for some (claim 12.2)."""
    again = next((one for one in trace.attempts if one.cached and one.outcome != "sent"), None)
    if again is None:
        return None
    question = phrase(
        "The connection to {relay} is used again. What comes of the second letter?", relay=again.relay.rstrip(".")
    )
    return Stop(again.time, question, _became_of(again))


def _no_longer_here(trace: "Trace") -> Stop | None:
    """Whoever cannot hand a letter over writes the notice (claim 13.1)."""
    failed = next((one for one in trace.attempts if one.outcome == "failed"), None)
    notice = next(iter(trace.notices.where(kind="return")), None)
    if failed is None or notice is None:
        return None
    question = "The address is gone. Who writes to the sender?"
    return Stop(failed.time, question, phrase("{host}: whoever holds the letter has to return it.", host=notice.host))


def _not_mounted(trace: "Trace") -> Stop | None:
    """Without its home directories a mail host knows of no .forward (claim 15.1)."""
    booted = max((one.end for one in trace.outages if one.end < trace.until), default=0.0)
    people = trace.deliveries.where(lambda one: one.mailbox[0] not in "|/")  # not programs and files
    came = next((one for one in people if one.time >= booted), None)
    if came is None:
        return None
    question = phrase(
        "sendmail runs again. A letter for {mailbox} is here. Into which mailbox does it go?", mailbox=came.mailbox
    )
    return Stop(came.time - 1, question, phrase("Into {mailbox}'s on {host}.", mailbox=came.mailbox, host=came.host))


def _file_in_place(trace: "Trace") -> Stop | None:
    """A daemon obeys the file that it has read, not the one that lies there (claim 16.2)."""
    put = next((one for one in trace.steps if "in place" in one.step), None)
    ended = [(one.finished, one.state) for one in trace.messages if not one.notice and one.finished is not None]
    after = [one for one in sorted(ended) if put is not None and one[0] > put.time]
    if not after:
        return None
    time, state = after[0]
    return Stop(
        time,
        "The right sendmail.cf lies in place. What becomes of the next letter?",
        phrase("It is {state}.", state=phrase(state)),
    )


def _nobody_there(trace: "Trace") -> Stop | None:
    """Bounces of spam end with the postmaster of the relay (claim 17.8)."""
    relay = next(iter(trace.hosts), "")
    first = next((one for one in trace.notices if one.host == relay), None)
    if first is None:
        return None
    question = "An address of the spam does not exist. The relay writes a notice to its forged sender. Who reads it?"
    double = [one for one in trace.notices if one.about == first.message]
    return Stop(first.time, question, phrase("{value}, in the end.", value=double[0].to if double else first.to))


def _minutes_later(seconds: float) -> str:
    return phrase("{seconds:.0f} min later", seconds=seconds / 60) if seconds >= 30 else "At once"


def _became_of(tried: "AttemptRow") -> str:
    return phrase("It is {outcome}: {stat}", outcome=phrase(tried.outcome), stat=tried.stat)


SOON = 60  # s: what comes later is another queue run

SURPRISES: "dict[str, Callable[[Trace], Stop | None]]" = {
    "00.2": _power_is_back,
    "02.3": _refused_by_the_first,
    "04.4": _same_dead_host,
    "05.6": _line_is_cut,
    "07.3": _given_up,
    "08.2": _end_of_the_wish,
    "12.2": _used_again,
    "13.1": _no_longer_here,
    "15.1": _not_mounted,
    "16.2": _file_in_place,
    "17.8": _nobody_there,
}

"""Replacing the system of a mail host: the steps of slide 25 as cards that can be laid in any order (claims 16.1-16.4).

The steps are done one after the other, each when the one before it is finished; what they do to the mail is left to
the world.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from difflib import get_close_matches

from simlib.cf import Cf, stock
from simlib.errors import WorkbookError
from simlib.language import phrase
from simlib.mta.policy.queue_order import Selection
from simlib.mta.sending.runner import run_now
from simlib.mta.sendmail import Sendmail
from simlib.site.network import BACKBONE
from simlib.site.steps import Steps
from simlib.trace.names import OnAHost, name_of
from simlib.units import seconds
from simlib.world import World


@dataclass(frozen=True)
class Card:
    """A step: what is done, and how many minutes it takes."""

    what: str
    minutes: float


CARDS = {
    "run the queue": Card("sendmail -q, to deliver what lies in mqueue", 10),
    "save sendmail.cf": Card("copy it to another machine", 5),
    "disconnect": Card("pull the plug of the network", 1),
    "install": Card("the new system, with its own sendmail.cf; the disk of mqueue is kept", 30),
    "kill sendmail": Card("kill the daemon that /etc/rc has started", 1),
    "keep rc quiet": Card("put a # before sendmail in /etc/rc", 2),
    "put sendmail.cf in place": Card("the one that was saved", 5),
    "reboot": Card("with the kernel and the network set up", 5),
    "start sendmail": Card("sendmail -bd -q1h, and take the # out of /etc/rc", 1),
    "connect": Card("put the plug in again", 1),
}
# the order of the slide: look into the queue and save the cf, stay off the net, kill, keep it from starting at reboot
ADVICE = (
    "save sendmail.cf",
    "run the queue",
    "disconnect",
    "install",
    "kill sendmail",
    "keep rc quiet",
    "put sendmail.cf in place",
    "reboot",
    "start sendmail",
    "connect",
)


def replace_system(
    world: World, mail: OnAHost | str, order: Sequence[str], at: str | float = 0, new_cf: str | Cf = ""
) -> None:
    """Do the steps of ``order``, names of ``CARDS``, on a mail host, one after the other from ``at`` on.

    Steps may be left out. ``new_cf`` is the sendmail.cf that the new system comes with, laid over the stock one. What
    was done when, and what was in the way, stands in ``trace.steps``. Raises WorkbookError for a step that is no card
    or comes twice.
    """
    for step in order:
        _check(step, order)
    generic = new_cf if isinstance(new_cf, Cf) else stock().with_lines(new_cf)
    system = next((one for one in world.systems if one.name == name_of(mail)), None)
    if system is None:
        raise WorkbookError(
            "no sendmail runs on {name_of}; there are: {them}",
            name_of=name_of(mail),
            them=", ".join(map(name_of, world.systems)),
        )
    replaced = _Replacement(world, system, generic)
    world.at(at, lambda: _begin(world, replaced.play(order)))


def duration(order: Sequence[str]) -> float:
    """How many minutes the steps take."""
    return sum(CARDS[step].minutes for step in order)


def _check(step: str, order: Sequence[str]) -> None:
    if step not in CARDS:
        near = get_close_matches(step, CARDS, n=1)
        hint = phrase("the steps are: {them}", them=", ".join(CARDS))
        hint = phrase("did you mean {name!r}?", name=near[0]) if near else hint
        raise WorkbookError("{step!r} is no step of a replacement; {hint}", step=step, hint=hint)
    if list(order).count(step) > 1:
        raise WorkbookError("{step!r} stands in the order twice: each step is done once", step=step)


def _begin(world: World, steps: Steps[None]) -> None:
    world.env.process(steps)


class _Replacement:
    """What the administrator has in hand: the file on the disk, the copy elsewhere, the plug."""

    def __init__(self, world: World, mail: Sendmail, generic: Cf) -> None:
        self.env = world.env
        self.recorder = world.recorder
        self.mail = mail
        self.generic = generic
        self.file = mail.cf  # /etc/mail/sendmail.cf
        self.saved: Cf | None = None
        self.plug = world.network.link_between(BACKBONE, mail.name)
        self.steps: dict[str, Callable[[float], Steps[str]]] = {
            "run the queue": self._run_queue,
            "save sendmail.cf": self._save,
            "disconnect": self._disconnect,
            "install": self._install,
            "kill sendmail": self._kill,
            "keep rc quiet": self._quiet,
            "put sendmail.cf in place": self._put,
            "reboot": self._reboot,
            "start sendmail": self._start,
            "connect": self._connect,
        }

    def play(self, order: Sequence[str]) -> Steps[None]:
        for step in order:
            begun = self.env.now
            remark = yield from self.steps[step](seconds(CARDS[step].minutes, unit="m"))
            self.recorder.steps.append((begun, self.mail.name, step, remark))

    def _run_queue(self, took: float) -> Steps[str]:
        """By hand: a process of its own, which reads the file that is there now."""
        running, before = self.mail.cf, len(self.mail.queue)
        self.mail.installation.configure(self.file)
        run_now(self.mail.installation, Selection())
        yield self.env.timeout(took)
        if self.mail.daemon.runs:
            self.mail.installation.configure(running)  # the daemon goes on with what it read when it began
        return phrase("{before} letters in mqueue, {after} after it", before=before, after=len(self.mail.queue))

    def _save(self, took: float) -> Steps[str]:
        yield self.env.timeout(took)
        self.saved = self.file
        return "it is the new system's" if self.file is self.generic else ""

    def _disconnect(self, took: float) -> Steps[str]:
        yield self.env.timeout(took)
        if not self.plug.up:
            return "it was off the net already"
        self.plug.go_down()
        self.mail.host.tell("network", False)
        return ""

    def _connect(self, took: float) -> Steps[str]:
        yield self.env.timeout(took)
        if self.plug.up:
            return "it was on the net already"
        self.plug.come_back()
        self.mail.host.tell("network", True)
        return ""

    def _install(self, took: float) -> Steps[str]:
        self.mail.host.go_down()
        yield self.env.timeout(took)
        self.file = self.generic
        self.mail.daemon.starts_at_boot = True  # the new system's /etc/rc
        return self._up()

    def _reboot(self, took: float) -> Steps[str]:
        self.mail.host.go_down()
        yield self.env.timeout(took)
        return self._up()

    def _up(self) -> str:
        self.mail.installation.configure(self.file)
        self.mail.host.come_back()
        return "/etc/rc starts sendmail" if self.mail.daemon.runs else ""

    def _kill(self, took: float) -> Steps[str]:
        yield self.env.timeout(took)
        if not self.mail.daemon.runs:
            return "none was running"
        self.mail.stop()
        return ""

    def _quiet(self, took: float) -> Steps[str]:
        yield self.env.timeout(took)
        self.mail.daemon.starts_at_boot = False
        return ""

    def _put(self, took: float) -> Steps[str]:
        yield self.env.timeout(took)
        if self.saved is None:
            return "there is none: it was not saved"
        self.file = self.saved
        return "the daemon that runs has not read it" if self.mail.daemon.runs else ""

    def _start(self, took: float) -> Steps[str]:
        yield self.env.timeout(took)
        self.mail.daemon.starts_at_boot = True
        if self.mail.daemon.runs:
            return "Address already in use: one is running"
        self.mail.start(cf=self.file)
        return ""

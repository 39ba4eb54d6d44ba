"""``rules``: a debugger for rewriting rules, which shows an address on its way from room to room."""

import warnings
from pathlib import Path
from textwrap import dedent
from typing import Any, NamedTuple

import traitlets

from simlib.cf import Cf, CfError, CfWarning, stock
from simlib.errors import WorkbookError, words_of
from simlib.lab.listing import SAME, listing
from simlib.lab.rules_told import told
from simlib.lab.rules_way import Way, is_same_end, known_sets, parting, sets_of, walked
from simlib.lab.screen import Instrument, program, shown
from simlib.language import phrase
from simlib.mta.policy.rewriting import Rewriting
from simlib.mta.sendmail import Sendmail
from simlib.site.dns import NameService
from simlib.site.host import Host
from simlib.visible import visible
from simlib.world import World

HERE = Path(__file__).parent
HOST, DOMAIN = "mail.here.example", "here.example"  # where a text is run that has no host of its own
ELSEWHERE = "mx.there.example", "there.example"


def rules(what: Sendmail | Cf | str, address: str, sets: str = "3,0") -> "Rules":
    """A debugger for rewriting rules: an address on its way through ``sets``, named as in address test mode.

    Each ruleset is a room, and one that is called is a room inside. Each rule that fired shows what its operators
    caught; maps show what they answered. Step or play; then edit a rule and see where the way parts from the old one.

    ``what`` is a sendmail of a world: its rules, names, classes and maps count, and the world's name service answers.
    Or it is the text of a sendmail.cf (without a ``V`` line it is laid over the stock one) or a ``Cf``, which is run on
    a host mail.here.example of its own. Simplified: the name service answers at once.

    Raises WorkbookError for a ruleset that there is not, CfError for a text that cannot be read.
    """
    return Rules(_bench(what), address, sets)


class Bench(NamedTuple):
    """Where rules are run: a host and what its sendmail is called, the name service, and the configuration."""

    host: Host
    own_names: tuple[str, ...]
    version: str
    names: NameService
    cf: Cf

    def rewriting(self, cf: Cf) -> Rewriting:
        """The rules of a configuration here, as if they had never been run."""
        return Rewriting(cf, self.host, self.own_names, self.version)


def _bench(what: Sendmail | Cf | str) -> Bench:
    if isinstance(what, Sendmail):
        mta, cf = what.installation, what.installation.cf
    elif isinstance(what, (Cf, str)):
        world = World(seed=1)
        mta = world.sendmail(HOST, domain=DOMAIN).installation
        world.sendmail(ELSEWHERE[0], domain=ELSEWHERE[1])
        cf = what if isinstance(what, Cf) else _read(what)
    else:
        raise WorkbookError("rules({what!r}, …): give it a sendmail, sendmail.cf text, or a Cf", what=what)
    return Bench(mta.host, tuple(mta.own_names), mta.version, mta.site.names, cf)


def _read(text: str) -> Cf:
    whole = any(line.startswith("V") for line in dedent(text).splitlines())
    return Cf.parse(dedent(text)) if whole else stock().with_lines(text)


class Rules:
    """An address on its way. ``way`` is the newest, ``before`` that of the rules as they were, if they were edited."""

    def __init__(self, bench: Bench, address: str, sets: str) -> None:
        self._bench = bench
        whole = bench.rewriting(bench.cf).cf  # with the stock rules, where it has none
        self.text = self.given = str(whole)
        self.address, self.sets = address, sets
        self.trouble = ""
        self.complaints: dict[int, list[str]] = {}
        # read anew, so that lines have the numbers that they have in the text; a host's file may have faults
        self._cf = self._given_cf = _complaints(self.given)[1] or whole
        self.before: Way | None = None
        self.way = self._walked(self._cf, address, sets)
        self.debugger = Debugger(self)

    @property
    def parting(self) -> int | None:
        """The step, from 0, at which the way of the edited rules leaves the old one; None where it never does."""
        return None if self.before is None else parting(self.before, self.way)

    def run(self, address: str, sets: str | None = None) -> bool:
        """Send another address on its way, or through other rulesets; gives whether there is a way.

        What stands on the screen stays, with a complaint, where there is none.
        """
        sets = self.sets if sets is None else sets
        try:
            way = self._walked(self._cf, address, sets)
            before = self._walked(self._given_cf, address, sets) if self.text != self.given else None
        except WorkbookError as trouble:
            still = "{trouble}; what is shown is still the way of {address}"
            self.trouble = phrase(still, trouble=words_of(trouble), address=self.address)
            self.debugger.show(self)
            return False
        self.way, self.before, self.trouble = way, before, ""
        self.address, self.sets = address, sets
        self.debugger.show(self)
        return True

    def edit(self, text: str) -> bool:
        """Run other rules instead: a whole sendmail.cf. Gives whether they could be read.

        If not, the way stays that of the last good ones, and what is wrong stands in ``complaints``, by line.
        """
        self.trouble = ""
        self.complaints, cf = _complaints(text)
        if cf is None:
            self.debugger.show(self)
            return False
        was = self.text, self._cf
        self.text, self._cf = text, cf
        if not self.run(self.address):
            self.text, self._cf = was
            self.debugger.show(self)
            return False
        return True

    def reset(self) -> None:
        """Back to the rules as they were."""
        self.edit(self.given)

    def _walked(self, cf: Cf, address: str, sets: str) -> Way:
        rewriting = self._bench.rewriting(cf)
        return walked(rewriting, self._bench.names, sets_of(rewriting, sets), address)

    def __repr__(self) -> str:
        return told(self.address, self.sets, self.way, self.before, self.parting)

    def _repr_mimebundle_(self, **_: Any) -> dict[str, Any]:
        return shown(self.debugger, repr(self))

    @property
    def widget(self) -> "Debugger":
        """What stands on the screen."""
        return self.debugger

    def state(self) -> dict[str, Any]:
        """All that the screen shows, as plain data."""
        ways = [self.way] if self.before is None else [self.before, self.way]
        changes = [list(row) for row in listing(self.given, self.text, {}) if row.mark != SAME]
        return {
            "address": self.address,
            "sets": self.sets,
            "text": self.text,
            "changes": changes,
            "known": known_sets(self._cf),
            "numbers": {name: str(number) for number, name in self._cf.ruleset_numbers.items()},
            "ways": [_data(way) for way in ways],
            "parting": -1 if self.parting is None else self.parting,
            "same": self.before is None or is_same_end(self.before, self.way),
        }


class Debugger(Instrument):
    """The widget. ``held`` is what is on the screen, ``complaints`` are lines of a text that could not be read."""

    ours = ("complaints", "trouble")
    _esm = program(HERE / "pictures/common.js", HERE / "rules_drawn.js", HERE / "rules.js")
    _css = HERE / "rules.css"

    held = traitlets.Dict().tag(sync=True)
    complaints: traitlets.List[list[Any]] = traitlets.List().tag(sync=True)  # pairs: line, what is wrong with it
    trouble = traitlets.Unicode().tag(sync=True)
    answered = traitlets.Int().tag(sync=True)  # counts what was asked, so that the page sees that it is answered

    def __init__(self, rules: Rules) -> None:
        super().__init__(held=rules.state())
        self._rules = rules
        self.on_msg(self._received)

    def show(self, rules: Rules) -> None:
        """Show what has become of the rules."""
        with self.hold_sync():
            self.held = rules.state()
            self.complaints = [[line, text] for line, texts in sorted(rules.complaints.items()) for text in texts]
            self.trouble = rules.trouble

    def _received(self, _: Any, asked: dict[str, Any], buffers: Any) -> None:
        """The page wants a way: of an address, of other rules."""
        rules = self._rules
        if asked["what"] == "reset":
            rules.reset()
        elif asked["what"] == "edit":
            rules.edit(_as_meant(asked["text"], rules.text, rules.given))
        else:
            rules.run(_as_meant(asked["address"], rules.address), _as_meant(asked["sets"], rules.sets))
        self.answered += 1


def _as_meant(typed: str, *shown: str) -> str:
    """What comes from the page, where lines are shown made visible: one that was left as it was is meant."""
    own = {visible(line): line for text in shown for line in text.split("\n")}
    return "\n".join(own.get(line, line) for line in typed.split("\n"))


def _data(way: Way) -> dict[str, Any]:
    return {**way._asdict(), "rows": [row._asdict() for row in way.rows]}


def _complaints(text: str) -> tuple[dict[int, list[str]], Cf | None]:
    """What sendmail says of a text, by line, and what was read; None where it cannot be used."""
    said: dict[int, list[str]] = {}
    cf = None
    with warnings.catch_warnings(record=True) as caught:
        warnings.simplefilter("always", CfWarning)
        try:
            cf = Cf.parse(text)
        except CfError as error:
            said[error.line] = [error.told]
    for one in caught:
        if isinstance(one.message, CfWarning):
            said.setdefault(one.message.line, []).append(one.message.told)
    return said, cf

"""Both told the same, and what the comparison leaves out: three named classes of lines, each with its reason."""

import os
import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from random import Random

from tests.rewrite import aimed, by_lot, features, sessions
from tests.rewrite.real import DATA, M4, RealTestMode, configuration
from tests.rewrite.simulated import SimulatedTestMode

EVERYTHING = os.environ.get("RULES") == "all"
LEFT_OUT = (
    # accounts have no numbers here: U= is shown as it was written
    (re.compile(r" U=\S+"), " U=*"),
    # whose account an option or a mailer names is not looked up when a cf is read
    (re.compile(r"^\S+: line \d+: readcf: (?:option \S+|mailer U= flag): unknown user \S+\n", re.MULTILINE), ""),
    # how often the matching comes past a macro on a left-hand side is a matter of how it is done (-d21.2)
    (re.compile(r"^rewrite: LHS \$&\{\S+\} => .*\n", re.MULTILINE), ""),
)
NOISE = re.compile(r": Unknown error -?\d+")  # an errno that the real one has not cleared
TRACED = re.compile(r"(?:   input| returns):")


def as_compared(printed: str) -> str:
    """What is held against each other."""
    for pattern, instead in LEFT_OUT:
        printed = pattern.sub(instead, printed)
    return NOISE.sub("", printed)


def files() -> Iterator[Path]:
    """The .mc files: our own, and those that the package ships."""
    yield from sorted((DATA / "mc").glob("*.mc"))
    yield from sorted(Path(M4, "cf").glob("*.mc"))


def names() -> list[str]:
    """Every configuration that there is (RULES=all), or every third and those written by hand."""
    made = [*(path.stem for path in files()), *features.FEATURES]
    return [*(made if EVERYTHING else made[::3]), *features.BY_HAND]


def text(name: str, scratch: Path) -> bytes:
    """The sendmail.cf of one, with what the sessions need behind it."""
    if name in features.BY_HAND:
        return (features.BY_HAND[name] + sessions.START + aimed.MARK).encode()
    if name in features.FEATURES:
        path = scratch / f"{name}.mc"
        path.write_text(features.source(name))
    else:
        path = next(path for path in files() if path.stem == name)
    return configuration(path, sessions.START + aimed.MARK)


def _sessions(name: str, cf: bytes, simulated: SimulatedTestMode) -> Iterator[tuple[str, str]]:
    """All that is typed for one configuration."""
    yield from sessions.sessions(Random(name), 20)
    yield "aimed", "".join(aimed.lines(simulated.rewriting(cf)[0], Random(name)))


def differences(name: str, scratch: Path, real: RealTestMode, simulated: SimulatedTestMode) -> tuple[int, list[str]]:
    """How many calls of rulesets one configuration's sessions trace, and the first lines that differ in each."""
    cf = text(name, scratch)
    traced, differ = 0, []
    for title, typed in _sessions(name, cf, simulated):
        theirs, ours = as_compared(real(cf, typed)), as_compared(simulated(cf, typed))
        traced += len(TRACED.findall(theirs))
        differ += _first_difference(f"{name} {title}", theirs, ours)
    return traced, differ


def lot_differs(seed: int, real: RealTestMode, simulated: SimulatedTestMode) -> list[str]:
    """The first line that differs with rules and addresses drawn by lot."""
    random = Random(seed)
    cf, typed = by_lot.configuration(random).encode(), by_lot.typed(random, 15)
    return _first_difference(f"seed {seed}", as_compared(real(cf, typed)), as_compared(simulated(cf, typed)))


def _first_difference(title: str, theirs: str, ours: str) -> list[str]:
    pairs = zip([*theirs.split("\n"), "(end)"], [*ours.split("\n"), "(end)"], strict=False)
    return next(
        ([f"{title}, line {n}: real {one!r}, here {two!r}"] for n, (one, two) in enumerate(pairs) if one != two), []
    )


def fired(name: str, scratch: Path, simulated: SimulatedTestMode) -> Mapping[tuple[str, str], bool]:
    """Each rule of a configuration by its two sides, and whether it fired in these sessions."""
    cf = text(name, scratch)
    rules: dict[tuple[str, str], bool] = {}
    for _, typed in _sessions(name, cf, simulated):
        for sides, did in simulated.fired(cf, typed).items():
            rules[sides] = rules.get(sides, False) or did
    return rules

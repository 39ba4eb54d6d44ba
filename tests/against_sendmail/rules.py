"""Prints how far the simulated sendmail agrees with the real one where rules decide.

``python -m tests.against_sendmail.rules``: by family. With a part of a name only the cases are played whose family and
name it is part of, and what differs is shown; with ``--real`` the real one alone is played and shown.
"""

import argparse
import time
import traceback
import warnings

from tests.against_sendmail import real, simulated
from tests.against_sendmail.case import Case
from tests.against_sendmail.cases import FAMILIES_OF_RULES
from tests.against_sendmail.observation import Observation, side_by_side
from tests.against_sendmail.stage import Stage


def main() -> None:
    """Play them."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("part", nargs="?", default="")
    parser.add_argument("--real", action="store_true", help="play the real one alone")
    asked = parser.parse_args()
    stage = Stage()
    try:
        for family, cases in FAMILIES_OF_RULES.items():
            chosen = [case for case in cases if asked.part in f"{family}: {case.name}"]
            if chosen and asked.real:
                _show(stage, family, chosen)
            elif chosen:
                _compare(stage, family, chosen, bool(asked.part))
    finally:
        stage.close()


def _show(stage: Stage, family: str, cases: list[Case]) -> None:
    for case in cases:
        begun = time.monotonic()
        seen = real.play(stage, case)
        print(f"\n=== {family}: {case.name} ({time.monotonic() - begun:.2f} s)")
        for number, step in enumerate(seen, 1):
            for what, lines in step.items():
                print("\n".join((f"-- {number}, {what}", *(f"   {line}" for line in lines))))


def _compare(stage: Stage, family: str, cases: list[Case], in_full: bool) -> None:
    differ = []
    for case in cases:
        theirs, ours = real.play(stage, case), _simulated(case)
        if theirs != ours:
            differ.append(case.name)
            if in_full:
                print(f"\n=== {family}: {case.name}\n{side_by_side(theirs, ours)}")
    print(f"{family}: {len(cases) - len(differ)} of {len(cases)} agree; not: {'; '.join(differ) or 'none'}")


def _simulated(case: Case) -> Observation:
    """What the simulated one shows, were it that it breaks down."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            return simulated.play(case)
    except Exception:
        return [{"breaks down": traceback.format_exc().splitlines()[-6:]}]


if __name__ == "__main__":
    main()

"""The cases in which rules decide, played by the real sendmail and by the simulated one.

``make test-rules`` plays all of them (RULES=all); else a third.
"""

import pytest

from tests.against_sendmail import real, simulated
from tests.against_sendmail.case import Case
from tests.against_sendmail.cases import FAMILIES_OF_RULES
from tests.against_sendmail.configuration import why_not
from tests.against_sendmail.not_yet import KINDS, NOT_YET
from tests.against_sendmail.observation import side_by_side
from tests.against_sendmail.stage import Stage
from tests.rewrite.compared import EVERYTHING

WHY_NOT = why_not()
ALL = [(family, case) for family, cases in FAMILIES_OF_RULES.items() for case in cases]
PLAYED = ALL if EVERYTHING else ALL[::3]


@pytest.mark.skipif(bool(WHY_NOT), reason=WHY_NOT)
@pytest.mark.filterwarnings("ignore::simlib.CfWarning")  # the m4 files set options that nothing here depends on
@pytest.mark.parametrize(("family", "case"), PLAYED, ids=[f"{family}: {case.name}" for family, case in PLAYED])
def test_rules_decide_as_they_do_in_the_real_one(family: str, case: Case, stage: Stage) -> None:
    theirs, ours = real.play(stage, case), simulated.play(case)
    if (kind := NOT_YET.get((family, case.name))) is not None:
        assert theirs != ours, f"they agree by now: it is not of the kind {kind!r} any more"
    elif theirs != ours:
        pytest.fail(side_by_side(theirs, ours), pytrace=False)


def test_what_does_not_agree_yet_is_a_case_and_of_a_kind() -> None:
    assert NOT_YET.keys() <= {(family, case.name) for family, case in ALL}
    assert set(NOT_YET.values()) == KINDS.keys()

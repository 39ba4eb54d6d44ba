"""Each case, played by the real sendmail and by the simulated one: what is seen from outside is the same."""

import pytest

from tests.against_sendmail import real, simulated, stale
from tests.against_sendmail.case import Case
from tests.against_sendmail.cases import FAMILIES
from tests.against_sendmail.configuration import why_not
from tests.against_sendmail.observation import side_by_side
from tests.against_sendmail.stage import Stage

WHY_NOT = why_not()
pytestmark = pytest.mark.skipif(bool(WHY_NOT), reason=WHY_NOT)
CASES = [pytest.param(case, id=f"{family}: {case.name}") for family, cases in FAMILIES.items() for case in cases]


@pytest.mark.parametrize("case", CASES)
def test_the_simulated_one_does_as_the_real_one(case: Case, stage: Stage) -> None:
    if case.household and case.household.stale and stale.why_not():
        pytest.skip(stale.why_not())
    theirs, ours = real.play(stage, case), simulated.play(case)
    if case.simplified:
        assert theirs != ours, f"they agree by now: {case.name} is no simplification any more"
    elif theirs != ours:
        pytest.fail(side_by_side(theirs, ours), pytrace=False)

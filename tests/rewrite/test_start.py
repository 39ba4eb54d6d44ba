"""What is said of a cf when sendmail starts, beside the real one's words."""

import pytest

from simlib.cf import Cf, CfError
from tests.rewrite.compared import as_compared
from tests.rewrite.real import RealTestMode
from tests.rewrite.simulated import SimulatedTestMode

BASE = """V10/Berkeley
O OperatorChars=.:%@!^/[]+
Mlocal, P=/bin/mail, F=lsDFMAw5:/|@qPrmn9, A=mail -d $u
Mprog, P=/bin/sh, F=lsDFM, A=sh -c $u
"""
FAULTS = [
    "Sx\nR$*\t$9",
    "Sx\nR$*\t$0",
    "Sx\nR$* $*\t$3 $4",
    "Sx\nR$1\t$1",
    "Sx\nR$: $*\t$1",
    "Sx\nR$> $*\t$1",
    "Sx\nR$. $*\t$1",
    "Sx\nR$[ $*\t$1",
    "Sx\nR$] $*\t$1",
    "Sx\nR$( $*\t$1",
    "Sx\nR$) $*\t$1",
    "Sx\nR$*\t$*",
    "Sx\nR$*\t$+ $- $=w $~w",
    "Sx\nR$* $* $* $* $* $* $* $* $* $*\t$1",
    "Sx\nR$*\t$(a $[ b $] $)",
    "Sx\nR$*\t$(a $1",
    "Sx\nR$*\t$[ $1",
    "Sx\nR$*\t$(a b $@ 1 $@ 2 $@ 3 $@ 4 $@ 5 $@ 6 $@ 7 $@ 8 $@ 9 $@ 10 $)",
    "Sx\nR$* $*\t$2 $9 $8",
    "Sx\nR$&x $*\t$2",
    "Sx\nR$*\t$1\nSx\nR$*\t$2",
    "Sx\nR \t$1",
    "Sx\nR\\$1\t$1",
    "Sx\nR$?z $- $- $| $+ $.\t$2",
    "Dxyes\nSx\nR$?x $+ $. $.\t$1",
    "Kfoo nosuch /x",
    "Kfoo passwd",
    "Kfoo cdb /x",
    "Kfoo hash",
    "Kfoo hash -o",
    "Kfoo program",
    "Kfoo dns",
    "Kfoo dns -R X",
    "Kfoo sequence a b",
    "Fw/nowhere/f",
    "Fw/etc",
]
FINE = [
    'Sx\nR$*\t"$9"',
    "Sx\nR$@\t$@",
    "Sx\nR$* $|\t$1",
    "Sx\nR$#a $*\t$#b $@ c $: $1",
    "Sfoo\nR$*\t$>bar $1",
    "Sx\nR$*\t$# a",
    "S3\nR$*\t$1 a\nSa=3\nR$*\t$1 b",
    "Dxyes\nSx\nR$?x $- $| $+ $.\t$1",
    "Dxyes\nSx\nR$*\t$?x $1 $| $2 $.",
    "Sx\nR$* \\$1\t$1",
    "Kfoo hash /nowhere/x",
    "Kfoo dns -R A -a.",
    "Kfoo regex (a|b)",
    "Fw-o /nowhere/f",
    "Mx, P=[IPC], A=IPC $h",
    "Mx, P=[IPC], A=FOO $h",
]


@pytest.mark.parametrize("lines", [*FAULTS, *FINE])
def test_a_cf_is_complained_of_in_the_real_one_s_words(
    lines: str, real: RealTestMode, simulated: SimulatedTestMode
) -> None:
    cf = f"{BASE}{lines}\n".encode()
    typed = "=Sx\nx a b\n"
    assert as_compared(simulated(cf, typed)) == as_compared(real(cf, typed))


@pytest.mark.parametrize("level", ["V9", "V5", "V1", "V0", "V11"])
def test_another_level_is_warned_of_in_the_real_one_s_words(
    level: str, real: RealTestMode, simulated: SimulatedTestMode
) -> None:
    cf = BASE.replace("V10/Berkeley", level).encode()
    assert as_compared(simulated(cf, "=M\n")) == as_compared(real(cf, "=M\n"))


@pytest.mark.parametrize("lines", [one for one in FAULTS if not one.startswith("F")])
def test_a_notebook_is_refused_with_line_and_cure(lines: str) -> None:
    with pytest.raises(CfError) as refused:
        Cf.parse(f"{BASE}{lines}\n")
    assert refused.value.line > 4
    assert refused.value.cure
    assert refused.value.said


@pytest.mark.parametrize("lines", FINE)
def test_what_is_fine_is_read(lines: str) -> None:
    assert Cf.parse(f"{BASE}{lines}\n")


def test_a_cure_names_what_is_there() -> None:
    with pytest.raises(CfError, match=r"line 2: R\$\* \$\+.*replacement \$5 out of bounds.*2 operators, so \$1 to \$2"):
        Cf.parse("Sx\nR$* $+\t$5\n")

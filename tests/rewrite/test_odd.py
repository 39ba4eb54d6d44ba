"""What is off the usual ways, beside the real one: odd keys and maps, classes, macros on left-hand sides, commands."""

import pytest

from tests.rewrite.compared import as_compared
from tests.rewrite.real import RealTestMode
from tests.rewrite.simulated import SimulatedTestMode

BASE = """V10/Berkeley
Dj$w.here.example
Cw mail.here.example
O OperatorChars=.:%@!^/[]+
Mlocal, P=/bin/mail, F=lsDFMAw5:/|@qPrmn9, A=mail -d $u
Mprog, P=/bin/sh, F=lsDFM, A=sh -c $u
"""
CASES = {
    "a map without its file": ("Kx hash /etc/mail/none\nStest\nR$*\t$@ $(x $1 $: none $)", "test a\ntest b\n"),
    "a map whose file has no path": ("Kx hash access\nStest\nR$*\t$@ $(x $1 $: none $)", "test a\n"),
    "an optional map without its file": ("Kx hash -o /etc/mail/none\nStest\nR$*\t$@ $(x $1 $: none $)", "test a\n"),
    "macros in a K line": ("Dp/etc/mail\nKx hash -a.$w $p/access\nStest\nR$*\t$@ $(x $1 $: none $)", "test a\n"),
    "a map of another case": ("KX dequote\nStest\nR$*\t$@ $(x $1 $: none $)", 'test "a.b"\n/map x "a"\n'),
    "text, first column": ("Kx text /etc/mail/access\nStest\nR$*\t$@ $(x $1 $: none $)", "/map x nothing\n"),
    "statuses": ("Kn null\nKu user -m\nKa arith\nKs sequence n u", "/map n a\n/map u nouser\n/map a +\n/map s zz\n"),
    "mail hosts": ("Kb bestmx", "/mx nomx.example\n/mx nothing.example\n/map b nomx.example\n/map b nothing.example\n"),
    "capitals of this host": ("Stest\nR$*\t$@ $[ $1 $: no $]", "test LOCALHOST\ntest MAIL\ntest Mail.Here.Example\n"),
    "conditions in a class": ("Dxyes\nC{q}a $?x b $| c $. d\nStest\nR$={q}\t$@ in", "$={q}\ntest b\ntest c\n"),
    "classes in their order": ("CA one two three four five six seven Foo bar Baz quux x y z", "$=A\n$=m\n"),
    "a macro on the left, token by token": (
        "Dxab\nDya b\nDz(a)b\nStest\nR$&x $*\t$@ x $1\nR$&y $*\t$@ y $1\nR$&z $*\t$@ z $1\nR$&j $*\t$@ j $1",
        "test a b\ntest ab\ntest ( a ) b\ntest mail.here.example x\n",
    ),
    "blanks alone": ("Stest\nR$*\t$@ x", " \n\t\n \t \n\t#c\n"),
    "marks as macros": ("Dxy", "$*\n$-\n$1\n$|\n$.\n$x\n"),
    "levels of debugging": ("Stest\nR$* x\t$@ $1\nR$*\t$@ y", "-d21.10\ntest a x\n-d21.12\ntest a\n-d21.0\ntest a\n"),
    "the end in capitals": ("Stest\nR$*\t$@ x", "test a\n/QUIT\ntest b\n"),
    "eight operators": ("Stest\nR$* $* $* $* $* $* $* $* zz\t$@ found", f"test {'a.' * 18}\n"),
}


@pytest.mark.parametrize("case", CASES)
def test_odd_things_are_as_odd_as_in_the_real_one(case: str, real: RealTestMode, simulated: SimulatedTestMode) -> None:
    lines, typed = CASES[case]
    cf = f"{BASE}{lines}\n".encode()
    assert as_compared(simulated(cf, typed)) == as_compared(real(cf, typed))

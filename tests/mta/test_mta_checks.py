"""What a ruleset says of words: refuse, throw away, hold back, nothing."""

import pytest

from simlib.mta.policy.checks import ELSE_SHOWN, FINE, Verdict, check, header_check
from simlib.mta.policy.rule_replies import refusal
from tests.mta.ruled import ruled, rules

RULES = """
Kstore macro
Srefuses
R$*  $#error $@ 5.7.1 $: "550 not " $1
Sdiscards
R$*  $#discard $: discard
Sholds
R$*  $#error $@ quarantine $: look at it
Sholds_as_well
R$*  $#quarantine $: look at it
Stakes
R$*  $#local $: $1
Swords
R$*  $: $1
Scomment
R$* ( $* ) $*  $#error $: "550 " $2
Spair
R$* $| $*  $#error $: "550 " $2 $| $1
Sstores
R$*  $: $(store {seen} $@ $1 $)
"""


def asked(ruleset: str, *words: str) -> Verdict:
    return check(ruled(RULES)[1].installation.ways, ruleset, words, {})


@pytest.mark.parametrize(
    ("ruleset", "verdict"),
    [
        ("refuses", Verdict(refusal("5.7.1", "550 not x"))),
        ("discards", Verdict(discards=True)),
        ("holds", Verdict(quarantine="look at it")),
        ("holds_as_well", Verdict(quarantine="look at it")),
        ("takes", FINE),
        ("words", FINE),
        ("nosuch", FINE),
    ],
)
def test_what_a_ruleset_says_of_a_word(ruleset: str, verdict: Verdict) -> None:
    assert asked(ruleset, "x") == verdict


def test_the_log_has_a_mark_of_what_is_no_refusal() -> None:
    marks = [asked(ruleset, "x").mark for ruleset in ("discards", "holds", "refuses", "takes")]
    assert marks == ["discard", "quarantine=look at it", "", ""]


def test_a_plus_before_its_name_lets_a_ruleset_see_comments() -> None:
    assert asked("comment", "x (a remark)") == FINE
    assert asked("+comment", "x (a remark)").refusal == refusal(None, "550 a remark")


def test_two_words_stand_apart() -> None:
    said = asked("pair", "a@x.example", "b@y.example").refusal
    assert said == refusal(None, f"550 b@y.example{ELSE_SHOWN}a@x.example")


def test_what_is_no_address_is_refused_before_any_rule_is_asked() -> None:
    said = asked("discards", "x" * 2000)
    assert said.refusal is not None
    assert str(said.refusal.reply("")) == "553 5.0.0 Address too long"


def test_what_rules_store_stays_with_the_session() -> None:
    macros = {"s": "pc.far.example"}
    check(ruled(RULES)[1].installation.ways, "stores", ("x",), macros)
    assert macros == {"s": "pc.far.example", "seen": "x"}


def test_an_h_line_names_the_ruleset_of_its_header() -> None:
    cf = ruled(rules("HSubject: $>+CheckSubject\nH*: $>CheckAll\nHX-Plain: a default"))[1].cf
    found = [header_check(cf, name) for name in ("SUBJECT", "X-Other", "X-Plain")]
    assert found == ["+CheckSubject", "CheckAll", "CheckAll"]

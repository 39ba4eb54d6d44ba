"""The engine by itself, without root and without the real sendmail."""

import time
from pathlib import Path
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from simlib import World
from simlib.cf import Cf, marks
from simlib.cf.prescan import Alphabets
from simlib.mta.policy.rewriting import Rewriting
from simlib.mta.process.rules import answered
from simlib.rewrite import long
from simlib.rewrite.address import parse
from simlib.rewrite.crack import cracked
from simlib.rewrite.pattern import Classes, _element, pattern
from simlib.rewrite.recorded import Kind, Recorder, run_sets
from simlib.rewrite.results import Results
from simlib.rewrite.tokens import Tokens
from simlib.shell.address_test import AddressTest
from simlib.site.dns import Patience
from tests.rewrite import by_lot, compared
from tests.rewrite.real import is_possible
from tests.rewrite.simulated import SimulatedTestMode

PATTERN = st.lists(st.sampled_from(["$*", "$+", "$-", "$=A", "$~A", "$@", "a", "b", "."]), min_size=1, max_size=7)
WORKSPACE = st.lists(st.sampled_from(["a", "b", "c", "."]), max_size=12)


def test_mode(lines: str, typed: str) -> list[str]:
    """What the set ``one`` of some lines makes of what is typed: the traced lines alone."""
    host = World(seed=1).host("mail.here.example")
    cf = Cf.parse(f"V10/Berkeley\nO OperatorChars=.:%@!^/[]+\nSone\n{lines}\n")
    test = AddressTest(Rewriting(cf, host, ("mail.here.example",), "8.18"), host.resolver.service)
    return [line for one in typed.splitlines() for line in test.obey(one).splitlines()]


test_mode.__test__ = False  # type: ignore[attr-defined]  # a helper, whatever its name


@pytest.mark.parametrize(
    ("rule", "address", "result"),
    [
        ("R$* @ $*\t$2 ! $1", "bob@here.example", "here . example ! bob"),
        ("R$* . $*\t$: $1 _ $2", "a.b.c", "a _ b . c"),
        ("R$* . $*\t$1 _ $2", "a.b.c", "a _ b _ c"),
        ("R$+ $+\t$: < $1 > $2", "a.b", "< a > . b"),
        ("R$- $*\t$: $2 $1", "a.b", ". b a"),
        ("R$* $=w $*\t$: [ $2 ]", "x@mail.here.example.", "[ mail . here . example ]"),
        ("R$~w $*\t$@ not $1", "other.here", "not other"),
        ("RBOB $*\t$@ small", "bob x", "small"),
        ('R"a b" @ $*\t$@ quoted', '"a b"@c', "quoted"),
        ("R$*\t$@ $&j", "x", "mail . here . example"),
        ("R$* $&j\t$@ own $1", "x@mail.here.example", "own x @"),
        ("R$* x\t$@ $?j yes $| no $. $1", "a x", "yes a"),
        ("R$* x\t$@ $?z yes $| no $. $1", "a x", "no a"),
    ],
)
def test_one_rule(rule: str, address: str, result: str) -> None:
    assert test_mode(rule, f"one {address}")[-1] == f"one              returns: {result}"


def test_a_rule_that_always_matches_is_ended() -> None:
    assert test_mode("R$*\t$1 a", "one x")[1] == "Infinite loop in ruleset one, rule 1"


def test_calls_without_end_are_ended_at_once() -> None:
    started = time.process_time()
    lines = test_mode("R$*\t$>two $1 a\nStwo\nR$*\t$>one $1 b", "one x")
    assert any("Infinite loop" in line or "excessive recursion" in line for line in lines)
    assert time.process_time() - started < 60  # the real one goes on for days


@given(PATTERN, WORKSPACE)
def test_long_workspaces_are_matched_as_short_ones(lhs: list[str], words: list[str]) -> None:
    tokens = Tokens()
    alphabet = Alphabets.of(".").inside
    classes = Classes(tokens, alphabet, lambda name: ["a.b", "c", "b"])
    made = pattern([marks.marked(one) for one in lhs], tokens, classes, lambda name: "")
    workspace = tokens.workspace(words)
    short = made.short(workspace)
    elements = [marks.marked(one) for one in lhs]
    pieces = [_element(one, tokens, classes, lambda name: "").piece for one in elements]
    sure = long.match(pieces, workspace)
    assert (short is None) == (sure is None)
    if short is not None and sure is not None:
        assert short.regs == sure.regs


def test_a_long_address_of_many_wildcards_is_held_against_a_rule_at_once() -> None:
    started = time.process_time()
    test_mode("R$* a $* a $* a $* a $* a $* a $* z\t$@ found", "one " + "a." * 120)
    assert time.process_time() - started < 20  # back and forth it would be some 10^10 tries


@pytest.mark.parametrize("first", range(0, 2000, 500))
def test_rules_drawn_by_lot_neither_fail_nor_hang(first: int, simulated: SimulatedTestMode) -> None:
    for seed in range(first, first + 500):
        random = Random(seed + 1_000_000)
        printed = simulated(by_lot.configuration(random).encode(), by_lot.typed(random, 10))
        assert printed.endswith("> ")


@given(st.text(max_size=60), st.text(max_size=40))
def test_any_text_is_an_address_or_is_complained_of(simulated: SimulatedTestMode, one: str, other: str) -> None:
    rewriting, _ = simulated.rewriting(by_lot.HEAD.encode() + b"S3\nR$* < $* > $*\t$: $2\nS0\nR$*\t$#local $: $1\n")
    test = AddressTest(rewriting, simulated.names)
    for command in ("/parse", "3,0", "/try esmtp", ".D", "$", "=S", "/map dequote", "/canon", "-d"):
        test.obey(f"{command} {one}@{other}".replace("\n", " "))
    assert isinstance(cracked(marks.foreign(one)), str)


def test_an_address_takes_its_time_and_is_remembered() -> None:
    world = World(seed=1)
    world.zone("$ORIGIN remote.example.\n@ 60 MX 10 mx\nmx 60 A 127.0.1.1\n")
    mail = world.sendmail("mail.here.example")
    host = mail.installation.host
    rewriting = Rewriting(mail.installation.cf, host, tuple(mail.installation.own_names), "8.18", mode="m")
    results: Results[object] = Results()
    seen: list[tuple[float, object]] = []

    def ask(address: str):
        known = results.get("3,0", address, rewriting.macros, rewriting.state, world.env.now)
        if known is None:
            context = rewriting.context(dict(rewriting.macros))
            run = parse(context, address, rewriting.mailers)
            known = yield from answered(run, context, host, Patience())
            results.put("3,0", address, known, context, rewriting.state)
        seen.append((world.env.now, known))

    def asking():
        for wait in (0, 1, 100):
            yield world.env.timeout(wait)
            yield from ask("bob@remote.example")

    world.env.process(asking())
    world.run(until="5m")
    times = [at for at, _ in seen]
    assert times[0] > 0  # three questions were put
    assert times[1] == times[0] + 1  # the answer was known
    assert times[2] > times[1] + 100  # after its TTL it is asked for again
    assert all(known == seen[0][1] for _, known in seen)
    assert results.get("3,0", "bob@remote.example", rewriting.macros, 1, world.env.now) is None  # classes have changed


def test_a_recorded_way_tells_what_operators_caught(simulated: SimulatedTestMode) -> None:
    cf = b"V10\nO OperatorChars=.:%@!^/[]+\nKtable hash /etc/mail/access\nS3\nR$+ @ $+\t$: $1 < @ $2 >\n"
    cf += b"R$+ < $* >\t$@ $>Inner $(table $1 $: none $) $2\nSInner\nR$*\t$: in $1\n"
    rewriting, _ = simulated.rewriting(cf)
    recorder = Recorder(rewriting.rulesets)
    test = AddressTest(rewriting, simulated.names)
    context = rewriting.context(dict(rewriting.macros), recorder)
    assert test._answered(run_sets(context, ("3",), "bob@a.b")) == "in none @ a . b"
    kinds = [(step.kind, step.ruleset, step.depth) for step in recorder.steps]
    assert kinds == [
        (Kind.ENTERED, "3", 0),
        (Kind.FIRED, "3", 0),
        (Kind.LOOKED_UP, "3", 0),
        (Kind.ENTERED, "Inner", 1),
        (Kind.FIRED, "Inner", 1),
        (Kind.RETURNED, "Inner", 1),
        (Kind.FIRED, "3", 0),
        (Kind.RETURNED, "3", 0),
    ]
    assert recorder.steps[1].caught == (("bob",), ("a", ".", "b"))
    assert (recorder.steps[2].map, recorder.steps[2].key, recorder.steps[2].value) == ("table", "bob", None)


def test_most_rules_fire(tmp_path: Path, simulated: SimulatedTestMode) -> None:
    if not is_possible():
        pytest.skip("the m4 files of sendmail are not installed")
    rules: dict[tuple[str, str], bool] = {}
    for name in compared.names() if compared.EVERYTHING else compared.names()[::2]:  # the share is the same
        for sides, did in compared.fired(name, tmp_path, simulated).items():
            rules[sides] = rules.get(sides, False) or did
    assert sum(rules.values()) >= 0.8 * len(rules)

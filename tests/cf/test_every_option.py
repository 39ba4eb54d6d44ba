"""Every option, flag, field and word does what ``docs/options.md`` says that it does: it is set, and something is seen.

What is obeyed makes a difference that stands in a table of cases; what is not simulated is warned of at its line; what
is of no consequence leaves a trace as it was.
"""

import warnings
from functools import cache

import pytest

from simlib.cf import FLAG_MEANINGS, OPTIONS, Cf, CfWarning, NotSimulated, stock
from simlib.cf.consequence import (
    ALWAYS_FLAGS,
    NO_CONSEQUENCE,
    NO_CONSEQUENCE_FLAGS,
    NO_CONSEQUENCE_WORDS,
    NOT_SIMULATED,
    OBEYED,
    OBEYED_FLAGS,
    OBEYED_VALUES,
    OBEYED_WORDS,
    OF_NO_CONSEQUENCE,
    SHIPPED,
    SHIPPED_FLAGS,
    SHIPPED_WORDS,
    of_flag,
    of_option,
    of_word,
)
from simlib.cf.fields import (
    DAEMON_PORT,
    EVERY_MAP_OBEYS,
    LINES,
    MAILER,
    MAP,
    MAP_KINDS_OBEY,
    MILTER,
    NO_WARNING,
    PORT_MODIFIERS_OBEYED,
    PORT_MODIFIERS_OF_NO_CONSEQUENCE,
    QUEUE_GROUP,
    RULESETS,
    Field,
)
from simlib.cf.flag_names import FLAGS
from simlib.cf.map_faults import ONLY_KNOWN
from simlib.cf.options import Option
from tests.cf import (
    cases_of_lines,
    cases_of_mailers,
    cases_of_maps,
    cases_of_options,
    cases_of_ports,
    cases_of_rulesets,
    cases_of_timeouts,
    cases_of_words,
)
from tests.cf.small_worlds import HERE, here

pytestmark = pytest.mark.filterwarnings("ignore::simlib.cf.NotSimulated")  # O Timeout=1m sets one that is none
CASES = cases_of_options.CASES | cases_of_timeouts.CASES
KINDS = {kind: [option for option in OPTIONS if of_option(option) == kind] for kind in (
    OBEYED, OF_NO_CONSEQUENCE, NOT_SIMULATED)}  # fmt: skip
SAMPLES = {"number": "7", "octal": "0711", "time": "7m"}
NOTHING = "here nothing changes"


def another(option: Option) -> str:
    """A text that gives an option another value than its own and those that are shipped; empty where there is none."""
    if option.type in ("boolean", "switch", "letter switch"):
        usual = {str(option.default).lower(), *(one.lower() for one in SHIPPED.get(option.name, ()))}
        return next((text for text in ("true", "false", *option.choices) if text not in usual), "")
    return option.choices[-1] if option.choices else SAMPLES.get(option.type, "/else")


def warnings_of(text: str) -> list[tuple[int, str]]:
    """The line and the words of each warning that something is not simulated."""
    with warnings.catch_warnings(record=True) as caught:
        warnings.simplefilter("always")
        Cf.parse(text)
    told = [one.message for one in caught if isinstance(one.message, NotSimulated)]
    return [(one.line, str(one.told.values["message"])) for one in told]  # type: ignore[attr-defined]  # a phrase


def set_here(line: str) -> list[tuple[int, str]]:
    """What is warned of where a line stands third, less what its M line leaves out."""
    return [one for one in warnings_of(f"V10/Berkeley\nCwx.example\n{line}\n") if "leaves out" not in one[1]]


@pytest.mark.parametrize("option", KINDS[OBEYED], ids=lambda option: option.name)
def test_an_option_that_is_obeyed_makes_the_difference_of_its_case(option: Option) -> None:
    case = CASES[option.name]
    assert case.line.startswith(f"O {option.name}=")
    assert case.look("") == case.usual
    assert case.look(case.line) == case.then != case.usual


@pytest.mark.parametrize("option", KINDS[NOT_SIMULATED], ids=lambda option: option.name)
def test_an_option_that_is_not_simulated_is_warned_of_at_its_line(option: Option) -> None:
    told = [(3, f"{option.name} is not simulated: {NOTHING}")] if another(option) else []
    assert set_here(f"O {option.name}={another(option)}") == told


@pytest.mark.parametrize(("name", "values"), OBEYED_VALUES.items())
def test_an_option_of_which_some_values_are_obeyed_is_warned_of_with_others(name: str, values: tuple[str, ...]) -> None:
    (option,) = (one for one in OPTIONS if one.name == name)
    for value in option.choices:
        told = [] if value in values else [(3, f"{name}={value} is not simulated: {NOTHING}")]
        assert set_here(f"O {name}={value}") == told


@pytest.mark.parametrize("option", OPTIONS, ids=lambda option: option.name)
def test_what_is_so_anyway_is_no_news(option: Option) -> None:
    has_no_text = isinstance(option.default, tuple) or (option.default == "" and option.empty)
    for text in (*SHIPPED.get(option.name, ()), *(() if has_no_text else (plain(option),))):
        assert set_here(f"O {option.name}={text}") == []


def plain(option: Option) -> str:
    """The default as a cf has it."""
    if option.type == "octal":
        return f"{option.default:o}"
    return f"{option.default:.0f}s" if isinstance(option.default, float) else str(option.default)


@cache
def ordinary(line: str = "") -> tuple[str, ...]:
    """All that can be seen of a host with a session and letters: delivered, put off, returned and forwarded."""
    world, mail = here(f"O Timeout.queuereturn=2h\nO Timeout.ident=0\n{line}")
    world.user(mail, "taro", "hana")
    world.file(mail, "/home/hana/.forward", "jiro@far.example", owner="hana")
    world.peer("mx.far.example", domain="far.example")
    world.outage(world.peer("mx.down.example", domain="down.example"), "0s", "1d")
    mail.aliases = "all: taro, hana, gone@nowhere.invalid"
    for to in (
        "taro@here.example",
        "hana@here.example",
        "all@here.example",
        "jiro@down.example",
        "nobody@here.example",
    ):
        mail.submit("taro@here.example", to, notify=["success", "failure", "delay"])
    mail.queue_run(every="30m")
    world.host("pc.example")
    world.run(until="1h")
    root, say = world.shell(mail), world.telnet("pc.example", HERE)
    typed = [say.greeting, *(say(line) for line in ("EHLO pc.example", "VRFY hana", "HELP", "QUIT"))]
    shown = [root(line) for line in ("mailq", "ps ax", "hoststat", "ls /var/spool/mqueue", "sendmail -bv hana")]
    trace = world.run(until="3h")
    contents = [trace.content(number).decode() for number in sorted({one.message for one in trace.deliveries})]
    dialogues = [trace.dialogue(one.connection) for one in trace.connections]
    times = [str(list(one)) for one in (trace.deliveries.rows(), trace.attempts.rows(), trace.notices.rows())]
    return (*typed, *shown, trace.syslog(HERE), trace.mailq(HERE), trace.mailstats(HERE), *contents, *dialogues, *times)


@pytest.mark.parametrize("option", KINDS[OF_NO_CONSEQUENCE], ids=lambda option: option.name)
def test_an_option_of_no_consequence_leaves_all_that_can_be_seen_as_it_was(option: Option) -> None:
    line = f"O {option.name}={another(option)}"
    assert set_here(line) == []
    assert ordinary(line) == ordinary()


def test_what_can_be_seen_is_seen() -> None:
    """The comparison above would find a difference."""
    assert ordinary("O PostmasterCopy=taro") != ordinary()
    assert len("".join(ordinary())) > 10_000


@pytest.mark.parametrize("flag", FLAG_MEANINGS)
def test_a_mailer_flag_does_what_it_is_said_to_do(flag: str) -> None:
    kind, line = of_flag(flag), f"Mother, P=/bin/other, F={flag}, A=other $u"
    if kind == OBEYED:
        case = cases_of_mailers.CASES[flag]
        assert case.look(case.without) == case.usual
        assert case.look(case.line) == case.then != case.usual
    elif kind == OF_NO_CONSEQUENCE:
        assert set_here(line) == []
        usual, other = (cases_of_mailers.smtp(flags) for flags in ("mDFMuXa", f"mDFMuXa{flag}"))
        assert ordinary(usual) == ordinary(other)
    else:
        told = [] if flag in ALWAYS_FLAGS else [(3, f"F={flag} is not simulated: {NOTHING}")]
        assert set_here(line) == told


def test_the_flags_that_a_mailer_for_the_network_leaves_out_are_named() -> None:
    with pytest.warns(NotSimulated, match="without F=DM sendmail leaves out what is done here all the same"):
        Cf.parse("Mesmtp, P=[IPC], F=mFuXa, A=TCP $h")


@pytest.mark.parametrize("name", [name for name, flags in SHIPPED_FLAGS.items() if flags])
def test_flags_that_are_shipped_are_no_news(name: str) -> None:
    assert set_here(f"M{name}, P=/bin/{name}, F={SHIPPED_FLAGS[name]}, A={name} $u") == []


VALUES = {"E=": "\\f", "T=": "DNS/X-400/X-Unix", "U=": "nobody", "W=": "5m", "N=": "5", "C=": "utf-8", "Q=": "slow",
          "D=": "/tmp", "/=": "/jail"}  # fmt: skip


@pytest.mark.parametrize("field", MAILER, ids=lambda field: field.letter)
def test_a_field_of_a_mailer_does_what_it_is_said_to_do(field: Field) -> None:
    name = field.letter
    if field.here == OBEYED:
        case = cases_of_mailers.CASES[name]
        assert case.look(case.without) == case.usual
        assert case.look(case.line) == case.then != case.usual
    else:
        assert set_here(f"Mx, P=/bin/x, {name}{VALUES[name]}, A=x $u") == [(3, f"{name} is not simulated: {NOTHING}")]


OF_LINES = {
    "EName=": ("ETZ=JST-9", "ETZ"),
    "Fx|program": ("Fw|/bin/names", "Fw |/bin/names"),
    "HDate: text": ("HDate: yesterday", "HDate"),
}


@pytest.mark.parametrize("field", LINES, ids=lambda field: field.letter)
def test_a_line_does_what_it_is_said_to_do(field: Field) -> None:
    if field.here == OBEYED:
        case = cases_of_lines.CASES[field.letter]
        assert set_here(case.line) == []
        assert case.look(case.without) == case.usual
        assert case.look(case.line) == case.then != case.usual
    else:
        line, name = OF_LINES[field.letter]
        assert set_here(line) == [(3, f"{name} is not simulated: {NOTHING}")]


@pytest.mark.parametrize(
    "line", ["H?P?Return-Path: <$g>", "H?x?Full-Name: $x", "HX-Bad: $>+Check", "H*: $>Check", "Fw-o /names %[^\\#]"]
)
def test_headers_and_files_that_are_shipped_or_obeyed_are_no_news(line: str) -> None:
    assert set_here(line) == []


@pytest.mark.parametrize("field", RULESETS, ids=lambda field: field.letter)
def test_a_ruleset_does_what_it_is_said_to_do(field: Field) -> None:
    told = set_here(f"S{field.letter}")
    if field.here == OBEYED:
        case = cases_of_rulesets.CASES[field.letter]
        assert told == []
        assert case.look(case.without) == case.usual
        assert case.look(case.line) == case.then != case.usual
    elif field.here == OF_NO_CONSEQUENCE:
        assert told == []
        assert ordinary(f"S{field.letter}\nR$*\t$#error $@ 5.7.1 $: 550 no\n") == ordinary(f"S{field.letter}\n")
    else:
        quiet = field.why.startswith(NO_WARNING)
        assert told == ([] if quiet else [(3, f"S{field.letter} is not simulated: {NOTHING}")])


@pytest.mark.parametrize("field", QUEUE_GROUP, ids=lambda field: field.letter)
def test_a_queue_group_is_warned_of_once(field: Field) -> None:
    assert field.here == NOT_SIMULATED
    told = "queue groups are not simulated: all mail waits in one queue"
    assert set_here(f"Qslow, P=/var/spool/slow, {field.letter}5") == [(3, told)]


@pytest.mark.parametrize("field", MILTER, ids=lambda field: field.letter)
def test_a_filter_is_warned_of_once(field: Field) -> None:
    assert field.here == NOT_SIMULATED
    assert set_here(f"Xone, S=local:/one, {field.letter}T") == [(3, "filters are not simulated: nobody is asked")]


@pytest.mark.parametrize("field", DAEMON_PORT, ids=lambda field: field.letter)
def test_a_field_of_daemon_port_options_does_what_it_is_said_to_do(field: Field) -> None:
    if field.here == OBEYED:
        case = cases_of_ports.CASES[field.letter]
        assert set_here(case.line.splitlines()[-1]) == []
        assert case.look(case.without) == case.usual
        assert case.look(case.line) == case.then != case.usual
    else:
        told = set_here(f"O DaemonPortOptions={field.letter}10.0.0.1")
        assert told == [(3, f"{field.letter} is not simulated: {NOTHING}")]


def test_each_line_of_daemon_port_options_is_a_socket_of_its_own() -> None:
    assert not cases_of_ports.answers(cases_of_ports.socket("Name=IN, Port=587"))
    assert cases_of_ports.answers(cases_of_ports.socket("Name=IN, Port=587", "Name=OUT"))


@pytest.mark.parametrize("letter", "aCcEfhruAbOSs")
def test_a_modifier_of_a_socket_that_changes_nothing_is_warned_of(letter: str) -> None:
    told = set_here(f"O DaemonPortOptions=Name=IN, M=E{letter}")
    quiet = PORT_MODIFIERS_OBEYED + PORT_MODIFIERS_OF_NO_CONSEQUENCE
    assert told == ([] if letter in quiet else [(3, f"Modify={letter} is not simulated: {NOTHING}")])


@pytest.mark.parametrize(
    "line", ["Name=MTA", "Port=smtp, Family=inet", "Port=587, Name=MSA, M=E", "Name=MTA-v6, Family=inet6"]
)
def test_sockets_that_are_shipped_are_no_news(line: str) -> None:
    assert set_here(f"O DaemonPortOptions={line}") == []


@pytest.mark.parametrize("field", MAP, ids=lambda field: field.letter)
def test_a_letter_of_a_map_does_what_it_is_said_to_do(field: Field) -> None:
    letter = field.letter[1]
    if field.here == OBEYED:
        case = cases_of_maps.CASES[letter]
        assert cases_of_maps.found(case.without, case.key) == case.usual
        assert cases_of_maps.found(case.line, case.key) == case.then != case.usual
    told = set_here(f"Kt hash {field.letter}1 /etc/mail/t")
    heeded = field.here == OF_NO_CONSEQUENCE or letter in EVERY_MAP_OBEYS + MAP_KINDS_OBEY["hash"]
    assert told == ([] if heeded else [(3, f"{field.letter} is not simulated: {NOTHING}")])


@pytest.mark.parametrize("kind", sorted(ONLY_KNOWN))
def test_a_kind_of_map_that_answers_nothing_is_warned_of(kind: str) -> None:
    told = f"maps of kind {kind} are not simulated: this one answers nothing"
    assert set_here(f"Kt {kind} /etc/mail/t") == [(3, told)]


def test_a_vendor_that_sendmail_does_not_know_keeps_it_from_starting() -> None:
    with pytest.warns(CfWarning, match="sendmail knows no vendor but Berkeley"):
        assert Cf.parse("V10/Sun").vendor == "Sun"
    assert 'line 1: invalid V line vendor code: "Sun"' in Cf.found("V10/Sun\n")[1][0]


def test_the_level_of_the_language_says_what_a_comment_is() -> None:
    assert [Cf.parse(f"V{level}\nDXa # b").macros["X"] for level in (2, 10)] == ["a # b", "a"]


@pytest.mark.parametrize(("option", "word"), [(option, word) for option, words in FLAGS.items() for word in words])
def test_a_word_does_what_it_is_said_to_do(option: str, word: str) -> None:
    kind, sign = of_word(option, word), "-" if word in stock()["ResolverOptions"] else ""
    told = set_here(f"O {option}={sign}{word}")
    if kind == OBEYED:
        case = cases_of_words.CASES[option, word]
        assert case.line.lower().endswith(word)
        assert case.look(case.without) == case.usual
        assert case.look(case.line) == case.then != case.usual
    if kind != NOT_SIMULATED or word in SHIPPED_WORDS[option]:
        assert told == []
    else:
        assert told == [(3, f"{option}={word} is not simulated: {NOTHING}")]


def test_every_table_is_about_what_there_is() -> None:
    options = {option.name for option in OPTIONS}
    assert NO_CONSEQUENCE.keys() | SHIPPED.keys() | CASES.keys() <= options
    assert not NO_CONSEQUENCE.keys() & CASES.keys()
    assert NO_CONSEQUENCE_FLAGS.keys() | ALWAYS_FLAGS.keys() | OBEYED_FLAGS <= FLAG_MEANINGS.keys()
    for words in (OBEYED_WORDS, NO_CONSEQUENCE_WORDS, SHIPPED_WORDS):
        assert all(set(words[option]) <= set(known) for option, known in FLAGS.items())

"""Write docs/options.md: what becomes here of each option, mailer flag and field of a sendmail.cf.

``python -m tools.options``. It is made of the tables of ``simlib.cf`` and of the cases that the tests try.
"""

from collections import Counter
from collections.abc import Iterable, Sequence
from pathlib import Path

from simlib.cf import FLAG_MEANINGS, OPTIONS, stock
from simlib.cf import consequence as known
from simlib.cf.consequence import NOT_SIMULATED, OBEYED, of_flag, of_option, of_word
from simlib.cf.fields import (
    DAEMON_PORT,
    LINES,
    MAILER,
    MAP,
    MILTER,
    NO_WARNING,
    QUEUE_GROUP,
    RULESETS,
    VERSION,
    Field,
)
from simlib.cf.flag_names import FLAGS
from simlib.cf.map_faults import ONLY_KNOWN, SIMULATED
from simlib.cf.not_simulated import LEFT_OUT
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

PAGE = Path(__file__).resolve().parents[1] / "docs" / "options.md"
HEAD = """# What becomes of each option

Made by `python -m tools.options` from the tables in `simlib/cf/` and the cases in `tests/cf/`. Here each option, mailer
flag, field, other line and ruleset of a sendmail.cf is one of three:

- **obeyed**: the last column says what differs when it is set; the test named above the table sets it, and looks.
- **of no consequence**: nothing that can be seen in the simulated world would differ in a real sendmail either; the
  last column says why, and the test finds that all is as it was.
- **not simulated**: sendmail obeys it, and here nothing changes. A line that sets it gives a warning (`NotSimulated`, a
  `CfWarning`), as the test finds, unless it says what is so anyway: sendmail's default, or what sendmail's own m4 files
  or Debian's two cf files write (*shipped*).

"""
TESTS = "tests/cf/test_every_option.py"
UNITS = (("d", 86400), ("h", 3600), ("m", 60), ("s", 1))
CASES = cases_of_options.CASES | cases_of_timeouts.CASES


def page() -> str:
    """The whole text."""
    sections = [
        section("Options", OPTION_TESTS, OPTION_HEADS, option_rows()),
        section("Words of options", ("test_a_word_does_what_it_is_said_to_do",), WORD_HEADS, word_rows()),
        section("Mailer flags (F=)", ("test_a_mailer_flag_does_what_it_is_said_to_do",), FLAG_HEADS, flag_rows()),
        *(section(title, (test,), FIELD_HEADS, field_rows(fields, cases)) for title, test, fields, cases in FIELDS),
        section("Rulesets (S lines)", (RULESET_TEST,), RULESET_HEADS, field_rows(RULESETS, OF_RULESETS)),
        section("Kinds of maps (K lines)", (KIND_TEST,), KIND_HEADS, kind_rows()),
    ]
    return HEAD + figures() + "\n" + "\n".join(sections)


def figures() -> str:
    """How many there are of each kind."""
    counted = {
        "options": Counter(map(of_option, OPTIONS)),
        "mailer flags": Counter(map(of_flag, FLAG_MEANINGS)),
        "fields": Counter(field.here for _, _, fields, _ in FIELDS for field in fields),
        "rulesets": Counter(field.here for field in RULESETS),
        "words of options": Counter(of_word(option, word) for option, words in FLAGS.items() for word in words),
    }
    kinds = (OBEYED, known.OF_NO_CONSEQUENCE, NOT_SIMULATED)
    rows = [(what, str(many.total()), *(str(many[kind]) for kind in kinds)) for what, many in counted.items()]
    return table(("What", "in all", *kinds), rows)


OPTION_TESTS = (
    "test_an_option_that_is_obeyed_makes_the_difference_of_its_case",
    "test_an_option_of_no_consequence_leaves_all_that_can_be_seen_as_it_was",
    "test_an_option_that_is_not_simulated_is_warned_of_at_its_line",
)
OPTION_HEADS = ("Option", "Letter", "Default", "Meaning", "Here", "What differs, or why nothing does")


def option_rows() -> Iterable[Sequence[str]]:
    """A row for each option."""
    for option in OPTIONS:
        here = of_option(option)
        if here == OBEYED:
            case = CASES[option.name]
            why = f"{code(case.line)}: {case.shows}"
            if option.name in known.OBEYED_VALUES:
                why += f"; a warning for values other than {', '.join(map(code, known.OBEYED_VALUES[option.name]))}"
        else:
            why = known.NO_CONSEQUENCE.get(option.name) or warned_of(option)
        since = f" ({option.since})" if option.since else ""
        letter = code(option.letter) if option.letter else "—"
        yield code(option.name), letter, default(option), option.meaning + since, here, why


WORD_HEADS = ("Option", "Word", "Here", "What differs, or why nothing does")


def word_rows() -> Iterable[Sequence[str]]:
    """A row for each word of the options that are lists of words."""
    for option, words in FLAGS.items():
        for word in words:
            here = of_word(option, word)
            if here == OBEYED:
                case = cases_of_words.CASES[option, word]
                why = f"{code(case.line)}: {case.shows}"
            else:
                shipped = (word,) if word in known.SHIPPED_WORDS[option] else ()
                why = known.NO_CONSEQUENCE_WORDS[option].get(word) or (
                    "no warning: it is shipped" if shipped else "a warning"
                )
            yield code(option), code(word), here, why


FLAG_HEADS = ("F=", "Stock mailers with it", "Meaning", "Here", "What differs, or why nothing does")


def flag_rows() -> Iterable[Sequence[str]]:
    """A row for each mailer flag."""
    for flag, meaning in FLAG_MEANINGS.items():
        mailers = ", ".join(name for name, mailer in stock().mailers.items() if flag in mailer.flags)
        shipped = ", ".join(name for name, flags in known.SHIPPED_FLAGS.items() if flag in flags)
        if flag in known.OBEYED_FLAGS:
            why = cases_of_mailers.CASES[flag].shows
        elif flag in known.ALWAYS_FLAGS:
            why = f"taken as set on every mailer: {known.ALWAYS_FLAGS[flag]}"
            why += "; a mailer for the network without it gives a warning" if flag in LEFT_OUT else ""
        else:
            warned = f"a warning, but none on {shipped} (shipped)" if shipped else "a warning"
            why = known.NO_CONSEQUENCE_FLAGS.get(flag) or warned
        yield code(flag), mailers or "—", meaning, of_flag(flag), why


FIELD_HEADS = ("Field", "Default", "Meaning", "Here", "What differs, or why nothing does")
OF_MAILERS = {name: case.shows for name, case in cases_of_mailers.CASES.items()}
OF_MAPS = {f"-{name}": case.shows for name, case in cases_of_maps.CASES.items()}
OF_PORT = {name: case.shows for name, case in cases_of_ports.CASES.items()}
OF_LINES = {name: case.shows for name, case in cases_of_lines.CASES.items()}
OF_RULESETS = {name: case.shows for name, case in cases_of_rulesets.CASES.items()}
OF_VERSION = {
    "level": "below level 3 a # in mid-line begins no comment",
    "/vendor": "V10/Sun keeps sendmail from starting",
}
FIELDS = (
    ("Fields of a mailer (M lines)", "test_a_field_of_a_mailer_does_what_it_is_said_to_do", MAILER, OF_MAILERS),
    ("Fields of a queue group (Q lines)", "test_a_queue_group_is_warned_of_once", QUEUE_GROUP, {}),
    ("Fields of a filter (X lines)", "test_a_filter_is_warned_of_once", MILTER, {}),
    ("Letters of a map (K lines)", "test_a_letter_of_a_map_does_what_it_is_said_to_do", MAP, OF_MAPS),
    (
        "Fields of DaemonPortOptions",
        "test_a_field_of_daemon_port_options_does_what_it_is_said_to_do",
        DAEMON_PORT,
        OF_PORT,
    ),
    ("Other lines (C, D, E, F, H, P, R, S, T)", "test_a_line_does_what_it_is_said_to_do", LINES, OF_LINES),
    ("Fields of a V line", "test_a_vendor_that_sendmail_does_not_know_keeps_it_from_starting", VERSION, OF_VERSION),
)
RULESET_TEST = "test_a_ruleset_does_what_it_is_said_to_do"
RULESET_HEADS = ("Ruleset", "Without rules", "What it is asked of", "Here", "What differs, or why nothing does")
KIND_TEST = "test_a_kind_of_map_that_answers_nothing_is_warned_of"
KIND_HEADS = ("Kind", "Here", "Test, or what happens")


def field_rows(fields: Iterable[Field], cases: dict[str, str]) -> Iterable[Sequence[str]]:
    """A row for each field of a kind of line, or for each ruleset."""
    for field in fields:
        warned = "" if field.why.startswith(NO_WARNING) else "a warning"
        shown = {OBEYED: cases.get(field.letter, ""), NOT_SIMULATED: warned}.get(field.here, "")
        why = "; ".join(one for one in (shown, field.why) if one)
        yield code(field.letter), field.default, field.meaning, field.here, why


def kind_rows() -> Iterable[Sequence[str]]:
    """A row for each kind of map."""
    for kind in sorted(SIMULATED | ONLY_KNOWN):
        obeyed = kind in SIMULATED
        yield (
            code(kind),
            OBEYED if obeyed else NOT_SIMULATED,
            "`tests/rewrite/`" if obeyed else "a warning: it answers nothing",
        )


def warned_of(option: Option) -> str:
    """What a line of an option gives that is not simulated."""
    shipped = known.SHIPPED.get(option.name, ())
    if not shipped:
        return "a warning"
    if option.type == "boolean":
        return f"no warning: {code(shipped[0])} is shipped, and the other is the default"
    return f"a warning, but none for {', '.join(map(code, shipped))} (shipped)"


def default(option: Option) -> str:
    """The default as a cf would have it."""
    value = option.default
    if option.type == "octal":
        return code(f"0{value:o}")
    if isinstance(value, float):
        unit, length = next((one for one in UNITS if value and value % one[1] == 0), UNITS[-1])
        return code(f"{value / length:.0f}{unit}")
    text = " ".join(value) if isinstance(value, tuple) else str(value)
    return code(text) if text.strip() else "none" if not text else "a blank"


def section(title: str, tests: Sequence[str], heads: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """A heading, the tests, and a table."""
    named = ", ".join(map(code, tests))
    return f"## {title}\n\n{code(TESTS)}: {named}\n\n{table(heads, rows)}"


def table(heads: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """A table in Markdown, in which a bar stands for itself."""
    lines = [heads, ["---"] * len(heads), *rows]
    return "".join(f"| {' | '.join(cell.replace('|', chr(92) + '|') for cell in line)} |\n" for line in lines)


def code(text: str) -> str:
    """A text as it is typed."""
    return f"`{text}`"


if __name__ == "__main__":
    PAGE.write_text(page(), encoding="utf-8")

"""Regular expressions: what they match, what they refuse in words, and that their time grows with the text only."""

import re
import shutil
import subprocess
import sys
from collections.abc import Callable

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from simlib.regex import Regex, RegexError

LINES = ["", "a", "b", "ab", "ba", "aab", "abab a", "_a b-a", "aa bb ab", "A aB", "a.b*", "xab cab", "a{2}", "(a)"]
LINES += ["b|a", "a^b$", "- ]", "0a 9", "abcbcd abc", "*a", "+a"]
GREP = pytest.mark.skipif(shutil.which("grep") is None, reason="no grep here")


def found(pattern: str, text: str, **how: bool) -> list[str | None]:
    return [match.group() for match in Regex(pattern, **how).find_all(text)]


@pytest.mark.parametrize(
    ("pattern", "text", "matches"),
    [
        ("ab\\|abc", "abcab", ["abc", "ab"]),
        ("*a", "a*a", ["*a"]),
        (r"\(*a\)", "a*a", ["*a"]),
        ("^*", "**", ["*"]),
        (r"a\+", "aa+", ["aa"]),
        ("a+", "aa+", ["a+"]),
        ("b^a$c", "b^a$c", ["b^a$c"]),
        (r"\(^a\)", "aa", ["a"]),
        (r"a\{2\}", "aaaaa", ["aa", "aa"]),
        (r"[]a-]*", "]-ab", ["]-a", ""]),
        ("[[:alpha:]_]*", "ab_1", ["ab_", ""]),
        (r"\<\w", "to be", ["t", "b"]),
        (r"e\>", "be e", ["e", "e"]),
        (r"\Be", "be e", ["e"]),
        ("a*", "baaac", ["", "aaa", ""]),
        (r"[\n]", "\\n", ["\\", "n"]),
        ("[[.-.]]", "a-b", ["-"]),
        (".", "あ\x00\udcff", ["あ", "\x00", "\udcff"]),
    ],
)
def test_a_basic_expression(pattern: str, text: str, matches: list[str]) -> None:
    assert found(pattern, text) == matches


@pytest.mark.parametrize(
    ("pattern", "text", "matches"),
    [
        ("ab|abc", "abcab", ["abc", "ab"]),
        ("*a|+b", "a*b", ["a", "b"]),
        ("a{,2}b", "aaab", ["aab"]),
        ("a{1", "a{1", ["a{1"]),
        ("(a|ab)(c|bcd)", "abcd", ["abcd"]),
        ("a|^b|c$", "babc", ["b", "a", "c"]),
        ("a)", "a)", ["a)"]),
        ("(|a)b", "ab", ["ab"]),
        (r"\(a\)", "(a)", ["(a)"]),
        ("x|a|a.*b", "aaa", ["a", "a", "a"]),
    ],
)
def test_an_extended_expression(pattern: str, text: str, matches: list[str]) -> None:
    assert found(pattern, text, extended=True) == matches


def test_capitals_and_small_letters_can_be_alike() -> None:
    assert found("[a-c]D", "aD Bd CD xd", any_case=True) == ["aD", "Bd", "CD"]
    assert found("[^a]", "aAb", any_case=True) == ["b"]
    assert found("ß|ä", "ßÄ", any_case=True, extended=True) == ["ß", "Ä"]


def test_groups_have_spans() -> None:
    match = Regex(r"\(stat\)=\(Sent\|Deferred\)\(: .*\)\?").search("x, stat=Sent")
    assert match is not None
    assert match.spans == ((3, 12), (3, 7), (8, 12), None)
    assert [match.group(number) for number in range(4)] == ["stat=Sent", "stat", "Sent", None]
    repeated = Regex("((a)|b)*", extended=True).search("ab")
    assert repeated is not None
    assert repeated.spans == ((0, 2), (1, 2), (0, 1))
    assert Regex("x").search("a") is None


@pytest.mark.parametrize(
    ("pattern", "complaint"),
    [
        ("[", "Unmatched [, [^, [:, [., or [="),
        ("[[:alpha:", "Unmatched [, [^, [:, [., or [="),
        ("[[:foo:]]", "Invalid character class name"),
        ("[:space:]", "character class syntax is [[:space:]], not [:space:]"),
        ("[b-a]", "Invalid range end"),
        ("[a-z-9]", "Invalid range end"),
        ("[a-[:digit:]]", "Invalid range end"),
        ("[[.foo.]]", "Invalid collation character"),
        (r"\(", r"Unmatched ( or \("),
        (r"\)", r"Unmatched ) or \)"),
        ("a\\", "Trailing backslash"),
        (r"a\{1", r"Unmatched \{"),
        (r"a\{x\}", r"Invalid content of \{\}"),
        (r"a\{2,1\}", r"Invalid content of \{\}"),
        (r"a\{99999\}", "Regular expression too big"),
        (r"a\{" + "9" * 5_000 + r"\}", "Regular expression too big"),
        (r"a\{²\}", r"Invalid content of \{\}"),
        (r"\1", "Invalid back reference"),
    ],
)
@GREP
def test_what_cannot_be_read_is_refused_in_the_words_of_the_real_one(pattern: str, complaint: str) -> None:
    with pytest.raises(RegexError) as caught:
        Regex(pattern)
    assert str(caught.value) == complaint
    if pattern not in ("[", r"a\{²\}"):  # the real one: Invalid regular expression; and it reads bytes
        assert real("grep", pattern, [""]) == f"grep: {complaint}\n"


@pytest.mark.parametrize(
    "pattern",
    [
        "((a{200}){200}){200}",
        "(" * 3_000 + ")" * 3_000,
        "((((((((((a{9}){9}){9}){9}){9}){9}){9}){9}){9}){9})",
        "(){32767}",
        "a{0,2}" + "{0,2}" * 5_000,
        "a" * 50_000,
    ],
)
def test_what_would_grow_too_large_is_refused(pattern: str) -> None:
    with pytest.raises(RegexError, match="Regular expression too big"):
        Regex(pattern, extended=True)


def test_a_row_of_repetitions_is_one() -> None:
    assert found("a" + "*+?" * 10_000, "aab", extended=True) == ["aa", ""]
    assert found("a{1}" + "{1}" * 10_000, "aab", extended=True) == ["a", "a"]


def test_back_references_are_refused() -> None:
    with pytest.raises(RegexError, match="back-references are not known here"):
        Regex(r"\(a\)\1")


def real(*words: object) -> str:
    *command, lines = words
    done = subprocess.run(
        list(map(str, command)),
        input="".join(f"{line}\n" for line in lines),  # type: ignore[attr-defined]
        capture_output=True,
        text=True,
        env={"LC_ALL": "C"},
        check=False,
        timeout=60,
    )
    return done.stdout + done.stderr


atoms = st.sampled_from(
    [
        *(
            "a",
            "b",
            "0",
            " ",
            ".",
            "c",
            "[ab]",
            "[^a]",
            "[[:alpha:]]",
            "[^[:space:]b]",
            "[]a]",
            "[a-]",
            "[0-9a]",
            "[^]]",
        ),
        *("[[:upper:]]", "[*.]", r"\w", r"\W", r"\s", r"\S", r"\.", r"\*", r"\^", r"\$", r"\[", r"\\"),
    ]
)
times = st.sampled_from(["", "", "", "*", "+", "?", "{2}", "{1,2}", "{,2}", "{0}", "{1,}", "{0,1}"])
few = st.sampled_from(["", "*", "+", "?"])  # of repetitions in repetitions the real one may have too much
pieces = st.builds(str.__add__, atoms, times)
# a place is never repeated: GNU's library then forgets it (\(\bb\)\+ takes all of "bb")
edges = st.sampled_from(["", "", "", "", "^", "$", r"\<", r"\>", r"\b", r"\B"])


def choices(part: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    rows = st.lists(part, min_size=1, max_size=3).map("".join)
    return st.lists(rows, min_size=1, max_size=3).map("|".join)


patterns = choices(
    st.builds("{}{}".format, edges, pieces)
    | st.builds("({}){}".format, choices(atoms | st.builds("({})".format, atoms)), few)
)


def basic(pattern: str) -> str:
    """The same as a basic expression: what has no backslash gets one, outside brackets."""
    parts = re.findall(r"\\.|\[\^?\]?(?:\[:\w+:\]|[^]])*\]|.", pattern)
    return "".join(f"\\{part}" if part in tuple("+?{}()|") else part for part in parts)


@GREP
@given(st.lists(patterns, min_size=8, max_size=8), st.booleans(), st.booleans())
@settings(max_examples=40, deadline=None)
def test_the_real_grep_finds_the_same(several: list[str], extended: bool, any_case: bool) -> None:
    options = "on" + "E" * extended + "i" * any_case
    for each in several:
        pattern = each if extended else basic(each)
        if not extended and re.search(r"(?!\A|\\\(|\\\|)..\^|\$(?!\Z|\\\)|\\\|)", pattern):
            continue  # in the middle of a basic expression ^ and $ are characters, and the two parsers of grep disagree
        regex = Regex(pattern, extended, any_case)
        mine = "".join(
            f"{n}:{match.group()}\n"
            for n, line in enumerate(LINES, 1)
            for match in regex.find_all(line)
            if match.group()
        )
        assert mine == real("grep", f"-{options}", "--", pattern, LINES), pattern
        matching = "".join(f"{line}\n" for line in LINES if regex.matches(line))
        assert matching == real("grep", f"-{options[2:]}h", "--", pattern, LINES), pattern


@given(
    choices(st.builds("{}{}".format, st.sampled_from(["a", "b", ".", "[ab]"]), st.sampled_from(["", "*", "+", "?"])))
)
@settings(max_examples=200, deadline=None)
def test_whether_it_matches_is_what_python_says(pattern: str) -> None:
    theirs, mine = re.compile(pattern), Regex(pattern, extended=True)
    for line in LINES:
        match = mine.search(line)
        assert mine.matches(line) == (match is not None) == (theirs.search(line) is not None)
        if match is not None:
            assert match.start == theirs.search(line).start()  # type: ignore[union-attr]
            assert re.fullmatch(pattern, line[match.start : match.end])


@given(st.text(max_size=30) | st.text("ab*\\(){}|^$[].-:1,<", max_size=15), st.text(max_size=20), st.booleans())
@settings(max_examples=400, deadline=None)
def test_any_text_is_an_expression_or_refused(pattern: str, text: str, extended: bool) -> None:
    try:
        regex = Regex(pattern, extended)
    except RegexError:
        return
    for match in regex.find_all(text):
        assert all(span is None or match.start <= span[0] <= span[1] <= match.end for span in match.spans)


def work(done: Callable[[], object]) -> int:
    """How many lines of the matcher's code are run."""
    lines = 0

    def count(frame, event, _):
        nonlocal lines
        if "/regex/" not in frame.f_code.co_filename:
            return None
        lines += event == "line"
        return count

    before = sys.gettrace()
    sys.settrace(count)
    try:
        done()
    finally:
        sys.settrace(before)
    return lines


HOSTILE = ["(a+)+$", "(a|a)*b", "(a*)*b", "(a?){100}a{100}", "(.*)*x", "(a|aa)+$", "a|a.*b", r"(\w+\s?)*:$"]
TASKS: dict[str, Callable[[Regex, str], object]] = {
    "whether": Regex.matches,
    "each match": lambda regex, text: list(regex.find_all(text)),
    "groups": lambda regex, text: [match.spans for match in regex.find_all(text)],
}


@pytest.mark.parametrize("pattern", HOSTILE)
@pytest.mark.parametrize("task", TASKS)
@pytest.mark.parametrize("any_case", [False, True])
def test_work_grows_with_the_line_and_not_faster(pattern: str, task: str, any_case: bool) -> None:
    line = "a" * (10_000 if task == "whether" else 1_500) + "!"

    def cost(expression: str, text: str) -> int:
        return work(lambda: TASKS[task](Regex(expression, extended=True, any_case=any_case), text))

    assert cost(pattern, line + line) <= 2.5 * cost(pattern, line)
    if task != "groups" and pattern != "(a?){100}a{100}":  # 1,500 matches and 200 positions are worth something
        assert cost(pattern, line) <= 20 * cost("a+$", line)


def test_many_short_lines_cost_as_much_as_one_long_one() -> None:
    regex = Regex("(a+)+$", extended=True)
    short = work(lambda: [regex.matches("a" * 9 + "b") for _ in range(300)])
    assert short <= 3 * work(lambda: regex.matches("a" * 2_999 + "b"))


def test_what_is_kept_of_many_texts_is_bounded() -> None:
    regex = Regex("(a|b)*a(a|b){12}c", extended=True)  # thousands of states
    for n in range(60):
        regex.matches(f"{n:012b}{n * 77777:040b}".replace("0", "a").replace("1", "b") * 20)
    assert regex._searcher._kept <= 20_000
    assert len(regex._searcher._states) <= 20_000

"""Lines to tables and back: each command letter, the shape of the text, and fragments laid over it."""

import warnings

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from simlib.cf import OPTIONS, Cf, CfError, CfWarning, ClassFile, Header, Map, Option, stock

pytestmark = pytest.mark.filterwarnings("ignore::simlib.cf.NotSimulated")  # they are about how lines are read

ALL_KINDS = """\
# a comment
 that goes on

V10/Berkeley
DMexample.org   # with a comment
D{long_Name}"a \\\\ b"
Cwmail.example.org localhost
  example.org
C{Tls}VERIFY ENCR
Cx$=w more
Fw-o /etc/mail/names %[^\\#]
FR|/usr/bin/list all
Troot daemon
TUUCP
Pbulk=-60
HReceived: from $s
\tby $j
H?M?Message-Id: <$t@$j>
Kaccess hash -o /etc/mail/access
Karith arith
ENAME=value=x
Scanonify=3
R$*\t\t$: $1 <@>\t\tmark # addresses
R$#\t$#local $: x
S3
R<>\t$@
Qslow, P=/q/slow, F=f, R=2
Xfilter, S=local:/f, F=T
O QueueLA=5
"""


def test_each_kind_of_line_finds_its_table() -> None:
    cf = Cf.parse(ALL_KINDS)
    assert (cf.version, cf.vendor) == (10, "Berkeley")
    assert cf.macros == {"M": "example.org", "long_Name": "a \\ b"}
    assert cf.classes["w"] == ("mail.example.org", "localhost", "example.org")
    assert cf.classes["x"] == ("mail.example.org", "localhost", "example.org", "more")
    assert cf.classes["Tls"] == ("VERIFY", "ENCR")
    assert cf.class_files == {
        "w": (ClassFile("/etc/mail/names", "%[^#]", True, 11),),
        "R": (ClassFile("|/usr/bin/list all", "", False, 12),),
    }
    assert cf.trusted == ("root", "daemon", "UUCP")
    assert cf.precedences == {"bulk": -60}
    assert cf.headers == (Header("Received", "", "from $s\n\tby $j"), Header("Message-Id", "M", "<$t@$j>"))
    assert cf.maps == {"access": Map("hash", "-o /etc/mail/access"), "arith": Map("arith", "")}
    assert cf.environment == {"NAME": "value=x"}
    assert {name: [rule[:3] for rule in rules] for name, rules in cf.rulesets.items()} == {
        "canonify": [("$*", "$: $1 <@>", "mark"), ("$#", "$#local $: x", ""), ("<>", "$@", "")]
    }
    assert cf.queue_groups == {"slow": {"P": "/q/slow", "F": "f", "R": "2"}}
    assert cf.milters == {"filter": {"S": "local:/f", "F": "T"}}
    assert cf.options == {"ColonOkInAddr": False, "QueueLA": 5}


def test_the_text_comes_back_byte_for_byte() -> None:
    assert str(Cf.parse(ALL_KINDS)) == ALL_KINDS
    dos = ALL_KINDS.replace("\n", "\r\n")
    assert str(Cf.parse(dos)) == dos
    assert Cf.parse(dos).classes == Cf.parse(ALL_KINDS).classes


def test_equality_is_that_of_the_text() -> None:
    assert Cf.parse("O QueueLA=5\n") == Cf.parse("    O QueueLA=5\n")
    assert Cf.parse("O QueueLA=5\n") != Cf.parse("O QueueLA=5 \n")
    assert len({Cf.parse("V10"), Cf.parse("V10", name="other")}) == 1


def test_an_indented_text_is_taken_from_its_margin() -> None:
    cf = Cf.parse("""
        O QueueLA=5
        Mx, P=/bin/x,
            A=x

        O RefuseLA=6
    """)
    assert (cf["QueueLA"], cf["RefuseLA"], cf.mailers["x"].argv) == (5, 6, "x")
    assert str(cf).startswith("\nO QueueLA=5\nMx, P=/bin/x,\n    A=x\n\n")


def test_an_option_lost_to_the_line_before_is_told() -> None:
    with pytest.warns(CfWarning, match="O SingleThreadDelivery belongs to the line before it"):
        Cf.parse("O HostStatusDirectory=.hoststat\n  O SingleThreadDelivery=true")


def test_a_hash_is_a_comment_from_level_three_on() -> None:
    assert Cf.parse("V2\nDXa # b").macros == {"X": "a # b"}
    assert Cf.parse("V3\nDXa # b").macros == {"X": "a"}
    assert Cf.parse("DXa\\#b").macros == {"X": "a#b"}


@pytest.mark.parametrize(
    ("text", "line", "column", "said"),
    [
        ("V10\nzfoo", 2, 1, "unknown configuration line"),
        ("  O MeToo=t\nO QueueLA=3", 1, 3, "begin it at the margin"),
        ("\n   foo\nV10", 2, 4, "begin it at the margin"),
        ("V", 1, 1, "write V10/Berkeley"),
        ("D", 1, 1, "name expected"),
        ("D{foo", 1, 2, "name expected"),
        ("D{a-b}x", 1, 2, "letters, digits and _"),
        ("Cw a\nC", 2, 1, "name expected"),
        ("Fw", 1, 2, "an F line needs a file"),
        ("Plist", 1, 2, "Plist=-30"),
        ("P=3", 1, 2, "Plist=-30"),
        ("Plist=low", 1, 7, "not a number"),
        ("HFoo", 1, 2, "HName: text"),
        ("H?M: x", 1, 2, "H?flags?Name: text"),
        ("HFoo Bar: x", 1, 2, "header syntax error"),
        ("K", 1, 1, "Kname hash"),
        ("Kaccess", 1, 2, "Kname hash"),
        ("S", 1, 1, "invalid ruleset name"),
        ("Sfoo=x", 1, 2, "number expected"),
        ("S100", 1, 2, "below 100"),
        ("Sfoo=3\nSfoo=4", 2, 6, "is number 3 already"),
        ("R$*\t$1", 1, 1, "put an S line before it"),
        ("S1\nR$* $1", 2, 2, "put a tab"),
        ("S1\nR$*\t", 2, 2, "put a tab"),
        ("S1\nR\t$1", 2, 1, "null left-hand side"),
        ("Q", 1, 1, "a queue group needs a name"),
        ("Qx, Z=1", 1, 5, "unknown equate Z="),
        ("Xx, F=T", 1, 2, "S=local:/path"),
        ("Xx, S=a\nXx, S=b", 2, 2, "is defined already"),
        ("Él=1", 1, 1, "unknown configuration line"),
    ],
)
def test_a_bad_line_is_an_error_with_place_and_cure(text: str, line: int, column: int, said: str) -> None:
    with pytest.raises(CfError) as caught:
        Cf.parse(text, name="mail.cf")
    assert (caught.value.file, caught.value.line, caught.value.column) == ("mail.cf", line, column)
    assert said in str(caught.value)


def test_suns_lines_are_kept_with_a_warning() -> None:
    with pytest.warns(CfWarning, match="only Sun's"):
        assert str(Cf.parse("Lx map key\n")) == "Lx map key\n"


def test_precedences_go_by_the_first_line_as_in_sendmail() -> None:
    with pytest.warns(CfWarning, match="goes by the first one"):
        assert Cf.parse("Plist=-30\nPLIST=50").precedences == {"list": -30}


def test_a_blank_before_the_equal_sign_belongs_to_the_name() -> None:
    with pytest.warns(CfWarning, match="write Plist=-30"):
        assert Cf.parse("Plist = -30").precedences == {"list ": -30}


def test_a_fragment_wins_over_what_is_there() -> None:
    base = Cf.parse("DMa\nO QueueLA=5\nO RefuseLA=7\nMx, P=/a, A=a\nCwa\nPlist=-30\nPbulk=-60")
    over = base.with_lines("""
        DMb
        O QueueLA=6
        Mx, P=/b, A=b
        Cwb
        Plist=50
    """)
    assert (over.macros["M"], over["QueueLA"], over["RefuseLA"]) == ("b", 6, 7)
    assert (over.mailers["x"].path, over.classes["w"]) == ("/b", ("a", "b"))
    assert over.precedences == {"list": 50, "bulk": -60}
    assert "Plist=-30" not in str(over)
    assert (base.macros["M"], base["QueueLA"], base.mailers["x"].path, base.classes["w"]) == ("a", 5, "/a", ("a",))
    assert base.precedences["list"] == -30


def test_rules_of_a_fragment_go_on_where_the_base_ended() -> None:
    over = Cf.parse("Sone=1\nRa\tb").with_lines("Rc\td\nS1\nRe\tf")
    assert [rule.lhs for rule in over.rulesets["one"]] == ["a", "c", "e"]


def test_errors_of_a_fragment_count_its_own_lines() -> None:
    with pytest.raises(CfError, match="fragment line 2: O QueueLA=x: not a number") as caught:
        stock().with_lines("\n    O QueueLA=x\n")
    assert (caught.value.file, caught.value.line, caught.value.column) == ("fragment", 2, 11)


def test_the_stock_configuration_is_what_m4_makes_active() -> None:
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        cf = Cf.parse(str(stock()))
    assert cf == stock()
    assert stock() is stock()
    assert (cf["ConnectionCacheSize"], cf["ConnectionCacheTimeout"]) == (2, 300.0)
    assert (cf["Timeout.queuereturn.urgent"], cf["Timeout.queuewarn.non-urgent"]) == (432000.0, 14400.0)
    assert (cf["EightBitMode"], cf["DeliveryMode"], cf["MinFreeBlocks"]) == ("pass8", "background", 100)
    assert cf.precedences == {"first-class": 0, "special-delivery": 100, "list": -30, "bulk": -60, "junk": -100}
    assert cf.trusted == ("root", "daemon", "uucp")
    assert list(cf.mailers) == ["local", "prog", "smtp", "esmtp", "smtp8", "dsmtp", "relay"]
    assert cf.mailers["local"].flags == frozenset("lsDFMAw5:/|@qPrmn9")
    assert cf.mailers["relay"].flags == frozenset("mDFMuXa8")
    assert "j" not in cf.macros
    assert "w" not in cf.macros


VALUES = {"number": "7", "time": "1h30m", "octal": "0640", "boolean": "t", "flags": "", "signed flags": "-dnsrch"}


def written(option: Option) -> str:
    text = option.choices[-1] if option.choices else VALUES.get(option.type, "x y")
    return f"O {option.name}={text}"


LINES = st.one_of(
    st.sampled_from([option for option in OPTIONS if option.name not in ("Timeout", "QueueTimeout")]).map(written),
    st.sampled_from(
        [*ALL_KINDS.splitlines()[3:6], "Cw a  b", "# note", "", "S5", "DXx\n\ty", "Mx, P=/x,\n\tA=x $u # z"]
    ),
    st.builds("P{}={}".format, st.sampled_from(["a", "b", "c"]), st.integers(-100, 100)),
)
FRAGMENTS = st.lists(LINES, max_size=12).map("\n".join)


@settings(deadline=None)
@given(FRAGMENTS, st.sampled_from(["", "\n", "\n\n"]))
@pytest.mark.filterwarnings("ignore::simlib.cf.CfWarning")
def test_any_configuration_is_read_back_as_it_was_written(text: str, end: str) -> None:
    cf = Cf.parse(text + end)
    assert str(cf) == text + end
    again = Cf.parse(str(cf))
    assert again == cf
    assert (again.options, again.macros, again.mailers) == (cf.options, cf.macros, cf.mailers)


@settings(deadline=None)
@given(FRAGMENTS, FRAGMENTS)
@pytest.mark.filterwarnings("ignore::simlib.cf.CfWarning")
def test_laying_over_is_reading_the_longer_text(base: str, fragment: str) -> None:
    over = Cf.parse(base).with_lines(fragment)
    again = Cf.parse(str(over))
    tables = ("options", "macros", "classes", "mailers", "precedences", "rulesets", "headers", "version")
    assert [getattr(again, table) for table in tables] == [getattr(over, table) for table in tables]


@settings(deadline=None)
@given(st.text(alphabet=st.sampled_from('VODCFPTHMKSRQEXLGZ #\t\n\r=,.{}"\\$?:abx019-/é'), max_size=80))
@example("\\")
@example("Mx, P=[IPC], A=\\")
@example("O MaxHopCount=" + "9" * 5000)
@example("O Timeout.rcpt=" + "9" * 500)
@pytest.mark.filterwarnings("ignore::simlib.cf.CfWarning")
def test_no_text_does_anything_but_read_or_say_why_not(text: str) -> None:
    try:
        cf = Cf.parse(text)
    except CfError as error:
        assert error.line >= 1
        assert error.column >= 1
        assert error.cure
    else:
        assert Cf.parse(str(cf)) == cf

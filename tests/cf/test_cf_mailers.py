"""M lines: every equate, sendmail's defaults, and what it refuses."""

import pytest

from simlib.cf import FLAG_MEANINGS, Cf, CfError, Mailer, stock

pytestmark = pytest.mark.filterwarnings("ignore::simlib.cf.NotSimulated")  # they are about how lines are read


def mailer(line: str) -> Mailer:
    (only,) = Cf.parse(line).mailers.values()
    return only


def test_every_equate_is_read() -> None:
    assert mailer(
        "Mx, P=/bin/x, F=ls D9, S=EnvFromL/HdrFromL, R=EnvToL, E=\\r\\n, L=2040,\n"
        "\tM=1000000, m=20, r=50, T=DNS/RFC822/X-Unix, U=mail:mail, W=2m,\n"
        "\tC=iso-8859-1, Q=slow, N=5, D=$z:/, /=/jail, A=x -d $u"
    ) == Mailer(
        name="x",
        path="/bin/x",
        argv="x -d $u",
        flags=frozenset("lsD9"),
        max_size=1_000_000,
        max_messages=20,
        max_recipients=50,
        line_limit=2040,
        eol="\r\n",
        sender_rulesets=("EnvFromL", "HdrFromL"),
        recipient_rulesets=("EnvToL", "EnvToL"),
        type=("DNS", "RFC822", "X-Unix"),
        user="mail:mail",
        directory="$z:/",
        root="/jail",
        charset="iso-8859-1",
        queue_group="slow",
        nice=5,
        wait=120.0,
    )


@pytest.mark.parametrize(
    ("line", "field", "value"),
    [
        ("Mx, P=[IPC], A=TCP $h", "eol", "\r\n"),
        ("Mx, P=/bin/x, A=x $u", "eol", "\n"),
        ("Mx, P=[IPC], A=TCP $h", "type", ("dns", "rfc822", "smtp")),
        ("Mx, P=[IPC], A=FILE /sock", "type", ("dns", "rfc822", "x-unix")),
        ("Mx, P=[IPC], T=DNS, A=TCP $h", "type", ("DNS", "rfc822", "smtp")),
        ("Mx, P=/bin/x, A=x", "type", ("", "", "")),
        ("Mx, P=/bin/x, F=L, A=x", "line_limit", 990),
        ("Mx, P=/bin/x, F=L, L=100, A=x", "line_limit", 100),
        ("Mx, P=/bin/x, A=x", "line_limit", 0),
        ("Mx, P=/bin/x, A=x", "max_recipients", 100),
        ("Mx, P=/bin/x, r=0, A=x", "max_recipients", 100),
        ("Mx, P=/bin/x, A=x", "max_size", 0),
        ("Mx, P=/bin/x, S=10, A=x", "sender_rulesets", ("10", "10")),
        ("Mx P=/bin/x A, A=x", "path", "/bin/x A"),
        ("Mx, Path=/bin/x, Argv=x", "path", "/bin/x"),
        ("Mx, P=/bin/y, P=/bin/x, A=x", "path", "/bin/x"),
        ('Mx, P=/bin/x, A="x, y" z', "argv", "x, y z"),
        ("Mx, P=/bin/x, A=x # a comment", "argv", "x"),
    ],
)
def test_defaults_and_spellings(line: str, field: str, value: object) -> None:
    assert getattr(mailer(line), field) == value


@pytest.mark.parametrize(
    ("line", "column", "said"),
    [
        ("M", 1, "a mailer needs a name"),
        ("Mx", 1, "A= is missing"),
        ("Mx, P=/bin/x", 1, "A= is missing"),
        ("Mx, A=x", 1, "P= is missing"),
        ("Mx, P=, A=x", 1, "P= is missing"),
        ('Mx, P=[IPC], A=" "', 1, "A= is missing"),
        ("Mx, P", 5, "= expected in mailer x"),
        ("Mx, P=/bin/x,, A=x,\t", 1, "= expected"),
        ("Mx, P=/bin/x, Z=1, A=x", 15, "a mailer knows P= F="),
        ("Mx, P=/bin/x, M=1MB, A=x", 17, "write a whole number, such as M=100"),
        ("Mx, P=/bin/x, W=3x, A=x", 17, "not a length of time"),
        ("Mx, P=/bin/x, E=, A=x", 15, "E= is empty"),
        ("Mx, P=/bin/x, S=a b/, A=x", 17, "invalid ruleset name"),
        ("Mx, P=[TCP], A=TCP $h", 7, "write P=[IPC]"),
        ("Mx, P=[IPC], A=TCP", 16, "write A=TCP $h"),
        ("Mx, P=[FILE], A=TCP $u", 17, "write A=FILE $u"),
    ],
)
def test_what_sendmail_refuses_is_an_error_with_a_cure(line: str, column: int, said: str) -> None:
    with pytest.raises(CfError) as caught:
        Cf.parse(f"V10\n{line}", name="mail.cf")
    assert (caught.value.file, caught.value.line, caught.value.column) == ("mail.cf", 2, column)
    assert said in str(caught.value)


def test_the_place_of_an_error_in_a_continuation_line() -> None:
    with pytest.raises(CfError) as caught:
        Cf.parse("Mx,\tP=/bin/x,\n\tM=big,\n\tA=x")
    assert (caught.value.line, caught.value.column) == (2, 4)


def test_a_later_line_takes_the_mailers_place() -> None:
    cf = Cf.parse("Mx, P=/bin/x, F=m, A=x\nMy, P=/bin/y, A=y\nMx, P=/bin/z, A=z")
    assert list(cf.mailers) == ["x", "y"]
    assert (cf.mailers["x"].path, cf.mailers["x"].flags) == ("/bin/z", frozenset())


def test_every_flag_of_the_stock_mailers_has_a_meaning() -> None:
    used = {flag for held in stock().mailers.values() for flag in held.flags}
    assert used <= FLAG_MEANINGS.keys()
    assert {"m", "z", "c", "C", "9", "e"} <= FLAG_MEANINGS.keys()

"""What was meant by a line that sendmail reads as another is told, with or without its own complaint."""

import contextlib
import warnings

import pytest

from simlib import World
from simlib.cf import Cf, CfError, CfWarning, NotSimulated, stock
from simlib.cf.options import OPTIONS
from simlib.cf.slips import bare_time, in_ascii, meant, not_ascii

SLIPS = {
    "ConnectionCacheSize=1": "did you mean O ConnectionCacheSize=1?",
    "MinFreeBlocks=250": "did you mean O MinFreeBlocks=250?",
    "RefuseLA=12": "did you mean O RefuseLA=12?",
    "RefuseLA 12": "did you mean O RefuseLA=12?",
    "refusela = 12": "did you mean O RefuseLA=12?",
    "QueueSortOrder=host": "did you mean O QueueSortOrder=host?",
    "PrivacyOptions=noreceipts": "did you mean O PrivacyOptions=noreceipts?",
    "Timeout.ident=2s": "did you mean O Timeout.ident=2s?",
    "DoubleBounceAddress=watch": "did you mean O DoubleBounceAddress=watch?",
    "ConnectionCasheSize=1": "did you mean O ConnectionCacheSize=1?",
    "O RefuseLA 12": "did you mean O RefuseLA=12?",
    "O FallbackMXhost: relay.city.example": "did you mean O FallbackMXhost=relay.city.example?",
    "RELAY_DOMAIN(`there.example')": "this is m4",
    "OMaxMessageSize=2000000": "did you mean O MaxMessageSize=2000000?",
    "OConnectionCacheSize=0": "did you mean O ConnectionCacheSize=0?",
    "o RefuseLA=6": "did you mean O RefuseLA=6?",
    "0 RefuseLA=6": "did you mean O RefuseLA=6?",
    "F=c": "F= belongs into the M line",
    "F=mDFMuXac": "F= belongs into the M line",
    "M=1000000": "M= belongs into the M line",
    "m=1": "m= belongs into the M line",
    "P=/bin/mail, F=ls, A=mail -d $u": "P= belongs into the M line",
    "mlocal, P=/bin/mail, A=mail": "did you mean Mlocal, P=/bin/mail, A=mail?",
    "O Mlocal, P=/bin/mail, A=mail": "did you mean Mlocal, P=/bin/mail, A=mail?",
    "local, P=/bin/mail, A=mail": "did you mean Mlocal, P=/bin/mail, A=mail?",
    "define(`confREFUSE_LA', `12')": "this is m4",
    "Tmajordomo,root": "did you mean Tmajordomo root?",
    "Cwhere.example, there.example": "did you mean Cwhere.example there.example?",
    "O RefuseLA=６": "write ASCII characters (half width): O RefuseLA=6",
    "Ｏ RefuseLA=6": "write ASCII characters (half width): O RefuseLA=6",
    "O PrivacyOptions=novrfy、noexpn": "(half width): O PrivacyOptions=novrfy,noexpn",
    "Pdiscussion=−30": "(half width): Pdiscussion=-30",
    "Ｒｅｆｕｓｅｌａ＝１２": "did you mean O RefuseLA=12?",
    "DSmail￥x": "(half width): DSmail\\x",
}
PLAIN = [
    *(
        "Plist=-30",
        "Pspecial-delivery=100",
        "Troot daemon",
        "Cwhere.example there.example",
        "Dj$w.here.example",
        "CO @ % !",
    ),
    *(
        "Mlocal, P=/bin/mail, A=mail -d $u",
        "Qslow, P=/q, R=2",
        "Fw-o /etc/mail/local-host-names",
        "O UseMSP=True",
        "Ok1",
    ),
    *(
        "H?P?Return-Path: <$g>",
        "HX-Name: 日本語、全角",
        "S3\nR$*\t$1\t日本語の注、です",
        "ETZ=JST-9",
        "Kaccess hash /etc/mail/access",
    ),
]


def complaints(text: str) -> str:
    """All that is said of some lines."""
    with warnings.catch_warnings(record=True) as caught:
        warnings.simplefilter("always", CfWarning)
        try:
            Cf.parse(text)
        except CfError as error:
            return str(error)
    return " ".join(str(one.message) for one in caught if one.category is not NotSimulated)


@pytest.mark.parametrize(("line", "hint"), SLIPS.items(), ids=list(SLIPS))
def test_what_was_meant_is_told(line: str, hint: str) -> None:
    assert hint in complaints(line)


@pytest.mark.parametrize("line", SLIPS)
def test_no_other_cure_stands_beside_it(line: str) -> None:
    for misleading in ("is missing", "write P", "not a number", "a line begins with one of"):
        assert misleading not in complaints(line)


@pytest.mark.parametrize("line", SLIPS)
def test_it_is_not_warned_of_as_what_it_was_not_meant_for(line: str) -> None:
    with warnings.catch_warnings(record=True) as caught:
        warnings.simplefilter("always", NotSimulated)
        with contextlib.suppress(CfError):
            Cf.parse(line)
    assert [one for one in caught if one.category is NotSimulated] == []


@pytest.mark.parametrize("text", PLAIN)
def test_a_line_that_is_what_it_seems_is_left_alone(text: str) -> None:
    assert complaints(text) == ""


def test_every_option_is_known_without_its_o_and_none_is_blamed_with_it() -> None:
    for option in OPTIONS:
        assert meant(f"{option.name}=1") == f"did you mean O {option.name}=1?"
        assert meant(f"O {option.name}=1") == ""


def test_the_stock_file_has_no_slips() -> None:
    assert not [line.text for line in stock().lines if line.text and meant(line.text)]


def test_a_world_tells_it_too() -> None:
    with (
        pytest.warns(CfWarning, match="did you mean O ConnectionCacheSize=2"),
        pytest.raises(CfError, match="O MinFree"),
    ):
        World(seed=1).sendmail("mail.here.example", cf="ConnectionCacheSize=2\nMinFreeBlocks=1")


@pytest.mark.parametrize(
    ("line", "hint"),
    [
        ("O Timeout.ident=3", "counts minutes: for 3 seconds write 3s"),
        ("O Timeout.fileopen = 15", "counts minutes: for 15 seconds write 15s"),
        ("O Timeout.queuereturn=10", "counts days"),
        ("O Timeout.ident=3s", ""),
        ("O Timeout.ident=0", ""),
        ("O RefuseLA=3", ""),
        ("O NoSuchOption=3", ""),
    ],
)
def test_what_a_bare_number_counts(line: str, hint: str) -> None:
    assert hint in bare_time(line)
    assert bool(bare_time(line)) == bool(hint)


def test_the_characters_of_a_japanese_keyboard() -> None:
    assert in_ascii("ａ＝１２　−３０、￥ｘ “q” – —") == 'a=12 -30,\\x "q" - -'
    assert not_ascii("plain") == ""

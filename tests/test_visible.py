"""What is unseen in a text is made visible, and nothing in it is markup."""

import unicodedata

import pytest

from simlib import WorkbookError
from simlib.trace.table import Table
from simlib.visible import breakable, html, visible, visible_in

SEEN = {0x600, 0x601, 0x602, 0x603, 0x604, 0x605, 0x6DD, 0x70F, 0x890, 0x891, 0x8E2, 0x110BD, 0x110CD}  # Arabic, Kaithi
KEPT = {ord("\t"), ord("\n"), ord(" "), 0x3000} | SEEN


def unseen():
    """Every character that by its category has no mark of its own."""
    categories = {"Cc", "Cf", "Cs", "Zs", "Zl", "Zp"}
    return [code for code in range(0x110000) if unicodedata.category(chr(code)) in categories and code not in KEPT]


def test_every_control_mark_of_direction_blank_and_surrogate_is_written_out():
    assert [hex(code) for code in unseen() if visible(chr(code)) == chr(code)] == []


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("\x1b]0;x\x07", "^[]0;x^G"),
        ("a\0b\x7f", "a^@b^?"),
        ("\x9b31m", "<U+009B>31m"),
        ("moc.\u202egro\u2066\u2069", "moc.<U+202E>gro<U+2066><U+2069>"),
        ("a\r\n\tb", "a^M\n\tb"),
        (b"caf\xe9".decode("utf-8", "surrogateescape"), "caf<U+DCE9>"),
        ("half \ud83d of a pair", "half <U+D83D> of a pair"),
        ("\u2028\u00a0\u3164\ufe0f\U000e0041", "<U+2028><U+00A0><U+3164><U+FE0F><U+E0041>"),
    ],
)
def test_it_is_written_out_in_one_way(text, told):
    assert visible(text) == told
    assert visible(told) == told


@pytest.mark.parametrize("text", ["Teach · 配信 処理\u3000効率 é 📧", "O Timeout.queuereturn=5d\n\tx", "<b>&$j"])
def test_what_can_be_seen_stays(text):
    assert visible(text) == text


def test_texts_are_found_wherever_they_stand():
    assert visible_in({"\0": ["a\x1b", ("b\0", 3.5)], "n": None}) == {"^@": ["a^[", ["b^@", 3.5]], "n": None}


def test_markup_comes_from_the_first_text_only():
    assert html("<b>{}</b>{}", "<i>\0", [html("<u>{}</u>", "&"), "'"]) == "<b>&lt;i&gt;^@</b><u>&amp;</u>&#x27;"


def test_braces_and_dollars_in_a_text_mean_nothing():
    assert html("<b>{}</b>", "{0} {} $x$") == "<b>{0} {} <span>$</span>x<span>$</span></b>"


@pytest.mark.parametrize(
    ("text", "pieces"),
    [
        ("<dean@here.example>", ["&lt;dean@", "here", ".example&gt;"]),
        ("stat=5.7.1 from [10.0.0.2], 1.5 s, at the end.", ["stat=5.7.1 from [10.0.0.2], 1.5 s, at the end."]),
        (
            "配信処理効率の測定結果の一覧表をここに示すことにする。",
            ["配信処理効率の測定結果の一覧表をここに示すことにする。"],
        ),
        ("&" * 26, ["&amp;" * 24, "&amp;", "&amp;"]),
    ],
)
def test_a_line_may_end_in_an_address_or_a_long_word_and_not_in_a_number(text, pieces):
    assert breakable(text) == "<wbr>".join(pieces)


def test_a_table_as_html_and_as_text_runs_nothing_and_hides_nothing():
    table = Table({"to<script>": ["<img src=x onerror=y>\u202e", "\udcff"]}, {"to<script>": "\0"}, "<b>\x1b</b>")
    markup = table._repr_html_()
    assert "<script" not in markup
    assert "<img" not in markup
    assert "<b>" not in markup
    for shown in ("&lt;img src=x onerror=y&gt;&lt;U+202E&gt;", "&lt;U+DCFF&gt;", "(^@)", "^["):
        assert shown in markup
    assert visible(repr(table)) == repr(table)
    markup.encode()


def test_what_the_workbook_complains_of_can_be_read():
    assert str(WorkbookError("no host \x1b[31m\udc80")) == "no host ^[[31m<U+DC80>"

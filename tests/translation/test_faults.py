"""What the gate sees in a Japanese text: each deliberate fault is told, and a good text has none."""

import pytest

from tools.translation.faults import faults

ENGLISH = "The queue is run every 10 minutes; `mailq` lists what waits."
JAPANESE = "キューは 10 分ごとに処理されます。`mailq` は、待っているものの一覧を表示します。"


def test_a_good_text_has_no_fault():
    assert faults(ENGLISH, JAPANESE) == []


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        (JAPANESE, "", "missing"),
        ("10 分", "十分", "number: 10"),
        ("`mailq`", "mailq", "code: `mailq`"),
        ("10 分", "10分", "a blank is wanted"),
        ("キュー", "待ち行列", "write キュー"),
        ("キュー", "列", "queue: the glossary has"),
        ("一覧", "ユーザーの一覧", "ユーザー"),
        ("10 分", "１０ 分", "half-width"),
        ("処理されます。", "処理されます！", "！"),
        ("表示します。", "**表示します。**すぐに", "not seen as stressed"),
    ],
)
def test_a_fault_is_told(old, new, told):
    found = faults(ENGLISH, JAPANESE.replace(old, new))
    assert any(told in fault for fault in found), found


@pytest.mark.parametrize(
    ("english", "japanese", "told"),
    [
        ("{n:,} letters", "{n} 通", "place for a value: {n:,}, {n}"),
        ("see [lesson 05](05.ipynb)", "[第 05 章](06.ipynb)", "link: 05.ipynb, 06.ipynb"),
        ("<b>Why</b>", "なぜか", "tag: <b>"),
        ("| 04.1 | a claim |", "| 04.1 要点 |", "columns of a table"),
    ],
)
def test_what_has_to_be_the_same_in_both_is_told(english, japanese, told):
    assert any(told in fault for fault in faults(english, japanese))

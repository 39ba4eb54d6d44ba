"""The static site's own pages say in Japanese all that they say in English; JavaScript there has both side by side."""

import re

import pytest

from tests.notebooks.lesson import ROOT

SITE = ROOT / "site"
SAYING = re.compile(r'^    (\w+|"[^"]+"): "(.*)",$', re.MULTILINE)
PLACES = re.compile(r"\{\w+\}")
ROWS = (ROOT / "translations" / "ja" / "avoided.tsv").read_text("utf-8").splitlines()
AVOIDED = [line.split("\t", 1) for line in ROWS if line and not line.startswith("#")]
KANA = re.compile("[\u3040-\u30ff]")


def said(text: str, language: str) -> dict[str, str]:
    """What a page says in a language, by the name of the saying."""
    return dict(SAYING.findall(text.partition(f"  {language}: {{\n")[2].partition("\n  },\n")[0]))


def test_the_entry_page_s_sayings_are_there_in_both_languages_with_the_same_places() -> None:
    text = (SITE / "static" / "entry.js").read_text("utf-8")
    english, japanese = said(text, "en"), said(text, "ja")
    assert len(english) > 10
    assert english.keys() == japanese.keys()
    for name, told in english.items():
        assert sorted(PLACES.findall(told)) == sorted(PLACES.findall(japanese[name])), name
        assert KANA.search(japanese[name]), name


@pytest.mark.parametrize("tag", ["p", "span", "section"])
def test_each_paragraph_of_the_entry_page_stands_there_in_both(tag) -> None:
    text = (SITE / "index.html").read_text("utf-8")
    english = re.findall(rf'<{tag} class="en"', text)
    assert english
    assert len(english) == len(re.findall(rf'<{tag} class="ja" lang="ja"', text))


@pytest.mark.parametrize("file", ["index.html", "static/entry.js", "static/lecture.js"])
def test_the_site_avoids_what_the_lessons_avoid(file) -> None:
    lines = [line for line in (SITE / file).read_text("utf-8").splitlines() if KANA.search(line)]
    faults = [(pattern, line) for line in lines for pattern, _ in AVOIDED if re.search(pattern, line)]
    assert faults == []


def test_a_line_does_not_end_within_a_japanese_sentence() -> None:
    text = (SITE / "index.html").read_text("utf-8")
    assert re.findall("[\u3040-\u30ff\u4e00-\u9fff、。]\n", text) == []

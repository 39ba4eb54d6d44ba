"""Texts of ours in another language: templates, lists, what is looked up and what is left alone."""

import pickle
from gettext import NullTranslations

import pytest

from simlib import language
from simlib.errors import WorkbookError, words_of
from simlib.language import in_a_cell, phrase, sentences, shown, translated
from simlib.visible import columns_of, html

WORDS = {
    "{many} letters for {who}": "{who} 宛て {many} 通",
    "lost": "喪失",
    "What became of the mail": "メールの行方",
    "It is lost.": "失われました。",
    "Why?": "なぜでしょうか。",
}


class Words(NullTranslations):
    def gettext(self, text):
        return WORDS.get(text, text)

    def pgettext(self, context, text):
        return {"bounced": "返送"}.get(text, text) if context == "cell" else text


@pytest.fixture
def japanese(monkeypatch):
    monkeypatch.setattr(language, "catalogue_of", lambda _: Words())
    language.choose("ja")
    yield
    language.choose("en")


def test_a_phrase_is_english_as_a_text_and_japanese_on_the_screen(japanese):
    told = phrase("{many} letters for {who}", many=3, who="hana")
    assert told == "3 letters for hana"
    assert f"{told}!" == "3 letters for hana!"
    assert translated(told) == "hana 宛て 3 通"
    assert html("<b>{}</b>", told) == "<b>hana 宛て 3 通</b>"


def test_a_value_that_is_a_phrase_is_translated_with_it(japanese):
    assert translated(phrase("{many} letters for {who}", many=1, who=phrase("lost"))) == "喪失 宛て 1 通"


def test_sentences_are_joined_as_the_language_joins_them(japanese):
    told = sentences(["It is lost.", "", phrase("Why?")])
    assert told == "It is lost. Why?"
    assert translated(told) == "失われました。なぜでしょうか。"
    assert translated(phrase("It is lost.") + phrase("Why?")) == "失われました。なぜでしょうか。"


def test_a_single_word_that_nobody_says_is_ours_is_left_alone(japanese):
    assert shown("lost") == "lost"  # perhaps a mailbox of that name
    assert shown(phrase("lost")) == translated("lost") == "喪失"
    assert shown("What became of the mail") == "メールの行方"
    assert shown(["What became of the mail", {"kind": phrase("lost"), "lost": 1}]) == [
        "メールの行方",
        {"kind": "喪失", "lost": 1},
    ]
    assert shown("queue run <of> hana") == "queue run <of> hana"


def test_in_a_cell_of_a_table_words_have_their_own_catalogue(japanese):
    assert [in_a_cell(cell) for cell in ("bounced", "lost", "What became of the mail", 3)] == [
        *("返送", "lost", "メールの行方", 3)
    ]


def test_without_a_choice_all_is_english():
    assert translated(phrase("{many} letters for {who}", many=3, who="hana")) == "3 letters for hana"
    assert shown(["What became of the mail"]) == ["What became of the mail"]


def test_a_phrase_survives_a_journey_to_another_process(japanese):
    there = pickle.loads(pickle.dumps(sentences([phrase("{many} letters for {who}", many=3, who="x"), phrase("Why?")])))
    assert (there, translated(there)) == ("3 letters for x Why?", "x 宛て 3 通 なぜでしょうか。")
    trouble = pickle.loads(pickle.dumps(WorkbookError("{many} letters for {who}", many=3, who="x")))
    assert (str(trouble), translated(words_of(trouble))) == ("3 letters for x", "x 宛て 3 通")


def test_letters_of_japanese_take_two_columns():
    assert [columns_of(text) for text in ("mx1", "配信", "ｶﾅ", "キュー (mailq)")] == [3, 4, 2, 14]

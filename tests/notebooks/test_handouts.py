"""A lesson on paper: the student's page asks and gives nothing away, and the lecturer's copy has it all."""

import json
import re

import pytest

from simlib import World, lab
from simlib.exercises import Question, find
from simlib.lab.numbers import in_words
from simlib.visible import html
from tests.notebooks.lesson import ROOT
from tools import make_handouts
from tools.make_handouts import Asked, Heading, Lesson, Note, Picture, blank, index, page

MARKS = ("It came out as", "✓", "class='came'", "class='words'", "For the lecturer")
EVIL = "<script>alert('&')</script>"


@pytest.fixture(scope="module", autouse=True)
def nobody(tmp_path_factory):
    with pytest.MonkeyPatch.context() as patched:
        patched.setenv("WORKBOOK_PROGRESS", str(tmp_path_factory.mktemp("nobody") / "progress.json"))
        yield


@pytest.fixture(scope="module", params=["01_mailbox", "10_mime"])
def held(request, nobody) -> Lesson:
    return make_handouts.lesson(ROOT / "notebooks" / f"{request.param}.ipynb")


def asked_in(held: Lesson) -> list[Asked]:
    return [one for one in held.blocks if isinstance(one, Asked)]


def scenes_of(text: str) -> list[dict]:
    return [json.loads(one) for one in re.findall(r"<script type='application/json'>(.*?)</script>", text)]


def body_of(text: str) -> str:
    return text.partition("<body>")[2].partition('<script type="module">')[0]


def test_a_students_page_asks_everything(held) -> None:
    text = body_of(page(held, lecturer=False))
    cells = [cell for cell in make_handouts.cells_of(ROOT / "notebooks" / f"{held.name}.ipynb") if cell.asks]
    questions = [one.question for one in asked_in(held)]
    assert [one.id for one in questions] == [cell.asks for cell in cells]
    places = [text.index(html("<b>{}.</b> {}", one.id, one.text)) for one in questions]
    assert places == sorted(places)
    for one in questions:
        assert all(html("<li><span class='box'></span>{}</li>", choice) in text for choice in one.written)
    assert len(re.findall(r"<th scope='row'>", text)) == len(held.claims) > 3
    for name in "abc":
        exercise = find(f"{held.name[:2]}.{name}")
        assert html("{}", exercise.question) in text
        if exercise.kind == "cf":
            assert html("{}", exercise.solution) not in text
    assert "<span lang='ja'>演習</span>" in text


def test_a_students_page_gives_nothing_away(held) -> None:
    whole = page(held, lecturer=False)
    assert [mark for mark in MARKS if mark in body_of(whole)] == []
    for one in asked_in(held):
        said = [one.question.because, *(words for _, words in one.question.choices.values())]
        assert [words for words in said if html("{}", words) in whole] == []
    assert [note.text for note in held.blocks if isinstance(note, Note) and note.text in whole] == []


def test_the_lecturers_copy_has_it_all(held) -> None:
    text = body_of(page(held, lecturer=True))
    for one in asked_in(held):
        told = html("<b>It came out as:</b> {}", one.question.told(one.outcome))
        said = [html("{}", words) for words in (one.question.because, *dict(one.question.choices.values()).values())]
        assert [words for words in (told, *said) if words not in text] == []
    assert text.count("<span class='box'>✓</span>") == len(asked_in(held))
    notes = [one for one in held.blocks if isinstance(one, Note)]
    assert text.count("<aside>") == len(notes) > 3


def test_both_have_the_same_pictures(held) -> None:
    drawn = [one for one in asked_in(held) if one.picture]
    assert 1 <= len(drawn) == held.pictures <= make_handouts.MOST_PICTURES
    student, lecturer = (scenes_of(page(held, whose)) for whose in (False, True))
    assert len(student) == len(lecturer) == len(drawn)
    for one, empty, whole in zip(drawn, student, lecturer, strict=True):
        drawing = one.picture.drawing
        assert whole["alternative"] == in_words(drawing.numbers, "; ") != empty["alternative"]
        assert empty["key"] == whole["key"] == [list(kind) for kind in drawing.key.items()]
        assert [told for told in drawing.part.things() if len(told) > 4 and told in json.dumps(empty)] == []


def test_no_page_asks_anybody_for_anything(held) -> None:
    for lecturer in (False, True):
        text = page(held, lecturer)
        assert set(re.findall(r"https?://[^\s\"'<]+", text)) <= {"http://www.w3.org/2000/svg"}
        assert not re.search(r"<[^>]* (src|href)=|@import", text)
        assert "default-src 'none'" in text and str(ROOT) not in text


def collector():
    world = World(seed=1)
    mail = world.sendmail("mail.here.example", domain="here.example")
    world.sendmail("mx.there.example", domain="there.example")
    mail.submit("taro@here.example", "hana@there.example")
    mail.submit("taro@here.example", "postmaster@here.example")
    return world.run(until="1h")


def test_a_map_has_its_places_and_no_streams() -> None:
    drawing = lab.lever(collector())
    empty = blank(Picture(drawing))
    assert {one["name"] for one in drawing.scene()["places"]} >= {"mailbox of postmaster"}
    assert [one["name"] for one in empty["places"]] == ["mail.here.example", "mailbox of ?", "mx.there.example"]
    assert not any(one["steps"] for one in [*empty["places"], *empty["streams"]])


def test_only_those_boxes_are_there_that_were_asked_for() -> None:
    steps = [(1, "told", "x@far.example")]
    scene = {"axis": {"begin": 0}, "boxes": [{"name": n, "steps": steps} for n in ("staff", "hana")]}
    scene["boxes"].append({"name": "x@far.example", "steps": [(0.5, "told", "")]})
    assert [one["name"] for one in make_handouts._boxes(scene, ["told"])["boxes"]] == ["staff", "hana"]
    assert "x@far" not in json.dumps(make_handouts._boxes(scene, ["told"]))


def test_an_axis_that_ends_with_what_came_has_no_numbers() -> None:
    drawing = lab.journey(collector())
    assert blank(Picture(drawing, known=True))["axis"]["end"] == 3600
    without = blank(Picture(drawing))["axis"]
    assert (without["end"], without["unit"], without["name"]) == (10, "", "time since the start")


@pytest.mark.parametrize(
    ("title", "shown"),
    [
        ("The way of the letter", "The way of the letter"),
        ("mx1.here.example has too much to do", "mx1.here.example has too much to do"),
        ("The life of each letter (late: more than 1 h)", "The life of each letter"),
        ("8 connections on their hooks, 5 opened again", ""),
    ],
)
def test_a_title_tells_no_number(title, shown) -> None:
    assert make_handouts._harmless(title) == shown


def test_texts_are_no_markup() -> None:
    choices = {1: (EVIL, f"words {EVIL}"), 2: ("two", "words")}
    question = Question("99.1", f"text {EVIL}", len, f"because {EVIL}", choices)
    blocks = (
        Heading(2, f"A {EVIL} · {EVIL}"),
        Asked(question, 1, Picture(lab.journey(collector()))),
        Note(f"`{EVIL}`"),
    )
    evil = Lesson("99_evil", f"99 {EVIL} · {EVIL}", (("99.1", EVIL),), blocks)
    for text in (page(evil, lecturer=False), page(evil, lecturer=True), index([evil])):
        assert "<script>alert" not in text and html("{}", EVIL) in text
    assert "</script" not in make_handouts._program()


def test_numbers_and_cards_have_lines() -> None:
    number = Question("99.1", "How long?", len, "so", unit="s", near={60.0: "That is a minute."})
    order = Question("99.2", "Which first?", len, "so", cards=("hana", "taro", "jiro"))
    heading = Heading(2, "Lines")
    held = Lesson("99", "99 Lines", (), (heading, Asked(number, 75), Asked(order, ("jiro", "taro", "hana"))))
    student, lecturer = body_of(page(held, lecturer=False)), body_of(page(held, lecturer=True))
    assert "<span class='short'></span> s" in student and "minute" not in student and "75" not in student
    assert student.count("<li><div class='line'></div></li>") == 3
    assert "75 s" in lecturer and "That is a minute." in lecturer and "jiro → taro → hana" in lecturer
    assert "application/json" not in student


def test_a_heading_with_nothing_below_it_is_left_out() -> None:
    held = Lesson("99", "99", (), (Heading(2, "Console"), Note("Dictate."), Heading(2, "Notes only"), Note("Begin.")))
    assert "Console" not in page(held, lecturer=False)
    assert "Console" in page(held, lecturer=True)

"""Write the lessons as they are handed out on paper: a page for the students, and the lecturer's copy of it.

    python -m tools.make_handouts build/handouts

A student's page asks: the claims, each question with room for an answer, the exercises, and up to three pictures with
nothing in them yet, to draw what one expects. The lecturer's copy has what came out, why, what is said to whoever
takes which choice, the notes of lecture/notes, and the pictures whole. What a student's page does not show is not in
its file either. Each page holds all it needs; print it from a browser, on A4.
"""

import json
import os
import re
import shutil
import sys
from collections import Counter
from collections.abc import Iterable
from contextlib import redirect_stdout
from dataclasses import dataclass
from io import StringIO
from itertools import takewhile
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, NamedTuple

from simlib.exercises import Exercise, Question
from simlib.lab.exercise import ExerciseOnScreen
from simlib.lab.numbers import in_words
from simlib.lab.pictures.drawing import Drawing
from simlib.lab.pictures.lever import MAILBOX
from simlib.lab.pictures.stage import HERE, PROGRAMS, Sheet
from simlib.lab.predict import Prediction
from simlib.lab.screen import texts_in
from simlib.language import Phrase, choose, chosen, phrase, shown, translated
from simlib.visible import Html, html, visible, visible_in
from tests.notebooks.lesson import cells_of, run
from tools.make_lecture import LANGUAGES, in_language
from tools.notes import NOTES, sections

ROOT = Path(__file__).resolve().parents[1]
MOST_PICTURES = 3  # a lesson
NOTE_LINES = 10
ROOM = 28 * " "  # as long as what a student writes into a cell of a tape
HIGH = 6  # rows of a lane with many things one below the other; as many lanes have room for letters of one's own


class Heading(NamedTuple):
    """A heading of the lesson: 2 for a section, 3 for a part of one."""

    level: int
    text: str


class Note(NamedTuple):
    """What the lecturer alone reads."""

    text: str


class Picture(NamedTuple):
    """A drawing; ``known``: its axis goes over the whole run, so that its ends tell nothing of what came."""

    drawing: Drawing
    known: bool = False


@dataclass(frozen=True)
class Asked:
    """A question, what came out, and the picture of that, if the paper shows it."""

    question: Question
    outcome: Any
    picture: Picture | None = None


Block = Heading | Note | Asked | Exercise


@dataclass(frozen=True)
class Lesson:
    """A lesson as it stands on paper. ``claims``: number and claim."""

    name: str
    title: str
    claims: tuple[tuple[str, str], ...]
    blocks: tuple[Block, ...]

    @property
    def pictures(self) -> int:
        """How many pictures it has."""
        return sum(isinstance(one, Asked) and one.picture is not None for one in self.blocks)


def lesson(path: Path) -> Lesson:
    """Run a lesson, and gather what goes on paper."""
    with redirect_stdout(StringIO()):
        values = {cell.number: value for cell, value in run(path)}
    notes = NOTES / f"{path.name[:2]}.md"
    told = sections(notes.read_text("utf-8")) if notes.exists() else {}
    told = told if chosen() == "en" else in_language(told, path.stem, chosen())
    cells = [
        cell for cell in cells_of(path) if "language" not in cell.tags
    ]  # which a lesson in another one has in front
    blocks, headings, drawn = list[Block](), list[Heading](), set[str]()
    for cell in cells:
        value, found = values.get(cell.number), list[Block]()
        if cell.kind == "markdown":
            for marks, text in re.findall(r"(?m)^(##|###) +(.+)$", cell.source):
                headings = [*(one for one in headings if one.level < len(marks)), Heading(len(marks), text)]
        if isinstance(value, Prediction):
            found.append(Asked(value.question, value.outcome, _picture(value, drawn)))
        if isinstance(value, ExerciseOnScreen):
            found.append(value.exercise)
        names = ["start"] if cell is cells[0] else cell.tags
        found += [Note(told[name]) for name in names if name in told]
        if found:  # a heading with nothing below it is none
            blocks += [*(headings if cell is not cells[0] else ()), *found]
            headings = []
    first = cells[0].source
    claims = re.findall(r"(?m)^\| (\d\d\.\d+) \| (.*?) \|$", first)
    return Lesson(path.stem, first.splitlines()[0].removeprefix("# "), tuple(claims), tuple(blocks))


def _picture(asked: Prediction, drawn: set[str]) -> Picture | None:
    """The first drawing that a question opens, if its like is not on the paper yet."""
    for function, made in asked.shows:
        if isinstance(made, Drawing):
            kind = getattr(function, "__module__", "")
            if kind in drawn or len(drawn) >= MOST_PICTURES:
                return None
            drawn.add(kind)
            axis = getattr(made.part, "axis", None)
            known = asked.lab is not None and axis is not None and axis.timed and axis.end == asked.lab.trace.until
            return Picture(made, known)
    return None


def blank(picture: Picture) -> dict[str, Any]:
    """A drawing before anything has happened, as data: its frame, its names and its key, and nothing of the run.

    A kind of thing stands in its key though none is drawn: one that is not seen stands for it. An axis whose ends are
    part of what came has no numbers.
    """
    scene, axis = (
        _named_by_nobody(picture.drawing.scene()),
        {"begin": 0, "end": 10, "size": 1, "unit": "", "timed": False},
    )
    scene |= {"title": _harmless(scene["title"]), "alternative": translated("nothing is drawn yet"), "hint": ""}
    if "axis" in scene and not picture.known:
        scene["axis"] = {**scene["axis"], **axis}
    return {**scene, **_EMPTIED[scene["part"]](scene, [name for name, _ in scene["key"]])}


def _named_by_nobody(scene: dict[str, Any]) -> dict[str, Any]:
    """The drawing as it is read; whose mailbox a place is, is for the run to tell."""
    for place in scene.get("places", ()):
        if isinstance(place["name"], Phrase) and place["name"].template == MAILBOX:
            place["name"] = phrase(MAILBOX, user="?")
    return dict(shown(scene))


def _harmless(title: str) -> str:
    """A title, or the beginning of one that has numbers in it."""
    first = re.split(r", |: | \(|、|（|。", title)[0]
    return next((one for one in (title, first) if not re.search(r"(?<![\w.])\d", one)), "")


_AREAS = ("curves", "bands", "spans")  # of what the key shows as an area


def _lanes(scene: dict[str, Any], kinds: list[str]) -> dict[str, Any]:
    lanes = [{**lane, "note": "", "rows": HIGH if lane["rows"] > HIGH else 2} for lane in scene["lanes"]]
    forms = {one["kind"]: form for form in ("marks", "arrows", *_AREAS) for one in scene[form]}
    usual = Counter(form for kind, form in forms.items() if kind in kinds).most_common(1)
    made: dict[str, list[Any]] = {form: [] for form in ("marks", "arrows", *_AREAS)}
    begin = scene["axis"]["begin"]
    stands = {"lane": 0, "to": 0, "row": 0, "high": 1, "begin": begin, "end": begin, "at": begin, "tall": False}
    for kind in kinds:  # one that did not come looks in the key like most of those that did
        form = forms.get(kind, usual[0][0] if usual else "spans")
        one = {**stands, "kind": kind, "told": "", "text": "", "after": ""}
        made["spans" if form in _AREAS else form].append(one)
    return {"lanes": lanes, **made}


def _tapes(scene: dict[str, Any], kinds: list[str]) -> dict[str, Any]:
    tapes = scene["tapes"]
    start = min((cell["step"] for tape in tapes for cell in tape["cells"] if cell["kind"]), default=0)
    given = bool(tapes) and all(cell["step"] == start for cell in tapes[0]["cells"])  # there before anything happens
    many = len(tapes[0]["cells"]) if given else max((len(tape["cells"]) for tape in tapes), default=0)
    room = "" if scene["lying"] else ROOM
    empty = [{"text": room, "kind": kind, "told": "", "step": 0} for kind in kinds * many][: max(many, len(kinds))]
    made = []
    for number, tape in enumerate(tapes):
        begins = any(cell["step"] == start for cell in tape["cells"])
        whole = given and number == 0
        cells = [{**cell, "told": "", "step": 0} for cell in tape["cells"]] if whole else empty
        made.append({"name": tape["name"] if begins else "?", "cells": cells})
    return {"tapes": made, "links": []}


def _boxes(scene: dict[str, Any], kinds: list[str]) -> dict[str, Any]:
    since = [box["steps"][0][0] if box["steps"] else 0 for box in scene["boxes"]]
    asked = list(
        takewhile(lambda n: n == 0 or since[n - 1] <= since[n], range(len(since)))
    )  # others were found on the way
    boxes = [{**scene["boxes"][n], "told": "", "note": "", "steps": []} for n in asked]
    if boxes:
        boxes[0]["steps"] = [(scene["axis"]["begin"], kind, "") for kind in kinds]
    return {"boxes": boxes}


def _streams(scene: dict[str, Any], kinds: list[str]) -> dict[str, Any]:
    nothing = {"told": "", "note": "", "steps": []}
    places = [{**place, **nothing} for place in scene["places"]]
    end = min(1, len(places) - 1)
    return {
        "places": places,
        "streams": [{"start": 0, "end": end, "kind": kind, "told": "", "steps": []} for kind in kinds],
    }


_EMPTIED = {"lanes": _lanes, "tapes": _tapes, "boxes": _boxes, "streams": _streams}


def page(held: Lesson, lecturer: bool) -> str:
    """A lesson on paper: the student's page, or the lecturer's copy."""
    whom = html("<p class='whom'>{}</p>", phrase("The lecturer's copy: it has the answers.")) if lecturer else Html("")
    row = "<tr><th scope='row'>{}</th><td>{}</td></tr>"
    rows = [html(row, number, _inline(claim)) for number, claim in held.claims]
    claims = html("<table><caption>{}</caption>{}</table>", phrase("Claims"), rows) if rows else Html("")
    blocks = held.blocks if lecturer else [one for one in held.blocks if not isinstance(one, Note)]
    parts = [_block(one, lecturer) for one in _headed(blocks)]
    lines = html("<section><h2>{}</h2>{}</section>", _both(translated("Notes · メモ")), [_LINE] * NOTE_LINES)
    body = html("<h1>{}</h1>{}{}{}{}", _both(held.title), whom, claims, parts, Html("") if lecturer else lines)
    return _document(held.title, body, lecturer, draws=held.pictures > 0)


def _headed(blocks: Iterable[Block]) -> list[Block]:
    """Without headings that have lost what stood below them."""
    kept: list[Block] = []
    for one in reversed(list(blocks)):
        below = kept[-1] if kept else Heading(0, "")
        if not (isinstance(one, Heading) and isinstance(below, Heading) and below.level <= one.level):
            kept.append(one)
    return kept[::-1]


def _block(one: Block, lecturer: bool) -> Html:
    if isinstance(one, Heading):
        return html("<h2>{}</h2>" if one.level == 2 else "<h3>{}</h3>", _both(one.text))
    if isinstance(one, Note):
        return html("<aside><b>{}</b> {}</aside>", phrase("For the lecturer."), _inline(one.text))
    if isinstance(one, Exercise):
        return html("<section><p><b>{}.</b> {}</p>{}</section>", one.title, phrase(one.question), _room(one))
    return _asked(one, lecturer)


def _asked(one: Asked, lecturer: bool) -> Html:
    question = one.question
    asks = html("<p><b>{}.</b> {}</p>", question.id, phrase(question.text))
    if not lecturer:
        return html("<section>{}{}</section>{}", asks, _answer(question), _figure(one, lecturer))
    came = html("<p class='came'><b>{}</b> {}</p>", phrase("It came out as:"), question.told(one.outcome))
    why = html("<p class='because'>{}</p>", phrase(question.because))
    answered = _answered(question, one.outcome)
    return html("<section>{}{}{}{}</section>{}", asks, answered, came, why, _figure(one, lecturer))


def _answer(question: Question) -> Html:
    """Room for an answer."""
    if question.kind == "choice":
        return _boxes_for(question.written)
    if question.kind == "order":
        return _cards(question.cards)
    return html("<p class='fill'>{} {}</p>", _SHORT_LINE, phrase(question.unit))


def _answered(question: Question, outcome: Any) -> Html:
    """What can be taken, with what is said to whoever takes it."""
    if question.kind == "choice":
        rows = [
            html(
                "<li><span class='box'>{}</span>{}<div class='words'>{}</div></li>",
                "✓" * (key == outcome),
                *map(phrase, said),
            )
            for key, said in question.choices.items()
        ]
        return html("<ul class='choices'>{}</ul>", rows)
    if question.kind == "order":
        return html("<ul>{}</ul>", [html("<li>{}</li>", phrase(card)) for card in question.cards])
    return html(
        "<ul>{}</ul>", [html("<li>{}: {}</li>", f"{near:,g}", phrase(words)) for near, words in question.near.items()]
    )


def _room(held: Exercise) -> Html:
    """Room for the answer of an exercise, below what it begins with."""
    if held.kind == "choice":
        return _boxes_for(held.choices)
    if held.kind == "order":
        return _cards(held.choices)
    given = html("<pre>{}</pre>", held.given) if held.given else Html("")
    return html("{}{}", given, html("<p class='fill'>{}</p>", _SHORT_LINE) if held.kind == "number" else [_LINE] * 3)


def _boxes_for(choices: Iterable[str]) -> Html:
    rows = [html("<li><span class='box'></span>{}</li>", phrase(choice)) for choice in choices]
    return html("<ul class='choices'>{}</ul>", rows)


def _cards(cards: Iterable[str]) -> Html:
    """Cards, and as many numbered lines for them."""
    held = list(cards)
    rows = [html("<li>{}</li>", phrase(card)) for card in held]
    return html("<ul>{}</ul><ol class='order'>{}</ol>", rows, [html("<li>{}</li>", _LINE) for _ in held])


def _figure(one: Asked, lecturer: bool) -> Html:
    """The picture of a question, if it has one: whole, with its numbers, or to be drawn."""
    if one.picture is None:
        return Html("")
    drawing, known = one.picture
    scene, told, look = shown(drawing.scene()), in_words(drawing.numbers, "; "), "whole"
    if not lecturer:
        scene, told, look = blank(one.picture), phrase("Draw what you expect."), "blank" if known else "blank bare"
    data = json.dumps(visible_in(scene), allow_nan=False)
    for mark in "<>&":  # which would be markup
        data = data.replace(mark, f"\\u{ord(mark):04x}")
    caption = html("<figcaption><b>{}</b> {}</figcaption>", phrase("Picture {name}.", name=one.question.id), told)
    held = Html(f"<script type='application/json'>{data}</script>")
    return html("<figure>{}<div class='drawing {} {}'>{}</div></figure>", caption, scene["part"], Html(look), held)


def _inline(markdown: str) -> Html:
    """A line of Markdown: code, stress and links (as their words)."""
    text = html("{}", markdown)
    for pattern, put in (
        (r"`([^`]+)`", r"<code>\1</code>"),
        (r"\*\*(.+?)\*\*", r"<b>\1</b>"),
        (r"(?<![\w*])\*([^*\s](?:[^*]*[^*\s])?)\*(?![\w*])", r"<i>\1</i>"),
        (r"\[([^\]]+)\]\([^)]*\)", r"\1"),
    ):
        text = Html(re.sub(pattern, put, text))
    return text


def _both(title: str) -> Html:
    """A title in English and Japanese."""
    english, _, japanese = title.partition(" · ")
    return html("{} <span lang='ja'>{}</span>", _inline(english), japanese) if japanese else _inline(english)


def _document(title: str, body: Html, lecturer: bool, draws: bool) -> str:
    drawn = (HERE / "stage.css").read_text("utf-8") + _ON_PAPER if draws else ""
    css = _CSS + (_LECTURER if lecturer else "") + drawn
    return "\n".join(
        (
            f'<!DOCTYPE html>\n<html lang="{chosen()}">\n<head>\n<meta charset="utf-8">',
            f'<meta http-equiv="Content-Security-Policy" content="{_NO_NETWORK}">',
            html("<title>{}</title>", visible(title)),
            f"<style>\n{css}</style>\n</head>\n<body>\n{body}",
            f'<script type="module">\n{_program()}</script>' if draws else "",
            "</body>\n</html>\n",
        )
    )


def _program() -> str:
    """The programs that draw in a notebook, with a line that draws on this page."""
    programs = Sheet._esm
    end = "export default { render };"
    if programs.count(end) != 1 or "</script" in programs:
        raise ValueError(f"{PROGRAMS[-1]} has to end with {end}")
    said = json.dumps({text: translated(text) for text in texts_in(programs)}, ensure_ascii=False)
    return programs.replace(end, _DRAW.replace("WORDS", said))


def index(lessons: Iterable[Lesson]) -> str:
    """The page that leads to the others."""
    link = "<td><a href='{}'>{}</a></td>"
    rows = [
        html(
            "<tr><td>{}</td>{}{}</tr>",
            _both(one.title),
            html(link, f"{one.name}.html", translated("for students")),
            html(link, f"{one.name}_lecturer.html", translated("the lecturer's copy")),
        )
        for one in lessons
    ]
    body = html(
        "<h1>{}</h1><p>{}</p><table>{}</table>", phrase("Handouts"), phrase("Print each from the browser, on A4."), rows
    )
    return _document(translated("Handouts"), body, lecturer=False, draws=False)


def main(directory: str) -> None:
    """Write all lessons into a directory, those in another language into one in it; what was there is replaced."""
    made = Path(directory).resolve()
    shutil.rmtree(made, ignore_errors=True)
    with TemporaryDirectory() as nobody:  # who has answered nothing
        os.environ["WORKBOOK_PROGRESS"] = str(Path(nobody, "progress.json"))
        for language in LANGUAGES:
            choose(language)
            edition = "" if language == "en" else language
            _write(made / edition, sorted((ROOT / "notebooks" / edition).glob("*.ipynb")))


def _write(made: Path, paths: list[Path]) -> None:
    """The pages of these lessons, in the language that was chosen."""
    made.mkdir(parents=True)
    lessons = [lesson(path) for path in paths]
    for one in lessons:
        for copy, lecturer in (("", False), ("_lecturer", True)):
            (made / f"{one.name}{copy}.html").write_text(page(one, lecturer), "utf-8")
    (made / "index.html").write_text(index(lessons), "utf-8")


_LINE = Html("<div class='line'></div>")
_SHORT_LINE = Html("<span class='short'></span>")
_NO_NETWORK = "default-src 'none'; style-src 'unsafe-inline'; script-src 'unsafe-inline'"
_DRAW = """for (const el of document.querySelectorAll(".drawing")) {
  const drawing = JSON.parse(el.querySelector("script").textContent);
  render({ model: { get: (name) => (name === "drawing" ? drawing : WORDS), on() {} }, el });
}
"""
_CSS = """@page { size: A4; margin: 12mm; @bottom-center { content: counter(page); font-size: 10.5pt; } }
body { width: 186mm; margin: 0 auto; font: 11pt/1.4 sans-serif; color: #000; background: #fff; }
h1 { font-size: 18pt; margin: 0 0 3mm; } h2 { font-size: 14pt; margin: 7mm 0 2mm; }
h3 { font-size: 12pt; margin: 5mm 0 2mm; }
h1, h2, h3 { line-height: 1.25; break-after: avoid; } [lang=ja] { font-weight: normal; }
p { margin: 0 0 1.5mm; } section > p { white-space: pre-line; }
section, figure, tr, aside { break-inside: avoid; } section { margin: 0 0 5mm; }
table { border-collapse: collapse; width: 100%; margin-bottom: 4mm; } caption { text-align: left; font-weight: 600; }
th, td { border-top: 1px solid #999; padding: 1mm 2mm 1mm 0; text-align: left; vertical-align: top; }
code, pre { font: 10.5pt/1.35 monospace; } pre { white-space: pre-wrap; overflow-wrap: anywhere; margin: 1mm 0;
  border: 1px solid #999; padding: 1.5mm; }
ul, ol { margin: 1mm 0; padding-left: 7mm; } li { margin: 0 0 1mm; }
.choices { list-style: none; padding-left: 8mm; } .choices li { break-inside: avoid; }
.box { display: inline-block; box-sizing: border-box; width: 4mm; height: 4mm; margin: 0 3mm 0 -7mm;
  border: 1px solid #000; vertical-align: -0.5mm; line-height: 3.6mm; text-align: center; font-weight: 700; }
.line { border-bottom: 1px solid #777; height: 8mm; } .short { display: inline-block; width: 45mm; height: 8mm;
  border-bottom: 1px solid #777; }
.order { columns: 2; column-gap: 10mm; } .order li { break-inside: avoid; } .order .line { height: 6mm; }
figure { margin: 2mm 0 6mm; } figcaption { margin-bottom: 1mm; }
"""
_LECTURER = """.whom { font-weight: 600; } .words { color: #333; font-style: italic; }
:lang(ja) .words { font-style: normal; }
.came, .because { border-left: 1.2mm solid #0072b2; padding-left: 3mm; margin: 0; } .because { padding-top: 1mm; }
aside { border: 1px dashed #555; padding: 1.5mm 3mm; margin: 0 0 5mm; break-before: avoid; }
"""
_ON_PAPER = """.drawing { --simlib-size: 12.4pt; print-color-adjust: exact; }
.drawing .told, .drawing .bar, .drawing .title:empty, .blank .now, .blank .curtain, .blank.lanes .thing, .bare .tick,
.blank .thing > :not(.cell, .name, .code) { display: none; }
.blank .lane, .blank .cell { stroke: #8a94a0; }
"""

if __name__ == "__main__":
    main(sys.argv[1])

"""Every claim is asked before it is shown, and nothing that stands in a lesson gives an answer away."""

import re

import pytest

from simlib.exercises import ALL, QUESTIONS
from simlib.exercises.question import Question
from tests.notebooks.lesson import CLAIMS, LESSONS, cells_of

ASKED = [f"{topic}.{n}" for topic, many in CLAIMS.items() for n in range(1, many + 1)]
# what a cell after a question may end with: it holds its outcome back, or asks for an answer
GATES = {f"lab.{name}" for name in ("predict", "after", "exercise", "drill", "configure", "console", "lessons", "flow")}
FOLDED = re.compile(r"(?s)<details>.*?</details>")
REASON = re.compile(r"[:,;(](?!\d)")  # what stands behind such a mark in a choice says why, or how
MOST = 1_200  # characters of open prose between a question and the next one: an introduction, no explanation

each = pytest.mark.parametrize("path", LESSONS, ids=lambda path: path.name)


def after_a_question(path):
    """The cells behind the first question of a lesson, and the one that ends its lessons."""
    cells = cells_of(path)
    first = next((cell.number for cell in cells if cell.asks), len(cells))
    return cells[first:]


def test_there_are_88_claims_and_each_is_asked() -> None:
    assert len(ASKED) == 88
    assert [claim for claim in ASKED if not any(one.claim == claim for one in QUESTIONS.values())] == []


@each
def test_each_question_of_a_lesson_is_asked_once_where_its_claim_is_shown(path) -> None:
    topic = path.name[:2]
    cells = cells_of(path)
    asked = [cell.asks for cell in cells if cell.asks]
    assert sorted(asked) == sorted(id for id in QUESTIONS if id.startswith(f"{topic}."))
    for cell in (one for one in cells if one.asks):
        assert cell.ends_with == "lab.predict", f"cell {cell.number}"
        assert re.search(rf'lab\.predict\(\s*"{cell.asks}"', cell.source), f"cell {cell.number}"
        claim = QUESTIONS[cell.asks].claim
        assert claim not in ASKED or f"claim-{claim}" in cell.tags, f"cell {cell.number}"


@each
def test_what_came_is_held_back_behind_its_question(path) -> None:
    open_ones = [cell for cell in after_a_question(path) if cell.outputs and cell.ends_with not in GATES]
    assert [f"cell {cell.number}: {cell.source.splitlines()[-1]}" for cell in open_ones] == []


@each
def test_what_is_held_back_has_a_picture_without_it(path) -> None:
    """JupyterLab would show the text, which tells the answer."""
    gated = [cell for cell in cells_of(path) if cell.ends_with in ("lab.predict", "lab.after")]
    bare = [cell for cell in gated if not any("image/png" in one.get("data", {}) for one in cell.outputs)]
    assert [f"cell {cell.number}" for cell in bare] == [], "run: make pictures"


@each
def test_an_explanation_is_folded(path) -> None:
    prose = [cell for cell in after_a_question(path) if cell.kind == "markdown"]
    today = next((n for n, cell in enumerate(prose) if cell.source.startswith("## Today")), len(prose))
    long = [cell.number for cell in prose[:today] if len(FOLDED.sub("", cell.source)) > MOST]
    said = [cell.number for cell in prose if re.search(r"\*\*(Why|The price|Because)\b", FOLDED.sub("", cell.source))]
    assert (long, said) == ([], [])


@each
def test_neither_the_lecturers_notes_nor_solutions_stand_in_a_lesson(path) -> None:
    cells = cells_of(path)
    assert [cell.number for cell in cells if cell.slide == "notes" or "solution" in cell.tags] == []
    whole = [re.sub(r"\s+", "", cell.source) for cell in cells]
    topic = path.name[:2]
    solutions = [one for id, one in ALL.items() if id.startswith(f"{topic}.") and one.kind in ("cf", "order")]
    assert [one.id for one in solutions if any(_holds(source, one.solution) for source in whole)] == []


def _holds(source: str, solution: str) -> bool:
    return len(solution) > 20 and re.sub(r"\s+", "", solution) in source


@each
def test_the_choice_that_comes_true_does_not_stand_out(path) -> None:
    """Whoever knows nothing of mail could take the only one that gives no reason, or the only one that gives one."""
    told = []
    for cell in (one for one in cells_of(path) if one.asks and QUESTIONS[one.asks].choices):
        written = QUESTIONS[cell.asks].written
        came = re.search(r"(?m)^came out as: (.*)$", cell.text)
        reasons = {choice: bool(REASON.search(choice)) for choice in written}
        if came and list(reasons.values()).count(reasons[came[1].strip()]) == 1:
            told.append(f"{cell.asks}: {came[1].strip()}")
    assert told == []


@pytest.mark.parametrize("topic", [f"{n:02d}" for n in range(2, 20)])
def test_a_later_lesson_asks_again_what_earlier_ones_taught(topic) -> None:
    again = [one for id, one in QUESTIONS.items() if id.startswith(f"{topic}.r")]
    assert len(again) == 2
    assert all(one.run for one in again)


@pytest.mark.parametrize("question", QUESTIONS.values(), ids=QUESTIONS)
def test_a_question_can_be_read(question: Question) -> None:
    """Readers of little English: no sentence of more than 30 words, no word for who chose that is another's."""
    sentences = re.split(r"(?<=[.?!:])\s+", question.text)
    assert max(len(sentence.split()) for sentence in sentences) <= 30
    words = [said for _, said in question.choices.values()]
    assert len(set(words)) == len(words)

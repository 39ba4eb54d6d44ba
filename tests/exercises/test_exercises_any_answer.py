"""Whatever stands in the field of an answer, the judge says something in words."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from simlib.exercises import ALL, DRILLS
from simlib.exercises.exercise import Exercise, WrongAnswer, as_number, exactly, some

NUMBERS = [
    *(
        ",",
        ".",
        "-",
        "inf",
        "-inf",
        "nan",
        "infinity",
        "1e400",
        "٣",
        "1_000",
        "0x10",
        "--5",
        "½",
        "²",
        "1,00",
        "1,,000",
    ),
    *(
        "twelve",
        "9" * 10_000,
        "9" * 100_000 + "x",
        "1e" + "9" * 5_000,
        "\x00",
        "\ud800",
        "<b>1</b>",
        "1e",
        "1.2.3",
        "#12",
    ),
]
FRAGMENTS = [
    *(
        "O",
        "O Timeout.",
        "O =1",
        "M",
        "Mlocal",
        "Mlocal, P=",
        "S-1",
        "R$*",
        "D",
        "C",
        "K",
        "H",
        "P",
        "T",
        "L",
        "X",
        "\x00",
    ),
    *("O DeliveryMode=", "O DeliveryMode=d", "O MaxMessageSize=1", "O MaxHopCount=0", "O RefuseLA=0", "O QueueLA=0"),
    *("O MaxRecipientsPerMessage=1", "O MinFreeBlocks=99999999", "O Timeout.queuereturn=now", "O CheckpointInterval=0"),
    *("O MaxDaemonChildren=0", "O ConnectionRateThrottle=1", "Mesmtp, P=[IPC], F=, A=TCP $h", "Cwthere.example", "Djx"),
    *("O FallbackMXhost=mail.here.example", "O HostStatusDirectory=/", "O MinQueueAge=0\nO Timeout.queuereturn=0s"),
]
ODD = [*NUMBERS, *FRAGMENTS, "a\nb", "\n\nx", "<script>", "x" * 10_000, "sendmail -bd", "mailq | | wc", "cat '"]
EACH = [*ALL.values(), *(drill.exercise() for drill in DRILLS.values())]


@pytest.mark.parametrize("answer", NUMBERS)
def test_what_is_no_number_is_called_none(answer: str) -> None:
    with pytest.raises(WrongAnswer, match=r"is not a number: write it like 12 or 0\.5|too large a number") as caught:
        as_number(answer)
    assert len(str(caught.value)) < 300


@pytest.mark.parametrize(
    ("answer", "number"),
    [
        *(("12", 12), (" 0.5 ", 0.5), (".5", 0.5), ("5.", 5), ("-3", -3), ("+3", 3), ("1,000", 1_000), ("1e3", 1_000)),
        *(
            ("12 s", 12),
            ("50%", 50),
            ("1,234,567.5", 1_234_567.5),
            ("１２", 12),
            ("－１．５　秒", -1.5),
            ("007", 7),
            ("−4", -4),
            ("12s", 12),
            ("36通", 36),
            ("about 160", 160),
            ("約１６０", 160),
            ("~160.", 160),
            ("13K", 13),
            ("1,000 bytes, I think", 1_000),
        ),
    ],
)
def test_a_number_is_taken_as_people_write_it(answer: str, number: float) -> None:
    assert as_number(answer) == number


@pytest.mark.parametrize(
    ("answer", "unit"), [("721 KB", "bytes"), ("0.25 min", "seconds"), ("5 ms", "seconds"), ("2MB", "KB")]
)
def test_a_number_of_another_scale_is_refused_by_its_name(answer: str, unit: str) -> None:
    with pytest.raises(WrongAnswer, match=f"Write the number in {unit}, not in "):
        as_number(answer, unit)


def test_a_number_in_its_unit_is_taken() -> None:
    assert [as_number(answer, unit) for answer, unit in (("13 k", "KB"), ("5 s", "seconds"), ("3 b", "bytes"))] == [
        13,
        5,
        3,
    ]


def test_no_number_is_near_to_what_is_none() -> None:
    with pytest.raises(WrongAnswer):
        exactly(3, "right", {}, "think again")("nan")


def test_a_number_that_is_not_near_is_told_what_to_think_of() -> None:
    judge = exactly(3, "right", {4.0: "one too many"}, "think again")
    assert judge("3 letters") == "right"
    for answer, words in (("4", "one too many"), ("2", "think again"), ("5", "think again")):
        with pytest.raises(WrongAnswer, match=words):
            judge(answer)


def test_a_bare_number_of_a_time_is_told_whatever_the_exercise() -> None:
    for id in ("04.c", "05.b", "06.c", "14.b"):
        assert "A bare number in Timeout.connect counts minutes" in ALL[id].check("O Timeout.connect=1").why


def test_a_judge_that_lacks_something_to_judge_says_so() -> None:
    assert some([1], "none") == [1]
    with pytest.raises(WrongAnswer, match="none"):
        some([], "none")


def test_a_fault_of_the_workbook_is_told_as_such() -> None:
    def broken(answer: str) -> str:
        raise ZeroDivisionError("division by zero" + "!" * 1_000)

    verdict = Exercise("99.a", "?", "text", broken, "", (), ()).check("x")
    assert not verdict.right
    assert verdict.why.startswith(
        "The workbook broke off while it ran this answer, which is its own fault (ZeroDivision"
    )
    assert len(verdict.why) < 250


@pytest.mark.parametrize("exercise", [pytest.param(one, id=one.id) for one in EACH])
def test_no_answer_is_a_traceback(exercise: Exercise) -> None:
    """Of the lines of sendmail.cf a few each, since each is run; another few for the next exercise."""
    mine = EACH.index(exercise)
    answers = ODD[mine % 9 :: 9] if exercise.kind == "cf" else ODD
    for answer in answers:
        verdict = exercise.check(answer)
        assert not verdict.right or exercise.kind == "cf", answer
        assert verdict.why
        assert "its own fault" not in verdict.why, (answer, verdict.why)


@given(
    st.sampled_from([one for one in EACH if one.kind != "cf"]), st.text(max_size=30) | st.text("0123456789.,-+eE x\n")
)
@settings(max_examples=150, deadline=None)
def test_any_text_is_judged(exercise: Exercise, answer: str) -> None:
    assert "its own fault" not in exercise.check(answer).why

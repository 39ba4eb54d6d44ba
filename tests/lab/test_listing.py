from simlib.lab.listing import listing


def test_new_lines_lines_that_are_gone_and_complaints_stand_in_order() -> None:
    rows = listing("a\nb\nc", "a\nx\nc\nd", {2: ["x is no word"], 4: ["nor is d"]})
    assert [str(row) for row in rows] == [
        "   1 a",
        "-    b",
        "+  2 x",
        "!    x is no word",
        "   3 c",
        "+  4 d",
        "!    nor is d",
    ]


def test_equal_texts_are_listed_without_marks() -> None:
    assert {row.mark for row in listing("a\nb", "a\nb", {})} == {" "}

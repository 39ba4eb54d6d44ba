"""Defects by lot can be drawn: the files are there, and what is named as changing nothing is still to be drawn."""

from tools.mutate_by_lot import EQUIVALENT, FILES, changes


def test_there_is_enough_to_draw_and_what_changes_nothing_is_among_it() -> None:
    drawn = {change.key for file in FILES for change in changes(file)}
    assert len(drawn) > 200
    assert EQUIVALENT.keys() <= drawn

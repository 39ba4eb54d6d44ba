"""The debugger for rules: what it shows of an address on its way, and where the way of edited rules parts."""

import pytest

from simlib import CfError, WorkbookError, World, lab
from simlib.cf.prescan import Alphabet
from simlib.lab.rules_tokens import Token, after_rule, before_rule, side_of, tokens_of
from simlib.lab.rules_way import Row, Way, is_same_end, parting

LINES = r"""V10
Karith arith
Kuser user -m
Souter
R$* < $+ @ $- > $*	$: $2 at $3
R$+ at $+		$@ $>inner $2
R$*			$: $( user $1 $: stranger $)
Sinner
R$+			$@ got $1
Sloop
R$+			$1 x
Sdeep
R$+			$>deep $1
Sdouble
R$+			$1 $1
Scount
R$+			$: $( arith + $@ 1 $@ 2 $) $1
Smail
R$+ @ $+		$#esmtp $@ $2 $: $1 @ $2
"""
ALPHABET = Alphabet("@.<>%!", comments=False)


def said(row: Row) -> tuple[str, str, str]:
    return row.kind, row.ruleset, joined(row.after)


def joined(tokens) -> str:
    return " ".join(token.text for token in tokens)


def groups(tokens) -> list[tuple[str, int]]:
    return [(token.text, token.group) for token in tokens]


# the model: rooms, rules that fired, what their operators caught


def test_a_ruleset_that_is_called_is_a_room_within_and_its_rule_stands_round_it() -> None:
    rows = lab.rules(LINES, "Taro <taro@here>", "outer").way.rows
    assert [(row.kind, row.ruleset, row.depth) for row in rows] == [
        ("entered", "outer", 0),
        ("fired", "outer", 0),
        ("taken", "outer", 0),  # rule 2 fits, and calls
        ("entered", "inner", 1),
        ("fired", "inner", 1),
        ("returned", "inner", 1),
        ("fired", "outer", 0),  # and now it is done
        ("returned", "outer", 0),
    ]
    assert (rows[2].rule, joined(rows[2].after)) == (2, "taro at here")
    assert joined(rows[-1].after) == "got here"


def test_a_rule_shows_what_each_operator_caught_before_and_behind_it() -> None:
    fired = lab.rules(LINES, "Taro <taro@here>", "outer").way.rows[1]
    assert [(one.name, one.operator, joined(one.tokens)) for one in fired.caught] == [
        ("$1", "$*", "Taro"),
        ("$2", "$+", "taro"),
        ("$3", "$-", "here"),
        ("$4", "$*", ""),
    ]
    assert groups(fired.before) == [("Taro", 1), ("<", 0), ("taro", 2), ("@", 0), ("here", 3), (">", 0)]
    assert groups(fired.after) == [("taro", 2), ("at", 0), ("here", 3)]
    assert [token.group for token in fired.lhs] == [1, 0, 2, 0, 3, 0, 4]


def test_a_line_number_names_the_line_of_the_text() -> None:
    shown = lab.rules("", "taro%there.example@mail.here.example")
    lines = shown.given.split("\n")
    fired = [row for row in shown.way.rows if row.line]
    assert fired
    assert all(lines[row.line - 1].startswith(f"R{row.lhs[0].text}") for row in fired)


@pytest.mark.parametrize(("address", "value"), [("taro", "taro"), ("nobody.else", None)])
def test_a_map_shows_key_and_value_or_that_it_knows_nothing(address: str, value: str | None) -> None:
    world = World(seed=1)
    mail = world.sendmail("mail.here.example", cf=LINES.removeprefix("V10\n"))
    world.user(mail.host, "taro")
    way = lab.rules(mail, address, "outer").way
    (asked,) = [row for row in way.rows if row.kind == "looked up"]
    assert (asked.map, asked.key, asked.value) == ("user", address, value)
    assert joined(way.result) == ("taro" if value else "stranger")


def test_the_worlds_name_service_answers_and_its_classes_count() -> None:
    world = World(seed=1)
    mail = world.sendmail("mail.kyoto.example", domain="kyoto.example")
    world.sendmail("mx.nara.example", domain="nara.example")
    assert joined(lab.rules(mail, "hana@kyoto.example").way.result) == "$# local $: hana"
    assert joined(lab.rules(mail, "hana@nara.example").way.result).startswith("$# esmtp $@ nara . example .")
    (asked,) = [row for row in lab.rules(mail, "a@nowhere.example").way.rows if row.kind == "looked up"]
    assert (asked.key, asked.value) == ("nowhere.example", None)


def test_tokens_have_their_kinds() -> None:
    result = lab.rules(LINES, "taro@there", "mail").way.result
    assert [token.kind for token in result] == ["mark", "word", "mark", "word", "mark", "word", "operator", "word"]
    assert [one.kind for one in side_of(["$+", "$&f", '"a b"', "$1", "$>"], ALPHABET)] == [
        "catches", "macro", "quoted", "catches", "mark",
    ]  # fmt: skip


def test_what_came_from_a_macro_is_told_from_what_was_caught() -> None:
    workspace = tokens_of(["a", "b", "c", "@", "d"], ALPHABET)
    caught = [("d",)]
    assert groups(before_rule(workspace, ["$&x", "@", "$+"], caught))[-2:] == [("@", 0), ("d", 1)]
    two = before_rule(workspace, ["$&x", "$&y", "@", "$+"], caught)
    assert [token.group for token in two] == [0] * 5  # nobody can tell


def test_behind_a_map_the_rest_is_told_again() -> None:
    workspace = tokens_of(["a", "new", "new", "b"], ALPHABET)
    rhs = ["$:", "$1", "$(", "m", "k", "$)", "$2"]
    assert groups(after_rule(workspace, rhs, [("a",), ("b",)])) == [("a", 1), ("new", 0), ("new", 0), ("b", 2)]


# what goes wrong


def test_an_infinite_loop_is_shown_with_sendmails_complaint() -> None:
    way = lab.rules(LINES, "a", "loop").way
    assert sum(row.kind == "fired" for row in way.rows) == 100
    assert [row.text for row in way.rows if row.kind == "said"] == ["Infinite loop in ruleset loop, rule 1"]
    assert way.rows[-1].kind == "returned"


def test_rooms_are_left_by_an_error_too_and_a_long_way_is_cut() -> None:
    way = lab.rules(LINES, "a", "deep").way
    depths = [row.depth for row in way.rows]
    assert max(depths) == 51
    assert depths[-1] > 40
    assert way.more > 1000
    assert len(way.rows) < 2000
    assert way.status == 78
    assert "more steps" in repr(lab.rules(LINES, "a", "deep"))


def test_a_ruleset_that_an_error_ends_is_given_up_and_the_next_is_a_room_beside_it() -> None:
    rows = lab.rules(LINES, "a", "double,mail").way.rows
    assert [(row.kind, row.ruleset, row.depth) for row in rows][-4:] == [
        ("said", "double", 0),
        ("given up", "double", 0),
        ("entered", "mail", 0),
        ("returned", "mail", 0),
    ]
    assert rows[-4].text == "rewrite: expansion too long"


@pytest.mark.parametrize("sets", ["nosuch", "0x", "", " , ", "99999999999", "３"])
def test_a_ruleset_that_there_is_not_is_named(sets: str) -> None:
    with pytest.raises(WorkbookError, match="ruleset"):
        lab.rules(LINES, "a", sets)


def test_sets_are_named_as_in_test_mode() -> None:
    by_number, by_name = (lab.rules("", "taro@there.example", sets) for sets in ("3,0", " canonify , parse "))
    assert by_number.way == by_name.way
    assert joined(by_number.way.result).startswith("$# esmtp $@ there . example .")


def test_an_address_that_is_none_is_complained_of() -> None:
    assert any("Unbalanced" in row.text for row in lab.rules("", "taro < hana").way.rows)
    (row,) = lab.rules("", "x" * 5000, "3").way.rows
    assert "too long" in row.text
    assert joined(lab.rules("", "").way.result) == "$# local $: < @ >"


def test_only_rules_can_be_debugged() -> None:
    with pytest.raises(WorkbookError, match="give it a sendmail"):
        lab.rules(3, "a")  # type: ignore[arg-type]  # the mistake
    with pytest.raises(CfError):
        lab.rules("V10\nSx\nR$*	$9\n", "a", "x")


# two ways


def edited(shown, old: str, new: str) -> bool:
    assert old in shown.text
    return shown.edit(shown.text.replace(old, new))


def test_the_first_step_that_differs_is_where_the_ways_part() -> None:
    shown = lab.rules(LINES, "Taro <taro@here>", "outer")
    assert shown.parting is None
    assert edited(shown, "$@ got $1", "$@ lost $1")
    assert shown.parting == 4  # the rule of inner
    assert (joined(shown.before.result), joined(shown.way.result)) == ("got here", "lost here")
    assert "The ways part at step 5. They come to different results." in repr(shown)


def test_ways_that_part_may_meet_again() -> None:
    shown = lab.rules(LINES, "Taro <taro@here>", "outer")
    edited(shown, "Sinner\n", "Sinner\nR$*\t\t\t$: $1 $1\nR$- $-\t\t\t$: $1\n")
    assert shown.parting == 4
    assert is_same_end(shown.before, shown.way)
    assert "Both come to the same result." in repr(shown)


def test_another_rule_that_does_the_same_is_no_parting() -> None:
    shown = lab.rules(LINES, "Taro <taro@here>", "outer")
    assert edited(shown, "Sinner\nR$+\t", "# a line more\nSinner\nR$*\t")
    assert shown.before is not None
    assert shown.parting is None
    assert "The edited rules lead the address the same way." in repr(shown)


def test_a_way_that_ends_earlier_parts_at_its_end() -> None:
    row = Row("fired", "x", 0)
    long, short = Way((row, row), ()), Way((row,), (Token("a", "word"),))
    assert (parting(long, short), parting(long, long)) == (1, None)
    assert not is_same_end(long, short)


def test_another_address_goes_both_ways() -> None:
    shown = lab.rules(LINES, "Taro <taro@here>", "outer")
    edited(shown, "$@ got $1", "$@ lost $1")
    assert shown.run("stranger")
    assert shown.parting is None
    assert shown.run("<hana@there>", "outer")
    assert shown.parting == 4


def test_an_error_stands_at_its_line_with_its_cure_and_the_last_good_way_stays() -> None:
    shown = lab.rules(LINES, "Taro <taro@here>", "outer")
    edited(shown, "$@ got $1", "$@ lost $1")
    good = shown.way
    assert not edited(shown, "R$+			$1 x", "R$+   $1 x")
    ((line, complaints),) = shown.complaints.items()
    assert shown.text.split("\n")[line - 1].startswith("R$+")
    assert "lost" in shown.text
    assert complaints[0]
    assert shown.way is good
    assert edited(shown, "lost", "found")
    assert shown.complaints == {}


def test_a_ruleset_that_was_taken_away_leaves_the_last_good_way() -> None:
    shown = lab.rules(LINES, "a", "mail")
    assert not edited(shown, "Smail\n", "Sother\n")
    assert "there is no ruleset mail" in shown.trouble
    assert "Smail" in shown.text
    shown.reset()
    assert (shown.trouble, shown.parting) == ("", None)


# the widget


def asked(shown, **message):
    shown.widget._handle_custom_msg(message, [])
    return shown.widget.get_state()


def test_the_page_asks_and_is_answered() -> None:
    shown = lab.rules(LINES, "Taro <taro@here>", "outer")
    state = asked(shown, what="run", address="<hana@there>", sets="outer")
    assert state["held"]["address"] == "<hana@there>"
    assert len(state["held"]["ways"]) == 1
    state = asked(shown, what="edit", text=shown.text.replace("got", "lost"))
    assert (len(state["held"]["ways"]), state["held"]["parting"], state["held"]["same"]) == (2, 4, False)
    assert [mark for mark, *_ in state["held"]["changes"]] == ["-", "+"]
    state = asked(shown, what="edit", text="V10\nSouter\nR$*	$: $(\nO QueueLA=many")
    assert state["complaints"]
    assert len(state["held"]["ways"]) == 2
    state = asked(shown, what="run", address="a", sets="nosuch")
    assert state["trouble"].startswith("there is no ruleset nosuch")
    state = asked(shown, what="reset")
    assert (state["trouble"], state["complaints"], len(state["held"]["ways"])) == ("", [], 1)
    assert state["answered"] == 5


def test_an_address_comes_back_from_the_page_as_it_was() -> None:
    address = "<script>alert(1)</script>\u202e\x1b"
    shown = lab.rules(LINES, address, "loop")
    state = shown.widget.get_state()
    assert state["held"]["address"] == "<script>alert(1)</script><U+202E>^["
    asked(shown, what="run", address=state["held"]["address"], sets="mail")
    assert (shown.address, shown.sets) == (address, "mail")


def test_unseen_letters_of_the_text_survive_an_edit() -> None:
    shown = lab.rules(LINES + "Shidden\nR\u202ea	b\n", "a", "mail")
    text = shown.widget.get_state()["held"]["text"]
    assert "<U+202E>" in text
    asked(shown, what="edit", text=text.replace("got", "lost"))
    assert "\u202ea" in shown.text
    assert "lost" in shown.text

"""Which files sendmail believes; the reasons are those of the real one."""

import pytest

from simlib.mta.policy.file_safety import FORWARD, INCLUDE, Opened, Refused, open_safely
from simlib.site.tree import Tree

PATH = "/home/hana/.forward"


def files(owner: str = "hana", mode: int = 0o644, home: int = 0o755, above: int = 0o755) -> Tree:
    tree = Tree()
    tree.make_directory("/home", mode=above)
    tree.make_directory("/home/hana", owner="hana", mode=home)
    tree.write(PATH, "taro", owner, mode)
    return tree


@pytest.mark.parametrize(
    ("tree", "reason"),
    [
        (files(), ""),
        (files(owner="root"), ""),
        (files(owner="root", mode=0o600), "Permission denied"),
        (files(owner="taro"), "Permission denied"),
        (files(mode=0o664), "Group writable file"),
        (files(mode=0o666), "Group writable file"),
        (files(home=0o775), "Group writable directory"),
        (files(home=0o777), "World writable directory"),
        (files(home=0o1777), "World writable directory"),
        (files(above=0o777), "World writable directory"),
        (Tree(), "No such file or directory"),
    ],
)
def test_a_forward_file(tree: Tree, reason: str) -> None:
    opened = open_safely(tree, PATH, "hana", FORWARD, ())
    assert (opened.reason if isinstance(opened, Refused) else "") == reason


@pytest.mark.parametrize(
    ("tree", "word", "unsafe"),
    [
        (files(home=0o775), "forwardfileingroupwritabledirpath", False),
        (files(home=0o775), "forwardfileinunsafedirpath", True),
        (files(home=0o777), "forwardfileinunsafedirpath", True),
        (files(home=0o775), "groupwritabledirpathsafe", False),
        (files(home=0o1777), "truststickybit", False),
        (files(home=0o777), "forwardfileinunsafedirpath,forwardfileinunsafedirpathsafe", False),
        (files(mode=0o646), "worldwritableforwardfile", True),
        (files(mode=0o664), "groupwritableforwardfile,groupwritableincludefilesafe", True),
        (files(mode=0o664), "groupwritableforwardfile", True),
        (files(mode=0o664), "groupwritableforwardfile,groupwritableforwardfilesafe", False),
    ],
)
def test_what_dont_blame_sendmail_lets_pass_may_still_name_no_program(tree: Tree, word: str, unsafe: bool) -> None:
    opened = open_safely(tree, PATH, "hana", FORWARD, word.split(","))
    assert isinstance(opened, Opened)
    assert bool(opened.unsafe) is unsafe


@pytest.mark.parametrize(
    ("tree", "word"),
    [
        (files(home=0o777), "groupwritabledirpathsafe"),
        (files(home=0o777), "truststickybit"),
        (files(home=0o775), "forwardfileinunsafedirpathsafe"),
        (files(mode=0o664), "groupwritableforwardfilesafe"),
        (files(mode=0o666), "worldwritableforwardfile"),
    ],
)
def test_a_word_that_is_about_something_else_lets_nothing_pass(tree: Tree, word: str) -> None:
    assert isinstance(open_safely(tree, PATH, "hana", FORWARD, [word]), Refused)


def test_each_kind_of_file_has_its_own_words() -> None:
    assert isinstance(open_safely(files(mode=0o664), PATH, "hana", INCLUDE, ["groupwritableforwardfile"]), Refused)
    assert isinstance(open_safely(files(mode=0o664), PATH, "hana", INCLUDE, ["groupwritableincludefile"]), Opened)


def test_the_word_that_ends_in_safe_does_not_have_the_file_read() -> None:
    refused = open_safely(files(mode=0o664), PATH, "hana", FORWARD, ["groupwritableforwardfilesafe"])
    assert refused == Refused("Group writable file")

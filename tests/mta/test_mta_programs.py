"""Delivery to files: whose rights, and in which part of the file system."""

import pytest

from simlib.mta.local.programs import may_write
from simlib.site.tree import Tree


@pytest.fixture
def files() -> Tree:
    tree = Tree()
    tree.make_directory("/safe")
    tree.make_directory("/open", mode=0o777)
    for path in ("/safe/kept", "/kept"):
        tree.write(path, "", owner="root", mode=0o666)
    return tree


def test_a_new_file_needs_the_right_to_write_in_its_directory(files: Tree) -> None:
    assert may_write(files, "/safe/kept", "daemon", "")
    assert not may_write(files, "/safe/new", "daemon", "")
    assert may_write(files, "/safe/new", "root", "")
    assert may_write(files, "/open/new", "daemon", "")


@pytest.mark.parametrize(
    ("path", "allowed"), [("/safe/kept", True), ("/kept", True), ("/open/new", False), ("/safe/open/new", False)]
)
def test_safe_file_environment_is_the_root_for_every_name(files: Tree, path: str, allowed: bool) -> None:
    assert may_write(files, path, "daemon", "/safe") is allowed

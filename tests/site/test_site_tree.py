"""Files by path: owners, modes, disks."""

from errno import EACCES, ENOENT

import pytest

from simlib import WorkbookError
from simlib.site.disk import Disk
from simlib.site.tree import Tree


def test_owner_others_and_root_read_by_the_mode() -> None:
    files = Tree()
    secret = files.write("/home/hana/.forward", "taro", owner="hana", mode=0o600)
    assert files.open("/home/hana/.forward", "hana") is secret
    assert files.open("/home/hana/.forward", "root") is secret
    assert files.open("/home/hana/.forward", "taro") == EACCES


def test_a_closed_directory_keeps_others_out() -> None:
    files = Tree()
    files.make_directory("/home/hana", owner="hana", mode=0o700)
    files.write("/home/hana/list", "taro", owner="hana")
    assert files.open("/home/hana/list", "taro") == EACCES


def test_what_is_not_there() -> None:
    files = Tree()
    assert files.open("/home/nobody/.forward", "hana") == ENOENT
    assert files.open("/home", "hana") == ENOENT  # a directory is no file
    with pytest.raises(WorkbookError, match="no such file"):
        files.remove("/home/nobody")
    with pytest.raises(WorkbookError, match="begins with /"):
        files.write("home/hana")


def test_a_directory_goes_with_all_that_is_in_it() -> None:
    files = Tree()
    files.write("/home/hana/a/b")
    files.remove("/home/hana")
    assert files.find("/home/hana/a/b") is None
    assert files.find("/home") is not None


def test_the_nearest_disk_counts() -> None:
    files, root, mail = Tree(), Disk(10), Disk(20)
    files.disks = {"/": root, "/var/mail": mail}
    assert files.disk("/var/mail/hana") is mail
    assert files.disk("/var/mailing") is root
    assert Tree().disk("/tmp") is None

"""Databases at the shell: makemap, editmap, praliases; and what a notebook says for them."""

import pytest

from simlib import World
from simlib.errors import WorkbookError
from simlib.mta.sendmail import Sendmail
from simlib.shell.shell import Shell

SOURCE = "a b\n# c\n\nA d\n x y\nfoo\nbar  baz qux\nq\t\tt u\n"


@pytest.fixture
def mail() -> Sendmail:
    return World(seed=1).sendmail("mail.here.example")


@pytest.fixture
def root() -> Shell:
    world = World(seed=1)
    return world.shell(world.sendmail("mail.here.example"))


def test_makemap_makes_a_database_of_what_is_typed(root: Shell) -> None:
    assert root("makemap hash /etc/mail/t.db", input=SOURCE).splitlines() == [
        "makemap: /etc/mail/t.db: line 4: key a: duplicate key",
        "makemap: /etc/mail/t.db: line 5: syntax error (leading space)",
        "makemap: /etc/mail/t.db: line 6: no RHS for LHS foo",
    ]
    assert root.status == 65
    assert root("makemap -u hash t").splitlines() == ["a\tb", "bar\tbaz qux", "q\tt u"]
    assert root("makemap -r -e hash t", input=SOURCE).startswith("makemap: t: line 5")
    assert root("makemap -u hash t").splitlines() == ["a\td", "foo\t", "bar\tbaz qux", "q\tt u"]
    assert root("makemap -o -f hash t", input="A x\n") == ""
    assert root("makemap -u hash t").splitlines()[-1] == "A\tx"
    assert root("makemap -v -t: hash t", input="a:b c\n") == "key=`a', val=`b c'"


def test_makemap_refuses_in_its_words(root: Shell) -> None:
    assert root("makemap").startswith("Usage: makemap")
    assert root.status == 64
    assert root("makemap nosuch x", input="") == "makemap: error opening type nosuch map x: Unknown database type"
    assert root("makemap hash /nowhere/x", input="") == (
        "makemap: error opening type hash map /nowhere/x: No such file or directory"
    )
    assert root.status == 73
    assert root("makemap -l").splitlines() == ["hash", "btree", "dbm"]


def test_editmap_looks_puts_in_and_takes_out(root: Shell) -> None:
    root("makemap hash t", input="a b\n")
    assert root("editmap -q hash t.db a") == "b"
    assert root("editmap -q hash t.db zz") == "editmap: couldn't find key zz in map t.db"
    assert root.status == 69
    assert root("editmap -u hash t zz new value") == ""
    assert root("editmap -q hash t zz") == "new value"
    assert root("editmap -x hash t zz") == ""
    assert root("editmap -x hash t zz") == "editmap: key zz doesn't exist in map t"
    assert root("editmap -q hash none a") == "editmap: error opening type hash map none: No such file or directory"


def test_praliases_shows_the_alias_database() -> None:
    world = World(seed=1)
    mail = world.sendmail("mail.here.example")
    mail.aliases = "staff: taro, hana\nboss: hana\n"
    root = world.shell(mail)
    assert root("praliases").splitlines() == ["staff:taro, hana", "boss:hana"]
    assert root("praliases boss nobody").splitlines() == ["boss:hana", "nobody: No such key"]


def test_a_table_of_a_notebook_is_asked_by_rules() -> None:
    world = World(seed=1)
    mail = world.sendmail("mail.here.example")
    mail.map("mailertable", "remote.example  esmtp:hub.here.example")
    root = world.shell(mail)
    world.file(mail, "/tmp/x.cf", "V10\nKmt hash /etc/mail/mailertable\nSone\nR$*\t$@ $(mt $1 $: none $)\n")
    assert "one              returns: esmtp : hub . here . example" in root(
        "sendmail -bt -C/tmp/x.cf", input="one remote.example\n"
    )
    root("makemap hash /etc/mail/mailertable", input="remote.example local:\n")
    assert "returns: local :" in root("sendmail -bt -C/tmp/x.cf", input="one remote.example\n")


def test_a_table_that_cannot_be_made_is_refused(mail: Sendmail) -> None:
    with pytest.raises(WorkbookError, match="line 1: no RHS for LHS foo"):
        mail.map("access", "foo")
    with pytest.raises(WorkbookError, match="a table is one of"):
        mail.map("access", "a b", kind="ldap")

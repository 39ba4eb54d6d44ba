"""AliasFile: aliases in several files."""

import pytest

from simlib import World
from simlib.mta.policy.aliases import PATH, paths

SECOND = "/etc/mail/lists"


@pytest.mark.parametrize(
    ("named", "found"),
    [
        ((), (PATH,)),
        (("/a", "/b"), ("/a", "/b")),
        (("hash:/a", "dbm:-o /b"), ("/a", "/b")),
        (("nis:mail.aliases@my.domain", "/a"), ("/a",)),
    ],
)
def test_which_files_are_named(named: tuple[str, ...], found: tuple[str, ...]) -> None:
    assert paths(named) == found


@pytest.mark.parametrize(("to", "who"), [("staff", "hana"), ("club", "jiro"), ("both", "hana")])
def test_the_first_file_that_has_a_name_counts(to: str, who: str) -> None:
    world = World(seed=1)
    here = world.sendmail("mail.here.example", cf=f"O AliasFile={SECOND}")
    world.user(here, "hana", "jiro")
    world.file(here, SECOND, "club: jiro\nboth: jiro")
    here.aliases = "staff: hana\nboth: hana"
    here.submit("taro@here.invalid", to)
    assert [row.mailbox for row in world.run(until="1h").deliveries] == [who]
    assert here.aliases == "staff: hana\nboth: hana"


def test_newaliases_makes_the_databases_of_all_files() -> None:
    world = World(seed=1)
    here = world.sendmail("mail.here.example", cf=f"O AliasFile={SECOND}")
    here.aliases = "staff: hana"
    shell = world.shell(here)
    assert shell("newaliases").splitlines() == [
        f"{PATH}: 1 aliases, longest 4 bytes, 9 bytes total",
        f"newaliases: cannot open {SECOND}: No such file or directory",
    ]
    world.file(here, SECOND, "club: jiro, hana")
    assert "club" not in here.installation.local.alias_database
    assert f"{SECOND}: 1 aliases, longest 10 bytes, 14 bytes total" in shell("newaliases")
    assert "club" in here.installation.local.alias_database

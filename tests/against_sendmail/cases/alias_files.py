"""Aliases in several files (AliasFile)."""

from tests.against_sendmail.case import Case, Letter, Run, Type
from tests.against_sendmail.cases.local import OBSERVE, PEOPLE
from tests.against_sendmail.cases.site import FINE, ZONE
from tests.against_sendmail.users import File, Household

FIRST, SECOND, THIRD = "/var/spool/aliases", "/var/spool/lists/more", "/var/spool/lists/others"
HOUSE = Household(PEOPLE, (), (File(SECOND, "b: u2\nboth: u2\nowned: u1\n"), File(THIRD, "c: u3\nboth: u3\nowner-owned: u2\n")),
                  "a: u1\nboth: u1\nchain: b\n")  # fmt: skip


def case(name: str, cf: str, *to: str, simplified: str = "") -> Case:
    """Letters to aliases, and what newaliases says; of three files it says it in an order of its own."""
    letters = tuple(Letter((f"{one}@snd.test",)) for one in to)
    return Case(f"{name}: {' '.join(to)}", letters, {"mx1.test": FINE}, ZONE, m4=f"define(`ALIAS_FILE', `{cf}')",
                household=HOUSE, simplified=simplified, steps=(Run(), *(() if THIRD in cf else (Type("newaliases"),))), observe=OBSERVE)  # fmt: skip


CASES = [
    *(case("three files", f"{FIRST},{SECOND}, {THIRD}", to) for to in ("a", "b", "c", "both", "chain", "owned")),
    case("three files with their kind", f"hash:{FIRST},hash:{SECOND}", "a", "b", "both"),
    case("another order", f"{SECOND},{FIRST}", "a", "both"),
    case(
        "one that is not there",
        f"{FIRST},/var/spool/lists/none",
        "a",
        "both",
        simplified="with a file missing the real one puts local mail off",
    ),
    case("one of three", SECOND, "b", "both"),
]

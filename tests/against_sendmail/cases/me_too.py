"""Whether a sender who is on the list gets a copy (MeToo)."""

from tests.against_sendmail.case import Case, Letter, Run
from tests.against_sendmail.cases.local import OBSERVE, PEOPLE
from tests.against_sendmail.cases.site import FINE, ZONE
from tests.against_sendmail.users import HOMES, File, Household

UP = {"mx1.test": FINE}
ALIASES = """\
staff: u1, u2, hana@one.test
chief: u1
nested: chief, u2
owned: u1, u2
owner-owned: u3
file: :include:/var/spool/lists/l
away: hana@one.test
"""
FILES = (File("/var/spool/lists/l", "u1\nu2\n"), File(f"{HOMES}/u2/.forward", "u1\n\\u2\n", "u2"))
LISTS = ("staff", "chief", "nested", "owned", "file")


def case(sender: str, *to: str, me_too: bool = False) -> Case:
    """A letter to people here."""
    letter = Letter(tuple(one if "@" in one else f"{one}@snd.test" for one in to), sender)
    return Case(f"{sender} to {' '.join(to)}, MeToo={me_too}", (letter,), UP, ZONE, cf=f"O MeToo={me_too}",
                household=Household(PEOPLE, (), FILES, ALIASES), steps=(Run(), Run()), observe=OBSERVE)  # fmt: skip


CASES = [
    *(case("u1@snd.test", to, me_too=me_too) for to in LISTS for me_too in (False, True)),
    case("u1@snd.test", "u1"),
    case("u1@snd.test", "u1", "staff"),
    case("u1@snd.test", "u2"),
    case("U1@SND.test", "staff"),
    case("u1", "staff"),
    case("hana@one.test", "staff"),
    case("hana@one.test", "hana@one.test"),
    case("u1@elsewhere.test", "staff"),
    case("u1+list@snd.test", "staff"),
    case("u1+list@snd.test", "chief"),
    case("u1@snd.test", "chief", "u2"),
    case("u1@snd.test", "chief", "staff"),
    case("hana@one.test", "away"),
    case("chief@snd.test", "staff"),
]

"""What becomes of a notice that nobody can be given (DeadLetterDrop)."""

from simlib.smtp import Quirks
from tests.against_sendmail.case import Case, Letter, Run
from tests.against_sendmail.cases.local import PEOPLE
from tests.against_sendmail.cases.site import NO_USER, ZONE
from tests.against_sendmail.users import Household

PEERS = {"mx1.test": Quirks(replies={"RCPT": NO_USER})}
DROP = "O DeadLetterDrop=/var/spool/dead.letter"


def case(name: str, double_bounce: str = "nosuchuser", drop: str = DROP, sender: str = "") -> Case:
    """A letter that comes back to nobody."""
    letter = Letter(("hana@one.test",), sender)
    return Case(name, (letter,), PEERS, ZONE, cf=f"O DoubleBounceAddress={double_bounce}\n{drop}",
                household=Household(PEOPLE), steps=(Run(), Run()), observe=("saved", "queue without addresses"))  # fmt: skip


CASES = [
    case("a double bounce that fails"),
    case("without a file", drop=""),
    case("in a directory that is not there", drop="O DeadLetterDrop=/var/spool/none/dead.letter"),
    case("a double bounce that arrives", "u1"),
    case("a return to a sender who is nobody", sender="nosuch@snd.test"),
]

"""Recipients who fared alike: one line of the log, one row of the trace tells of all of them."""

from simlib.mta.policy.outcome import Outcome
from simlib.mta.policy.queue_entry import Outcomes, Recipient


def alike(outcomes: Outcomes, named_apart: bool = False) -> list[tuple[Outcome, list[Recipient]]]:
    """Recipients by their outcome. ``named_apart``: who has a line of his own in the log stands alone."""
    if len(outcomes) == 1:  # as most messages have one recipient
        ((recipient, outcome),) = outcomes
        return [(outcome, [recipient])]
    groups: dict[tuple[Outcome, int], list[Recipient]] = {}
    for n, (recipient, outcome) in enumerate(outcomes):
        groups.setdefault((outcome, n if named_apart and outcome.own_line else -1), []).append(recipient)
    return [(outcome, recipients) for (outcome, _), recipients in groups.items()]

"""A trace written by hand, so that the charts are tested against numbers anyone can count."""

from types import SimpleNamespace
from typing import Any

import pytest

from simlib.trace.table import Table

COLUMNS = {
    "messages": ("message", "notice", "state", "submitted", "finished", "delay"),
    "attempts": ("time", "outcome", "seconds", "cached"),
    "connections": ("opened", "closed", "server", "outcome", "messages", "resets", "round_trips"),
}


def hand_made(
    seed: int = 4, until: float = 3600.0, queues: dict[str, list[tuple[float, int]]] | None = None, **rows: Any
):
    """A trace of the rows given for each table; ``queues`` are the steps of each host's queue."""
    steps = queues or {}
    tables = {name: Table.of_rows(columns, rows.get(name, [])) for name, columns in COLUMNS.items()}
    states = tables["messages"]["state"]
    return SimpleNamespace(
        **tables,
        seed=seed,
        until=until,
        hosts=list(steps),
        queue_length=lambda host: Table.of_rows(("time", "length"), steps[host]),
        totals=lambda: {
            "submitted": len(states),
            **{s: states.count(s) for s in ("delivered", "bounced", "queued", "lost")},
        },
    )


@pytest.fixture(name="hand_made")
def hand_made_fixture():
    return hand_made


@pytest.fixture
def queue_run():
    """A scenario: messages to one host in one queue run, one connection each or all over one."""

    def queue_run(cache_size=2, messages=20, kind="plain", single=False):
        """A queue run.

        cache_size: connections kept open
        """
        each = 0.5
        many = messages if cache_size == 0 else 1
        share = messages // many
        return hand_made(
            messages=[
                (n, False, "delivered", 0.0, 600 + each * (n + 1), 600 + each * (n + 1)) for n in range(messages)
            ],
            attempts=[(600 + each * n, "sent", each, cache_size > 0 and n > 0) for n in range(messages)],
            connections=[
                (
                    600 + n * share * each,
                    600 + (n + 1) * share * each,
                    "mx.site0.example",
                    "accepted",
                    share,
                    share - 1,
                    9,
                )
                for n in range(many)
            ],
            queues={
                "mail.example": [(0.0, messages), *((600 + each * (n + 1), messages - n - 1) for n in range(messages))]
            },
        )

    return queue_run

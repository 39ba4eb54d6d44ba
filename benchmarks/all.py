"""All measurements, one after the other: ``make bench``. Ratios say more than times: the machine may be busy."""

import imports
import memory
import models
import queue_run
import replications
import rules
import sliders
import tracing


def main() -> None:
    """Print all tables."""
    for subject in (models, tracing, memory, imports, replications, queue_run, sliders, rules):
        subject.main()
        print(flush=True)


if __name__ == "__main__":
    main()

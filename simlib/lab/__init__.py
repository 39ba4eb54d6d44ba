"""What a notebook shows: ``explore`` makes a scenario interactive, the charts draw its trace."""

from simlib.collect import keep_what_is_there
from simlib.lab.after import after
from simlib.lab.charts import (
    attempts,
    bytes_on_the_wire,
    connections,
    delays,
    fates,
    load,
    outcomes,
    queue_length,
    reading_order,
)
from simlib.lab.charts_of_encodings import encodings
from simlib.lab.charts_of_hosts import connects, delays_by_host, in_and_out
from simlib.lab.charts_of_letters import copies, letters, letters_with, told
from simlib.lab.charts_of_load import load_and_refusals
from simlib.lab.charts_of_notices import notices
from simlib.lab.compare import compare
from simlib.lab.configure import configure
from simlib.lab.console import console
from simlib.lab.drill import drill
from simlib.lab.estimates import estimates
from simlib.lab.exercise import exercise
from simlib.lab.explore import explore
from simlib.lab.flow import flow
from simlib.lab.lessons import lessons
from simlib.lab.pictures.drops import drops, drops_with
from simlib.lab.pictures.exchange import exchange
from simlib.lab.pictures.overload import overload
from simlib.lab.pictures.pairs import pairs
from simlib.lab.pictures.pens import pens
from simlib.lab.pictures.replacement import replacement
from simlib.lab.predict import predict
from simlib.lab.progress import ask_again, summary
from simlib.lab.progress_bar import progress_bar
from simlib.lab.read import read
from simlib.lab.search import search
from simlib.lab.table import table
from simlib.lab.telling import telling
from simlib.lab.way import way

__all__ = [
    "after",
    "ask_again",
    "attempts",
    "bytes_on_the_wire",
    "compare",
    "configure",
    "connections",
    "connects",
    "console",
    "copies",
    "delays",
    "delays_by_host",
    "drill",
    "drops",
    "drops_with",
    "encodings",
    "estimates",
    "exchange",
    "exercise",
    "explore",
    "fates",
    "flow",
    "in_and_out",
    "lessons",
    "letters",
    "letters_with",
    "load",
    "load_and_refusals",
    "notices",
    "outcomes",
    "overload",
    "pairs",
    "pens",
    "predict",
    "progress_bar",
    "queue_length",
    "read",
    "reading_order",
    "replacement",
    "search",
    "summary",
    "table",
    "telling",
    "told",
    "way",
]

# What has been loaded by now stays: with it the garbage collector would hold a kernel up for 50 ms at a time.
keep_what_is_there()

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
from simlib.lab.flow import film, flow
from simlib.lab.language import language, of_this_notebook
from simlib.lab.lessons import lessons
from simlib.lab.pictures.clocks import clocks
from simlib.lab.pictures.doors import doors
from simlib.lab.pictures.drops import drops, drops_with
from simlib.lab.pictures.eighth_bit import eighth_bit
from simlib.lab.pictures.exchange import exchange
from simlib.lab.pictures.hooks import hooks
from simlib.lab.pictures.journey import journey
from simlib.lab.pictures.lever import lever
from simlib.lab.pictures.lives import lives
from simlib.lab.pictures.mailman import mailman
from simlib.lab.pictures.overload import overload
from simlib.lab.pictures.pairs import pairs
from simlib.lab.pictures.pens import pens
from simlib.lab.pictures.pigeonholes import pigeonholes
from simlib.lab.pictures.pipe import pipe
from simlib.lab.pictures.reading import reading
from simlib.lab.pictures.replacement import replacement
from simlib.lab.pictures.replies import replies
from simlib.lab.pictures.threads import threads
from simlib.lab.pictures.wish import wish
from simlib.lab.predict import predict
from simlib.lab.progress import ask_again, summary
from simlib.lab.progress_bar import progress_bar
from simlib.lab.read import read
from simlib.lab.rules import rules
from simlib.lab.search import search
from simlib.lab.table import table
from simlib.lab.telling import telling
from simlib.lab.way import way
from simlib.language import phrase

__all__ = [
    "after",
    "ask_again",
    "attempts",
    "bytes_on_the_wire",
    "clocks",
    "compare",
    "configure",
    "connections",
    "connects",
    "console",
    "copies",
    "delays",
    "delays_by_host",
    "doors",
    "drill",
    "drops",
    "drops_with",
    "eighth_bit",
    "encodings",
    "estimates",
    "exchange",
    "exercise",
    "explore",
    "fates",
    "film",
    "flow",
    "hooks",
    "in_and_out",
    "journey",
    "language",
    "lessons",
    "letters",
    "letters_with",
    "lever",
    "lives",
    "load",
    "load_and_refusals",
    "mailman",
    "notices",
    "outcomes",
    "overload",
    "pairs",
    "pens",
    "phrase",
    "pigeonholes",
    "pipe",
    "predict",
    "progress_bar",
    "queue_length",
    "read",
    "reading",
    "reading_order",
    "replacement",
    "replies",
    "rules",
    "search",
    "summary",
    "table",
    "telling",
    "threads",
    "told",
    "way",
    "wish",
]

if of_this_notebook() != "en":
    language(of_this_notebook())

# What has been loaded by now stays: with it the garbage collector would hold a kernel up for 50 ms at a time.
keep_what_is_there()

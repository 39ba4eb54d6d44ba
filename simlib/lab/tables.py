"""A table on the screen, as a part of a lab or behind a question."""

from simlib.trace.table import Table
from simlib.visible import Html, html

# Text has a style of its own, numbers have none: text may be broken, which the lab forbids its numbers.
_STYLE = Html("""<style>
.simlib-table table { border-collapse: collapse; font-size: 15px; line-height: 1.4; margin: 4px 0; }
.simlib-table th, .simlib-table td { padding: 2px 10px; text-align: right; vertical-align: top; }
.simlib-table th { border-bottom: 1px solid currentColor; vertical-align: bottom; }
.simlib-table td[style] { white-space: normal; }
</style>""")


def markup_of(table: Table) -> Html:
    """The table with its look; whatever holds it has the class ``simlib-table``."""
    return html("{}{}", _STYLE, Html(table._repr_html_()))

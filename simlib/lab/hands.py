"""A show of hands: how many of the room are for each choice, as the lecturer counts them."""

import os
from collections.abc import Mapping
from typing import Any

import ipywidgets as widgets

from simlib.lab.names import named
from simlib.lab.screen import Written
from simlib.language import phrase
from simlib.visible import Html, attribute, html

MOST = 999
LECTURE = "WORKBOOK_LECTURE"  # in the environment of a kernel whose notebook is shown as slides

_STYLE = Html("""<style>
.simlib-hands .simlib-hand { flex-direction: row-reverse; justify-content: flex-end; align-items: center; gap: 12px; }
.simlib-hands .simlib-hand input { font-size: 16px; }
.simlib-exercise .hands { border-collapse: collapse; font-size: 16px; line-height: 1.4; margin: 4px 0; }
.hands th, .hands td { text-align: left; vertical-align: top; padding: 2px 12px 2px 0; }
.hands td:nth-child(2), .hands td:nth-child(3) { white-space: nowrap; font-weight: 600; }
.hands .bar { display: inline-block; height: 0.9em; background: #0072B2; }
</style>""")

_BAR = (
    "<tr><th scope='row'>{}</th><td><span class='bar' style='width:WIDTHem'></span> {}</td><td>{}</td><td>{}</td></tr>"
)


def in_a_lecture() -> bool:
    """Whether the notebook is shown as slides: Voilà tells its kernels so, and the static site tells its own."""
    return LECTURE in os.environ or os.environ.get("SERVER_SOFTWARE", "").startswith("voila")


class Hands:
    """A field for each choice; ``counted`` is what stands in them."""

    def __init__(self, choices: tuple[str, ...]) -> None:
        narrow = widgets.Layout(width="5em")
        self._fields = [widgets.BoundedIntText(0, min=0, max=MOST, layout=narrow) for _ in choices]
        rows = [Written(_STYLE), *(_row(text, field) for text, field in zip(choices, self._fields, strict=True))]
        self.widget = widgets.VBox(rows).add_class("simlib-hands")

    @property
    def counted(self) -> list[int]:
        """How many hands went up for each choice."""
        return [field.value for field in self._fields]

    def bars(self, words: Mapping[str, str], true: str) -> Html:
        """The hands as bars in the place of the fields, what came true marked, and the words for each choice."""
        for row in self.widget.children[1:]:  # the style stays
            row.layout.display = "none"
        most = max(*self.counted, 1)
        rows = [
            html(
                _BAR.replace("WIDTH", f"{10 * count / most:.1f}"),
                phrase(text),
                count,
                phrase("✓ this came") if text == true else "",
                phrase(said),
            )
            for (text, said), count in zip(words.items(), self.counted, strict=True)
        ]
        return html(
            "<div role='status'><table class='hands'{}>{}</table></div>",
            attribute("aria-label", "the show of hands"),
            rows,
        )


def _row(text: str, field: Any) -> Any:
    label = Written(html("<span class='simlib-label'>{}</span>", phrase(text)))
    return named(label, field).add_class("simlib-hand")

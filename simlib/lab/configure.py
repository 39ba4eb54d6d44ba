"""``configure``: a student's own sendmail.cf lines beside the run that they make."""

import warnings
from collections.abc import Callable, Sequence
from textwrap import dedent
from typing import TYPE_CHECKING, Any

import ipywidgets as widgets

from simlib.cf import CfError, CfWarning, stock
from simlib.errors import WorkbookError, words_of
from simlib.lab.controls import settings_of
from simlib.lab.entries import Entry
from simlib.lab.explore import Exploration
from simlib.lab.listing import COMPLAINT, GONE, NEW, SAME, Row, lines_of, listing
from simlib.lab.names import after_fields, named
from simlib.lab.screen import Written, shown
from simlib.language import phrase, translated
from simlib.visible import Html, html, visible

if TYPE_CHECKING:
    from simlib.trace.record import Trace

TEXT = "cf"  # the parameter that takes the lines
_LINES = {  # the markup of a line, by its mark
    SAME: "<div class='same'><span aria-hidden='true'>  </span>{}{}</div>",
    NEW: "<div class='new'><span aria-hidden='true'>+ </span><span class='unseen'>{}</span>{}{}</div>",
    GONE: "<div class='gone'><span aria-hidden='true'>- </span><span class='unseen'>{}</span>{}{}</div>",
    COMPLAINT: "<div class='complaint'>{}{}</div>",
}

_UNSEEN = {NEW: "new: ", GONE: "gone: "}  # for those who do not see the sign

_STYLE = Html("""<style>
.simlib-lab .simlib-cf textarea { font-family: monospace; font-size: 15px; line-height: 1.35; }
.simlib-lab .simlib-listing { font-family: monospace; font-size: 14px; line-height: 1.4; margin: 4px 0 10px; }
.simlib-lab .simlib-listing div { white-space: pre-wrap; overflow-wrap: anywhere; padding: 0 4px 0 1.6em;
  text-indent: -1.4em; }
.simlib-lab .simlib-listing .new { background: #00725326; }
.simlib-lab .simlib-listing .gone { text-decoration: line-through; }
.simlib-lab .simlib-listing .complaint { border-left: 6px solid #D55E00; font-family: sans-serif; text-indent: 0;
  padding-left: 10px; }
.simlib-lab .simlib-listing .unseen { position: absolute; width: 1px; height: 1px; overflow: hidden;
  clip-path: inset(50%); }
</style>""")


def configure(
    run: "Callable[..., Trace]", /, *, show: "Sequence[Callable[[Trace], Entry]]" = (), **controls: Any
) -> "Configuration":
    """Put sendmail.cf lines into an editor beside the run that they make.

    ``run`` is a plain function with a parameter ``cf``, whose default are the lesson's own lines; ``show`` and
    ``controls`` are those of :func:`simlib.lab.explore`. *Apply* runs it anew with what stands in the editor. A line
    that cannot be used is complained of at its place, and the run stays the last one that was good; what differs from
    the lesson's lines is marked.

    Raises WorkbookError if ``run`` has no ``cf``.
    """
    return Configuration(run, list(show), controls)


class Configuration:
    """An editor with its run. ``field.value`` is the text, ``apply()`` runs it."""

    def __init__(self, run: Callable[..., Any], show: list[Callable[[Any], Any]], ranges: dict[str, Any]) -> None:
        default = settings_of(run).get(TEXT)
        if not isinstance(default, str):
            raise WorkbookError(
                "configure({name}): it needs a parameter {text}= with sendmail.cf lines as default",
                name=run.__name__,
                text=TEXT,
            )
        self.default = dedent(default).strip("\n")
        self.field = widgets.Textarea(
            value=visible(self.default), rows=_rows(self.default), layout=widgets.Layout(width="100%", margin="0")
        )
        self.listing: list[Row] = []
        self._listed = Written()
        label = Written(html("<span class='simlib-label'>{}</span>", phrase("sendmail.cf lines")))
        editor = named(label, self.field).add_class("simlib-cf")
        beside = [Written(_STYLE), editor, self._buttons(), self._listed]
        self.exploration = Exploration(run, show, ranges, {}, {TEXT: beside})

    def __repr__(self) -> str:
        lines = [str(row) for row in listing(self.default, self.text, {})]
        return "\n".join(["sendmail.cf lines:", *lines, *repr(self.exploration).splitlines()[1:]])

    def _repr_mimebundle_(self, **_: Any) -> dict[str, Any]:
        return shown(self.exploration.widget, repr(self))

    @property
    def text(self) -> str:
        """The lines in the editor, which shows the lesson's own made visible; one left as it is is meant."""
        own = {visible(line): line for line in self.default.split("\n")}
        return "\n".join(own.get(line, line) for line in self.field.value.split("\n"))

    def apply(self) -> bool:
        """Run what stands in the editor; gives whether it could be run."""
        text = self.text
        complaints, readable = _complaints(text)
        if readable:
            try:
                self._run(text)
            except WorkbookError as trouble:
                complaints.setdefault(max(1, len(lines_of(text))), []).append(words_of(trouble))
                readable = False
        self._show(complaints, ran=readable)
        return readable

    def reset(self) -> None:
        """Back to the lesson's own lines."""
        self.field.value = visible(self.default)
        self.apply()

    def _run(self, text: str) -> None:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", CfWarning)  # said at its line already
            self.exploration.rerun(**{TEXT: text})

    def _buttons(self) -> Any:
        apply, reset = (
            widgets.Button(description=translated(text), layout=widgets.Layout(width="auto"))
            for text in ("Apply", "The lesson's lines")
        )
        apply.button_style = "primary"
        apply.on_click(after_fields(self.apply))
        reset.on_click(lambda _: self.reset())
        return widgets.HBox([apply, reset])

    def _show(self, complaints: dict[int, list[str]], ran: bool) -> None:
        self.listing = listing(self.default, self.text, complaints)
        changed = any(row.mark in (NEW, GONE) for row in self.listing)
        head = _HEADS[ran, changed]
        rows = list(map(_line, self.listing)) if changed or complaints else []
        told = "<div role='status'><b>{}</b><div class='simlib-listing'>{}</div></div>"
        self._listed.value = html(told, head, rows)


_HEADS = {  # whether the lines ran, and whether they are others than the lesson's
    (True, True): "Applied; beside the lesson's lines:",
    (True, False): "Applied: the lesson's lines.",
    (False, True): "Not applied; beside the lesson's lines:",
    (False, False): "Not applied: the lesson's lines.",
}


def _complaints(text: str) -> tuple[dict[int, list[str]], bool]:
    """What sendmail says of lines laid over the stock file, by their number, and whether they can be used."""
    said: dict[int, list[str]] = {}
    with warnings.catch_warnings(record=True) as caught:
        warnings.simplefilter("always", CfWarning)
        try:
            stock().with_lines(text)
            readable = True
        except CfError as error:
            said[error.line] = [words_of(error)]
            readable = False
    for one in caught:
        if isinstance(one.message, CfWarning):
            said.setdefault(one.message.line, []).append(one.message.args[0])
    return said, readable


def _line(row: Row) -> Html:
    word = [phrase(_UNSEEN[row.mark])] if row.mark in _UNSEEN else []
    return html(_LINES[row.mark], *word, f"{row.number}  " if row.number else "", row.text)


def _rows(text: str) -> int:
    return max(4, text.count("\n") + 3)

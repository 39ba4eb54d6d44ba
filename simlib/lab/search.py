"""All orders of a boot on the screen: a bar while they are judged, then what each costs."""

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from typing import Any

import ipywidgets as widgets

from simlib.lab.chart import Axis, Chart, Series
from simlib.lab.names import names
from simlib.lab.numbers import Number
from simlib.lab.picture import Picture
from simlib.lab.progress_bar import progress_bar
from simlib.lab.screen import Written, shown
from simlib.language import phrase, translated
from simlib.site.boot import Search, Service, Toll, best_order
from simlib.visible import columns_of, html


def search(
    services: Sequence[Service],
    judge: Callable[[tuple[str, ...]], Toll],
    marked: Mapping[str, Sequence[str]] | None = None,
) -> "SearchOnScreen":
    """Try all orders of up to 8 services and show what each costs, with the frontier, the best and the worst.

    ``judge`` plays one order. ``marked``: name → an order to be shown by name. While it runs a bar shows how far it
    is; interrupting the kernel (■), or the bar's *Stop* in a browser, ends it with what has been judged by then.
    """
    return SearchOnScreen(best_order(services, judge, progress_bar()), dict(marked or {}))


class SearchOnScreen:
    """What a search has found. ``search`` holds every order; ``rows`` are the tolls of the frontier and the worst."""

    def __init__(self, found: Search, marked: dict[str, Sequence[str]]) -> None:
        self.search = found
        named = {"best": found.best, "worst": found.worst}
        named |= {name: (tuple(order), found.toll_of(order)) for name, order in marked.items()}
        self.named = named
        self.chart = _chart(found, named)

    def __repr__(self) -> str:
        return self._written(str)

    def _written(self, said: Callable[[str], str]) -> str:
        """What was found as lines of text, each of our own words said so."""
        how_many = Counter(toll for _, toll in self.search.judged)
        frontier = dict.fromkeys(sorted((toll for _, toll in self.search.frontier), key=lambda toll: toll.rank))
        rows = [(said("on the frontier"), toll, said(_orders(how_many[toll]))) for toll in frontier]
        rows += [(said(phrase(name)), toll, ", ".join(order)) for name, (order, toll) in self.named.items()]
        wide = max(columns_of(name) for name, *_ in rows)
        head = said(phrase("{many} orders judged: bounced + misdelivered, delayed", many=len(self.search.judged)))
        lines = [f"  {name}{' ' * (wide - columns_of(name))}  {_told(toll)}  {rest}" for name, toll, rest in rows]
        return "\n".join([head, *lines])

    def _repr_mimebundle_(self, **_: Any) -> dict[str, Any]:
        return shown(self.widget, repr(self))

    @property
    def widget(self) -> Any:
        """What stands on the screen."""
        table = Written(html("<pre style='font-size:15px;line-height:1.4'>{}</pre>", self._written(translated)))
        whole = widgets.VBox([Picture(self.chart).widget, table, names()])
        return whole.add_class("simlib-lab").add_class("simlib-named")


def _orders(many: int) -> str:
    return phrase("{many} order" if many == 1 else "{many} orders", many=many)


def _told(toll: Toll) -> str:
    return f"{toll.bounced} + {toll.misdelivered}, {toll.delayed}"


def _chart(found: Search, named: Mapping[str, tuple[Sequence[str], Toll]]) -> Chart:
    beaten = {toll.rank for _, toll in found.judged}
    frontier = {toll.rank for _, toll in found.frontier}
    rows = {"other orders": sorted(beaten - frontier), "frontier": sorted(frontier)}
    rows |= {name: [toll.rank] for name, (_, toll) in named.items() if name != "best"}
    series = tuple(Series(name, tuple(points)) for name, points in rows.items())
    numbers = {"orders": Number(len(found.judged)), "on the frontier": Number(len(found.frontier))}
    x, y = Axis("bounced or misdelivered", "letters"), Axis("delayed", "letters")
    return Chart("What each order costs", x, y, "points", series, numbers)

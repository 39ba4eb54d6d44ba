"""Cards in an order of the reader's own: a list with buttons, which needs no mouse."""

from collections.abc import Sequence
from typing import Any

import ipywidgets as widgets
from traitlets import Tuple

from simlib.lab.screen import Written
from simlib.language import phrase, translated
from simlib.visible import html, visible

OUT = "(left out) "


class Ordering(widgets.VBox):  # type: ignore[misc]  # ipywidgets has no types
    """A list of cards. ``value`` is their order; the card that is chosen in the list is moved by the buttons.

    ``may_leave_out``: cards may be taken out of the order, and put in again; they stand at the end of the list then.
    """

    value = Tuple(())

    def __init__(self, cards: Sequence[str], start: Sequence[str], may_leave_out: bool = True) -> None:
        self._cards = tuple(cards)
        self._may_leave_out = may_leave_out
        wide = widgets.Layout(width="100%")
        self._list = widgets.Select(rows=min(len(cards), 12), layout=widgets.Layout(width="auto"))
        self._told = Written()
        moves = {"Earlier": lambda: self.move(-1), "Later": lambda: self.move(1)}
        if may_leave_out:
            moves["Leave out / put in"] = self.turn
        buttons = [_button(name, act) for name, act in moves.items()]
        self._moves = widgets.HBox(buttons, layout=widgets.Layout(flex_flow="row wrap"))
        super().__init__([self._list, self._moves, self._told], layout=wide)
        self.observe(self._show, names="value")
        self.value = tuple(start)
        self.choose(self.value[0])

    def choose(self, card: str) -> None:
        """Choose the card that the buttons move."""
        self._list.value = card

    def move(self, by: int) -> None:
        """Move the chosen card up (-1) or down (1)."""
        order, card = list(self.value), self._list.value
        if card not in order or not 0 <= order.index(card) + by < len(order):
            return
        place = order.index(card)
        order[place], order[place + by] = order[place + by], order[place]
        self._set(
            order,
            card,
            phrase("{card} is now {place} of {many}", card=phrase(card), place=place + by + 1, many=len(order)),
        )

    def turn(self) -> None:
        """Leave the chosen card out, or put it in again as the last one."""
        order, card = list(self.value), self._list.value
        if card in order:
            if len(order) > 1:
                order.remove(card)
                self._set(order, card, phrase("{card} is left out", card=phrase(card)))
        else:
            self._set([*order, card], card, phrase("{card} is the last now", card=phrase(card)))

    def lock(self) -> None:
        """From now on the order is only shown."""
        self._list.disabled = True
        self.children = [self._list]

    def _set(self, order: Sequence[str], card: str, told: str) -> None:
        self.value = tuple(order)
        self.choose(card)
        self._told.value = html("<div role='status'>{}</div>", told)

    def _show(self, change: Any) -> None:
        held = self._list.value
        rows = [(f"{n}. {visible(translated(card))}", card) for n, card in enumerate(self.value, 1)]
        rows += [(translated(OUT) + visible(translated(card)), card) for card in self._cards if card not in self.value]
        self._list.options = rows
        if held in self._cards:
            self._list.value = held


def _button(name: str, act: Any) -> Any:
    button = widgets.Button(description=translated(name), layout=widgets.Layout(width="auto"))
    button.on_click(lambda _: act())
    return button

"""How a text is searched: once from its end to its beginning, and then forward along each match.

Backward, the state at a place is the set of positions that take the next character there and from which the end of
the expression can be reached. Where the first position of the expression is among them, a match begins. Forward from
there only such positions are kept, and where none is left the longest match ends. So each character is looked at
twice, however many matches there are: nothing is tried in vain.

States and the steps between them are kept as they are found, up to a limit, after which it begins anew.
"""

from dataclasses import dataclass, field

from simlib.regex.automaton import Automaton, Kind, numbers

KEPT = 20_000  # steps; beyond, all that is kept is thrown away


@dataclass(eq=False, slots=True)
class State:
    """What holds at a place of the text.

    ``live`` are the positions that take the next character and lead to the end of the expression, ``after`` is the kind
    of that character, ``ends`` whether the expression may end here, and ``begins`` whether a match begins here, by
    the kind of the character before; ``may_begin`` whether for any kind. ``steps`` lead to the state one character to
    the left.
    """

    live: int
    after: Kind
    ends: bool
    begins: tuple[bool, ...]
    may_begin: bool
    steps: dict[str, "State"] = field(default_factory=dict)


class Searcher:
    """Searches texts for one expression."""

    def __init__(self, automaton: Automaton) -> None:
        self.automaton = automaton
        self._states: dict[tuple[int, Kind, bool], State] = {}
        self._onward: dict[tuple[int, Kind, Kind], int] = {}
        self._kept = 0

    def found(self, text: str) -> bool:
        """Whether there is a match at all."""
        state = self._state(0, Kind.EDGE, True)
        for char in reversed(text):
            if state.may_begin and state.begins[self._kind(char)]:
                return True
            state = state.steps.get(char) or self._left(state, char, True)
        return state.begins[Kind.EDGE]

    def states(self, text: str) -> list[State]:
        """The state at each place of a text, that behind its last character too."""
        return self.back(text, 0, len(text), True)

    def back(self, text: str, start: int, end: int, any_end: bool) -> list[State]:
        """The states from ``start`` to ``end``, where a match may end anywhere, or there only."""
        state = self._state(0, self.kind_at(text, end), True)
        states = [state]
        for n in range(end - 1, start - 1, -1):
            char = text[n]
            state = (state.steps.get(char) if any_end else None) or self._left(state, char, any_end)
            states.append(state)
        states.reverse()
        return states

    def next_begin(self, text: str, states: list[State], start: int) -> int | None:
        """The first place from ``start`` on at which a match begins."""
        for n in range(start, len(states)):
            if states[n].may_begin and states[n].begins[self.kind_at(text, n - 1)]:
                return n
        return None

    def longest(self, text: str, states: list[State], start: int) -> int:
        """Where the longest match ends of those that begin at ``start``."""
        before, n = self.kind_at(text, start - 1), start
        live = self.automaton.follow(before, states[n].after).first & states[n].live
        while live:
            before = self._kind(text[n])
            n += 1
            live = self._forward(live, before, states[n].after) & states[n].live
        return n

    def kind_at(self, text: str, n: int) -> Kind:
        """The kind of the ``n``-th character, or of the edge where there is none."""
        return self._kind(text[n]) if 0 <= n < len(text) else Kind.EDGE

    def _kind(self, char: str) -> Kind:
        return self.automaton.kind(char)

    def _left(self, right: State, char: str, any_end: bool) -> State:
        """The state to the left of ``char``."""
        kind = self._kind(char)
        after = self.automaton.follow(kind, right.after).after
        goal = right.live | (self.automaton.end if right.ends else 0)
        live = 0
        for number in numbers(self.automaton.takers(char)):
            if after[number] & goal:
                live |= 1 << number
        self._keep()
        state = self._state(live, kind, any_end)
        if any_end:
            right.steps[char] = state
        return state

    def _state(self, live: int, after: Kind, ends: bool) -> State:
        known = self._states.get((live, after, ends))
        if known is None:
            goal = live | (self.automaton.end if ends else 0)
            kinds = Kind if self.automaton.asks else (Kind.EDGE,)
            begins = tuple(bool(self.automaton.follow(kind, after).first & goal) for kind in kinds)
            known = self._states[live, after, ends] = State(live, after, ends, begins, any(begins))
        return known

    def _forward(self, live: int, before: Kind, after: Kind) -> int:
        """The positions that may follow."""
        known = self._onward.get((live, before, after))
        if known is None:
            rows = self.automaton.follow(before, after).after
            known = 0
            for number in numbers(live):
                known |= rows[number]
            self._keep()
            self._onward[live, before, after] = known
        return known

    def _keep(self) -> None:
        """One more step is kept."""
        self._kept += 1
        if self._kept > KEPT:
            self._states, self._onward, self._kept = {}, {}, 0

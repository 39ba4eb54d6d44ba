"""The way of an address through the rules in words, for those without a browser."""

from collections.abc import Callable, Iterator, Mapping, Sequence

from simlib.lab.rules_tokens import Token
from simlib.lab.rules_way import TAKEN, Row, Way, is_same_end
from simlib.rewrite.recorded import Kind


def told(address: str, sets: str, way: Way, before: Way | None, parting: int | None) -> str:
    """A way, and beside it the old one where the rules were edited."""
    lines = [f"Rules {sets} on {address}", *_lines(way)]
    if before is not None:
        lines += ["", _verdict(before, way, parting)]
        if parting is not None:
            lines += [f"The way of the rules as they were ({len(before.rows)} steps):", *_lines(before)]
    return "\n".join(lines)


def _verdict(before: Way, way: Way, parting: int | None) -> str:
    same = is_same_end(before, way)
    if parting is None:
        return "The edited rules lead the address the same way." if same else "The ways part behind what is shown."
    end = "Both come to the same result." if same else "They come to different results."
    return f"The ways part at step {parting + 1}. {end}"


def _lines(way: Way) -> Iterator[str]:
    for number, row in enumerate(way.rows, 1):
        yield f"{number:>4} {'  ' * row.depth}{_SENTENCES[row.kind](row)}"
    if way.more:
        yield f"     … and {way.more:,} more steps"
    status = f" (status {way.status})" if way.status else ""
    yield f"Result: {_joined(way.result)}{status}"


def _rule(row: Row) -> str:
    caught = "".join(f"; {one.name} = {_joined(one.tokens)}" for one in row.caught)
    return f"rule {row.rule} (line {row.line}): {_joined(row.lhs)} => {_joined(row.rhs)}{caught}"


_SENTENCES: Mapping[str, Callable[[Row], str]] = {
    Kind.ENTERED.value: lambda row: f"{row.ruleset} gets: {_joined(row.after)}",
    TAKEN: lambda row: f"{_rule(row)}; it asks first",
    Kind.FIRED.value: lambda row: f"{_rule(row)}; now: {_joined(row.after)}",
    Kind.LOOKED_UP.value: lambda row: f"map {row.map}: {row.key} -> {'nothing' if row.value is None else row.value}",
    Kind.RETURNED.value: lambda row: f"{row.ruleset} gives: {_joined(row.after)}",
    Kind.GIVEN_UP.value: lambda row: f"{row.ruleset} is given up: {_joined(row.after)}",
    Kind.SAID.value: lambda row: f"sendmail says: {row.text}",
}


def _joined(tokens: Sequence[Token]) -> str:
    return " ".join(token.text for token in tokens) or "(nothing)"

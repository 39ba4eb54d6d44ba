"""Who has been named in a transaction: whoever is named twice, in whatever way, is one recipient [recipient.c]."""

from simlib.mta.installation import Installation
from simlib.smtp.commands import Rcpt


class Named:
    """The recipients of a transaction. ``doubles`` are the same as others; ``others``: somebody was that, or nobody."""

    def __init__(self) -> None:
        self.doubles: list[str] = []
        self.others = False
        self._taken: dict[str, Rcpt] = {}  # by what is the same for all spellings of one user here

    def twin(self, mta: Installation, address: str, rcpt: Rcpt) -> Rcpt | None:
        """Who was named before and is the same as ``rcpt``, or ``rcpt`` itself where only ruleset 5 makes him so."""
        ways = mta.ways
        first = self._taken.setdefault(ways.identity(address), rcpt)
        goes_to = ways.identity(address, mta.meant(address)) if ways.asks_ruleset_5 else ""
        if first is rcpt and (not goes_to or self._taken.setdefault(goes_to, rcpt) is rcpt):
            return None
        self.others = True
        self.doubles.append(rcpt.recipient)
        return first

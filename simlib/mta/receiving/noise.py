"""Who makes much noise is answered more and more slowly [srvrsmtp.c]."""

from collections import Counter
from collections.abc import Callable

from simlib.mta.policy import log_lines
from simlib.mta.policy.log_lines import Said
from simlib.mta.policy.settings import Settings

QUESTION, HELLO = "VRFY/EXPN", "HELO/EHLO"
COUNTED_AS = {"VRFY": QUESTION, "EXPN": QUESTION, "HELO": HELLO, "EHLO": HELLO, "ETRN": "ETRN", "NOOP": "NOOP"}
MANY = {QUESTION: 6, HELLO: 3, "ETRN": 8}  # from which one on the answer takes longer
LONGEST_PAUSE = 240  # s
THROTTLED = 1.0  # s


class Noise:
    """What one client has said so far that is no mail. ``log`` writes a line of its session."""

    def __init__(self, settings: Settings, log: Callable[[Said], None]) -> None:
        self._settings, self._log = settings, log
        self._commands: Counter[str] = Counter()
        self._throttled = False  # the log has a line of it

    def pause(self, verb: str, client: str) -> float:
        """Seconds before a command is answered that is no mail: 1, 2, 4 …, 4 minutes at most."""
        kind = COUNTED_AS.get(verb)
        if kind is None:
            return 0.0
        self._commands[kind] += 1
        count, many = self._commands[kind], MANY.get(kind, self._settings.max_noop)
        if many <= 0 or count < many:
            return 0.0
        if count == many:
            said = verb if kind == QUESTION else kind
            self._log(log_lines.possible_attack(client, said, count))
        return float(min(2 ** (count - many), LONGEST_PAUSE))

    def throttle(self, refused: int, client: str) -> float:
        """BadRcptThrottle: after so many recipients that were refused each further one takes a second more."""
        if not 0 < self._settings.bad_rcpt_throttle <= refused:
            return 0.0
        if not self._throttled:
            self._throttled = True
            self._log(log_lines.recipient_flood(client))
        return THROTTLED

    def next_transaction(self) -> None:
        """Another message begins."""
        self._throttled = False

"""A bare loop over a heap of events: what the work costs at least in Python."""

from collections import deque
from collections.abc import Sequence
from heapq import heappop, heappush
from itertools import count

from relay.traffic import LIFE, LOOKUP, RETRY, TIMEOUT, WORKERS, Cache, Ends, Message

COMES, SENT, FAILED = range(3)


def run(messages: Sequence[Message]) -> Ends:
    """Play the traffic to its end."""
    order = count()
    events = [(one.at, next(order), COMES, one) for one in messages]
    waiting: deque[Message] = deque()
    cache, free, delivered, returned = Cache(), WORKERS, 0, 0
    while events:
        now, _, kind, one = heappop(events)
        if kind == COMES:
            waiting.append(one)
        else:
            free += 1
            if kind == SENT:
                delivered += 1
            elif now - one.at > LIFE:
                returned += 1
            else:
                heappush(events, (now + RETRY, next(order), COMES, one))
        while free and waiting:
            free -= 1
            chosen = waiting.popleft()
            if chosen.down:
                heappush(events, (now + LOOKUP + TIMEOUT, next(order), FAILED, chosen))
            else:
                spent = LOOKUP + cache.setup(chosen.destination) + chosen.transfer
                heappush(events, (now + spent, next(order), SENT, chosen))
    return Ends(delivered, returned)

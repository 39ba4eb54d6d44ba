"""What a process of the clock does, one event after the other."""

from collections.abc import Generator
from typing import Any, TypeVar

import simpy

T = TypeVar("T")

Steps = Generator[simpy.Event, Any, T]  # it waits for events, and gives a T at the end

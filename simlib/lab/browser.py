"""What a browser has where a kernel elsewhere has threads and interrupts. Only this file knows Pyodide."""

import asyncio
import sys
from collections.abc import Callable

from simlib.lab.turns import Turn

IN_BROWSER = sys.platform == "emscripten"
TURN = 0.005  # seconds of a turn: a press of a button comes to us in several steps of the browser's own loop


def find_turn() -> Turn | None:
    """The loop's turn, given from within a function that is no coroutine: for that the browser has to switch stacks.

    It can where it has JSPI, and where the loop has called us; None elsewhere.
    """
    from pyodide.ffi import can_run_sync, run_sync  # type: ignore[import-not-found,unused-ignore]  # a browser has it

    return (lambda: run_sync(asyncio.sleep(TURN))) if can_run_sync() else None


def listen(channel: str, heard: Callable[[], None]) -> Callable[[], None]:
    """Have ``heard()`` called when the page says anything on a BroadcastChannel; what ends that is given back.

    What it says arrives at the loop's next turn, also while a cell is running: JupyterLite keeps a widget's messages
    back until then.
    """
    from js import BroadcastChannel  # type: ignore[import-not-found,unused-ignore]  # a browser has it
    from pyodide.ffi import create_proxy

    proxy = create_proxy(lambda _: heard())
    opened = BroadcastChannel.new(channel)
    opened.onmessage = proxy

    def close() -> None:
        opened.close()
        proxy.destroy()

    return close

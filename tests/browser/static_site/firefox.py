"""Debian's Firefox, driven over its own WebDriver BiDi: no driver beside it, and no network but this computer."""

import itertools
import json
import os
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import websocket

LISTENING = "WebDriver BiDi listening on "
PREFERENCES = {
    "network.proxy.type": 1,  # all but this computer by way of a port where nobody is
    "network.proxy.http": "127.0.0.1",
    "network.proxy.http_port": 9,
    "network.proxy.ssl": "127.0.0.1",
    "network.proxy.ssl_port": 9,
    "network.proxy.no_proxies_on": "127.0.0.1",
    "app.normandy.enabled": False,
    "datareporting.policy.dataSubmissionEnabled": False,
}


class Firefox:
    """One page. ``evaluate(text)`` gives what an expression of JavaScript comes to, once it is settled."""

    def __init__(self, address: str, patience: float) -> None:
        self._socket = websocket.create_connection(address, timeout=patience, suppress_origin=True)
        self._numbers = itertools.count(1)
        self._call("session.new", capabilities={})
        self._page = self._call("browsingContext.getTree")["contexts"][0]["context"]

    def goto(self, address: str) -> None:
        """Open a page, and wait until it is loaded."""
        self._call("browsingContext.navigate", context=self._page, url=address, wait="complete")

    def evaluate(self, text: str) -> Any:
        """The value of an expression. Raises RuntimeError if it throws."""
        told = f"(async () => JSON.stringify(await ({text})))()"
        target = {"context": self._page}
        came = self._call("script.evaluate", expression=told, target=target, awaitPromise=True)
        if came["type"] != "success":
            raise RuntimeError(came["exceptionDetails"]["text"])
        return json.loads(came["result"].get("value", "null"))

    def _call(self, method: str, **parameters: Any) -> dict[str, Any]:
        number = next(self._numbers)
        self._socket.send(json.dumps({"id": number, "method": method, "params": parameters}))
        while True:
            heard = json.loads(self._socket.recv())
            if heard.get("id") == number:
                if heard["type"] == "error":
                    raise RuntimeError(f"{method}: {heard['message']}")
                return dict(heard["result"])


@contextmanager
def firefox(program: str, home: Path, patience: float) -> Iterator[Firefox]:
    """A Firefox that knows nothing of anybody; it ends with the context. ``patience``: seconds for one answer."""
    lines = [f"user_pref({json.dumps(name)}, {json.dumps(value)});" for name, value in PREFERENCES.items()]
    (home / "user.js").write_text("\n".join(lines), "utf-8")
    command = [
        program,
        "--headless",
        "--no-remote",
        "--profile",
        str(home),
        "--remote-debugging-port",
        "0",
        "about:blank",
    ]
    environment = {**os.environ, "HOME": str(home)}
    running = subprocess.Popen(command, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True)
    try:
        assert running.stderr is not None
        told = next(line for line in running.stderr if LISTENING in line)
        yield Firefox(f"{told.partition(LISTENING)[2].strip()}/session", patience)
    finally:
        running.terminate()
        running.wait(patience)

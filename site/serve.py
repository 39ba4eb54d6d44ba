"""Serve this folder to the browsers of this computer, for a day without a network: ``python3 serve.py``.

Another port than 8000 may stand behind it.
"""

import sys
import webbrowser
from contextlib import suppress
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import ClassVar


class Handler(SimpleHTTPRequestHandler):
    """Files with the types that a browser needs, whatever this system says of their endings."""

    extensions_map: ClassVar = {
        **SimpleHTTPRequestHandler.extensions_map,
        ".js": "text/javascript",
        ".mjs": "text/javascript",
        ".wasm": "application/wasm",
        ".webmanifest": "application/manifest+json",
    }

    def log_message(self, *_: object) -> None:
        """Say nothing of each file."""


if __name__ == "__main__":
    port = int(sys.argv[1]) if len(sys.argv) > 1 else 8000
    with ThreadingHTTPServer(
        ("127.0.0.1", port), partial(Handler, directory=Path(__file__).resolve().parent)
    ) as server:
        address = f"http://127.0.0.1:{server.server_port}/"
        print(f"The workbook is at {address}; Ctrl-C ends it.", flush=True)
        webbrowser.open(address)
        with suppress(KeyboardInterrupt):
            server.serve_forever()

# SPDX-FileCopyrightText: 2026 The Slipway authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""The web process: GET / lists the notes, POST / adds the body as one."""
import json
import os
import signal
import sys
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

from notes import store


class Handler(BaseHTTPRequestHandler):
    def do_GET(self):
        self.answer({"environment": os.environ.get("SLIPWAY_ENV", "laptop"), "greeting": os.environ.get("GREETING", ""),
                     "version": os.environ.get("SLIPWAY_COMMIT", ""), "notes": store.everything()})

    def do_POST(self):
        store.add(self.rfile.read(int(self.headers.get("Content-Length") or 0)).decode())
        self.answer({"notes": store.everything()})

    def answer(self, value):
        body = json.dumps(value).encode() + b"\n"
        self.send_response(200)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)


if __name__ == "__main__":
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(0))
    ThreadingHTTPServer((os.environ.get("HOST", "127.0.0.1"), int(os.environ.get("PORT", "8000"))), Handler).serve_forever()

# SPDX-FileCopyrightText: 2026 The Slipway authors
# SPDX-License-Identifier: GPL-3.0-or-later
#!/usr/bin/env python3
"""A stand-in for Heroku on this machine: the platform API, log and output streams, source uploads, the Postgres API.

server.py [--port N] [--state FILE] [--log FILE] [--schema FILE] [--ignore-stdin]

Its first line is its address. It ends on SIGTERM, and when its standard input does (unless --ignore-stdin). Tokens:
SLIPWAY_STANDIN_TOKEN=token[=scope+scope],... or the one token "stand-in-token" with scope global. --state keeps what it
knows in a file, --log writes a line for each request, --schema checks each request and answer against the published
schema; the ones of the SDK and of the data API are looked for beside it. Tests steer it through /_stand-in (control.py)."""
import argparse
import os
import sys
import time
from pathlib import Path

sys.path.append(str(Path(__file__).resolve().parents[1]))  # what all stand-ins share
from listening import Connection, Server, serve  # noqa: E402

import control
from contract import Contract
from gate import Gate
from wire import Request
from world import World

FAMILIES = ("accounts", "catalog", "apps", "config", "formation", "releases", "builds", "pipelines", "promotions", "logs", "addons",
            "domains", "fittings", "setups", "reviews", "transfers", "links")


class Handler(Connection):
    def serve(self):
        method = "GET" if self.command == "HEAD" else self.command
        request = Request(method, self.path, {name.lower(): value for name, value in self.headers.items()}, self.read_body())
        answer = control.answer if request.path.startswith(control.ROOT) else None
        response = answer(self.server.gate, request) if answer else self.server.gate.answer(request)
        self.send(response)

    do_GET = do_POST = do_PUT = do_PATCH = do_DELETE = do_HEAD = serve

    def send(self, response):
        fault = response.fault or {}
        if fault.get("delay"):
            time.sleep(float(fault["delay"]))
        if fault.get("drop"):
            return self.hang_up()
        self.send_response_only(response.status)
        headers = {"Date": self.date_time_string(), "Server": "Heroku", "Content-Type": response.kind, **response.headers}
        streamed = response.chunks is not None
        payload = b"" if streamed else response.payload()
        if streamed:
            headers["Transfer-Encoding"] = "chunked"
        elif response.status not in (204, 304):
            headers["Content-Length"] = str(len(payload))
        for name, value in headers.items():
            if value:
                self.send_header(name, value)
        self.end_headers()
        if self.command != "HEAD":
            self.send_body(response.chunks if streamed else [payload], fault, streamed)

    def send_body(self, chunks, fault, streamed):
        """In the pieces that a fault asks for; an end too early is an end of the connection."""
        left, size = fault.get("cut"), fault.get("split")
        for chunk in chunks:
            if not chunk and streamed:
                if self.gone():
                    return self.hang_up()
                continue
            cut = left is not None and len(chunk) > left
            data = chunk[:left] if cut else chunk
            left = None if left is None else left - len(data)
            for start in range(0, len(data), size or max(len(data), 1)):
                piece = data[start:start + size] if size else data
                self.wfile.write(f"{len(piece):x}\r\n".encode() + piece + b"\r\n" if streamed else piece)
                self.wfile.flush()
            if cut or (left == 0 and fault.get("cut") is not None):
                return self.hang_up()
        if streamed:
            self.wfile.write(b"0\r\n\r\n")


def tokens_of(text):
    """'one,two=read+write-protected' as {token: [scopes]}."""
    pairs = [part.partition("=") for part in text.split(",") if part.strip()]
    return {token.strip(): (scopes or "global").split("+") for token, _, scopes in pairs}


def start(port=0, state=None, log=None, schema=None, tokens="stand-in-token"):
    """A server that listens, ready for serve_forever(); also for tests in the same process."""
    for name in FAMILIES:
        __import__(name)
    world = World(state)
    contract = Contract(schema)
    world.schema = contract.text
    gate = Gate(world, tokens_of(tokens), contract, log)
    server = Server(("127.0.0.1", port), Handler)
    server.gate = gate
    world.base = f"http://127.0.0.1:{server.server_address[1]}"
    return server


def main():
    words = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    words.add_argument("--port", type=int, default=0)
    for name in ("--state", "--log", "--schema"):
        words.add_argument(name)
    words.add_argument("--ignore-stdin", action="store_true")
    options = words.parse_args()
    server = start(options.port, options.state, options.log, options.schema, os.environ.get("SLIPWAY_STANDIN_TOKEN") or "stand-in-token")

    serve(server, server.gate.world.base, options.ignore_stdin)
    server.gate.world.dirty = True
    server.gate.world.save()


if __name__ == "__main__":
    main()

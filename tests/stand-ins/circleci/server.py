# SPDX-FileCopyrightText: 2026 The Slipway authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""A stand-in for CircleCI on this machine: API v2, the step logs of v1.1 with presigned output.

server.py [--port N] [--log FILE] [--description FILE] [--github BASE --github-token T] [--ignore-stdin]

Its first line is its port (v2 is below /api/v2, v1.1 below /api/v1.1). It ends on SIGTERM, and when its standard input does (unless
--ignore-stdin). Tokens: SLIPWAY_STANDIN_TOKEN=token[=read|write|admin],... or the one token "stand-in-token". --log writes a line for
each request, --description checks each request and answer against the published description, --github reports jobs as commit
statuses to a GitHub stand-in. Tests steer it through /_stand-in (control.py)."""
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
from statuses import Reporter
from wire import Request
from world import World

FAMILIES = ("accounts", "pipelines", "workflows", "jobs", "steps")


class Handler(Connection):
    def serve(self):
        method = "GET" if self.command == "HEAD" else self.command
        request = Request(method, self.path, {name.lower(): value for name, value in self.headers.items()}, self.read_body())
        steering = request.path.startswith(control.ROOT)
        self.send(control.answer(self.server.gate, request) if steering else self.server.gate.answer(request))

    do_GET = do_POST = do_PUT = do_PATCH = do_DELETE = do_HEAD = serve

    def send(self, response):
        fault = response.fault or {}
        if fault.get("delay"):
            time.sleep(float(fault["delay"]))
        if fault.get("hang"):
            while not self.gone():
                time.sleep(0.02)
        if fault.get("hang") or fault.get("drop"):
            return self.hang_up()
        self.send_response_only(response.status)
        payload = response.payload()
        headers = {"Date": self.date_time_string(), "Content-Type": response.kind, **response.headers, "Content-Length": str(len(payload))}
        for name, value in headers.items():
            if value:
                self.send_header(name, value)
        self.end_headers()
        if self.command != "HEAD":
            self.send_body(payload, fault)

    def send_body(self, payload, fault):
        """In the pieces that a fault asks for; an end too early is an end of the connection."""
        data = payload[:fault["cut"]] if "cut" in fault else payload
        size = fault.get("split") or max(len(data), 1)
        for start in range(0, len(data), size):
            self.wfile.write(data[start:start + size])
            self.wfile.flush()
        if len(data) < len(payload):
            self.hang_up()


def tokens_of(text):
    """'one,two=read' as {token: rights}."""
    pairs = [part.partition("=") for part in text.split(",") if part.strip()]
    return {token.strip(): rights.strip() or "admin" for token, _, rights in pairs}


def start(port=0, log=None, description=None, github=None, github_token="", tokens="stand-in-token"):
    """A server that listens, ready for serve_forever(); also for tests in the same process."""
    for name in FAMILIES:
        __import__(name)
    world = World()
    gate = Gate(world, tokens_of(tokens), Contract(description) if description else None, log)
    if github:
        gate.reporter = Reporter(world, github, github_token)
    server = Server(("127.0.0.1", port), Handler)
    server.gate = gate
    world.base = f"http://127.0.0.1:{server.server_address[1]}"
    return server


def main():
    words = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    words.add_argument("--port", type=int, default=0)
    for name in ("--log", "--description", "--github", "--github-token"):
        words.add_argument(name)
    words.add_argument("--ignore-stdin", action="store_true")
    options = words.parse_args()
    server = start(options.port, options.log, options.description, options.github, options.github_token or "",
                   os.environ.get("SLIPWAY_STANDIN_TOKEN") or "stand-in-token")

    serve(server, server.server_address[1], options.ignore_stdin)


if __name__ == "__main__":
    main()

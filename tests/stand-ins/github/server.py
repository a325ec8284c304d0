# SPDX-FileCopyrightText: 2026 The Slipway authors
# SPDX-License-Identifier: GPL-3.0-or-later
#!/usr/bin/env python3
"""A stand-in for GitHub on this machine: REST, GraphQL and the OAuth device flow over a real bare git repository.

server.py [--port N] [--socket PATH] [--public-base URL] [--web URL] [--schema FILE] [--repository DIR [--name OWNER/NAME]] [--empty]
          [--log FILE] [--ignore-stdin]

Its first line is its port. It ends on SIGTERM, and when its standard input does (unless --ignore-stdin). REST is at / and
/api/v3, GraphQL at /graphql and /api/graphql, OAuth at /login. Without --repository it makes a sample, acme/shop (seed.py);
with it, that repository is copied. --public-base is what addresses in answers begin with, when clients come through a proxy;
--schema is the published GraphQL schema, without it our own small one is used (slipway.graphql). Token: SLIPWAY_STANDIN_TOKEN,
or "stand-in-token": a classic one of ada, who is admin. Tests steer it through /_stand-in (control.py)."""
import argparse
import os
import socket
import socketserver
import sys
import tempfile
import threading
import time
from pathlib import Path

sys.path.append(str(Path(__file__).resolve().parents[1]))  # what all stand-ins share
from listening import Connection, Quiet, Server, serve  # noqa: E402

import control
import permits
import seed
from gate import Gate
from wire import Request
from world import World

FAMILIES = ("people", "repository", "limits", "refs", "objects", "commits", "compare", "branches", "pulls", "merging", "reviews", "comments",
            "labels", "statuses", "checks", "runs", "deployments", "environments", "archive", "events", "oauth", "graph")


class Handler(Connection):
    def setup(self):
        self.disable_nagle_algorithm = self.request.family != socket.AF_UNIX
        super().setup()

    def serve(self):
        method = "GET" if self.command == "HEAD" else self.command
        request = Request(method, self.path, {name.lower(): value for name, value in self.headers.items()}, self.read_body())
        gate = self.server.gate
        if request.path.startswith(control.ROOT):
            return self.send(control.answer(gate, request))
        with gate.limits.flight():
            self.send(gate.answer(request))

    do_GET = do_POST = do_PUT = do_PATCH = do_DELETE = do_HEAD = serve

    def send(self, response):
        fault = response.fault or {}
        self.wait(fault)
        if fault.get("drop") or fault.get("hang"):
            return self.hang_up()
        self.send_response_only(response.status)
        payload = response.payload()
        headers = {"Date": self.date_time_string(), "Server": "github.com", "Content-Type": response.kind, **response.headers}
        if response.status not in (204, 304):
            headers["Content-Length"] = str(len(payload))
        else:
            headers.pop("Content-Type")
        for name, value in headers.items():
            if value is not None:
                self.send_header(name, value)
        self.end_headers()
        if self.command != "HEAD" and response.status not in (204, 304):
            self.send_body(payload, fault)

    def wait(self, fault):
        """As long as a fault says, but not longer than somebody waits for the answer."""
        end = time.monotonic() + (3600 if fault.get("hang") else float(fault.get("delay") or 0))
        while time.monotonic() < end and not self.gone():
            time.sleep(min(0.05, max(0.0, end - time.monotonic())))

    def send_body(self, payload, fault):
        data = payload[:fault["cut"]] if "cut" in fault else payload
        size = fault.get("split") or max(len(data), 1)
        for start in range(0, len(data), size):
            self.wfile.write(data[start:start + size])
            self.wfile.flush()
        if "cut" in fault:
            self.hang_up()

    def address_string(self):
        return "client"


class SocketServer(Quiet, socketserver.ThreadingMixIn, socketserver.UnixStreamServer):
    """The same on a Unix socket, for gh (conformance.md, 4C)."""


def start(folder, port=0, public_base=None, web=None, schema=None, repository=None, name="acme/shop", empty=False, log=None, token="stand-in-token"):
    """A server that listens, ready for serve_forever(); also for tests in the same process."""
    for family in FAMILIES:
        __import__(family)
    import graph
    world = World(folder)
    gate = Gate(world, log)
    world.limits = gate.limits
    server = Server(("127.0.0.1", port), Handler)
    server.gate = gate
    world.base = world.api = (public_base or f"http://127.0.0.1:{server.server_address[1]}").rstrip("/")
    world.web = (web or world.web).rstrip("/")
    world.schema = graph.load(schema)
    seed.people(world)
    world.tokens[token] = permits.made("ada")
    if not empty:
        seed.repository(world, {"name": name, "from": repository})
    return server


def main():
    words = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    words.add_argument("--port", type=int, default=0)
    for name in ("--socket", "--public-base", "--web", "--schema", "--repository", "--log"):
        words.add_argument(name)
    words.add_argument("--name", default="acme/shop")
    words.add_argument("--empty", action="store_true")
    words.add_argument("--ignore-stdin", action="store_true")
    options = words.parse_args()
    with tempfile.TemporaryDirectory(prefix="slipway-github-") as folder:
        server = start(folder, options.port, options.public_base, options.web, options.schema, options.repository, options.name, options.empty,
                       options.log, os.environ.get("SLIPWAY_STANDIN_TOKEN") or "stand-in-token")
        listen(server, options)


def listen(server, options):
    other = None
    if options.socket:
        other = SocketServer(options.socket, Handler)
        other.gate = server.gate
        threading.Thread(target=other.serve_forever, kwargs={"poll_interval": 0.1}, daemon=True).start()

    serve(server, server.server_address[1], options.ignore_stdin, poll_interval=0.03)
    if other:
        os.unlink(options.socket)


if __name__ == "__main__":
    main()

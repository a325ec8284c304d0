# SPDX-FileCopyrightText: 2026 The Slipway authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""A client of the stand-in for tests: starts server.py, sends requests, steers it; ends only what it started."""
import http.client
import json
import os
import subprocess
import sys
from pathlib import Path

HERE = Path(__file__).resolve().parent
TOKEN = "stand-in-token"
SHOP = "gh/acme/shop"


def description():
    """CircleCI's published description: below SLIPWAY_SHARED, or "shared" beside the checkout; None when there is none."""
    places = [os.environ.get("SLIPWAY_SHARED"), HERE.parents[2].parent / "shared"]
    found = [Path(place) / "api/circleci-openapi.json" for place in places if place]
    return next((path for path in found if path.is_file()), None)


class Answer:
    def __init__(self, status, headers, data):
        self.status, self.headers, self.data = status, headers, data

    @property
    def json(self):
        return json.loads(self.data) if self.data else None


class StandIn:
    """with StandIn() as circle: circle.get("/me"). Paths without a leading /api or /_ are those of v2."""

    def __init__(self, *options, tokens=None, checked=True):
        words = [sys.executable, "-B", str(HERE / "server.py"), *options]
        if checked and description():
            words += ["--description", str(description())]
        environment = {**os.environ, "SLIPWAY_STANDIN_TOKEN": tokens or TOKEN}
        self.process = subprocess.Popen(words, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, env=environment)
        line = self.process.stdout.readline().strip()
        if not line:
            raise RuntimeError("the stand-in did not start")
        self.port = int(line)
        self.address = f"http://127.0.0.1:{self.port}"
        self.through = self.port  # tests put a proxy in between by setting its port here

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.close()

    def close(self):
        """Closing its input ends it."""
        self.process.stdin.close()
        self.process.wait(20)
        self.process.stdout.close()

    def send(self, method, path, body=None, headers=None, token=TOKEN, port=None, timeout=30):
        """One exchange on a connection of its own; body: JSON, bytes or None."""
        wire = {"Accept": "application/json", "User-Agent": "test"}
        if token:
            wire["Circle-Token"] = token
        data = body
        if body is not None and not isinstance(body, bytes):
            data, wire["Content-Type"] = json.dumps(body).encode(), "application/json"
        wire.update(headers or {})
        path = path.removeprefix(self.address)
        path = path if path.startswith(("/api/", "/_")) else "/api/v2" + path
        connection = http.client.HTTPConnection("127.0.0.1", port or self.through, timeout=timeout)
        try:
            connection.request(method, path, data, {name: value for name, value in wire.items() if value is not None})
            answer = connection.getresponse()
            return Answer(answer.status, answer.headers, answer.read())
        finally:
            connection.close()

    def get(self, path, **more):
        return self.send("GET", path, **more)

    def post(self, path, body=None, **more):
        return self.send("POST", path, body, **more)

    def control(self, method, name, body=None):
        answer = self.send(method, "/_stand-in/" + name, body, port=self.port)
        if answer.status != 200:
            raise AssertionError(f"{method} {name}: {answer.data.decode()}")
        return answer.json

    def act(self, action, **words):
        return self.control("POST", "state", {"action": action, **words})

    def project(self, slug=SHOP, **words):
        return self.act("project", slug=slug, **words)

    def push(self, project=SHOP, **words):
        return self.act("push", project=project, **words)

    def finish(self, pipeline, job, **words):
        return self.act("finish", pipeline=pipeline["id"], job=job, **words)

    def settings(self, **words):
        return self.control("POST", "settings", words)

    def fault(self, **rule):
        return self.control("POST", "faults", rule)

    def effects(self, kind=None):
        return [effect for effect in self.control("GET", "effects") if kind in (None, effect["kind"])]

    def requests(self):
        return self.control("GET", "requests")

    def counts(self):
        return self.control("GET", "counts")

    def violations(self):
        return self.control("GET", "violations")

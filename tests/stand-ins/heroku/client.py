# SPDX-FileCopyrightText: 2026 The Slipway authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""A client of the stand-in for tests: starts server.py, sends requests, reads effects; ends only what it started."""
import http.client
import json
import os
import subprocess
import sys
from pathlib import Path

HERE = Path(__file__).resolve().parent
TOKEN = "stand-in-token"


def shared():
    """The folder with the published descriptions: SLIPWAY_SHARED, or "shared" beside the checkout; None when there is none."""
    places = [os.environ.get("SLIPWAY_SHARED"), HERE.parents[2].parent / "shared"]
    return next((Path(place) for place in places if place and (Path(place) / "api/heroku-schema.json").is_file()), None)


class Answer:
    def __init__(self, status, headers, data):
        self.status, self.headers, self.data = status, headers, data

    @property
    def json(self):
        return json.loads(self.data) if self.data else None


class StandIn:
    """with StandIn() as heroku: heroku.get("/apps")."""

    def __init__(self, *options, tokens=None, schema=True):
        words = [sys.executable, "-B", str(HERE / "server.py"), *options]
        if schema and shared():
            words += ["--schema", str(shared() / "api/heroku-schema.json")]
        environment = {**os.environ, "SLIPWAY_STANDIN_TOKEN": tokens or TOKEN}
        self.process = subprocess.Popen(words, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, env=environment)
        self.address = self.process.stdout.readline().strip()
        if not self.address:
            raise RuntimeError("the stand-in did not start")
        self.port = int(self.address.rsplit(":", 1)[1])
        self.seeded = {}

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.close()

    def close(self):
        """Closing its input ends it."""
        self.process.stdin.close()
        self.process.wait(20)
        self.process.stdout.close()

    def connect(self):
        return http.client.HTTPConnection("127.0.0.1", self.port, timeout=30)

    def send(self, method, path, body=None, headers=None, token=TOKEN, variant=""):
        """One exchange on a connection of its own; body: JSON, bytes or None."""
        wire = {"Accept": f"application/vnd.heroku+json; version=3{'.' + variant if variant else ''}", "User-Agent": "test"}
        if token:
            wire["Authorization"] = f"Bearer {token}"
        data = body
        if body is not None and not isinstance(body, bytes):
            data, wire["Content-Type"] = json.dumps(body).encode(), "application/json"
        wire.update(headers or {})
        connection = self.connect()
        try:
            connection.request(method, path.removeprefix(self.address), data, {name: value for name, value in wire.items() if value is not None})
            answer = connection.getresponse()
            return Answer(answer.status, answer.headers, answer.read())
        finally:
            connection.close()

    def get(self, path, **more):
        return self.send("GET", path, **more)

    def post(self, path, body=None, **more):
        return self.send("POST", path, body, **more)

    def patch(self, path, body, **more):
        return self.send("PATCH", path, body, **more)

    def delete(self, path, **more):
        return self.send("DELETE", path, **more)

    def control(self, method, name, body=None):
        answer = self.send(method, "/_stand-in/" + name, body)
        if answer.status != 200:
            raise AssertionError(f"{method} {name}: {answer.data.decode()}")
        return answer.json

    def seed(self, **words):
        self.seeded = self.control("POST", "seed", words)
        return self.seeded

    def settings(self, **words):
        return self.control("POST", "settings", words)

    def act(self, action, app=None, **words):
        return self.control("POST", "state", {"action": action, "app": app, **words})

    def fault(self, **rule):
        return self.control("POST", "faults", rule)

    def effects(self, kind=None):
        return [effect for effect in self.control("GET", "effects") if kind in (None, effect["kind"])]

    def requests(self):
        return self.control("GET", "requests")

    def violations(self):
        return self.control("GET", "violations")

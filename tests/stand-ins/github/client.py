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
REPO = "/repos/acme/shop"


class Answer:
    def __init__(self, status, headers, data):
        self.status, self.headers, self.data = status, headers, data

    @property
    def json(self):
        return json.loads(self.data) if self.data else None

    @property
    def links(self):
        """{rel: address} of Link."""
        parts = [part.split(";") for part in (self.headers["Link"] or "").split(", ") if part]
        return {words[1].strip()[5:-1]: words[0].strip("<>") for words in parts}


class StandIn:
    """with StandIn() as github: github.get(REPO + "/pulls")."""

    def __init__(self, *options, token=TOKEN):
        words = [sys.executable, "-B", str(HERE / "server.py"), *options]
        self.process = subprocess.Popen(words, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True,
                                        env={**os.environ, "SLIPWAY_STANDIN_TOKEN": token})
        line = self.process.stdout.readline().strip()
        if not line:
            raise RuntimeError("the stand-in did not start")
        self.port = int(line)
        self.address = f"http://127.0.0.1:{self.port}"

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.close()

    def close(self):
        """Closing its input ends it."""
        self.process.stdin.close()
        self.process.wait(20)
        self.process.stdout.close()

    def send(self, method, path, body=None, headers=None, token=TOKEN):
        """One exchange on a connection of its own; body: JSON, bytes or None."""
        wire = {"Accept": "application/vnd.github+json", "X-GitHub-Api-Version": "2022-11-28", "User-Agent": "test"}
        if token:
            wire["Authorization"] = f"Bearer {token}"
        data = body
        if body is not None and not isinstance(body, bytes):
            data, wire["Content-Type"] = json.dumps(body).encode(), "application/json"
        wire.update(headers or {})
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=30)
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

    def put(self, path, body=None, **more):
        return self.send("PUT", path, body, **more)

    def delete(self, path, **more):
        return self.send("DELETE", path, **more)

    def ask(self, query, token=TOKEN, **variables):
        """The whole answer to a GraphQL query: its text, or the name of a file in queries/."""
        text = query if "{" in query else (HERE / "queries" / f"{query}.graphql").read_text()
        return self.post("/graphql", {"query": text, "variables": variables}, token=token).json

    def control(self, method, name, body=None):
        answer = self.send(method, "/_stand-in/" + name, body)
        if answer.status != 200:
            raise AssertionError(f"{method} {name}: {answer.data.decode()}")
        return answer.json

    def seed(self, **words):
        return self.control("POST", "seed", words)

    def settings(self, **words):
        return self.control("POST", "settings", words)

    def act(self, action, **words):
        return self.control("POST", "state", {"action": action, **words})

    def tokens(self, **words):
        return self.control("POST", "tokens", words)

    def fault(self, **rule):
        return self.control("POST", "faults", rule)

    def world(self):
        """The first repository's part of the summary."""
        return self.control("GET", "world")["repositories"][0]

    def effects(self, kind=None):
        return [effect for effect in self.control("GET", "effects") if kind in (None, effect["kind"])]

    def requests(self):
        return self.control("GET", "requests")

    def failures(self):
        return self.control("GET", "failures")

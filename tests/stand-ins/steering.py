# SPDX-FileCopyrightText: 2026 The Slipway authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""What every stand-in's client.py is made of: starts server.py, sends requests, steers it; ends only what it started."""
import http.client
import json
import os
import subprocess
import sys

TOKEN = "stand-in-token"


class Answer:
    def __init__(self, status, headers, data):
        self.status, self.headers, self.data = status, headers, data

    @property
    def json(self):
        return json.loads(self.data) if self.data else None


class Steered:
    """A stand-in of one's own, gone when it is left."""

    answer = Answer

    def __init__(self, server, *options, tokens=TOKEN):
        """server: its server.py; `said` is the line it begins with."""
        words = [sys.executable, "-B", str(server), *options]
        self.process = subprocess.Popen(words, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True,
                                        env={**os.environ, "SLIPWAY_STANDIN_TOKEN": tokens})
        self.said = self.process.stdout.readline().strip()
        if not self.said:
            raise RuntimeError("the stand-in did not start")
        self.port = int(self.said.rsplit(":", 1)[-1])
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

    def exchange(self, method, path, body, wire, headers, port=None, timeout=30):
        """One exchange on a connection of its own; body: JSON, bytes or None; a header that is None is left out."""
        data = body
        if body is not None and not isinstance(body, bytes):
            data, wire["Content-Type"] = json.dumps(body).encode(), "application/json"
        wire.update(headers or {})
        connection = http.client.HTTPConnection("127.0.0.1", port or self.port, timeout=timeout)
        try:
            connection.request(method, path, data, {name: value for name, value in wire.items() if value is not None})
            answer = connection.getresponse()
            return self.answer(answer.status, answer.headers, answer.read())
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

    def control(self, method, name, body=None):
        answer = self.steer(method, "/_stand-in/" + name, body)
        if answer.status != 200:
            raise AssertionError(f"{method} {name}: {answer.data.decode()}")
        return answer.json

    def steer(self, method, path, body):
        return self.send(method, path, body)

    def settings(self, **words):
        return self.control("POST", "settings", words)

    def fault(self, **rule):
        return self.control("POST", "faults", rule)

    def effects(self, kind=None):
        return [effect for effect in self.control("GET", "effects") if kind in (None, effect["kind"])]

    def requests(self):
        return self.control("GET", "requests")

    def violations(self):
        return self.control("GET", "violations")

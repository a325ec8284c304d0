# SPDX-FileCopyrightText: 2026 The Slipway authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""A client of the stand-in for tests: starts server.py, sends requests, reads effects; ends only what it started."""
import http.client
import os
import sys
from pathlib import Path

HERE = Path(__file__).resolve().parent
sys.path.append(str(HERE.parent))  # what all stand-ins share
from steering import TOKEN, Steered  # noqa: E402


def shared():
    """The folder with the published descriptions: SLIPWAY_SHARED, or "shared" beside the checkout; None when there is none."""
    places = [os.environ.get("SLIPWAY_SHARED"), HERE.parents[2].parent / "shared"]
    return next((Path(place) for place in places if place and (Path(place) / "api/heroku-schema.json").is_file()), None)


class StandIn(Steered):
    """with StandIn() as heroku: heroku.get("/apps")."""

    def __init__(self, *options, tokens=None, schema=True):
        if schema and shared():
            options += ("--schema", str(shared() / "api/heroku-schema.json"))
        super().__init__(HERE / "server.py", *options, tokens=tokens or TOKEN)
        self.seeded = {}

    def connect(self):
        return http.client.HTTPConnection("127.0.0.1", self.port, timeout=30)

    def send(self, method, path, body=None, headers=None, token=TOKEN, variant=""):
        """One exchange on a connection of its own; body: JSON, bytes or None."""
        wire = {"Accept": f"application/vnd.heroku+json; version=3{'.' + variant if variant else ''}", "User-Agent": "test"}
        if token:
            wire["Authorization"] = f"Bearer {token}"
        return self.exchange(method, path.removeprefix(self.address), body, wire, headers)

    def seed(self, **words):
        self.seeded = self.control("POST", "seed", words)
        return self.seeded

    def act(self, action, app=None, **words):
        return self.control("POST", "state", {"action": action, "app": app, **words})

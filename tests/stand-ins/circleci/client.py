# SPDX-FileCopyrightText: 2026 The Slipway authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""A client of the stand-in for tests: starts server.py, sends requests, steers it; ends only what it started."""
import os
import sys
from pathlib import Path

HERE = Path(__file__).resolve().parent
sys.path.append(str(HERE.parent))  # what all stand-ins share
from steering import TOKEN, Steered  # noqa: E402

SHOP = "gh/acme/shop"


def description():
    """CircleCI's published description: below SLIPWAY_SHARED, or "shared" beside the checkout; None when there is none."""
    places = [os.environ.get("SLIPWAY_SHARED"), HERE.parents[2].parent / "shared"]
    found = [Path(place) / "api/circleci-openapi.json" for place in places if place]
    return next((path for path in found if path.is_file()), None)


class StandIn(Steered):
    """with StandIn() as circle: circle.get("/me"). Paths without a leading /api or /_ are those of v2."""

    def __init__(self, *options, tokens=None, checked=True):
        if checked and description():
            options += ("--description", str(description()))
        super().__init__(HERE / "server.py", *options, tokens=tokens or TOKEN)
        self.through = self.port  # tests put a proxy in between by setting its port here

    def send(self, method, path, body=None, headers=None, token=TOKEN, port=None, timeout=30):
        """One exchange on a connection of its own; body: JSON, bytes or None."""
        wire = {"Accept": "application/json", "User-Agent": "test"}
        if token:
            wire["Circle-Token"] = token
        path = path.removeprefix(self.address)
        path = path if path.startswith(("/api/", "/_")) else "/api/v2" + path
        return self.exchange(method, path, body, wire, headers, port or self.through, timeout)

    def steer(self, method, path, body):
        return self.send(method, path, body, port=self.port)

    def act(self, action, **words):
        return self.control("POST", "state", {"action": action, **words})

    def project(self, slug=SHOP, **words):
        return self.act("project", slug=slug, **words)

    def push(self, project=SHOP, **words):
        return self.act("push", project=project, **words)

    def finish(self, pipeline, job, **words):
        return self.act("finish", pipeline=pipeline["id"], job=job, **words)

    def counts(self):
        return self.control("GET", "counts")

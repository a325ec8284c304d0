# SPDX-FileCopyrightText: 2026 The Slipway authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""A client of the stand-in for tests: starts server.py, sends requests, reads effects; ends only what it started."""
import sys
from pathlib import Path

HERE = Path(__file__).resolve().parent
sys.path.append(str(HERE.parent))  # what all stand-ins share
import steering  # noqa: E402

TOKEN = steering.TOKEN
REPO = "/repos/acme/shop"


class Answer(steering.Answer):
    @property
    def links(self):
        """{rel: address} of Link."""
        parts = [part.split(";") for part in (self.headers["Link"] or "").split(", ") if part]
        return {words[1].strip()[5:-1]: words[0].strip("<>") for words in parts}


class StandIn(steering.Steered):
    """with StandIn() as github: github.get(REPO + "/pulls")."""

    answer = Answer

    def __init__(self, *options, token=TOKEN):
        super().__init__(HERE / "server.py", *options, tokens=token)

    def send(self, method, path, body=None, headers=None, token=TOKEN):
        """One exchange on a connection of its own; body: JSON, bytes or None."""
        wire = {"Accept": "application/vnd.github+json", "X-GitHub-Api-Version": "2022-11-28", "User-Agent": "test"}
        if token:
            wire["Authorization"] = f"Bearer {token}"
        return self.exchange(method, path.removeprefix(self.address), body, wire, headers)

    def ask(self, query, token=TOKEN, **variables):
        """The whole answer to a GraphQL query: its text, or the name of a file in queries/."""
        text = query if "{" in query else (HERE / "queries" / f"{query}.graphql").read_text()
        return self.post("/graphql", {"query": text, "variables": variables}, token=token).json

    def seed(self, **words):
        return self.control("POST", "seed", words)

    def act(self, action, **words):
        return self.control("POST", "state", {"action": action, **words})

    def tokens(self, **words):
        return self.control("POST", "tokens", words)

    def world(self):
        """The first repository's part of the summary."""
        return self.control("GET", "world")["repositories"][0]

    def failures(self):
        return self.control("GET", "failures")

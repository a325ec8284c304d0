# SPDX-FileCopyrightText: 2026 The Slipway authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""What the tests with real clients have in common: where these are installed, a stand-in with the published schema, a home."""
import tempfile
import unittest
from pathlib import Path

import githubclients
from client import HERE, StandIn

PLACE = {"folder": HERE.parents[2] / "build" / "github-clients"}
RAN = {"gh": [], "operations": set()}


class Case(unittest.TestCase):
    """A stand-in with the published schema, and a scratch home."""

    def setUp(self):
        folder = tempfile.TemporaryDirectory(prefix="slipway-github-clients-")
        self.addCleanup(folder.cleanup)
        self.home = Path(folder.name)
        self.clients = PLACE["folder"]
        self.start()

    def start(self, *options):
        self.github = StandIn("--schema", str(githubclients.schema(self.clients)), *options)
        self.addCleanup(self.github.close)

    def tearDown(self):
        if self.github.process.poll() is None:
            self.assertEqual(self.github.failures(), [])

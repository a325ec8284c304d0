# SPDX-FileCopyrightText: 2026 The Slipway authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""The real Heroku CLI on the stand-in beside slipwayctl, for the tests that compare the two; exit code 77 without it."""
import argparse
import sys
import tempfile
from contextlib import contextmanager
from pathlib import Path

from team import HERE, Team

import herokucli  # beside the stand-in, which team.py puts on the path


class Beside(Team):
    def heroku_cli(self, *words):
        """What a command printed."""
        code, out, err = self.client.run(*words)
        assert code == 0, f"heroku {' '.join(words)} ended with {code}: {out}{err}"
        return out

    def counted(self, work):
        """How many requests it sent, and what it answered."""
        self.heroku.control("DELETE", "requests")
        answer = work()
        return len(self.heroku.requests()), answer


@contextmanager
def both(name, **seed):
    words = argparse.ArgumentParser()
    words.add_argument("--cli", default=HERE.parents[2] / "build/dev/heroku-cli")
    folder = words.parse_args().cli
    try:
        installed = herokucli.install(Path(folder))
    except herokucli.Unavailable as why:
        print("skipped:", why)
        sys.exit(herokucli.SKIPPED)
    with tempfile.TemporaryDirectory(prefix="slipway-heroku-cli-") as home, Beside(name) as team:
        team.client = herokucli.Cli(installed, team.heroku, home)
        team.seed(**seed)
        team.join()
        yield team

# SPDX-FileCopyrightText: 2026 The Slipway authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""The real slipwayctl, as a test calls it. Below SLIPWAY_BIN."""
import json
import os
import subprocess
import time

BIN = os.environ["SLIPWAY_BIN"]
# git as somebody whose own settings say nothing
NOBODY = {"GIT_CONFIG_GLOBAL": os.devnull, "GIT_CONFIG_NOSYSTEM": "1", "GIT_AUTHOR_NAME": "Ada", "GIT_AUTHOR_EMAIL": "ada@example.com",
          "GIT_COMMITTER_NAME": "Ada", "GIT_COMMITTER_EMAIL": "ada@example.com", "GIT_TERMINAL_PROMPT": "0"}


class Caller:
    """Whoever has an environment `env` with a SLIPWAY_HOME in it."""

    def words(self, *words):
        return [f"{BIN}/slipwayctl", *map(str, words), "--no-input"]

    def run(self, *words, timeout=120, **env):
        """(exit code, standard output, standard error)."""
        done = subprocess.run(self.words(*words), env={**self.env, **env}, capture_output=True, text=True, timeout=timeout,
                              stdin=subprocess.DEVNULL)
        return done.returncode, done.stdout, done.stderr

    def start(self, *words):
        return subprocess.Popen(self.words(*words), env=self.env, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE,
                                stderr=subprocess.PIPE, text=True)

    def ctl(self, *words, code=0):
        got, out, err = self.run(*words)
        assert got == code, f"slipwayctl {' '.join(map(str, words))} ended with {got}, expected {code}\n{out}\n{err}"
        return out

    def json(self, *words, code=0):
        return json.loads(self.ctl(*words, "--json", code=code))


def until(look, seconds=60, pause=0.02):
    """What it answers as soon as that is true; asked again after `pause` seconds."""
    end = time.monotonic() + seconds
    while not (seen := look()):
        assert time.monotonic() < end, "it did not come to that"
        time.sleep(pause)
    return seen

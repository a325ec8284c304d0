# SPDX-FileCopyrightText: 2026 The Slipway authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""The real Heroku CLI for tests: installed once by npm below the build directory, run with a scratch home (heroku-cli.md, 1)."""
import json
import os
import shutil
import signal
import subprocess
import tempfile
from pathlib import Path

PACKAGE, VERSION = "heroku", "11.10.0"
INSTALLING, RUNNING = 480, 120  # seconds
SKIPPED = 77


class Unavailable(Exception):
    """Node, npm or the package registry are not there: nothing that this program could mend."""


def installed(folder):
    try:
        return json.loads((folder / "node_modules" / PACKAGE / "package.json").read_text())["version"] == VERSION
    except (OSError, ValueError, KeyError):
        return False


def finished(words, seconds, **options):
    """A program's exit code and output; it and what it started in its own group are ended after the time."""
    process = subprocess.Popen(words, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
                               start_new_session=True, **options)
    try:
        out, err = process.communicate(timeout=seconds)
    except subprocess.TimeoutExpired:
        os.killpg(process.pid, signal.SIGKILL)
        out, err = process.communicate()
        err += "\nended after too long a time"
    return process.returncode, out, err


def install(folder):
    """The CLI below folder, from the last run or from the registry that npm is set up with."""
    folder = Path(folder)
    if not shutil.which("node"):
        raise Unavailable("no node")
    if installed(folder):
        return folder
    if not shutil.which("npm"):
        raise Unavailable("no npm")
    folder.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(prefix="heroku-cli-", dir=folder.parent) as part:
        words = ["npm", "install", f"{PACKAGE}@{VERSION}", "--no-audit", "--no-fund", "--ignore-scripts", "--no-update-notifier",
                 "--prefix", f"{part}/cli", "--cache", f"{part}/cache"]
        Path(part, "cli").mkdir()
        code, _, err = finished(words, INSTALLING, cwd=f"{part}/cli")
        if code != 0 or not installed(Path(part, "cli")):
            said = [line for line in err.splitlines() if line.startswith("npm error") and "http" not in line] or ["no word why"]
            raise Unavailable(f"npm cannot install it: {said[0][:200]}")  # without addresses: they may be somebody's own
        shutil.rmtree(folder, ignore_errors=True)
        os.rename(f"{part}/cli", folder)
    return folder


class Cli:
    """Runs one command after the other against a stand-in, with a home of its own."""

    def __init__(self, folder, standin, home):
        self.program = Path(folder) / "node_modules" / PACKAGE / "bin" / "run.js"
        self.standin, self.home = standin, Path(home)
        (self.home / "cache/heroku").mkdir(parents=True)
        (self.home / "cache/heroku/terms-of-service").touch()
        (self.home / "gitconfig").touch()
        (self.home / "empty").mkdir()

    def environment(self):
        home = str(self.home)
        return {
            "PATH": os.environ.get("PATH", os.defpath), "HOME": home, "XDG_CACHE_HOME": f"{home}/cache", "XDG_DATA_HOME": f"{home}/data",
            "XDG_CONFIG_HOME": f"{home}/config", "GIT_CONFIG_GLOBAL": f"{home}/gitconfig", "HEROKU_HOST": self.standin.address,
            "HEROKU_API_KEY": "stand-in-token", "HEROKU_DATA_HOST": "127.0.0.1", "HEROKU_PARTICLEBOARD_URL": self.standin.address,
            "DISABLE_TELEMETRY": "true", "HEROKU_DISABLE_AUTOUPDATE": "1", "HEROKU_SKIP_NEW_VERSION_CHECK": "1",
            "HEROKU_SKIP_ANALYTICS": "1", "NO_COLOR": "1", "TERM": "dumb",
        }

    def run(self, *words):
        """(exit code, standard output, standard error)."""
        code, out, err = finished(["node", "--no-deprecation", str(self.program), *words], RUNNING, env=self.environment(),
                                  cwd=self.home / "empty")
        if "Invalid HEROKU_HOST" in err:
            raise AssertionError("the CLI does not talk to the stand-in: " + err)
        return code, out, err

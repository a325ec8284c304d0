# SPDX-FileCopyrightText: 2026 The Slipway authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Prism and CircleCI's own client for tests: installed once by npm below the build directory, run with a scratch home.

Versions and ways: conformance.md, 2, 3 and 6. Prism stands between client and stand-in and complains in its log."""
import http.client
import json
import os
import queue
import shutil
import signal
import socket
import subprocess
import tempfile
import threading
import time
from pathlib import Path

from contract import prepared

PACKAGES = {"@stoplight/prism-cli": "5.14.2", "@circleci/mcp-server-circleci": "0.20.0"}
INSTALLING, ANSWERING = 480, 60  # seconds
SKIPPED = 77


class Unavailable(Exception):
    """Node, npm or the package registry are not there: nothing that this program could mend."""


def installed(folder):
    try:
        return all(json.loads((folder / "node_modules" / name / "package.json").read_text())["version"] == version
                   for name, version in PACKAGES.items())
    except (OSError, ValueError, KeyError):
        return False


def install(folder):
    """Both below folder, from the last run or from the registry that npm is set up with."""
    folder = Path(folder)
    if not shutil.which("node"):
        raise Unavailable("no node")
    if installed(folder):
        return folder
    if not shutil.which("npm"):
        raise Unavailable("no npm")
    folder.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(prefix="circleci-clients-", dir=folder.parent) as part:
        made = Path(part, "clients")
        made.mkdir()
        words = ["npm", "install", *(f"{name}@{version}" for name, version in PACKAGES.items()), "--no-audit", "--no-fund",
                 "--ignore-scripts", "--no-update-notifier", "--prefix", str(made), "--cache", f"{part}/cache"]
        try:
            done = subprocess.run(words, cwd=made, stdin=subprocess.DEVNULL, capture_output=True, text=True, timeout=INSTALLING,
                                  env=installing(part), check=False)
        except subprocess.TimeoutExpired:
            raise Unavailable("npm takes too long") from None
        if done.returncode != 0 or not installed(made):
            said = [line for line in done.stderr.splitlines() if line.startswith("npm error") and "http" not in line] or ["no word why"]
            raise Unavailable(f"npm cannot install them: {said[0][:200]}")  # without addresses: they may be somebody's own
        shutil.rmtree(folder, ignore_errors=True)
        os.rename(made, folder)
    return folder


def installing(home):
    """npm leaves nothing in the home of who runs the test, but keeps the registry that is set up there."""
    settings = os.environ.get("NPM_CONFIG_USERCONFIG") or os.path.expanduser("~/.npmrc")
    return {**os.environ, "HOME": str(home), "NPM_CONFIG_USERCONFIG": settings}


def environment(home, **more):
    return {"PATH": os.environ.get("PATH", os.defpath), "HOME": str(home), "NO_COLOR": "1", "TERM": "dumb", "LANG": "C.UTF-8", **more}


class Program:
    """A program of node in a group of its own; it and what it started are ended at the end."""

    def __init__(self, words, home, **more):
        self.process = subprocess.Popen(["node", *map(str, words)], stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
                                        text=True, encoding="utf-8", env=environment(home, **more), cwd=home, start_new_session=True)
        self.lines, self.coming = [], queue.Queue()
        self.reader = threading.Thread(target=self.read, daemon=True)
        self.reader.start()

    def read(self):
        for line in self.process.stdout:
            self.lines.append(line.rstrip("\n"))
            self.coming.put(line)
        self.coming.put("")

    def until(self, wanted, seconds=ANSWERING):
        """The next line of which wanted(line) is true."""
        end = time.monotonic() + seconds
        while time.monotonic() < end:
            try:
                line = self.coming.get(timeout=max(0.01, end - time.monotonic()))
            except queue.Empty:
                break
            if not line:
                raise AssertionError("it ended: " + "\n".join(self.lines[-20:]))
            if wanted(line):
                return line
        raise AssertionError("no word from it: " + "\n".join(self.lines[-20:]))

    def close(self):
        if self.process.poll() is None:
            os.killpg(self.process.pid, signal.SIGTERM)
        try:
            self.process.wait(10)
        except subprocess.TimeoutExpired:
            os.killpg(self.process.pid, signal.SIGKILL)
            self.process.wait()
        self.process.stdin.close()
        self.reader.join(10)
        self.process.stdout.close()


class Prism(Program):
    """A proxy that holds what passes against the description, in front of one stand-in."""

    def __init__(self, folder, home, description, upstream):
        path = Path(home, "circleci-prepared.json")
        path.write_text(json.dumps(prepared(json.loads(Path(description).read_text(encoding="utf-8")))), encoding="utf-8")
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            self.port = probe.getsockname()[1]
        program = Path(folder) / "node_modules/@stoplight/prism-cli/dist/index.js"
        super().__init__([program, "proxy", path, upstream, "-h", "127.0.0.1", "-p", self.port], home)
        self.until(lambda line: "Prism is listening" in line)

    def verdicts(self):
        """What the validator said of all until now: (complaints, warnings). A warning is what a status or path that nobody described gets.

        A last request of ours comes after all others in the log, so that nothing of theirs is missed."""
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=ANSWERING)
        connection.request("GET", "/_end")
        connection.getresponse().read()
        connection.close()
        self.until(lambda line: "/_end" in line)
        found = [line for line in list(self.lines) if "[VALIDATOR]" in line]
        warnings = [line for line in found if "warning" in line]
        return [line for line in found if line not in warnings], warnings


class Mcp(Program):
    """CircleCI's own client: JSON-RPC in lines (conformance.md, 6)."""

    def __init__(self, folder, home, address):
        program = Path(folder) / "node_modules/@circleci/mcp-server-circleci/dist/index.js"
        super().__init__([program], home, CIRCLECI_BASE_URL=address, CIRCLECI_TOKEN="stand-in-token", DISABLE_TELEMETRY="true")
        self.number = 0
        self.ask("initialize", {"protocolVersion": "2024-11-05", "capabilities": {}, "clientInfo": {"name": "test", "version": "1"}})
        self.say({"method": "notifications/initialized"})

    def say(self, message):
        self.process.stdin.write(json.dumps({"jsonrpc": "2.0", **message}) + "\n")
        self.process.stdin.flush()

    def ask(self, method, parameters):
        self.number += 1
        self.say({"id": self.number, "method": method, "params": parameters})
        mark = f'"id":{self.number}'
        answer = json.loads(self.until(lambda line: line.startswith("{") and mark in line))
        if "error" in answer:
            raise AssertionError(answer["error"])
        return answer["result"]

    def call(self, tool, **parameters):
        """What a tool says; an error of it is a failure."""
        result = self.ask("tools/call", {"name": tool, "arguments": {"params": parameters}})
        text = "\n".join(part.get("text", "") for part in result["content"])
        if result.get("isError"):
            raise AssertionError(f"{tool}: {text}")
        return text

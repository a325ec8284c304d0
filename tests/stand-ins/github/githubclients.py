# SPDX-FileCopyrightText: 2026 The Slipway authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Real clients of GitHub for tests, and its published descriptions: Prism, Octokit and the GraphQL reference implementation,
installed once by npm below the build directory; gh from the system. All run with a scratch home (conformance.md, 1 to 5)."""
import http.client
import json
import os
import queue
import shutil
import signal
import socket
import subprocess
import tarfile
import tempfile
import threading
import time
from pathlib import Path

from contract import trimmed

PACKAGES = {"@stoplight/prism-cli": "5.14.2", "@octokit/rest": "22.0.1", "@octokit/graphql-schema": "15.26.1", "graphql": "16.15.0",
            "@octokit/fixtures": "23.1.2"}
DESCRIPTION = "@octokit/openapi@23.0.2"
INSTALLING, ANSWERING = 480, 60  # seconds
SKIPPED = 77


class Unavailable(Exception):
    """Node, npm or the package registry are not there: nothing that this program could mend."""


def installed(folder):
    try:
        versions = all(json.loads((folder / "node_modules" / name / "package.json").read_text())["version"] == version
                       for name, version in PACKAGES.items())
        return versions and (folder / "description.json").is_file()
    except (OSError, ValueError, KeyError):
        return False


def schema(folder):
    """The published GraphQL schema."""
    return Path(folder) / "node_modules/@octokit/graphql-schema/schema.graphql"


def install(folder):
    """All below folder, from the last run or from the registry that npm is set up with."""
    folder = Path(folder)
    if not shutil.which("node"):
        raise Unavailable("no node")
    if installed(folder):
        return folder
    if not shutil.which("npm"):
        raise Unavailable("no npm")
    folder.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(prefix="github-clients-", dir=folder.parent) as part:
        made = Path(part, "clients")
        made.mkdir()
        common = ["--no-audit", "--no-fund", "--ignore-scripts", "--no-update-notifier", "--cache", f"{part}/cache"]
        npm(part, made, "install", *(f"{name}@{version}" for name, version in PACKAGES.items()), "--prefix", str(made), *common)
        npm(part, part, "pack", DESCRIPTION, "--silent", "--pack-destination", part, *common)
        describe(next(Path(part).glob("*.tgz")), made / "description.json")
        if not installed(made):
            raise Unavailable("npm installed something else")
        shutil.rmtree(folder, ignore_errors=True)
        os.rename(made, folder)
    return folder


def npm(home, where, *words):
    """npm leaves nothing in the home of who runs the test, but keeps the registry that is set up there."""
    settings = os.environ.get("NPM_CONFIG_USERCONFIG") or os.path.expanduser("~/.npmrc")
    try:
        done = subprocess.run(["npm", *words], cwd=where, stdin=subprocess.DEVNULL, capture_output=True, text=True, timeout=INSTALLING,
                              env={**os.environ, "HOME": str(home), "NPM_CONFIG_USERCONFIG": settings}, check=False)
    except subprocess.TimeoutExpired:
        raise Unavailable("npm takes too long") from None
    if done.returncode != 0:
        said = [line for line in done.stderr.splitlines() if line.startswith("npm error") and "http" not in line] or ["no word why"]
        raise Unavailable(f"npm cannot {words[0]}: {said[0][:200]}")  # without addresses: they may be somebody's own


def describe(package, path):
    """Takes the one file out of 400 MB that is needed."""
    with tarfile.open(package) as archive:
        path.write_bytes(archive.extractfile("package/generated/api.github.com.json").read())


def environment(home, **more):
    return {"PATH": os.environ.get("PATH", os.defpath), "HOME": str(home), "NO_COLOR": "1", "TERM": "dumb", "LANG": "C.UTF-8", **more}


def finished(words, home, seconds=ANSWERING, input=None, **more):
    """(exit code, standard output, standard error) of a program in a group of its own, which is ended after the time."""
    process = subprocess.Popen([str(word) for word in words], stdin=subprocess.PIPE if input else subprocess.DEVNULL, stdout=subprocess.PIPE,
                               stderr=subprocess.PIPE, text=True, start_new_session=True, env=environment(home, **more), cwd=home)
    try:
        out, err = process.communicate(input, timeout=seconds)
    except subprocess.TimeoutExpired:
        os.killpg(process.pid, signal.SIGKILL)
        out, err = process.communicate()
        err += "\nended after too long a time"
    return process.returncode, out, err


def script(folder, home, text, *words, **more):
    """What a piece of JavaScript prints as JSON; imports are the installed packages."""
    path = Path(folder) / f"script-{os.getpid()}-{threading.get_ident()}.mjs"
    path.write_text(text, encoding="utf-8")
    try:
        code, out, err = finished(["node", path, *words], home, **more)
    finally:
        path.unlink()
    if code != 0:
        raise AssertionError(out + err)
    return json.loads(out)


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


class Prism:
    """A proxy that holds what passes against the description, in front of one stand-in."""

    def __init__(self, folder, home, upstream, port):
        program = Path(folder) / "node_modules/@stoplight/prism-cli/dist/index.js"
        description = Path(home, "trimmed.json")
        description.write_text(json.dumps(trimmed(json.loads((Path(folder) / "description.json").read_text(encoding="utf-8")))), encoding="utf-8")
        words = ["node", str(program), "proxy", str(description), upstream, "-h", "127.0.0.1", "-p", str(port)]
        self.port, self.lines, self.coming = port, [], queue.Queue()
        self.process = subprocess.Popen(words, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True,
                                        env=environment(home), cwd=home, start_new_session=True)
        self.reader = threading.Thread(target=self.read, daemon=True)
        self.reader.start()
        self.until("Prism is listening")

    def read(self):
        for line in self.process.stdout:
            self.lines.append(line.rstrip("\n"))
            self.coming.put(line)
        self.coming.put("")

    def until(self, words):
        end = time.monotonic() + ANSWERING
        while time.monotonic() < end:
            try:
                line = self.coming.get(timeout=1)
            except queue.Empty:
                continue
            if words in line:
                return
            if not line:
                break
        raise AssertionError("no word from Prism: " + "\n".join(self.lines[-20:]))

    def verdicts(self):
        """What it said of all until now: (complaints, warnings). A last request of ours comes after all others in its log."""
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=ANSWERING)
        connection.request("GET", "/_end", headers={"User-Agent": "test"})
        connection.getresponse().read()
        connection.close()
        self.until("/_end")
        time.sleep(0.2)
        found = [line for line in self.lines if "[VALIDATOR]" in line]
        return [line for line in found if "✖" in line or "error" in line], [line for line in found if "warning" in line or "⚠" in line]

    def close(self):
        if self.process.poll() is None:
            os.killpg(self.process.pid, signal.SIGTERM)
        try:
            self.process.wait(10)
        except subprocess.TimeoutExpired:
            os.killpg(self.process.pid, signal.SIGKILL)
            self.process.wait()
        self.reader.join(10)
        self.process.stdout.close()

# SPDX-FileCopyrightText: 2026 The Slipway authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""The stand-in for GitHub as a program: how it starts and ends, what it serves, what two at once get."""
import concurrent.futures
import http.client
import socket
import subprocess
import sys
import tempfile
import unittest
from pathlib import Path

import server
from client import HERE, REPO, TOKEN, StandIn
from contract import OPERATIONS, R, trimmed
from test_doors import Case
from wire import ROUTES, find_route

for family in server.FAMILIES:
    __import__(family)


class Routes(unittest.TestCase):
    def test_all_that_slipway_calls(self):
        for line in OPERATIONS:
            method, _, path = line.partition(" ")
            filled = path.replace("{owner}", "acme").replace("{repo}", "shop").replace("{basehead}", "main...x")
            route, _ = find_route(method, filled.replace("{", "").replace("}", ""))
            with self.subTest(line=line):
                self.assertIsNotNone(route)
                self.assertEqual(route.pattern.startswith("R"), path.startswith(R))

    def test_permissions_have_names(self):
        names = {"metadata", "contents", "pull_requests", "issues", "statuses", "checks", "deployments", "actions", "administration"}
        for route in ROUTES:
            if route.needs not in ("", "open"):
                for need in route.needs.split(" or "):
                    self.assertRegex(need, rf"^({'|'.join(names)})=(read|write)$", route.pattern)
                writes = route.method != "GET"
                self.assertEqual(writes, "=write" in route.needs, f"{route.method} {route.pattern}")

    def test_trimming(self):
        """Only what is listed stays; a body takes no unknown words; a line that nobody described is an error."""
        body = {"content": {"application/json": {"schema": {"properties": {"a": {"type": "string"}}, "example": 1}}}}
        paths = {}
        for line in OPERATIONS:
            method, _, path = line.partition(" ")
            paths.setdefault(path, {})[method.lower()] = {"requestBody": body, "responses": {"200": {"$ref": "#/components/responses/x"}}}
        whole = {"openapi": "3.0.3", "info": {}, "paths": {**paths, "/other": {}}, "components": {"responses": {"x": {}, "y": {}}}}
        found = trimmed(whole)
        self.assertEqual((len(found["paths"]), found["components"]), (len(paths), {"responses": {"x": {}}}))
        schema = found["paths"]["/user"]["get"]["requestBody"]["content"]["application/json"]["schema"]
        self.assertEqual(schema, {"properties": {"a": {"type": "string"}}, "additionalProperties": False})
        del whole["paths"]["/user"]
        with self.assertRaises(AssertionError):
            trimmed(whole)


class Program(unittest.TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory(prefix="slipway-github-program-")
        self.addCleanup(folder.cleanup)
        self.folder = Path(folder.name)

    def test_ends_with_its_parent(self):
        """The parent is killed; its end of the pipe goes with it."""
        code = f"import subprocess, sys, time; p = subprocess.Popen([sys.executable, '-B', {str(HERE / 'server.py')!r}], stdin=subprocess.PIPE);" \
               "print(p.pid, flush=True); time.sleep(60)"
        parent = subprocess.Popen([sys.executable, "-c", code], stdout=subprocess.PIPE, text=True)
        parent.stdout.readline()
        port = int(parent.stdout.readline())
        parent.kill()
        self.assertEqual(parent.stdout.read(), "")  # ends when the stand-in has closed its output too
        parent.wait()
        parent.stdout.close()
        with socket.socket() as probe:
            self.assertNotEqual(probe.connect_ex(("127.0.0.1", port)), 0)

    def test_given_repository(self):
        source = self.folder / "source"
        person = ["-c", "user.name=Grace", "-c", "user.email=grace@example.com"]
        git = lambda *words: subprocess.run(["git", "-C", str(source), *person, *words], check=True, capture_output=True)  # noqa: E731
        source.mkdir()
        git("init", "-q", "-b", "trunk")
        git("commit", "-q", "--allow-empty", "-m", "First")
        git("branch", "topic/one")
        with StandIn("--repository", str(source), "--name", "team/app") as github:
            self.assertEqual(github.get("/repos/team/app").json["default_branch"], "trunk")
            self.assertEqual([branch["name"] for branch in github.get("/repos/team/app/branches").json], ["topic/one", "trunk"])
            self.assertEqual(github.get("/repos/team/app/commits").json[0]["author"]["login"], "grace")
            git("push", "-q", github.world()["git_dir"], "trunk:refs/heads/pushed")
            self.assertEqual(github.get("/repos/team/app/branches/topic%2Fone").status, 200)
            self.assertEqual(github.get("/repos/team/app/branches/pushed").status, 200)

    def test_socket_and_log(self):
        log, path = self.folder / "log", self.folder / "api"
        with StandIn("--socket", str(path), "--log", str(log), "--web", "https://git.example.com") as github:
            connection = http.client.HTTPConnection("api.github.com")
            connection.sock = socket.socket(socket.AF_UNIX)
            connection.sock.connect(str(path))
            connection.request("GET", REPO, headers={"Authorization": f"token {TOKEN}", "User-Agent": "test"})
            self.assertIn(b'"html_url":"https://git.example.com/acme/shop"', connection.getresponse().read())
            connection.close()
            github.seed(name="acme/second", private=False)
            self.assertEqual(github.get("/repos/acme/second/pulls", token=None).status, 200)
            self.assertEqual([repo["full_name"] for repo in github.get("/user/repos").json], ["acme/second", "acme/shop"])
        self.assertEqual(log.read_text().splitlines()[0], f"GET {REPO} 200")
        self.assertFalse(path.exists())


class AtOnce(Case):
    def both(self, *calls):
        with concurrent.futures.ThreadPoolExecutor(len(calls)) as pool:
            return [future.result() for future in [pool.submit(call) for call in calls]]

    def test_two_merge(self):
        merge = lambda: self.github.put(REPO + "/pulls/1/merge", {})  # noqa: E731
        self.assertEqual(sorted(answer.status for answer in self.both(merge, merge, merge)), [200, 405, 405])
        self.assertEqual(len(self.github.effects("pull.merge")), 1)

    def test_compare_and_move(self):
        """PATCH without force is a compare and swap: of two who go on from the same commit one wins."""
        tree = self.github.get(REPO + "/commits/main").json["commit"]["tree"]["sha"]

        def new(parents, text):
            return self.github.post(REPO + "/git/commits", {"message": text, "tree": tree, "parents": parents}).json["sha"]

        first = new([], "{}")
        self.ok(self.github.post(REPO + "/git/refs", {"ref": "refs/slipway/queue/shop", "sha": first}), 201)
        next_ones = [new([first], str(number)) for number in range(3)]
        answers = self.both(*(lambda sha=sha: self.github.patch(REPO + "/git/refs/slipway/queue/shop", {"sha": sha}) for sha in next_ones))
        self.assertEqual(sorted(answer.status for answer in answers), [200, 422, 422])

    def test_strict(self):
        self.github.settings(mergeable=0)
        self.github.act("protect", branch="main", contexts=["ci/circleci: test"], strict=True)
        self.github.act("push", branch="main", files={"new.txt": "1\n"})
        self.assertEqual(self.ok(self.github.get(REPO + "/pulls/1"))["mergeable_state"], "behind")
        self.fails(self.github.put(REPO + "/pulls/1/merge", {}), 405, "not up to date")
        self.ok(self.github.put(REPO + "/pulls/1/update-branch"), 202)
        self.assertEqual(self.ok(self.github.get(REPO + "/pulls/1"))["mergeable_state"], "blocked")  # CI has not seen the new head

    def test_last_modified(self):
        first = self.github.get(REPO)
        again = self.github.get(REPO, headers={"If-Modified-Since": first.headers["Last-Modified"]})
        self.assertEqual((again.status, again.data), (304, b""))


if __name__ == "__main__":
    unittest.main()

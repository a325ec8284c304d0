# SPDX-FileCopyrightText: 2026 The Slipway authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Doors, pages, limits, logs and statuses of the stand-in, as CircleCI's facts say (circleci.md)."""
import base64
import http.server
import json
import os
import shutil
import subprocess
import sys
import threading
import unittest
import urllib.parse
import urllib.request

from client import HERE, SHOP, StandIn
from test_flow import Case


class Doors(Case):
    EXPECTED = ("no such call",)

    def test_tokens(self):
        self.fails(self.circle.get("/me", token=None), 401, "log in")
        self.fails(self.circle.get("/me", token="wrong"), 401, "invalid token")
        self.fails(self.circle.get("/nowhere", token=None), 401)
        for headers in ({"Authorization": "Bearer stand-in-token"}, {"Circle-Token": "stand-in-token"},
                        {"Authorization": "Basic " + base64.b64encode(b"stand-in-token:").decode()}):
            self.assertEqual(self.ok(self.circle.get("/me", token=None, headers=headers))["login"], "ada")
        self.ok(self.circle.get("/me?circle-token=stand-in-token", token=None))
        self.circle.control("POST", "tokens", {"looks": "read", "stand-in-token": None})
        self.fails(self.circle.get("/me"), 401)
        self.ok(self.circle.get(f"/project/{SHOP}", token="looks"))
        self.fails(self.circle.post(f"/project/{SHOP}/pipeline", {"branch": "main"}, token="looks"), 403)
        self.assertNotIn("stand-in-token", str(self.circle.requests()))

    def test_slugs(self):
        plain = self.ok(self.circle.get(f"/project/{SHOP}"))
        self.assertEqual((plain["slug"], plain["vcs_info"]["default_branch"]), (SHOP, "main"))
        for spelling in ("gh%2Facme%2Fshop", "github/acme/shop", "gh/acme%2fshop", "GH/Acme/shop".lower()):
            self.assertEqual(self.ok(self.circle.get(f"/project/{spelling}")), plain)
        self.assertEqual(self.items("/project/gh%2Facme%2Fshop/pipeline"), [])
        self.circle.project("gh/acme/new", ready=False)
        self.fails(self.circle.get("/project/gh/acme/new"), 404, "project not found")
        self.fails(self.circle.get("/project/gh/acme/new/pipeline"), 404)
        self.circle.project("gh/acme/new", ready=True)
        self.ok(self.circle.get("/project/gh/acme/new"))
        self.fails(self.circle.get("/project/gh/acme/none"), 404)
        opaque = "circleci/9YytKzouJxzu4TjCRFqAoD/44n9wujWcTnVZ2b5S8Fnat"
        self.circle.project(opaque)
        self.assertEqual(self.ok(self.circle.get(f"/project/{opaque}"))["vcs_info"]["provider"], "CircleCI")
        self.fails(self.circle.post(f"/project/{opaque}/pipeline", {"branch": "main"}), 400)
        names = [entry["slug"] for entry in self.ok(self.circle.get("/me/collaborations"))]
        self.assertEqual(names[:2], ["gh/ada", "gh/acme"])

    def test_pages(self):
        self.circle.settings(page_size=2)
        ids = [self.circle.push(branch="main")["id"] for _ in range(5)][::-1]
        first = self.ok(self.circle.get(f"/project/{SHOP}/pipeline?branch=main"))
        self.circle.push(branch="main")  # what comes in meanwhile shifts nothing
        second = self.ok(self.circle.get(f"/project/{SHOP}/pipeline?branch=main&page-token={first['next_page_token']}"))
        third = self.ok(self.circle.get(f"/project/{SHOP}/pipeline?branch=main&page-token={second['next_page_token']}"))
        self.assertEqual([entry["id"] for entry in first["items"] + second["items"] + third["items"]], ids)
        self.assertIsNone(third["next_page_token"])
        self.fails(self.circle.get(f"/project/{SHOP}/pipeline?page-token={first['next_page_token']}"), 400, "page token")
        self.fails(self.circle.get(f"/project/{SHOP}/pipeline?branch=main&page-token=made-up"), 400)
        self.assertEqual(len(self.items("/pipeline?org-slug=gh/acme")), 2)
        self.assertEqual(len(self.items(f"/project/{SHOP}/pipeline/mine")), 2)

    def test_budget(self):
        self.circle.settings(rate_limit=2, rate_headers="both", retry_after=7)
        headers = self.circle.get("/me").headers
        self.assertEqual((headers["RateLimit-Remaining"], headers["X-RateLimit-Remaining-Minute"]), ("1", "1"))
        self.assertLessEqual(int(headers["RateLimit-Reset"]), 60)
        self.ok(self.circle.get("/me"))
        answer = self.circle.get("/me")
        self.fails(answer, 429)
        self.assertEqual(answer.headers["Retry-After"], "7")
        self.circle.act("clock", seconds=60)
        self.ok(self.circle.get("/me"))
        self.circle.settings(rate_limit=0, rate_headers="none", retry_after=None)
        answer = self.circle.get("/me")
        self.assertEqual((answer.status, answer.headers["Retry-After"], answer.headers["RateLimit-Limit"]), (429, None, None))

    def test_ends_with_its_parent(self):
        circle = StandIn(checked=False)
        self.assertEqual(circle.get("/me").status, 200)
        circle.close()
        self.assertEqual(circle.process.returncode, 0)
        circle = StandIn(checked=False)
        self.addCleanup(circle.close)
        circle.process.terminate()
        self.assertEqual(circle.process.wait(20), 0)
        words = subprocess.run([*circle.process.args[:3], "--nonsense"], capture_output=True, stdin=subprocess.DEVNULL, check=False)
        self.assertEqual(words.returncode, 2)


class Looking(Case):
    """Tests, artifacts, flaky tests, step logs, null fields."""

    def failed(self, **words):
        pipeline, workflow = self.pushed(workflows=[{"name": "ci", "jobs": [{"name": "test", "artifacts": ["coverage/a b.html"], **words}]}])
        self.circle.finish(pipeline, "test", status="failed", failing=["adds up", {"name": "ships", "message": None}], passing=["lists"])
        return self.jobs(workflow)["test"]

    def test_tests_and_artifacts(self):
        number = self.failed()["job_number"]
        self.circle.settings(page_size=2)
        first = self.ok(self.circle.get(f"/project/{SHOP}/{number}/tests"))
        self.assertEqual([(entry["name"], entry["message"]) for entry in first["items"]], [("adds up", "expected up to work"), ("ships", None)])
        rest = self.items(f"/project/{SHOP}/{number}/tests?page-token={first['next_page_token']}")
        self.assertEqual([(entry["name"], entry["result"]) for entry in rest], [("lists", "success")])
        artifact = self.items(f"/project/{SHOP}/{number}/artifacts")[0]
        self.assertEqual(artifact["path"], "coverage/a b.html")
        self.assertEqual(self.circle.get(artifact["url"]).data, b"artifact coverage/a b.html\n")
        self.fails(self.circle.get(f"/project/{SHOP}/999/tests"), 404)

    def test_flaky(self):
        self.failed()
        self.circle.act("flaky", project=SHOP, tests=["adds up", {"test_name": "ships", "file": None, "classname": None, "source": None}])
        found = self.ok(self.circle.get(f"/insights/{SHOP}/flaky-tests"))
        self.assertEqual([entry["test_name"] for entry in found["flaky_tests"]], ["adds up", "ships"])
        self.assertEqual(found["total_flaky_tests"], 2)

    def test_step_log(self):
        number = self.failed(parallelism=2)["job_number"]
        job = self.ok(self.circle.get(f"/api/v1.1/project/{SHOP}/{number}"))
        self.assertEqual(job["build_num"], number)
        actions = job["steps"][-1]["actions"]
        self.assertEqual([(each["index"], each["failed"], each["exit_code"]) for each in actions], [(0, True, 1), (1, True, 1)])
        lines = self.ok(self.circle.get(actions[0]["output_url"], token=None))
        self.assertIn("\x1b[31mFAILED\x1b[0m adds up", lines[0]["message"])
        self.assertEqual({line["type"] for line in lines}, {"out", "err"})
        self.assertEqual(self.circle.get(actions[0]["output_url"][:-1] + "x", token=None).status, 403)
        self.circle.act("clock", seconds=301)
        self.assertEqual(self.circle.get(actions[0]["output_url"], token=None).status, 403)
        again = self.ok(self.circle.get(f"/api/v1.1/project/{SHOP}/{number}"))["steps"][-1]["actions"][0]["output_url"]
        self.ok(self.circle.get(again, token=None))
        self.circle.act("expire")
        self.assertEqual(self.circle.get(again, token=None).status, 403)

    def test_log_of_what_runs(self):
        pipeline, workflow = self.pushed()
        number = self.jobs(workflow)["build"]["job_number"]
        address = f"/api/v1.1/project/{SHOP}/{number}"
        action = self.ok(self.circle.get(address))["steps"][-1]["actions"][0]
        self.assertEqual((action["status"], action["end_time"], action["has_output"], action["output_url"]), ("running", None, False, None))
        self.circle.finish(pipeline, "build", output="\x1b[1mdone\x1b[0m")
        action = self.ok(self.circle.get(address))["steps"][-1]["actions"][0]
        self.assertEqual(self.ok(self.circle.get(action["output_url"], token=None))[0]["message"], "\x1b[1mdone\x1b[0m")
        answer = self.circle.get(address, headers={"Accept": None})
        self.assertIn("edn", answer.headers["Content-Type"])
        self.assertIn(":build_num", answer.data.decode())

    def test_null_fields(self):
        pipeline, workflow = self.pushed()
        self.circle.act("show", kind="pipeline", id=pipeline["id"], set={"trigger": None}, hide=["vcs"])
        shown = self.ok(self.circle.get(f"/pipeline/{pipeline['id']}"))
        self.assertEqual((shown["trigger"], "vcs" in shown), (None, False))
        self.circle.act("show", kind="workflow", id=workflow, set={"name": None}, hide=["started_by"])
        shown = self.ok(self.circle.get(f"/workflow/{workflow}"))
        self.assertEqual((shown["name"], "started_by" in shown), (None, False))
        self.circle.settings(absent_start=True)
        self.assertNotIn("started_at", self.jobs(workflow)["test"])

    EXPECTED = ("/started_by is missing", "/started_at is missing", "/trigger is null", "/name is null")


class TokenAbroad(Case):
    EXPECTED = ("a token was sent to a presigned address",)

    def test_is_noticed(self):
        pipeline, workflow = self.pushed()
        self.circle.finish(pipeline, "build")
        number = self.jobs(workflow)["build"]["job_number"]
        url = self.ok(self.circle.get(f"/api/v1.1/project/{SHOP}/{number}"))["steps"][0]["actions"][0]["output_url"]
        self.circle.get(url)
        self.assertEqual([entry["words"] for entry in self.circle.violations()], list(self.EXPECTED))


class GitHub(http.server.BaseHTTPRequestHandler):
    """Takes commit statuses."""

    def do_POST(self):
        body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        self.server.seen.append((urllib.parse.unquote(self.path), self.headers["Authorization"], body))
        self.send_response(201)
        self.send_header("Content-Length", "0")
        self.end_headers()

    def log_message(self, format, *arguments):
        pass


class Statuses(unittest.TestCase):
    def test_github_is_told(self):
        server = http.server.HTTPServer(("127.0.0.1", 0), GitHub)
        server.seen = []
        threading.Thread(target=server.serve_forever, args=(0.05,), daemon=True).start()
        self.addCleanup(server.server_close)
        self.addCleanup(server.shutdown)
        with StandIn("--github", f"http://127.0.0.1:{server.server_port}/api", "--github-token", "gh-token") as circle:
            circle.project()
            pipeline = circle.push(sha="c" * 40)
            circle.finish(pipeline, "build")
            circle.finish(pipeline, "test", status="failed")
            again = circle.act("rerun", workflow=pipeline["workflows"]["build-and-deploy"]["id"], from_failed=True)
            circle.finish(pipeline, "test", status="success")
            told = circle.control("GET", "statuses")
        self.assertEqual({(path, token) for path, token, _ in server.seen}, {("/api/repos/acme/shop/statuses/" + "c" * 40, "Bearer gh-token")})
        self.assertEqual([(body["context"], body["state"]) for _, _, body in server.seen], [
            ("ci/circleci: build", "pending"), ("ci/circleci: build", "success"), ("ci/circleci: test", "pending"),
            ("ci/circleci: test", "failure"), ("ci/circleci: test", "pending"), ("ci/circleci: test", "success"),
            ("ci/circleci: build-and-deploy/approve-deploy", "pending")])
        self.assertIn(again["id"], server.seen[-1][2]["target_url"])
        self.assertEqual({entry["answer"] for entry in told}, {201})

    @unittest.skipUnless(shutil.which("git"), "no git")
    def test_our_own_github_shows_it(self):
        """The two stand-ins together, as a window test has them."""
        words = [sys.executable, "-B", str(HERE.parent / "github" / "server.py"), "--port", "0"]
        github = subprocess.Popen(words, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True,
                                  env={**os.environ, "SLIPWAY_STANDIN_TOKEN": "gh-token"})
        self.addCleanup(github.communicate)
        port = int(github.stdout.readline())

        def asked(path):
            question = urllib.request.Request(f"http://127.0.0.1:{port}/repos/acme/shop/{path}", headers={"Authorization": "token gh-token"})
            with urllib.request.urlopen(question, timeout=30) as answer:
                return json.load(answer)

        sha = asked("commits/main")["sha"]
        with StandIn("--github", f"http://127.0.0.1:{port}", "--github-token", "gh-token") as circle:
            circle.project()
            pipeline = circle.push(sha=sha)
            circle.act("run", pipeline=pipeline["id"])
            self.assertEqual({entry["answer"] for entry in circle.control("GET", "statuses")}, {201})
            found = {entry["context"]: entry["state"] for entry in asked(f"commits/{sha}/status")["statuses"]}
            self.assertEqual((found["ci/circleci: test"], found["ci/circleci: build-and-deploy/approve-deploy"]), ("success", "pending"))


if __name__ == "__main__":
    unittest.main()

# SPDX-FileCopyrightText: 2026 The Slipway authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Each operation that Slipway calls goes through Prism: requests and answers fit GitHub's published description (conformance.md)."""
import json
import re
import unittest

import githubclients
from client import REPO
from clientcase import RAN, Case
from contract import OPERATIONS

# Paths and statuses that the description does not list: /_end of our own, 404 and the like where only others are listed.
TOLERATED = re.compile("Selected route not found|Unable to match the returned status code")


def fits(line, method, repo, path):
    """Whether a request is one of that operation."""
    wanted, _, shape = line.partition(" ")
    pattern = re.sub(r"\\{\w+\\}", "[^/]+", re.escape(shape))
    found = [one for one in OPERATIONS if re.fullmatch(re.sub(r"\\{\w+\\}", "[^/]+", re.escape(one)), f"{method} {repo}{path.partition('?')[0]}")]
    return wanted == method and bool(re.fullmatch(pattern, repo + path.partition("?")[0])) and min(found, key=lambda one: one.count("{")) == line


class Described(Case):
    """Each operation that Slipway calls, through Prism: no complaint about requests or answers."""

    def start(self):
        self.port = githubclients.free_port()
        super().start("--public-base", f"http://127.0.0.1:{self.port}", "--socket", str(self.home / "unused"))
        self.github.settings(mergeable=0, update_branch=0, points=0, content=0)
        self.prism = githubclients.Prism(self.clients, self.home, self.github.address, self.port)
        self.addCleanup(self.prism.close)
        self.direct, self.github.port = self.github.port, self.port

    def tearDown(self):
        complaints, warnings = self.prism.verdicts()
        warnings = [line for line in warnings if not TOLERATED.search(line)]
        self.github.port = self.direct
        self.assertEqual((complaints, warnings), ([], []))
        super().tearDown()

    def call(self, status, method, path, body=None, **more):
        answer = self.github.send(method, path if path.startswith(("/user", "/rate")) else REPO + path, body, **more)
        RAN["operations"] |= {line for line in OPERATIONS if fits(line, method, "" if path.startswith(("/user", "/rate")) else REPO, path)}
        self.assertEqual(answer.status, status, f"{method} {path}: {answer.data.decode()[:400]} {answer.headers['sl-violations']}")
        return answer.json

    def test_reading(self):
        self.github.act("protect", branch="main", contexts=["ci/circleci: test"], reviews=1)
        self.github.act("review", number=2, by="ada", state="CHANGES_REQUESTED", body="No")
        self.github.act("line-comment", number=1, path="checkout.py", body="Why?", by="ada")
        self.github.act("push", branch="feat/x", by="grace", files={"docs/read me.txt": "für alle\n"})
        for path in ("", "/branches", "/branches/main", "/branches/feat%2Fx", "/rules/branches/main", "/pulls?state=all", "/pulls/1/files",
                     "/pulls/1/commits",
                     "/pulls/2/reviews", "/pulls/1/comments", "/pulls/1/requested_reviewers", "/issues/1/comments", "/issues/comments", "/labels",
                     "/issues/1/labels", "/collaborators/grace/permission", "/commits?per_page=2", "/commits/main", "/compare/main...faster-checkout",
                     "/compare/main...feat%2Fx?per_page=1", "/deployments", "/deployments?environment=staging", "/environments",
                     "/environments/staging",
                     "/git/ref/heads%2Ffeat%2Fx", "/git/matching-refs/heads%2F", "/contents/app.py?ref=main", "/compare/main...feat%2Fx",
                     "/events", "/commits/main/status",
                     "/commits/faster-checkout/statuses", "/commits/faster-checkout/check-runs", "/commits/faster-checkout/check-suites",
                     "/commits/faster-checkout/status", "/pulls?head=acme:faster-checkout&sort=updated&direction=desc"):
            self.call(200, "GET", path)
        for number in (1, 2, 3):
            self.call(200, "GET", f"/pulls/{number}")
        for path in ("/user", "/user/repos", "/rate_limit", "/actions/runs"):
            self.call(200, "GET", path)
        run = self.call(200, "GET", f"/actions/runs?head_sha={self.call(200, 'GET', '/pulls/1')['head']['sha']}")["workflow_runs"][0]
        self.call(200, "GET", f"/actions/runs/{run['id']}")
        head = self.call(200, "GET", "/pulls/1")["head"]["sha"]
        self.assertEqual([pull["number"] for pull in self.call(200, "GET", f"/commits/{head}/pulls")], [1])
        commit = self.call(200, "GET", f"/git/commits/{head}")
        tree = self.call(200, "GET", f"/git/trees/{commit['tree']['sha']}")
        self.call(200, "GET", f"/git/blobs/{tree['tree'][0]['sha']}")
        self.call(404, "GET", "/branches/nowhere")
        self.call(404, "GET", "/pulls/1/merge")
        self.call(422, "GET", f"/commits/{'0' * 40}")

    def test_pull_requests(self):
        self.github.act("push", branch="feat/y", by="ada", files={"y.txt": "1\n"})
        made = self.call(201, "POST", "/pulls", {"head": "feat/y", "base": "main", "title": "Y", "body": "Why not", "draft": False})
        number = made["number"]
        self.call(422, "POST", "/pulls", {"head": "feat/y", "base": "main", "title": "Y again"})
        self.call(200, "PATCH", f"/pulls/{number}", {"title": "Yes"})
        self.call(201, "POST", f"/issues/{number}/comments", {"body": "Hello"})
        comment = self.call(200, "GET", f"/issues/{number}/comments?since=2020-01-01T00:00:00Z")[0]
        self.call(200, "PATCH", f"/issues/comments/{comment['id']}", {"body": "Hello again"})
        self.call(201, "POST", f"/pulls/{number}/requested_reviewers", {"reviewers": ["grace"]})
        self.call(200, "DELETE", f"/pulls/{number}/requested_reviewers", {"reviewers": ["grace"]})
        self.call(422, "POST", f"/pulls/{number}/reviews", {"event": "APPROVE", "body": "Mine"})
        review = self.call(200, "POST", "/pulls/1/reviews", {"event": "APPROVE", "body": "Good",
                                                             "commit_id": self.call(200, "GET", "/pulls/1")["head"]["sha"]})
        self.call(200, "PUT", f"/pulls/1/reviews/{review['id']}/dismissals", {"message": "It changed"})
        pending = self.call(200, "POST", "/pulls/2/reviews", {"body": "Later"})
        self.call(200, "POST", f"/pulls/2/reviews/{pending['id']}/events", {"event": "COMMENT", "body": "Now"})
        self.call(201, "POST", "/labels", {"name": "accepted", "color": "00ff00", "description": "May go on"})
        self.call(422, "POST", "/labels", {"name": "accepted", "color": "00ff00"})
        self.call(200, "POST", f"/issues/{number}/labels", {"labels": ["accepted"]})
        self.call(200, "PUT", f"/issues/{number}/labels", {"labels": ["accepted", "ready"]})
        self.call(200, "DELETE", f"/issues/{number}/labels/accepted")
        self.call(202, "PUT", "/pulls/2/update-branch", {"expected_head_sha": self.call(200, "GET", "/pulls/2")["head"]["sha"]})
        self.call(422, "PUT", "/pulls/2/update-branch", {"expected_head_sha": "0" * 40})
        self.call(409, "PUT", f"/pulls/{number}/merge", {"sha": "0" * 40})
        self.call(405, "PUT", "/pulls/3/merge", {"merge_method": "merge"})
        self.call(200, "PUT", f"/pulls/{number}/merge", {"merge_method": "squash", "sha": made["head"]["sha"], "commit_title": "Y"})
        self.call(204, "GET", f"/pulls/{number}/merge")
        self.call(200, "GET", f"/pulls/{number}")
        self.call(200, "PUT", "/pulls/1/merge", {"merge_method": "rebase"})
        self.call(200, "PATCH", "/pulls/4", {"state": "closed"})
        self.call(200, "GET", "/events")

    def test_commits_and_deployments(self):
        sha = self.call(200, "GET", "/branches/main")["commit"]["sha"]
        self.call(201, "POST", f"/statuses/{sha}", {"state": "success", "context": "slipway/acceptance", "description": "Accepted by Ada",
                                                   "target_url": "https://dev1.example.com"})
        self.call(422, "POST", f"/statuses/{'0' * 40}", {"state": "success"})
        body = {"ref": sha, "environment": "staging", "auto_merge": False, "required_contexts": [], "description": "Slipway",
                "payload": {"slipway": 1}}
        made = self.call(201, "POST", "/deployments", body)
        place = f"/deployments/{made['id']}"
        self.call(201, "POST", f"{place}/statuses", {"state": "in_progress", "log_url": "https://log.example.com"})
        self.call(201, "POST", f"{place}/statuses", {"state": "success", "environment_url": "https://staging.example.com"})
        self.call(200, "GET", f"{place}/statuses")
        self.call(200, "GET", place)
        self.call(422, "DELETE", place)
        self.call(409, "POST", "/deployments", {**body, "required_contexts": ["nothing"]})
        self.call(201, "POST", f"{place}/statuses", {"state": "inactive"})
        self.call(204, "DELETE", place)
        self.call(200, "PUT", "/environments/staging", {"wait_timer": 0})
        tree = self.call(200, "GET", f"/git/commits/{sha}")["tree"]["sha"]
        blob = self.call(201, "POST", "/git/blobs", {"content": "hello\n", "encoding": "utf-8"})
        self.call(201, "POST", "/git/trees", {"base_tree": tree,
                                              "tree": [{"path": "hello.txt", "mode": "100644", "type": "blob", "sha": blob["sha"]}]})
        commit = self.call(201, "POST", "/git/commits", {"message": json.dumps({"who": "ada", "until": None}), "tree": tree, "parents": []})
        self.call(201, "POST", "/git/refs", {"ref": "refs/slipway/hold/shop", "sha": commit["sha"]})
        self.call(422, "POST", "/git/refs", {"ref": "refs/slipway/hold/shop", "sha": commit["sha"]})
        self.call(200, "GET", "/git/ref/slipway%2Fhold%2Fshop")
        self.call(200, "GET", "/git/matching-refs/slipway%2Fhold%2F")
        self.call(422, "PATCH", "/git/refs/slipway%2Fhold%2Fshop", {"sha": sha, "force": False})
        self.call(200, "PATCH", "/git/refs/slipway%2Fhold%2Fshop", {"sha": sha, "force": True})
        self.call(204, "DELETE", "/git/refs/slipway%2Fhold%2Fshop")
        self.call(201, "POST", "/merges", {"base": "invoice-pdf", "head": "main", "commit_message": "Bring main"})
        self.call(204, "POST", "/merges", {"base": "invoice-pdf", "head": "main"})
        self.call(409, "POST", "/merges", {"base": "saved-cards", "head": "main"})

    def test_actions(self):
        failed = self.github.act("check", ref="main", name="build", conclusion="failure")
        self.call(201, "POST", f"/actions/runs/{failed['run']}/rerun-failed-jobs")
        self.call(202, "POST", f"/actions/runs/{failed['run']}/cancel")
        self.call(409, "POST", f"/actions/runs/{failed['run']}/cancel")
        waits = self.github.act("wait", ref="v1", name="deploy", environment="production")
        place = f"/actions/runs/{waits['run']}/pending_deployments"
        held = self.call(200, "GET", place)
        self.call(200, "POST", place, {"environment_ids": [held[0]["environment"]["id"]], "state": "approved", "comment": "Good"})
        self.assertEqual(self.call(200, "GET", place), [])
        fork = self.github.act("check", ref="invoice-pdf", name="build", conclusion="action_required")
        self.call(201, "POST", f"/actions/runs/{fork['run']}/approve")

    def test_what_the_description_says_otherwise(self):
        """The repository of a head is null when the fork is gone (github.md, 7); the description knows no null there."""
        self.github.act("gone-fork", number=4)
        self.call(200, "GET", "/pulls")
        complaints, _ = self.prism.verdicts()
        self.assertEqual([line.partition("Violation: ")[2].partition(" ")[0] for line in complaints], ["response.body.0.head.repo"])
        self.prism.lines.clear()

    def test_strictness(self):
        """The check itself is tried: a misspelt word and a mistyped answer are complaints."""
        self.github.send("POST", REPO + "/pulls/1/reviews", {"evnt": "APPROVE"})
        self.github.fault(path="/pulls/1$", set={"mergeable_state": 7})
        self.github.get(REPO + "/pulls/1")
        complaints, _ = self.prism.verdicts()
        self.assertEqual(len(complaints), 2, complaints)
        self.prism.lines.clear()


class Every(unittest.TestCase):
    """Comes last by its name, after those that called."""

    def test_all_operations_were_called(self):
        if RAN["operations"]:
            self.assertEqual(sorted(set(OPERATIONS) - RAN["operations"]), [])

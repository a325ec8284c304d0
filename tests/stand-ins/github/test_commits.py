# SPDX-FileCopyrightText: 2026 The Slipway authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Refs, compare, statuses, checks, deployments, archives and objects at the stand-in for GitHub (github.md, 7)."""
import concurrent.futures
import io
import json
import tarfile
import unittest

from client import REPO
from test_doors import Case


class Refs(Case):
    def hold(self, text):
        """A commit that carries JSON as its message, as Slipway's hold on staging does."""
        tree = self.ok(self.github.get(f"{REPO}/commits/main"))["commit"]["tree"]["sha"]
        return self.ok(self.github.post(REPO + "/git/commits", {"message": text, "tree": tree, "parents": []}), 201)["sha"]

    def test_exactly_one_wins(self):
        shas = [self.hold(json.dumps({"who": number})) for number in range(8)]
        with concurrent.futures.ThreadPoolExecutor(8) as pool:
            answers = list(pool.map(lambda sha: self.github.post(REPO + "/git/refs", {"ref": "refs/slipway/hold/shop", "sha": sha}), shas))
        self.assertEqual(sorted(answer.status for answer in answers), [201] + [422] * 7)
        self.fails(next(answer for answer in answers if answer.status == 422), 422, "Reference already exists")
        winner = next(answer for answer in answers if answer.status == 201).json["object"]["sha"]
        held = self.ok(self.github.get(REPO + "/git/ref/slipway%2Fhold%2Fshop"))["object"]
        self.assertEqual((held["sha"], held["type"]), (winner, "commit"))
        self.assertEqual(self.ok(self.github.get(REPO + "/git/ref/slipway/hold/shop"))["object"]["sha"], winner)
        self.assertEqual(json.loads(self.ok(self.github.get(f"{REPO}/git/commits/{winner}"))["message"]), {"who": shas.index(winner)})
        self.assertEqual(len(self.github.effects("ref.create")), 1)
        self.assertNotIn("shop", self.github.world()["branches"])

    def test_bad_words(self):
        sha = self.github.world()["branches"]["main"]
        new = lambda ref, sha=sha: self.github.post(REPO + "/git/refs", {"ref": ref, "sha": sha})  # noqa: E731
        self.fails(new("heads/x"), 422, "must start with 'refs/'")
        self.fails(new("refs/x"), 422)
        self.fails(new("refs/heads/x", "1" * 40), 422, "Object does not exist")
        self.fails(new("refs/heads/x", "123"), 422, "40 characters")
        self.fails(new("refs/heads/a..b"), 422, "not a valid ref name")
        self.fails(new("refs/heads/main/below"), 422)
        self.fails(self.github.get(REPO + "/git/ref/heads%2Fmai"), 404)
        self.assertEqual(len(self.ok(self.github.get(REPO + "/git/matching-refs/heads%2Fmai"))), 1)
        self.assertEqual(self.ok(self.github.get(REPO + "/git/matching-refs/nothing")), [])

    def test_move_and_delete(self):
        tips = self.github.world()["branches"]
        move = lambda sha, **more: self.github.patch(REPO + "/git/refs/heads/faster-checkout", {"sha": sha, **more})  # noqa: E731
        self.fails(move(tips["invoice-pdf"]), 422, "Update is not a fast forward")
        self.ok(move(tips["invoice-pdf"], force=True))
        self.fails(self.github.delete(REPO + "/git/refs/heads/main"), 422, "default branch")
        self.fails(self.github.delete(REPO + "/git/refs/heads/nothing"), 422, "Reference does not exist")
        self.assertEqual(self.github.delete(REPO + "/git/refs/heads%2Fdraft-idea").status, 204)
        self.fails(self.github.get(REPO + "/branches/draft-idea"), 404, "Branch not found")
        self.github.act("protect", branch="main", reviews=1)
        self.fails(self.github.patch(REPO + "/git/refs/heads/main", {"sha": tips["faster-checkout"]}), 422, "rule violations")

    def test_merges(self):
        merge = lambda base, head: self.github.post(REPO + "/merges", {"base": base, "head": head})  # noqa: E731
        made = self.ok(merge("invoice-pdf", "main"), 201)
        self.assertEqual((len(made["parents"]), made["commit"]["message"]), (2, "Merge main into invoice-pdf"))
        self.assertEqual(merge("invoice-pdf", "main").status, 204)
        self.fails(merge("saved-cards", "main"), 409, "Merge conflict")
        self.fails(merge("nowhere", "main"), 404, "Base does not exist")
        self.fails(merge("main", "nowhere"), 404, "Head does not exist")


class Comparing(Case):
    def test_directions(self):
        compare = lambda one, other: self.ok(self.github.get(f"{REPO}/compare/{one}...{other}"))  # noqa: E731
        found = [(lambda c: (c["status"], c["ahead_by"], c["behind_by"]))(compare(*ends)) for ends in
                 (("v1", "main"), ("main", "v1"), ("main", "main"), ("main", "invoice-pdf"))]
        self.assertEqual(found, [("ahead", 1, 0), ("behind", 0, 1), ("identical", 0, 0), ("diverged", 1, 2)])
        whole = compare("main", "invoice-pdf")
        self.assertEqual([(file["filename"], file["status"], file["additions"]) for file in whole["files"]], [("invoice.py", "added", 1)])
        self.assertEqual(whole["files"][0]["patch"], "@@ -0,0 +1 @@\n+pdf = 1")
        self.assertEqual(whole["merge_base_commit"]["commit"]["message"], "Show prices")
        self.fails(self.github.get(REPO + "/compare/main...nowhere"), 404)
        tips = self.github.world()["branches"]
        self.assertEqual(compare(tips["main"], tips["faster-checkout"])["ahead_by"], 1)

    def test_long(self):
        self.github.seed(name="acme/long", commits=300)
        repo = "/repos/acme/long"
        whole = self.ok(self.github.get(repo + "/compare/v1...main"))
        self.assertEqual((whole["ahead_by"], whole["total_commits"], len(whole["commits"])), (301, 301, 250))
        self.assertEqual(whole["commits"][-1]["commit"]["message"], "Commit number 300")
        first = self.github.get(repo + "/compare/v1...main?per_page=100")
        last = self.ok(self.github.get(first.links["last"]))
        self.assertEqual((len(self.ok(first)["commits"]), len(last["commits"]), "files" in last), (100, 1, False))
        self.assertEqual(first.json["commits"][0]["commit"]["message"], "Raise the price of books")
        self.assertEqual([commit["commit"]["message"] for commit in self.ok(self.github.get(repo + "/commits?per_page=2&page=2"))],
                         ["Commit number 298", "Commit number 297"])

    def test_media(self):
        tips = self.github.world()["branches"]
        sha = self.github.get(REPO + "/commits/main", headers={"Accept": "application/vnd.github.sha"})
        self.assertEqual(sha.data.decode(), tips["main"])
        again = self.github.get(REPO + "/commits/main", headers={"Accept": "application/vnd.github.sha", "If-None-Match": f'"{tips["main"]}"'})
        self.assertEqual(again.status, 304)
        self.assertIn(b"+fast = True", self.github.get(REPO + "/pulls/1", headers={"Accept": "application/vnd.github.diff"}).data)
        self.assertIn(b"Subject: [PATCH] Make the checkout faster",
                      self.github.get(REPO + "/pulls/1", headers={"Accept": "application/vnd.github.patch"}).data)
        commit = self.ok(self.github.get(REPO + "/commits/faster-checkout"))
        self.assertEqual((commit["author"]["login"], commit["stats"]["total"], len(commit["files"])), ("grace", 1, 1))
        self.fails(self.github.get(f"{REPO}/commits/{'1' * 40}"), 422, "No commit found for SHA")


class Verdicts(Case):
    def test_statuses(self):
        sha = self.github.world()["branches"]["main"]
        combined = lambda: self.ok(self.github.get(f"{REPO}/commits/{sha}/status"))  # noqa: E731
        self.assertEqual((combined()["state"], combined()["total_count"]), ("pending", 0))
        post = lambda **body: self.github.post(f"{REPO}/statuses/{sha}", body)  # noqa: E731
        for state, context in (("success", "a"), ("pending", "b"), ("success", "B")):
            self.ok(post(state=state, context=context), 201)
        self.assertEqual((combined()["state"], combined()["total_count"]), ("success", 2))
        self.ok(post(state="error"), 201)
        self.assertEqual((combined()["state"], combined()["statuses"][0]["context"]), ("failure", "default"))
        self.assertEqual(len(self.ok(self.github.get(f"{REPO}/commits/main/statuses"))), 4)
        self.fails(post(state="green"), 422)
        self.fails(post(state="success", description="x" * 141), 422, "140")
        self.fails(self.github.post(f"{REPO}/statuses/main", {"state": "success"}), 422, "No commit found")

    def test_at_most_a_thousand(self):
        self.github.settings(points=0, content=0, core_limit=9999)
        sha = self.github.world()["branches"]["main"]
        for _ in range(1000):
            self.github.act("status", ref=sha, context="ci")
        self.fails(self.github.post(f"{REPO}/statuses/{sha}", {"state": "success", "context": "ci"}), 422, "maximum number of statuses")

    def test_checks(self):
        for name, more in (("a", {}), ("b", {"status": "in_progress"}), ("b", {"conclusion": "failure"})):
            self.github.act("check", ref="main", name=name, **more)
        runs = self.ok(self.github.get(REPO + "/commits/main/check-runs"))
        self.assertEqual((runs["total_count"], {run["name"]: run["conclusion"] for run in runs["check_runs"]}), (2, {"a": "success", "b": "failure"}))
        self.assertEqual(self.ok(self.github.get(REPO + "/commits/main/check-runs?filter=all"))["total_count"], 3)
        suites = self.ok(self.github.get(REPO + "/commits/main/check-suites"))
        self.assertEqual([(suite["conclusion"], suite["app"]["slug"]) for suite in suites["check_suites"]], [("failure", "github-actions")])
        self.fails(self.github.post(REPO + "/check-runs", {"name": "x", "head_sha": "1" * 40}), 403, "GitHub App")


class Deploying(Case):
    def deploy(self, **body):
        return self.github.post(REPO + "/deployments", body)

    def states(self, id):
        return [status["state"] for status in self.ok(self.github.get(f"{REPO}/deployments/{id}/statuses"))]

    def test_defaults_that_bite(self):
        answer = self.deploy(ref="invoice-pdf", environment="dev1")
        self.assertEqual((answer.status, answer.json["message"]), (202, "Auto-merged main into invoice-pdf on deployment."))
        self.fails(self.deploy(ref="saved-cards"), 409, "Conflict merging main into saved-cards")
        self.github.act("status", ref="faster-checkout", context="slow", state="pending")
        refused = self.deploy(ref="faster-checkout", auto_merge=False)
        self.fails(refused, 409, "Commit status checks failed")
        self.assertEqual(refused.json["errors"][0]["field"], "required_contexts")
        self.ok(self.deploy(ref="faster-checkout", auto_merge=False, required_contexts=["ci/circleci: test"]), 201)
        self.fails(self.deploy(ref="faster-checkout", auto_merge="false"), 422, "boolean")
        self.fails(self.deploy(ref="nowhere", auto_merge=False), 422, "No ref found")
        self.assertEqual(len(self.github.effects("deployment")), 1)

    def test_auto_inactive(self):
        """Only earlier, neither transient nor production, of the same environment, and a success before."""
        def live(environment, **more):
            made = self.ok(self.deploy(ref="main", auto_merge=False, required_contexts=[], environment=environment, **more), 201)
            self.ok(self.github.post(f"{REPO}/deployments/{made['id']}/statuses",
                                     {"state": "success", "environment_url": "https://x.example.com"}), 201)
            return made["id"]

        first, review, production = live("dev1"), live("dev1", transient_environment=True), live("production")
        live("dev1")
        live("production")
        self.assertEqual((self.states(first), self.states(review), self.states(production)), (["inactive", "success"], ["success"], ["success"]))
        self.fails(self.github.delete(f"{REPO}/deployments/{production}"), 422, "active deployment")
        self.assertEqual(self.github.delete(f"{REPO}/deployments/{first}").status, 204)
        newest = self.ok(self.github.get(REPO + "/deployments?environment=production"))
        self.assertEqual([entry["id"] for entry in newest], sorted((entry["id"] for entry in newest), reverse=True))
        self.assertNotIn("state", newest[0])
        board = self.github.ask("board", owner="acme", name="shop")["data"]["repository"]
        self.assertEqual({entry["name"] for entry in board["environments"]["nodes"]}, {"production", "staging", "dev1"})
        self.assertEqual(board["deployments"]["nodes"][0]["state"], "ACTIVE")


class Contents(Case):
    def test_tarball(self):
        sha = self.github.world()["branches"]["main"]
        answer = self.github.get(f"{REPO}/tarball/{sha}")
        self.assertEqual((answer.status, answer.data), (302, b""))
        place = answer.headers["Location"]
        archive = self.github.get(place, token=None)
        with tarfile.open(fileobj=io.BytesIO(archive.data)) as files:
            self.assertIn(f"acme-shop-{sha[:7]}/app.py", files.getnames())
        self.assertEqual(self.github.get(place.partition("?")[0], token=None).status, 404)
        self.github.settings(archive_expires=0)
        self.assertEqual(self.github.get(self.github.get(f"{REPO}/tarball/{sha}").headers["Location"], token=None).status, 404)
        self.fails(self.github.get(REPO + "/tarball/nowhere"), 404)

    def test_files_and_trees(self):
        raw = self.github.get(REPO + "/contents/app.py?ref=v1", headers={"Accept": "application/vnd.github.raw+json"})
        self.assertEqual(raw.data.decode(), "print('shop')\nprint('prices')\n")
        names = lambda path: [entry["name"] for entry in self.ok(self.github.get(REPO + "/contents" + path))]  # noqa: E731
        self.assertEqual((names(""), names("/?ref=v1")), (["Procfile", "app.py", "cart.py", "prices.txt"],) * 2)
        self.fails(self.github.get(REPO + "/contents/nothing.txt"), 404)
        main = self.ok(self.github.get(f"{REPO}/git/commits/{self.github.world()['branches']['main']}"))
        tree = self.ok(self.github.post(REPO + "/git/trees", {"base_tree": main["tree"]["sha"], "tree": [
            {"path": "a/b.txt", "mode": "100644", "type": "blob", "content": "b"},
            {"path": "cart.py", "mode": "100644", "type": "blob", "sha": None}]}), 201)
        names = [entry["path"] for entry in self.ok(self.github.get(f"{REPO}/git/trees/{tree['sha']}?recursive=1"))["tree"]]
        self.assertEqual(names, ["Procfile", "a", "a/b.txt", "app.py", "prices.txt"])
        self.fails(self.github.post(REPO + "/git/trees", {"base_tree": "1" * 40, "tree": []}), 422)
        self.fails(self.github.post(REPO + "/git/trees", {"tree": []}), 422, "Invalid tree info")

    def test_events(self):
        quiet = self.github.get(REPO + "/events")
        self.assertEqual((self.ok(quiet), quiet.headers["X-Poll-Interval"]), ([], "60"))
        self.github.act("push", branch="faster-checkout")
        self.github.act("status", ref="main")
        changed = self.github.get(REPO + "/events", headers={"If-None-Match": quiet.headers["ETag"]})
        self.assertEqual([event["type"] for event in self.ok(changed)], ["PushEvent"])


if __name__ == "__main__":
    unittest.main()

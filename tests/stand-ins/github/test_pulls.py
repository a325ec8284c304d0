# SPDX-FileCopyrightText: 2026 The Slipway authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Pull requests at the stand-in for GitHub: mergeable, merging three ways, updating, reviews, protection, forks (github.md, 7)."""
import subprocess
import unittest

from client import REPO
from test_doors import Case


class Merging(Case):
    def setUp(self):
        super().setUp()
        self.git_dir = self.github.world()["git_dir"]

    def git(self, *words):
        return subprocess.run(["git", "--git-dir", self.git_dir, *words], check=True, capture_output=True, text=True).stdout.strip()

    def pull(self, number):
        return self.ok(self.github.get(f"{REPO}/pulls/{number}"))

    def merge(self, number, **body):
        return self.github.put(f"{REPO}/pulls/{number}/merge", body)

    def test_mergeable_is_computed(self):
        self.assertEqual([(self.pull(number)["mergeable"], self.pull(number)["mergeable_state"]) for number in (1, 2, 3, 4)],
                         [(None, "clean"), (None, "unstable"), (None, "dirty"), (None, "draft")])
        self.github.act("push", branch="main", files={"new.txt": "1\n"})
        self.assertEqual([self.pull(1)["mergeable"] for _ in range(2)], [None, True])
        self.assertNotIn("mergeable", self.ok(self.github.get(REPO + "/pulls"))[0])

    def test_merge_commit(self):
        before, head = self.git("rev-parse", "main"), self.git("rev-parse", "faster-checkout")
        self.fails(self.merge(1, sha=before), 409, "Head branch was modified")
        done = self.ok(self.merge(1, sha=head))
        self.assertEqual(self.git("rev-parse", "main"), done["sha"])
        self.assertEqual(self.git("log", "-1", "--format=%P|%s|%b|%an", "main"),
                         f"{before} {head}|Merge pull request #1 from acme/faster-checkout|Make the checkout faster\n|Ada")
        after = self.pull(1)
        self.assertEqual((after["state"], after["merged"], after["merge_commit_sha"], after["merged_by"]["login"]),
                         ("closed", True, done["sha"], "ada"))
        self.fails(self.merge(1), 405, "Pull Request is not mergeable")
        self.assertEqual(self.github.get(REPO + "/pulls/1/merge").status, 204)
        self.assertEqual([pull["number"] for pull in self.ok(self.github.get(f"{REPO}/commits/{head}/pulls"))], [1])
        self.assertEqual(len(self.ok(self.github.get(REPO + "/pulls/1/files"))), 1)
        self.assertEqual(len(self.github.effects("pull.merge")), 1)

    def test_squash(self):
        self.github.act("push", branch="faster-checkout", files={"more.py": "1\n"}, message="More speed")
        self.github.act("options", delete_branch_on_merge=True)
        done = self.ok(self.merge(1, merge_method="squash"))
        self.assertEqual(self.git("log", "-1", "--format=%s|%b|%an|%cn", done["sha"]),
                         "Make the checkout faster (#1)|* Make the checkout faster\n\n* More speed\n|Grace|Ada")
        self.assertEqual(self.git("diff", "--name-only", "main~1", "main").split(), ["checkout.py", "more.py"])
        self.assertEqual(self.github.get(REPO + "/git/ref/heads%2Ffaster-checkout").status, 404)
        self.assertEqual([pull["number"] for pull in self.ok(self.github.get(f"{REPO}/commits/{done['sha']}/pulls"))], [1])

    def test_rebase(self):
        self.github.act("push", branch="invoice-pdf", files={"two.py": "2\n"}, message="Second")
        done = self.ok(self.merge(2, merge_method="rebase"))
        self.assertEqual(self.git("log", "-3", "--format=%s", done["sha"]).split("\n"),
                         ["Second", "Write invoices as PDF", "Raise the price of books"])
        self.assertEqual(self.git("show", "main:prices.txt"), "book 12\npen 2")

    def test_refusals(self):
        self.fails(self.merge(3), 405, "Pull Request is not mergeable")
        self.fails(self.merge(4), 405, "draft")
        self.fails(self.merge(1, merge_method="octopus"), 422)
        self.github.act("options", allow_squash_merge=False)
        self.fails(self.merge(1, merge_method="squash"), 405, "Squash merges are not allowed on this repository.")
        self.github.tokens(narrow={"login": "ada", "kind": "fine-grained", "permissions": {"pull_requests": "write"}})
        self.fails(self.github.put(REPO + "/pulls/1/merge", {}, token="narrow"), 403, "Resource not accessible")

    def test_protection(self):
        self.github.act("protect", branch="main", contexts=["ci/circleci: test", "slipway/acceptance"], reviews=1, dismiss_stale=True)
        self.fails(self.merge(1), 405, "At least 1 approving review is required")
        self.github.act("review", number=1, by="linus", state="APPROVED")
        self.fails(self.merge(1), 405, "At least 1 approving review")  # he may only read
        self.github.act("review", number=1, by="edsger", state="APPROVED")
        self.fails(self.merge(1), 405, 'Required status check "slipway/acceptance" is expected.')
        self.pull(1)
        self.assertEqual(self.pull(1)["mergeable_state"], "blocked")
        sha = self.git("rev-parse", "faster-checkout")
        self.ok(self.github.post(f"{REPO}/statuses/{sha}", {"state": "failure", "context": "Slipway/Acceptance"}), 201)
        self.fails(self.merge(1), 405, "failing")
        self.ok(self.github.post(f"{REPO}/statuses/{sha}", {"state": "success", "context": "slipway/acceptance"}), 201)
        self.github.act("push", branch="faster-checkout", files={"late.py": "1\n"})
        self.assertEqual([one["state"] for one in self.ok(self.github.get(REPO + "/pulls/1/reviews"))], ["DISMISSED", "DISMISSED"])
        rules = {rule["type"]: rule.get("parameters") for rule in self.ok(self.github.get(REPO + "/rules/branches/main"))}
        self.assertEqual(rules["pull_request"]["required_approving_review_count"], 1)
        self.assertEqual([one["context"] for one in rules["required_status_checks"]["required_status_checks"]],
                         ["ci/circleci: test", "slipway/acceptance"])
        self.assertEqual(self.ok(self.github.get(REPO + "/rules/branches/invoice-pdf")), [])
        self.assertEqual([branch["name"] for branch in self.ok(self.github.get(REPO + "/branches?protected=true"))], ["main"])

    def test_update_branch(self):
        head = self.git("rev-parse", "invoice-pdf")
        self.fails(self.github.put(REPO + "/pulls/2/update-branch", {"expected_head_sha": "1" * 40}), 422, "expected head sha")
        self.ok(self.github.put(REPO + "/pulls/2/update-branch", {"expected_head_sha": head}), 202)
        self.assertEqual(self.git("rev-parse", "invoice-pdf"), head)  # it is not done yet
        self.assertNotEqual(self.pull(2)["head"]["sha"], head)
        self.assertEqual(self.git("log", "-1", "--format=%s", "invoice-pdf"), "Merge branch 'main' into invoice-pdf")
        self.fails(self.github.put(REPO + "/pulls/2/update-branch"), 422, "no new commits")
        self.fails(self.github.put(REPO + "/pulls/3/update-branch"), 422, "merge conflict")

    def test_pushes_from_outside(self):
        """A real git push: pull requests follow, and one whose head comes into the base counts as merged."""
        tip = self.git("-c", "user.name=Grace", "-c", "user.email=grace@example.com",  # a machine may know nobody
                       "commit-tree", "-p", "faster-checkout", "-m", "By hand", "faster-checkout^{tree}")
        self.git("update-ref", "refs/heads/faster-checkout", tip)
        self.assertEqual(self.pull(1)["head"]["sha"], tip)
        self.assertEqual(self.git("rev-parse", "refs/pull/1/head"), tip)
        self.git("update-ref", "refs/heads/main", tip)
        self.assertTrue(self.pull(1)["merged"])
        self.git("update-ref", "-d", "refs/heads/draft-idea")
        self.assertEqual((self.pull(4)["state"], self.pull(4)["merged"]), ("closed", False))
        kinds = [event["type"] for event in self.ok(self.github.get(REPO + "/events"))]
        self.assertEqual(sorted(set(kinds)), ["DeleteEvent", "PullRequestEvent", "PushEvent"])


class Talking(Case):
    def test_list(self):
        numbers = lambda query: [pull["number"] for pull in self.ok(self.github.get(f"{REPO}/pulls?{query}"))]  # noqa: E731
        self.assertEqual(numbers(""), [4, 3, 2, 1])
        self.assertEqual(numbers("direction=asc"), [1, 2, 3, 4])
        self.assertEqual(numbers("head=acme:invoice-pdf"), [2])
        self.assertEqual(numbers("head=invoice-pdf"), [4, 3, 2, 1])  # without an owner it means nothing
        self.assertEqual(numbers("base=nothing"), [])
        self.ok(self.github.patch(REPO + "/pulls/2", {"state": "closed"}))
        self.assertEqual((numbers("state=closed"), numbers("state=all&direction=asc")), ([2], [1, 2, 3, 4]))
        self.fails(self.github.get(REPO + "/pulls?state=odd"), 422)

    def test_create(self):
        new = lambda **words: self.github.post(REPO + "/pulls", {"base": "main", "title": "T", **words})  # noqa: E731
        self.fails(new(head="faster-checkout"), 422, "A pull request already exists for acme:faster-checkout.")
        self.fails(new(head="nowhere"), 422, "invalid")
        self.fails(new(head="main"), 422, "No commits between main and main")
        self.fails(new(), 422, "missing_field")
        self.github.act("push", branch="fix", fork="barbara", by="ada", files={"fix.py": "1\n"})
        made = self.ok(new(head="barbara:fix", draft=True), 201)
        self.assertEqual((made["head"]["label"], made["head"]["repo"]["full_name"], made["draft"]), ("barbara:fix", "barbara/shop", True))
        self.assertEqual(self.ok(self.github.get(REPO + "/compare/main...barbara:fix"))["ahead_by"], 1)
        self.github.act("gone-fork", number=made["number"])
        self.assertIsNone(self.ok(self.github.get(f"{REPO}/pulls/{made['number']}"))["head"]["repo"])

    def test_reviews(self):
        self.github.tokens(grace={"login": "grace"})
        post = lambda number, token="stand-in-token", **body: self.github.post(f"{REPO}/pulls/{number}/reviews", body, token=token)  # noqa: E731
        self.fails(post(3, event="APPROVE"), 422, "Can not approve your own pull request")
        self.fails(post(3, event="REQUEST_CHANGES", body="x"), 422, "Can not request changes on your own pull request")
        self.ok(post(3, event="COMMENT", body="Mine"))
        self.fails(post(1, event="REQUEST_CHANGES"), 422)
        review = self.ok(post(1, event="REQUEST_CHANGES", body="Totals are wrong"))
        self.assertEqual((review["state"], review["user"]["login"]), ("CHANGES_REQUESTED", "ada"))
        self.ok(post(1))
        self.fails(post(1), 422, "one pending review")
        visible = lambda token: [one["state"] for one in self.ok(self.github.get(REPO + "/pulls/1/reviews", token=token))]  # noqa: E731
        self.assertEqual((visible("stand-in-token"), visible("grace")), (["CHANGES_REQUESTED", "PENDING"], ["CHANGES_REQUESTED"]))
        self.github.act("protect", branch="main", reviews=1)
        decision = lambda: self.github.ask("board", owner="acme", name="shop")["data"]["repository"]["pullRequests"]["nodes"]  # noqa: E731
        self.assertEqual({pull["number"]: pull["reviewDecision"] for pull in decision()}[1], "CHANGES_REQUESTED")
        self.ok(post(1, event="APPROVE"))
        self.assertEqual({pull["number"]: pull["reviewDecision"] for pull in decision()},
                         {1: "APPROVED", 2: "REVIEW_REQUIRED", 3: "REVIEW_REQUIRED", 4: "REVIEW_REQUIRED"})
        self.fails(self.github.post(REPO + "/pulls/1/requested_reviewers", {"reviewers": ["grace"]}), 422, "author")
        self.fails(self.github.post(REPO + "/pulls/1/requested_reviewers", {"reviewers": ["barbara"]}), 422, "collaborator")

    def test_comments_and_labels(self):
        first = self.ok(self.github.get(REPO + "/issues/1/comments"))
        self.assertEqual([comment["body"] for comment in first], ["Looks good so far."])
        self.assertEqual(self.ok(self.github.get(REPO + "/issues/1/comments?since=2099-01-01T00:00:00Z")), [])
        self.fails(self.github.post(REPO + "/issues/1/comments", {"body": " "}), 422, "missing_field")
        self.github.act("comment", number=1, by="edsger", body="/deploy")
        self.assertEqual([comment["user"]["login"] for comment in self.ok(self.github.get(REPO + "/issues/1/comments"))], ["ada", "edsger"])
        self.github.act("lock", number=1)
        self.github.tokens(reader={"login": "linus"})
        self.fails(self.github.post(REPO + "/issues/1/comments", {"body": "x"}, token="reader"), 403, "locked")
        self.fails(self.github.delete(REPO + "/issues/1/labels/nothing"), 404, "Label does not exist")
        self.assertEqual([label["name"] for label in self.ok(self.github.post(REPO + "/issues/1/labels", {"labels": ["new"]}))], ["ready", "new"])


if __name__ == "__main__":
    unittest.main()

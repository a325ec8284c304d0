# SPDX-FileCopyrightText: 2026 The Slipway authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Real clients take the stand-in for GitHub, and what it answers fits the published descriptions (conformance.md, 7).

test_clients.py [--clients FOLDER]: where Prism, Octokit and the descriptions are or are to be installed (a folder of the
build). Exit code 77: skipped."""
import argparse
import json
import shutil
import subprocess
import sys
import tempfile
import unittest
from pathlib import Path

import githubclients
from client import HERE, REPO, TOKEN, StandIn

FOLDER = HERE.parents[2] / "build" / "github-clients"
RAN = {"gh": [], "warnings": set()}


class Case(unittest.TestCase):
    """A stand-in with the published schema, and a scratch home."""

    def setUp(self):
        folder = tempfile.TemporaryDirectory(prefix="slipway-github-clients-")
        self.addCleanup(folder.cleanup)
        self.home = Path(folder.name)
        self.prism = None
        self.start()

    def start(self, *options):
        self.github = StandIn("--schema", str(githubclients.schema(FOLDER)), *options)
        self.addCleanup(self.github.close)

    def tearDown(self):
        if self.github.process.poll() is None:
            self.assertEqual(self.github.failures(), [])


class Described(Case):
    """Each operation that Slipway calls, through Prism: no complaint about requests or answers."""

    def start(self):
        self.port = githubclients.free_port()
        super().start("--public-base", f"http://127.0.0.1:{self.port}", "--socket", str(self.home / "unused"))
        self.github.settings(mergeable=0, update_branch=0, points=0, content=0)
        self.prism = githubclients.Prism(FOLDER, self.home, self.github.address, self.port)
        self.addCleanup(self.prism.close)
        self.direct, self.github.port = self.github.port, self.port

    def tearDown(self):
        complaints, warnings = self.prism.verdicts()
        RAN["warnings"] |= {line.partition("[VALIDATOR]")[2].strip() for line in warnings}
        self.github.port = self.direct
        self.assertEqual(complaints, [])
        super().tearDown()

    def call(self, status, method, path, body=None, **more):
        answer = self.github.send(method, path if path.startswith("/user") or path.startswith("/rate") else REPO + path, body, **more)
        self.assertEqual(answer.status, status, f"{method} {path}: {answer.data.decode()[:400]} {answer.headers['sl-violations']}")
        return answer.json

    def test_reading(self):
        self.github.act("protect", branch="main", contexts=["ci/circleci: test"], reviews=1)
        self.github.act("review", number=2, by="ada", state="CHANGES_REQUESTED", body="No")
        self.github.act("line-comment", number=1, path="checkout.py", body="Why?", by="ada")
        self.github.act("push", branch="feat/x", by="grace")
        for path in ("", "/branches", "/branches/main", "/branches/feat%2Fx", "/rules/branches/main", "/pulls?state=all", "/pulls/1/files",
                     "/pulls/1/commits",
                     "/pulls/2/reviews", "/pulls/1/comments", "/pulls/1/requested_reviewers", "/issues/1/comments", "/issues/comments", "/labels",
                     "/issues/1/labels", "/collaborators/grace/permission", "/commits?per_page=2", "/commits/main", "/compare/main...faster-checkout",
                     "/compare/main...feat%2Fx?per_page=1", "/deployments", "/deployments?environment=staging", "/environments",
                     "/environments/staging",
                     "/git/ref/heads%2Ffeat%2Fx", "/git/matching-refs/heads%2F", "/contents/app.py?ref=main", "/events", "/commits/main/status",
                     "/commits/faster-checkout/statuses", "/commits/faster-checkout/check-runs", "/commits/faster-checkout/check-suites",
                     "/commits/faster-checkout/status", "/pulls?head=acme:faster-checkout&sort=updated&direction=desc"):
            self.call(200, "GET", path)
        for number in (1, 2, 3):
            self.call(200, "GET", f"/pulls/{number}")
        self.call(200, "GET", "/user")
        self.call(200, "GET", "/rate_limit")
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


@unittest.skipUnless(shutil.which("gh"), "no gh")
class GitHubCli(Case):
    """The real gh on a Unix socket, as if this were github.com (conformance.md, 4C)."""

    def start(self):
        socket = self.home / "api"
        super().start("--socket", str(socket), "--public-base", "https://api.github.com")  # gh gives its token to that host only
        config = self.home / "config"
        config.mkdir()
        (config / "config.yml").write_text(f"http_unix_socket: {socket}\n")
        self.github.tokens(**{TOKEN: {"login": "ada", "scopes": ["repo", "read:org"]}})  # which gh asks for
        subprocess.run(["git", "init", "-q", "-b", "saved-cards", str(self.home)], check=True)
        subprocess.run(["git", "-C", str(self.home), "remote", "add", "origin", "https://github.com/acme/shop.git"], check=True)
        self.variables = {"GH_CONFIG_DIR": str(config), "GH_TOKEN": TOKEN, "GH_NO_UPDATE_NOTIFIER": "1", "GH_PROMPT_DISABLED": "1"}

    def gh(self, *words, code=0, input=None):
        left, out, err = githubclients.finished(["gh", *words], self.home, input=input, **self.variables)
        RAN["gh"].append(" ".join(words[:2]))
        self.assertEqual(left, code, f"gh {' '.join(words)}: {out}{err}")
        return out + err

    def js(self, *words):
        return json.loads(self.gh(*words))

    def test_looking(self):
        self.assertIn("Logged in to github.com as ada", self.gh("auth", "status"))
        listed = self.js("pr", "list", "--json", "number,title,headRefName,isDraft,author,mergeable,reviewDecision,statusCheckRollup,labels")
        self.assertEqual([(pull["number"], pull["author"]["login"]) for pull in listed], [(4, "edsger"), (3, "ada"), (2, "grace"), (1, "grace")])
        self.assertIn("Make the checkout faster", self.gh("pr", "list", "--state", "all", "--limit", "10"))
        self.assertIn("invoice-pdf", self.gh("pr", "list", "--head", "invoice-pdf"))
        self.assertIn("Make the checkout faster", self.gh("pr", "list", "--label", "ready"))
        self.assertIn("Make the checkout faster", self.gh("pr", "list", "--search", "checkout"))
        self.assertIn("Looks good so far.", self.gh("pr", "view", "1", "--json", "comments,title,body,files,commits,additions,mergeStateStatus,url"))
        self.assertIn("acme/shop", self.gh("repo", "view", "--json", "nameWithOwner,defaultBranchRef,mergeCommitAllowed,viewerPermission"))

    def test_status_and_checks(self):
        self.github.act("check", ref="faster-checkout", name="slow", status="in_progress")
        out = self.gh("pr", "checks", "1", code=1)
        self.assertIn("lint", out)
        self.assertIn("ci/circleci: test", out)
        self.assertIn("fail", self.gh("pr", "checks", "2", code=1))
        self.github.act("review", number=3, by="grace", state="APPROVED")
        self.assertRegex(self.gh("pr", "status"), r"Current branch\n +#3 .*\[saved-cards\]")

    def test_rest(self):
        self.github.seed(name="acme/big", pulls=70)
        pages = self.gh("api", "repos/acme/big/pulls?per_page=30", "--paginate", "--jq", ".[].number").split()
        self.assertEqual(len(set(pages)), 74)
        self.assertIn("HTTP/1.1 200", self.gh("api", "-i", "-H", "X-GitHub-Api-Version: 2022-11-28", "repos/acme/shop"))
        sha = self.js("api", "repos/acme/shop/git/ref/heads/main")["object"]["sha"]
        made = self.js("api", "-X", "POST", "repos/acme/shop/deployments", "-f", f"ref={sha}", "-F", "auto_merge=false", "-F", "required_contexts[]",
                       "-f", "environment=staging")
        self.assertEqual(self.js("api", f"repos/acme/shop/deployments/{made['id']}/statuses", "-f", "state=success")["state"], "success")
        self.assertEqual(self.js("api", "-X", "POST", f"repos/acme/shop/statuses/{sha}", "-f", "state=success", "-f",
                                 "context=slipway")["context"], "slipway")
        self.assertIn("Validation Failed", self.gh("api", f"repos/acme/shop/statuses/{sha}", "-f", "state=green", code=1))
        board = (HERE / "queries/board.graphql").read_text()
        answer = self.js("api", "graphql", "-f", "owner=acme", "-f", "name=shop", "-f", f"query={board}")
        self.assertEqual(len(answer["data"]["repository"]["pullRequests"]["nodes"]), 4)
        self.assertIn("Bad credentials", self.gh("api", "user", "-H", "Authorization: token wrong", code=1))
        self.assertIn('"merged":true', self.gh("api", "-X", "PUT", "repos/acme/shop/pulls/1/merge", "-f", "merge_method=squash"))

    def test_views_for_people(self):
        self.assertIn("grace", self.gh("pr", "view", "1"))
        self.assertIn("+fast = True", self.gh("pr", "diff", "1"))
        self.gh("repo", "view")
        self.assertIn("ready", self.gh("label", "list"))


class Octokit(Case):
    """GitHub's own JavaScript client: paths it encodes, pages it follows, ETags, errors (conformance.md, 5)."""

    SCRIPT = """
import { Octokit } from "@octokit/rest";
const octokit = new Octokit({ auth: process.argv[3], baseUrl: process.argv[2] });
const at = { owner: "acme", repo: "shop" };
const found = {};
found.me = (await octokit.users.getAuthenticated()).data.login;
found.pages = (await octokit.paginate(octokit.pulls.list, { owner: "acme", repo: "big", per_page: 30 })).length;
found.branch = (await octokit.repos.getBranch({ ...at, branch: "feat/x" })).data.name;
found.compare = (await octokit.repos.compareCommitsWithBasehead({ ...at, basehead: "main...feat/x" })).data.ahead_by;
found.ref = (await octokit.git.getRef({ ...at, ref: "heads/feat/x" })).data.ref;
const first = await octokit.repos.get(at);
found.unchanged = await octokit.repos.get({ ...at, headers: { "if-none-match": first.headers.etag } }).catch((error) => error.status);
found.tarball = (await octokit.request("GET /repos/{owner}/{repo}/tarball/{ref}", { ...at, ref: "main", request: { redirect: "manual" } })
  .catch((error) => error.response)).headers.location;
const archive = await octokit.repos.downloadTarballArchive({ ...at, ref: "main" });
found.archive = archive.data.byteLength;
found.error = await octokit.git.createRef({ ...at, ref: "refs/heads/main", sha: found.branch }).catch((error) => [error.status, error.message]);
const pull = (await octokit.pulls.get({ ...at, pull_number: 1 })).data;
found.status = (await octokit.repos.createCommitStatus({ ...at, sha: pull.head.sha, state: "success", context: "slipway/acceptance" })).status;
const wish = { ref: pull.head.sha, auto_merge: false, required_contexts: [], environment: "dev1" };
found.deployment = (await octokit.repos.createDeployment({ ...at, ...wish })).status;
found.review = (await octokit.pulls.createReview({ ...at, pull_number: 1, event: "APPROVE" })).data.state;
found.merged = (await octokit.pulls.merge({ ...at, pull_number: 1, sha: pull.head.sha })).data.merged;
const board = await octokit.graphql("query($o:String!,$n:String!){repository(owner:$o,name:$n){pullRequests(states:OPEN,first:5){totalCount}}}",
  { o: "acme", n: "shop" });
found.open = board.repository.pullRequests.totalCount;
console.log(JSON.stringify(found));
"""

    def test_octokit(self):
        self.github.seed(name="acme/big", pulls=70)
        self.github.act("push", branch="feat/x", by="grace", repo="acme/shop")
        found = githubclients.script(FOLDER, self.home, self.SCRIPT, self.github.address, TOKEN)
        self.assertGreater(found.pop("archive"), 100)
        self.assertRegex(found.pop("tarball"), r"/codeload/acme/shop/legacy\.tar\.gz/main\?token=[0-9A-F]+$")
        self.assertEqual(found.pop("error")[0], 422)
        self.assertEqual(found, {"me": "ada", "pages": 74, "branch": "feat/x", "compare": 1, "ref": "refs/heads/feat/x", "unchanged": 304,
                                 "status": 201,
                                 "deployment": 201, "review": "APPROVED", "merged": True, "open": 3})


class Schema(Case):
    """GraphQL's reference implementation and the published schema, against the stand-in's own engine."""

    SCRIPT = """
import { readFileSync } from "fs";
import { buildSchema, parse, validate } from "graphql";
const input = JSON.parse(readFileSync(0, "utf8"));
const schemas = input.schemas.map((path) => buildSchema(readFileSync(path, "utf8"), { assumeValidSDL: true }));
const [whole, own] = schemas;
const lacking = [];
for (const [name, type] of Object.entries(own.getTypeMap())) {
  const other = whole.getType(name);
  if (name.startsWith("__")) continue;
  if (!other || other.constructor.name !== type.constructor.name) { lacking.push(name); continue; }
  if (type.getValues) for (const value of type.getValues()) if (!other.getValue(value.name)) lacking.push(`${name}.${value.name}`);
  if (type.getTypes) for (const one of type.getTypes()) if (!other.getTypes().some((t) => t.name === one.name)) lacking.push(`${name} | ${one.name}`);
  if (!type.getFields) continue;
  for (const [field, mine] of Object.entries(type.getFields())) {
    const theirs = other.getFields()[field];
    if (!theirs || String(theirs.type) !== String(mine.type)) { lacking.push(`${name}.${field}`); continue; }
    for (const argument of mine.args ?? []) {
      const same = theirs.args.find((one) => one.name === argument.name);
      if (!same || String(same.type) !== String(argument.type)) lacking.push(`${name}.${field}(${argument.name})`);
    }
  }
}
const verdicts = input.queries.map((query) => schemas.map((schema) => {
  try { return validate(schema, parse(query)).length; } catch { return -1; }
}));
console.log(JSON.stringify({ lacking, verdicts }));
"""
    WRONG = ["{ repository(owner: 1, name: \"shop\") { id } }", "{ repository(owner: \"acme\") { id } }", "{ nothing }", "{ viewer }",
             "{ viewer { login { x } } }",
             "query($n: Int) { repository(owner: \"a\", name: $n) { id } }", "{ viewer { ...gone } }", "query($x: Int) { viewer { login } }",
             "{ repository(owner: \"a\", name: \"b\") { pullRequests(states: OPENED, first: 1) { totalCount } } }",
             "{ repository(owner: \"a\", name: \"b\") { pullRequests(orderBy: {field: UPDATED_AT}, first: 1) { totalCount } } }",
             "{ viewer { ... on Repository { id } } }", "fragment f on User { login } { viewer { login } }", "{ viewer { login ",
             "{ viewer { login: name login } }",
             "{ viewer { login @nothing } }", "query($n: String!) { repository(owner: $n, name: $m) { id } }"]
    RIGHT = ["{ __typename viewer { login ... on User { id } } }", "query($y: Boolean!) { viewer { login @include(if: $y) } }",
             "query($n: String = \"shop\") { repository(owner: \"acme\", name: $n) "
             "{ refs(refPrefix: \"refs/heads/\", first: 2) { nodes { name } } } }",
             "fragment f on User { login } query A { viewer { ...f } }"]

    def test_queries_and_own_schema(self):
        files = [path.read_text() for path in sorted((HERE / "queries").glob("*.graphql"))]
        queries = [*files, *self.RIGHT, *self.WRONG]
        paths = [str(githubclients.schema(FOLDER)), str(HERE / "slipway.graphql")]
        found = githubclients.script(FOLDER, self.home, self.SCRIPT, input=json.dumps({"schemas": paths, "queries": queries}))
        self.assertEqual(found["lacking"], [])
        good = len(files) + len(self.RIGHT)
        self.assertEqual(found["verdicts"][:good], [[0, 0]] * good)
        variables = {"owner": "acme", "name": "shop", "number": 1, "base": "main", "head": "main", "than": "main", "n": "shop", "y": True}
        for query, verdict in zip(queries, found["verdicts"]):
            answer = self.github.ask(query, **variables)
            with self.subTest(query=query):
                self.assertEqual("data" in answer, verdict[0] == 0, answer)
        self.assertEqual(self.github.control("GET", "unserved"), [])


def main():
    global FOLDER
    words = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    words.add_argument("--clients", type=Path, default=FOLDER)
    options, rest = words.parse_known_args()
    FOLDER = options.clients
    try:
        githubclients.install(FOLDER)
    except githubclients.Unavailable as why:
        print(f"skipped: {why}")
        sys.exit(githubclients.SKIPPED)
    result = unittest.main(argv=[sys.argv[0], *rest], exit=False).result
    print(f"gh: {len(RAN['gh'])} commands of {len(set(RAN['gh']))} kinds; Prism let pass with a warning: {len(RAN['warnings'])} kinds")
    sys.exit(0 if result.wasSuccessful() else 1)


if __name__ == "__main__":
    main()

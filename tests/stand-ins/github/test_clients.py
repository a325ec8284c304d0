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
import unittest
from pathlib import Path

import githubclients
from client import HERE, TOKEN
from clientcase import PLACE, RAN, Case
from test_described import Described, Every  # noqa: F401: they run here too


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
        self.variables = {"GH_CONFIG_DIR": str(config), "GH_TOKEN": TOKEN, "GH_NO_UPDATE_NOTIFIER": "1", "GH_PROMPT_DISABLED": "1",
                          "TMPDIR": str(self.home)}  # it keeps answers there for a day

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

    def test_team_mate(self):
        """What somebody else does with gh while Slipway looks."""
        self.gh("pr", "comment", "1", "--body", "Please look")
        self.gh("pr", "review", "1", "--approve", "--body", "Good")
        self.assertIn("your own pull request", self.gh("pr", "review", "3", "--approve", code=1))
        self.gh("pr", "ready", "4")
        self.gh("pr", "close", "4")
        self.gh("pr", "merge", "1", "--squash")
        self.gh("pr", "merge", "3", "--merge", code=1)
        self.assertEqual([pull["number"] for pull in self.js("pr", "list", "--state", "merged", "--json", "number")], [1])
        self.assertEqual([effect["kind"] for effect in self.github.effects()], ["comment", "review", "pull.merge"])

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
        found = githubclients.script(self.clients, self.home, self.SCRIPT, self.github.address, TOKEN)
        self.assertGreater(found.pop("archive"), 100)
        self.assertRegex(found.pop("tarball"), r"/codeload/acme/shop/legacy\.tar\.gz/refs/heads/main\?token=[0-9A-F]+$")
        self.assertEqual(found.pop("error")[0], 422)
        self.assertEqual(found, {"me": "ada", "pages": 74, "branch": "feat/x", "compare": 1, "ref": "refs/heads/feat/x", "unchanged": 304,
                                 "status": 201,
                                 "deployment": 201, "review": "APPROVED", "merged": True, "open": 3})


class Recorded(Case):
    """Answers of the real GitHub, recorded and made anonymous by Octokit's authors: ours lack no property and no header.

    They are of 2017 to 2024, so what is new since then is ours alone."""

    SHA = "0000000000000000000000000000000000000001"
    HEADERS = ("etag", "last-modified", "link", "location", "x-github-media-type", "x-oauth-scopes", "x-accepted-oauth-scopes", "x-ratelimit-limit",
               "x-ratelimit-remaining", "x-ratelimit-reset", "x-ratelimit-resource", "x-ratelimit-used", "x-github-request-id", "content-length",
               "content-type", "vary", "cache-control", "date")

    def exchanges(self, name):
        place = self.clients / "node_modules/@octokit/fixtures/scenarios/api.github.com" / name / "normalized-fixture.json"
        return [entry for entry in json.loads(place.read_text()) if entry["scope"].startswith("https://api.github.com")]

    def lacking(self, theirs, ours, path=""):
        if isinstance(theirs, dict) and isinstance(ours, dict):
            yield from (f"{path}.{name}" for name in sorted(set(theirs) - set(ours)))
            for name in set(theirs) & set(ours):
                yield from self.lacking(theirs[name], ours[name], f"{path}.{name}")
        elif isinstance(theirs, list) and isinstance(ours, list) and theirs and ours:
            yield from self.lacking(theirs[0], ours[0], path + "[]")
        elif None not in (theirs, ours) and type(theirs) is not type(ours):
            yield f"{path} is {type(theirs).__name__}"

    def compare(self, recorded, answer):
        """One recorded exchange beside one of ours."""
        words = f"{recorded['method']} {recorded['path']}"
        self.assertEqual(answer.status, recorded["status"], words)
        theirs = recorded["headers"]
        self.assertEqual([name for name in self.HEADERS if name in theirs and answer.headers[name] is None], [], words)
        if not isinstance(recorded["response"], str):
            self.assertEqual(list(self.lacking(recorded["response"], answer.json)), [], words)

    def test_shapes(self):
        github, sha = self.github, self.github.world()["branches"]["main"]
        self.compare(self.exchanges("get-repository")[0], github.get("/repos/acme/shop"))
        self.compare(self.exchanges("errors")[0], github.post("/repos/acme/shop/labels", {"name": "x", "color": "red"}))
        self.compare(self.exchanges("get-archive")[0], github.get("/repos/acme/shop/tarball/main"))
        created, again, history, combined = self.exchanges("create-status")[:4]
        body = {"state": "failure", "target_url": "https://example.com", "description": "x", "context": "y"}
        for recorded in (created, again):
            self.compare(recorded, github.post(f"/repos/acme/shop/statuses/{sha}", body))
        self.compare(history, github.get(f"/repos/acme/shop/commits/{sha}/statuses"))
        self.compare(combined, github.get(f"/repos/acme/shop/commits/{sha}/status"))

    def test_refs_pages_and_renames(self):
        github, sha = self.github, self.github.world()["branches"]["main"]
        refs = {(entry["method"], entry["status"]): entry for entry in self.exchanges("git-refs")}
        self.compare(refs["post", 201], github.post("/repos/acme/shop/git/refs", {"ref": "refs/heads/test", "sha": sha}))
        self.compare(refs["patch", 200], github.patch("/repos/acme/shop/git/refs/heads/test", {"sha": sha, "force": True}))
        self.compare(refs["delete", 204], github.delete("/repos/acme/shop/git/refs/heads/test"))
        pages = self.exchanges("paginate-issues")
        theirs = [[part.rpartition('rel=')[2] for part in page["headers"]["link"].split(", ")]
                  for page in pages]
        github.seed(name="acme/big", pulls=9)
        path, ours = "/repos/acme/big/pulls?per_page=3", []
        while path:
            answer = github.get(path)
            ours.append([part.rpartition('rel=')[2] for part in answer.headers["Link"].split(", ")])
            path = answer.links.get("next")
        self.assertEqual(ours, theirs)
        github.act("rename", repo="acme/shop", to="acme/store")
        moved = {(entry["method"], entry["status"]): entry for entry in self.exchanges("rename-repository")}
        self.compare(moved["get", 301], github.get("/repos/acme/shop"))
        self.compare(moved["patch", 307], github.patch("/repos/acme/shop/pulls/1", {"title": "x"}))


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
const fields = (type) => Object.keys(type.getFields?.() ?? {}).sort();
const names = Object.fromEntries(Object.entries(whole.getTypeMap()).map(([name, type]) => [name, fields(type)]));
console.log(JSON.stringify({ lacking, verdicts, names }));
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
        paths = [str(githubclients.schema(self.clients)), str(HERE / "slipway.graphql")]
        found = githubclients.script(self.clients, self.home, self.SCRIPT, input=json.dumps({"schemas": paths, "queries": queries}))
        self.assertEqual(found["lacking"], [])
        told = self.github.ask("{__schema{types{name fields(includeDeprecated:true){name} inputFields{name}}}}")["data"]["__schema"]["types"]
        ours = {type["name"]: sorted(field["name"] for field in type["fields"] or type["inputFields"] or []) for type in told}
        theirs = {name: fields for name, fields in found["names"].items() if not name.startswith("__")}
        self.assertEqual({name: fields for name, fields in ours.items() if not name.startswith("__")}, theirs)
        good = len(files) + len(self.RIGHT)
        self.assertEqual(found["verdicts"][:good], [[0, 0]] * good)
        variables = {"owner": "acme", "name": "shop", "number": 1, "base": "main", "head": "main", "than": "main", "n": "shop", "y": True}
        for query, verdict in zip(queries, found["verdicts"]):
            answer = self.github.ask(query, **variables)
            with self.subTest(query=query):
                self.assertEqual("data" in answer, verdict[0] == 0, answer)
        self.assertEqual(self.github.control("GET", "unserved"), [])


def main():
    words = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    words.add_argument("--clients", type=Path, default=PLACE["folder"])
    options, rest = words.parse_known_args()
    PLACE["folder"] = options.clients
    try:
        githubclients.install(options.clients)
    except githubclients.Unavailable as why:
        print(f"skipped: {why}")
        sys.exit(githubclients.SKIPPED)
    if not shutil.which("gh"):
        print("skipped: what needs gh; the rest runs")
    result = unittest.main(argv=[sys.argv[0], *rest], exit=False).result
    print(f"gh: {len(RAN['gh'])} commands of {len(set(RAN['gh']))} kinds; through Prism: {len(RAN['operations'])} operations")
    sys.exit(0 if result.wasSuccessful() else 1)


if __name__ == "__main__":
    main()

# SPDX-FileCopyrightText: 2026 The Slipway authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""The stand-in for GitHub behaves as its facts say: tokens, limits, ETags, pages, renames, faults, the device flow."""
import threading
import unittest

from client import REPO, TOKEN, StandIn

FINE = {"login": "ada", "kind": "fine-grained", "permissions": {"contents": "read", "pull_requests": "write", "statuses": "read"}}


class Case(unittest.TestCase):
    """A fresh stand-in for each test; at the end it had no fault of its own."""

    OPTIONS = ()

    def setUp(self):
        self.github = StandIn(*self.OPTIONS)
        self.addCleanup(self.github.close)

    def tearDown(self):
        if self.github.process.poll() is None:
            self.assertEqual(self.github.failures(), [])

    def ok(self, answer, status=200):
        self.assertEqual(answer.status, status, answer.data)
        return answer.json

    def fails(self, answer, status, words=""):
        self.assertEqual(answer.status, status, answer.data)
        self.assertEqual(answer.json["status"], str(status))
        self.assertIn(words, answer.json["message"] + str(answer.json.get("errors", "")))
        self.assertTrue(answer.json["documentation_url"].startswith("https://docs.github.com/"))


class Tokens(Case):
    def test_who_asks(self):
        self.assertEqual(self.ok(self.github.get("/user"))["login"], "ada")
        self.fails(self.github.get("/user", token="wrong"), 401, "Bad credentials")
        self.fails(self.github.get("/user", token=None), 401, "Requires authentication")
        self.ok(self.github.get("/user", headers={"Authorization": f"token {TOKEN}"}))
        self.fails(self.github.get("/user", headers={"User-Agent": None}), 403, "User-Agent")
        self.fails(self.github.get("/nowhere"), 404, "Not Found")
        self.assertEqual(self.github.get("/user").headers["X-OAuth-Scopes"], "repo")
        self.assertNotIn(TOKEN, str(self.github.requests()))

    def test_enterprise_paths(self):
        pull = self.ok(self.github.get("/api/v3" + REPO + "/pulls/1"))
        self.assertTrue(pull["url"].startswith(self.github.address + "/api/v3/repos/acme/shop/"))
        self.assertEqual(self.ok(self.github.post("/api/graphql", {"query": "{viewer{login}}"}))["data"]["viewer"]["login"], "ada")

    def test_versions(self):
        self.fails(self.github.get("/user", headers={"X-GitHub-Api-Version": "2020-01-01"}), 400, "not supported")
        self.github.settings(retired_versions="2022-11-28")
        self.fails(self.github.get("/user"), 410)

    def test_classic_scopes(self):
        self.github.tokens(narrow={"login": "ada", "scopes": ["repo:status"]}, none={"login": "ada", "scopes": []})
        sha = self.github.world()["branches"]["main"]
        self.ok(self.github.post(f"{REPO}/statuses/{sha}", {"state": "success"}, token="narrow"), 201)
        self.fails(self.github.get(REPO + "/pulls", token="narrow"), 404)
        self.fails(self.github.get(REPO, token="none"), 404)
        self.fails(self.github.get(REPO, token=None), 404)

    def test_fine_grained(self):
        self.github.tokens(fine=FINE, elsewhere={**FINE, "repositories": ["acme/other"]})
        self.ok(self.github.get(REPO + "/branches", token="fine"))
        refused = self.github.post(REPO + "/git/refs", {"ref": "refs/heads/x", "sha": "0" * 40}, token="fine")
        self.fails(refused, 403, "Resource not accessible by personal access token")
        self.assertEqual(refused.headers["X-Accepted-GitHub-Permissions"], "contents=write")
        self.assertIsNone(refused.headers["X-OAuth-Scopes"])
        for path in ("check-runs", "check-suites"):
            self.fails(self.github.get(f"{REPO}/commits/main/{path}", token="fine"), 403, "Resource not accessible")
        self.ok(self.github.get(REPO + "/commits/main/status", token="fine"))
        self.fails(self.github.get(REPO, token="elsewhere"), 404)
        answer = self.github.ask("checks", token="fine", owner="acme", name="shop", number=1)
        rollup = answer["data"]["repository"]["pullRequest"]["statusCheckRollup"]
        self.assertEqual((rollup["state"], [node and node["__typename"] for node in rollup["contexts"]["nodes"]]),
                         ("SUCCESS", ["StatusContext", None]))
        self.assertEqual(answer["errors"][0]["type"], "FORBIDDEN")
        self.github.settings(checks_for_fine_grained=1)
        self.ok(self.github.get(REPO + "/commits/faster-checkout/check-runs", token="fine"))

    def test_single_sign_on(self):
        self.github.tokens(sso={"login": "ada", "sso": "https://github.com/orgs/acme/sso?authorization_request=1"})
        answer = self.github.get(REPO, token="sso")
        self.fails(answer, 403, "SAML")
        self.assertEqual(answer.headers["X-GitHub-SSO"], "required; url=https://github.com/orgs/acme/sso?authorization_request=1")

    def test_levels(self):
        self.github.tokens(reader={"login": "linus"}, writer={"login": "grace"})
        self.assertEqual(self.ok(self.github.get(REPO, token="reader"))["permissions"],
                         {"admin": False, "maintain": False, "push": False, "triage": False, "pull": True})
        self.fails(self.github.put(REPO + "/pulls/1/merge", {}, token="reader"), 403)
        self.ok(self.github.post(REPO + "/issues/1/comments", {"body": "Nice"}, token="reader"), 201)
        level = lambda login: self.ok(self.github.get(f"{REPO}/collaborators/{login}/permission", token="writer"))["permission"]  # noqa: E731
        self.assertEqual([level("ada"), level("grace"), level("linus"), level("ghost")], ["admin", "write", "read", "none"])
        self.fails(self.github.get(REPO + "/collaborators/nobody/permission"), 404)


class Limits(Case):
    def test_primary(self):
        self.github.settings(core_used=4998)
        first = self.github.get(REPO)
        self.assertEqual([first.headers[f"X-RateLimit-{name}"] for name in ("Limit", "Used", "Remaining", "Resource")], ["5000", "4999", "1", "core"])
        again = self.github.get(REPO, headers={"If-None-Match": first.headers["ETag"]})
        self.assertEqual((again.status, again.data, again.headers["X-RateLimit-Remaining"]), (304, b"", "1"))
        self.ok(self.github.get(REPO))
        refused = self.github.get(REPO)
        self.fails(refused, 403, "API rate limit exceeded")
        self.assertEqual(refused.headers["X-RateLimit-Remaining"], "0")
        self.assertEqual(self.ok(self.github.get("/rate_limit"))["resources"]["core"]["remaining"], 0)
        self.assertEqual(self.github.ask("{viewer{login}}")["data"]["viewer"]["login"], "ada")

    def test_graphql(self):
        self.github.settings(graphql_used=5000)
        answer = self.github.post("/graphql", {"query": "{viewer{login}}"})
        self.assertEqual((self.ok(answer)["errors"][0]["type"], answer.headers["X-RateLimit-Resource"]), ("RATE_LIMITED", "graphql"))

    def test_secondary(self):
        self.github.settings(points=7)
        self.ok(self.github.get(REPO))
        self.ok(self.github.post(REPO + "/issues/1/comments", {"body": "one"}), 201)
        self.ok(self.github.get(REPO))
        refused = self.github.get(REPO)
        self.fails(refused, 403, "secondary rate limit")
        self.assertEqual(refused.headers["Retry-After"], "60")
        self.github.settings(points=0, content=1, limited_status=429, retry_after=0)
        refused = self.github.post(REPO + "/issues/1/comments", {"body": "two"})
        self.fails(refused, 429, "secondary rate limit")
        self.assertIsNone(refused.headers["Retry-After"])

    def test_too_many_at_once(self):
        self.github.settings(concurrency=2)
        self.github.fault(path="/labels$", delay=1)
        slow = [threading.Thread(target=self.github.get, args=(REPO + "/labels",)) for _ in range(2)]
        for thread in slow:
            thread.start()
        refused = self.github.get(REPO)
        while refused.status == 200 and any(thread.is_alive() for thread in slow):
            refused = self.github.get(REPO)
        self.fails(refused, 403, "secondary rate limit")
        for thread in slow:
            thread.join()
        self.ok(self.github.get(REPO))

    def test_etags_depend_on_the_token(self):
        self.github.tokens(other={"login": "ada"})
        mark = self.github.get(REPO + "/pulls").headers["ETag"]
        self.assertTrue(mark.startswith('W/"'))
        self.assertEqual(self.github.get(REPO + "/pulls", headers={"If-None-Match": mark}).status, 304)
        self.assertEqual(self.github.get(REPO + "/pulls", headers={"If-None-Match": mark}, token="other").status, 200)
        self.github.act("comment", number=1, body="changes it")
        self.github.act("pull", head="main", base="invoice-pdf", title="Another")
        self.assertEqual(self.github.get(REPO + "/pulls", headers={"If-None-Match": mark}).status, 200)


class Pages(Case):
    def test_links(self):
        self.github.seed(name="acme/big", pulls=65)
        seen, path = [], "/repos/acme/big/pulls?per_page=20&sort=created"
        first = self.github.get(path)
        self.assertEqual(sorted(first.links), ["last", "next"])
        self.assertRegex(first.links["next"], rf"^{self.github.address}/repositories/\d+/pulls\?per_page=20&sort=created&page=2$")
        while path:
            answer = self.github.get(path)
            seen += [pull["number"] for pull in self.ok(answer)]
            path = answer.links.get("next")
        self.assertEqual((len(seen), len(set(seen)), sorted(answer.links)), (69, 69, ["first", "prev"]))
        self.assertIsNone(self.github.get("/repos/acme/big/pulls?per_page=100").headers["Link"])
        self.assertEqual(len(self.ok(self.github.get("/repos/acme/big/pulls?per_page=1000"))), 69)

    def test_many_branches(self):
        self.github.seed(name="acme/wide", branches=10000)
        answer = self.github.get("/repos/acme/wide/branches?per_page=100&page=100")
        self.assertEqual(len(self.ok(answer)), 100)
        found = self.ok(self.github.get("/repos/acme/wide/git/matching-refs/heads%2Fbranch%2F0000"))
        self.assertEqual(len(found), 9)
        refs = self.github.ask("branches", owner="acme", name="wide", than="main")["data"]["repository"]["refs"]
        self.assertEqual((refs["totalCount"], len(refs["nodes"]), refs["pageInfo"]["hasNextPage"]), (10005, 50, True))

    def test_public_base(self):
        with StandIn("--public-base", "http://proxy.example:1/") as github:
            github.seed(name="acme/big", pulls=40)
            self.assertTrue(github.get("/repos/acme/big/pulls").links["next"].startswith("http://proxy.example:1/repositories/"))


class Moves(Case):
    def test_renamed(self):
        self.github.act("rename", to="acme/store")
        answer = self.github.get(REPO + "/pulls?state=all")
        self.assertEqual(answer.status, 301)
        self.assertEqual(answer.headers["Location"], answer.json["url"])
        self.assertEqual(len(self.ok(self.github.get(answer.headers["Location"]))), 4)
        self.assertEqual(self.ok(self.github.get("/repos/acme/store"))["full_name"], "acme/store")
        self.assertEqual(self.github.put(REPO + "/pulls/1/merge", {}).status, 307)
        self.assertEqual(self.github.effects(), [])
        self.assertEqual(self.github.ask("{repository(owner:\"acme\",name:\"shop\"){nameWithOwner}}")["data"]["repository"]["nameWithOwner"],
                         "acme/store")
        self.github.act("rename-branch", branch="invoice-pdf", to="pdf")
        answer = self.github.get("/repos/acme/store/branches/invoice-pdf")
        self.assertEqual(self.ok(self.github.get(answer.headers["Location"]))["name"], "pdf")


class Faults(Case):
    def test_kinds(self):
        self.github.fault(path="/pulls$", nth=2, status=502, message="Server Error")
        self.github.fault(path="/user$", set={"id": "seven"})
        self.github.fault(path="/branches$", cut=10)
        self.github.fault(path="/labels$", truncate=10)
        self.github.fault(path="/events$", html=True)
        self.ok(self.github.get(REPO + "/pulls"))
        self.fails(self.github.get(REPO + "/pulls"), 502)
        self.ok(self.github.get(REPO + "/pulls"))
        self.assertEqual(self.ok(self.github.get("/user"))["id"], "seven")
        with self.assertRaises(Exception):
            self.github.get(REPO + "/branches")
        self.assertEqual(len(self.github.get(REPO + "/labels").data), 10)
        self.assertEqual(self.github.get(REPO + "/events").status, 502)
        self.assertEqual(self.github.control("GET", "counts")["GET R/pulls"], 3)

    def test_lost_answer(self):
        """It happened, although nobody was told."""
        self.github.fault(method="PUT", path="/merge$", drop="after")
        with self.assertRaises(Exception):
            self.github.put(REPO + "/pulls/1/merge", {})
        self.assertEqual(len(self.github.effects("pull.merge")), 1)
        self.github.fault(method="POST", path="/graphql", query="viewer", answer={"errors": [{"type": "X", "message": "y"}]})
        self.assertEqual(self.github.ask("{viewer{login}}")["errors"][0]["type"], "X")

    def test_hang(self):
        """Others are served while one request gets no answer."""
        self.github.fault(path="/user$", hang=True)
        waiting = threading.Thread(target=lambda: self.assertRaises(Exception, self.github.get, "/user"), daemon=True)
        waiting.start()
        self.ok(self.github.get(REPO))
        self.github.close()
        waiting.join(10)


class Device(Case):
    GRANT = "urn:ietf:params:oauth:grant-type:device_code"

    def form(self, path, **words):
        body = "&".join(f"{name}={value}" for name, value in words.items()).encode()
        return self.github.post(path, body, token=None, headers={"Accept": "application/json",
                                                                 "Content-Type": "application/x-www-form-urlencoded"}).json

    def poll(self, device):
        return self.form("/login/oauth/access_token", client_id="Iv1.x", device_code=device, grant_type=self.GRANT)

    def test_flow(self):
        begun = self.form("/login/device/code", client_id="Iv1.x", scope="repo")
        self.assertEqual((len(begun["device_code"]), len(begun["user_code"]), begun["expires_in"], begun["interval"]), (40, 9, 900, 5))
        self.assertEqual(self.poll(begun["device_code"])["error"], "authorization_pending")
        self.assertEqual((lambda answer: (answer["error"], answer["interval"]))(self.poll(begun["device_code"])), ("slow_down", 10))
        self.github.settings(device_interval=0)
        begun = self.form("/login/device/code", client_id="Iv1.x", scope="repo")
        self.assertEqual(self.poll(begun["device_code"])["error"], "authorization_pending")
        self.github.control("POST", "device", {"user_code": begun["user_code"], "login": "grace"})
        got = self.poll(begun["device_code"])
        self.assertEqual((got["token_type"], got["scope"]), ("bearer", "repo"))
        self.assertEqual(self.ok(self.github.get("/user", token=got["access_token"]))["login"], "grace")
        self.assertEqual(self.poll(begun["device_code"])["error"], "incorrect_device_code")

    def test_refusals(self):
        self.github.settings(device_interval=0)
        for state, error in (("denied", "access_denied"), ("expired", "expired_token")):
            begun = self.form("/login/device/code", client_id="Iv1.x", scope="repo")
            self.github.control("POST", "device", {"state": state})
            self.assertEqual(self.poll(begun["device_code"])["error"], error)
        self.assertEqual(self.form("/login/oauth/access_token", client_id="Iv1.x", device_code="x", grant_type="password")["error"],
                         "unsupported_grant_type")
        encoded = self.github.post("/login/device/code", b"client_id=Iv1.x", token=None, headers={"Accept": None})
        self.assertIn(b"device_code=", encoded.data)
        self.github.settings(device_flow_disabled=1)
        self.assertEqual(self.form("/login/device/code", client_id="Iv1.x")["error"], "device_flow_disabled")


if __name__ == "__main__":
    unittest.main()

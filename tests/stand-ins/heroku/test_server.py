# SPDX-FileCopyrightText: 2026 The Slipway authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""The stand-in for Heroku behaves as its facts say, and all that it answers fits the published schema."""
import unittest

from client import StandIn, shared


class Case(unittest.TestCase):
    """A fresh stand-in for each test; at the end nothing was out of line with the schema."""

    SEED = {"development": "shop-dev", "processes": {"web": "npm start", "worker": "node worker.js"}, "config": {"GREETING": "hello"}}
    EXPECTED = ()  # words of complaints that a test provokes

    def setUp(self):
        self.heroku = StandIn()
        self.addCleanup(self.heroku.close)
        self.ids = self.heroku.seed(**self.SEED)
        self.pipeline = self.ids["pipeline"]["id"]

    def tearDown(self):
        if self.heroku.process.poll() is None:
            wrong = [entry for entry in self.heroku.violations() if not any(word in entry["words"] for word in self.EXPECTED)]
            self.assertEqual(wrong, [])

    def ok(self, answer, status=200):
        self.assertEqual(answer.status, status, answer.data)
        return answer.json

    def fails(self, answer, status, id, words=""):
        self.assertEqual((answer.status, answer.json["id"]), (status, id), answer.data)
        self.assertIn(words, answer.json["message"])


class Doors(Case):
    """Tokens, Accept, scopes, budget."""

    def test_accept_and_token(self):
        self.fails(self.heroku.get("/apps", headers={"Accept": "application/json"}), 406, "not_acceptable")
        self.fails(self.heroku.get("/apps", token=None), 401, "unauthorized")
        self.fails(self.heroku.get("/apps", token="wrong"), 401, "unauthorized")
        self.ok(self.heroku.get("/apps", headers={"Authorization": "Basic OnN0YW5kLWluLXRva2Vu"}))
        self.ok(self.heroku.get("/account", variant="sdk"))
        self.heroku.control("POST", "tokens", {"new": ["read"], "stand-in-token": None})
        self.fails(self.heroku.get("/apps"), 401, "unauthorized")
        self.ok(self.heroku.get("/apps", token="new"))

    def test_scopes(self):
        self.heroku.control("POST", "tokens", {"looks": "read", "acts": "write-protected", "who": "identity", "deep": "read-protected"})
        self.ok(self.heroku.get("/account", token="who"))
        self.fails(self.heroku.get("/account", token="looks"), 403, "forbidden")
        self.fails(self.heroku.get("/apps", token="who"), 403, "forbidden")
        self.fails(self.heroku.get("/apps/shop-staging/config-vars", token="looks"), 403, "forbidden")
        self.ok(self.heroku.get("/apps/shop-staging/config-vars", token="deep"))
        self.fails(self.heroku.patch("/apps/shop-staging/config-vars", {"A": "b"}, token="deep"), 403, "forbidden")
        self.ok(self.heroku.patch("/apps/shop-staging/config-vars", {"A": "b"}, token="acts"))
        self.assertNotIn("authorization", str(self.heroku.requests()).lower())

    def test_budget(self):
        self.heroku.settings(rate_remaining=2)
        self.assertEqual(self.heroku.get("/apps").headers["RateLimit-Remaining"], "1")
        self.ok(self.heroku.get("/account/rate-limits"))
        self.ok(self.heroku.get("/apps"))
        answer = self.heroku.get("/apps")
        self.fails(answer, 429, "rate_limit")
        self.assertIn("rate-limits", answer.json["url"])
        self.assertEqual(self.ok(self.heroku.get("/account/rate-limits")), {"remaining": 0})

    def test_etag(self):
        first = self.heroku.get("/pipelines")
        again = self.heroku.get("/pipelines", headers={"If-None-Match": first.headers["ETag"]})
        self.assertEqual((again.status, again.data), (304, b""))
        mark = self.heroku.get("/apps/shop-staging").headers["ETag"]
        self.ok(self.heroku.patch("/apps/shop-staging", {"maintenance": True}, headers={"If-Match": mark}))
        self.fails(self.heroku.patch("/apps/shop-staging", {"maintenance": False}, headers={"If-Match": mark}), 412, "precondition_failed")

    def test_unknown_paths(self):
        self.fails(self.heroku.get("/apps/nobody"), 404, "not_found", "Couldn't find that app.")
        self.fails(self.heroku.send("POST", "/apps", b"{", headers={"Content-Type": "application/json"}), 400, "bad_request")

    EXPECTED = ("the body is no JSON",)


class Pages(Case):
    SEED = {"apps": 30}

    def test_next_range(self):
        seen, range_header = [], "id ..; max=12"
        while range_header:
            answer = self.heroku.get("/apps", headers={"Range": range_header})
            seen += [app["id"] for app in answer.json]
            range_header = answer.headers["Next-Range"]
            self.assertEqual(answer.status, 206 if range_header else 200)
        self.assertEqual(len(seen), 32)
        self.assertEqual(seen, sorted(set(seen)))

    def test_newest_release(self):
        answer = self.heroku.get("/apps/shop-staging/releases", headers={"Range": "version ..; order=desc, max=2"})
        self.assertEqual([release["version"] for release in answer.json], [5, 4])
        self.assertEqual(answer.status, 206)
        rest = self.heroku.get("/apps/shop-staging/releases", headers={"Range": answer.headers["Next-Range"]})
        self.assertEqual([release["version"] for release in rest.json], [3, 2])
        self.ok(self.heroku.get("/apps", headers={"Range": ""}))

    def test_bad_range(self):
        for words in ("colour ..", "id ..; max=many", "nonsense"):
            self.fails(self.heroku.get("/apps", headers={"Range": words}), 416, "requested_range_not_satisfiable")


class Boards(Case):
    """What a board reads."""

    def test_reads(self):
        for path in ("/pipelines", "/pipelines?eq[name]=shop", "/pipelines/shop", "/users/~/pipeline-couplings", "/users/~/apps", "/stacks",
                     f"/pipelines/{self.pipeline}/pipeline-couplings", f"/pipelines/{self.pipeline}/latest-releases", "/regions",
                     f"/pipelines/{self.pipeline}/latest-deployments", f"/pipelines/{self.pipeline}/latest-builds", "/dyno-sizes",
                     "/apps/shop-staging/formation", "/apps/shop-staging/dynos", "/apps/shop-staging/collaborators", "/addon-services",
                     "/apps/shop-staging/releases", "/apps/shop-staging/releases/3", "/addon-services/heroku-postgresql/plans"):
            for variant in ("", "sdk"):
                with self.subTest(path=path, variant=variant):
                    self.ok(self.heroku.get(path, variant=variant))
        self.assertEqual(self.ok(self.heroku.get("/pipelines?eq[name]=nobody")), [])
        deployments = self.ok(self.heroku.get(f"/pipelines/{self.pipeline}/latest-deployments"))
        self.assertEqual(sorted(entry["app"]["name"] for entry in deployments), ["shop-dev", "shop-production", "shop-staging"])

    def test_filter(self):
        ids = [entry["id"] for entry in self.ids["apps"].values()]
        found = self.ok(self.heroku.post("/filters/apps", {"in": {"id": ids}}, variant="filters", headers={"Range": "id ..; max=1000;"}))
        self.assertEqual([app["id"] for app in found], sorted(ids))
        self.assertEqual(self.heroku.effects(), [])

    def test_coupling_of_an_app(self):
        self.assertEqual(self.ok(self.heroku.get("/apps/shop-dev/pipeline-couplings"))["stage"], "development")
        self.ok(self.heroku.delete(f"/pipeline-couplings/{self.ids['apps']['shop-dev']['coupling']}"))
        self.fails(self.heroku.get("/apps/shop-dev/pipeline-couplings"), 404, "not_found")
        self.ok(self.heroku.post("/pipeline-couplings", {"app": "shop-dev", "pipeline": self.pipeline, "stage": "staging"}), 201)


class Changes(Case):
    def test_app(self):
        made = self.ok(self.heroku.post("/apps", {"name": "shop-new", "region": "eu", "stack": "heroku-22"}), 201)
        self.fails(self.heroku.post("/apps", {"name": "shop-new"}), 422, "invalid_params", "Name is already taken")
        self.assertEqual(made["region"]["name"], "eu")
        self.ok(self.heroku.patch("/apps/shop-new", {"maintenance": True}))
        self.ok(self.heroku.delete("/apps/shop-new"))
        self.fails(self.heroku.delete("/apps/shop-new"), 404, "not_found")
        self.assertEqual([effect["kind"] for effect in self.heroku.effects()], ["app.create", "app.update", "app.delete"])

    def test_config(self):
        self.assertEqual(self.ok(self.heroku.get("/apps/shop-staging/config-vars"))["GREETING"], "hello")
        after = self.ok(self.heroku.patch("/apps/shop-staging/config-vars", {"GREETING": None, "NEW": "1"}))
        self.assertEqual((after["NEW"], "GREETING" in after), ("1", False))
        self.ok(self.heroku.patch("/apps/shop-staging/config-vars", {"NEW": "1"}))
        made = self.heroku.effects("release.create")
        self.assertEqual([effect["detail"]["description"] for effect in made], ["Set NEW and Remove GREETING config vars"])

    def test_rollback(self):
        old = self.ok(self.heroku.get("/apps/shop-staging/releases/6"))
        self.ok(self.heroku.patch("/apps/shop-staging/config-vars", {"LATER": "1"}))
        made = self.ok(self.heroku.post("/apps/shop-staging/releases", {"release": old["id"]}, variant="sdk"), 201)
        self.assertEqual((made["description"], made["slug"], made["current"]), ("Rollback to v6", old["slug"], True))
        self.assertNotIn("LATER", self.ok(self.heroku.get("/apps/shop-staging/config-vars")))
        first = self.ok(self.heroku.get("/apps/shop-staging/releases/1"))
        self.fails(self.heroku.post("/apps/shop-staging/releases", {"release": first["id"]}), 422, "invalid_params")

    def test_twice_is_twice(self):
        """There is no idempotency key: a repeated POST does it again."""
        slug = self.ids["apps"]["shop-staging"]["slug"]
        for _ in range(2):
            self.ok(self.heroku.post("/apps/shop-dev/releases", {"slug": slug, "description": "Deploy"}), 201)
        self.assertEqual(len(self.heroku.effects("release.create")), 2)

    def test_scale(self):
        self.heroku.settings(dyno=2)
        self.ok(self.heroku.patch("/apps/shop-dev/formation", {"updates": [{"type": "web", "quantity": "+1", "size": "Standard-1X"}]}))
        states = [[dyno["state"] for dyno in self.ok(self.heroku.get("/apps/shop-dev/dynos")) if dyno["type"] == "web"] for _ in range(3)]
        self.assertEqual(states, [["starting"] * 2, ["up"] * 2, ["up"] * 2])
        self.fails(self.heroku.patch("/apps/shop-dev/formation", {"updates": [{"type": "clock", "quantity": 1}]}), 404, "not_found",
                   "Couldn't find that process type (clock).")
        self.ok(self.heroku.patch("/apps/shop-dev/formation/web", {"quantity": 0}))
        self.assertEqual(self.heroku.delete("/apps/shop-dev/dynos").status, 202)
        self.assertEqual(self.heroku.post("/apps/shop-dev/dynos/worker.1/actions/stop").status, 202)
        ran = self.ok(self.heroku.post("/apps/shop-dev/dynos", {"command": "ls", "attach": False, "env": {"A": "b"}}), 201)
        self.assertEqual(ran["type"], "run")


class Faults(Case):
    EXPECTED = ("no such link",)

    def test_errors_instead(self):
        self.heroku.fault(method="POST", path="/apps$", nth=1, status=503)
        self.fails(self.heroku.post("/apps", {"name": "shop-new"}), 503, "service_unavailable")
        self.assertEqual(self.heroku.effects(), [])
        self.ok(self.heroku.post("/apps", {"name": "shop-new"}), 201)

    def test_lost_answers(self):
        self.heroku.fault(method="POST", path="/apps$", times=1, drop="after")
        with self.assertRaises(OSError):
            self.heroku.post("/apps", {"name": "shop-new"})
        self.assertEqual(len(self.heroku.effects("app.create")), 1)
        self.heroku.control("DELETE", "faults")
        self.heroku.fault(drop="before", path="/apps$", method="POST")
        with self.assertRaises(OSError):
            self.heroku.post("/apps", {"name": "shop-newer"})
        self.assertEqual(len(self.heroku.effects("app.create")), 1)

    def test_broken_answers(self):
        self.heroku.control("POST", "faults", [
            {"path": "/stacks", "truncate": 10}, {"path": "/regions", "html": True},
            {"path": "/pipelines", "set": {"name": 7, "owner.id": None}}, {"path": "/teams", "redirect": "http://127.0.0.1:9/"},
            {"path": "/dyno-sizes", "headers": {"X-Heroku-Warning": "careful"}},
            {"path": "/apps$", "cut": 20}, {"path": "/account", "split": 3, "delay": 0.2}])
        self.assertEqual(len(self.heroku.get("/stacks").data), 10)
        self.assertEqual(self.heroku.get("/regions").headers["Content-Type"], "text/html; charset=utf-8")
        self.assertEqual(self.ok(self.heroku.get("/pipelines"))[0]["name"], 7)
        self.assertEqual((answer := self.heroku.get("/teams")).status, 302)
        self.assertEqual(answer.headers["Location"], "http://127.0.0.1:9/")
        self.assertEqual(self.heroku.get("/dyno-sizes").headers["X-Heroku-Warning"], "careful")
        with self.assertRaises(Exception):
            self.heroku.get("/apps")
        self.assertEqual(self.ok(self.heroku.get("/account"))["name"], "Ada")

    def test_second_factor(self):
        self.heroku.fault(path="^/apps/shop-production", two_factor="654321")
        refused = self.heroku.patch("/apps/shop-production", {"maintenance": True})
        self.fails(refused, 403, "two_factor")
        self.assertEqual(refused.json["app"]["name"], "shop-production")
        self.ok(self.heroku.patch("/apps/shop-production", {"maintenance": True}, headers={"Heroku-Two-Factor-Code": "654321"}))
        self.ok(self.heroku.send("PUT", "/apps/shop-production/pre-authorizations", headers={"Heroku-Two-Factor-Code": "654321"}))
        self.ok(self.heroku.patch("/apps/shop-production", {"maintenance": False}))


class Kept(unittest.TestCase):
    def test_state_file(self):
        """What it knows outlives it; it ends when its input does."""
        import tempfile
        with tempfile.TemporaryDirectory() as folder:
            with StandIn("--state", f"{folder}/state.json") as heroku:
                heroku.seed(pipeline="kept")
            self.assertEqual(heroku.process.returncode, 0)
            with StandIn("--state", f"{folder}/state.json") as heroku:
                self.assertEqual([entry["name"] for entry in heroku.get("/pipelines").json], ["kept"])


if __name__ == "__main__":
    if not shared():
        print("without the published schema: answers are not held against it (set SLIPWAY_SHARED)")
    unittest.main()

# SPDX-FileCopyrightText: 2026 The Slipway authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Review apps and app-setups through all their states and failures; Postgres transfers."""
import json
import unittest

from test_deploys import SHA, archive
from test_server import Case


class Setups(Case):
    SEED = {"repository": "team/shop"}
    MANIFEST = {"env": {"GREETING": "hi", "SECRET": {"generator": "secret"}}, "addons": ["heroku-postgresql:essential-0"],
                "scripts": {"postdeploy": "npm run seed"}, "formation": {"web": {"quantity": 2}}}

    def source(self, manifest=None):
        url = self.ok(self.heroku.post("/sources"), 201)["source_blob"]
        files = {"Procfile": "web: npm start\nrelease: npm run migrate\n",
                 "app.json": json.dumps(self.MANIFEST if manifest is None else manifest)}
        self.heroku.send("PUT", url["put_url"], archive(files), token=None)
        return {"url": url["get_url"], "version": SHA}

    def setup_of(self, **app):
        return self.ok(self.heroku.post("/app-setups", {"source_blob": self.source(), "app": app}), 201)

    def look(self, setup):
        return self.ok(self.heroku.get(f"/app-setups/{setup['id']}"))

    def test_app_setup(self):
        setup = self.setup_of(name="shop-set-up", region="eu")
        first = self.look(setup)
        self.assertEqual((first["status"], first["build"]["status"]), ("pending", "pending"))
        done = self.look(setup)
        self.assertEqual((done["status"], done["build"]["status"], done["postdeploy"]["exit_code"]), ("succeeded", "succeeded", 0))
        config = self.ok(self.heroku.get("/apps/shop-set-up/config-vars"))
        self.assertEqual((config["GREETING"], "DATABASE_URL" in config, len(config["SECRET"])), ("hi", True, 32))
        self.assertEqual(self.ok(self.heroku.get("/apps/shop-set-up/formation/web"))["quantity"], 2)

    def test_failures(self):
        self.heroku.settings(setup=1)
        for phase in ("manifest", "addon", "build", "release", "postdeploy"):
            with self.subTest(phase=phase):
                self.heroku.act("set", set={"next_setup": {"phase": phase, "message": f"no luck with {phase}"}})
                done = self.look(self.setup_of())
                self.assertEqual((done["status"], done["failure_message"]), ("failed", f"no luck with {phase}"))
                self.assertEqual(bool(done["manifest_errors"]), phase == "manifest")
                self.assertEqual(bool(done["postdeploy"]), phase == "postdeploy")

    def test_a_bad_manifest(self):
        self.heroku.settings(setup=1)
        blob = self.source({"env": {"NEEDED": {"required": True}}})
        done = self.look(self.ok(self.heroku.post("/app-setups", {"source_blob": blob}), 201))
        self.assertEqual(done["manifest_errors"], ["NEEDED is required"])

    def review(self, branch="faster", number=7):
        body = {"branch": branch, "pipeline": self.pipeline, "source_blob": self.source(), "pr_number": number, "environment": {"EXTRA": "1"}}
        return self.ok(self.heroku.post("/review-apps", body, variant="review-apps"), 201)

    def config(self, method, **body):
        path = f"/pipelines/{self.pipeline}/review-app-config"
        return self.heroku.send(method, path, body or None, variant="review-apps")

    def test_settings(self):
        self.fails(self.config("GET"), 404, "not_found")
        made = self.ok(self.config("POST", repo="team/shop", base_name="shop"), 201)
        self.assertEqual((made["base_name"], made["automatic_review_apps"]), ("shop", False))
        self.assertTrue(self.ok(self.config("PATCH", automatic_review_apps=True, stale_days=3))["automatic_review_apps"])
        self.ok(self.config("GET"))
        self.ok(self.config("DELETE"))

    def test_review_app(self):
        self.config("POST", repo="team/shop", base_name="shop")
        self.ok(self.heroku.patch(f"/pipelines/{self.pipeline}/stage/review/config-vars", {"STAGE": "review"}))
        review = self.review()
        self.assertEqual((review["status"], review["app"]), ("pending", None))
        states = [self.ok(self.heroku.get(f"/review-apps/{review['id']}"))["status"] for _ in range(2)]
        self.assertEqual(states, ["creating", "created"])
        config = self.ok(self.heroku.get("/apps/shop-pr-7/config-vars"))
        self.assertEqual((config["EXTRA"], config["STAGE"], config["GREETING"]), ("1", "review", "hi"))
        self.assertEqual(self.ok(self.heroku.get("/apps/shop-pr-7/pipeline-couplings"))["stage"], "review")
        self.assertEqual(self.ok(self.heroku.get("/apps/shop-pr-7/review-app"))["id"], review["id"])
        self.assertEqual(self.ok(self.heroku.delete(f"/review-apps/{review['id']}"))["status"], "deleting")
        states = [self.ok(self.heroku.get(f"/review-apps/{review['id']}"))["status"] for _ in range(2)]
        self.assertEqual(states, ["deleting", "deleted"])
        self.assertEqual(self.ok(self.heroku.get(f"/pipelines/{self.pipeline}/review-apps")), [])
        self.fails(self.heroku.get("/apps/shop-pr-7"), 404, "not_found")

    def test_errored(self):
        self.heroku.settings(review=1)
        self.heroku.act("set", set={"next_review": {"phase": "postdeploy", "message": "seed failed"}})
        review = self.ok(self.heroku.get(f"/review-apps/{self.review()['id']}"))
        self.assertEqual((review["status"], review["error_status"], review["message"]), ("errored", "postdeploy_failure", "seed failed"))

    def test_link(self):
        self.assertEqual(self.ok(self.heroku.get(f"/pipelines/{self.pipeline}/repo", variant="repositories-api"))["full_name"], "team/shop")
        for path in (f"/pipelines/{self.pipeline}/repository", "/apps/shop-staging/github", "/account/github/token",
                     "/github/repos/team/shop/tarball/main"):
            self.ok(self.heroku.get(path, headers={"Accept": None}))

    def test_seeded(self):
        ids = self.heroku.seed(pipeline="other", production="other-live", staging=False, review=[{"branch": "x", "pr_number": 1}])
        self.assertEqual(self.ok(self.heroku.get(f"/review-apps/{ids['reviews']['x']}"))["status"], "created")


class Transfers(Case):
    def database(self, app):
        return next(addon for addon in self.ok(self.heroku.get(f"/apps/{app}/addons")) if addon["app"]["name"] == app)

    def data(self, addon):
        return self.heroku.control("GET", "world")["addons"][addon["id"]]["data"]

    def look(self, transfer, app="shop-staging", query=""):
        return self.ok(self.heroku.get(f"/client/v11/apps/{app}/transfers/{transfer['uuid']}{query}"))

    def copy(self):
        urls = {app: self.ok(self.heroku.get(f"/apps/{app}/config-vars"))["DATABASE_URL"] for app in ("shop-production", "shop-staging")}
        body = {"from_url": urls["shop-production"], "from_name": "DATABASE", "to_url": urls["shop-staging"], "to_name": "DATABASE"}
        return self.heroku.post(f"/client/v11/databases/{self.database('shop-staging')['id']}/transfers", body)

    def test_copy(self):
        transfer = self.ok(self.copy(), 201)
        seen = [(entry["succeeded"], entry["finished_at"] is not None) for entry in (self.look(transfer) for _ in range(2))]
        self.assertEqual(seen, [(None, False), (True, True)])
        self.assertEqual(self.data(self.database("shop-staging")), "data of shop-production")
        self.assertNotIn("postgres://", str(self.heroku.effects()))

    def test_failures(self):
        self.heroku.settings(transfer=1)
        self.heroku.act("fail_transfers")
        transfer = self.ok(self.copy(), 201)
        self.assertEqual(self.look(transfer)["succeeded"], False)
        self.assertIn("error", str(self.look(transfer, query="?verbose=true")["logs"]))
        self.assertEqual(self.data(self.database("shop-staging")), "data of shop-staging")
        self.heroku.settings(transfer=1000)
        held = self.ok(self.copy(), 201)
        self.ok(self.heroku.post(f"/client/v11/apps/shop-staging/transfers/{held['uuid']}/actions/cancel"))
        self.assertIsNotNone(self.look(held)["canceled_at"])

    def test_backup_and_restore(self):
        self.heroku.settings(transfer=1)
        live, staging = self.database("shop-production"), self.database("shop-staging")
        backup = self.ok(self.heroku.post(f"/client/v11/databases/{live['name']}/backups"), 201)
        self.assertTrue(self.look(backup, "shop-production")["succeeded"])
        url = self.ok(self.heroku.post("/client/v11/apps/shop-production/transfers/1/actions/public-url"))["url"]
        self.assertTrue(self.heroku.send("GET", url, token=None).data.startswith(b"PGDMP"))
        restore = self.ok(self.heroku.post(f"/client/v11/databases/{staging['id']}/restores", {"backup_url": url}), 201)
        self.assertTrue(self.look(restore)["succeeded"])
        self.assertEqual(self.data(staging), "data of shop-production")
        self.assertEqual(len(self.ok(self.heroku.get("/client/v11/apps/shop-staging/transfers"))), 1)

    def test_ready(self):
        self.heroku.settings(addon=1, wait=2)
        addon = self.ok(self.heroku.post("/apps/shop-staging/addons", {"plan": "heroku-postgresql"}), 202)
        self.fails(self.heroku.get(f"/client/v11/databases/{addon['id']}"), 404, "not_found")
        waits = [self.ok(self.heroku.get(f"/client/v11/databases/{addon['id']}/wait_status"))["waiting?"] for _ in range(2)]
        self.assertEqual(waits, [True, False])
        self.ok(self.heroku.get(f"/client/v11/databases/{addon['id']}"))
        self.ok(self.heroku.get(f"/postgres/v0/databases/{addon['name']}/credentials"))


if __name__ == "__main__":
    unittest.main()

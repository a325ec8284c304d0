# SPDX-FileCopyrightText: 2026 The Slipway authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Every path that can be read is read once, in both variants of the API: each answers 200 and fits its description."""
import unittest

import server
import wire
from client import shared
from test_deploys import SHA, archive
from test_server import Case

for name in server.FAMILIES:
    __import__(name)
UNREADABLE = {"/uploads/{source}", "/streams/logs/{session}"}  # open addresses, tried in test_deploys


class Routes(Case):
    SEED = {"repository": "team/shop", "review": ["faster"], "team": "makers", "domain": "shop.example.com"}

    def some_of_everything(self):
        """A value for each placeholder."""
        post, app = self.heroku.post, "/apps/shop-staging"
        url = self.ok(post("/sources"), 201)["source_blob"]
        self.heroku.send("PUT", url["put_url"], archive({"Procfile": "web: x\nrelease: y\n", "app.json": "{}"}), token=None)
        blob = {"url": url["get_url"], "version": SHA}
        build = self.ok(post(f"{app}/builds", {"source_blob": blob}), 201)
        setup = self.ok(post("/app-setups", {"source_blob": blob}), 201)
        ids = self.ids["apps"]
        body = {"pipeline": {"id": self.pipeline}, "source": {"app": {"id": ids["shop-staging"]["id"]}},
                "targets": [{"app": {"id": ids["shop-production"]["id"]}}]}
        promotion = self.ok(post("/pipeline-promotions", body), 201)
        self.ok(post(f"{app}/sni-endpoints", {"certificate_chain": "chain", "private_key": "key"}), 201)
        self.ok(post(f"{app}/log-drains", {"url": "https://example.com/in"}), 201)
        addon = self.ok(self.heroku.get(f"{app}/addons"))[0]
        tie = self.ok(self.heroku.get(f"{app}/addon-attachments"))[0]
        self.ok(post(f"/client/v11/databases/{addon['id']}/backups"), 201)
        self.heroku.act("finish")
        release = self.ok(self.heroku.get(f"{app}/builds/{build['id']}"))["release"]["id"]
        review = self.ok(self.heroku.get(f"/pipelines/{self.pipeline}/review-apps"))[0]
        self.review_app = review["app"]["id"]
        return {"app": "shop-staging", "pipeline": self.pipeline, "build": build["id"], "release": release, "setup": setup["id"],
                "promotion": promotion["id"], "endpoint": "endpoint-1", "addon": addon["id"], "tie": tie["id"], "review": review["id"],
                "slug": ids["shop-staging"]["slug"], "coupling": ids["shop-staging"]["coupling"], "type": "web", "dyno": "web.1",
                "user": "~", "team": "makers", "stack": "heroku-24", "service": "heroku-postgresql", "plan": "heroku-postgresql:essential-0",
                "stage": "review", "db": addon["name"], "transfer": "1", "branch": "main", "owner": "team", "repo": "shop", "ref": "main",
                "feature": "preboot", "domain": self.ok(self.heroku.get(f"{app}/domains"))[0]["hostname"]}

    def test_all_that_can_be_read(self):
        values = self.some_of_everything()
        for entry in wire.ROUTES:
            if entry.method != "GET" or entry.pattern in UNREADABLE or entry.pattern == "/schema" and not shared():
                continue
            fitting = dict(values)
            if entry.pattern.startswith("/account/"):
                fitting["feature"] = "dashboard-repositories-api"
            if entry.pattern.endswith("/review-app"):
                fitting["app"] = self.review_app
            path = entry.pattern.format(**fitting)
            for variant in ("", "sdk"):
                with self.subTest(path=path, variant=variant):
                    self.assertEqual((answer := self.heroku.get(path, variant=variant)).status, 200, answer.data)

    def test_nonsense_is_answered(self):
        """A body of the wrong shape is an error of the client's, never a crash."""
        wrong = [{"name": 7, "app": [], "pipeline": 3, "stage": {}, "source": "x", "targets": 5, "updates": 1, "hostname": 1, "plan": 1,
                  "source_blob": "x", "branch": 1, "user": 5, "url": 1, "repo": 1, "in": 5, "addon": 4, "command": 3, "slug": 4, "release": 4}]
        values = self.some_of_everything()
        for entry in wire.ROUTES:
            if entry.method in ("POST", "PATCH", "PUT") and entry.service != "open":
                path = entry.pattern.format(**values)
                for body in wrong:
                    with self.subTest(method=entry.method, path=path):
                        self.assertNotEqual((answer := self.heroku.send(entry.method, path, body)).status, 500, answer.data)

    def tearDown(self):
        about = "stand-in" if self._testMethodName == "test_nonsense_is_answered" else ""
        self.maxDiff = None
        wrong = [entry for entry in self.heroku.violations() if about in (entry["about"], "")]
        self.assertEqual(wrong, [])


if __name__ == "__main__":
    unittest.main()

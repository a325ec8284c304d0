# SPDX-FileCopyrightText: 2026 The Slipway authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""The real Heroku CLI takes the stand-in for Heroku: what it prints, how it exits, which requests it sends (heroku-cli.md, 6).

test_cli.py [--cli FOLDER]: where the CLI is or is to be installed (a folder of the build). Exit code 77: skipped."""
import argparse
import json
import re
import sys
import tempfile
import threading
import unittest
from pathlib import Path

import herokucli
from client import HERE, StandIn

FOLDER = HERE.parents[2] / "build" / "heroku-cli"
RAN = []
UUID = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")


class Case(unittest.TestCase):
    SEED = {"development": "shop-dev", "processes": {"web": "npm start", "worker": "node worker.js"}, "config": {"GREETING": "hello"}}
    EXPECTED = ()

    def setUp(self):
        self.heroku = StandIn()
        self.addCleanup(self.heroku.close)
        self.ids = self.heroku.seed(**self.SEED)
        home = tempfile.TemporaryDirectory(prefix="slipway-heroku-cli-")
        self.addCleanup(home.cleanup)
        self.client = herokucli.Cli(FOLDER, self.heroku, home.name)

    def tearDown(self):
        wrong = [entry for entry in self.heroku.violations() if not any(words in entry["words"] for words in self.EXPECTED)]
        self.assertEqual(wrong, [])

    def cli(self, *words, code=0):
        """What a command printed, on both channels."""
        self.heroku.control("DELETE", "requests")
        RAN.append(" ".join(words))
        left, out, err = self.client.run(*words)
        self.assertEqual(left, code, f"{words}: {out}{err}")
        self.out = out
        return out + err

    def sent(self):
        """"METHOD path" of what the last command sent, ids as *, without the look-up of the account."""
        found = [f"{entry['method']} {UUID.sub('*', entry['path'])}" for entry in self.heroku.requests()]
        return [words for words in found if words != "GET /account"]

    def api(self, path, **more):
        answer = self.heroku.get(path, **more)
        self.assertIn(answer.status, (200, 206))
        return answer.json


class Reading(Case):
    SEED = {**Case.SEED, "domain": "shop.example.com"}

    def test_account_and_apps(self):
        self.assertIn("ada@example.com", self.cli("whoami"))
        self.assertIn("shop-staging", self.cli("apps"))
        self.assertEqual(self.sent(), ["GET /users/~/apps"])
        self.assertIn("shop-dev", self.cli("apps", "--all"))
        self.cli("apps:info", "-a", "shop-staging", "--json")
        self.assertEqual(json.loads(self.out)["app"]["id"], self.ids["apps"]["shop-staging"]["id"])

    def test_pipelines(self):
        self.cli("pipelines", "--json")
        self.assertEqual([entry["name"] for entry in json.loads(self.out)], ["shop"])
        self.cli("pipelines:info", "shop", "--json")
        stages = {app["name"]: app["pipelineCoupling"]["stage"] for app in json.loads(self.out)["apps"]}
        self.assertEqual(stages, {"shop-production": "production", "shop-staging": "staging", "shop-dev": "development"})
        self.assertEqual(self.sent(), ["GET /pipelines", "GET /pipelines/*/pipeline-couplings", "POST /filters/apps"])
        self.assertIn("not found", self.cli("pipelines:info", "nobody", code=1))

    def test_more_than_a_page(self):
        for number in range(210):
            self.heroku.post("/pipelines", {"name": f"line-{number:03}"})
        self.cli("pipelines", "--json")
        self.assertEqual(len(json.loads(self.out)), 211)
        self.assertEqual(self.sent(), ["GET /pipelines"] * 2)

    def test_what_an_app_has(self):
        self.cli("releases", "-a", "shop-staging", "--json")
        self.assertEqual([entry["version"] for entry in json.loads(self.out)], [6, 5, 4, 3, 2, 1])
        self.assertIn("GREETING", self.cli("releases:info", "-a", "shop-staging"))
        self.cli("ps", "-a", "shop-staging", "--json")
        self.assertEqual({dyno["name"] for dyno in json.loads(self.out)}, {"web.1", "worker.1"})
        self.cli("domains", "-a", "shop-production", "--json")
        self.assertIn("shop.example.com", [entry["hostname"] for entry in json.loads(self.out)])
        self.cli("config", "-a", "shop-staging", "--json")
        self.assertEqual(json.loads(self.out), self.api("/apps/shop-staging/config-vars"))
        self.assertIn("preboot", self.cli("features", "-a", "shop-staging"))
        self.assertIn("ada@example.com", self.cli("access", "-a", "shop-staging"))
        self.assertIn("as DATABASE", self.cli("addons", "-a", "shop-staging"))

    def test_errors(self):
        self.assertIn("Couldn't find that app", self.cli("apps:info", "-a", "nobody", code=2))
        self.heroku.settings(rate_remaining=0)
        self.assertIn("rate limit", self.cli("apps", code=2))
        self.heroku.settings(rate_remaining=100)
        self.heroku.fault(path="/users/~/apps", headers={"X-Heroku-Warning": "Mind the step"})
        self.assertIn("Mind the step", self.cli("apps"))
        self.heroku.control("POST", "tokens", {"stand-in-token": None})
        self.cli("apps", code=1)


class Moving(Case):
    SEED = {**Case.SEED, "processes": {"web": "npm start", "release": "npm run migrate"}}

    def test_promotion(self):
        self.heroku.settings(promotion=1, release=3)
        words = self.cli("pipelines:promote", "-a", "shop-staging")
        self.assertIn("Running npm run migrate", words)
        self.assertIn("shop-production: succeeded", words)
        sent = self.sent()
        self.assertEqual(sent[:5], ["GET /apps/shop-staging/pipeline-couplings", "GET /pipelines/*/pipeline-couplings", "POST /filters/apps",
                                    "POST /pipeline-promotions", "GET /pipeline-promotions/*/promotion-targets"])
        self.assertIn("GET /apps/*/releases/*", sent)
        self.assertIn("GET /streams/release/*/*", sent)
        self.assertEqual([effect["app"] for effect in self.heroku.effects("release.create")], ["shop-production"])
        slugs = [self.api(f"/apps/{name}/releases", headers={"Range": "version ..; order=desc,max=1"})[0]["slug"]
                 for name in ("shop-staging", "shop-production")]
        self.assertEqual(slugs[0], slugs[1])

    def test_promotions_that_fail(self):
        self.heroku.act("set", "shop-production", set={"next_release": True})
        self.heroku.act("set", "shop-dev", set={"next_promotion": "Could not verify slug checksum"})
        words = self.cli("pipelines:promote", "-a", "shop-staging", "--to", "shop-production,shop-dev", code=1)
        self.assertIn("release command failed", words)
        self.assertIn("Could not verify slug checksum", words)
        self.assertIn("Cannot promote", self.cli("pipelines:promote", "-a", "shop-production", code=1))

    def test_rollback(self):
        self.heroku.act("release", "shop-production", commit="c" * 40, description="Deploy cccccccc")
        before = self.api("/apps/shop-production/releases", headers={"Range": "version ..; order=desc"})
        self.assertIn("Rolling back shop-production to v" + str(before[1]["version"]), self.cli("releases:rollback", "-a", "shop-production"))
        after = self.api("/apps/shop-production/releases", headers={"Range": "version ..; order=desc,max=1"})[0]
        self.assertEqual((after["slug"], after["description"]), (before[1]["slug"], f"Rollback to v{before[1]['version']}"))
        self.cli("releases:rollback", f"v{before[0]['version']}", "-a", "shop-production")
        self.assertEqual(len(self.heroku.effects("release.create")), 3)
        self.assertIn("Running npm run migrate", self.cli("releases:output", f"v{after['version']}", "-a", "shop-production"))

    def test_lost_answer_is_repeated_by_the_cli(self):
        """heroku-cli.md, 3: a connection that ends is tried again, POST too; that is why effects are counted."""
        self.heroku.fault(method="POST", path="^/apps/shop-dev/dynos", nth=1, drop="after")
        self.cli("run:detached", "-a", "shop-dev", "--", "ls")
        self.assertEqual(len(self.heroku.effects("dyno.run")), 2)


class Running(Case):
    def test_logs(self):
        self.heroku.act("log", "shop-staging", lines=["from the worker"], dyno="worker.1")
        self.assertIn("app[worker.1]: from the worker", self.cli("logs", "-a", "shop-staging"))
        self.assertEqual(self.sent(), ["GET /apps/shop-staging", "POST /apps/shop-staging/log-sessions", "GET /streams/logs/*"])
        words = self.cli("logs", "-a", "shop-staging", "--num", "2", "--source", "app", "--dyno-name", "web.1")
        self.assertEqual(len(re.findall(r"app\[web\.1\]", words)), 2)
        timers = [threading.Timer(2.5, self.heroku.act, ["log", "shop-staging"], {"lines": "while we look"}),
                  threading.Timer(3.5, self.heroku.act, ["expire_logs"])]
        for timer in timers:
            timer.start()
        words = self.cli("logs", "-a", "shop-staging", "--tail", code=1)
        self.assertIn("while we look", words)
        self.assertIn("timed out", words)

    def test_processes(self):
        self.cli("ps:scale", "web=2:Standard-1X", "worker+1", "-a", "shop-staging")
        self.assertEqual({entry["type"]: entry["quantity"] for entry in self.api("/apps/shop-staging/formation")}, {"web": 2, "worker": 2})
        self.assertIn("web=2:Standard-1X", self.cli("ps:scale", "-a", "shop-staging"))
        self.cli("ps:restart", "-a", "shop-staging")
        self.cli("ps:stop", "-d", "worker.2", "-a", "shop-staging")
        self.assertEqual(len(self.heroku.effects("dyno.restart")), 4)
        self.assertIn("run.", self.cli("run:detached", "-a", "shop-staging", "--", "ls"))

    def test_config_and_maintenance(self):
        self.cli("config:set", "A=1", "B=2", "-a", "shop-dev")
        self.cli("config:unset", "A", "-a", "shop-dev")
        self.assertEqual([effect["detail"]["description"] for effect in self.heroku.effects("release.create")],
                         ["Set A, B config vars", "Remove A config vars"])
        self.cli("maintenance:on", "-a", "shop-dev")
        self.assertTrue(self.api("/apps/shop-dev")["maintenance"])
        self.cli("features:enable", "preboot", "-a", "shop-dev")
        self.assertTrue(self.api("/apps/shop-dev/features/preboot")["enabled"])


class Making(Case):
    SEED = {**Case.SEED, "development": [], "repository": "team/shop"}

    def test_apps_and_pipelines(self):
        self.cli("apps:create", "shop-new", "--region", "eu", "--stack", "heroku-24", "--buildpack", "heroku/nodejs", "--no-remote")
        self.cli("pipelines:create", "other", "-a", "shop-new", "-s", "development")
        self.cli("pipelines:update", "-a", "shop-new", "-s", "staging")
        self.cli("pipelines:remove", "-a", "shop-new")
        self.cli("pipelines:add", "shop", "-a", "shop-new", "-s", "development")
        self.cli("pipelines:rename", "other", "another")
        self.cli("pipelines:destroy", "another")
        self.assertEqual(self.api("/apps/shop-new/pipeline-couplings")["stage"], "development")
        self.cli("apps:destroy", "-a", "shop-new", "--confirm", "shop-new")
        kinds = [effect["kind"] for effect in self.heroku.effects() if effect["kind"].split(".")[0] in ("app", "pipeline", "coupling")]
        self.assertEqual(kinds, ["app.create", "pipeline.create", "coupling.create", "coupling.update", "coupling.delete", "coupling.create",
                                 "pipeline.update", "pipeline.delete", "app.delete"])

    def clone(self, name):
        """The recipe of heroku.md, 16, without data."""
        send = self.heroku.send
        app = self.api("/apps/shop-staging")
        send("POST", "/apps", {"name": name, "region": app["region"]["name"], "stack": app["build_stack"]["name"]})
        packs = [{"buildpack": entry["buildpack"]["url"]} for entry in self.api("/apps/shop-staging/buildpack-installations")]
        send("PUT", f"/apps/{name}/buildpack-installations", {"updates": packs})
        for feature in self.api("/apps/shop-staging/features"):
            send("PATCH", f"/apps/{name}/features/{feature['name']}", {"enabled": feature["enabled"]})
        own = set()
        for addon in self.api("/apps/shop-staging/addons"):
            made = send("POST", f"/apps/{name}/addons", {"plan": addon["plan"]["name"]}).json
            own |= set(addon["config_vars"])
            while self.api(f"/addons/{made['id']}")["state"] == "provisioning":
                pass
        config = {key: value for key, value in self.api("/apps/shop-staging/config-vars").items() if key not in own}
        send("PATCH", f"/apps/{name}/config-vars", config)
        newest = self.api("/apps/shop-staging/releases", headers={"Range": "version ..; order=desc,max=1"})[0]
        send("POST", f"/apps/{name}/releases", {"slug": newest["slug"]["id"], "description": "Clone of shop-staging"})
        send("POST", "/pipeline-couplings", {"app": name, "pipeline": self.ids["pipeline"]["id"], "stage": "development"})

    def test_apps_diff(self):
        """Between staging and its clone there is only the address of the database, which has to be another one."""
        self.heroku.send("PUT", "/apps/shop-staging/buildpack-installations", {"updates": [{"buildpack": "heroku/nodejs"}]})
        self.heroku.send("PATCH", "/apps/shop-staging/features/preboot", {"enabled": True})
        self.clone("shop-clone")
        self.cli("apps:diff", "shop-staging", "shop-clone")
        differences = re.findall(r"config \(\w+\)|add-on \(\S+\)|slug|stack|buildpack\S*|feature \(\S+\)", self.out)
        self.assertEqual(differences, ["config (DATABASE_URL)"], self.out)
        self.heroku.act("release", "shop-clone", commit="d" * 40)
        self.heroku.send("PATCH", "/apps/shop-clone/config-vars", {"GREETING": "bye"})
        self.assertIn("slug", self.cli("apps:diff", "shop-staging", "shop-clone"))
        self.assertIn("GREETING", self.out)

    def test_addons(self):
        self.assertIn("REDIS_URL", self.cli("addons:create", "heroku-redis:mini", "-a", "shop-staging", "--wait"))
        self.assertIn("Couldn't find either the add-on service", self.cli("addons:create", "nothing:at-all", "-a", "shop-staging", code=2))

    def test_databases(self):
        words = ("pg:copy", "shop-production::DATABASE_URL", "DATABASE_URL", "-a", "shop-staging", "--confirm", "DATABASE")
        self.assertIn("done", self.cli(*words))
        self.assertEqual(len(self.heroku.effects("transfer.create")), 1)
        data = [addon["data"] for addon in self.heroku.control("GET", "world")["addons"].values()]
        self.assertEqual(data, ["data of shop-production"] * 2)
        self.cli("pg:backups:capture", "-a", "shop-production")
        self.assertIn("b001", self.cli("pg:backups", "-a", "shop-production"))
        self.assertIn("/uploads/", self.cli("pg:backups:url", "b001", "-a", "shop-production"))
        self.assertIn("b001", self.cli("pg:backups:info", "b001", "-a", "shop-production"))
        self.cli("pg:backups:restore", "shop-production::b001", "DATABASE_URL", "-a", "shop-staging", "--confirm", "shop-staging")

    def test_review_apps(self):
        self.cli("reviewapps:enable", "-p", "shop")
        self.cli("reviewapps:enable", "-p", "shop", "--autodeploy")
        config = self.api(f"/pipelines/{self.ids['pipeline']['id']}/review-app-config", variant="review-apps")
        self.assertTrue(config["automatic_review_apps"])
        self.cli("reviewapps:disable", "-p", "shop")


def main():
    global FOLDER
    words = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    words.add_argument("--cli", type=Path, default=FOLDER)
    options, rest = words.parse_known_args()
    FOLDER = options.cli
    try:
        herokucli.install(FOLDER)
    except herokucli.Unavailable as why:
        print(f"skipped: {why}")
        sys.exit(herokucli.SKIPPED)
    result = unittest.main(argv=[sys.argv[0], *rest], exit=False).result
    kinds = sorted({words.split()[0] for words in RAN})
    print(f"{len(RAN)} commands of {len(kinds)} kinds: {' '.join(kinds)}")
    sys.exit(0 if result.wasSuccessful() else 1)


if __name__ == "__main__":
    main()

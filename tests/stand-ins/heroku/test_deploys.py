# SPDX-FileCopyrightText: 2026 The Slipway authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Code on its way through the stand-in: sources, builds, promotions, logs; add-ons and what else belongs to an app."""
import hashlib
import io
import tarfile
import threading
import unittest

from test_server import Case


def archive(files, folder=""):
    """A gzipped tar, as git archive or GitHub makes it."""
    data = io.BytesIO()
    with tarfile.open(fileobj=data, mode="w:gz") as tar:
        for name, text in files.items():
            entry = tarfile.TarInfo(folder + name)
            entry.size = len(text)
            tar.addfile(entry, io.BytesIO(text.encode()))
    return data.getvalue()


SHA = hashlib.sha1(b"three").hexdigest()


class Deploying(Case):
    def upload(self, data):
        source = self.ok(self.heroku.post("/sources"), 201)["source_blob"]
        sent = self.heroku.send("PUT", source["put_url"], data, headers={"Accept": None}, token=None)
        self.assertEqual(sent.status, 200, sent.data)
        return source["get_url"]

    def build(self, url, app="shop-dev", **more):
        return self.ok(self.heroku.post(f"/apps/{app}/builds", {"source_blob": {"url": url, "version": SHA, **more}}), 201)

    def look(self, build, app="shop-dev"):
        return self.ok(self.heroku.get(f"/apps/{app}/builds/{build['id']}"))

    def test_build(self):
        data = archive({"Procfile": "web: node server.js\nclock: node clock.js\n"}, "shop-abc/")
        build = self.build(self.upload(data), checksum="SHA256:" + hashlib.sha256(data).hexdigest(), version_description="Third")
        states = [build["status"]] + [self.look(build)["status"] for _ in range(2)]
        self.assertEqual(states, ["pending", "pending", "succeeded"])
        done = self.look(build)
        release = self.ok(self.heroku.get(f"/apps/shop-dev/releases/{done['release']['id']}"))
        self.assertTrue(release["current"])
        slug = self.ok(self.heroku.get(f"/apps/shop-dev/slugs/{done['slug']['id']}"))
        self.assertEqual((slug["commit"], slug["process_types"]["clock"]), (SHA, "node clock.js"))
        output = self.heroku.send("GET", done["output_stream_url"], token=None, headers={"Accept": None})
        self.assertIn(b"Launching", output.data)
        self.assertEqual(output.headers["Content-Type"], "text/plain")
        rest = self.heroku.send("GET", done["output_stream_url"], headers={"Accept": None, "Range": "bytes=20-"})
        self.assertEqual((rest.status, rest.data), (206, output.data[20:]))
        self.ok(self.heroku.get(f"/pipelines/{self.pipeline}/latest-builds"))
        self.ok(self.heroku.get("/apps/shop-dev/builds", variant="sdk"))

    def test_builds_that_fail(self):
        self.heroku.settings(build=1)
        no_archive = self.build(self.upload(b"no archive"))
        self.assertEqual(self.look(no_archive)["status"], "failed")
        self.assertEqual(self.look(self.build(self.upload(archive({"a": "b"})), checksum="SHA256:0000"))["status"], "failed")
        self.assertEqual(self.look(self.build(self.heroku.address + "/uploads/nothing"))["status"], "failed")
        self.heroku.act("set", "shop-dev", set={"next_build": "No default language could be detected"})
        failed = self.look(self.build(self.upload(archive({"a": "b"}))))
        self.assertEqual((failed["status"], failed["release"]), ("failed", None))
        self.assertEqual(self.heroku.effects("release.create"), [])

    def test_uploads_want_what_a_file_store_wants(self):
        source = self.ok(self.heroku.post("/sources"), 201)["source_blob"]
        self.assertEqual(self.heroku.send("PUT", source["put_url"], b"x").status, 403)
        self.assertEqual(self.heroku.send("PUT", source["put_url"], b"x", token=None, headers={"Content-Type": "a/b"}).status, 403)
        self.assertEqual(self.heroku.send("GET", source["get_url"], token=None).status, 404)

    def test_output_while_it_is_made(self):
        """A held build keeps its stream open until it is finished; the first looks may find no stream."""
        self.heroku.settings(build=1000, stream_404s=1)
        build = self.build(self.upload(archive({"Procfile": "web: x"})))
        self.assertEqual(self.heroku.send("GET", build["output_stream_url"]).status, 404)
        threading.Timer(0.5, self.heroku.act, ["finish"]).start()
        events = self.heroku.send("GET", build["output_stream_url"], token=None, headers={"Accept": "text/event-stream"})
        self.assertIn(b"Released v", events.data)
        self.assertTrue(events.data.startswith(b"id: 1\ndata: "))
        self.assertEqual(self.look(build)["status"], "succeeded")

    def test_cancel(self):
        build = self.build("https://example.com/a.tgz")
        self.assertEqual(self.ok(self.heroku.delete(f"/apps/shop-dev/builds/{build['id']}"))["status"], "failed")
        self.assertEqual(self.heroku.delete("/apps/shop-dev/build-cache").status, 202)


class ReleasePhase(Case):
    SEED = {"development": "shop-dev", "processes": {"web": "npm start", "release": "npm run migrate"}}

    def promote(self, source="shop-staging", targets=("shop-production",), **more):
        ids = self.ids["apps"]
        body = {"pipeline": {"id": self.pipeline}, "source": {"app": {"id": ids[source]["id"]}, **more},
                "targets": [{"app": {"id": ids[name]["id"]}} for name in targets]}
        return self.heroku.post("/pipeline-promotions", body)

    def targets(self, promotion):
        return self.ok(self.heroku.get(f"/pipeline-promotions/{promotion['id']}/promotion-targets"))

    def test_promotion(self):
        self.heroku.settings(promotion=1, release=2)
        promotion = self.ok(self.promote(), 201)
        self.assertEqual(promotion["source"]["release"]["id"], self.ids["apps"]["shop-staging"]["release"])
        seen = [(target["status"], target["release"] is not None) for _ in range(4) for target in self.targets(promotion)]
        self.assertEqual(seen, [("pending", True), ("pending", True), ("succeeded", True), ("succeeded", True)])
        self.assertEqual(self.ok(self.heroku.get(f"/pipeline-promotions/{promotion['id']}"))["status"], "completed")
        release = self.ok(self.heroku.get("/apps/shop-production/releases/" + self.targets(promotion)[0]["release"]["id"]))
        self.assertEqual(release["slug"]["id"], self.ids["apps"]["shop-staging"]["slug"])
        self.assertIn(b"Done", self.heroku.send("GET", release["output_stream_url"], token=None, headers={"Accept": "*/*"}).data)
        self.assertEqual(len(self.heroku.effects("release.create")), 1)

    def test_each_target_for_itself(self):
        self.heroku.settings(release=1)
        self.heroku.act("set", "shop-production", set={"next_release": True})
        self.heroku.act("set", "shop-dev", set={"next_promotion": "Could not verify slug checksum"})
        promotion = self.ok(self.promote(targets=("shop-production", "shop-dev")), 201)
        for _ in range(3):
            targets = self.targets(promotion)
        self.assertEqual({target["error_message"] for target in targets}, {"release command failed", "Could not verify slug checksum"})
        newest = self.ok(self.heroku.get("/apps/shop-production/releases", headers={"Range": "version ..; order=desc,max=2"}), 206)
        self.assertEqual([(entry["status"], entry["current"]) for entry in newest], [("failed", False), ("succeeded", True)])

    def test_a_chosen_release(self):
        older = self.ok(self.heroku.get("/apps/shop-staging/releases", headers={"Range": "version ..; order=desc"}))[1]
        promotion = self.ok(self.promote(release={"id": older["id"]}), 201)
        self.assertEqual(promotion["source"]["release"]["id"], older["id"])
        self.fails(self.promote(targets=("shop-staging",)), 422, "invalid_params")
        self.heroku.act("set", "shop-staging", set={"stack": "container"})
        self.fails(self.promote(), 422, "invalid_params", "container")

    def test_held(self):
        self.heroku.settings(promotion=1000)
        promotion = self.ok(self.promote(), 201)
        self.assertEqual([self.targets(promotion)[0]["status"] for _ in range(5)], ["pending"] * 5)
        self.heroku.act("finish")
        self.assertEqual(self.targets(promotion)[0]["status"], "succeeded")

    def test_config_runs_the_phase(self):
        self.ok(self.heroku.patch("/apps/shop-dev/config-vars", {"A": "b"}))
        newest = self.ok(self.heroku.get("/apps/shop-dev/releases", headers={"Range": "version ..; order=desc,max=1"}), 206)[0]
        self.assertEqual((newest["status"], newest["description"]), ("succeeded", "Set A config vars"))
        self.assertIsNotNone(newest["output_stream_url"])

    def test_behind_the_clients_back(self):
        made = self.heroku.act("release", "shop-dev", commit=SHA, message="Somebody else's")
        self.assertEqual(self.ok(self.heroku.get(f"/apps/shop-dev/releases/{made['version']}"))["current"], True)
        self.heroku.act("crash", "shop-dev")
        self.assertEqual({dyno["state"] for dyno in self.ok(self.heroku.get("/apps/shop-dev/dynos"))}, {"crashed"})
        self.heroku.act("crash_on_boot", "shop-dev")
        self.heroku.delete("/apps/shop-dev/dynos")
        self.assertEqual({dyno["state"] for dyno in self.ok(self.heroku.get("/apps/shop-dev/dynos"))}, {"crashed"})
        self.heroku.act("delete", "shop-dev")
        self.fails(self.heroku.get("/apps/shop-dev"), 404, "not_found")


class Logs(Case):
    def session(self, **body):
        return self.ok(self.heroku.post("/apps/shop-staging/log-sessions", body), 201)["logplex_url"]

    def test_text_and_events(self):
        self.heroku.act("log", "shop-staging", lines=["first", "second"], dyno="worker.1")
        text = self.heroku.send("GET", self.session(lines=2, dyno_name="worker"), token=None, headers={"Accept": None})
        self.assertEqual([line.split(": ", 1)[1] for line in text.data.decode().splitlines()], ["first", "second"])
        self.assertEqual(text.headers["Content-Type"], "text/plain")
        events = self.heroku.send("GET", self.session(lines=1, source="app"), token=None, headers={"Accept": "text/event-stream"})
        self.assertIn(b"app[worker.1]: second\n\n", events.data)
        self.assertEqual(events.headers["Content-Type"], "text/event-stream")

    def test_tail_until_it_expires(self):
        url = self.session(lines=0, tail=True)
        threading.Timer(0.4, self.heroku.act, ["log", "shop-staging"], {"lines": "live"}).start()
        threading.Timer(0.8, self.heroku.act, ["expire_logs"]).start()
        self.assertIn(b"live\n", self.heroku.send("GET", url, token=None, headers={"Accept": None}).data)
        self.assertEqual(self.heroku.send("GET", url, token=None).status, 404)

    def test_split_and_cut(self):
        whole = self.heroku.send("GET", self.session(), token=None, headers={"Accept": None}).data
        self.heroku.fault(path="^/streams/logs", split=1)
        self.assertEqual(self.heroku.send("GET", self.session(), token=None, headers={"Accept": None}).data, whole)
        self.heroku.control("DELETE", "faults")
        self.heroku.fault(path="^/streams/logs", cut=30)
        with self.assertRaises(Exception):
            self.heroku.send("GET", self.session(), token=None)


class Addons(Case):
    def test_provisioning(self):
        made = self.heroku.post("/apps/shop-dev/addons", {"plan": "heroku-postgresql:essential-0", "attachment": {"name": "DATABASE"}})
        addon = self.ok(made, 202)
        self.assertEqual((addon["state"], addon["billed_price"]["cents"]), ("provisioning", 500))
        states = [self.ok(self.heroku.get(f"/apps/shop-dev/addons/{addon['name']}"))["state"] for _ in range(2)]
        self.assertEqual(states, ["provisioning", "provisioned"])
        self.assertIn("DATABASE_URL", self.ok(self.heroku.get("/apps/shop-dev/config-vars")))
        self.fails(self.heroku.patch("/apps/shop-dev/config-vars", {"DATABASE_URL": "x"}), 422, "invalid_params", "attachment values")
        self.ok(self.heroku.patch(f"/apps/shop-dev/addons/{addon['id']}", {"plan": "heroku-postgresql:essential-1"}))
        self.ok(self.heroku.delete(f"/apps/shop-dev/addons/{addon['id']}"))
        self.assertNotIn("DATABASE_URL", self.ok(self.heroku.get("/apps/shop-dev/config-vars")))

    def test_refusals(self):
        for plan in ("nothing:at-all", "heroku-postgresql:hobby-dev"):
            self.fails(self.heroku.post("/apps/shop-dev/addons", {"plan": plan}), 422, "invalid_params")
        self.heroku.act("set", "shop-dev", set={"next_addon": True})
        self.heroku.settings(addon=1)
        addon = self.ok(self.heroku.post("/apps/shop-dev/addons", {"plan": "heroku-redis"}), 202)
        self.assertEqual(self.ok(self.heroku.get(f"/addons/{addon['id']}"))["state"], "deprovisioned")

    def test_sharing(self):
        addon = self.ok(self.heroku.get("/apps/shop-staging/addons"))[0]
        tie = self.ok(self.heroku.post("/addon-attachments", {"addon": addon["name"], "app": "shop-dev", "name": "SHARED"}), 201)
        self.assertIn("SHARED_URL", self.ok(self.heroku.get("/apps/shop-dev/config-vars")))
        seen = self.ok(self.heroku.get("/apps/shop-dev/addons", headers={"Accept-Expansion": "addon_service,plan"}, variant="sdk"))
        self.assertEqual((seen[0]["app"]["name"], seen[0]["plan"]["price"]["cents"]), ("shop-staging", 500))
        found = self.ok(self.heroku.post("/actions/addon-attachments/resolve", {"addon_attachment": "SHARED_URL", "app": "shop-dev"}))
        self.assertEqual([entry["id"] for entry in found], [tie["id"]])
        self.ok(self.heroku.post("/actions/addons/resolve", {"addon": addon["name"]}))
        self.ok(self.heroku.get("/addon-attachments"))
        self.ok(self.heroku.get(f"/addons/{addon['id']}/config"))
        self.ok(self.heroku.delete(f"/addon-attachments/{tie['id']}"))


class Fittings(Case):
    SEED = {"domain": "shop.example.com"}

    def test_domains(self):
        self.assertEqual([entry["kind"] for entry in self.ok(self.heroku.get("/apps/shop-production/domains"))].count("custom"), 1)
        taken = self.heroku.post("/apps/shop-staging/domains", {"hostname": "shop.example.com", "sni_endpoint": None})
        self.fails(taken, 422, "invalid_params", "in use")
        self.ok(self.heroku.post("/apps/shop-staging/sni-endpoints", {"certificate_chain": "chain", "private_key": "key"}), 201)
        made = self.ok(self.heroku.post("/apps/shop-staging/domains", {"hostname": "try.example.com", "sni_endpoint": "endpoint-1"}), 201)
        self.assertNotIn("key", str(self.ok(self.heroku.get("/apps/shop-staging/sni-endpoints"))))
        self.ok(self.heroku.patch(f"/apps/shop-staging/domains/{made['id']}", {"sni_endpoint": None}))
        self.ok(self.heroku.delete("/apps/shop-staging/domains/try.example.com"))

    def test_features_and_buildpacks(self):
        self.ok(self.heroku.patch("/apps/shop-staging/features/preboot", {"enabled": True}))
        self.assertTrue(self.ok(self.heroku.get("/apps/shop-staging/features/preboot"))["enabled"])
        self.ok(self.heroku.get("/apps/shop-staging/features"))
        put = self.heroku.send("PUT", "/apps/shop-staging/buildpack-installations", {"updates": [{"buildpack": "heroku/nodejs"}]})
        self.assertEqual(self.ok(put)[0]["buildpack"]["url"], "heroku/nodejs")
        self.ok(self.heroku.post("/apps/shop-staging/collaborators", {"user": "bob@example.com", "silent": True}), 201)
        self.ok(self.heroku.delete("/apps/shop-staging/collaborators/bob@example.com"))
        self.ok(self.heroku.post("/apps/shop-staging/log-drains", {"url": "https://example.com/in"}), 201)
        self.ok(self.heroku.post("/apps/shop-staging/acm"))


if __name__ == "__main__":
    unittest.main()

# SPDX-FileCopyrightText: 2026 The Slipway authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Pipelines, workflows and jobs go on as CircleCI's facts say (circleci.md)."""
import unittest

from client import SHOP, StandIn


class Case(unittest.TestCase):
    """A fresh stand-in for each test; at the end nothing was out of line with the description."""

    EXPECTED = ()  # words of complaints that a test provokes

    def setUp(self):
        self.circle = StandIn()
        self.addCleanup(self.circle.close)
        self.circle.project()

    def tearDown(self):
        if self.circle.process.poll() is None:
            wrong = [entry for entry in self.circle.violations() if not any(word in entry["words"] for word in self.EXPECTED)]
            self.assertEqual(wrong, [])

    def ok(self, answer, status=200):
        self.assertEqual(answer.status, status, answer.data)
        return answer.json

    def fails(self, answer, status, words=""):
        self.assertEqual(answer.status, status, answer.data)
        self.assertIn(words.lower(), answer.json["message"].lower())

    def items(self, path, **more):
        return self.ok(self.circle.get(path, **more))["items"]

    def jobs(self, workflow):
        return {entry["name"]: entry for entry in self.items(f"/workflow/{workflow}/job")}

    def status(self, workflow):
        return self.ok(self.circle.get(f"/workflow/{workflow}"))["status"]

    def pushed(self, **words):
        """A pushed pipeline, and the id of its first workflow."""
        pipeline = self.circle.push(**words)
        return pipeline, next(iter(pipeline["workflows"].values()))["id"]


class Course(Case):
    """From a push to its end."""

    def test_push(self):
        pipeline, _ = self.pushed(branch="feat/x", sha="a" * 40, message="Sell more\n\nMuch more", author="grace")
        shown = self.items(f"/project/{SHOP}/pipeline?branch=feat/x")[0]
        self.assertEqual((shown["id"], shown["number"], shown["state"]), (pipeline["id"], 1, "created"))
        self.assertEqual((shown["vcs"]["revision"], shown["vcs"]["branch"]), ("a" * 40, "feat/x"))
        self.assertEqual(shown["vcs"]["commit"], {"subject": "Sell more", "body": "Much more"})
        self.assertEqual(shown["trigger"]["actor"]["login"], "grace")
        self.assertEqual(self.items(f"/project/{SHOP}/pipeline?branch=main"), [])
        self.assertEqual(self.ok(self.circle.get(f"/pipeline/{pipeline['id']}")), shown)

    def test_to_the_end(self):
        pipeline, workflow = self.pushed()
        jobs = self.jobs(workflow)
        self.assertEqual([(name, job["status"]) for name, job in jobs.items()],
                         [("build", "running"), ("test", "blocked"), ("approve-deploy", "blocked"), ("deploy", "blocked")])
        self.assertIsNone(jobs["test"]["started_at"])
        self.assertNotIn("job_number", jobs["test"])
        self.assertEqual(jobs["test"]["dependencies"], [jobs["build"]["id"]])
        self.circle.finish(pipeline, "build")
        self.circle.finish(pipeline, "test")
        self.assertEqual(self.status(workflow), "on_hold")
        hold = self.jobs(workflow)["approve-deploy"]
        self.assertEqual((hold["type"], hold["status"], hold["approval_request_id"]), ("approval", "on_hold", hold["id"]))
        self.fails(self.circle.get(f"/project/{SHOP}/job/{hold['job_number']}"), 404)
        self.circle.act("approve", pipeline=pipeline["id"], job="approve-deploy")
        self.circle.finish(pipeline, "deploy")
        ended = self.ok(self.circle.get(f"/workflow/{workflow}"))
        self.assertEqual(ended["status"], "success")
        self.assertIsNotNone(ended["stopped_at"])
        self.assertIsNotNone(self.jobs(workflow)["approve-deploy"]["approved_by"])

    def test_failing(self):
        pipeline, workflow = self.pushed(workflows=[{"name": "ci", "jobs": ["lint", "test", {"name": "deploy", "requires": ["lint", "test"]}]}])
        self.circle.finish(pipeline, "test", status="failed", failing=["adds up"], passing=["subtracts"])
        self.assertEqual(self.status(workflow), "failing")
        self.assertIsNone(self.ok(self.circle.get(f"/workflow/{workflow}"))["stopped_at"])
        self.circle.finish(pipeline, "lint")
        self.assertEqual(self.status(workflow), "failed")
        self.assertEqual(self.jobs(workflow)["deploy"]["status"], "blocked")
        number = self.jobs(workflow)["test"]["job_number"]
        tests = self.items(f"/project/{SHOP}/{number}/tests")
        self.assertEqual([(entry["name"], entry["result"]) for entry in tests], [("adds up", "failure"), ("subtracts", "success")])
        details = self.ok(self.circle.get(f"/project/{SHOP}/job/{number}"))
        self.assertEqual((details["status"], details["latest_workflow"]["id"]), ("failed", workflow))

    def test_clock(self):
        jobs = [{"name": "build", "duration": 60}, {"name": "test", "duration": 30, "requires": ["build"], "result": "failed"}]
        _, workflow = self.pushed(workflows=[{"name": "ci", "jobs": jobs}])
        self.circle.act("clock", seconds=61)
        self.assertEqual([job["status"] for job in self.jobs(workflow).values()], ["success", "running"])
        self.circle.act("clock", seconds=3600)
        found = self.jobs(workflow)
        self.assertEqual(self.status(workflow), "failed")
        self.assertEqual(self.ok(self.circle.get(f"/project/{SHOP}/job/{found['test']['job_number']}"))["duration"], 30000)

    def test_required_failure(self):
        jobs = ["build", {"name": "clean", "requires": {"build": ["failed", "canceled"]}}, {"name": "ship", "requires": ["build"]}]
        pipeline, workflow = self.pushed(workflows=[{"name": "ci", "jobs": jobs}])
        self.circle.finish(pipeline, "build", status="failed")
        self.assertEqual([job["status"] for job in self.jobs(workflow).values()], ["failed", "running", "blocked"])
        self.assertEqual(self.jobs(workflow)["clean"]["requires"], {self.jobs(workflow)["build"]["id"]: ["failed", "canceled"]})

    def test_unauthorized_queued_and_forced(self):
        _, workflow = self.pushed(workflows=[{"name": "ci", "jobs": [{"name": "ship", "restricted": True, "contexts": ["production"]}]}])
        self.assertEqual(self.status(workflow), "unauthorized")
        pipeline, workflow = self.pushed(workflows=[{"name": "ci", "jobs": [{"name": "build", "queued": True}]}])
        self.assertEqual(self.jobs(workflow)["build"]["status"], "queued")
        self.circle.act("start", pipeline=pipeline["id"], job="build")
        self.assertEqual(self.jobs(workflow)["build"]["status"], "running")
        for status in ("queued", "error"):
            self.circle.act("status", workflow=workflow, status=status)
            self.assertEqual(self.status(workflow), status)
        self.circle.act("status", workflow=workflow, status=None)
        self.assertEqual(self.status(workflow), "running")

    def test_opaque_projects_say_git_elsewhere(self):
        slug = "circleci/9YytKzouJxzu4TjCRFqAoD/44n9wujWcTnVZ2b5S8Fnat"
        self.circle.project(slug)
        self.circle.push(slug, branch="feat/x", sha="d" * 40)
        shown = self.items(f"/project/{slug}/pipeline?branch=feat/x")[0]
        self.assertNotIn("vcs", shown)
        self.assertEqual((shown["trigger_parameters"]["git"]["checkout_sha"], shown["trigger_parameters"]["git"]["branch"]), ("d" * 40, "feat/x"))

    def test_pipelines_without_workflows(self):
        pipeline = self.circle.push(state="errored", errors=[{"type": "config", "message": "Cannot find a job named x"}])
        shown = self.ok(self.circle.get(f"/pipeline/{pipeline['id']}"))
        self.assertEqual((shown["state"], shown["errors"][0]["type"]), ("errored", "config"))
        self.assertEqual(self.items(f"/pipeline/{pipeline['id']}/workflow"), [])
        pipeline = self.circle.push(lag=1)
        self.assertEqual(self.ok(self.circle.get(f"/pipeline/{pipeline['id']}"))["state"], "pending")
        self.assertEqual(self.items(f"/pipeline/{pipeline['id']}/workflow"), [])
        self.assertEqual(len(self.items(f"/pipeline/{pipeline['id']}/workflow")), 1)


class Acting(Case):
    """Approve, rerun, cancel, trigger."""

    def held(self):
        pipeline, workflow = self.pushed()
        self.circle.act("run", pipeline=pipeline["id"])
        return pipeline, workflow, self.jobs(workflow)["approve-deploy"]["id"]

    def test_approve_takes_effect_later(self):
        _, workflow, hold = self.held()
        self.assertEqual(self.ok(self.circle.post(f"/workflow/{workflow}/approve/{hold}"), 202), {"message": "Accepted."})
        self.assertEqual(self.circle.effects("job.approve"), [])
        self.assertEqual(self.jobs(workflow)["approve-deploy"]["status"], "on_hold")
        found = self.jobs(workflow)
        self.assertEqual((found["approve-deploy"]["status"], found["deploy"]["status"]), ("success", "running"))
        self.assertEqual(len(self.circle.effects("job.approve")), 1)
        me = self.ok(self.circle.get("/me"))
        self.assertEqual(self.ok(self.circle.get(f"/user/{found['approve-deploy']['approved_by']}")), me)
        self.fails(self.circle.post(f"/workflow/{workflow}/approve/{hold}"), 400, "not waiting")
        self.fails(self.circle.post(f"/workflow/{workflow}/approve/{found['deploy']['id']}"), 404)

    def test_lagging_hold(self):
        self.circle.settings(hold_lag=1, approve_lag=0)
        pipeline, workflow = self.pushed()
        self.circle.act("run", pipeline=pipeline["id"])
        self.assertEqual(self.status(workflow), "on_hold")
        self.assertEqual([self.jobs(workflow)["approve-deploy"]["status"] for _ in range(2)], ["blocked", "on_hold"])
        self.circle.post(f"/workflow/{workflow}/approve/{self.jobs(workflow)['approve-deploy']['id']}")
        self.assertEqual(self.jobs(workflow)["approve-deploy"]["status"], "success")

    def test_rerun_from_failed(self):
        pipeline, workflow = self.pushed(workflows=[{"name": "ci", "jobs": [
            "build", {"name": "test", "requires": ["build"], "result": ["failed", "success"], "failing": ["adds up"]}]}])
        self.fails(self.circle.post(f"/workflow/{workflow}/rerun", {"from_failed": True}), 400)
        self.circle.act("run", pipeline=pipeline["id"])
        before = self.jobs(workflow)
        again = self.ok(self.circle.post(f"/workflow/{workflow}/rerun", {"from_failed": True}), 202)["workflow_id"]
        listed = self.items(f"/pipeline/{pipeline['id']}/workflow")
        self.assertEqual([(entry["id"], entry["status"]) for entry in listed], [(again, "running"), (workflow, "failed")])
        self.assertGreater(listed[0]["created_at"], listed[1]["created_at"])
        after = self.jobs(again)
        self.assertEqual((after["build"]["status"], after["build"]["job_number"]), ("success", before["build"]["job_number"]))
        self.assertEqual(after["test"]["status"], "running")
        self.assertNotEqual(after["test"]["job_number"], before["test"]["job_number"])
        self.circle.act("run", pipeline=pipeline["id"])
        self.assertEqual(self.status(again), "success")
        self.assertEqual(self.items(f"/project/{SHOP}/{after['test']['job_number']}/tests")[0]["result"], "success")
        self.assertEqual(len(self.circle.effects("workflow.rerun")), 1)

    def test_rerun_otherwise(self):
        pipeline, workflow = self.pushed(workflows=[{"name": "ci", "jobs": ["build", "lint", {"name": "test", "requires": ["build"]}]}])
        self.circle.act("run", pipeline=pipeline["id"])
        jobs = self.jobs(workflow)
        some = self.ok(self.circle.post(f"/workflow/{workflow}/rerun", {"jobs": [jobs["build"]["id"]], "enable_ssh": True}), 202)
        self.assertEqual([job["status"] for job in self.jobs(some["workflow_id"]).values()], ["running", "success", "blocked"])
        everything = self.ok(self.circle.post(f"/workflow/{workflow}/rerun"), 202)["workflow_id"]
        self.assertEqual([job["status"] for job in self.jobs(everything).values()], ["running", "running", "blocked"])
        self.fails(self.circle.post(f"/workflow/{workflow}/rerun", {"enable_ssh": True}), 400)
        self.fails(self.circle.post(f"/workflow/{workflow}/rerun", {"from_failed": True, "jobs": [jobs["build"]["id"]]}), 400)
        self.circle.act("clock", seconds=91 * 24 * 3600)
        self.fails(self.circle.post(f"/workflow/{workflow}/rerun"), 400, "too old")

    def test_cancel(self):
        pipeline, workflow = self.pushed()
        self.ok(self.circle.post(f"/workflow/{workflow}/cancel"), 202)
        self.assertEqual([self.status(workflow) for _ in range(2)], ["running", "canceled"])
        self.assertEqual(self.jobs(workflow)["build"]["status"], "canceled")
        pipeline, workflow = self.pushed()
        number = self.jobs(workflow)["build"]["job_number"]
        self.ok(self.circle.post(f"/project/{SHOP}/job/{number}/cancel"))
        self.assertEqual(self.status(workflow), "canceled")
        self.fails(self.circle.post(f"/jobs/{self.jobs(workflow)['build']['id']}/cancel"), 400)

    def test_trigger(self):
        self.circle.push(branch="feat/x", sha="b" * 40)
        made = self.ok(self.circle.post(f"/project/{SHOP}/pipeline", {"branch": "feat/x", "parameters": {"deep": True}}), 201)
        self.assertEqual((made["number"], made["state"]), (2, "pending"))
        shown = self.ok(self.circle.get(f"/project/{SHOP}/pipeline/2"))
        self.assertEqual((shown["trigger"]["type"], shown["vcs"]["revision"]), ("api", "b" * 40))
        self.fails(self.circle.post(f"/project/{SHOP}/pipeline", {"branch": "a", "tag": "b"}), 400)
        definition = self.circle.project()["definitions"]["build-and-test"]
        asked = {"definition_id": definition, "config": {"branch": "main"}, "checkout": {"branch": "main"}}
        self.ok(self.circle.post(f"/project/{SHOP}/pipeline/run", asked), 201)
        self.circle.project(refuses="No workflow matches")
        self.assertEqual(self.ok(self.circle.post(f"/project/{SHOP}/pipeline/run", asked)), {"message": "No workflow matches"})


if __name__ == "__main__":
    unittest.main()

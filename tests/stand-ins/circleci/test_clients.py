# SPDX-FileCopyrightText: 2026 The Slipway authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Prism and CircleCI's own client take the stand-in for CircleCI (conformance.md, 3 and 6).

test_clients.py [--clients FOLDER]: where they are or are to be installed (a folder of the build). Exit code 77: skipped."""
import argparse
import sys
import tempfile
import unittest
from pathlib import Path

import circleclients
from client import HERE, SHOP, description
from test_flow import Case

FOLDER = HERE.parents[2] / "build" / "circleci-clients"
RAN = []
FAILING = [{"name": "ci", "jobs": [
    {"name": "test", "result": ["failed", "success"], "failing": ["adds up"], "passing": ["lists"], "artifacts": ["log.txt"], "parallelism": 2},
    {"name": "hold", "type": "approval"}, {"name": "deploy", "requires": ["hold", "test"]}]}]


class Proxied(Case):
    """A stand-in behind Prism; at the end neither Prism nor the stand-in complained."""

    ALLOWED = ()  # words of Prism's complaints that a test provokes
    UNLISTED = "Selected route not found"  # v1.1, the private output, and our own last request

    def setUp(self):
        super().setUp()
        home = tempfile.TemporaryDirectory(prefix="slipway-circleci-")
        self.addCleanup(home.cleanup)
        self.home = Path(home.name)
        self.prism = circleclients.Prism(FOLDER, self.home, description(), self.circle.address)
        self.addCleanup(self.prism.close)
        self.circle.through = self.prism.port
        self.address = f"http://127.0.0.1:{self.prism.port}"

    def tearDown(self):
        super().tearDown()
        complaints, warnings = self.prism.verdicts()
        self.assertEqual([line for line in complaints if not any(words in line for words in self.ALLOWED)], [])
        self.assertEqual([line for line in warnings if self.UNLISTED not in line], [])


class Described(Proxied):
    """Every answer fits the description, in Prism's eyes."""

    def test_reading(self):
        self.circle.settings(page_size=2)
        pipeline, workflow = self.pushed(workflows=FAILING, branch="feat/x")
        self.circle.act("run")
        self.circle.push(state="errored", errors=[{"type": "config", "message": "no"}], branch=None, tag="v1")
        self.circle.push(lag=3, review="7")
        number = self.jobs(workflow)["test"]["job_number"]
        self.circle.act("flaky", project=SHOP, tests=["adds up", {"test_name": "ships", "file": None, "classname": None, "source": None}])
        user = self.ok(self.circle.get("/me"))["id"]
        for path in ("/me/collaborations", f"/user/{user}", f"/project/{SHOP}", f"/project/{SHOP}/pipeline",
                     f"/project/{SHOP}/pipeline?branch=feat%2Fx", f"/project/{SHOP}/pipeline/mine", f"/project/{SHOP}/pipeline/1",
                     "/pipeline?org-slug=gh%2Facme", f"/pipeline/{pipeline['id']}", f"/pipeline/{pipeline['id']}/workflow",
                     f"/pipeline/{pipeline['id']}/config", f"/pipeline/{pipeline['id']}/values", f"/workflow/{workflow}",
                     f"/workflow/{workflow}/job", f"/project/{SHOP}/job/{number}", f"/project/{SHOP}/{number}/tests",
                     f"/project/{SHOP}/{number}/artifacts", f"/insights/{SHOP}/flaky-tests"):
            self.ok(self.circle.get(path))
        self.ok(self.circle.get("/me", token=None, headers={"Authorization": "Bearer stand-in-token"}))
        page = self.ok(self.circle.get(f"/project/{SHOP}/pipeline"))["next_page_token"]
        self.assertEqual(len(self.items(f"/project/{SHOP}/pipeline?page-token={page}")), 1)
        identity = self.ok(self.circle.get(f"/project/{SHOP}"))["id"]
        self.ok(self.circle.get(f"/projects/{identity}/pipeline-definitions"))

    def test_acting(self):
        pipeline, workflow = self.pushed(workflows=FAILING)
        self.circle.act("run")
        self.ok(self.circle.post(f"/workflow/{workflow}/approve/{self.jobs(workflow)['hold']['id']}"), 202)
        self.assertEqual([self.status(workflow) for _ in range(2)], ["failing", "failed"])
        again = self.ok(self.circle.post(f"/workflow/{workflow}/rerun", {"from_failed": True}), 202)["workflow_id"]
        self.assertEqual(len(self.items(f"/pipeline/{pipeline['id']}/workflow")), 2)
        self.circle.act("run")
        self.assertEqual(self.status(again), "success")
        self.ok(self.circle.post(f"/workflow/{again}/rerun", {"jobs": [self.jobs(again)["test"]["id"]]}), 202)
        self.ok(self.circle.post(f"/project/{SHOP}/pipeline", {"branch": "main", "parameters": {"deep": True}}), 201)
        newest = self.items(f"/project/{SHOP}/pipeline")[0]
        workflow = self.items(f"/pipeline/{newest['id']}/workflow")[0]["id"]
        self.ok(self.circle.post(f"/workflow/{workflow}/cancel"), 202)
        self.assertEqual([self.status(workflow) for _ in range(2)], ["running", "canceled"])
        self.assertIn("canceled_by", self.jobs(workflow)["build"])
        workflow = next(iter(self.circle.push()["workflows"].values()))["id"]
        job = self.jobs(workflow)["build"]
        self.ok(self.circle.post(f"/project/{SHOP}/job/{job['job_number']}/cancel"))
        definition = self.circle.project()["definitions"]["build-and-test"]
        asked = {"definition_id": definition, "config": {"branch": "main"}, "checkout": {"branch": "main"}}
        self.ok(self.circle.post(f"/project/{SHOP}/pipeline/run", asked), 201)
        self.circle.project(refuses="No workflow matches")
        self.ok(self.circle.post(f"/project/{SHOP}/pipeline/run", asked))

    def test_refusals(self):
        pipeline, workflow = self.pushed()
        self.circle.control("POST", "tokens", {"looks": "read"})
        self.fails(self.circle.get("/me", token="wrong"), 401)
        self.fails(self.circle.post(f"/workflow/{workflow}/cancel", token="looks"), 403)
        self.fails(self.circle.get(f"/project/{SHOP}/job/99"), 404)
        self.fails(self.circle.post(f"/workflow/{workflow}/rerun", {"from_failed": True}), 400)
        self.circle.fault(path="/me$", throttle="both")
        self.fails(self.circle.get("/me"), 429)

    def test_prism_would_say_so(self):
        pipeline, _ = self.pushed()
        self.circle.fault(path=f"/pipeline/{pipeline['id']}$", set={"number": "seven"})
        self.circle.get(f"/pipeline/{pipeline['id']}")
        self.assertIn("number", "".join(self.prism.verdicts()[0]))
        self.prism.lines.clear()


class Client(Proxied):
    """CircleCI's own client, through Prism; it has its own parsers and says what it does not like."""

    ALLOWED = ("property config must NOT have additional properties; found 'content'",)  # conformance.md, 6

    def setUp(self):
        super().setUp()
        self.client = circleclients.Mcp(FOLDER, self.home, self.address)
        self.addCleanup(self.client.close)
        self.pipeline, self.workflow = self.pushed(workflows=FAILING, branch="main")
        self.circle.act("run")
        self.circle.control("DELETE", "counts")

    def call(self, tool, **parameters):
        RAN.append(tool)
        return self.client.call(tool, **parameters)

    def test_tools(self):
        self.assertIn("failing", self.call("get_latest_pipeline_status", projectSlug=SHOP, branch="main"))
        logs = self.call("get_build_failure_logs", projectSlug=SHOP, branch="main")
        self.assertIn("FAILED\\u001b[0m adds up", logs)
        self.assertIn("test failed", logs)
        found = self.call("get_job_test_results", projectSlug=SHOP, branch="main")
        self.assertIn("adds up", found)
        self.assertIn("lists", found)
        self.circle.act("flaky", project=SHOP, tests=["adds up"])
        self.assertIn("adds up", self.call("find_flaky_tests", projectSlug=SHOP))
        self.assertIn("log.txt", self.call("list_artifacts", projectSlug=SHOP, branch="main"))
        self.assertIn(SHOP, self.call("list_followed_projects"))
        self.assertEqual(self.circle.counts()["GET /api/v1.1/project/{slug}/{number}"], 2)  # the approval job too, which is a 404

    def test_rerun_and_run(self):
        self.circle.act("approve", pipeline=self.pipeline["id"], job="hold")
        text = self.call("rerun_workflow", workflowId=self.workflow, fromFailed=True)
        newest = self.items(f"/pipeline/{self.pipeline['id']}/workflow")[0]
        self.assertIn(newest["id"], text)
        self.assertEqual(newest["status"], "running")
        self.assertIn(f"/pipelines/{SHOP}/2", self.call("run_pipeline", projectSlug=SHOP, branch="main"))
        self.assertEqual(len(self.circle.effects("workflow.rerun")), 1)
        self.assertEqual(self.circle.effects("pipeline.create")[-1]["detail"]["trigger"], "api")


def main():
    global FOLDER
    words = argparse.ArgumentParser()
    words.add_argument("--clients", default=FOLDER)
    options, rest = words.parse_known_args()
    if not description():
        print("skipped: no description of CircleCI's API")
        return circleclients.SKIPPED
    try:
        FOLDER = circleclients.install(options.clients)
    except circleclients.Unavailable as error:
        print(f"skipped: {error}")
        return circleclients.SKIPPED
    program = unittest.main(argv=[sys.argv[0], *rest], exit=False)
    print("tools of CircleCI's client that ran:", ", ".join(sorted(set(RAN))))
    return 0 if program.result.wasSuccessful() else 1


if __name__ == "__main__":
    sys.exit(main())

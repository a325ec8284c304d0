# SPDX-FileCopyrightText: 2026 The Slipway authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Tells a GitHub stand-in how each job is, as commit statuses (circleci.md, how CircleCI shows up on GitHub).

In a thread of its own, one after the other; a control command of a test waits until all are told."""
import http.client
import json
import queue
import threading
from urllib.parse import quote, urlsplit

import plans
from shows import web_url

WORDS = {"pending": "Your tests are running on CircleCI!", "success": "Your tests passed on CircleCI!",
         "failure": "Your tests failed on CircleCI", "error": "Your tests were canceled or could not run on CircleCI"}
PATIENCE = 10  # seconds for one status


def state_of(status):
    if status in plans.BAD:
        return "failure"
    if status in ("running", "queued", "on_hold", "not_running"):
        return "pending"
    return "success" if status == "success" else "error"


def context_of(workflow, job):
    return f"ci/circleci: {workflow['name']}/{job['name']}" if job["type"] == "approval" else f"ci/circleci: {job['name']}"


class Reporter:
    def __init__(self, world, base, token):
        self.world, self.base, self.token = world, urlsplit(base), token
        self.told, self.waiting = [], queue.Queue()
        world.watchers.append(self.saw)
        threading.Thread(target=self.work, daemon=True).start()

    def saw(self, job):
        """A job changed. What is blocked, or has no commit, is not told; only projects of GitHub have statuses there."""
        workflow, project = self.world.workflows[job["workflow"]], self.world.projects[job["project"]]
        sha = self.world.pipelines[workflow["pipeline"]]["sha"]
        if job["status"] == "blocked" or not sha or not project["slug"].startswith("gh/"):
            return
        state = state_of(job["status"])
        words = "Waiting for approval" if job["status"] == "on_hold" else WORDS[state]
        body = {"state": state, "context": context_of(workflow, job), "description": words, "target_url": web_url(self.world, job)}
        self.waiting.put((project["organization_name"], project["name"], sha, body))

    def work(self):
        while True:
            owner, name, sha, body = self.waiting.get()
            try:
                answer = self.tell(f"{self.base.path.rstrip('/')}/repos/{quote(owner)}/{quote(name)}/statuses/{sha}", body)
            except (OSError, http.client.HTTPException):
                answer = 0
            self.told.append({"repository": f"{owner}/{name}", "sha": sha, **body, "answer": answer})
            self.waiting.task_done()

    def tell(self, path, body):
        connection = http.client.HTTPConnection(self.base.hostname, self.base.port or 80, timeout=PATIENCE)
        try:
            connection.request("POST", path, json.dumps(body), {
                "Authorization": f"Bearer {self.token}", "Accept": "application/vnd.github+json", "Content-Type": "application/json",
                "User-Agent": "CircleCI", "X-GitHub-Api-Version": "2022-11-28"})
            return connection.getresponse().status
        finally:
            connection.close()

    def flush(self):
        self.waiting.join()

# SPDX-FileCopyrightText: 2026 The Slipway authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""All that the stand-in knows, as plain values: look-ups, identities, its clock, what really happened.

Its clock stands still unless a test pushes it (or the setting "clock" is "running"), so that a test sees the same states
each time."""
import datetime
import threading
import time
import uuid

from wire import missing

SETTINGS = {
    "page_size": 20,
    "approve_lag": 1, "cancel_lag": 1,  # looks at a workflow that still see it as it was (circleci.md: the effect is asynchronous)
    "hold_lag": 0,  # looks at a job list that still see a waiting approval as blocked (circleci.md: the list can lag)
    "pipeline_lag": 0,  # looks at a new pipeline that see it pending and without workflows
    "duration": None,  # seconds of a job whose plan says nothing; None: until it is told to end
    "approval_numbers": True,  # whether approval jobs have a job_number, with which nothing can be had (circleci.md, jobs)
    "absent_start": False,  # started_at left out before the start, instead of null
    "output_seconds": 300,  # life of a presigned address
    "clock": "held",
    "rate_limit": None, "rate_remaining": 0, "rate_window": 60, "rate_headers": "none", "retry_after": None,  # see gate.py
}
SHORT = {"github": "gh", "bitbucket": "bb"}


def new_id():
    return str(uuid.uuid4())


def stamp(at, fine=False):
    """RFC 3339 in UTC; pipelines carry milliseconds, workflows and jobs do not."""
    if at is None:
        return None
    moment = datetime.datetime.fromtimestamp(at, datetime.timezone.utc)
    return moment.strftime("%Y-%m-%dT%H:%M:%S.") + f"{moment.microsecond // 1000:03}Z" if fine else moment.strftime("%Y-%m-%dT%H:%M:%SZ")


class World:
    def __init__(self):
        self.lock = threading.RLock()
        self.base = ""
        self.settings = dict(SETTINGS)
        self.started, self.pushed, self.last = time.time(), 0.0, 0.0
        self.organizations, self.projects, self.pipelines, self.workflows, self.jobs, self.users = {}, {}, {}, {}, {}, {}
        self.flaky = {}  # project id -> records
        self.effects = []
        self.watchers = []  # called with each job whose status changed
        self.me = self.user("ada", "Ada")

    def now(self):
        """The time in it, never twice the same and never backwards."""
        running = self.settings["clock"] == "running"
        at = (time.time() if running else self.started) + self.pushed
        self.last = max(at, self.last + 0.001)
        return self.last

    def push_clock(self, seconds):
        """At least that long after anything that has a time."""
        self.pushed += seconds + max(0.0, self.last - self.started - self.pushed) if self.settings["clock"] == "held" else seconds

    def user(self, login, name=None):
        """A user by login, made when there is none."""
        for entry in self.users.values():
            if entry["login"] == login:
                return entry
        entry = {"id": new_id(), "login": login, "name": name or login.capitalize(),
                 "avatar_url": f"https://avatars.example.com/{login}.png"}
        self.users[entry["id"]] = entry
        return entry

    def did(self, kind, **detail):
        """Notes a change that really happened; tests count these to prove that a thing happened exactly once."""
        self.effects.append({"kind": kind, "detail": detail, "at": stamp(self.now(), True)})

    def find_project(self, slug, even_unready=False):
        """By slug, in any of its spellings; one that is not set up is not there (circleci.md: 404 also for what one may not see)."""
        start, _, rest = slug.partition("/")
        slug = f"{SHORT.get(start, start)}/{rest}"
        found = next((entry for entry in self.projects.values() if entry["slug"].lower() == slug.lower()), None)
        if not found or not (found["ready"] or even_unready):
            raise missing("Project")
        return found

    def pipeline(self, identity):
        return self.visible(self.pipelines.get(identity), "Pipeline")

    def workflow(self, identity):
        return self.visible(self.workflows.get(identity), "Workflow")

    def job(self, identity):
        return self.visible(self.jobs.get(identity), "Job")

    def visible(self, record, what):
        if not record or not self.projects[record["project"]]["ready"]:
            raise missing(what)
        return record

    def numbered(self, project, number):
        """The build job with that number; the newest workflow's entry when a rerun took it over."""
        found = [entry for entry in self.jobs.values() if entry["project"] == project["id"] and str(entry["number"]) == str(number)]
        if not found or found[-1]["type"] == "approval":
            raise missing("Job")
        return found[-1]

    def jobs_of(self, workflow):
        return [self.jobs[identity] for identity in workflow["jobs"]]

    def workflows_of(self, pipeline):
        return [self.workflows[identity] for identity in pipeline["workflows"]]

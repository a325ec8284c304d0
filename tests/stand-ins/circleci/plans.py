# SPDX-FileCopyrightText: 2026 The Slipway authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""What a project's config would say: workflows and their jobs, as tests write them.

A workflow: {"name", "jobs": [job], "setup": true}. A job: its name alone, or
 name, type (build | approval), requires ([names] or {name: [statuses]})
 duration       seconds by the clock; without it (and the setting) it runs until it is told to end
 result         its status at that end (success), or a list: one for each run of that name in the pipeline, the last for all further
 failing, passing   names of tests, or objects with fields of their own, null ones too
 output         text of its last step; ANSI is made up when there is none
 artifacts      paths
 contexts       names; restricted: true makes it end unauthorized at its start (circleci.md, workflows)
 parallelism, resource_class, queued (true: waits for action "start")"""
from wire import invalid

WORDS = {"name", "type", "requires", "duration", "result", "failing", "passing", "output", "artifacts", "contexts", "restricted",
         "parallelism", "resource_class", "queued"}
USUAL = [{"name": "build-and-deploy", "jobs": [
    "build", {"name": "test", "requires": ["build"], "passing": ["adds an order", "ships an order"]},
    {"name": "approve-deploy", "type": "approval", "requires": ["test"]},
    {"name": "deploy", "requires": ["approve-deploy"], "contexts": ["production"]}]}]
STATUSES = {"success", "running", "not_run", "failed", "retried", "queued", "not_running", "infrastructure_fail", "timedout", "on_hold",
            "terminated-unknown", "blocked", "canceled", "unauthorized"}
BAD = {"failed", "infrastructure_fail", "timedout", "terminated-unknown"}
ENDED = BAD | {"success", "canceled", "unauthorized", "not_run", "retried"}


def read_workflows(given):
    """The plans of a push, in full; a mistyped word is an error, not a silent nothing."""
    plans = []
    for entry in given:
        entry = {"name": entry, "jobs": ["build"]} if isinstance(entry, str) else entry
        known_only(entry, {"name", "jobs", "setup"}, "workflow")
        jobs = [read_job(job) for job in entry["jobs"]]
        names = {job["name"] for job in jobs}
        for job in jobs:
            if unknown := set(job["requires"]) - names:
                raise invalid(f"{job['name']} requires {', '.join(sorted(unknown))}, which is not in {entry['name']}")
        plans.append({"name": entry["name"], "jobs": jobs, "setup": bool(entry.get("setup"))})
    return plans


def read_job(given):
    job = {"name": given} if isinstance(given, str) else dict(given)
    known_only(job, WORDS, "job")
    requires = job.get("requires") or {}
    job["requires"] = requires if isinstance(requires, dict) else {name: ["success"] for name in requires}
    job.setdefault("type", "build")
    if job["type"] not in ("build", "approval"):
        raise invalid(f"A job is of type build or approval, not {job['type']}")
    return job


def known_only(given, words, what):
    if unknown := set(given) - words:
        raise invalid(f"Unknown words in a {what}: " + ", ".join(sorted(unknown)))


def result_of(plan, attempt):
    """How a job ends by itself at its nth run."""
    results = plan.get("result") or "success"
    results = results if isinstance(results, list) else [results]
    return results[min(attempt, len(results)) - 1]


def tests_of(failing, passing, passed):
    """The tests of a job; once it passes, those that failed before passed too."""
    made = []
    for result, entries in (("failure", failing), ("success", passing)):
        for entry in entries or ():
            entry = {"name": entry} if isinstance(entry, str) else entry
            result = "success" if passed and "result" not in entry else result
            words = entry["name"].split()
            made.append({"name": entry["name"], "classname": "shop.orders", "file": "spec/orders_spec.rb", "source": "rspec",
                         "result": result, "run_time": 0.25, "message": "" if result != "failure" else f"expected {words[-1]} to work",
                         **entry})
    return made

# SPDX-FileCopyrightText: 2026 The Slipway authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""How pipelines, workflows and jobs come to be and go on (circleci.md, objects and calls)."""
import plans
from wire import invalid
from world import new_id

WORKFLOW_ENDED = {"success", "failed", "canceled", "error", "unauthorized", "not_run"}


def add_pipeline(world, project, branch=None, workflows=None, **more):
    """A pipeline with its workflows, begun at once."""
    project["pipelines"] += 1
    record = {"id": new_id(), "number": project["pipelines"], "project": project["id"], "branch": branch, "tag": None, "sha": None,
              "message": "", "actor": world.me["id"], "trigger": "webhook", "state": "created", "errors": [], "created_at": world.now(),
              "workflows": [], "review": None, "parameters": {}, "looks": world.settings["pipeline_lag"], "set": {}, "hidden": [], **more}
    world.pipelines[record["id"]] = record
    if record["state"] != "errored":
        for plan in plans.read_workflows(workflows if workflows is not None else project["workflows"]):
            add_workflow(world, record, plan, record["actor"])
    world.did("pipeline.create", id=record["id"], number=record["number"], branch=branch, sha=record["sha"], trigger=record["trigger"])
    return record


def add_workflow(world, pipeline, plan, user, kept=None):
    """A workflow from its plan; kept: {name: job} of an earlier one that need not run again."""
    before = [entry for entry in world.workflows_of(pipeline) if entry["name"] == plan["name"]]
    at = world.now()
    if before and int(before[-1]["created_at"]) >= int(at):  # clients take the newest by a time of whole seconds
        world.push_clock(1)
        at = world.now()
    record = {"id": new_id(), "name": plan["name"], "project": pipeline["project"], "pipeline": pipeline["id"], "created_at": at,
              "stopped_at": None, "started_by": user, "canceled_by": None, "forced": None, "status": "running", "plan": plan, "jobs": [],
              "waiting": [], "looks": 0, "set": {}, "hidden": []}
    names = {}
    for job in plan["jobs"]:
        made = add_job(world, record, job, len(before) + 1, (kept or {}).get(job["name"]))
        names[job["name"]] = made["id"]
    for job in world.jobs_of(record):
        job["requires"] = {names[name]: statuses for name, statuses in job["plan"]["requires"].items()}
    world.workflows[record["id"]] = record
    pipeline["workflows"].append(record["id"])
    settle(world, record)
    return record


def add_job(world, workflow, plan, attempt, kept):
    record = {"id": new_id(), "name": plan["name"], "type": plan["type"], "status": "blocked", "workflow": workflow["id"],
              "project": workflow["project"], "number": None, "requires": {}, "created_at": workflow["created_at"], "queued_at": None,
              "started_at": None, "stopped_at": None, "approved_by": None, "canceled_by": None, "attempt": attempt, "tests": [],
              "artifacts": [], "output": None, "looks": 0}
    if kept:
        same = ("status", "number", "queued_at", "started_at", "stopped_at", "approved_by", "tests", "artifacts", "output", "attempt")
        record.update({name: kept[name] for name in same})
    record.update(plan=plan, set={}, hidden=[])
    world.jobs[record["id"]] = record
    workflow["jobs"].append(record["id"])
    return record


def change(world, job, status, at):
    """The one place where a job's status changes."""
    job["status"] = status
    if status in plans.ENDED and not job["stopped_at"]:
        job["stopped_at"] = at
    for watcher in world.watchers:
        watcher(job)


def settle(world, workflow, at=None):
    """Starts what can start, and says how the workflow as a whole is."""
    at = at or world.now()
    begun = True
    while begun and workflow["forced"] is None:
        begun = [job for job in world.jobs_of(workflow) if job["status"] == "blocked" and ready(world, job)]
        for job in begun:
            begin(world, job, at)
    workflow["status"] = workflow["forced"] or status_of([job["status"] for job in world.jobs_of(workflow)])
    ended = workflow["status"] in WORKFLOW_ENDED
    workflow["stopped_at"] = (workflow["stopped_at"] or at) if ended else None


def ready(world, job):
    return all(world.jobs[identity]["status"] in statuses for identity, statuses in job["requires"].items())


def status_of(statuses):
    """From the jobs' statuses. What waits for a job that will not end well stays blocked and counts no more."""
    going = any(status in ("running", "queued", "not_running") for status in statuses)
    held = "on_hold" in statuses
    if any(status in plans.BAD for status in statuses):
        return "failing" if going or held else "failed"
    if "unauthorized" in statuses:
        return "unauthorized"
    if going:
        return "running"
    if held:
        return "on_hold"
    return "canceled" if "canceled" in statuses else "success"


def begin(world, job, at):
    project, plan = world.projects[job["project"]], job["plan"]
    if job["type"] == "build" or world.settings["approval_numbers"]:
        project["builds"] += 1
        job["number"] = project["builds"]
    job["queued_at"] = at
    if job["type"] == "approval":
        job["looks"] = world.settings["hold_lag"]
        change(world, job, "on_hold", at)
    elif plan.get("restricted"):
        change(world, job, "unauthorized", at)
    elif plan.get("queued"):
        change(world, job, "queued", at)
    else:
        start(world, job, at)


def start(world, job, at):
    job["started_at"] = at
    change(world, job, "running", at)


def finish(world, job, status=None, at=None, **more):
    """A job's end, by its plan where nothing else is said. more: failing, passing, output, artifacts."""
    if job["status"] in plans.ENDED or job["type"] == "approval":
        raise invalid(f"The job {job['name']} is {job['status']}")
    at = at or world.now()
    status = status or plans.result_of(job["plan"], job["attempt"])
    if status not in plans.ENDED:
        raise invalid(f"A job does not end as {status}")
    words = {**job["plan"], **more}
    job["started_at"] = job["started_at"] or at
    job["tests"] = plans.tests_of(words.get("failing"), words.get("passing"), status == "success")
    job["output"], job["artifacts"] = words.get("output"), list(words.get("artifacts") or ())
    change(world, job, status, at)
    world.did("job.finish", id=job["id"], name=job["name"], number=job["number"], status=status)
    settle(world, world.workflows[job["workflow"]], at)


def approve(world, job, user, at=None):
    at = at or world.now()
    job.update(approved_by=user, started_at=at)
    change(world, job, "success", at)
    world.did("job.approve", id=job["id"], name=job["name"], workflow=job["workflow"])
    settle(world, world.workflows[job["workflow"]], at)


def cancel_job(world, job, user, at=None):
    at = at or world.now()
    job["canceled_by"] = user
    change(world, job, "canceled", at)
    world.did("job.cancel", id=job["id"], name=job["name"])
    settle(world, world.workflows[job["workflow"]], at)


def cancel(world, workflow, user, at=None):
    """All that goes on or waits in it ends canceled."""
    if workflow["status"] in WORKFLOW_ENDED:
        return
    at = at or world.now()
    workflow.update(canceled_by=user, forced="canceled")
    for job in world.jobs_of(workflow):
        if job["status"] not in plans.ENDED and job["status"] != "blocked":
            job["canceled_by"] = user
            change(world, job, "canceled", at)
    world.did("workflow.cancel", id=workflow["id"], name=workflow["name"])
    settle(world, workflow, at)


def rerun(world, workflow, user, from_failed=False, jobs=()):
    """A new workflow of the same name in the same pipeline (circleci.md, workflows)."""
    kept = {}
    if from_failed or jobs:
        again = set(jobs) or {job["id"] for job in world.jobs_of(workflow) if job["status"] != "success"}
        for job in world.jobs_of(workflow):  # in the order of the plan, dependencies may be given in any
            if not depends(world, job, again) and job["status"] == "success":
                kept[job["name"]] = job
    made = add_workflow(world, world.pipelines[workflow["pipeline"]], workflow["plan"], user, kept)
    world.did("workflow.rerun", id=made["id"], of=workflow["id"], name=workflow["name"], from_failed=from_failed)
    return made


def depends(world, job, identities):
    return job["id"] in identities or any(depends(world, world.jobs[each], identities) for each in job["requires"])


def run_clock(world):
    """Whatever was due until now happened, each at its time."""
    while True:
        due = [(job["started_at"] + length(world, job), job["id"]) for job in world.jobs.values()
               if job["status"] == "running" and length(world, job) is not None]
        at, identity = min(due, default=(None, None))
        if at is None or at > world.now():
            return
        finish(world, world.jobs[identity], at=at)


def length(world, job):
    return job["plan"].get("duration", world.settings["duration"])


def later(world, workflow, what, lag, user, job=None):
    """Something that was accepted and happens some looks later, or when the clock is pushed."""
    if world.settings[lag] <= 0:
        return happen(world, workflow, {"what": what, "user": user, "job": job})
    workflow["waiting"].append({"what": what, "user": user, "job": job, "looks": world.settings[lag]})


def happen(world, workflow, entry):
    if entry["what"] == "cancel":
        cancel(world, workflow, entry["user"])
    elif world.jobs[entry["job"]]["status"] == "on_hold":
        approve(world, world.jobs[entry["job"]], entry["user"])


def look(world, workflow):
    """A client looks: what was asked for earlier is done by now, or a look nearer."""
    run_clock(world)
    for entry in list(workflow["waiting"]):
        if entry["looks"] <= 0:
            workflow["waiting"].remove(entry)
            happen(world, workflow, entry)
        else:
            entry["looks"] -= 1


def push(world, seconds):
    """The test pushes the clock: what was accepted has happened, what runs goes on."""
    for workflow in list(world.workflows.values()):
        for entry in workflow["waiting"]:
            happen(world, workflow, entry)
        workflow["waiting"].clear()
    world.push_clock(seconds)
    run_clock(world)

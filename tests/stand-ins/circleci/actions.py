# SPDX-FileCopyrightText: 2026 The Slipway authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""What happens behind a client's back: POST /_stand-in/state {"action": ..., ...}

project   {"slug", "default_branch", "workflows" (plans.py), "ready": false when it is not set up, "definitions": [names], "refuses": text}:
          made, or changed when it is there; answers {"id", "slug"}
push      {"project", "branch" | "tag", "sha", "message", "author", "workflows", "state", "errors": [{type, message}], "review": number,
          "trigger", "lag": looks that see it pending}: answers its tree: {"id", "number", "workflows": {name: {"id", "jobs": {name: id}}}}
tree      {"pipeline"}: the same again, the newest workflow of each name, with "status" and job numbers
start     {job}: a queued job runs
finish    {job, "status", "failing", "passing", "output", "artifacts"}: a job ends (without "status" by its plan)
run       {"pipeline"?}: all that runs goes on to its end by its plan, until only approvals wait
approve | cancel_job  {job, "by": login}    cancel | rerun {"workflow", "by", "from_failed"}: somebody else did
status    {"workflow", "status"}: error, unauthorized, queued, ...; null takes that back
show      {"kind": project | pipeline | workflow | job, "id", "set": {field: value}, "hide": [fields]}: in all answers from now on
flaky     {"project", "tests": [name or record]}: instead of those that were
clock     {"seconds"}: time goes on, and what is due happens      expire {}: all presigned addresses are out of date
me        {"set": {...}}: fields of who asks
A job is said as "job": its id, or its name together with "pipeline" (newest workflow that has it) or "workflow"."""
import accounts
import flow
import plans
from pipelines import revision
from wire import ApiError, invalid, missing
from world import stamp


def act(world, body):
    action = ACTIONS.get(body.get("action"))
    if not action:
        raise invalid(f"No action {body.get('action')}; there are " + ", ".join(sorted(ACTIONS)))
    return action(world, {name: value for name, value in body.items() if name != "action"}) or {}


def set_project(world, body):
    try:
        project = world.find_project(body["slug"], even_unready=True)
    except ApiError:  # not there yet
        words = {name: body[name] for name in ("default_branch", "workflows", "ready", "definitions") if name in body}
        project = accounts.add_project(world, body["slug"], **words)
    for name in ("default_branch", "workflows", "ready", "refuses"):
        if name in body:
            project[name] = body[name]
    plans.read_workflows(project["workflows"])
    return {"id": project["id"], "slug": project["slug"], "definitions": {entry["name"]: entry["id"] for entry in project["definitions"]}}


PUSH = {"project", "branch", "tag", "sha", "message", "author", "workflows", "state", "errors", "review", "trigger", "lag"}


def push(world, body):
    plans.known_only(body, PUSH, "push")
    project = world.find_project(body["project"])
    branch, tag = body.get("branch"), body.get("tag")
    branch = branch or (None if tag else project["default_branch"])
    sha = body.get("sha") or revision(project, f"{branch or tag} {project['pipelines']}")
    project.setdefault("heads", {})[branch or tag] = sha
    more = {name: body[name] for name in ("state", "errors", "trigger", "review") if name in body}
    if "lag" in body:
        more["looks"] = body["lag"]
    actor = world.user(body["author"])["id"] if body.get("author") else world.me["id"]
    pipeline = flow.add_pipeline(world, project, branch, body.get("workflows"), tag=tag, sha=sha, actor=actor,
                                 message=body.get("message", "A change"), **more)
    return tree(world, {"pipeline": pipeline["id"]})


def tree(world, body):
    pipeline = world.pipeline(body["pipeline"])
    made = {"id": pipeline["id"], "number": pipeline["number"], "sha": pipeline["sha"], "workflows": {}}
    for workflow in world.workflows_of(pipeline):
        jobs = world.jobs_of(workflow)
        made["workflows"][workflow["name"]] = {
            "id": workflow["id"], "status": workflow["status"], "jobs": {job["name"]: job["id"] for job in jobs},
            "numbers": {job["name"]: job["number"] for job in jobs}, "statuses": {job["name"]: job["status"] for job in jobs}}
    return made


def job_of(world, body):
    """By id, or by name in a workflow or in the newest workflow of a pipeline that has it."""
    name = body["job"]
    if name in world.jobs:
        return world.jobs[name]
    workflows = [world.workflows[body["workflow"]]] if "workflow" in body else world.workflows_of(world.pipeline(body["pipeline"]))[::-1]
    for workflow in workflows:
        for job in world.jobs_of(workflow):
            if job["name"] == name:
                return job
    raise missing(f"Job {name}")


def start(world, body):
    flow.start(world, job_of(world, body), world.now())


def finish(world, body):
    words = {name: body[name] for name in ("failing", "passing", "output", "artifacts") if name in body}
    job = job_of(world, body)
    if job["status"] not in ("running", "queued"):
        raise invalid(f"The job {job['name']} is {job['status']}")
    flow.finish(world, job, body.get("status"), **words)
    return {"id": job["id"], "number": job["number"], "workflow": world.workflows[job["workflow"]]["status"]}


def run(world, body):
    while True:
        going = [job for job in world.jobs.values() if job["status"] in ("running", "queued")
                 and body.get("pipeline") in (None, world.workflows[job["workflow"]]["pipeline"])]
        if not going:
            return tree(world, body) if body.get("pipeline") else {}
        flow.finish(world, going[0])


def someone(world, body):
    return world.user(body.get("by") or "grace")["id"]


def approve(world, body):
    job = job_of(world, body)
    if job["status"] != "on_hold":
        raise invalid(f"The job {job['name']} is {job['status']}")
    flow.approve(world, job, someone(world, body))


def cancel_job(world, body):
    flow.cancel_job(world, job_of(world, body), someone(world, body))


def cancel(world, body):
    flow.cancel(world, world.workflow(body["workflow"]), someone(world, body))


def rerun(world, body):
    made = flow.rerun(world, world.workflow(body["workflow"]), someone(world, body), bool(body.get("from_failed")), body.get("jobs") or ())
    return {"id": made["id"]}


def status(world, body):
    workflow = world.workflow(body["workflow"])
    workflow["forced"] = body["status"]
    flow.settle(world, workflow)


def show(world, body):
    tables = {"project": world.projects, "pipeline": world.pipelines, "workflow": world.workflows, "job": world.jobs}
    record = tables[body["kind"]][body["id"]]
    record["set"].update(body.get("set") or {})
    record["hidden"] += body.get("hide") or []


def flaky(world, body):
    project, found = world.find_project(body["project"]), []
    for number, entry in enumerate(body["tests"], 1):
        entry = {"test_name": entry} if isinstance(entry, str) else entry
        workflow = next((each for each in reversed(world.workflows.values()) if each["project"] == project["id"]), None)
        if not workflow:
            raise invalid("Flaky tests need a pipeline to come from; push one first")
        job = world.jobs_of(workflow)[0]
        found.append({"time_wasted": 12, "workflow_created_at": stamp(workflow["created_at"]), "workflow_id": workflow["id"],
                      "classname": "shop.orders", "pipeline_number": world.pipelines[workflow["pipeline"]]["number"],
                      "workflow_name": workflow["name"], "job_name": job["name"], "job_number": job["number"] or number,
                      "times_flaked": number, "source": "rspec", "file": "spec/orders_spec.rb", **entry})
    world.flaky[project["id"]] = found


def clock(world, body):
    flow.push(world, float(body["seconds"]))
    return {"now": stamp(world.now(), True)}


def expire(world, body):
    world.outputs_since = world.now()


def me(world, body):
    world.me.update(body["set"])


ACTIONS = {"project": set_project, "push": push, "tree": tree, "start": start, "finish": finish, "run": run, "approve": approve,
           "cancel_job": cancel_job, "cancel": cancel, "rerun": rerun, "status": status, "show": show, "flaky": flaky, "clock": clock,
           "expire": expire, "me": me}

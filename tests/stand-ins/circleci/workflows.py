# SPDX-FileCopyrightText: 2026 The Slipway authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""One workflow: its state, its jobs, rerun, cancel, approve (circleci.md, workflows and jobs)."""
import flow
from shows import show_job, show_workflow
from wire import Listing, Response, invalid, missing, route

OLDEST, MOST = 90 * 24 * 3600, 100  # circleci.md, workflows: age in seconds, and reruns of one workflow


@route("GET", "/workflow/{workflow}")
def one(world, request, workflow):
    found = world.workflow(workflow)
    flow.look(world, found)
    return show_workflow(world, found)


@route("GET", "/workflow/{workflow}/job")
def jobs(world, request, workflow):
    found = world.workflow(workflow)
    flow.look(world, found)
    listing = Listing(world.jobs_of(found), lambda entry: seen(world, entry))
    return listing


def seen(world, job):
    shown = show_job(world, job)
    job["looks"] = max(0, job["looks"] - 1)
    return shown


@route("POST", "/workflow/{workflow}/rerun")
def rerun(world, request, workflow):
    found, body = world.workflow(workflow), request.json()
    jobs, from_failed = body.get("jobs") or [], body.get("from_failed") is True
    if from_failed and (jobs or body.get("sparse_tree")):
        raise invalid("from_failed cannot be combined with jobs or sparse_tree.")
    if (body.get("enable_ssh") or body.get("sparse_tree")) and not jobs:
        raise invalid("enable_ssh and sparse_tree need jobs.")
    if unknown := set(jobs) - set(found["jobs"]):
        raise invalid(f"No job {min(unknown)} in this workflow.")
    if from_failed and found["status"] not in ("failed", "canceled", "error", "unauthorized"):
        raise invalid("The workflow has no failed jobs to rerun from, or is not over yet.")
    same = [entry for entry in world.workflows_of(world.pipelines[found["pipeline"]]) if entry["name"] == found["name"]]
    if len(same) > MOST:
        raise invalid("This workflow reached the limit of reruns.")
    if world.now() - found["created_at"] > OLDEST:
        raise invalid("This workflow is too old to be rerun.")
    made = flow.rerun(world, found, world.me["id"], from_failed, jobs)
    return Response({"workflow_id": made["id"]}, 202)


@route("POST", "/workflow/{workflow}/cancel")
def cancel(world, request, workflow):
    flow.later(world, world.workflow(workflow), "cancel", "cancel_lag", world.me["id"])
    return Response({"message": "Accepted."}, 202)


@route("POST", "/workflow/{workflow}/approve/{approval}")
def approve(world, request, workflow, approval):
    """Accepted at once, done some looks later; what no longer waits is refused."""
    found = world.workflow(workflow)
    if approval not in found["jobs"] or world.jobs[approval]["type"] != "approval":
        raise missing("Job")
    if world.jobs[approval]["status"] != "on_hold":
        raise invalid("The job is not waiting for approval.")
    flow.later(world, found, "approve", "approve_lag", world.me["id"], approval)
    return Response({"message": "Accepted."}, 202)

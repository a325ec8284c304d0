# SPDX-FileCopyrightText: 2026 The Slipway authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Step logs: the job of v1.1, its presigned output, and the private output of CircleCI's own client (circleci.md, step logs)."""
import hashlib
import math

import plans
from jobs import found_job
from shows import repository_url, web_url
from wire import PRIVATE, V1, Response, missing, route
from world import stamp

RED, GREEN, PLAIN = "\x1b[31m", "\x1b[32m", "\x1b[0m"
STEPS = ((0, "Spin up environment", "environment"), (99, "Checkout code", "checkout"), (101, "Run", "test"))
EXPIRED = b'<?xml version="1.0" encoding="UTF-8"?>\n<Error><Code>AccessDenied</Code><Message>Request has expired</Message></Error>'


def lines_of(job, step):
    """[(type, text)]: what a step printed, colours inside."""
    if step == 0:
        return [("out", f"Build-agent version 1.0\r\nUsing build environment {GREEN}docker{PLAIN}\r\n")]
    if step == 99:
        return [("out", "Cloning git repository\r\n"), ("err", "Warning: Permanently added the host to the list of known hosts.\r\n")]
    if job["output"] is not None:
        return [("out", job["output"])]
    lines = []
    for test in job["tests"]:
        colour, word = (GREEN, "ok") if test["result"] == "success" else (RED, "FAILED")
        lines.append(("out", f"{colour}{word}{PLAIN} {test['name']}\r\n"))
    lines.append(("err", f"{RED}{job['name']} failed{PLAIN}\r\n") if job["status"] in plans.BAD else ("out", f"{job['name']} done\r\n"))
    return lines


def signature(job, index, step, expires):
    return hashlib.sha256(f"stand-in {job['id']} {index} {step} {expires}".encode()).hexdigest()[:32]


def output_url(world, job, index, step):
    """Minutes of life; when it was made is part of it, so that "expire" can end all that were there."""
    expires, at = int(math.ceil(world.now() + world.settings["output_seconds"])), f"{world.now():.3f}"
    signed = signature(job, index, step, f"{expires} {at}")
    return f"{world.base}/_output/{job['id']}/{index}/{step}?expires={expires}&made={at}&signature={signed}"


@route("GET", "/_output/{job}/{index}/{step}", base="", access="open")
def output(world, request, job, index, step):
    found, query = world.jobs.get(job), request.query
    wanted = found and signature(found, index, step, f"{query.get('expires')} {query.get('made')}")
    if not found or wanted != query.get("signature"):
        return Response(raw=b"<Error><Code>SignatureDoesNotMatch</Code></Error>", status=403, kind="application/xml")
    if world.now() > float(query["expires"]) or float(query["made"]) <= getattr(world, "outputs_since", 0):
        return Response(raw=EXPIRED, status=403, kind="application/xml")
    at = stamp(found["stopped_at"] or found["started_at"], True)
    return Response([{"message": text, "time": at, "type": kind} for kind, text in lines_of(found, int(step))])


def action_of(world, job, index, number, name, kind):
    """One run of one step. The last one ends as its job does; it has no output before."""
    last, ended = number == STEPS[-1][0], job["stopped_at"] is not None
    over = not last or ended
    wrong = last and job["status"] in plans.BAD
    status = "running" if not over else job["status"] if last and job["status"] in (*plans.BAD, "canceled") else "success"
    return {
        "index": index, "step": number, "name": job["name"] if last else name, "type": kind, "status": status, "failed": True if wrong else None,
        "exit_code": (1 if wrong else 0) if over else None, "bash_command": f"make {job['name']}" if last else None,
        "start_time": stamp(job["started_at"], True), "end_time": stamp(job["stopped_at"] if last else job["started_at"], True),
        "run_time_millis": int((job["stopped_at"] - job["started_at"]) * 1000) if last and ended else 100, "has_output": over,
        "truncated": False, "output_url": output_url(world, job, index, number) if over else None, "parallel": True, "background": False,
        "canceled": True if last and job["status"] == "canceled" else None, "timedout": True if last and job["status"] == "timedout" else None,
        "infrastructure_fail": None, "continue": None, "insignificant": not last, "source": "config", "allocation_id": f"{job['id']}-{index}",
        "messages": []}


@route("GET", "/project/{slug}/{number}", base=V1)
def job_details(world, request, slug, number):
    """Of v1.1 only what circleci.md names and CircleCI's own client parses is sure; the rest is the usual."""
    if not number.isdigit():
        raise missing("Build")
    job = found_job(world, slug, number)
    workflow, project = world.workflows[job["workflow"]], world.projects[job["project"]]
    pipeline, parallel = world.pipelines[workflow["pipeline"]], int(job["plan"].get("parallelism", 1))
    steps = STEPS if job["started_at"] else ()
    ended = job["stopped_at"] and job["started_at"]
    named = [{"name": job["name"] if each[0] == STEPS[-1][0] else each[1],
              "actions": [action_of(world, job, index, *each) for index in range(parallel)]} for each in steps]
    return {
        "build_num": job["number"], "build_url": web_url(world, job), "status": job["status"],
        "outcome": job["status"] if job["stopped_at"] else None, "lifecycle": "finished" if job["stopped_at"] else "running",
        "branch": pipeline["branch"], "vcs_tag": pipeline["tag"], "vcs_revision": pipeline["sha"], "vcs_url": repository_url(project),
        "vcs_type": "github", "username": project["organization_name"], "reponame": project["name"], "subject": pipeline["message"],
        "queued_at": stamp(job["queued_at"], True), "start_time": stamp(job["started_at"], True), "stop_time": stamp(job["stopped_at"], True),
        "build_time_millis": int((job["stopped_at"] - job["started_at"]) * 1000) if ended else None, "parallel": parallel,
        "workflows": {"job_name": job["name"], "job_id": job["id"], "workflow_id": workflow["id"], "workflow_name": workflow["name"],
                      "upstream_job_ids": list(job["requires"])},
        "steps": named}


@route("GET", "/output/raw/{slug}/{number}/{channel}/{index}/{step}", base=PRIVATE)
def raw_output(world, request, slug, number, channel, index, step):
    """Not public: plain text of one channel, for CircleCI's own client."""
    job = found_job(world, slug, number)
    kind = {"output": "out", "error": "err"}.get(channel)
    text = "".join(text for each, text in lines_of(job, int(step)) if each == kind)
    return Response(raw=text.encode(), kind="text/plain")

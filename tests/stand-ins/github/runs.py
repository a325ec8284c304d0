# SPDX-FileCopyrightText: 2026 The Slipway authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Workflow runs: what a fine-grained token may read of GitHub Actions, while check runs are closed to it (github.md, 2).

Each suite of the app github-actions counts as one run of a workflow named CI."""
import checks
import people
import repository
import verdicts
from wire import ApiError, Listing, Response, not_found, route


def shown(world, repo, suite):
    own, page, id, sha = repository.url(world, repo), repository.html(world, repo), suite["id"], suite["sha"]
    place, commit = f"{own}/actions/runs/{id}", repo.store.commit(sha)
    status, conclusion = checks.together([run for run in verdicts.latest_runs(repo, sha) if run["suite"] == id])
    login = world.by_email(commit["author"]["email"]) or repo.owner
    return {
        "id": id, "name": "CI", "node_id": suite["node"].replace("CS_", "WFR_"), "check_suite_id": id, "check_suite_node_id": suite["node"],
        "head_branch": next((name for name, tip in repo.tips.items() if tip == sha), None), "head_sha": sha, "path": ".github/workflows/ci.yml",
        "run_number": id, "run_attempt": suite.get("attempt", 1), "event": "push", "status": status, "conclusion": conclusion, "workflow_id": 1, "url": place,
        "html_url": f"{page}/actions/runs/{id}", "pull_requests": checks.pulls_at(world, repo, sha), "created_at": suite["created_at"],
        "updated_at": suite["created_at"], "run_started_at": suite["created_at"], "jobs_url": place + "/jobs", "logs_url": place + "/logs",
        "check_suite_url": f"{own}/check-suites/{id}", "artifacts_url": place + "/artifacts", "cancel_url": place + "/cancel",
        "rerun_url": place + "/rerun", "previous_attempt_url": None, "workflow_url": f"{own}/actions/workflows/1",
        "actor": people.simple(world, login), "triggering_actor": people.simple(world, login), "head_commit": checks.head_commit(commit),
        "repository": repository.minimal(world, repo), "head_repository": repository.minimal(world, repo),
        "display_title": commit["message"].partition("\n")[0],
    }


@route("GET", "R/actions/runs", needs="actions=read")
def many(world, request):
    repo, query = request.repo, request.query
    found = [shown(world, repo, suite) for suites in repo.check_suites.values() for suite in suites if suite["app"] == "github-actions"]
    for name, keys in (("head_sha", ("head_sha",)), ("branch", ("head_branch",)), ("event", ("event",)), ("status", ("status", "conclusion"))):
        if query.get(name):
            found = [run for run in found if query[name] in [run[key] for key in keys]]
    return Listing(sorted(found, key=lambda run: -run["id"]), key="workflow_runs")


def find(repo, id):
    """(suite, its newest check runs)."""
    found = [suite for suites in repo.check_suites.values() for suite in suites if str(suite["id"]) == id]
    if not found:
        raise not_found()
    return found[0], [run for run in verdicts.latest_runs(repo, found[0]["sha"]) if run["suite"] == found[0]["id"]]


@route("GET", "R/actions/runs/{id}", needs="actions=read")
def one(world, request, id):
    return shown(world, request.repo, find(request.repo, id)[0])


@route("POST", "R/actions/runs/{id}/rerun-failed-jobs", needs="actions=write")
def rerun(world, request, id):
    suite, its = find(request.repo, id)
    if any(run["status"] != "completed" for run in its):
        raise ApiError(403, "This workflow is already running")
    failed = [run for run in its if run["conclusion"] not in verdicts.GOOD]
    if not failed:
        raise ApiError(403, "The workflow run containing this job has no failed jobs")
    for run in failed:
        checks.add(world, request.repo, run["sha"], run["name"], status="queued", app=run["app"])
    suite["attempt"] = suite.get("attempt", 1) + 1
    world.did("run.rerun", request.repo, id=suite["id"])
    return Response({}, 201)


@route("POST", "R/actions/runs/{id}/cancel", needs="actions=write")
def cancel(world, request, id):
    suite, its = find(request.repo, id)
    if all(run["status"] == "completed" for run in its):
        raise ApiError(409, "Cannot cancel a workflow run that is completed.")
    for run in its:
        if run["status"] != "completed":
            run.update(status="completed", conclusion="cancelled")
    world.did("run.cancel", request.repo, id=suite["id"])
    return Response({}, 202)


@route("GET", "R/actions/runs/{id}/pending_deployments", needs="actions=read")
def pending(world, request, id):
    """What reviewers of environments have to let go on; the action "wait" says whether one may."""
    own = repository.url(world, request.repo)
    return [{"environment": {"id": number, "node_id": f"EN_{number}", "name": name, "url": f"{own}/environments/{name}",
                             "html_url": f"{repository.html(world, request.repo)}/deployments/activity_log?environments_filter={name}"},
             "wait_timer": 0, "wait_timer_started_at": None, "current_user_can_approve": may, "reviewers": []}
            for number, name, may in find(request.repo, id)[0].get("pending", [])]


@route("POST", "R/actions/runs/{id}/pending_deployments", needs="deployments=write")
def decide(world, request, id):
    suite, its = find(request.repo, id)
    body, waiting = request.json(), suite.get("pending", [])
    if not {"environment_ids", "state", "comment"} <= set(body):
        raise ApiError(422, "Invalid request.")
    if not set(body["environment_ids"]) <= {number for number, _, may in waiting if may}:
        raise ApiError(422, "No pending deployment requests to approve or reject")
    suite["pending"] = [entry for entry in waiting if entry[0] not in body["environment_ids"]]
    for run in its:
        if run["status"] == "waiting":
            run["status"] = "in_progress"
    world.did("run.approve", request.repo, id=suite["id"], state=body["state"])
    return []


@route("POST", "R/actions/runs/{id}/approve", needs="actions=write")
def approve(world, request, id):
    """Of somebody who contributes for the first time."""
    suite, its = find(request.repo, id)
    held = [run for run in its if run["conclusion"] == "action_required"]
    if not held:
        raise ApiError(403, "This run is not from a fork pull request or queued by the Copilot agent.")
    for run in held:
        run.update(status="in_progress", conclusion=None)
    world.did("run.approve", request.repo, id=suite["id"], state="approved")
    return Response({}, 201)


LOG = """2026-01-31T12:00:00.1234567Z ##[group]Run npm test
2026-01-31T12:00:00.2000000Z \x1b[36;1mnpm test\x1b[0m
2026-01-31T12:00:00.3000000Z ##[endgroup]
2026-01-31T12:00:02.0000000Z 1 failing
2026-01-31T12:00:02.5000000Z ##[error]Process completed with exit code 1.
"""


@route("GET", "R/actions/jobs/{id}/logs", needs="actions=read")
def log(world, request, id):
    """302 to another host, by an address that holds a token and is over after a minute."""
    runs = [run for its in request.repo.check_runs.values() for run in its if str(run["id"]) == id and run["app"] == "github-actions"]
    if not runs or runs[0]["status"] != "completed":
        raise not_found()
    return Response(status=302, headers={"Location": f"{world.base}/job-logs/{id}?sig=secret"}, raw=b"", kind="text/html;charset=utf-8")


@route("GET", "/job-logs/{id}", needs="open")
def log_text(world, request, id):
    return Response(raw=b"\xef\xbb\xbf" + LOG.encode(), kind="text/plain")

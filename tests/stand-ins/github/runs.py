# SPDX-FileCopyrightText: 2026 The Slipway authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Workflow runs: what a fine-grained token may read of GitHub Actions, while check runs are closed to it (github.md, 2).

Each suite of the app github-actions counts as one run of a workflow named CI."""
import checks
import people
import repository
import verdicts
from wire import Listing, not_found, route


def shown(world, repo, suite):
    own, page, id, sha = repository.url(world, repo), repository.html(world, repo), suite["id"], suite["sha"]
    place, commit = f"{own}/actions/runs/{id}", repo.store.commit(sha)
    status, conclusion = checks.together([run for run in verdicts.latest_runs(repo, sha) if run["suite"] == id])
    login = world.by_email(commit["author"]["email"]) or repo.owner
    return {
        "id": id, "name": "CI", "node_id": suite["node"].replace("CS_", "WFR_"), "check_suite_id": id, "check_suite_node_id": suite["node"],
        "head_branch": next((name for name, tip in repo.tips.items() if tip == sha), None), "head_sha": sha, "path": ".github/workflows/ci.yml",
        "run_number": id, "run_attempt": 1, "event": "push", "status": status, "conclusion": conclusion, "workflow_id": 1, "url": place,
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


@route("GET", "R/actions/runs/{id}", needs="actions=read")
def one(world, request, id):
    found = [suite for suites in request.repo.check_suites.values() for suite in suites if str(suite["id"]) == id]
    if not found:
        raise not_found()
    return shown(world, request.repo, found[0])

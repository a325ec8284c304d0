# SPDX-FileCopyrightText: 2026 The Slipway authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Check runs and suites: made by apps, here by tests; not to be read with a fine-grained token (github.md, 2 and 7: checks)."""
import people
import repository
import verdicts
from commits import must_resolve
from wire import ApiError, Listing, not_found, route
from world import now


def suite_of(world, repo, sha, app):
    found = next((suite for suite in repo.check_suites.get(sha, ()) if suite["app"] == app), None)
    if not found:
        id = world.new_id()
        found = {"id": id, "node": world.node("CS", id, "suite", repo, sha, id), "app": app, "sha": sha, "created_at": now()}
        repo.check_suites.setdefault(sha, []).append(found)
    return found


def add(world, repo, sha, name, status="completed", conclusion="success", app="github-actions", details_url=None, title=None, summary=None):
    id, at = world.new_id(), now()
    done = status == "completed"
    run = {"id": id, "node": world.node("CR", id, "run", repo, sha, id), "name": name, "sha": sha, "status": status,
           "conclusion": conclusion if done else None, "app": app, "suite": suite_of(world, repo, sha, app)["id"], "details_url": details_url,
           "started_at": at if status != "queued" else None, "completed_at": at if done else None, "title": title, "summary": summary}
    repo.check_runs.setdefault(sha, []).append(run)
    return run


def integration(world, slug):
    return {"id": 15368, "slug": slug, "node_id": "A_kgDO15368", "owner": people.simple(world, "github"), "name": slug.replace("-", " ").title(),
            "description": "", "external_url": "https://help.github.com/en/actions", "html_url": f"{world.web}/apps/{slug}", "client_id": "Iv1.0",
            "created_at": "2018-07-30T09:30:17Z", "updated_at": "2024-04-10T20:33:16Z", "permissions": {"checks": "write"}, "events": ["check_suite"]}


def pulls_at(world, repo, sha):
    own = repository.url(world, repo)
    short = {"id": repo.id, "url": own, "name": repo.name}
    return [{"id": pull["id"], "number": pull["number"], "url": f"{own}/pulls/{pull['number']}",
             "head": {"ref": pull["head"]["ref"], "sha": sha, "repo": short},
             "base": {"ref": pull["base"]["ref"], "sha": pull["base"]["sha"], "repo": short}}
            for pull in repo.pulls.values() if pull["state"] == "open" and pull["head"]["sha"] == sha]


def page_of(world, repo, run):
    return f"{repository.html(world, repo)}/runs/{run['id']}"


def shown(world, repo, run):
    place = f"{repository.url(world, repo)}/check-runs/{run['id']}"
    return {
        "id": run["id"], "head_sha": run["sha"], "node_id": run["node"], "external_id": "", "url": place, "html_url": page_of(world, repo, run),
        "details_url": run["details_url"] or page_of(world, repo, run), "status": run["status"], "conclusion": run["conclusion"],
        "started_at": run["started_at"], "completed_at": run["completed_at"], "name": run["name"], "check_suite": {"id": run["suite"]},
        "output": {"title": run["title"], "summary": run["summary"], "text": None, "annotations_count": 0, "annotations_url": place + "/annotations"},
        "app": integration(world, run["app"]), "pull_requests": pulls_at(world, repo, run["sha"]),
    }


def together(runs):
    """(status, conclusion) of a suite: the worst of what its runs say."""
    if not runs:
        return "queued", None
    if any(run["status"] != "completed" for run in runs):
        return "in_progress", None
    ended = {run["conclusion"] for run in runs}
    bad = next((word for word in ("failure", "timed_out", "startup_failure", "action_required", "cancelled") if word in ended), None)
    return "completed", bad or ("success" if "success" in ended else next(iter(ended)))


@route("GET", "R/commits/{ref...}/check-runs", needs="checks=read")
def runs(world, request, ref):
    repo, query = request.repo, request.query
    sha = must_resolve(repo, ref)
    if query.get("filter", "latest") not in ("latest", "all"):
        raise ApiError(422, "Invalid request.\n\nfilter is not included in the list")
    found = repo.check_runs.get(sha, []) if query.get("filter") == "all" else verdicts.latest_runs(repo, sha)
    for name, key in (("check_name", "name"), ("status", "status")):
        found = [run for run in found if not query.get(name) or run[key] == query[name]]
    return Listing(found[::-1], lambda run: shown(world, repo, run), key="check_runs")


@route("GET", "R/check-runs/{id}", needs="checks=read")
def one(world, request, id):
    found = next((run for runs in request.repo.check_runs.values() for run in runs if str(run["id"]) == id), None)
    if not found:
        raise not_found()
    return shown(world, request.repo, found)


@route("POST", "R/check-runs", needs="checks=write")
def create(world, request):
    """Reserved for apps (github.md, 2)."""
    raise ApiError(403, "You must authenticate via a GitHub App.")


def head_commit(commit):
    """Simple commit, as suites and workflow runs carry it."""
    person = lambda role: {name: commit[role][name] for name in ("name", "email")}  # noqa: E731
    return {"id": commit["sha"], "tree_id": commit["tree"], "message": commit["message"], "timestamp": commit["committer"]["date"],
            "author": person("author"), "committer": person("committer")}


@route("GET", "R/commits/{ref...}/check-suites", needs="checks=read")
def suites(world, request, ref):
    repo, sha = request.repo, must_resolve(request.repo, ref)
    own = repository.url(world, repo)
    commit = repo.store.commit(sha)

    def one_suite(suite):
        its = [run for run in verdicts.latest_runs(repo, sha) if run["suite"] == suite["id"]]
        status, conclusion = together(its)
        branch = next((name for name, tip in repo.tips.items() if tip == sha), None)
        return {"id": suite["id"], "node_id": suite["node"], "head_branch": branch, "head_sha": sha, "status": status, "conclusion": conclusion,
                "url": f"{own}/check-suites/{suite['id']}", "before": (commit["parents"] or ["0" * 40])[0], "after": sha,
                "pull_requests": pulls_at(world, repo, sha), "app": integration(world, suite["app"]), "repository": repository.minimal(world, repo),
                "created_at": suite["created_at"], "updated_at": suite["created_at"], "head_commit": head_commit(commit),
                "latest_check_runs_count": len(its),
                "check_runs_url": f"{own}/check-suites/{suite['id']}/check-runs"}

    return Listing(repo.check_suites.get(sha, []), one_suite, key="check_suites")

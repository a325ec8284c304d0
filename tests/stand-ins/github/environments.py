# SPDX-FileCopyrightText: 2026 The Slipway authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Environments: made by hand or by the first deployment to one (github.md, 7: environments)."""
from urllib.parse import quote

import repository
from wire import ApiError, Listing, Response, not_found, route
from world import now


def ensure(world, repo, name):
    if name not in repo.environments:
        id = world.new_id()
        repo.environments[name] = {"id": id, "node": world.node("EN", id, "environment", repo, name), "name": name, "created_at": now(),
                                   "wait_timer": 0}
    return repo.environments[name]


def shown(world, repo, entry):
    name, rules = quote(entry["name"], safe=""), []
    if entry["wait_timer"]:
        rules.append({"id": entry["id"] + 1, "node_id": f"GA_{entry['id']}", "type": "wait_timer", "wait_timer": entry["wait_timer"]})
    return {"id": entry["id"], "node_id": entry["node"], "name": entry["name"], "url": f"{repository.url(world, repo)}/environments/{name}",
            "html_url": f"{repository.html(world, repo)}/deployments/activity_log?environments_filter={name}", "created_at": entry["created_at"],
            "updated_at": entry["created_at"], "protection_rules": rules, "deployment_branch_policy": None}


@route("GET", "R/environments", needs="actions=read")
def many(world, request):
    repo = request.repo
    return Listing(list(repo.environments.values()), lambda entry: shown(world, repo, entry), key="environments")


@route("GET", "R/environments/{name}", needs="actions=read")
def one(world, request, name):
    if name not in request.repo.environments:
        raise not_found()
    return shown(world, request.repo, request.repo.environments[name])


@route("PUT", "R/environments/{name}", needs="administration=write")
def put(world, request, name):
    if not request.repo.may(request.login, "admin"):
        raise ApiError(403, "Must have admin rights to Repository.")
    entry = ensure(world, request.repo, name)
    entry["wait_timer"] = int(request.json().get("wait_timer") or 0)
    world.did("environment", request.repo, name=name)
    return shown(world, request.repo, entry)


@route("DELETE", "R/environments/{name}", needs="administration=write")
def delete(world, request, name):
    if not request.repo.may(request.login, "admin"):
        raise ApiError(403, "Must have admin rights to Repository.")
    if request.repo.environments.pop(name, None) is None:
        raise not_found()
    return Response(status=204)

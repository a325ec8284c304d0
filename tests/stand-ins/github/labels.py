# SPDX-FileCopyrightText: 2026 The Slipway authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Labels of the repository, and on a pull request (github.md, 7)."""
import json
import re
from urllib.parse import quote

import pulls
import repository
from wire import ApiError, Listing, Response, invalid, not_found, route


def add(world, repo, name, color="ededed", description=None):
    id = world.new_id()
    repo.labels[name] = {"id": id, "node": world.node("LA", id, "label", repo, name), "name": name, "color": color, "description": description}
    return repo.labels[name]


def shown(world, repo, label):
    return {"id": label["id"], "node_id": label["node"], "url": f"{repository.url(world, repo)}/labels/{quote(label['name'], safe='')}",
            "name": label["name"], "color": label["color"], "default": False, "description": label["description"] or ""}


def of(world, repo, pull):
    return Listing([repo.labels[name] for name in pull["labels"]], lambda label: shown(world, repo, label))


def named(request):
    """The names of a body: {"labels": [...]} or the list alone, each a text or {"name"}."""
    body = json.loads(request.body or b"{}")
    entries = body.get("labels") if isinstance(body, dict) else body
    if not isinstance(entries, list):
        raise invalid("Label", "name", "missing_field")
    return [entry["name"] if isinstance(entry, dict) else entry for entry in entries]


@route("GET", "R/labels", needs="issues=read or pull_requests=read")
def many(world, request):
    return Listing(list(request.repo.labels.values()), lambda label: shown(world, request.repo, label))


@route("POST", "R/labels", needs="issues=write or pull_requests=write")
def create(world, request):
    repo, body = request.repo, request.json()
    if not isinstance(body.get("name"), str) or not body["name"]:
        raise invalid("Label", "name", "missing_field")
    if body["name"].lower() in {name.lower() for name in repo.labels}:
        raise invalid("Label", "name", "already_exists")
    if not re.fullmatch(r"[0-9a-fA-F]{6}", body.get("color") or "ededed"):
        raise invalid("Label", "color")
    label = add(world, repo, body["name"], (body.get("color") or "ededed").lower(), body.get("description"))
    return Response(shown(world, repo, label), 201)


@route("GET", "R/labels/{name}", needs="issues=read or pull_requests=read")
def one(world, request, name):
    if name not in request.repo.labels:
        raise not_found()
    return shown(world, request.repo, request.repo.labels[name])


@route("GET", "R/issues/{number}/labels", needs="issues=read or pull_requests=read")
def on(world, request, number):
    return of(world, request.repo, pulls.find(request.repo, number))


def write(world, request, number, keep):
    """A name that the repository does not have makes a new label."""
    repo, pull, names = request.repo, pulls.find(request.repo, number), named(request)
    if not repo.may(request.login, "triage"):
        raise ApiError(403, "Must have triage access")
    for name in names:
        if name not in repo.labels:
            add(world, repo, name)
    pull["labels"] = list(dict.fromkeys((pull["labels"] if keep else []) + names))
    pulls.touch(pull)
    world.did("labels", repo, number=pull["number"], labels=pull["labels"])
    return of(world, repo, pull)


@route("POST", "R/issues/{number}/labels", needs="issues=write or pull_requests=write")
def put_on(world, request, number):
    return write(world, request, number, keep=True)


@route("PUT", "R/issues/{number}/labels", needs="issues=write or pull_requests=write")
def replace(world, request, number):
    return write(world, request, number, keep=False)


@route("DELETE", "R/issues/{number}/labels/{name}", needs="issues=write or pull_requests=write")
def take_off(world, request, number, name):
    pull = pulls.find(request.repo, number)
    if name not in pull["labels"]:
        raise ApiError(404, "Label does not exist")
    pull["labels"].remove(name)
    pulls.touch(pull)
    return of(world, request.repo, pull)

# SPDX-FileCopyrightText: 2026 The Slipway authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Commit statuses: of a commit together, their history, a new one (github.md, 7: statuses)."""
import people
import repository
import verdicts
from commits import must_resolve
from store import SHA
from wire import ApiError, Listing, Response, invalid, route
from world import now

STATES = ("error", "failure", "pending", "success")
MOST = 1000  # per sha and context
SCOPES = ("repo", "repo:status")


def add(world, repo, sha, login, state, context="default", description=None, target_url=None):
    id = world.new_id()
    status = {"id": id, "node": world.node("SC", id, "status", repo, sha, id), "state": state, "context": context, "description": description,
              "target_url": target_url, "user": login, "created_at": now()}
    repo.statuses.setdefault(sha, []).append(status)
    return status


def short(world, repo, sha, status):
    avatar = (people.simple(world, status["user"]) or {}).get("avatar_url")
    return {"url": f"{repository.url(world, repo)}/statuses/{sha}", "avatar_url": avatar, "id": status["id"], "node_id": status["node"],
            "state": status["state"], "description": status["description"], "target_url": status["target_url"], "context": status["context"],
            "created_at": status["created_at"], "updated_at": status["created_at"]}


def shown(world, repo, sha, status):
    return {**short(world, repo, sha, status), "creator": people.simple(world, status["user"])}


@route("GET", "R/commits/{ref...}/status", needs="statuses=read", scopes=SCOPES)
def together(world, request, ref):
    """With no status at all the state is pending (github.md, 7)."""
    repo, sha = request.repo, must_resolve(request.repo, ref)
    statuses, own = verdicts.latest_statuses(repo, sha), repository.url(world, repo)
    more = {"state": verdicts.combined(statuses), "sha": sha, "repository": repository.minimal(world, repo), "commit_url": f"{own}/commits/{sha}",
            "url": f"{own}/commits/{sha}/status"}
    return Listing(statuses, lambda status: short(world, repo, sha, status), key="statuses", more=more)


@route("GET", "R/commits/{ref...}/statuses", needs="statuses=read", scopes=SCOPES)
def history(world, request, ref):
    repo, sha = request.repo, must_resolve(request.repo, ref)
    return Listing(list(reversed(repo.statuses.get(sha, []))), lambda status: shown(world, repo, sha, status))


@route("POST", "R/statuses/{sha}", needs="statuses=write", scopes=SCOPES)
def create(world, request, sha):
    repo, body = request.repo, request.json()
    state, context = body.get("state"), body.get("context") or "default"
    if state not in STATES:
        raise invalid("Status", "state", "custom", "state is not included in the list")
    if not SHA.match(sha) or repo.store.kind(sha) != "commit":
        raise ApiError(422, f"No commit found for SHA: {sha}")
    if len(body.get("description") or "") > 140:
        raise invalid("Status", "description", message="description is too long (maximum is 140 characters)")
    if len(context) > 255:
        raise invalid("Status", "context", message="context is too long (maximum is 255 characters)")
    target = body.get("target_url") or None
    if target and not target.startswith(("http://", "https://")):
        raise invalid("Status", "target_url", message="target_url must use http(s) scheme")
    if sum(1 for status in repo.statuses.get(sha, ()) if status["context"].lower() == context.lower()) >= MOST:
        raise invalid("Status", "context", message="This SHA and context has reached the maximum number of statuses.")
    status = add(world, repo, sha, request.login, state, context, body.get("description"), target)
    world.did("status", repo, sha=sha, context=context, state=state)
    answer = shown(world, repo, sha, status)
    return Response(answer, 201, {"Location": answer["url"]})

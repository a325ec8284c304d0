# SPDX-FileCopyrightText: 2026 The Slipway authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Deployments and their statuses (github.md, 7: deployments). What a deployment's state is, its statuses say."""
import environments
import people
import refs
import repository
import verdicts
from wire import ApiError, Listing, Response, invalid, not_found, route
from world import now

STATES = ("error", "failure", "inactive", "in_progress", "queued", "pending", "success")
SCOPES = ("repo", "repo_deployment")


def add(world, repo, login, ref, sha, environment="production", **more):
    id, at = world.new_id(), more.get("created_at") or now()
    record = {"id": id, "node": world.node("DE", id, "deployment", repo, id), "sha": sha, "ref": ref, "task": more.get("task") or "deploy",
              "payload": more.get("payload", {}), "original_environment": environment, "environment": environment, "user": login,
              "description": more.get("description"), "created_at": at, "updated_at": at, "statuses": [],
              "transient_environment": bool(more.get("transient_environment")),
              "production_environment": bool(more.get("production_environment", environment == "production"))}
    repo.deployments.insert(0, record)
    environments.ensure(world, repo, environment)
    return record


def find(repo, id):
    found = next((record for record in repo.deployments if str(record["id"]) == id), None)
    if not found:
        raise not_found()
    return found


def shown(world, repo, record):
    own = repository.url(world, repo)
    place = f"{own}/deployments/{record['id']}"
    return {
        "url": place, "id": record["id"], "node_id": record["node"], "sha": record["sha"], "ref": record["ref"], "task": record["task"],
        "payload": record["payload"], "original_environment": record["original_environment"], "environment": record["environment"],
        "description": record["description"], "creator": people.simple(world, record["user"]), "created_at": record["created_at"],
        "updated_at": record["updated_at"], "statuses_url": place + "/statuses", "repository_url": own, "performed_via_github_app": None,
        "transient_environment": record["transient_environment"], "production_environment": record["production_environment"],
    }


def state(record):
    """GraphQL's DeploymentState."""
    last = record["statuses"][0]["state"] if record["statuses"] else None
    if last == "inactive" and record["transient_environment"]:
        return "DESTROYED"
    return {None: "PENDING", "success": "ACTIVE"}.get(last, (last or "").upper())


@route("GET", "R/deployments", needs="deployments=read", scopes=SCOPES)
def many(world, request):
    repo, found = request.repo, request.repo.deployments
    for name in ("sha", "ref", "task", "environment"):
        if request.query.get(name):
            found = [record for record in found if record[name] == request.query[name]]
    return Listing(found, lambda record: shown(world, repo, record))


@route("GET", "R/deployments/{id}", needs="deployments=read", scopes=SCOPES)
def one(world, request, id):
    return shown(world, request.repo, find(request.repo, id))


@route("POST", "R/deployments", needs="deployments=write", scopes=SCOPES)
def create(world, request):
    """auto_merge is true and required_contexts is everything unless the body says otherwise: 202 or 409, no deployment."""
    repo, body = request.repo, request.json()
    ref = body.get("ref")
    if not isinstance(ref, str) or not ref:
        raise invalid("Deployment", "ref", "missing_field")
    sha = repo.store.resolve(ref)
    if not sha:
        raise ApiError(422, f"No ref found for: {ref}")
    if "auto_merge" in body and not isinstance(body["auto_merge"], bool):
        raise ApiError(422, f"Invalid request.\n\nFor 'properties/auto_merge', {body['auto_merge']!r} is not a boolean.")
    if len(body.get("description") or "") > 140:
        raise invalid("Deployment", "description", message="description is too long (maximum is 140 characters)")
    merged = auto_merge(world, repo, request.login, ref, sha) if body.get("auto_merge", True) else None
    if merged:
        return merged
    contexts(repo, sha, body.get("required_contexts"))
    words = {name: body[name] for name in ("task", "payload", "description", "transient_environment",
                                           "production_environment") if body.get(name) is not None}
    record = add(world, repo, request.login, ref, sha, body.get("environment") or "production", **words)
    world.did("deployment", repo, id=record["id"], sha=sha, environment=record["environment"])
    answer = shown(world, repo, record)
    return Response(answer, 201, {"Location": answer["url"]})


def auto_merge(world, repo, login, ref, sha):
    """When the ref is a branch that lacks commits of the default one, these are merged into it instead."""
    store, tip = repo.store, repo.tip(repo.default_branch)
    if repo.tip(ref) != sha or ref == repo.default_branch or store.contains(sha, tip):
        return None
    tree, conflicts = store.merged_tree(sha, tip)
    if conflicts:
        raise ApiError(409, f"Conflict merging {repo.default_branch} into {ref}.")
    new = store.commit_tree(tree, [sha, tip], f"Merge {repo.default_branch} into {ref}\n", refs.signature(world, login))
    store.update_ref(f"refs/heads/{ref}", new, sha)
    world.did("merge", repo, base=ref, head=repo.default_branch, sha=new)
    return Response({"message": f"Auto-merged {repo.default_branch} into {ref} on deployment."}, 202)


def contexts(repo, sha, required):
    known = {status["context"]: status["state"] for status in verdicts.latest_statuses(repo, sha)}
    names = list(known) if required is None else required
    bad = [name for name in names if known.get(name) != "success" and verdicts.passed(repo, sha, name) is not True]
    if bad:
        found = [{"context": name, "state": state} for name, state in known.items()]
        entry = {"contexts": found, "resource": "Deployment", "field": "required_contexts", "code": "invalid"}
        raise ApiError(409, f"Conflict: Commit status checks failed for {sha[:7]}.", [entry])


@route("DELETE", "R/deployments/{id}", needs="deployments=write", scopes=SCOPES)
def delete(world, request, id):
    """422 while it is active, unless it is the only one."""
    repo, record = request.repo, find(request.repo, id)
    if state(record) in ("ACTIVE", "IN_PROGRESS", "PENDING", "QUEUED") and len(repo.deployments) > 1:
        raise ApiError(422, "We cannot delete an active deployment unless it is the only deployment in a given environment.")
    repo.deployments.remove(record)
    world.did("deployment.delete", repo, id=record["id"])
    return Response(status=204)


def shown_status(world, repo, record, status):
    own = repository.url(world, repo)
    place = f"{own}/deployments/{record['id']}"
    return {
        "url": f"{place}/statuses/{status['id']}", "id": status["id"], "node_id": status["node"], "state": status["state"],
        "creator": people.simple(world, status["user"]), "description": status["description"], "environment": status["environment"],
        "target_url": status["log_url"], "created_at": status["created_at"], "updated_at": status["created_at"], "deployment_url": place,
        "repository_url": own, "environment_url": status["environment_url"], "log_url": status["log_url"], "performed_via_github_app": None,
    }


def add_status(world, repo, record, login, state, **more):
    id = world.new_id()
    status = {"id": id, "node": world.node("DES", id, "deployment status", repo, record["id"], id), "state": state, "user": login,
              "description": more.get("description") or "", "environment": more.get("environment") or record["environment"],
              "log_url": more.get("log_url") or more.get("target_url") or "", "environment_url": more.get("environment_url") or "",
              "created_at": more.get("created_at") or now()}
    record["statuses"].insert(0, status)
    record["updated_at"] = status["created_at"]
    record["environment"] = status["environment"]
    environments.ensure(world, repo, record["environment"])
    return status


@route("GET", "R/deployments/{id}/statuses", needs="deployments=read", scopes=SCOPES)
def statuses(world, request, id):
    repo, record = request.repo, find(request.repo, id)
    return Listing(record["statuses"], lambda status: shown_status(world, repo, record, status))


@route("GET", "R/deployments/{id}/statuses/{status_id}", needs="deployments=read", scopes=SCOPES)
def one_status(world, request, id, status_id):
    record = find(request.repo, id)
    found = next((status for status in record["statuses"] if str(status["id"]) == status_id), None)
    if not found:
        raise not_found()
    return shown_status(world, request.repo, record, found)


@route("POST", "R/deployments/{id}/statuses", needs="deployments=write", scopes=SCOPES)
def create_status(world, request, id):
    """auto_inactive: earlier successes of the same environment end, but not transient ones nor production (github.md, 7)."""
    repo, body, record = request.repo, request.json(), find(request.repo, id)
    if body.get("state") not in STATES:
        raise invalid("DeploymentStatus", "state", "custom", "state is not included in the list")
    if len(body.get("description") or "") > 140:
        raise invalid("DeploymentStatus", "description", message="description is too long (maximum is 140 characters)")
    words = {name: body[name] for name in ("description", "environment", "log_url", "target_url", "environment_url") if body.get(name)}
    status = add_status(world, repo, record, request.login, body["state"], **words)
    if body["state"] == "success" and body.get("auto_inactive", True):
        for other in repo.deployments:
            if other is not record and other["environment"] == record["environment"] and other["id"] < record["id"] and state(other) == "ACTIVE" \
                    and not other["transient_environment"] and not other["production_environment"]:
                add_status(world, repo, other, request.login, "inactive")
    world.did("deployment.status", repo, id=record["id"], state=body["state"], environment=record["environment"])
    answer = shown_status(world, repo, record, status)
    return Response(answer, 201, {"Location": answer["url"]})

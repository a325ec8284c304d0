# SPDX-FileCopyrightText: 2026 The Slipway authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""How tests steer the stand-in and look into it: /_stand-in/...

GET, DELETE requests | effects | failures (its own faults; must stay empty); GET counts: {"METHOD pattern": n}, DELETE sets them to 0;
GET, POST, DELETE faults (a rule or a list, see faults.py); POST seed (seed.py); POST state (actions.py); GET, POST settings
(world.py); POST tokens {token: {"login", "kind", "scopes", "permissions", "repositories", "sso", "expires"} or null}
(permits.py); GET unserved: GraphQL fields that nothing answers; POST device {"user_code", "state": "approved" | "denied" |
"expired", "login"}; GET world: a summary."""
import json

import actions
import oauth
import permits
import pushes
import seed
from wire import ApiError, Response

ROOT = "/_stand-in/"


def answer(gate, request):
    name = request.path[len(ROOT):]
    try:
        with gate.world.lock:
            body = json.loads(request.body) if request.body else None
            return Response(perform(gate, request.method, name, body))
    except ApiError as error:
        return Response(error.body, error.status)
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        return Response({"message": f"{type(error).__name__}: {error}", "status": "400"}, 400)


def perform(gate, method, name, body):
    world = gate.world
    if name == "unserved" and method == "GET":
        return sorted(world.unserved)
    lists = {"requests": gate.requests, "effects": world.effects, "failures": gate.failures, "counts": gate.counts}
    if name in lists and method in ("GET", "DELETE"):
        found = lists[name].copy()
        if method == "DELETE":
            lists[name].clear()
        return found
    if name == "faults":
        return faults(gate, method, body)
    if name == "world" and method == "GET":
        return summary(world)
    if name == "settings":
        return settings(world, body or {})
    calls = {"seed": seed.repository, "state": actions.act, "tokens": tokens, "device": device}
    if method == "POST" and name in calls:
        return calls[name](world, body or {})
    raise ApiError(404, f"No {method} {name} here.")


def faults(gate, method, body):
    if method == "DELETE":
        gate.faults.rules.clear()
    elif method == "POST":
        gate.faults.add(body if isinstance(body, list) else body.get("faults") or [body])
    return gate.faults.rules


def settings(world, body):
    """Besides those of world.py: client_ids (which may use the device flow), device_flow_disabled."""
    unknown = set(body) - set(world.settings) - {"client_ids", "device_flow_disabled"}
    if unknown:
        raise ApiError(422, "Unknown settings: " + ", ".join(sorted(unknown)))
    world.settings.update(body)
    return world.settings


def tokens(world, body):
    for token, words in body.items():
        if words is None:
            world.tokens.pop(token, None)
        else:
            world.tokens[token] = permits.made(**words)
    return {"tokens": len(world.tokens)}


def device(world, body):
    flows = [flow for flow in world.devices.values() if flow["state"] == "pending"]
    code = body.get("user_code") or (flows[-1]["user_code"] if flows else "")
    if not oauth.decide(world, code, body.get("state", "approved"), body.get("login", "ada")):
        raise ApiError(404, "No such code.")
    return {"user_code": code}


def summary(world):
    def one(repo):
        pushes.sync(world, repo)
        return {"id": repo.id, "full_name": repo.full_name, "git_dir": repo.store.path, "default_branch": repo.default_branch, "branches": repo.tips,
                "pulls": {number: {name: pull[name] for name in ("title", "state", "user", "head", "base", "merge_commit_sha", "labels", "draft")}
                          for number, pull in repo.pulls.items()},
                "deployments": [{"id": record["id"], "environment": record["environment"], "sha": record["sha"],
                                 "states": [status["state"] for status in record["statuses"]]} for record in repo.deployments]}

    return {"repositories": [one(repo) for repo in world.repos], "tokens": len(world.tokens), "devices": list(world.devices.values())}

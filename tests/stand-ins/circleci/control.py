# SPDX-FileCopyrightText: 2026 The Slipway authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""How tests steer the stand-in and look into it: /_stand-in/...

GET, DELETE requests | effects | violations | statuses (what GitHub was told) | counts (requests by route)
GET, POST, DELETE faults (a rule or a list, see faults.py); POST state (actions.py); GET, POST settings (world.py)
POST tokens {token: "read", "write", "admin" or null}; GET world: everything, for a look."""
import json

import actions
from wire import ApiError, Response, invalid

ROOT = "/_stand-in/"


def answer(gate, request):
    name = request.path[len(ROOT):]
    try:
        with gate.world.lock:
            body = json.loads(request.body) if request.body else None
            answered = perform(gate, request.method, name, body)
            response = Response(raw=json.dumps(answered).encode())
        if gate.reporter and request.method != "GET":
            gate.reporter.flush()
        return response
    except ApiError as error:
        return Response(error.body, error.status)
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        return Response({"message": f"{type(error).__name__}: {error}"}, 400)


def perform(gate, method, name, body):
    lists = {"requests": gate.requests, "effects": gate.world.effects, "violations": gate.violations, "counts": gate.counts,
             "statuses": gate.reporter.told if gate.reporter else []}
    if name in lists and method in ("GET", "DELETE"):
        found = lists[name].copy()
        if method == "DELETE":
            lists[name].clear()
        return found
    if name == "faults":
        return faults(gate, method, body)
    if name == "world" and method == "GET":
        world = gate.world
        return {"projects": world.projects, "pipelines": world.pipelines, "workflows": world.workflows, "jobs": world.jobs,
                "users": world.users, "organizations": world.organizations, "flaky": world.flaky}
    if name == "settings":
        return settings(gate, body or {})
    if method == "POST" and name == "state":
        return actions.act(gate.world, body)
    if method == "POST" and name == "tokens":
        return tokens(gate, body)
    raise ApiError(404, f"No {method} {name} here.")


def faults(gate, method, body):
    if method == "DELETE":
        gate.faults.rules.clear()
    elif method == "POST":
        gate.faults.add(body if isinstance(body, list) else body.get("faults") or [body])
    return gate.faults.rules


def settings(gate, body):
    """A new rate_limit begins a window of its own."""
    world = gate.world
    if unknown := set(body) - set(world.settings):
        raise invalid("Unknown settings: " + ", ".join(sorted(unknown)))
    world.settings.update(body)
    if "rate_limit" in body:
        gate.window = world.now()
        world.settings.setdefault("rate_remaining", 0)
        if "rate_remaining" not in body:
            world.settings["rate_remaining"] = body["rate_limit"] or 0
    return world.settings


def tokens(gate, body):
    for token, rights in body.items():
        if rights is None:
            gate.tokens.pop(token, None)
        elif rights in ("read", "write", "admin"):
            gate.tokens[token] = rights
        else:
            raise invalid(f"No rights {rights}")
    return {"tokens": len(gate.tokens)}

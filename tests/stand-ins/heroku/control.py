# SPDX-FileCopyrightText: 2026 The Slipway authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""How tests steer the stand-in and look into it: /_stand-in/...

GET, DELETE requests | effects | violations; GET, POST, DELETE faults (a rule or a list, see faults.py); POST seed (seed.py);
POST state (actions.py); GET, POST settings (world.py); POST tokens {token: [scopes] or null}; GET world: everything, for a look."""
import json

import actions
import seed
from wire import ApiError, Response, invalid

ROOT = "/_stand-in/"


def answer(gate, request):
    name = request.path[len(ROOT):]
    try:
        with gate.world.lock:
            body = json.loads(request.body) if request.body else None
            answered = perform(gate, request.method, name, body)
            gate.world.save()
            return Response(answered)
    except ApiError as error:
        return Response(error.body, error.status)
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        return Response({"id": "bad_request", "message": f"{type(error).__name__}: {error}"}, 400)


def perform(gate, method, name, body):
    lists = {"requests": gate.requests, "effects": gate.world.effects, "violations": gate.violations}
    if name in lists and method in ("GET", "DELETE"):
        found = list(lists[name])
        if method == "DELETE":
            lists[name].clear()
        return found
    if name == "faults":
        return faults(gate, method, body)
    if name == "world" and method == "GET":
        return gate.world.data
    if name == "settings":
        return settings(gate.world, body or {})
    if method == "POST" and name == "seed":
        return seed.seed(gate.world, body or {})
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


def settings(world, body):
    """Besides those of world.py: repositories_api 0 hides that account feature. rate_remaining without
    rate_refill stops the refill, so that a test runs dry exactly when it means to."""
    unknown = set(body) - set(world.settings) - {"repositories_api"}
    if unknown:
        raise invalid("Unknown settings: " + ", ".join(sorted(unknown)))
    if "rate_remaining" in body:
        world.settings["rate_refill"] = 0
    world.settings.update(body)
    world.dirty = True
    return world.settings


def tokens(gate, body):
    for token, scopes in body.items():
        if scopes is None:
            gate.tokens.pop(token, None)
        else:
            gate.tokens[token] = scopes.split("+") if isinstance(scopes, str) else list(scopes)
    return {"tokens": len(gate.tokens)}

# SPDX-FileCopyrightText: 2026 The Slipway authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""The OAuth device flow (github.md, 2). A test approves or denies a code by the control "device", or on the page for people.

A poll that comes before the interval is over gets slow_down, and the interval is five seconds longer from then on."""
import json
import secrets
import time
from urllib.parse import parse_qsl, urlencode

import permits
from wire import Response, route

GRANT = "urn:ietf:params:oauth:grant-type:device_code"
PLACE = "https://docs.github.com/developers/apps/authorizing-oauth-apps"
WORDS = {
    "authorization_pending": "The authorization request is still pending.", "slow_down": "Too many requests have been made in the same timeframe.",
    "expired_token": "This 'device_code' has expired.", "access_denied": "The authorization request was denied.",
    "incorrect_device_code": "The device_code provided is not valid.", "unsupported_grant_type": "The grant type is not supported.",
    "incorrect_client_credentials": "The client_id and/or client_secret passed are incorrect.",
    "device_flow_disabled": "Device Flow must be explicitly enabled for this App",
}


def form(request):
    """The body, form-encoded or JSON; the query counts too."""
    if "json" in request.headers.get("content-type", ""):
        return {**request.query, **json.loads(request.body or b"{}")}
    return {**request.query, **dict(parse_qsl(request.body.decode(errors="replace")))}


def answer(request, body):
    """JSON only when Accept asks for it."""
    if "json" in request.headers.get("accept", ""):
        return Response(body)
    return Response(raw=urlencode(body).encode(), kind="application/x-www-form-urlencoded; charset=utf-8")


def error(request, name, **more):
    return answer(request, {"error": name, "error_description": WORDS[name], "error_uri": f"{PLACE}#error-codes-for-the-device-flow", **more})


def allowed(world, client):
    known = world.settings.get("client_ids")
    return client and (not known or client in known.split(","))


@route("POST", "/login/device/code", needs="open")
def begin(world, request):
    words = form(request)
    if world.settings.get("device_flow_disabled"):
        return error(request, "device_flow_disabled")
    if not allowed(world, words.get("client_id")):
        return Response({"error": "Not Found"}, 404)
    letters = "BCDFGHJKLMNPQRSTVWXZ"
    code = "".join(secrets.choice(letters) for _ in range(8))
    code = f"{code[:4]}-{code[4:]}"
    device = secrets.token_hex(20)
    world.devices[device] = {"user_code": code, "client": words["client_id"], "scope": words.get("scope", ""), "state": "pending", "asked": None,
                             "interval": world.settings["device_interval"], "until": time.monotonic() + world.settings["device_expires"],
                             "login": None}
    return answer(request, {"device_code": device, "user_code": code, "verification_uri": f"{world.base}/login/device",
                            "expires_in": int(world.settings["device_expires"]), "interval": int(world.settings["device_interval"])})


@route("POST", "/login/oauth/access_token", needs="open")
def exchange(world, request):
    """200 with an error inside while there is no token."""
    words = form(request)
    if words.get("grant_type") != GRANT:
        return error(request, "unsupported_grant_type")
    if not allowed(world, words.get("client_id")):
        return error(request, "incorrect_client_credentials")
    flow = world.devices.get(words.get("device_code", ""))
    if not flow or flow["client"] != words["client_id"] or flow["state"] == "used":
        return error(request, "incorrect_device_code")
    at, before, flow["asked"] = time.monotonic(), flow["asked"], time.monotonic()
    if flow["state"] == "expired" or at >= flow["until"]:
        return error(request, "expired_token")
    if flow["state"] == "denied":
        return error(request, "access_denied")
    if before is not None and at - before < flow["interval"] - 0.5:
        flow["interval"] += 5
        return error(request, "slow_down", interval=int(flow["interval"]))
    if flow["state"] == "pending":
        return error(request, "authorization_pending")
    flow["state"] = "used"
    token = "gho" + "_" + secrets.token_urlsafe(27).replace("-", "A").replace("_", "B")
    scopes = [scope for scope in flow["scope"].replace(",", " ").split() if scope]
    world.tokens[token] = permits.made(flow["login"], "oauth", scopes)
    world.did("device.token", login=flow["login"])
    return answer(request, {"access_token": token, "token_type": "bearer", "scope": ",".join(scopes)})


def decide(world, code, state, login="ada"):
    """approved, denied or expired."""
    flow = next((flow for flow in world.devices.values() if flow["user_code"] == code and flow["state"] == "pending"), None)
    if flow:
        flow.update(state=state, login=login)
    return bool(flow)


@route("GET", "/login/device", needs="open")
def page(world, request):
    """What a person sees: a form for the code."""
    text = "<!DOCTYPE html><title>Device activation</title><form method=post><input name=user_code>" \
           "<button name=do value=approved>Authorize</button><button name=do value=denied>Cancel</button></form>"
    return Response(raw=text.encode(), kind="text/html; charset=utf-8")


@route("POST", "/login/device", needs="open")
def typed(world, request):
    words = form(request)
    done = decide(world, words.get("user_code", "").upper(), "denied" if words.get("do") == "denied" else "approved")
    return Response(raw=b"Congratulations, you're all set!" if done else b"We couldn't find anything with that code.",
                    kind="text/html; charset=utf-8",
                    status=200 if done else 422)

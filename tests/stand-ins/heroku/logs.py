# SPDX-FileCopyrightText: 2026 The Slipway authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Log sessions and their streams, as chunked text or as events by Accept (heroku.md, 13)."""
import streams
from wire import ApiError, Response, invalid, route
from world import new_id, now


@route("POST", "/apps/{app}/log-sessions")
def made(world, request, app):
    app, body = world.app(app), request.json()
    lines = body.get("lines", 100)
    if lines is not None and (isinstance(lines, bool) or not isinstance(lines, int) or lines < 0):
        raise invalid("Lines must be a number.")
    at = now()
    session = {"id": new_id(), "app": app["id"], "lines": 100 if lines is None else min(lines, 1500), "tail": bool(body.get("tail")),
               "source": body.get("source"), "dyno": body.get("dyno") or body.get("dyno_name"), "type": body.get("type"),
               "expired": False, "created_at": at}
    world.sessions[session["id"]] = session
    address = f"{world.base}/streams/logs/{session['id']}?srv={int(at[11:13])}"
    return Response({"created_at": at, "id": session["id"], "logplex_url": address, "updated_at": at}, 201)


def wanted(session, entry):
    """dyno may be a name or a type (heroku.md, 13)."""
    _, source, process, _ = entry
    kind = process.partition(".")[0]
    return (session["source"] in (None, "", source) and session["dyno"] in (None, "", process, kind)
            and session["type"] in (None, "", kind))


@route("GET", "/streams/logs/{session}", service="open")
def stream(world, request, session):
    found = world.sessions.get(session)
    if not found or found["expired"] or found["app"] not in world.apps:
        raise ApiError(404, "Log session is gone.")
    if request.wants_events:
        seen = request.headers.get("last-event-id") or ""
        return Response(kind="text/event-stream", chunks=events(world, found, int(seen) if seen.isdigit() else None))
    return Response(kind="text/plain", chunks=text(world, found))


def batches(world, session, seen):
    """Lists of entries: what there is, then what comes; ends with the backlog unless the session tails."""
    with world.lock:
        fitting = [entry for entry in world.apps[session["app"]]["logs"] if wanted(session, entry)]
        last = world.apps[session["app"]].get("log_count", 0)
    if seen is None:
        yield fitting[-session["lines"]:] if session["lines"] else []
    else:
        yield [entry for entry in fitting if entry[0] > seen]
    while session["tail"]:
        with world.changed:
            app = world.apps.get(session["app"])
            if session["expired"] or app is None:
                return
            fresh = [entry for entry in app["logs"] if entry[0] > last]
            if not fresh:
                world.changed.wait(streams.PATIENCE)
            last = max([last, *(entry[0] for entry in fresh)])
        yield [entry for entry in fresh if wanted(session, entry)]


def events(world, session, seen):
    for entries in batches(world, session, seen):
        yield b"".join(streams.event(entry[0], entry[3]) for entry in entries)


def text(world, session):
    for entries in batches(world, session, None):
        yield b"".join(entry[3].encode() + b"\n" for entry in entries)

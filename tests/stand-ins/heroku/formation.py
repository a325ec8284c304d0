# SPDX-FileCopyrightText: 2026 The Slipway authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Process types, their sizes and quantities, and the dynos that run them (heroku.md, 9)."""
import re

import catalog
from wire import ApiError, Listing, Response, invalid, missing, route
from world import new_id, now

KEYS = ("id", "type")


def renew(world, app, processes, release):
    """A release took effect: types come from its slug, every dyno starts anew on it."""
    at, old = now(), app["formation"]
    app["formation"] = {}
    for name, command in processes.items():
        entry = old.get(name) or {"id": new_id(), "type": name, "quantity": 1 if name == "web" else 0, "size": "Basic", "created_at": at}
        app["formation"][name] = {**entry, "command": command, "updated_at": at}
    app["dynos"] = [dyno for dyno in app["dynos"] if dyno["type"] == "run"]
    reconcile(world, app, release)


def reconcile(world, app, release=None):
    """As many dynos as the formation says; those that are there go on."""
    import releases
    release = release or releases.current(app)
    for name, entry in app["formation"].items():
        numbers = range(1, entry["quantity"] + 1)
        wanted = {f"{name}.{number}" for number in numbers}
        app["dynos"] = [dyno for dyno in app["dynos"] if dyno["type"] != name or dyno["name"] in wanted]
        there = {dyno["name"] for dyno in app["dynos"]}
        for number in numbers:
            if f"{name}.{number}" not in there:
                start(world, app, f"{name}.{number}", name, entry, release)
        for dyno in app["dynos"]:
            if dyno["type"] == name and dyno["size"] != entry["size"]:
                restart(world, app, dyno, entry["size"])
    app["dynos"] = [dyno for dyno in app["dynos"] if dyno["type"] == "run" or dyno["type"] in app["formation"]]


def start(world, app, name, kind, entry, release):
    at = now()
    dyno = {"id": new_id(), "name": name, "type": kind, "command": entry["command"], "size": entry["size"], "created_at": at,
            "updated_at": at, "release": {"id": release["id"], "version": release["version"]}}
    app["dynos"].append(dyno)
    boot(world, app, dyno)
    return dyno


def boot(world, app, dyno):
    dyno.update(state="starting", polls=world.polls("dyno"), updated_at=now(), crashes=bool(app["flags"].get("crash_on_boot")))
    if dyno["polls"] == 0:
        settle(world, app, dyno)


def restart(world, app, dyno, size=None):
    dyno["size"] = size or dyno["size"]
    dyno["id"] = new_id()
    boot(world, app, dyno)


def settle(world, app, dyno, crashes=None):
    crashes = dyno["crashes"] if crashes is None else crashes
    dyno.update(state="crashed" if crashes else "up", polls=0, updated_at=now())
    world.log(app, "heroku", dyno["name"], f"State changed from starting to {dyno['state']}")


def look(world, app):
    """One look at the dynos: those that start come nearer to being up; one-off dynos end."""
    for dyno in list(app["dynos"]):
        if dyno["state"] == "starting" and world.poll(dyno):
            settle(world, app, dyno)
        elif dyno["type"] == "run" and dyno["state"] == "up":
            app["dynos"].remove(dyno)
            world.log(app, "heroku", dyno["name"], "Process exited with status 0")
            world.log(app, "heroku", dyno["name"], "State changed from up to complete")


def show(app, entry):
    return {"app": {"id": app["id"], "name": app["name"]}, "command": entry["command"], "created_at": entry["created_at"],
            "dyno_size": catalog.size_ref(entry["size"]), "id": entry["id"], "quantity": entry["quantity"], "size": entry["size"],
            "type": entry["type"], "updated_at": entry["updated_at"]}


def find(app, identity):
    for entry in app["formation"].values():
        if identity in (entry["id"], entry["type"]):
            return entry
    raise missing(f"process type ({identity})", "formation")


def quantity(text, now_running):
    """3, "3", "+1" or "-1" (heroku.md, 1: where CLI and public schema disagree)."""
    if isinstance(text, bool) or not re.match(r"^[+-]?\d+$", str(text)):
        raise invalid("Quantity must be a number.")
    number = int(text)
    wanted = now_running + number if isinstance(text, str) and text[0] in "+-" else number
    if not 0 <= wanted <= 100:
        raise invalid(f"Cannot scale to {wanted} dynos.")
    return wanted


def change(app, entry, update):
    """What an update asks for, checked; nothing is changed yet."""
    size = update.get("dyno_size") or update.get("size")
    if isinstance(size, dict):
        size = size.get("name") or size.get("id")
    named = catalog.named(catalog.SIZES, size, "size") if size else entry["size"]
    if not named:
        raise invalid(f"No such type as {size}.")
    return {"quantity": quantity(update.get("quantity", entry["quantity"]), entry["quantity"]), "size": named}


def apply(world, app, changes):
    for entry, values in changes:
        entry.update(values, updated_at=now())
        world.did("formation.update", app, type=entry["type"], **values)
    words = ", ".join(f"{entry['type']}@{values['quantity']}:{values['size']}" for entry, values in changes)
    world.log(app, "app", "api", f"Scaled to {words} by user {world.account['email']}")
    reconcile(world, app)


@route("GET", "/apps/{app}/formation")
def listed(world, request, app):
    app = world.app(app)
    return Listing(app["formation"].values(), lambda entry: show(app, entry), KEYS)


@route("GET", "/apps/{app}/formation/{type}")
def info(world, request, app, type):
    app = world.app(app)
    return show(app, find(app, type))


@route("PATCH", "/apps/{app}/formation")
def changed(world, request, app):
    """All or nothing: an unknown type changes none."""
    app, updates = world.app(app), request.json().get("updates")
    if not isinstance(updates, list) or not all(isinstance(update, dict) and update.get("type") for update in updates):
        raise invalid("Updates is required")
    changes = []
    for update in updates:
        entry = find(app, update["type"])
        changes.append((entry, change(app, entry, update)))
    apply(world, app, changes)
    return [show(app, entry) for entry in app["formation"].values()]


@route("PATCH", "/apps/{app}/formation/{type}")
def changed_one(world, request, app, type):
    app = world.app(app)
    entry = find(app, type)
    apply(world, app, [(entry, change(app, entry, request.json()))])
    return show(app, entry)


def show_dyno(app, dyno):
    return {"attach_url": None, "command": dyno["command"], "created_at": dyno["created_at"], "id": dyno["id"], "name": dyno["name"],
            "release": dyno["release"], "app": {"id": app["id"], "name": app["name"]}, "size": dyno["size"], "state": dyno["state"],
            "type": dyno["type"], "updated_at": dyno["updated_at"]}


def find_dyno(app, identity):
    for dyno in app["dynos"]:
        if identity in (dyno["id"], dyno["name"]):
            return dyno
    raise missing("dyno", "dyno")


@route("GET", "/apps/{app}/dynos")
def dynos(world, request, app):
    app = world.app(app)
    look(world, app)
    return Listing(app["dynos"], lambda dyno: show_dyno(app, dyno))


@route("GET", "/apps/{app}/dynos/{dyno}")
def dyno_info(world, request, app, dyno):
    app = world.app(app)
    found = find_dyno(app, dyno)
    shown = show_dyno(app, found)
    look(world, app)
    return show_dyno(app, found) if found in app["dynos"] else shown


@route("POST", "/apps/{app}/dynos")
def run(world, request, app):
    """A one-off dyno; its output is in the log (heroku.md, 9)."""
    import releases
    app, body = world.app(app), request.json()
    if not isinstance(body.get("command"), str) or not body["command"]:
        raise invalid("Command is required")
    if not any(entry["slug"] and entry["status"] == "succeeded" for entry in app["releases"]):
        if any(entry["status"] == "pending" for entry in app["releases"]):
            raise ApiError(409)  # the release is not there yet (heroku.md, 1)
        raise invalid("Cannot run a process without a deployed app.")
    size = catalog.named(catalog.SIZES, body.get("size") or "Basic", "size")
    if not size:
        raise invalid(f"No such size as {body['size']}.")
    app["runs"] = app.get("runs", 1000) + 1
    kind = body.get("type") or "run"
    entry = {"command": body["command"], "size": size}
    dyno = start(world, app, f"{kind}.{app['runs']}", "run", entry, releases.current(app))
    world.did("dyno.run", app, name=dyno["name"], command=body["command"])
    world.log(app, "app", "api", f"Starting process with command `{body['command']}` by user {world.account['email']}")
    world.log(app, "app", dyno["name"], f"output of {body['command']}")
    return Response(show_dyno(app, dyno), 201)


def some(app, dyno=None, type=None):
    if dyno:
        return [find_dyno(app, dyno)]
    if type:
        find(app, type)
    return [entry for entry in app["dynos"] if type is None or entry["type"] == type]


@route("DELETE", "/apps/{app}/dynos")
@route("DELETE", "/apps/{app}/dynos/{dyno}")
@route("DELETE", "/apps/{app}/formations/{type}")
def restarted(world, request, app, dyno=None, type=None):
    app = world.app(app)
    for entry in some(app, dyno, type):
        restart(world, app, entry)
        world.did("dyno.restart", app, name=entry["name"])
    return Response({}, 202)


@route("POST", "/apps/{app}/dynos/{dyno}/actions/stop")
@route("POST", "/apps/{app}/formations/{type}/actions/stop")
def stopped(world, request, app, dyno=None, type=None):
    app = world.app(app)
    for entry in some(app, dyno, type):
        world.did("dyno.stop", app, name=entry["name"])
        if entry["type"] == "run":
            app["dynos"].remove(entry)
        else:
            entry.update(state="down", polls=0, updated_at=now())
    return Response({}, 202)

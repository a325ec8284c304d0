# SPDX-FileCopyrightText: 2026 The Slipway authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Add-ons, what they add to an app's config, and sharing them by attachments (heroku.md, 11)."""
import re

import actions
import catalog
import releases
import seed
from wire import ApiError, Listing, Response, invalid, missing, route, within
from world import new_id, now, ref

COLOURS = ("AMBER", "BLUE", "CYAN", "GOLD", "GREEN", "IVORY", "OLIVE", "PINK", "ROSE", "TEAL", "WHITE")
FIRST_NAMES = {"heroku-postgresql": "DATABASE", "heroku-redis": "REDIS", "papertrail": "PAPERTRAIL", "scheduler": "SCHEDULER"}
SUFFIXES = {"heroku-postgresql": "_URL", "heroku-redis": "_URL", "papertrail": "_API_TOKEN"}
NAME = re.compile(r"^[a-zA-Z][A-Za-z0-9_-]+$")


def plan_of(given):
    if isinstance(given, dict):
        given = given.get("name") or given.get("id")
    if given in catalog.CLOSED:
        raise invalid(f"The plan {given} is no longer available. Use {catalog.CLOSED[given]} instead.")
    found = catalog.find_plan(given) if isinstance(given, str) else None
    if not found:
        raise invalid(f"Couldn't find either the add-on service or the add-on plan of \"{given}\".")
    return found


def create(world, app, plan, name=None, attachment=None):
    service = plan.partition(":")[0]
    id_, at = new_id(), now()
    name = name or f"{service.removeprefix('heroku-')}-round-{int(id_[:8], 16) % 100000:05}"
    if not NAME.match(name) or any(entry["name"] == name for entry in world.addons.values()):
        raise invalid("Name is already taken or invalid")
    addon = {"id": id_, "name": name, "service": service, "plan": plan, "app": app["id"], "state": "provisioning",
             "polls": world.polls("addon"), "waits": world.polls("wait"), "created_at": at, "updated_at": at,
             "secret": new_id().replace("-", ""), "data": "", "fails": world.flag("next_addon", app)}
    tie = attach(world, addon, app, attachment)
    world.addons[id_] = addon
    world.did("addon.create", app, id=id_, name=name, plan=plan, attachment=tie["name"])
    if addon["polls"] == 0:
        provide(world, addon)
    return addon


def attach(world, addon, app, name=None):
    """A name of its own in the app; values come when the add-on is there."""
    taken = {entry["name"] for entry in world.attachments.values() if entry["app"] == app["id"]}
    if name in taken or name is not None and not re.match(r"^[A-Z][A-Z0-9_]*$", name):
        raise invalid(f"Name {name} is already taken or invalid")
    first = FIRST_NAMES[addon["service"]]
    kind = addon["service"].upper().replace("-", "_")
    free = (each for each in [first, *(f"{kind}_{colour}" for colour in COLOURS)] if each not in taken)
    at = now()
    tie = {"id": new_id(), "addon": addon["id"], "app": app["id"], "name": name or next(free), "config_vars": [],
           "created_at": at, "updated_at": at}
    world.attachments[tie["id"]] = tie
    return tie


def value_of(world, addon):
    """What the config var says; one value for each add-on, wherever it is attached."""
    if addon["service"] in ("heroku-postgresql", "heroku-redis"):
        scheme, port = ("postgres", 5432) if addon["service"] == "heroku-postgresql" else ("rediss", 6379)
        user, host = "u" + addon["secret"][:12], f"data-{addon['id'][:8]}.example.com"
        return f"{scheme}://{user}:p{addon['secret']}@{host}:{port}/d{addon['secret'][:10]}"
    return addon["secret"]


def put_values(world, addon, tie, quiet=False):
    """The attachment's config vars appear in the app: a release that add-ons make, without a release phase."""
    app = world.apps[tie["app"]]
    if addon["service"] in SUFFIXES:
        tie["config_vars"] = [tie["name"] + SUFFIXES[addon["service"]]]
        app["config"][tie["config_vars"][0]] = value_of(world, addon)
    current = releases.current(app)
    releases.add(world, app, f"Attach {tie['name']} (@ref:{addon['name']})", current["slug"] if current else None, quiet=quiet)


def provide(world, addon):
    """It is there, or could not be made."""
    addon.update(state="deprovisioned" if addon["fails"] else "provisioned", polls=0, updated_at=now())
    ties = [entry for entry in world.attachments.values() if entry["addon"] == addon["id"]]
    for tie in ties:
        if addon["fails"]:
            world.attachments.pop(tie["id"])
        else:
            put_values(world, addon, tie)
    world.did("addon.finish", world.apps[addon["app"]], id=addon["id"], state=addon["state"])


def remove(world, addon):
    app = world.apps[addon["app"]]
    for tie in [entry for entry in world.attachments.values() if entry["addon"] == addon["id"]]:
        detach(world, addon, tie)
    world.addons.pop(addon["id"])
    addon["state"] = "deprovisioned"
    world.did("addon.delete", app, id=addon["id"], name=addon["name"])


def detach(world, addon, tie):
    app = world.apps[tie["app"]]
    for name in tie["config_vars"]:
        app["config"].pop(name, None)
    world.attachments.pop(tie["id"])
    current = releases.current(app)
    releases.add(world, app, f"Detach {tie['name']} (@ref:{addon['name']})", current["slug"] if current else None)


def look(world, addons):
    for addon in addons:
        if addon["state"] == "provisioning" and world.poll(addon):
            provide(world, addon)


def show(world, addon, request):
    """plan and addon_service grow by Accept-Expansion (heroku.md, 1)."""
    app = world.apps[addon["app"]]
    more, sdk = request.headers.get("accept-expansion", ""), request.variant == "sdk"
    names = sorted(name for tie in world.attachments.values() if tie["addon"] == addon["id"] and tie["app"] == app["id"]
                   for name in tie["config_vars"])
    billed = catalog.price_of(addon["plan"]) | ({"metered": False} if sdk else {})
    service = catalog.show_service if "addon_service" in more else catalog.service_ref
    return {
        "actions": [], "addon_service": service(addon["service"]),
        "billing_entity": {"id": app["id"], "name": app["name"], "type": "app"}, "app": ref(app, "name"), "billed_price": billed,
        "config_vars": names, "created_at": addon["created_at"], "id": addon["id"], "name": addon["name"],
        "plan": catalog.show_plan(addon["plan"], sdk) if "plan" in more else catalog.plan_ref(addon["plan"]),
        "provider_id": addon["secret"][:8], "provision_message": "Being made" if addon["state"] == "provisioning" else "",
        "state": addon["state"], "updated_at": addon["updated_at"], "web_url": f"https://addons.example.com/{addon['id']}",
    }


def find(world, identity, app=None):
    for addon in world.addons.values():
        if identity in (addon["id"], addon["name"]) and app in (None, addon["app"]):
            return addon
    raise missing("add-on", "add_on")


def seen_from(world, app):
    """Its own add-ons and those attached from other apps (heroku.md, 11)."""
    tied = {entry["addon"] for entry in world.attachments.values() if entry["app"] == app["id"]}
    return [addon for addon in world.addons.values() if addon["app"] == app["id"] or addon["id"] in tied]


@route("GET", "/addons")
@route("GET", "/users/{user}/addons")
@route("GET", "/apps/{app}/addons")
def listed(world, request, app=None, user=None):
    found = seen_from(world, world.app(app)) if app else list(world.addons.values())
    look(world, found)
    return Listing(found, lambda addon: show(world, addon, request))


@route("GET", "/addons/{addon}")
@route("GET", "/apps/{app}/addons/{addon}")
def info(world, request, addon, app=None):
    found = find(world, addon)
    if app and found not in seen_from(world, world.app(app)):
        raise missing("add-on", "add_on")
    look(world, [found])
    return show(world, found, request)


@route("POST", "/apps/{app}/addons")
def made(world, request, app):
    """201, or 202 while it is being made."""
    app, body = world.app(app), request.json()
    addon = create(world, app, plan_of(body.get("plan")), body.get("name"), within(body, "attachment", "name"))
    return Response(show(world, addon, request), 202 if addon["state"] == "provisioning" else 201)


@route("PATCH", "/apps/{app}/addons/{addon}")
def changed(world, request, app, addon):
    addon, body = find(world, addon, world.app(app)["id"]), request.json()
    plan = plan_of(body.get("plan"))
    if plan.partition(":")[0] != addon["service"]:
        raise invalid("The plan is of another add-on service.")
    addon.update(plan=plan, name=body.get("name") or addon["name"], updated_at=now())
    world.did("addon.update", world.apps[addon["app"]], id=addon["id"], plan=plan)
    return show(world, addon, request)


@route("DELETE", "/apps/{app}/addons/{addon}")
def deleted(world, request, app, addon):
    addon = find(world, addon, world.app(app)["id"])
    shown = show(world, addon, request)
    remove(world, addon)
    return {**shown, "state": "deprovisioned"}


@route("POST", "/actions/addons/resolve")
def resolved(world, request):
    """By name or id, or within an app also by service or attachment; one, several or 404."""
    body = request.json()
    wanted, app = body.get("addon"), world.app(body["app"]) if body.get("app") else None
    found = [entry for entry in world.addons.values() if wanted in (entry["id"], entry["name"])]
    if not found and app:
        tied = {entry["addon"] for entry in world.attachments.values() if entry["app"] == app["id"] and fits(entry, wanted)}
        found = [entry for entry in seen_from(world, app) if entry["id"] in tied or wanted in (entry["service"], entry["plan"])]
    found = [entry for entry in found if body.get("addon_service") in (None, entry["service"])]
    if not found:
        raise missing("add-on", "add_on")
    return Listing(found, lambda addon: show(world, addon, request))


def fits(tie, words):
    return words in (tie["id"], tie["name"], *tie["config_vars"])


def show_tie(world, tie, request):
    """Accept-Inclusion: addon:plan,config_vars adds both (heroku.md, 1)."""
    addon = world.addons[tie["addon"]]
    more = request.headers.get("accept-inclusion", "")
    shown = {"addon": {"id": addon["id"], "name": addon["name"], "app": ref(world.apps[addon["app"]], "name")},
             "app": ref(world.apps[tie["app"]], "name"), "created_at": tie["created_at"], "id": tie["id"], "name": tie["name"],
             "namespace": None, "updated_at": tie["updated_at"], "web_url": f"https://addons.example.com/{addon['id']}", "log_input_url": None}
    if "addon:plan" in more:
        shown["addon"]["plan"] = catalog.plan_ref(addon["plan"])
    if "config_vars" in more:
        shown["config_vars"] = list(tie["config_vars"])
    return shown


@route("GET", "/addon-attachments")
@route("GET", "/apps/{app}/addon-attachments")
@route("GET", "/addons/{addon}/addon-attachments")
def ties(world, request, app=None, addon=None):
    app, addon = app and world.app(app)["id"], addon and find(world, addon)["id"]
    found = [entry for entry in world.attachments.values() if app in (None, entry["app"]) and addon in (None, entry["addon"])]
    return Listing(found, lambda tie: show_tie(world, tie, request))


def find_tie(world, identity, app=None):
    for tie in world.attachments.values():
        if app in (None, tie["app"]) and fits(tie, identity):
            return tie
    raise missing("add-on attachment", "add_on_attachment")


@route("GET", "/addon-attachments/{tie}")
@route("GET", "/apps/{app}/addon-attachments/{tie}")
def tie_info(world, request, tie, app=None):
    return show_tie(world, find_tie(world, tie, app and world.app(app)["id"]), request)


@route("POST", "/addon-attachments")
def tied(world, request):
    body = request.json()
    addon, app = find(world, body.get("addon")), world.app(body.get("app"))
    tie = attach(world, addon, app, body.get("name"))
    world.did("attachment.create", app, id=tie["id"], addon=addon["name"], name=tie["name"])
    if addon["state"] == "provisioned":
        put_values(world, addon, tie)
    return Response(show_tie(world, tie, request), 201)


@route("DELETE", "/addon-attachments/{tie}")
def untied(world, request, tie):
    tie = find_tie(world, tie)
    addon, shown = world.addons[tie["addon"]], show_tie(world, tie, request)
    own = [entry for entry in world.attachments.values() if entry["addon"] == addon["id"] and entry["app"] == addon["app"]]
    if own == [tie]:
        raise invalid("Cannot destroy the last attachment to the app that owns the add-on.")
    detach(world, addon, tie)
    world.did("attachment.delete", world.apps[tie["app"]], id=tie["id"])
    return shown


@route("POST", "/actions/addon-attachments/resolve")
def tie_resolved(world, request):
    body = request.json()
    words, app = body.get("addon_attachment"), world.app(body["app"]) if body.get("app") else None
    if not isinstance(words, str):
        raise ApiError(400, "addon_attachment is required")
    services = {entry["id"]: entry["service"] for entry in world.addons.values()}
    found = [entry for entry in world.attachments.values()
             if (app is None or entry["app"] == app["id"]) and (fits(entry, words) or world.addons[entry["addon"]]["name"] == words)
             and body.get("addon_service") in (None, services[entry["addon"]])]
    if not found:
        raise missing("add-on attachment", "add_on_attachment")
    return Listing(found, lambda tie: show_tie(world, tie, request))


@route("GET", "/addons/{addon}/config", protected=True)
def config(world, request, addon):
    addon = find(world, addon)
    return [{"name": name, "value": value_of(world, addon)} for name in (["URL"] if addon["service"] in SUFFIXES else [])]


def seeded(world, app, plan):
    addon = create(world, app, plan_of(plan))
    if addon["state"] == "provisioning":
        provide(world, addon)
    addon.update(data=f"data of {app['name']}", waits=0)
    return addon


def finish(world, app, fails):
    for addon in list(world.addons.values()):
        if addon["state"] == "provisioning" and (app is None or addon["app"] == app["id"]):
            addon["fails"] = addon["fails"] if fails is None else fails
            provide(world, addon)
            addon["waits"] = 0


seed.HOOKS["addon"] = seeded
actions.FINISHERS.append(finish)

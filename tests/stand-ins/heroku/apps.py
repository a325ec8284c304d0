# SPDX-FileCopyrightText: 2026 The Slipway authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Apps: made, changed, deleted, listed, filtered; collaborators of an app (heroku.md, 3 and 6)."""
import hashlib
import re

import accounts
import catalog
from wire import ApiError, Listing, Response, invalid, missing, route, within
from world import fixed_id, new_id, now, ref

NAME = re.compile(r"^[a-z][a-z0-9-]{1,28}[a-z0-9]$")
KEYS = ("id", "name", "updated_at")  # heroku.md, 1: what apps can be sorted by
APP_FEATURES = {
    "preboot": "Start new dynos before the old ones stop", "http-session-affinity": "Route a visitor to the same dyno",
    "runtime-dyno-metadata": "Tell dynos about their release", "spaces-dns-discovery": "Name dynos within a space",
}


def create(world, name=None, region="us", stack=None, team=None):
    """A new app with the two releases that Heroku makes for it by itself."""
    if name is None:
        name = "quiet-brook-" + new_id()[:5]
    if not isinstance(name, str) or not NAME.match(name):
        raise invalid("Name must start with a letter, end with a letter or digit and can only contain lowercase letters, digits, and dashes.")
    if name in world.names:
        raise invalid("Name is already taken")
    stack = catalog.named(catalog.STACKS, stack or catalog.DEFAULT_STACK, "stack")
    region = catalog.named(catalog.REGIONS, region or "us", "region")
    if not stack or not region:
        raise invalid("Stack or region is unknown.")
    at, id_ = now(), new_id()
    app = {
        "id": id_, "name": name, "region": region, "stack": stack, "build_stack": stack, "team": team, "maintenance": False,
        "acm": False, "created_at": at, "updated_at": at, "released_at": at, "config": {}, "releases": [], "builds": [],
        "current": None, "formation": {}, "dynos": [], "buildpacks": [], "features": {}, "collaborators": [], "logs": [],
        "domains": [], "endpoints": [], "flags": {}, "trusted": False, "drains": [],
        "host": f"{name}-{hashlib.sha256(id_.encode()).hexdigest()[:12]}.herokuapp.com",
    }
    app["domains"].append({"id": new_id(), "hostname": app["host"], "kind": "heroku", "endpoint": None, "created_at": at, "updated_at": at})
    app["collaborators"].append({"id": new_id(), "email": world.account["email"], "user": world.account["id"], "role": "owner",
                                 "created_at": at})
    world.apps[id_] = app
    world.names[name] = id_
    import releases
    for words in ("Initial release", "Enable Logplex"):
        releases.add(world, app, words, slug=None, quiet=True)
    world.did("app.create", app, id=id_)
    return app


def slug_of(world, app):
    import releases
    current = releases.current(app)
    return world.slugs.get(current["slug"]) if current and current["slug"] else None


def show(world, app, request):
    slug = slug_of(world, app)
    sdk = request.variant == "sdk"
    team = ref(world.teams[app["team"]], "name") if app["team"] else None
    shown = {
        "acm": app["acm"], "archived_at": None, "buildpack_provided_description": slug["description"] if slug else None,
        "build_stack": catalog.stack_ref(app["build_stack"]), "created_at": app["created_at"], "generation": catalog.generation_ref(),
        "git_url": f"https://git.heroku.com/{app['name']}.git", "id": app["id"], "internal_routing": None,
        "maintenance": app["maintenance"], "name": app["name"], "owner": owner(world, app), "organization": team, "team": team,
        "region": catalog.region_ref(app["region"]), "released_at": app["released_at"], "repo_size": 0,
        "slug_size": slug["size"] if slug else 0, "space": None, "stack": catalog.stack_ref(app["stack"]),
        "updated_at": app["updated_at"], "web_url": f"https://{app['host']}/",
    }
    if sdk:
        shown.update(base_image_name=None, buildpacks=[], current_build_architecture=[], generation="cedar")
    return shown


def owner(world, app):
    if not app["team"]:
        return {"email": world.account["email"], "id": world.account["id"]}
    return {"email": f"{world.teams[app['team']]['name']}@teams.example.com", "id": app["team"]}


def show_team_app(world, app, request):
    shown = show(world, app, request)
    for name in ("acm", "generation", "organization"):
        del shown[name]
    shown.update(joined=True, locked=False)
    if request.variant == "sdk":
        shown["generation"] = "cedar"
    return shown


@route("GET", "/apps")
@route("GET", "/users/{user}/apps")
def listed(world, request, user="~"):
    own = [app for app in world.apps.values() if "~" != user or not app["team"]] if request.path != "/apps" else world.apps.values()
    return Listing(own, lambda app: show(world, app, request), KEYS)


@route("GET", "/teams/{team}/apps")
def of_team(world, request, team):
    found = accounts.find_team(world, team)
    mine = [app for app in world.apps.values() if app["team"] == found["id"]]
    return Listing(mine, lambda app: show_team_app(world, app, request), KEYS)


@route("POST", "/filters/apps")
def filtered(world, request):
    """Reads many apps in one call; changes nothing although it is a POST."""
    wanted = within(request.json(), "in", "id")
    if not isinstance(wanted, list):
        raise invalid("The filter needs a list of ids.")
    found = [world.apps[id_] for id_ in dict.fromkeys(wanted) if id_ in world.apps]
    return Listing(found, lambda app: show_team_app(world, app, request), KEYS)


@route("POST", "/apps")
def made(world, request):
    body = request.json()
    app = create(world, body.get("name"), body.get("region"), body.get("stack"))
    for name in body.get("feature_flags") or []:
        app["features"][name] = True
    return Response(show(world, app, request), 201)


@route("POST", "/teams/apps")
def made_for_team(world, request):
    body = request.json()
    team = accounts.find_team(world, body["team"])["id"] if body.get("team") and not body.get("personal") else None
    app = create(world, body.get("name"), body.get("region"), body.get("stack"), team)
    return Response(show_team_app(world, app, request), 201)


@route("GET", "/apps/{app}")
def info(world, request, app):
    return show(world, world.app(app), request)


@route("GET", "/teams/apps/{app}")
def team_info(world, request, app):
    return show_team_app(world, world.app(app), request)


@route("PATCH", "/apps/{app}")
def changed(world, request, app):
    app, body = world.app(app), request.json()
    if "name" in body and body["name"] != app["name"]:
        if not NAME.match(str(body["name"])):
            raise invalid("Name is invalid")
        if body["name"] in world.names:
            raise invalid("Name is already taken")
        del world.names[app["name"]]
        app["name"] = body["name"]
        world.names[app["name"]] = app["id"]
    if "build_stack" in body:
        stack = catalog.named(catalog.STACKS, str(body["build_stack"]), "stack")
        if not stack:
            raise missing("stack", "stack")
        app["build_stack"] = stack  # the stack itself follows with the next build (heroku.md, 6)
    if "maintenance" in body:
        app["maintenance"] = bool(body["maintenance"])
    app["updated_at"] = now()
    world.did("app.update", app, **{key: body[key] for key in ("name", "build_stack", "maintenance") if key in body})
    return show(world, app, request)


def delete(world, app):
    """Deletes at once, with the add-ons it owns and their data (heroku.md, 6)."""
    for addon in [entry for entry in world.addons.values() if entry["app"] == app["id"]]:
        world.addons.pop(addon["id"])
        world.did("addon.delete", app, name=addon["name"], id=addon["id"])
        for id_ in [key for key, entry in world.attachments.items() if entry["addon"] == addon["id"]]:
            world.attachments.pop(id_)
    for table in (world.attachments, world.couplings):
        for id_ in [key for key, entry in table.items() if entry["app"] == app["id"]]:
            table.pop(id_)
    for review in world.reviews.values():
        if review["app"] == app["id"]:
            review.update(app=None, status="deleted", updated_at=now())
    world.apps.pop(app["id"])
    world.names.pop(app["name"], None)
    world.did("app.delete", app, id=app["id"])


@route("DELETE", "/apps/{app}")
def deleted(world, request, app):
    app = world.app(app)
    shown = show(world, app, request)
    delete(world, app)
    return shown


@route("POST", "/apps/{app}/acm")
@route("PATCH", "/apps/{app}/acm")
@route("DELETE", "/apps/{app}/acm")
def certificates(world, request, app):
    app = world.app(app)
    if request.method != "PATCH":
        app["acm"] = request.method == "POST"
        world.did("app.acm", app, on=app["acm"])
    return show(world, app, request)


@route("PUT", "/apps/{app}/pre-authorizations")
def trusted(world, request, app):
    """With a second factor this opens an app for a while (heroku.md, 1: two_factor)."""
    app = world.app(app)
    if not request.headers.get("heroku-two-factor-code"):
        raise ApiError(403, "A second authentication factor or pre-authorization is required for this request", id="two_factor",
                       app=ref(app, "name"))
    app["trusted"] = True
    return ref(app, "name")


def show_collaborator(world, app, entry):
    return {"app": ref(app, "name"), "created_at": entry["created_at"], "id": entry["id"], "permissions": [], "role": entry["role"],
            "updated_at": entry["created_at"], "user": {"email": entry["email"], "federated": False, "id": entry["user"]}}


@route("GET", "/apps/{app}/collaborators")
@route("GET", "/teams/apps/{app}/collaborators")
def collaborators(world, request, app):
    app = world.app(app)
    return Listing(app["collaborators"], lambda entry: show_collaborator(world, app, entry), ("id", "email"))


@route("POST", "/apps/{app}/collaborators")
@route("POST", "/teams/apps/{app}/collaborators")
def collaborator_added(world, request, app):
    app, body = world.app(app), request.json()
    user = body.get("user")
    email = user.get("email") if isinstance(user, dict) else user
    if not isinstance(email, str) or not email:
        raise invalid("User is required")
    email = world.account["email"] if email == world.account["id"] else email
    if any(entry["email"] == email for entry in app["collaborators"]):
        raise invalid("User is already a collaborator on app.")
    entry = {"id": new_id(), "email": email, "user": fixed_id("user", email), "role": "collaborator", "created_at": now()}
    app["collaborators"].append(entry)
    world.did("collaborator.create", app, email=email)
    return Response(show_collaborator(world, app, entry), 201)


@route("DELETE", "/apps/{app}/collaborators/{user}")
@route("DELETE", "/teams/apps/{app}/collaborators/{user}")
def collaborator_removed(world, request, app, user):
    app = world.app(app)
    for entry in app["collaborators"]:
        if user in (entry["id"], entry["email"], entry["user"]):
            app["collaborators"].remove(entry)
            world.did("collaborator.delete", app, email=entry["email"])
            return show_collaborator(world, app, entry)
    raise missing("collaborator", "collaborator")

# SPDX-FileCopyrightText: 2026 The Slipway authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""What else belongs to an app: features, buildpacks, log drains, the settings of its config vars (heroku.md, 5, 6, 10 and 13)."""
import apps
import config
from wire import Listing, Response, invalid, missing, route
from world import fixed_id, new_id, now


def show_feature(app, name):
    return {"id": fixed_id("feature", app["id"], name), "name": name, "description": apps.APP_FEATURES[name], "display_name": name,
            "doc_url": "https://devcenter.heroku.com/", "feedback_email": "ada@example.com", "enabled": bool(app["features"].get(name)),
            "state": "general", "created_at": app["created_at"], "updated_at": app["created_at"]}


def feature_name(app, identity):
    for name in apps.APP_FEATURES:
        if identity in (name, fixed_id("feature", app["id"], name)):
            return name
    raise missing("app feature", "feature")


@route("GET", "/apps/{app}/features")
def features(world, request, app):
    app = world.app(app)
    return Listing([show_feature(app, name) for name in apps.APP_FEATURES], lambda record: record)


@route("GET", "/apps/{app}/features/{feature}")
def feature_info(world, request, app, feature):
    app = world.app(app)
    return show_feature(app, feature_name(app, feature))


@route("PATCH", "/apps/{app}/features/{feature}")
def feature_changed(world, request, app, feature):
    app, body = world.app(app), request.json()
    name = feature_name(app, feature)
    if not isinstance(body.get("enabled"), bool):
        raise invalid("Enabled is required")
    app["features"][name] = body["enabled"]
    world.did("feature.update", app, name=name, enabled=body["enabled"])
    return show_feature(app, name)


def show_buildpacks(app):
    return [{"ordinal": number, "buildpack": {"url": address, "name": address}} for number, address in enumerate(app["buildpacks"])]


@route("GET", "/apps/{app}/buildpack-installations")
def buildpacks(world, request, app):
    return show_buildpacks(world.app(app))


@route("PUT", "/apps/{app}/buildpack-installations")
def buildpacks_set(world, request, app):
    """The whole list at once, in order; an empty one means: find out."""
    app, updates = world.app(app), request.json().get("updates")
    if not isinstance(updates, list) or not all(isinstance(entry, dict) and entry.get("buildpack") for entry in updates):
        raise invalid("Updates is required")
    app["buildpacks"] = [entry["buildpack"] for entry in updates]
    world.did("buildpacks.update", app, buildpacks=app["buildpacks"])
    return show_buildpacks(app)


def show_drain(app, entry):
    return {"addon": None, "app": {"id": app["id"], "name": app["name"]}, "created_at": entry["created_at"], "id": entry["id"],
            "token": "d." + entry["id"], "updated_at": entry["created_at"], "url": entry["url"]}


@route("GET", "/apps/{app}/log-drains")
def drains(world, request, app):
    app = world.app(app)
    return Listing(app["drains"], lambda entry: show_drain(app, entry), ("id", "url"))


@route("POST", "/apps/{app}/log-drains")
def drain_made(world, request, app):
    app, body = world.app(app), request.json()
    if not isinstance(body.get("url"), str):
        raise invalid("Url is required")
    entry = {"id": new_id(), "url": body["url"], "created_at": now()}
    app["drains"].append(entry)
    world.did("drain.create", app, id=entry["id"])
    return Response(show_drain(app, entry), 201)


@route("DELETE", "/apps/{app}/log-drains/{drain}")
def drain_deleted(world, request, app, drain):
    app = world.app(app)
    for entry in app["drains"]:
        if drain in (entry["id"], entry["url"]):
            app["drains"].remove(entry)
            world.did("drain.delete", app, id=entry["id"])
            return show_drain(app, entry)
    raise missing("log drain", "log_drain")


@route("GET", "/apps/{app}/config-vars-settings", protected=True)
def config_settings(world, request, app):
    """Tells which config vars belong to an attachment (heroku.md, 10; the SDK's description only)."""
    app = world.app(app)
    owners = {name: tie["id"] for tie in world.attachments.values() if tie["app"] == app["id"] for name in tie["config_vars"]}
    return [{"key": name, "value": value, "attachment": {"id": owners[name]} if name in owners else None, "masked": False,
             "value_updated_at": app["updated_at"]} for name, value in sorted(app["config"].items()) if config.KEY.match(name)]

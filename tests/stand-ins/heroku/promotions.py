# SPDX-FileCopyrightText: 2026 The Slipway authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Promotions: the slug of one app released on others, each with a result of its own (heroku.md, 4).

A target gets its release first, and stays pending until that release's phase has ended. Only code moves: no config,
add-ons, domains, buildpacks or stack."""
import actions
import releases
from wire import Listing, Response, invalid, missing, route, within
from world import new_id, now

NO_CONTAINERS = "Apps on the container stack cannot be promoted."


@route("POST", "/pipeline-promotions")
def made(world, request):
    body = request.json()
    pipeline = world.pipelines.get(within(body, "pipeline", "id"))
    if not pipeline:
        raise missing("pipeline", "pipeline")
    app = world.apps.get(within(body, "source", "app", "id"))
    targets = body.get("targets")
    if not app or not isinstance(targets, list) or not targets:
        raise invalid("Source and targets are required")
    release = chosen(app, within(body, "source", "release", "id"))
    apps = [checked(world, pipeline, app, target) for target in targets]
    if "container" in [app["stack"]]:
        raise invalid(NO_CONTAINERS)
    at = now()
    promotion = {"id": new_id(), "pipeline": pipeline["id"], "app": app["id"], "source": app["name"], "release": release["id"],
                 "version": release["version"], "slug": release["slug"], "created_at": at, "updated_at": at}
    promotion["targets"] = [{"id": new_id(), "app": each["id"], "release": None, "status": "pending", "error": None,
                             "polls": world.polls("promotion")} for each in apps]
    world.promotions[promotion["id"]] = promotion
    world.did("promotion.create", app, id=promotion["id"], release=release["id"], targets=[each["name"] for each in apps])
    for target in promotion["targets"]:
        if target["polls"] == 0:
            go_on(world, promotion, target)
    return Response(show(promotion), 201)


def chosen(app, wanted):
    """The release that was asked for, or the current one; it must have code."""
    release = releases.find(app, wanted) if wanted else releases.current(app)
    if not release or not release["slug"] or release["status"] != "succeeded":
        raise invalid("The source has no release that could be promoted.")
    return release


def checked(world, pipeline, source, target):
    app = world.apps.get(within(target, "app", "id"))
    coupling = world.coupling_of(app) if app else None
    if not app or app is source:
        raise invalid("Target is not an app that could be promoted to.")
    if not coupling or coupling["pipeline"] != pipeline["id"] or world.coupling_of(source)["pipeline"] != pipeline["id"]:
        raise invalid("Source and targets must be in the pipeline.")
    return app


def go_on(world, promotion, target):
    """The target's turn: it gets its release, or an error of its own."""
    app = world.apps.get(target["app"])
    problem = world.flag("next_promotion", app) if app else "User does not have access to that app"
    if problem:
        fail(world, target, problem if isinstance(problem, str) else "Could not verify slug checksum")
        return
    slug = world.slugs[promotion["slug"]]
    words = f"Promote {promotion['source']} v{promotion['version']} {(slug['commit'] or '')[:8]}".strip()
    release = releases.add(world, app, words, promotion["slug"], code=True, phase=True)
    target["release"] = release["id"]
    settle(world, app, target)


def fail(world, target, words):
    target.update(status="failed", error=words, polls=0)
    world.did("promotion.target", None, target=target["app"], status="failed")


def settle(world, app, target):
    """As its release is, so is the target."""
    release = releases.find(app, target["release"])
    if release["status"] == "succeeded":
        target.update(status="succeeded", polls=0)
    elif release["status"] == "failed":
        fail(world, target, "release command failed")


def look(world, promotion):
    """One look at the targets; the release phases of those that have one go on as well."""
    for target in promotion["targets"]:
        if target["status"] != "pending":
            continue
        app = world.apps.get(target["app"])
        if target["release"] and app:
            releases.look(world, app, releases.find(app, target["release"]))
            settle(world, app, target)
        elif world.poll(target):
            go_on(world, promotion, target)
    promotion["updated_at"] = now() if status(promotion) == "pending" else promotion["updated_at"]


def status(promotion):
    return "pending" if any(target["status"] == "pending" for target in promotion["targets"]) else "completed"


def show(promotion):
    return {"created_at": promotion["created_at"], "id": promotion["id"], "pipeline": {"id": promotion["pipeline"]},
            "source": {"app": {"id": promotion["app"]}, "release": {"id": promotion["release"]}}, "status": status(promotion),
            "updated_at": promotion["updated_at"]}


def show_target(promotion, target):
    return {"app": {"id": target["app"]}, "error_message": target["error"], "id": target["id"],
            "pipeline_promotion": {"id": promotion["id"]}, "release": {"id": target["release"]} if target["release"] else None,
            "status": target["status"]}


def find(world, identity):
    if identity not in world.promotions:
        raise missing("pipeline promotion", "pipeline_promotion")
    return world.promotions[identity]


@route("GET", "/pipeline-promotions/{promotion}")
def info(world, request, promotion):
    promotion = find(world, promotion)
    look(world, promotion)
    return show(promotion)


@route("GET", "/pipeline-promotions/{promotion}/promotion-targets")
def targets(world, request, promotion):
    promotion = find(world, promotion)
    look(world, promotion)
    return Listing(promotion["targets"], lambda target: show_target(promotion, target), ("id",))


def finish(world, app, fails):
    for promotion in world.promotions.values():
        for target in promotion["targets"]:
            if target["status"] != "pending" or app is not None and target["app"] != app["id"]:
                continue
            if not target["release"] and fails:
                fail(world, target, "release command failed")
            elif not target["release"]:
                go_on(world, promotion, target)
            each = world.apps.get(target["app"])
            if each and target["status"] == "pending":
                releases.finish(world, each, releases.find(each, target["release"]), fails)
            if each and target["release"]:
                settle(world, each, target)


def look_at_target(world, app):
    """A promotion goes on whether or not somebody asks for it: its target's releases show that as well."""
    for promotion in world.promotions.values():
        for target in promotion["targets"]:
            if target["app"] == app["id"] and target["status"] == "pending" and not target["release"] and world.poll(target):
                go_on(world, promotion, target)


actions.FINISHERS.append(finish)
releases.LOOKS.append(look_at_target)

# SPDX-FileCopyrightText: 2026 The Slipway authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Pipelines, their couplings, and what is asked of a whole pipeline at once (heroku.md, 3)."""
import re

import accounts
import builds
import catalog
import releases
from wire import Listing, Response, invalid, missing, route, within
from world import new_id, now

NAME = re.compile(r"^[a-z][a-z0-9-]{2,29}$")
STAGES = ("test", "review", "development", "staging", "production")


def create(world, name, team=None):
    if not isinstance(name, str) or not NAME.match(name):
        raise invalid("Name is invalid: 3 to 30 lowercase letters, digits and dashes.")
    at = now()
    pipeline = {"id": new_id(), "name": name, "team": team, "created_at": at, "updated_at": at}
    world.pipelines[pipeline["id"]] = pipeline
    world.did("pipeline.create", None, id=pipeline["id"], name=name)
    return pipeline


def couple(world, app, pipeline, stage):
    if stage not in STAGES:
        raise invalid("Stage must be one of " + ", ".join(STAGES))
    if world.coupling_of(app):
        raise invalid("App is already in a pipeline.")
    at = now()
    coupling = {"id": new_id(), "app": app["id"], "pipeline": pipeline["id"], "stage": stage, "created_at": at, "updated_at": at}
    world.couplings[coupling["id"]] = coupling
    world.did("coupling.create", app, id=coupling["id"], pipeline=pipeline["name"], stage=stage)
    return coupling


def show(world, pipeline):
    owner = {"id": pipeline["team"], "type": "team"} if pipeline["team"] else {"id": world.account["id"], "type": "user"}
    return {"created_at": pipeline["created_at"], "id": pipeline["id"], "name": pipeline["name"], "owner": owner,
            "updated_at": pipeline["updated_at"], "generation": catalog.generation_ref()}


def show_coupling(world, entry):
    pipeline = world.pipelines[entry["pipeline"]]
    return {"app": {"id": entry["app"]}, "created_at": entry["created_at"], "id": entry["id"],
            "pipeline": {"id": pipeline["id"], "name": pipeline["name"]}, "stage": entry["stage"], "updated_at": entry["updated_at"]}


@route("GET", "/pipelines")
def listed(world, request):
    """All, or those with exactly one name: ?eq[name]=N (3.pipelines)."""
    wanted = request.query.get("eq[name]")
    found = [entry for entry in world.pipelines.values() if wanted in (None, entry["name"])]
    return Listing(found, lambda entry: show(world, entry))


@route("POST", "/pipelines")
def made(world, request):
    body = request.json()
    owner = {name: within(body, "owner", name) for name in ("id", "type")}
    team = accounts.find_team(world, owner.get("id"))["id"] if owner.get("type") == "team" else None
    return Response(show(world, create(world, body.get("name"), team)), 201)


@route("GET", "/pipelines/{pipeline}")
def info(world, request, pipeline):
    return show(world, world.pipeline(pipeline))


@route("PATCH", "/pipelines/{pipeline}")
def renamed(world, request, pipeline):
    pipeline, body = world.pipeline(pipeline), request.json()
    if "name" in body:
        if not isinstance(body["name"], str) or not NAME.match(body["name"]):
            raise invalid("Name is invalid")
        pipeline.update(name=body["name"], updated_at=now())
        world.did("pipeline.update", None, id=pipeline["id"], name=body["name"])
    return show(world, pipeline)


@route("DELETE", "/pipelines/{pipeline}")
def deleted(world, request, pipeline):
    """The apps stay."""
    pipeline = world.pipeline(pipeline)
    shown = show(world, pipeline)
    for id_ in [key for key, entry in world.couplings.items() if entry["pipeline"] == pipeline["id"]]:
        world.couplings.pop(id_)
    world.pipelines.pop(pipeline["id"])
    world.did("pipeline.delete", None, id=pipeline["id"], name=pipeline["name"])
    return shown


@route("GET", "/pipelines/{pipeline}/pipeline-stack")
def stack(world, request, pipeline):
    world.pipeline(pipeline)
    return {"stack": catalog.stack_ref(catalog.DEFAULT_STACK)}


def couplings(world, entries):
    return Listing(entries, lambda entry: show_coupling(world, entry), ("id",))


@route("GET", "/pipelines/{pipeline}/pipeline-couplings")
def couplings_of(world, request, pipeline):
    id_ = world.pipeline(pipeline)["id"]
    return couplings(world, [entry for entry in world.couplings.values() if entry["pipeline"] == id_])


@route("GET", "/pipeline-couplings")
@route("GET", "/users/{user}/pipeline-couplings")
def all_couplings(world, request, user="~"):
    return couplings(world, world.couplings.values())


@route("GET", "/teams/{team}/pipeline-couplings")
def couplings_of_team(world, request, team):
    id_ = accounts.find_team(world, team)["id"]
    return couplings(world, [entry for entry in world.couplings.values() if world.apps[entry["app"]]["team"] == id_])


@route("GET", "/apps/{app}/pipeline-couplings")
def coupling_of(world, request, app):
    """One object, not a list; 404 when the app is in none."""
    found = world.coupling_of(world.app(app))
    if not found:
        raise missing("pipeline coupling", "pipeline_coupling")
    return show_coupling(world, found)


@route("POST", "/pipeline-couplings")
def coupled(world, request):
    body = request.json()
    for name in ("app", "pipeline", "stage"):
        if not isinstance(body.get(name), str):
            raise invalid(f"{name.capitalize()} is required")
    return Response(show_coupling(world, couple(world, world.app(body["app"]), world.pipeline(body["pipeline"]), body["stage"])), 201)


def find_coupling(world, identity):
    if identity not in world.couplings:
        raise missing("pipeline coupling", "pipeline_coupling")
    return world.couplings[identity]


@route("GET", "/pipeline-couplings/{coupling}")
def coupling_info(world, request, coupling):
    return show_coupling(world, find_coupling(world, coupling))


@route("PATCH", "/pipeline-couplings/{coupling}")
def moved(world, request, coupling):
    entry, stage = find_coupling(world, coupling), request.json().get("stage")
    if stage not in STAGES:
        raise invalid("Stage must be one of " + ", ".join(STAGES))
    entry.update(stage=stage, updated_at=now())
    world.did("coupling.update", world.apps[entry["app"]], stage=stage)
    return show_coupling(world, entry)


@route("DELETE", "/pipeline-couplings/{coupling}")
def uncoupled(world, request, coupling):
    entry = find_coupling(world, coupling)
    shown = show_coupling(world, entry)
    world.couplings.pop(entry["id"])
    world.did("coupling.delete", world.apps[entry["app"]], id=entry["id"])
    return shown


def newest(world, request, pipeline, only_code):
    found = []
    for app in world.apps_in(world.pipeline(pipeline)):
        for entry in app["releases"]:
            releases.look(world, app, entry)
        last = next((entry for entry in reversed(app["releases"]) if entry["code"] or not only_code), None)
        if last:
            found.append({"id": last["id"], "app": app, "release": last})
    return Listing(found, lambda pair: releases.show(world, pair["app"], pair["release"], request), ("id",))


@route("GET", "/pipelines/{pipeline}/latest-releases", protected=True)
def latest_releases(world, request, pipeline):
    """The last change of any kind, one entry for each app."""
    return newest(world, request, pipeline, only_code=False)


@route("GET", "/pipelines/{pipeline}/latest-deployments", protected=True)
def latest_deployments(world, request, pipeline):
    """The last release that moved code, one entry for each app."""
    return newest(world, request, pipeline, only_code=True)


@route("GET", "/pipelines/{pipeline}/latest-builds")
def latest_builds(world, request, pipeline):
    found = []
    for app in world.apps_in(world.pipeline(pipeline)):
        builds.look(world, app)
        if app["builds"]:
            found.append({"id": app["builds"][-1]["id"], "app": app})
    return Listing(found, lambda pair: builds.show(world, pair["app"], pair["app"]["builds"][-1], request, pipeline=True), ("id",))


@route("POST", "/pipeline-transfers")
def transferred(world, request):
    body = request.json()
    pipeline = world.pipeline(within(body, "pipeline", "id"))
    owner = {name: within(body, "new_owner", name) for name in ("id", "type")}
    before = show(world, pipeline)["owner"]
    pipeline["team"] = accounts.find_team(world, owner.get("id"))["id"] if owner.get("type") == "team" else None
    world.did("pipeline.transfer", None, id=pipeline["id"])
    return Response({"pipeline": {"id": pipeline["id"]}, "previous_owner": before, "new_owner": show(world, pipeline)["owner"]}, 201)

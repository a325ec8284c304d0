# SPDX-FileCopyrightText: 2026 The Slipway authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Review apps and their settings (heroku.md, 7): pending -> creating -> created; deleting -> deleted; errored."""
import re

import actions
import apps
import catalog
import pipelines
import seed
import setups
from wire import ApiError, Listing, Response, invalid, missing, route
from world import fixed_id, new_id, now

ERRORS = {"manifest": "invalid_manifest", "addon": "addon_failure", "build": "build_failure", "release": "release_failure",
          "postdeploy": "postdeploy_failure"}


def settings_of(world, pipeline):
    found = world.review_configs.get(pipeline["id"])
    if not found:
        raise missing("review app config", "review_app_config")
    return found


def show_config(entry):
    return {"repo": {"id": entry["repo"]}, "automatic_review_apps": entry["automatic_review_apps"], "deploy_target": entry["deploy_target"],
            "destroy_stale_apps": entry["destroy_stale_apps"], "stale_days": entry["stale_days"], "pipeline_id": entry["pipeline_id"],
            "wait_for_ci": entry["wait_for_ci"], "base_name": entry["base_name"]}


def checked(body):
    """The settings that a body names, refused when they make no sense."""
    days = body.get("stale_days", 5)
    if isinstance(days, bool) or not isinstance(days, int) or not 1 <= days <= 30:
        raise invalid("Stale days must be between 1 and 30.")
    known = ("automatic_review_apps", "destroy_stale_apps", "stale_days", "deploy_target", "wait_for_ci", "base_name")
    return {name: body[name] for name in known if name in body}


def repo_id(name):
    return int(fixed_id("repository", str(name))[:7], 16)


def new_settings(world, pipeline, repo, **values):
    entry = {"pipeline_id": pipeline["id"], "repo": repo_id(repo), "automatic_review_apps": False, "destroy_stale_apps": False,
             "stale_days": 5, "deploy_target": {"type": "region", "id": "us"}, "wait_for_ci": False, "base_name": None, **values}
    world.review_configs[pipeline["id"]] = entry
    return entry


@route("GET", "/pipelines/{pipeline}/review-app-config")
def config(world, request, pipeline):
    return show_config(settings_of(world, world.pipeline(pipeline)))


@route("POST", "/pipelines/{pipeline}/review-app-config")
def config_made(world, request, pipeline):
    pipeline, body = world.pipeline(pipeline), request.json()
    if not isinstance(body.get("repo"), str):
        raise invalid("Repo is required")
    if pipeline["id"] in world.review_configs:
        raise ApiError(409, "Review apps are already enabled for this pipeline.")
    entry = new_settings(world, pipeline, body["repo"], **checked(body))
    world.did("review_config.create", None, pipeline=pipeline["name"])
    return Response(show_config(entry), 201)


@route("PATCH", "/pipelines/{pipeline}/review-app-config")
def config_changed(world, request, pipeline):
    entry = settings_of(world, world.pipeline(pipeline))
    changes = checked(request.json())
    entry.update(changes)
    world.did("review_config.update", None, **changes)
    return show_config(entry)


@route("DELETE", "/pipelines/{pipeline}/review-app-config")
def config_deleted(world, request, pipeline):
    pipeline = world.pipeline(pipeline)
    entry = settings_of(world, pipeline)
    world.review_configs.pop(pipeline["id"])
    world.did("review_config.delete", None, pipeline=pipeline["name"])
    return show_config(entry)


def create(world, pipeline, blob, branch, number=None, env=None, fork=None):
    at = now()
    review = {"id": new_id(), "app": None, "setup": None, "pipeline": pipeline["id"], "branch": branch, "pr_number": number, "fork": fork,
              "status": "pending", "message": None, "error": None, "polls": world.polls("review"), "blob": blob, "env": dict(env or {}),
              "fault": world.flag("next_review"), "created_at": at, "updated_at": at}
    world.reviews[review["id"]] = review
    world.did("review_app.create", None, id=review["id"], branch=branch, pr_number=number)
    if review["polls"] == 0:
        begin(world, review)
        finish(world, review)
    return review


def name_of(world, pipeline, review):
    """base_name makes names predictable (heroku.md, 7)."""
    base = (world.review_configs.get(pipeline["id"]) or {}).get("base_name")
    if base and review["pr_number"] is not None:
        return f"{base}-pr-{review['pr_number']}"
    branch = re.sub(r"[^a-z0-9]+", "-", review["branch"].lower()).strip("-")
    return f"{pipeline['name']}-{branch}"[:23].rstrip("-") + "-" + review["id"][:6]


def begin(world, review):
    """The app is made, and coupled at the stage review."""
    pipeline = world.pipelines.get(review["pipeline"])
    if not pipeline:
        return
    region = ((world.review_configs.get(pipeline["id"]) or {}).get("deploy_target") or {}).get("id")
    try:
        app = apps.create(world, name_of(world, pipeline, review), region if region in catalog.REGIONS else "us", team=pipeline["team"])
    except ApiError as error:
        review.update(status="errored", error="app_failure", message=error.body["message"], polls=0, updated_at=now())
        return
    pipelines.couple(world, app, pipeline, "review")
    stage = world.stage_config.get(f"{pipeline['id']}/review", {})
    setup = setups.create(world, review["blob"], app, {**stage, **review["env"]}, kind="review")
    fault = review["fault"]
    setup["fault"] = setup["fault"] or ({"phase": "build", "message": fault} if isinstance(fault, str) else fault)
    setups.start_build(world, setup)
    review.update(app=app["id"], setup=setup["id"], status="creating", updated_at=now())


def finish(world, review, fails=None):
    setup = world.setups.get(review["setup"])
    if not setup:
        return
    setups.finish(world, setup, fails)
    good = setup["status"] == "succeeded"
    review.update(status="created" if good else "errored", polls=0, updated_at=now(), message=None if good else setup["failure"],
                  error=None if good else ERRORS[setup["phase"]])
    world.did("review_app.finish", setup["name"], id=review["id"], status=review["status"])


def look(world, review):
    if review["status"] == "pending" and review["polls"] > 0:
        begin(world, review)
    if review["status"] == "creating" and world.poll(review):
        finish(world, review)
    elif review["status"] == "deleting" and world.poll(review):
        end(world, review)


def end(world, review):
    app = world.apps.get(review["app"])
    if app:
        apps.delete(world, app)
    review.update(status="deleted", app=None, polls=0, updated_at=now())


def show(world, review):
    user = {"id": world.account["id"], "email": world.account["email"]}
    return {"app": {"id": review["app"]} if review["app"] else None, "app_setup": {"id": review["setup"]} if review["setup"] else None,
            "branch": review["branch"], "created_at": review["created_at"], "id": review["id"], "pipeline": {"id": review["pipeline"]},
            "status": review["status"], "updated_at": review["updated_at"], "creator": user, "wait_for_ci": False,
            "error_status": review["error"], "message": review["message"], "fork_repo": {"id": review["fork"]} if review["fork"] else None,
            "pr_number": review["pr_number"]}


def find(world, identity):
    if identity not in world.reviews:
        raise missing("review app", "review_app")
    return world.reviews[identity]


@route("GET", "/pipelines/{pipeline}/review-apps")
def listed(world, request, pipeline):
    found = [entry for entry in world.reviews.values() if entry["pipeline"] == world.pipeline(pipeline)["id"]]
    for review in found:
        look(world, review)
    return Listing([entry for entry in found if entry["status"] != "deleted"], lambda review: show(world, review), ("id",))


@route("POST", "/review-apps")
def made(world, request):
    body = request.json()
    blob = body.get("source_blob")
    if not isinstance(body.get("branch"), str) or not isinstance(blob, dict) or not isinstance(blob.get("url"), str):
        raise invalid("Branch and source blob are required")
    env = body.get("environment") or {}
    if not all(isinstance(value, str) for value in env.values()):
        raise invalid("Environment must be text")
    review = create(world, world.pipeline(body.get("pipeline")), blob, body["branch"], body.get("pr_number"), env, body.get("fork_repo_id"))
    return Response(show(world, review), 201)


@route("GET", "/review-apps/{review}")
def info(world, request, review):
    review = find(world, review)
    look(world, review)
    return show(world, review)


@route("GET", "/apps/{app}/review-app")
def of_app(world, request, app):
    id_ = world.app(app)["id"]
    for review in world.reviews.values():
        if review["app"] == id_:
            look(world, review)
            return show(world, review)
    raise missing("review app", "review_app")


@route("DELETE", "/review-apps/{review}")
def deleted(world, request, review):
    review = find(world, review)
    if review["status"] in ("deleting", "deleted"):
        raise ApiError(409, "The review app is being deleted already.")
    review.update(status="deleting", polls=world.polls("review"), updated_at=now())
    world.did("review_app.delete", world.apps.get(review["app"]), id=review["id"])
    if review["polls"] == 0:
        end(world, review)
    return show(world, review)


def seeded(world, pipeline, wish, commits):
    if pipeline["id"] not in world.review_configs:
        new_settings(world, pipeline, f"team/{pipeline['name']}")
    commit = commits[-1]["sha"] if commits else seed.sha(wish["branch"])
    blob = {"url": f"https://example.com/{commit}.tar.gz", "version": commit}
    review = create(world, pipeline, blob, wish["branch"], wish.get("pr_number"))
    if review["status"] == "pending":
        begin(world, review)
        finish(world, review)
    for dyno in world.apps[review["app"]]["dynos"]:
        dyno.update(state="up", polls=0)
    return review


def finish_all(world, app, fails):
    for review in list(world.reviews.values()):
        if app is not None and review["app"] != app["id"]:
            continue
        if review["status"] == "pending":
            begin(world, review)
        if review["status"] == "creating":
            finish(world, review, fails)
        elif review["status"] == "deleting":
            end(world, review)


seed.HOOKS["review"] = seeded
actions.FINISHERS.append(finish_all)

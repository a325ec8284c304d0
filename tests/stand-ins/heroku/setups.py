# SPDX-FileCopyrightText: 2026 The Slipway authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""App-setups: an app made from a source with an app.json, in one go (heroku.md, 6: app-setups).

The phases: manifest, add-ons, build, release phase, postdeploy; each can fail, and says so in its own field. The flag next_setup
({"phase", "message"?, "errors"?}, action "set") makes the next one fail there."""
import secrets

import actions
import addons
import apps
import builds
import formation
import pipelines
import releases
import tarballs
from wire import ApiError, Response, invalid, missing, route
from world import new_id, now

WORDS = {"manifest": "Invalid app.json", "addon": "Could not provision add-ons", "build": "Build failed",
         "release": "Release command failed", "postdeploy": "Postdeploy script failed"}


def create(world, blob, app, env=None, kind="app", flag="next_setup"):
    at = now()
    fault = world.flag(flag)
    setup = {"id": new_id(), "app": app["id"], "name": app["name"], "status": "pending", "failure": None, "errors": [], "build": None,
             "postdeploy": None, "polls": world.polls("setup"), "blob": blob, "env": env or {}, "kind": kind,
             "fault": {"phase": "build", "message": fault} if isinstance(fault, str) else fault, "created_at": at, "updated_at": at}
    world.setups[setup["id"]] = setup
    world.did("setup.create", app, id=setup["id"])
    return setup


def fail(world, setup, phase, message="", errors=()):
    setup.update(status="failed", failure=message or WORDS[phase], errors=list(errors), phase=phase, polls=0, updated_at=now())
    world.did("setup.finish", setup["name"], id=setup["id"], status="failed", phase=phase)


def broken(setup, phase):
    return (setup["fault"] or {}).get("phase") == phase


def start_build(world, setup):
    """The build shows from the first look on, pending until the setup ends it."""
    app = world.apps.get(setup["app"])
    if app and not setup["build"]:
        build = builds.create(world, app, {**setup["blob"], "version_description": setup["blob"].get("version_description")}, held=True)
        setup["build"] = build["id"]


def finish(world, setup, fails=None):
    """Everything at once, up to the phase that fails."""
    app = world.apps.get(setup["app"])
    if not app:
        return fail(world, setup, "build", "The app is gone")
    if fails and not setup["fault"]:
        setup["fault"] = {"phase": "build"}
    fault = setup["fault"] or {}
    content, problem = tarballs.fetch(world, setup["blob"])
    manifest = (content.manifest if content else None) or {}
    errors = [*fault.get("errors", [])] if broken(setup, "manifest") else [manifest["error"]] if "error" in manifest else []
    errors += [f"{name} is required" for name in required(manifest, setup)]
    if broken(setup, "manifest") or errors:
        return fail(world, setup, "manifest", fault.get("message", ""), errors or ["app.json is not valid"])
    try:
        fit_out(world, setup, app, manifest)
    except ApiError as error:
        return fail(world, setup, "addon", error.body["message"])
    if broken(setup, "addon"):
        return fail(world, setup, "addon", fault.get("message", ""))
    start_build(world, setup)
    build = builds.find(app, setup["build"])
    if problem or broken(setup, "build"):
        build["problem"] = problem or fault.get("message") or "Build failed"
    if build["status"] == "pending":
        builds.finish(world, app, build)
    if build["status"] == "failed":
        return fail(world, setup, "build", build["problem"] if isinstance(build["problem"], str) else "")
    return after_build(world, setup, app, manifest, fault)


def after_build(world, setup, app, manifest, fault):
    release = app["releases"][-1]
    if release["status"] == "pending":
        releases.finish(world, app, release, True if broken(setup, "release") else None)
    if release["status"] == "failed" or broken(setup, "release"):
        return fail(world, setup, "release", fault.get("message", ""))
    for name, wish in (manifest.get("formation") or {}).items():
        if name in app["formation"] and isinstance(wish, dict):
            formation.apply(world, app, [(app["formation"][name], formation.change(app, app["formation"][name], wish))])
    command = (manifest.get("scripts") or {}).get("postdeploy")
    if command or broken(setup, "postdeploy"):
        code = 1 if broken(setup, "postdeploy") else 0
        end = fault.get("message", "") if code else "done"
        setup["postdeploy"] = {"output": f"Running {command or 'postdeploy'}\n{end}\n", "exit_code": code}
        if code:
            return fail(world, setup, "postdeploy", fault.get("message", ""))
    setup.update(status="succeeded", polls=0, updated_at=now())
    world.did("setup.finish", app, id=setup["id"], status="succeeded")


def env_of(manifest):
    """{NAME: (value or None, required)} of app.json."""
    found = {}
    for name, wish in (manifest.get("env") or {}).items():
        wish = wish if isinstance(wish, dict) else {"value": wish}
        value = secrets.token_hex(16) if wish.get("generator") == "secret" else wish.get("value")
        found[name] = (None if value is None else str(value), wish.get("required", True))
    return found


def merged(manifest, setup):
    """A review app's own part of app.json goes before the general one."""
    own = (manifest.get("environments") or {}).get("review") if setup["kind"] == "review" else None
    return {**manifest, **own, "env": {**(manifest.get("env") or {}), **(own.get("env") or {})}} if isinstance(own, dict) else manifest


def required(manifest, setup):
    return [name for name, (value, needed) in env_of(merged(manifest, setup)).items() if value is None and needed and name not in setup["env"]]


def fit_out(world, setup, app, manifest):
    """Config and add-ons of app.json, before the build."""
    manifest = merged(manifest, setup)
    app["config"].update({name: value for name, (value, _) in env_of(manifest).items() if value is not None})
    app["config"].update(setup["env"])
    for wish in manifest.get("addons") or []:
        plan, name = (wish, None) if isinstance(wish, str) else (wish.get("plan"), wish.get("as"))
        addon = addons.create(world, app, addons.plan_of(plan), attachment=name)
        if addon["state"] == "provisioning":
            addons.provide(world, addon)
        addon["waits"] = 0


def look(world, setup):
    if setup["status"] != "pending":
        return
    start_build(world, setup)
    if world.poll(setup):
        finish(world, setup)


def show(world, setup):
    app = world.apps.get(setup["app"])
    build = None
    if setup["build"] and app:
        entry = builds.find(app, setup["build"])
        build = {"id": entry["id"], "status": entry["status"], "output_stream_url": f"{world.base}/streams/build/{app['id']}/{entry['id']}"}
    done = setup["status"] == "succeeded" and app
    return {"id": setup["id"], "created_at": setup["created_at"], "updated_at": setup["updated_at"], "status": setup["status"],
            "failure_message": setup["failure"], "app": {"id": setup["app"], "name": setup["name"]}, "build": build,
            "manifest_errors": setup["errors"], "postdeploy": setup["postdeploy"],
            "resolved_success_url": f"https://{app['host']}/" if done else None}


@route("POST", "/app-setups")
def made(world, request):
    body = request.json()
    blob, wish, over = body.get("source_blob"), body.get("app") or {}, body.get("overrides") or {}
    if not isinstance(blob, dict) or not isinstance(blob.get("url"), str):
        raise invalid("Source blob is required")
    app = apps.create(world, wish.get("name"), wish.get("region"), wish.get("stack"))
    setup = create(world, blob, app, over.get("env"))
    if over.get("buildpacks"):
        app["buildpacks"] = [entry.get("url") for entry in over["buildpacks"]]
    if body.get("pipeline_coupling"):
        wish = body["pipeline_coupling"]
        identity = wish.get("pipeline")
        pipelines.couple(world, app, world.pipeline(identity.get("id") if isinstance(identity, dict) else identity), wish.get("stage"))
    if setup["polls"] == 0:
        finish(world, setup)
    return Response(show(world, setup), 201)


@route("GET", "/app-setups/{setup}")
def info(world, request, setup):
    if setup not in world.setups:
        raise missing("app setup", "app_setup")
    look(world, world.setups[setup])
    return show(world, world.setups[setup])


def finish_all(world, app, fails):
    for setup in list(world.setups.values()):
        if setup["status"] == "pending" and setup["kind"] == "app" and (app is None or setup["app"] == app["id"]):
            finish(world, setup, fails)


actions.FINISHERS.append(finish_all)

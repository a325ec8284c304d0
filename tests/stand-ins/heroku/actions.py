# SPDX-FileCopyrightText: 2026 The Slipway authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""What happens behind a client's back: POST /_stand-in/state {"action": ..., "app": name or id, ...}

release      {"commit", "message", "description", "processes", "config", "status"}: somebody else deployed
crash        {"type"}: the dynos that run crash; crash_on_boot {"on": true}: those that start from now on do
delete       the app is gone
log          {"lines": [text] or "text", "source": "app", "dyno": "web.1"}
expire_logs  log sessions that are there end and answer 404 from now on
finish       {"failed": false}: all that is held or pending ends now, of one app or everywhere
fail_transfers {"times": 1}: the next transfers fail
set          {"set": {...}}: fields of the app (maintenance, stack, config, ...); or, with or without an app, a flag for the next
             one: next_build, next_release, next_promotion, next_addon, next_transfer (words or true), next_setup ({"phase", "message"})"""
import builds
import formation
import releases
import seed
from wire import invalid
from world import now

FLAGS = ("next_build", "next_release", "next_promotion", "next_addon", "next_transfer", "next_setup", "next_review")


def act(world, body):
    action = ACTIONS.get(body.get("action"))
    if not action:
        raise invalid(f"No action {body.get('action')}; there are " + ", ".join(sorted(ACTIONS)))
    world.dirty = True
    app = world.app(body["app"]) if body.get("app") else None
    return action(world, app, body) or {}


def released(world, app, body):
    if "config" in body:
        app["config"].update(body["config"])
    if "commit" not in body:
        current = releases.current(app)
        made = releases.add(world, app, body.get("description", "Set config vars"), current["slug"] if current else None)
    else:
        processes = body.get("processes") or seed.processes_of(world, app)
        slug = releases.add_slug(world, body["commit"], processes, body.get("message", ""), app["stack"])
        words = body.get("description") or f"Deploy {body['commit'][:8]}"
        made = releases.add(world, app, words, slug["id"], code=True)
    if body.get("status") in ("failed", "pending"):
        made["status"] = body["status"]
        made["polls"] = world.polls("release")
        made["output"] = made["output"] or ""
        before = [entry for entry in app["releases"] if entry is not made and entry["status"] == "succeeded"]
        releases.take(world, app, before[-1])
    return {"id": made["id"], "version": made["version"], "slug": made["slug"]}


def crash(world, app, body):
    for dyno in app["dynos"]:
        if body.get("type") in (None, dyno["type"]):
            dyno.update(state="crashed", polls=0, updated_at=now())
            world.log(app, "heroku", dyno["name"], "State changed from up to crashed")


def crash_on_boot(world, app, body):
    app["flags"]["crash_on_boot"] = bool(body.get("on", True))


def delete(world, app, body):
    import apps
    apps.delete(world, app)


def log(world, app, body):
    lines = body.get("lines", body.get("line", body.get("text", "")))
    for line in [lines] if isinstance(lines, str) else lines:
        world.log(app, body.get("source", "app"), body.get("dyno", "web.1"), line)


def expire_logs(world, app, body):
    for session in world.sessions.values():
        if app is None or session["app"] == app["id"]:
            session["expired"] = True
    world.changed.notify_all()


def finish(world, app, body):
    """Everything that waits ends at once, well unless "failed"."""
    fails = True if body.get("failed") else None
    for hook in FINISHERS:
        hook(world, app, fails)
    for each in [app] if app else list(world.apps.values()):
        for build in [entry for entry in each["builds"] if entry["status"] == "pending"]:
            builds.finish(world, each, build, fails)
        for release in [entry for entry in each["releases"] if entry["status"] == "pending"]:
            releases.finish(world, each, release, fails)
        for dyno in [entry for entry in each["dynos"] if entry["state"] == "starting"]:
            formation.settle(world, each, dyno, fails)
    world.changed.notify_all()


FINISHERS = []  # further families hang their own on here


def fail_transfers(world, app, body):
    world.flags["failing_transfers"] = int(body.get("times", 1))


def set_fields(world, app, body):
    for name, value in body["set"].items():
        if name in FLAGS or app is None:
            (app["flags"] if app else world.flags)[name] = value
        elif name == "buildpacks":
            app["buildpacks"] = list(value)
        elif name == "config":
            app["config"] = {key: text for key, text in {**app["config"], **value}.items() if text is not None}
        elif name in app:
            app[name] = value
        else:
            raise invalid(f"An app has no {name}")
    if app:
        app["updated_at"] = now()


ACTIONS = {"release": released, "crash": crash, "crash_on_boot": crash_on_boot, "delete": delete, "log": log,
           "expire_logs": expire_logs, "finish": finish, "fail_transfers": fail_transfers, "set": set_fields}

# SPDX-FileCopyrightText: 2026 The Slipway authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""A team's pipeline in one call: POST /_stand-in/seed, every key optional.

pipeline     its name (shop)                        team         a team that owns it; none: the account
production, staging, development, review            names of apps, one or a list; false or []: none. Production and staging have
             one by default; review also takes {"branch", "pr_number"}
addons       plans for production and staging, ["heroku-postgresql:essential-0"]; for others too with "addons_everywhere": true
config       {KEY: value} for all; {"staging": {KEY: value}} for a stage
processes    {"web": "npm start", "worker": ...}; a type "release" is a release phase
commits      oldest first, each a SHA or {"sha", "message"}: production runs all but the last, the others all; or {"staging": [...]}
domain       a hostname of production's own          apps         n more development apps, for benchmarks
repository   "owner/name" that the pipeline is linked to
The answer has the ids: {"pipeline", "apps": {name: {id, stage, coupling, release, slug}}, "addons": {name: id}, "reviews"}."""
import hashlib

import accounts
import apps
import pipelines
import releases
from wire import invalid
from world import new_id, now

STAGES = ("production", "staging", "development")
KNOWN = {"pipeline", "team", "production", "staging", "development", "review", "addons", "addons_everywhere", "config", "processes",
         "commits", "domain", "apps", "repository"}
HOOKS = {}  # what other families add: "addon", "repository" and "review"


def sha(text):
    return hashlib.sha1(text.encode()).hexdigest()


def names_of(value):
    if not value:
        return []
    return [value] if isinstance(value, (str, dict)) else list(value)


def processes_of(world, app):
    for release in reversed(app["releases"]):
        if release["slug"]:
            return world.slugs[release["slug"]]["process_types"]
    return {"web": "npm start"}


def commits_of(body, stage):
    given = body.get("commits") or [{"sha": sha("one"), "message": "First change"}, {"sha": sha("two"), "message": "Second change"}]
    if isinstance(given, dict):
        given = given.get(stage) or []
        given = [given] if isinstance(given, (str, dict)) and given else given
    elif stage == "production" and len(given) > 1:
        given = given[:-1]
    return [{"sha": entry, "message": ""} if isinstance(entry, str) else entry for entry in given]


def config_of(body, stage):
    given = body.get("config") or {}
    own = given.get(stage)
    return {key: value for key, value in given.items() if isinstance(value, str)} | (own if isinstance(own, dict) else {})


def seed(world, body):
    unknown = set(body) - KNOWN
    if unknown:
        raise invalid("Unknown words in a seed: " + ", ".join(sorted(unknown)))
    name, before = body.get("pipeline") or "shop", len(world.effects)
    team = accounts.add_team(world, body["team"])["id"] if body.get("team") else None
    pipeline = pipelines.create(world, name, team)
    made = {"pipeline": {"id": pipeline["id"], "name": name}, "apps": {}, "addons": {}, "reviews": {}}
    slugs = {}
    usual = {"production": f"{name}-production", "staging": f"{name}-staging"}
    wanted = {stage: names_of(body.get(stage, usual.get(stage))) for stage in STAGES}
    wanted["development"] += [f"{name}-dev-{number:03}" for number in range(1, int(body.get("apps") or 0) + 1)]
    for stage in STAGES:
        for app_name in wanted[stage]:
            app = one_app(world, body, app_name, stage, team, slugs, made["addons"])
            coupling = pipelines.couple(world, app, pipeline, stage)
            current = releases.current(app)
            made["apps"][app_name] = {"id": app["id"], "stage": stage, "coupling": coupling["id"], "release": current["id"],
                                       "slug": current["slug"]}
    if body.get("repository"):
        HOOKS["repository"](world, pipeline, body["repository"])
    for entry in names_of(body.get("review")):
        review = HOOKS["review"](world, pipeline, {"branch": entry} if isinstance(entry, str) else entry, commits_of(body, "review"))
        made["reviews"][review["branch"]] = review["id"]
    if body.get("domain") and wanted["production"]:
        add_domain(world, world.app(wanted["production"][0]), body["domain"])
    del world.effects[before:]  # what a seed makes is not what a client did
    return made


def add_domain(world, app, hostname):
    at = now()
    app["domains"].append({"id": new_id(), "hostname": hostname, "kind": "custom", "endpoint": None, "created_at": at, "updated_at": at})


def one_app(world, body, name, stage, team, slugs, addons):
    app = apps.create(world, name, team=team)
    processes = body.get("processes") or {"web": "npm start"}
    if stage != "development" or body.get("addons_everywhere"):
        for plan in body.get("addons", ["heroku-postgresql:essential-0"]) if "addon" in HOOKS else []:
            addon = HOOKS["addon"](world, app, plan)
            addons[addon["name"]] = addon["id"]
    app["config"].update(config_of(body, stage))
    if config_of(body, stage):
        releases.add(world, app, "Set " + ", ".join(sorted(config_of(body, stage))) + " config vars", None)
    for commit in commits_of(body, stage):
        key = commit["sha"]
        if key not in slugs:
            slugs[key] = releases.add_slug(world, key, processes, commit.get("message", ""))["id"]
        releases.add(world, app, f"Deploy {key[:8]}", slugs[key], code=True)
    for entry in app["formation"].values():
        entry["quantity"] = 0 if entry["type"] == "release" else 1
    if app["formation"]:
        import formation
        formation.reconcile(world, app)
    for dyno in app["dynos"]:
        dyno.update(state="up", polls=0)
    for number in range(int(world.settings["log_lines"])):
        world.log(app, "app", "web.1", f"GET /orders/{number} 200")
    return app

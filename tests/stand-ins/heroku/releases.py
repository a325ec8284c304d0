# SPDX-FileCopyrightText: 2026 The Slipway authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Releases with their phase and output, rollback, slugs (heroku.md, 5).

A release phase runs on a build, a user's config change, a promotion, a rollback and a release through the API, not on what
add-ons do. While it runs the release is pending and not current; when it fails the previous one stays current."""
import hashlib

import catalog
import formation
from wire import ApiError, Listing, Response, invalid, missing, route
from world import HELD, new_id, now

KEYS = ("id", "version")
LOOKS = []  # what else goes on when the releases of an app are looked at; further families hang their own on here


def current(app):
    return next((entry for entry in reversed(app["releases"]) if entry["id"] == app["current"]), None)


def add_slug(world, commit, processes, words="", stack=None, fill=None):
    """A slug; the same commit and processes make the same checksum, which apps:diff compares."""
    text = f"{commit}{sorted(processes.items())}{fill or ''}"
    at = now()
    slug = {"id": new_id(), "commit": commit, "commit_description": words or None, "process_types": dict(processes),
            "checksum": "SHA256:" + hashlib.sha256(text.encode()).hexdigest(), "size": 1024 * (20 + len(text) % 50),
            "stack": stack or catalog.DEFAULT_STACK, "description": "Node.js", "created_at": at, "updated_at": at}
    world.slugs[slug["id"]] = slug
    world.dirty = True
    return slug


def add(world, app, words, slug, code=False, phase=False, config=None, quiet=False):
    """The next release. slug: an id or None; phase: whether a release phase has to run when there is one."""
    at = now()
    version = app["releases"][-1]["version"] + 1 if app["releases"] else 1
    release = {
        "id": new_id(), "version": version, "description": words, "slug": slug, "status": "succeeded", "code": code,
        "config": dict(app["config"] if config is None else config), "created_at": at, "updated_at": at, "polls": 0, "output": None,
        "plans": sorted({entry["plan"] for entry in world.addons.values() if entry["app"] == app["id"]}), "fails": False,
    }
    app["releases"].append(release)
    command = world.slugs[slug]["process_types"].get("release") if slug else None
    if phase and command:
        release.update(status="pending", polls=world.polls("release"), output="", fails=bool(world.flag("next_release", app)))
        release["output"] = f"Running {command}\n"
    if not quiet:
        world.did("release.create", app, id=release["id"], version=version, description=words, slug=slug)
        world.log(app, "app", "api", f"Release v{version} created by user {world.account['email']}")
    if release["status"] == "succeeded":
        take(world, app, release)
    elif release["polls"] == 0:
        finish(world, app, release)
    return release


def take(world, app, release):
    """The release becomes the one that runs."""
    app["current"] = release["id"]
    app["released_at"] = app["updated_at"] = now()
    app["config"] = dict(release["config"])
    if release["slug"]:
        formation.renew(world, app, world.slugs[release["slug"]]["process_types"], release)


def finish(world, app, release, fails=None):
    """The release phase has ended."""
    fails = release["fails"] if fails is None else fails
    release.update(status="failed" if fails else "succeeded", polls=0, updated_at=now())
    release["output"] += "Release command failed, exit status 1\n" if fails else "Done.\n"
    world.log(app, "app", f"release.{release['version']}", release["output"].splitlines()[-1])
    world.did("release.finish", app, id=release["id"], version=release["version"], status=release["status"])
    if not fails:
        take(world, app, release)


def look(world, app, release):
    if release["status"] == "pending" and world.poll(release):
        finish(world, app, release)


def show(world, app, release, request):
    held = release["slug"] and release["status"] == "succeeded"
    shown = {
        "addon_plan_names": release["plans"], "artifacts": [{"type": "slug", "id": release["slug"]}] if release["slug"] else [],
        "app": {"id": app["id"], "name": app["name"]}, "created_at": release["created_at"], "description": release["description"],
        "id": release["id"], "updated_at": release["updated_at"], "slug": {"id": release["slug"]} if release["slug"] else None,
        "status": release["status"], "user": world.user(), "version": release["version"], "current": release["id"] == app["current"],
        "output_stream_url": f"{world.base}/streams/release/{app['id']}/{release['id']}" if release["output"] is not None else None,
        "eligible_for_rollback": bool(held),
    }
    if request.variant == "sdk":
        shown["oci_image"] = None
    return shown


def find(app, identity):
    for release in app["releases"]:
        if identity in (release["id"], str(release["version"])):
            return release
    raise missing("release", "release")


@route("GET", "/apps/{app}/releases", protected=True)
def listed(world, request, app):
    app = world.app(app)
    for before in LOOKS:
        before(world, app)
    for release in app["releases"]:
        look(world, app, release)
    return Listing(app["releases"], lambda release: show(world, app, release, request), KEYS)


@route("GET", "/apps/{app}/releases/{release}", protected=True)
def info(world, request, app, release):
    app = world.app(app)
    release = find(app, release)
    look(world, app, release)
    return show(world, app, release, request)


@route("GET", "/apps/{app}/releases/{release}/config-vars", protected=True)
def config(world, request, app, release):
    return dict(find(world.app(app), release)["config"])


@route("POST", "/apps/{app}/releases", protected=True)
def made(world, request, app):
    app, body = world.app(app), request.json()
    if body.get("release"):
        release = rolled_back(world, app, body["release"])
    elif body.get("slug"):
        slug = world.slugs.get(body["slug"])
        if not slug:
            raise missing("slug", "slug")
        if "container" in (app["stack"], slug["stack"]):
            raise invalid("Cannot release a slug on the container stack.")
        words = body.get("description") or f"Deploy {(slug['commit'] or slug['id'])[:8]}"
        release = add(world, app, words, slug["id"], code=True, phase=True)
        app["stack"] = slug["stack"]
    else:
        raise invalid("Slug is required")
    return Response(show(world, app, release, request), 201)


def rolled_back(world, app, identity):
    """A new release with that one's slug and config; add-ons stay as they are (heroku.md, 5)."""
    old = find(app, identity)
    if not old["slug"] or old["status"] != "succeeded":
        raise invalid("Release is not eligible for rollback.")
    owned = {name: value for name, value in app["config"].items() if name in owned_names(world, app)}
    config = {name: value for name, value in old["config"].items() if name not in owned} | owned
    return add(world, app, f"Rollback to v{old['version']}", old["slug"], code=True, phase=True, config=config)


def owned_names(world, app):
    """The config vars that belong to an add-on."""
    return {name for entry in world.attachments.values() if entry["app"] == app["id"] for name in entry["config_vars"]}


def show_slug(world, slug, put=False):
    return {
        "blob": {"method": "PUT" if put else "GET", "url": f"{world.base}/uploads/slug-{slug['id']}"},
        "buildpack_provided_description": slug["description"], "checksum": slug["checksum"], "commit": slug["commit"],
        "commit_description": slug["commit_description"], "created_at": slug["created_at"], "id": slug["id"],
        "process_types": slug["process_types"], "size": slug["size"], "stack": catalog.stack_ref(slug["stack"]),
        "updated_at": slug["updated_at"], "deleted_at": None,
    }


@route("GET", "/apps/{app}/slugs/{slug}")
def slug_info(world, request, app, slug):
    world.app(app)
    if slug not in world.slugs:
        raise missing("slug", "slug")
    return show_slug(world, world.slugs[slug])


@route("POST", "/apps/{app}/slugs")
def slug_made(world, request, app):
    app, body = world.app(app), request.json()
    processes = body.get("process_types")
    if not isinstance(processes, dict) or not all(isinstance(value, str) for value in processes.values()):
        raise invalid("Process types is required")
    stack = catalog.named(catalog.STACKS, body.get("stack") or app["stack"], "stack")
    if not stack:
        raise missing("stack", "stack")
    slug = add_slug(world, body.get("commit"), processes, body.get("commit_description") or "", stack)
    slug["checksum"] = body.get("checksum") or slug["checksum"]
    world.did("slug.create", app, id=slug["id"], commit=slug["commit"])
    return Response(show_slug(world, slug, put=True), 201)


@route("GET", "/streams/release/{app}/{release}", service="open")
def output(world, request, app, release):
    import streams
    app = world.app(app)
    entry = find(app, release)
    if entry["output"] is None:
        raise ApiError(404)
    return streams.output(world, request, entry, lambda: entry["output"],
                          lambda: entry["status"] == "pending" and entry["polls"] >= HELD)

# SPDX-FileCopyrightText: 2026 The Slipway authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Sources and builds (heroku.md, 5): an address to PUT a gzipped tar to, a build of it, its output, its slug and release."""
import catalog
import releases
import streams
import tarballs
from wire import Listing, Response, invalid, missing, route
from world import HELD, new_id, now

KEYS = ("id", "started_at")


@route("POST", "/sources")
@route("POST", "/apps/{app}/sources")
def source_made(world, request, app=None):
    source = {"id": new_id(), "created_at": now(), "data": None}
    world.sources[source["id"]] = source
    world.did("source.create", None, id=source["id"])
    address = f"{world.base}/uploads/{source['id']}"
    return Response({"source_blob": {"get_url": address + "?get=1", "put_url": address + "?put=1"}}, 201)


@route("PUT", "/uploads/{source}", service="open")
def uploaded(world, request, source):
    """As a signed address of a file store: no token, no content type, a length (heroku.md, 5)."""
    source = source.removeprefix("slug-")
    if source not in world.sources and source not in world.slugs:
        return tarballs.store_error(404, "NoSuchKey")
    if "authorization" in request.headers or request.headers.get("content-type"):
        return tarballs.store_error(403, "SignatureDoesNotMatch")
    if "content-length" not in request.headers:
        return tarballs.store_error(411, "MissingContentLength")
    entry = world.sources.setdefault(source, {"id": source, "created_at": now()})
    entry["data"] = tarballs.pack(request.body)
    world.did("source.upload", None, id=source, bytes=len(request.body))
    return Response(raw=b"", kind="", headers={"ETag": '"uploaded"'})


@route("GET", "/uploads/{source}", service="open")
def downloaded(world, request, source):
    entry = world.sources.get(source.removeprefix("slug-"))
    if not entry or entry["data"] is None:
        return tarballs.store_error(404, "NoSuchKey")
    return Response(raw=tarballs.unpack(entry["data"]), kind="application/gzip")


def create(world, app, blob, buildpacks=None, held=False):
    """A build that goes on when it is looked at, or, held, only when an app-setup ends it."""
    at = now()
    content, problem = tarballs.fetch(world, blob)
    build = {
        "id": new_id(), "created_at": at, "started_at": at, "updated_at": at, "status": "pending",
        "polls": HELD if held else world.polls("build"),
        "blob": {key: blob.get(key) for key in ("checksum", "url", "version", "version_description")}, "slug": None, "release": None,
        "stack": app["build_stack"], "buildpacks": buildpacks, "problem": problem or world.flag("next_build", app),
        "processes": content.processes if content else {}, "fill": content.digest if content else "",
    }
    version = (blob.get("version") or "")[:7]
    build["output"] = f"-----> Building on the {build['stack'].capitalize()} stack\n-----> Fetching source {version}\n"
    app["builds"].append(build)
    world.did("build.create", app, id=build["id"], version=blob.get("version"))
    world.log(app, "app", "api", f"Build started by user {world.account['email']}")
    if build["polls"] == 0:
        finish(world, app, build)
    return build


def finish(world, app, build, fails=None):
    problem = build["problem"] if fails is None else ("finished so" if fails else None)
    build.update(polls=0, updated_at=now(), status="failed" if problem else "succeeded")
    if problem:
        build["output"] += f" !     {problem if isinstance(problem, str) else 'Build failed'}\n !     Push failed\n"
    else:
        if build["buildpacks"] is not None:
            app["buildpacks"] = [entry.get("url") or entry.get("name") for entry in build["buildpacks"]]
        app["stack"] = build["stack"]
        processes = build["processes"] or previous_processes(world, app)
        slug = releases.add_slug(world, build["blob"]["version"], processes, build["blob"]["version_description"] or "",
                                 build["stack"], build["fill"])
        build["slug"] = slug["id"]
        words = f"Deploy {(build['blob']['version'] or slug['id'])[:8]}"
        build["output"] += "-----> Compressing...\n-----> Launching...\n"
        build["release"] = releases.add(world, app, words, slug["id"], code=True, phase=True)["id"]
        build["output"] += f"       Released v{app['releases'][-1]['version']}\n"
    world.log(app, "app", "api", "Build failed" if problem else "Build succeeded")
    world.did("build.finish", app, id=build["id"], status=build["status"])


def previous_processes(world, app):
    for release in reversed(app["releases"]):
        if release["slug"]:
            return world.slugs[release["slug"]]["process_types"]
    return {"web": "npm start"}


def look(world, app):
    """One build of an app at a time: the oldest pending one goes on (heroku.md, 5)."""
    build = next((entry for entry in app["builds"] if entry["status"] == "pending"), None)
    if build and world.poll(build):
        finish(world, app, build)


def show(world, app, build, request, pipeline=False):
    shown = {
        "app": {"id": app["id"]}, "buildpacks": [{"url": address, "name": address} for address in app["buildpacks"]] or None,
        "created_at": build["created_at"], "id": build["id"], "output_stream_url": f"{world.base}/streams/build/{app['id']}/{build['id']}",
        "source_blob": build["blob"], "release": {"id": build["release"]} if build["release"] else None,
        "slug": {"id": build["slug"]} if build["slug"] else None, "stack": build["stack"], "status": build["status"],
        "updated_at": build["updated_at"], "user": world.user(),
    }
    if not pipeline:
        shown.update({"labs": {}} if request.variant == "sdk" else {"generation": "cedar"})
    return shown


def find(app, identity):
    for build in app["builds"]:
        if build["id"] == identity:
            return build
    raise missing("build", "build")


@route("GET", "/apps/{app}/builds")
def listed(world, request, app):
    app = world.app(app)
    look(world, app)
    return Listing(app["builds"], lambda build: show(world, app, build, request), KEYS)


@route("GET", "/apps/{app}/builds/{build}")
def info(world, request, app, build):
    app = world.app(app)
    found = find(app, build)
    if found["status"] == "pending":
        look(world, app)
    return show(world, app, found, request)


@route("POST", "/apps/{app}/builds")
def made(world, request, app):
    app, body = world.app(app), request.json()
    blob = body.get("source_blob")
    if not isinstance(blob, dict) or not isinstance(blob.get("url"), str) or not blob["url"].startswith(("http://", "https://")):
        raise invalid("Source blob with an url is required")
    if catalog.stack_ref(app["build_stack"])["name"] == "container" and body.get("buildpacks"):
        raise invalid("Buildpacks are not supported on the container stack.")
    build = create(world, app, blob, body.get("buildpacks"))
    return Response(show(world, app, build, request), 201)


@route("DELETE", "/apps/{app}/builds/{build}")
def cancelled(world, request, app, build):
    app = world.app(app)
    found = find(app, build)
    if found["status"] != "pending":
        raise invalid("Build is already finished.")
    found["problem"] = "Build cancelled"
    finish(world, app, found)
    return show(world, app, found, request)


@route("DELETE", "/apps/{app}/build-cache")
def cache_cleared(world, request, app):
    world.did("build_cache.delete", world.app(app))
    return Response({}, 202)


@route("GET", "/streams/build/{app}/{build}", service="open")
def output(world, request, app, build):
    found = find(world.app(app), build)
    return streams.output(world, request, found, lambda: found["output"],
                          lambda: found["status"] == "pending" and found["polls"] >= HELD)

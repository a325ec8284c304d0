# SPDX-FileCopyrightText: 2026 The Slipway authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""The link of apps and pipelines to GitHub, as far as review apps and pipelines:diff need it (heroku.md, 7 and 8).

Under its own host name in real life; the paths are different from the platform's, so one listener does for both."""
import seed
from wire import ApiError, Response, missing, route
from world import fixed_id, new_id, now


def repository(world, pipeline):
    found = world.repositories.get(pipeline["id"])
    if not found:
        raise missing("repository", "repository")
    return found


def link(world, pipeline, name):
    world.repositories[pipeline["id"]] = {"id": new_id(), "name": name, "number": int(fixed_id("repository", name)[:7], 16), "ci": False,
                                          "created_at": now()}


@route("GET", "/pipelines/{pipeline}/repo")
def of_pipeline(world, request, pipeline):
    found = repository(world, world.pipeline(pipeline))
    return {"id": found["id"], "full_name": found["name"], "name": found["name"].partition("/")[2], "type": "github"}


@route("GET", "/pipelines/{pipeline}/repo/branches/{branch}")
def branch(world, request, pipeline, branch):
    repository(world, world.pipeline(pipeline))
    return {"name": branch, "ref": f"refs/heads/{branch}"}


def show(world, pipeline, found):
    user = {"id": fixed_id("link", world.account["id"]), "heroku": {"user_id": world.account["id"]}, "github": {"user_id": 1}}
    at = found["created_at"]
    linked = {"id": found["number"], "name": found["name"], "type": "github", "host": "github.com", "created_at": at, "updated_at": at}
    return {"ci": found["ci"], "created_at": at, "creator": user, "id": found["id"], "organization": None, "owner": user,
            "pipeline": {"id": pipeline["id"]}, "repository": linked, "statuses": [], "updated_at": at}


@route("GET", "/pipelines/{pipeline}/repository", service="link")
def info(world, request, pipeline):
    pipeline = world.pipeline(pipeline)
    return show(world, pipeline, repository(world, pipeline))


def show_app(world, app, found):
    user = {"id": fixed_id("link", world.account["id"]), "heroku": {"user_id": world.account["id"]}, "github": {"user_id": 1}}
    return {"app": {"id": app["id"]}, "pull_requests": {"enabled": False, "auto_deploy": False, "space_id": None, "auto_destroy": False},
            "app_id": app["id"], "id": found["id"], "parent": None, "auto_deploy": False, "wait_for_ci": False, "branch": None,
            "created_at": found["created_at"], "owner": user,
            "pull_request": None, "repo": found["name"], "repo_id": found["number"], "repo_host": "github", "updated_at": found["created_at"]}


@route("GET", "/pipelines/{pipeline}/github", service="link")
def github(world, request, pipeline):
    pipeline = world.pipeline(pipeline)
    return [show_app(world, app, repository(world, pipeline)) for app in world.apps_in(pipeline)]


@route("GET", "/apps/{app}/github", service="link")
def of_app(world, request, app):
    app = world.app(app)
    coupling = world.coupling_of(app)
    found = coupling and world.repositories.get(coupling["pipeline"])
    if not found:
        raise ApiError(404, "App is not connected to GitHub.")
    return show_app(world, app, found)


@route("GET", "/account/github/token", service="link")
def token(world, request):
    return {"id": fixed_id("link", world.account["id"]), "heroku": {"user_id": world.account["id"]},
            "github": {"user_id": 1, "token": "stand-in-source-token"}, "created_at": now(), "updated_at": now()}


@route("GET", "/github/repos/{owner}/{repo}/tarball/{ref}", service="link")
def archive(world, request, owner, repo, ref):
    return Response({"archive_link": f"https://example.com/{owner}/{repo}/{ref}.tar.gz"})


seed.HOOKS["repository"] = link

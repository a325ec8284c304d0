# SPDX-FileCopyrightText: 2026 The Slipway authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Who asks, which organisations and projects there are (circleci.md, base and authentication, project slug)."""
import plans
from shows import show_project, show_user
from wire import PRIVATE, Listing, Response, invalid, missing, route
from world import SHORT, new_id

KINDS = {"gh": "github", "bb": "bitbucket", "circleci": "circleci"}


def add_organization(world, kind, name):
    """By name, made when there is none. Organisations of GitHub App and GitLab projects go by opaque ids."""
    for entry in world.organizations.values():
        if (entry["kind"], entry["name"]) == (kind, name):
            return entry
    identity = new_id()
    slug = f"{kind}/{name}" if kind != "circleci" else f"circleci/{identity[:22].replace('-', '')}"
    entry = {"id": identity, "kind": kind, "name": name, "slug": slug}
    world.organizations[identity] = entry
    return entry


def add_project(world, slug, default_branch="main", workflows=None, ready=True, definitions=("build-and-test",)):
    parts = slug.split("/")
    if len(parts) != 3:
        raise invalid("A project's slug has three parts")
    kind = SHORT.get(parts[0], parts[0])
    organization = add_organization(world, kind, parts[1])
    project = {"id": new_id(), "slug": "/".join([kind, *parts[1:]]), "name": parts[2], "organization": organization["id"],
               "organization_name": organization["name"], "default_branch": default_branch, "ready": ready, "followed": True,
               "workflows": plans.USUAL if workflows is None else workflows, "pipelines": 0, "builds": 0, "set": {}, "hidden": [],
               "definitions": [{"id": new_id(), "name": name, "created_at": world.now()} for name in definitions]}
    plans.read_workflows(project["workflows"])
    world.projects[project["id"]] = project
    return project


@route("GET", "/me")
def me(world, request):
    return show_user(world.me)


@route("GET", "/user/{user}")
def user(world, request, user):
    if user not in world.users:
        raise missing("User")
    return show_user(world.users[user])


@route("GET", "/me/collaborations")
def collaborations(world, request):
    own = {"id": world.me["id"], "vcs-type": "github", "name": world.me["login"], "slug": f"gh/{world.me['login']}"}
    found = [own] + [{"id": entry["id"], "vcs-type": KINDS.get(entry["kind"], entry["kind"]), "name": entry["name"], "slug": entry["slug"]}
                     for entry in world.organizations.values()]
    return Response([{**entry, "avatar_url": f"https://avatars.example.com/{entry['name']}.png"} for entry in found])


@route("GET", "/project/{slug}")
def project(world, request, slug):
    return show_project(world, world.find_project(slug))


@route("GET", "/me/followed-projects", base=PRIVATE)
@route("GET", "/me/followed_projects", base=PRIVATE)
def followed(world, request):
    """Not public; only CircleCI's own client asks it."""
    found = [entry for entry in world.projects.values() if entry["followed"] and entry["ready"]]
    return Listing(found, lambda entry: {"name": entry["name"], "slug": entry["slug"], "vcs_type": KINDS[entry["slug"].partition("/")[0]]})

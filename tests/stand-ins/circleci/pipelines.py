# SPDX-FileCopyrightText: 2026 The Slipway authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Pipelines and what starts them (circleci.md, pipelines)."""
import hashlib

import flow
from shows import show_pipeline, show_workflow
from wire import Listing, Response, invalid, missing, route
from world import stamp


def newest(world, project):
    return [entry for entry in reversed(world.pipelines.values()) if entry["project"] == project["id"]]


@route("GET", "/project/{slug}/pipeline")
def listed(world, request, slug):
    branch = request.query.get("branch")
    found = [entry for entry in newest(world, world.find_project(slug)) if branch is None or entry["branch"] == branch]
    return Listing(found, lambda entry: show_pipeline(world, entry))


@route("GET", "/project/{slug}/pipeline/mine")
def mine(world, request, slug):
    found = [entry for entry in newest(world, world.find_project(slug)) if entry["actor"] == world.me["id"]]
    return Listing(found, lambda entry: show_pipeline(world, entry))


@route("GET", "/project/{slug}/pipeline/{number}")
def by_number(world, request, slug, number):
    for entry in newest(world, world.find_project(slug)):
        if str(entry["number"]) == number:
            return show_pipeline(world, entry)
    raise missing("Pipeline")


@route("GET", "/pipeline")
def across(world, request):
    """Across an organisation; which one has to be said."""
    slug = request.query.get("org-slug")
    found = [entry["id"] for entry in world.organizations.values() if entry["slug"] == slug]
    if not found:
        raise missing("Organization")
    projects = {entry["id"] for entry in world.projects.values() if entry["organization"] in found and entry["ready"]}
    own = request.query.get("mine") == "true"
    chosen = [entry for entry in reversed(world.pipelines.values()) if entry["project"] in projects
              and (not own or entry["actor"] == world.me["id"])]
    return Listing(chosen, lambda entry: show_pipeline(world, entry))


@route("GET", "/pipeline/{pipeline}")
def one(world, request, pipeline):
    return show_pipeline(world, world.pipeline(pipeline))


@route("GET", "/pipeline/{pipeline}/config")
def config(world, request, pipeline):
    names = [entry["name"] for entry in world.workflows_of(world.pipeline(pipeline))]
    text = "version: 2.1\n# workflows: " + ", ".join(names) + "\n"
    return {"source": text, "compiled": text}


@route("GET", "/pipeline/{pipeline}/values")
def values(world, request, pipeline):
    found = world.pipeline(pipeline)
    named = {"pipeline.id": found["id"], "pipeline.number": found["number"], "pipeline.git.branch": found["branch"] or "",
             "pipeline.git.tag": found["tag"] or "", "pipeline.git.revision": found["sha"] or ""}
    return Response(named)


@route("GET", "/pipeline/{pipeline}/workflow")
def workflows(world, request, pipeline):
    """Newest first, a rerun among them; none yet while the pipeline is pending."""
    found = world.pipeline(pipeline)
    if found["looks"] > 0:
        found["looks"] -= 1
        return Listing([], None)
    entries = world.workflows_of(found)[::-1]
    for entry in entries:
        flow.look(world, entry)
    return Listing(entries, lambda entry: show_workflow(world, entry))


def parameters_of(body):
    """circleci.md, pipelines: at most 100, key 128, value 512 characters."""
    given = body.get("parameters") or {}
    if not isinstance(given, dict) or len(given) > 100:
        raise invalid("parameters: at most 100")
    for name, value in given.items():
        if len(name) > 128 or len(str(value)) > 512 or isinstance(value, (list, dict)):
            raise invalid(f"parameters: {name[:128]} is too long or of a wrong type")
    return given


def revision(project, branch):
    """The head of a branch: that of its last push, or made up."""
    known = project.setdefault("heads", {}).get(branch)
    return known or hashlib.sha1(f"{project['slug']} {branch}".encode()).hexdigest()


def begun(world, project, body, **more):
    branch, tag = body.get("branch"), body.get("tag")
    if branch and tag:
        raise invalid("branch and tag cannot both be given.")
    if not branch and not tag:
        branch = project["default_branch"]
    name = branch or tag
    made = flow.add_pipeline(world, project, branch, tag=tag, sha=revision(project, name), message=f"Head of {name}", trigger="api", **more)
    shown = {"id": made["id"], "state": "pending", "number": made["number"], "created_at": stamp(made["created_at"], True)}
    return Response(shown, 201)


@route("POST", "/project/{slug}/pipeline")
def triggered(world, request, slug):
    """The older trigger, not for projects of the GitHub App or GitLab."""
    project, body = world.find_project(slug), request.json()
    if project["slug"].startswith("circleci/"):
        raise invalid("This endpoint is not available for this project.")
    return begun(world, project, body, parameters=parameters_of(body))


@route("POST", "/project/{slug}/pipeline/run")
def run(world, request, slug):
    """The newer one. 200 with only a message means that nothing was started, when the project's "refuses" says so."""
    project, body = world.find_project(slug), request.json()
    if body.get("definition_id") not in {entry["id"] for entry in project["definitions"]}:
        raise missing("Pipeline definition")
    if project.get("refuses"):
        return {"message": project["refuses"]}
    return begun(world, project, body.get("checkout") or body.get("config") or {}, parameters=parameters_of(body))


@route("GET", "/projects/{project}/pipeline-definitions")
def definitions(world, request, project):
    found = world.projects.get(project)
    if not found or not found["ready"]:
        raise missing("Project")
    source = {"provider": "github_app", "repo": {"full_name": f"{found['organization_name']}/{found['name']}", "external_id": "1"}}
    return {"items": [{"id": entry["id"], "name": entry["name"], "description": "", "created_at": stamp(entry["created_at"], True),
                       "config_source": {**source, "file_path": ".circleci/config.yml"}, "checkout_source": source}
                      for entry in found["definitions"]]}

# SPDX-FileCopyrightText: 2026 The Slipway authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""The shapes of answers, one maker for each type (circleci.md and the published description)."""
from world import stamp


def altered(record, shown):
    """With the fields that a test set, to null for example, and without those that it hid (action "show")."""
    return {name: value for name, value in {**shown, **record["set"]}.items() if name not in record["hidden"]}


def only(values):
    return {name: value for name, value in values.items() if value is not None}


def show_user(user):
    return {name: user[name] for name in ("avatar_url", "id", "login", "name")}


def repository_url(project):
    host = {"gh": "https://github.com", "bb": "https://bitbucket.org"}.get(project["slug"].partition("/")[0])
    return f"{host}/{project['organization_name']}/{project['name']}" if host else f"//circleci.com/{project['slug'].partition('/')[2]}"


def show_project(world, project):
    provider = {"gh": "GitHub", "bb": "Bitbucket"}.get(project["slug"].partition("/")[0], "CircleCI")
    organization = world.organizations[project["organization"]]
    return altered(project, {
        "slug": project["slug"], "name": project["name"], "id": project["id"], "organization_name": organization["name"],
        "organization_slug": organization["slug"], "organization_id": organization["id"],
        "vcs_info": {"vcs_url": repository_url(project), "provider": provider, "default_branch": project["default_branch"]}})


def show_pipeline(world, pipeline):
    project, actor = world.projects[pipeline["project"]], world.users[pipeline["actor"]]
    created, pending = stamp(pipeline["created_at"], True), pipeline["looks"] > 0
    shown = {
        "id": pipeline["id"], "errors": pipeline["errors"], "project_slug": project["slug"], "updated_at": created,
        "number": pipeline["number"], "state": "pending" if pending else pipeline["state"], "created_at": created,
        "trigger": {"type": pipeline["trigger"], "received_at": created,
                    "actor": {"login": actor["login"], "avatar_url": actor["avatar_url"]}}}
    shown.update(git_of(project, pipeline))
    return altered(pipeline, shown)


def git_of(project, pipeline):
    """Branch and commit: in vcs, or, with projects of the GitHub App, in trigger_parameters (circleci.md, pipelines)."""
    url = repository_url(project)
    if project["slug"].startswith("circleci/"):
        git = {"branch": pipeline["branch"] or "", "tag": pipeline["tag"] or "", "checkout_sha": pipeline["sha"] or "",
               "ref": f"refs/tags/{pipeline['tag']}" if pipeline["tag"] else f"refs/heads/{pipeline['branch']}"}
        return {"trigger_parameters": {"git": git}}
    subject, _, body = pipeline["message"].partition("\n\n")
    vcs = only({"provider_name": "GitHub", "origin_repository_url": url, "target_repository_url": url, "branch": pipeline["branch"],
                "tag": pipeline["tag"], "review_id": pipeline["review"],
                "review_url": pipeline["review"] and f"{url}/pull/{pipeline['review']}"})
    vcs.update(revision=pipeline["sha"], commit={"subject": subject, "body": body})
    return {"vcs": vcs}


def show_workflow(world, workflow):
    shown = {
        "id": workflow["id"], "name": workflow["name"], "status": workflow["status"], "pipeline_id": workflow["pipeline"],
        "pipeline_number": world.pipelines[workflow["pipeline"]]["number"], "project_slug": world.projects[workflow["project"]]["slug"],
        "created_at": stamp(workflow["created_at"]), "stopped_at": stamp(workflow["stopped_at"]), "started_by": workflow["started_by"]}
    shown.update(only({"canceled_by": workflow["canceled_by"], "tag": "setup" if workflow["plan"]["setup"] else None}))
    return altered(workflow, shown)


def show_job(world, job):
    """An entry of a workflow's job list; one that has not started says null, or nothing (circleci.md, jobs)."""
    lagging = job["status"] == "on_hold" and job["looks"] > 0
    shown = {
        "id": job["id"], "name": job["name"], "type": job["type"], "status": "blocked" if lagging else job["status"],
        "project_slug": world.projects[job["project"]]["slug"], "dependencies": list(job["requires"]), "requires": dict(job["requires"]),
        "started_at": stamp(job["started_at"])}
    if not job["started_at"] and world.settings["absent_start"]:
        del shown["started_at"]
    if job["stopped_at"] or job["started_at"]:
        shown["stopped_at"] = stamp(job["stopped_at"])
    if job["type"] == "approval":
        shown["approval_request_id"] = job["id"]
    shown.update(only({"approved_by": job["approved_by"], "canceled_by": job["canceled_by"],
                       "job_number": None if lagging else job["number"]}))
    return altered(job, shown)


def web_url(world, job):
    """As in CircleCI's web app; commit statuses lead there."""
    workflow, project = world.workflows[job["workflow"]], world.projects[job["project"]]
    pipeline = world.pipelines[workflow["pipeline"]]
    place = f"{world.base}/pipelines/{project['slug']}/{pipeline['number']}/workflows/{workflow['id']}"
    return place if job["type"] == "approval" else f"{place}/jobs/{job['number']}"


def show_details(world, job):
    workflow, project = world.workflows[job["workflow"]], world.projects[job["project"]]
    parallelism = int(job["plan"].get("parallelism", 1))
    ended = job["started_at"] and job["stopped_at"]
    return altered(job, {
        "web_url": web_url(world, job), "name": job["name"], "number": job["number"], "status": job["status"],
        "project": {"id": project["id"], "slug": project["slug"], "name": project["name"], "external_url": repository_url(project)},
        "parallel_runs": [{"index": index, "status": job["status"]} for index in range(parallelism)],
        "parallelism": parallelism, "created_at": stamp(job["created_at"], True), "queued_at": stamp(job["queued_at"], True),
        "started_at": stamp(job["started_at"], True), "stopped_at": stamp(job["stopped_at"], True),
        "duration": int((job["stopped_at"] - job["started_at"]) * 1000) if ended else None,
        "latest_workflow": {"id": workflow["id"], "name": workflow["name"]}, "pipeline": {"id": workflow["pipeline"]},
        "executor": {"resource_class": job["plan"].get("resource_class", "medium"), "type": "docker"}, "messages": [],
        "contexts": [{"name": name} for name in job["plan"].get("contexts", ())],
        "organization": {"name": project["organization_name"]}})

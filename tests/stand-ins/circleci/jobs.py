# SPDX-FileCopyrightText: 2026 The Slipway authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""One job: details, tests, artifacts, cancel; and the project's flaky tests (circleci.md, jobs and insights)."""
from urllib.parse import quote

import flow
import plans
from shows import show_details
from wire import Listing, Response, invalid, route


def found_job(world, slug, number):
    flow.run_clock(world)
    return world.numbered(world.find_project(slug), number)


@route("GET", "/project/{slug}/job/{number}")
def details(world, request, slug, number):
    return show_details(world, found_job(world, slug, number))


@route("GET", "/project/{slug}/{number}/tests")
def tests(world, request, slug, number):
    entries = found_job(world, slug, number)["tests"]
    return Listing([{"id": str(place), "test": entry} for place, entry in enumerate(entries)], lambda entry: entry["test"])


@route("GET", "/project/{slug}/{number}/artifacts")
def artifacts(world, request, slug, number):
    job = found_job(world, slug, number)
    return Listing([{"id": path, "path": path} for path in job["artifacts"]],
                   lambda entry: {"path": entry["path"], "node_index": 0,
                                  "url": f"{world.base}/_artifact/{job['id']}/0/{quote(entry['path'])}"})


@route("GET", "/_artifact/{job}/{index}/{rest...}", base="")
def artifact(world, request, job, index, rest):
    if rest not in world.job(job)["artifacts"]:
        return Response(raw=b"", status=404, kind="text/plain")
    return Response(raw=f"artifact {rest}\n".encode(), kind="text/plain")


def ended(world, job):
    if job["status"] in plans.ENDED:
        raise invalid("The job is over.")
    flow.cancel_job(world, job, world.me["id"])
    return {"message": "Job canceled successfully."}


@route("POST", "/project/{slug}/job/{number}/cancel")
def cancel(world, request, slug, number):
    return ended(world, found_job(world, slug, number))


@route("POST", "/jobs/{job}/cancel")
def cancel_by_id(world, request, job):
    return ended(world, world.job(job))


@route("GET", "/insights/{slug}/flaky-tests")
def flaky(world, request, slug):
    """In snake_case, as the service really answers; the description has hyphens (circleci.md, insights)."""
    found = world.flaky.get(world.find_project(slug)["id"], [])
    return {"flaky_tests": found, "total_flaky_tests": len({(entry["classname"], entry["test_name"]) for entry in found})}

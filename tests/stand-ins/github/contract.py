# SPDX-FileCopyrightText: 2026 The Slipway authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""What Slipway calls of GitHub's REST description, and the description cut down to that and made strict (conformance.md, 2)."""
import copy

R = "/repos/{owner}/{repo}"
OPERATIONS = [line.replace(" R", " " + R, 1) for line in """
GET /user
GET /user/repos
GET /rate_limit
GET R
GET R/branches
GET R/branches/{branch}
GET R/rules/branches/{branch}
GET R/pulls
POST R/pulls
GET R/pulls/{pull_number}
PATCH R/pulls/{pull_number}
GET R/pulls/{pull_number}/files
GET R/pulls/{pull_number}/commits
GET R/pulls/{pull_number}/merge
PUT R/pulls/{pull_number}/merge
PUT R/pulls/{pull_number}/update-branch
GET R/pulls/{pull_number}/reviews
POST R/pulls/{pull_number}/reviews
POST R/pulls/{pull_number}/reviews/{review_id}/events
PUT R/pulls/{pull_number}/reviews/{review_id}/dismissals
GET R/pulls/{pull_number}/comments
GET R/pulls/{pull_number}/requested_reviewers
POST R/pulls/{pull_number}/requested_reviewers
DELETE R/pulls/{pull_number}/requested_reviewers
GET R/issues/{issue_number}/comments
POST R/issues/{issue_number}/comments
GET R/issues/comments
PATCH R/issues/comments/{comment_id}
GET R/labels
POST R/labels
GET R/issues/{issue_number}/labels
POST R/issues/{issue_number}/labels
PUT R/issues/{issue_number}/labels
DELETE R/issues/{issue_number}/labels/{name}
GET R/collaborators/{username}/permission
GET R/commits
GET R/commits/{ref}
GET R/commits/{commit_sha}/pulls
GET R/compare/{basehead}
GET R/commits/{ref}/status
GET R/commits/{ref}/statuses
POST R/statuses/{sha}
GET R/commits/{ref}/check-runs
GET R/commits/{ref}/check-suites
GET R/actions/runs
GET R/actions/runs/{run_id}
POST R/actions/runs/{run_id}/rerun-failed-jobs
POST R/actions/runs/{run_id}/cancel
POST R/actions/runs/{run_id}/approve
GET R/actions/runs/{run_id}/pending_deployments
POST R/actions/runs/{run_id}/pending_deployments
GET R/deployments
POST R/deployments
GET R/deployments/{deployment_id}
DELETE R/deployments/{deployment_id}
GET R/deployments/{deployment_id}/statuses
POST R/deployments/{deployment_id}/statuses
GET R/environments
GET R/environments/{environment_name}
PUT R/environments/{environment_name}
POST R/merges
GET R/git/ref/{ref}
GET R/git/matching-refs/{ref}
POST R/git/refs
PATCH R/git/refs/{ref}
DELETE R/git/refs/{ref}
GET R/git/commits/{commit_sha}
POST R/git/commits
GET R/git/trees/{tree_sha}
POST R/git/trees
GET R/git/blobs/{file_sha}
POST R/git/blobs
GET R/contents/{path}
GET R/events
""".strip().splitlines()]


def trimmed(description):
    """Only these operations and what they refer to, without examples. A misspelt word in a request body is an error.

    An address whose default is "" may be empty, as GitHub sends it, although its format does not allow that."""
    paths = {}
    for line in OPERATIONS:
        method, _, path = line.partition(" ")
        if method.lower() not in description["paths"].get(path, {}):
            raise AssertionError(f"not in the description: {line}")
        entry = description["paths"][path]
        kept = paths.setdefault(path, {"parameters": entry["parameters"]} if "parameters" in entry else {})
        kept[method.lower()] = entry[method.lower()]
    found = {"openapi": description["openapi"], "info": description["info"], "paths": copy.deepcopy(paths), "components": {}}
    collect(description, found["paths"], found["components"])
    without_examples(found)
    for entry in found["paths"].values():
        for operation in entry.values():
            if isinstance(operation, dict):
                close(operation)
    return found


def collect(description, value, components):
    """Copies the components that a value refers to, and those that they do."""
    if isinstance(value, list):
        for entry in value:
            collect(description, entry, components)
    elif isinstance(value, dict):
        place = value.get("$ref")
        if isinstance(place, str) and place.startswith("#/components/"):
            family, name = place.split("/")[2:]
            if name not in components.setdefault(family, {}):
                components[family][name] = copy.deepcopy(description["components"][family][name])
                collect(description, components[family][name], components)
        for entry in value.values():
            collect(description, entry, components)


def without_examples(value):
    if isinstance(value, list):
        for entry in value:
            without_examples(entry)
    elif isinstance(value, dict):
        if value.get("default") == "" and value.get("format") == "uri":
            del value["format"]
        for name in ("example", "examples"):
            if name in value and not (isinstance(value[name], dict) and "type" in value[name]):  # a property may have that name
                del value[name]
        for entry in value.values():
            without_examples(entry)


def close(operation):
    """No other properties in a request's body than the described ones."""
    for media in operation.get("requestBody", {}).get("content", {}).values():
        shapes = [media.get("schema", {})]
        shapes += [shape for word in ("oneOf", "anyOf") for shape in shapes[0].get(word, [])]
        for shape in shapes:
            if shape.get("properties"):
                shape.setdefault("additionalProperties", False)

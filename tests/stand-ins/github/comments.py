# SPDX-FileCopyrightText: 2026 The Slipway authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Comments on a pull request, which are an issue's comments at GitHub (github.md, 7)."""
import events
import people
import pulls
import repository
from wire import ApiError, Listing, Response, invalid, not_found, route
from world import now


def shown(world, repo, comment):
    own, number = repository.url(world, repo), comment["number"]
    place = f"{own}/issues/comments/{comment['id']}"
    return {
        "url": place, "html_url": f"{repository.html(world, repo)}/pull/{number}#issuecomment-{comment['id']}", "issue_url": f"{own}/issues/{number}",
        "id": comment["id"], "node_id": comment["node"], "user": people.simple(world, comment["user"]), "created_at": comment["created_at"],
        "updated_at": comment["updated_at"], "author_association": pulls.association(repo, comment["user"]), "body": comment["body"],
        "performed_via_github_app": None, "reactions": {"url": place + "/reactions", "total_count": 0, "+1": 0, "-1": 0, "laugh": 0, "hooray": 0,
                                                        "confused": 0, "heart": 0, "rocket": 0, "eyes": 0},
    }


def add(world, repo, pull, login, body, at=None):
    id, at = world.new_id(), at or now()
    comment = {"id": id, "node": world.node("IC", id, "comment", repo, pull["number"], id), "number": pull["number"], "user": login, "body": body,
               "created_at": at, "updated_at": at}
    pull["comments"].append(comment)
    pulls.touch(pull)
    return comment


def find(repo, id):
    found = next((comment for pull in repo.pulls.values() for comment in pull["comments"] if str(comment["id"]) == id), None)
    if not found:
        raise not_found()
    return found


@route("GET", "R/issues/{number}/comments", needs="issues=read or pull_requests=read")
def many(world, request, number):
    """Oldest first; since: changed at that time or later."""
    repo, since = request.repo, request.query.get("since", "")
    found = [comment for comment in pulls.find(repo, number)["comments"] if comment["updated_at"] >= since]
    return Listing(found, lambda comment: shown(world, repo, comment))


@route("GET", "R/issues/comments", needs="issues=read or pull_requests=read")
def of_all(world, request):
    repo, since = request.repo, request.query.get("since", "")
    found = [comment for pull in repo.pulls.values() for comment in pull["comments"] if comment["updated_at"] >= since]
    found.sort(key=lambda comment: (comment["updated_at"] if request.query.get("sort") == "updated" else comment["created_at"], comment["id"]),
               reverse=request.query.get("direction") == "desc")
    return Listing(found, lambda comment: shown(world, repo, comment))


@route("POST", "R/issues/{number}/comments", needs="issues=write or pull_requests=write")
def create(world, request, number):
    repo, body, pull = request.repo, request.json().get("body"), pulls.find(request.repo, number)
    if pull["locked"] and not repo.may(request.login, "write"):
        raise ApiError(403, "Unable to create comment because issue is locked.")
    if not isinstance(body, str) or not body.strip():
        raise invalid("IssueComment", "body", "missing_field")
    comment = add(world, repo, pull, request.login, body)
    world.did("comment", repo, number=pull["number"], login=request.login, id=comment["id"])
    answer = shown(world, repo, comment)
    events.add(world, repo, request.login, "IssueCommentEvent", {"action": "created", "issue": {"number": pull["number"]}, "comment": answer})
    return Response(answer, 201, {"Location": answer["url"]})


@route("GET", "R/issues/comments/{id}", needs="issues=read or pull_requests=read")
def one(world, request, id):
    return shown(world, request.repo, find(request.repo, id))


@route("PATCH", "R/issues/comments/{id}", needs="issues=write or pull_requests=write")
def change(world, request, id):
    repo, comment, body = request.repo, find(request.repo, id), request.json().get("body")
    if comment["user"] != request.login and not repo.may(request.login, "write"):
        raise ApiError(403, "Must have write access or be the author")
    if not isinstance(body, str) or not body.strip():
        raise invalid("IssueComment", "body", "missing_field")
    comment.update(body=body, updated_at=now())
    world.did("comment.change", repo, id=comment["id"])
    return shown(world, repo, comment)


@route("DELETE", "R/issues/comments/{id}", needs="issues=write or pull_requests=write")
def delete(world, request, id):
    repo, comment = request.repo, find(request.repo, id)
    if comment["user"] != request.login and not repo.may(request.login, "write"):
        raise ApiError(403, "Must have write access or be the author")
    repo.pulls[comment["number"]]["comments"].remove(comment)
    return Response(status=204)

# SPDX-FileCopyrightText: 2026 The Slipway authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Reviews of a pull request and who is asked for one (github.md, 7: reviews and comments)."""
import events
import people
import pulls
import repository
from wire import ApiError, Listing, Response, invalid, not_found, route, unprocessable
from world import now

STATES = {"APPROVE": "APPROVED", "REQUEST_CHANGES": "CHANGES_REQUESTED", "COMMENT": "COMMENTED"}


def shown(world, repo, pull, review):
    page = f"{repository.html(world, repo)}/pull/{pull['number']}#pullrequestreview-{review['id']}"
    place = f"{repository.url(world, repo)}/pulls/{pull['number']}"
    body = {
        "id": review["id"], "node_id": review["node"], "user": people.simple(world, review["user"]), "body": review["body"], "state": review["state"],
        "html_url": page, "pull_request_url": place, "author_association": pulls.association(repo, review["user"]),
        "_links": {"html": {"href": page}, "pull_request": {"href": place}}, "commit_id": review["commit_id"],
    }
    if review["submitted_at"]:
        body["submitted_at"] = review["submitted_at"]
    return body


def add(world, repo, pull, login, state, body="", commit=None):
    id = world.new_id()
    review = {"id": id, "node": world.node("PRR", id, "review", repo, pull["number"], id), "user": login, "body": body or "", "state": state,
              "commit_id": commit or pull["head"]["sha"], "submitted_at": now() if state != "PENDING" else None}
    pull["reviews"].append(review)
    pull["requested"] = [name for name in pull["requested"] if name != login or state == "PENDING"]
    pulls.touch(pull)
    return review


def find(pull, id):
    found = next((review for review in pull["reviews"] if str(review["id"]) == id), None)
    if not found:
        raise not_found()
    return found


def check(pull, login, event, body):
    if event not in STATES:
        raise unprocessable("Event is not included in the list", message="Unprocessable Entity")
    if login == pull["user"] and event != "COMMENT":
        raise unprocessable("Can not approve your own pull request" if event == "APPROVE" else "Can not request changes on your own pull request")
    if event != "APPROVE" and not body:
        raise unprocessable("Body can't be blank" if event == "COMMENT" else "Body can't be blank when requesting changes")


@route("GET", "R/pulls/{number}/reviews", needs="pull_requests=read")
def many(world, request, number):
    """By time; a pending one only for whom it is."""
    repo, pull = request.repo, pulls.find(request.repo, number)
    found = [review for review in pull["reviews"] if review["state"] != "PENDING" or review["user"] == request.login]
    return Listing(found, lambda review: shown(world, repo, pull, review))


@route("POST", "R/pulls/{number}/reviews", needs="pull_requests=write")
def create(world, request, number):
    """200. Without an event it stays pending, one for each user."""
    repo, body, pull = request.repo, request.json(), pulls.find(request.repo, number)
    event, commit = body.get("event"), body.get("commit_id")
    if event is None:
        if any(review["state"] == "PENDING" and review["user"] == request.login for review in pull["reviews"]):
            raise unprocessable("User can only have one pending review per pull request")
    else:
        check(pull, request.login, event, body.get("body"))
    if commit and repo.store.kind(commit) != "commit":
        raise unprocessable("commit_id is not part of the pull request")
    review = add(world, repo, pull, request.login, STATES.get(event, "PENDING"), body.get("body"), commit)
    if event:
        world.did("review", repo, number=pull["number"], login=request.login, state=review["state"])
        events.add(world, repo, request.login, "PullRequestReviewEvent", {"action": "created", "review": shown(world, repo, pull, review),
                                                                           "pull_request": repo.events and {"number": pull["number"]} or {}})
    return shown(world, repo, pull, review)


@route("POST", "R/pulls/{number}/reviews/{id}/events", needs="pull_requests=write")
def submit(world, request, number, id):
    repo, body, pull = request.repo, request.json(), pulls.find(request.repo, number)
    review = find(pull, id)
    check(pull, request.login, body.get("event"), body.get("body") or review["body"])
    review.update(state=STATES[body["event"]], body=body.get("body") or review["body"], submitted_at=now())
    world.did("review", repo, number=pull["number"], login=request.login, state=review["state"])
    return shown(world, repo, pull, review)


@route("PUT", "R/pulls/{number}/reviews/{id}/dismissals", needs="pull_requests=write")
def dismiss(world, request, number, id):
    repo, body, pull = request.repo, request.json(), pulls.find(request.repo, number)
    review = find(pull, id)
    if not repo.may(request.login, "write"):
        raise ApiError(403, "Must have write access")
    if not body.get("message"):
        raise ApiError(422, 'Invalid request.\n\n"message" wasn\'t supplied.')
    if review["state"] not in ("APPROVED", "CHANGES_REQUESTED"):
        raise unprocessable(f"Can not dismiss a {review['state'].lower()} pull request review")
    review["state"] = "DISMISSED"
    world.did("review.dismiss", repo, number=pull["number"], id=review["id"])
    return shown(world, repo, pull, review)


@route("DELETE", "R/pulls/{number}/reviews/{id}", needs="pull_requests=write")
def remove(world, request, number, id):
    pull = pulls.find(request.repo, number)
    review = find(pull, id)
    if review["state"] != "PENDING":
        raise unprocessable("Can not delete a non-pending pull request review")
    pull["reviews"].remove(review)
    return shown(world, request.repo, pull, review)


@route("GET", "R/pulls/{number}/requested_reviewers", needs="pull_requests=read")
def requested(world, request, number):
    return {"users": [people.simple(world, login) for login in pulls.find(request.repo, number)["requested"]], "teams": []}


@route("POST", "R/pulls/{number}/requested_reviewers", needs="pull_requests=write")
def ask(world, request, number):
    repo, pull = request.repo, pulls.find(request.repo, number)
    wanted = request.json().get("reviewers") or []
    if pull["user"] in wanted:
        raise ApiError(422, "Review cannot be requested from pull request author.")
    if any(repo.level(login) == "none" for login in wanted):
        raise ApiError(422, "Reviews may only be requested from collaborators. One or more of the users or teams you specified is not a collaborator "
                            f"of the {repo.full_name} repository.")
    pull["requested"] = list(dict.fromkeys(pull["requested"] + wanted))
    pulls.touch(pull)
    world.did("review.request", repo, number=pull["number"], logins=wanted)
    return Response(pulls.shown_short(world, repo, pull), 201)


@route("DELETE", "R/pulls/{number}/requested_reviewers", needs="pull_requests=write")
def unask(world, request, number):
    pull, unwanted = pulls.find(request.repo, number), request.json().get("reviewers")
    if unwanted is None:
        raise invalid("PullRequest", "reviewers", "missing_field")
    pull["requested"] = [login for login in pull["requested"] if login not in unwanted]
    return pulls.shown_short(world, request.repo, pull)


@route("GET", "R/pulls/{number}/comments", needs="pull_requests=read")
def line_comments(world, request, number):
    repo, pull = request.repo, pulls.find(request.repo, number)
    own = repository.url(world, repo)

    def one(comment):
        page = f"{repository.html(world, repo)}/pull/{pull['number']}#discussion_r{comment['id']}"
        place, whole = f"{own}/pulls/comments/{comment['id']}", f"{own}/pulls/{pull['number']}"
        body = {"url": place, "pull_request_review_id": None, "id": comment["id"], "node_id": comment["node"], "diff_hunk": comment["diff_hunk"],
                "path": comment["path"], "commit_id": comment["commit_id"], "original_commit_id": comment["commit_id"], "html_url": page,
                "user": people.simple(world, comment["user"]), "body": comment["body"], "created_at": comment["created_at"],
                "updated_at": comment["created_at"], "pull_request_url": whole, "author_association": pulls.association(repo, comment["user"]),
                "_links": {"self": {"href": place}, "html": {"href": page}, "pull_request": {"href": whole}}, "line": comment["line"],
                "side": "RIGHT"}
        return {**body, "in_reply_to_id": comment["in_reply_to_id"]} if comment.get("in_reply_to_id") else body

    return Listing(pull["review_comments"], one)

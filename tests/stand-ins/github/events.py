# SPDX-FileCopyrightText: 2026 The Slipway authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""The repository's events: a hint that something happened; none about deployments, statuses or checks (github.md, 7)."""
import repository
from paging import cut
from wire import Listing, Response, route
from world import now

MOST = 300


def add(world, repo, login, type, payload):
    repo.events.insert(0, {"id": str(30000000000 + world.new_id()), "type": type, "login": login, "payload": payload, "created_at": now()})
    del repo.events[MOST:]


def pull(world, repo, login, action, record):
    """Since October 2025 a payload carries a minimal pull request only."""
    own = repository.url(world, repo)
    short = {"id": repo.id, "name": repo.name, "url": own}
    add(world, repo, login, "PullRequestEvent", {"action": action, "number": record["number"], "pull_request": {
        "id": record["id"], "number": record["number"], "url": f"{own}/pulls/{record['number']}",
        "head": {"ref": record["head"]["ref"], "sha": record["head"]["sha"], "repo": short},
        "base": {"ref": record["base"]["ref"], "sha": record["base"]["sha"], "repo": short}}})


def push(world, repo, branch, before, after):
    login = repo.store.commit(after or before)["author"]["email"]
    login = world.by_email(login) or repo.owner
    if before and after:
        add(world, repo, login, "PushEvent", {"repository_id": repo.id, "push_id": world.new_id(), "ref": f"refs/heads/{branch}", "head": after,
                                              "before": before})
    else:
        body = {"ref": branch, "ref_type": "branch", "full_ref": f"refs/heads/{branch}", "pusher_type": "user"}
        more = {} if before else {"master_branch": repo.default_branch, "description": None}
        add(world, repo, login, "DeleteEvent" if before else "CreateEvent", {**body, **more})


def actor(world, login):
    user = world.users.get(login) or world.users["ghost"]
    return {"id": user["id"], "login": login, "display_login": login, "gravatar_id": "", "url": f"{world.api}/users/{login}",
            "avatar_url": f"{world.base}/avatars/u/{user['id']}?"}


@route("GET", "R/events")
def many(world, request):
    repo = request.repo
    listing = Listing(repo.events, lambda event: {
        "id": event["id"], "type": event["type"], "actor": actor(world, event["login"]), "payload": event["payload"], "public": not repo.private,
        "repo": {"id": repo.id, "name": repo.full_name, "url": f"{world.api}/repos/{repo.full_name}"}, "created_at": event["created_at"],
        "org": actor(world, repo.owner)})
    answer = cut(world, request, listing)
    answer.headers["X-Poll-Interval"] = str(world.settings["poll_interval"])
    return Response(answer.body, headers=answer.headers)

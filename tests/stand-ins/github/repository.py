# SPDX-FileCopyrightText: 2026 The Slipway authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""A repository as GitHub shows it: in full, and the smaller forms inside other answers; who may do what in it."""
import people
import permits
from wire import Listing, Response, not_found, route

PATHS = {  # the addresses that every form carries, and what stands behind the repository's own
    "archive_url": "/{archive_format}{/ref}", "assignees_url": "/assignees{/user}", "blobs_url": "/git/blobs{/sha}",
    "branches_url": "/branches{/branch}", "collaborators_url": "/collaborators{/collaborator}", "comments_url": "/comments{/number}",
    "commits_url": "/commits{/sha}", "compare_url": "/compare/{base}...{head}", "contents_url": "/contents/{+path}",
    "contributors_url": "/contributors", "deployments_url": "/deployments", "downloads_url": "/downloads", "events_url": "/events",
    "forks_url": "/forks", "git_commits_url": "/git/commits{/sha}", "git_refs_url": "/git/refs{/sha}", "git_tags_url": "/git/tags{/sha}",
    "hooks_url": "/hooks", "issue_comment_url": "/issues/comments{/number}", "issue_events_url": "/issues/events{/number}",
    "issues_url": "/issues{/number}", "keys_url": "/keys{/key_id}", "labels_url": "/labels{/name}", "languages_url": "/languages",
    "merges_url": "/merges", "milestones_url": "/milestones{/number}", "notifications_url": "/notifications{?since,all,participating}",
    "pulls_url": "/pulls{/number}", "releases_url": "/releases{/id}", "stargazers_url": "/stargazers", "statuses_url": "/statuses/{sha}",
    "subscribers_url": "/subscribers", "subscription_url": "/subscription", "tags_url": "/tags", "teams_url": "/teams",
    "trees_url": "/git/trees{/sha}",
}


def url(world, repo):
    return f"{world.api}/repos/{repo.full_name}"


def html(world, repo):
    return f"{world.web}/{repo.full_name}"


def minimal(world, repo, owner=None):
    """Minimal repository; owner: of a fork with the same name."""
    owner = owner or repo.owner
    own, page = f"{world.api}/repos/{owner}/{repo.name}", f"{world.web}/{owner}/{repo.name}"
    return {
        "id": repo.id if owner == repo.owner else repo.id + 500, "node_id": repo.node, "name": repo.name,
        "full_name": f"{owner}/{repo.name}", "private": repo.private, "owner": people.simple(world, owner), "html_url": page,
        "description": None, "fork": owner != repo.owner, "url": own, **{name: own + path for name, path in PATHS.items()},
    }


def permissions(repo, login):
    return {"admin": repo.may(login, "admin"), "maintain": repo.may(login, "maintain"), "push": repo.may(login, "write"),
            "triage": repo.may(login, "triage"), "pull": repo.may(login, "read") or not repo.private}


def whole(world, repo, owner=None):
    """Repository, as head and base of a pull request carry it."""
    body = minimal(world, repo, owner)
    page, name = body["html_url"], body["full_name"]
    opened = sum(1 for pull in repo.pulls.values() if pull["state"] == "open")
    body.update({
        "git_url": f"git:{page.partition(':')[2]}.git", "ssh_url": f"git@{world.web.partition('://')[2]}:{name}.git", "clone_url": page + ".git",
        "svn_url": page, "mirror_url": None, "homepage": None, "language": "Python", "forks_count": 0, "stargazers_count": 0,
        "watchers_count": 0, "size": 108, "default_branch": repo.default_branch, "open_issues_count": opened, "is_template": False,
        "topics": [], "has_issues": repo.options["has_issues"], "has_projects": True, "has_wiki": False, "has_pages": False, "has_downloads": True,
        "has_discussions": False, "archived": repo.options["archived"], "disabled": False, "visibility": "private" if repo.private else "public",
        "pushed_at": repo.pushed_at, "created_at": repo.created_at, "updated_at": repo.updated_at, "allow_forking": True,
        "web_commit_signoff_required": False, "license": None, "forks": 0, "open_issues": opened, "watchers": 0,
    })
    return body


def full(world, repo, login):
    body = whole(world, repo)
    body.update(permissions=permissions(repo, login), temp_clone_token="", organization=people.simple(world, repo.owner), subscribers_count=1,
                network_count=0)
    if repo.may(login, "write"):
        body.update({name: repo.options[name] for name in ("allow_merge_commit", "allow_squash_merge", "allow_rebase_merge", "allow_auto_merge",
                                                           "delete_branch_on_merge", "allow_update_branch")})
        body.update(use_squash_pr_title_as_default=False, squash_merge_commit_title="COMMIT_OR_PR_TITLE",
                    squash_merge_commit_message="COMMIT_MESSAGES", merge_commit_title="MERGE_MESSAGE", merge_commit_message="PR_TITLE")
    return body


@route("GET", "/user/repos", needs="", scopes=())
def mine(world, request):
    """What the token's owner may read, and the token may see."""
    found = []
    for repo in world.repos:
        request.repo = repo
        if repo.may(request.login, "read") and permits.sees(request):
            found.append(repo)
    request.repo = None
    found.sort(key=lambda repo: repo.full_name)
    return Listing(found, lambda repo: {**whole(world, repo), "permissions": permissions(repo, request.login)})


@route("GET", "R")
def one(world, request):
    return full(world, request.repo, request.login)


@route("GET", "R/collaborators/{login}/permission")
def permission(world, request, login):
    """permission knows four words only: triage counts as read, maintain as write; role_name says which it is."""
    login = world.user(login)["login"]
    level = request.repo.level(login)
    if level == "none" and not request.repo.private:
        level = "read"
    user = {**people.simple(world, login), "permissions": permissions(request.repo, login), "role_name": level}
    return {"permission": {"triage": "read", "maintain": "write"}.get(level, level), "user": user, "role_name": level}


@route("GET", "R/collaborators/{login}")
def collaborates(world, request, login):
    if request.repo.level(login) == "none":
        raise not_found()
    return Response(status=204)

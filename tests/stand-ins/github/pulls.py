# SPDX-FileCopyrightText: 2026 The Slipway authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Pull requests: list, one, create, change, their files and commits (github.md, 7: pull requests).

A pull request is kept as a plain record with "head" and "base" {"ref", "sha"}; "owner" is the fork that head is in."""
import commits
import events
import labels
import people
import repository
import verdicts
from wire import ApiError, Listing, Response, invalid, not_found, route
from world import now

FILES, COMMITS = 3000, 250


def opened(world, repo, login, head, base, title, body=None, draft=False, owner=None, at=None, record=True):
    """A new pull request; head and base are branches that are there. record: whether it gets its refs/pull at once."""
    number, id, at = next(repo.numbers), world.new_id(), at or now()
    pull = {
        "number": number, "id": id, "node": world.node("PR", id, "pull", repo, number), "title": title, "body": body, "draft": bool(draft),
        "state": "open", "user": login, "owner": owner or repo.owner, "head": {"ref": head, "sha": repo.tip(head, owner)},
        "base": {"ref": base, "sha": repo.tip(base)}, "labels": [], "requested": [], "assignees": [], "created_at": at, "updated_at": at,
        "closed_at": None, "merged_at": None, "merged_by": None, "merge_commit_sha": None, "locked": False, "reviews": [], "review_comments": [],
        "comments": [], "head_gone": False, "known": None, "looks": int(world.settings["mergeable"]),
    }
    repo.pulls[number] = pull
    if record:
        repo.store.update_ref(f"refs/pull/{number}/head", pull["head"]["sha"])
    return pull


def find(repo, number):
    pull = repo.pulls.get(int(number)) if str(number).isdigit() else None
    if not pull:
        raise not_found()
    return pull


def touch(pull):
    pull["updated_at"] = now()


def association(repo, login):
    level = repo.level(login)
    return "OWNER" if login == repo.owner else "MEMBER" if level in ("admin", "maintain") else "COLLABORATOR" if level != "none" else "NONE"


def with_commit(repo, sha):
    """The pull requests that brought a commit, or that have it on their branch while it is not on the base."""
    found = [pull for pull in repo.pulls.values() if pull["merge_commit_sha"] == sha or sha in pull.get("brought", ())]
    return found + [repo.pulls[number] for number in carried(repo).get(sha, ())]


def carried(repo):
    """{commit: [number, ...]} of open pull requests: what their heads have and their bases lack, in one process a base."""
    opened_ones = [pull for pull in repo.pulls.values() if pull["state"] == "open"]
    key = tuple((pull["number"], pull["head"]["sha"], repo.tip(pull["base"]["ref"])) for pull in opened_ones)
    if repo.carried[0] != key:
        found = {}
        for base in {entry[2] for entry in key if entry[2]}:
            heads = sorted({entry[1] for entry in key if entry[2] == base})
            lines = repo.store.text("rev-list", "--parents", "--stdin", input="\n".join([*heads, "^" + base]).encode()).splitlines()
            parents = {line.split()[0]: line.split()[1:] for line in lines}
            for number, head, _ in (entry for entry in key if entry[2] == base):
                for sha in reached(parents, head):
                    found.setdefault(sha, []).append(number)
        repo.carried = (key, found)
    return repo.carried[1]


def reached(parents, head):
    seen, todo = set(), [head]
    while todo:
        sha = todo.pop()
        if sha in parents and sha not in seen:
            seen.add(sha)
            todo += parents[sha]
    return seen


def side(world, repo, pull, which):
    owner = pull["owner"] if which == "head" else repo.owner
    gone = which == "head" and pull["head_gone"]
    return {"label": f"{owner}:{pull[which]['ref']}", "ref": pull[which]["ref"], "sha": pull[which]["sha"], "user": people.simple(world, owner),
            "repo": None if gone else repository.whole(world, repo, owner)}


def shown_short(world, repo, pull):
    """As lists carry it: without mergeable, merged and the numbers."""
    own, page = repository.url(world, repo), f"{repository.html(world, repo)}/pull/{pull['number']}"
    place, issue = f"{own}/pulls/{pull['number']}", f"{own}/issues/{pull['number']}"
    statuses = f"{own}/statuses/{pull['head']['sha']}"
    return {
        "url": place, "id": pull["id"], "node_id": pull["node"], "html_url": page, "diff_url": page + ".diff", "patch_url": page + ".patch",
        "issue_url": issue, "number": pull["number"], "state": pull["state"], "locked": pull["locked"], "title": pull["title"],
        "user": people.simple(world, pull["user"]), "body": pull["body"], "created_at": pull["created_at"], "updated_at": pull["updated_at"],
        "closed_at": pull["closed_at"], "merged_at": pull["merged_at"], "merge_commit_sha": pull["merge_commit_sha"],
        "assignee": people.simple(world, (pull["assignees"] or [None])[0]), "assignees": [people.simple(world, login) for login in pull["assignees"]],
        "requested_reviewers": [people.simple(world, login) for login in pull["requested"]], "requested_teams": [],
        "labels": [labels.shown(world, repo, repo.labels[name]) for name in pull["labels"] if name in repo.labels], "milestone": None,
        "draft": pull["draft"], "commits_url": place + "/commits", "review_comments_url": place + "/comments",
        "review_comment_url": own + "/pulls/comments{/number}", "comments_url": issue + "/comments", "statuses_url": statuses,
        "head": side(world, repo, pull, "head"), "base": side(world, repo, pull, "base"),
        "_links": {name: {"href": href} for name, href in (
            ("self", place), ("html", page), ("issue", issue), ("comments", issue + "/comments"), ("review_comments", place + "/comments"),
            ("review_comment", own + "/pulls/comments{/number}"), ("commits", place + "/commits"), ("statuses", statuses))},
        "author_association": association(repo, pull["user"]), "auto_merge": None, "active_lock_reason": None,
    }


def shown(world, repo, pull):
    mergeable, state = verdicts.mergeable(world, repo, pull)
    base, head = verdicts.ends(repo, pull)
    files = commits.changes(repo, base, head)
    return {
        **shown_short(world, repo, pull), "merged": bool(pull["merged_at"]), "mergeable": mergeable, "rebaseable": mergeable,
        "mergeable_state": state, "merged_by": people.simple(world, pull["merged_by"]), "comments": len(pull["comments"]),
        "review_comments": len(pull["review_comments"]), "maintainer_can_modify": False,
        "commits": len(repo.store.between(base, head)), "additions": sum(file["additions"] for file in files),
        "deletions": sum(file["deletions"] for file in files), "changed_files": len(files),
    }


@route("GET", "R/pulls", needs="pull_requests=read")
def many(world, request):
    repo, query = request.repo, request.query
    state, order = query.get("state") or "open", query.get("sort") or "created"
    if state not in ("open", "closed", "all"):
        raise invalid("PullRequest", "state")
    found = [pull for pull in repo.pulls.values() if state in ("all", pull["state"])]
    if query.get("base"):
        found = [pull for pull in found if pull["base"]["ref"] == query["base"]]
    if ":" in query.get("head", ""):  # without an owner GitHub takes no notice of it
        owner, _, branch = query["head"].partition(":")
        found = [pull for pull in found if (pull["owner"], pull["head"]["ref"]) == (owner, branch)]
    keys = {"updated": "updated_at", "popularity": "number", "long-running": "number"}
    direction = query.get("direction") or ("desc" if order == "created" else "asc")
    found.sort(key=lambda pull: (pull[keys.get(order, "created_at")], pull["number"]), reverse=direction == "desc")
    return Listing(found, lambda pull: shown_short(world, repo, pull))


@route("GET", "R/pulls/{number}", needs="pull_requests=read")
def one(world, request, number):
    pull = find(request.repo, number)
    for media in ("diff", "patch"):
        if request.wants(media):
            return commits.as_text(request.repo, media, *verdicts.ends(request.repo, pull))
    return shown(world, request.repo, pull)


@route("POST", "R/pulls", needs="pull_requests=write")
def create(world, request):
    repo, body = request.repo, request.json()
    for field in ("head", "base", *(() if body.get("issue") else ("title",))):
        if not isinstance(body.get(field), str) or not body[field]:
            raise invalid("PullRequest", field, "missing_field")
    owner, colon, head = body["head"].rpartition(":")
    owner, base = owner if colon else repo.owner, body["base"]
    for field, sha in (("head", repo.tip(head, owner)), ("base", repo.tip(base))):
        if not sha:
            raise invalid("PullRequest", field)
    same = [pull for pull in repo.pulls.values() if pull["state"] == "open" and
            (pull["owner"], pull["head"]["ref"], pull["base"]["ref"]) == (owner, head, base)]
    if same:
        raise invalid("PullRequest", "base", message=f"A pull request already exists for {owner}:{head}.")
    if not repo.store.between(repo.tip(base), repo.tip(head, owner)):
        raise invalid("PullRequest", "base", message=f"No commits between {base} and {head}")
    pull = opened(world, repo, request.login, head, base, body["title"], body.get("body"), body.get("draft"), owner)
    world.did("pull.create", repo, number=pull["number"], head=head, base=base)
    events.pull(world, repo, request.login, "opened", pull)
    answer = shown(world, repo, pull)
    return Response(answer, 201, {"Location": answer["url"]})


@route("PATCH", "R/pulls/{number}", needs="pull_requests=write")
def change(world, request, number):
    repo, body = request.repo, request.json()
    pull = find(repo, number)
    if pull["user"] != request.login and not repo.may(request.login, "write"):
        raise ApiError(403, "Must have write access or be the author")
    if body.get("state") not in (None, "open", "closed"):
        raise invalid("PullRequest", "state")
    if body.get("state") == "open" and pull["merged_at"]:
        raise invalid("PullRequest", "state", message="state cannot be changed. The pull request cannot be reopened.")
    if body.get("base") and not repo.tip(body["base"]):
        raise invalid("PullRequest", "base", message=f"Proposed base branch '{body['base']}' was not found")
    pull.update({name: body[name] for name in ("title", "body") if name in body})
    if body.get("base"):
        pull["base"] = {"ref": body["base"], "sha": repo.tip(body["base"])}
    if body.get("state") and body["state"] != pull["state"]:
        close(world, repo, pull, request.login) if body["state"] == "closed" else reopen(world, repo, pull, request.login)
    touch(pull)
    world.did("pull.change", repo, number=pull["number"], **{name: body[name] for name in ("title", "state", "base") if name in body})
    return shown(world, repo, pull)


def close(world, repo, pull, login):
    base, head = verdicts.ends(repo, pull)
    pull.update(state="closed", closed_at=now(), updated_at=now(), closed_base=base)
    events.pull(world, repo, login, "closed", pull)


def reopen(world, repo, pull, login):
    if not repo.tip(pull["head"]["ref"], pull["owner"]):
        raise invalid("PullRequest", "state", message=f"state cannot be changed. The {pull['head']['ref']} branch has been deleted.")
    pull.update(state="open", closed_at=None, updated_at=now())
    events.pull(world, repo, login, "reopened", pull)


@route("GET", "R/pulls/{number}/files", needs="pull_requests=read")
def files(world, request, number):
    repo, pull = request.repo, find(request.repo, number)
    return Listing(commits.changes(repo, *verdicts.ends(repo, pull))[:FILES], commits.shown_file(world, repo, pull["head"]["sha"]))


@route("GET", "R/pulls/{number}/commits", needs="pull_requests=read")
def its_commits(world, request, number):
    repo, pull = request.repo, find(request.repo, number)
    shas = repo.store.between(*verdicts.ends(repo, pull))[:COMMITS]
    return Listing(shas, lambda sha: commits.short(world, repo, repo.store.commit(sha)))


@route("GET", "R/commits/{sha}/pulls", needs="pull_requests=read or contents=read")
def brought_by(world, request, sha):
    repo = request.repo
    return Listing(with_commit(repo, commits.must_resolve(repo, sha)), lambda pull: shown_short(world, repo, pull))

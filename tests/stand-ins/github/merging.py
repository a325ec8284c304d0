# SPDX-FileCopyrightText: 2026 The Slipway authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Merging a pull request in three ways, and bringing the base into it (github.md, 7: PUT merge, PUT update-branch)."""
import events
import pulls
import pushes
import refs
import verdicts
from wire import ApiError, Response, not_found, route
from world import now

METHODS = {"merge": ("allow_merge_commit", "Merge commits"), "squash": ("allow_squash_merge", "Squash merges"),
           "rebase": ("allow_rebase_merge", "Rebase merges")}
MODIFIED = "Base branch was modified. Review and try the merge again."


@route("GET", "R/pulls/{number}/merge", needs="contents=read")
def merged(world, request, number):
    if not pulls.find(request.repo, number)["merged_at"]:
        raise not_found()
    return Response(status=204)


@route("PUT", "R/pulls/{number}/merge", needs="contents=write")
def merge(world, request, number):
    repo, body = request.repo, request.json()
    pull, method = pulls.find(repo, number), body.get("merge_method") or "merge"
    if method not in METHODS:
        raise ApiError(422, f"For 'properties/merge_method', {method} is not a member of [\"merge\", \"squash\", \"rebase\"].")
    if body.get("sha") and body["sha"] != pull["head"]["sha"]:
        raise ApiError(409, "Head branch was modified. Review and try the merge again.")
    refuse(repo, pull, method, request.login)
    sha = perform(world, repo, pull, method, request.login, body.get("commit_title"), body.get("commit_message"))
    return {"sha": sha, "merged": True, "message": "Pull Request successfully merged"}


def refuse(repo, pull, method, login):
    """405 with the reason, when it may not be merged now."""
    if pull["state"] != "open":
        raise ApiError(405, "Pull Request is not mergeable")
    if not repo.options[METHODS[method][0]]:
        raise ApiError(405, f"{METHODS[method][1]} are not allowed on this repository.")
    if pull["draft"]:
        raise ApiError(405, "Pull Request is still a draft")
    rules = repo.rules(pull["base"]["ref"])
    exempt = not rules.get("enforce_admins", True) and repo.may(login, "admin")
    if not exempt and verdicts.missing(repo, pull):
        raise ApiError(405, verdicts.missing(repo, pull), url="https://docs.github.com/articles/about-protected-branches")
    base = repo.tip(pull["base"]["ref"])
    if not base or repo.store.merged_tree(base, pull["head"]["sha"])[1]:
        raise ApiError(405, "Pull Request is not mergeable")


def perform(world, repo, pull, method, login, title=None, message=None):
    """Merges, closes, deletes the branch when the repository wants that; the new tip of the base."""
    store, base, head = repo.store, repo.tip(pull["base"]["ref"]), pull["head"]["sha"]
    brought, before = store.between(base, head), verdicts.ends(repo, pull)[0]
    if method == "rebase":
        sha = replayed(repo, base, brought, refs.signature(world, login))
    else:
        first, rest = words(repo, pull, method, brought)
        text = (title or first) + "\n\n" + (rest if message is None else message)
        parents = [base, head] if method == "merge" else [base]
        author = store.commit(brought[-1])["author"] if method == "squash" and brought else refs.signature(world, login)
        author = {name: author[name] for name in ("name", "email")}
        sha = store.commit_tree(store.merged_tree(base, head)[0], parents, text.rstrip() + "\n", author, refs.signature(world, login))
    if not store.update_ref(f"refs/heads/{pull['base']['ref']}", sha, base):
        raise ApiError(405, MODIFIED)
    pull.update(state="closed", merged_at=now(), closed_at=now(), updated_at=now(), merged_by=login, merge_commit_sha=sha, closed_base=before,
                brought=brought if method == "merge" else store.between(base, sha))
    world.did("pull.merge", repo, number=pull["number"], method=method, sha=sha)
    events.pull(world, repo, login, "closed", pull)
    if repo.options["delete_branch_on_merge"] and pull["owner"] == repo.owner and not repo.rules(pull["head"]["ref"]):
        store.update_ref(f"refs/heads/{pull['head']['ref']}", None)
    return sha


def words(repo, pull, method, brought):
    """(title, message) as the repository's settings say by default."""
    if method == "merge":
        return f"Merge pull request #{pull['number']} from {pull['owner']}/{pull['head']['ref']}", pull["title"]
    found = [commit["message"] for commit in repo.store.commits(brought)]
    if len(found) == 1:
        title, _, rest = found[0].partition("\n")
        return f"{title} (#{pull['number']})", rest.strip()
    return f"{pull['title']} (#{pull['number']})", "\n\n".join("* " + message for message in found)


def replayed(repo, base, shas, committer):
    """Each commit anew on the base, by its author and the one who merges."""
    tip = base
    for commit in repo.store.commits(shas):
        if len(commit["parents"]) != 1:
            raise ApiError(405, "This branch can't be rebased")
        tree = repo.store.pick(commit["sha"], tip)
        if tree is None:
            raise ApiError(405, "This branch can't be rebased due to conflicts")
        tip = repo.store.commit_tree(tree, [tip], commit["message"] + "\n", commit["author"], committer)
    return tip


@route("PUT", "R/pulls/{number}/update-branch", needs="pull_requests=write")
def update_branch(world, request, number):
    """202: it happens some requests later; 422 when the head moved, there is nothing to bring, or it conflicts."""
    repo, body = request.repo, request.json()
    pull = pulls.find(repo, number)
    head, base = pull["head"]["sha"], repo.tip(pull["base"]["ref"])
    if body.get("expected_head_sha") not in (None, head):
        raise ApiError(422, "expected head sha didn’t match current head ref.")
    if pull["state"] != "open" or not base or pull["owner"] != repo.owner:
        raise ApiError(422, "Pull request is closed" if pull["state"] != "open" else "Head branch cannot be updated")
    if repo.store.contains(head, base):
        raise ApiError(422, "There are no new commits on the base branch.")
    if repo.store.merged_tree(head, base)[1]:
        raise ApiError(422, "merge conflict between base and head")

    def really():
        pushes.sync(world, repo)
        now_base = repo.tip(pull["base"]["ref"])
        tree, conflicts = repo.store.merged_tree(head, now_base)
        if conflicts or pull["head"]["sha"] != head:
            return
        text = f"Merge branch '{pull['base']['ref']}' into {pull['head']['ref']}\n"
        sha = repo.store.commit_tree(tree, [head, now_base], text, refs.signature(world, request.login))
        if repo.store.update_ref(f"refs/heads/{pull['head']['ref']}", sha, head):
            world.did("pull.update", repo, number=pull["number"], sha=sha)

    if world.settings["update_branch"] > 0:
        world.waiting.append([int(world.settings["update_branch"]), really])
    else:
        really()
    return Response({"message": "Updating pull request branch.", "url": pulls.shown_short(world, repo, pull)["html_url"]}, 202)

# SPDX-FileCopyrightText: 2026 The Slipway authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""What others do meanwhile: POST /_stand-in/state {"action": ..., "repo": "acme/shop", "by": login, ...}.

push       "branch", "files": {path: text or null}, "message", "from": ref to begin at, "force": start over from there, "fork": owner
           | "sha": the branch is put on that commit                                  delete-branch  "branch"
pull       "head", "base", "title", "body", "draft", "fork"                           close | merge  "number", "method"
status     "ref", "state", "context", "description", "target_url"                     comment        "number", "body"
check      "ref", "name", "status", "conclusion", "app", "details_url"                wait           "ref", "name", "environment", "may"
                                                                                      review         "number", "state", "body", "commit"
deployment "ref", "environment", "state", "environment_url", "transient_environment"  label          "number", "labels"
protect    "branch", "contexts", "strict", "reviews", "dismiss_stale", "enforce_admins"; without any: no longer
options    any of world.Repo.options, "private", "default_branch"                     collaborator   "login", "level"
rename     "to": "owner/name": the old name answers 301                               rename-branch  "branch", "to"
lock       "number"                                                                   gone-fork      "number": its repository is deleted
line-comment "number", "path", "line", "body", "in_reply_to_id"                       user           "login", "name", "email"
What is made by these is no effect (GET effects): effects are what clients did."""
import time

import checks
import comments
import deployments
import labels
import merging
import pulls
import pushes
import reviews
import seed
import statuses
from wire import ApiError
from world import LEVELS, now

ACTIONS = {}


def action(function):
    ACTIONS[function.__name__.replace("_", "-")] = function
    return function


def act(world, body):
    words = dict(body)
    name, login = words.pop("action", ""), words.pop("by", None)
    if name not in ACTIONS:
        raise ApiError(404, f"No action {name}. There are: {', '.join(sorted(ACTIONS))}")
    full = words.pop("repo", None) or (world.repos[0].full_name if world.repos else "")
    repo = world.repo(*full.split("/", 1))[0] if "/" in full else None
    before = len(world.effects)
    if repo:
        pushes.sync(world, repo)
    answer = ACTIONS[name](world, repo, login or "grace", **words)
    if repo:
        pushes.sync(world, repo)
    del world.effects[before:]
    return answer if answer is not None else {}


def must(repo, ref):
    sha = repo.store.resolve(ref)
    if not sha:
        raise ApiError(422, f"No ref {ref}")
    return sha


@action
def push(world, repo, login, branch, files=None, message=None, sha=None, force=False, fork=None, **more):
    name = f"refs/forks/{fork}/heads/{branch}" if fork and fork != repo.owner else f"refs/heads/{branch}"
    if fork and fork not in world.users:
        world.add_user(fork)
    if sha:
        repo.store.update_ref(name, must(repo, sha))
        return {"sha": repo.store.ref(name)}
    begin = more.get("from")
    old = repo.store.ref(name)
    parent = must(repo, begin) if begin and (force or not old) else old or must(repo, repo.default_branch)
    stream = seed.Stream()
    stream.time = int(time.time())
    given = files if files is not None else {f"{branch.replace('/', '-')}.txt": f"{now()}\n"}
    mark = "refs/stand-in/push"
    stream.commit(mark, login, message or f"Work on {branch}", {path: text for path, text in given.items() if text is not None}, parent)
    gone = "".join(f"D {path}\n" for path, text in given.items() if text is None)
    stream.parts[-1] = stream.parts[-1].rstrip(b"\n") + b"\n" + gone.encode() + b"\n"
    stream.into(repo.store)
    repo.store.update_ref(name, repo.store.ref(mark))
    repo.store.update_ref(mark, None)
    return {"sha": repo.store.ref(name)}


@action
def delete_branch(world, repo, login, branch):
    repo.store.update_ref(f"refs/heads/{branch}", None)


@action
def pull(world, repo, login, head, base=None, title=None, body=None, draft=False, fork=None):
    pushes.sync(world, repo)
    must(repo, head) if not fork else None
    made = pulls.opened(world, repo, login, head, base or repo.default_branch, title or head.replace("-", " ").capitalize(), body, draft, fork)
    return {"number": made["number"], "sha": made["head"]["sha"]}


@action
def close(world, repo, login, number):
    pulls.close(world, repo, pulls.find(repo, number), login)


@action
def merge(world, repo, login, number, method="merge"):
    return {"sha": merging.perform(world, repo, pulls.find(repo, number), method, login)}


@action
def status(world, repo, login, ref, state="success", context="ci/circleci: test", description=None, target_url=None):
    return {"id": statuses.add(world, repo, must(repo, ref), login, state, context, description, target_url)["id"]}


@action
def check(world, repo, login, ref, name, status="completed", conclusion="success", **more):
    made = checks.add(world, repo, must(repo, ref), name, status, conclusion, **more)
    return {"id": made["id"], "run": made["suite"]}


@action
def wait(world, repo, login, ref, name, environment="production", may=True):
    """A job of GitHub Actions that reviewers of an environment have to let go on."""
    made = checks.add(world, repo, must(repo, ref), name, "waiting")
    suite = checks.suite_of(world, repo, made["sha"], made["app"])
    suite.setdefault("pending", []).append((world.new_id(), environment, may))
    return {"id": made["id"], "run": suite["id"]}


@action
def comment(world, repo, login, number, body):
    return {"id": comments.add(world, repo, pulls.find(repo, number), login, body)["id"]}


@action
def line_comment(world, repo, login, number, path, body, line=1, in_reply_to_id=None):
    found, id = pulls.find(repo, number), world.new_id()
    found["review_comments"].append({"id": id, "node": world.node("PRRC", id, "line comment"), "path": path, "body": body, "line": line,
                                     "user": login,
                                     "diff_hunk": "@@ -0,0 +1 @@", "commit_id": found["head"]["sha"], "created_at": now(),
                                     "in_reply_to_id": in_reply_to_id})
    return {"id": id}


@action
def review(world, repo, login, number, state="APPROVED", body="", commit=None):
    return {"id": reviews.add(world, repo, pulls.find(repo, number), login, state, body, commit)["id"]}


@action
def label(world, repo, login, number, labels_=(), **more):
    for name in more.get("labels", labels_):
        if name not in repo.labels:
            labels.add(world, repo, name)
    found = pulls.find(repo, number)
    found["labels"] = list(more.get("labels", labels_))
    pulls.touch(found)


@action
def deployment(world, repo, login, ref, environment="production", state="success", **more):
    made = deployments.add(world, repo, login, ref, must(repo, ref), environment, **more)
    if state:
        deployments.add_status(world, repo, made, login, state, environment_url=more.get("environment_url"), description=more.get("words"))
    return {"id": made["id"]}


@action
def protect(world, repo, login, branch=None, **rules):
    unknown = set(rules) - {"contexts", "strict", "reviews", "dismiss_stale", "enforce_admins"}
    if unknown:
        raise ApiError(422, "Unknown rules: " + ", ".join(sorted(unknown)))
    repo.protection.pop(branch or repo.default_branch, None)
    if rules:
        repo.protection[branch or repo.default_branch] = rules


@action
def options(world, repo, login, **more):
    unknown = set(more) - set(repo.options) - {"private", "default_branch"}
    if unknown:
        raise ApiError(422, "Unknown options: " + ", ".join(sorted(unknown)))
    repo.private = more.pop("private", repo.private)
    repo.default_branch = more.pop("default_branch", repo.default_branch)
    repo.options.update(more)


@action
def collaborator(world, repo, by, /, login, level="write"):
    if level not in LEVELS:
        raise ApiError(422, f"No level {level}")
    if login not in world.users:
        world.add_user(login)
    repo.collaborators[login] = level


@action
def rename(world, repo, login, to):
    world.moved[(repo.owner.lower(), repo.name.lower())] = repo
    owner, _, name = to.partition("/")
    if owner not in world.users:
        world.add_user(owner, type="Organization")
    for found in repo.pulls.values():
        found["owner"] = owner if found["owner"] == repo.owner else found["owner"]
    repo.owner, repo.name = owner, name


@action
def rename_branch(world, repo, login, branch, to):
    sha = must(repo, branch)
    repo.store.update_ref(f"refs/heads/{to}", sha)
    for found in repo.pulls.values():
        for side in ("head", "base"):
            if found["state"] == "open" and found[side]["ref"] == branch:
                found[side]["ref"] = to
    repo.store.update_ref(f"refs/heads/{branch}", None)
    repo.renamed_branches[branch] = to
    if repo.default_branch == branch:
        repo.default_branch = to


@action
def lock(world, repo, login, number):
    pulls.find(repo, number)["locked"] = True


@action
def gone_fork(world, repo, login, number):
    pulls.find(repo, number)["head_gone"] = True


@action
def user(world, repo, by, /, login, name="", email=""):
    world.add_user(login, name, email)

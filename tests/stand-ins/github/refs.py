# SPDX-FileCopyrightText: 2026 The Slipway authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Git refs of any name below refs/: read, create atomically, move, delete; and merging one into another (github.md, 7)."""
import base64

import commits
import repository
from store import SHA, ZERO
from wire import ApiError, Listing, Response, not_found, route

RESERVED = ("refs/pull/", "refs/forks/")  # nobody may write there; forks is ours


def shown(world, repo, name, sha):
    own, kind = repository.url(world, repo), repo.store.kind(sha)
    node = "REF_" + base64.urlsafe_b64encode(f"{repo.id}:{name}".encode()).decode().rstrip("=")
    world.nodes[node] = ("ref", repo, name)
    return {"ref": name, "node_id": node, "url": f"{own}/git/{name}", "object": {"sha": sha, "type": kind, "url": f"{own}/git/{kind}s/{sha}"}}


@route("GET", "R/git/ref/{ref...}", needs="contents=read")
def one(world, request, ref):
    """Exactly one."""
    sha = request.repo.store.ref("refs/" + ref) if not ref.startswith("forks/") else None
    if not sha:
        raise not_found()
    return shown(world, request.repo, "refs/" + ref, sha)


@route("GET", "R/git/matching-refs/{ref...}", needs="contents=read")
def matching(world, request, ref):
    """All that begin with it, not only whole parts of names."""
    return listed(world, request.repo, "refs/" + ref)


@route("GET", "R/git/refs", needs="contents=read")
def every(world, request):
    return listed(world, request.repo, "refs/")


def listed(world, repo, start):
    folder = start.rpartition("/")[0]
    found = [(name, sha) for name, sha in repo.store.refs(folder).items() if name.startswith(start) and not name.startswith("refs/forks/")]
    return Listing(found, lambda entry: shown(world, repo, *entry))


@route("POST", "R/git/refs", needs="contents=write")
def create(world, request):
    """Two who create the same one at once: exactly one has it, the other gets 422 "Reference already exists"."""
    repo, body = request.repo, request.json()
    name, sha = body.get("ref"), body.get("sha")
    if not isinstance(name, str) or not name.startswith("refs/") or name.count("/") < 2 or name.startswith(RESERVED):
        raise ApiError(422, "Reference name must start with 'refs/' and contain at least two slashes" if isinstance(name, str) else
                       'Invalid request.\n\n"ref" wasn\'t supplied.')
    must_be_object(repo, sha)
    if repo.store.run("check-ref-format", name, codes=(0, 1))[0]:
        raise ApiError(422, f"{name} is not a valid ref name.")
    if repo.store.ref(name):
        raise ApiError(422, "Reference already exists")
    if not repo.store.update_ref(name, sha, ZERO):
        raise ApiError(422, "Reference already exists" if repo.store.ref(name) else "Reference update failed")
    world.did("ref.create", repo, ref=name, sha=sha)
    answer = shown(world, repo, name, sha)
    return Response(answer, 201, {"Location": answer["url"]})


def must_be_object(repo, sha):
    if not isinstance(sha, str):
        raise ApiError(422, 'Invalid request.\n\n"sha" wasn\'t supplied.')
    if not SHA.match(sha):
        raise ApiError(422, "The sha parameter must be exactly 40 characters and contain only [0-9a-f].")
    if not repo.store.kind(sha):
        raise ApiError(422, "Object does not exist")


@route("PATCH", "R/git/refs/{ref...}", needs="contents=write")
def move(world, request, ref):
    repo, body, name = request.repo, request.json(), "refs/" + ref
    old = repo.store.ref(name)
    if not old or name.startswith(RESERVED):
        raise ApiError(422, "Reference does not exist")
    must_be_object(repo, body.get("sha"))
    new = body["sha"]
    forced = body.get("force") is True
    if not forced and not (repo.store.kind(new) == "commit" and repo.store.contains(new, old)):
        raise ApiError(422, "Update is not a fast forward")
    protected(request, name)
    if not repo.store.update_ref(name, new, old):
        raise ApiError(422, "Reference cannot be updated")
    world.did("ref.move", repo, ref=name, sha=new, old=old, forced=forced)
    return shown(world, repo, name, new)


def protected(request, name):
    """A protected branch takes changes through pull requests only, unless admins are exempt."""
    rules = request.repo.rules(name.removeprefix("refs/heads/")) if name.startswith("refs/heads/") else {}
    exempt = not rules.get("enforce_admins", True) and request.repo.may(request.login, "admin")
    if rules and not exempt and (rules.get("reviews") or rules.get("contexts")):
        words = "Changes must be made through a pull request." if rules.get("reviews") else "Required status check is expected."
        raise ApiError(422, f"Repository rule violations found\n\n{words}\n\n")


@route("DELETE", "R/git/refs/{ref...}", needs="contents=write")
def delete(world, request, ref):
    repo, name = request.repo, "refs/" + ref
    old = repo.store.ref(name)
    if not old or name.startswith(RESERVED):
        raise ApiError(422, "Reference does not exist")
    if name == f"refs/heads/{repo.default_branch}":
        raise ApiError(422, "Cannot delete the default branch")
    if name.startswith("refs/heads/") and repo.rules(name[11:]):
        raise ApiError(422, "Cannot delete this protected branch")
    if not repo.store.update_ref(name, None, old):
        raise ApiError(422, "Reference does not exist")
    world.did("ref.delete", repo, ref=name, sha=old)
    return Response(status=204)


@route("POST", "R/merges", needs="contents=write")
def merge(world, request):
    """201 the merge, 204 nothing to do, 404 base or head missing, 409 conflict."""
    repo, store, body = request.repo, request.repo.store, request.json()
    base, head = body.get("base"), body.get("head")
    for field, value in (("base", base), ("head", head)):
        if not isinstance(value, str):
            raise ApiError(422, f'Invalid request.\n\n"{field}" wasn\'t supplied.')
    tip, other = store.ref(f"refs/heads/{base}"), store.resolve(head)
    if not tip or not other:
        raise ApiError(404, "Base does not exist" if not tip else "Head does not exist")
    if store.contains(tip, other):
        return Response(status=204)
    protected(request, f"refs/heads/{base}")
    tree, conflicts = store.merged_tree(tip, other)
    if conflicts:
        raise ApiError(409, "Merge conflict")
    message = body.get("commit_message") or f"Merge {head} into {base}"
    sha = store.commit_tree(tree, [tip, other], message, signature(world, request.login))
    if not store.update_ref(f"refs/heads/{base}", sha, tip):
        raise ApiError(409, "Base branch was modified. Review and try the merge again.")
    world.did("merge", repo, base=base, head=head, sha=sha)
    return Response(commits.short(world, repo, store.commit(sha)), 201)


def signature(world, login):
    user = world.users[login]
    return {"name": user["name"], "email": user["email"]}

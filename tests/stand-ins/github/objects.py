# SPDX-FileCopyrightText: 2026 The Slipway authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Git objects: commits, trees, blobs and tags, read and made (a ref may then carry any text as a commit's message)."""
import base64
import os
import tempfile

import repository
from commits import UNSIGNED
from refs import signature
from store import SHA, ZERO
from wire import ApiError, Response, not_found, route
from world import now


def wanted(repo, sha, kind):
    if not SHA.match(sha) or repo.store.kind(sha) != kind:
        raise not_found()
    return sha


def shown_commit(world, repo, commit):
    own, page, sha = repository.url(world, repo), repository.html(world, repo), commit["sha"]
    person = lambda one: {name: one[name] for name in ("name", "email", "date")}  # noqa: E731
    return {
        "sha": sha, "node_id": f"C_{repo.node[2:]}{sha}", "url": f"{own}/git/commits/{sha}", "html_url": f"{page}/commit/{sha}",
        "author": person(commit["author"]), "committer": person(commit["committer"]), "message": commit["message"],
        "tree": {"sha": commit["tree"], "url": f"{own}/git/trees/{commit['tree']}"}, "verification": dict(UNSIGNED),
        "parents": [{"sha": parent, "url": f"{own}/git/commits/{parent}", "html_url": f"{page}/commit/{parent}"} for parent in commit["parents"]],
    }


@route("GET", "R/git/commits/{sha}", needs="contents=read")
def commit(world, request, sha):
    return shown_commit(world, request.repo, request.repo.store.commit(wanted(request.repo, sha, "commit")))


@route("POST", "R/git/commits", needs="contents=write")
def create_commit(world, request):
    repo, body = request.repo, request.json()
    for field in ("message", "tree"):
        if not isinstance(body.get(field), str):
            raise ApiError(422, f'Invalid request.\n\n"{field}" wasn\'t supplied.')
    if repo.store.kind(body["tree"]) != "tree":
        raise ApiError(422, "Tree SHA does not exist")
    parents = body.get("parents") or []
    if any(repo.store.kind(parent) != "commit" for parent in parents):
        raise ApiError(422, "Parent SHA does not exist or is not a commit object")
    author = {**signature(world, request.login), "date": now(), **(body.get("author") or {})}
    committer = {**author, **(body.get("committer") or {})}
    sha = repo.store.commit_tree(body["tree"], parents, body["message"], author, committer)
    world.did("commit", repo, sha=sha)
    answer = shown_commit(world, repo, repo.store.commit(sha))
    return Response(answer, 201, {"Location": answer["url"]})


def shown_tree(world, repo, sha, recursive=False):
    own, entries = repository.url(world, repo), []
    words = ["ls-tree", "-l", "-z", *(["-r", "-t"] if recursive else []), sha]
    for line in repo.store.remembered(*words).split("\0"):
        if line:
            info, _, path = line.partition("\t")
            mode, kind, id, size = info.split()
            entry = {"path": path, "mode": mode, "type": kind, "sha": id}
            if kind == "blob":
                entry["size"] = int(size)
            entries.append({**entry, "url": f"{own}/git/{kind}s/{id}"} if kind != "commit" else entry)
    return {"sha": sha, "url": f"{own}/git/trees/{sha}", "tree": entries, "truncated": False}


@route("GET", "R/git/trees/{sha...}", needs="contents=read")
def tree(world, request, sha):
    store = request.repo.store
    found = sha if SHA.match(sha) and store.kind(sha) == "tree" else None
    at = None if found else store.resolve(sha)
    if not found and not at:
        raise not_found()
    return shown_tree(world, request.repo, found or store.commit(at)["tree"], "recursive" in request.query)


@route("POST", "R/git/trees", needs="contents=write")
def create_tree(world, request):
    """On base_tree when there is one; an entry has content or a sha, sha null takes it away."""
    repo, body, store = request.repo, request.json(), request.repo.store
    if not isinstance(body.get("tree"), list):
        raise ApiError(422, 'Invalid request.\n\n"tree" wasn\'t supplied.')
    if not body["tree"] and not body.get("base_tree"):
        raise ApiError(422, "Invalid tree info")  # GitHub makes no empty tree
    with tempfile.TemporaryDirectory(dir=world.folder) as folder:
        env = {"GIT_INDEX_FILE": os.path.join(folder, "index")}
        base = body.get("base_tree")
        if base:
            if store.kind(base) not in ("tree", "commit"):
                raise ApiError(422, "base_tree is not a valid tree oid")
            store.run("read-tree", base, env=env)
        for entry in body["tree"]:
            place_entry(store, entry, env)
        sha = store.text("write-tree", env=env)
    return Response(shown_tree(world, repo, sha), 201)


def place_entry(store, entry, env):
    sha = entry.get("sha")
    if "content" in entry:
        sha = store.text("hash-object", "-w", "--stdin", input=entry["content"].encode())
    if sha is None:
        index_info(store, f"0 {ZERO}\t{entry['path']}", env)
        return
    if not store.kind(sha):
        raise ApiError(422, f"tree.sha {sha} is not a valid blob")
    if entry.get("type") == "tree" or entry.get("mode") == "040000":
        store.run("read-tree", f"--prefix={entry['path']}/", sha, env=env)
    else:
        index_info(store, f"{entry.get('mode') or '100644'} {sha}\t{entry['path']}", env)


def index_info(store, line, env):
    store.run("update-index", "--add", "--index-info", input=line.encode() + b"\n", env=env)


@route("POST", "R/git/blobs", needs="contents=write")
def create_blob(world, request):
    repo, body = request.repo, request.json()
    if not isinstance(body.get("content"), str):
        raise ApiError(422, 'Invalid request.\n\n"content" wasn\'t supplied.')
    data = base64.b64decode(body["content"]) if body.get("encoding") == "base64" else body["content"].encode()
    sha = repo.store.text("hash-object", "-w", "--stdin", input=data)
    return Response({"sha": sha, "url": f"{repository.url(world, repo)}/git/blobs/{sha}"}, 201)


@route("GET", "R/git/blobs/{sha}", needs="contents=read")
def blob(world, request, sha):
    repo = request.repo
    data = repo.store.run("cat-file", "blob", wanted(repo, sha, "blob"))[1]
    return {"sha": sha, "node_id": f"B_{sha}", "size": len(data), "url": f"{repository.url(world, repo)}/git/blobs/{sha}",
            "content": base64.encodebytes(data).decode(), "encoding": "base64"}

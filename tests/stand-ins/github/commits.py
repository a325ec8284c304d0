# SPDX-FileCopyrightText: 2026 The Slipway authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Commits: lists, one, the files of a change, and the pull requests that brought one (github.md, 7)."""
from urllib.parse import quote

import people
import repository
from paging import asked, links
from wire import ApiError, Listing, Response, not_found, route

STATUS = {"A": "added", "D": "removed", "M": "modified", "R": "renamed", "C": "copied", "T": "changed"}
UNSIGNED = {"verified": False, "reason": "unsigned", "signature": None, "payload": None, "verified_at": None}
BIG = 3000  # lines of a patch beyond which it is left out


def short(world, repo, commit):
    """Commit without files and stats, as lists carry it."""
    sha, own = commit["sha"], repository.url(world, repo)
    return {
        "sha": sha, "node_id": f"C_{repo.node[2:]}{sha}",
        "commit": {"author": commit["author"], "committer": commit["committer"], "message": commit["message"],
                   "tree": {"sha": commit["tree"], "url": f"{own}/git/trees/{commit['tree']}"}, "url": f"{own}/git/commits/{sha}",
                   "comment_count": 0, "verification": dict(UNSIGNED)},
        "url": f"{own}/commits/{sha}", "html_url": f"{repository.html(world, repo)}/commit/{sha}", "comments_url": f"{own}/commits/{sha}/comments",
        "author": people.simple(world, world.by_email(commit["author"]["email"])),
        "committer": people.simple(world, world.by_email(commit["committer"]["email"])),
        "parents": [{"sha": parent, "url": f"{own}/commits/{parent}", "html_url": f"{repository.html(world, repo)}/commit/{parent}"}
                    for parent in commit["parents"]],
    }


def changes(repo, base, head):
    """The files of a change: [{"filename", "status", "additions", ..., "patch"?}]; base None: the first commit."""
    words = [base, head] if base else ["--root", head]
    raw = repo.store.remembered("diff-tree", "-r", "-M", "-z", "--raw", "--abbrev=40", "--no-commit-id", *words).split("\0")
    counts = numbers(repo.store.remembered("diff-tree", "-r", "-M", "-z", "--numstat", "--no-commit-id", *words).split("\0"))
    patches = split_patch(repo.store.remembered("diff-tree", "-r", "-M", "-p", "--no-commit-id", *words))
    found, index = [], 0
    while index < len(raw) and raw[index]:
        entry, index = raw[index].split(), index + 1
        names = raw[index:index + (2 if entry[4][0] in "RC" else 1)]
        index += len(names)
        more, less = counts.get(names[-1], ("-", "-"))
        file = {"sha": entry[2] if entry[4][0] == "D" else entry[3], "filename": names[-1], "status": STATUS.get(entry[4][0], "changed"),
                "additions": int(more) if more != "-" else 0, "deletions": int(less) if less != "-" else 0}
        file["changes"] = file["additions"] + file["deletions"]
        patch = patches[len(found)] if len(found) < len(patches) else ""
        if patch and more != "-" and patch.count("\n") < BIG:
            file["patch"] = patch
        if len(names) == 2:
            file["previous_filename"] = names[0]
        found.append(file)
    return found


def numbers(parts):
    """{name: (additions, deletions)} of git's --numstat -z."""
    found, index = {}, 0
    while index < len(parts) and parts[index]:
        more, less, name = parts[index].split("\t")
        if not name:  # renamed: old and new name follow
            name, index = parts[index + 2], index + 2
        found[name] = (more, less)
        index += 1
    return found


def split_patch(text):
    """The hunks of each file, in order."""
    parts = ("\n" + text).split("\ndiff --git ")[1:]
    return [part[part.find("\n@@") + 1:].rstrip("\n") if "\n@@" in part else "" for part in parts]


def shown_file(world, repo, sha):
    own, page = repository.url(world, repo), repository.html(world, repo)

    def one(file):
        path = quote(file["filename"])
        return {**file, "blob_url": f"{page}/blob/{sha}/{path}", "raw_url": f"{page}/raw/{sha}/{path}",
                "contents_url": f"{own}/contents/{path}?ref={sha}"}

    return one


def must_resolve(repo, name):
    """A commit, or the error that GitHub has for it: 404 for a name, 422 for a sha that is not there."""
    sha = repo.store.resolve(name)
    if sha:
        return sha
    if not repo.tips:
        raise ApiError(409, "Git Repository is empty.")
    raise ApiError(422, f"No commit found for SHA: {name}")


@route("GET", "R/commits", needs="contents=read")
def many(world, request):
    repo, query = request.repo, request.query
    if not repo.tips:
        raise ApiError(409, "Git Repository is empty.")
    sha = repo.store.resolve(query.get("sha") or repo.default_branch)
    if not sha:
        raise not_found()
    words = [f"--{name}={query[name]}" for name in ("since", "until") if query.get(name)]
    words += [f"--author={query['author']}"] if query.get("author") else []
    words += [sha] + (["--", query["path"]] if query.get("path") else [])
    shas = repo.store.remembered("rev-list", *words).split()
    return Listing(shas, lambda one: short(world, repo, repo.store.commit(one)))


@route("GET", "R/commits/{ref...}", needs="contents=read")
def one(world, request, ref):
    """Accept …sha: only the sha; …diff and …patch: the change as text."""
    repo = request.repo
    sha = must_resolve(repo, ref)
    if request.wants("sha"):
        return Response(raw=sha.encode(), kind="application/vnd.github.sha; charset=utf-8", headers={"ETag": f'W/"{sha}"'})
    commit = repo.store.commit(sha)
    parent = commit["parents"][0] if commit["parents"] else None
    for media in ("diff", "patch"):
        if request.wants(media):
            return as_text(repo, media, parent, sha)
    files = changes(repo, parent, sha)
    page, size = asked(request) if {"page", "per_page"} & set(request.query) else (int(request.query.get("page", 1)), 300)
    more, less = sum(file["additions"] for file in files), sum(file["deletions"] for file in files)
    body = {**short(world, repo, commit), "stats": {"total": more + less, "additions": more, "deletions": less},
            "files": [shown_file(world, repo, sha)(file) for file in files[(page - 1) * size:page * size]]}
    link = links(world, request, page, size, len(files))
    return Response(body, headers={"Link": link} if link else {})


def as_text(repo, media, base, head):
    if media == "diff":
        words = ["diff", base, head] if base else ["diff-tree", "-p", "--root", "--no-commit-id", head]
    else:
        words = ["format-patch", "--stdout", f"{base}..{head}" if base else "--root", *([] if base else [head])]
    return Response(raw=repo.store.run(*words)[1], kind=f"application/vnd.github.{media}; charset=utf-8")

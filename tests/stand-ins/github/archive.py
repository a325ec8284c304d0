# SPDX-FileCopyrightText: 2026 The Slipway authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""What a commit holds: archives by way of a link that does not last, and single files (github.md, 7: archive)."""
import base64
import hashlib
import time
from urllib.parse import quote

import repository
from wire import ApiError, Response, not_found, route

LINKS = {}  # token in the link: (repository, sha, kind, until)


@route("GET", "R/tarball/{ref...}", needs="contents=read")
def tarball(world, request, ref):
    return link(world, request, ref, "tar.gz")


@route("GET", "R/zipball/{ref...}", needs="contents=read")
def zipball(world, request, ref):
    return link(world, request, ref, "zip")


@route("GET", "R/tarball", needs="contents=read")
def newest(world, request):
    return link(world, request, request.repo.default_branch, "tar.gz")


def link(world, request, ref, kind):
    """302 to the archive host; for a private repository the address holds a token and expires."""
    repo = request.repo
    sha = repo.store.resolve(ref)
    if not sha:
        raise not_found()
    full = next((name for name in (f"refs/heads/{ref}", f"refs/tags/{ref}") if repo.store.ref(name)), ref)
    token = hashlib.sha256(f"{sha} {time.time_ns()}".encode()).hexdigest()[:29].upper()
    LINKS[token] = (repo, sha, kind, time.monotonic() + world.settings["archive_expires"])
    place = f"{world.base}/codeload/{repo.full_name}/legacy.{kind}/{full}" + (f"?token={token}" if repo.private else "")
    kept = f"{'private' if repo.private else 'public'}, must-revalidate, max-age=0"
    return Response(status=302, headers={"Location": place, "Cache-Control": kept}, raw=b"", kind="text/html;charset=utf-8")


@route("GET", "/codeload/{owner}/{name}/legacy.{kind}/{ref...}", needs="open")
def download(world, request, owner, name, kind, ref):
    """The archive host: no API, no token but the one in the address; 404 when it is over."""
    repo, _ = world.repo(owner, name)
    found = LINKS.get(request.query.get("token", ""))
    if repo is None or (repo.private and (not found or found[0] is not repo or found[3] < time.monotonic())):
        return Response(raw=b"404: Not Found", status=404, kind="text/plain; charset=utf-8")
    sha = found[1] if found else repo.store.resolve(ref)
    short = f"{owner}-{name}-{sha[:7]}"
    data = repo.store.run("archive", f"--format={kind}", f"--prefix={short}/", sha)[1]
    ending = "tar.gz" if kind == "tar.gz" else "zip"
    return Response(raw=data, kind="application/x-gzip" if ending == "tar.gz" else "application/zip",
                    headers={"Content-Disposition": f"attachment; filename={short}.{ending}"})


@route("GET", "R/contents", needs="contents=read")
def top(world, request):
    return contents(world, request, "")


@route("GET", "R/contents/{path...}", needs="contents=read")
def contents(world, request, path):
    repo, ref = request.repo, request.query.get("ref") or request.repo.default_branch
    sha = repo.store.resolve(ref)
    if not sha:
        raise ApiError(404, f"No commit found for the ref {ref}")
    path = path.strip("/")
    line = repo.store.remembered("ls-tree", "-l", "-z", sha, *(["--", path] if path else []))
    if not line:
        raise not_found()
    if not path or line.split()[1] == "tree":
        inside = repo.store.remembered("ls-tree", "-l", "-z", sha, "--", path + "/") if path else line
        return Response([entry(world, repo, ref, part) for part in inside.split("\0") if part])
    file = entry(world, repo, ref, line.rstrip("\0"))
    data = repo.store.run("cat-file", "blob", file["sha"])[1]
    if request.wants("raw"):
        return Response(raw=data, kind="application/vnd.github.raw; charset=utf-8")
    return {**file, "encoding": "base64", "content": base64.encodebytes(data).decode()}


def entry(world, repo, ref, line):
    info, _, path = line.partition("\t")
    kind, sha, size = info.split()[1:]
    own, page = repository.url(world, repo), repository.html(world, repo)
    plain, path, ref = path, quote(path), quote(ref)
    place = f"{own}/contents/{path}?ref={ref}"
    word, where = {"blob": ("file", "blob"), "tree": ("dir", "tree")}.get(kind, ("submodule", "tree"))
    links = {"self": place, "git": f"{own}/git/{kind}s/{sha}", "html": f"{page}/{where}/{ref}/{path}"}
    return {"name": plain.rpartition("/")[2], "path": plain, "sha": sha, "size": int(size) if size != "-" else 0, "url": place,
            "html_url": links["html"],
            "git_url": links["git"], "download_url": f"{world.base}/raw/{repo.full_name}/{ref}/{path}" if word == "file" else None, "type": word,
            "_links": links}

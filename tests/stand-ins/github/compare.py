# SPDX-FileCopyrightText: 2026 The Slipway authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""What lies between two commits: compare/{base}...{head} (github.md, 7: commits and compare)."""
import commits
import repository
from paging import asked, links
from wire import Response, not_found, route

UNPAGED, FILES = 250, 300


def end(repo, name):
    """A ref, a sha, or owner:branch of a fork."""
    owner, colon, branch = name.rpartition(":")
    sha = repo.tip(branch, owner) if colon else repo.store.resolve(name)
    if not sha:
        raise not_found()
    return sha


def status(ahead, behind):
    return "diverged" if ahead and behind else "ahead" if ahead else "behind" if behind else "identical"


@route("GET", "R/compare/{basehead...}", needs="contents=read")
def compare(world, request, basehead):
    """Oldest first. Without paging at most 250 commits, of which the last is the newest; paged it is a page like any other."""
    repo, store = request.repo, request.repo.store
    base_name, dots, head_name = basehead.partition("...")
    if not dots:
        raise not_found()
    base, head = end(repo, base_name), end(repo, head_name)
    middle = store.merge_base(base, head)
    if not middle:
        raise not_found()  # no common history
    for media in ("diff", "patch"):
        if request.wants(media):
            return commits.as_text(repo, media, middle, head)
    ahead, behind = store.ahead_behind(base, head)
    shas = store.between(base, head)
    paged = {"page", "per_page"} & set(request.query)
    page, size = asked(request) if paged else (1, UNPAGED)
    part = shas[(page - 1) * size:page * size] if paged else shas[-UNPAGED:]
    own, site = repository.url(world, repo), repository.html(world, repo)
    place = f"{site}/compare/{base_name}...{head_name}"
    body = {
        "url": f"{own}/compare/{base_name}...{head_name}", "html_url": place, "diff_url": place + ".diff", "patch_url": place + ".patch",
        "permalink_url": f"{site}/compare/{repo.owner}:{base[:7]}...{repo.owner}:{head[:7]}",
        "base_commit": commits.short(world, repo, store.commit(base)), "merge_base_commit": commits.short(world, repo, store.commit(middle)),
        "status": status(ahead, behind), "ahead_by": ahead, "behind_by": behind, "total_commits": len(shas),
        "commits": [commits.short(world, repo, commit) for commit in store.commits(part)],
    }
    if page == 1:
        shown = commits.shown_file(world, repo, head)
        body["files"] = [shown(file) for file in commits.changes(repo, middle, head)[:FILES]]
    link = links(world, request, page, size, len(shas)) if paged else ""
    return Response(body, headers={"Link": link} if link else {})

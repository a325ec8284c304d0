# SPDX-FileCopyrightText: 2026 The Slipway authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Branches, what protects them, and the rules that anybody may read (github.md, 7: repository and branches)."""
from urllib.parse import quote

import commits
import repository
from wire import ApiError, Listing, Response, not_found, route


def protection(rules):
    """The short form inside a branch."""
    return {"enabled": bool(rules), "required_status_checks": {
        "enforcement_level": ("everyone" if rules.get("enforce_admins", True) else "non_admins") if rules.get("contexts") else "off",
        "contexts": rules.get("contexts", []), "checks": [{"context": name, "app_id": None} for name in rules.get("contexts", [])]}}


@route("GET", "R/branches", needs="contents=read")
def many(world, request):
    repo, wanted = request.repo, request.query.get("protected")
    own = repository.url(world, repo)
    found = [(name, sha) for name, sha in repo.tips.items() if wanted is None or bool(repo.rules(name)) == (wanted == "true")]
    return Listing(found, lambda entry: {
        "name": entry[0], "commit": {"sha": entry[1], "url": f"{own}/commits/{entry[1]}"}, "protected": bool(repo.rules(entry[0])),
        "protection": protection(repo.rules(entry[0])), "protection_url": f"{own}/branches/{quote(entry[0], safe='')}/protection"})


@route("GET", "R/branches/{branch...}", needs="contents=read")
def one(world, request, branch):
    repo, own = request.repo, repository.url(world, request.repo)
    if branch in repo.renamed_branches:
        place = f"{world.api}/repositories/{repo.id}/branches/{quote(repo.renamed_branches[branch], safe='')}"
        return Response({"message": "Moved Permanently", "url": place, "documentation_url": "https://docs.github.com/rest"}, 301, {"Location": place})
    sha, rules = repo.tip(branch), repo.rules(branch)
    if not sha:
        raise ApiError(404, "Branch not found")
    name = quote(branch, safe="")
    return {"name": branch, "commit": commits.short(world, repo, repo.store.commit(sha)), "_links": {
        "self": f"{own}/branches/{name}", "html": f"{repository.html(world, repo)}/tree/{branch}"}, "protected": bool(rules),
        "protection": protection(rules), "protection_url": f"{own}/branches/{name}/protection"}


@route("GET", "R/branches/{branch}/protection", needs="administration=read")
def protected(world, request, branch):
    """Only for admins; that is why Slipway reads the rules."""
    if not request.repo.may(request.login, "admin"):
        raise not_found()
    rules = request.repo.rules(branch)
    if not rules:
        raise ApiError(404, "Branch not protected")
    place = f"{repository.url(world, request.repo)}/branches/{quote(branch, safe='')}/protection"
    body = {"url": place, "enforce_admins": {"url": place + "/enforce_admins", "enabled": rules.get("enforce_admins", True)}}
    if rules.get("contexts"):
        body["required_status_checks"] = {"url": place + "/required_status_checks", "strict": rules.get("strict", False),
                                          "contexts": rules["contexts"],
                                          "contexts_url": place + "/required_status_checks/contexts",
                                          "checks": [{"context": name, "app_id": None} for name in rules["contexts"]]}
    if rules.get("reviews"):
        body["required_pull_request_reviews"] = {"url": place + "/required_pull_request_reviews",
                                                 "dismiss_stale_reviews": rules.get("dismiss_stale", False),
                                                 "require_code_owner_reviews": False, "required_approving_review_count": rules["reviews"]}
    return body


@route("GET", "R/rules/branches/{branch...}")
def active(world, request, branch):
    """The active rules, of rule sets (classic protection is not among them at GitHub; here both are one thing)."""
    rules, origin = request.repo.rules(branch), {"ruleset_source_type": "Repository", "ruleset_source": request.repo.full_name, "ruleset_id": 42}
    found = []
    if rules:
        found += [{"type": "deletion", **origin}, {"type": "non_fast_forward", **origin}]
    if rules.get("reviews"):
        found.append({"type": "pull_request", **origin, "parameters": {
            "required_approving_review_count": rules["reviews"], "dismiss_stale_reviews_on_push": rules.get("dismiss_stale", False),
            "require_code_owner_review": False, "require_last_push_approval": False, "required_review_thread_resolution": False,
            "allowed_merge_methods": ["merge", "squash", "rebase"]}})
    if rules.get("contexts"):
        found.append({"type": "required_status_checks", **origin, "parameters": {
            "strict_required_status_checks_policy": rules.get("strict", False), "do_not_enforce_on_create": False,
            "required_status_checks": [{"context": name} for name in rules["contexts"]]}})
    return Listing(found)

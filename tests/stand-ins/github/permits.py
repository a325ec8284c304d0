# SPDX-FileCopyrightText: 2026 The Slipway authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Tokens: of which kind they are, whose, and what they allow (github.md, 2).

A token is {"login", "kind": "classic" | "fine-grained" | "oauth", "scopes": [..], "permissions": {name: "read" | "write"},
"repositories": [full names] or none for all, "sso": address or none, "expires": text or none}."""
from wire import ApiError, not_found

SSO = "Resource protected by organization SAML enforcement. You must grant your Personal Access token access to this organization."
WIDER = {"repo:status": "repo", "repo_deployment": "repo", "public_repo": "repo"}


def made(login, kind="classic", scopes=("repo",), permissions=None, repositories=None, sso=None, expires=None):
    return {"login": login, "kind": kind, "scopes": list(scopes) if kind != "fine-grained" else [], "permissions": dict(permissions or {}),
            "repositories": repositories, "sso": sso, "expires": expires}


def identify(world, request):
    """Bearer and token are the same to GitHub; without a header everything is asked as nobody."""
    kind, _, value = request.headers.get("authorization", "").partition(" ")
    if not kind:
        return
    token = world.tokens.get(value.strip()) if kind.lower() in ("bearer", "token") else None
    if token is None:
        raise ApiError(401, url="https://docs.github.com/rest")
    request.token, request.login = token, token["login"]


def sees(request):
    """What a token may not see is 404, not 403."""
    if request.token is None:
        return not request.repo.private
    if request.token["repositories"] is not None and request.repo.full_name not in request.token["repositories"]:
        return not request.repo.private
    if request.token["kind"] != "fine-grained" and request.repo.private and not set(request.token["scopes"]) & {"repo", "repo:status",
                                                                                                                "repo_deployment"}:
        return False
    return not request.repo.private or request.repo.may(request.login, "read")


def permit(world, request):
    route, token = request.route, request.token
    if token is None:
        if request.repo and not request.repo.private and request.method == "GET":
            return
        raise ApiError(401, "Requires authentication")
    if token["sso"] and request.repo:
        raise ApiError(403, SSO, headers={"X-GitHub-SSO": f"required; url={token['sso']}"})
    if not request.repo:
        return
    if token["kind"] == "fine-grained":
        fine_grained(world, request)
    elif request.repo.private and route.scopes and not any(scope in token["scopes"] or WIDER.get(scope) in token["scopes"] for scope in route.scopes):
        raise not_found()
    if request.method != "GET" and request.repo.options["archived"]:
        raise ApiError(403, "Repository was archived so is read-only.")
    writes = [need for need in route.needs.split(" or ") if need.endswith("=write")]
    level = "read" if any(need.startswith(("issues", "pull_requests")) for need in writes) else "write"
    if writes and not request.repo.may(request.login, level):
        raise ApiError(403, "Must have push access to repository." if level == "write" else "")


def fine_grained(world, request):
    """403 with what would be enough in a header of every answer. There is no permission for check runs (github.md, 2)."""
    granted = {"metadata": "read", **request.token["permissions"]}
    if world.settings["checks_for_fine_grained"] or not request.repo.private:
        granted["checks"] = "read"
    else:
        granted.pop("checks", None)
    for need in request.route.needs.split(" or "):
        name, _, level = need.partition("=")
        if granted.get(name) == "write" or (level != "write" and granted.get(name) == "read"):
            return
    raise ApiError(403, "Resource not accessible by personal access token")


def headers(world, request):
    if not request.token or request.route is None:
        return {}
    if request.token["kind"] == "fine-grained":
        needs = request.route.needs.replace(" or ", "; ")
        found = {"X-Accepted-GitHub-Permissions": needs} if needs else {}
    else:
        found = {"X-OAuth-Scopes": ", ".join(request.token["scopes"]), "X-Accepted-OAuth-Scopes": ", ".join(request.route.scopes)}
    if request.token["expires"]:
        found["GitHub-Authentication-Token-Expiration"] = request.token["expires"]
    return found


def can(world, request, need):
    """For GraphQL, which has no route of its own: whether a token may do "checks=read" in request.repo."""
    if request.token["kind"] != "fine-grained":
        return True
    name, _, level = need.partition("=")
    if name == "checks":
        return bool(world.settings["checks_for_fine_grained"]) or not request.repo.private
    granted = {"metadata": "read", **request.token["permissions"]}.get(name)
    return granted == "write" or (granted == "read" and level == "read")

# SPDX-FileCopyrightText: 2026 The Slipway authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""GraphQL objects of a repository, its refs, commits, deployments and environments. Pull requests are in graph_pulls.py."""
import base64
import re

import deployments
import people
import permits
import pulls
import pushes
import repository
from compare import status as compared
from gql_run import Fault
from graph_pulls import PullView


def connection(kind, records, make, words, **more):
    """Nodes are made when they are asked for; a cursor is the number of an entry."""
    begin = position(words.get("after"), 0)
    end = position(words.get("before"), len(records) + 1) - 1
    part = list(enumerate(records, 1))[begin:end]
    first, last = words.get("first"), words.get("last")
    rest = part[:first] if first is not None else part
    rest = rest[-last:] if last else rest
    cursor = lambda number: base64.b64encode(f"cursor:v2:{number}".encode()).decode()  # noqa: E731
    page = {"__typename": "PageInfo", "hasNextPage": bool(rest) and rest[-1][0] < len(records), "hasPreviousPage": bool(rest) and rest[0][0] > 1,
            "startCursor": cursor(rest[0][0]) if rest else None, "endCursor": cursor(rest[-1][0]) if rest else None}
    edge = lambda number, record: {"__typename": kind.replace("Connection", "Edge"), "cursor": cursor(number),
                                   "node": lambda _: make(record)}  # noqa: E731
    return {"__typename": kind, "totalCount": len(records), "pageInfo": page, "nodes": lambda _: [lambda one=record: make(one) for _, record in rest],
            "edges": lambda _: [edge(*entry) for entry in rest], **more}


def position(cursor, default):
    if not cursor:
        return default
    try:
        return int(base64.b64decode(cursor).decode().rpartition(":")[2])
    except ValueError:
        raise Fault("INVALID_CURSOR_ARGUMENTS", f"`{cursor}` does not appear to be a valid cursor.") from None


class View(PullView):
    """What one request may see."""

    connection = staticmethod(connection)

    def __init__(self, world, request):
        self.world, self.request = world, request

    def allowed(self, repo, need):
        """FORBIDDEN of one field, when the token has not that permission."""
        self.request.repo = repo
        if not permits.can(self.world, self.request, need):
            raise Fault("FORBIDDEN", "Resource not accessible by personal access token")

    def actor(self, login):
        if not login:
            return None
        user = self.world.users.get(login)
        if user is None or login == "ghost":
            return None
        simple = people.simple(self.world, login)
        return {"__typename": user["type"], "login": login, "id": user["node"], "name": user["name"], "databaseId": user["id"],
                "url": simple["html_url"],
                "avatarUrl": lambda _: simple["avatar_url"], "email": user["email"], "resourcePath": f"/{login}"}

    def user_named(self, words, type):
        found = self.world.users.get(words["login"])
        if not found or type not in (None, found["type"]):
            raise Fault("NOT_FOUND", f"Could not resolve to a {type or 'RepositoryOwner'} with the login of '{words['login']}'.")
        return self.actor(words["login"])

    def repository_by_name(self, words):
        repo, moved = self.world.repo(words["owner"], words["name"])
        self.request.repo = repo
        if not repo or (moved and not words.get("followRenames", True)) or not permits.sees(self.request):
            raise Fault("NOT_FOUND", f"Could not resolve to a Repository with the name '{words['owner']}/{words['name']}'.")
        if self.request.token["sso"]:
            raise Fault("FORBIDDEN", permits.SSO)
        pushes.sync(self.world, repo)
        return self.repository(repo)

    def node(self, words):
        what = self.world.nodes.get(words["id"])
        makers = {"repository": self.repository, "pull": lambda repo, number: self.pull(repo, repo.pulls[number]), "user": self.actor,
                  "deployment": lambda repo, id: self.deployment(repo, deployments.find(repo, str(id))), "ref": self.ref,
                  "environment": lambda repo, name: self.environment(repo, repo.environments[name])}
        if not what or what[0] not in makers:
            raise Fault("NOT_FOUND", f"Could not resolve to a node with the global id of '{words['id']}'.")
        for part in what:
            if hasattr(part, "store"):
                self.request.repo = part
                if not permits.sees(self.request):
                    raise Fault("NOT_FOUND", f"Could not resolve to a node with the global id of '{words['id']}'.")
                pushes.sync(self.world, part)
        return makers[what[0]](*what[1:])

    def repository(self, repo):
        level = repo.level(self.request.login)
        options = repo.options
        found = {
            "__typename": "Repository", "id": repo.node, "databaseId": repo.id, "name": repo.name, "nameWithOwner": repo.full_name,
            "owner": lambda _: self.actor(repo.owner), "url": repository.html(self.world, repo), "isPrivate": repo.private, "isFork": False,
            "isArchived": options["archived"], "isEmpty": not repo.tips, "isInOrganization": self.world.users[repo.owner]["type"] == "Organization",
            "description": None, "homepageUrl": None, "visibility": "PRIVATE" if repo.private else "PUBLIC",
            "hasIssuesEnabled": options["has_issues"],
            "hasWikiEnabled": False, "hasProjectsEnabled": True, "mergeCommitAllowed": options["allow_merge_commit"],
            "squashMergeAllowed": options["allow_squash_merge"], "rebaseMergeAllowed": options["allow_rebase_merge"],
            "deleteBranchOnMerge": options["delete_branch_on_merge"], "autoMergeAllowed": options["allow_auto_merge"], "parent": None,
            "viewerPermission": level.upper() if level != "none" else None, "viewerCanAdminister": level == "admin", "createdAt": repo.created_at,
            "updatedAt": repo.updated_at, "pushedAt": repo.pushed_at, "viewerDefaultMergeMethod": "MERGE", "stargazerCount": 0, "forkCount": 0,
            "sshUrl": f"git@{self.world.web.partition('://')[2]}:{repo.full_name}.git", "resourcePath": f"/{repo.full_name}",
            "defaultBranchRef": lambda _: self.ref(repo, f"refs/heads/{repo.default_branch}"),
            "ref": lambda words: self.ref(repo, self.qualified(repo, words["qualifiedName"])), "refs": lambda words: self.refs(repo, words),
            "object": lambda words: self.git_object(repo, words),
            "environment": lambda words: self.environment(repo, repo.environments.get(words["name"])),
            "environments": lambda words: connection("EnvironmentConnection", list(repo.environments.values()),
                                                     lambda one: self.environment(repo, one), words),
            "deployments": lambda words: self.deployments(repo, words),
        }
        return {**found, **self.pulls_of(repo)}

    @staticmethod
    def qualified(repo, name):
        """A whole ref name, or a short one of a branch or tag."""
        return next((full for full in (name, f"refs/heads/{name}", f"refs/tags/{name}") if full.startswith("refs/") and repo.store.ref(full)), None)

    def refs(self, repo, words):
        prefix, wanted = words["refPrefix"], (words.get("query") or "").lower()
        found = [name for name in repo.store.refs(prefix.rstrip("/")) if wanted in name[len(prefix):].lower()]
        order = words.get("orderBy") or {"field": "ALPHABETICAL", "direction": words.get("direction") or "ASC"}
        if order["field"] == "TAG_COMMIT_DATE":
            dates = {commit["sha"]: commit["committer"]["date"] for commit in repo.store.commits(list(set(repo.tips.values())))}
            found.sort(key=lambda name: dates.get(repo.tips.get(name[11:]), ""))
        if order["direction"] == "DESC":
            found.reverse()
        return connection("RefConnection", found, lambda name: self.ref(repo, name), words)

    def ref(self, repo, name):
        sha = name and (repo.tips.get(name[11:]) if name.startswith("refs/heads/") else None) or (name and repo.store.ref(name))
        if not sha:
            return None
        prefix = re.match(r"refs/[^/]+/", name).group()
        node = "REF_" + base64.urlsafe_b64encode(f"{repo.id}:{name}".encode()).decode().rstrip("=")
        self.world.nodes[node] = ("ref", repo, name)
        protected = self.protection(repo, name[11:]) if prefix == "refs/heads/" else None
        ours = lambda: [pull for pull in repo.pulls.values() if f"refs/heads/{pull['head']['ref']}" == name]  # noqa: E731
        return {"__typename": "Ref", "id": node, "name": name[len(prefix):], "prefix": prefix, "target": lambda _: self.git(repo, sha),
                "repository": lambda _: self.repository(repo), "compare": lambda words: self.compare(repo, name, sha, words["headRef"]),
                "associatedPullRequests": lambda words: self.pull_connection(repo, ours(), words), "branchProtectionRule": protected}

    def protection(self, repo, branch):
        rules = repo.rules(branch)
        if not rules:
            return None
        return {"__typename": "BranchProtectionRule", "id": f"BPR_{repo.id}", "requiresStrictStatusChecks": rules.get("strict", False),
                "pattern": branch,
                "requiredApprovingReviewCount": rules.get("reviews", 0), "requiredStatusCheckContexts": rules.get("contexts", []),
                "requiresStatusChecks": bool(rules.get("contexts")), "requiresApprovingReviews": bool(rules.get("reviews"))}

    def compare(self, repo, name, base, head):
        found = repo.store.resolve(head)
        if not found:
            raise Fault("NOT_FOUND", f"Could not resolve head ref '{head}'.")
        ahead, behind = repo.store.ahead_behind(base, found)
        return {"__typename": "Comparison", "id": f"COMP_{base[:8]}{found[:8]}", "aheadBy": ahead, "behindBy": behind,
                "status": compared(ahead, behind).upper(),
                "baseTarget": lambda _: self.git(repo, base), "headTarget": lambda _: self.git(repo, found),
                "commits": lambda words: connection("ComparisonCommitConnection", repo.store.between(base, found),
                                                    lambda sha: self.commit(repo, sha), words)}

    def git_object(self, repo, words):
        name = words.get("oid") or words.get("expression") or ""
        sha = repo.store.resolve(name)
        return self.git(repo, sha) if sha else None

    def git(self, repo, sha):
        kind = repo.store.kind(sha)
        if kind == "commit":
            return self.commit(repo, sha)
        return {"__typename": (kind or "commit").capitalize(), "oid": sha, "id": f"O_{sha}", "abbreviatedOid": sha[:7]} if kind else None

    def commit(self, repo, sha):
        commit = repo.store.commit(sha)
        headline, _, rest = commit["message"].partition("\n")
        page = f"{repository.html(self.world, repo)}/commit/{sha}"
        associated = lambda words: self.pull_connection(repo, pulls.with_commit(repo, sha), words)  # noqa: E731
        authors = lambda words: connection("GitActorConnection", [commit["author"]], self.git_actor, words)  # noqa: E731
        return {"__typename": "Commit", "id": f"C_{repo.node[2:]}{sha}", "oid": sha, "abbreviatedOid": sha[:7], "message": commit["message"],
                "messageHeadline": headline, "messageBody": rest.strip(), "committedDate": commit["committer"]["date"], "pushedDate": None,
                "authoredDate": commit["author"]["date"], "author": lambda _: self.git_actor(commit["author"]), "url": page, "commitUrl": page,
                "committer": lambda _: self.git_actor(commit["committer"]), "associatedPullRequests": associated, "authors": authors,
                "statusCheckRollup": lambda _: self.rollup(repo, sha), "status": lambda _: self.status(repo, sha)}

    def git_actor(self, person):
        login = self.world.by_email(person["email"])
        return {"__typename": "GitActor", "name": person["name"], "email": person["email"], "date": person["date"],
                "user": lambda _: self.actor(login)}

    def deployments(self, repo, words):
        self.allowed(repo, "deployments=read")
        found = [record for record in repo.deployments if not words.get("environments") or record["environment"] in words["environments"]]
        if (words.get("orderBy") or {}).get("direction", "ASC") == "ASC":
            found = found[::-1]
        return connection("DeploymentConnection", found, lambda record: self.deployment(repo, record), words)

    def deployment(self, repo, record):
        statuses = lambda words: connection("DeploymentStatusConnection", record["statuses"], self.deployment_status, words)  # noqa: E731
        return {"__typename": "Deployment", "id": record["node"], "databaseId": record["id"], "environment": record["environment"],
                "originalEnvironment": record["original_environment"], "state": deployments.state(record), "commitOid": record["sha"],
                "commit": lambda _: self.commit(repo, record["sha"]), "createdAt": record["created_at"], "updatedAt": record["updated_at"],
                "creator": lambda _: self.actor(record["user"]), "description": record["description"], "task": record["task"],
                "payload": str(record["payload"]) if record["payload"] else None,
                "ref": lambda _: self.ref(repo, self.qualified(repo, record["ref"])),
                "statuses": statuses, "latestStatus": lambda _: self.deployment_status(record["statuses"][0]) if record["statuses"] else None,
                "repository": lambda _: self.repository(repo)}

    def deployment_status(self, status):
        return {"__typename": "DeploymentStatus", "id": status["node"], "state": status["state"].upper(),
                "environmentUrl": status["environment_url"] or None,
                "logUrl": status["log_url"] or None, "createdAt": status["created_at"], "updatedAt": status["created_at"],
                "description": status["description"], "creator": lambda _: self.actor(status["user"]), "environment": status["environment"]}

    def environment(self, repo, entry):
        if not entry:
            return None
        ended = lambda record: record["statuses"] and record["statuses"][0]["state"] in ("success", "failure", "error", "inactive")  # noqa: E731
        newest = next((record for record in repo.deployments if record["environment"] == entry["name"] and ended(record)), None)
        return {"__typename": "Environment", "id": entry["node"], "databaseId": entry["id"], "name": entry["name"],
                "latestCompletedDeployment": lambda _: self.deployment(repo, newest) if newest else None}

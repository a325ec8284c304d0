# SPDX-FileCopyrightText: 2026 The Slipway authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""GraphQL objects of pull requests: what is said of them, reviews, checks, comments, files; and the search that gh uses."""
import re

import checks
import commits
import repository
import verdicts
from gql_run import Fault


class PullView:
    def pulls_of(self, repo):
        """The fields of a repository that lead to pull requests."""
        return {
            "pullRequests": lambda words: self.pull_connection(repo, list(repo.pulls.values()), words),
            "pullRequest": lambda words: self.pull_numbered(repo, words["number"]),
            "issueOrPullRequest": lambda words: self.pull_numbered(repo, words["number"]),
            "labels": lambda words: self.connection("LabelConnection", list(repo.labels.values()), self.label, words),
        }

    def pull_numbered(self, repo, number):
        self.allowed(repo, "pull_requests=read")
        if number not in repo.pulls:
            raise Fault("NOT_FOUND", f"Could not resolve to a PullRequest with the number of {number}.")
        return self.pull(repo, repo.pulls[number])

    def pull_connection(self, repo, found, words):
        self.allowed(repo, "pull_requests=read")
        if words.get("states"):
            found = [pull for pull in found if self.state(pull) in words["states"]]
        for name, side in (("headRefName", "head"), ("baseRefName", "base")):
            if words.get(name):
                found = [pull for pull in found if pull[side]["ref"] == words[name]]
        if words.get("labels"):
            found = [pull for pull in found if set(pull["labels"]) & set(words["labels"])]
        order = words.get("orderBy") or {"field": "CREATED_AT", "direction": "ASC"}
        keys = {"UPDATED_AT": lambda pull: (pull["updated_at"], pull["number"]), "COMMENTS": lambda pull: (len(pull["comments"]), pull["number"])}
        found.sort(key=keys.get(order["field"], lambda pull: (pull["created_at"], pull["number"])), reverse=order["direction"] == "DESC")
        return self.connection("PullRequestConnection", found, lambda pull: self.pull(repo, pull), words)

    @staticmethod
    def state(pull):
        return "MERGED" if pull["merged_at"] else pull["state"].upper()

    def pull(self, repo, pull):
        world, sha = self.world, pull["head"]["sha"]
        page = f"{repository.html(world, repo)}/pull/{pull['number']}"
        looked = []  # one look a request, whichever of the two fields asks first

        def look():
            looked[:] = looked or [verdicts.mergeable(world, repo, pull)]
            return looked[0]

        mergeable = lambda _: {None: "UNKNOWN", True: "MERGEABLE", False: "CONFLICTING"}[look()[0]]  # noqa: E731
        return {
            "__typename": "PullRequest", "id": pull["node"], "databaseId": pull["id"], "number": pull["number"], "title": pull["title"],
            "body": pull["body"] or "", "url": page, "permalink": page, "state": self.state(pull), "isDraft": pull["draft"], "locked": pull["locked"],
            "createdAt": pull["created_at"], "updatedAt": pull["updated_at"], "closedAt": pull["closed_at"], "mergedAt": pull["merged_at"],
            "closed": pull["state"] == "closed", "merged": bool(pull["merged_at"]), "author": lambda _: self.actor(pull["user"]),
            "headRefName": pull["head"]["ref"], "headRefOid": sha, "baseRefName": pull["base"]["ref"], "baseRefOid": pull["base"]["sha"],
            "isCrossRepository": pull["owner"] != repo.owner, "headRepositoryOwner": lambda _: self.actor(pull["owner"]),
            "headRepository": lambda _: None if pull["head_gone"] else self.repository(repo), "baseRepository": lambda _: self.repository(repo),
            "repository": lambda _: self.repository(repo), "mergeable": mergeable, "mergeStateStatus": lambda _: look()[1].upper(),
            "reviewDecision": lambda _: verdicts.decision(repo, pull), "maintainerCanModify": False,
            "mergedBy": lambda _: self.actor(pull["merged_by"]),
            "baseRef": lambda _: self.ref(repo, f"refs/heads/{pull['base']['ref']}"),
            "headRef": lambda _: self.ref(repo, f"refs/heads/{pull['head']['ref']}"),
            "mergeCommit": lambda _: self.commit(repo, pull["merge_commit_sha"]) if pull["merge_commit_sha"] else None, "autoMergeRequest": None,
            "labels": lambda words: self.connection("LabelConnection", [repo.labels[name] for name in pull["labels"]], self.label, words),
            "statusCheckRollup": lambda _: self.rollup(repo, sha), "comments": lambda words: self.comments(repo, pull, page, words),
            "assignees": lambda words: self.connection("UserConnection", pull["assignees"], self.actor, words), "milestone": None,
            **self.reviews_of(repo, pull, page), **self.changes_of(repo, pull),
        }

    def reviews_of(self, repo, pull, page):
        def review(one):
            return {"__typename": "PullRequestReview", "id": one["node"], "databaseId": one["id"], "state": one["state"], "body": one["body"],
                    "submittedAt": one["submitted_at"], "createdAt": one["submitted_at"], "author": lambda _: self.actor(one["user"]),
                    "authorAssociation": "MEMBER", "url": f"{page}#pullrequestreview-{one['id']}",
                    "viewerDidAuthor": one["user"] == self.request.login,
                    "commit": lambda _: self.commit(repo, one["commit_id"]), "includesCreatedEdit": False}

        def latest():
            last = {}
            for one in pull["reviews"]:
                last[one["user"]] = one
            return [one for one in last.values() if one["user"] not in pull["requested"]]

        visible = lambda: [one for one in pull["reviews"] if one["state"] != "PENDING" or one["user"] == self.request.login]  # noqa: E731
        many = lambda records, words: self.connection("PullRequestReviewConnection", records, review, words)  # noqa: E731
        asked = lambda login: {"__typename": "ReviewRequest", "requestedReviewer": lambda _: self.actor(login), "asCodeOwner": False}  # noqa: E731
        return {
            "reviews": lambda words: many([one for one in visible() if not words.get("states") or one["state"] in words["states"]], words),
            "latestReviews": lambda words: many(latest(), words),
            "latestOpinionatedReviews": lambda words: many(verdicts.opinions(repo, pull, words.get("writersOnly")), words),
            "reviewRequests": lambda words: self.connection("ReviewRequestConnection", pull["requested"], asked, words),
        }

    def changes_of(self, repo, pull):
        ends = lambda: verdicts.ends(repo, pull)  # noqa: E731
        files = lambda: commits.changes(repo, *ends())  # noqa: E731

        def one_commit(sha):
            return {"__typename": "PullRequestCommit", "id": f"PRC_{sha}", "commit": lambda _: self.commit(repo, sha)}

        def one_file(file):
            kind = {"removed": "DELETED"}.get(file["status"], file["status"].upper())
            return {"__typename": "PullRequestChangedFile", "path": file["filename"], "additions": file["additions"], "deletions": file["deletions"],
                    "changeType": kind}

        return {
            "additions": lambda _: sum(file["additions"] for file in files()), "deletions": lambda _: sum(file["deletions"] for file in files()),
            "changedFiles": lambda _: len(files()),
            "files": lambda words: self.connection("PullRequestChangedFileConnection", files(), one_file, words),
            "commits": lambda words: self.connection("PullRequestCommitConnection", repo.store.between(*ends()), one_commit, words),
        }

    def comments(self, repo, pull, page, words):
        def one(comment):
            return {"__typename": "IssueComment", "id": comment["node"], "databaseId": comment["id"], "author": lambda _: self.actor(comment["user"]),
                    "authorAssociation": "MEMBER", "body": comment["body"], "createdAt": comment["created_at"], "updatedAt": comment["updated_at"],
                    "url": f"{page}#issuecomment-{comment['id']}", "includesCreatedEdit": False, "isMinimized": False, "minimizedReason": None,
                    "viewerDidAuthor": comment["user"] == self.request.login}

        return self.connection("IssueCommentConnection", pull["comments"], one, words)

    def label(self, label):
        return {"__typename": "Label", "id": label["node"], "name": label["name"], "color": label["color"], "description": label["description"]}

    # Checks

    def rollup(self, repo, sha):
        """Its state is readable with every token; contexts that are check runs are not (github.md, 2)."""
        state = verdicts.rollup(repo, sha)
        if state is None:
            return None
        records = [*({"status": status} for status in verdicts.latest_statuses(repo, sha)),
                   *({"run": run} for run in verdicts.latest_runs(repo, sha))]
        return {"__typename": "StatusCheckRollup", "id": f"SCR_{sha}", "state": state, "commit": lambda _: self.commit(repo, sha),
                "contexts": lambda words: self.connection("StatusCheckRollupContextConnection", records,
                                                          lambda one: self.context(repo, sha, one), words)}

    def context(self, repo, sha, record):
        if "status" in record:
            return self.status_context(repo, sha, record["status"])
        self.allowed(repo, "checks=read")
        run = record["run"]
        suite = next(suite for suite in repo.check_suites[sha] if suite["id"] == run["suite"])
        status, conclusion = checks.together([one for one in verdicts.latest_runs(repo, sha) if one["suite"] == suite["id"]])
        upper = lambda word: word.upper() if word else None  # noqa: E731
        app = {"__typename": "App", "id": "A_1", "slug": run["app"], "name": run["app"], "databaseId": 15368}
        return {"__typename": "CheckRun", "id": run["node"], "databaseId": run["id"], "name": run["name"], "status": upper(run["status"]),
                "conclusion": upper(run["conclusion"]), "detailsUrl": run["details_url"] or checks.page_of(self.world, repo, run),
                "startedAt": run["started_at"], "completedAt": run["completed_at"], "title": run["title"], "summary": run["summary"],
                "isRequired": lambda words: self.required(repo, words, run["name"]),
                "checkSuite": {"__typename": "CheckSuite", "id": suite["node"], "databaseId": suite["id"], "app": app, "status": upper(status),
                               "conclusion": upper(conclusion), "workflowRun": None}}

    def status_context(self, repo, sha, status):
        return {"__typename": "StatusContext", "id": status["node"], "context": status["context"], "state": status["state"].upper(),
                "targetUrl": status["target_url"], "description": status["description"], "createdAt": status["created_at"],
                "creator": lambda _: self.actor(status["user"]), "isRequired": lambda words: self.required(repo, words, status["context"])}

    def status(self, repo, sha):
        found = verdicts.latest_statuses(repo, sha)
        if not found:
            return None
        named = lambda words: [status for status in found if status["context"] == words["name"]]  # noqa: E731
        one = lambda words: next((self.status_context(repo, sha, status) for status in named(words)), None)  # noqa: E731
        return {"__typename": "Status", "id": f"ST_{sha}", "state": verdicts.combined(found).upper(), "context": one,
                "contexts": [self.status_context(repo, sha, status) for status in found]}

    def required(self, repo, words, name):
        numbered = words.get("pullRequestNumber")
        if numbered is None:
            what = self.world.nodes.get(words.get("pullRequestId") or "")
            numbered = what[2] if what and what[0] == "pull" else None
        if numbered not in repo.pulls:
            raise Fault("UNPROCESSABLE", "Either pullRequestId or pullRequestNumber must be given.")
        return name in repo.rules(repo.pulls[numbered]["base"]["ref"]).get("contexts", [])

    # Search, as far as gh pr status and gh pr list use it

    def search(self, words):
        """is:pr, is:open, author:, review-requested:, assignee:, head:, base:, label:, repo: and words of the title."""
        wanted = re.findall(r'(?:[\w-]+:)?(?:"[^"]*"|\S+)', words.get("query", ""))
        found = [(repo, pull) for repo in self.world.repos for pull in repo.pulls.values() if repo.may(self.request.login, "read") and
                 all(self.matches(repo, pull, *part.rpartition(":")[::2]) for part in wanted)]
        found.sort(key=lambda entry: (entry[1]["created_at"], entry[1]["number"]), reverse=True)
        answer = self.connection("SearchResultItemConnection", found, lambda entry: self.pull(*entry), words, issueCount=len(found))
        return {**answer, "issueCount": len(found)}

    def matches(self, repo, pull, key, value):
        value = value.strip('"')
        login = self.request.login if value == "@me" else value
        facts = {"is": {"pr": True, "open": pull["state"] == "open", "closed": pull["state"] == "closed",
                        "merged": bool(pull["merged_at"])}.get(value, False),
                 "state": self.state(pull).lower() == value, "type": value == "pr", "author": pull["user"] == login, "repo": repo.full_name == value,
                 "review-requested": login in pull["requested"], "assignee": login in pull["assignees"],
                 "involves": login in (pull["user"], *pull["requested"]),
                 "head": pull["head"]["ref"] == value, "base": pull["base"]["ref"] == value, "label": value in pull["labels"], "sort": True,
                 "draft": pull["draft"],
                 "": value.lower() in pull["title"].lower()}
        return facts.get(key, True)

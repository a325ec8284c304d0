# SPDX-FileCopyrightText: 2026 The Slipway authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""GraphQL mutations that gh uses on pull requests, so that tests have team mates with a real client. Slipway writes by REST."""
import comments
import merging
import pulls
import reviews
from gql_run import Fault
from wire import ApiError


class Writes:
    def __init__(self, view):
        self.view, self.world, self.login = view, view.world, view.request.login

    def root(self):
        names = ("addComment", "addPullRequestReview", "closePullRequest", "convertPullRequestToDraft", "markPullRequestReadyForReview",
                 "mergePullRequest", "reopenPullRequest", "updatePullRequest", "addLabelsToLabelable")
        return {name: lambda words, name=name: self.perform(name, words["input"]) for name in names}

    def perform(self, name, words):
        """The payload; errors of REST as GraphQL words them."""
        repo, pull = self.find(words.get("pullRequestId") or words.get("subjectId") or words.get("labelableId"))
        self.view.allowed(repo, "contents=write" if name == "mergePullRequest" else "pull_requests=write")
        try:
            more = getattr(self, name)(repo, pull, words) or {}
        except ApiError as error:
            told = error.body.get("errors")
            raise Fault("UNPROCESSABLE", str(told[0]) if told and isinstance(told[0], str) else error.body["message"]) from None
        payload = name[0].upper() + name[1:] + "Payload"
        return {"__typename": payload, "clientMutationId": words.get("clientMutationId"), "pullRequest": lambda _: self.view.pull(repo, pull), **more}

    def find(self, id):
        what = self.world.nodes.get(id)
        if not what or what[0] != "pull":
            raise Fault("NOT_FOUND", f"Could not resolve to a node with the global id of '{id}'.")
        self.view.node({"id": id})
        return what[1], what[1].pulls[what[2]]

    def must(self, repo, pull, level):
        if pull["user"] != self.login and not repo.may(self.login, level):
            raise Fault("FORBIDDEN", f"{self.login} does not have the correct permissions to execute this mutation")

    def addComment(self, repo, pull, words):
        comment = comments.add(self.world, repo, pull, self.login, words["body"])
        self.world.did("comment", repo, number=pull["number"], login=self.login, id=comment["id"])
        connection = self.view.comments(repo, pull, self.view.pull(repo, pull)["url"], {"last": 1})
        return {"subject": lambda _: self.view.pull(repo, pull), "commentEdge": lambda _: connection["edges"](None)[0]}

    def addPullRequestReview(self, repo, pull, words):
        event = words.get("event")
        if event:
            reviews.check(pull, self.login, event, words.get("body"))
        review = reviews.add(self.world, repo, pull, self.login, reviews.STATES.get(event, "PENDING"), words.get("body"), words.get("commitOID"))
        self.world.did("review", repo, number=pull["number"], login=self.login, state=review["state"])

    def closePullRequest(self, repo, pull, words):
        self.must(repo, pull, "triage")
        pulls.close(self.world, repo, pull, self.login)

    def reopenPullRequest(self, repo, pull, words):
        self.must(repo, pull, "triage")
        pulls.reopen(self.world, repo, pull, self.login)

    def convertPullRequestToDraft(self, repo, pull, words):
        self.must(repo, pull, "write")
        pull["draft"] = True
        pulls.touch(pull)

    def markPullRequestReadyForReview(self, repo, pull, words):
        self.must(repo, pull, "write")
        pull["draft"] = False
        pulls.touch(pull)

    def updatePullRequest(self, repo, pull, words):
        self.must(repo, pull, "triage")
        pull.update({name: words[name] for name in ("title", "body") if words.get(name) is not None})
        pulls.touch(pull)

    def addLabelsToLabelable(self, repo, pull, words):
        names = [self.world.nodes[id][2] for id in words["labelIds"] if id in self.world.nodes]
        pull["labels"] = list(dict.fromkeys(pull["labels"] + names))
        pulls.touch(pull)
        return {"labelable": lambda _: self.view.pull(repo, pull)}

    def mergePullRequest(self, repo, pull, words):
        if not repo.may(self.login, "write"):
            raise Fault("FORBIDDEN", f"{self.login} does not have the correct permissions to execute `MergePullRequest`")
        method = (words.get("mergeMethod") or "MERGE").lower()
        if words.get("expectedHeadOid") not in (None, pull["head"]["sha"]):
            raise Fault("UNPROCESSABLE", "Head branch was modified. Review and try the merge again.")
        merging.refuse(repo, pull, method, self.login)
        merging.perform(self.world, repo, pull, method, self.login, words.get("commitHeadline"), words.get("commitBody"))

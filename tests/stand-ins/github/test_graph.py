# SPDX-FileCopyrightText: 2026 The Slipway authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""GraphQL at the stand-in for GitHub: Slipway's own queries with our small schema, errors, costs, limits (github.md, 8)."""
import time
import unittest

from gql_check import Checker
from gql_schema import Schema
from gql_syntax import Parser, SyntaxFault
from test_doors import Case

SHOP = {"owner": "acme", "name": "shop"}


class Board(Case):
    def board(self, **more):
        answer = self.github.ask("board", **{**SHOP, **more})
        self.assertNotIn("errors", answer)
        return answer["data"]

    def test_board(self):
        self.board()
        data = self.board()
        self.assertEqual(data["rateLimit"]["cost"], 1)
        shop = data["repository"]
        self.assertEqual(shop["defaultBranchRef"]["name"], "main")
        pulls = {pull["number"]: pull for pull in shop["pullRequests"]["nodes"]}
        self.assertEqual({number: (pull["mergeable"], pull["mergeStateStatus"]) for number, pull in pulls.items()},
                         {1: ("MERGEABLE", "CLEAN"), 2: ("MERGEABLE", "UNSTABLE"), 3: ("CONFLICTING", "DIRTY"), 4: ("MERGEABLE", "DRAFT")})
        self.assertEqual([pulls[number]["statusCheckRollup"] for number in (1, 2, 3)], [{"state": "SUCCESS"}, {"state": "FAILURE"}, None])
        self.assertEqual(pulls[1]["labels"]["nodes"], [{"name": "ready", "color": "0e8a16"}])
        live = {entry["name"]: entry["latestCompletedDeployment"]["state"] for entry in shop["environments"]["nodes"]}
        self.assertEqual(live, {"production": "ACTIVE", "staging": "ACTIVE"})
        self.assertEqual(shop["deployments"]["nodes"][0]["latestStatus"]["environmentUrl"], "https://staging.example.com")
        self.assertEqual(self.github.control("GET", "unserved"), [])

    def test_unknown_first(self):
        """After a push mergeable is not known at once, and known at the next look."""
        self.board()
        self.github.act("push", branch="invoice-pdf")
        looks = [{pull["number"]: pull["mergeable"] for pull in self.board()["repository"]["pullRequests"]["nodes"]} for _ in range(2)]
        self.assertEqual([look[2] for look in looks], ["UNKNOWN", "MERGEABLE"])

    def test_opinions(self):
        for login, state in (("ada", "APPROVED"), ("edsger", "CHANGES_REQUESTED"), ("ada", "COMMENTED"), ("edsger", "APPROVED")):
            self.github.act("review", number=1, by=login, state=state)
        pull = next(pull for pull in self.board()["repository"]["pullRequests"]["nodes"] if pull["number"] == 1)
        self.assertEqual([(one["author"]["login"], one["state"]) for one in pull["latestOpinionatedReviews"]["nodes"]],
                         [("ada", "APPROVED"), ("edsger", "APPROVED")])
        self.assertIsNone(pull["reviewDecision"])

    def test_four_hundred(self):
        self.github.seed(name="acme/big", pulls=396)
        cursor, seen, times = None, [], []
        while True:
            begin = time.monotonic()
            found = self.board(name="big", **({"pulls": cursor} if cursor else {}))["repository"]["pullRequests"]
            times.append(time.monotonic() - begin)
            seen += [pull["number"] for pull in found["nodes"]]
            cursor = found["pageInfo"]["endCursor"]
            if not found["pageInfo"]["hasNextPage"]:
                break
        self.assertEqual((len(seen), len(set(seen)), len(times)), (400, 400, 8))

    def test_branches_and_compare(self):
        refs = self.github.ask("branches", **SHOP, than="main")["data"]["repository"]["refs"]["nodes"]
        stands = {ref["name"]: (ref["compare"]["behindBy"], ref["compare"]["aheadBy"]) for ref in refs}  # seen from the branch: ahead, behind
        self.assertEqual(stands, {"main": (0, 0), "faster-checkout": (1, 0), "invoice-pdf": (1, 2), "saved-cards": (1, 1), "draft-idea": (1, 0)})
        self.github.act("merge", number=1, method="merge")
        compare = self.github.ask("compare", **SHOP, base="refs/tags/v1", head="main")["data"]["repository"]["ref"]["compare"]
        numbers = lambda commit: [pull["number"] for pull in commit["associatedPullRequests"]["nodes"]]  # noqa: E731
        brought = [(commit["messageHeadline"], numbers(commit)) for commit in compare["commits"]["nodes"]]
        self.assertEqual(brought, [("Raise the price of books", []), ("Make the checkout faster", [1]),
                                   ("Merge pull request #1 from acme/faster-checkout", [1])])
        self.assertEqual((compare["aheadBy"], compare["status"]), (3, "AHEAD"))

    def test_checks(self):
        self.github.act("protect", branch="main", contexts=["lint"])
        rollup = self.github.ask("checks", **SHOP, number=1)["data"]["repository"]["pullRequest"]["statusCheckRollup"]
        self.assertEqual([(one["__typename"], one["isRequired"]) for one in rollup["contexts"]["nodes"]],
                         [("StatusContext", False), ("CheckRun", True)])


class Errors(Case):
    def first(self, query, **variables):
        return self.github.ask(query, **variables)["errors"][0]

    def test_kinds(self):
        missing = self.github.ask("{repository(owner:\"acme\",name:\"nothing\"){name}}")
        self.assertEqual((missing["data"], missing["errors"][0]["type"], missing["errors"][0]["path"]),
                         ({"repository": None}, "NOT_FOUND", ["repository"]))
        self.assertEqual(self.first("{nothing}")["extensions"]["code"], "undefinedField")
        self.assertEqual(self.first("{viewer{login}")["locations"][0]["line"], 1)
        ask = "{repository(owner:\"acme\",name:\"shop\"){pullRequests%s{nodes{number}}}}"
        self.assertEqual(self.first(ask % "")["type"], "MISSING_PAGINATION_BOUNDARIES")
        self.assertEqual(self.first(ask % "(first:101)")["type"], "EXCESSIVE_PAGINATION")
        inner = "labels(first:100){nodes{name}}latestOpinionatedReviews(first:100){nodes{id}}"
        deep = "{repository(owner:\"acme\",name:\"shop\"){pullRequests(first:100){nodes{%s}}}}" % inner
        self.assertNotIn("errors", self.github.ask(deep))
        self.assertEqual(self.github.ask("{rateLimit{used}}")["data"]["rateLimit"]["used"], 1 + 2 + 1)
        self.assertEqual(self.github.post("/graphql", {"quer": 1}).status, 400)
        self.fails(self.github.post("/graphql", {"query": "{viewer{login}}"}, token=None), 401)

    def test_permissions(self):
        """A field that may not be null takes what holds it with it."""
        self.github.tokens(fine={"login": "ada", "kind": "fine-grained", "permissions": {"contents": "read", "pull_requests": "read"}})
        answer = self.github.ask("board", **SHOP, token="fine")
        self.assertEqual((answer["data"]["repository"], answer["errors"][0]["type"], answer["errors"][0]["path"]),
                         (None, "FORBIDDEN", ["repository", "deployments"]))
        self.assertEqual(len(self.github.ask("branches", **SHOP, than="main", token="fine")["data"]["repository"]["refs"]["nodes"]), 5)

    def test_node(self):
        id = self.github.ask("{repository(owner:\"acme\",name:\"shop\"){pullRequest(number:2){id}}}")["data"]["repository"]["pullRequest"]["id"]
        found = self.github.ask("query($id:ID!){node(id:$id){__typename ...on PullRequest{number}}}", id=id)
        self.assertEqual(found["data"]["node"], {"__typename": "PullRequest", "number": 2})
        self.assertEqual(self.first("{node(id:\"PR_nothing\"){id}}")["type"], "NOT_FOUND")


class Engine(unittest.TestCase):
    SCHEMA = Schema('"""d""" type Query { "x" a(n: Int = 3, list: [Kind!]): Thing! other: Either } interface Named { name: String } '
                    "type Thing implements Named { name: String size: Int! } type Part { part: Int } "
                    "union Either = Thing | Part enum Kind { BIG SMALL }")

    def errors(self, text):
        operations, fragments = Parser(text).document()
        return [error["extensions"]["code"] for error in Checker(self.SCHEMA, text, operations[0], fragments).run()]

    def test_validation(self):
        tried = {
            "{ a(n: 1, list: [BIG]) { name size } }": [], "{ a(list: BIG) { size } }": [],
            "{ other { ... on Part { part } ... on Named { name } } }": [],
            "{ a { nmae } }": ["undefinedField"], "{ a(m: 1) { size } }": ["argumentNotAccepted"],
            "{ a(n: \"1\") { size } }": ["argumentLiteralsIncompatible"],
            "{ a(list: [HUGE]) { size } }": ["argumentLiteralsIncompatible"], "{ a }": ["selectionMismatch"],
            "{ a { size { x } } }": ["selectionMismatch"],
            "query($n: String) { a(n: $n) { size } }": ["variableMismatch"], "query($n: Int) { a { size } }": ["variableNotUsed"],
            "{ a(n: $n) { size } }": ["variableNotDefined"], "{ a { ...f } }": ["useAndDefineFragment"], "{ other { part } }": ["undefinedField"],
            "{ a { ...f } } fragment f on Thing { size ...f }": ["infiniteLoop"], "{ a { ... on Part { part } } }": ["cannotSpreadFragment"],
            "{ a { x: size x: name } }": ["fieldConflict"], "{ a { size @only(if: true) } }": ["undefinedDirective"],
        }
        for text, codes in tried.items():
            with self.subTest(text=text):
                self.assertEqual(self.errors(text), codes)

    def test_syntax(self):
        for text in ("{", "{ a", "query {", "{ a(n: ) }", "{ a ? }", "frgment x", "{ a(n: \"x) }", ""):
            with self.subTest(text=text), self.assertRaises((SyntaxFault, IndexError)):
                self.assertTrue(Parser(text).document()[0][0])


if __name__ == "__main__":
    unittest.main()

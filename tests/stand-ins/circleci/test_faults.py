# SPDX-FileCopyrightText: 2026 The Slipway authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Faults, counters, and the check against the description, which is itself tried: it finds what is wrong."""
import http.client
import json
import socket
import unittest

from client import SHOP, description
from contract import Contract
from test_flow import Case
from wire import Request, Response


class Faults(Case):
    def test_nth_and_route(self):
        self.circle.fault(route="GET /project/{slug}/pipeline", nth=2, status=503, message="down")
        path = f"/project/{SHOP}/pipeline"
        self.assertEqual([self.circle.get(path).status for _ in range(3)], [200, 503, 200])
        self.circle.fault(path="/me$", method="GET", times=1, html=True)
        answer = self.circle.get("/me")
        self.assertEqual((answer.status, answer.headers["Content-Type"][:9]), (502, "text/html"))
        self.ok(self.circle.get("/me"))
        self.assertEqual(self.circle.counts()["GET /project/{slug}/pipeline"], 3)
        self.circle.control("DELETE", "counts")
        self.circle.control("DELETE", "faults")
        self.circle.get(path)
        self.assertEqual(self.circle.counts(), {"GET /project/{slug}/pipeline": 1})
        with self.assertRaises(AssertionError):
            self.circle.fault(stauts=500)

    def test_throttled(self):
        expected = {"retry-after": {"Retry-After"}, "none": set(), "ratelimit": {"RateLimit-Remaining", "RateLimit-Reset"},
                    "x-ratelimit": {"X-RateLimit-Remaining-Minute"}, "both": {"Retry-After", "RateLimit-Reset", "X-RateLimit-Limit-Minute"}}
        for family, names in expected.items():
            self.circle.control("DELETE", "faults")
            self.circle.fault(path="/me", throttle=family, seconds=9)
            answer = self.circle.get("/me")
            self.fails(answer, 429, "rate limit")
            found = {name for name in answer.headers if name.lower().startswith(("retry", "rate", "x-rate"))}
            self.assertTrue(names <= found and bool(names) == bool(found), (family, found))

    def test_lost_answer_happens(self):
        for fault in ({"drop": "before"}, {"drop": "after"}):
            self.circle.control("DELETE", "faults")
            self.circle.fault(method="POST", path="/pipeline$", **fault)
            with self.assertRaises((http.client.HTTPException, OSError)):
                self.circle.post(f"/project/{SHOP}/pipeline", {"branch": "main"})
        self.assertEqual(len(self.circle.effects("pipeline.create")), 1)
        self.assertEqual(self.circle.requests()[-1]["status"], 0)

    def test_hang(self):
        for fault, made in (({"hang": True}, 0), ({"hang": "after"}, 1)):
            self.circle.control("DELETE", "faults")
            self.circle.fault(method="POST", path="/pipeline$", **fault)
            with self.assertRaises(socket.timeout):
                self.circle.post(f"/project/{SHOP}/pipeline", {"branch": "main"}, timeout=0.3)
            self.assertEqual(len(self.circle.effects("pipeline.create")), made)
        self.ok(self.circle.get("/me"))  # nobody else waits

    def test_broken_answers(self):
        self.circle.fault(path="/me$", nth=1, cut=10)
        with self.assertRaises(http.client.IncompleteRead):
            self.circle.get("/me")
        self.circle.fault(path="/me$", nth=1, truncate=10)
        self.assertEqual(len(self.circle.get("/me").data), 10)
        self.circle.fault(path="/me$", nth=1, raw="{not json")
        self.assertEqual(self.circle.get("/me").data, b"{not json")
        self.circle.push()
        self.circle.fault(path="/pipeline$", set={"items.number": "seven", "items.vcs.revision": None}, remove=["items.id"])
        entry = self.items(f"/project/{SHOP}/pipeline")[0]
        self.assertEqual((entry["number"], entry["vcs"]["revision"], "id" in entry), ("seven", None, False))
        self.circle.fault(path="/me$", nth=1, redirect="http://127.0.0.1:1/")
        self.assertEqual(self.circle.get("/me").status, 302)
        self.circle.fault(path="/me$", nth=1, split=7, headers={"X-Request-Id": None})
        self.ok(self.circle.get("/me"))


class Misled(Case):
    EXPECTED = ("the query", "no such call", "/from_faild")

    @unittest.skipUnless(description(), "no description")
    def test_mistakes_of_clients_are_noticed(self):
        _, workflow = self.pushed()
        self.circle.get(f"/project/{SHOP}/pipeline?brnch=main")
        self.circle.post(f"/workflow/{workflow}/rerun", {"from_faild": True})
        self.circle.get("/nowhere")
        self.assertEqual([entry["words"] for entry in self.circle.violations()],
                         ["the query brnch is not known", "/from_faild is not known", "no such call in the description"])


@unittest.skipUnless(description(), "no description")
class Published(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.contract = Contract(description())

    def found(self, method, path, body=None, answer=None, status=200):
        request = Request(method, "/api/v2" + path, {}, json.dumps(body).encode() if body is not None else b"")
        return [words for _, words in self.contract.check(request, Response(answer, status))]

    def test_answers(self):
        user = {"id": "b2a5c0de-0000-4000-8000-000000000001", "login": "ada", "name": "Ada", "avatar_url": None}
        self.assertEqual(self.found("GET", "/me", answer=user), [])
        for change in ({"id": "7"}, {"name": None}, {"login": 7}):
            self.assertEqual(len(self.found("GET", "/me", answer={**user, **change})), 1, change)
        self.assertEqual(self.found("GET", "/me", answer={"message": "no"}, status=401), [])
        self.assertEqual(self.found("GET", "/me", answer={"error": "no"}, status=401), ["/message is missing"])
        self.assertEqual(self.found("GET", "/me", answer=user, status=203), ["the status 203 is not described"])
        flaky = {"flaky-tests": [], "total-flaky-tests": 0}
        self.assertEqual(len(self.found("GET", f"/insights/{SHOP}/flaky-tests", answer=flaky)), 2)
        self.assertEqual(self.found("GET", "/insights/gh%2Facme%2Fshop/flaky-tests", answer={"flaky_tests": [], "total_flaky_tests": 0}), [])

    def test_requests(self):
        path = f"/project/{SHOP}/pipeline/run"
        made = {"number": 1}
        self.assertEqual(self.found("POST", path, {"config": {"branch": "main", "content": ""}}, made, 201), [])
        self.assertEqual(self.found("POST", path, {"config": {"brnch": "main"}}, made, 201), ["/config/brnch is not known"])
        self.assertEqual(len(self.found("POST", path, {"definition_id": "x"}, made, 201)), 1)
        self.assertEqual(self.found("DELETE", "/me"), ["no such call in the description"])


if __name__ == "__main__":
    unittest.main()

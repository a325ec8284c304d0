# SPDX-FileCopyrightText: 2026 The Slipway authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""The check against the published schema is itself tried: it finds what is wrong, and lets through what the facts let through."""
import copy
import json
import unittest

import server
from client import StandIn, shared
from contract import Contract
from draft4 import Validator
from wire import Request, Response

for name in server.FAMILIES:
    __import__(name)
ACCEPT = {"accept": "application/vnd.heroku+json; version=3"}


class Draft(unittest.TestCase):
    def errors(self, schema, value, closed=False):
        return list(Validator({"definitions": {"name": {"type": ["string"], "pattern": "^[a-z]+$"}}}).errors(schema, value, closed=closed))

    def test_good_and_bad(self):
        strict = {"type": ["object"], "strictProperties": True, "properties": {"a": {"type": ["integer"]}, "b": {"$ref": "#/definitions/name"}}}
        tried = [
            ({"type": ["string", "null"]}, None, 0), ({"type": "string"}, 1, 1), ({"type": ["integer"]}, True, 1), ({"enum": ["a"]}, "b", 1),
            ({"$ref": "#/definitions/name"}, "UP", 1), ({"format": "uuid", "type": ["string"]}, "no", 1),
            ({"format": "date-time"}, "2026-01-01", 1),
            ({"anyOf": [{"type": ["null"]}, {"type": ["string"]}]}, 3, 1), ({"anyOf": [{"type": ["null"]}, {"type": ["string"]}]}, "x", 0),
            (strict, {"a": 1, "b": "x"}, 0), (strict, {"a": 1}, 1), (strict, {"a": 1, "b": "x", "c": 1}, 1),
            ({"required": ["a"]}, {}, 1), ({"additionalProperties": False, "properties": {"a": {}}}, {"b": 1}, 1),
            ({"additionalProperties": False, "patternProperties": {"^\\w+$": {"type": ["string"]}}}, {"A": "x", "B C": "y"}, 1),
            ({"items": {"type": ["string"]}}, ["a", 1], 1), ({"$ref": "#/definitions/nowhere"}, 1, 0), ({"minimum": 1}, 0, 1),
        ]
        for schema, value, wrong in tried:
            with self.subTest(schema=schema, value=value):
                self.assertEqual(len(self.errors(schema, value)), wrong)
        self.assertEqual(self.errors(strict, {"a": 1}, closed=True), [])
        self.assertEqual(len(self.errors({"properties": {"a": {}}}, {"misspelt": 1}, closed=True)), 1)


@unittest.skipUnless(shared(), "no description")
class Published(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.contract = Contract(str(shared() / "api/heroku-schema.json"))

    def found(self, method, path, body=None, answer=None, status=200, headers=None):
        request = Request(method, path, headers or ACCEPT, json.dumps(body).encode() if body is not None else b"")
        return [entry["words"] for entry in self.contract.check(request, Response(answer, status))]

    def test_every_definition_can_be_used(self):
        book = self.contract.public
        for name, definition in book.validator.root["definitions"].items():
            for _ in book.validator.errors(definition, {}):
                pass
        self.assertGreater(len(book.links), 300)

    def test_requests(self):
        self.assertEqual(self.found("POST", "/apps", {"name": "shop-new"}), [])
        self.assertEqual(self.found("POST", "/apps", {"nmae": "shop-new"}), ["request: /nmae is not known"])
        self.assertEqual(self.found("POST", "/apps", {"name": "No Good"})[0].partition(" ")[0], "request:")
        self.assertEqual(self.found("POST", "/pipelines"), ["request: a body is needed"])
        self.assertEqual(self.found("GET", "/nowhere"), ["request: no such link in the schema"])
        self.assertEqual(self.found("POST", "/apps/shop/releases", {"release": "11111111-1111-1111-1111-111111111111"}), [])
        self.assertNotEqual(self.found("PATCH", "/apps/shop/config-vars", {"A": 1}), [])
        self.assertNotEqual(self.found("DELETE", "/apps/shop", {"confirm": "shop"}), [])
        self.assertNotEqual(self.found("POST", "/pipeline-couplings", {"app": "shop", "pipeline": "not-an-id", "stage": "staging"}), [])

    def test_what_the_cli_says_otherwise(self):
        updates = {"updates": [{"type": "web", "quantity": "+1", "size": "Basic"}]}
        self.assertEqual(self.found("PATCH", "/apps/shop/formation", updates), [])
        published = {"updates": [{"type": "web", "dyno_size": {"name": "Basic"}, "quantity": 1}]}
        self.assertEqual(self.found("PATCH", "/apps/shop/formation", published), [])
        self.assertNotEqual(self.found("PATCH", "/apps/shop/formation", {"updates": [{"kind": "web"}]}), [])
        self.assertEqual(self.found("POST", "/apps/shop/addons", {"plan": {"name": "heroku-redis:mini"}, "attachment": {}, "config": {}}), [])
        self.assertEqual(self.found("POST", "/apps/shop/log-sessions", {"dyno": "web.1", "lines": 5, "tail": False}), [])
        self.assertEqual(self.found("DELETE", "/pipelines/11111111-1111-1111-1111-111111111111", {"name": "shop"}), [])

    def test_answers(self):
        with StandIn(schema=False) as heroku:
            heroku.seed()
            app = heroku.get("/apps/shop-staging").json
            release = heroku.get("/apps/shop-staging/releases/1").json
        self.assertEqual(self.found("GET", "/apps/shop-staging", answer=app), [])
        for change in ({"name": "UP"}, {"extra": 1}, {"id": "7"}, {"web_url": "http://127.0.0.1:1/"}):
            self.assertEqual(len(self.found("GET", "/apps/shop-staging", answer={**app, **change})), 1, change)
        less = copy.deepcopy(app)
        del less["stack"]["id"]
        self.assertEqual(self.found("GET", "/apps/shop-staging", answer=less), ["answer: /stack/id is missing"])
        self.assertEqual(self.found("GET", "/apps/shop-staging/releases/1", answer={**release, "status": "done"})[0][:15], "answer: /status")
        self.assertEqual(self.found("GET", "/apps/x", answer={"id": "not_found"}, status=404), ["answer: /message is missing"])


if __name__ == "__main__":
    unittest.main()

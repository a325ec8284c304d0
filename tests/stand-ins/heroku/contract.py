# SPDX-FileCopyrightText: 2026 The Slipway authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Holds requests and answers against Heroku's published descriptions. Without them it finds nothing to complain about.

--schema names the platform's hyper-schema; the SDK's variant (3.sdk) and the shapes of the data API are looked for beside it.
Only what heroku.md lists as different between CLI and schema, or as undocumented, is let through: see EXTRA and UNLISTED."""
import copy
import json
import os
import re

from draft4 import Validator
from wire import find_route

SDK, DATA, LINKS = "heroku-schema-sdk.json", "heroku-data-shapes.json", "heroku-repositories-shapes.json"
# Properties of requests that the CLI sends and the schema lacks (heroku.md, 1: where CLI and public schema disagree).
EXTRA = {
    ("POST", "/pipelines"): {"generation"}, ("POST", "/app-setups"): {"pipeline_coupling"}, ("DELETE", "/pipelines/{}"): {"name"},
    ("DELETE", "/pipelines/{}/review-app-config"): {"*"}, ("POST", "/apps/{}/log-sessions"): {"dyno"},
    ("POST", "/pipelines/{}/review-app-config"): {"pipeline"}, ("PATCH", "/pipelines/{}/review-app-config"): {"pipeline", "repo"},
    ("PATCH", "/apps/{}/acm"): {"acm_refresh"}, ("PATCH", "/apps/{}/formation"): {"size"}, ("PATCH", "/apps/{}/formation/{}"): {"size"},
}
# Platform paths that no description lists (heroku.md, 1, 2, 7 and 10).
UNLISTED = [re.compile(pattern) for pattern in (r"^/schema$", r"^/apps/[^/]+/pre-authorizations$", r"^/pipelines/[^/]+/repo(/|$)",
                                                r"^/apps/[^/]+/config-vars-settings$", r"^/accounts?/[^/]+/actions/get-quota$")]
ERROR = {"type": ["object"], "required": ["id", "message"], "properties": {"id": {"type": ["string"]}, "message": {"type": ["string"]}}}


def read(path):
    if not path or not os.path.exists(path):
        return None
    with open(path, encoding="utf-8") as file:
        return json.load(file)


class Book:
    """One hyper-schema: its links by method and path."""

    def __init__(self, root):
        self.validator = Validator(root)
        self.links = []
        for definition in root["definitions"].values():
            for link in definition.get("links", ()):
                shape = re.sub(r"\{[^}]*\}", "{}", link["href"])
                regex = re.compile("^" + re.sub(r"\\{\\}", "[^/]+", re.escape(shape)) + "$")
                self.links.append((link["method"], shape, regex, link))

    def find(self, method, raw_path):
        found = [entry for entry in self.links if entry[0] == method and entry[2].match(raw_path)]
        fewest = min((entry[1].count("{}") for entry in found), default=0)
        return [entry for entry in found if entry[1].count("{}") == fewest]


class Shapes:
    """The recorded shapes of the data API and of the repository link: {"GET /path/:name": {"request", "responses"}}."""

    def __init__(self, shapes):
        self.validator = Validator(shapes)
        self.entries = []
        for words, shape in shapes.items():
            method, _, path = words.partition(" ")
            self.entries.append((method, re.compile("^" + re.sub(r":\w+|\{\w+\}", "[^/]+", path) + "$"), shape))

    def find(self, request):
        return next((shape for method, regex, shape in self.entries if method == request.method and regex.match(request.raw_path)), None)

    def check(self, request, response):
        shape = self.find(request)
        if shape is None:
            return
        if shape.get("request") and request.body:
            yield from (f"request: {words}" for words in self.validator.errors(loose(shape["request"]), json.loads(request.body)))
        answer = shape["responses"].get(str(response.status))
        if answer and response.body is not None:
            yield from (f"answer: {words}" for words in self.validator.errors(loose(answer), response.body))


def loose(schema):
    """Recorded while nothing was running: "null" there says only that the value may be null; numbers are recorded as text or number."""
    if isinstance(schema, list):
        return [loose(entry) for entry in schema]
    if not isinstance(schema, dict):
        return schema
    changed = {key: loose(value) for key, value in schema.items() if not (key == "items" and value is None)}
    kinds = changed.get("type")
    kinds = [kinds] if isinstance(kinds, str) else kinds
    if isinstance(kinds, list) and "object" not in kinds and "array" not in kinds:
        changed["type"] = ["null", "string", "number", "boolean"] if "null" in kinds else ["null", "string", "number", *kinds]
    return changed


class Contract:
    def __init__(self, path):
        beside = lambda name: read(os.path.join(os.path.dirname(path or ""), name)) if path else None  # noqa: E731
        public = read(path)
        if path and public is None:
            raise SystemExit(f"no schema at {path}")
        sdk, shapes = beside(SDK), [beside(DATA), beside(LINKS)]
        self.text = public
        self.public = Book(public) if public else None
        self.sdk = Book(sdk) if sdk else None
        self.shapes = [Shapes(entry) for entry in shapes if entry]

    def check(self, request, response):
        """Complaints about one exchange: [{"method", "path", "about", "words"}]."""
        if not self.public or request.path.startswith("/_stand-in"):
            return []
        route, _ = find_route(request.method, request.raw_path)
        service = route.service if route else "platform"
        if service == "open":
            found = []
        elif service in ("data", "link"):
            found = [words for shapes in self.shapes for words in shapes.check(request, response)]
        else:
            found = list(self.of_platform(request, response))
        return [{"method": request.method, "path": request.path, "about": words.partition(":")[0], "words": words} for words in found]

    def of_platform(self, request, response):
        if any(pattern.match(request.raw_path) for pattern in UNLISTED):
            return
        public = self.public.find(request.method, request.raw_path)
        sdk = self.sdk.find(request.method, request.raw_path) if self.sdk else []
        if not public and not sdk:
            yield "request: no such link in the schema"
            return
        tries = [list(self.of_request(book, links, request)) for book, links in ((self.public, public), (self.sdk, sdk)) if links]
        if all(tries):
            yield from (f"request: {words}" for words in tries[0])
        if response.tampered or response.body is None or response.status == 304:
            return
        book, links = (self.sdk, sdk) if request.variant == "sdk" and sdk or not public else (self.public, public)
        yield from (f"answer: {words}" for words in self.of_answer(book, links, request, response))

    def of_request(self, book, links, request):
        if not request.body:
            schemas = [entry[3].get("schema") for entry in links]
            if all(schema and schema.get("required") for schema in schemas):
                yield "a body is needed"
            return
        try:
            body = json.loads(request.body)
        except ValueError:
            yield "the body is no JSON"
            return
        extra = EXTRA.get((request.method, links[0][1]), set())
        body = without(body, extra) if isinstance(body, dict) else body
        tries = [list(book.validator.errors(agreed(entry[3].get("schema"), body), body, closed=True)) for entry in links]
        if all(tries):
            yield from min(tries, key=len)

    def of_answer(self, book, links, request, response):
        if response.status >= 400:
            yield from book.validator.errors(ERROR, response.body)
            return
        target = links[0][3].get("targetSchema")
        if target and response.status != 202:
            yield from book.validator.errors(target, collapsed(request, response.body))


def without(body, extra):
    """The body without what only the CLI sends, at any depth."""
    if "*" in extra:
        return {}
    if isinstance(body, list):
        return [without(entry, extra) for entry in body]
    if isinstance(body, dict):
        return {key: without(value, extra) for key, value in body.items() if key not in extra}
    return body


def agreed(schema, body):
    """The schema of a body, with the CLI's two other spellings: a plan as {name}, quantities as text."""
    if not schema:
        return {"type": ["object"], "properties": {"none": {}}, "additionalProperties": False}
    schema = copy.deepcopy(schema)
    properties = schema.get("properties") or {}
    if "plan" in properties and isinstance(body.get("plan"), dict):
        properties["plan"] = {"type": ["object"], "required": ["name"], "properties": {"name": {"type": ["string"]}}}
    if "updates" in properties and str(properties["updates"]).find("formation") >= 0:
        texts = {"type": ["integer", "string"]}
        entry = {"type": ["object"], "required": ["type"], "additionalProperties": False,
                 "properties": {"type": {"type": ["string"]}, "quantity": texts, "dyno_size": {"type": ["object", "string"]}}}
        properties["updates"] = {"type": ["array"], "items": entry}
    if "quantity" in properties:
        properties["quantity"] = {"type": ["integer", "string"]}
    return schema


def collapsed(request, body):
    """The answer without what Accept-Expansion and Accept-Inclusion added to it."""
    if not {"accept-expansion", "accept-inclusion"} & set(request.headers):
        return body
    if isinstance(body, list):
        return [collapsed(request, entry) for entry in body]
    plain = {key: value for key, value in body.items()}
    for name in ("plan", "addon_service"):
        if isinstance(plain.get(name), dict):
            plain[name] = {key: plain[name][key] for key in ("id", "name")}
    if "namespace" in plain:  # an attachment
        plain.pop("config_vars", None)
        plain["addon"] = {key: value for key, value in plain["addon"].items() if key in ("id", "name", "app")}
    return plain

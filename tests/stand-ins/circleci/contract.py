# SPDX-FileCopyrightText: 2026 The Slipway authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Holds requests and answers against CircleCI's published description, and prepares that description for Prism.

The changes are those of conformance.md ("CircleCI file: preparation"); what is known to be otherwise than described is in there too
(circleci.md, provenance)."""
import copy
import json
import re

import openapi
from wire import SLUG, V2

PROJECT, ORGANIZATION = "{provider}/{organization}/{project}", "{provider}/{organization}"
# CircleCI's own client sends this, the description lacks it (conformance.md, 6).
EXTRA = {f"{V2}/project/{PROJECT}/pipeline/run": ("config", "content")}
SCALAR = {"type": "string"}


def prepared(description):
    """Slugs in plain slashes, paths below /api/v2, Bearer, flaky tests in snake_case, job starts that may be null, queued workflows."""
    made = copy.deepcopy(description)
    paths = {}
    for path, entry in made["paths"].items():
        words = {"{project-slug}": PROJECT, "{org-slug}": ORGANIZATION}
        told = next((word for word in words if word in path), None)
        if told:
            path = path.replace(told, words[told])
            for part in entry.values():
                if isinstance(part, dict):
                    part["parameters"] = spread(made, part.get("parameters", []), told.strip("{}"), words[told])
        paths.setdefault(V2 + path, {}).update(entry)  # one path coincides with another and is merged
    made["paths"] = paths
    made["servers"] = [{"url": "/"}]
    made["components"]["securitySchemes"]["bearer"] = {"type": "http", "scheme": "bearer"}
    made["security"] = [*made.get("security", []), {"bearer": []}]
    entry = answer_schema(paths[f"{V2}/workflow/{{id}}/job"]["get"])["properties"]["items"]["items"]
    entry["properties"]["started_at"]["x-nullable"] = True
    for workflow in (answer_schema(paths[f"{V2}/workflow/{{id}}"]["get"]),
                     answer_schema(paths[f"{V2}/pipeline/{{pipeline-id}}/workflow"]["get"])["properties"]["items"]["items"]):
        workflow["properties"]["status"]["enum"].append("queued")
    flaky = paths[f"{V2}/insights/{PROJECT}/flaky-tests"]["get"]["responses"]["200"]["content"]["application/json"]
    flaky["schema"] = in_snake_case(flaky["schema"])
    return made


def spread(root, parameters, name, path):
    """The parameters with that of the slug replaced by those of its parts."""
    kept = [each for each in parameters if openapi.resolved(root, each)["name"] != name]
    parts = [part.strip("{}") for part in path.split("/")]
    return kept + [{"in": "path", "name": part, "required": True, "schema": SCALAR} for part in parts]


def answer_schema(operation, status="200"):
    return operation["responses"][status]["content"]["application/json"]["schema"]


def in_snake_case(schema):
    """circleci.md, insights: the description has hyphens, the service underscores."""
    if isinstance(schema, list):
        return [in_snake_case(entry) for entry in schema]
    if not isinstance(schema, dict):
        return schema
    changed = {name: in_snake_case(entry) for name, entry in schema.items()}
    if "properties" in changed:
        changed["properties"] = {name.replace("-", "_"): entry for name, entry in changed["properties"].items()}
        changed["required"] = [name.replace("-", "_") for name in changed.get("required", [])]
    return changed


class Contract:
    def __init__(self, path):
        with open(path, encoding="utf-8") as file:
            self.root = prepared(json.load(file))
        self.operations = []  # (literal letters, method, regex, path, operation)
        for template, entry in self.root["paths"].items():
            shape = SLUG.join(re.sub(r"\{[^}]*\}", "[^/]+", part) for part in template.split(PROJECT))
            for method, operation in entry.items():
                if method in ("get", "post", "put", "patch", "delete"):
                    shared = entry.get("parameters", [])
                    self.operations.append((len(re.sub(r"\{[^}]*\}", "", template)), method.upper(), re.compile(f"^{shape}$"), template,
                                            {**operation, "parameters": operation.get("parameters", []) + shared}))

    def find(self, method, raw_path):
        found = [entry for entry in self.operations if entry[1] == method and entry[2].match(raw_path)]
        return max(found, key=lambda entry: entry[0])[3:] if found else (None, None)

    def check(self, request, response):
        """Complaints about one exchange with API v2: (about, words)."""
        if not request.raw_path.startswith(V2):
            return
        template, operation = self.find(request.method, request.raw_path)
        if operation is None:
            yield "request", "no such call in the description"
            return
        yield from (("request", words) for words in self.of_request(template, operation, request))
        if not response.tampered and response.body is not None:
            yield from (("answer", words) for words in self.of_answer(operation, response))

    def of_request(self, template, operation, request):
        """Mistyped queries and bodies. A page token may be given wherever pages are answered."""
        parameters = [openapi.resolved(self.root, each) for each in operation["parameters"]]
        for name in set(request.query) - {each["name"] for each in parameters if each["in"] == "query"} - {"circle-token", "page-token"}:
            yield f"the query {name} is not known"
        if not request.body:
            return
        try:
            body = json.loads(request.body)
        except ValueError:
            yield "the body is no JSON"
            return
        if "requestBody" not in operation:
            yield "a body where none is wanted"
            return
        inner, field = EXTRA.get(template, ("", ""))
        if isinstance(body, dict) and isinstance(body.get(inner), dict):
            body = {**body, inner: {name: value for name, value in body[inner].items() if name != field}}
        schema = openapi.resolved(self.root, operation["requestBody"])["content"]["application/json"]["schema"]
        yield from openapi.errors(self.root, schema, body, closed=True)

    def of_answer(self, operation, response):
        responses = operation["responses"]
        told = responses.get(str(response.status))
        if told is None and response.status < 400:
            yield f"the status {response.status} is not described"
            return
        if told is None or response.status >= 400:
            yield from openapi.errors(self.root, {"type": "object", "required": ["message"], "properties": {"message": SCALAR}}, response.body)
            return
        content = openapi.resolved(self.root, told).get("content") or {}
        yield from openapi.errors(self.root, content.get("application/json", {}).get("schema"), response.body)

# SPDX-FileCopyrightText: 2026 The Slipway authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""What travels between the HTTP layer and the resources: requests, answers, errors, lists, and the table of routes."""
import json
import re
from urllib.parse import parse_qsl, unquote

DOCS = "https://docs.github.com/rest"
MESSAGES = {
    304: "Not Modified", 400: "Problems parsing JSON", 401: "Bad credentials", 403: "Resource not accessible by personal access token",
    404: "Not Found", 405: "Method Not Allowed", 406: "Not Acceptable", 409: "Conflict", 410: "Gone", 415: "Unsupported Media Type",
    422: "Validation Failed", 429: "Too Many Requests", 500: "Server Error", 502: "Server Error", 503: "Service unavailable",
}


class ApiError(Exception):
    """An error answer: {"message", "documentation_url", "status"} and sometimes "errors" (github.md, 3)."""

    def __init__(self, status, message="", errors=None, headers=None, url=DOCS):
        super().__init__(message)
        self.status, self.headers = status, dict(headers or {})
        self.body = {"message": message or MESSAGES.get(status, "Something is wrong.")}
        if errors is not None:
            self.body["errors"] = errors
        self.body.update(documentation_url=url, status=str(status))


def not_found():
    return ApiError(404)


def invalid(resource, field, code="invalid", message="", value=None):
    """422 with one object in errors[]; code custom when there is a message (github.md, 3)."""
    entry = {"resource": resource, "field": field, "code": "custom" if message else code}
    if message:
        entry["message"] = message
    if value is not None:
        entry["value"] = value
    return ApiError(422, "Validation Failed", [entry])


def unprocessable(*words, message="Unprocessable Entity"):
    """422 with plain strings in errors[], as reviews answer."""
    return ApiError(422, message, list(words))


class Request:
    def __init__(self, method, target, headers, body):
        self.target = target
        raw, _, self.query_text = target.partition("?")
        self.prefix = next((prefix for prefix in ("/api/v3", "/api") if raw.startswith(prefix + "/")), "")
        self.raw_path = raw[len(self.prefix):] or "/"  # still encoded, without what an Enterprise host puts before it
        self.path = unquote(raw)
        self.headers = headers  # names in lower case
        self.body, self.method = body, method
        self.query = dict(parse_qsl(self.query_text, keep_blank_values=True))
        self.token = self.repo = self.route = None
        self.login = ""

    def json(self):
        """The body as an object; nothing counts as {}."""
        if not self.body:
            return {}
        try:
            value = json.loads(self.body)
        except ValueError:
            raise ApiError(400) from None
        if not isinstance(value, dict):
            raise ApiError(400, "Body should be a JSON object")
        return value

    def wants(self, media):
        """Whether Accept asks for …sha, …diff or …patch."""
        return re.search(rf"application/vnd\.github\.(v3\.)?{media}\b", self.headers.get("accept", "")) is not None


class Response:
    def __init__(self, body=None, status=200, headers=None, raw=None, kind="application/json; charset=utf-8"):
        self.status, self.body, self.raw, self.kind = status, body, raw, kind
        self.headers = dict(headers or {})
        self.fault = None  # the part of a fault rule that concerns how the answer is sent

    def payload(self):
        if self.raw is not None:
            return self.raw
        return b"" if self.body is None else json.dumps(self.body, separators=(",", ":"), ensure_ascii=False).encode()


class Listing:
    """Records to be cut into pages, and how to show one page of them; key: the word of a wrapped list (github.md, 6)."""

    def __init__(self, records, show=None, key="", total=None, more=None, last=True):
        self.records, self.show, self.key = records, show or (lambda record: record), key
        self.total = len(records) if total is None else total
        self.more, self.last = more or {}, last


class Route:
    """needs: the permission of a fine-grained token as "contents=read"; alternatives with " or "; "" for none."""

    def __init__(self, method, pattern, function, needs, scopes):
        self.method, self.pattern, self.function, self.needs, self.scopes = method, pattern, function, needs, scopes
        whole = pattern.replace("R/", "/(?:repos/{owner}/{repo}|repositories/{repository_id})/") if pattern.startswith("R/") else pattern
        if pattern == "R":
            whole = "/(?:repos/{owner}/{repo}|repositories/{repository_id})"
        whole = re.sub(r"\{(\w+)\.\.\.\}", r"(?P<\1>.+)", whole)  # takes slashes too
        self.regex = re.compile("^" + re.sub(r"\{(\w+)\}", r"(?P<\1>[^/]+)", whole) + "/?$")
        self.rank = len(re.sub(r"\{[^}]*\}", "", pattern))


ROUTES = []


def route(method, pattern, needs="metadata=read", scopes=("repo",)):
    """A pattern that begins with R is below a repository. scopes: the ones of a classic token that are enough for it."""

    def register(function):
        ROUTES.append(Route(method, pattern, function, needs, scopes))
        ROUTES.sort(key=lambda entry: -entry.rank)
        return function

    return register


def find_route(method, raw_path):
    """The route with most words of its own, and its parameters."""
    for entry in ROUTES:
        match = entry.method == method and entry.regex.match(raw_path)
        if match:
            return entry, {name: unquote(value) for name, value in match.groupdict().items() if value is not None}
    return None, {}


def known_path(raw_path):
    return any(entry.regex.match(raw_path) for entry in ROUTES)

# SPDX-FileCopyrightText: 2026 The Slipway authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""What travels between the HTTP layer and the resources: requests, answers, errors, lists, streams, and the table of routes."""
import json
import re
from urllib.parse import parse_qsl, unquote

DEVCENTER = "https://devcenter.heroku.com/articles/platform-api-reference"
IDS = {  # the id that goes with a status (heroku.md, 1: status codes and errors)
    400: "bad_request", 401: "unauthorized", 402: "delinquent", 403: "forbidden", 404: "not_found",
    406: "not_acceptable", 409: "conflict", 410: "gone", 412: "precondition_failed",
    416: "requested_range_not_satisfiable", 422: "invalid_params", 423: "confirmation_required", 429: "rate_limit",
    500: "internal_server_error", 503: "service_unavailable",
}
MESSAGES = {
    401: "Invalid credentials provided.", 402: "There's an issue with your account. Please check your billing information.",
    403: "You do not have access to this resource.", 404: "The requested API endpoint was not found.",
    406: "Expected Accept header to ask for version 3.", 409: "The resource changed meanwhile. Please try again.",
    410: "The resource is gone.", 412: "The resource changed since you read it.", 416: "The range cannot be satisfied.",
    423: "The action needs to be confirmed.", 429: "Your account reached the API rate limit. Please wait a few minutes.",
    500: "Internal server error.", 503: "Heroku API is temporarily unavailable.",
}


class ApiError(Exception):
    """An error answer: {"id", "message", "url"?} and sometimes more (heroku.md, 1)."""

    def __init__(self, status, message="", id="", url="", **more):
        super().__init__(message)
        self.status = status
        self.body = {"id": id or IDS.get(status, "error"), "message": message or MESSAGES.get(status, "Something is wrong.")}
        if not url and status == 429:
            url = DEVCENTER + "#rate-limits"
        if url:
            self.body["url"] = url
        self.body.update(more)


def missing(what, resource):
    return ApiError(404, f"Couldn't find that {what}.", resource=resource)


def invalid(message):
    return ApiError(422, message)


def within(body, *names):
    """A value deep in a body; None when something on the way is missing or of another shape."""
    for name in names:
        body = body.get(name) if isinstance(body, dict) else None
    return body


class Request:
    def __init__(self, method, target, headers, body):
        self.target = target
        path, _, self.query_text = target.partition("?")
        self.path = unquote(path)
        self.raw_path = path
        self.headers = headers  # names in lower case
        self.body = body
        self.method = method
        if method == "POST" and headers.get("x-http-method-override"):
            self.method = headers["x-http-method-override"].upper()
        self.query = dict(parse_qsl(unquote(self.query_text), keep_blank_values=True))
        self.scopes = ()
        self.token = ""

    def json(self):
        """The body as an object; nothing counts as {}."""
        if not self.body:
            return {}
        try:
            value = json.loads(self.body)
        except ValueError:
            raise ApiError(400, "request invalid, validate usage and try again") from None
        if not isinstance(value, dict):
            raise ApiError(400, "request invalid, validate usage and try again")
        return value

    @property
    def variant(self):
        """'' for version=3, 'sdk' for version=3.sdk and so on; None when the header is not acceptable."""
        match = re.search(r"application/vnd\.heroku\+json\s*;\s*version=3(?:\.([\w-]+))?\s*(?:$|[,;])", self.headers.get("accept", ""))
        return (match.group(1) or "") if match else None

    @property
    def wants_events(self):
        return "text/event-stream" in self.headers.get("accept", "")


class Response:
    def __init__(self, body=None, status=200, headers=None, raw=None, kind="application/json", chunks=None):
        self.status, self.body, self.raw, self.kind = status, body, raw, kind
        self.headers = dict(headers or {})
        self.chunks = chunks  # an iterator of bytes: sent as they come, chunked
        self.fault = None  # the part of a fault rule that concerns how the answer is sent
        self.tampered = False  # a fault changed it on purpose: not held against the schema

    def payload(self):
        if self.raw is not None:
            return self.raw
        return b"" if self.body is None else json.dumps(self.body, separators=(",", ":")).encode()


class Listing:
    """Records to be cut into pages, and how to show one. The first key is the default one of Range (heroku.md, 1: lists)."""

    def __init__(self, records, show, keys=("id", "name")):
        self.records, self.show, self.keys = list(records), show, keys


class Route:
    def __init__(self, method, pattern, function, service, protected):
        self.method, self.pattern, self.function = method, pattern, function
        self.service, self.protected = service, protected
        self.regex = re.compile("^" + re.sub(r"\{(\w+)\}", r"(?P<\1>[^/]+)", pattern) + "/?$")


ROUTES = []


def route(method, pattern, service="platform", protected=False):
    """service: platform (Accept and token needed), data and link (token), open (nothing: signed addresses)."""

    def register(function):
        ROUTES.append(Route(method, pattern, function, service, protected))
        return function

    return register


def find_route(method, raw_path):
    """The route and its parameters, literal words before placeholders."""
    best = None
    for entry in ROUTES:
        match = entry.method == method and entry.regex.match(raw_path)
        if match and (best is None or len(match.groups()) < len(best[1].groups())):
            best = entry, match
    if not best:
        return None, {}
    return best[0], {name: unquote(value) for name, value in best[1].groupdict().items()}

# SPDX-FileCopyrightText: 2026 The Slipway authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""What travels between the HTTP layer and the resources: requests, answers, errors, pages, and the table of routes."""
import base64
import hashlib
import json
import re
from urllib.parse import parse_qsl, unquote

V2, V1, PRIVATE = "/api/v2", "/api/v1.1", "/api/private"
MESSAGES = {400: "Bad request.", 401: "You must log in first.", 403: "Permission denied.", 404: "Not found.",
            405: "Method not allowed.", 409: "Conflict.", 429: "Rate limit exceeded.", 500: "Internal server error.",
            503: "Service unavailable."}
PART = r"(?:(?!/|%2[Ff]).)+"
SLUG = rf"{PART}(?:/|%2[Ff]){PART}(?:/|%2[Ff]){PART}"  # circleci.md, project slug: plain slashes or %2F


class ApiError(Exception):
    """An error answer: {"message": text} (circleci.md, base and authentication)."""

    def __init__(self, status, message=""):
        super().__init__(message)
        self.status = status
        self.body = {"message": message or MESSAGES.get(status, "Something is wrong.")}


def missing(what):
    return ApiError(404, f"{what} not found")


def invalid(message):
    return ApiError(400, message)


class Request:
    def __init__(self, method, target, headers, body):
        self.method, self.target, self.headers, self.body = method, target, headers, body  # names of headers in lower case
        self.raw_path, _, self.query_text = target.partition("?")
        self.path = unquote(self.raw_path)
        self.query = dict(parse_qsl(self.query_text, keep_blank_values=True))
        self.token, self.rights = "", ""
        self.route = None  # set by the gate

    def json(self):
        """The body as an object; nothing counts as {}."""
        if not self.body:
            return {}
        try:
            value = json.loads(self.body)
        except ValueError:
            raise invalid("Malformed JSON in the request body.") from None
        if not isinstance(value, dict):
            raise invalid("The request body is to be an object.")
        return value


class Response:
    def __init__(self, body=None, status=200, headers=None, raw=None, kind="application/json;charset=utf-8"):
        self.status, self.body, self.raw, self.kind = status, body, raw, kind
        self.headers = dict(headers or {})
        self.fault = None  # the part of a fault rule that concerns how the answer is sent
        self.tampered = False  # a fault changed it on purpose: not held against the description

    def payload(self):
        if self.raw is not None:
            return self.raw
        return b"" if self.body is None else json.dumps(self.body, separators=(",", ":")).encode()


class Listing:
    """Records in the order in which they are answered, and how to show one."""

    def __init__(self, records, show):
        self.records, self.show = list(records), show


def page(listing, request, size):
    """A page of fixed size; the token is opaque and bound to the query (circleci.md, paging and limits).

    It remembers the last record of its page, so that what comes in at the head meanwhile is not answered twice."""
    rest = listing.records
    given = request.query.get("page-token")
    if given:
        last = opened(given, binding(request))
        places = [place for place, record in enumerate(rest) if identity(record) == last]
        if not places:
            raise invalid("Invalid page token.")
        rest = rest[places[0] + 1:]
    shown, more = rest[:size], len(rest) > size
    token = sealed(identity(shown[-1]), binding(request)) if more else None
    return {"items": [listing.show(record) for record in shown], "next_page_token": token}


def identity(record):
    return str(record.get("id") or hashlib.sha1(json.dumps(record, sort_keys=True).encode()).hexdigest())


def binding(request):
    words = sorted(f"{name}={value}" for name, value in request.query.items() if name not in ("page-token", "circle-token"))
    return hashlib.sha1("&".join([request.path, *words]).encode()).hexdigest()[:16]


def sealed(last, bound):
    return base64.urlsafe_b64encode(f"{bound}:{last}".encode()).decode().rstrip("=")


def opened(token, bound):
    try:
        text = base64.urlsafe_b64decode(token + "=" * (-len(token) % 4)).decode()
    except ValueError:
        text = ""
    start, _, last = text.partition(":")
    if start != bound:
        raise invalid("Invalid page token.")
    return last


class Route:
    def __init__(self, method, base, pattern, function, access):
        self.method, self.function, self.access = method, function, access
        self.name = f"{method} {'' if base == V2 else base}{pattern}"  # what counters and fault rules call it
        expression = re.sub(r"\{(\w+)\}", lambda match: f"(?P<{match.group(1)}>{SLUG if match.group(1) == 'slug' else '[^/]+'})", pattern)
        self.regex = re.compile("^" + re.escape(base) + expression.replace("{rest...}", "(?P<rest>.+)") + "/?$")
        self.literals = len(re.sub(r"\{[^}]*\}", "", pattern))


ROUTES = []


def route(method, pattern, base=V2, access="token"):
    """access: token, or open (presigned addresses)."""

    def register(function):
        ROUTES.append(Route(method, base, pattern, function, access))
        return function

    return register


def find_route(method, raw_path):
    """The route and its parameters, the one with more literal words first."""
    found = [(entry, match) for entry in ROUTES if entry.method == method and (match := entry.regex.match(raw_path))]
    if not found:
        return None, {}
    entry, match = max(found, key=lambda pair: pair[0].literals)
    return entry, {name: unquote(value) for name, value in match.groupdict().items()}

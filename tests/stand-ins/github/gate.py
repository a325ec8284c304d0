# SPDX-FileCopyrightText: 2026 The Slipway authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""What stands before every resource: who asks, may they, is there budget left; and what every answer carries (github.md, 2 to 5)."""
import collections
import hashlib
import json
import sys
import threading
import time
import traceback

import faults
import limits
import permits
import pushes
from paging import cut
from store import GitError
from wire import ApiError, Listing, Response, find_route, known_path, not_found

VERSIONS = ("2022-11-28", "2026-03-10")
ENTERPRISE = "3.19.0"
HIDDEN = ("authorization", "proxy-authorization", "cookie")


class Gate:
    def __init__(self, world, log_path=None):
        self.world = world
        self.faults = faults.Faults()
        self.limits = limits.Limits(world)
        self.requests, self.counts, self.failures = [], collections.Counter(), []
        self.log_path, self.log_lock = log_path, threading.Lock()

    def answer(self, request):
        with self.world.lock:
            self.world.api = self.world.base + (request.prefix if request.prefix == "/api/v3" else "")
            request.route, parameters = find_route(request.method, request.raw_path)
            rule = self.faults.match(request)
            response = faults.instead(rule) if rule else None
            response = response or self.guarded(request, parameters)
            self.dress(request, response)
            if rule:
                faults.change(rule, response)
            self.note(request, response)
        return response

    def guarded(self, request, parameters):
        try:
            result = self.perform(request, parameters)
            return cut(self.world, request, result) if isinstance(result, Listing) else \
                result if isinstance(result, Response) else Response(result)
        except ApiError as error:
            return Response(error.body, error.status, headers=error.headers)
        except (Exception, GitError):  # ours, or a body of a shape that nobody should send: either way somebody has to look
            words = traceback.format_exc()
            print(words, file=sys.stderr, flush=True)
            self.failures.append({"method": request.method, "path": request.path, "words": words.splitlines()[-1]})
            return Response(ApiError(500).body, 500)

    def perform(self, request, parameters):
        route = request.route
        if route is not None and route.needs == "open":
            return route.function(self.world, request, **parameters)
        if not request.headers.get("user-agent"):
            raise ApiError(403, "Request forbidden by administrative rules. Please make sure your request has a User-Agent header.")
        self.check_version(request)
        permits.identify(self.world, request)
        self.limits.enter(request)
        if route is None:
            raise not_found()
        if route.pattern.startswith("R"):
            moved = self.find_repo(request, parameters)
            if moved:
                return moved
        permits.permit(self.world, request)
        self.world.tick()
        if request.repo:
            pushes.sync(self.world, request.repo)
        result = route.function(self.world, request, **parameters)
        if request.repo and request.method != "GET":
            pushes.sync(self.world, request.repo)
        return result

    def check_version(self, request):
        version = request.headers.get("x-github-api-version", VERSIONS[0])
        if version in self.world.settings["retired_versions"].split(","):
            raise ApiError(410, "This version of the API is no longer supported.")
        if version not in VERSIONS:
            raise ApiError(400, f"The API version '{version}' is not supported. Supported versions: {', '.join(VERSIONS)}")

    def find_repo(self, request, parameters):
        """Puts the repository into the request; for an old name answers 301, or 307 to what is no GET (github.md, 3)."""
        if "repository_id" in parameters:
            request.repo, moved = self.world.repo_by_id(parameters.pop("repository_id")), False
        else:
            request.repo, moved = self.world.repo(parameters.pop("owner"), parameters.pop("repo"))
        if request.repo is None or not permits.sees(request):
            raise not_found()
        if not moved:
            return None
        rest = request.raw_path.split("/", 4)[4:]
        place = f"{self.world.api}/repositories/{request.repo.id}" + "".join("/" + part for part in rest)
        place += "?" + request.query_text if request.query_text else ""
        body = {"message": "Moved Permanently", "url": place,
                "documentation_url": "https://docs.github.com/v3/#http-redirects"}
        return Response(body, 301 if request.method == "GET" else 307, headers={"Location": place})

    def dress(self, request, response):
        """What every answer of the API carries; 304 when the client has it already, which costs nothing (github.md, 4)."""
        headers = response.headers
        headers.setdefault("X-GitHub-Request-Id", hashlib.sha1(str(len(self.requests)).encode()).hexdigest()[:20].upper())
        if request.route is not None and request.route.needs == "open":
            return
        headers.setdefault("X-GitHub-Media-Type", "github.v3; format=json")
        headers.setdefault("X-GitHub-Api-Version-Selected", request.headers.get("x-github-api-version", VERSIONS[0]))
        if request.prefix:
            headers.setdefault("X-GitHub-Enterprise-Version", ENTERPRISE)
        headers.setdefault("Vary", "Accept, Authorization, Cookie, X-GitHub-OTP,Accept-Encoding, Accept, X-Requested-With")
        headers.setdefault("Cache-Control", "private, max-age=60, s-maxage=60")
        headers.update(permits.headers(self.world, request))
        if response.status in (200, 201):
            headers["ETag"] = headers.get("ETag") or etag(request, response)
        if request.method == "GET" and response.status == 200:
            modified = last_modified(response.body)
            if modified:
                headers["Last-Modified"] = modified
            known = [part.strip().removeprefix("W/") for part in request.headers.get("if-none-match", "").split(",")]
            since = request.headers.get("if-modified-since") if not known[0] else None
            if headers["ETag"].removeprefix("W/") in known or (modified and since == modified):
                response.status, response.body, response.raw = 304, None, b""
                if request.token:
                    self.limits.give_back(request)
        headers.update(self.limits.headers(request))

    def note(self, request, response):
        try:
            body = json.loads(request.body) if request.body else None
        except ValueError:
            body = {"bytes": len(request.body)}
        headers = {name: value for name, value in request.headers.items() if name not in HIDDEN}
        dropped = bool(response.fault and response.fault.get("drop"))
        name = request.route.pattern if request.route else "?" if not known_path(request.raw_path) else "other method"
        self.counts[f"{request.method} {name}"] += 1
        self.requests.append({"method": request.method, "path": request.path, "query": request.query_text, "headers": headers,
                              "route": name, "body": body, "login": request.login, "status": 0 if dropped else response.status})
        if self.log_path:
            with self.log_lock, open(self.log_path, "a", encoding="utf-8") as file:
                file.write(f"{request.method} {request.target} {0 if dropped else response.status}\n")


def last_modified(body):
    """Of a single thing that says when it changed."""
    at = body.get("updated_at") if isinstance(body, dict) else None
    if not isinstance(at, str):
        return None
    return time.strftime("%a, %d %b %Y %H:%M:%S GMT", time.strptime(at, "%Y-%m-%dT%H:%M:%SZ"))


def etag(request, response):
    """It depends on the token and on Accept (github.md, 4)."""
    marks = request.headers.get("authorization", "").partition(" ")[2] + request.headers.get("accept", "") + response.headers.get("Link", "")
    return 'W/"' + hashlib.sha256(response.payload() + marks.encode()).hexdigest() + '"'

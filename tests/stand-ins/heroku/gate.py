# SPDX-FileCopyrightText: 2026 The Slipway authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""What stands before every resource: who asks, may they, is there budget left; and what every answer carries (heroku.md, 1)."""
import base64
import hashlib
import json
import sys
import threading
import time
import traceback

import faults
from paging import page
from wire import ApiError, Listing, Request, Response, find_route
from world import new_id

FREE = ("/account/rate-limits",)
READS = {"read", "write", "read-protected", "write-protected", "global"}
WRITES = {"write", "write-protected", "global"}
PROTECTED_READS = {"read-protected", "write-protected", "global"}
PROTECTED_WRITES = {"write-protected", "global"}
HIDDEN = ("authorization", "proxy-authorization", "cookie")


class Gate:
    def __init__(self, world, tokens, contract, log_path=None):
        self.world, self.tokens, self.contract = world, tokens, contract
        self.faults = faults.Faults()
        self.requests, self.violations = [], []
        self.log_path, self.log_lock = log_path, threading.Lock()
        self.refilled = time.monotonic()

    def answer(self, request):
        with self.world.lock:
            rule = self.faults.match(request)
            response = faults.instead(self.world, rule, request) if rule else None
            response = response or self.perform(request)
            self.dress(request, response)
            if rule:
                faults.change(rule, response)
            self.note(request, response)
            self.world.save()
        return response

    def perform(self, request):
        route, parameters = find_route(request.method, request.raw_path)
        try:
            if route is None or route.service == "platform":
                self.enter(request)
            elif route.service in ("data", "link"):
                self.identify(request)
            if route is None:
                raise ApiError(404)
            self.permit(request, route)
            self.unchanged(request)
            result = route.function(self.world, request, **parameters)
        except ApiError as error:
            return Response(error.body, error.status)
        except Exception:  # ours, or a body of a shape that nobody should send: either way somebody has to look
            words = traceback.format_exc()
            print(words, file=sys.stderr, flush=True)
            self.violations.append({"method": request.method, "path": request.path, "about": "stand-in", "words": words.splitlines()[-1]})
            return Response(ApiError(500).body, 500)
        if isinstance(result, Listing):
            try:
                return page(result, request.headers.get("range"))
            except ApiError as error:
                return Response(error.body, error.status)
        return result if isinstance(result, Response) else Response(result)

    def enter(self, request):
        if request.variant is None:
            raise ApiError(406)
        self.identify(request)
        if request.path not in FREE:
            self.take_token()

    def identify(self, request):
        kind, _, value = request.headers.get("authorization", "").partition(" ")
        value = value.strip()
        if kind.lower() == "basic":  # user empty, password is the token
            try:
                value = base64.b64decode(value).decode().partition(":")[2]
            except ValueError:
                value = ""
        if kind.lower() not in ("bearer", "basic") or value not in self.tokens:
            raise ApiError(401)
        request.token, request.scopes = value, self.tokens[value]

    def permit(self, request, route):
        """heroku.md, 1: config vars and releases are protected."""
        if route.service == "open" or request.path.startswith("/account") or request.path.startswith("/users/") and request.method == "GET":
            return
        reading = request.method == "GET" or request.path.startswith(("/filters/", "/actions/"))
        if route.protected:
            enough = PROTECTED_READS if reading else PROTECTED_WRITES
        else:
            enough = READS if reading else WRITES
        request.accepted = enough
        if not enough & set(request.scopes):
            raise ApiError(403, "The scope of this OAuth authorization does not allow access to this resource.")

    def take_token(self):
        """One call, one token of the account's bucket; refilled by the minute (heroku.md, 1: rate limit)."""
        settings, at = self.world.settings, time.monotonic()
        back = int((at - self.refilled) * settings["rate_refill"] / 60)
        if back:
            self.refilled = at
            settings["rate_remaining"] = min(settings["rate_limit"], settings["rate_remaining"] + back)
        if settings["rate_remaining"] <= 0:
            raise ApiError(429)
        settings["rate_remaining"] -= 1

    def unchanged(self, request):
        """If-Match on a write: 412 when what it changes is no longer what was read."""
        wanted = request.headers.get("if-match")
        if request.method == "GET" or not wanted or wanted == "*":
            return
        looking = Request("GET", request.target, {"accept": request.headers.get("accept", "")}, b"")
        looking.scopes = request.scopes
        route, parameters = find_route("GET", looking.raw_path)
        if route and etag(Response(route.function(self.world, looking, **parameters))) != wanted:
            raise ApiError(412)

    def dress(self, request, response):
        """What every answer of the API carries; 304 when the client has it already."""
        headers = response.headers
        headers.setdefault("Request-Id", new_id())
        headers.setdefault("RateLimit-Remaining", str(int(self.world.settings["rate_remaining"])))
        headers.setdefault("RateLimit-Multiplier", "1")
        if getattr(request, "scopes", None):  # as in recorded answers of 2022
            headers.setdefault("Oauth-Scope", " ".join(request.scopes))
            headers.setdefault("Oauth-Scope-Accepted", " ".join(sorted(getattr(request, "accepted", ["global"]))))
        if response.chunks is not None or response.raw is not None or request.method != "GET" or response.status >= 300:
            return
        headers["ETag"] = etag(response)
        if isinstance(response.body, dict) and isinstance(response.body.get("updated_at"), str):
            at = time.strptime(response.body["updated_at"], "%Y-%m-%dT%H:%M:%SZ")
            headers["Last-Modified"] = time.strftime("%a, %d %b %Y %H:%M:%S GMT", at)
        known = request.headers.get("if-none-match", "")
        if known and headers["ETag"] in [part.strip() for part in known.split(",")]:
            response.status, response.body, response.raw = 304, None, b""

    def note(self, request, response):
        try:
            body = json.loads(request.body) if request.body else None
        except ValueError:
            body = {"bytes": len(request.body)}
        headers = {name: value for name, value in request.headers.items() if name not in HIDDEN}
        dropped = bool(response.fault and response.fault.get("drop"))
        self.requests.append({"method": request.method, "path": request.path, "query": request.query_text, "headers": headers,
                              "body": body, "status": 0 if dropped else response.status})
        self.violations += self.contract.check(request, response)
        if self.log_path:
            with self.log_lock, open(self.log_path, "a", encoding="utf-8") as file:
                file.write(f"{request.method} {request.target} {0 if dropped else response.status}\n")


def etag(response):
    return '"' + hashlib.sha256(response.payload()).hexdigest()[:32] + '"'

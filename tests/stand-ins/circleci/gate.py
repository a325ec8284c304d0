# SPDX-FileCopyrightText: 2026 The Slipway authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""What stands before every resource: who asks, may they, is there budget left; and what every answer carries (circleci.md)."""
import base64
import collections
import json
import sys
import threading
import traceback

import edn
import faults
from wire import V1, ApiError, Listing, Response, find_route, page
from world import new_id

HIDDEN = ("authorization", "circle-token", "proxy-authorization", "cookie")


class Gate:
    def __init__(self, world, tokens, contract, log_path=None):
        self.world, self.tokens, self.contract = world, tokens, contract  # tokens: {token: "read", "write" or "admin"}
        self.faults = faults.Faults()
        self.reporter = None  # tells a GitHub stand-in, see statuses.py
        self.requests, self.violations, self.counts = [], [], collections.Counter()
        self.log_path, self.log_lock = log_path, threading.Lock()
        self.window = world.now()

    def answer(self, request):
        with self.world.lock:
            request.route, parameters = find_route(request.method, request.raw_path)
            rule = self.faults.match(request)
            response = faults.instead(rule) if rule else None
            response = response or self.perform(request, parameters)
            self.dress(response)
            if rule:
                faults.change(rule, response)
            self.note(request, response)
        return response

    def perform(self, request, parameters):
        route = request.route
        try:
            if route is None or route.access == "token":
                self.identify(request)
                self.take_budget()
            elif self.token_of(request):
                self.violate(request, "request", "a token was sent to a presigned address")
            if route is None:
                raise ApiError(404)
            if request.method != "GET" and request.rights == "read":
                raise ApiError(403)
            result = route.function(self.world, request, **parameters)
            if isinstance(result, Listing):
                result = page(result, request, int(self.world.settings["page_size"]))
        except ApiError as error:
            return Response(error.body, error.status)
        except Exception:  # ours, or a body of a shape that nobody should send: either way somebody has to look
            words = traceback.format_exc()
            print(words, file=sys.stderr, flush=True)
            self.violate(request, "stand-in", words.splitlines()[-1])
            return Response(ApiError(500).body, 500)
        response = result if isinstance(result, Response) else Response(result)
        if request.path.startswith(V1) and not request.headers.get("accept"):  # circleci.md, base and authentication
            response = Response(raw=edn.text(response.body).encode(), status=response.status, kind="application/edn;charset=utf-8")
        return response

    def token_of(self, request):
        """Circle-Token, Bearer, Basic with the token as user, or the deprecated query parameter."""
        kind, _, value = request.headers.get("authorization", "").partition(" ")
        value = value.strip()
        if kind.lower() == "basic":
            try:
                value = base64.b64decode(value).decode().partition(":")[0]
            except ValueError:
                value = ""
        return request.headers.get("circle-token") or value or request.query.get("circle-token", "")

    def identify(self, request):
        token = self.token_of(request)
        if not token:
            raise ApiError(401)
        if token not in self.tokens:
            raise ApiError(401, "Invalid token provided.")
        request.token, request.rights = token, self.tokens[token]

    def take_budget(self):
        """With the setting rate_limit: that many requests in each rate_window seconds of the clock, then 429."""
        settings, at = self.world.settings, self.world.now()
        if settings["rate_limit"] is None:
            return
        if at - self.window >= settings["rate_window"]:
            self.window, settings["rate_remaining"] = at, settings["rate_limit"]
        if settings["rate_remaining"] <= 0:
            raise ApiError(429)
        settings["rate_remaining"] -= 1

    def dress(self, response):
        """What every answer carries: an id, and what is left of the budget."""
        settings, headers = self.world.settings, response.headers
        headers.setdefault("X-Request-Id", new_id())
        if settings["rate_limit"] is None or response.tampered:
            return
        left = max(1, int(self.window + settings["rate_window"] - self.world.now() + 0.999))
        headers.update(faults.rate_headers(settings["rate_headers"], settings["rate_limit"], settings["rate_remaining"], left))
        if response.status == 429 and settings["retry_after"] is not None:
            headers["Retry-After"] = str(settings["retry_after"])

    def violate(self, request, about, words):
        self.violations.append({"method": request.method, "path": request.path, "about": about, "words": words})

    def note(self, request, response):
        try:
            body = json.loads(request.body) if request.body else None
        except ValueError:
            body = {"bytes": len(request.body)}
        headers = {name: value for name, value in request.headers.items() if name not in HIDDEN}
        lost = bool(response.fault and (response.fault.get("drop") or response.fault.get("hang")))
        name = request.route.name if request.route else f"{request.method} elsewhere"
        self.counts[name] += 1
        query = "&".join(part for part in request.query_text.split("&") if not part.startswith("circle-token="))
        self.requests.append({"method": request.method, "path": request.path, "query": query, "headers": headers, "body": body,
                              "status": 0 if lost else response.status, "route": name})
        for about, words in self.contract.check(request, response) if self.contract else ():
            self.violate(request, about, words)
        if self.log_path:
            with self.log_lock, open(self.log_path, "a", encoding="utf-8") as file:
                file.write(f"{request.method} {request.path} {0 if lost else response.status}\n")

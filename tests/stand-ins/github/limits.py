# SPDX-FileCopyrightText: 2026 The Slipway authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Rate limits: the primary ones by the hour and the secondary ones by the minute (github.md, 5). Numbers are in the settings."""
import collections
import contextlib
import threading
import time

from wire import ApiError, Response, route

PRIMARY = "API rate limit exceeded for user ID {id}. If you reach out to GitHub Support for help, please include the request ID."
SECONDARY = "You have exceeded a secondary rate limit. Please wait a few minutes before you try again."
PLACE = "https://docs.github.com/rest/overview/rate-limits-for-the-rest-api#about-secondary-rate-limits"
WRITES = ("POST", "PATCH", "PUT", "DELETE")
CONTENT = ("pulls", "comments", "reviews", "statuses", "deployments", "requested_reviewers", "labels")


class Limits:
    def __init__(self, world):
        self.world = world
        self.reset = {"core": int(time.time()) + 3600, "graphql": int(time.time()) + 3600}
        self.flying, self.counting = 0, threading.Lock()  # requests that have no whole answer yet
        self.spent = collections.deque()  # (time, family, points, whether it made content)

    @contextlib.contextmanager
    def flight(self):
        with self.counting:
            self.flying += 1
        try:
            yield
        finally:
            with self.counting:
                self.flying -= 1

    def family(self, request):
        return "graphql" if request.raw_path == "/graphql" else "core"

    def enter(self, request):
        """Takes one from the budget; refuses when nothing is left. GraphQL takes its points by itself (graphql.py)."""
        if request.raw_path == "/rate_limit":
            return
        family, settings = self.family(request), self.world.settings
        self.refill(family)
        self.secondary(request, family)
        if family == "graphql":
            return
        if settings["core_used"] >= settings["core_limit"]:
            raise ApiError(settings["limited_status"], PRIMARY.format(id=self.world.users[request.login]["id"] if request.login else 0),
                           url="https://docs.github.com/rest/overview/rate-limits-for-the-rest-api")
        settings["core_used"] += 1

    def refill(self, family):
        if time.time() >= self.reset[family]:
            self.world.settings[family + "_used"] = 0
            self.reset[family] = int(time.time()) + int(self.world.settings["window"])

    def secondary(self, request, family):
        settings, at = self.world.settings, time.monotonic()
        while self.spent and self.spent[0][0] < at - 60:
            self.spent.popleft()
        content = request.method == "POST" and request.raw_path.rstrip("/").split("/")[-1] in CONTENT
        points = (5 if b"mutation" in request.body else 1) if family == "graphql" else 5 if request.method in WRITES else 1
        most = settings["graphql_points" if family == "graphql" else "points"]
        sum_of = sum(entry[2] for entry in self.spent if entry[1] == family) + points
        made = sum(1 for entry in self.spent if entry[3]) + content
        crowded = settings["concurrency"] and self.flying > settings["concurrency"]
        if crowded or (most and sum_of > most) or (content and settings["content"] and made > settings["content"]):
            raise self.slower()
        self.spent.append((at, family, points, content))

    def slower(self):
        after = self.world.settings["retry_after"]
        return ApiError(self.world.settings["limited_status"], SECONDARY, url=PLACE, headers={"Retry-After": str(after)} if after else {})

    def give_back(self, request):
        if self.family(request) == "core" and request.raw_path != "/rate_limit":
            self.world.settings["core_used"] -= 1

    def headers(self, request):
        return headers(self.world, self, self.family(request))

    def state(self, family):
        limit, used = self.world.settings[family + "_limit"], self.world.settings[family + "_used"]
        return {"limit": limit, "used": used, "remaining": max(0, limit - used), "reset": self.reset[family]}


def headers(world, limits, family):
    found = {f"X-RateLimit-{name.capitalize()}": str(value) for name, value in limits.state(family).items()}
    return {**found, "X-RateLimit-Resource": family}


@route("GET", "/rate_limit", needs="", scopes=())
def rate_limit(world, request):
    """Free of the primary limit."""
    core, graphql = world.limits.state("core"), world.limits.state("graphql")
    search = {"limit": 30, "used": 0, "remaining": 30, "reset": core["reset"]}
    return {"resources": {"core": core, "graphql": graphql, "search": search}, "rate": core}


@route("GET", "/versions", needs="", scopes=())
def versions(world, request):
    return ["2022-11-28", "2026-03-10"]


@route("GET", "/meta", needs="open")
def meta(world, request):
    return {"verifiable_password_authentication": False, **({"installed_version": "3.19.0"} if request.prefix else {})}


@route("GET", "/", needs="", scopes=())
def root(world, request):
    return Response({"current_user_url": world.api + "/user", "rate_limit_url": world.api + "/rate_limit"})

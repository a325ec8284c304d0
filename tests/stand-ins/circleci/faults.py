# SPDX-FileCopyrightText: 2026 The Slipway authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Faults that tests ask for: rules that match requests, and what they do to the answer.

{"method": "POST", "route": "GET /pipeline/{pipeline}/workflow" as the counters call it, "path": regular expression found in the path,
 "nth": only the nth match | "times": only the first n matches, and one or more of
   "status", "message": this error instead, nothing happens; "html": true or text: the same as a page
   "throttle": "retry-after" | "none" | "ratelimit" | "x-ratelimit" | "both": 429 with those headers, "seconds" (default 30)
   "redirect": address: 302 (or "status") to there, nothing happens
   "hang": "before" | "after" (true: before): nothing, or it, happens; the answer never comes, the connection stays open
   "drop": "before" | "after" the same, but the connection ends: "after" is the lost answer
   "delay": seconds: it happens, the answer comes late
   "headers": {name: text, or null to leave one out}: in the answer
   "set": {"field" or "field.field": value}: put into the answer, in each entry of a list; "remove": [fields] the same
   "raw": text: this body instead, with the status of the answer; it happens
   "truncate": n: the answer is only its first n bytes, and says so | "cut": n: the connection ends after n bytes of the body
   "split": n: the body comes in pieces of n bytes}
The first rule that fires counts; each rule counts its own matches."""
import re

from wire import ApiError, Response, invalid

KNOWN = {"method", "route", "path", "nth", "times", "status", "message", "html", "throttle", "seconds", "redirect", "hang", "drop", "delay",
         "headers", "set", "remove", "raw", "truncate", "cut", "split"}


class Faults:
    def __init__(self):
        self.rules = []

    def add(self, rules):
        for rule in rules:
            unknown = set(rule) - KNOWN
            if unknown:
                raise invalid("Unknown words in a fault: " + ", ".join(sorted(unknown)))
            re.compile(rule.get("path", ""))
            self.rules.append({"rule": rule, "seen": 0})

    def match(self, request):
        """The rule that fires for this request, or None. Every rule that matches has seen it."""
        fired = None
        for entry in self.rules:
            rule = entry["rule"]
            named = request.route.name if request.route else None
            if rule.get("method") not in (None, "*", request.method) or rule.get("route") not in (None, named):
                continue
            if not re.search(rule.get("path", ""), request.path):
                continue
            entry["seen"] += 1
            due = ("nth" not in rule or entry["seen"] == rule["nth"]) and ("times" not in rule or entry["seen"] <= rule["times"])
            fired = fired or (rule if due else None)
        return fired


def rate_headers(family, limit, remaining, seconds):
    """Both families; the reset is in seconds from now (circleci.md, paging and limits)."""
    headers = {}
    if family in ("ratelimit", "both"):
        headers.update({"RateLimit-Limit": str(limit), "RateLimit-Remaining": str(remaining), "RateLimit-Reset": str(seconds)})
    if family in ("x-ratelimit", "both"):
        headers.update({"X-RateLimit-Limit-Minute": str(limit), "X-RateLimit-Remaining-Minute": str(remaining)})
    return headers


def instead(rule):
    """The answer that takes the place of doing it, or None."""
    if rule.get("drop") == "before" or rule.get("hang") in (True, "before"):
        answer = Response(raw=b"", status=500)
    elif rule.get("redirect"):
        answer = Response(raw=b"", status=rule.get("status", 302), headers={"Location": rule["redirect"]}, kind="text/html")
    elif rule.get("html"):
        page = rule["html"] if isinstance(rule["html"], str) else "<html><body><h1>502 Bad Gateway</h1></body></html>"
        answer = Response(raw=page.encode(), status=rule.get("status", 502), kind="text/html; charset=utf-8")
    elif rule.get("throttle"):
        seconds = rule.get("seconds", 30)
        headers = rate_headers(rule["throttle"], 60, 0, seconds)
        if rule["throttle"] in ("retry-after", "both"):
            headers["Retry-After"] = str(seconds)
        answer = Response(ApiError(429, rule.get("message", "")).body, 429, headers)
    elif "status" in rule and "raw" not in rule:
        error = ApiError(rule["status"], rule.get("message", ""))
        answer = Response(error.body, error.status)
    else:
        return None
    answer.tampered = True
    return answer


def put(target, path, value, gone=False):
    head, _, rest = path.partition(".")
    if isinstance(target, list):
        for entry in target:
            put(entry, path, value, gone)
    elif isinstance(target, dict):
        if rest:
            put(target.setdefault(head, {}), rest, value, gone)
        elif gone:
            target.pop(head, None)
        else:
            target[head] = value


def change(rule, response):
    """What the rule does to an answer that is there."""
    if response.body is not None:
        for path, value in (rule.get("set") or {}).items():
            put(response.body, path, value)
        for path in rule.get("remove") or ():
            put(response.body, path, None, gone=True)
    if rule.get("headers"):
        response.headers.update(rule["headers"])
    if "raw" in rule:
        response.raw, response.status = rule["raw"].encode(), rule.get("status", response.status)
    if "truncate" in rule:
        response.raw = response.payload()[:rule["truncate"]]
    if set(rule) & {"hang", "drop", "delay", "cut", "split"}:
        response.fault = rule
    response.tampered = response.tampered or bool(set(rule) & {"set", "remove", "raw", "truncate"})
    return response

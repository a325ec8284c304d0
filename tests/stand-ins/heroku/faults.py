# SPDX-FileCopyrightText: 2026 The Slipway authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Faults that tests ask for: rules that match requests, and what they do to the answer.

{"method": "POST", "path": regular expression found in the path, "nth": only the nth match | "times": only the first n matches,
 and one or more of
   "status", "id", "message", "url": this error instead, nothing happens; "html": true or text: the same as a page
   "redirect": address: 302 (or "status") to there, nothing happens
   "two_factor": true or the code: 403 two_factor until Heroku-Two-Factor-Code carries it
   "drop": "before": the connection ends, nothing happens | "after": it happens, then the connection ends without an answer
   "delay": seconds: it happens, the answer comes late
   "headers": {name: text, or null to leave one out}: in the answer
   "set": {"field" or "field.field": value}: put into the answer, in each entry of a list
   "truncate": n: the answer is only its first n bytes, and says so | "cut": n: the connection ends after n bytes of the body
   "split": n: the body comes in pieces of n bytes}
The first rule that fires counts; each rule counts its own matches."""
import re

from wire import ApiError, Response, invalid

CODE = "123456"
KNOWN = {"method", "path", "nth", "times", "status", "id", "message", "url", "html", "redirect", "two_factor", "drop", "delay",
         "headers", "set", "truncate", "cut", "split", "body"}


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
            if rule.get("method") not in (None, "*", request.method) or not re.search(rule.get("path", ""), request.path):
                continue
            entry["seen"] += 1
            due = ("nth" not in rule or entry["seen"] == rule["nth"]) and ("times" not in rule or entry["seen"] <= rule["times"])
            fired = fired or (rule if due else None)
        return fired


def instead(world, rule, request):
    """The answer that takes the place of doing it, or None."""
    if rule.get("drop") == "before":
        answer = Response(raw=b"", status=500)
    elif rule.get("redirect"):
        answer = Response(raw=b"", status=rule.get("status", 302), headers={"Location": rule["redirect"]}, kind="text/html")
    elif rule.get("html"):
        page = rule["html"] if isinstance(rule["html"], str) else "<html><body><h1>Application error</h1></body></html>"
        answer = Response(raw=page.encode(), status=rule.get("status", 502), kind="text/html; charset=utf-8")
    elif rule.get("two_factor"):
        answer = second_factor(world, rule, request)
    elif "status" in rule:
        error = ApiError(rule["status"], rule.get("message", ""), rule.get("id", ""), rule.get("url", ""), **rule.get("body", {}))
        answer = Response(error.body, error.status)
    else:
        return None
    if answer:
        answer.tampered = True
    return answer


def second_factor(world, rule, request):
    wanted = CODE if rule["two_factor"] is True else str(rule["two_factor"])
    if request.headers.get("heroku-two-factor-code") == wanted:
        return None
    more = {}
    match = re.match(r"^/apps/([^/]+)", request.path)
    app = match and (world.apps.get(match.group(1)) or world.apps.get(world.names.get(match.group(1), "")))
    if app:
        if app["trusted"] and not request.path.endswith("/pre-authorizations"):
            return None
        more["app"] = {"id": app["id"], "name": app["name"]}
    error = ApiError(403, "A second authentication factor or pre-authorization is required for this request", "two_factor", **more)
    return Response(error.body, 403)


def put(target, path, value):
    head, _, rest = path.partition(".")
    if isinstance(target, list):
        for entry in target:
            put(entry, path, value)
    elif isinstance(target, dict):
        if rest:
            put(target.setdefault(head, {}), rest, value)
        else:
            target[head] = value


def change(rule, response):
    """What the rule does to an answer that is there."""
    if rule.get("set") and response.body is not None:
        for path, value in rule["set"].items():
            put(response.body, path, value)
        response.tampered = True
    if rule.get("headers"):
        response.headers.update(rule["headers"])
    if "truncate" in rule:
        response.raw = response.payload()[:rule["truncate"]]
        response.tampered = True
    if set(rule) & {"drop", "delay", "cut", "split"}:
        response.fault = rule
    return response

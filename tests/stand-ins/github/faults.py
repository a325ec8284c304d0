# SPDX-FileCopyrightText: 2026 The Slipway authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Faults that tests ask for: rules that match requests, and what they do to the answer.

{"method": "POST", "path": regular expression found in the path, "query": the same in the query or in a GraphQL request's body,
 "nth": only the nth match | "times": only the first n matches, and one or more of
   "status", "message", "errors", "headers": this error instead, nothing happens; "answer": any JSON as the body, 200 or "status"
   "html": true or text: the same as a page; "redirect": address: 302 (or "status") to there, nothing happens
   "drop": "before": the connection ends, nothing happens | "after": it happens, then the connection ends without an answer
   "delay": seconds: it happens, the answer comes late; "hang": true: it happens, the answer never comes
   "headers": {name: text, or null to leave one out}: in the answer
   "set": {"field" or "field.field": value}: put into the answer, in each entry of a list
   "truncate": n: the answer is only its first n bytes, and says so | "cut": n: the connection ends after n bytes of the body
   "split": n: the body comes in pieces of n bytes}
The first rule that fires counts; each rule counts its own matches."""
import re

from wire import ApiError, Response

KNOWN = {"method", "path", "query", "nth", "times", "status", "message", "errors", "answer", "html", "redirect", "drop", "delay", "hang",
         "headers", "set", "truncate", "cut", "split"}


class Faults:
    def __init__(self):
        self.rules = []

    def add(self, rules):
        for rule in rules:
            unknown = set(rule) - KNOWN
            if unknown:
                raise ApiError(422, "Unknown words in a fault: " + ", ".join(sorted(unknown)))
            re.compile(rule.get("path", ""))
            self.rules.append({"rule": rule, "seen": 0})

    def match(self, request):
        """The rule that fires for this request, or None. Every rule that matches has seen it."""
        fired = None
        for entry in self.rules:
            rule = entry["rule"]
            if rule.get("method") not in (None, "*", request.method) or not re.search(rule.get("path", ""), request.path):
                continue
            if "query" in rule and not re.search(rule["query"], request.query_text + request.body.decode(errors="replace")):
                continue
            entry["seen"] += 1
            due = ("nth" not in rule or entry["seen"] == rule["nth"]) and ("times" not in rule or entry["seen"] <= rule["times"])
            fired = fired or (rule if due else None)
        return fired


def instead(rule):
    """The answer that takes the place of doing it, or None."""
    if rule.get("drop") == "before":
        return Response(raw=b"", status=500)
    if rule.get("redirect"):
        return Response(raw=b"", status=rule.get("status", 302), headers={"Location": rule["redirect"]}, kind="text/html")
    if rule.get("html"):
        page = rule["html"] if isinstance(rule["html"], str) else "<!DOCTYPE html><html><body><h1>Unicorn!</h1></body></html>"
        return Response(raw=page.encode(), status=rule.get("status", 502), kind="text/html; charset=utf-8")
    if "answer" in rule:
        return Response(rule["answer"], rule.get("status", 200))
    if "status" in rule:
        error = ApiError(rule["status"], rule.get("message", ""), rule.get("errors"))
        return Response(error.body, error.status)
    return None


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
    if rule.get("headers"):
        response.headers.update(rule["headers"])
    if "truncate" in rule:
        response.raw = response.payload()[:rule["truncate"]]
    if set(rule) & {"drop", "delay", "hang", "cut", "split"}:
        response.fault = rule
    return response

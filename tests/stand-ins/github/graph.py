# SPDX-FileCopyrightText: 2026 The Slipway authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""The GraphQL endpoint: reading, validating, costs and limits, running; answers as GitHub's (github.md, 8)."""
import datetime
import json
import os

import graph_repository
import graph_writes
import pushes
from gql_check import Checker
from gql_introspection import Introspection
from gql_run import Fault, Runner
from gql_schema import Schema, Wrong, named
from gql_syntax import Field, Parser, SyntaxFault, Variable, place
from wire import ApiError, Response, route

OWN = os.path.join(os.path.dirname(os.path.abspath(__file__)), "slipway.graphql")
NODES = 500000


def load(path):
    with open(path or OWN, encoding="utf-8") as file:
        return Schema(file.read())


def failed(*errors):
    return Response({"errors": list(errors)})


@route("POST", "/graphql", needs="", scopes=())
def endpoint(world, request):
    try:
        body = json.loads(request.body)
    except ValueError:
        raise ApiError(400) from None
    text = body.get("query") if isinstance(body, dict) else None
    if not isinstance(text, str):
        return Response({"errors": [{"message": "A query attribute must be specified and must be a string."}]}, 400)
    try:
        operations, fragments = Parser(text).document()
    except SyntaxFault as fault:
        return failed({"message": str(fault), "locations": [place(text, fault.at)]})
    chosen = [one for one in operations if body.get("operationName") in (None, "", one.name)]
    if len(chosen) != 1:
        return failed({"message": "An operation name is required" if chosen else f"No operation named {body.get('operationName')!r}"})
    errors = Checker(world.schema, text, chosen[0], fragments).run()
    if errors:
        return failed(*errors)
    return execute(world, request, chosen[0], fragments, body.get("variables") or {})


def execute(world, request, operation, fragments, variables):
    try:
        runner = Runner(world.schema, operation, fragments, variables, world.unserved)
        measured = Cost(world.schema, fragments, runner.variables)
        measured.selections(operation.selections, "Query" if operation.kind == "query" else "Mutation", 1)
    except (Fault, Wrong) as fault:
        return failed({"type": getattr(fault, "type", "INVALID"), "message": str(fault)})
    limited = spend(world, request, measured.points())
    if limited:
        return limited
    view = graph_repository.View(world, request)
    writes = operation.kind == "mutation"
    data = runner.run(graph_writes.Writes(view).root() if writes else root(world, view, measured))
    if writes:
        for repo in world.repos:
            pushes.sync(world, repo)
    answer = {"data": data}
    if runner.errors:
        answer["errors"] = runner.errors
    return Response(answer)


def spend(world, request, points):
    """Out of points is 200 with RATE_LIMITED (github.md, 5)."""
    state = world.limits.state("graphql")
    if state["remaining"] < points:
        return failed({"type": "RATE_LIMITED", "message": f"API rate limit already exceeded for user ID {world.users[request.login]['id']}."})
    world.settings["graphql_used"] += points
    return None


class Cost:
    """How many requests and nodes a query stands for, at full `first`; asks for first or last on each connection."""

    def __init__(self, schema, fragments, variables):
        self.schema, self.fragments, self.variables = schema, fragments, variables
        self.requests = self.nodes = 0

    def points(self):
        return max(1, round(self.requests / 100))

    def selections(self, selections, parent, times):
        for one in selections:
            if not isinstance(one, Field):
                found = self.fragments[one.name] if one.name else one
                self.selections(found.selections, found.on or parent, times)
                continue
            type, known = self.schema.field(parent, one.name)
            inner = times
            if named(type).endswith("Connection") and {"first", "last"} <= set(known):
                inner = times * self.size(one)  # only counting needs no boundary
                self.requests += times
                self.nodes += inner
                if self.nodes > NODES:
                    raise Fault("MAX_NODE_LIMIT_EXCEEDED",
                                f"This query requests up to {self.nodes} possible nodes which exceeds the maximum limit of {NODES}.")
            self.selections(one.selections, named(type), inner)

    def size(self, field):
        given = [self.variables.get(value.name) if isinstance(value, Variable) else value for name, value in field.arguments.items()
                 if name in ("first", "last")]
        given = [value for value in given if value is not None]
        asked = {getattr(inner, "name", "") for inner in field.selections}
        if not given and asked <= {"totalCount", "pageInfo"}:
            return 1
        if not given:
            raise Fault("MISSING_PAGINATION_BOUNDARIES",
                        f"You must provide a `first` or `last` value to properly paginate the `{field.name}` connection.")
        if not 0 <= given[0] <= 100:
            raise Fault("EXCESSIVE_PAGINATION",
                        f"Requesting {given[0]} records on the `{field.name}` connection exceeds the `first` limit of 100 records.")
        return max(1, given[0])


def root(world, view, cost):
    def rate(_):
        state = world.limits.state("graphql")
        at = datetime.datetime.fromtimestamp(state["reset"], datetime.timezone.utc).strftime("%Y-%m-%dT%H:%M:%SZ")
        return {"__typename": "RateLimit", "cost": cost.points(), "limit": state["limit"], "used": state["used"], "remaining": state["remaining"],
                "resetAt": at, "nodeCount": cost.nodes}

    return {**Introspection(world.schema).root(), "rateLimit": rate, "viewer": lambda _: view.actor(view.request.login),
            "repository": view.repository_by_name, "node": view.node,
            "nodes": lambda words: [view.node({"id": id}) for id in words["ids"]], "user": lambda words: view.user_named(words, "User"),
            "organization": lambda words: view.user_named(words, "Organization"), "search": view.search,
            "repositoryOwner": lambda words: view.user_named(words, None)}

# SPDX-FileCopyrightText: 2026 The Slipway authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Runs a validated GraphQL operation over plain values: an object is a dict with "__typename", whose entries are values or
functions of the arguments. What no object has counts as empty, and is noted as not served."""
from gql_check import ROOTS
from gql_schema import Wrong, named
from gql_syntax import MISSING, Field


class Fault(Exception):
    """An error of one field; the rest of the answer stays (github.md, 8: partial data)."""

    def __init__(self, type, message):
        super().__init__(message)
        self.type = type


class Nothing(Exception):
    """A null where there may be none: it goes on to what holds it."""


class Runner:
    def __init__(self, schema, operation, fragments, variables, unserved):
        self.schema, self.operation, self.fragments = schema, operation, fragments
        self.unserved, self.errors = unserved, []
        self.variables = {}
        for name, (type, default) in operation.variables.items():
            if name in variables:
                self.variables[name] = schema.value(type, variables[name], {})
            elif default is not MISSING:
                self.variables[name] = schema.value(type, default, {})
            elif isinstance(type, tuple) and type[0] == "!":
                raise Wrong(f"Variable ${name} of type {named(type)}! was provided invalid value")

    def run(self, root):
        try:
            return self.object(root, self.operation.selections, ROOTS[self.operation.kind], [])
        except Nothing:
            return None

    def wanted(self, one):
        for name, arguments in one.directives.items():
            value = self.schema.value("Boolean", arguments.get("if"), self.variables)
            if value == (name == "skip"):
                return False
        return True

    def fields(self, selections, type, found):
        """{key: [field, ...]} of what is selected for an object of that type."""
        for one in selections:
            if not self.wanted(one):
                continue
            if isinstance(one, Field):
                found.setdefault(one.key, []).append(one)
                continue
            fragment = self.fragments[one.name] if one.name else one
            if not fragment.on or type in self.schema.possible.get(fragment.on, ()):
                self.fields(fragment.selections, type, found)
        return found

    def object(self, source, selections, type, path):
        answer = {}
        for key, same in self.fields(selections, type, {}).items():
            answer[key] = self.one(source, same, type, [*path, key])
        return answer

    def one(self, source, same, parent, path):
        field = same[0]
        if field.name == "__typename":
            return parent
        type, known = self.schema.field(parent, field.name)
        try:
            value = self.resolve(source, field, parent, type, known)
            return self.complete(value, type, same, path)
        except (Fault, Wrong) as fault:
            kind = getattr(fault, "type", None)
            self.errors.append({**({"type": kind} if kind else {}), "path": path, "message": str(fault)})
        except Nothing:
            pass
        if isinstance(type, tuple) and type[0] == "!":
            raise Nothing
        return None

    def resolve(self, source, field, parent, type, known):
        if field.name in source:
            value = source[field.name]
            return value(self.schema.arguments(known, field.arguments, self.variables)) if callable(value) else value
        self.unserved.add(f"{parent}.{field.name}")
        return self.empty(type)

    def empty(self, type):
        """What stands for a thing that the stand-in knows nothing of."""
        if not isinstance(type, tuple) and not type.endswith("Connection"):
            return None
        inner = type[1] if isinstance(type, tuple) and type[0] == "!" else type
        if isinstance(inner, tuple):
            return []
        if inner.endswith("Connection"):
            return {"__typename": inner, "nodes": [], "edges": [], "totalCount": 0, "pageInfo": {
                "__typename": "PageInfo", "hasNextPage": False, "hasPreviousPage": False, "startCursor": None, "endCursor": None}}
        if self.schema.kind(inner) == "enum":
            return self.schema.types[inner].members[0]
        return {"Int": 0, "Float": 0.0, "Boolean": False}.get(inner, "") if self.schema.kind(inner) == "scalar" else None

    def complete(self, value, type, same, path):
        if isinstance(type, tuple) and type[0] == "!":
            found = self.complete(value, type[1], same, path)
            if found is None:
                self.errors.append({"path": path, "message": f"Cannot return null for non-nullable field {same[0].name}"}) if value is None else None
                raise Nothing
            return found
        if value is None:
            return None
        if isinstance(type, tuple):
            return [self.entry(entry, type[1], same, [*path, index]) for index, entry in enumerate(value)]
        if self.schema.leaf(type):
            return value
        selections = [selection for field in same for selection in field.selections]
        kind = value["__typename"]
        if kind not in self.schema.possible.get(type, ()):
            raise Fault("INTERNAL", f"{kind} is no {type}")
        return self.object(value, selections, kind, path)

    def entry(self, value, type, same, path):
        """One of a list; it may be a function that makes it, or fails alone."""
        try:
            return self.complete(value() if callable(value) else value, type, same, path)
        except Fault as fault:
            self.errors.append({"type": fault.type, "path": path, "message": str(fault)})
        except Nothing:
            pass
        if isinstance(type, tuple) and type[0] == "!":
            raise Nothing
        return None

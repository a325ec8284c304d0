# SPDX-FileCopyrightText: 2026 The Slipway authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Validates a GraphQL document against a schema before it runs; messages as GitHub words them."""
from gql_schema import Wrong, named, written
from gql_syntax import MISSING, Field, Variable, place

ROOTS = {"query": "Query", "mutation": "Mutation"}


class Checker:
    def __init__(self, schema, text, operation, fragments):
        self.schema, self.text, self.operation, self.fragments = schema, text, operation, fragments
        self.errors, self.used, self.spread = [], set(), set()

    def fault(self, words, at, path, code=None):
        error = {"path": path, "locations": [place(self.text, at)], "message": words}
        if code:
            error["extensions"] = {"code": code}
        self.errors.append(error)

    def run(self):
        root = ROOTS.get(self.operation.kind)
        title = f"{self.operation.kind} {self.operation.name}".strip()
        if root not in self.schema.types:
            self.fault(f"Schema is not configured for {self.operation.kind}s", self.operation.at, [title])
            return self.errors
        for name, (type, default) in self.operation.variables.items():
            if named(type) not in self.schema.types or self.schema.kind(type) not in ("scalar", "enum", "input"):
                self.fault(f"{named(type)} isn't a defined input type (on ${name})", self.operation.at, [title], "variableRequiresValidType")
        self.selections(self.operation.selections, root, [title], ())
        for name in self.operation.variables:
            if name not in self.used:
                self.fault(f"Variable ${name} is declared by {self.operation.name or 'anonymous query'} but not used", self.operation.at,
                           [title], "variableNotUsed")
        for name, fragment in self.fragments.items():
            if name not in self.spread:
                self.fault(f"Fragment {name} was defined, but not used", fragment.at, [f"fragment {name}"], "useAndDefineFragment")
        return self.errors

    def selections(self, selections, parent, path, inside):
        keys = {}
        for one in selections:
            self.directives(one, path)
            if isinstance(one, Field):
                before = keys.setdefault(one.key, one)
                if before.name != one.name or before.arguments != one.arguments:
                    self.fault(f"Field '{one.key}' has a field conflict: {before.name} or {one.name}?", one.at, path, "fieldConflict")
                self.field(one, parent, [*path, one.key], inside)
            else:
                self.fragment(one, parent, path, inside)

    def directives(self, one, path):
        for name, arguments in one.directives.items():
            if name not in ("include", "skip"):
                self.fault(f"Directive @{name} is not defined", one.at, path, "undefinedDirective")
            for value in arguments.values():
                self.variables(value, ("!", "Boolean"), one, path, MISSING)

    def fragment(self, one, parent, path, inside):
        found = one
        if one.name:
            self.spread.add(one.name)
            if one.name in inside:
                return self.fault(f"Fragment {one.name} contains an infinite loop", one.at, path, "infiniteLoop")
            found = self.fragments.get(one.name)
            if not found:
                return self.fault(f"Fragment {one.name} was used, but not defined", one.at, path, "useAndDefineFragment")
        on = found.on or parent
        if on not in self.schema.types:
            return self.fault(f"No such type {on}, so it can't be a fragment condition", one.at, path, "undefinedType")
        if not self.schema.overlap(on, parent):
            return self.fault(f"Fragment on {on} can't be spread inside {parent}", one.at, path, "cannotSpreadFragment")
        return self.selections(found.selections, on, path, (*inside, one.name) if one.name else inside)

    def field(self, one, parent, path, inside):
        found = self.schema.field(parent, one.name)
        if not found:
            return self.fault(f"Field '{one.name}' doesn't exist on type '{parent}'", one.at, path, "undefinedField")
        type, arguments = found
        for name, value in one.arguments.items():
            if name not in arguments:
                self.fault(f"Field '{one.name}' doesn't accept argument '{name}'", one.at, [*path, name], "argumentNotAccepted")
                continue
            self.variables(value, arguments[name][0], one, path, arguments[name][1])
            self.literal(name, value, arguments[name][0], one, path)
        lacking = [name for name, (kind, default) in arguments.items() if kind[0] == "!" and default is MISSING and name not in one.arguments]
        if lacking:
            self.fault(f"Field '{one.name}' is missing required arguments: {', '.join(lacking)}", one.at, path, "missingRequiredArguments")
        if self.schema.leaf(type) and one.selections:
            return self.fault(f"Selections can't be made on {self.schema.kind(type)}s (field '{one.name}' returns {named(type)} but has selections)",
                              one.at, path, "selectionMismatch")
        if not self.schema.leaf(type) and not one.selections:
            return self.fault(f"Field must have selections (field '{one.name}' returns {named(type)} but has no selections. Did you mean "
                              f"'{one.name} {{ ... }}'?)", one.at, path, "selectionMismatch")
        return self.selections(one.selections, named(type), path, inside)

    def literal(self, name, value, type, one, path):
        """A literal with variables inside is tried with the variables taken as fitting."""
        try:
            self.schema.value(type, value, {})
        except Wrong as wrong:
            if not has_variable(value):
                self.fault(f"Argument '{name}' on Field '{one.name}' has an invalid value. Expected type '{written(type)}'. ({wrong})", one.at, path,
                           "argumentLiteralsIncompatible")

    def variables(self, value, type, one, path, default):
        if isinstance(value, Variable):
            self.used.add(value.name)
            declared = self.operation.variables.get(value.name)
            if not declared:
                self.fault(f"Variable ${value.name} is used by {self.operation.name or 'anonymous query'} but not declared", one.at, path,
                           "variableNotDefined")
            elif not fits(declared[0], type, declared[1] is not MISSING or default is not MISSING):
                self.fault(f"Type mismatch on variable ${value.name} and argument ({written(declared[0])} / {written(type)})", one.at, path,
                           "variableMismatch")
        elif isinstance(value, list):
            inner = type[1] if type[0] == "!" else type
            for entry in value:
                self.variables(entry, inner[1] if isinstance(inner, tuple) else inner, one, path, MISSING)
        elif isinstance(value, dict):
            definition = self.schema.types.get(named(type))
            for name, entry in value.items():
                if definition and name in definition.fields:
                    self.variables(entry, definition.fields[name][0], one, path, definition.fields[name][1])


def fits(given, wanted, has_default):
    if wanted[0] == "!" and isinstance(wanted, tuple):
        if isinstance(given, tuple) and given[0] == "!":
            return fits(given[1], wanted[1], False)
        return has_default and fits(given, wanted[1], False)
    if isinstance(given, tuple) and given[0] == "!":
        given = given[1]
    if isinstance(given, tuple) and isinstance(wanted, tuple):
        return fits(given[1], wanted[1], False)
    return given == wanted


def has_variable(value):
    if isinstance(value, (list, dict)):
        return any(has_variable(entry) for entry in (value.values() if isinstance(value, dict) else value))
    return isinstance(value, Variable)


# SPDX-FileCopyrightText: 2026 The Slipway authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""A GraphQL schema from its definitions: look-ups, and turning arguments into what their types ask for."""
import gql_introspection
from gql_syntax import MISSING, Definition, Enum, Parser, Variable

BUILT_IN = ("Int", "Float", "String", "Boolean", "ID")


class Wrong(Exception):
    """A value of another type than asked for."""


class Schema:
    def __init__(self, text):
        self.types = {**Parser(text).schema(), **Parser(gql_introspection.TYPES).schema()}
        for name in BUILT_IN:
            self.types.setdefault(name, Definition("scalar", name))
        self.possible = {}
        for definition in self.types.values():
            if definition.kind == "union":
                self.possible[definition.name] = set(definition.members)
            elif definition.kind == "type":
                for name in (definition.name, *definition.interfaces):
                    self.possible.setdefault(name, set()).add(definition.name)

    def kind(self, type):
        return self.types[named(type)].kind

    def leaf(self, type):
        return self.kind(type) in ("scalar", "enum")

    def field(self, type, name):
        """(type, arguments) or None."""
        if name == "__typename" and self.kind(type) in ("type", "interface", "union"):
            return ("!", "String"), {}
        if type == "Query" and name in gql_introspection.FIELDS:
            return gql_introspection.FIELDS[name]
        return self.types[named(type)].fields.get(name) if self.kind(type) in ("type", "interface") else None

    def overlap(self, one, other):
        return bool(self.possible.get(one, set()) & self.possible.get(other, set()))

    def value(self, type, literal, variables):
        """The Python value of a literal; Wrong when it does not fit."""
        if isinstance(literal, Variable):
            return variables.get(literal.name)
        if isinstance(type, tuple) and type[0] == "!":
            found = self.value(type[1], literal, variables)
            if found is None:
                raise Wrong(f"expected {written(type)}, found null")
            return found
        if literal is None:
            return None
        if isinstance(type, tuple):
            return [self.value(type[1], entry, variables) for entry in (literal if isinstance(literal, list) else [literal])]
        definition = self.types[type]
        if definition.kind == "enum":
            text = literal.name if isinstance(literal, Enum) else literal
            if text not in definition.members:
                raise Wrong(f"'{text}' is no value of {type}")
            return text
        if definition.kind == "input":
            return self.input(definition, literal, variables)
        return scalar(type, literal)

    def input(self, definition, literal, variables):
        if not isinstance(literal, dict):
            raise Wrong(f"expected {definition.name}")
        unknown = set(literal) - set(definition.fields)
        if unknown:
            raise Wrong(f"{definition.name} has no field '{sorted(unknown)[0]}'")
        found = {}
        for name, (type, default) in definition.fields.items():
            if name in literal:
                found[name] = self.value(type, literal[name], variables)
            elif default is not MISSING:
                found[name] = self.value(type, default, variables)
            elif isinstance(type, tuple) and type[0] == "!":
                raise Wrong(f"{definition.name} needs '{name}'")
        return found

    def arguments(self, known, given, variables):
        """The values of a field's arguments; a variable that was left out counts as not given."""
        found = {}
        for name, (type, default) in known.items():
            literal = given.get(name, MISSING)
            if isinstance(literal, Variable) and literal.name not in variables:
                literal = MISSING
            literal = default if literal is MISSING else literal
            if literal is not MISSING:
                found[name] = self.value(type, literal, variables)
            elif isinstance(type, tuple) and type[0] == "!":
                raise Wrong(f"'{name}' is required")
        return found


def scalar(type, literal):
    if isinstance(literal, (Enum, dict, list)):
        raise Wrong(f"expected {type}")
    fits = {"Int": int, "Float": (int, float), "Boolean": bool, "String": str, "ID": (str, int)}.get(type, object)
    if not isinstance(literal, fits) or (type in ("Int", "Float", "ID") and isinstance(literal, bool)):
        raise Wrong(f"expected {type}")
    return literal


def named(type):
    while isinstance(type, tuple):
        type = type[1]
    return type


def written(type):
    if isinstance(type, tuple):
        return written(type[1]) + "!" if type[0] == "!" else f"[{written(type[1])}]"
    return type

# SPDX-FileCopyrightText: 2026 The Slipway authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""What a GraphQL schema says of itself: __type and __schema. gh asks them which fields there are."""
from gql_syntax import MISSING

TYPES = """
type __Schema { types: [__Type!]! queryType: __Type! mutationType: __Type subscriptionType: __Type }
type __Type {
  kind: __TypeKind! name: String description: String fields(includeDeprecated: Boolean = false): [__Field!] interfaces: [__Type!]
  possibleTypes: [__Type!] enumValues(includeDeprecated: Boolean = false): [__EnumValue!] inputFields: [__InputValue!] ofType: __Type
}
type __Field { name: String! description: String args: [__InputValue!]! type: __Type! isDeprecated: Boolean! deprecationReason: String }
type __InputValue { name: String! description: String type: __Type! defaultValue: String }
type __EnumValue { name: String! description: String isDeprecated: Boolean! deprecationReason: String }
enum __TypeKind { SCALAR OBJECT INTERFACE UNION ENUM INPUT_OBJECT LIST NON_NULL }
"""
FIELDS = {"__type": ("__Type", {"name": (("!", "String"), MISSING)}), "__schema": (("!", "__Schema"), {})}
KINDS = {"type": "OBJECT", "input": "INPUT_OBJECT"}


class Introspection:
    def __init__(self, schema):
        self.types = schema.types
        self.schema = schema

    def root(self):
        return {"__type": lambda words: self.named(words["name"]), "__schema": lambda _: {
            "__typename": "__Schema", "types": [self.named(name) for name in self.types], "queryType": self.named("Query"),
            "mutationType": self.named("Mutation"), "subscriptionType": None}}

    def type(self, type):
        if isinstance(type, tuple):
            return {"__typename": "__Type", "kind": "NON_NULL" if type[0] == "!" else "LIST", "name": None, "description": None, "fields": None,
                    "interfaces": None, "possibleTypes": None, "enumValues": None, "inputFields": None, "ofType": lambda _: self.type(type[1])}
        return self.named(type)

    def named(self, name):
        found = self.types.get(name)
        if not found:
            return None
        composite, possible = found.kind in ("type", "interface"), sorted(self.schema.possible.get(name, ()))
        return {
            "__typename": "__Type", "kind": KINDS.get(found.kind, found.kind.upper()), "name": name, "description": None, "ofType": None,
            "fields": lambda _: [self.field(*entry) for entry in found.fields.items()] if composite else None,
            "inputFields": lambda _: [self.value(*entry) for entry in found.fields.items()] if found.kind == "input" else None,
            "interfaces": lambda _: [self.named(one) for one in found.interfaces] if composite else None,
            "possibleTypes": lambda _: [self.named(one) for one in possible] if found.kind in ("union", "interface") else None,
            "enumValues": lambda _: [{"__typename": "__EnumValue", "name": one, "description": None, "isDeprecated": False,
                                      "deprecationReason": None} for one in found.members] if found.kind == "enum" else None,
        }

    def field(self, name, shape):
        return {"__typename": "__Field", "name": name, "description": None, "isDeprecated": False, "deprecationReason": None,
                "type": lambda _: self.type(shape[0]), "args": lambda _: [self.value(*entry) for entry in shape[1].items()]}

    def value(self, name, shape):
        return {"__typename": "__InputValue", "name": name, "description": None, "defaultValue": None, "type": lambda _: self.type(shape[0])}

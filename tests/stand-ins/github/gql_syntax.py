# SPDX-FileCopyrightText: 2026 The Slipway authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Reads GraphQL: documents with operations and fragments, and type definitions (the GraphQL specification of October 2021, 2 and 3).

A type is "Name", ("!", type) or ("[]", type). A literal is a Python value, Variable or Enum. Descriptions are skipped."""
import json
import re
from dataclasses import dataclass, field

TOKENS = re.compile(
    r"(?P<skip>[\s,\ufeff]+|\#[^\n\r]*)|(?P<name>[_A-Za-z][_0-9A-Za-z]*)|(?P<number>-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?)"
    r'|(?P<text>"""(?:\\"""|[^"]|"(?!""))*"""|"(?:[^"\\\n]|\\.)*")|(?P<mark>\.\.\.|[!$&()\[\]{}:=@|])')


class SyntaxFault(Exception):
    def __init__(self, words, at):
        super().__init__(words)
        self.at = at


@dataclass
class Variable:
    name: str


@dataclass
class Enum:
    name: str


@dataclass
class Field:
    name: str
    key: str
    arguments: dict
    directives: dict
    selections: list
    at: int


@dataclass
class Spread:
    """...name, or ... on Type {…} with selections of its own."""
    name: str
    on: str
    directives: dict
    selections: list
    at: int


@dataclass
class Operation:
    kind: str
    name: str
    variables: dict  # name: (type, default or MISSING)
    selections: list
    at: int


@dataclass
class Definition:
    """A type of a schema."""
    kind: str
    name: str
    interfaces: list = field(default_factory=list)
    fields: dict = field(default_factory=dict)  # name: (type, {argument: (type, default or MISSING)})
    members: list = field(default_factory=list)  # of a union; the values of an enum


MISSING = object()


class Parser:
    def __init__(self, text):
        self.text, self.tokens = text, []
        at, end = 0, len(text)
        while at < end:
            match = TOKENS.match(text, at)
            if not match:
                raise SyntaxFault(f"Parse error on {text[at]!r}", at)
            if match.lastgroup != "skip":
                self.tokens.append((match.lastgroup, match.group(), at))
            at = match.end()
        self.tokens.append(("end", "", end))
        self.index = 0

    @property
    def here(self):
        return self.tokens[self.index]

    def take(self, text=None, kind=None):
        found = self.here
        if (text is not None and (found[1] != text or found[0] == "text")) or (kind and found[0] != kind):
            raise SyntaxFault(f'Expected {text or kind}, actual: {found[0].upper()} ("{found[1][:40]}")', found[2])
        self.index += 1
        return found[1]

    def maybe(self, text):
        if self.here[1] == text and self.here[0] != "text":
            self.index += 1
            return True
        return False

    def name(self):
        return self.take(kind="name")

    def until(self, end, one):
        """What stands before a closing mark, one after the other."""
        found = []
        while not self.maybe(end):
            found.append(one())
        return found

    # Documents

    def document(self):
        operations, fragments = [], {}
        while self.here[0] != "end":
            at = self.here[2]
            if self.here[1] == "{":
                operations.append(Operation("query", "", {}, self.selections(), at))
            elif self.here[1] == "fragment":
                self.take()
                name = self.name()
                self.take("on")
                fragments[name] = Spread(name, self.name(), self.directives(), self.selections(), at)
            elif self.here[1] in ("query", "mutation", "subscription"):
                kind, name = self.take(), self.name() if self.here[0] == "name" else ""
                variables = dict(self.until(")", self.variable)) if self.maybe("(") else {}
                self.directives()
                operations.append(Operation(kind, name, variables, self.selections(), at))
            else:
                raise SyntaxFault(f'Expected one of query, mutation, fragment, actual: "{self.here[1][:40]}"', at)
        return operations, fragments

    def variable(self):
        self.take("$")
        name = self.name()
        self.take(":")
        kind = self.type()
        default = self.value() if self.maybe("=") else MISSING
        return name, (kind, default)

    def selections(self):
        self.take("{")
        return self.until("}", self.selection)

    def selection(self):
        at = self.here[2]
        if self.maybe("..."):
            if self.here[0] == "name" and self.here[1] != "on":
                return Spread(self.name(), "", self.directives(), [], at)
            on = self.name() if self.maybe("on") else ""
            return Spread("", on, self.directives(), self.selections(), at)
        key = name = self.name()
        if self.maybe(":"):
            name = self.name()
        arguments = dict(self.until(")", self.pair)) if self.maybe("(") else {}
        directives = self.directives()
        return Field(name, key, arguments, directives, self.selections() if self.here[1] == "{" else [], at)

    def pair(self):
        name = self.name()
        self.take(":")
        return name, self.value()

    def directives(self):
        found = {}
        while self.maybe("@"):
            name = self.name()
            found[name] = dict(self.until(")", self.pair)) if self.maybe("(") else {}
        return found

    def type(self):
        if self.maybe("["):
            found = ("[]", self.type())
            self.take("]")
        else:
            found = self.name()
        return ("!", found) if self.maybe("!") else found

    def value(self):
        kind, text, at = self.here
        self.index += 1
        if kind == "number":
            return float(text) if re.search(r"[.eE]", text) else int(text)
        if kind == "text":
            return block(text[3:-3]) if text.startswith('"""') else json.loads(text)
        if kind == "name":
            return {"true": True, "false": False, "null": None}.get(text, Enum(text))
        if text == "$":
            return Variable(self.name())
        if text == "[":
            return self.until("]", self.value)
        if text == "{":
            return dict(self.until("}", self.pair))
        raise SyntaxFault(f'Expected a value, actual: "{text}"', at)

    # Type definitions

    def schema(self):
        found = {}
        while self.here[0] != "end":
            self.description()
            word = self.name()
            if word == "schema":
                self.directives()
                self.take("{")
                self.until("}", self.pair)
            elif word == "directive":
                self.directive_definition()
            else:
                definition = self.definition(word)
                found[definition.name] = definition
        return found

    def description(self):
        if self.here[0] == "text":
            self.index += 1

    def directive_definition(self):
        self.take("@")
        self.name()
        if self.maybe("("):
            self.until(")", self.argument)
        self.maybe("repeatable")
        self.take("on")
        self.maybe("|")
        self.name()
        while self.maybe("|"):
            self.name()

    def definition(self, kind):
        found = Definition(kind, self.name())
        if self.maybe("implements"):
            self.maybe("&")
            found.interfaces.append(self.name())
            while self.maybe("&"):
                found.interfaces.append(self.name())
        self.directives()
        if kind == "union" and self.maybe("="):
            self.maybe("|")
            found.members.append(self.name())
            while self.maybe("|"):
                found.members.append(self.name())
        elif kind == "enum" and self.maybe("{"):
            found.members = self.until("}", self.enum_value)
        elif kind == "input" and self.maybe("{"):
            found.fields = dict(self.until("}", self.argument))
        elif kind in ("type", "interface") and self.maybe("{"):
            found.fields = dict(self.until("}", self.field_definition))
        elif kind not in ("scalar", "type", "interface", "union", "enum", "input"):
            raise SyntaxFault(f"no definition of {kind}", self.here[2])
        return found

    def enum_value(self):
        self.description()
        name = self.name()
        self.directives()
        return name

    def field_definition(self):
        self.description()
        name = self.name()
        arguments = dict(self.until(")", self.argument)) if self.maybe("(") else {}
        self.take(":")
        kind = self.type()
        self.directives()
        return name, (kind, arguments)

    def argument(self):
        self.description()
        name = self.name()
        self.take(":")
        kind = self.type()
        default = self.value() if self.maybe("=") else MISSING
        self.directives()
        return name, (kind, default)


def block(text):
    """A block string without the indentation that all its lines share."""
    lines = text.replace('\\"""', '"""').split("\n")
    indent = min((len(line) - len(line.lstrip()) for line in lines[1:] if line.strip()), default=0)
    lines = [lines[0]] + [line[indent:] for line in lines[1:]]
    return "\n".join(lines).strip("\n")


def place(text, at):
    """{"line", "column"} of a position."""
    return {"line": text.count("\n", 0, at) + 1, "column": at - text.rfind("\n", 0, at)}

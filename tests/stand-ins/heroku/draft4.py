# SPDX-FileCopyrightText: 2026 The Slipway authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""A validator for the part of JSON schema draft 04 that Heroku's hyper-schema uses, with its strictProperties.

strictProperties is no JSON schema: exactly the listed properties, all of them, none extra (heroku.md, 1: using the schema)."""
import re
from urllib.parse import unquote

UUID = re.compile(r"^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$", re.IGNORECASE)
DATE_TIME = re.compile(r"^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)$")
FORMATS = {
    "uuid": UUID.match, "date-time": DATE_TIME.match, "email": re.compile(r"^[^@\s]+@[^@\s]+$").match,
    "uri": re.compile(r"^\S+$").match,  # a hostname counts as one in the published examples
}
TYPES = {
    "object": lambda value: isinstance(value, dict), "array": lambda value: isinstance(value, list),
    "string": lambda value: isinstance(value, str), "null": lambda value: value is None,
    "boolean": lambda value: isinstance(value, bool),
    "integer": lambda value: isinstance(value, int) and not isinstance(value, bool),
    "number": lambda value: isinstance(value, (int, float)) and not isinstance(value, bool),
}


class Validator:
    def __init__(self, root):
        self.root = root
        self.patterns = {}

    def resolve(self, pointer):
        node = self.root
        for word in pointer.lstrip("#/").split("/"):
            node = node[unquote(word).replace("~1", "/").replace("~0", "~")]
        return node

    def errors(self, schema, value, path="", closed=False):
        """Complaints as sentences. closed (a request): nothing that is not listed, and strict objects may leave out what they like."""
        while "$ref" in schema:
            try:
                schema = self.resolve(schema["$ref"])
            except KeyError:
                return  # two references of the published files lead nowhere (heroku.md, 1)
        if "anyOf" in schema:
            tries = [list(self.errors(part, value, path, closed)) for part in schema["anyOf"]]
            if all(tries):
                yield tries[0][0]
        yield from self.plain(schema, value, path)
        if isinstance(value, dict):
            yield from self.of_object(schema, value, path, closed)
        if isinstance(value, list):
            yield from self.of_array(schema, value, path, closed)

    def plain(self, schema, value, path):
        wanted = schema.get("type")
        wanted = [wanted] if isinstance(wanted, str) else wanted
        if wanted and not any(TYPES[name](value) for name in wanted):
            yield f"{path or '/'} is {type(value).__name__}, not {' or '.join(wanted)}"
        if "enum" in schema and value not in schema["enum"]:
            yield f"{path or '/'} is {value!r}, not one of {schema['enum']}"
        if isinstance(value, str):
            pattern = schema.get("pattern")
            if pattern and not self.compiled(pattern).search(value):
                yield f"{path or '/'} does not match {pattern}"
            check = FORMATS.get(schema.get("format"))
            if check and not check(value):
                yield f"{path or '/'} is no {schema['format']}"
            if len(value) > schema.get("maxLength", len(value)):
                yield f"{path or '/'} is too long"
        if TYPES["number"](value) and value < schema.get("minimum", value):
            yield f"{path or '/'} is below {schema['minimum']}"

    def compiled(self, pattern):
        if pattern not in self.patterns:
            self.patterns[pattern] = re.compile(pattern)
        return self.patterns[pattern]

    def of_object(self, schema, value, path, closed):
        properties = schema.get("properties") or {}
        patterns = schema.get("patternProperties") or {}
        strict = schema.get("strictProperties") and properties
        needed = properties if strict and not closed else schema.get("required") or ()
        for name in needed:
            if name.rstrip("?") not in value and name not in value:
                yield f"{path}/{name} is missing"
        for name, part in value.items():
            below = f"{path}/{name}"
            rule = properties.get(name, properties.get(name + "?"))
            matching = [patterns[pattern] for pattern in patterns if self.compiled(pattern).search(name)]
            if rule is not None:
                yield from self.errors(rule, part, below, closed)
            for entry in matching:
                yield from self.errors(entry, part, below, closed)
            shut = strict or schema.get("additionalProperties") is False or closed and properties
            if rule is None and not matching and shut:
                yield f"{below} is not known"

    def of_array(self, schema, value, path, closed):
        if isinstance(schema.get("items"), dict):
            for number, part in enumerate(value):
                yield from self.errors(schema["items"], part, f"{path}/{number}", closed)
        if len(value) < schema.get("minItems", 0):
            yield f"{path or '/'} has too few entries"

# SPDX-FileCopyrightText: 2026 The Slipway authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""As much of OpenAPI 3.0's schemas as CircleCI's description uses, x-nullable among it; for tests without npm."""
import re

UUID = re.compile(r"^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$")
MOMENT = re.compile(r"^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)$")
FORMATS = {"uuid": UUID, "date-time": MOMENT}
KINDS = {"object": dict, "array": list, "string": str, "boolean": bool, "integer": int, "number": (int, float)}


def resolved(root, schema):
    while "$ref" in schema:
        target = root
        for part in schema["$ref"].removeprefix("#/").split("/"):
            target = target[part.replace("~1", "/").replace("~0", "~")]
        schema = target
    return schema


def errors(root, schema, value, place="", closed=False):
    """What is wrong with a value. closed: a property that the schema does not list is an error (misspelt ones of requests)."""
    schema = resolved(root, schema or {})
    for each in schema.get("allOf", ()):
        yield from errors(root, each, value, place, closed)
    for word in ("anyOf", "oneOf"):
        if word in schema and all(list(errors(root, each, value, place, closed)) for each in schema[word]):
            yield f"{place or '/'} fits none of {word}"
    if value is None:
        if "type" in schema and not (schema.get("x-nullable") or schema.get("nullable")):
            yield f"{place or '/'} is null"
        return
    kind = schema.get("type") or ("object" if "properties" in schema else None)
    if kind and (not isinstance(value, KINDS[kind]) or kind in ("integer", "number") and isinstance(value, bool)):
        yield f"{place or '/'} is no {kind}: {value!r:.60}"
        return
    if "enum" in schema and value not in schema["enum"]:
        yield f"{place or '/'} is none of its values: {value!r:.60}"
    if isinstance(value, str) and schema.get("format") in FORMATS and not FORMATS[schema["format"]].match(value):
        yield f"{place or '/'} is no {schema['format']}: {value:.60}"
    if isinstance(value, list):
        for number, entry in enumerate(value):
            yield from errors(root, schema.get("items") or {}, entry, f"{place}/{number}", closed)
    if isinstance(value, dict):
        yield from of_object(root, schema, value, place, closed)


def of_object(root, schema, value, place, closed):
    known, extra = schema.get("properties") or {}, schema.get("additionalProperties", True)
    for name in schema.get("required", ()):
        if name not in value:
            yield f"{place}/{name} is missing"
    for name, entry in value.items():
        if name in known:
            yield from errors(root, known[name], entry, f"{place}/{name}", closed)
        elif isinstance(extra, dict) and extra:
            yield from errors(root, extra, entry, f"{place}/{name}", closed)
        elif extra is False or closed and known:
            yield f"{place}/{name} is not known"

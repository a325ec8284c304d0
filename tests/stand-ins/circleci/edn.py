# SPDX-FileCopyrightText: 2026 The Slipway authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Values as EDN: what v1.1 answers to who does not ask for JSON (circleci.md, base and authentication)."""
import json


def text(value):
    if isinstance(value, dict):
        return "{" + ", ".join(f":{name} {text(entry)}" for name, entry in value.items()) + "}"
    if isinstance(value, list):
        return "[" + " ".join(text(entry) for entry in value) + "]"
    return "nil" if value is None else json.dumps(value)

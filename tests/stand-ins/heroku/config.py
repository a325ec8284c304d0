# SPDX-FileCopyrightText: 2026 The Slipway authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Config vars of an app and of a pipeline's stages (heroku.md, 3 and 10)."""
import re

import releases
from wire import invalid, route

KEY = re.compile(r"^\w+$")
STAGE_KEY = re.compile(r"^[\w.:\[\]]+$")


def checked(body, pattern):
    for name, value in body.items():
        if not pattern.match(name):
            raise invalid(f"Config var name {name} is invalid.")
        if value is not None and not isinstance(value, str):
            raise invalid(f"Config var {name} must be a string.")
    return body


def patched(old, changes):
    return {name: value for name, value in {**old, **changes}.items() if value is not None}


@route("GET", "/apps/{app}/config-vars", protected=True)
def info(world, request, app):
    return dict(world.app(app)["config"])


@route("PATCH", "/apps/{app}/config-vars", protected=True)
def changed(world, request, app):
    """One release for all that changed, none when nothing did; null deletes (heroku.md, 10)."""
    app, body = world.app(app), checked(request.json(), KEY)
    owned = sorted(releases.owned_names(world, app) & set(body))
    if owned:
        raise invalid(f"Cannot overwrite attachment values {', '.join(owned)}.")
    after = patched(app["config"], body)
    if after != app["config"]:
        put = sorted(name for name, value in body.items() if value is not None and app["config"].get(name) != value)
        gone = sorted(name for name, value in body.items() if value is None and name in app["config"])
        app["config"] = after
        world.did("config.update", app, set=put, unset=gone)
        words = " and ".join(filter(None, ["Set " + ", ".join(put) if put else "", "Remove " + ", ".join(gone) if gone else ""]))
        current = releases.current(app)
        releases.add(world, app, words + " config vars", current["slug"] if current else None, phase=True)
    return dict(app["config"])


@route("GET", "/pipelines/{pipeline}/stage/{stage}/config-vars", protected=True)
def stage_info(world, request, pipeline, stage):
    return dict(of_stage(world, pipeline, stage))


@route("PATCH", "/pipelines/{pipeline}/stage/{stage}/config-vars", protected=True)
def stage_changed(world, request, pipeline, stage):
    values = of_stage(world, pipeline, stage)
    after = patched(values, checked(request.json(), STAGE_KEY))
    world.did("stage_config.update", None, stage=stage, keys=sorted(request.json()))
    values.clear()
    values.update(after)
    return dict(values)


def of_stage(world, pipeline, stage):
    """Only the stages test and review have config of their own."""
    if stage not in ("test", "review"):
        raise invalid("Stage must be test or review.")
    return world.stage_config.setdefault(f"{world.pipeline(pipeline)['id']}/{stage}", {})

# SPDX-FileCopyrightText: 2026 The Slipway authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""All that the stand-in knows, as plain values: look-ups, identities, time, what really happened.

States move on by being looked at (a poll), never by the clock, so that a test sees the same states each time. A thing
made with HELD polls or more stays as it is until the action "finish"."""
import datetime
import json
import os
import threading
import uuid

from wire import missing

HELD = 1000
SETTINGS = {  # number of polls until a thing is done
    "promotion": 1, "release": 1, "build": 2, "dyno": 1, "addon": 2, "wait": 1, "review": 2, "setup": 2, "transfer": 2,
    "rate_limit": 4500, "rate_remaining": 4500, "rate_refill": 75,  # tokens, at most, now, and each minute
    "stream_404s": 0,  # how often a fresh output stream is not there yet
    "log_lines": 5,  # lines of ordinary running that a seeded app has in its log
}
TABLES = ("apps", "pipelines", "couplings", "slugs", "addons", "attachments", "promotions", "reviews", "review_configs",
          "setups", "sources", "transfers", "sessions", "teams", "stage_config", "flags", "stream_misses", "repositories")


def now():
    """ISO 8601, UTC, to the second (heroku.md, 1)."""
    return datetime.datetime.now(datetime.timezone.utc).strftime("%Y-%m-%dT%H:%M:%SZ")


def new_id():
    return str(uuid.uuid4())


def fixed_id(*words):
    """An identity that is the same in each run, for what Heroku itself brings: stacks, regions, plans."""
    return str(uuid.uuid5(uuid.NAMESPACE_URL, "/".join(words)))


def ref(record, *more):
    return {key: record[key] for key in ("id", *more)}


class World:
    def __init__(self, path=None):
        self.lock = threading.RLock()
        self.changed = threading.Condition(self.lock)
        self.path = path
        self.base = ""
        self.schema = None  # what GET /schema answers
        self.effects = []
        self.dirty = False
        self.data = {name: {} for name in TABLES}
        self.data["settings"] = dict(SETTINGS)
        self.data["account"] = {"id": new_id(), "email": "ada@example.com", "name": "Ada", "created_at": now()}
        self.names = {}  # app name -> id
        if path and os.path.exists(path):
            with open(path, encoding="utf-8") as file:
                self.data.update(json.load(file))
            self.index()

    def index(self):
        self.names = {app["name"]: app["id"] for app in self.apps.values()}

    def __getattr__(self, name):
        if name in TABLES or name in ("settings", "account"):
            return self.data[name]
        raise AttributeError(name)

    def save(self):
        if self.path and self.dirty:
            part = self.path + ".part"
            with open(part, "w", encoding="utf-8") as file:
                json.dump(self.data, file)
            os.replace(part, self.path)
        self.dirty = False

    def did(self, kind, app=None, **detail):
        """Notes a change that really happened; tests count these to prove that a thing happened exactly once."""
        name = app["name"] if isinstance(app, dict) else app
        self.effects.append({"kind": kind, "app": name, "detail": detail, "at": now()})
        self.dirty = True
        self.changed.notify_all()

    def user(self):
        return {"id": self.account["id"], "email": self.account["email"]}

    def app(self, identity):
        found = self.apps.get(identity) or self.apps.get(self.names.get(identity, ""))
        if not found:
            raise missing("app", "app")
        return found

    def pipeline(self, identity):
        """By id or name; a name that several pipelines have finds none (heroku.md, 3)."""
        found = self.pipelines.get(identity)
        named = [entry for entry in self.pipelines.values() if entry["name"] == identity]
        if not found and len(named) == 1:
            found = named[0]
        if not found:
            raise missing("pipeline", "pipeline")
        return found

    def coupling_of(self, app):
        return next((entry for entry in self.couplings.values() if entry["app"] == app["id"]), None)

    def apps_in(self, pipeline):
        return [self.apps[entry["app"]] for entry in self.couplings.values() if entry["pipeline"] == pipeline["id"]]

    def polls(self, kind):
        return int(self.settings.get(kind, 0))

    def poll(self, thing, name="polls"):
        """Counts one look at a thing; true when that look finds it done."""
        left = thing.get(name, 0)
        if left <= 0 or left >= HELD:
            return False
        thing[name] = left - 1
        self.dirty = True
        return thing[name] == 0

    def flag(self, name, app=None):
        """Takes a flag that action "set" left for the next build, release, promotion, add-on or setup, once."""
        holder = app["flags"] if app else self.flags
        if name in holder:
            self.dirty = True
            return holder.pop(name)
        return self.flag(name) if app else None

    def log(self, app, source, process, text):
        """A line as the log router writes it: time to the microsecond, source[process]: text (heroku.md, 13)."""
        at = datetime.datetime.now(datetime.timezone.utc).strftime("%Y-%m-%dT%H:%M:%S.%f+00:00")
        app["log_count"] = app.get("log_count", 0) + 1
        app["logs"].append([app["log_count"], source, process, f"{at} {source}[{process}]: {text}"])
        del app["logs"][:-1500]  # heroku.md, 13: the last 1,500 lines
        self.changed.notify_all()

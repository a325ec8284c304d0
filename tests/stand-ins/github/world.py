# SPDX-FileCopyrightText: 2026 The Slipway authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""All that the stand-in knows: people, tokens, repositories with what GitHub keeps beside git, settings, what really happened.

What takes GitHub a while is done after so many looks, never by the clock, so that a test sees the same states each time."""
import datetime
import fnmatch
import itertools
import threading

from wire import not_found

SETTINGS = {
    "mergeable": 1,  # looks at a pull request after a push until mergeable is known; until then it is null
    "update_branch": 1,  # requests until an accepted update-branch has really happened
    "core_limit": 5000, "core_used": 0, "graphql_limit": 5000, "graphql_used": 0, "window": 3600,  # the primary limits
    "points": 900, "content": 80, "graphql_points": 2000, "concurrency": 100,  # secondary limits, the first three a minute; 0: none
    "retry_after": 60, "limited_status": 403,  # how a limit answers; retry_after 0: no such header
    "checks_for_fine_grained": 0,  # 1: such tokens may read check runs, which they may not at GitHub (github.md, 2)
    "device_interval": 5, "device_expires": 900, "archive_expires": 300, "poll_interval": 60,
    "retired_versions": "",  # API versions that answer 410, with commas
}
LEVELS = ("none", "read", "triage", "write", "maintain", "admin")


def now():
    return datetime.datetime.now(datetime.timezone.utc).strftime("%Y-%m-%dT%H:%M:%SZ")


def ago(seconds):
    return (datetime.datetime.now(datetime.timezone.utc) - datetime.timedelta(seconds=seconds)).strftime("%Y-%m-%dT%H:%M:%SZ")


class Repo:
    """A repository. Options and protection have the words of the REST description."""

    def __init__(self, id, owner, name, store, private=True):
        self.id, self.owner, self.name, self.store, self.private = id, owner, name, store, private
        self.node = f"R_kgDO{id:06}"
        self.default_branch = "main"
        self.created_at = self.updated_at = self.pushed_at = now()
        self.options = {"allow_merge_commit": True, "allow_squash_merge": True, "allow_rebase_merge": True, "allow_auto_merge": False,
                        "delete_branch_on_merge": False, "allow_update_branch": True, "archived": False, "has_issues": True}
        self.collaborators = {}  # login: level
        self.pulls = {}  # number: see pulls.py
        self.statuses, self.check_runs, self.check_suites = {}, {}, {}  # by sha
        self.deployments, self.environments, self.labels, self.events = [], {}, {}, []
        self.protection = {}  # branch or pattern: {"contexts", "strict", "reviews", "dismiss_stale", "enforce_admins"}
        self.renamed_branches = {}
        self.numbers = itertools.count(1)
        self.tips = {}  # the branches as they were at the last look
        self.carried = ((), {})  # see pulls.carried

    @property
    def full_name(self):
        return f"{self.owner}/{self.name}"

    def level(self, login):
        return self.collaborators.get(login, "none")

    def may(self, login, level):
        return LEVELS.index(self.level(login)) >= LEVELS.index(level)

    def rules(self, branch):
        """The protection of a branch, or {}."""
        return next((rule for pattern, rule in self.protection.items() if pattern == branch or fnmatch.fnmatchcase(branch, pattern)), {})

    def tip(self, branch, owner=None):
        """The newest commit of a branch; of a fork's one when owner is somebody else's."""
        if owner and owner != self.owner:
            return self.store.ref(f"refs/forks/{owner}/heads/{branch}")
        return self.tips.get(branch) or self.store.ref(f"refs/heads/{branch}")


class World:
    def __init__(self, folder):
        self.lock = threading.RLock()
        self.folder = folder  # where repositories are
        self.base = self.api = ""  # where clients reach it; the same with /api/v3 while such a request is answered
        self.web = "https://github.com"  # what html_url begins with
        self.settings = dict(SETTINGS)
        self.users, self.repos, self.moved = {}, [], {}  # moved: (owner, old name): repository
        self.tokens, self.devices = {}, {}
        self.effects = []
        self.waiting = []  # [looks left, function]: what GitHub does a while after it said 202
        self.ids = itertools.count(1001)
        self.nodes = {}  # node id: (kind, ...)
        self.unserved = set()  # GraphQL fields that were asked for and that nothing here answers

    def new_id(self):
        return next(self.ids)

    def node(self, prefix, id, *what):
        """A global node id, and what it means."""
        name = f"{prefix}_kwDO{id:08}"
        self.nodes[name] = what
        return name

    def did(self, kind, repo=None, **detail):
        """Notes a change that really happened; tests count these to prove that a thing happened exactly once."""
        self.effects.append({"kind": kind, "repo": repo.full_name if repo else None, "detail": detail, "at": now()})

    def tick(self):
        """One more request: what was accepted some requests ago happens now."""
        for entry in list(self.waiting):
            entry[0] -= 1
            if entry[0] <= 0:
                self.waiting.remove(entry)
                entry[1]()

    def repo(self, owner, name):
        """(repository, whether that is its old name)."""
        for repo in self.repos:
            if repo.owner.lower() == owner.lower() and repo.name.lower() == name.lower():
                return repo, False
        moved = self.moved.get((owner.lower(), name.lower()))
        return (moved, True) if moved else (None, False)

    def repo_by_id(self, id):
        return next((repo for repo in self.repos if str(repo.id) == str(id)), None)

    def user(self, login):
        found = next((user for user in self.users.values() if user["login"].lower() == (login or "").lower()), None)
        if not found:
            raise not_found()
        return found

    def add_user(self, login, name="", email="", type="User"):
        id = self.new_id()
        self.users[login] = {"login": login, "id": id, "name": name or login.capitalize(), "email": email or f"{login}@example.com", "type": type,
                             "node": self.node("O" if type == "Organization" else "U", id, "user", login), "created_at": now()}
        return self.users[login]

    def by_email(self, email):
        return next((login for login, user in self.users.items() if user["email"].lower() == email.lower() and user["type"] == "User"), None)

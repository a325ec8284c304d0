# SPDX-FileCopyrightText: 2026 The Slipway authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""A team whose application runs at Heroku: a stand-in of its own, a git repository whose commits are the stand-in's too, and
the real slipwayctl in a SLIPWAY_HOME of its own. All of it is gone when the team is left."""
import io
import json
import os
import re
import shutil
import subprocess
import sys
import tarfile
import tempfile
from base64 import b64decode
from pathlib import Path

HERE = Path(__file__).resolve().parent
sys.path.append(str(HERE.parent))
sys.path.append(str(HERE.parents[1] / "stand-ins/heroku"))
from client import StandIn  # noqa: E402

from slipwayctl import NOBODY, Caller  # noqa: E402

TOKEN = "stand-in-token"
VARIABLE = "SLIPWAY_TEST_TOKEN"


class Repository:
    """main: what production runs, then what staging runs. "totals" is cut from the head of main, "invoices" one commit earlier."""

    def __init__(self, folder):
        self.folder = Path(folder)
        self.folder.mkdir()
        self.git("init", "-q", "-b", "main")
        self.live = self.commit("First orders", {"Procfile": "web: npm start\n", "shop.txt": "orders\n", ".gitignore": "secret.env\n*.log\n"})
        self.next = self.commit("Carts", {"carts.txt": "carts\n"})
        self.git("switch", "-q", "-c", "totals")
        self.totals = self.commit("Faster totals", {"totals.txt": "fast\n"})
        self.git("switch", "-q", "-c", "invoices", self.live)
        self.invoices = self.commit("Invoices as PDF", {"invoices.txt": "pdf\n"})
        self.git("switch", "-q", "main")

    def git(self, *words):
        done = subprocess.run(["git", "-C", str(self.folder), *words], env={**os.environ, **NOBODY}, capture_output=True, text=True,
                              check=True)
        return done.stdout.strip()

    def commit(self, message, files):
        for name, text in files.items():
            (self.folder / name).write_text(text)
        self.git("add", "-A")
        self.git("commit", "-q", "-m", message)
        return self.git("rev-parse", "HEAD")


class Team(Caller):
    """with Team("process") as team: team.ctl("status", "shop")."""

    def __init__(self, name, tokens=TOKEN, token=TOKEN):
        self.name = name
        self.folder = Path(tempfile.mkdtemp(prefix=f"slipway-heroku-{name}-"))
        self.home = self.folder / "home"
        self.home.mkdir()
        self.repository = Repository(self.folder / "shop")
        self.env = {**os.environ, "SLIPWAY_HOME": str(self.home), VARIABLE: token}
        self.heroku = StandIn(tokens=tokens)

    def __enter__(self):
        return self

    def __exit__(self, kind, error, trace):
        self.heroku.close()
        if error is None:
            shutil.rmtree(self.folder, ignore_errors=True)
        else:
            print("kept for a look:", self.folder, file=sys.stderr)

    def seed(self, **words):
        """production runs the first commit of main, staging both."""
        repository = self.repository
        usual = {"pipeline": "shop", "config": {"PAYMENTS": "try"},
                 "commits": [{"sha": repository.live, "message": "First orders"}, {"sha": repository.next, "message": "Carts"}]}
        return self.heroku.seed(**{**usual, **words})

    def join(self, pipeline="shop"):
        """The account and the pipeline, as slipwayctl is told of them."""
        self.ctl("account", "add", "heroku", "work", "--url", self.heroku.address, "--token-env", VARIABLE)
        self.ctl("pipeline", "add", pipeline, "--deploys", "work", "--repo", str(self.repository.folder))

    def environments(self):
        return {one["name"]: one for one in self.json("status", "shop", "--refresh")["environments"]}

    # -- the stand-in ---------------------------------------------------------------------------------------------

    def world(self):
        return self.heroku.control("GET", "world")

    def app(self, name):
        """As the stand-in knows it; None when there is no such app."""
        return next((app for app in self.world()["apps"].values() if app["name"] == name), None)

    def count(self, kind, app=None):
        return sum(1 for effect in self.heroku.effects(kind) if app in (None, effect["app"]))

    def slug(self, name):
        """What an app runs."""
        return next(one["slug"] for one in reversed(self.app(name)["releases"]) if one["status"] == "succeeded")

    def uploads(self):
        """The names in each uploaded archive, in the order of their coming."""
        found = []
        for source in self.world()["sources"].values():
            if source["data"]:
                with tarfile.open(fileobj=io.BytesIO(b64decode(source["data"])), mode="r:gz") as archive:
                    found.append(sorted(member.name.removeprefix("./") for member in archive if member.isfile()))
        return found

    def as_published(self):
        """Nothing that Slipway sent, and nothing that it was answered, was against the published schema."""
        violations = self.heroku.violations()
        assert not violations, json.dumps(violations[:5], indent=1)


# -- shapes of the published documents (tests/e2e/cli/shapes.h is where they are written down) --------------------------

def shapes():
    text = (HERE.parent / "cli/shapes.h").read_text()
    return {name: json.loads(body) for name, body in re.findall(r'k(\w+) =\s*R"\((.*?)\)";', text, re.S)}


LEAVES = {"string": lambda value: isinstance(value, str), "int": lambda value: isinstance(value, int) and not isinstance(value, bool),
          "bool": lambda value: isinstance(value, bool), "null": lambda value: value is None, "list": lambda value: isinstance(value, list),
          "sha": lambda value: isinstance(value, str) and re.fullmatch("[0-9a-f]{40}", value),
          "iso": lambda value: isinstance(value, str) and re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?Z", value)}


def shape_problem(value, shape, where="$"):
    """What is wrong and where; empty: nothing."""
    if isinstance(shape, str):
        fits = any(value == word.strip("'") if word.startswith("'") else LEAVES[word](value) for word in shape.split("|"))
        return "" if fits else f"{where}: {value!r} is not {shape}"
    if isinstance(shape, list):
        if not isinstance(value, list):
            return f"{where}: {value!r} is no list"
        problems = (shape_problem(each, shape[0], f"{where}[{i}]") for i, each in enumerate(value))
        return next(filter(None, problems), "")
    if not isinstance(value, dict):
        return f"{where}: {value!r} is no object"
    for key, wanted in shape.items():
        name = key.removesuffix("?")
        if name not in value:
            return f"{where}.{name} is missing"
        if key != name and value[name] is None:
            continue
        if problem := shape_problem(value[name], wanted, f"{where}.{name}"):
            return problem
    return ""


def shaped(value, name):
    assert not (problem := shape_problem(value, shapes()[name])), problem
    return value

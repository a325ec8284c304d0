# SPDX-FileCopyrightText: 2026 The Slipway authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""A team whose code is at GitHub and whose commits CircleCI checks: a stand-in of each, an application that really runs on this
machine, and the real slipwayctl in a SLIPWAY_HOME of each person's own. All of it is gone when the team is left."""
import importlib.util
import os
import shutil
import signal
import subprocess
import sys
import tempfile
import urllib.request
from pathlib import Path

HERE = Path(__file__).resolve().parent
sys.path.append(str(HERE.parent))
from slipwayctl import NOBODY, Caller, until  # noqa: E402

HUB_TOKEN, CIRCLE_TOKEN = "SLIPWAY_TEST_HUB", "SLIPWAY_TEST_CIRCLE"
APP = '''import http.server, os
class Shop(http.server.BaseHTTPRequestHandler):
    def do_GET(self):
        self.send_response(200)
        self.end_headers()
        self.wfile.write(open("page.txt", "rb").read())
http.server.HTTPServer(("127.0.0.1", int(os.environ["PORT"])), Shop).serve_forever()
'''


def stand_in(name):
    """The client module of a stand-in: both are called client.py."""
    spec = importlib.util.spec_from_file_location(f"{name}_client", HERE.parents[1] / f"stand-ins/{name}/client.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


sys.path.append(str(HERE.parents[1] / "stand-ins/github"))
github, circleci, heroku = stand_in("github"), stand_in("circleci"), stand_in("heroku")


def make_repository(folder):
    """A working copy whose main says "first" and then "second"; the bare one beside it is what GitHub begins with."""
    git = lambda *words: subprocess.run(["git", "-C", str(folder), *words], env={**os.environ, **NOBODY}, check=True,  # noqa: E731
                                        capture_output=True, text=True)
    folder.mkdir()
    git("init", "-q", "-b", "main")
    for page in ("first", "second"):
        (folder / "app.py").write_text(APP)
        (folder / "Procfile").write_text("web: python3 app.py\n")
        (folder / "page.txt").write_text(page)
        git("add", "-A")
        git("commit", "-q", "-m", f"Say {page}")
    bare = folder.with_suffix(".git")
    git("clone", "-q", "--bare", str(folder), str(bare))
    return bare


class Person(Caller):
    """Somebody with a desktop of their own; the stand-ins are the team's."""

    def __init__(self, team, name):
        self.team, self.name = team, name
        self.home = team.folder / name
        self.home.mkdir()
        (self.home / "gitconfig").write_text(f"[user]\n\tname = {name.capitalize()}\n")
        self.env = {**os.environ, **NOBODY, "SLIPWAY_HOME": str(self.home), "GIT_CONFIG_GLOBAL": str(self.home / "gitconfig"),
                    HUB_TOKEN: team.hub_token(name), CIRCLE_TOKEN: circleci.TOKEN}

    def end_daemon(self):
        """It would end by itself some time after its last environment; the test leaves nothing behind."""
        ours = lambda: [int(entry.name) for entry in Path("/proc").iterdir() if entry.name.isdigit()  # noqa: E731
                        and str(self.home).encode() in words_of(entry) and b"slipwayd" in words_of(entry)]
        for pid in ours():
            os.kill(pid, signal.SIGTERM)
        until(lambda: not ours(), 20)

    def join(self):
        self.ctl("account", "add", "github", "hub", "--url", self.team.hub_address, "--token-env", HUB_TOKEN)
        self.ctl("account", "add", "circleci", "circle", "--url", self.team.circle_address, "--token-env", CIRCLE_TOKEN)

    def add(self, *more):
        self.ctl("pipeline", "add", "shop", "--source", "hub:acme/shop", "--ci", "circle:gh/acme/shop", *more)

    def status(self):
        return self.json("status", "shop", "--refresh")

    def environment(self, name):
        return {one["name"]: one for one in self.status()["environments"]}.get(name)


class Team:
    def __init__(self, name, options=(), **seed):
        self.folder = Path(tempfile.mkdtemp(prefix=f"slipway-github-{name}-"))
        self.repository = self.folder / "shop"
        bare = make_repository(self.repository)
        self.hub = github.StandIn("--empty", *options)
        self.circle = circleci.StandIn()
        self.hub.seed(name="acme/shop", **{"from": str(bare), **seed})
        self.circle.project(workflows=[{"name": "test", "jobs": ["build", {"name": "unit", "requires": ["build"]}]}])
        self.people = []
        self.hub_address, self.circle_address = self.hub.address, self.circle.address  # a proxy may stand in front

    def hub_token(self, person):
        """A token of that person's own."""
        login = person if person in ("ada", "grace", "edsger", "linus") else "ada"
        self.hub.tokens(**{f"token-of-{login}": {"login": login}})
        return f"token-of-{login}"

    def person(self, name):
        self.people.append(Person(self, name))
        return self.people[-1]

    def __enter__(self):
        return self

    def __exit__(self, kind, error, trace):
        for person in self.people:
            if (person.home / "slipway.db").exists():
                for pipeline in person.json("pipeline", "list")["pipelines"]:
                    person.run("pipeline", "remove", pipeline["pipeline"], "--yes")
            person.end_daemon()
        self.hub.close()
        self.circle.close()
        if error is None:
            shutil.rmtree(self.folder, ignore_errors=True)
        else:
            print("kept for a look:", self.folder, file=sys.stderr)

    def pull(self, branch, page, title, by="grace", start="main"):
        """Somebody pushes a branch that changes the page, and asks to have it pulled. Answers number and head."""
        head = self.hub.act("push", branch=branch, files={"page.txt": page}, message=title, by=by, **{"from": start})["sha"]
        number = self.hub.act("pull", head=branch, title=title, by=by)["number"]
        return number, head

    def checks(self, branch, sha, status="success", **words):
        """CI runs on a commit and ends."""
        made = self.made = self.circle.push(branch=branch, sha=sha, message="checks")
        self.circle.finish(made, "build", status="success")
        self.circle.finish(made, "unit", status=status, **words)
        return made


def words_of(entry):
    try:
        return (entry / "cmdline").read_bytes()
    except OSError:
        return b""  # it has ended


def page(address):
    with urllib.request.urlopen(address, timeout=20) as answer:
        return answer.read().decode()

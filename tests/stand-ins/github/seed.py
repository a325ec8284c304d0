# SPDX-FileCopyrightText: 2026 The Slipway authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""What is there at first: people, and a repository with branches and pull requests.

POST /_stand-in/seed {"name": "acme/shop", "from": a bare repository to copy, "private": true, "pulls": n more pull requests,
"branches": n more branches, "commits": n more commits on main}: a sample when there is no "from". The answer is as GET world.

The sample: main with four commits, tag v1; faster-checkout (#1, by grace, one commit ahead), invoice-pdf (#2, by grace, cut from
an older main), saved-cards (#3, by ada, conflicts with main), draft-idea (#4, a draft). CI has said success for #1 and failure for #2;
production runs v1, staging main."""
import itertools
import os

import checks
import comments
import deployments
import labels
import pulls
import pushes
import statuses
from store import Store
from world import Repo

MAIN = [("Sell books", {"app.py": "print('shop')\n", "Procfile": "web: python3 app.py\n", "prices.txt": "book 10\npen 2\n"}),
        ("Show prices", {"app.py": "print('shop')\nprint('prices')\n"}), ("Add a cart", {"cart.py": "items = []\n"}),
        ("Raise the price of books", {"prices.txt": "book 12\npen 2\n"})]
BRANCHES = [  # name, commit of main it begins at, author, message, files
    ("faster-checkout", 3, "grace", "Make the checkout faster", {"checkout.py": "fast = True\n"}),
    ("invoice-pdf", 1, "grace", "Write invoices as PDF", {"invoice.py": "pdf = 1\n"}),
    ("saved-cards", 2, "ada", "Sell books cheaper", {"prices.txt": "book 9\npen 2\n"}),
    ("draft-idea", 3, "edsger", "Try an idea", {"idea.py": "pass\n"}),
]
AUTHORS = ("ada", "grace", "edsger")
START = 1767261600  # the sample's first commit: its shas are the same in each run


def people(world):
    for login, name in (("ada", "Ada"), ("grace", "Grace"), ("edsger", "Edsger"), ("linus", "Linus")):
        world.add_user(login, name)
    world.add_user("github", "GitHub", type="Organization")
    world.add_user("ghost", "Ghost")


class Stream:
    """A git fast-import stream: many commits in one process."""

    def __init__(self):
        self.parts, self.marks, self.time = [], itertools.count(1), START

    def data(self, text):
        raw = text.encode()
        return b"data %d\n%s\n" % (len(raw), raw)

    def commit(self, branch, login, message, files, begin=None):
        mark, self.time = next(self.marks), self.time + 60
        person = f"{login.capitalize()} <{login}@example.com> {self.time} +0000".encode()
        part = b"commit %s\nmark :%d\nauthor %s\ncommitter %s\n" % (branch.encode(), mark, person, person) + self.data(message + "\n")
        if begin:
            part += b"from %s\n" % begin.encode()
        part += b"".join(b"M 100644 inline %s\n" % name.encode() + self.data(text) for name, text in files.items())
        self.parts.append(part + b"\n")
        return mark

    def into(self, store):
        store.run("fast-import", "--quiet", "--force", input=b"".join(self.parts) + b"done\n")


def sample(store):
    stream, marks = Stream(), []
    for message, files in MAIN:
        marks.append(stream.commit("refs/heads/main", "ada", message, files))
    for name, at, login, message, files in BRANCHES:
        stream.commit(f"refs/heads/{name}", login, message, files, f":{marks[at]}")
    stream.into(store)
    store.update_ref("refs/tags/v1", store.text("rev-parse", "main~1"))


def repository(world, body):
    """A new repository, with what the words of the seed ask for."""
    owner, _, name = (body.get("name") or "acme/shop").partition("/")
    if owner not in world.users:
        world.add_user(owner, type="Organization")
    id = world.new_id()
    path = os.path.join(world.folder, f"{id}.git")
    source = body.get("from")
    store = Store.copy(source, path) if source else Store.create(path)
    if not source:
        sample(store)
    repo = Repo(id, owner, name, store, body.get("private", True))
    world.nodes[repo.node] = ("repository", repo)
    head = store.text("symbolic-ref", "--short", "HEAD", codes=(0, 128))
    repo.default_branch = head if head and store.ref(f"refs/heads/{head}") else "main"
    repo.collaborators = {"ada": "admin", "grace": "write", "edsger": "write", "linus": "read"}
    world.repos.append(repo)
    for label, color, words in (("bug", "d73a4a", "Something isn't working"), ("ready", "0e8a16", "Ready to be looked at")):
        labels.add(world, repo, label, color, words)
    more(world, repo, body)
    pushes.sync(world, repo)
    if not source:
        fill(world, repo)
    made = [pulls.opened(world, repo, AUTHORS[number % 3], f"change-{number:04}", repo.default_branch, f"Change number {number}", record=False)
            for number in range(1, int(body.get("pulls") or 0) + 1)]
    lines = "".join(f"create refs/pull/{pull['number']}/head {pull['head']['sha']}\n" for pull in made)
    store.run("update-ref", "--stdin", input=lines.encode())
    return {"id": repo.id, "full_name": repo.full_name, "git_dir": store.path, "tips": repo.tips if len(repo.tips) < 1000 else len(repo.tips)}


def more(world, repo, body):
    """Many commits, branches with a commit for pull requests, and plain branches: each kind in one process."""
    store, stream = repo.store, Stream()
    head = f"refs/heads/{repo.default_branch}"
    stream.time += 100000
    for number in range(1, int(body.get("commits") or 0) + 1):
        stream.commit(head, "ada", f"Commit number {number}", {"counter.txt": f"{number}\n"}, f"{head}^0" if number == 1 else None)
    for number in range(1, int(body.get("pulls") or 0) + 1):
        stream.commit(f"refs/heads/change-{number:04}", AUTHORS[number % 3], f"Change number {number}",
                      {f"changes/{number:04}.txt": f"{number}\n"}, f"{head}^0")
    if stream.parts:
        stream.into(store)
    if body.get("branches"):
        sha = store.ref(head)
        store.add_packed({f"refs/heads/branch/{number:05}": sha for number in range(1, int(body["branches"]) + 1)})


def fill(world, repo):
    for name, _, login, message, _ in BRANCHES:
        pulls.opened(world, repo, login, name, "main", message, f"{message}.", draft=name == "draft-idea")
    repo.pulls[1]["labels"] = ["ready"]
    one, two = repo.tip("faster-checkout"), repo.tip("invoice-pdf")
    statuses.add(world, repo, one, "ada", "success", "ci/circleci: test", "Your tests passed on CircleCI!", "https://ci.example.com/1")
    statuses.add(world, repo, two, "ada", "failure", "ci/circleci: test", "Your tests failed on CircleCI", "https://ci.example.com/2")
    checks.add(world, repo, one, "lint")
    comments.add(world, repo, repo.pulls[1], "ada", "Looks good so far.")
    for environment, ref in (("production", "v1"), ("staging", "main")):
        record = deployments.add(world, repo, "ada", ref, repo.store.resolve(ref), environment)
        deployments.add_status(world, repo, record, "ada", "success", environment_url=f"https://{environment}.example.com")

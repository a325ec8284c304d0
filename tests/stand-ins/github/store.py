# SPDX-FileCopyrightText: 2026 The Slipway authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""A real bare git repository: what it holds, and changes of it. All through git itself, so that the answers are true."""
import datetime
import os
import re
import subprocess

ZERO = "0" * 40
SHA = re.compile(r"^[0-9a-f]{40}$")
ENVIRONMENT = {"PATH": os.environ.get("PATH", os.defpath), "LC_ALL": "C.UTF-8", "TZ": "UTC", "GIT_CONFIG_GLOBAL": os.devnull,
               "GIT_CONFIG_SYSTEM": os.devnull, "GIT_TERMINAL_PROMPT": "0"}


class GitError(Exception):
    pass


class Store:
    def __init__(self, path):
        self.path = str(path)
        self.known = {}  # commits by sha: they never change
        self.answers = {}  # what was computed from shas alone

    @classmethod
    def create(cls, path):
        subprocess.run(["git", "init", "--quiet", "--bare", "--initial-branch=main", str(path)], check=True, env=ENVIRONMENT)
        return cls(path)

    @classmethod
    def copy(cls, source, path):
        subprocess.run(["git", "clone", "--quiet", "--mirror", str(source), str(path)], check=True, env=ENVIRONMENT)
        return cls(path)

    def run(self, *words, input=None, env=None, codes=(0,)):
        """(exit code, output as bytes); another code than the expected ones is an error."""
        done = subprocess.run(["git", "-c", "core.fsync=none", "--git-dir", self.path, *words], input=input, capture_output=True,
                              env={**ENVIRONMENT, **(env or {})})
        if done.returncode not in codes:
            raise GitError(done.stderr.decode(errors="replace").strip() or f"git {words[0]}: {done.returncode}")
        return done.returncode, done.stdout

    def text(self, *words, **more):
        return self.run(*words, **more)[1].decode(errors="replace").strip()

    # What is there

    def refs(self, *prefixes):
        """{full name: sha}, by name."""
        lines = self.text("for-each-ref", "--format=%(objectname) %(refname)", *prefixes).splitlines()
        return {name: sha for sha, name in (line.split(" ", 1) for line in lines)}

    def ref(self, name):
        """The sha of exactly that ref, or None."""
        code, out = self.run("show-ref", "--verify", "--hash", name, codes=(0, 1, 128))
        return out.decode().strip() if code == 0 else None

    def resolve(self, name):
        """The commit that a branch, tag, full ref or sha (7 digits are enough) means, or None."""
        if not name or name.startswith("-") or any(c in name for c in ":^~@{ \n"):
            return None
        for full in ([name] if SHA.match(name) else [f"refs/heads/{name}", f"refs/tags/{name}",
                                                     name if name.startswith("refs/") else f"refs/{name}"]):
            code, out = self.run("rev-parse", "--quiet", "--verify", full + "^{commit}", codes=(0, 1, 128))
            if code == 0:
                return out.decode().strip()
        if name == "HEAD" or re.match(r"^[0-9a-f]{7,39}$", name):
            code, out = self.run("rev-parse", "--quiet", "--verify", name + "^{commit}", codes=(0, 1, 128))
            return out.decode().strip() if code == 0 else None
        return None

    def kind(self, sha):
        """commit, tree, blob or tag; None when there is no such object."""
        if sha in self.known:
            return "commit"
        code, out = self.run("cat-file", "-t", sha, codes=(0, 1, 128))
        return out.decode().strip() if code == 0 else None

    def commits(self, shas):
        """The commits of these shas, in that order; one process for all that are not known yet."""
        unknown = [sha for sha in dict.fromkeys(shas) if sha not in self.known]
        if unknown:
            out = self.run("cat-file", "--batch", input="".join(sha + "\n" for sha in unknown).encode())[1]
            while out:
                line, _, out = out.partition(b"\n")
                words = line.decode().split()
                if words[-1] == "missing":
                    raise GitError(f"no object {words[0]}")
                size = int(words[2])
                self.known[words[0]] = parsed(words[0], out[:size].decode(errors="replace"))
                out = out[size + 1:]
        return [self.known[sha] for sha in shas]

    def commit(self, sha):
        return self.commits([sha])[0]

    def remembered(self, *key):
        """The output of a git command whose words are shas and options only."""
        if key not in self.answers:
            self.answers[key] = self.run(*key, codes=(0, 1))[1].decode(errors="replace")
        return self.answers[key]

    def merge_base(self, one, other):
        return self.remembered("merge-base", one, other).strip().split("\n")[0] or None

    def contains(self, sha, ancestor):
        return self.merge_base(sha, ancestor) == ancestor

    def ahead_behind(self, base, head):
        """(commits of head that base lacks, commits of base that head lacks)."""
        behind, ahead = self.remembered("rev-list", "--left-right", "--count", f"{base}...{head}").split()
        return int(ahead), int(behind)

    def between(self, base, head):
        """The shas that head has and base lacks, oldest first."""
        return self.remembered("rev-list", "--reverse", "--topo-order", f"{base}..{head}").split()

    def merged_tree(self, ours, theirs):
        """(tree, []) of a merge, or (None, the files in conflict): git merge-tree."""
        key = ("merged", ours, theirs)
        if key not in self.answers:
            code, out = self.run("merge-tree", "--write-tree", "--name-only", "--no-messages", ours, theirs, codes=(0, 1))
            lines = out.decode(errors="replace").splitlines()
            self.answers[key] = (lines[0], []) if code == 0 else (None, [line for line in lines[1:] if line])
        return self.answers[key]

    def merge_all(self, pairs):
        """Computes merged_tree of many pairs in one process."""
        unknown = [pair for pair in dict.fromkeys(pairs) if ("merged", *pair) not in self.answers]
        if len(unknown) < 2:
            return
        lines = "".join(f"{ours} {theirs}\n" for ours, theirs in unknown)
        parts = iter(self.run("merge-tree", "--write-tree", "--stdin", "--name-only", "--no-messages", input=lines.encode())[1].decode().split("\0"))
        for pair in unknown:
            clean, tree = next(parts) == "1", next(parts)
            conflicts = list(iter(lambda: next(parts), ""))
            self.answers[("merged", *pair)] = (tree, []) if clean else (None, conflicts)

    # Changes

    def commit_tree(self, tree, parents, message, author, committer=None):
        """author: {"name", "email", "date"?}; the sha of the new commit."""
        committer = committer or author
        env = {}
        for role, person in (("AUTHOR", author), ("COMMITTER", committer)):
            env[f"GIT_{role}_NAME"], env[f"GIT_{role}_EMAIL"] = person.get("name") or "nobody", person.get("email") or "nobody@example.com"
            if person.get("date"):
                env[f"GIT_{role}_DATE"] = person["date"]
        words = [word for parent in parents for word in ("-p", parent)]
        return self.text("commit-tree", tree, *words, input=message.encode(), env=env)

    def update_ref(self, name, new, old=None):
        """Atomically; old: what it must be now, ZERO: it must not be there. False when it was otherwise."""
        words = ["update-ref", name, new] if new else ["update-ref", "-d", name]
        try:
            self.run(*words, *([old] if old else []))
        except GitError:
            return False
        return True

    def add_packed(self, refs):
        """Very many new refs, of commits, by way of git's file of packed refs: files of their own would take seconds."""
        self.run("pack-refs", "--all")
        path = os.path.join(self.path, "packed-refs")
        with open(path, encoding="utf-8") as file:
            head, *lines = file.read().splitlines()
        name = ""
        entries = {}
        for line in lines:
            if line.startswith("^"):  # what the tag before it stands for
                entries[name] += "\n" + line
            else:
                name = line.split(" ", 1)[1]
                entries[name] = line
        entries.update({name: f"{sha} {name}" for name, sha in refs.items()})
        with open(path, "w", encoding="utf-8") as file:
            file.write("\n".join([head, *(entries[name] for name in sorted(entries))]) + "\n")

    def pick(self, sha, onto):
        """The tree of one commit's change on another commit, or None: git 2.39 has no merge-tree --merge-base, so
        a commit with onto's tree beside the picked one makes git find the picked one's parent as the base."""
        parent = self.commit(sha)["parents"][0]
        person = {"name": "stand-in", "email": "stand-in@example.com", "date": "2026-01-01T00:00:00Z"}
        beside = self.commit_tree(self.commit(onto)["tree"], [parent], "beside", person)
        return self.merged_tree(beside, sha)[0]


def person_of(text):
    match = re.match(r"^(.*?) ?<(.*?)> (\d+) ", text)
    date = datetime.datetime.fromtimestamp(int(match.group(3)), datetime.timezone.utc).strftime("%Y-%m-%dT%H:%M:%SZ")
    return {"name": match.group(1), "email": match.group(2), "date": date}


def parsed(sha, text):
    head, _, message = text.partition("\n\n")
    found = {"sha": sha, "parents": [], "message": message.rstrip("\n"), "signed": "\ngpgsig" in head}
    for line in head.splitlines():
        word, _, rest = line.partition(" ")
        if word == "parent":
            found["parents"].append(rest)
        elif word == "tree":
            found["tree"] = rest
        elif word in ("author", "committer"):
            found[word] = person_of(rest)
    return found

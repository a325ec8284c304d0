# SPDX-FileCopyrightText: 2026 The Slipway authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""What GitHub does when branches have moved, whoever moved them: open pull requests follow, end, or count as merged."""
import events
import pulls
from world import now


def sync(world, repo):
    """Takes notice of pushes, also of a real git push into the repository."""
    tips = {name[11:]: sha for name, sha in repo.store.refs("refs/heads").items()}
    if tips != repo.tips:
        before, repo.tips = repo.tips, tips
        noticed(world, repo, before, tips)


def noticed(world, repo, before, tips):
    """before and after: {branch: sha}."""
    repo.pushed_at = now()
    moved = {name for name in before.keys() | tips.keys() if before.get(name) != tips.get(name)}
    if before:  # not at the first look
        for name in sorted(moved)[:50]:
            events.push(world, repo, name, before.get(name), tips.get(name))
    for pull in list(repo.pulls.values()):
        if pull["state"] == "open" and pull["owner"] == repo.owner and pull["head"]["ref"] in moved:
            follow(world, repo, pull, tips.get(pull["head"]["ref"]))
    for base in {pull["base"]["ref"] for pull in repo.pulls.values() if pull["state"] == "open"} & moved:
        base_moved(world, repo, base, before.get(base), tips.get(base))


def follow(world, repo, pull, sha):
    """The branch has a new tip, or is gone; reviews that a protection calls stale are dismissed."""
    if sha is None:
        pulls.close(world, repo, pull, pull["user"])
        return
    pull["head"]["sha"], pull["updated_at"] = sha, now()
    pull["base"]["sha"] = repo.tip(pull["base"]["ref"]) or pull["base"]["sha"]
    pull["looks"] = int(world.settings["mergeable"])
    repo.store.update_ref(f"refs/pull/{pull['number']}/head", sha)
    if repo.rules(pull["base"]["ref"]).get("dismiss_stale"):
        for review in pull["reviews"]:
            if review["state"] == "APPROVED":
                review["state"] = "DISMISSED"


def base_moved(world, repo, base, before, after):
    """Mergeable is not known any more; a head that came into the base by a push counts as merged."""
    inside = set(repo.store.text("for-each-ref", f"--merged={after}", "--format=%(refname)", "refs/pull").splitlines()) if after else set()
    for pull in list(repo.pulls.values()):
        if pull["state"] != "open" or pull["base"]["ref"] != base:
            continue
        pull["looks"] = int(world.settings["mergeable"])
        if f"refs/pull/{pull['number']}/head" in inside:
            old, head = before or pull["base"]["sha"], pull["head"]["sha"]
            pull.update(brought=repo.store.between(old, head), closed_base=repo.store.merge_base(old, head))
            pull.update(state="closed", merged_at=now(), closed_at=now(), updated_at=now(), merged_by=pull["user"], merge_commit_sha=after)
            events.pull(world, repo, pull["user"], "closed", pull)

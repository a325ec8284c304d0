# SPDX-FileCopyrightText: 2026 The Slipway authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""What is to be said of a pull request: can it be merged, what is missing, what do checks and reviews say together."""
from compare import status as compared

GOOD = ("success", "neutral", "skipped")
BEHIND = "Head branch is not up to date with the base branch."
OPINIONS = ("APPROVED", "CHANGES_REQUESTED", "DISMISSED")


def ends(repo, pull):
    """(where its branch left the base, its head): what files and commits of a pull request are counted from."""
    store, head = repo.store, pull["head"]["sha"]
    base = pull.get("closed_base") or store.merge_base(repo.tip(pull["base"]["ref"]) or pull["base"]["sha"], head)
    return base or pull["base"]["sha"], head


def latest_statuses(repo, sha):
    """The newest of each context (its case does not count), newest first."""
    found = {}
    for status in repo.statuses.get(sha, ()):
        found[status["context"].lower()] = status
    return sorted(found.values(), key=lambda status: -status["id"])


def latest_runs(repo, sha):
    """The newest check run of each name and app."""
    found = {}
    for run in repo.check_runs.get(sha, ()):
        found[(run["app"], run["name"])] = run
    return list(found.values())


def combined(statuses):
    states = {status["state"] for status in statuses}
    return "failure" if states & {"failure", "error"} else "success" if states == {"success"} else "pending"


def rollup(repo, sha):
    """GraphQL's statusCheckRollup.state of a commit; None when nothing has reported."""
    states = {status["state"] for status in latest_statuses(repo, sha)}
    runs = latest_runs(repo, sha)
    ended = {run["conclusion"] for run in runs if run["status"] == "completed"}
    if not states and not runs:
        return None
    if "failure" in states or ended - set(GOOD) - {"stale", None}:
        return "FAILURE"
    if "error" in states:
        return "ERROR"
    return "PENDING" if "pending" in states or any(run["status"] != "completed" for run in runs) else "SUCCESS"


def passed(repo, sha, context):
    """True, False, or None while it has not said anything."""
    for status in latest_statuses(repo, sha):
        if status["context"].lower() == context.lower():
            return {"success": True, "pending": None}.get(status["state"], False)
    for run in latest_runs(repo, sha):
        if run["name"] == context:
            return run["conclusion"] in GOOD if run["status"] == "completed" else None
    return None


def opinions(repo, pull, writers=False):
    """The last review with an opinion of each person, oldest first."""
    found = {}
    for review in pull["reviews"]:
        if review["state"] in OPINIONS and (not writers or repo.may(review["user"], "write")):
            found.pop(review["user"], None)
            found[review["user"]] = review
    return [review for review in found.values() if review["state"] != "DISMISSED"]


def decision(repo, pull):
    """reviewDecision: None without a rule that asks for reviews (github.md, 8)."""
    needed = repo.rules(pull["base"]["ref"]).get("reviews", 0)
    if not needed:
        return None
    states = [review["state"] for review in opinions(repo, pull, writers=True)]
    if "CHANGES_REQUESTED" in states:
        return "CHANGES_REQUESTED"
    return "APPROVED" if states.count("APPROVED") >= needed else "REVIEW_REQUIRED"


def missing(repo, pull):
    """Why the protection of the base does not let it in, in GitHub's words, sentence by sentence; "" when it does."""
    rules, sha, found = repo.rules(pull["base"]["ref"]), pull["head"]["sha"], []
    contexts = rules.get("contexts", [])
    for said, word in ((False, "failing"), (None, "expected")):
        names = [name for name in contexts if passed(repo, sha, name) is said]
        if len(names) == 1:
            found.append(f'Required status check "{names[0]}" is {word}.')
        elif names:
            found.append(f"{len(names)} of {len(contexts)} required status checks are {word}.")
    verdict, number = decision(repo, pull), rules.get("reviews", 0)
    if verdict == "REVIEW_REQUIRED":
        found.append(f"At least {number} approving review{'s are' if number > 1 else ' is'} required by reviewers with write access.")
    if verdict == "CHANGES_REQUESTED":
        found.append("Changes have been requested.")
    if rules.get("strict") and behind(repo, pull):
        found.append(BEHIND)
    return " ".join(found)


def behind(repo, pull):
    return compared(*repo.store.ahead_behind(repo.tip(pull["base"]["ref"]), pull["head"]["sha"])) in ("behind", "diverged")


def mergeable(world, repo, pull):
    """(mergeable, mergeable_state). After a push it is being computed: None, for as many looks as the settings say."""
    base = repo.tip(pull["base"]["ref"])
    if pull["state"] != "open" or not base:
        return None, "unknown"
    key = (base, pull["head"]["sha"])
    if pull["known"] != key:
        if pull["looks"] > 0:
            pull["looks"] -= 1
            return None, "unknown"
        pull["known"], pull["looks"] = key, int(world.settings["mergeable"])
        repo.store.merge_all((base, other["head"]["sha"]) for other in repo.pulls.values()
                             if other["state"] == "open" and other["base"]["ref"] == pull["base"]["ref"])
    if repo.store.merged_tree(*key)[1]:
        return False, "dirty"
    if pull["draft"]:
        return True, "draft"
    lacking = missing(repo, pull)
    if lacking:
        return True, "behind" if lacking == BEHIND else "blocked"
    return True, "clean" if rollup(repo, pull["head"]["sha"]) in (None, "SUCCESS") else "unstable"

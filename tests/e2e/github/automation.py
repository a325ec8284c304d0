# SPDX-FileCopyrightText: 2026 The Slipway authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""What happens by itself for a team at GitHub and CircleCI, by the real `slipwayctl agent`: environments that come, follow and go with
their pull requests, what CI and people let through to staging, and comments that are commands."""
import sys
import time
from contextlib import contextmanager

from team import Team, page, until


@contextmanager
def agent(person):
    """The person's agent; ended as a service manager does it."""
    process = person.start("agent")
    try:
        yield process
    finally:
        process.terminate()
        _, said = process.communicate(timeout=60)
    assert process.returncode == 0, (process.returncode, said)


def with_rules(team, person, **rules):
    person.join()
    person.add("--repo", team.repository)
    person.ctl("pipeline", "policy", "shop", "set", *[f"{key.replace('_', '-')}={value}" for key, value in rules.items()])


def done_by(person, rule):
    return [entry for entry in person.json("activity", "shop")["activity"] if entry["by"] == f"rule {rule}"]


def carrier(person, number):
    """The dev environment that carries a pull request and runs."""
    for one in person.status()["environments"]:
        if one["stage"] == "development" and (one["change"] or {}).get("number") == number and one["state"] == "running":
            return one
    return None


def pull_beside(team, name):
    """One that conflicts with no other."""
    team.hub.act("push", branch=name, files={f"{name}.txt": name}, message=f"Add {name}", by="grace", **{"from": "main"})
    return team.hub.act("pull", head=name, title=f"Add {name}", by="grace")["number"]


def events(team):
    ada = team.person("ada")
    with_rules(team, ada, **{"rules.new_change": "on", "rules.label": "preview", "rules.new_commit": "on", "rules.closed": "on",
                             "rules.accepted": "on", "rules.comments": "on", "queue": "auto"})
    with agent(ada):
        until(lambda: listening(team), pause=0.3)  # and so it has noted what was there before the rules
        number, head = team.pull("totals", "fast", "Faster totals")
        other = pull_beside(team, "colours")
        ada.status()
        team.hub.act("label", number=number, labels=["preview"])
        dev = until(lambda: carrier(ada, number))
        assert dev["version"] == head and page(dev["direct_address"]) == "fast", dev

        head = team.hub.act("push", branch="totals", files={"page.txt": "faster"}, message="Faster still", by="grace")["sha"]
        until(lambda: (carrier(ada, number) or {}).get("version") == head)
        head = team.hub.act("push", branch="totals", files={"page.txt": "fastest"}, message="Fastest", by="grace", force=True, **{"from": "main"})["sha"]
        dev = until(lambda: (one := carrier(ada, number)) and one["version"] == head and one)
        assert page(dev["direct_address"]) == "fastest", dev

        name = f"shop/{dev['name']}"
        ada.json("accept", name)
        assert ada.status()["staging"]["queue"] == [] and not done_by(ada, "accepted"), "CI said nothing yet"
        team.checks("totals", head, "failed")
        assert ada.status()["staging"]["queue"] == [] and not done_by(ada, "accepted"), "CI failed"
        team.checks("totals", head)
        until(lambda: ada.status() and team.hub.get(f"/repos/acme/shop/pulls/{number}").json["merged"])
        merged = team.hub.get(f"/repos/acme/shop/pulls/{number}").json["merge_commit_sha"]
        until(lambda: ada.environment("staging")["version"] == merged and not carrier(ada, number))
        assert carrier(ada, other) is None, "it has no label"

        closed = pull_beside(team, "sounds")
        for one in (other, closed):
            team.hub.act("label", number=one, labels=["preview"])
        until(lambda: carrier(ada, other) and carrier(ada, closed))
        team.hub.act("merge", number=other)
        team.hub.act("close", number=closed)
        until(lambda: [one["name"] for one in ada.status()["environments"] if one["stage"] == "development"] == [])
    for rule, kind in (("new-change", "clone"), ("new-commit", "deploy"), ("accepted", "queue"), ("queue", "promote"), ("closed", "shutdown")):
        assert any(entry["kind"] == kind for entry in done_by(ada, rule)), (rule, ada.json("activity", "shop"))


class Thread:
    """What is said on one pull request."""

    def __init__(self, team, number):
        self.team, self.number = team, number

    def say(self, by, text):
        return self.team.hub.act("comment", number=self.number, by=by, body=text)["id"]

    def answers(self, id):
        said = self.team.hub.get(f"/repos/acme/shop/issues/{self.number}/comments?per_page=100").json
        return [one["body"] for one in said if f"<!-- slipway:answer/{id} -->" in one["body"]]

    def answered(self, id, words):
        """The one answer, once it says that."""
        until(lambda: any(words in text for text in self.answers(id)), 90, 0.3)
        answers = self.answers(id)
        assert len(answers) == 1, answers
        return answers[0]


def listening(team):
    """The agent has begun to ask what was said."""
    return any("/issues/comments" in str(request) for request in team.hub.control("GET", "requests"))


def comments(team):
    ada = team.person("ada")
    number, head = team.pull("totals", "fast", "Faster totals")
    thread = Thread(team, number)
    early = thread.say("grace", "/slipway clone")
    with_rules(team, ada, **{"rules.comments": "on"})
    with agent(ada):
        until(lambda: listening(team), pause=0.3)
        thread.answered(thread.say("grace", "/slipway where"), "runs nowhere yet")
        quoted = thread.say("grace", "> /slipway clone\n\nShall we?")
        answer = thread.answered(thread.say("grace", "/slipway clone\n\nThanks!"), "is live: http")
        dev = carrier(ada, number)
        assert dev["version"] == head and f"`{dev['name']}`" in answer and dev["address"] in answer, (dev, answer)
        refused = thread.answered(thread.say("linus", "/slipway deploy staging"), "linus may not")
        assert "may push" in refused, refused
        assert "Not accepted" in thread.answered(thread.say("edsger", "/slipway deploy staging"), "stopped by its checks")
        assert "I do not know" in thread.answered(thread.say("edsger", "/slipway deploy production"), "`/slipway deploy staging`")
        team.checks("totals", head)
        ada.json("accept", f"shop/{dev['name']}")
        thread.answered(thread.say("grace", "/slipway deploy staging"), "`staging` is live")
        pull = team.hub.get(f"/repos/acme/shop/pulls/{number}").json
        assert pull["merged"] and ada.environment("staging")["version"] == pull["merge_commit_sha"], pull
        thread.answered(thread.say("grace", "/slipway where"), "on staging, not in production yet")
        assert thread.answers(early) == [] and thread.answers(quoted) == []
    by = [(entry["by"], entry["kind"]) for entry in ada.json("activity", "shop")["activity"] if entry["by"].startswith("rule ")]
    for one in (("rule comments for grace", "clone"), ("rule comments for grace", "promote"), ("rule comments for linus", "comment")):
        assert by.count(one) == 1, by
    assert [ref for ref in team.hub.get("/repos/acme/shop/git/matching-refs/slipway").json] == [], "a claim was left behind"


def two_desktops_answer_once(team):
    ada, grace = team.person("ada"), team.person("grace")
    for person in (ada, grace):
        with_rules(team, person, **{"rules.comments": "on"})
    number, head = team.pull("totals", "fast", "Faster totals", by="edsger")
    thread = Thread(team, number)
    with agent(ada), agent(grace):
        until(lambda: listening(team), pause=0.3)
        for person in (ada, grace):
            until(lambda person=person: person.status())
        asked = [thread.say("grace", "/slipway clone"), thread.say("linus", "/slipway clone"), thread.say("edsger", "/slipway where"),
                 thread.say("ada", "/slipway")]
        for id, words in zip(asked, ("is live: http", "linus may not", "#1", "`/slipway clone`")):
            thread.answered(id, words)
        carriers = [one for person in (ada, grace) if (one := carrier(person, number))]
        assert len(carriers) == 1 and carriers[0]["version"] == head, carriers
        for id in asked:
            assert len(thread.answers(id)) == 1, thread.answers(id)
    refusals = done_by(ada, "comments for linus") + done_by(grace, "comments for linus")
    assert len(refusals) == 1, refusals


TESTS = (events, comments, two_desktops_answer_once)


def main(chosen):
    for test in TESTS:
        if chosen and test.__name__ not in chosen:
            continue
        began = time.monotonic()
        with Team(test.__name__.replace("_", "-")[:20]) as team:
            test(team)
        print(f"{test.__name__}: {time.monotonic() - began:.1f} s", flush=True)


if __name__ == "__main__":
    main(sys.argv[1:])

# SPDX-FileCopyrightText: 2026 The Slipway authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""The whole process of a team at GitHub and CircleCI with the real slipwayctl: a pull request gets its dev environment, CI turns
green, it is accepted, merged and built on staging, and promoted. What happened is read at the stand-ins."""
import subprocess
import sys
import time

from team import Team, heroku, page


def live(operation):
    assert operation["state"] == "live", operation
    return operation


def from_pull_request_to_production(team):
    ada = team.person("ada")
    ada.join()
    ada.add("--repo", team.repository)
    production = ada.environment("production")
    assert page(production["direct_address"]) == "second" and production["change"]["title"] == "Say second", production
    number, head = team.pull("totals", "fast", "Faster totals")
    listed = ada.json("changes", "shop")["changes"]
    assert [(one["number"], one["title"], one["author"], one["branch"]) for one in listed] == [(number, "Faster totals", "grace", "totals")], listed
    live(ada.json("clone", "shop", "--name", "totals-dev", "--change", f"#{number}"))
    dev = ada.environment("totals-dev")
    assert (dev["version"], dev["ahead"], dev["behind"]) == (head, 1, 0) and page(dev["direct_address"]) == "fast", dev
    assert dev["change"]["number"] == number and dev["ci"]["state"] == "none", dev

    team.checks("totals", head, "failed", failing=["adds up"])
    refused = ada.json("check", "shop/totals-dev", code=3)
    assert not refused["allowed"] and "ci" in [one["id"] for one in refused["checks"] if one["result"] == "block"], refused
    told = ada.json("ci", "shop/totals-dev", code=1)
    unit = next(job for run in told["runs"] for job in run["jobs"] if job["name"] == "unit")
    assert unit["state"] == "failed" and unit["failing"] == ["adds up"], told
    assert ada.json("ci", "log", "shop", unit["id"])["lines"], "the job printed nothing"
    rerun = ada.json("ci", "rerun", "shop", f"#{number}")
    assert rerun["ci"]["state"] == "running", rerun
    team.circle.finish(team.made, "unit")
    assert ada.environment("totals-dev")["ci"]["state"] == "passed"
    assert ada.json("where", "shop", f"#{number}")["state"] == "development"

    ada.json("accept", "shop/totals-dev", "--note", "Totals match")
    said = [one for one in team.hub.get(f"/repos/acme/shop/commits/{head}/statuses").json if one["context"] == "slipway/acceptance"]
    assert [one["state"] for one in said] == ["success"], said
    words = [one["body"] for one in team.hub.get(f"/repos/acme/shop/issues/{number}/comments").json]
    assert len(words) == 1 and "Totals match" in words[0], words

    check = ada.json("check", "shop/totals-dev")
    assert check["allowed"] and check["changes"] == ["Faster totals"], check
    live(ada.json("promote", "shop/totals-dev", "--delete-branch"))
    pull = team.hub.get(f"/repos/acme/shop/pulls/{number}").json
    staging = ada.environment("staging")
    assert pull["merged"] and staging["version"] == pull["merge_commit_sha"], (pull["merge_commit_sha"], staging)
    assert ada.json("where", "shop", f"#{number}")["state"] == "staging"
    assert page(staging["direct_address"]) == "fast" and ada.environment("totals-dev") is None
    assert team.hub.get("/repos/acme/shop/git/ref/heads%2Ftotals").status == 404, "its branch is still there"

    live(ada.json("promote", "shop/staging", "--reason", "No CI on main yet"))
    production = ada.environment("production")
    assert production["artifact"] == staging["artifact"] and page(production["direct_address"]) == "fast", production
    asked = ada.json("where", "shop", f"#{number}")
    assert ada.environment("staging")["live"], ada.environment("staging")
    assert (asked["state"], asked["merged"], asked["environments"]) == ("live", True, ["staging", "production"]), asked
    recorded = {(one["environment"], one["sha"]) for one in team.hub.get("/repos/acme/shop/deployments").json}
    assert recorded == {("shop/totals-dev", head), ("shop/staging", staging["version"]), ("shop/production", staging["version"])}, recorded
    return number


def two_desktops_agree(team):
    """What one person says the other one sees at the next look, and of two who take staging at once one gets it."""
    ada, grace = team.person("ada"), team.person("grace")
    for person in (ada, grace):
        person.join()
    ada.add("--repo", team.repository)
    number, head = team.pull("totals", "fast", "Faster totals", by="edsger")
    live(ada.json("clone", "shop", "--name", "totals-dev", "--change", f"#{number}"))
    # Grace's machine runs a pipeline of its own from the same repository; its dev environment carries the same change.
    grace.add("--repo", team.repository)
    live(grace.json("clone", "shop", "--name", "totals-dev", "--change", f"#{number}"))
    ada.json("reject", "shop/totals-dev", "--note", "Round up")
    seen = grace.environment("totals-dev")["verdict"]
    assert (seen["state"], seen["note"], seen["version"]) == ("changes_requested", "Round up", head), seen
    grace.json("accept", "shop/totals-dev", "--note", "Rounded")
    seen = ada.environment("totals-dev")["verdict"]
    assert (seen["state"], seen["note"]) == ("accepted", "Rounded"), seen

    takers = [person.start("hold", "shop", "--reason", f"{person.name} looks", "--json") for person in (ada, grace)]
    ends = [taker.wait(60) for taker in takers]
    assert ends.count(0) == 1 and max(ends) in (1, 3), (ends, [taker.stderr.read() for taker in takers])
    winner = (ada, grace)[ends.index(0)]
    for person in (ada, grace):
        assert person.status()["staging"]["hold"]["reason"] == f"{winner.name} looks", person.status()["staging"]
    other = grace if winner is ada else ada
    code, _, err = other.run("hold", "shop", "--reason", "me too")
    assert code == 3 and f"{winner.name.capitalize()} holds staging" in err, (code, err)
    winner.ctl("release-hold", "shop")
    assert other.status()["staging"]["hold"] is None


def at_heroku(team):
    """The same way where the environments are Heroku apps: what is deployed there comes as an archive from GitHub."""
    ada = team.person("ada")
    ada.join()
    commits = [one["sha"] for one in reversed(team.hub.get("/repos/acme/shop/commits?sha=main").json)]
    with heroku.StandIn(tokens=heroku.TOKEN) as apps:
        ada.env["SLIPWAY_TEST_TOKEN"] = heroku.TOKEN
        apps.seed(pipeline="shop", commits=[{"sha": commits[0], "message": "Say first"}, {"sha": commits[1], "message": "Say second"}])
        ada.ctl("account", "add", "heroku", "work", "--url", apps.address, "--token-env", "SLIPWAY_TEST_TOKEN")
        ada.add("--deploys", "work")
        number, head = team.pull("totals", "fast", "Faster totals")
        live(ada.json("clone", "shop", "--name", "totals-dev", "--change", f"#{number}"))
        dev = ada.environment("totals-dev")
        assert (dev["version"], dev["ahead"], dev["behind"]) == (head, 1, 0), dev
        team.checks("totals", head)
        ada.json("accept", "shop/totals-dev")
        live(ada.json("promote", "shop/totals-dev"))
        pull = team.hub.get(f"/repos/acme/shop/pulls/{number}").json
        staging = ada.environment("shop-staging")
        assert pull["merged"] and staging["version"] == pull["merge_commit_sha"] and ada.environment("totals-dev") is None, staging
        assert len(apps.effects("build.create")) == 2, apps.effects()  # the dev environment's, and the merge on staging
        live(ada.json("promote", "shop/shop-staging", "--reason", "No CI on main yet"))
        assert ada.environment("shop-production")["artifact"] == staging["artifact"]
        assert ada.json("where", "shop", f"#{number}")["state"] == "live"
        assert not apps.violations(), apps.violations()
        ada.ctl("pipeline", "remove", "shop")


def through_its_remote(team):
    """A repository that was cloned from GitHub has its changes there; nobody has to say so. What lets somebody in is not kept."""
    ada = team.person("ada")
    ada.join()
    url = team.hub_address.replace("://", "://ada:a-secret@") + "/acme/shop.git"
    subprocess.run(["git", "-C", team.repository, "remote", "add", "origin", url], check=True, env=ada.env)
    ada.ctl("pipeline", "add", "shop", "--repo", team.repository)
    assert ada.json("pipeline", "show", "shop")["source"] == "hub:acme/shop"
    number, _ = team.pull("totals", "fast", "Faster totals")
    assert number in [change["number"] for change in ada.json("changes", "shop")["changes"]]
    kept = subprocess.run(["grep", "-rl", "a-secret", ada.home], capture_output=True, text=True)
    assert not kept.stdout, kept.stdout
    ada.ctl("pipeline", "set", "shop", "--source", "none")
    assert ada.json("pipeline", "show", "shop")["source"] is None


TESTS = (from_pull_request_to_production, through_its_remote, at_heroku, two_desktops_agree)


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

# SPDX-FileCopyrightText: 2026 The Slipway authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""The real Heroku CLI looks at what Slipway did: the clone differs from staging in what was announced and in nothing else, and
releases, dynos, config and pipeline are what Slipway says they are. Then both promote, and their requests are counted."""
import json
import re
import time

from beside import both

STAGING, PRODUCTION = "shop-staging", "shop-production"
OWN = {"DATABASE_URL", "SLIPWAY_CLONED_FROM"}  # of a clone: its own database, and where it comes from


def clone_is_staging(team):
    team.heroku.act("set", STAGING, set={"buildpacks": ["heroku/nodejs"]})
    team.heroku.patch(f"/apps/{STAGING}/features/preboot", {"enabled": True})
    team.ctl("clone", "shop", "--name", "shop-clone")
    said = team.heroku_cli("apps:diff", STAGING, "shop-clone")
    found = re.findall(r"config \((\w+)\)|(add-on \(\S+\)|slug|stack|buildpack\S*|feature \(\S+\))", said)
    keys, rest = {key for key, _ in found if key}, [other for _, other in found if other]
    assert keys == OWN and not rest, said
    print("apps:diff of staging and its clone:", ", ".join(sorted(keys)))


def what_the_cli_sees(team):
    team.ctl("scale", "shop/shop-clone", "web=2")
    team.ctl("config", "shop/shop-clone", "set", "GREETING=hello")
    dynos = json.loads(team.heroku_cli("ps", "-a", "shop-clone", "--json"))
    assert sorted(dyno["name"] for dyno in dynos) == ["web.1", "web.2"], dynos
    config = json.loads(team.heroku_cli("config", "-a", "shop-clone", "--json"))
    assert config["GREETING"] == "hello" and config["PAYMENTS"] == "try", config
    assert config["DATABASE_URL"] != json.loads(team.heroku_cli("config", "-a", STAGING, "--json"))["DATABASE_URL"]
    pipeline = json.loads(team.heroku_cli("pipelines:info", "shop", "--json"))
    stages = {one["name"]: one["pipelineCoupling"]["stage"] for one in pipeline["apps"]}
    assert stages == {one["name"]: one["stage"] for one in team.environments().values()}, (stages, pipeline)


def requests_of_promotions(team):
    team.heroku.control("DELETE", "effects")
    ours, _ = team.counted(lambda: team.json("promote", f"shop/{STAGING}"))
    releases = json.loads(team.heroku_cli("releases", "-a", PRODUCTION, "--json"))
    newest = max(releases, key=lambda release: release["version"])
    assert newest["description"].startswith(f"Promote {STAGING} v"), newest
    assert f"v{newest['version']}" == team.environments()[PRODUCTION]["release"]
    assert newest["slug"]["id"] == team.slug(STAGING)
    assert [effect["kind"] for effect in team.heroku.effects("promotion.create")] == ["promotion.create"]
    sent = writes(team, lambda: team.json("operations"))
    team.heroku.act("release", STAGING, commit=team.repository.totals, message="Faster totals")
    theirs, _ = team.counted(lambda: team.heroku_cli("pipelines:promote", "-a", STAGING))
    print(f"requests of a promotion: slipwayctl {ours} (6 to look at the board, 4 to check that nothing moved, 9 to promote and follow "
          f"it until every dyno runs the release, 4 to see that it is the identical artifact); heroku {theirs}, which checks nothing")
    assert ours <= 6 + 4 + 9 + 4, ours
    assert not sent, sent


def writes(team, work):
    team.heroku.control("DELETE", "requests")
    work()
    return [entry for entry in team.heroku.requests() if entry["method"] != "GET" and not entry["path"].startswith("/filters/")]


if __name__ == "__main__":
    start = time.monotonic()
    with both("diff") as the_team:
        clone_is_staging(the_team)
        what_the_cli_sees(the_team)
        requests_of_promotions(the_team)
    print(f"done: {time.monotonic() - start:.1f} s")

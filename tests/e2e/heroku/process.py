# SPDX-FileCopyrightText: 2026 The Slipway authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""A team's whole process at Heroku with the real slipwayctl on the stand-in: the six steps, every way back, what a card can
do, and what each command answers. What happened is read at the stand-in, not from slipwayctl's own words."""
import os
import shutil
import signal
import sys
import threading
import time

from team import VARIABLE, Team, shaped

from slipwayctl import until  # beside the tests, which team.py puts on the path

PRODUCTION, STAGING = "shop-production", "shop-staging"


def live(operation):
    assert shaped(operation, "Operation")["state"] == "live", operation
    return operation


def steps_of(team, words):
    """Every step of the way from a change to production, with what it left at Heroku."""
    repository = team.repository
    live(team.json("clone", "shop", "--name", "totals-dev", "--change", "totals"))
    dev = team.environments()["totals-dev"]
    assert (dev["stage"], dev["state"], dev["version"]) == ("development", "running", repository.totals), dev
    assert (dev["ahead"], dev["behind"], dev["change"]["title"], dev["change"]["branch"]) == (1, 0, "Faster totals", "totals"), dev
    made = team.app("totals-dev")
    assert made["config"]["PAYMENTS"] == "try" and made["config"]["SLIPWAY_CLONED_FROM"].startswith(STAGING + " v"), made["config"]
    assert made["config"]["DATABASE_URL"] != team.app(STAGING)["config"]["DATABASE_URL"], "the clone shares staging's database"
    assert (team.count("transfer.create", "totals-dev"), team.count("build.create", "totals-dev")) == (1, 1)
    assert "totals.txt" in team.uploads()[0] and ".git" not in team.uploads()[0], team.uploads()

    assert team.json("reject", "shop/totals-dev", "--note", "Round up")["verdict"]["state"] == "changes_requested"
    assert team.json("accept", "shop/totals-dev", "--note", "Totals match")["verdict"]["state"] == "accepted"
    check = shaped(team.json("check", "shop/totals-dev"), "Check")
    assert check["allowed"] and check["changes"] == ["Faster totals"], check
    slug = team.slug("totals-dev")
    live(team.json("promote", "shop/totals-dev", *words))
    assert team.slug(STAGING) == slug and team.slug(PRODUCTION) != slug
    assert team.app("totals-dev") is None, "the dev environment was not shut down"
    assert (team.count("app.delete", "totals-dev"), team.count("addon.delete", "totals-dev")) == (1, 1)

    live(team.json("promote", "shop/" + STAGING))
    assert team.slug(PRODUCTION) == slug and team.count("build.create") == 1, "production got another artifact"
    assert team.count("promotion.create") == 2
    return slug


def shown_while_it_is_made(team):
    """A clone has its card while Heroku does not tell of it yet, and none any more when it failed."""
    team.heroku.fault(method="POST", path="/addons$", delay=3)
    team.heroku.fault(method="POST", path="^/pipeline-couplings$", status=422, id="invalid_params")
    making = team.start("clone", "shop", "--name", "early-dev", "--change", "totals")
    until(lambda: "early-dev" in team.environments())
    early = team.environments()["early-dev"]
    assert (early["state"], early["version"], early["state_text"]) == ("deploying", None, "It is being cloned from shop-staging"), early
    assert making.wait(120) == 1
    assert "early-dev" not in team.environments() and team.app("early-dev") is None
    team.heroku.control("DELETE", "faults")
    team.heroku.control("DELETE", "effects")


def six_steps(team):
    document = shaped(team.json("status", "shop", "--refresh"), "Status")
    assert document["staging"]["changes_ahead"] == 1 and document["providers"][0]["state"] == "live", document
    slug = steps_of(team, [])
    after = shaped(team.json("status", "shop", "--refresh"), "Status")
    by_name = {one["name"]: one for one in after["environments"]}
    assert set(by_name) == {STAGING, PRODUCTION}, by_name
    assert by_name[STAGING]["artifact"] == by_name[PRODUCTION]["artifact"] == slug
    assert after["staging"]["changes_ahead"] == 0, after["staging"]
    team.ctl("activity", "shop", "--verify")


def to_staging(team, name="totals-dev", change="totals"):
    team.ctl("clone", "shop", "--name", name, "--change", change)
    team.ctl("accept", "shop/" + name)
    team.ctl("promote", "shop/" + name)


def behind_is_updated(team):
    """What lacks a commit of staging is not let by; its branch is brought up to date in the team's repository."""
    team.ctl("clone", "shop", "--name", "invoices-dev", "--change", "invoices")
    team.ctl("accept", "shop/invoices-dev")
    refused = shaped(team.json("promote", "shop/invoices-dev", code=3), "Check")
    assert not refused["allowed"] and "contains-staging" in [one["id"] for one in refused["checks"] if one["result"] == "block"]
    assert team.json("promote", "shop/invoices-dev", "--to", "production", code=3)["error"]["kind"] == "blocked"
    assert team.count("promotion.create") == 0
    live(team.json("update", "shop/invoices-dev"))
    dev, merged = team.environments()["invoices-dev"], team.repository.git("rev-parse", "invoices")
    assert dev["version"] == merged and dev["behind"] == 0 and dev["verdict"]["state"] == "none", dev
    team.repository.git("merge-base", "--is-ancestor", team.repository.next, merged)
    assert team.count("build.create", "invoices-dev") == 2
    team.ctl("accept", "shop/invoices-dev")
    live(team.json("promote", "shop/invoices-dev"))
    assert team.environments()[STAGING]["version"] == merged


def ways_back(team):
    """Sent back, reset, rolled back: each time staging or production runs the very artifact it ran before."""
    before = team.slug(PRODUCTION)
    carts = team.slug(STAGING)
    live(team.json("send-back", "shop", "--reason", "Carts are wrong", "--name", "carts-dev"))
    assert (team.slug(STAGING), team.slug("carts-dev"), team.slug(PRODUCTION)) == (before, carts, before)
    team.ctl("accept", "shop/carts-dev")
    team.ctl("promote", "shop/carts-dev")
    assert team.slug(STAGING) == carts and team.app("carts-dev") is None
    preview = team.json("reset", "shop", "--preview")
    assert preview["allowed"] and team.slug(STAGING) == carts, preview
    live(team.json("reset", "shop"))
    assert team.slug(STAGING) == before
    to_staging(team)
    totals = team.slug(STAGING)
    team.ctl("promote", "shop/" + STAGING)
    live(team.json("rollback", "shop/" + PRODUCTION, "--reason", "Orders are lost"))
    assert (team.slug(PRODUCTION), team.slug(STAGING)) == (before, totals)
    held = team.json("status", "shop", "--refresh")["staging"]["hold"]
    assert held and "rolled back" in held["reason"], held
    assert team.json("releases", "shop/" + PRODUCTION)["releases"][0]["artifact"] == before
    team.ctl("release-hold", "shop")
    assert team.count("build.create") == 1, "a way back built something"


def a_folder(team):
    """What is not committed goes up, and what the ignore files name does not."""
    folder = team.repository.folder
    (folder / "docs").mkdir()
    for name, text in {"secret.env": "PASSWORD=hush", "build.log": "noise", "docs/guide.md": "words", "poster.psd": "picture",
                       ".slugignore": "docs/\n*.psd\n", "new.txt": "not committed"}.items():
        (folder / name).write_text(text)
    team.ctl("clone", "shop", "--name", "folder-dev")
    live(team.json("deploy", "shop/folder-dev", "--dir", str(folder)))
    sent = set(team.uploads()[-1])
    assert {"Procfile", "carts.txt", "new.txt"} <= sent, sent
    assert not sent & {"secret.env", "build.log", "docs/guide.md", "poster.psd"}, sent
    assert not any(name.startswith(".git/") for name in sent), sent
    dev = team.environments()["folder-dev"]
    assert dev["uncommitted"] and dev["version"] is None and dev["state"] == "running", dev
    said = team.ctl("reject", "shop/folder-dev", "--note", "Commit it first")
    assert "()" not in said, said


def what_a_card_can_do(team):
    team.ctl("clone", "shop", "--name", "card-dev", "--data", "none")
    assert team.count("transfer.create") == 0
    card = "shop/card-dev"
    quantity = lambda: team.app("card-dev")["formation"]["web"]["quantity"]  # noqa: E731
    team.ctl("scale", card, "web=3")
    team.ctl("suspend", card)
    assert quantity() == 0 and team.environments()["card-dev"]["state"] == "suspended"
    team.ctl("resume", card)
    assert quantity() == 3, "not as many as before it was suspended"
    team.ctl("restart", card)
    assert team.count("dyno.restart", "card-dev") >= 1
    before = team.count("config.update", "card-dev")
    team.ctl("config", card, "set", "A=1", "B=two words")
    team.ctl("config", card, "unset", "A")
    config = team.app("card-dev")["config"]
    assert config["B"] == "two words" and "A" not in config and team.count("config.update", "card-dev") == before + 2
    shown = team.ctl("config", card)
    assert "B " in shown and "two words" not in shown and "SLIPWAY_" not in shown, shown
    assert "output of" in team.ctl("run", card, "--", "echo", "hello")
    team.heroku.act("log", "card-dev", lines=["first word", "last word"])
    assert "last word" in team.ctl("logs", card) and "first word" not in team.ctl("logs", card, "-n", "1")
    followed(team, card)
    team.ctl("deploy", card, "--version", "totals")
    assert "Compressing" in team.ctl("logs", card, "--build")
    team.ctl("destroy", card)
    assert team.app("card-dev") is None
    assert "means" in team.run("destroy", "shop/" + PRODUCTION)[2] or team.run("destroy", "shop/" + PRODUCTION)[0] == 2
    assert team.app(PRODUCTION), "production went without its name being typed"


def followed(team, card):
    """--follow says what comes, over the end of a log session, until it is interrupted."""
    following = team.start("logs", card, "--follow", "-n", "1")
    patience = threading.Timer(60, following.kill)
    patience.start()

    def hear(words):
        while words not in (line := following.stdout.readline()):
            assert line, f"it ended before it said “{words}”"

    try:
        hear("last word")
        team.heroku.act("log", "card-dev", lines=["came later"])
        hear("came later")
        team.heroku.act("expire_logs", "card-dev")
        team.heroku.act("log", "card-dev", lines=["after the session"])
        hear("after the session")
        following.send_signal(signal.SIGINT)
        assert following.wait(30) in (0, 130), following.returncode
    finally:
        patience.cancel()
        following.kill()
        following.communicate()


def exit_codes(team):
    assert team.run("promote")[0] == 2 and team.run("clone", "shop", "--colour", "red")[0] == 2
    missing = shaped(team.json("promote", "shop/nobody", code=1), "Error")["error"]
    assert "nobody" in missing["message"] and PRODUCTION in missing["remedy"], missing
    code, out, err = team.run("status", "shop", "--refresh", **{VARIABLE: "wrong-token"})
    assert code == 4 and "wrong-token" not in out + err and "token" in err, (code, err)
    interrupted(team)
    team.heroku.close()
    code, out, err = team.run("status", "shop", "--refresh", "--timeout", "20")
    assert code == 5 and err.strip(), (code, err)
    assert "Carts" in team.ctl("status", "shop"), "the board is not readable without the network"


def interrupted(team):
    """Ctrl+C in the middle of a build: 130, and the operation goes on where it was."""
    team.heroku.settings(build=1000)
    deploying = team.start("deploy", "shop/" + STAGING, "--version", "totals")
    until(lambda: team.count("build.create", STAGING) == 1)
    deploying.send_signal(signal.SIGINT)
    _, err = deploying.communicate(timeout=30)
    assert deploying.returncode == 130, (deploying.returncode, err)
    team.heroku.act("finish")
    team.heroku.settings(build=2)
    operation = team.json("operations")["operations"][0]
    live(team.json("operations", "resume", operation["id"]))
    assert team.count("build.create", STAGING) == 1 and team.environments()[STAGING]["version"] == team.repository.totals


TESTS = (six_steps, shown_while_it_is_made, behind_is_updated, ways_back, a_folder, what_a_card_can_do, exit_codes)


def main(chosen):
    assert shutil.which("git") and os.access(os.environ["SLIPWAY_BIN"], os.X_OK)
    for test in TESTS:
        if chosen and test.__name__ not in chosen:
            continue
        began = time.monotonic()
        with Team(test.__name__.replace("_", "-")) as team:
            team.seed()
            team.join()
            test(team)
            if team.heroku.process.poll() is None:
                team.as_published()
        print(f"{test.__name__}: {time.monotonic() - began:.1f} s", flush=True)


if __name__ == "__main__":
    main(sys.argv[1:])

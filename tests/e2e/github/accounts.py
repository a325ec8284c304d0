# SPDX-FileCopyrightText: 2026 The Slipway authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Accounts at GitHub and CircleCI: a token given, taken from the real GitHub CLI, too narrow, revoked; what is missing is said in a
sentence and takes nothing else off the board. Needs a keychain, and says "skipped" of what needs `gh` where it is not installed."""
import os
import shutil
import sys

from team import HUB_TOKEN, Team


def taken_from_gh(team, ada):
    if not shutil.which("gh"):
        print("skipped: no gh")
        return
    config = ada.home / "gh"
    config.mkdir()
    ada.env.update(GH_CONFIG_DIR=str(config), GH_TOKEN="token-of-ada")
    ada.ctl("account", "add", "github", "mine", "--url", team.hub.address, "--from-cli")
    told = ada.json("account", "check", "mine")
    assert (told["state"], told["who"]) == ("live", "ada"), told
    del ada.env["GH_TOKEN"]
    code, _, err = ada.run("account", "add", "github", "other", "--url", team.hub.address, "--from-cli")
    assert code == 1 and "gh auth login" in err, (code, err)
    ada.ctl("account", "remove", "mine")


def without_gh(team, ada):
    empty = ada.home / "nothing"
    empty.mkdir()
    path, ada.env["PATH"] = ada.env["PATH"], str(empty)
    code, _, err = ada.run("account", "add", "github", "other", "--url", team.hub.address, "--from-cli")
    ada.env["PATH"] = path
    assert code == 1 and "not installed" in err, (code, err)


def narrow_and_revoked(team, ada):
    """A token that may read and not write: the board is whole, what it may not do is said; a revoked one is unauthorised."""
    ada.ctl("account", "add", "github", "hub", "--url", team.hub.address, "--token-env", HUB_TOKEN)
    ada.ctl("pipeline", "add", "shop", "--source", "hub:acme/shop", "--repo", team.repository)
    number, head = team.pull("totals", "fast", "Faster totals")
    ada.json("clone", "shop", "--name", "totals-dev", "--change", f"#{number}")
    team.hub.tokens(**{"token-narrow": {"login": "ada", "kind": "fine-grained",
                                        "permissions": {"metadata": "read", "contents": "read", "pull_requests": "read"}}})
    ada.env[HUB_TOKEN] = "token-narrow"
    status = ada.status()
    assert {one["name"] for one in status["environments"]} == {"production", "staging", "totals-dev"}, status
    assert [one["number"] for one in ada.json("changes", "shop")["changes"]] == [number]
    ada.json("accept", "shop/totals-dev", "--note", "Good")  # said here; GitHub does not take it
    assert ada.environment("totals-dev")["verdict"]["state"] == "accepted"
    code, _, err = ada.run("promote", "shop/totals-dev", "--reason", "No CI")
    assert code in (1, 3) and "contents" in err.lower(), (code, err)
    assert not team.hub.get(f"/repos/acme/shop/pulls/{number}").json["merged"]
    team.hub.tokens(**{"token-narrow": None})
    code, out, err = ada.run("account", "check", "hub")
    assert code == 4, (code, out, err)
    assert {one["name"] for one in ada.status()["environments"]} == {"production", "staging", "totals-dev"}
    providers = {one["account"]: one["state"] for one in ada.status()["providers"]}
    assert providers["local"] == "live" and providers["hub"] == "unauthorised", providers


def main():
    with Team("accounts") as team:
        ada = team.person("ada")
        for test in (taken_from_gh, without_gh, narrow_and_revoked):
            test(team, ada)
            print(test.__name__, flush=True)
        ada.env[HUB_TOKEN] = "token-of-ada"


if __name__ == "__main__":
    assert os.access(os.environ["SLIPWAY_BIN"], os.X_OK)
    sys.exit(main())

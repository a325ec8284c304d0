# SPDX-FileCopyrightText: 2026 The Slipway authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Accounts at GitHub and CircleCI: a token given, taken from the real GitHub CLI, made by a sign-in, too narrow, revoked; what is missing
is said in a sentence and takes nothing else off the board. Needs a keychain, and says "skipped" of what needs `gh` where it is not installed."""
import json
import os
import re
import shutil
import signal
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


def code_shown(process):
    """The lines of standard error up to the one with the code, and that code; the process waits then."""
    said = ""
    while not (found := re.search(r"\b[B-Z]{4}-[B-Z]{4}\b", said)):
        line = process.stderr.readline()
        assert line, said
        said += line
    return said, found[0]


def signing_in(team, ada, *words):
    return ada.start("account", "add", "github", "signed", "--url", team.hub.address, "--device", "--client-id", "slipway-tests", *words)


def signed_in(team, ada):
    """A code is shown, allowed there, and the token is in the keychain: another process reads it. Nothing of it is on the disk."""
    team.hub.control("POST", "settings", {"device_interval": 0, "client_ids": "slipway-tests,slipway-variable"})
    process = signing_in(team, ada, "--json")
    said, code = code_shown(process)
    assert f"{team.hub.address}/login/device" in said, said
    team.hub.control("POST", "device", {"user_code": code, "state": "approved", "login": "grace"})
    out, err = process.communicate(timeout=60)
    assert process.returncode == 0, err
    told = json.loads(out)
    assert (told["state"], told["who"], told["scopes"]) == ("live", "grace", ["repo"]), told
    again = ada.json("account", "check", "signed")
    assert again["who"] == "grace", again
    for told in (out, said, err, *(path.read_bytes().decode(errors="replace") for path in ada.home.rglob("*") if path.is_file())):
        assert "gho_" not in told
    ada.env["SLIPWAY_GITHUB_CLIENT_ID"] = "slipway-variable"
    process = ada.start("account", "token", "signed", "--device")
    team.hub.control("POST", "device", {"user_code": code_shown(process)[1], "state": "approved", "login": "ada"})
    out, err = process.communicate(timeout=60)
    assert process.returncode == 0 and "as ada" in out, (out, err)
    del ada.env["SLIPWAY_GITHUB_CLIENT_ID"]
    ada.ctl("account", "remove", "signed")


def not_signed_in(team, ada):
    """Every other end is a sentence, and no account is left of it."""
    process = signing_in(team, ada)
    team.hub.control("POST", "device", {"user_code": code_shown(process)[1], "state": "denied"})
    _, err = process.communicate(timeout=60)
    assert process.returncode == 4 and "refused at GitHub" in err, err
    process = signing_in(team, ada)
    team.hub.control("POST", "device", {"user_code": code_shown(process)[1], "state": "expired"})
    _, err = process.communicate(timeout=60)
    assert process.returncode == 4 and "in time" in err, err
    process = signing_in(team, ada, "--json")
    code_shown(process)
    process.send_signal(signal.SIGINT)
    out, err = process.communicate(timeout=60)
    assert process.returncode == 130 and json.loads(out)["error"]["kind"] == "cancelled", (out, err)
    add = ("account", "add", "github", "signed", "--url", team.hub.address, "--device")
    code, _, err = ada.run(*add, "--client-id", "nobody")
    assert code == 2 and "nobody" in err and "SLIPWAY_GITHUB_CLIENT_ID" in err, (code, err)
    code, _, err = ada.run(*add)
    assert code == 2 and "--client-id" in err and "SLIPWAY_GITHUB_CLIENT_ID" in err, (code, err)
    code, _, err = ada.run(*add, "--client-id", "slipway-tests", "--token-env", HUB_TOKEN)
    assert code == 2 and "--token-env and --device" in err, (code, err)
    code, _, err = ada.run("account", "add", "circleci", "signed", "--url", team.circle.address, "--device")
    assert code == 1 and "CircleCI has no sign-in" in err, (code, err)
    team.hub.control("POST", "settings", {"device_flow_disabled": True})
    code, _, err = ada.run(*add, "--client-id", "slipway-tests")
    assert code == 1 and "Enable Device Flow" in err, (code, err)
    team.hub.control("POST", "settings", {"device_flow_disabled": False})
    assert "signed" not in [one["account"] for one in ada.json("account", "list")["accounts"]]


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
        for test in (taken_from_gh, without_gh, signed_in, not_signed_in, narrow_and_revoked):
            test(team, ada)
            print(test.__name__, flush=True)
        ada.env[HUB_TOKEN] = "token-of-ada"


if __name__ == "__main__":
    assert os.access(os.environ["SLIPWAY_BIN"], os.X_OK)
    sys.exit(main())

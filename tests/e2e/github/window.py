# SPDX-FileCopyrightText: 2026 The Slipway authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""A pull request's way to production in the real window, by mouse: opened at GitHub it is in the tray; dragged to the dev
environments it is cloned and deployed; CI turns green; it is accepted, dragged to staging (merged, and the merge built there) and
promoted. What happened is read at the stand-ins. Then the account gets a token by a sign-in at GitHub. Needs a display: run through tests/e2e/with-display. Pictures are kept."""
import json
import os
import sys
import time
from pathlib import Path

HERE = Path(__file__).resolve().parent
sys.path.append(str(HERE.parent / "window"))
from team import CIRCLE_TOKEN, HUB_TOKEN, Team, circleci, page  # noqa: E402

from desk import Desk, wait_for  # noqa: E402
from main_job import card, in_dialog  # noqa: E402
from moves import Mouse, open_change, settled  # noqa: E402


class HubDesk(Desk):
    """A person at a window; the stand-ins are the team's."""

    def __init__(self, team):
        super().__init__("github")
        self.team = team
        self.env.update({HUB_TOKEN: team.hub_token("ada"), CIRCLE_TOKEN: circleci.TOKEN, "SLIPWAY_GITHUB_CLIENT_ID": "slipway-tests"})


def joins(desk):
    team = desk.team
    desk.ctl("account", "add", "github", "hub", "--url", team.hub.address, "--token-env", HUB_TOKEN)
    desk.ctl("account", "add", "circleci", "circle", "--url", team.circle.address, "--token-env", CIRCLE_TOKEN)
    desk.ctl("pipeline", "add", "shop", "--source", "hub:acme/shop", "--ci", "circle:gh/acme/shop", "--repo", str(team.repository))


def tray_to_dev(desk, hands):
    team = desk.team
    number, head = team.pull("totals", "fast", "Faster totals")
    team.pull("invoices", "pdf", "Invoices as PDF", by="edsger")
    team.hub.act("pull", head=team.hub.act("push", branch="idea", files={"idea.txt": "x"}, message="An idea", by="grace", **{"from": "main"})
                 and "idea", title="An idea for later", draft=True, by="grace")
    desk.ctl("status", "shop", "--refresh")
    desk.ctl("changes", "shop")
    tray = wait_for("the pull request in the tray", lambda: open_change(desk, "Faster totals"))
    desk.picture("tray")
    hands.move(tray, "Dev environments", during=lambda: desk.picture("pull-in-hand"))
    desk.see("push button", "Clone", test=in_dialog)
    desk.picture("clone-sheet")
    hands.confirm("Clone")
    wait_for("the change live", lambda: (desk.environment("dev1") or {}).get("version") == head
             and desk.environment("dev1")["state"] == "running")
    settled(desk)
    assert page(desk.environment("dev1")["direct_address"]) == "fast"
    return number, head


def green_and_accepted(desk, head):
    team = desk.team
    desk.click(card(desk, "dev1"))
    desk.picture("dev-card")
    made = team.circle.push(branch="totals", sha=head, message="checks")
    team.circle.finish(made, "build")
    team.circle.finish(made, "unit", status="failed", failing=["adds up"])
    wait_for("CI failed", lambda: desk.environment("dev1")["ci"]["state"] == "failed")
    checks = desk.find("page tab", "Checks") or desk.find("radio button", "Checks")
    if checks:
        desk.click(checks)
        time.sleep(1)  # for the picture only
        desk.picture("checks-failed")
    team.checks("totals", head)
    wait_for("CI green", lambda: desk.environment("dev1")["ci"]["state"] == "passed")
    if checks:
        time.sleep(1)  # for the picture only
        desk.picture("checks-passed")
        desk.click(desk.find("page tab", "Overview") or desk.find("radio button", "Overview"))
    desk.click(desk.see("push button", "Accept"))
    wait_for("the verdict", lambda: desk.environment("dev1")["verdict"]["state"] == "accepted")
    said = [one["state"] for one in team.hub.get(f"/repos/acme/shop/commits/{head}/statuses").json if one["context"] == "slipway/acceptance"]
    wait_for("the verdict at GitHub", lambda: said or team.hub.get(f"/repos/acme/shop/commits/{head}/statuses").json)


def dev_to_staging(desk, hands, number):
    team = desk.team
    hands.move(card(desk, "dev1"), "Staging", during=lambda: desk.picture("to-staging-in-hand"))
    desk.see("push button", "Deploy to staging", test=in_dialog)
    desk.picture("to-staging-sheet")
    hands.confirm("Deploy to staging")
    pull = wait_for("the merge", lambda: (lambda one: one if one["merged"] else None)(team.hub.get(f"/repos/acme/shop/pulls/{number}").json))
    wait_for("staging on the merge", lambda: desk.environment("staging")["version"] == pull["merge_commit_sha"]
             and desk.environment("staging")["state"] == "running")
    wait_for("its card gone", lambda: not desk.find("list item", test=lambda node: node.name.startswith("dev1,")))
    settled(desk)
    assert page(desk.environment("staging")["direct_address"]) == "fast"


def compares(desk, number):
    """What staging has that production has not, by the palette; and nothing the other way round."""
    desk.click(card(desk, "staging"))
    desk.press("ctrl+k")
    desk.type("Compare staging")
    desk.press("Return")
    desk.see("list item", test=lambda node: node.name.startswith(f"Faster totals, #{number}, by"))
    desk.picture("compared")
    desk.click(desk.see("push button", "The other way round"))
    desk.see(name="There is no change to show. The other way round there may be.")
    desk.picture("compared-back")
    desk.press("Escape")


def staging_to_production(desk, hands, number):
    team = desk.team
    merged = desk.environment("staging")["version"]
    team.checks("main", merged)  # CI runs on main after the merge
    wait_for("CI green on staging", lambda: desk.environment("staging")["ci"]["state"] == "passed")
    hands.move(card(desk, "staging"), "Production", during=lambda: desk.picture("to-production-in-hand"))
    desk.see("push button", "Promote to production", test=in_dialog)
    desk.picture("to-production-sheet")
    hands.confirm("Promote to production")
    wait_for("production on the merge", lambda: desk.environment("production")["version"] == merged
             and desk.environment("production")["state"] == "running")
    settled(desk)
    assert page(desk.environment("production")["direct_address"]) == "fast"
    assert "is live" in desk.ctl("where", "shop", f"#{number}")
    wait_for("the card says so", lambda: desk.find("list item", test=lambda node: node.name.startswith("staging,")
                                                   and "live in production" in node.name))
    recorded = wait_for("the promotion at GitHub", lambda: [one for one in team.hub.get("/repos/acme/shop/deployments").json
                                                            if one["environment"] == "shop/production"])
    assert recorded[0]["sha"] == merged


def signs_in(desk):
    """Refused first, then allowed: the token is in the keychain then, where the next program finds it."""
    team = desk.team
    team.hub.control("POST", "settings", {"device_interval": 0, "client_ids": "slipway-tests"})
    desk.click(desk.see("push button", "Manage accounts"))
    desk.click(desk.see("push button", "Replace token…: hub"))

    def ask():
        desk.click(desk.see("push button", "Sign in at GitHub"))
        return desk.see(name="Code to type in at GitHub: ").name.rpartition(" ")[2]

    code = ask()
    desk.picture("sign-in")
    team.hub.control("POST", "device", {"user_code": code, "state": "denied"})
    desk.see(name="The sign-in was refused at GitHub.")
    desk.picture("sign-in-refused")
    again = ask()
    assert again != code
    team.hub.control("POST", "device", {"user_code": again, "state": "approved", "login": "grace"})
    desk.see("push button", "Check now: hub")  # the accounts are shown again
    told = json.loads(desk.ctl("account", "check", "hub", "--json"))
    assert (told["who"], told["token_variable"]) == ("grace", None), told
    desk.see(name="as grace (repo)")
    desk.picture("signed-in")


def run(team):
    with HubDesk(team) as desk:
        joins(desk)
        desk.open_window()
        card(desk, "staging")
        hands = Mouse(desk)
        number, head = tray_to_dev(desk, hands)
        green_and_accepted(desk, head)
        dev_to_staging(desk, hands, number)
        desk.picture("on-staging")
        compares(desk, number)
        staging_to_production(desk, hands, number)
        desk.picture("done")
        desk.ctl("activity", "shop", "--verify")
        signs_in(desk)


if __name__ == "__main__":
    assert os.environ.get("DISPLAY"), "run through with-display"
    with Team("window") as the_team:
        run(the_team)
    print("done")

# SPDX-FileCopyrightText: 2026 The Slipway authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""The six steps at Heroku in the real window, by mouse: an open change is dragged to the dev environments, which clones staging
there; its verdict is given; it goes to staging and is shut down; staging goes to production. What happened is read at the
stand-in. Needs a display: run through tests/e2e/with-display. Pictures are kept."""
import os
import sys
import time
from pathlib import Path

HERE = Path(__file__).resolve().parent
sys.path.append(str(HERE.parent / "window"))
from team import TOKEN, VARIABLE, Team, shaped  # noqa: E402

from desk import Desk, wait_for  # noqa: E402
from main_job import card, in_dialog  # noqa: E402
from moves import Mouse, open_change, settled  # noqa: E402

PRODUCTION, STAGING, DEV = "shop-production", "shop-staging", "shop-dev1"


class HerokuDesk(Desk):
    """A person whose pipeline runs at Heroku: the team's stand-in, this desk's SLIPWAY_HOME."""

    def __init__(self, team):
        super().__init__("heroku")
        self.team = team
        self.env.update({VARIABLE: TOKEN})

    def end_everything(self):
        """Nothing runs here: removing the pipeline would shut everything at Heroku down."""
        end = time.monotonic() + 20
        while self.processes() and time.monotonic() < end:
            time.sleep(0.1)
        assert not self.processes(), self.processes()


def joins(desk):
    desk.ctl("account", "add", "heroku", "work", "--url", desk.team.heroku.address, "--token-env", VARIABLE)
    desk.ctl("pipeline", "add", "shop", "--deploys", "work", "--repo", str(desk.team.repository.folder))


def change_to_dev(desk, hands):
    """Steps 1 and 2: what the developer has on a branch gets an environment of its own, a clone of staging."""
    team = desk.team
    hands.move(open_change(desk, "Faster totals"), "Dev environments", during=lambda: desk.picture("change-in-hand"))
    desk.see("push button", "Clone", test=in_dialog)
    desk.picture("clone-sheet")
    hands.confirm("Clone")
    wait_for("the half-made card", lambda: team.count("app.create") == 1)
    desk.picture("cloning")
    wait_for("the change live", lambda: (desk.environment(DEV) or {}).get("version") == team.repository.totals
             and desk.environment(DEV)["state"] == "running")
    settled(desk)
    assert (team.count("app.create"), team.count("build.create"), team.count("transfer.create")) == (1, 1, 1)


def verdict(desk):
    """Steps 3 and 4."""
    desk.see("list item", "Faster totals", test=lambda node: node.name.startswith("Faster totals") and DEV in node.name)
    desk.click(card(desk, DEV))
    desk.picture("dev-card")
    desk.click(desk.see("push button", "Accept"))
    wait_for("the verdict", lambda: desk.environment(DEV)["verdict"]["state"] == "accepted")
    desk.see("list item", "accepted", test=lambda node: node.name.startswith(DEV + ","))


def inspector(desk):
    """What Heroku says of the dev environment: its log as it comes, its build, its config without values."""
    for page in ("Logs", "Releases", "Config", "Activity", "Overview"):
        tab = desk.find("page tab", page) or desk.find("radio button", page) or desk.find("push button", page)
        if tab:
            desk.click(tab)
            time.sleep(0.7)  # for the picture only
            desk.picture("inspector-" + page.lower())


def dev_to_staging(desk, hands):
    """Step 5: the identical slug is promoted, and the dev environment is shut down."""
    team = desk.team
    slug = team.slug(DEV)
    hands.move(card(desk, DEV), "Staging", during=lambda: desk.picture("to-staging-in-hand"))
    desk.see("push button", "Deploy to staging", test=in_dialog)
    desk.picture("to-staging-sheet")
    hands.confirm("Deploy to staging")
    wait_for("staging on the slug", lambda: team.slug(STAGING) == slug)
    wait_for("the dev environment shut down", lambda: team.app(DEV) is None)
    wait_for("its card gone", lambda: not desk.find("list item", test=lambda node: node.name.startswith(DEV + ",")))
    settled(desk)
    return slug


def staging_to_production(desk, hands, slug):
    """Step 6."""
    team = desk.team
    hands.move(card(desk, STAGING), "Production", during=lambda: desk.picture("to-production-in-hand"))
    desk.see("push button", "Promote to production", test=in_dialog)
    desk.picture("to-production-sheet")
    hands.confirm("Promote to production")
    wait_for("production on the slug", lambda: team.slug(PRODUCTION) == slug)
    settled(desk)
    assert team.count("promotion.create") == 2 and team.count("build.create") == 1, team.heroku.effects()
    assert [effect["app"] for effect in team.heroku.effects("app.delete")] == [DEV]


def run(team):
    with HerokuDesk(team) as desk:
        joins(desk)
        desk.open_window()
        card(desk, STAGING)
        desk.picture("board")
        hands = Mouse(desk)
        change_to_dev(desk, hands)
        verdict(desk)
        inspector(desk)
        slug = dev_to_staging(desk, hands)
        desk.picture("on-staging")
        staging_to_production(desk, hands, slug)
        desk.picture("done")
        shaped(desk.status(), "Status")
        desk.ctl("activity", "shop", "--verify")


if __name__ == "__main__":
    assert os.environ.get("DISPLAY"), "run through with-display"
    with Team("window") as the_team:
        the_team.seed()
        the_team.heroku.settings(build=4, addon=4)
        run(the_team)
        the_team.as_published()
    print("done")
